"""Administrative divisions, and the divisions of issuers."""

from __future__ import annotations

from dataclasses import dataclass

from . import _gxbg
from ._table import Table


@dataclass(frozen=True)
class Resolution:
    """What a name says of an issuer.

    Attributes
    ----------
    issuer : str or None
        The full name of the organ.
    level, kind : str or None
        central, province, prefecture, county or township; government, department, office, agency or institution.
    division_code : str or None
        The code of its division in that year: six digits down to the county, nine for towns. None where it is open.
    successor_code : str or None
        The code that stands today, for a division that has ended.
    province, city, county, town : str or None
        Where it is, as far as that is known.
    function : str or None
        What the organ does: ``"finance"``, ``"education"``, …
    open : str or None
        Why there is no code: ``"ambiguous"`` (several divisions bear the name), ``"unknown"`` (the table of divisions
        has no such name there), ``"contradicted"``. None where there is one, and for central organs.
    candidates : list of (str, str)
        Where several divisions bear the name: their codes, and their names with those above them.
    """

    issuer: str | None
    level: str | None
    kind: str | None
    division_code: str | None
    successor_code: str | None
    province: str | None
    city: str | None
    county: str | None
    town: str | None
    function: str | None
    open: str | None
    candidates: list[tuple[str, str]]


def divisions() -> Table:
    """Give the table of administrative divisions that comes with the package.

    Returns
    -------
    Table
        One row per division, name and code, in the order of the codes: ``code`` (six digits down to the county, nine
        for towns), ``name``, ``level``, ``parent`` (code of the next one above), ``valid_from`` and ``valid_to`` (first
        and last year that ended with this name and code; none for 1980 or earlier, for towns, and where they still
        hold), ``successor`` (code of what took its place then) and ``successor_today``. Sources and licences are in
        ``docs/divisions.md``.

    Examples
    --------
    >>> import gxbg
    >>> table = gxbg.divisions()
    >>> len(table) > 49_000
    True
    >>> table.head(1)[0]["name"]
    '北京市'
    """
    return Table("divisions", _gxbg.divisions())


def resolve(name: str, *, year: int | None = None, within: str | None = None) -> Resolution:
    """Find the administrative division of an issuer by its name.

    Parameters
    ----------
    name : str
        The name of an organ or a division: ``"秦安县千户镇人民政府"``, ``"郎溪县财政局"``, ``"康庄镇"``.
    year : int or None
        The year for which names and codes are meant; None means today.
    within : str or None
        A division in which it lies: a code, or a name that one division bears.

    Returns
    -------
    Resolution
        Its ``division_code`` is None where the name does not tell the division; ``open`` says why.

    Raises
    ------
    ArgumentError
        ``within`` is no division, or may be several.

    Examples
    --------
    >>> import gxbg
    >>> gxbg.resolve("郎溪县财政局").division_code
    '341821'
    >>> gxbg.resolve("康庄镇").candidates
    [('110119101', '北京市延庆区康庄镇'), ('371581103', '山东省聊城市临清市康庄镇')]
    >>> gxbg.resolve("康庄镇", within="山东省").division_code
    '371581103'
    """
    return Resolution(**_gxbg.resolve(name, year, within))

"""What a load gives: a corpus of many reports, or one report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from . import _form, _gxbg, _text
from ._gxbg import ArrowTable, LoadedCorpus
from ._table import Table
from .errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who reports on what, and when. ``None`` where the report does not say.

    Attributes
    ----------
    issuer, issuer_as_written : str or None
        The issuing organ, as a full name and as the report writes it.
    level, kind : str or None
        Codes: ``township`` … ``central``; ``government``, ``department``, ``office``, ``agency``, ``institution``.
    division_code, successor_code : str or None
        The code of the issuer's division in that year, and the one that stands today where it has ended.
    province, city, county, town : str or None
        Where the issuer is.
    function, scope : str or None
        What the organ does (``finance``, …); ``government_wide`` or ``own``.
    year : int or None
        The year reported on.
    edition : str or None
        The edition of the form, recognised from its tables: ``2019``, ``2021``, or ``mixed`` where they differ.
    edition_proactive, edition_requests : str or None
        The edition of each of these two tables; that of the disputes is the same in both.
    title, document_number : str or None
        As written.
    published_on, period_start, period_end : datetime.date or None
        As the report states them.
    """

    issuer: str | None
    issuer_as_written: str | None
    level: str | None
    kind: str | None
    division_code: str | None
    successor_code: str | None
    province: str | None
    city: str | None
    county: str | None
    town: str | None
    function: str | None
    scope: str | None
    year: int | None
    edition: str | None
    edition_proactive: str | None
    edition_requests: str | None
    title: str | None
    document_number: str | None
    published_on: date | None
    period_start: date | None
    period_end: date | None


# How many digits of a division code name a division of a level.
_DIGITS = {"province": 2, "prefecture": 4, "county": 6, "town": 9}


class _Tables:
    """The tables that a corpus and a report have in common."""

    def __init__(self, tables: Mapping[str, ArrowTable]) -> None:
        self._tables = dict(tables)

    def _table(self, name: str) -> Table:
        return Table(name, self._tables[name])

    @property
    def reports(self) -> Table:
        """One row per report: what file it is, who reports on which year, and what was read of it."""
        return self._table("reports")

    @property
    def cells(self) -> Table:
        """One row per statistical cell of the report's edition, always all of them, with status and origin."""
        return self._table("cells")

    @property
    def sections(self) -> Table:
        """One row per section, with heading and text."""
        return self._table("sections")

    @property
    def statements(self) -> Table:
        """One row per number stated in the prose: what it counts, of which year, and whether it is a part."""
        return self._table("statements")

    @property
    def findings(self) -> Table:
        """One row per rule outcome other than satisfied."""
        return self._table("findings")

    @property
    def indicators(self) -> Table:
        """One row per report: rates with numerator, denominator and interval."""
        return self._table("indicators")

    def _ties(self) -> str:
        reports = self._tables["reports"]
        held, broken = reports.total("ties_satisfied"), reports.total("ties_violated")
        return _share(held, held + broken)


class Corpus(_Tables):
    """Many reports as seven tables. :func:`gxbg.load_dir` makes it.

    ``corpus[0]`` and ``corpus["<report_id>"]`` give one :class:`Report`; ``len(corpus)`` is the number of reports.

    Examples
    --------
    >>> import gxbg
    >>> corpus = gxbg.load_dir(gxbg.sample_dir())
    >>> len(corpus) == len(corpus.reports)
    True
    """

    def __init__(self, loaded: LoadedCorpus) -> None:
        super().__init__(loaded.tables())
        self._loaded = loaded

    @property
    def failures(self) -> Table:
        """One row per file that gave no report, with the reason. Files found = reports + failures."""
        return self._table("failures")

    @property
    def passed_over(self) -> int:
        """Files that systems left behind (``.DS_Store``, ``Thumbs.db``, ``~$a.docx``): no reports, and no failures."""
        return self._loaded.passed_over()

    def wide(self, table: str) -> Table:
        """Lay a statistical table out with one row per report.

        Parameters
        ----------
        table : {"proactive", "requests", "disputes"}
            Which of the three statistical tables.

        Returns
        -------
        Table
            ``report_id``, ``issuer``, ``year``, ``edition`` and a number per cell, named ``<row>_<column>``
            (``received_total``). The cells of all editions are there; those that a report's edition does not have are
            empty, as are those without a value.

        Raises
        ------
        ArgumentError
            There is no such table.

        Examples
        --------
        >>> import gxbg
        >>> wide = gxbg.load_dir(gxbg.sample_dir()).wide("disputes")
        >>> wide.columns[:5]
        ['report_id', 'issuer', 'year', 'edition', 'review_upheld']
        """
        return Table(f"wide({table!r})", _gxbg.wide(self._tables["reports"], self._tables["cells"], table))

    def panel(self) -> Table:
        """Follow every issuer over the years: one row per issuer and year, both editions of the form harmonised.

        Only sound figures are in it (reported, repaired, inferred). Where an issuer has several reports of a year, the
        one with the most sound figures counts, of these the one published last, of these the one whose bytes have the
        smallest hash; ``reports_found`` tells how many there are, and ``corpus.findings`` whether they differ.

        Returns
        -------
        Table
            ``issuer``, ``division_code``, ``province``, ``city``, ``county``, ``town``, ``level``, ``kind``, ``year``,
            ``reports_found``, ``gap``, ``report_id``, ``edition``, ``edition_proactive``, ``edition_requests``; then
            the figures that :func:`gxbg.panel_columns` lists, which also says what they are made of and whether they
            may be compared over both editions; then the rates of ``corpus.indicators``. ``gap`` is the reason why a
            row has no figures: ``no_report`` (the issuer has earlier and later reports), ``ambiguous_issuer``,
            ``no_issuer``, ``no_year``. The sum of ``reports_found`` is the number of reports.

        Examples
        --------
        >>> import gxbg
        >>> panel = gxbg.load_dir(gxbg.sample_dir()).panel()
        >>> panel.columns[8:11]
        ['year', 'reports_found', 'gap']
        """
        return Table("panel()", self._loaded.panel())

    def coverage(self, level: str = "county") -> Table:
        """Count the reports found of those expected, by division and year.

        Expected are the issuers that have a report of any year in the corpus; a year in which no issuer of the corpus
        reports is no row.

        Parameters
        ----------
        level : {"province", "prefecture", "county", "town"}
            To which level divisions are brought together; issuers above it stand at their own division.

        Returns
        -------
        Table
            ``division_code`` (empty for issuers whose division is not known), ``year``, ``expected`` and ``found``
            (issuers), ``coverage`` (found of expected), ``reports`` (several of one issuer counted each). A last row
            without a year counts the reports that have no place: no year, no issuer or an ambiguous one.

        Raises
        ------
        ArgumentError
            There is no such level.

        Examples
        --------
        >>> import gxbg
        >>> gxbg.load_dir(gxbg.sample_dir()).coverage().columns
        ['division_code', 'year', 'expected', 'found', 'coverage', 'reports']
        """
        if level not in _DIGITS:
            raise ArgumentError(f"failed to count: expected a level of {sorted(_DIGITS)}, found {level!r}")
        return Table(f"coverage({level!r})", self._loaded.coverage(_DIGITS[level]))

    def __len__(self) -> int:
        return len(self._tables["reports"])

    def __getitem__(self, which: int | str) -> Report:
        reports = self._tables["reports"]
        if isinstance(which, str):
            found = reports.select("report_id", which)
            if not len(found):
                raise ArgumentError(f"failed to find a report: expected one of this corpus' report_id, found {which!r}")
            return _report_of(self._tables, which, 0)
        if not isinstance(which, int):
            raise TypeError(f"failed to find a report: expected a number or a report_id, found {type(which).__name__}")
        position = which + len(self) if which < 0 else which
        if not 0 <= position < len(self):
            raise IndexError(f"failed to find a report: expected a number below {len(self)}, found {which}")
        column = reports.columns.index("report_id")
        report_id = str(reports.rows(position, 1)[0][column])
        # The same content twice has the same id: count the copies before this one.
        copy = len(reports.slice(0, position).select("report_id", report_id))
        return _report_of(self._tables, report_id, copy)

    def __repr__(self) -> str:
        if not len(self):
            return f"no reports; {self._not_read()}"
        reports = self._tables["reports"]
        issuers = _text.count(reports.distinct("issuer"), "issuer")
        years = reports.extent("year")
        span = "" if years is None else f", {years[0]}" if years[0] == years[1] else f", {years[0]}-{years[1]}"
        return f"{_text.count(len(self), 'report')}, {issuers}{span}; {self._ties()}; {self._not_read()}"

    def _not_read(self) -> str:
        said = _text.count(len(self._tables["failures"]), "file not read", "files not read")
        return f"{said}, {self.passed_over} passed over" if self.passed_over else said

    def _repr_html_(self) -> str:
        shown = [self.reports] + ([self.failures] if len(self.failures) else [])
        return f"<p><b>{_text.escape(repr(self))}</b></p>" + "".join(t._repr_html_() for t in shown)


class Report(_Tables):
    """One report. :func:`gxbg.load_file` and :func:`gxbg.loads` make it, and ``corpus[0]``.

    In a notebook it shows itself as the official form.

    Examples
    --------
    >>> import gxbg
    >>> corpus = gxbg.load_dir(gxbg.sample_dir())
    >>> report = corpus[0]
    >>> report.masthead.year in range(2019, 2030)
    True
    """

    @cached_property
    def _row(self) -> dict[str, Any]:
        return self.reports.head(1)[0]

    @property
    def report_id(self) -> str:
        """The stable name of the report: a hash of its content."""
        return str(self._row["report_id"])

    @property
    def path(self) -> str:
        """The file, or the name given to the bytes."""
        return str(self._row["path"])

    @cached_property
    def masthead(self) -> Masthead:
        """Who reports on what, and when."""
        return Masthead(**{name: self._row[name] for name in Masthead.__dataclass_fields__})

    def table(self, name: str) -> Table:
        """Lay one statistical table out as the form does.

        Parameters
        ----------
        name : {"proactive", "requests", "disputes"}
            Which of the three statistical tables.

        Returns
        -------
        Table
            One row per row of the form: ``row`` (its code), ``label`` (its words), then a number per column. Empty
            where there is no value, and where the form has no such cell.

        Raises
        ------
        ArgumentError
            There is no such table, or the report has none of a known edition.

        Examples
        --------
        >>> import gxbg
        >>> report = gxbg.load_dir(gxbg.sample_dir())[0]
        >>> report.table("disputes").columns
        ['row', 'label', 'upheld', 'corrected', 'other_result', 'pending', 'total']
        """
        edition = self.masthead.edition_proactive if name == "proactive" else self.masthead.edition_requests
        return Table(name, _gxbg.grid(self._tables["cells"], name, edition or "none"))

    def __repr__(self) -> str:
        head = self.masthead
        who = " ".join(_text.plain(part) for part in (head.issuer or "unknown issuer", head.year) if part)
        edition = f"edition {head.edition}" if head.edition else "no known edition"
        statuses = [self._row[f"cells_{s}"] for s in _form.WITH_VALUE]
        cells = f"{sum(statuses)} of {len(self.cells)} cells with a value"
        return f"<Report {who}, {edition}: {cells}; {self._ties()}; {_text.plain(self.path)}>"

    def _repr_html_(self) -> str:
        return _form.report_html(self, repr(self)[len("<Report ") : -1])


def _report_of(tables: Mapping[str, ArrowTable], report_id: str, copy: int) -> Report:
    """Take one report out of a corpus; copies of the same content have equal shares of every table."""
    own = {name: t.select("report_id", report_id) for name, t in tables.items() if "report_id" in t.columns}
    copies = len(own["reports"])
    if copies > 1:
        shares = {name: len(t) // copies for name, t in own.items()}
        own = {name: t.slice(copy * shares[name], shares[name]) for name, t in own.items()}
    return Report(own)


def _share(part: int, whole: int) -> str:
    if not whole:
        return "no tie could be assessed"
    # Rounded down: 100.0 % means that every one of them holds.
    return f"{math.floor(1000 * part / whole) / 10:.1f} % of ties hold"


def check(corpus: Corpus) -> Table:
    """Tell what comparing the reports of a corpus shows.

    The rules are those of the family ``across``: figures that do not follow from the year before (CHN-CARRY, CHN-STOCK,
    CHN-ITEMS, CHN-PENDING, UNIT-YUAN), figures or prose copied from it (CHN-COPY), an issuer and year that is there
    twice (CHN-RESTATED, CHN-REPEATED), a government below the sum of its organs (SUM-CHILDREN).

    Parameters
    ----------
    corpus : Corpus
        Many reports, from :func:`gxbg.load_dir` or :func:`gxbg.concat`.

    Returns
    -------
    Table
        The rows of ``corpus.findings`` under these rules; ``other_report_id`` is the report compared with.

    Examples
    --------
    >>> import gxbg
    >>> findings = gxbg.check(gxbg.load_dir(gxbg.sample_dir()))
    >>> findings.columns[0], findings.columns[-1]
    ('report_id', 'other_report_id')
    """
    return Table("check", corpus._loaded.across())


def concat(corpora: Iterable[Corpus]) -> Corpus:
    """Put several corpora together, and compare their reports with each other.

    Parameters
    ----------
    corpora : iterable of Corpus
        What :func:`gxbg.load_dir` gave for several folders.

    Returns
    -------
    Corpus
        All their reports, in their order. Where the same bytes are in two of them, the ``report_id`` of the second
        gets a number behind it.

    Examples
    --------
    >>> import gxbg
    >>> corpus = gxbg.load_dir(gxbg.sample_dir())
    >>> len(gxbg.concat([corpus, corpus])) == 2 * len(corpus)
    True
    """
    return Corpus(_gxbg.concat([corpus._loaded for corpus in corpora]))

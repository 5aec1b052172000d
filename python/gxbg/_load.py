"""The doors: a folder, a file, or bytes."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import IO, Any, Literal

from . import _gxbg
from ._corpus import Corpus, Report
from ._options import Limits, Options, recognizer
from ._progress import watching
from ._table import Table
from .errors import ArgumentError, UnreadableReportError


def load_dir(
    path: str | PathLike[str],
    *,
    recursive: bool = True,
    progress: bool | Callable[[int, int], object] | None = None,
    on_error: Literal["collect", "raise"] = "collect",
    threads: int | None = None,
    limits: Limits | None = None,
    ocr: Literal["auto"] | None = None,
    convert: Literal["libreoffice"] | None = None,
) -> Corpus:
    """Read every report in a folder.

    A bad file never stops the run: it becomes a row of ``corpus.failures``, so that files found = reports + failures.
    Archives (zip, tar, tar.gz, tar.zst, gz, zst) are read like folders: every member is a file with a path like
    ``a.zip!/b/c.html``. PDF and DOC files are read by processes of their own, so that no file can end this one.
    Ctrl-C does, within a second.

    Parameters
    ----------
    path : str or path
        The folder.
    recursive : bool
        Whether folders below it are read too.
    progress : bool, callable or None
        ``None`` shows a bar (tqdm) on runs of more than a second in a terminal or a notebook; ``True`` always,
        ``False`` never. A function is called with the number of files done and found, about 20 times a second and
        at the end.
    on_error : {"collect", "raise"}
        ``"raise"`` raises an error for the first failure, in the order of ``corpus.failures``, after the run.
    threads : int or None
        Threads to use, 256 at most; ``None`` means as many as the machine has cores. The rows are the same for any
        number.
    limits : Limits or None
        What one file may cost; ``None`` means the defaults of :class:`Limits`.
    ocr : {"auto"} or None
        ``"auto"`` reads scans, that is pictures of pages and pages of PDFs without text, cell by cell, if the extra
        ``gxbg[ocr]`` is installed. It takes seconds a page. ``cells.origin`` says ``ocr`` for what was read so, with
        its ``confidence``. ``None`` makes them failures with the reason ``scan``.
    convert : {"libreoffice"} or None
        ``"libreoffice"`` has LibreOffice (``soffice`` on ``PATH``) convert office files that are not read otherwise,
        such as damaged or very old DOC and WPS files: about a second each, in a profile of its own.

    Returns
    -------
    Corpus
        Seven tables: ``reports``, ``cells``, ``sections``, ``statements``, ``findings``, ``indicators``, ``failures``.

    Raises
    ------
    NotFoundError
        There is no such folder.
    NotAFolderError
        The path is a file; :func:`load_file` reads it.
    ReadError
        The system refused to read the folder.
    UnreadableReportError
        A file gave no report, and ``on_error`` is ``"raise"``.
    ArgumentError
        ``on_error``, ``threads``, ``limits``, ``ocr`` or ``convert`` has a value that means nothing.

    Examples
    --------
    >>> import gxbg
    >>> corpus = gxbg.load_dir(gxbg.sample_dir())
    >>> len(corpus.failures)
    0
    """
    if on_error not in ("collect", "raise"):
        raise ArgumentError(f"failed to load: expected on_error 'collect' or 'raise', found {on_error!r}")
    options = Options(
        recursive=recursive, threads=threads, limits=limits or Limits(), ocr=recognizer(ocr), convert=convert
    )
    with watching(progress) as callback:
        corpus = Corpus(_gxbg.load_dir(path, options, callback))
    if on_error == "raise" and len(corpus.failures):
        first = corpus.failures.head(1)[0]
        message = f"failed to read a report from {first['path']}: {first['detail']} ({first['reason']})"
        raise UnreadableReportError(message, first["path"], first["reason"], first["detail"])
    return corpus


def load_file(
    path: str | PathLike[str],
    *,
    limits: Limits | None = None,
    ocr: Literal["auto"] | None = None,
    convert: Literal["libreoffice"] | None = None,
) -> Report:
    """Read the report in a file, or in an archive that holds one report.

    Parameters
    ----------
    path : str or path
        The file.
    limits : Limits or None
        What the file may cost; ``None`` means the defaults of :class:`Limits`.
    ocr : {"auto"} or None
        ``"auto"`` reads scans, that is pictures of pages and pages of PDFs without text, cell by cell, if the extra
        ``gxbg[ocr]`` is installed. It takes seconds a page. ``cells.origin`` says ``ocr`` for what was read so, with
        its ``confidence``. ``None`` makes them failures with the reason ``scan``.
    convert : {"libreoffice"} or None
        ``"libreoffice"`` has LibreOffice (``soffice`` on ``PATH``) convert office files that are not read otherwise,
        such as damaged or very old DOC and WPS files: about a second each, in a profile of its own.

    Returns
    -------
    Report
        The report; in a notebook it shows itself as the official form.

    Raises
    ------
    NotFoundError
        There is no such file.
    NotAFileError
        The path is a folder; :func:`load_dir` reads it.
    ReadError
        The system refused to read the file.
    UnreadableReportError
        The file gave no report; ``reason`` and ``detail`` say why.

    Examples
    --------
    >>> import gxbg
    >>> path = next(gxbg.sample_dir().rglob("*.txt"))
    >>> gxbg.load_file(path).masthead.edition in {"2019", "2021"}
    True
    """
    return Report(_gxbg.load_file(path, Options(limits=limits or Limits(), ocr=recognizer(ocr), convert=convert)))


def loads(
    data: bytes | bytearray | memoryview | str | IO[bytes] | IO[str],
    name: str | None = None,
    *,
    limits: Limits | None = None,
    ocr: Literal["auto"] | None = None,
    convert: Literal["libreoffice"] | None = None,
) -> Report:
    """Read one report from bytes, from text or from an open file.

    Parameters
    ----------
    data : bytes, bytearray, memoryview, str or file object
        The content of a report, in any format that files may have; a ``str`` is the text itself, never a path.
    name : str or None
        What ``path`` will say; ``None`` takes the name of the file object, or ``"<data>"``.
    limits : Limits or None
        What the data may cost; ``None`` means the defaults of :class:`Limits`.
    ocr : {"auto"} or None
        ``"auto"`` reads scans, that is pictures of pages and pages of PDFs without text, cell by cell, if the extra
        ``gxbg[ocr]`` is installed. It takes seconds a page. ``cells.origin`` says ``ocr`` for what was read so, with
        its ``confidence``. ``None`` makes them failures with the reason ``scan``.
    convert : {"libreoffice"} or None
        ``"libreoffice"`` has LibreOffice (``soffice`` on ``PATH``) convert office files that are not read otherwise,
        such as damaged or very old DOC and WPS files: about a second each, in a profile of its own.

    Returns
    -------
    Report
        The same rows as from a file with this content, but for ``path``.

    Raises
    ------
    UnreadableReportError
        The data gave no report; ``reason`` and ``detail`` say why.
    TypeError
        ``data`` is nothing that holds bytes or text.

    Examples
    --------
    >>> import gxbg
    >>> path = next(gxbg.sample_dir().rglob("*.txt"))
    >>> gxbg.loads(path.read_bytes()).report_id == gxbg.load_file(path).report_id
    True
    """
    content: Any = data
    if hasattr(content, "read"):
        name = name or getattr(content, "name", None)
        content = content.read()
    if isinstance(content, str):
        # A lone surrogate is no character of any report; it must not stop the run of a caller.
        content = content.encode("utf-8", "replace")
    if not isinstance(content, bytes | bytearray | memoryview):
        raise TypeError(
            f"failed to read a report: expected bytes, str or a file object, found {type(content).__name__}"
        )
    options = Options(limits=limits or Limits(), ocr=recognizer(ocr), convert=convert)
    return Report(_gxbg.loads(bytes(content), "<data>" if name is None else str(name), options))


def sample_dir() -> Path:
    """Give the folder of the samples that come with the package: reports of fictional issuers.

    Returns
    -------
    pathlib.Path
        A folder for :func:`load_dir`.

    Examples
    --------
    >>> import gxbg
    >>> gxbg.sample_dir().is_dir()
    True
    """
    return Path(str(files("gxbg") / "samples" / "reports"))


def codebook() -> Table:
    """List every statistical cell of every edition of the form.

    Returns
    -------
    Table
        The codes ``edition``, ``table``, ``row``, ``column``, ``unit``, and the words of the official form
        ``group_label``, ``row_label``, ``column_label``. 200 rows for edition 2021, 198 for edition 2019.

    Examples
    --------
    >>> import gxbg
    >>> len(gxbg.codebook())
    398
    """
    return Table("codebook", _gxbg.codebook())


def panel_columns() -> Table:
    """List the figures of :meth:`Corpus.panel`.

    Returns
    -------
    Table
        ``column``, ``table``, ``comparable`` (whether both editions have the figure and count the same), ``unit``, and
        for each edition the cells that it is the sum of, as ``row.column``.

    Examples
    --------
    >>> import gxbg
    >>> rows = gxbg.panel_columns().head(1000)
    >>> next(r["edition_2021"] for r in rows if r["column"] == "other_total")
    'other_no_correction.total + other_fee_unpaid.total + other_other.total'
    """
    return Table("panel_columns", _gxbg.panel_columns())


def contract() -> Table:
    """List every column of every table of a corpus.

    Returns
    -------
    Table
        ``table``, ``column``, ``holds`` (text, code, whole, number, day or box), ``may_be_empty``, ``meaning``.

    Examples
    --------
    >>> import gxbg
    >>> gxbg.contract().head(1)[0]["column"]
    'report_id'
    """
    return Table("contract", _gxbg.contract())

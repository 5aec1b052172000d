"""How to load: the keyword arguments of the doors, checked, and the limits of a file."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from ._ocr import model
from ._worker import command
from .errors import ArgumentError


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may cost; over a limit it becomes a row of ``failures`` that names the limit.

    The defaults are far above what any published report needs. They bound memory and time for hostile files.

    Parameters
    ----------
    file_bytes : int
        Bytes of one file, and of one member of an archive or an office document once inflated. 32 MiB.
    inflated_bytes : int
        Inflated bytes of all parts that are read of one office document, or of an archive within an archive. 64 MiB.
    archive_bytes : int
        Inflated bytes of all members of one archive of the folder. They are never held at once. 4 GiB.
    ratio : int
        Inflated bytes for each packed one, in members of more than a mebibyte. 250.
    depth : int
        Elements of XML or HTML within each other, and groups of RTF. 4,096.
    span : int
        Columns or rows that one cell may cover; more are taken for so many. 1,000.
    cells : int
        Cells of all tables of a file. 200,000.
    pages : int
        Pages of a document that has pages. 200.
    glyphs : int
        Characters drawn on all pages. 2,000,000.
    time : float
        Seconds of processor time for decoding one file; each page that is read from a picture has 30 times as many.
        It bounds what no count bounds, and depends on the machine. 1.
    memory : int
        Bytes of memory of the process that reads PDF and DOC files, where the system can bound them; four times as
        many where pictures are read. 384 MiB.
    archive_depth : int
        Archives within each other; 0 reads no archive at all. 2.
    members : int
        Members of one archive or office document. 100,000.

    Raises
    ------
    ArgumentError
        A limit is no number, or less than 1 (``archive_depth``: less than 0; ``memory``: less than 128 MiB).

    Examples
    --------
    >>> import gxbg
    >>> limits = gxbg.Limits(file_bytes=1000)
    >>> corpus = gxbg.load_dir(gxbg.sample_dir(), limits=limits)
    >>> {failure["reason"] for failure in corpus.failures.head(100)}
    {'too_large'}
    """

    file_bytes: int = 32 << 20
    inflated_bytes: int = 64 << 20
    archive_bytes: int = 4 << 30
    ratio: int = 250
    depth: int = 4_096
    span: int = 1_000
    cells: int = 200_000
    pages: int = 200
    glyphs: int = 2_000_000
    time: float = 1.0
    memory: int = 384 << 20
    archive_depth: int = 2
    members: int = 100_000

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            kinds = (int, float) if limit.name == "time" else (int,)
            least = {"archive_depth": 0, "time": 0.001, "memory": 128 << 20}.get(limit.name, 1)
            if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= 2**31 * 1000:
                wanted = "number of seconds" if limit.name == "time" else "whole number"
                raise ArgumentError(
                    f"failed to set limits: expected {limit.name} to be a {wanted} of at least {least}, found {value!r}"
                )


@dataclass(frozen=True, kw_only=True)
class Options:
    """The keyword arguments of the doors, as the core takes them."""

    recursive: bool = True
    threads: int | None = None
    limits: Limits = field(default_factory=Limits)
    ocr: Path | None = None
    convert: Literal["libreoffice"] | None = None
    worker: list[str] = field(default_factory=command)

    def __post_init__(self) -> None:
        if self.threads is not None and self.threads < 1:
            raise ArgumentError(f"failed to load: expected at least 1 thread, found {self.threads}")
        if self.convert not in (None, "libreoffice"):
            raise ArgumentError(f"failed to load: expected convert to be 'libreoffice' or None, found {self.convert!r}")
        if not isinstance(self.limits, Limits):
            raise ArgumentError(f"failed to load: expected limits to be gxbg.Limits, found {self.limits!r}")


def recognizer(ocr: Literal["auto"] | None) -> Path | None:
    """Give the network that reads scans, if they are to be read and it is there."""
    if ocr not in (None, "auto"):
        raise ArgumentError(f"failed to load: expected ocr None or 'auto', found {ocr!r}")
    return model() if ocr == "auto" else None

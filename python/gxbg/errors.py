"""Everything that gxbg raises; ``except gxbg.GxbgError`` catches all of it.

Each error is also the builtin that people expect: a missing folder is a ``FileNotFoundError``, a file that is no report
a ``ValueError``. A bad file among many is no error at all: it becomes a row of ``corpus.failures``.
"""

from __future__ import annotations

import errno


class GxbgError(Exception):
    """The root of all errors of gxbg."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class ArgumentError(GxbgError, ValueError):
    """An argument has a value that means nothing here; the message lists what would."""


class NotFoundError(GxbgError, FileNotFoundError):
    """There is no such folder or file.

    Attributes
    ----------
    path, filename : str
        The path as given.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.filename = path
        self.errno = errno.ENOENT


class NotAFolderError(GxbgError, NotADirectoryError):
    """A folder was asked for, and the path is a file.

    Attributes
    ----------
    path, filename : str
        The path as given.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.filename = path
        self.errno = errno.ENOTDIR


class NotAFileError(GxbgError, IsADirectoryError):
    """A file was asked for, and the path is a folder.

    Attributes
    ----------
    path, filename : str
        The path as given.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.filename = path
        self.errno = errno.EISDIR


class ReadError(GxbgError, OSError):
    """The system refused to read a folder or a file.

    Attributes
    ----------
    path, filename : str
        The path as given.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.filename = path


class UnreadableReportError(GxbgError, ValueError):
    """A file or some bytes gave no report.

    Attributes
    ----------
    path : str
        The file, or the name that was given to the bytes.
    reason : str
        The code that ``corpus.failures`` would show, as listed in ``docs/formats.md``; ``not_one`` if an archive
        holds no report or several.
    detail : str
        What was expected, what was found and where.
    """

    def __init__(self, message: str, path: str = "", reason: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.reason = reason
        self.detail = detail


class MissingDependencyError(GxbgError, ImportError):
    """A library that gxbg does not insist on is needed here; the message says how to install it."""


class InternalError(GxbgError, RuntimeError):
    """A fault of gxbg itself. Please report it with the file that caused it."""

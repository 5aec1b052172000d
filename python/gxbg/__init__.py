"""Chinese government-information disclosure reports (政府信息公开工作年度报告) as research-grade tables.

Examples
--------
>>> import gxbg
>>> corpus = gxbg.load_dir(gxbg.sample_dir())  # a folder of reports
>>> cells = corpus.cells.to_pandas()  # tidy: one row per statistical cell
>>> requests = corpus.wide("requests").to_pandas()  # one row per report

``load_dir`` gives a :class:`Corpus`, ``load_file`` and ``loads`` give a :class:`Report`; both hold :class:`Table` s.
Everything that gxbg raises is a :class:`GxbgError`.
"""

from ._corpus import Corpus, Masthead, Report, check, concat
from ._divisions import Resolution, divisions, resolve
from ._gxbg import __version__
from ._load import codebook, contract, load_dir, load_file, loads, panel_columns, sample_dir
from ._options import Limits
from ._table import Table
from .errors import (
    ArgumentError,
    GxbgError,
    InternalError,
    MissingDependencyError,
    NotAFileError,
    NotAFolderError,
    NotFoundError,
    ReadError,
    UnreadableReportError,
)

__all__ = [
    "ArgumentError",
    "Corpus",
    "GxbgError",
    "InternalError",
    "Limits",
    "Masthead",
    "MissingDependencyError",
    "NotAFileError",
    "NotAFolderError",
    "NotFoundError",
    "ReadError",
    "Report",
    "Resolution",
    "Table",
    "UnreadableReportError",
    "__version__",
    "check",
    "codebook",
    "concat",
    "contract",
    "divisions",
    "load_dir",
    "load_file",
    "loads",
    "panel_columns",
    "resolve",
    "sample_dir",
]

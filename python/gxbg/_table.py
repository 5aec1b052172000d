"""One table: how it shows itself and how it becomes a data frame."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, cast

from . import _text
from .errors import MissingDependencyError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from ._gxbg import ArrowTable

FIRST = 10
"""Rows that a table shows of itself."""


def need(module: str, extra: str, purpose: str) -> Any:
    """Import a library that gxbg does not insist on."""
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        name = module.partition(".")[0]
        raise MissingDependencyError(
            f'failed to {purpose}: expected the library {name}, found none; run: pip install "gxbg[{extra}]"',
            name=name,
        ) from missing


class Table:
    """A table in Arrow's memory format, never changed.

    It speaks the Arrow PyCapsule interface, so every library that does takes it as it is: ``polars.DataFrame(table)``,
    ``pyarrow.table(table)``, duckdb by the variable's name. Without any library it shows its first rows.

    Examples
    --------
    >>> import gxbg
    >>> corpus = gxbg.load_dir(gxbg.sample_dir())
    >>> frame = corpus.cells.to_pandas()
    >>> frame["status"].dtype.name
    'category'
    """

    __slots__ = ("_arrow", "_name")

    def __init__(self, name: str, arrow: ArrowTable) -> None:
        self._name = name
        self._arrow = arrow

    @property
    def name(self) -> str:
        """The name of the table."""
        return self._name

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._arrow.columns

    @property
    def num_rows(self) -> int:
        """The number of rows."""
        return len(self._arrow)

    def __len__(self) -> int:
        return len(self._arrow)

    def head(self, count: int = FIRST) -> list[dict[str, Any]]:
        """Give the first rows as dictionaries; needs no library.

        Parameters
        ----------
        count : int
            How many rows at most.

        Returns
        -------
        list of dict
            One a row: text and codes as ``str``, whole numbers as ``int``, numbers as ``float``, days as
            ``datetime.date``, and ``None`` where there is no value.

        Examples
        --------
        >>> import gxbg
        >>> gxbg.codebook().head(1)[0]["row"]
        'regulations'
        """
        names = self.columns
        return [dict(zip(names, row, strict=True)) for row in self._arrow.rows(0, max(count, 0))]

    def to_arrow(self) -> pa.Table:
        """Give the table to pyarrow, without a copy.

        Returns
        -------
        pyarrow.Table
            Codes are dictionary-encoded.

        Raises
        ------
        MissingDependencyError
            pyarrow is not installed; ``pip install "gxbg[arrow]"``.
        """
        return need("pyarrow", "arrow", "make an Arrow table").table(self._arrow)

    def to_pandas(self) -> pd.DataFrame:
        """Give the table to pandas.

        Returns
        -------
        pandas.DataFrame
            Codes as ``category``, text as ``string``, whole numbers as nullable ``Int64``, numbers as ``float64`` (NaN
            where there is none), days as ``datetime64``.

        Raises
        ------
        MissingDependencyError
            pandas or pyarrow is not installed; ``pip install "gxbg[pandas]"``.

        Examples
        --------
        >>> import gxbg
        >>> reports = gxbg.load_dir(gxbg.sample_dir()).reports.to_pandas()
        >>> reports["year"].dtype.name
        'Int64'
        """
        purpose = "make a pandas frame"
        pandas = need("pandas", "pandas", purpose)
        arrow = need("pyarrow", "pandas", purpose)
        types = {
            arrow.int64(): pandas.Int64Dtype(),
            arrow.string(): pandas.StringDtype("pyarrow"),
            arrow.bool_(): pandas.BooleanDtype(),
        }
        return cast("pd.DataFrame", arrow.table(self._arrow).to_pandas(types_mapper=types.get, date_as_object=False))

    def to_polars(self) -> pl.DataFrame:
        """Give the table to polars.

        Returns
        -------
        polars.DataFrame
            Codes as ``Categorical``, days as ``Date``.

        Raises
        ------
        MissingDependencyError
            polars is not installed; ``pip install "gxbg[polars]"``.
        """
        return cast("pl.DataFrame", need("polars", "polars", "make a polars frame").DataFrame(self._arrow))

    def __arrow_c_schema__(self) -> object:
        """Give the schema to a library, by the Arrow PyCapsule interface."""
        return self._arrow.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the rows to a library, by the Arrow PyCapsule interface."""
        return self._arrow.__arrow_c_stream__(requested_schema)

    def _caption(self) -> str:
        return f"{self._name}: {_text.count(len(self), 'row')} × {_text.count(len(self.columns), 'column')}"

    def __repr__(self) -> str:
        rows = self._arrow.rows(0, FIRST)
        lines = [self._caption(), _text.grid(self.columns, self._arrow.kinds, rows)]
        if (more := len(self) - len(rows)) > 0:
            lines.append(f"… and {_text.count(more, 'more row', 'more rows')}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = self._arrow.rows(0, FIRST)
        shown = "" if len(rows) == len(self) else f", the first {len(rows)} shown"
        table = _text.table_html(self.columns, self._arrow.kinds, rows)
        return f'<div style="overflow-x:auto"><p><b>{_text.escape(self._caption())}</b>{shown}</p>{table}</div>'

"""A progress bar for loads that take a while."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ._table import need
from .errors import MissingDependencyError

PATIENCE = 1.0
"""Seconds without a bar."""

Callback = Callable[[int, int], object]


@contextmanager
def watching(progress: bool | Callback | None) -> Iterator[Callback | None]:
    """Give the function that a load calls with the files done and found."""
    if progress is False:
        yield None
    elif callable(progress):
        yield progress
    else:
        bar = _Bar(patience=0.0 if progress else PATIENCE)
        if progress:
            bar.make = _tqdm()
        elif _someone_looks():
            try:
                bar.make = _tqdm()
            except MissingDependencyError:
                yield None
                return
        else:
            yield None
            return
        try:
            yield bar
        finally:
            bar.close()


class _Bar:
    """A bar that appears when patience ends; what is done in less shows none."""

    make: Any

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._began = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int, found: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._began < self._patience:
                return
            with warnings.catch_warnings():
                # Without ipywidgets tqdm draws a bar of text, and need not complain.
                warnings.simplefilter("ignore")
                self._bar = self.make(total=found, unit="file")
        self._bar.total = found
        self._bar.n = done
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _tqdm() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return need("tqdm.auto", "progress", "show a progress bar").tqdm


def _someone_looks() -> bool:
    """Whether a bar would be seen: a terminal, or a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell" or (sys.stderr is not None and sys.stderr.isatty())

"""Values as text, for a terminal and for HTML; whatever a file may hold, it comes out harmless."""

from __future__ import annotations

import html
import shutil
import unicodedata
from collections.abc import Sequence
from typing import Any

WIDEST = 28
"""Columns of a terminal that one value may take."""

MOST_NAMES = 12
"""Names of columns that are told of those that do not fit the terminal."""


def plain(value: Any) -> str:
    """Write a value on one line: no line breaks, no control or direction marks, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.4f}".rstrip("0")
    if isinstance(value, tuple):
        return " ".join(plain(v) for v in value)
    text = str(value)
    if text.isprintable():
        return text
    # The ideographic space is printable to a reader, though not to Python.
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c.isspace() else "\ufffd" for c in text)


def width(text: str) -> int:
    """Count the terminal columns of a text; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, limit: int) -> str:
    """Cut a text to a number of terminal columns."""
    if width(text[: limit + 1]) <= limit and len(text) <= limit:
        return text
    kept, used = [], 0
    for char in text:
        used += width(char)
        if used > limit - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def grid(columns: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Align rows under their columns; columns that do not fit the terminal are counted, not shown."""
    room = shutil.get_terminal_size((120, 24)).columns
    shown: list[list[str]] = []
    for i, name in enumerate(columns):
        cells = [name, *(clip(plain(row[i]), WIDEST) for row in rows)]
        size = max(width(c) for c in cells)
        room -= size + 2
        if room < -2 and shown:
            break
        right = kinds[i] in ("whole", "number")
        pad = [" " * (size - width(c)) for c in cells]
        shown.append([p + c if right else c + p for p, c in zip(pad, cells, strict=True)])
    lines = ["  ".join(line).rstrip() for line in zip(*shown, strict=True)]
    if hidden := len(columns) - len(shown):
        names = list(columns[len(shown) :])
        if hidden > MOST_NAMES:
            names[MOST_NAMES - 1 : -1] = ["…"]
        lines.append(f"… and {hidden} more columns: {', '.join(names)}")
    return "\n".join(lines)


def count(number: int, one: str, many: str | None = None) -> str:
    """Count things in words: ``1 report``, ``1 284 reports``."""
    return f"{number:,}".replace(",", " ") + " " + (one if number == 1 else many or one + "s")


def escape(value: Any) -> str:
    """Write a value as HTML text."""
    return html.escape(plain(value))


def table_html(columns: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Write rows as an HTML table."""
    head = "".join(f"<th>{escape(c)}</th>" for c in columns)
    sides = ["right" if k in ("whole", "number") else "left" for k in kinds]
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{side}">{escape(clip(plain(v), 60))}</td>'
            for side, v in zip(sides, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

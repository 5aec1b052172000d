"""The official form in a notebook: the three statistical tables, every cell coloured by its status."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from . import _gxbg
from ._text import escape

if TYPE_CHECKING:
    from ._corpus import Report

WITH_VALUE = ("reported", "inferred", "repaired", "suspect")
"""The statuses of cells that have a value."""

# Status: colour behind the cell (translucent, for light and dark themes), mark behind the value, meaning.
STATUSES = {
    "reported": ("transparent", "", "read as published"),
    "blank": ("rgba(128,128,128,.15)", "", "there and empty"),
    "inferred": ("rgba(60,130,240,.30)", " ⁱ", "empty, and the arithmetic leaves one value"),
    "repaired": ("rgba(0,170,140,.30)", " ʳ", "ambiguous, and the arithmetic leaves one reading"),
    "suspect": ("rgba(240,160,0,.40)", " ?", "read, but the evidence is against it"),
    "unreadable": ("rgba(220,50,50,.35)", " ✗", "something is there that is no number"),
    "missing": ("rgba(128,128,128,.35)", "–", "the document has no such cell"),
}
FAULT = "box-shadow:inset 0 0 0 2px rgba(220,50,50,.8)"
EDGE = "border:1px solid rgba(128,128,128,.45);padding:2px 6px"


@cache
def _codebook() -> dict[str, list[dict[str, Any]]]:
    """List the cells of each edition in the order of the form, with their words."""
    book = _gxbg.codebook()
    entries = [dict(zip(book.columns, row, strict=True)) for row in book.rows(0, len(book))]
    return {edition: list(of) for edition, of in groupby(entries, key=lambda e: str(e["edition"]))}


def report_html(report: Report, caption: str) -> str:
    """Show a report as the official form, with the findings below."""
    head = report.masthead
    cells = {(c["table"], c["row"], c["column"]): c for c in report.cells.head(len(report.cells))}
    findings = report.findings.head(len(report.findings))
    violated = [f for f in findings if f["outcome"] == "violated" and f["severity"] != "info"]
    faults = {(f["table"], f["row"], f["column"]) for f in violated}
    facts = [head.title, head.document_number, head.published_on]
    parts = [f"<p><b>{escape(caption)}</b><br>{' · '.join(escape(f) for f in facts if f)}</p>"]
    book = _codebook()
    editions = {"proactive": head.edition_proactive, "requests": head.edition_requests}
    # The table of disputes is the same in every edition.
    entries = [
        entry
        for table in ("proactive", "requests", "disputes")
        for entry in book.get(editions.get(table, head.edition_requests) or "", [])
        if entry["table"] == table
    ]
    for table, of in groupby(entries, key=lambda e: e["table"]):
        parts.append(f"<h4>{escape(_heading(report, table))} <code>{escape(table)}</code></h4>")
        parts.append(_table_html(list(of), cells, faults))
    parts.append(_legend(c["status"] for c in cells.values()))
    parts.append(_findings_html(violated))
    return f'<div style="overflow-x:auto">{"".join(parts)}</div>'


def _heading(report: Report, table: str) -> str:
    """Find the heading of the section that holds the table; sections and tables share their codes."""
    return next((s["heading"] for s in report.sections.head(len(report.sections)) if s["section"] == table), "")


def _table_html(entries: list[dict[str, Any]], cells: dict[Any, Any], faults: set[Any]) -> str:
    """Show one statistical table; rows with the same columns stand under one header."""
    lines = []
    rows = [(row, list(of)) for row, of in groupby(entries, key=lambda e: e["row"])]
    for columns, block in groupby(rows, key=lambda r: tuple((e["column"], e["column_label"]) for e in r[1])):
        head = "".join(
            f'<th style="{EDGE};text-align:center">{escape(label)}<br><code>{escape(code)}</code></th>'
            for code, label in columns
        )
        lines.append(f'<tr><th style="{EDGE}"></th>{head}</tr>')
        for row, of in block:
            group = of[0]["group_label"]
            words = f"{escape(group)} / {escape(of[0]['row_label'])}" if group else escape(of[0]["row_label"])
            name = f'<th style="{EDGE};text-align:left;font-weight:normal">{words} <code>{escape(row)}</code></th>'
            lines.append(f"<tr>{name}{''.join(_cell_html(e, cells, faults) for e in of)}</tr>")
    return f'<table style="border-collapse:collapse">{"".join(lines)}</table>'


def _cell_html(entry: dict[str, Any], cells: dict[Any, Any], faults: set[Any]) -> str:
    table, row, column = entry["table"], entry["row"], entry["column"]
    cell = cells.get((table, row, column), {"status": "missing", "value": None, "raw": None})
    colour, mark, meaning = STATUSES.get(cell["status"], STATUSES["suspect"])
    shown = cell["raw"] if cell["status"] == "unreadable" else cell["value"]
    fault = f";{FAULT}" if {(table, row, column), (table, row, None), (table, None, column)} & faults else ""
    title = f"{cell['status']}: {meaning}" + (f"; published: {cell['raw']}" if cell["raw"] else "")
    return (
        f'<td title="{escape(title)}" style="{EDGE};text-align:right;background:{colour}{fault}">'
        f"{escape(shown)}{mark}</td>"
    )


def _legend(present: Iterable[str]) -> str:
    """Say what the colours mean, for those statuses that the report has."""
    seen = set(present)
    items = [
        f'<span style="background:{colour};{EDGE}">{name}{mark}</span> {meaning}'
        for name, (colour, mark, meaning) in STATUSES.items()
        if name in seen
    ]
    return f"<p>{' &nbsp; '.join(items)}</p>"


def _findings_html(violated: list[dict[str, Any]]) -> str:
    items = [
        f"<li><code>{escape(f['rule'])}</code> ({escape(f['policy'] or f['severity'])}) {escape(f['message_en'])}"
        f"<br>{escape(f['message_zh'])}</li>"
        for f in violated
    ]
    return f'<p><span style="{FAULT};padding:2px 6px">faults</span></p><ul>{"".join(items)}</ul>' if items else ""

"""Write ``docs/tables.md`` and ``docs/codes.md`` from the code; ``--check`` only compares. ``make docs`` runs this."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import gxbg

HERE = Path(__file__).parent
HOLDS = {
    "text": "text",
    "code": "code (dictionary-encoded text)",
    "whole": "whole number",
    "number": "number",
    "day": "day",
    "box": "four numbers",
}


def tables() -> str:
    """Describe every column of every table."""
    lines = ["# The tables", "", "Written by `make docs` from the code.", ""]
    rows = gxbg.contract().head(10_000)
    for table, columns in groupby(rows, key=lambda r: r["table"]):
        doc = getattr(gxbg.Corpus, table).__doc__
        lines += [f"## `{table}`", "", doc, "", "| column | holds | may be empty | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{c['column']}` | {HOLDS[c['holds']]} | {'yes' if c['may_be_empty'] else ''} | {c['meaning']} |"
            for c in columns
        ]
        lines.append("")
    return "\n".join(lines)


def codes() -> str:
    """List the cells of every edition of the form with their words."""
    lines = [
        "# The codes",
        "",
        "Every statistical cell of the official form. Written by `make docs` from the code. A report whose edition is `mixed`"  # noqa: E501
        " has the cells of one edition in `proactive` and those of the other in `requests`.",
        "",
    ]
    entries = gxbg.codebook().head(10_000)
    for (edition, table), of in groupby(entries, key=lambda e: (e["edition"], e["table"])):
        lines += [f"## `{table}`, edition {edition}", "", "| row | Chinese | columns |", "|---|---|---|"]
        before = ""
        for row, cells in groupby(of, key=lambda e: e["row"]):
            these = list(cells)
            columns = ", ".join(f"`{c['column']}` {c['column_label']}" for c in these)
            lines.append(f"| `{row}` | {_words(these[0])} | {'the same' if columns == before else columns} |")
            before = columns
        lines.append("")
    return "\n".join(lines)


def _words(entry: dict[str, Any]) -> str:
    group = entry["group_label"]
    return f"{group} / {entry['row_label']}" if group else str(entry["row_label"])


def main() -> int:
    """Write the files, or say which are out of date."""
    stale = []
    for name, text in (("tables.md", tables()), ("codes.md", codes())):
        path = HERE / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"out of date: {', '.join(stale)}; run `make docs`")
    return len(stale)


if __name__ == "__main__":
    sys.exit(main())

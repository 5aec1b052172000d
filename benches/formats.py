"""How fast each format is read, beside what one would take instead, on the same files in one run.

    make bench-formats            # renders files of every format, reads them, prints a table in Markdown

gxbg does its whole job: every table of a corpus, with rules and findings, on one thread. Beside it stands its decoding
alone, from the bytes to the text and the tables of a document, which is what the others do: pandas turns the tables
of a page, a sheet or a CSV file into data frames, selectolax (lexbor) parses the page into a tree, python-docx and
openpyxl walk over all cells, pdfplumber extracts the tables. Times are processor time, the best of the rounds, all
readers in turn within each round.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import gxbg


def pandas_html(data: bytes) -> int:
    import pandas

    return len(pandas.read_html(io.BytesIO(data), flavor="lxml", encoding=charset(data)))


def charset(data: bytes) -> str:
    return "gb18030" if b"gb2312" in data[:600] else "utf-8"


def lexbor_bare(data: bytes) -> int:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(data) is not None


def python_docx(data: bytes) -> int:
    import docx

    document = docx.Document(io.BytesIO(data))
    return sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def pdfplumber_tables(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def openpyxl_cells(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)


def pandas_excel(data: bytes) -> int:
    import pandas

    return sum(frame.size for frame in pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None).values())


def pandas_csv(data: bytes) -> int:
    import pandas

    return int(pandas.read_csv(io.BytesIO(data), header=None, dtype=str).size)


RIVALS: dict[str, list[tuple[str, Callable[[bytes], int]]]] = {
    "html": [("pandas.read_html", pandas_html), ("lexbor, parse alone", lexbor_bare)],
    "htm": [("pandas.read_html", pandas_html), ("lexbor, parse alone", lexbor_bare)],
    "docx": [("python-docx", python_docx)],
    "xlsx": [("openpyxl", openpyxl_cells), ("pandas.read_excel", pandas_excel)],
    "csv": [("pandas.read_csv", pandas_csv)],
    "pdf": [("pdfplumber", pdfplumber_tables)],
}


def spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def decoding(command: str, folder: Path) -> float:
    """Seconds a file that the decoding alone takes."""
    told = subprocess.run([*shlex.split(command), str(folder)], check=True, capture_output=True, text=True).stdout
    return float(told.split("\t")[3]) / 1e6


def machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{name}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="one folder for each format")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rival-files", type=int, default=20, help="files that the slow readers are given")
    parser.add_argument(
        "--decoding",
        default="cargo run --quiet --profile quick --locked --example decoding --",
        help="what measures the decoding alone",
    )
    arguments = parser.parse_args()
    print(f"{machine()}\n")
    print("| format | files | KB a file | whole job, ms | decoding, ms | the other | ms | times: whole | decoding |")
    print("|---|---:|---:|---:|---:|---|---:|---:|---:|")
    for folder in sorted(p for p in arguments.folder.iterdir() if p.is_dir()):
        files = sorted(folder.iterdir())
        contents = [f.read_bytes() for f in files]
        corpus = gxbg.load_dir(folder, threads=1, progress=False)
        if len(corpus) != len(files):
            raise SystemExit(f"{folder.name}: expected {len(files)} reports, found {len(corpus)}")
        rivals = RIVALS.get(files[0].suffix[1:], [])
        whole: list[float] = []
        alone: list[float] = []
        theirs: dict[str, list[float]] = {name: [] for name, _ in rivals}
        for _ in range(arguments.rounds):
            whole.append(spent(lambda f=folder: gxbg.load_dir(f, threads=1, progress=False)) / len(files))
            alone.append(decoding(arguments.decoding, folder))
            for name, read in rivals:
                some = contents if "lexbor" in name else contents[: arguments.rival_files]
                theirs[name].append(spent(lambda r=read, s=some: [r(data) for data in s]) / len(some))
        size = sum(map(len, contents)) / len(files) / 1000
        own = min(whole), min(alone)
        head = f"| {folder.name} | {len(files)} | {size:.0f} | {own[0] * 1000:.3f} | {own[1] * 1000:.3f} |"
        if not rivals:
            print(f"{head} | | | |")
        for name, times in theirs.items():
            rates = " | ".join(f"{min(times) / t:.1f}" for t in own)
            print(f"{head} {name} | {min(times) * 1000:.3f} | {rates} |")


if __name__ == "__main__":
    main()

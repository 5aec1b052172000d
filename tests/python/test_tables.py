"""What a table looks like in pandas, polars, Arrow, a terminal and a notebook."""

from __future__ import annotations

import html.parser
import subprocess
import sys

import gxbg
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

ALL = ["reports", "cells", "sections", "statements", "findings", "indicators", "failures"]
DTYPES = {"text": "string", "code": "category", "whole": "Int64", "number": "float64", "box": "object"}
CONTRACT = gxbg.contract().head(1000)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("full", [True, False])
def test_pandas_has_the_dtypes_of_the_contract(name, full, samples, tmp_path):
    table = getattr(samples if full else gxbg.load_dir(tmp_path), name)
    frame = table.to_pandas()
    columns = [c for c in CONTRACT if c["table"] == name]
    assert list(frame.columns) == table.columns == [c["column"] for c in columns]
    assert len(frame) == len(table) == table.num_rows
    for column in columns:
        dtype = frame[column["column"]].dtype
        if column["holds"] == "day":
            assert pd.api.types.is_datetime64_any_dtype(dtype), column
        else:
            assert dtype == DTYPES[column["holds"]], column
        if not column["may_be_empty"]:
            assert frame[column["column"]].notna().all(), column


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("full", [True, False])
def test_arrow_and_polars_hold_the_same_rows(name, full, samples, tmp_path):
    table = getattr(samples if full else gxbg.load_dir(tmp_path), name)
    arrow = table.to_arrow()
    assert isinstance(arrow, pa.Table)
    assert arrow.num_rows == len(table)
    assert pa.table(table) == arrow
    assert pa.schema(table) == arrow.schema
    arrow.validate(full=True)
    frame = table.to_polars()
    assert isinstance(frame, pl.DataFrame)
    assert frame.shape == (len(table), len(table.columns)) == pl.DataFrame(table).shape
    assert [list(row.values()) for row in table.head(5)] == [
        [tuple(v) if isinstance(v, list) else v for v in row.values()] for row in arrow.slice(0, 5).to_pylist()
    ]


def test_codes_compare_as_text(samples):
    cells = samples.cells.to_pandas()
    some = cells[(cells["table"] == "requests") & (cells["row"] == "received") & (cells["column"] == "total")]
    assert len(some) == len(samples)


def test_wide_has_one_row_per_report(samples):
    cells = samples.cells.to_pandas()
    reports = samples.reports.to_pandas()
    for table in ("proactive", "requests", "disputes"):
        wide = samples.wide(table).to_pandas()
        assert list(wide["report_id"]) == list(reports["report_id"])
        book = gxbg.codebook().to_pandas()
        of = book[book["table"] == table]
        names = dict.fromkeys(f"{r}_{c}" for r, c in zip(of["row"], of["column"], strict=True))
        assert set(wide.columns[4:]) == set(names)
        assert len(wide.columns) == 4 + len(names)
        long = cells[cells["table"] == table]
        keys = list(zip(long["report_id"], long["row"], long["column"], long["value"], strict=True))
        indexed = wide.set_index("report_id")
        for report_id, row, column, value in keys:
            got = indexed.loc[report_id, f"{row}_{column}"]
            assert got == value or (pd.isna(got) and pd.isna(value))
        # What the edition does not have is empty.
        assert indexed.iloc[:, 3:].notna().sum().sum() == long["value"].notna().sum()


def test_wide_of_nothing_has_its_columns(tmp_path):
    wide = gxbg.load_dir(tmp_path).wide("requests")
    assert len(wide) == 0
    assert wide.columns[:5] == ["report_id", "issuer", "year", "edition", "received_natural_person"]
    assert len(wide.to_pandas()) == 0


def test_wide_of_an_unknown_table_lists_the_known_ones(samples):
    with pytest.raises(gxbg.ArgumentError, match=r'expected one of \["proactive", "requests", "disputes"\], found "x"'):
        samples.wide("x")


def test_the_grid_of_a_report_is_the_form(samples):
    report = samples[0]
    grid = report.table("requests").head(100)
    cells = {(c["row"], c["column"]): c["value"] for c in report.cells.head(300) if c["table"] == "requests"}
    assert {(r["row"], k): v for r in grid for k, v in r.items() if k not in ("row", "label")} == cells
    assert all(r["label"] for r in grid)
    assert len(report.table("proactive")) == {"2021": 6, "2019": 8}[report.masthead.edition]
    assert len(report.table("disputes")) == 3


def test_a_corpus_is_indexed_by_number_and_by_id(samples):
    first = samples.reports.head(1)[0]
    assert samples[0].report_id == samples[first["report_id"]].report_id == first["report_id"]
    assert samples[0].masthead.issuer == first["issuer"]
    assert samples[-1].path == samples.reports.head(1000)[-1]["path"]
    with pytest.raises(IndexError):
        samples[len(samples)]
    with pytest.raises(gxbg.ArgumentError):
        samples["no such id"]
    with pytest.raises(TypeError):
        samples[1.5]
    assert len(list(samples)) == len(samples)


def test_repr_of_the_corpus_says_how_it_went(samples, tmp_path):
    assert repr(samples) == "20 reports, 11 issuers, 2019-2023; " + share(samples) + "; 0 files not read"
    (tmp_path / "noise.txt").write_text("hello")
    assert repr(gxbg.load_dir(tmp_path)) == "no reports; 1 file not read"
    assert "20 reports" in samples._repr_html_()
    assert "noise.txt" in gxbg.load_dir(tmp_path)._repr_html_()


def share(corpus):
    reports = corpus.reports.to_pandas()
    held, broken = reports["ties_satisfied"].sum(), reports["ties_violated"].sum()
    assert broken
    return f"{int(1000 * held / (held + broken)) / 10:.1f} % of ties hold"


def test_repr_of_a_table_fits_the_terminal(samples, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for name in ALL:
        lines = repr(getattr(samples, name)).splitlines()
        body = [line for line in lines if not line.startswith("… and")]
        assert max(map(columns_of, body)) <= 80
        assert lines[0].startswith(f"{name}: {len(getattr(samples, name)):,} row".replace(",", " "))
    assert "more columns" in repr(samples.reports)


def columns_of(text):
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_columns_stand_under_each_other_with_chinese(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    _, head, *rows = repr(gxbg.codebook()).splitlines()
    label = columns_of(head[: head.index("column_label")])
    for row in rows[:10]:
        at = row.index("本年") if "本年" in row else row.rindex("  ") + 2
        assert columns_of(row[:at]) == label


class Tags(html.parser.HTMLParser):
    """Counts tags, and sees to it that they close."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.text = [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        assert all(not name.startswith("on") for name, _ in attrs)
        if tag not in ("br",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_well_formed(samples):
    for name in ALL:
        Tags(getattr(samples, name)._repr_html_())
    for report in samples:
        page = Tags(report._repr_html_())
        assert page.seen.count("td") == len(report.cells)
        assert "requests" in page.text


def test_html_of_a_report_shows_faults_and_statuses(samples):
    faulty = next(r for r in samples if r.path == "xizhou_city/2021.txt")
    page = faulty._repr_html_()
    assert "REQ-" in page
    assert "reported: read as published" in page
    empty = next(r for r in samples if r.path == "zhetangkou_2022.txt")
    statuses = {c["status"] for c in empty.cells.head(300)}
    assert statuses & {"blank", "inferred"}
    for status in statuses:
        assert status in empty._repr_html_()


HOSTILE = "<script>alert(1)</script>&\"'\x1b[31m\u202e镇人民政府"


def test_what_a_file_says_cannot_harm(tmp_path, report_text, monkeypatch):
    monkeypatch.setenv("COLUMNS", "4000")
    hostile = tmp_path / "<img src=x onerror=alert(1)>.txt"
    text = report_text.replace("兰汐镇人民政府", HOSTILE).replace("一、总体情况\n", f"一、总体情况\n{HOSTILE}\n")
    hostile.write_text(text, encoding="utf-8")
    (tmp_path / "<b>bad.txt").write_text("<i>no report</i>")
    corpus = gxbg.load_dir(tmp_path)
    report = corpus[0]
    things = [corpus, report, *(getattr(corpus, n) for n in ALL), corpus.wide("requests"), report.table("requests")]
    for thing in things:
        page = Tags(thing._repr_html_())
        assert not {"script", "img", "i"} & set(page.seen)
        for shown in (thing._repr_html_(), repr(thing)):
            assert "\x1b" not in shown
            assert "\u202e" not in shown
    assert "<script>alert(1)" in "".join(Tags(corpus.sections._repr_html_()).text)
    assert "<img src=x" in "".join(Tags(corpus._repr_html_()).text)


@pytest.mark.parametrize(
    ("missing", "method", "extra"),
    [
        ("pandas", "to_pandas", "pandas"),
        ("pyarrow", "to_pandas", "pandas"),
        ("pyarrow", "to_arrow", "arrow"),
        ("polars", "to_polars", "polars"),
    ],
)
def test_a_missing_library_is_named_with_its_cure(missing, method, extra, samples, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=rf'{missing}.*pip install "gxbg\[{extra}\]"') as caught:
        getattr(samples.reports, method)()
    assert isinstance(caught.value, gxbg.GxbgError)
    assert caught.value.name == missing


def test_no_library_is_needed_to_look(tmp_path, report_text):
    (tmp_path / "a.txt").write_text(report_text, encoding="utf-8")
    code = f"""
import sys
for name in ("pandas", "pyarrow", "polars", "tqdm", "matplotlib", "numpy"):
    sys.modules[name] = None
import gxbg
corpus = gxbg.load_dir({str(tmp_path)!r})
print(corpus, corpus.cells, corpus[0], corpus.wide("requests"), corpus._repr_html_(), corpus[0]._repr_html_())
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> gxbg.Corpus:
    """More reports than one batch holds."""
    folder = tmp_path_factory.mktemp("many")
    samples = sorted(gxbg.sample_dir().rglob("*.txt"))
    for i in range(600):
        data = samples[i % len(samples)].read_bytes()
        (folder / f"{i:04}.txt").write_bytes(data + f"\n{i}\n".encode())
    return gxbg.load_dir(folder)


def test_pandas_is_quick(many):
    import time

    assert len(many) == 600
    began = time.monotonic()
    assert len(many.cells.to_pandas()) == 30 * 3990
    assert time.monotonic() - began < 1.0


def test_many_batches_make_one_frame(many, samples):
    reports = many.reports.to_pandas()
    assert list(reports["path"]) == [f"{i:04}.txt" for i in range(600)]
    for table in ("proactive", "requests", "disputes"):
        wide, few = many.wide(table).to_pandas(), samples.wide(table).to_pandas()
        assert list(wide["report_id"]) == list(reports["report_id"])
        assert list(wide["edition"]) == list(reports["edition"])
        assert wide.iloc[:20, 4:].equals(few.iloc[:20, 4:])
        assert wide.iloc[580:, 4:].reset_index(drop=True).equals(few.iloc[:20, 4:])
        assert many.wide(table).to_polars().shape == wide.shape
    assert [many[i].path for i in (0, 127, 128, 599)] == ["0000.txt", "0127.txt", "0128.txt", "0599.txt"]
    assert [len(many[i].cells) for i in (0, 599)] == [len(samples[0].cells), len(samples[19].cells)]
    for name in ALL:
        assert getattr(many, name).to_arrow().num_rows == len(getattr(many, name))
        getattr(many, name).to_pandas()
        getattr(many, name).to_polars()

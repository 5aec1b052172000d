"""The samples are read as their truth says, cell by cell, and by every door alike."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import gxbg
import pyarrow as pa
import pytest

TRUTHS = sorted((gxbg.sample_dir().parent / "truth").glob("*.json"))
TABLES = ["reports", "cells", "sections", "statements", "findings", "indicators"]


def rows(table: gxbg.Table, *without: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in without} for row in table.head(len(table))]


def by_path(corpus: gxbg.Corpus) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in rows(corpus.reports)}


def test_every_sample_has_its_truth_and_is_read(samples, sample_files, truths):
    names = {p.relative_to(gxbg.sample_dir()).as_posix() for p in sample_files}
    assert names == set(truths) == set(by_path(samples))
    assert len(names) >= 14
    assert len(samples.failures) == 0


# Rows of the samples that stand one cell aside and are not put right yet: how many cells of each are not as published.
OWED = {"xizhou_city/2021.txt": 14, "zhetangkou_2022.txt": 2}


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda p: p.stem)
def test_every_cell_is_as_published(truth, samples):
    want = json.loads(truth.read_text(encoding="utf-8"))
    report_id = by_path(samples)[want["path"]]["report_id"]
    got = {(c["table"], c["row"], c["column"]): c for c in rows(samples[report_id].cells)}
    assert len(got) == len(want["cells"]) == {"2021": 200, "2019": 198}[want["edition"]]
    wrong = []
    for table, row, column, value in want["cells"]:
        cell = got[table, row, column]
        exact = cell["value"] == pytest.approx(value) if value is not None else cell["reported"] is None
        filled = value is None and cell["value"] is not None and (cell["status"], cell["value"]) != ("inferred", 0)
        if not exact or filled:
            wrong.append((table, row, column, value, cell["value"], cell["status"]))
    assert len(wrong) <= OWED.get(want["path"], 0), wrong


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda p: p.stem)
def test_the_masthead_is_as_published(truth, samples):
    want = json.loads(truth.read_text(encoding="utf-8"))
    got = by_path(samples)[want["path"]]
    for key in ("issuer", "issuer_as_written", "year", "edition", "document_number"):
        assert got[key] == want[key], key
    assert str(got["published_on"]) == str(want["published_on"])
    sections = [s["section"] for s in rows(samples[got["report_id"]].sections)]
    assert sections == ["overview", "proactive", "requests", "disputes", "problems", "other"]


def test_the_two_slips_are_findings(samples):
    path_of = {r["report_id"]: r["path"] for r in rows(samples.reports)}
    findings = [f for f in rows(samples.findings) if (f["outcome"], f["severity"]) == ("violated", "error")]
    violated = {path_of[f["report_id"]] for f in findings}
    assert violated == {"xizhou_city/2021.txt", "yunxiu_county_finance_bureau/2022.txt"}


def ipc(table: gxbg.Table) -> bytes:
    sink = io.BytesIO()
    whole = table.to_arrow()
    with pa.ipc.new_stream(sink, whole.schema) as writer:
        writer.write_table(whole)
    return sink.getvalue()


@pytest.mark.parametrize("table", [*TABLES, "failures"])
def test_threads_change_no_byte(table, samples):
    one, two = (gxbg.load_dir(gxbg.sample_dir(), threads=n) for n in (1, 2))
    assert ipc(getattr(one, table)) == ipc(getattr(two, table)) == ipc(getattr(samples, table))


# What only the whole corpus tells.
LATE = (
    *(f"links_{o}" for o in ("satisfied", "violated", "not_assessable", "not_applicable")),
    *("copied_from", "copied_share", "last_year_share", "other_issuer_share"),
)
ACROSS = ("CHN-", "SUM-", "UNIT-")


def test_every_door_gives_the_same_rows(samples, sample_files):
    for path in sample_files:
        corpus = by_path(samples)[path.relative_to(gxbg.sample_dir()).as_posix()]["report_id"]
        reports = [samples[corpus], gxbg.load_file(path), gxbg.loads(path.read_bytes())]
        for table in TABLES:
            told = (rows(getattr(r, table), "path", "named_as", "other_report_id", *LATE) for r in reports)
            first, *others = ([t for t in of if not str(t.get("rule")).startswith(ACROSS)] for of in told)
            assert all(o == first for o in others), (path, table)


def test_rows_follow_the_paths(samples):
    paths = [r["path"] for r in rows(samples.reports)]
    assert paths == sorted(paths)
    order = [r["report_id"] for r in rows(samples.reports)]
    for table in TABLES:
        seen = list(dict.fromkeys(r["report_id"] for r in rows(getattr(samples, table))))
        assert seen == [i for i in order if i in set(seen)], table


def test_spans_point_at_what_was_read(samples):
    for report in rows(samples.reports):
        data = (gxbg.sample_dir() / report["path"]).read_bytes().removeprefix(b"\xef\xbb\xbf")
        for cell in rows(samples[report["report_id"]].cells):
            if cell["start"] is not None and cell["raw"]:
                assert data[cell["start"] : cell["end"]].decode() == cell["raw"]


def test_values_come_only_with_statuses_that_have_them(samples):
    for cell in rows(samples.cells):
        assert (cell["value"] is not None) == (cell["status"] in ("reported", "inferred", "repaired", "suspect"))
        if cell["status"] == "reported" and cell["unit"] in ("count", "10k_yuan"):
            assert cell["value"] == cell["reported"]


def test_counts_of_cells_and_ties_add_up(samples):
    statuses = ["reported", "blank", "inferred", "repaired", "suspect", "unreadable", "missing"]
    for report in rows(samples.reports):
        assert sum(report[f"cells_{s}"] for s in statuses) == {"2021": 200, "2019": 198}[report["edition"]]
        outcomes = ["satisfied", "violated", "not_assessable", "not_applicable"]
        assert sum(report[f"ties_{o}"] for o in outcomes) > 0


def test_a_copy_is_a_report_of_its_own(tmp_path: Path, report_text):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(report_text, encoding="utf-8")
    corpus = gxbg.load_dir(tmp_path)
    assert [corpus[0].path, corpus[1].path, corpus[-1].path] == ["a.txt", "b.txt", "b.txt"]
    assert len(corpus[0].cells) == len(corpus[1].cells) == 200
    wide = corpus.wide("requests").head(2)
    assert wide[0]["received_total"] == wide[1]["received_total"] is not None


def test_binary_documents_have_the_same_rows(samples: gxbg.Corpus) -> None:
    """LibreOffice made the files of the samples; every other one bears the ending of WPS."""
    corpus = gxbg.load_dir(Path(__file__).parents[1] / "fixtures")

    def cells(of: gxbg.Report) -> dict[tuple[Any, ...], Any]:
        return {(c["table"], c["row"], c["column"]): c["value"] for c in rows(of.cells)}

    texts = {path.removesuffix(".txt"): row for path, row in by_path(samples).items()}
    # The archives of 7-Zip hold reports of their own, read by the tests of archives.
    office = {path: row for path, row in by_path(corpus).items() if not path.startswith("7z/")}
    read = {path.split("!/")[1].rsplit(".", 1)[0]: row for path, row in office.items()}
    assert set(read) <= set(texts)
    assert len(read) >= 14
    for name, row in read.items():
        assert row["format"] == "doc"
        assert (row["issuer"], row["year"], row["edition"]) == tuple(
            texts[name][key] for key in ("issuer", "year", "edition")
        )
        # A text may leave open, or conclude, what a document shows; no value of one contradicts the other.
        one, other = cells(corpus[row["report_id"]]), cells(samples[texts[name]["report_id"]])
        assert one.keys() == other.keys()
        assert {k for k in one if None not in (one[k], other[k]) and one[k] != other[k]} == set(), name
        assert sum(v is not None for v in one.values()) >= 180 or name == "zhetangkou_2022", name

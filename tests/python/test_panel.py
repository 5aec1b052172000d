"""Issuers over the years: the panel, its coverage, and what comparing shows, held against pandas."""

from __future__ import annotations

import shutil
from pathlib import Path

import gxbg
import pandas as pd
import pytest

SOUND = ("reported", "repaired", "inferred")


@pytest.fixture
def gapped(tmp_path: Path) -> gxbg.Corpus:
    """The samples without one report that has an earlier and a later one."""
    shutil.copytree(gxbg.sample_dir(), tmp_path / "samples")
    next((tmp_path / "samples").rglob("lanxi_2022.*")).unlink()
    return gxbg.load_dir(tmp_path / "samples")


def test_every_report_is_counted_once(samples: gxbg.Corpus) -> None:
    panel = samples.panel().to_pandas()
    assert panel["reports_found"].sum() == len(samples)
    assert not panel.duplicated(["issuer", "division_code", "year"]).any()


def test_the_figures_are_those_of_the_cells(samples: gxbg.Corpus) -> None:
    panel = samples.panel().to_pandas()
    cells = samples.cells.to_pandas()
    sound = cells[cells["status"].isin(SOUND)].set_index(["report_id", "row", "column"])["value"]
    seen = 0
    for column in gxbg.panel_columns().head(1000):
        for _, line in panel.iterrows():
            source = column[f"edition_{line['edition']}"]
            parts = [] if source is None else source.split(" + ")
            values = [sound.get((line["report_id"], *part.split("."))) for part in parts]
            want = None if not parts or None in values else sum(v for v in values if v is not None)
            have = line[column["column"]]
            assert pd.isna(have) if want is None else have == want, (column, line["issuer"], line["year"])
            seen += want is not None
    assert seen > 3000


def test_a_gap_is_shown_as_a_gap(gapped: gxbg.Corpus) -> None:
    panel = gapped.panel().to_pandas()
    (line,) = panel[panel["gap"].notna()].to_dict("records")
    assert (line["issuer"], line["year"]) == ("兰汐镇人民政府", 2022)
    assert (line["gap"], line["reports_found"]) == ("no_report", 0)
    assert pd.isna(line["received_total"])
    coverage = gapped.coverage().to_pandas().set_index("year")
    whole = gxbg.load_dir(gxbg.sample_dir()).coverage().to_pandas().set_index("year")
    assert (whole["found"] - coverage["found"]).to_dict() == {2019: 0, 2020: 0, 2021: 0, 2022: 1, 2023: 0}
    assert (whole["expected"] == coverage["expected"]).all()


def test_coverage_is_found_of_expected(samples: gxbg.Corpus) -> None:
    reports = samples.reports.to_pandas()
    coverage = samples.coverage().to_pandas().set_index("year")
    assert coverage["found"].to_dict() == reports.groupby("year")["issuer"].nunique().to_dict()
    assert (coverage["expected"] == reports["issuer"].nunique()).all()
    assert (coverage["coverage"] == coverage["found"] / coverage["expected"]).all()


def test_coverage_knows_its_levels(samples: gxbg.Corpus) -> None:
    with pytest.raises(gxbg.ArgumentError, match="village"):
        samples.coverage("village")


def test_two_halves_are_the_whole(tmp_path: Path, samples: gxbg.Corpus) -> None:
    files = sorted(path for path in gxbg.sample_dir().rglob("*") if path.is_file())
    for i, path in enumerate(files):
        half = tmp_path / str(i % 2)
        half.mkdir(exist_ok=True)
        shutil.copy(path, half / f"{i:03}{path.suffix}")
    both = gxbg.concat([gxbg.load_dir(tmp_path / "0"), gxbg.load_dir(tmp_path / "1")])
    assert len(both) == len(samples)

    def told(corpus: gxbg.Corpus) -> list[tuple[str, ...]]:
        keys = ("report_id", "rule", "outcome", "row", "column", "found", "other_report_id")
        return sorted(tuple(str(f[k]) for k in keys) for f in gxbg.check(corpus).head(1000))

    assert told(both) == told(samples)
    order = ["issuer", "year"]
    panels = [c.panel().to_pandas().sort_values(order).reset_index(drop=True) for c in (both, samples)]
    pd.testing.assert_frame_equal(*panels, check_categorical=False)


def test_requests_that_vanish_between_two_years_are_told(tmp_path: Path) -> None:
    folder = gxbg.sample_dir()
    before = next(folder.rglob("lanxi_2022.txt")).read_text(encoding="utf-8")
    after = next(folder.rglob("lanxi_2023.txt")).read_text(encoding="utf-8")
    (tmp_path / "2022.txt").write_text(before, encoding="utf-8")
    (tmp_path / "2023.txt").write_text(after, encoding="utf-8")

    def carry() -> list[str]:
        found = gxbg.check(gxbg.load_dir(tmp_path)).head(1000)
        return [f["outcome"] for f in found if f["rule"] == "CHN-CARRY"]

    assert carry() == []
    lines = before.split("\n")
    at = next(i for i, line in enumerate(lines) if "结转下年度继续办理" in line)
    figures = lines[at + 1 : at + 8]
    lines[at + 1 : at + 8] = [line.replace("0", "7") for line in figures]
    assert figures == ["\t0"] * 7
    (tmp_path / "2022.txt").write_text("\n".join(lines), encoding="utf-8")
    assert "violated" in carry()

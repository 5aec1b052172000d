from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gxbg
import pytest

TEXT = next(gxbg.sample_dir().rglob("lanxi_2023.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def samples() -> gxbg.Corpus:
    return gxbg.load_dir(gxbg.sample_dir())


@pytest.fixture(scope="session")
def sample_files() -> list[Path]:
    return sorted(gxbg.sample_dir().rglob("*.txt"))


@pytest.fixture(scope="session")
def truths() -> dict[str, dict[str, Any]]:
    folder = gxbg.sample_dir().parent / "truth"
    found = (json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json")))
    return {t["path"]: t for t in found}


@pytest.fixture
def report_text() -> str:
    """A report that is read without any doubt."""
    return TEXT

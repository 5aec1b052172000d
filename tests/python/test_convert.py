"""Conversion by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import gxbg
import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def flat(text: str) -> str:
    """A text as a flat OpenDocument file, which LibreOffice reads and gxbg does not."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<text:p>{escape(line).replace(chr(9), '<text:tab/>')}</text:p>" for line in text.split("\n"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{names}:office:1.0"'
        f' xmlns:text="{names}:text:1.0" office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{lines}</office:text></office:body></office:document>"
    )


@needs_office
def test_what_is_converted_is_read_as_if_it_were_not(tmp_path: Path, report_text: str) -> None:
    (tmp_path / "old.doc").write_text(flat(report_text), encoding="utf-8")
    (tmp_path / "torn.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    without = gxbg.load_dir(tmp_path)
    assert (len(without), len(without.failures)) == (0, 2)
    corpus = gxbg.load_dir(tmp_path, convert="libreoffice")
    (failure,) = corpus.failures.head(10)
    assert (failure["path"], failure["reason"]) == ("torn.doc", "converter")
    assert corpus.reports.head(1)[0]["format"] == "libreoffice"
    keys = ("table", "row", "column", "value", "status", "raw")
    want = [[cell[key] for key in keys] for cell in gxbg.loads(report_text).cells.head(1000)]
    assert [[cell[key] for key in keys] for cell in corpus.cells.head(1000)] == want


def test_without_libreoffice_the_failure_says_so(
    tmp_path: Path, report_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    (tmp_path / "old.doc").write_text(flat(report_text), encoding="utf-8")
    (failure,) = gxbg.load_dir(tmp_path, convert="libreoffice").failures.head(10)
    assert failure["reason"] == "converter"
    assert "soffice" in failure["detail"]

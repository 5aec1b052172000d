"""Conversion by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import gxbg
import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def foreign(text: str) -> bytes:
    """A text as a file of OpenOffice.org 1.0, which LibreOffice reads and gxbg does not."""
    names, writer = "http://openoffice.org", "application/vnd.sun.xml.writer"
    lines = [escape(line).replace("\t", "<text:tab-stop/>") for line in text.split("\n")]
    content = (
        f'<office:document-content xmlns:office="{names}/2000/office" xmlns:text="{names}/2000/text"'
        ' office:class="text" office:version="1.0">'
        f"<office:body>{''.join(f'<text:p>{line}</text:p>' for line in lines)}</office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}/2001/manifest">'
        f'<manifest:file-entry manifest:media-type="{writer}" manifest:full-path="/"/>'
        '<manifest:file-entry manifest:media-type="text/xml" manifest:full-path="content.xml"/></manifest:manifest>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", writer)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


@needs_office
def test_what_is_converted_is_read_as_if_it_were_not(tmp_path: Path, report_text: str) -> None:
    (tmp_path / "old.doc").write_bytes(foreign(report_text))
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
    (tmp_path / "old.doc").write_bytes(foreign(report_text))
    (failure,) = gxbg.load_dir(tmp_path, convert="libreoffice").failures.head(10)
    assert failure["reason"] == "converter"
    assert "soffice" in failure["detail"]

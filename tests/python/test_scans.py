"""Pictures of pages. What needs the network runs where the extra ``gxbg[ocr]`` is installed."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import gxbg
import pytest
from gxbg._ocr import model
from PIL import Image, ImageDraw, ImageFont

needs_model = pytest.mark.skipif(model() is None, reason="the extra gxbg[ocr] is not installed")

WIDTH, MARGIN, ROW, SIZE = 1654, 120, 52, 28


# Noto Sans CJK SC, cut down by pyftsubset to the characters of the form: the page looks the same on every machine.
FONT = Path(__file__).parents[1] / "fixtures" / "form.otf"


def png(width: int, height: int, rows: bytes) -> bytes:
    """A grey picture file, whatever its rows hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


WHITE = png(100, 80, (b"\0" + b"\xff" * 100) * 80)


class Sheet:
    """A page on which a report is drawn as on the official form."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, 7000), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.y = MARGIN

    def line(self, text: str, size: int = SIZE) -> None:
        self.draw.text((MARGIN, self.y), text, fill=0, font=ImageFont.truetype(FONT, size))
        self.y += size * 2

    def row(self, cells: list[tuple[str, float]]) -> None:
        left = float(MARGIN)
        width = WIDTH - 2 * MARGIN
        size = SIZE - 4
        fitting = [max(1, int((width * share - 16) // size)) for _, share in cells]
        lines = max(-(-len(text) // most) for (text, _), most in zip(cells, fitting, strict=True))
        height = ROW + (max(lines, 1) - 1) * (size + 8)
        for (text, share), most in zip(cells, fitting, strict=True):
            box = (left, self.y, left + width * share, self.y + height)
            self.draw.rectangle(box, outline=0, width=2)
            wrapped = "\n".join(text[i : i + most] for i in range(0, len(text), most)) if not text.isascii() else text
            self.draw.text((left + 8, self.y + 8), wrapped, fill=0, font=ImageFont.truetype(FONT, size), spacing=8)
            left += width * share
        self.y += height

    def bytes(self, slope: float) -> bytes:
        page = self.image.crop((0, 0, WIDTH, self.y + MARGIN))
        page = page.rotate(slope, fillcolor=255, resample=Image.Resampling.BILINEAR)
        out = BytesIO()
        page.save(out, "PNG")
        return out.getvalue()


def drawn(report: gxbg.Report) -> Sheet:
    """The form of 2021 with the figures of a report."""
    cells = {(c["table"], c["row"], c["column"]): c["raw"] or "" for c in report.cells.head(1000)}
    book = [c for c in gxbg.codebook().head(1000) if c["edition"] == "2021"]
    sheet = Sheet()
    sheet.line("澜溪镇人民政府2023年政府信息公开工作年度报告", SIZE + 12)
    sheet.line("一、总体情况", SIZE + 4)
    sheet.line("本报告由澜溪镇人民政府编制。")
    sheet.line("二、主动公开政府信息情况", SIZE + 4)
    for row in ("regulations", "normative_documents", "licensing", "penalties", "coercion", "fees"):
        own = [c for c in book if (c["table"], c["row"]) == ("proactive", row)]
        share = 0.75 / len(own)
        if row in ("regulations", "licensing", "fees"):
            sheet.row([("信息内容", 0.25), *((c["column_label"], share) for c in own)])
        sheet.row([(own[0]["row_label"], 0.25), *((cells["proactive", row, c["column"]], share) for c in own)])
    sheet.line("三、收到和处理政府信息公开申请情况", SIZE + 4)
    requests = [c for c in book if c["table"] == "requests"]
    columns = list(dict.fromkeys((c["column"], c["column_label"]) for c in requests))
    sheet.row([("", 0.44), *((label, 0.08) for _, label in columns)])
    for row in dict.fromkeys(c["row"] for c in requests):
        label = next(c["row_label"] for c in requests if c["row"] == row)
        sheet.row([(label, 0.44), *((cells["requests", row, column], 0.08) for column, _ in columns)])
    sheet.line("四、政府信息公开行政复议、行政诉讼情况", SIZE + 4)
    disputes = [c for c in book if c["table"] == "disputes"]
    sheet.row([("行政复议", 1 / 3), ("未经复议直接起诉", 1 / 3), ("复议后起诉", 1 / 3)])
    sheet.row([(c["column_label"][-2:], 1 / 15) for c in disputes])
    sheet.row([(cells["disputes", c["row"], c["column"]], 1 / 15) for c in disputes])
    return sheet


def test_a_scan_is_a_failure_that_says_how_to_read_it(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(WHITE)
    (failure,) = gxbg.load_dir(tmp_path).failures.head(2)
    assert failure["reason"] == "scan"
    assert 'pip install "gxbg[ocr]"' in failure["detail"]


def test_ocr_is_auto_or_none(tmp_path: Path) -> None:
    wrong: Any = "always"
    with pytest.raises(gxbg.ArgumentError, match="'auto'"):
        gxbg.load_dir(tmp_path, ocr=wrong)


@needs_model
def test_hostile_pictures_are_failures(tmp_path: Path) -> None:
    whole = BytesIO()
    Image.new("L", (400, 300), 255).save(whole, "JPEG")
    pictures = {
        "bomb.png": png(19_999, 19_999, b"\0" * 1000),
        "wide.png": png(2**31 - 1, 1, b""),
        "flat.png": png(0, 10, b""),
        "torn.png": WHITE[: len(WHITE) // 2],
        "torn.jpg": whole.getvalue()[:-40],
        "head.jpg": b"\xff\xd8\xff",
    }
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "white.png").write_bytes(WHITE)
    reasons = {f["path"]: f["reason"] for f in gxbg.load_dir(tmp_path, ocr="auto").failures.head(20)}
    assert reasons.pop("white.png") == "not_a_report"
    assert set(reasons) == set(pictures)
    assert set(reasons.values()) <= {"limit", "damaged"}


@needs_model
@pytest.mark.parametrize("slope", [0.0, 0.7])
def test_a_drawn_report_is_read(report_text: str, slope: float) -> None:
    want = gxbg.loads(report_text)
    got = gxbg.loads(drawn(want).bytes(slope), ocr="auto")
    assert (got.masthead.year, got.masthead.edition) == (2023, "2021")
    read = {(c["table"], c["row"], c["column"]): c for c in got.cells.head(1000)}
    for cell in want.cells.head(1000):
        seen = read[cell["table"], cell["row"], cell["column"]]
        assert seen["origin"] == "ocr"
        told = seen["status"] in ("suspect", "unreadable", "missing")
        assert seen["reported"] == cell["reported"] or told, (cell, seen)
    sure = [c for c in read.values() if c["value"] is not None and c["status"] != "suspect"]
    assert len(sure) >= 0.985 * len(want.cells.head(1000))
    assert all(0.0 <= c["confidence"] <= 1.0 for c in sure if c["raw"])

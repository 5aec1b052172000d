"""One report in shapes that portals and converters give it: what is read is what stands there, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import gxbg
import pytest

Key = tuple[str, str, str]

TEXT = (gxbg.sample_dir() / "yunxiu_county_finance_bureau" / "2022.txt").read_text(encoding="utf-8")
REQUESTS = re.compile(r"(?m)^.*(?:\t\d+){7}\s*$")


def cells(text: str | bytes) -> dict[Key, tuple[float | None, str]]:
    report = gxbg.loads(text)
    return {(c["table"], c["row"], c["column"]): (c["value"], c["status"]) for c in report.cells.head(1000)}


def values(text: str | bytes) -> dict[Key, float | None]:
    return {key: value for key, (value, _) in cells(text).items()}


def silently_wrong(text: str | bytes, expected: dict[Key, float | None]) -> list[tuple[Key, float | None]]:
    return [
        (key, value)
        for key, (value, status) in cells(text).items()
        if value is not None and status != "suspect" and value != expected[key]
    ]


def by_row(change: Callable[[str, list[str]], str]) -> str:
    """The sample with each row of the requests table changed: label and figures go in."""

    def changed(row: re.Match[str]) -> str:
        *label, a, b, c, d, e, f, g = row[0].rstrip().split("\t")
        return change("\t".join(label), [a, b, c, d, e, f, g])

    return REQUESTS.sub(changed, TEXT)


def test_the_sample_has_the_shape_that_is_changed() -> None:
    assert len(REQUESTS.findall(TEXT)) == 26
    assert sum(v is not None for v in values(TEXT).values()) >= 195


@pytest.mark.parametrize("end", ["\r", "\v", "\r\n"])
def test_lines_end_in_any_way(end: str) -> None:
    assert values(TEXT.replace("\n", end)) == values(TEXT)


HEADER = """\t\t\t申请人情况\t\t\t\t\t\t
\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计
\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t"""


def test_a_table_without_totals_keeps_its_columns() -> None:
    """One citizen and one organisation: the last of six figures is the sum of the others, and is no total."""

    def untotalled(label: str, _: list[str]) -> str:
        group, *names = [cell for cell in label.split("\t") if cell]
        name = names[-1] if names else group
        is_one = any(word in name for word in ("一、本年新收", "）予以公开", "总计"))
        return "\t".join(["", "", name, *("100001" if is_one else "000000"), ""])

    text = by_row(untotalled)
    start = re.search(r"三、收到.*\n", text)
    assert start
    text = text[: start.end()] + HEADER + text[text.index("\n\t\t一、本年新收") :]
    for (table, row, column), (value, status) in cells(text).items():
        if table == "requests" and row in ("received", "granted", "concluded_total"):
            one = column in ("natural_person", "other_org")
            assert value == (None if column == "total" else float(one)), (row, column)
        elif table == "requests":
            assert value == 0 or (value, column) == (None, "total"), (row, column)
            assert status == "reported" or column == "total", (row, column)


@pytest.mark.parametrize(
    ("written", "read"), [("25,015", 25015), ("25，015", 25015), ("-5", None), ("12/3", None), (".5", None)]
)
def test_a_figure_glued_to_its_label(written: str, read: float | None) -> None:
    text = re.sub(r"(?m)^行政许可\s+\d+\s*$", f"行政许可{written}", TEXT)
    assert text != TEXT
    assert values(text)["proactive", "licensing", "decisions"] == read


def test_figures_in_one_line_stay_with_their_labels() -> None:
    """A line without marks between its cells: 行政强制 does not take the figure of the fees."""
    start = TEXT.index("行政强制")
    end = TEXT.index("三、收到")
    text = f"{TEXT[:start]}行政强制 123 第二十条第（八）项 信息内容 本年收费金额（万元） 行政事业性收费 0\n{TEXT[end:]}"
    assert values(text)["proactive", "coercion", "decisions"] in (None, 123)
    assert values(text)["proactive", "fees", "amount"] in (None, 0)


@pytest.mark.parametrize("mark", ["|", "\t", " | "])
def test_a_table_in_one_line(mark: str) -> None:
    start, end = TEXT.index("三、收到"), TEXT.index("四、")
    heading, *lines = TEXT[start:end].split("\n")
    words = [word.strip() for line in lines for word in line.split("\t") if word.strip()]
    text = TEXT[:start] + heading + "\n" + mark.join(words) + "\n" + TEXT[end:]
    assert silently_wrong(text, values(TEXT)) == []


@pytest.mark.parametrize("lost", [None, 0, 3, 6])
@pytest.mark.parametrize("sign", ["/", "—", ""])
def test_no_digit_moves_over_a_space(lost: int | None, sign: str) -> None:
    """A cell of every row is a sign for nothing, or nothing; the label is glued to the first figure."""

    def glued(label: str, figures: list[str]) -> str:
        shown = [sign if place == lost else figure for place, figure in enumerate(figures)]
        return label.replace("\t", "") + " ".join(figure for figure in shown if figure)

    expected = values(TEXT)
    if lost is not None:
        # What is not there has no value; what stands for it is told by the sums.
        column = ["natural_person", "business", "research", "welfare", "legal_service", "other_org", "total"][lost]
        found = silently_wrong(by_row(glued), expected)
        assert [f for f in found if f[0][0] != "requests" or f[0][2] != column] == []
    else:
        assert silently_wrong(by_row(glued), expected) == []


def page(text: str, style: str = "") -> str:
    """The sample as a page with a table for its rows; `style` raises a digit behind the first figure of 予以公开."""
    body, rows = [], []
    for line in text.split("\n"):
        if "\t" in line:
            cells = [f"<td>{cell}</td>" for cell in line.split("\t")]
            if "（一）予以公开" in line and style:
                at = next(i for i, cell in enumerate(cells) if re.fullmatch(r"<td>\d+</td>", cell))
                cells[at] = cells[at].replace("</td>", f'<span style="{style}">1</span></td>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
            continue
        if rows:
            body.append(f"<table>{''.join(rows)}</table>")
            rows = []
        body.append(f"<p>{line}</p>")
    return f"<html><body>{''.join(body)}</body></html>"


def test_a_raised_digit_is_the_mark_of_a_note() -> None:
    expected = values(page(TEXT))
    assert silently_wrong(page(TEXT, "vertical-align:super"), expected) == []
    # The test can fail: a digit that is not raised is one of the number.
    assert silently_wrong(page(TEXT, "color:red"), expected) != []


def test_another_table_does_not_fill_empty_rows() -> None:
    def empty(label: str, figures: list[str]) -> str:
        return "\t".join([label, *(figures if any(f != "0" for f in figures) else [""] * 7)])

    start, end = TEXT.index("三、收到"), TEXT.index("四、")
    other = re.sub(r"(?<=\t)\d+", lambda figure: str(int(figure[0]) + 4), TEXT[start:end].split("\n", 1)[1])
    emptied = by_row(empty)
    at = emptied.index("四、")
    assert silently_wrong(page(emptied[:at] + "\n" + other + emptied[at:]), values(TEXT)) == []


def test_a_row_that_lost_its_words_is_not_the_next_one() -> None:
    """All that is left of （七）总计 is its mark, and 四、结转下年度继续办理 follows with figures of its own."""
    text = re.sub(r"(?m)^\(七\) 总计(?=\t)", "(七) ", TEXT)
    assert text != TEXT
    assert [f for f in silently_wrong(text, values(TEXT)) if cells(text)[f[0]][1] != "inferred"] == []

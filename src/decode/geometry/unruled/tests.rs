//! Tables without rules as documents.

use super::super::lines::lines;
use super::super::lines::tests::glyphs;
use super::super::sheet::{Part, Sheet};
use crate::decode::compose::shown;
use crate::decode::geometry::compose;

/// The grid rows of pages of text, each piece with its place from the left and from the top, without their extents.
fn rows(pages: &[&[(&str, f32, f32)]]) -> Vec<String> {
    let sheet = |(i, page): (usize, &&[(&str, f32, f32)])| {
        let drawn = page.iter().flat_map(|(text, left, top)| glyphs(text, *left, *top)).collect();
        let parts = lines(drawn).into_iter().map(Part::Line).collect();
        Sheet { number: i as u32 + 1, width: 600.0, height: 800.0, parts }
    };
    let document = compose(pages.iter().enumerate().map(sheet).collect(), "pdf");
    let bare = |cell: &str| cell.split_once(':').map_or(cell.to_owned(), |(_, text)| text.to_owned());
    shown(&document).iter().map(|row| row.split(' ').map(bare).collect::<Vec<_>>().join("|")).collect()
}

/// Rows in the middle of each of which stand figures, with labels over one to three lines and a tall label beside them.
const PAGE: &[(&str, f32, f32)] = &[
    ("自然", 200.0, 94.0),
    ("人", 200.0, 106.0),
    ("总计", 260.0, 100.0),
    ("1.属于国家秘密", 80.0, 130.0),
    ("3", 200.0, 130.0),
    ("3", 260.0, 130.0),
    ("2.其他法律行政", 80.0, 150.0),
    ("法规禁止公开", 80.0, 162.0),
    ("4", 200.0, 156.0),
    ("4", 260.0, 156.0),
    ("（三）不", 20.0, 162.0),
    ("予公开", 20.0, 174.0),
    ("3.危及三安全", 80.0, 182.0),
    ("1235", 200.0, 176.0),
    ("8", 200.0, 188.0),
    ("7", 260.0, 182.0),
];

#[test]
fn lines_of_a_cell_are_one() {
    let expected = [
        "自然人|总计",
        "1.属于国家秘密|3|3",
        "2.其他法律行政法规禁止公开|4|4",
        "（三）不予公开",
        "3.危及三安全|1235\n8|7",
    ];
    assert_eq!(rows(&[PAGE]), expected);
}

#[test]
fn extents_are_kept() {
    let drawn = [("规章", 50.0, 100.0), ("12", 200.0, 100.0), ("3", 260.0, 100.0)];
    let glyphs = drawn.iter().flat_map(|(text, left, top)| glyphs(text, *left, *top)).collect();
    let parts = lines(glyphs).into_iter().map(Part::Line).collect();
    let document = compose(vec![Sheet { number: 1, width: 600.0, height: 800.0, parts }], "pdf");
    assert_eq!(shown(&document), ["200+80:规章 800+40:12 1040+20:3"]);
}

#[test]
fn a_page_break_cuts_a_row_and_not_two() {
    let above = [("1.属于国家秘密", 80.0, 700.0), ("1235", 200.0, 700.0), ("6", 260.0, 700.0)];
    let rest = [("8", 200.0, 40.0), ("2.其他法律行政法规禁止公开", 50.0, 60.0), ("1", 200.0, 60.0), ("2", 260.0, 60.0)];
    assert_eq!(rows(&[&above, &rest]), ["1.属于国家秘密|1235\n8|6", "2.其他法律行政法规禁止公开|1|2"]);
    let whole = [("2.其他法律行政法规禁止公开", 50.0, 40.0), ("8", 200.0, 40.0), ("2", 260.0, 40.0)];
    assert_eq!(rows(&[&above, &whole]), ["1.属于国家秘密|1235|6", "2.其他法律行政法规禁止公开|8|2"]);
    let label = [("6.属于四类", 80.0, 700.0), ("1", 200.0, 700.0), ("2", 260.0, 700.0)];
    let rest = [("过程性信息", 80.0, 40.0), ("7.属于行政执法案卷", 80.0, 60.0), ("3", 200.0, 60.0), ("4", 260.0, 60.0)];
    assert_eq!(rows(&[&label, &rest]), ["6.属于四类过程性信息|1|2", "7.属于行政执法案卷|3|4"]);
}

#[test]
fn text_is_no_table() {
    let prose = [("本年共收到申请5件，答复4件。", 50.0, 100.0), ("结转1件。", 50.0, 120.0)];
    assert_eq!(rows(&[&prose]), ["本年共收到申请5件，答复4件。", "结转1件。"]);
}

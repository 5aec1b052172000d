//! Rows of texts.

use super::sheet;
use crate::document::Document;

/// The rows with two cells and more, or all cells in one line where each is a row.
fn rows(text: &str) -> Vec<String> {
    let document = Document::of_text("text", "utf-8", text.to_owned());
    let sheet = sheet(&document);
    let shown = |range: std::ops::Range<usize>| {
        sheet.pieces[range].iter().map(|p| p.span.of(&document.text)).collect::<Vec<_>>().join("|")
    };
    sheet.rows.iter().map(|row| shown(row.pieces.clone())).collect()
}

#[test]
fn cells_with_paragraphs_as_a_browser_copies_them() {
    let cell = "\n\n\t\n\n";
    let row = "\n\n\n\n\n";
    let empty = "\u{a0}";
    let lines = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", empty, "3"],
        ["行政\n\n规范性文件", "", "5", "6"],
        ["", "7", "8", ""],
    ];
    let table = lines.map(|l| l.join(cell)).join(row);
    let text = format!("二、主动公开政府信息情况\n\n{table}\n\n五、存在的主要问题及改进情况\n\n甲\n");
    let found = rows(&text);
    assert_eq!(found[0], "二、主动公开政府信息情况");
    let at = found.iter().position(|r| r.starts_with("信息内容")).expect("the header");
    assert_eq!(
        found[at..at + 4],
        ["信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1||3", "行政\n\n规范性文件||5|6", "|7|8|"]
    );
    assert_eq!(found[at + 4], "五、存在的主要问题及改进情况");
}

#[test]
fn lines_parted_by_empty_ones_have_empty_cells_where_more_stand() {
    let label = "规范性文件".to_owned();
    let mut text = vec![label.clone(); 30].join("\n\n");
    text.push_str("\n\n0\n\n\n\n2\n\n3\n");
    let found = rows(&text);
    assert_eq!(found[30..], ["0", "", "", "2", "3"]);
}

#[test]
fn a_frame_around_a_page_parts_no_cells() {
    let line = |cell: &str| format!("|      |{cell:<20}|\n");
    let mut text: String = (0..30).map(|_| line("行政许可")).collect();
    text.push_str(&[line("31"), line("\u{a0}"), line(""), line("4")].concat());
    assert_eq!(rows(&text)[30..], ["31", "", "4"]);
}

#[test]
fn a_line_that_holds_all_rows_of_a_table() {
    let long = "说明 ".repeat(200);
    let text = format!(
        "| 栏目 | {long}  二、主动公开政府信息情况   |  |  | | --- | --- | | 信息内容 | 件数 | | 规章 |  | | 合计 | | 3 |\n"
    );
    let found = rows(&text);
    let at = found.iter().position(|r| r == "二、主动公开政府信息情况").expect("the heading");
    assert_eq!(found[at + 1..], ["信息内容", "件数", "规章", "", "合计", "3"]);
    let tabs = format!("{long}\t信息内容\t{}规章\t\u{a0}\t3\n", "行政许可\t".repeat(30));
    assert_eq!(rows(&tabs)[32..], ["规章", "", "3"]);
}

#[test]
fn the_names_of_columns_before_a_page_are_no_cells() {
    let text = format!("首页 | 年报 | {}信息内容 规章 1 2\n", "说明 ".repeat(300));
    let found = rows(&text);
    assert_eq!(found[..2], ["首页", "年报"]);
    assert_eq!(found[found.len() - 4..], ["信息内容", "规章", "1", "2"]);
}

#[test]
fn figures_of_several_columns_in_a_cell() {
    assert_eq!(rows("| 规章 |  | 1 22 | 3 | 0 — |\n| 合计 |  | 1 |\n"), ["规章|1|22|3|0|—", "合计||1"]);
}

#[test]
fn an_empty_line_behind_a_row_is_no_cell() {
    assert_eq!(rows("| 规章 | 1 |\n\n\n\n甲\n\n乙"), ["规章|1", "甲", "", "乙"]);
}

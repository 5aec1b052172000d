//! CSV and TSV: rows of cells, and prose between them.
//!
//! Commas stand in every text. A text is taken for rows only if rows of the same number of cells follow each other and
//! labels of the form stand alone in cells; everything else stays a text.

use rustc_hash::FxHashSet;

use super::charset::Decoded;
use super::rowkind::{Face, Kind, kinds};
use super::woven::{Piece, Weave};
use super::{Budget, panel};
use crate::document::{Document, Origin, Span};
use crate::error::Failure;
use crate::terms::{Labels, fold, split_mark};

/// What parts cells, from the least likely in prose, and how many of a hundred rows must be of a table's.
const SEPARATORS: [(u8, usize, &str); 3] = [(b'\t', 95, "tsv"), (b';', 80, "csv"), (b',', 80, "csv")];
/// Rows of the same number of cells, one behind the other, that make a table.
const RUN: usize = 3;
/// Rows in such tables that a file has at least.
const ROWS: usize = 6;
/// Labels of the form that stand alone in cells.
const LABELS: usize = 4;
/// Bytes of the longest label.
const LABEL: usize = 300;
/// Cells of the largest text that is looked at.
const MAX_CELLS: usize = 1_000_000;

/// The cells of one line, or of several where quotes hold them together.
#[derive(Debug)]
struct Record {
    cells: Vec<Span>,
    /// The whole of it.
    whole: Span,
}

/// Reads a text, if it is one of rows.
pub(super) fn read(decoded: &Decoded<'_>, budget: &Budget) -> Option<Result<Document, Failure>> {
    let text = &decoded.text;
    for (separator, share, format) in SEPARATORS {
        if memchr::memchr_iter(separator, text.as_bytes()).nth(2 * ROWS).is_none() {
            continue;
        }
        let Some(all) = records(text, separator) else { continue };
        if is_table(&all, share, text) {
            return Some(document(&all, format, decoded, budget));
        }
    }
    None
}

/// The records of a text. A quote that opens a cell and is not closed before a separator or the end of a line is a
/// character like others. None if there are more than in any table.
fn records(text: &str, separator: u8) -> Option<Vec<Record>> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let start = at;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = cell(bytes, at, separator);
            cells.push(cell);
            (at, count) = (end, count + 1);
            if count > MAX_CELLS {
                return None;
            }
            if bytes.get(at) != Some(&separator) {
                break;
            }
            at += 1;
        }
        let whole = Span::new(start, at);
        // The end of a line: one mark, or two.
        at += usize::from(bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n'));
        at += 1;
        all.push(Record { cells, whole });
    }
    Some(all)
}

/// A cell, and where it ends with what belongs to it.
fn cell(bytes: &[u8], from: usize, separator: u8) -> (Span, usize) {
    let ends = |at: usize| bytes.get(at).is_none_or(|b| *b == separator || matches!(b, b'\n' | b'\r'));
    if bytes.get(from) == Some(&b'"') {
        let mut at = from + 1;
        while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
            let quote = at + found;
            if bytes.get(quote + 1) == Some(&b'"') {
                at = quote + 2;
            } else if ends(quote + 1) {
                return (Span::new(from + 1, quote), quote + 1);
            } else {
                break;
            }
        }
    }
    let length = bytes[from..].iter().position(|b| *b == separator || matches!(b, b'\n' | b'\r'));
    let end = length.map_or(bytes.len(), |n| from + n);
    (Span::new(from, end), end)
}

fn is_table(all: &[Record], share: usize, text: &str) -> bool {
    let is_full = |r: &&Record| r.cells.iter().filter(|c| !c.of(text).trim().is_empty()).count() > 1;
    let (mut in_runs, mut many) = (0, 0);
    let mut labels: FxHashSet<String> = FxHashSet::default();
    let mut folded = String::new();
    for run in all.chunk_by(|a, b| a.cells.len() == b.cells.len()) {
        let full = run.iter().filter(is_full).count();
        many += full;
        if run.len() < RUN || run[0].cells.len() < 3 {
            continue;
        }
        in_runs += full;
        for cell in run.iter().flat_map(|r| &r.cells) {
            let words = cell.of(text).trim();
            if labels.len() >= LABELS || words.is_empty() || words.len() > LABEL || words.is_ascii() {
                continue;
            }
            fold(split_mark(words).1, &mut folded);
            if Labels::get().exact(&folded).is_some() {
                labels.insert(folded.clone());
            }
        }
    }
    let is_form = labels.len() >= LABELS && in_runs >= ROWS && in_runs * 100 >= many * share;
    is_form || is_panel(all, text)
}

/// Whether the first lines are the header of a panel and a row of it.
fn is_panel(all: &[Record], text: &str) -> bool {
    match all {
        [head, row, ..] if head.cells.len() == row.cells.len() => {
            panel::is_header(head.cells.iter().map(|c| c.of(text)))
        }
        _ => false,
    }
}

fn document(all: &[Record], format: &'static str, decoded: &Decoded<'_>, budget: &Budget) -> Result<Document, Failure> {
    let text = &decoded.text;
    let faces: Vec<Face<'_>> =
        all.iter().map(|r| Face { texts: r.cells.iter().map(|c| c.of(text)).collect(), is_beside: false }).collect();
    let kinds = kinds(&faces);
    let mut weave = Weave::new(text, Origin::Separated);
    let mut left = budget.cells;
    let mut at = 0;
    while at < all.len() {
        if kinds[at] == Kind::Line {
            let full: Vec<Span> = all[at].cells.iter().copied().filter(|c| !c.of(text).trim().is_empty()).collect();
            match full.as_slice() {
                // Prose with separators in it.
                [_, _, ..] => weave.line(&[all[at].whole]),
                one => weave.line(one),
            }
            at += 1;
            continue;
        }
        let rows = kinds[at..].iter().take_while(|k| **k == Kind::Row).count();
        let rows = &all[at..at + rows];
        let is_full = |c: &Span| !c.of(text).trim().is_empty();
        let width = rows.iter().filter_map(|r| r.cells.iter().rposition(is_full)).max().map_or(1, |last| last + 1);
        for row in rows {
            let cells = row.cells.iter().take(width).enumerate();
            let cells: Vec<Piece> =
                cells.map(|(column, cell)| Piece { column, width: 1, lines: vec![cell.trim(text)] }).collect();
            left = left.checked_sub(cells.len()).ok_or(Failure::Limit { name: "cells", limit: budget.cells as u64 })?;
            weave.row(&cells);
        }
        weave.end_table();
        at += rows.len();
    }
    let document = weave.finish(format, decoded.charset);
    panel::refuse(&document).map(|()| document)
}

#[cfg(test)]
mod tests {
    use super::super::compose::shown;
    use super::super::decode;
    use super::*;

    fn read(text: &str) -> (&'static str, Vec<String>) {
        let document = decode(text.as_bytes()).expect("a document");
        (document.format, shown(&document))
    }

    const TABLE: &str = "信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,1,0,3\n规范性文件,2,,5\n";
    const OTHER: &str = "信息内容,本年处理决定数量,,\n行政许可,7,,\n行政处罚,,,\n行政强制,0,,\n";

    #[test]
    fn rows_and_prose() {
        let text = format!(
            "标题,,,\n\"一、总体情况\",,,\n无引号的文字。\n{TABLE}五、存在的主要问题及改进情况,,,\n{OTHER}注：以上,,,\n"
        );
        let (format, lines) = read(&text);
        assert_eq!(format, "csv");
        assert_eq!(lines[..3], ["标题", "一、总体情况", "无引号的文字。"]);
        assert_eq!(lines[5], "0+1:规范性文件 1+1:2 2+1: 3+1:5");
        // The columns end where the last one with characters does.
        assert_eq!(lines[9], "0+1:行政处罚 1+1:");
        assert_eq!(lines.last().map(String::as_str), Some("注：以上"));
        let tabs = read(&text.replace(',', "\t").replace('"', ""));
        assert_eq!(tabs, ("tsv", lines));
    }

    #[test]
    fn quotes_hold_lines_together() {
        let text = format!("\"甲\n\"\"乙\"\"\",,,\n{TABLE}{OTHER}\"不闭合的引号，\n");
        let (_, lines) = read(&text);
        assert_eq!(lines[..2], ["甲", "\"\"乙\"\""]);
        assert_eq!(lines.last().map(String::as_str), Some("\"不闭合的引号，"));
    }

    #[test]
    fn places_are_those_of_the_source() {
        let text = format!("标题,,,\n{TABLE}{OTHER}");
        let document = decode(text.as_bytes()).expect("a document");
        let at = document.text.find("规范性文件\t2").expect("a row") + "规范性文件\t".len();
        assert_eq!(document.source(Span::new(at, at + 1)).of(&text), "2");
    }

    #[test]
    fn prose_with_commas_is_a_text() {
        let prose = "2023年,我镇共收到申请5件,办结5件,结转0件。\n".repeat(40);
        assert_eq!(read(&prose).0, "text");
        assert_eq!(read(&format!("{prose}规章,1,0,3\n")).0, "text");
    }

    #[test]
    fn a_panel_is_told_as_what_it_is() {
        let head = "单位,本年新收政府信息公开申请数量,上年结转政府信息公开申请数量,予以公开,部分公开,不予公开,属于国家秘密,保护第三方合法权益,结转下年度继续办理";
        let text = format!("{head}\n甲镇,1,0,1,0,0,0,0,0\n乙镇,2,0,1,0,0,0,0,1\n");
        let failure = decode(text.as_bytes()).unwrap_err();
        assert_eq!(failure.code(), "unknown_format");
        assert!(failure.to_string().contains("one report a row"));
        let text = "path,issuer,received_total,carried_in_total,granted_total,partly_granted_total,concluded_total_total,carried_out_total\na,b,1,2,3,4,5,6\n";
        assert_eq!(decode(text.as_bytes()).unwrap_err().code(), "unknown_format");
    }
}

//! Binary documents of Word 97 to 2003 and of WPS: files in the OLE container with a stream of Word.

mod crowded;

use std::io::Cursor;

use office_oxide::OfficeError;
use office_oxide::cfb::CfbReader;
use office_oxide::doc::DocError;
use office_oxide::format::DocumentFormat;
use office_oxide::ir::{Element, InlineContent, List, Table, TextSpan};
use office_oxide::options::ParseOptions;

use super::flow::Flow;
use super::manner::{Manner, is_white};
use super::sheets::xls;
use super::{Budget, Contents};
use crate::error::Failure;

/// The first bytes of the container.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Characters smaller than this, in half points, cannot be seen.
const TINY: u32 = 3;
/// Lists inside of lists.
const MAX_DEPTH: usize = 64;
/// The stream of an office document of today that opens only with a password.
const LOCKED: &str = "EncryptedPackage";
/// The streams of workbooks, by their age.
const WORKBOOKS: [&str; 2] = ["Workbook", "Book"];
/// Streams that tell what else an OLE file is.
const OTHERS: [(&str, &str); 3] = [
    ("PowerPoint Document", "slides of PowerPoint or WPS (PPT, DPS): save them as PDF"),
    ("__properties_version1.0", "a message of Outlook (MSG): save it as HTML"),
    ("HwpSummaryInformation", "a document of Hangul (HWP): save it as DOCX or PDF"),
];

/// Decodes a binary Word document or workbook.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Contents, Failure> {
    let damaged = |detail: String| Failure::Damaged { format: "DOC", detail };
    let mut container = CfbReader::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    if container.has_stream(LOCKED) {
        return Err(Failure::Locked { format: "DOCX or XLSX" });
    }
    if !container.has_stream(crowded::MAIN) {
        if let Some(workbook) = WORKBOOKS.iter().find(|stream| container.has_stream(stream)) {
            let stream = container.open_stream(workbook).map_err(|e| damaged(e.to_string()))?;
            return xls::decode(&stream, budget);
        }
        let format = OTHERS.iter().find(|(stream, _)| container.has_stream(stream));
        return Err(Failure::UnknownFormat { format: format.map_or("an OLE file", |(_, format)| format) });
    }
    let mut options = ParseOptions::default();
    (options.include_hidden_text, options.include_deleted_text) = (false, false);
    let file = crowded::parted(&mut container).unwrap_or_else(|| bytes.to_vec());
    let document = office_oxide::Document::from_reader_with(Cursor::new(file), DocumentFormat::Doc, &options);
    let ir = document
        .map_err(|e| match e {
            OfficeError::Doc(DocError::Encrypted) => Failure::Locked { format: "DOC" },
            other => damaged(other.to_string()),
        })?
        .to_ir();
    let mut flow = Flow::new(budget);
    for section in &ir.sections {
        elements(&mut flow, &section.elements, 0)?;
    }
    flow.finish("doc", "utf-16le", bytes.len()).map(Contents::One)
}

fn elements(flow: &mut Flow, all: &[Element], depth: usize) -> Result<(), Failure> {
    if depth > MAX_DEPTH {
        return Err(Failure::Limit { name: "depth", limit: MAX_DEPTH as u64 });
    }
    for element in all {
        match element {
            Element::Heading(heading) => paragraph(flow, &heading.content),
            Element::Paragraph(p) => paragraph(flow, &p.content),
            Element::Table(table) => rows(flow, table, depth)?,
            Element::List(list) => items(flow, list, depth)?,
            Element::TextBox(inner) => elements(flow, &inner.content, depth + 1)?,
            Element::CodeBlock(block) => {
                flow.text(&block.content);
                flow.end_paragraph();
            }
            // Notes are no part of the report's text; the rest has no characters.
            _ => {}
        }
    }
    Ok(())
}

fn paragraph(flow: &mut Flow, content: &[InlineContent]) {
    // What colour is behind a paragraph is not known: no colour shows white characters and dark ones.
    let is_white = |span: &TextSpan| manner(span).white == Some(true);
    let dark = |inline: &InlineContent| matches!(inline, InlineContent::Text(span) if !is_white(span) && !span.text.trim().is_empty());
    let is_mixed = content.iter().any(dark);
    for inline in content {
        match inline {
            InlineContent::Text(span) => {
                let mut manner = manner(span);
                manner.white = manner.white.filter(|_| is_mixed);
                if !manner.is_silent() {
                    flow.text_of_run(&span.text, manner.is_raised());
                }
            }
            InlineContent::LineBreak => flow.text("\n"),
            _ => {}
        }
    }
    flow.end_paragraph();
}

/// How a run is written; hidden and deleted ones were left out before.
fn manner(span: &TextSpan) -> Manner {
    Manner {
        struck: Some(span.strikethrough),
        tiny: span.font_size_half_pt.map(|size| size < TINY),
        raised: Some(span.vertical_align.is_some()),
        white: span.color.map(is_white),
        shaded: span.highlight.map(|behind| !is_white(behind)),
        ..Manner::default()
    }
}

fn items(flow: &mut Flow, list: &List, depth: usize) -> Result<(), Failure> {
    for item in &list.items {
        elements(flow, &item.content, depth + 1)?;
        if let Some(nested) = item.nested.as_ref().filter(|_| depth < MAX_DEPTH) {
            items(flow, nested, depth + 1)?;
        }
    }
    Ok(())
}

fn rows(flow: &mut Flow, table: &Table, depth: usize) -> Result<(), Failure> {
    flow.open_table(false)?;
    for width in &table.column_widths_twips {
        flow.column_width(i32::try_from(*width).unwrap_or(i32::MAX));
    }
    // Cells that reach into the row at hand: column, columns, rows still to come.
    let mut above: Vec<(i32, i32, u32)> = Vec::new();
    for row in &table.rows {
        flow.open_row();
        let mut below = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            column = skip(flow, &above, column);
            let width = flow.width(cell.col_span);
            flow.open_cell()?;
            flow.cell_covers(width);
            elements(flow, &cell.content, depth + 1)?;
            flow.close_cell()?;
            if cell.row_span > 1 {
                below.push((column, width, cell.row_span - 1));
            }
            column += width;
        }
        flow.close_row();
        above.retain_mut(|(.., rows)| {
            *rows -= 1;
            *rows > 0
        });
        above.extend(below);
    }
    flow.close_table();
    Ok(())
}

/// Steps over the columns that cells above take.
fn skip(flow: &mut Flow, above: &[(i32, i32, u32)], mut column: i32) -> i32 {
    while let Some((left, width, _)) = above.iter().find(|(left, width, _)| (*left..left + width).contains(&column)) {
        flow.skip_columns(left + width - column);
        column = left + width;
    }
    column
}

#[cfg(test)]
mod tests {
    use super::super::compose::shown;
    use super::*;
    use office_oxide::ir::{Paragraph, TableCell, TableRow, TextSpan};

    fn cell(text: &str, col_span: u32, row_span: u32) -> TableCell {
        let content = vec![InlineContent::Text(TextSpan::plain(text))];
        let paragraph = Element::Paragraph(Paragraph { content, ..Paragraph::default() });
        TableCell { content: vec![paragraph], col_span, row_span, ..TableCell::default() }
    }

    #[test]
    fn cells_from_above_keep_their_columns() {
        let row = |cells: Vec<TableCell>| TableRow { cells, ..TableRow::default() };
        let rows = vec![
            row(vec![cell("甲", 2, 1), cell("乙", 1, 3), cell("1", 1, 1)]),
            row(vec![cell("丙", 1, 2), cell("2", 1, 1), cell("3", 1, 1)]),
            row(vec![cell("4", 1, 1), cell("5", 1, 1)]),
        ];
        let table = Element::Table(Table { rows, column_widths_twips: vec![900, 900, 900, 900], ..Table::default() });
        let mut flow = Flow::new(&Budget::default());
        elements(&mut flow, &[table], 0).expect("within limits");
        let document = flow.finish("doc", "utf-16le", 0).expect("a document");
        assert_eq!(shown(&document), ["0+2:甲 2+1:乙 3+1:1", "0+1:丙 1+1:2 3+1:3", "1+1:4 3+1:5"]);
    }

    #[test]
    fn struck_and_raised_runs() {
        use office_oxide::ir::VerticalAlign;
        let plain = |text: &str| TextSpan::plain(text);
        let struck = TextSpan { strikethrough: true, ..plain("7") };
        let raised = TextSpan { vertical_align: Some(VerticalAlign::Superscript), ..plain("1") };
        let white = TextSpan { color: Some([255; 3]), ..plain("9") };
        let read = |spans: &[&TextSpan]| {
            let content = spans.iter().map(|span| InlineContent::Text((*span).clone())).collect();
            let paragraph = Element::Paragraph(Paragraph { content, ..Paragraph::default() });
            let cells = vec![
                cell("a", 1, 1),
                TableCell { content: vec![paragraph], col_span: 1, row_span: 1, ..TableCell::default() },
            ];
            let table =
                Element::Table(Table { rows: vec![TableRow { cells, ..TableRow::default() }], ..Table::default() });
            let mut flow = Flow::new(&Budget::default());
            elements(&mut flow, &[table], 0).expect("within limits");
            shown(&flow.finish("doc", "utf-16le", 0).expect("a document")).concat()
        };
        assert_eq!(read(&[&struck, &plain("12")]), "0+1:a 1+1:12");
        assert_eq!(read(&[&plain("12"), &raised]), "0+1:a 1+1:12");
        assert_eq!(read(&[&plain("12"), &raised, &plain("3")]), "0+1:a 1+1:12^13");
        assert_eq!(read(&[&plain("12"), &white]), "0+1:a 1+1:12");
        assert_eq!(read(&[&white]), "0+1:a 1+1:9");
        assert_eq!(read(&[&struck]), "0+1:a 1+1:");
    }

    #[test]
    fn broken_files_are_failures() {
        assert_eq!(decode(MAGIC, &Budget::default()).unwrap_err().code(), "damaged");
        assert_eq!(decode(&[MAGIC, &[0; 4_000]].concat(), &Budget::default()).unwrap_err().code(), "damaged");
    }
}

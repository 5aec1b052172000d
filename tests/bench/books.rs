//! Whole files, continued: a workbook with one sheet, its rows with commas between them, and an electronic book.

use super::{Cell, Piece, clean, escaped, pack, rows};
use crate::bench::dice::Dice;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Where the cells of a piece stand, counted from its first row: row, column and the cell. A line is one cell.
fn placed(piece: &Piece) -> (usize, Vec<(usize, usize, Cell<'_>)>) {
    match piece {
        Piece::Line(line) => (1, vec![(0, 0, Cell { text: line, head: true, columns: 1, rows: 1 })]),
        Piece::Table(sheet) => {
            let rows = rows(sheet);
            let high = rows.len();
            let mut out = Vec::new();
            for (row, cells) in rows.into_iter().enumerate() {
                let mut column = 0;
                for cell in cells {
                    let wide = cell.columns;
                    out.push((row, column, cell));
                    column += wide;
                }
            }
            (high, out)
        }
    }
}

fn name(row: usize, column: usize) -> String {
    // No table here has more columns than there are letters.
    format!("{}{}", char::from(b'A' + column as u8), row + 1)
}

/// A workbook; figures are numbers or texts, all alike.
pub(super) fn xlsx(pieces: &[Piece], dice: &mut Dice) -> Vec<u8> {
    let as_text = dice.chance(0.3);
    let (mut data, mut merged, mut from) = (String::new(), String::new(), 0);
    for piece in pieces {
        let (high, cells) = placed(piece);
        let mut cells = cells.into_iter().filter(|(_, _, cell)| cell.rows > 0).peekable();
        for row in 0..high {
            data += &format!("<row r=\"{}\">", from + row + 1);
            while let Some((_, column, cell)) = cells.next_if(|c| c.0 == row) {
                let at = name(from + row, column);
                if cell.columns > 1 || cell.rows > 1 {
                    let end = name(from + row + cell.rows - 1, column + cell.columns - 1);
                    merged += &format!("<mergeCell ref=\"{at}:{end}\"/>");
                }
                data += &match cell.text {
                    "" => String::new(),
                    text if !as_text && text.parse::<u64>().is_ok() => format!("<c r=\"{at}\"><v>{text}</v></c>"),
                    text => {
                        let text = escaped(text);
                        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                    }
                };
            }
            data += "</row>";
        }
        from += high;
    }
    let merged = if merged.is_empty() { merged } else { format!("<mergeCells>{merged}</mergeCells>") };
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData>{merged}</worksheet>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
        <Override PartName=\"/xl/worksheets/s.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";
    let links = |what: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{OFFICE}/{what}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    pack::zip(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &links("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &links("worksheet", "worksheets/s.xml")),
        ("xl/worksheets/s.xml", &sheet),
    ])
}

/// Rows of cells with commas between them, all as wide as the widest; what a merged cell covers is empty.
pub(super) fn csv(pieces: &[Piece]) -> String {
    let wide = |piece: &Piece| placed(piece).1.iter().map(|(_, column, cell)| column + cell.columns).max().unwrap_or(1);
    let widest = pieces.iter().map(wide).max().unwrap_or(1);
    let mut out = String::new();
    for piece in pieces {
        let (high, cells) = placed(piece);
        let mut grid = vec![vec![String::new(); widest]; high];
        for (row, column, cell) in cells.into_iter().filter(|(_, _, cell)| cell.rows > 0) {
            grid[row][column] = cell.text.to_owned();
        }
        for row in grid {
            let quoted = |text: String| match text.contains([',', '"', '\n']) {
                true => format!("\"{}\"", text.replace('"', "\"\"")),
                false => text,
            };
            out += &(row.into_iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n");
        }
    }
    out
}

/// A book of one page.
pub(super) fn epub(pieces: &[Piece], dice: &mut Dice) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>";
    let package = "<package><manifest><item id=\"p\" href=\"p.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
                   <spine><itemref idref=\"p\"/></spine></package>";
    let page = clean(pieces, dice);
    pack::zip(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/content.opf", package),
        ("OEBPS/p.xhtml", &page),
    ])
}

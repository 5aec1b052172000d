//! Documents in XML as other tools write them: Word and Excel of 2003, flat OpenDocument, DocBook, TEI.
//!
//! A vocabulary is a list of names and what they are; what no list names is taken for characters inside of a line.

use quick_xml::events::BytesStart;

use super::flow::Flow;
use super::xml::{self, Enter, Listener, attribute, number};
use super::{Budget, Contents, docx, odt, sheets};
use crate::document::{Block, Document, Origin};
use crate::error::Failure;

/// Characters in which a document shows its first element.
const HEAD: usize = 8 * 1024;

/// What reads a document.
#[derive(Debug, Clone, Copy)]
enum Reader {
    Word,
    /// A text or a spreadsheet, told by an element inside.
    OpenDocument,
    Excel,
    Named(&'static str),
}

/// First elements, words that stand in the document too, and what reads it.
const ROOTS: &[(&str, &str, Reader)] = &[
    ("w:wordDocument", "", Reader::Word),
    ("pkg:package", "word/document.xml", Reader::Word),
    ("office:document", "office:body", Reader::OpenDocument),
    ("Workbook", "office:spreadsheet", Reader::Excel),
    ("ss:Workbook", "office:spreadsheet", Reader::Excel),
    ("article", "docbook", Reader::Named("docbook")),
    ("book", "docbook", Reader::Named("docbook")),
    ("article", "<para>", Reader::Named("docbook")),
    ("book", "<para>", Reader::Named("docbook")),
    ("doc", "<main>", Reader::Named("trafilatura")),
    ("TEI", "<text", Reader::Named("tei")),
];

/// Elements that are lines of their own.
const LINES: &[&str] =
    &["p", "para", "simpara", "title", "subtitle", "head", "item", "listitem", "ab", "l", "quote", "code"];
/// Elements that are tables, rows and cells.
const TABLES: &[&str] = &["table", "informaltable"];
const ROWS: &[&str] = &["row", "tr"];
const CELLS: &[&str] = &["cell", "entry", "td", "th"];
/// Elements that say nothing of the document's text.
const SKIPPED: &[&str] =
    &["info", "articleinfo", "bookinfo", "teiHeader", "footnote", "indexterm", "comments", "graphic"];

/// Reads a document, if it is one in XML that is known.
pub(super) fn read(text: &str, budget: &Budget) -> Option<Result<Contents, Failure>> {
    let root = root(text)?;
    let (_, _, reader) = ROOTS.iter().find(|(name, word, _)| *name == root && text.contains(word))?;
    Some(match reader {
        Reader::Word => docx::decode(text, text, budget).map(|read| Contents::One(without_edges(read, text))),
        Reader::Excel => sheets::decode_flat(text, budget),
        Reader::OpenDocument if text.contains("<office:spreadsheet") => sheets::decode_ods(text, budget),
        Reader::OpenDocument => odt::decode(text, text, budget).map(Contents::One),
        Reader::Named(format) => named(text, format, budget),
    })
}

/// The Word 2003 filter of LibreOffice tells of no cell that it goes on below, and moves what stands beside such cells to
/// the left: the cells of these tables have an order, and no columns.
fn without_edges(mut document: Document, xml: &str) -> Document {
    if xml.contains("vmerge") || xml.contains("vMerge") {
        return document;
    }
    for block in &mut document.blocks {
        if let Block::Grid(grid) = block {
            let mut ends =
                grid.rows.iter().map(|row| row.last().map_or(0, |c| u32::from(c.column) + u32::from(c.width)));
            let first = ends.next();
            if ends.any(|end| Some(end) != first) {
                grid.origin = Origin::Separated;
            }
        }
    }
    document
}

/// The name of the first element of a text that begins as XML does.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    for _ in 0..HEAD {
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>")? + 2,
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<!") => rest.find('>')? + 1,
            _ => break,
        };
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    name.split([' ', '\t', '\r', '\n', '>', '/']).next()
}

fn named(text: &str, format: &'static str, budget: &Budget) -> Result<Contents, Failure> {
    let mut reader = Named { flow: Flow::new(budget), tables: Vec::new(), is_spaced: false, is_open: false };
    xml::walk(text, &mut reader, budget)?;
    reader.flow.finish(format, "utf-8", text.len()).map(Contents::One)
}

/// A document that is being read by the names of its elements.
#[derive(Debug)]
struct Named {
    flow: Flow,
    tables: Vec<Spans>,
    /// White space in front of the next word counts.
    is_spaced: bool,
    /// The line has characters.
    is_open: bool,
}

/// Cells of a table that reach down, and its columns.
#[derive(Debug, Default)]
struct Spans {
    /// Cells that reach into the open row: column, columns, rows still to come, that one not counted.
    above: Vec<(i32, i32, i32)>,
    below: Vec<(i32, i32, i32)>,
    column: i32,
    /// The names of the columns.
    names: Vec<String>,
}

impl Named {
    fn end_line(&mut self) {
        if self.is_open {
            self.flow.end_paragraph();
        }
        (self.is_open, self.is_spaced) = (false, false);
    }

    fn open_row(&mut self) {
        self.flow.open_row();
        if let Some(table) = self.tables.last_mut() {
            let reaching = std::mem::take(&mut table.above).into_iter().filter(|(.., rows)| *rows > 1);
            let reaching = reaching.map(|(column, width, rows)| (column, width, rows - 1));
            table.above = reaching.chain(std::mem::take(&mut table.below)).collect();
            table.column = 0;
        }
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Failure> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        while let Some((left, width, _)) =
            table.above.iter().find(|(left, width, _)| (*left..left.saturating_add(*width)).contains(&table.column))
        {
            self.flow.skip_columns(left + width - table.column);
            table.column = left + width;
        }
        let place = |name: &str| attribute(tag, name).and_then(|n| table.names.iter().position(|own| *own == *n));
        let named = place("namest")
            .zip(place("nameend"))
            .and_then(|(first, last)| i32::try_from(last + 1).ok()?.checked_sub(i32::try_from(first).ok()?));
        let told = |names: &[&str]| names.iter().find_map(|name| number(tag, name));
        let width = named.or(told(&["cols", "colspan"])).unwrap_or(1);
        let rows = told(&["rows", "rowspan"]).or(number(tag, "morerows").map(|n| n.saturating_add(1))).unwrap_or(1);
        let width = self.flow.width(u32::try_from(width).unwrap_or(1));
        self.flow.open_cell()?;
        self.flow.cell_covers(width);
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if rows > 1 {
            table.below.push((table.column, width, rows - 1));
        }
        table.column = table.column.saturating_add(width);
        Ok(())
    }
}

impl Listener for Named {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        if SKIPPED.contains(&name) {
            return Ok(Enter::Skip);
        }
        let is = |names: &[&str]| names.contains(&name);
        match name {
            "colspec" => {
                if let Some(table) = self.tables.last_mut().filter(|t| t.names.len() < 1_000) {
                    table.names.push(attribute(tag, "colname").unwrap_or_default().into_owned());
                }
            }
            "lb" | "br" => self.end_line(),
            _ if is(TABLES) => {
                self.end_line();
                self.flow.open_table(false)?;
                self.tables.push(Spans::default());
            }
            _ if is(ROWS) => self.open_row(),
            _ if is(CELLS) => {
                self.end_line();
                self.open_cell(tag)?;
            }
            _ if is(LINES) => self.end_line(),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        let is = |names: &[&str]| names.contains(&name);
        match () {
            () if is(TABLES) => {
                self.end_line();
                self.flow.close_table();
                self.tables.pop();
            }
            () if is(ROWS) => self.flow.close_row(),
            () if is(CELLS) => {
                self.end_line();
                self.flow.close_cell()?;
            }
            () if is(LINES) => self.end_line(),
            () => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let mut words = text.split([' ', '\t', '\r', '\n']).peekable();
        while let Some(word) = words.next() {
            if !word.is_empty() {
                if self.is_spaced && self.is_open {
                    self.flow.text(" ");
                }
                self.flow.text(word);
                (self.is_open, self.is_spaced) = (true, false);
            }
            self.is_spaced |= words.peek().is_some();
        }
    }
}

//! OpenDocument spreadsheets: the content of a package, or a flat file.

use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;

use super::values::{shortest, truth};
use super::{MAX_COLUMNS, MAX_ROWS, Stretch, Workbook};
use crate::decode::xml::{self, Enter, Listener, attribute, number};
use crate::decode::{Budget, Contents};
use crate::error::Failure;

/// Spaces that one element may stand for.
const MAX_SPACES: i32 = 1_000;

/// Reads the content of a spreadsheet.
pub(in crate::decode) fn decode(xml: &str, budget: &Budget) -> Result<Contents, Failure> {
    let mut reader = Ods {
        workbook: Workbook::new(budget),
        hidden_styles: FxHashSet::default(),
        style: String::new(),
        body: false,
        tables: 0,
        row: Stretch { first: 0, last: 0 },
        next_row: 0,
        column: 0,
        next_column: 0,
        cell: None,
        paragraph: None,
    };
    xml::walk(xml, &mut reader, budget)?;
    reader.workbook.finish("ods", xml.len())
}

/// A cell that is being read.
#[derive(Debug)]
struct Cell {
    /// The columns that it stands in.
    columns: Stretch,
    kind: String,
    /// What it holds, in the way of the format.
    value: Option<String>,
    /// What it shows.
    shown: String,
    /// Whether what it shows is told.
    is_shown: bool,
}

struct Ods {
    workbook: Workbook,
    /// Styles of tables that are not displayed.
    hidden_styles: FxHashSet<String>,
    /// The style that is being defined.
    style: String,
    body: bool,
    /// Open tables.
    tables: usize,
    /// The rows that the open one stands for.
    row: Stretch,
    next_row: u32,
    column: u32,
    next_column: u32,
    cell: Option<Cell>,
    /// In a paragraph, whether white space in front of the next word counts.
    paragraph: Option<bool>,
}

/// How many rows, columns or cells an element stands for.
fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    number(tag, name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1)
}

/// So many from a place on.
fn from(first: u32, count: u32) -> Stretch {
    Stretch { first, last: first.saturating_add(count - 1) }
}

/// Whether a row or a column is shown.
fn is_hidden(tag: &BytesStart<'_>) -> bool {
    matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl Ods {
    fn open_cell(&mut self, tag: &BytesStart<'_>, is_covered: bool) -> Result<Enter, Failure> {
        let columns = from(self.next_column, count(tag, "number-columns-repeated"));
        self.next_column = columns.last.saturating_add(1);
        if is_covered {
            return Ok(Enter::Skip);
        }
        let (right, below) = (count(tag, "number-columns-spanned"), count(tag, "number-rows-spanned"));
        if right > 1 || below > 1 {
            self.workbook.merge(from(self.row.first, below), from(columns.first, right))?;
        }
        let kind = attribute(tag, "value-type").unwrap_or_default().into_owned();
        let value = match kind.as_str() {
            "float" | "percentage" | "currency" => attribute(tag, "value"),
            "date" => attribute(tag, "date-value"),
            "time" => attribute(tag, "time-value"),
            "boolean" => attribute(tag, "boolean-value"),
            "string" => attribute(tag, "string-value"),
            _ => None,
        };
        let value = value.map(|v| v.into_owned());
        self.cell = Some(Cell { columns, kind, value, shown: String::new(), is_shown: false });
        Ok(Enter::Inside)
    }

    fn close_cell(&mut self) -> Result<(), Failure> {
        self.paragraph = None;
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let shown = cell.shown.trim_end_matches('\n');
        let value = cell.value.unwrap_or_default();
        let text = match cell.kind.as_str() {
            // A number format may show nothing.
            "float" | "percentage" | "currency" | "date" | "time" if cell.is_shown && shown.trim().is_empty() => {
                String::new()
            }
            "float" | "currency" => value.parse().map_or(value, shortest),
            "percentage" => value.parse().map_or(value, |v: f64| shortest(v * 100.0) + "%"),
            "date" | "time" if !value.is_empty() => value,
            "boolean" if !value.is_empty() => truth(value == "true").to_owned(),
            _ if shown.is_empty() => value,
            _ => shown.to_owned(),
        };
        if text.is_empty() {
            return Ok(());
        }
        for row in self.row.first..=self.row.last.min(MAX_ROWS - 1) {
            for column in cell.columns.first..=cell.columns.last.min(MAX_COLUMNS - 1) {
                self.workbook.put(row, column, &text)?;
            }
        }
        Ok(())
    }

    fn show(&mut self, text: &str, times: i32) {
        if let (Some(cell), Some(spaced)) = (&mut self.cell, &mut self.paragraph) {
            *spaced = false;
            (0..times.clamp(1, MAX_SPACES)).for_each(|_| cell.shown.push_str(text));
        }
    }
}

impl Listener for Ods {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        if !self.body {
            match name {
                "body" => self.body = true,
                "style" => self.style = attribute(tag, "name").unwrap_or_default().into_owned(),
                "table-properties" if attribute(tag, "display").as_deref() == Some("false") => {
                    self.hidden_styles.insert(self.style.clone());
                }
                _ => {}
            }
            return Ok(Enter::Inside);
        }
        match name {
            "table" => {
                let style = attribute(tag, "style-name").unwrap_or_default();
                let name = attribute(tag, "name").unwrap_or_default();
                let name = quick_xml::escape::unescape(&name).map_or_else(|_| name.to_string(), |n| n.into_owned());
                if self.tables > 0 || self.hidden_styles.contains(&*style) {
                    return Ok(Enter::Skip);
                }
                self.tables += 1;
                (self.next_row, self.column) = (0, 0);
                self.workbook.open(name, false)?;
            }
            "table-column" => {
                let columns = from(self.column, count(tag, "number-columns-repeated"));
                self.column = columns.last.saturating_add(1);
                if is_hidden(tag) {
                    self.workbook.hide_columns(columns)?;
                }
            }
            "table-row" => {
                self.row = from(self.next_row, count(tag, "number-rows-repeated"));
                (self.next_row, self.next_column) = (self.row.last.saturating_add(1), 0);
                if is_hidden(tag) {
                    self.workbook.hide_rows(self.row)?;
                }
            }
            "table-cell" => return self.open_cell(tag, false),
            "covered-table-cell" => return self.open_cell(tag, true),
            "p" => {
                self.paragraph = Some(false);
                if let Some(cell) = &mut self.cell {
                    cell.is_shown = true;
                }
            }
            "s" => self.show(" ", number(tag, "c").unwrap_or(1)),
            "tab" => self.show(" ", 1),
            "line-break" => self.show("\n", 1),
            "annotation"
            | "shapes"
            | "frame"
            | "forms"
            | "tracked-changes"
            | "ruby-text"
            | "note"
            | "calculation-settings"
            | "content-validations"
            | "database-ranges"
            | "named-expressions"
            | "data-pilot-tables"
            | "event-listeners"
            | "dde-links" => return Ok(Enter::Skip),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "table" => self.tables = self.tables.saturating_sub(1),
            "table-cell" => self.close_cell()?,
            "p" => {
                self.show("\n", 1);
                self.paragraph = None;
            }
            "body" => self.body = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let (Some(cell), Some(spaced)) = (&mut self.cell, &mut self.paragraph) else { return };
        for c in text.chars() {
            // Runs of white space are one space, and none at the head of a paragraph.
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if *spaced {
                        cell.shown.push(' ');
                    }
                    *spaced = false;
                }
                _ => {
                    cell.shown.push(c);
                    *spaced = true;
                }
            }
        }
    }
}

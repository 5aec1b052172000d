//! Spreadsheets: XLSX, XLSB, XLS, ODS and the XML of Excel 2003, read by what they show.
//!
//! A reader of a format fills a [`Workbook`]; what becomes of its rows is the same for all of them ([`layout`]). Hidden
//! sheets, rows and columns say nothing, a formula is the value that was stored with it, and what is no number (a date, an
//! error) comes as characters that are none.

mod binary;
mod flat;
mod layout;
mod ods;
mod several;
#[cfg(feature = "doc")]
mod strings;
mod stylesheet;
mod values;
#[cfg(feature = "doc")]
pub(super) mod xls;
mod xlsb;
mod xlsx;

pub(super) use flat::decode as decode_flat;
pub(super) use ods::decode as decode_ods;
pub(super) use xlsb::decode as decode_xlsb;
pub(super) use xlsx::decode as decode_xlsx;

use super::{Budget, Contents};
use crate::error::Failure;

/// Rows of the largest sheet that a spreadsheet program opens.
const MAX_ROWS: u32 = 1 << 20;
/// Columns of the same.
const MAX_COLUMNS: u32 = 1 << 14;
/// Bytes of text of a workbook: a string that stands in many cells is stored once.
const MAX_TEXT: usize = 64 << 20;

/// Rows or columns from one to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: u32,
    last: u32,
}

impl Stretch {
    fn holds(self, at: u32) -> bool {
        self.first <= at && at <= self.last
    }
}

/// A rectangle of cells that are merged into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    rows: Stretch,
    columns: Stretch,
}

/// A cell with characters.
#[derive(Debug, Clone)]
struct Value {
    row: u32,
    column: u32,
    text: String,
}

/// A sheet as it is stored.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    /// The sheet as a whole is hidden.
    is_hidden: bool,
    values: Vec<Value>,
    merged: Vec<Area>,
    hidden_rows: Vec<Stretch>,
    hidden_columns: Vec<Stretch>,
}

/// A workbook that is being read, within limits.
#[derive(Debug)]
struct Workbook {
    sheets: Vec<Sheet>,
    /// Cells, merged areas and hidden stretches so far.
    counted: usize,
    /// Bytes of text so far.
    bytes: usize,
    budget: Budget,
}

impl Workbook {
    fn new(budget: &Budget) -> Workbook {
        Workbook { sheets: Vec::new(), counted: 0, bytes: 0, budget: budget.clone() }
    }

    fn count(&mut self) -> Result<(), Failure> {
        self.counted += 1;
        if self.counted > self.budget.cells {
            return Err(Failure::Limit { name: "cells", limit: self.budget.cells as u64 });
        }
        Ok(())
    }

    /// The next sheet begins.
    fn open(&mut self, name: String, is_hidden: bool) -> Result<(), Failure> {
        self.budget.time()?;
        self.count()?;
        self.sheets.push(Sheet { name, is_hidden, ..Sheet::default() });
        Ok(())
    }

    fn sheet(&mut self) -> Option<&mut Sheet> {
        self.sheets.last_mut()
    }

    /// A cell of the open sheet; one without characters is as good as none.
    fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), Failure> {
        if text.is_empty() || row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Ok(());
        }
        self.count()?;
        self.bytes += text.len();
        if self.bytes > MAX_TEXT {
            return Err(Failure::Limit { name: "text_bytes", limit: MAX_TEXT as u64 });
        }
        let text = text.to_owned();
        if let Some(sheet) = self.sheet() {
            sheet.values.push(Value { row, column, text });
        }
        Ok(())
    }

    /// Cells of the open sheet that are merged into one.
    fn merge(&mut self, rows: Stretch, columns: Stretch) -> Result<(), Failure> {
        self.count()?;
        let is_one =
            rows == Stretch { first: rows.last, ..rows } && columns == Stretch { first: columns.last, ..columns };
        let is_backward = rows.first > rows.last || columns.first > columns.last;
        if let Some(sheet) = self.sheet().filter(|_| !is_one && !is_backward) {
            sheet.merged.push(Area { rows, columns });
        }
        Ok(())
    }

    fn hide_rows(&mut self, rows: Stretch) -> Result<(), Failure> {
        self.hide(rows, |sheet| &mut sheet.hidden_rows)
    }

    fn hide_columns(&mut self, columns: Stretch) -> Result<(), Failure> {
        self.hide(columns, |sheet| &mut sheet.hidden_columns)
    }

    /// Rows or columns that are not shown; those that follow each other are one stretch.
    fn hide(&mut self, hidden: Stretch, which: fn(&mut Sheet) -> &mut Vec<Stretch>) -> Result<(), Failure> {
        let Some(all) = self.sheet().map(which) else { return Ok(()) };
        match all.last_mut() {
            Some(last) if last.first <= hidden.first && hidden.first <= last.last.saturating_add(1) => {
                last.last = last.last.max(hidden.last);
                Ok(())
            }
            _ => {
                all.push(hidden);
                self.count()
            }
        }
    }

    /// The reports of the workbook; `bytes` is the size of the file.
    fn finish(self, format: &'static str, bytes: usize) -> Result<Contents, Failure> {
        several::contents(self, format, bytes)
    }
}

#[cfg(test)]
mod tests;

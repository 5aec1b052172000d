//! Workbooks as single XML files of Excel 2002 and 2003.

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;

use super::values::{Shape, truth};
use super::{Stretch, Workbook};
use crate::decode::xml::{self, Enter, Listener, attribute, number};
use crate::decode::{Budget, Contents};
use crate::error::Failure;

/// Reads a workbook.
pub(in crate::decode) fn decode(xml: &str, budget: &Budget) -> Result<Contents, Failure> {
    let mut reader = Flat {
        workbook: Workbook::new(budget),
        formats: FxHashMap::default(),
        style: String::new(),
        row: 0,
        next_row: 0,
        next_column: 0,
        column: 0,
        kind: None,
        shape: Shape::Plain,
        text: String::new(),
        is_visible: false,
    };
    xml::walk(xml, &mut reader, budget)?;
    reader.workbook.finish("spreadsheetml", xml.len())
}

struct Flat {
    workbook: Workbook,
    /// What the number formats of styles do.
    formats: FxHashMap<String, Shape>,
    /// The style that is being defined.
    style: String,
    row: u32,
    next_row: u32,
    column: u32,
    next_column: u32,
    /// The kind of the open value.
    kind: Option<String>,
    shape: Shape,
    text: String,
    /// Inside of the word on whether the sheet is shown.
    is_visible: bool,
}

/// A number of an attribute that counts.
fn count(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    number(tag, name).and_then(|n| u32::try_from(n).ok())
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "Hidden").as_deref() == Some("1")
}

/// The row or the column at hand: told, or the next one.
fn place(tag: &BytesStart<'_>, next: u32) -> u32 {
    count(tag, "Index").and_then(|n| n.checked_sub(1)).unwrap_or(next)
}

impl Flat {
    fn open_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Failure> {
        self.column = place(tag, self.next_column);
        let style = attribute(tag, "StyleID").unwrap_or_default();
        self.shape = self.formats.get(&*style).copied().unwrap_or_default();
        let (across, down) = (count(tag, "MergeAcross").unwrap_or(0), count(tag, "MergeDown").unwrap_or(0));
        let to = |first: u32, more: u32| Stretch { first, last: first.saturating_add(more) };
        self.next_column = self.column.saturating_add(across).saturating_add(1);
        if across > 0 || down > 0 {
            self.workbook.merge(to(self.row, down), to(self.column, across))?;
        }
        Ok(())
    }

    fn close_value(&mut self) -> Result<(), Failure> {
        let Some(kind) = self.kind.take() else { return Ok(()) };
        let value = self.text.trim();
        let text = match (kind.as_str(), value.parse::<f64>()) {
            ("Number", Ok(number)) => self.shape.show(number, false),
            ("DateTime", _) => value.trim_end_matches(".000").trim_end_matches("T00:00:00").replace('T', " "),
            ("Boolean", _) => truth(value == "1").to_owned(),
            _ => self.text.clone(),
        };
        self.workbook.put(self.row, self.column, &text)
    }
}

impl Listener for Flat {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        match name {
            "Style" => self.style = attribute(tag, "ID").unwrap_or_default().into_owned(),
            "NumberFormat" => {
                let code = attribute(tag, "Format").unwrap_or_default();
                let code = unescape(&code).unwrap_or_default();
                let shape = match &*code {
                    "Percent" => Shape::Percent,
                    "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time" | "Medium Time"
                    | "Short Time" => Shape::Date,
                    // Names of formats without letters of dates.
                    "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific" | "Yes/No" | "True/False"
                    | "On/Off" => Shape::Plain,
                    code => Shape::of(code),
                };
                self.formats.insert(std::mem::take(&mut self.style), shape);
            }
            "Worksheet" => {
                let name = attribute(tag, "Name").unwrap_or_default();
                let name = unescape(&name).map_or_else(|_| name.to_string(), |n| n.into_owned());
                self.workbook.open(name, false)?;
                (self.next_row, self.next_column) = (0, 0);
            }
            "Column" => {
                let first = place(tag, self.next_column);
                let last = first.saturating_add(count(tag, "Span").unwrap_or(0));
                self.next_column = last.saturating_add(1);
                if is_hidden(tag) {
                    self.workbook.hide_columns(Stretch { first, last })?;
                }
            }
            "Row" => {
                self.row = place(tag, self.next_row);
                let last = self.row.saturating_add(count(tag, "Span").unwrap_or(0));
                (self.next_row, self.next_column) = (last.saturating_add(1), 0);
                if is_hidden(tag) {
                    self.workbook.hide_rows(Stretch { first: self.row, last })?;
                }
            }
            "Cell" => self.open_cell(tag)?,
            "Data" => {
                self.kind = attribute(tag, "Type").map(|kind| kind.into_owned());
                self.text.clear();
            }
            "Visible" => {
                self.is_visible = true;
                self.text.clear();
            }
            "Comment" | "Names" | "DocumentProperties" | "PhoneticText" => return Ok(Enter::Skip),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "Data" => self.close_value()?,
            "Visible" => {
                self.is_visible = false;
                if self.text.contains("Hidden")
                    && let Some(sheet) = self.workbook.sheet()
                {
                    sheet.is_hidden = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.kind.is_some() || self.is_visible {
            self.text.push_str(text);
        }
    }
}

//! Rows written field by field, in the order of the contract.

use std::fmt;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use jiff::civil::Date;

use super::codes::CodesBuilder;
use crate::schema::{ColumnType, TableName};

enum Builder {
    Id(Vec<u32>),
    Text(StringBuilder),
    Code(Box<CodesBuilder>),
    Whole(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
}

/// A finished column of a part.
#[derive(Debug)]
pub(super) enum Column {
    /// Numbers of reports, counted within the part, which are still to be named.
    Reports(Vec<u32>),
    /// Anything else.
    Plain(ArrayRef),
    /// So many rows without a value.
    Blank(usize),
}

/// The rows of one table.
pub(super) struct RowsBuilder {
    columns: Vec<Builder>,
}

/// A row in the making; its fields come in the order of the columns.
pub(super) struct Row<'a> {
    columns: std::slice::IterMut<'a, Builder>,
}

impl RowsBuilder {
    /// A builder with room for so many rows.
    pub(super) fn new(table: TableName, rows: usize) -> RowsBuilder {
        let columns = table
            .columns()
            .iter()
            .map(|c| match c.holds {
                ColumnType::Code if c.name == "report_id" => Builder::Id(Vec::with_capacity(rows)),
                ColumnType::Code => Builder::Code(Box::new(CodesBuilder::new(rows))),
                ColumnType::Text => Builder::Text(StringBuilder::with_capacity(rows, 16 * rows)),
                ColumnType::Whole => Builder::Whole(Int64Builder::with_capacity(rows)),
                ColumnType::Number | ColumnType::Box => Builder::Number(Float64Builder::with_capacity(rows)),
                ColumnType::Day => Builder::Day(Date32Builder::with_capacity(rows)),
            })
            .collect();
        RowsBuilder { columns }
    }

    pub(super) fn row(&mut self) -> Row<'_> {
        Row { columns: self.columns.iter_mut() }
    }

    /// The columns.
    pub(super) fn finish(self) -> Vec<Column> {
        self.columns
            .into_iter()
            .map(|b| match b {
                Builder::Id(ids) => Column::Reports(ids),
                Builder::Text(mut b) => plain(b.finish()),
                Builder::Code(b) => plain(b.finish()),
                Builder::Whole(mut b) => plain(b.finish()),
                Builder::Number(mut b) => plain(b.finish()),
                Builder::Day(mut b) => plain(b.finish()),
            })
            .collect()
    }
}

/// A column that takes no more memory than its rows: it is held for as long as the tables are.
pub(super) fn plain(mut array: impl Array + 'static) -> Column {
    if array.null_count() == array.len() {
        return Column::Blank(array.len());
    }
    array.shrink_to_fit();
    Column::Plain(Arc::new(array))
}

impl Row<'_> {
    pub(super) fn id(&mut self, id: u32) -> &mut Self {
        if let Some(Builder::Id(b)) = self.columns.next() {
            b.push(id);
        }
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.maybe_text(Some(text))
    }

    pub(super) fn maybe_text(&mut self, text: Option<&str>) -> &mut Self {
        match self.columns.next() {
            Some(Builder::Text(b)) => b.append_option(text),
            other => debug_assert!(other.is_none(), "a text where the contract has none"),
        }
        self
    }

    /// A text that is written where it is to stand.
    pub(super) fn written(&mut self, write: impl FnOnce(&mut StringBuilder) -> fmt::Result) -> &mut Self {
        match self.columns.next() {
            Some(Builder::Text(b)) => {
                let done = write(b);
                debug_assert!(done.is_ok(), "writing to memory does not fail");
                b.append_value("");
            }
            other => debug_assert!(other.is_none(), "a text where the contract has none"),
        }
        self
    }

    pub(super) fn code(&mut self, code: Option<&'static str>) -> &mut Self {
        match self.columns.next() {
            Some(Builder::Code(b)) => b.append(code),
            other => debug_assert!(other.is_none(), "a code where the contract has none"),
        }
        self
    }

    pub(super) fn whole(&mut self, value: Option<i64>) -> &mut Self {
        match self.columns.next() {
            Some(Builder::Whole(b)) => b.append_option(value),
            other => debug_assert!(other.is_none(), "a whole number where the contract has none"),
        }
        self
    }

    pub(super) fn number(&mut self, value: Option<f64>) -> &mut Self {
        match self.columns.next() {
            Some(Builder::Number(b)) => b.append_option(value),
            other => debug_assert!(other.is_none(), "a number where the contract has none"),
        }
        self
    }

    pub(super) fn day(&mut self, day: Option<Date>) -> &mut Self {
        let epoch = Date::constant(1970, 1, 1);
        let days = day.and_then(|d| (d - epoch).get_days().into());
        match self.columns.next() {
            Some(Builder::Day(b)) => b.append_option(days),
            other => debug_assert!(other.is_none(), "a day where the contract has none"),
        }
        self
    }
}

//! Other shapes of the same facts: one row per report, the grid of the form, the codebook, the contract.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, RecordBatch, StringArray, StringDictionaryBuilder,
};
use arrow::compute::concat;
use arrow::datatypes::{DataType, Field, Float64Type, Int32Type, Schema};
use pyo3::prelude::*;

use super::errors::{ArgumentError, InternalError};
use super::table::{ArrowTable, text_at};
use crate::schema::{ColumnType, TableName};
use crate::terms::{DISPUTE_ROWS, Edition, Form, GROUPS, LineTerm, Table};

/// The columns that say which report a wide row is about.
const WHO: [&str; 4] = ["report_id", "issuer", "year", "edition"];

/// One row per report, in the order of `reports`; after [`WHO`] one column per cell of the table, of all editions.
pub(super) fn wide(reports: &ArrowTable, cells: &ArrowTable, table: &str) -> PyResult<ArrowTable> {
    let table = table_of(table)?;
    let mut positions = HashMap::new();
    // The newest edition leads; cells that only an older one has follow.
    for term in Edition::ALL.iter().rev().flat_map(|&e| &Form::of(e).cells).filter(|c| c.table == table) {
        let next = positions.len();
        positions.entry((term.row, term.column)).or_insert(next);
    }
    let mut rows: HashMap<&str, VecDeque<usize>> = HashMap::new();
    let mut count = 0;
    for id in texts(reports, "report_id")? {
        rows.entry(id.unwrap_or_default()).or_default().push_back(count);
        count += 1;
    }
    let mut values: Vec<Vec<Option<f64>>> = vec![vec![None; count]; positions.len()];
    let columns = Columns::of(cells)?;
    let mut run: Option<Run<'_>> = None;
    for batch in cells.batches() {
        for i in 0..batch.num_rows() {
            let id = columns.text(batch, columns.report_id, i);
            let name = [columns.table, columns.row, columns.column].map(|c| columns.text(batch, c, i));
            // The same report twice in a row begins again with the same cell.
            if run.as_ref().is_none_or(|r| r.id != id || r.first == name) {
                run = Some(Run { id, first: name, report: rows.get_mut(id).and_then(VecDeque::pop_front) });
            }
            let report = run.as_ref().and_then(|r| r.report);
            let (Some(report), [found, row, column]) = (report, name) else { continue };
            if found == table.key()
                && let Some(&position) = positions.get(&(row, column))
            {
                values[position][report] = columns.value(batch, i);
            }
        }
    }
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for name in WHO {
        let array = whole_column(reports, name)?;
        fields.push(Field::new(name, array.data_type().clone(), name != "report_id"));
        arrays.push(array);
    }
    let mut named: Vec<_> = positions.into_iter().collect();
    named.sort_by_key(|&(_, position)| position);
    for (((row, column), _), numbers) in named.into_iter().zip(values) {
        fields.push(Field::new(format!("{row}_{column}"), DataType::Float64, true));
        arrays.push(Arc::new(Float64Array::from(numbers)));
    }
    build(fields, arrays)
}

/// The cells of one report in the shape of the form: the code and the words of each row, then its columns.
pub(super) fn grid(cells: &ArrowTable, table: &str, edition: &str) -> PyResult<ArrowTable> {
    let table = table_of(table)?;
    let form = Form::of(edition_of(edition)?);
    let terms: Vec<_> = form.cells.iter().filter(|c| c.table == table).collect();
    let (mut rows, mut heads): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for term in &terms {
        if !rows.contains(&term.row) {
            rows.push(term.row);
        }
        if !heads.contains(&term.column) {
            heads.push(term.column);
        }
    }
    let mut values = vec![vec![None; rows.len()]; heads.len()];
    let columns = Columns::of(cells)?;
    for batch in cells.batches() {
        for i in (0..batch.num_rows()).filter(|&i| columns.text(batch, columns.table, i) == table.key()) {
            let row = rows.iter().position(|&r| r == columns.text(batch, columns.row, i));
            let head = heads.iter().position(|&h| h == columns.text(batch, columns.column, i));
            if let (Some(row), Some(head)) = (row, head) {
                values[head][row] = columns.value(batch, i);
            }
        }
    }
    let words: Vec<&str> = rows
        .iter()
        .map(|row| {
            form.lines.iter().find(|l| l.table == table && l.rows.contains(row)).map_or("", |l| row_label(l, row))
        })
        .collect();
    let mut fields = vec![Field::new("row", DataType::Utf8, false), Field::new("label", DataType::Utf8, false)];
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(StringArray::from(rows)), Arc::new(StringArray::from(words))];
    for (head, numbers) in heads.into_iter().zip(values) {
        fields.push(Field::new(head, DataType::Float64, true));
        arrays.push(Arc::new(Float64Array::from(numbers)));
    }
    build(fields, arrays)
}

/// Every cell of every edition: its codes, its unit and its words on the form.
pub(super) fn codebook() -> PyResult<ArrowTable> {
    const CODES: [&str; 8] = ["edition", "table", "row", "column", "unit", "group_label", "row_label", "column_label"];
    let mut columns: [StringDictionaryBuilder<Int32Type>; 8] = Default::default();
    for edition in Edition::ALL {
        for line in &Form::of(edition).lines {
            let group =
                line.group.and_then(|g| GROUPS.iter().find(|(named, _)| *named == g)).map(|(_, labels)| labels[0]);
            for (row, column) in line.rows.iter().flat_map(|row| line.columns.iter().map(move |column| (row, column))) {
                let words = [
                    Some(edition.key()),
                    Some(line.table.key()),
                    Some(*row),
                    Some(column.key),
                    Some(column.measure.unit()),
                    group,
                    Some(row_label(line, row)),
                    Some(column.label),
                ];
                columns.iter_mut().zip(words).for_each(|(builder, word)| builder.append_option(word));
            }
        }
    }
    let arrays: Vec<ArrayRef> = columns.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef).collect();
    let fields = CODES.iter().zip(&arrays).map(|(n, a)| Field::new(*n, a.data_type().clone(), *n == "group_label"));
    build(fields.collect(), arrays)
}

/// Every column of every table: what it holds, whether it may be empty, what it means.
pub(super) fn contract() -> PyResult<ArrowTable> {
    let all = || TableName::ALL.into_iter().flat_map(|t| t.columns().iter().map(move |c| (t, c)));
    let text = |pick: fn(TableName, &'static crate::schema::Column) -> &'static str| -> ArrayRef {
        Arc::new(all().map(|(t, c)| Some(pick(t, c))).collect::<StringArray>())
    };
    let arrays: Vec<ArrayRef> = vec![
        text(|t, _| t.key()),
        text(|_, c| c.name),
        text(|_, c| kind(c.holds)),
        Arc::new(all().map(|(_, c)| Some(c.nullable)).collect::<BooleanArray>()),
        text(|_, c| c.meaning),
    ];
    let names = ["table", "column", "holds", "may_be_empty", "meaning"];
    let fields = names.iter().zip(&arrays).map(|(n, a)| Field::new(*n, a.data_type().clone(), false)).collect();
    build(fields, arrays)
}

/// A stretch of cells that belong to one report.
struct Run<'a> {
    id: &'a str,
    first: [&'a str; 3],
    report: Option<usize>,
}

/// Where the columns of the cells table are.
struct Columns {
    report_id: usize,
    table: usize,
    row: usize,
    column: usize,
    value: usize,
}

impl Columns {
    fn of(cells: &ArrowTable) -> PyResult<Self> {
        Ok(Columns {
            report_id: cells.position("report_id")?,
            table: cells.position("table")?,
            row: cells.position("row")?,
            column: cells.position("column")?,
            value: cells.position("value")?,
        })
    }

    fn text<'a>(&self, batch: &'a RecordBatch, column: usize, row: usize) -> &'a str {
        text_at(batch.column(column).as_ref(), row).unwrap_or_default()
    }

    fn value(&self, batch: &RecordBatch, row: usize) -> Option<f64> {
        let values = batch.column(self.value).as_primitive_opt::<Float64Type>()?;
        values.is_valid(row).then(|| values.value(row))
    }
}

fn kind(holds: ColumnType) -> &'static str {
    match holds {
        ColumnType::Text => "text",
        ColumnType::Code => "code",
        ColumnType::Whole => "whole",
        ColumnType::Number => "number",
        ColumnType::Day => "day",
        ColumnType::Box => "box",
    }
}

/// The words of a row; the disputes line has none of its own, its rows are named by headers.
fn row_label(line: &LineTerm, row: &str) -> &'static str {
    match DISPUTE_ROWS.iter().find(|(key, _)| *key == row) {
        Some((_, labels)) if line.table == Table::Disputes => labels[0],
        _ => line.label,
    }
}

fn table_of(key: &str) -> PyResult<Table> {
    Table::ALL.into_iter().find(|t| t.key() == key).ok_or_else(|| {
        let known = Table::ALL.map(Table::key);
        ArgumentError::new_err(format!("failed to find a table: expected one of {known:?}, found {key:?}"))
    })
}

fn edition_of(key: &str) -> PyResult<Edition> {
    Edition::ALL.into_iter().find(|e| e.key() == key).ok_or_else(|| {
        let known = Edition::ALL.map(Edition::key);
        ArgumentError::new_err(format!("failed to find an edition: expected one of {known:?}, found {key:?}"))
    })
}

fn texts<'a>(table: &'a ArrowTable, column: &str) -> PyResult<impl Iterator<Item = Option<&'a str>>> {
    let position = table.position(column)?;
    Ok(table.batches().iter().flat_map(move |b| {
        let array = b.column(position).as_ref();
        (0..array.len()).map(move |row| text_at(array, row))
    }))
}

/// A column of all batches as one array; codes get one dictionary, in which each is once.
fn whole_column(table: &ArrowTable, name: &str) -> PyResult<ArrayRef> {
    let position = table.position(name)?;
    let arrays: Vec<&dyn Array> = table.batches().iter().map(|b| b.column(position).as_ref()).collect();
    match table.data_type(position) {
        // `concat` would put the dictionaries behind each other, and pandas refuses a code that is there twice.
        DataType::Dictionary(..) => {
            let mut codes = StringDictionaryBuilder::<Int32Type>::new();
            texts(table, name)?.for_each(|text| codes.append_option(text));
            Ok(Arc::new(codes.finish()))
        }
        empty if arrays.is_empty() => Ok(arrow::array::new_empty_array(empty)),
        _ => concat(&arrays).map_err(|e| InternalError::new_err(format!("failed to join batches: {e}"))),
    }
}

pub(super) fn build(fields: Vec<Field>, arrays: Vec<ArrayRef>) -> PyResult<ArrowTable> {
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map(ArrowTable::single)
        .map_err(|e| InternalError::new_err(format!("failed to build a table: {e}")))
}

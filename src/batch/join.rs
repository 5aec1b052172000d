//! Parts of a load put together: every report gets its name, and every column of codes one dictionary.
//!
//! No row is moved: a table has a batch for each part that has rows of it.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringArray, new_null_array};
use arrow::datatypes::Int32Type;
use arrow::error::ArrowError;
use rustc_hash::FxHashMap;

use super::rows::Column;
use super::{PLAIN, Part, codes, late};
use crate::across::Summary;
use crate::schema::{ColumnType, TableName, Tables};

/// Puts parts together, in their order.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit the contract: a defect of this program.
pub fn assemble(parts: Vec<Part>) -> Result<Tables, ArrowError> {
    let names = names_of(parts.iter().flat_map(|p| &p.summaries).map(Summary::name));
    let names: ArrayRef = Arc::new(StringArray::from_iter_values(names));
    let mut of_tables: Vec<Vec<Vec<Column>>> = PLAIN.iter().map(|_| Vec::new()).chain([Vec::new()]).collect();
    let (mut reports, mut summaries) = (0, Vec::new());
    for part in parts {
        for (batches, mut columns) in of_tables.iter_mut().zip(part.tables) {
            if let Some(Column::Reports(ids)) = columns.first_mut() {
                ids.iter_mut().for_each(|id| *id += reports);
            }
            batches.push(columns);
        }
        reports += part.reports;
        summaries.extend(part.summaries);
    }
    let mut tables = Tables::default();
    for (table, parts) in PLAIN.into_iter().chain([TableName::Cells]).zip(of_tables) {
        for batch in codes::unified(&batches(table, parts, &names)?)? {
            tables.push(table, batch);
        }
    }
    late::complete(tables, summaries)
}

/// The batches of a table.
fn batches(table: TableName, parts: Vec<Vec<Column>>, names: &ArrayRef) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut batches: Vec<Vec<ArrayRef>> = parts.iter().map(|_| Vec::new()).collect();
    let mut columns: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    for column in table.columns() {
        let parts = columns.iter_mut().filter_map(Iterator::next).collect();
        for (batch, array) in batches.iter_mut().zip(arrays(column.holds, parts, names)?) {
            batch.push(array);
        }
    }
    batches.into_iter().map(|columns| RecordBatch::try_new(table.schema(), columns)).collect()
}

/// The batch of the one part of a table.
pub(super) fn one(table: TableName, columns: Vec<Column>, names: &ArrayRef) -> Result<RecordBatch, ArrowError> {
    Ok(batches(table, vec![columns], names)?.remove(0))
}

/// The arrays of a column, one for each part.
fn arrays(holds: ColumnType, parts: Vec<Column>, names: &ArrayRef) -> Result<Vec<ArrayRef>, ArrowError> {
    let longest = parts.iter().map(|p| if let Column::Blank(rows) = p { *rows } else { 0 }).max();
    // All parts share one array of nulls.
    let blank = new_null_array(&holds.data_type(), longest.unwrap_or(0));
    let arrays = parts.into_iter().map(|part| match part {
        Column::Reports(ids) => named(ids, names),
        Column::Plain(array) => Ok(array),
        Column::Blank(rows) => Ok(blank.slice(0, rows)),
    });
    arrays.collect()
}

/// The names of reports in the place of their numbers.
fn named(ids: Vec<u32>, names: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let keys: Int32Array = ids.into_iter().map(|id| id as i32).collect();
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, names.clone())?))
}

/// The names of reports: the first 16 digits of their hash, with a number behind where the same bytes come again.
pub(super) fn names_of(hashes: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    hashes
        .map(|short| {
            let times = seen.entry(short.clone()).or_default();
            *times += 1;
            if *times == 1 { short } else { format!("{short}-{times}") }
        })
        .collect()
}

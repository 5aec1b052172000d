//! Tables as rows of text, for comparisons.
#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeMap;

use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use gxbg::schema::{TableName, Tables};

/// The values of a row by their columns, each as text; nothing where there is none.
pub(crate) type Row = BTreeMap<String, Option<String>>;

/// All rows of a table; what has no text (boxes) is left out.
pub(crate) fn rows(tables: &Tables, table: TableName) -> Vec<Row> {
    let mut out = Vec::new();
    for batch in tables.batches(table) {
        let first = out.len();
        out.resize(first + batch.num_rows(), Row::new());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let Ok(text) = cast(column, &DataType::Utf8) else { continue };
            for (row, value) in out[first..].iter_mut().zip(text.as_string::<i32>()) {
                row.insert(field.name().clone(), value.map(str::to_owned));
            }
        }
    }
    out
}

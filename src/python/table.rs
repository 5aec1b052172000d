//! A finished table, handed over by the Arrow PyCapsule interface and readable row by row without any data frame library.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, FixedSizeListArray, Float64Array, Int64Array, RecordBatch,
    StructArray,
};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{DataType, Field, Int32Type, SchemaRef};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use super::errors::{ArgumentError, guard};
use crate::schema::{TableName, Tables};

/// Days from 0001-01-01, which Python counts from 1, to 1970-01-01.
const EPOCH_ORDINAL: i32 = 719_163;

/// A finished table: record batches of one schema, never changed.
#[pyclass(module = "gxbg._gxbg", frozen)]
#[derive(Debug, Clone)]
pub(super) struct ArrowTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl ArrowTable {
    /// One of the loaded tables.
    pub(super) fn of(tables: &Tables, name: TableName) -> Self {
        ArrowTable { schema: name.schema(), batches: tables.batches(name).to_vec() }
    }

    /// A table of one batch.
    pub(super) fn single(batch: RecordBatch) -> Self {
        ArrowTable { schema: batch.schema(), batches: vec![batch] }
    }

    /// The batches.
    pub(super) fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// The position of a column.
    pub(super) fn position(&self, column: &str) -> PyResult<usize> {
        self.schema.index_of(column).map_err(|_| {
            ArgumentError::new_err(format!(
                "failed to find a column: expected one of {:?}, found {column:?}",
                self.names()
            ))
        })
    }

    /// What a column holds.
    pub(super) fn data_type(&self, position: usize) -> &DataType {
        self.schema.field(position).data_type()
    }

    fn names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|f| f.name().as_str()).collect()
    }

    /// The arrays of a column, one per batch.
    fn arrays(&self, column: &str) -> PyResult<impl Iterator<Item = &ArrayRef>> {
        let position = self.position(column)?;
        Ok(self.batches.iter().map(move |b| b.column(position)))
    }
}

/// The rows that hold a text. The codes of a dictionary are looked up once, for batches often share it.
struct Wanted<'a> {
    text: &'a str,
    codes: Option<(&'a ArrayRef, Vec<i32>)>,
}

impl<'a> Wanted<'a> {
    /// Which rows of an array hold the text; none when no row does.
    fn rows(&mut self, array: &'a ArrayRef) -> Option<BooleanArray> {
        let Some(coded) = array.as_dictionary_opt::<Int32Type>() else {
            let texts = array.as_string_opt::<i32>()?;
            return Some(texts.iter().map(|t| Some(t == Some(self.text))).collect());
        };
        if self.codes.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, coded.values())) {
            let words = coded.values().as_string_opt::<i32>()?;
            let codes = words.iter().zip(0..).filter(|(w, _)| *w == Some(self.text)).map(|(_, code)| code);
            self.codes = Some((coded.values(), codes.collect()));
        }
        let (_, codes) = self.codes.as_ref()?;
        // Most batches of a large corpus know nothing of one report, and are done with here.
        coded.keys().values().iter().any(|k| codes.contains(k)).then_some(())?;
        Some(coded.keys().iter().map(|k| Some(k.is_some_and(|k| codes.contains(&k)))).collect())
    }
}

/// The text of a row, whether written out or by its code.
pub(super) fn text_at(array: &dyn Array, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    if let Some(coded) = array.as_dictionary_opt::<Int32Type>() {
        return coded.values().as_string_opt::<i32>().map(|v| v.value(coded.keys().value(row) as usize));
    }
    array.as_string_opt::<i32>().map(|v| v.value(row))
}

/// What a row holds, as a Python object.
fn object_at<'py>(py: Python<'py>, array: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    let any = array.as_any();
    if let Some(text) = text_at(array, row) {
        text.into_bound_py_any(py)
    } else if let Some(whole) = any.downcast_ref::<Int64Array>() {
        whole.value(row).into_bound_py_any(py)
    } else if let Some(number) = any.downcast_ref::<Float64Array>() {
        number.value(row).into_bound_py_any(py)
    } else if let Some(day) = any.downcast_ref::<Date32Array>() {
        py.import("datetime")?.getattr("date")?.call_method1("fromordinal", (day.value(row) + EPOCH_ORDINAL,))
    } else if let Some(list) = any.downcast_ref::<FixedSizeListArray>() {
        let items = list.value(row);
        let items: PyResult<Vec<_>> = (0..items.len()).map(|i| object_at(py, items.as_ref(), i)).collect();
        Ok(PyTuple::new(py, items?)?.into_any())
    } else if let Some(truth) = array.as_boolean_opt() {
        truth.value(row).into_bound_py_any(py)
    } else {
        Err(ArgumentError::new_err(format!("failed to show a value: {} is not in the contract", array.data_type())))
    }
}

/// What a column holds, in the words of the contract.
fn kind_of(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Utf8 => "text",
        DataType::Dictionary(..) => "code",
        DataType::Int64 => "whole",
        DataType::Float64 => "number",
        DataType::Date32 => "day",
        DataType::Boolean => "truth",
        _ => "box",
    }
}

#[pymethods]
impl ArrowTable {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// What the columns hold: text, code, whole, number, day, truth or box.
    #[getter]
    fn kinds(&self) -> Vec<&'static str> {
        self.schema.fields().iter().map(|f| kind_of(f.data_type())).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Some rows as tuples.
    fn rows<'py>(&self, py: Python<'py>, start: usize, count: usize) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let mut rows = Vec::new();
        let mut skip = start;
        for batch in &self.batches {
            let first = skip.min(batch.num_rows());
            skip -= first;
            for row in first..batch.num_rows() {
                if rows.len() == count {
                    return Ok(rows);
                }
                let values: PyResult<Vec<_>> = batch.columns().iter().map(|c| object_at(py, c.as_ref(), row)).collect();
                rows.push(PyTuple::new(py, values?)?);
            }
        }
        Ok(rows)
    }

    /// The rows in which a column holds a text.
    fn select(&self, py: Python<'_>, column: &str, wanted: &str) -> PyResult<Self> {
        py.detach(|| {
            guard(|| {
                let position = self.position(column)?;
                let mut wanted = Wanted { text: wanted, codes: None };
                let mut batches = Vec::new();
                for batch in &self.batches {
                    let Some(mask) = wanted.rows(batch.column(position)) else { continue };
                    let kept = filter_record_batch(batch, &mask)
                        .map_err(|e| ArgumentError::new_err(format!("failed to select rows: {e}")))?;
                    if kept.num_rows() > 0 {
                        batches.push(kept);
                    }
                }
                Ok(ArrowTable { schema: Arc::clone(&self.schema), batches })
            })
        })?
    }

    /// Some rows as a table.
    fn slice(&self, start: usize, count: usize) -> Self {
        let (mut skip, mut left) = (start, count);
        let mut batches = Vec::new();
        for batch in &self.batches {
            let first = skip.min(batch.num_rows());
            skip -= first;
            let taken = left.min(batch.num_rows() - first);
            left -= taken;
            if taken > 0 {
                batches.push(batch.slice(first, taken));
            }
        }
        ArrowTable { schema: Arc::clone(&self.schema), batches }
    }

    /// The sum of a column of whole numbers.
    fn total(&self, column: &str) -> PyResult<i64> {
        Ok(self.arrays(column)?.filter_map(|a| a.as_any().downcast_ref::<Int64Array>()).flatten().flatten().sum())
    }

    /// The least and the greatest of a column of whole numbers.
    fn extent(&self, column: &str) -> PyResult<Option<(i64, i64)>> {
        Ok(self
            .arrays(column)?
            .filter_map(|a| a.as_any().downcast_ref::<Int64Array>())
            .flatten()
            .flatten()
            .fold(None, |seen: Option<(i64, i64)>, n| {
                Some(seen.map_or((n, n), |(low, high)| (low.min(n), high.max(n))))
            }))
    }

    /// How many different texts a column holds.
    fn distinct(&self, column: &str) -> PyResult<usize> {
        let mut seen = HashSet::new();
        for array in self.arrays(column)? {
            seen.extend((0..array.len()).filter_map(|row| text_at(array.as_ref(), row)));
        }
        Ok(seen.len())
    }

    /// The schema, by the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    /// The batches, by the Arrow PyCapsule interface; all finished, so that nothing of ours runs in the reader.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let row = Field::new_struct("", self.schema.fields().clone(), false);
        let batches = self.batches.clone().into_iter().map(|b| Ok(Arc::new(StructArray::from(b)) as ArrayRef));
        to_stream_pycapsule(py, Box::new(ArrayIterator::new(batches, row.into())), requested_schema)
    }
}

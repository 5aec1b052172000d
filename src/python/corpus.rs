//! A corpus as the core holds it: tables, and what its reports are compared by.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use pyo3::prelude::*;

use super::errors::{InternalError, guard};
use super::run;
use super::table::ArrowTable;
use crate::batch;
use crate::schema::{TableName, Tables};

/// Every table by its name.
pub(super) fn named(tables: &Tables) -> BTreeMap<&'static str, ArrowTable> {
    TableName::ALL.iter().map(|&t| (t.key(), ArrowTable::of(tables, t))).collect()
}

fn internal(error: ArrowError) -> PyErr {
    InternalError::new_err(format!("failed to build a table: {error}"))
}

/// A loaded corpus, never changed.
#[pyclass(module = "gxbg._gxbg", frozen)]
#[derive(Debug)]
pub(super) struct LoadedCorpus {
    tables: Tables,
    /// Files that systems left behind, which were passed over.
    passed_over: usize,
}

impl LoadedCorpus {
    pub(super) fn new(tables: Tables, passed_over: usize) -> Self {
        LoadedCorpus { tables, passed_over }
    }

    fn built(
        &self,
        py: Python<'_>,
        build: impl FnOnce(&Tables) -> Result<RecordBatch, ArrowError> + Send + 'static,
    ) -> PyResult<ArrowTable> {
        let tables = self.tables.clone();
        run::waited(py, move || build(&tables))?.map(ArrowTable::single).map_err(internal)
    }
}

#[pymethods]
impl LoadedCorpus {
    /// Every table by its name.
    fn tables(&self) -> BTreeMap<&'static str, ArrowTable> {
        named(&self.tables)
    }

    /// Files that systems left behind, which were passed over.
    fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// One row per issuer and year.
    fn panel(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.built(py, batch::panel)
    }

    /// Reports found of those expected, by division and year.
    fn coverage(&self, py: Python<'_>, digits: usize) -> PyResult<ArrowTable> {
        self.built(py, move |tables| batch::coverage(tables, digits))
    }

    /// The findings of one report against others.
    fn across(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.built(py, batch::across)
    }
}

/// One corpus of several, their reports compared with each other.
pub(super) fn concat(py: Python<'_>, corpora: &[PyRef<'_, LoadedCorpus>]) -> PyResult<LoadedCorpus> {
    let tables: Vec<Tables> = corpora.iter().map(|c| c.tables.clone()).collect();
    let passed_over = corpora.iter().map(|c| c.passed_over).sum();
    let concat = move || batch::concat(&tables.iter().collect::<Vec<_>>());
    run::waited(py, concat)?.map(|tables| LoadedCorpus::new(tables, passed_over)).map_err(internal)
}

/// The columns of a panel.
pub(super) fn panel_columns(py: Python<'_>) -> PyResult<ArrowTable> {
    py.detach(|| guard(batch::panel_contract))?.map(ArrowTable::single).map_err(internal)
}

//! The extension module `gxbg._gxbg`: the one room with pyo3.
//!
//! A function here takes typed arguments, releases the GIL, calls the core once and wraps what comes back. Everything a
//! user meets (names, help, how things show themselves) is written in Python, in `python/gxbg/`.

mod corpus;
mod errors;
mod options;
mod places;
mod run;
mod shapes;
mod table;

use pyo3::prelude::*;

/// Reads disclosure reports into Arrow tables; the public names are in the package `gxbg`.
#[pymodule(name = "_gxbg")]
mod gxbg_module {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::atomic::Ordering;

    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    #[pymodule_export]
    use super::corpus::LoadedCorpus;
    use super::corpus::{self, named};
    use super::errors::guard;
    use super::options::{self, Options};
    use super::places;
    use super::run;
    use super::shapes;
    #[pymodule_export]
    use super::table::ArrowTable;
    use crate::load::{self, LoadOptions, Progress};

    type Named = BTreeMap<&'static str, ArrowTable>;

    /// Loads a folder; `progress` is called now and then with the files done and the files found.
    #[pyfunction]
    #[pyo3(signature = (path, options, progress))]
    fn load_dir(
        py: Python<'_>,
        path: PathBuf,
        options: Options,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<LoadedCorpus> {
        let options = LoadOptions::from(options);
        let load = move |state: &Progress| {
            load::load_dir(&path, &options, state)
                .map(|tables| LoadedCorpus::new(tables, state.passed_over.load(Ordering::Relaxed)))
        };
        run::watched(py, progress, load)
    }

    /// One corpus of several.
    #[pyfunction]
    fn concat(py: Python<'_>, corpora: Vec<PyRef<'_, LoadedCorpus>>) -> PyResult<LoadedCorpus> {
        corpus::concat(py, &corpora)
    }

    /// The columns of a panel, which of them both editions have, and what they are made of.
    #[pyfunction]
    fn panel_columns(py: Python<'_>) -> PyResult<ArrowTable> {
        corpus::panel_columns(py)
    }

    /// Loads one file.
    #[pyfunction]
    fn load_file(py: Python<'_>, path: PathBuf, options: Options) -> PyResult<Named> {
        let options = LoadOptions::from(options);
        run::watched(py, None, move |state| load::load_file_watched(&path, &options, state)).map(|t| named(&t))
    }

    /// Loads one report from bytes.
    #[pyfunction]
    fn loads(py: Python<'_>, data: &[u8], name: String, options: Options) -> PyResult<Named> {
        let (options, data) = (LoadOptions::from(options), data.to_vec());
        run::watched(py, None, move |state| load::load_bytes_watched(&name, &data, &options, state)).map(|t| named(&t))
    }

    /// Decodes files for another process until it closes the pipe; for a process that does nothing else.
    #[pyfunction]
    fn serve(py: Python<'_>) -> PyResult<()> {
        Ok(py.detach(load::serve)?)
    }

    /// The default limits by name.
    #[pyfunction]
    fn limits() -> Vec<(&'static str, f64)> {
        options::defaults()
    }

    /// One row per report, one column per cell of a statistical table.
    #[pyfunction]
    fn wide(py: Python<'_>, reports: &ArrowTable, cells: &ArrowTable, table: &str) -> PyResult<ArrowTable> {
        let (reports, cells, table) = (reports.clone(), cells.clone(), table.to_owned());
        run::waited(py, move || shapes::wide(&reports, &cells, &table))?
    }

    /// The cells of one report as the form shows them: one row per row, one column per column.
    #[pyfunction]
    fn grid(py: Python<'_>, cells: &ArrowTable, table: &str, edition: &str) -> PyResult<ArrowTable> {
        py.detach(|| guard(|| shapes::grid(cells, table, edition)))?
    }

    /// Every cell of every edition with its codes and its words on the form.
    #[pyfunction]
    fn codebook(py: Python<'_>) -> PyResult<ArrowTable> {
        py.detach(|| guard(shapes::codebook))?
    }

    /// The contract: every column of every table.
    #[pyfunction]
    fn contract(py: Python<'_>) -> PyResult<ArrowTable> {
        py.detach(|| guard(shapes::contract))?
    }

    /// The table of administrative divisions.
    #[pyfunction]
    fn divisions(py: Python<'_>) -> PyResult<ArrowTable> {
        py.detach(|| guard(places::divisions))?
    }

    /// The division and the function of an issuer by its name.
    #[pyfunction]
    #[pyo3(signature = (name, year, within))]
    fn resolve<'py>(
        py: Python<'py>,
        name: &str,
        year: Option<i16>,
        within: Option<&str>,
    ) -> PyResult<Bound<'py, PyDict>> {
        guard(|| places::resolve(py, name, year, within))?
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

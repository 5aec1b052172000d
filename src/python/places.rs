//! Divisions and issuers for Python.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, StringArray};
use arrow::datatypes::Field;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::ArgumentError;
use super::shapes::build;
use super::table::ArrowTable;
use crate::divisions::{Division, Divisions, Level};
use crate::masthead;
use crate::report::Open;

/// The table of divisions.
pub(super) fn divisions() -> PyResult<ArrowTable> {
    let table = Divisions::get();
    let rows = || table.rows().iter();
    let text =
        |of: &dyn Fn(&Division) -> Option<String>| -> ArrayRef { Arc::new(rows().map(of).collect::<StringArray>()) };
    let year = |of: fn(&Division) -> Option<i16>| -> ArrayRef {
        Arc::new(rows().map(|d| of(d).map(i64::from)).collect::<Int64Array>())
    };
    let above = |d: &Division| {
        let upper = [Level::County, Level::Prefecture, Level::Province].into_iter().filter(|l| *l < d.level());
        upper.filter_map(|l| d.code.above(l)).find(|c| table.at(*c, None).is_some())
    };
    let arrays = vec![
        text(&|d| Some(d.code.to_string())),
        text(&|d| Some(d.name.to_owned())),
        text(&|d| Some(d.level().key().to_owned())),
        text(&|d| above(d).map(|c| c.to_string())),
        year(|d| d.from),
        year(|d| d.to),
        text(&|d| d.successor.map(|c| c.to_string())),
        text(&|d| d.successor_today().map(|c| c.to_string())),
    ];
    let names = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor", "successor_today"];
    let fields = names.iter().zip(&arrays).enumerate();
    build(fields.map(|(i, (n, a))| Field::new(*n, a.data_type().clone(), i > 2)).collect(), arrays)
}

/// What a name says of an issuer.
pub(super) fn resolve<'py>(
    py: Python<'py>,
    name: &str,
    year: Option<i16>,
    within: Option<&str>,
) -> PyResult<Bound<'py, PyDict>> {
    let found = masthead::resolve(name, year, within).map_err(|places| {
        let place = within.unwrap_or_default();
        let many: Vec<String> = places.iter().map(|d| format!("{} {}", d.code, d.name)).collect();
        ArgumentError::new_err(format!("failed to find within: expected one division, found {many:?} for {place:?}"))
    })?;
    let who = found.identity;
    let line =
        |d: &Division| -> String { Divisions::get().line_of(d.code, year).iter().flatten().map(|d| d.name).collect() };
    let out = PyDict::new(py);
    out.set_item("issuer", found.issuer)?;
    out.set_item("level", found.level)?;
    out.set_item("kind", found.kind)?;
    out.set_item("division_code", who.division.map(|d| d.code.to_string()))?;
    out.set_item("successor_code", who.successor.map(|c| c.to_string()))?;
    for (key, value) in ["province", "city", "county", "town"].into_iter().zip(who.line) {
        out.set_item(key, value)?;
    }
    out.set_item("function", who.function)?;
    out.set_item(
        "open",
        who.open.map(|open| match open {
            Open::Ambiguous => "ambiguous",
            Open::Unknown => "unknown",
            Open::Contradicted => "contradicted",
        }),
    )?;
    let candidates: Vec<(String, String)> = who.candidates.iter().map(|d| (d.code.to_string(), line(d))).collect();
    out.set_item("candidates", candidates)?;
    Ok(out)
}

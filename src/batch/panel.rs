//! The panel and the coverage of a corpus as tables.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, StringDictionaryBuilder, UInt32Array,
};
use arrow::compute::take;
use arrow::datatypes::{Field, Int32Type, Schema};
use arrow::error::ArrowError;

use super::late::whole;
use crate::across::{self, Place};
use crate::schema::{TableName, Tables};
use crate::terms::{Edition, PanelColumn, RATES, panel_columns};

/// Columns of `reports` that say who the issuer is.
const WHO: [&str; 8] = ["issuer", "division_code", "province", "city", "county", "town", "level", "kind"];

/// Fields and columns of a table in the making.
#[derive(Default)]
struct Draft {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Draft {
    fn push(&mut self, name: &str, column: ArrayRef) {
        self.fields.push(Field::new(name, column.data_type().clone(), true));
        self.columns.push(column);
    }

    fn codes<'a>(&mut self, name: &str, codes: impl Iterator<Item = Option<&'a str>>) {
        let mut column = StringDictionaryBuilder::<Int32Type>::new();
        codes.for_each(|code| column.append_option(code));
        self.push(name, Arc::new(column.finish()));
    }

    fn finish(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns)
    }
}

/// One row per issuer and year, the figures of both editions harmonised; only sound figures are in it.
///
/// Columns: who the issuer is, `year`, `reports_found`, `gap` (why a row has no figures), `report_id` and `edition` of the
/// report that counts, the columns of [`panel_columns`], the rates of [`RATES`].
///
/// # Errors
/// [`ArrowError`] if the columns do not fit together: a defect of this program.
///
/// ```
/// use gxbg::batch::panel;
/// use gxbg::load::{LoadOptions, Progress, load_dir};
/// let tables = load_dir("python/gxbg/samples/reports".as_ref(), &LoadOptions::default(), &Progress::default()).unwrap();
/// let panel = panel(&tables).unwrap();
/// assert!(panel.num_rows() >= 14 && panel.column_by_name("received_total").is_some());
/// ```
pub fn panel(tables: &Tables) -> Result<RecordBatch, ArrowError> {
    let places = across::panel(tables.summaries());
    let reports = whole(tables, TableName::Reports)?;
    let rates = whole(tables, TableName::Indicators)?;
    let issuers = UInt32Array::from_iter_values(places.iter().map(|p| p.issuer as u32));
    let chosen: UInt32Array = places.iter().map(|p| p.report.map(|r| r as u32)).collect();
    let used: UInt32Array = places.iter().map(|p| counting(p).map(|r| r as u32)).collect();
    let mut draft = Draft::default();
    for name in WHO {
        draft.push(name, picked(&reports, name, &issuers)?);
    }
    draft.push("year", Arc::new(places.iter().map(|p| p.year.map(i64::from)).collect::<Int64Array>()));
    draft.push("reports_found", Arc::new(Int64Array::from_iter_values(places.iter().map(|p| p.found as i64))));
    draft.codes("gap", places.iter().map(|p| p.gap.map(|g| g.key())));
    draft.push("report_id", picked(&reports, "report_id", &chosen)?);
    for name in ["edition", "edition_proactive", "edition_requests"] {
        draft.push(name, picked(&reports, name, &used)?);
    }
    for column in panel_columns() {
        let figures: Float64Array = places.iter().map(|p| figure(tables, column, counting(p)?)).collect();
        draft.push(&column.key, Arc::new(figures));
    }
    for rate in RATES {
        draft.push(rate.key, picked(&rates, rate.key, &used)?);
    }
    draft.finish()
}

/// The report whose figures stand in a row.
fn counting(place: &Place) -> Option<usize> {
    place.report.filter(|_| place.gap.is_none())
}

fn picked(batch: &RecordBatch, name: &str, rows: &UInt32Array) -> Result<ArrayRef, ArrowError> {
    match batch.column_by_name(name) {
        Some(column) => take(column.as_ref(), rows, None),
        None => Err(ArrowError::SchemaError(format!("no column {name}"))),
    }
}

/// The figure of a report, if every cell of it has a sound one.
fn figure(tables: &Tables, column: &PanelColumn, report: usize) -> Option<f64> {
    let summary = tables.summaries().get(report)?;
    let cells = column.on(summary.editions?);
    if cells.is_empty() { None } else { cells.iter().map(|c| summary.sound.get(*c)).sum() }
}

/// The figures of the panel: `column`, `table`, `comparable` over both editions, `unit`, and the cells of each edition
/// that it is made of.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit together: a defect of this program.
pub fn panel_contract() -> Result<RecordBatch, ArrowError> {
    let columns = panel_columns();
    let mut draft = Draft::default();
    draft.push("column", Arc::new(StringArray::from_iter_values(columns.iter().map(|c| &c.key))));
    draft.codes("table", columns.iter().map(|c| Some(c.table.key())));
    draft.push("comparable", Arc::new(columns.iter().map(|c| Some(c.is_comparable)).collect::<BooleanArray>()));
    draft.codes("unit", columns.iter().map(|c| Some(c.unit)));
    for edition in Edition::ALL {
        let made: StringArray =
            columns.iter().map(|c| Some(c.made_of(edition)).filter(|words| !words.is_empty())).collect();
        draft.push(&format!("edition_{}", edition.key()), Arc::new(made));
    }
    draft.finish()
}

/// How many of the issuers of a division have a report of a year: `division_code` (cut to `digits`), `year`, `expected`
/// (issuers with a report of any year of the corpus), `found`, `coverage` (found of expected) and `reports`.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit together: a defect of this program.
pub fn coverage(tables: &Tables, digits: usize) -> Result<RecordBatch, ArrowError> {
    let rows = across::coverage(tables.summaries(), digits);
    let mut draft = Draft::default();
    let whole = |count: fn(&across::Coverage) -> usize| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(rows.iter().map(|r| count(r) as i64)))
    };
    draft.push("division_code", Arc::new(rows.iter().map(|r| r.division.as_deref()).collect::<StringArray>()));
    draft.push("year", Arc::new(rows.iter().map(|r| r.year.map(i64::from)).collect::<Int64Array>()));
    draft.push("expected", whole(|r| r.expected));
    draft.push("found", whole(|r| r.found));
    let share = |r: &across::Coverage| (r.expected > 0).then(|| r.found as f64 / r.expected as f64);
    draft.push("coverage", Arc::new(rows.iter().map(share).collect::<Float64Array>()));
    draft.push("reports", whole(|r| r.reports));
    draft.finish()
}

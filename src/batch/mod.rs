//! From settled reports to record batches.

mod cells;
mod late;
mod panel;
mod rows;

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, new_empty_array};
use arrow::compute::{self, cast};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

use crate::across::Summary;
use crate::check::{Checked, indicators};
use crate::document::{Document, Span};
use crate::ledger::{Settled, Status};
use crate::schema::{REPORTS_LATE, SECTIONS_LATE, TableName, Tables};
use crate::terms::{Form, RATES};
use cells::CellsBuilder;
pub use late::{across, concat};
pub use panel::{coverage, panel, panel_contract};
use rows::RowsBuilder;

/// A report that was read, with all that its rows need.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// The path as users see it.
    pub path: &'a str,
    /// The ending of the file's name, where it promises another format than was found.
    pub named_as: Option<&'static str>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: &'a str,
    /// What the file decodes to.
    pub document: &'a Document,
    /// The settled report.
    pub settled: &'a Settled,
    /// What the rules say of it.
    pub checked: &'a Checked,
}

/// Rows of some reports, in their order. Reports are numbered within the batch; they get their names at the end.
#[allow(missing_debug_implementations)] // The builders of dictionaries have none.
pub struct BatchBuilder {
    reports: u32,
    summaries: Vec<Summary>,
    tables: Vec<RowsBuilder>,
    cells: CellsBuilder,
}

/// A finished part of a load.
#[derive(Debug)]
pub struct Part {
    reports: u32,
    /// What the reports are compared by, and named after.
    summaries: Vec<Summary>,
    batches: Vec<(TableName, Vec<ArrayRef>)>,
    cells: cells::CellColumns,
}

/// The tables that are small enough to be one batch each.
const SMALL: [TableName; 6] = [
    TableName::Reports,
    TableName::Sections,
    TableName::Statements,
    TableName::Findings,
    TableName::Indicators,
    TableName::Failures,
];

impl Default for BatchBuilder {
    fn default() -> Self {
        BatchBuilder {
            reports: 0,
            summaries: Vec::new(),
            tables: SMALL.iter().map(|t| RowsBuilder::new(*t)).collect(),
            cells: CellsBuilder::default(),
        }
    }
}

impl BatchBuilder {
    fn table(&mut self, table: TableName) -> &mut RowsBuilder {
        let at = SMALL.iter().position(|t| *t == table).unwrap_or(0);
        &mut self.tables[at]
    }

    /// Adds a file that gave no report.
    pub fn failure(&mut self, path: &str, reason: &str, detail: &str) {
        self.table(TableName::Failures).row().text(path).code(Some(reason)).text(detail);
    }

    /// Adds a report.
    pub fn report(&mut self, loaded: &Loaded<'_>) {
        let id = self.reports;
        self.reports += 1;
        self.summaries.push(Summary::of(loaded.path, loaded.sha256, loaded.document, loaded.settled));
        self.masthead(id, loaded);
        if let Some(edition) = loaded.settled.report.edition {
            self.cells.report(id, Form::of(edition), &loaded.settled.cells, loaded.document);
        }
        self.sections(id, loaded);
        self.findings(id, loaded);
        self.indicators(id, loaded);
    }

    fn masthead(&mut self, id: u32, loaded: &Loaded<'_>) {
        let report = &loaded.settled.report;
        let m = &report.masthead;
        let mut row = self.table(TableName::Reports).row();
        row.id(id)
            .text(loaded.path)
            .code(Some(loaded.document.format))
            .code(loaded.named_as)
            .code(Some(loaded.document.charset))
            .text(loaded.sha256)
            .maybe_text(m.issuer.as_deref())
            .maybe_text(m.issuer_as_written.as_ref().map(|q| q.text.as_str()))
            .code(m.level)
            .code(m.kind);
        // Division code, province, city, county, town: not resolved from the text alone.
        row.maybe_text(None).maybe_text(None).maybe_text(None).maybe_text(None).maybe_text(None);
        row.whole(m.year.map(i64::from))
            .code(report.edition.map(|e| e.key()))
            .maybe_text(m.title.as_ref().map(|q| q.text.as_str()))
            .maybe_text(m.document_number.as_ref().map(|q| q.text.as_str()))
            .day(m.published_on.map(|d| d.0))
            .day(m.period.map(|p| p.0))
            .day(m.period.map(|p| p.1));
        let count = |status: Status| loaded.settled.cells.iter().filter(|c| c.status == status).count() as i64;
        for status in Status::ALL {
            row.whole(Some(count(status)));
        }
        let t = loaded.checked.tally;
        for n in [t.satisfied, t.violated, t.not_assessable, t.not_applicable] {
            row.whole(Some(n as i64));
        }
        // The counts, and the other file of the same report.
        (1..REPORTS_LATE).for_each(|_| {
            row.whole(Some(0));
        });
        row.maybe_text(None);
    }

    fn sections(&mut self, id: u32, loaded: &Loaded<'_>) {
        for s in &loaded.settled.report.sections {
            let text = &loaded.document.text;
            let body = Span { start: s.heading.end, end: s.span.end };
            let source = loaded.document.source(s.span);
            let heading: String = s.heading.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let mut row = self.table(TableName::Sections).row();
            row.id(id)
                .code(Some(s.section.key()))
                .text(&heading)
                .text(body.of(text).trim())
                .whole(Some(i64::from(source.start)))
                .whole(Some(i64::from(source.end)))
                .maybe_text(None);
            for _ in 1..SECTIONS_LATE {
                row.number(None);
            }
        }
    }

    fn findings(&mut self, id: u32, loaded: &Loaded<'_>) {
        for f in &loaded.checked.findings {
            self.table(TableName::Findings)
                .row()
                .id(id)
                .code(Some(f.rule.id))
                .code(Some(f.rule.severity.key()))
                .code(f.policy.map(|p| p.key()))
                .code(Some(f.outcome.key()))
                .code(f.place.table)
                .code(f.place.row)
                .code(f.place.column)
                .maybe_text(f.expected.as_deref())
                .maybe_text(f.found.as_deref())
                .text(&f.message_en())
                .text(&f.message_zh())
                .maybe_text(None);
        }
    }

    fn indicators(&mut self, id: u32, loaded: &Loaded<'_>) {
        let m = &loaded.settled.report.masthead;
        let rates = indicators(loaded.settled, &loaded.checked.tally);
        let mut row = self.table(TableName::Indicators).row();
        row.id(id).maybe_text(m.issuer.as_deref()).whole(m.year.map(i64::from));
        for (term, found) in RATES.iter().zip(rates) {
            row.number(found.rate.ok()).number(found.numerator).number(found.denominator);
            if term.is_proportion {
                row.number(found.interval.map(|i| i.0)).number(found.interval.map(|i| i.1));
            }
            row.code(found.rate.err());
        }
    }

    /// Ends the part.
    pub fn finish(self) -> Part {
        Part {
            reports: self.reports,
            summaries: self.summaries,
            batches: SMALL.into_iter().zip(self.tables.into_iter().map(RowsBuilder::finish)).collect(),
            cells: self.cells.finish(),
        }
    }
}

/// Puts parts together, in their order.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit the contract: a defect of this program.
pub fn assemble(parts: Vec<Part>) -> Result<Tables, ArrowError> {
    let names = names_of(parts.iter().flat_map(|p| &p.summaries).map(Summary::name));
    let dictionary: ArrayRef = Arc::new(arrow::array::StringArray::from(names));
    let mut small: Vec<Vec<RecordBatch>> = vec![Vec::new(); SMALL.len()];
    let mut tables = Tables::default();
    let mut before = 0u32;
    let mut summaries = Vec::new();
    for part in parts {
        summaries.extend(part.summaries);
        for (slot, (table, columns)) in small.iter_mut().zip(part.batches) {
            let columns =
                if table == TableName::Failures { columns } else { cells::named(columns, before, &dictionary)? };
            slot.push(RecordBatch::try_new(table.schema(), columns)?);
        }
        let columns = cells::named(part.cells, before, &dictionary)?;
        tables.push(TableName::Cells, RecordBatch::try_new(TableName::Cells.schema(), columns)?);
        before += part.reports;
    }
    for (table, batches) in SMALL.into_iter().zip(small) {
        tables.push(table, joined(table, &batches)?);
    }
    late::complete(tables, summaries)
}

/// One batch of many. Each part has dictionaries of its own: codes are written out and encoded anew, so that a column
/// has one dictionary in which every code is there once.
fn joined(table: TableName, batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    let schema = table.schema();
    let columns = schema.fields().iter().enumerate().map(|(i, field)| {
        let coded = matches!(field.data_type(), DataType::Dictionary(..)) && field.name() != "report_id";
        let parts: Vec<ArrayRef> = batches
            .iter()
            .map(|b| if coded { cast(b.column(i), &DataType::Utf8) } else { Ok(b.column(i).clone()) })
            .collect::<Result<_, _>>()?;
        if parts.is_empty() {
            return Ok(new_empty_array(field.data_type()));
        }
        let whole = compute::concat(&parts.iter().map(|p| p.as_ref()).collect::<Vec<_>>())?;
        if coded { cast(&whole, field.data_type()) } else { Ok(whole) }
    });
    RecordBatch::try_new(schema.clone(), columns.collect::<Result<_, ArrowError>>()?)
}

/// The names of reports: the first 16 digits of their hash, with a number behind where the same bytes come again.
fn names_of(hashes: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
    hashes
        .map(|short| {
            let times = seen.entry(short.clone()).or_default();
            *times += 1;
            if *times == 1 { short } else { format!("{short}-{times}") }
        })
        .collect()
}

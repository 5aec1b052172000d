//! What is kept of a report to compare it with others.

use jiff::civil::Date;

use super::attached::{Likeness, likeness};
use super::figures::Figures;
use super::identity::Identity;
use super::sketch::Sketch;
use super::slot;
use crate::document::{Document, Span};
use crate::ledger::Settled;
use crate::report::LineRead;
use crate::terms::Editions;

/// What is kept of a report to compare it with others: some kilobytes, made where the report is read.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The path as users see it.
    pub path: Box<str>,
    /// The first bytes of the hash of its content: an order that does not depend on where files lie.
    pub content: u64,
    /// Who reports, as far as that is known.
    pub identity: Identity,
    /// The year reported on.
    pub year: Option<i16>,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// The editions of its tables.
    pub editions: Option<Editions>,
    /// Its figures that were read with certainty from the page: only these are held against other reports.
    pub figures: Figures,
    /// All its sound figures, for the panel.
    pub sound: Figures,
    /// The prose of its sections, in the order of the form; none where a section has too little of it.
    pub prose: [Option<Sketch>; 6],
    /// What it has in common with another file of the same report.
    pub likeness: Option<Likeness>,
}

impl Summary {
    /// The name that the report has where it comes first: 16 hexadecimal digits of its content's hash.
    pub fn name(&self) -> String {
        format!("{:016x}", self.content)
    }

    /// The summary of a settled report; `sha256` is the hash of its bytes in hexadecimal.
    pub fn of(path: &str, sha256: &str, document: &Document, settled: &Settled) -> Summary {
        let report = &settled.report;
        let tables = table_spans(&report.lines);
        let mut prose = [const { None }; 6];
        for section in &report.sections {
            let body = Span { start: section.heading.end, end: section.span.end };
            let sketch = Sketch::of(outside(body, &tables).map(|span| span.of(&document.text)));
            let kept = &mut prose[slot(section.section)];
            // A heading that comes twice: the first one with prose counts.
            if kept.is_none() {
                *kept = sketch;
            }
        }
        Summary {
            path: path.into(),
            content: sha256.get(..16).and_then(|h| u64::from_str_radix(h, 16).ok()).unwrap_or(0),
            identity: Identity::of(&report.masthead),
            year: report.masthead.year,
            published_on: report.masthead.published_on.map(|d| d.0),
            likeness: likeness(path, settled),
            editions: report.editions,
            figures: Figures::of(&settled.cells),
            sound: Figures::sound(&settled.cells),
            prose,
        }
    }
}

/// Where labels and figures of the tables stand, in order.
fn table_spans(lines: &[LineRead]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for line in lines {
        spans.extend(line.label);
        spans.extend(line.cells.iter().filter_map(|c| c.written.span));
    }
    spans.sort_unstable();
    spans
}

/// The parts of a section before and behind its table: what lies between the first and the last span is the table.
fn outside(body: Span, tables: &[Span]) -> impl Iterator<Item = Span> {
    let from = tables.partition_point(|s| s.start < body.start);
    let to = tables.partition_point(|s| s.start < body.end);
    let inside = &tables[from..to.max(from)];
    let table = inside.first().map(|first| {
        let end = inside.iter().map(|s| s.end).max().unwrap_or(first.end);
        Span { start: first.start, end: end.min(body.end).max(first.start) }
    });
    let parts = match table {
        None => [Some(body), None],
        Some(t) => {
            [Some(Span { start: body.start, end: t.start }), Some(Span { start: t.end, end: body.end.max(t.end) })]
        }
    };
    parts.into_iter().flatten()
}

//! From settled reports to record batches.

mod cells;
mod codes;
mod join;
mod late;
mod panel;
mod rows;

use std::fmt;

use crate::across::Summary;
use crate::check::{Checked, days_late, indicators};
use crate::divisions::Code;
use crate::document::{Document, Span};
use crate::ledger::{Settled, Status};
use crate::report::Period;
use crate::schema::{REPORTS_LATE, SECTIONS_LATE, TableName};
use crate::terms::{Form, RATES};
use cells::CellsBuilder;
pub use join::assemble;
pub use late::{across, concat};
pub use panel::{coverage, panel, panel_contract};
use rows::{Column, RowsBuilder};

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
    /// The columns of each table, in the order of [`PLAIN`], those of the cells last.
    tables: Vec<Vec<Column>>,
}

/// The tables that are written field by field: all but the cells.
const PLAIN: [TableName; 6] = [
    TableName::Reports,
    TableName::Sections,
    TableName::Statements,
    TableName::Findings,
    TableName::Indicators,
    TableName::Failures,
];

/// Rows of a table that a usual report has.
fn usual(table: TableName) -> usize {
    match table {
        TableName::Reports | TableName::Indicators => 1,
        TableName::Sections => 6,
        TableName::Statements => 16,
        TableName::Findings => 24,
        TableName::Cells | TableName::Failures => 0,
    }
}

impl BatchBuilder {
    /// A builder with room for so many usual reports; it takes any number.
    pub fn for_reports(reports: usize) -> BatchBuilder {
        BatchBuilder {
            reports: 0,
            summaries: Vec::with_capacity(reports),
            tables: PLAIN.iter().map(|t| RowsBuilder::new(*t, reports * usual(*t))).collect(),
            cells: CellsBuilder::new(reports),
        }
    }

    fn table(&mut self, table: TableName) -> &mut RowsBuilder {
        let at = PLAIN.iter().position(|t| *t == table).unwrap_or(0);
        &mut self.tables[at]
    }

    /// Adds a file that gave no report.
    pub fn failure(&mut self, path: &str, reason: &'static str, detail: &str) {
        self.table(TableName::Failures).row().text(path).code(Some(reason)).text(detail);
    }

    /// Adds a report.
    pub fn report(&mut self, loaded: &Loaded<'_>) {
        let id = self.reports;
        self.reports += 1;
        self.summaries.push(Summary::of(loaded.path, loaded.sha256, loaded.document, loaded.settled));
        self.masthead(id, loaded);
        if let Some(editions) = loaded.settled.report.editions {
            self.cells.report(id, Form::of(editions), loaded.settled, loaded.document);
        }
        self.sections(id, loaded);
        self.statements(id, loaded);
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
        let who = &m.identity;
        let code = |c: Option<Code>| c.map(|c| c.to_string());
        row.maybe_text(code(who.division.map(|d| d.code)).as_deref()).maybe_text(code(who.successor).as_deref());
        for name in who.line {
            row.maybe_text(name);
        }
        row.code(who.function).code(who.scope);
        row.whole(m.year.map(i64::from))
            .code(report.editions.map(|e| e.key()))
            .code(report.editions.map(|e| e.proactive.key()))
            .code(report.editions.map(|e| e.requests.key()))
            .maybe_text(m.title.as_ref().map(|q| q.text.as_str()))
            .maybe_text(m.document_number.as_ref().map(|q| q.text.as_str()))
            .day(m.published_on.map(|d| d.0))
            .day(m.period.map(|p| p.0))
            .day(m.period.map(|p| p.1));
        let mut counts = [0i64; Status::ALL.len()];
        loaded.settled.cells.iter().for_each(|c| counts[c.status as usize] += 1);
        for count in counts {
            row.whole(Some(count));
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
            let heading = s.heading.of(text);
            let mut row = self.table(TableName::Sections).row();
            row.id(id)
                .code(Some(s.section.key()))
                .written(|out| write_folded(heading, out))
                .text(body.of(text).trim())
                .whole(Some(i64::from(source.start)))
                .whole(Some(i64::from(source.end)))
                .maybe_text(None);
            for _ in 1..SECTIONS_LATE {
                row.number(None);
            }
        }
    }

    fn statements(&mut self, id: u32, loaded: &Loaded<'_>) {
        let (text, year) = (&loaded.document.text, loaded.settled.report.masthead.year);
        for (at, s) in loaded.settled.report.statements.iter().enumerate() {
            let source = loaded.document.source(s.span);
            let year = match s.period {
                Period::Reported => year,
                Period::Year(year) => Some(year),
                Period::Part | Period::Cumulative | Period::Unclear => None,
            };
            self.table(TableName::Statements)
                .row()
                .id(id)
                .whole(Some(at as i64 + 1))
                .code(s.section.map(|s| s.key()))
                .written(|out| write_on_one_line(s.phrase.of(text), out))
                .written(|out| write_on_one_line(s.span.of(text), out))
                .number(Some(s.number))
                .code(Some(s.notation.key()))
                .code(s.qualifier.map(|q| q.key()))
                .code(s.unit)
                .code(s.metric.map(|m| m.key()))
                .whole(year.map(i64::from))
                .code(Some(s.standing.key()))
                .whole(s.standing.of().map(|of| of as i64 + 1))
                .code(Some(s.scope.key()))
                .code(s.metric.and_then(|m| m.object()).map(|o| o.key()))
                .code(s.metric.and_then(|m| m.outcome()))
                .code(Some(period(s.period, loaded.settled.report.masthead.year)))
                .code(Some(s.quantity()))
                .whole(Some(i64::from(source.start)))
                .whole(Some(i64::from(source.end)));
        }
    }

    fn findings(&mut self, id: u32, loaded: &Loaded<'_>) {
        let mut sentences = loaded.checked.sentences.iter().peekable();
        for (at, f) in loaded.checked.findings.iter().enumerate() {
            let told = sentences.next_if(|s| s.finding == at);
            let sentence = told.map(|s| loaded.document.source(s.span));
            let message = told.and_then(|s| s.message.as_deref());
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
                .whole(sentence.map(|s| i64::from(s.start)))
                .whole(sentence.map(|s| i64::from(s.end)))
                .written(|out| match message {
                    Some(message) => fmt::Write::write_str(out, &message[0]),
                    None => f.write_en(out),
                })
                .written(|out| match message {
                    Some(message) => fmt::Write::write_str(out, &message[1]),
                    None => f.write_zh(out),
                })
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
        let late = days_late(m);
        row.whole(late.ok().map(i64::from)).code(late.err());
    }

    /// Ends the part.
    pub fn finish(self) -> Part {
        Part {
            reports: self.reports,
            summaries: self.summaries,
            tables: self.tables.into_iter().map(RowsBuilder::finish).chain([self.cells.finish()]).collect(),
        }
    }
}

/// The time that a statement speaks of, as its public code.
fn period(period: Period, year: Option<i16>) -> &'static str {
    let of = |named: i16| year.map(|y| i32::from(named) - i32::from(y));
    match period {
        Period::Reported => "year",
        Period::Year(named) => match of(named) {
            Some(-1) => "last_year",
            Some(1) => "next_year",
            _ => "other_year",
        },
        Period::Part => "part_of_year",
        Period::Cumulative => "cumulative",
        Period::Unclear => "open",
    }
}

/// Writes words with one space between them, whatever white space they have.
fn write_folded(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let mut words = text.split_whitespace();
    words.next().map_or(Ok(()), |first| out.write_str(first))?;
    words.try_for_each(|word| {
        out.write_char(' ')?;
        out.write_str(word)
    })
}

/// Writes words as they stand, each stretch of white space that holds the end of a line left out.
fn write_on_one_line(words: &str, out: &mut impl fmt::Write) -> fmt::Result {
    words.lines().try_for_each(|line| out.write_str(line.trim()))
}

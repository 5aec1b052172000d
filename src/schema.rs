//! The Arrow contract: the seven tables, column by column.

use std::sync::{Arc, LazyLock};

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::across::Summary;
use crate::terms::RATES;

/// One of the tables that a load gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableName {
    /// One row per report.
    Reports,
    /// One row per statistical cell of the report's edition, always all of them.
    Cells,
    /// One row per section found.
    Sections,
    /// One row per number stated in the prose.
    Statements,
    /// One row per rule outcome other than satisfied.
    Findings,
    /// One row per report: rates with numerator, denominator and interval.
    Indicators,
    /// One row per file that gave no report.
    Failures,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text of its own in every row.
    Text,
    /// A code from a small vocabulary, dictionary-encoded.
    Code,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A calendar day.
    Day,
    /// Four numbers: left, top, right, bottom.
    Box,
}

/// One column of the contract.
#[derive(Debug)]
pub struct Column {
    /// The name.
    pub name: &'static str,
    /// What it holds.
    pub holds: ColumnType,
    /// Whether a row may have no value.
    pub nullable: bool,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

impl TableName {
    /// The tables in the order in which users meet them.
    pub const ALL: [TableName; 7] = [
        TableName::Reports,
        TableName::Cells,
        TableName::Sections,
        TableName::Statements,
        TableName::Findings,
        TableName::Indicators,
        TableName::Failures,
    ];

    /// The public name.
    pub fn key(self) -> &'static str {
        match self {
            TableName::Reports => "reports",
            TableName::Cells => "cells",
            TableName::Sections => "sections",
            TableName::Statements => "statements",
            TableName::Findings => "findings",
            TableName::Indicators => "indicators",
            TableName::Failures => "failures",
        }
    }

    /// The columns of the table.
    pub fn columns(self) -> &'static [Column] {
        match self {
            TableName::Reports => REPORTS,
            TableName::Cells => CELLS,
            TableName::Sections => SECTIONS,
            TableName::Statements => STATEMENTS,
            TableName::Findings => FINDINGS,
            TableName::Indicators => &INDICATORS,
            TableName::Failures => FAILURES,
        }
    }

    /// The Arrow schema of the table.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<Vec<SchemaRef>> = LazyLock::new(|| {
            TableName::ALL
                .iter()
                .map(|t| {
                    let fields: Vec<Field> =
                        t.columns().iter().map(|c| Field::new(c.name, c.holds.data_type(), c.nullable)).collect();
                    Arc::new(Schema::new(fields))
                })
                .collect()
        });
        SCHEMAS[self as usize].clone()
    }
}

impl ColumnType {
    /// The Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            ColumnType::Text => DataType::Utf8,
            ColumnType::Code => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            ColumnType::Whole => DataType::Int64,
            ColumnType::Number => DataType::Float64,
            ColumnType::Day => DataType::Date32,
            ColumnType::Box => DataType::FixedSizeList(Arc::new(Field::new("item", DataType::Float64, true)), 4),
        }
    }
}

const fn must(name: &'static str, holds: ColumnType, meaning: &'static str) -> Column {
    Column { name, holds, nullable: false, meaning }
}

const fn may(name: &'static str, holds: ColumnType, meaning: &'static str) -> Column {
    Column { name, holds, nullable: true, meaning }
}

use ColumnType::{Box as Frame, Code, Day, Number, Text, Whole};

const REPORT_ID: Column = must("report_id", Code, "Stable name of the report: a hash of its content.");

const REPORTS: &[Column] = &[
    REPORT_ID,
    must("path", Text, "The file, relative to the folder that was loaded."),
    must("format", Code, "The format found in the bytes, whatever the file's name says."),
    may("named_as", Code, "The ending of the file's name, where it promises another format."),
    must("charset", Code, "The character encoding found."),
    must("sha256", Text, "SHA-256 of the file's bytes, in hexadecimal."),
    may("issuer", Text, "The issuing organ, as a full name."),
    may("issuer_as_written", Text, "The issuing organ as the report writes it."),
    may("level", Code, "central, province, prefecture, county or township."),
    may("kind", Code, "government, department, office, agency or institution."),
    may(
        "division_code",
        Text,
        "Code of the issuer's division in that year: six digits down to the county, nine for towns.",
    ),
    may("successor_code", Text, "Code that stands today for a division that has ended since."),
    may("province", Text, "Province of the issuer."),
    may("city", Text, "Prefecture of the issuer; none in the four cities of a province's rank."),
    may("county", Text, "County of the issuer."),
    may("town", Text, "Town or street of the issuer."),
    may("function", Code, "What the organ does, from a closed list (docs/divisions.md): finance, education, …"),
    may("scope", Code, "government_wide, or own for a report on the organ alone."),
    may("year", Whole, "The year reported on."),
    may(
        "edition",
        Code,
        "The edition of the form, recognised from its tables: 2019, 2021, or mixed where they differ.",
    ),
    may("edition_proactive", Code, "The edition of the table of proactive disclosure."),
    may("edition_requests", Code, "The edition of the table of requests."),
    may("title", Text, "The title line as written."),
    may("document_number", Text, "The document number as written."),
    may("published_on", Day, "The day of publication or printing that the report states."),
    may("period_start", Day, "First day of the period that the report states."),
    may("period_end", Day, "Last day of the period that the report states."),
    must("cells_reported", Whole, "Cells read as published."),
    must("cells_blank", Whole, "Cells that are there and empty."),
    must("cells_inferred", Whole, "Cells without a figure to which the ties leave one value."),
    must("cells_repaired", Whole, "Cells with ambiguous characters to which the ties leave one reading."),
    must("cells_suspect", Whole, "Cells with a reading against which there is evidence."),
    must("cells_unreadable", Whole, "Cells with characters that are no number."),
    must("cells_missing", Whole, "Cells that the document does not have."),
    must("ties_satisfied", Whole, "Rule instances that hold, empty cells making a rule not assessable."),
    must("ties_violated", Whole, "Rule instances that do not hold."),
    must("ties_not_assessable", Whole, "Rule instances with an input that is empty or unread."),
    must("ties_not_applicable", Whole, "Rule instances that do not apply to the report."),
    must("links_satisfied", Whole, "Rule instances against other reports of the corpus that hold."),
    must("links_violated", Whole, "Rule instances against other reports that do not hold."),
    must("links_not_assessable", Whole, "Rule instances against other reports with an input that is empty or unread."),
    must("links_not_applicable", Whole, "Rule instances against other reports that do not apply."),
    may("same_as", Text, "The report before it in the same folder that it repeats: same issuer, year and cells."),
];

/// The columns at the end of `reports` that only the whole corpus can tell.
pub const REPORTS_LATE: usize = 5;

/// The columns at the end of `sections` that only the whole corpus can tell.
pub const SECTIONS_LATE: usize = 4;

const CELLS: &[Column] = &[
    REPORT_ID,
    must("table", Code, "proactive, requests or disputes."),
    must("row", Code, "Code of the row."),
    must("column", Code, "Code of the column."),
    may("value", Number, "The figure to work with; none unless it is known. Amounts are in units of 10,000 yuan."),
    may("reported", Number, "The figure as published, in the unit of the page."),
    must("status", Code, "reported, blank, inferred, repaired, suspect, unreadable or missing."),
    may("raw", Text, "The published characters."),
    must(
        "unit",
        Code,
        "The unit of `reported`: count; for amounts the one read from the page, 10k_yuan (also where it names none), yuan, \
         1k_yuan, … `value` is converted.",
    ),
    may("start", Whole, "First byte of the characters in the decoded source."),
    may("end", Whole, "Byte after the characters in the decoded source."),
    may("page", Whole, "Page, counted from 1 (PDF and scans)."),
    may("box", Frame, "Left, top, right and bottom on the page, in points (PDF and scans)."),
    must("origin", Code, "text or ocr."),
    may("confidence", Number, "Confidence of the character recognition, 0 to 1 (ocr)."),
];

const SECTIONS: &[Column] = &[
    REPORT_ID,
    must("section", Code, "overview, proactive, requests, disputes, problems or other."),
    must("heading", Text, "The heading as written."),
    must("text", Text, "The text under the heading, tables included."),
    must("start", Whole, "First byte of the heading in the decoded source."),
    must("end", Whole, "Byte after the section in the decoded source."),
    may("copied_from", Text, "report_id of the report, not a later one, that has most of the section's own words."),
    may(
        "copied_share",
        Number,
        "Share of the section's own words that stands there; none without enough of them or a report to compare.",
    ),
    may("last_year_share", Number, "Share that stands in the same issuer's report of the year before."),
    may("other_issuer_share", Number, "Largest share that stands in the report of another issuer, not a later one."),
];

const STATEMENTS: &[Column] = &[
    REPORT_ID,
    must("statement", Whole, "Number of the statement in its report, counted from 1."),
    may("section", Code, "The section in which the number stands; none above the first heading."),
    must("phrase", Text, "The clause in which the number stands."),
    must("written", Text, "The number as written, or the words that say it."),
    must("number", Number, "The number."),
    must("notation", Code, "arabic, chinese (numerals), or words (none received, all upheld)."),
    may("qualifier", Code, "about, over, nearly, at_least, at_most or below, where the number is limited so."),
    may("unit", Code, "The unit as written."),
    may("metric", Code, "What is counted, where that is recognised: a code of docs/statements.md."),
    may("year", Whole, "The year it speaks of; none for parts of a year, many years, or where no year is known."),
    must(
        "standing",
        Code,
        "whole, part (held already by another count), share, change (against another year) or other_scope (of other organs).",
    ),
    may("part_of", Whole, "Number of the statement that a part or share belongs to."),
    must("scope", Code, "Whose work it counts: issuer, own (the office alone), other (other organs), part, or open."),
    may(
        "object",
        Code,
        "What is counted: requests, disputes, information, documents, decisions, or a metric of other work.",
    ),
    may(
        "outcome",
        Code,
        "What became of it: a row of the form, a group of rows, or a result; none where a total is meant.",
    ),
    must("period", Code, "year, last_year, next_year, other_year, part_of_year, cumulative or open."),
    must("quantity", Code, "count, none and all (said in words), share, rate, change or amount."),
    must("start", Whole, "First byte of the number in the decoded source."),
    must("end", Whole, "Byte after the number in the decoded source."),
];

const FINDINGS: &[Column] = &[
    REPORT_ID,
    must("rule", Code, "Code of the rule."),
    must("severity", Code, "error, warning or info."),
    may("policy", Code, "strict (an empty cell makes the rule not assessable) or blank_is_zero."),
    must("outcome", Code, "violated, not_assessable or not_applicable."),
    may("table", Code, "Table of the cell or line concerned."),
    may("row", Code, "Row concerned."),
    may("column", Code, "Column concerned."),
    may("expected", Text, "What was expected."),
    may("found", Text, "What was found."),
    may("start", Whole, "First byte, in the decoded source, of the clause that a finding on the prose is about."),
    may("end", Whole, "Byte after that clause."),
    must("message_en", Text, "The finding in English."),
    must("message_zh", Text, "The finding in Chinese."),
    may("other_report_id", Text, "report_id of the report that this one was compared with."),
];

const FAILURES: &[Column] = &[
    must("path", Text, "The file, relative to the folder that was loaded."),
    must("reason", Code, "Code of the reason."),
    must("detail", Text, "What was expected, what was found and where."),
];

/// The parts of a rate: suffix, type, meaning. Only proportions have an interval.
const RATE_PARTS: [(&str, ColumnType, &str); 6] = [
    ("", Number, "The rate."),
    ("_numerator", Number, "The numerator."),
    ("_denominator", Number, "The denominator."),
    ("_low", Number, "Lower end of the Wilson 95 % interval."),
    ("_high", Number, "Upper end of the Wilson 95 % interval."),
    ("_reason", Code, "Why there is no rate."),
];

static INDICATORS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let mut columns = vec![
        REPORT_ID,
        may("issuer", Text, "The issuing organ, as a full name."),
        may("year", Whole, "The year reported on."),
    ];
    for rate in RATES {
        for (suffix, holds, meaning) in RATE_PARTS {
            if !rate.is_proportion && matches!(suffix, "_low" | "_high") {
                continue;
            }
            // Texts of a table that lives as long as the program: leaked once.
            let meaning = if suffix.is_empty() { format!("{}.", rate.formula()).leak() } else { meaning };
            columns.push(may(format!("{}{suffix}", rate.key).leak(), holds, meaning));
        }
    }
    columns.extend([
        may("days_late", Whole, "Days after the day on which it was due (article 49) that the report was published."),
        may(
            "days_late_reason",
            Code,
            "Why there is no days_late: year_unknown, level_unknown, no_due_date (the article names none for such an organ) \
             or publication_unknown.",
        ),
    ]);
    columns
});

/// Finished record batches of all tables, in a stable order.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    batches: [Vec<RecordBatch>; 7],
    summaries: Arc<Vec<Summary>>,
}

impl Tables {
    /// The batches of a table; none means no row.
    pub fn batches(&self, table: TableName) -> &[RecordBatch] {
        &self.batches[table as usize]
    }

    /// Adds a batch to a table; an empty one is left out.
    pub fn push(&mut self, table: TableName, batch: RecordBatch) {
        if batch.num_rows() > 0 {
            self.batches[table as usize].push(batch);
        }
    }

    /// What is kept of each report to compare it with others, in the order of `reports`.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }

    /// Keeps the summaries of the reports.
    pub fn keep(&mut self, summaries: Vec<Summary>) {
        self.summaries = Arc::new(summaries);
    }

    /// The number of rows of a table.
    pub fn rows(&self, table: TableName) -> usize {
        self.batches(table).iter().map(RecordBatch::num_rows).sum()
    }
}

//! What only the whole corpus tells: findings across reports, their counts, and where prose was copied from.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
    UInt32Array,
};
use arrow::compute::{concat_batches, filter_record_batch, take_record_batch};
use arrow::datatypes::Int32Type;
use arrow::error::ArrowError;

use super::codes;
use super::join::{self, names_of};
use super::rows::RowsBuilder;
use crate::across::{Copied, Linked, Summary, attached, link};
use crate::schema::{REPORTS_LATE, SECTIONS_LATE, TableName, Tables};
use crate::terms::Section;
use crate::terms::rules::{Family, RULES};

/// Compares the reports and writes what that tells into the tables, in the place of what an earlier comparison told.
pub(super) fn complete(tables: Tables, summaries: Vec<Summary>) -> Result<Tables, ArrowError> {
    let linked = link(&summaries);
    // The very dictionary that the tables have: two would be merged, and the keys no longer be the reports' numbers.
    let known = tables.batches(TableName::Reports).first().and_then(|b| b.column(0).as_dictionary_opt::<Int32Type>());
    let names: ArrayRef = known.map_or_else(|| Arc::new(StringArray::new_null(0)) as ArrayRef, |d| d.values().clone());
    let mut out = Tables::default();
    for table in TableName::ALL {
        let batches = tables.batches(table);
        match table {
            TableName::Reports => {
                let mut columns = counts(&linked);
                columns.push(same_as(&summaries, &names));
                let mut before = 0;
                for batch in batches {
                    let rows = batch.num_rows();
                    let columns = columns.iter().map(|c| c.slice(before, rows)).collect();
                    out.push(table, replaced(batch, REPORTS_LATE, columns)?);
                    before += rows;
                }
            }
            TableName::Sections => {
                for batch in batches {
                    out.push(table, replaced(batch, SECTIONS_LATE, copies(batch, &linked, &names))?);
                }
            }
            TableName::Findings => {
                for batch in with_told(batches, findings(&summaries, &linked, &names)?)? {
                    out.push(table, batch);
                }
            }
            _ => batches.iter().for_each(|b| out.push(table, b.clone())),
        }
    }
    out.keep(summaries);
    Ok(out)
}

/// The findings that reports alone give with those of the comparison, the rows of each report together.
fn with_told(batches: &[RecordBatch], told: RecordBatch) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut all: Vec<RecordBatch> = batches.iter().map(inner).collect::<Result<_, _>>()?;
    all.retain(|b| b.num_rows() > 0);
    all.push(by_report(&told)?);
    // One dictionary before batches are joined: then no code is written out.
    let mut all = codes::unified(&all)?;
    let Some(told) = all.pop().filter(|t| t.num_rows() > 0) else { return Ok(all) };
    if all.is_empty() {
        return Ok(vec![told]);
    }
    let firsts: Vec<Option<usize>> = all.iter().map(|b| numbers(b)(0)).collect();
    let report = numbers(&told);
    let mut from = 0;
    let mut out = Vec::with_capacity(all.len());
    for (i, batch) in all.iter().enumerate() {
        // What is told of reports before the next batch's first one goes into this batch.
        let next = firsts.get(i + 1).copied().flatten();
        let to = next
            .map_or(told.num_rows(), |n| from + (from..told.num_rows()).take_while(|r| report(*r) < Some(n)).count());
        out.push(match to - from {
            0 => batch.clone(),
            rows => by_report(&concat_batches(&batch.schema(), [batch, &told.slice(from, rows)])?)?,
        });
        from = to;
    }
    Ok(out)
}

/// A batch with the rows of each report together, in the order of the reports.
fn by_report(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let report = numbers(batch);
    let mut rows: Vec<u32> = (0..batch.num_rows() as u32).collect();
    rows.sort_by_key(|row| report(*row as usize));
    take_record_batch(batch, &UInt32Array::from(rows))
}

/// A batch with other columns at its end.
fn replaced(batch: &RecordBatch, late: usize, columns: Vec<ArrayRef>) -> Result<RecordBatch, ArrowError> {
    let mut all = batch.columns()[..batch.num_columns() - late].to_vec();
    all.extend(columns);
    RecordBatch::try_new(batch.schema(), all)
}

fn counts(linked: &Linked) -> Vec<ArrayRef> {
    let column = |count: fn(&crate::check::Tally) -> usize| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(linked.tallies.iter().map(|t| count(t) as i64)))
    };
    vec![column(|t| t.satisfied), column(|t| t.violated), column(|t| t.not_assessable), column(|t| t.not_applicable)]
}

/// The names of the reports that others repeat.
fn same_as(summaries: &[Summary], names: &ArrayRef) -> ArrayRef {
    let names = names.as_string_opt::<i32>();
    let first = |first: Option<usize>| names.zip(first).map(|(names, at)| names.value(at));
    Arc::new(attached(summaries).into_iter().map(first).collect::<StringArray>())
}

/// The number of a report in a row: the key of its name.
fn numbers(batch: &RecordBatch) -> impl Fn(usize) -> Option<usize> {
    let ids = batch.column(0).as_dictionary_opt::<Int32Type>();
    move |row| ids.and_then(|d| usize::try_from(d.keys().value(row)).ok())
}

fn copies(batch: &RecordBatch, linked: &Linked, names: &ArrayRef) -> Vec<ArrayRef> {
    let report = numbers(batch);
    let sections = batch.column(1).as_dictionary_opt::<Int32Type>();
    let words = sections.and_then(|s| s.values().as_string_opt::<i32>().map(|v| (s.keys(), v)));
    let found: Vec<Option<Copied>> = (0..batch.num_rows())
        .map(|row| {
            let key = words.map(|(keys, values)| values.value(keys.value(row) as usize))?;
            let section = Section::ALL.iter().position(|s| s.key() == key)?;
            linked.copied.get(report(row)?)?[section]
        })
        .collect();
    let names = names.as_string_opt::<i32>();
    let from = found.iter().map(|c| names.zip(c.and_then(|c| c.from)).map(|(n, at)| n.value(at)));
    let number = |part: fn(&Copied) -> Option<f64>| -> ArrayRef {
        Arc::new(found.iter().map(|c| c.as_ref().and_then(part)).collect::<Float64Array>())
    };
    vec![
        Arc::new(from.collect::<StringArray>()),
        number(|c| Some(c.share)),
        number(|c| c.last_year),
        number(|c| c.other_issuer),
    ]
}

/// The findings that one report alone gives.
fn inner(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    sifted(batch, false)
}

/// The findings of one report against others.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit the contract: a defect of this program.
pub fn across(tables: &Tables) -> Result<RecordBatch, ArrowError> {
    let table = TableName::Findings;
    // Sifted before they are joined: all findings of a large corpus together are more than one column holds.
    let across = tables.batches(table).iter().map(|batch| sifted(batch, true)).collect::<Result<Vec<_>, _>>()?;
    joined(table, &across)
}

/// Batches as one, each code once in the list of its column.
fn joined(table: TableName, batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    concat_batches(&table.schema(), &codes::unified(batches)?)
}

/// A table as one batch.
pub(super) fn whole(tables: &Tables, table: TableName) -> Result<RecordBatch, ArrowError> {
    match tables.batches(table) {
        [one] => Ok(one.clone()),
        many => joined(table, many),
    }
}

fn sifted(batch: &RecordBatch, wanted: bool) -> Result<RecordBatch, ArrowError> {
    let across: Vec<&str> = RULES.iter().filter(|r| r.family == Family::Across).map(|r| r.id).collect();
    let Some(rules) = batch.column(1).as_dictionary_opt::<Int32Type>() else { return Ok(batch.clone()) };
    let Some(words) = rules.values().as_string_opt::<i32>() else { return Ok(batch.clone()) };
    let codes: Vec<bool> = words.iter().map(|w| w.is_some_and(|w| across.contains(&w)) == wanted).collect();
    if !codes.contains(&false) {
        return Ok(batch.clone());
    }
    let kept: BooleanArray = rules.keys().values().iter().map(|k| Some(codes[*k as usize])).collect();
    filter_record_batch(batch, &kept)
}

fn findings(summaries: &[Summary], linked: &Linked, names: &ArrayRef) -> Result<RecordBatch, ArrowError> {
    let text = names.as_string_opt::<i32>();
    let name = |i: usize| text.map_or("", |n| n.value(i));
    let mut rows = RowsBuilder::new(TableName::Findings, linked.links.len());
    for l in &linked.links {
        let f = &l.finding;
        let other = l.other.map_or_else(String::new, |o| words(&summaries[o], name(o)));
        rows.row()
            .id(l.report as u32)
            .code(Some(f.rule.id))
            .code(Some(f.rule.severity.key()))
            .code(f.policy.map(|p| p.key()))
            .code(Some(f.outcome.key()))
            .code(f.place.table)
            .code(f.place.row)
            .code(f.place.column)
            .maybe_text(f.expected.as_deref())
            .maybe_text(f.found.as_deref())
            .whole(None)
            .whole(None)
            .text(&l.message_en(&other))
            .text(&l.message_zh(&other))
            .maybe_text(l.other.map(name));
    }
    join::one(TableName::Findings, rows.finish(), names)
}

/// How a message names another report.
fn words(summary: &Summary, name: &str) -> String {
    let year = summary.year.map_or_else(String::new, |y| format!("{y}, "));
    format!("{year}{}, {name}", summary.path)
}

/// One corpus of several, their reports compared with each other.
///
/// Reports are named anew where the same bytes are in two of them: each name is there once.
///
/// # Errors
/// [`ArrowError`] if the columns do not fit the contract: a defect of this program.
///
/// ```
/// use gxbg::batch::concat;
/// use gxbg::load::{LoadOptions, Progress, load_dir};
/// use gxbg::schema::TableName;
/// let one = load_dir("python/gxbg/samples/reports".as_ref(), &LoadOptions::default(), &Progress::default()).unwrap();
/// let two = concat(&[&one, &one]).unwrap();
/// assert_eq!(two.rows(TableName::Reports), 2 * one.rows(TableName::Reports));
/// ```
pub fn concat(corpora: &[&Tables]) -> Result<Tables, ArrowError> {
    let summaries: Vec<Summary> = corpora.iter().flat_map(|t| t.summaries()).cloned().collect();
    let names: ArrayRef = Arc::new(StringArray::from(names_of(summaries.iter().map(Summary::name))));
    let mut out = Tables::default();
    let mut before = 0;
    for corpus in corpora {
        for table in TableName::ALL {
            for batch in corpus.batches(table) {
                out.push(
                    table,
                    if table == TableName::Failures { batch.clone() } else { renamed(batch, before, &names)? },
                );
            }
        }
        before += corpus.summaries().len() as i32;
    }
    let mut unified = Tables::default();
    for table in TableName::ALL {
        codes::unified(out.batches(table))?.into_iter().for_each(|b| unified.push(table, b));
    }
    complete(unified, summaries)
}

/// A batch whose reports have other numbers and names.
fn renamed(batch: &RecordBatch, before: i32, names: &ArrayRef) -> Result<RecordBatch, ArrowError> {
    let mut columns = batch.columns().to_vec();
    if let Some(ids) = columns[0].as_dictionary_opt::<Int32Type>() {
        let keys = Int32Array::from_iter_values(ids.keys().values().iter().map(|k| k + before));
        columns[0] = Arc::new(DictionaryArray::<Int32Type>::try_new(keys, names.clone())?);
    }
    RecordBatch::try_new(batch.schema(), columns)
}

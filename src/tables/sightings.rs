//! Figures that were read from a picture: what the recogniser was not sure of wants a witness.
//!
//! A figure below [`SURE`] is doubtful: it keeps its value as sound only if a tie speaks for it. Where a row's sum is
//! against what was seen, and what the recogniser saw next makes it right in one way, the line has these ways to read it.

use crate::document::Document;
use crate::report::{CellRead, Content, Knowledge, LineRead, Reading, Writing, Written};
use crate::terms::{LineTerm, Measure, Table};

use super::number;

/// Confidence below which a figure that was read from a picture is doubtful.
const SURE: f32 = 0.95;
/// Doubtful cells of a line whose next likeliest figures are tried together.
const MOST_SWAPS: usize = 6;

/// Puts doubt on what was not seen clearly in a line.
pub(super) fn doubted(document: &Document, term: &LineTerm, line: &mut LineRead) {
    if document.sightings.is_empty() || !line.is_there() {
        return;
    }
    for (i, cell) in line.cells.iter_mut().enumerate() {
        cell.written = seen(document, cell.written, measure(term, i));
    }
    let reading: Reading = line.cells.iter().map(|c| c.written).collect();
    let others = others(document, term, &reading);
    let [first, rest @ ..] = &others[..] else { return };
    for (i, cell) in line.cells.iter_mut().enumerate() {
        let agreed = rest.iter().all(|r| r[i].number() == first[i].number());
        let changed = first[i].number() != cell.written.number();
        *cell = match (agreed, changed) {
            (true, true) => CellRead { written: first[i], knowledge: Knowledge::Ties },
            (true, false) => *cell,
            (false, _) => {
                let written = Written { content: Content::Unreadable, ..cell.written };
                CellRead { written, knowledge: Knowledge::Open }
            }
        };
    }
    line.ways = others;
}

fn measure(term: &LineTerm, cell: usize) -> Measure {
    term.columns[cell % term.columns.len()].measure
}

/// A cell with the doubt that its characters leave.
fn seen(document: &Document, written: Written, measure: Measure) -> Written {
    let Some(span) = written.span.filter(|s| !s.is_empty()) else { return written };
    if document.confidence(span).is_none_or(|c| c >= SURE) {
        return written;
    }
    let content = match written.content {
        Content::Number(value, _) => Content::Number(value, Writing::Doubtful),
        // Nothing that is not clearly nothing: a dash may be a figure.
        Content::Blank => Content::Unreadable,
        Content::Unreadable => match rival(document, written, measure) {
            Some(value) => Content::Number(value, Writing::Doubtful),
            None => Content::Unreadable,
        },
        Content::Missing => Content::Missing,
    };
    Written { content, ..written }
}

/// The figure that a cell shows if its characters are read in the next likeliest way.
fn rival(document: &Document, written: Written, measure: Measure) -> Option<f64> {
    let span = written.span?;
    let [sighting] = document.sightings(span) else { return None };
    let whole = sighting.reading == span;
    match number::read(sighting.rival.as_deref().filter(|_| whole)?, measure)? {
        Content::Number(value, _) => Some(value),
        _ => None,
    }
}

/// Where the sums of a line are against what was seen: the readings of it under which they come out, each with the
/// next likeliest figure in some cells. None where the sums come out, or nothing makes them.
fn others(document: &Document, term: &LineTerm, seen: &Reading) -> Vec<Reading> {
    let width = term.columns.len();
    if term.table == Table::Proactive || adds_up(seen, width) {
        return Vec::new();
    }
    let doubtful = |w: &Written| matches!(w.content, Content::Number(_, Writing::Doubtful));
    let swaps: Vec<(usize, f64)> = seen
        .iter()
        .enumerate()
        .filter(|(_, w)| doubtful(w))
        .filter_map(|(i, w)| rival(document, *w, measure(term, i)).map(|v| (i, v)))
        .take(MOST_SWAPS)
        .collect();
    let ways = (1usize..1 << swaps.len()).map(|way| {
        let mut reading = seen.clone();
        for (_, (at, value)) in swaps.iter().enumerate().filter(|(bit, _)| way >> bit & 1 == 1) {
            reading[*at].content = Content::Number(*value, Writing::Doubtful);
        }
        reading
    });
    ways.filter(|r| adds_up(r, width)).collect()
}

fn adds_up(reading: &Reading, width: usize) -> bool {
    reading.chunks(width).all(|part| {
        let total = part.last().and_then(Written::number).unwrap_or(0.0);
        part[..part.len() - 1].iter().map(|w| w.number().unwrap_or(0.0)).sum::<f64>() == total
    })
}

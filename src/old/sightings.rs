//! Figures that were read from a picture: what the recogniser was not sure of wants a witness.
//!
//! A figure below [`SURE`] is doubtful: it keeps its value as sound only if a tie speaks for it. Where a row's sum is
//! against what was seen, and what the recogniser saw next makes it right, both ways to read the row are handed to the
//! ledger.

use crate::document::Document;
use crate::report::{Content, Reading, Readings, Writing, Written};
use crate::terms::{LineTerm, Measure, Table};

use super::slots::MOST_READINGS;
use crate::tables::number;

/// Confidence below which a figure that was read from a picture is doubtful.
pub(crate) const SURE: f32 = 0.95;

/// The readings of a line with doubt where characters were not seen clearly.
pub(crate) fn doubted(document: &Document, term: &LineTerm, readings: Readings) -> Readings {
    if document.sightings.is_empty() {
        return readings;
    }
    let doubt = |reading: Reading| reading.into_iter().enumerate().map(|(i, w)| cell(document, w, measure(term, i)));
    match readings {
        Readings::Certain(reading) => {
            let seen: Reading = doubt(reading).collect();
            match others(document, term, &seen) {
                all if all.is_empty() => Readings::Certain(seen),
                all => Readings::Open(all),
            }
        }
        Readings::Open(all) => Readings::Open(all.into_iter().map(|r| doubt(r).collect()).collect()),
        other => other,
    }
}

fn measure(term: &LineTerm, cell: usize) -> Measure {
    term.columns[cell % term.columns.len()].measure
}

/// A cell with the doubt that its characters leave.
fn cell(document: &Document, written: Written, measure: Measure) -> Written {
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
        .take(MOST_READINGS.ilog2() as usize)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Sighting, Span};
    use crate::terms::{Edition, Form};

    /// A row of requests, each cell with its confidence and rival.
    fn row(cells: [(&str, f32, &str); 7]) -> (Document, Reading) {
        let mut document = Document::default();
        let mut reading = Reading::new();
        for (text, confidence, rival) in cells {
            let start = document.text.len();
            document.text.push_str(text);
            let span = Span::new(start, document.text.len());
            document.text.push('\t');
            if !text.is_empty() {
                document.sightings.push(Sighting { reading: span, confidence, rival: Some(rival.into()) });
            }
            let content = number::read(text, Measure::Count).unwrap_or(Content::Unreadable);
            reading.push(Written { content, span: Some(span) });
        }
        (document, reading)
    }

    fn term() -> &'static LineTerm {
        let lines = &Form::of(Edition::Of2021).lines;
        lines.iter().find(|l| l.table == Table::Requests).expect("the form has requests")
    }

    fn read(cells: [(&str, f32, &str); 7]) -> (Readings, Vec<Option<f64>>) {
        let (document, reading) = row(cells);
        let readings = doubted(&document, term(), Readings::Certain(reading));
        let first = match &readings {
            Readings::Certain(r) => r.iter().map(Written::number).collect(),
            Readings::Open(all) => all[0].iter().map(Written::number).collect(),
            _ => Vec::new(),
        };
        (readings, first)
    }

    const ZERO: (&str, f32, &str) = ("0", 1.0, "O");

    #[test]
    fn what_was_seen_clearly_is_certain() {
        let (readings, _) = read([("1", 1.0, "7"), ZERO, ZERO, ZERO, ZERO, ZERO, ("1", 1.0, "7")]);
        let Readings::Certain(r) = readings else { unreachable!("one way") };
        assert!(r.iter().all(|w| matches!(w.content, Content::Number(_, Writing::Plain))));
    }

    #[test]
    fn what_was_not_seen_clearly_is_doubtful() {
        let (readings, _) = read([("1", 0.6, "7"), ZERO, ZERO, ZERO, ZERO, ZERO, ("1", 1.0, "7")]);
        let Readings::Certain(r) = readings else { unreachable!("one way") };
        assert_eq!(r[0].content, Content::Number(1.0, Writing::Doubtful));
        assert_eq!(r[1].content, Content::Number(0.0, Writing::Plain));
    }

    #[test]
    fn the_sum_chooses_between_what_may_be_there() {
        let (readings, first) = read([("1", 0.6, "7"), ZERO, ZERO, ZERO, ZERO, ZERO, ("7", 1.0, "1")]);
        assert!(matches!(readings, Readings::Open(_)));
        assert_eq!((first[0], first[6]), (Some(7.0), Some(7.0)));
    }

    #[test]
    fn a_faint_dash_is_not_nothing() {
        let (_, seen) = read([("-", 0.5, "1"), ("/", 1.0, ""), ZERO, ZERO, ZERO, ZERO, ("1", 1.0, "7")]);
        assert_eq!(seen[..3], [None, None, Some(0.0)]);
        let (document, reading) = row([("-", 0.5, ""), ZERO, ZERO, ZERO, ZERO, ZERO, ZERO]);
        assert_eq!(cell(&document, reading[0], Measure::Count).content, Content::Unreadable);
    }
}

//! The table of requests by the order of its rows alone: page dumps tear labels from rows that keep their order.

use crate::document::Origin;
use crate::report::{Knowledge, Reading};
use crate::terms::{Labels, LineKey, Measure};

use super::bands::{Band, Ink, Value};
use super::choice::{self, Choosing};
use super::requests::{TableRead, counts, slots};
use super::settling;
use super::ways::{self, Sum};

/// Reads the rows of a region in the order in which they stand, whatever their labels: as many rows as the form has lines,
/// each with all its cells, whose sums hold. Page dumps tear labels from rows that keep their order.
pub(super) fn read(text: &str, bands: &[Band]) -> Option<TableRead> {
    let slots = slots();
    let rows = complete_rows(text, bands, slots.len())?;
    let labels = Labels::get();
    let lines: Vec<usize> = super::align::lines_of(crate::terms::Table::Requests).collect();
    let without = |one: bool| {
        let variant = move |line: &usize| {
            let row = labels.lines()[*line].rows[0];
            !row.starts_with("other") || (row == "other") == one
        };
        lines.iter().copied().filter(variant).collect::<Vec<_>>()
    };
    let lines = [without(false), without(true)].into_iter().find(|l| l.len() == rows.len())?;
    let mut out = TableRead { figures: rows.len(), origin: Some(Origin::Stream), ..TableRead::default() };
    let mut choosing = Vec::new();
    for (line, (cells, label)) in lines.iter().zip(&rows) {
        // A label that is known to the letter stands at its own row, or nothing holds.
        if label.is_some_and(|key| key.0 as usize != *line) {
            return None;
        }
        match ways::sum_of(cells, &slots, slots.len() - 1) {
            Sum::Holds(v) => out.holds += usize::from(v != 0.0),
            _ => return None,
        }
        let role = labels.lines()[*line].role;
        choosing.push(Choosing { role, ways: vec![(0.0, counts(cells))], may_be_unread: false });
        out.lines.push((LineKey(*line as u8), settling::one_way(None, cells.clone(), Knowledge::Ties)));
    }
    let outcome = choice::choose(&choosing, &[], 0.0);
    (outcome.cost == 0.0 && out.holds > 3).then_some(out)
}

/// The rows of a region, each with all its cells, and the line that its label names beyond doubt.
fn complete_rows(text: &str, bands: &[Band], width: usize) -> Option<Vec<(Reading, Option<LineKey>)>> {
    let mut out = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for band in bands {
        let filled = band.values.iter().filter(|v| v.ink != Ink::Empty).count();
        if band.whole && filled > 0 {
            let row: Vec<Value> = band.values.iter().filter(|v| v.ink != Ink::Empty).copied().collect();
            if row.len() != width || !open.is_empty() {
                return None;
            }
            let known = band.meaning.line.filter(|k| {
                band.meaning.header.is_none() && Labels::get().line(*k).table == crate::terms::Table::Requests
            });
            out.push((read_all(text, &row), known));
            continue;
        }
        for v in band.values.iter().filter(|v| v.ink != Ink::Empty) {
            open.push(*v);
            if open.len() == width {
                out.push((read_all(text, &open), None));
                open.clear();
            }
        }
        if out.len() > 40 {
            return None;
        }
    }
    open.is_empty().then_some(out)
}

fn read_all(text: &str, values: &[Value]) -> Reading {
    values.iter().map(|v| ways::written(text, v.span, Measure::Count)).collect()
}

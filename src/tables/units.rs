//! Amounts in the unit of the form: the unit of an amount is read from its cell, its label, the header above it, and the
//! nearest line above its table, in that order, and never guessed from how large it is.

use crate::document::Span;
use crate::report::{Content, Converted, LineRead};
use crate::terms::{Form, LineTerm, Measure, Table, Unit, unit_behind, unit_listed, unit_of_amount, unit_told};

use super::align::Instance;
use super::bands::{Band, Region};
use super::number;

/// How far above a table's first row a line may say its unit, in bytes.
const ABOVE: usize = 300;
/// Bytes of a table in front of an amount that are looked at.
const MOST: usize = 20_000;

/// Converts the amounts that the page gives in another unit than 10,000 yuan, and tells which.
pub(super) fn converted(
    text: &str,
    region: &Region,
    instances: &[Instance],
    form: &Form,
    lines: &mut [LineRead],
) -> Vec<Converted> {
    let mut out = Vec::new();
    for (n, (line, term)) in lines.iter_mut().zip(&form.lines).enumerate() {
        if term.table != Table::Proactive {
            continue;
        }
        for i in amounts(term) {
            let Some(cell) = line.cells.get_mut(i) else { continue };
            let (Content::Number(value, writing), Some(span)) = (cell.written.content, cell.written.span) else {
                continue;
            };
            let at = form.starts[n] + i;
            if let Some((shown, unit)) = in_cell(span.of(text)) {
                let read = Content::Number(number::scaled(shown, unit.worth), writing);
                cell.written.content = read;
                out.extend((unit.worth != 1.0).then_some(Converted { cell: at, shown, unit }));
            } else if let Some(unit) = around(text, region, instances, span).filter(|u| u.worth != 1.0) {
                cell.written.content = Content::Number(number::scaled(value, unit.worth), writing);
                out.push(Converted { cell: at, shown: value, unit });
            }
        }
    }
    out
}

fn amounts(term: &LineTerm) -> impl Iterator<Item = usize> {
    (0..term.len()).filter(|i| term.columns[i % term.columns.len()].measure == Measure::Money)
}

/// The figure and the unit of a cell that has one, behind the figure or in brackets behind it.
fn in_cell(raw: &str) -> Option<(f64, &'static Unit)> {
    let raw = number::bare(raw);
    let figure = |body: &str| match number::read(body, Measure::Money) {
        Some(Content::Number(value, _)) => Some(value),
        _ => None,
    };
    let (front, marked) = number::unmarked(raw);
    if let Some((body, unit)) = unit_behind(front) {
        return Some((figure(body)?, unit));
    }
    let note = &raw[front.len()..];
    let inside = note.trim().trim_matches(['(', ')', '（', '）']);
    let unit = unit_behind(inside).filter(|(before, _)| before.is_empty()).map(|(_, unit)| unit);
    let unit = unit.or_else(|| unit_listed(inside)).filter(|_| marked)?;
    Some((figure(front)?, unit))
}

/// The unit that the words around an amount give it.
fn around(text: &str, region: &Region, instances: &[Instance], amount: Span) -> Option<&'static Unit> {
    let bands = &region.bands;
    let holds = |b: &Band| b.values.iter().any(|v| v.whole().start <= amount.start && amount.end <= v.whole().end);
    let seats = || instances.iter().flat_map(|i| &i.seats);
    let seat = seats().find(|s| bands[s.bands.clone()].iter().any(holds))?;
    let own = &bands[seat.bands.clone()];
    // A column of units has the unit for its cell, between the label and the figure.
    let label = own.iter().flat_map(|b| &b.words).filter(|p| p.span.start < amount.start);
    let label: Vec<&str> = label.map(|p| p.span.of(text)).collect();
    if let Some(unit) = label.iter().rev().find_map(|words| alone(words).or_else(|| unit_told(words))) {
        return Some(unit);
    }
    let start = first(own)?;
    // The header begins behind the last row of figures above.
    let filled = bands[..seat.bands.start].iter().rev().find(|b| b.has_values());
    let behind = filled.and_then(|b| b.values.iter().map(|v| v.whole().end).max()).unwrap_or(0);
    let head = bands.iter().find_map(|b| first(std::slice::from_ref(b)))?;
    let near = slice(text, behind.max(head).max(start.saturating_sub(MOST as u32)), start);
    let before = slice(text, head.max(start.saturating_sub(MOST as u32)), start);
    let above = slice(text, head.saturating_sub(ABOVE as u32), start);
    unit_told(near).or_else(|| unit_of_amount(before)).or_else(|| unit_listed(above))
}

/// The unit that words are.
fn alone(words: &str) -> Option<&'static Unit> {
    unit_behind(number::bare(words)).filter(|(before, _)| before.is_empty()).map(|(_, unit)| unit)
}

/// Where the first characters of bands stand.
fn first(bands: &[Band]) -> Option<u32> {
    let words = bands.iter().flat_map(|b| &b.words).map(|p| p.span.start);
    words.chain(bands.iter().flat_map(|b| &b.values).map(|v| v.span.start)).min()
}

/// Characters from about one place to another.
fn slice(text: &str, from: u32, to: u32) -> &str {
    let whole = |at: u32| (0..=at as usize).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
    text.get(whole(from)..whole(to.max(from))).unwrap_or("")
}

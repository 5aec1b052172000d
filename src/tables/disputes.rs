//! The table of disputes: one line of fifteen numbers, or three labelled rows of five.

use crate::document::{Origin, Span};
use crate::report::{Knowledge, LineRead, Reading, Written};
use crate::terms::{DISPUTE_ROWS, Header, Measure, RESULTS, Table};

use super::align::goes_on;
use super::bands::{Band, Ink, Value};
use super::columns::{self, Columns};
use super::placing::{self, Placing, Rowed};
use super::rowing::gather;
use super::settling;
use super::spacing;
use super::ways::{self, Prices, Slot, Sum};

const RESULT_COUNT: usize = RESULTS.len();
const CELLS: usize = DISPUTE_ROWS.len() * RESULT_COUNT;

fn slots(count: usize) -> Vec<Slot> {
    (0..count)
        .map(|i| Slot { measure: Measure::Count, at: None, is_total: i % RESULT_COUNT == RESULT_COUNT - 1 })
        .collect()
}

/// Reads the line of disputes; none where nothing of it is there. `ordered` tells whether the cells of other tables follow their labels.
pub(super) fn read(text: &str, bands: &[Band], year: Option<i16>) -> Option<(LineRead, bool)> {
    let headers: Vec<&Band> = bands.iter().filter(|b| !b.has_values()).collect();
    let columns = columns::disputes(&columns::heads(text, &headers, Table::Disputes));
    if let Some(line) = labelled(text, bands) {
        return Some((line, false));
    }
    let mut rows = candidates(text, bands);
    if rows.is_empty() {
        return None;
    }
    if rows.len() > 1 {
        rows = of_the_year(text, bands, rows, year);
    }
    let mut lines: Vec<LineRead> = rows.iter().map(|r| line(text, &bands[r.clone()], &columns)).collect();
    let first = lines.remove(0);
    let figures = |l: &LineRead| l.cells.iter().map(|c| c.written.number()).collect::<Vec<_>>();
    let others: Vec<&LineRead> = lines.iter().filter(|l| figures(l) != figures(&first)).collect();
    if others.is_empty() {
        return Some((first, false));
    }
    // Two lines, and nothing tells which is the year's.
    let reading = |l: &LineRead| l.cells.iter().map(|c| c.written).collect::<Reading>();
    let span = first.cells.iter().filter_map(|c| c.written.span).next();
    let mut out = settling::unread(first.label, CELLS, span);
    for (i, cell) in out.cells.iter_mut().enumerate() {
        if others.iter().all(|o| o.cells[i].written.number() == first.cells[i].written.number()) {
            *cell = first.cells[i];
        }
    }
    out.ways = std::iter::once(&first).chain(others.iter().copied()).map(reading).collect();
    Some((out, true))
}

/// Runs of bands that may be the line: those with values, a row cut over lines as one.
fn candidates(text: &str, bands: &[Band]) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let named = |b: &Band| b.meaning.header.is_some() || b.meaning.line.is_some();
    for (n, band) in bands.iter().enumerate() {
        let empty = band.values.iter().all(|v| v.ink == Ink::Empty);
        if band.values.is_empty() || is_index(text, band) || (empty && band.values.len() < RESULT_COUNT) {
            continue;
        }
        // Cells in front of header words are none.
        if !band.has_figures() && named(band) && band.whole {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == n && (goes_on(&bands[last.start], band) || !band.whole) => last.end = n + 1,
            _ => out.push(n..n + 1),
        }
    }
    for has in [Band::has_values, Band::has_figures] {
        let is = |r: &std::ops::Range<usize>| bands[r.clone()].iter().any(has);
        if out.iter().any(is) {
            out.retain(is);
        }
    }
    // Words of a section, with a number in them, are no row.
    let most = out.iter().map(|r| count(&bands[r.clone()])).max().unwrap_or(0);
    if most >= 5 {
        out.retain(|r| count(&bands[r.clone()]) * 3 >= most);
    }
    out
}

/// Whether a row counts its own columns, 0 1 2 …, as the print of a data frame does.
fn is_index(text: &str, band: &Band) -> bool {
    let counts = |(i, v): (usize, &Value)| v.span.of(text) == i.to_string();
    band.words.is_empty() && band.values.len() > 4 && band.values.iter().enumerate().all(counts)
}

fn count(bands: &[Band]) -> usize {
    bands.iter().map(|b| b.values.iter().filter(|v| v.ink != Ink::Empty).count().max(b.values.len().min(1))).sum()
}

/// Of several candidates those that a year in front of them does not give to another year.
fn of_the_year(
    text: &str,
    bands: &[Band],
    rows: Vec<std::ops::Range<usize>>,
    year: Option<i16>,
) -> Vec<std::ops::Range<usize>> {
    let Some(year) = year else { return rows };
    let mut from = 0;
    let years: Vec<Option<i16>> = rows
        .iter()
        .map(|r| {
            let words = bands[from..r.end].iter().flat_map(|b| &b.words).map(|p| p.span.of(text));
            from = r.end;
            words.rev().find_map(|w| year_in(w, year))
        })
        .collect();
    if years.contains(&Some(year)) {
        return rows.into_iter().zip(years).filter(|(_, y)| *y == Some(year)).map(|(r, _)| r).collect();
    }
    let unnamed: Vec<_> = rows.iter().cloned().zip(&years).filter(|(_, y)| y.is_none()).map(|(r, _)| r).collect();
    if unnamed.is_empty() { rows } else { unnamed }
}

/// The year that words name: in digits, or as this one or the last one.
fn year_in(words: &str, year: i16) -> Option<i16> {
    if words.len() > 120 {
        return None;
    }
    if let Some(shift) = crate::terms::year_shift(words) {
        return Some(year + shift);
    }
    let bytes = words.as_bytes();
    bytes.windows(4).enumerate().find_map(|(at, w)| {
        let alone = !bytes.get(at + 4).is_some_and(u8::is_ascii_digit) && (at == 0 || !bytes[at - 1].is_ascii_digit());
        let number: i16 = std::str::from_utf8(w).ok()?.parse().ok()?;
        (alone && (2000..2100).contains(&number)).then_some(number)
    })
}

/// Three rows, each with its label.
fn labelled(text: &str, bands: &[Band]) -> Option<LineRead> {
    let row_of = |b: &Band| match b.meaning.header {
        Some(Header::DisputeRow(n)) if b.has_values() => Some(n as usize),
        _ => None,
    };
    let named: Vec<(usize, &Band)> = bands.iter().filter_map(|b| Some((row_of(b)?, b))).collect();
    if named.len() < 2 || named.iter().any(|(_, b)| b.values.len() > RESULT_COUNT + 2) {
        return None;
    }
    let mut cells = vec![crate::report::CellRead { written: Written::MISSING, knowledge: Knowledge::Page }; CELLS];
    for (row, band) in &named {
        let part = read_row(text, std::slice::from_ref(*band), &Columns::default(), RESULT_COUNT);
        let at = row * RESULT_COUNT;
        cells[at..at + RESULT_COUNT].copy_from_slice(&part.cells);
    }
    Some(LineRead { label: named[0].1.label_span(), cells, ways: Vec::new() })
}

fn line(text: &str, bands: &[Band], columns: &Columns) -> LineRead {
    read_row(text, bands, columns, CELLS)
}

fn read_row(text: &str, bands: &[Band], columns: &Columns, count: usize) -> LineRead {
    let slots = slots(count);
    let first = bands.iter().find(|b| !b.values.is_empty()).unwrap_or(&bands[0]);
    let mut row = Rowed {
        line: 0,
        label: bands.iter().find_map(Band::label_span),
        origin: first.origin,
        whole: first.whole,
        values: gather(bands),
        beside_stray: false,
    };
    // Empty lines behind the last number are those between it and the next section.
    while !row.whole && row.values.last().is_some_and(|v| v.ink == Ink::Empty) {
        row.values.pop();
    }
    placing::without_gaps(std::slice::from_mut(&mut row), |_| count);
    let kept = row.keeps_cells();
    let order = Placing::Order((0..count).map(Some).collect());
    let by_header = (kept && columns.is_whole() && columns.extents.len() == count)
        .then(|| placing::place(text, &row, &Placing::Header, columns, &slots))
        .flatten()
        .filter(|cells| {
            let figures = row.values.iter().filter(|v| v.ink == Ink::Figure).count();
            cells.iter().filter(|c| c.number().is_some()).count() == figures
        });
    if let Some(cells) = by_header.or_else(|| placing::place(text, &row, &order, columns, &slots)) {
        let sums = (0..count).filter(|i| slots[*i].is_total).map(|i| ways::sum_of(&cells, &slots, i));
        let (mut holds, mut broken) = (0, 0);
        sums.for_each(|s| match s {
            Sum::Holds(v) if v != 0.0 => holds += 1,
            Sum::Broken => broken += 1,
            _ => {}
        });
        // Where every sum breaks, the cells were parted wrongly, or stand in another order.
        let doubt = broken >= 2 && holds == 0 || (!kept && broken > 0 && row.origin == Origin::Stream);
        return settling::one_way(row.label, cells, if doubt { Knowledge::Doubt } else { Knowledge::Page });
    }
    let narrow = spacing::spread(&[&row], true) > spacing::spread(&[&row], false);
    let mut placed = slots.clone();
    if columns.is_whole() && columns.extents.len() == count && (row.origin == Origin::Spaced || kept) {
        for (slot, e) in placed.iter_mut().zip(&columns.extents) {
            slot.at = e.map(|e| if narrow { e.narrow } else { e.wide });
        }
    }
    let values: Vec<Value> = row
        .values
        .iter()
        .filter(|v| v.ink != Ink::Empty || kept)
        .map(|v| if narrow { Value { extent: v.narrow, ..*v } } else { *v })
        .collect();
    // Where digits follow digits: whether there are enough of them for all cells.
    let glued = values.iter().any(|v| v.ink == Ink::Digits);
    let size = |v: &Value| if v.ink == Ink::Digits { v.span.of(text).chars().count() } else { 1 };
    let enough = glued && values.iter().map(size).sum::<usize>() >= count;
    let prices = Prices {
        skip: if enough { 0.6 } else { 0.04 },
        drop: 1.2,
        drop_mark: 0.6,
        drop_zero: 1.2,
        join: 0.5,
        // Columns so narrow that one figure touches the next: pdfplumber gives `1452582` for 1452 and 582.
        cut: if row.origin == Origin::Spaced && values.len() < count { 0.3 } else { f32::INFINITY },
        part: 0.6,
        aside: 3.0,
        shift: 0.2,
        broken: if glued { 4.0 } else { 1.0 },
        no_total: 1.0,
    };
    let ways = ways::ways(text, &values, &placed, &prices);
    let span =
        values.iter().map(Value::whole).reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
    if !ways.whole || ways.list.is_empty() {
        return settling::unread(row.label, count, span);
    }
    let least = ways.list[0].cost;
    let supported: Vec<bool> = ways.list.iter().map(|w| w.cost < least + 1.0).collect();
    let mut out = settling::agreed(row.label, &ways.list, &supported, true);
    // A way that has to break a sum, or leave a figure out, may be none at all.
    if least >= 1.0 {
        out = settling::unread(row.label, count, span);
    }
    out
}

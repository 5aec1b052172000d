//! The table of proactive disclosure: no sums tie it, so its cells are known from the page or not at all.

use crate::document::Origin;
use crate::report::{Knowledge, LineRead, Reading, Written};
use crate::terms::{Edition, Header, Labels, LineKey, LineTerm, Table};

use super::align::Instance;
use super::bands::{Band, Ink, Value};
use super::columns::{self, Columns, Head};
use super::placing::{self, Placing, Rowed};
use super::requests::TableRead;
use super::rowing::rowed;
use super::settling;
use super::ways::{self, Prices, Slot};

/// The words of the header, for each band that is no line.
pub(super) fn heads(text: &str, bands: &[Band], instance: &Instance) -> Vec<Head> {
    let free = |b: &usize| !instance.seats.iter().any(|s| s.bands.contains(b));
    let headers: Vec<&Band> = instance.bands.clone().filter(free).map(|b| &bands[b]).collect();
    columns::heads(text, &headers, Table::Proactive)
}

/// The codes of the columns that the header names.
pub(super) fn columns_seen(heads: &[Head]) -> Vec<&'static str> {
    let key = |h: &Head| match h.header {
        Header::ProactiveColumn(key) => Some(key),
        _ => None,
    };
    heads.iter().filter_map(key).collect()
}

/// Reads the table in the form of an edition. `ordered` tells whether the cells of other tables of the document follow
/// their labels.
pub(super) fn read(text: &str, bands: &[Band], instance: &Instance, edition: Edition, ordered: bool) -> TableRead {
    let labels = Labels::get();
    let heads = heads(text, bands, instance);
    let mut out = TableRead::default();
    let term_of = |row: &Rowed| {
        let position = labels.position(LineKey(row.line as u8), edition)?;
        Some(crate::terms::Form::of(edition).lines[position])
    };
    let mut rows: Vec<Rowed> = instance.seats.iter().map(|s| rowed(bands, s)).collect();
    placing::without_gaps(&mut rows, |r| term_of(r).map_or(3, LineTerm::len));
    for (n, (seat, row)) in instance.seats.iter().zip(&rows).enumerate() {
        let Some(term) = term_of(row) else { continue };
        let own = &bands[seat.bands.clone()];
        out.figures += usize::from(row.has_figures());
        out.origin = out.origin.max(Some(row.origin));
        let above = heads.iter().filter(|h| h.at.row <= own[0].row).copied().collect::<Vec<_>>();
        let columns = nearest(&above, term);
        // A label without values before this one: whose the values are, nothing tells.
        let bare_before = n > 0 && {
            let before = &instance.seats[n - 1];
            !bands[before.bands.clone()].iter().any(Band::has_values) && before.bands.end == seat.bands.start
        };
        let loose = !row.keeps_cells() && row.origin != Origin::Spaced;
        let doubtful = loose && !ordered && bare_before;
        let stray = super::rowing::beside_stray(bands, instance, seat);
        let line = match stray && !row.has_figures() {
            true => settling::unread(row.label, term.len(), row.values.first().map(|v| v.span)),
            false => line(text, row, term, &columns, doubtful || stray && loose),
        };
        out.lines.push((seat.key, line));
    }
    out
}

/// The columns of a line by the header that stands nearest above it.
fn nearest(above: &[Head], term: &LineTerm) -> Columns {
    let keys: Vec<&'static str> = term.columns.iter().map(|c| c.key).collect();
    let fits = |h: &&Head| matches!(h.header, Header::ProactiveColumn(key) if keys.contains(&key));
    let last = above.iter().filter(fits).map(|h| h.at.row).max().unwrap_or(0);
    // The words of one header stand within a few rows.
    let first = last.saturating_sub(6);
    let near: Vec<Head> = above.iter().filter(|h| h.at.row >= first).copied().collect();
    columns::proactive(&near, &keys)
}

fn line(text: &str, row: &Rowed, term: &LineTerm, columns: &Columns, doubtful: bool) -> LineRead {
    let slots: Vec<Slot> =
        term.columns.iter().map(|c| Slot { measure: c.measure, at: None, is_total: false }).collect();
    if row.values.is_empty() {
        return settling::one_way(row.label, vec![Written::MISSING; slots.len()], Knowledge::Page);
    }
    if let Some(cells) = direct(text, row, columns, &slots) {
        let knowledge = if doubtful { Knowledge::Doubt } else { Knowledge::Page };
        return settling::one_way(row.label, cells, knowledge);
    }
    let (slots, narrow) = placed_slots(row, columns, &slots);
    let prices = Prices {
        skip: 0.04,
        drop: 1.2,
        drop_mark: 0.6,
        drop_zero: 1.2,
        join: 0.9,
        cut: f32::INFINITY,
        part: 0.6,
        aside: 3.0,
        shift: 0.2,
        broken: 0.0,
        no_total: 0.0,
    };
    let values: Vec<Value> = row
        .values
        .iter()
        .filter(|v| v.ink != Ink::Empty || row.keeps_cells())
        .map(|v| if narrow { Value { extent: v.narrow, ..*v } } else { *v })
        .collect();
    let ways = ways::ways(text, &values, &slots, &prices);
    let least = ways.list.first().map_or(0.0, |w| w.cost);
    let supported: Vec<bool> = ways.list.iter().map(|w| w.cost < least + 1.0).collect();
    // A figure that no column takes may be the cell's that looks empty.
    let figures = row.values.iter().filter(|v| matches!(v.ink, Ink::Figure | Ink::Digits)).count();
    let lost = ways
        .list
        .first()
        .is_some_and(|w| w.cells.iter().filter(|c| c.number().is_some()).count() < figures.min(slots.len()));
    if !ways.whole || doubtful || lost {
        let span = row.values.first().map(|v| v.span);
        return settling::unread(row.label, slots.len(), span);
    }
    settling::agreed(row.label, &ways.list, &supported, false)
}

/// The cells of a row whose places are clear.
fn direct(text: &str, row: &Rowed, columns: &Columns, slots: &[Slot]) -> Option<Reading> {
    let kept = row.keeps_cells();
    // Where characters part cells, a row with fewer of them than columns has lost one, and nothing tells where.
    let complete = row.origin != Origin::Separated || row.values.len() >= slots.len();
    if kept && complete && columns.is_whole() {
        let figures = row.values.iter().filter(|v| v.ink == Ink::Figure).count();
        if let Some(cells) = placing::place(text, row, &Placing::Header, columns, slots) {
            let placed = cells.iter().filter(|c| c.number().is_some()).count();
            if (placed > 0 || figures == 0) && (figures == placed || all_same(text, row)) {
                return Some(cells);
            }
        }
    }
    let read: Vec<usize> = columns.sequence.clone();
    let order: Vec<usize> = if read.len() == slots.len() { read } else { (0..slots.len()).collect() };
    let map: Vec<Option<usize>> = order.into_iter().map(Some).collect();
    let width = placing::trimmed(row, slots.len()).len();
    // A merged cell that was written once for each column that it covers.
    if slots.len() == 1 && width > 1 && kept && all_same(text, row) {
        let one = Rowed { values: vec![row.values[0]], ..row.clone() };
        return placing::place(text, &one, &Placing::Order(map), columns, slots);
    }
    if width != slots.len() {
        return None;
    }
    // Where only spaces part cells, a row with all its cells needs no places.
    placing::place(text, row, &Placing::Order(map), columns, slots)
}

fn all_same(text: &str, row: &Rowed) -> bool {
    row.values.windows(2).all(|w| w[0].span.of(text) == w[1].span.of(text))
}

/// Slots with the places of the header's words, by the way to count columns under which more values stand below words.
fn placed_slots(row: &Rowed, columns: &Columns, slots: &[Slot]) -> (Vec<Slot>, bool) {
    let mut out = slots.to_vec();
    if row.origin != Origin::Spaced && !row.keeps_cells() {
        return (out, false);
    }
    let extents: Option<Vec<_>> = columns.extents.iter().copied().collect();
    let Some(extents) = extents else { return (out, false) };
    let off = |narrow: bool| -> i32 {
        let centre = |e: (i32, i32)| e.0 + e.1;
        let of = |v: &Value| centre(if narrow { v.narrow } else { v.extent });
        let at = |e: &columns::Extent| centre(if narrow { e.narrow } else { e.wide });
        row.values.iter().map(|v| extents.iter().map(|e| (at(e) - of(v)).abs()).min().unwrap_or(0)).sum()
    };
    let narrow = off(true) < off(false);
    for (slot, e) in out.iter_mut().zip(&extents) {
        slot.at = Some(if narrow { e.narrow } else { e.wide });
    }
    (out, narrow)
}

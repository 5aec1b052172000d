//! Rows whose cells are told apart: which column each of them is in, decided for the whole table at once.

use crate::document::{Origin, Span};
use crate::law::{Law, sign};
use crate::report::{Content, Written};
use crate::terms::{Labels, Measure, Role};

use super::bands::{Ink, Value};
use super::columns::{Columns, Extent};
use super::number;
use super::ways::{self, Slot, Sum, sum_of, written};

/// A line of a table with its values.
#[derive(Debug, Clone)]
pub(super) struct Rowed {
    /// Its position among the lines of the table.
    pub line: usize,
    pub label: Option<Span>,
    pub origin: Origin,
    /// Whether its values stand in one row.
    pub whole: bool,
    pub values: Vec<Value>,
    /// Whether figures that are in no line stand right beside it.
    pub beside_stray: bool,
}

impl Rowed {
    /// Whether empty cells are pieces too.
    pub(super) fn keeps_cells(&self) -> bool {
        self.whole && matches!(self.origin, Origin::Markup | Origin::Ruled | Origin::Separated)
    }

    pub(super) fn has_figures(&self) -> bool {
        self.values.iter().any(|v| matches!(v.ink, Ink::Figure | Ink::Digits))
    }

    /// Whether several cells may hide in one of its pieces.
    fn is_clear(&self, text: &str) -> bool {
        self.values.iter().all(|v| v.ink != Ink::Digits && v.below[0].is_empty() && !number::is_cut(v.span.of(text)))
    }
}

/// How the cells of rows are given to columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Placing {
    /// By where the words of the header stand.
    Header,
    /// By their order: the column of each cell, none for a cell that is no column's.
    Order(Vec<Option<usize>>),
    /// By where they stand: the columns follow each other from a place on.
    From(i32),
    /// The last cells of a row: what stands before them is the rest of a merged label.
    Last,
}

/// The cells of a row under one placing; none where it does not fit.
pub(super) fn place(
    text: &str,
    row: &Rowed,
    placing: &Placing,
    columns: &Columns,
    slots: &[Slot],
) -> Option<Vec<Written>> {
    // In a cell whose borders are certain, digits over several lines are one number.
    let one_number = row.keeps_cells() && row.values.iter().all(|v| v.below[0].is_empty());
    if !row.is_clear(text) && !one_number {
        return None;
    }
    match placing {
        Placing::Header => by_header(text, row, columns, slots),
        Placing::Order(map) => by_order(text, row, map, slots),
        Placing::Last => {
            let first = row.values.len().checked_sub(slots.len())?;
            let merged = row.values[..first].iter().all(|v| v.ink == Ink::Empty);
            let cells = row.values[first..].iter().zip(slots).map(|(v, s)| cell(text, v, s.measure));
            merged.then(|| cells.collect())
        }
        Placing::From(start) => by_place(text, row, *start, slots),
    }
}

fn by_place(text: &str, row: &Rowed, start: i32, slots: &[Slot]) -> Option<Vec<Written>> {
    let mut out = vec![Written::MISSING; slots.len()];
    for v in &row.values {
        let places = (v.extent.0.max(start) - start)..(v.extent.1 - start).min(slots.len() as i32);
        match (v.ink, places.len()) {
            (Ink::Empty | Ink::Nil, _) => {
                places.for_each(|i| out[i as usize] = cell(text, v, slots[i as usize].measure))
            }
            (_, 1) => out[places.start as usize] = cell(text, v, slots[places.start as usize].measure),
            _ => return None,
        }
    }
    Some(out)
}

fn cell(text: &str, v: &Value, measure: Measure) -> Written {
    match v.ink {
        Ink::Empty | Ink::Nil => Written { content: Content::Blank, span: Some(v.span) },
        _ if number::is_cut(v.span.of(text)) => ways::joined_cell(text, v.span),
        _ => written(text, v.span, measure),
    }
}

fn by_header(text: &str, row: &Rowed, columns: &Columns, slots: &[Slot]) -> Option<Vec<Written>> {
    let mut out = vec![Written::MISSING; slots.len()];
    let over = |v: &Value, e: &Extent| (v.extent.1.min(e.wide.1) - v.extent.0.max(e.wide.0)).max(0);
    for v in &row.values {
        let under: Vec<usize> =
            (0..slots.len()).filter(|i| columns.extents[*i].is_some_and(|e| over(v, &e) > 0)).collect();
        match (&under[..], v.ink) {
            ([], _) => {}
            ([one], _) => {
                let read = cell(text, v, slots[*one].measure);
                match (out[*one].content, read.content) {
                    (Content::Missing | Content::Blank, _) => out[*one] = read,
                    (_, Content::Blank) => {}
                    // A merged cell that was written several times says the same in each place.
                    (a, b) if a == b && repeats(text, row, v) => {}
                    _ => return None,
                }
            }
            (many, Ink::Empty | Ink::Nil) => {
                for i in many {
                    if out[*i].content == Content::Missing {
                        out[*i] = cell(text, v, slots[*i].measure);
                    }
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Whether another value of the row has the same characters.
fn repeats(text: &str, row: &Rowed, v: &Value) -> bool {
    row.values.iter().any(|w| w.span != v.span && w.span.of(text) == v.span.of(text))
}

/// The values of a row without empty cells behind the last column.
pub(super) fn trimmed(row: &Rowed, most: usize) -> &[Value] {
    let mut values = &row.values[..];
    while let [rest @ .., last] = values
        && values.len() > most
        && last.ink == Ink::Empty
    {
        values = rest;
    }
    values
}

fn by_order(text: &str, row: &Rowed, map: &[Option<usize>], slots: &[Slot]) -> Option<Vec<Written>> {
    let values = trimmed(row, map.len());
    let mut out = vec![Written::MISSING; slots.len()];
    if values.len() != map.len() {
        // A row without any figure says so for all its cells, however many there are.
        let blank = !values.is_empty() && values.iter().all(|v| v.ink == Ink::Empty) && row.keeps_cells();
        if blank {
            out.fill(Written { content: Content::Blank, span: Some(values[0].span) });
        }
        return blank.then_some(out);
    }
    for (v, to) in values.iter().zip(map) {
        if let Some(i) = to {
            out[*i] = cell(text, v, slots[*i].measure);
        }
    }
    Some(out)
}

/// How well a placing fits a table.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fit {
    /// Rows that it cannot place.
    pub unfit: usize,
    /// Sums that hold and that do not, those of nothing left out.
    pub holds: usize,
    pub broken: usize,
    /// Figures that are in no column.
    pub strays: usize,
}

impl Fit {
    fn cost(&self) -> f32 {
        2.0 * self.unfit as f32 + self.broken as f32 - 0.5 * self.holds as f32 + 0.2 * self.strays as f32
    }
}

/// How well a placing fits rows.
pub(super) fn fit(text: &str, rows: &[&Rowed], placing: &Placing, columns: &Columns, slots: &[Slot]) -> Fit {
    let mut out = Fit::default();
    let mut sums = Sums::default();
    for row in rows {
        let Some(cells) = place(text, row, placing, columns, slots) else {
            out.unfit += 1;
            continue;
        };
        let figures = trimmed(row, usize::MAX).iter().filter(|v| v.ink == Ink::Figure).count();
        let placed = cells.iter().filter(|c| c.number().is_some()).count();
        let strays = figures.saturating_sub(placed);
        out.strays += strays;
        // Under a header that lacks a column every figure has to stand below its words.
        out.unfit += usize::from(strays > 0 && *placing == Placing::Header && !columns.is_whole());
        sums.add(row.line, &cells);
        for (i, slot) in slots.iter().enumerate() {
            if !slot.is_total {
                continue;
            }
            match sum_of(&cells, slots, i) {
                Sum::Holds(v) if v != 0.0 => out.holds += 1,
                Sum::Broken => out.broken += 1,
                _ => {}
            }
        }
    }
    if out.unfit == 0 {
        let (holds, broken) = sums.assess();
        out.holds += holds;
        out.broken += broken;
    }
    out
}

/// The sums along the columns of the requests table.
#[derive(Default)]
struct Sums {
    /// For each law and column the sum, and whether anything but zero went into it.
    laws: [[(f64, bool); crate::law::APPLICANT_COLUMNS]; 2],
    roles: Vec<Role>,
}

const LAWS: [Law; 2] = [Law::Balance, Law::Outcomes];

impl Sums {
    fn add(&mut self, line: usize, cells: &[Written]) {
        let role = Labels::get().lines()[line].role;
        self.roles.push(role);
        for (law, columns) in LAWS.iter().zip(&mut self.laws) {
            let s = f64::from(sign(*law, role));
            for (sum, cell) in columns.iter_mut().zip(cells) {
                let v = cell.number().unwrap_or(0.0);
                sum.0 += s * v;
                sum.1 |= s != 0.0 && v != 0.0;
            }
        }
    }

    /// How many sums of something hold, and how many do not; none where a line that all take part in is missing.
    fn assess(&self) -> (usize, usize) {
        let needed = [Role::Received, Role::CarriedIn, Role::ConcludedTotal, Role::CarriedOut];
        if !needed.iter().all(|r| self.roles.contains(r)) {
            return (0, 0);
        }
        let told = self.laws.iter().flatten().filter(|(_, any)| *any);
        told.fold(
            (0, 0),
            |(holds, broken), (sum, _)| if *sum == 0.0 { (holds + 1, broken) } else { (holds, broken + 1) },
        )
    }
}

/// The placings that may hold for rows, the likeliest first.
fn candidates(rows: &[&Rowed], columns: &Columns, slots: usize) -> Vec<Placing> {
    let (usual, uniform) = usual_width(rows, slots);
    let full = rows.iter().any(|r| trimmed(r, slots).len() == slots);
    let kept = rows.iter().all(|r| r.keeps_cells());
    let width = if full && usual < slots { slots } else { usual };
    let mut out = Vec::new();
    let order = |list: &[usize]| Placing::Order(list.iter().map(|i| Some(*i)).collect());
    // A header that lacks a column is one all the same: the issuer left it out.
    let named = columns.extents.iter().flatten().count();
    if columns.is_whole() || (named + 1 == slots && named > 3 && columns.is_apart() && kept) {
        out.push(Placing::Header);
    }
    let form: Vec<usize> = (0..slots).collect();
    let read: Vec<usize> = columns.sequence.clone();
    let last = slots.saturating_sub(1);
    // A header over two rows names the total, and what stands beside it, before the columns in between: where the total
    // is read among the parts, the words tell no order.
    let parts = |list: &[usize]| list.iter().copied().filter(|i| *i != last).collect::<Vec<_>>();
    let ends = read.first() == Some(&last) || read.last() == Some(&last);
    let named = read.len() == width && width > 1 && (width == slots || uniform);
    let mut total_last = parts(&read);
    total_last.extend(read.contains(&last).then_some(last));
    let swapped = named && parts(&read) != parts(&form);
    if width == slots && !swapped {
        out.push(order(&form));
    }
    if swapped && !ends {
        out.push(order(&total_last));
    }
    if named && ends && read != form {
        out.push(order(&read));
    }
    if width == slots && swapped {
        out.push(order(&form));
    }
    if width == slots && slots > 2 && read.is_empty() {
        let mut total_first = vec![last];
        total_first.extend(0..last);
        out.push(order(&total_first));
    }
    // A column that is none of the form's.
    if width == slots + 1 {
        for extra in 0..width {
            let mut map: Vec<Option<usize>> = form.iter().map(|i| Some(*i)).collect();
            map.insert(extra, None);
            out.push(Placing::Order(map));
        }
    }
    // Cells that are there several times have no places of their own.
    let most = rows.iter().map(|r| r.values.iter().filter(|v| v.ink != Ink::Empty).count()).max().unwrap_or(0);
    // Where every row has its cells, the order tells all there is to tell.
    let complete = rows.iter().all(|r| r.values.len() == slots);
    if kept && most <= slots + 1 && !complete {
        let figures = || rows.iter().flat_map(|r| &r.values).filter(|v| v.ink == Ink::Figure).map(|v| v.extent);
        let starts = [figures().map(|e| e.0).min(), figures().map(|e| e.1).max().map(|e| e - slots as i32)];
        out.push(Placing::Last);
        out.extend(starts.into_iter().flatten().map(Placing::From));
        out.dedup();
    }
    out
}

/// The placing of a table.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub placing: Placing,
    pub fit: Fit,
    /// Another placing that fits as well and gives other figures.
    pub rival: Option<Placing>,
}

/// The placings of a table that fit most rows and sums, the best first; none where no row has as many cells as the form.
pub(super) fn placings(text: &str, rows: &[&Rowed], columns: &Columns, slots: &[Slot]) -> Vec<Placed> {
    let mut list: Vec<(Placing, Fit)> = candidates(rows, columns, slots.len())
        .into_iter()
        .map(|p| {
            let fit = fit(text, rows, &p, columns, slots);
            (p, fit)
        })
        .filter(|(_, fit)| fit.unfit < rows.len() || rows.is_empty())
        .collect();
    // The first of equals is the likeliest.
    list.sort_by(|a, b| a.1.cost().total_cmp(&b.1.cost()));
    let rival = |placing: &Placing, fit: &Fit, others: &[(Placing, Fit)]| {
        let trusted = *placing == Placing::Header && fit.unfit == 0;
        let near = others.iter().filter(|(p, other)| !trusted && p != placing && other.cost() < fit.cost() + 1.0);
        near.map(|(p, _)| p)
            .find(|p| {
                !is_header_order(columns, placing, p)
                    && rows.iter().any(|r| differs(text, r, placing, p, columns, slots))
            })
            .cloned()
    };
    let placed = |(placing, fit): &(Placing, Fit)| Placed {
        placing: placing.clone(),
        fit: *fit,
        rival: rival(placing, fit, &list),
    };
    list.iter().take(MOST_PLACINGS).map(placed).collect()
}

/// Placings of a table that are tried to the end.
const MOST_PLACINGS: usize = 5;

/// Whether the header names the columns in the order of the first placing, so that another order has nothing for it.
fn is_header_order(columns: &Columns, chosen: &Placing, rival: &Placing) -> bool {
    let Placing::Order(map) = chosen else { return true };
    let named: Vec<usize> = map.iter().flatten().copied().collect();
    let parts = |list: &[usize]| list.iter().copied().filter(|i| *i + 1 != map.len()).collect::<Vec<_>>();
    let form = named.windows(2).all(|w| w[0] < w[1]);
    let rival_drops = matches!(rival, Placing::Order(m) if m.contains(&None));
    !rival_drops
        && ((!columns.sequence.is_empty() && parts(&columns.sequence) == parts(&named))
            || (columns.sequence.is_empty() && form))
}

fn differs(text: &str, row: &Rowed, a: &Placing, b: &Placing, columns: &Columns, slots: &[Slot]) -> bool {
    let numbers =
        |p: &Placing| place(text, row, p, columns, slots).map(|c| c.iter().map(Written::number).collect::<Vec<_>>());
    numbers(a) != numbers(b)
}

/// How many cells most rows have, and whether all have as many.
fn usual_width(rows: &[&Rowed], slots: usize) -> (usize, bool) {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().filter(|r| !r.values.is_empty()) {
        // Empty cells far behind the last column are those of a wider table on the same sheet.
        let width = if row.values.len() <= slots + 1 { row.values.len() } else { trimmed(row, slots).len() };
        match counts.iter_mut().find(|(w, _)| *w == width) {
            Some((_, n)) => *n += 1,
            None => counts.push((width, 1)),
        }
    }
    let uniform = counts.len() == 1;
    let usual = counts.into_iter().max_by_key(|(width, n)| (*n, *width == slots)).map_or(slots, |(width, _)| width);
    (usual, uniform)
}

/// The columns in the order in which a placing has them on the page, where that is not the order of the form.
pub(super) fn visual(placing: &Placing, columns: &Columns, slots: usize) -> Option<Vec<usize>> {
    let order: Vec<usize> = match placing {
        Placing::Order(map) => map.iter().flatten().copied().collect(),
        Placing::Header => {
            let mut all: Vec<usize> = (0..slots).filter(|i| columns.extents[*i].is_some()).collect();
            all.sort_by_key(|i| columns.extents[*i].map(|e| e.wide.0));
            all
        }
        Placing::From(_) | Placing::Last => return None,
    };
    (order.len() == slots && order.windows(2).any(|w| w[0] > w[1])).then_some(order)
}

/// Takes lines of white space for empty cells only where most rows that have some then have all their cells.
pub(super) fn without_gaps(rows: &mut [Rowed], cells: impl Fn(&Rowed) -> usize) {
    // Between digits that nothing parts no line is a cell.
    for row in rows.iter_mut().filter(|r| r.origin == Origin::Glued) {
        row.values.retain(|v| v.ink != Ink::Empty);
    }
    let loose = |r: &&mut Rowed| !r.whole && r.values.iter().any(|v| v.ink == Ink::Empty && v.span.is_empty());
    let (mut all, mut fit) = (0, 0);
    for row in rows.iter_mut().filter(loose) {
        all += 1;
        fit += usize::from(trimmed(row, cells(row)).len() == cells(row));
    }
    let meant = fit * 10 >= all * 7;
    for row in rows.iter_mut().filter(loose) {
        let most = cells(row);
        if meant {
            let kept = trimmed(row, most).len();
            row.values.truncate(kept);
        } else {
            row.values.retain(|v| v.ink != Ink::Empty);
        }
    }
}

//! What a sheet shows: its rows without what is hidden, merged cells as one, and of these the lines and the tables.
//!
//! Every cell of a table is told, the empty ones too: an empty cell is no missing one.

use std::collections::BTreeMap;

use super::{Area, MAX_COLUMNS, MAX_ROWS, Sheet, Stretch, Value};
use crate::decode::Budget;
use crate::decode::compose::{Cell, Part, Table};
use crate::decode::rowkind::{Face, Kind, kinds};
use crate::error::Failure;

/// Rows or columns of which some are not shown.
#[derive(Debug)]
struct Axis {
    /// The hidden stretches in their order, none touching another.
    hidden: Vec<Stretch>,
    /// How many are hidden up to the end of each stretch.
    before: Vec<u32>,
}

impl Axis {
    fn of(mut all: Vec<Stretch>, length: u32) -> Axis {
        all.retain(|s| s.first <= s.last && s.first < length);
        all.sort_unstable_by_key(|s| s.first);
        let mut hidden: Vec<Stretch> = Vec::new();
        for stretch in all {
            match hidden.last_mut() {
                Some(last) if stretch.first <= last.last.saturating_add(1) => last.last = last.last.max(stretch.last),
                _ => hidden.push(stretch),
            }
        }
        let lengths = hidden.iter().map(|s| s.last.min(length) - s.first + 1);
        let before = lengths
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect();
        Axis { hidden, before }
    }

    /// The first one from a place on that is shown.
    fn shown_from(&self, at: u32) -> u32 {
        let next = self.hidden.partition_point(|s| s.last < at);
        self.hidden.get(next).filter(|s| s.holds(at)).map_or(at, |s| s.last.saturating_add(1))
    }

    /// How many are shown before a place.
    fn rank(&self, at: u32) -> u32 {
        let next = self.hidden.partition_point(|s| s.last < at);
        let whole = next.checked_sub(1).map_or(0, |n| self.before[n]);
        let part = self.hidden.get(next).filter(|s| s.first < at).map_or(0, |s| at - s.first);
        at - whole - part
    }
}

/// A cell that is shown; columns are counted among those that are shown.
#[derive(Debug)]
struct Shown {
    left: u32,
    right: u32,
    text: String,
}

/// A row that is shown.
#[derive(Debug)]
struct Row {
    at: u32,
    /// The last row that a cell of it with characters reaches.
    reach: u32,
    cells: Vec<Shown>,
    /// Columns that cells of rows above take, and whether those cells have characters.
    taken: Vec<(u32, u32, bool)>,
}

/// The parts of a sheet; `cells` is what is left of the limit on cells.
pub(super) fn parts(sheet: Sheet, budget: &Budget, cells: &mut usize) -> Result<Vec<Part>, Failure> {
    let mut rows = shown(sheet, budget)?;
    let mut parts = Vec::new();
    while !rows.is_empty() {
        let end = rows.windows(2).position(|pair| is_gap(&pair[0], &pair[1])).map_or(rows.len(), |at| at + 1);
        let rest = rows.split_off(end);
        run(std::mem::replace(&mut rows, rest), budget, cells, &mut parts)?;
    }
    Ok(parts)
}

/// Whether two rows that follow each other are apart.
fn is_gap(above: &Row, below: &Row) -> bool {
    below.at > above.reach.saturating_add(1)
}

/// The rows that are shown and hold characters, or stand beside a cell that does.
fn shown(mut sheet: Sheet, budget: &Budget) -> Result<Vec<Row>, Failure> {
    let rows = Axis::of(std::mem::take(&mut sheet.hidden_rows), MAX_ROWS);
    let columns = Axis::of(std::mem::take(&mut sheet.hidden_columns), MAX_COLUMNS);
    let mut values: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for Value { row, column, text } in sheet.values {
        values.insert((row, column), text);
    }
    let mut merged = sheet.merged;
    merged.sort_by_key(|a| (a.rows.first, a.columns.first));
    let mut merged = merged.into_iter().peekable();
    // By their first columns, the areas that reach into the row at hand.
    let mut open: BTreeMap<u32, (Area, u32, bool)> = BTreeMap::new();
    let mut out: Vec<Row> = Vec::new();
    let mut counted = 0;
    let mut at = 0;
    loop {
        let next = [values.keys().next().map(|k| k.0), merged.peek().map(|a| a.rows.first)];
        let Some(next) = next.into_iter().flatten().min() else { break };
        // Rows without characters count where a cell reaches over them.
        let reaches = open.values().any(|(area, _, full)| *full && area.rows.last >= next);
        at = if reaches && at < next { at } else { next };
        open.retain(|_, (area, ..)| area.rows.last >= at);
        while let Some(area) = merged.next_if(|a| a.rows.first <= at) {
            begin(area, &rows, &columns, &mut values, &mut open);
        }
        let later = values.split_off(&(at + 1, 0));
        let of_row = std::mem::replace(&mut values, later);
        counted += 1 + open.len();
        if counted > budget.cells.saturating_mul(4) {
            return Err(Failure::Limit { name: "cells", limit: budget.cells as u64 });
        }
        if rows.shown_from(at) == at {
            let row = row(at, of_row, &columns, &open);
            if row.cells.iter().any(|c| !c.text.is_empty()) || row.taken.iter().any(|t| t.2) {
                let last = open.values().filter(|o| o.2).map(|(area, ..)| area.rows.last.saturating_add(1)).max();
                let reach = last.map_or(0, |last| rows.rank(last).saturating_sub(1)).max(rows.rank(at));
                out.push(Row { at: rows.rank(at), reach, ..row });
            }
        }
        at += 1;
    }
    // A cell may reach below all others.
    while out.last().is_some_and(|row| row.cells.iter().all(|c| c.text.is_empty())) {
        out.pop();
    }
    Ok(out)
}

/// A merged area begins: what its first cell holds stands where the area is shown first, its other cells show nothing.
/// Areas do not overlap; one that does is none.
fn begin(
    area: Area,
    rows: &Axis,
    columns: &Axis,
    values: &mut BTreeMap<(u32, u32), String>,
    open: &mut BTreeMap<u32, (Area, u32, bool)>,
) {
    let before = open.range(..=area.columns.last).next_back();
    if before.is_some_and(|(_, (other, ..))| other.columns.last >= area.columns.first) {
        return;
    }
    let text = values.remove(&(area.rows.first, area.columns.first));
    let (top, left) = (rows.shown_from(area.rows.first), columns.shown_from(area.columns.first));
    let is_shown = top <= area.rows.last && left <= area.columns.last;
    open.insert(area.columns.first, (area, top, text.is_some() && is_shown));
    if let Some(text) = text.filter(|_| is_shown) {
        values.insert((top, left), text);
    }
}

/// The cells of a row.
fn row(at: u32, values: BTreeMap<(u32, u32), String>, columns: &Axis, open: &BTreeMap<u32, (Area, u32, bool)>) -> Row {
    let mut row = Row { at, reach: at, cells: Vec::new(), taken: Vec::new() };
    let mut anchored: BTreeMap<u32, String> = BTreeMap::new();
    for ((_, column), text) in values {
        let covering = open.range(..=column).next_back().filter(|(_, (area, ..))| area.columns.holds(column));
        match covering {
            Some((_, (area, top, full))) if at == *top && *full && columns.shown_from(area.columns.first) == column => {
                anchored.insert(area.columns.first, text);
            }
            None if columns.shown_from(column) == column => {
                let left = columns.rank(column);
                row.cells.push(Shown { left, right: left + 1, text });
            }
            // The other cells of an area show nothing.
            _ => {}
        }
    }
    for (area, top, full) in open.values() {
        let left = columns.shown_from(area.columns.first);
        if left > area.columns.last {
            continue;
        }
        let (from, to) = (columns.rank(left), columns.rank(area.columns.last.saturating_add(1)));
        match at == *top {
            true => {
                let text = anchored.remove(&area.columns.first).unwrap_or_default();
                row.cells.push(Shown { left: from, right: to, text });
            }
            false => row.taken.push((from, to, *full)),
        }
    }
    row.cells.sort_by_key(|c| c.left);
    row
}

/// Rows without a gap become lines and tables.
fn run(rows: Vec<Row>, budget: &Budget, cells: &mut usize, parts: &mut Vec<Part>) -> Result<(), Failure> {
    let faces: Vec<Face<'_>> = rows
        .iter()
        .map(|r| Face {
            texts: r.cells.iter().map(|c| c.text.as_str()).collect(),
            is_beside: r.taken.iter().any(|t| t.2),
        })
        .collect();
    let kinds = kinds(&faces);
    let mut table: Vec<Row> = Vec::new();
    for (row, kind) in rows.into_iter().zip(kinds) {
        if kind == Kind::Row {
            table.push(row);
            continue;
        }
        close(&mut table, budget, cells, parts)?;
        let lines = row.cells.into_iter().filter(|c| !c.text.is_empty()).map(|c| c.text + "\n").collect();
        parts.push(Part::Lines(lines));
    }
    close(&mut table, budget, cells, parts)
}

/// Ends a table: every column of it has a cell in every row.
fn close(rows: &mut Vec<Row>, budget: &Budget, cells: &mut usize, parts: &mut Vec<Part>) -> Result<(), Failure> {
    let full = rows.iter().flat_map(|r| &r.cells).filter(|c| !c.text.is_empty());
    let (first, last) = full.fold((u32::MAX, 0), |(first, last), c| (first.min(c.left), last.max(c.right)));
    let mut table = Table { rows: Vec::with_capacity(rows.len()) };
    for row in rows.drain(..) {
        let mut out: Vec<Cell> = Vec::new();
        let (mut own, mut taken) = (row.cells.into_iter().peekable(), row.taken.iter().peekable());
        let mut column = first;
        while column < last {
            while taken.next_if(|(_, right, _)| *right <= column).is_some() {}
            let taken = taken.peek().filter(|(left, ..)| *left <= column);
            let (right, text) = match (own.next_if(|c| c.left <= column), taken) {
                (Some(cell), _) => (cell.right, Some(cell.text)),
                (None, Some((_, right, _))) => (*right, None),
                (None, None) => (column + 1, Some(String::new())),
            };
            if let Some(text) = text {
                *cells = cells.checked_sub(1).ok_or(Failure::Limit { name: "cells", limit: budget.cells as u64 })?;
                let parts = if text.is_empty() { Vec::new() } else { vec![Part::Lines(text)] };
                out.push(Cell { left: edge(column - first), right: edge(right.min(last) - first), parts });
            }
            column = right.max(column + 1);
        }
        table.rows.push(out);
    }
    if !table.rows.is_empty() {
        parts.push(Part::Table(table));
    }
    Ok(())
}

fn edge(column: u32) -> i32 {
    i32::try_from(column).unwrap_or(i32::MAX)
}

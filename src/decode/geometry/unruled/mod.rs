//! Tables that no line is drawn around: what the eye tells apart becomes pieces with their extents, and what stands on one
//! height a row. Columns are not made here: who reads the table knows its headers and its sums.

mod blocks;
mod pieces;
mod rows;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::blocks::{Block, FURTHEST, Leading, blocks, overlap, pitch};
use self::pieces::{Piece, pieces};
use self::rows::{Row, rows};
use super::joining::Cell;
use super::lines::Line;
use super::sheet::{Part, Sheet};
use crate::decode::compose::is_heading;

pub(super) use self::blocks::is_cut_figure;

/// The part of the width of the text that a line of prose takes at least, and how far it reaches to the right.
const BROAD: (f32, f32) = (0.6, 0.85);
/// A line of prose is longer than so many of its heights.
const LONG: f32 = 12.0;
/// What a sentence ends with: the full stop, the wide semicolon and colon.
const SENTENCE_ENDS: [char; 3] = ['\u{3002}', '\u{ff1b}', '\u{ff1a}'];
/// Figures in one line that make a table without a label.
const MANY: usize = 3;
/// Words alone above the first and below the last row of a table are at most so far away, in their heights.
const NEAR: (f32, f32) = (3.0, 0.8);
/// Characters of the words above a table are as high as those in it, within this part.
const SAME_HEIGHT: f32 = 0.15;
/// Distances of lines that differ by less, in heights, are one.
const SAME_PITCH: f32 = 0.04;
/// Distances of lines that differ by less, in points, are one.
const SAME_POINTS: f32 = 0.3;
/// Distances that are tried at most.
const MAX_TRIALS: usize = 32;
/// Lines of a table at most; more are none.
const MAX_LINES: usize = 5_000;

/// A table without rules.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// Which parts of the sheet it takes.
    pub parts: Range<usize>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// The tables without rules of each sheet, from top to bottom.
pub(super) fn tables(sheets: &[Sheet], margins: (f32, f32)) -> Vec<Vec<Table>> {
    type Region = (Range<usize>, Vec<Vec<Piece>>);
    let of_sheet = |sheet: &Sheet| -> Vec<Region> {
        let found = regions(sheet, margins).into_iter();
        found.map(|parts| (parts.clone(), lines(&sheet.parts[parts]).map(pieces).collect())).collect()
    };
    let regions: Vec<Vec<Region>> = sheets.iter().map(of_sheet).collect();
    let all: Vec<&[Vec<Piece>]> = regions.iter().flatten().map(|(_, lines)| lines.as_slice()).collect();
    let leading = leading(&all);
    let table = |number: u32, (parts, lines): &Region| {
        let rows = rows(blocks(lines, leading)).into_iter();
        Table { parts: parts.clone(), rows: rows.map(|r| cells(number, r)).collect() }
    };
    sheets.iter().zip(&regions).map(|(s, found)| found.iter().map(|r| table(s.number, r)).collect()).collect()
}

fn lines(parts: &[Part]) -> impl Iterator<Item = &Line> {
    parts.iter().filter_map(|p| match p {
        Part::Line(line) => Some(line),
        Part::Table(_) => None,
    })
}

fn cells(page: u32, row: Row) -> Vec<Cell> {
    row.blocks.into_iter().map(|Block { text, frame, .. }| Cell { text, page, frame }).collect()
}

/// What a line is to a table.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// A row of it, or a part of one.
    Cells,
    /// A row with figures that nothing but a table has.
    Figures,
    /// Words alone.
    Words,
    /// No part of it.
    Prose,
}

fn role(line: &Line, (left, right): (f32, f32)) -> Role {
    let pieces = pieces(line);
    let figures = pieces.iter().filter(|p| p.figure).count();
    if pieces.len() > 1 {
        let labelled = figures > 0 && pieces.first().is_some_and(|p| !p.figure);
        return if figures >= MANY || labelled { Role::Figures } else { Role::Cells };
    }
    let text = line.text();
    let wide = line.frame.right - line.frame.left;
    let broad = wide > LONG * line.height()
        && wide > BROAD.0 * (right - left)
        && line.frame.right > left + BROAD.1 * (right - left);
    match broad || text.ends_with(SENTENCE_ENDS) || is_heading(&text, &mut String::new()) {
        true => Role::Prose,
        false => Role::Words,
    }
}

/// The parts of a sheet that are tables.
fn regions(sheet: &Sheet, margins: (f32, f32)) -> Vec<Range<usize>> {
    let role = |part: &Part| match part {
        Part::Line(line) => role(line, margins),
        Part::Table(_) => Role::Prose,
    };
    let roles: Vec<Role> = sheet.parts.iter().map(role).collect();
    let mut out = Vec::new();
    let mut from = 0;
    while from < roles.len() {
        let length = roles[from..].iter().take_while(|r| **r != Role::Prose).count();
        if length > 0 {
            out.extend(trimmed(&sheet.parts, &roles, from..from + length));
        }
        from += length.max(1);
    }
    out
}

/// A stretch of lines without those at its ends that only stand near a table; nothing where no figures are.
fn trimmed(parts: &[Part], roles: &[Role], whole: Range<usize>) -> Option<Range<usize>> {
    let inside = |i: &usize| matches!(roles[*i], Role::Cells | Role::Figures);
    if whole.len() > MAX_LINES || !whole.clone().any(|i| roles[i] == Role::Figures) {
        return None;
    }
    let (mut first, last) = (whole.clone().find(inside)?, whole.clone().rfind(inside)?);
    let mut end = last + 1;
    let line = |i: usize| lines(&parts[i..=i]).next();
    let like = |a: &Line, b: &Line| (a.height() - b.height()).abs() <= SAME_HEIGHT * b.height();
    while let (Some(above), Some(here)) =
        (first.checked_sub(1).filter(|i| whole.contains(i)).and_then(line), line(first))
        && here.frame.top - above.frame.bottom <= NEAR.0 * here.height()
        && like(above, here)
    {
        first -= 1;
    }
    while let (Some(here), Some(below)) = (line(end - 1), Some(end).filter(|i| whole.contains(i)).and_then(line))
        && below.frame.top - here.frame.bottom <= NEAR.1 * here.height()
        && like(below, here)
    {
        end += 1;
    }
    Some(first..end)
}

/// How far apart the lines of a cell are at most: the distance with which most rows of figures have a label beside them and
/// fewest words stand beside no row.
///
/// Every program has its own distance of lines, and of rows; a document has one of both, in points where its print is of
/// different sizes.
fn leading(tables: &[&[Vec<Piece>]]) -> Leading {
    let found: Vec<(f32, f32)> = tables.iter().flat_map(|t| pitches(t)).filter(|p| p.1 <= FURTHEST).collect();
    let heights = trials(found.iter().map(|p| p.1).collect(), SAME_PITCH).into_iter();
    let points = trials(found.iter().map(|p| p.0).collect(), SAME_POINTS).into_iter();
    let trials = heights.map(|heights| Leading { points: f32::MAX, heights });
    let trials = trials.chain(points.map(|points| Leading { points, heights: FURTHEST }));
    let mut best = (i64::MIN, Leading { points: 0.0, heights: 0.0 });
    for leading in trials {
        let score = tables.iter().map(|t| score(rows(blocks(t, leading)))).sum();
        if score > best.0 {
            best = (score, leading);
        }
    }
    best.1
}

/// The distances to try: none, and those that were found, what almost coincides once.
fn trials(mut found: Vec<f32>, same: f32) -> Vec<f32> {
    found.sort_by(f32::total_cmp);
    let mut out = vec![0.0];
    for pitch in found {
        if out.last().is_none_or(|last| pitch - last > same) {
            out.push(pitch);
        }
    }
    out.truncate(MAX_TRIALS);
    out.into_iter().map(|pitch| pitch + same).collect()
}

/// How well rows fit together.
fn score(rows: Vec<Row>) -> i64 {
    let mut labels_end: Vec<f32> = rows.iter().filter_map(Row::figures_from).collect();
    labels_end.sort_by(f32::total_cmp);
    let labels_end = labels_end.get(labels_end.len() / 2).copied().unwrap_or(0.0);
    let worth = |row: &Row| match (row.figures, row.is_labelled()) {
        (true, true) => 3,
        (true, false) => -3,
        _ => -(row.blocks.iter().filter(|b| b.frame.left < labels_end).count() as i64),
    };
    rows.iter().map(worth).sum()
}

/// How far each piece is below the one above it, in points and in heights.
fn pitches(lines: &[Vec<Piece>]) -> Vec<(f32, f32)> {
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let above: Vec<&Piece> = lines[i.saturating_sub(6)..i].iter().rev().flatten().collect();
        for piece in line {
            let over = above.iter().find(|a| overlap(a.frame, piece.frame));
            let apart = |a: &&Piece| (piece.frame.centre().1 - a.frame.centre().1, pitch(a.frame, piece.frame));
            out.extend(over.map(apart).filter(|p| p.1 > 0.5));
        }
    }
    out
}

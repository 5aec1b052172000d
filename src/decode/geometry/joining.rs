//! Tables that a page break cuts in two.

use super::lattice::Room;
use super::lines::Line;
use super::sheet::{Sheet, Table};
use super::unruled::{self, is_cut_figure};
use crate::decode::compose::is_heading;
use crate::document::{Frame, Origin};
use crate::terms::{Labels, fold, split_mark};

/// Edges of the two halves of a table nearer than this are the same.
const SAME_EDGE: f32 = 4.0;
/// Edges of columns that the two halves of a table share at least where their frames differ.
const FEWEST_EDGES: usize = 4;
/// Rows above and below a page break in which the columns are looked for.
const LAST_ROWS: usize = 12;
const FIRST_ROWS: u16 = 3;
/// Rows of a header that may be said again on each page.
const HEADER: usize = 6;
/// The part of a page, from its top, in which a table begins that goes on.
const TOP: f32 = 0.25;
/// The part of a page, from its top, below which a table ends that goes on.
const BOTTOM: f32 = 0.6;
/// The margins at top and bottom, as parts of a page, where its number and running title stand.
const MARGIN: f32 = 0.12;

/// A cell of a table that may go over pages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// What stands in it.
    pub text: String,
    /// The page it begins on.
    pub page: u32,
    /// Where it stands on that page.
    pub frame: Frame,
}

/// A table that may go over pages: its rows, each with the cells that begin in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// What told the cells apart.
    pub origin: Origin,
    /// The rows from top to bottom.
    pub rows: Vec<Vec<Cell>>,
    /// The page it ends on.
    page: u32,
    /// Where it stands there.
    frame: Frame,
    /// Whether no line closes it at the end of that page.
    open: bool,
    /// Whether it ends low enough on its page to go on.
    may_go_on: bool,
}

impl Run {
    /// A table of one page.
    pub(super) fn of(sheet: &Sheet, table: &Table) -> Run {
        let frame = table.lattice.frame;
        Run {
            origin: Origin::Ruled,
            rows: rows(sheet.number, table),
            page: sheet.number,
            frame,
            open: table.lattice.open_below,
            may_go_on: frame.bottom > BOTTOM * sheet.height,
        }
    }

    /// Whether a line stands beside its end: in what a frame around the page has beside the table.
    pub(super) fn is_beside(&self, sheet: &Sheet, line: &Line) -> bool {
        let at = line.frame.centre();
        let across = at.0 < self.frame.left || at.0 > self.frame.right;
        sheet.number == self.page && across && self.frame.top <= at.1 && at.1 <= self.frame.bottom
    }

    /// A table without rules of one page.
    pub(super) fn spaced(sheet: &Sheet, table: &unruled::Table) -> Run {
        let frame = table.rows.iter().flatten().map(|c| c.frame).reduce(Frame::with).unwrap_or_default();
        Run {
            origin: Origin::Spaced,
            rows: table.rows.clone(),
            page: sheet.number,
            frame,
            open: true,
            may_go_on: frame.bottom > BOTTOM * sheet.height,
        }
    }

    /// Whether a table without rules of the next page goes on with it.
    pub(super) fn goes_on_spaced(&self, next: &Run, height: f32) -> bool {
        self.origin == Origin::Spaced
            && self.may_go_on
            && next.page == self.page + 1
            && next.frame.top < TOP * height
            && self.frame.left < next.frame.right
            && next.frame.left < self.frame.right
    }

    /// Goes on with a table without rules of the next page.
    pub(super) fn join_spaced(&mut self, mut next: Run) {
        if let Some(below) = next.rows.first_mut() {
            join_cut_labels(&mut self.rows, below);
        }
        let begin = self.repeated(&next.rows);
        if let (Some(above), Some(below)) = (self.rows.last_mut(), next.rows.get(begin))
            && is_rest(above, below)
        {
            for cell in next.rows.remove(begin) {
                match above.iter_mut().find(|a| are_in_line(a, &cell)) {
                    Some(half) => join_text(half, cell),
                    None => above.push(cell),
                }
            }
            above.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
        }
        next.rows.retain(|row| !row.is_empty());
        join_cut_row(&mut self.rows, &mut next.rows);
        self.rows.append(&mut next.rows);
        (self.page, self.frame, self.may_go_on) = (next.page, next.frame, next.may_go_on);
    }

    /// Whether a table of the next page goes on with it.
    pub(super) fn goes_on(&self, sheet: &Sheet, table: &Table) -> bool {
        let next = &table.lattice.frame;
        let (left, right) = (next.left - self.frame.left, next.right - self.frame.right);
        self.origin == Origin::Ruled
            && self.may_go_on
            && sheet.number == self.page + 1
            && next.top < TOP * sheet.height
            && ((left.abs() <= SAME_EDGE && right.abs() <= SAME_EDGE) || self.has_columns_of(table))
    }

    /// Whether a table has the same columns, whatever frame of the page was drawn around one of both.
    fn has_columns_of(&self, table: &Table) -> bool {
        let last = self.rows[self.rows.len().saturating_sub(LAST_ROWS)..].iter().flatten();
        let above = edges(last.map(|c| c.frame));
        // What stands further down may be another table.
        (0..FIRST_ROWS).any(|row| {
            let rooms = table.lattice.rooms.iter().filter(|r| r.row == row);
            let below = edges(rooms.map(|r| r.frame));
            let shared = below.iter().filter(|b| above.iter().any(|a| (*a - *b).abs() <= SAME_EDGE)).count();
            shared >= FEWEST_EDGES && shared + 2 >= below.len()
        })
    }

    /// How many rows at the top of the next page say again what the header of the table says.
    fn repeated(&self, next: &[Vec<Cell>]) -> usize {
        let texts = |row: &[Cell]| -> Vec<String> { row.iter().map(|c| c.text.clone()).collect() };
        let is_header = |row: &&Vec<Cell>| {
            let said = texts(row);
            row.iter().any(has_words) && self.rows.iter().any(|r| r.len() == row.len() && texts(r) == said)
        };
        let count = next.iter().take(HEADER).take_while(is_header).count();
        if count == next.len() { 0 } else { count }
    }

    /// Goes on with a table of the next page.
    pub(super) fn join(&mut self, sheet: &Sheet, table: &Table) {
        let mut next = Run::of(sheet, table);
        // What a break leaves of a cell in which no more stands.
        let full = self.rows.iter().rposition(|row| !row.iter().all(is_blank));
        self.rows.truncate(full.map_or(1, |last| last + 1));
        let cut = self.open || table.lattice.open_above;
        let begin = self.repeated(&next.rows);
        if let (Some(above), Some(below)) = (self.rows.last_mut(), next.rows.get(begin))
            && halves_match(above, below, cut)
        {
            for cell in next.rows.remove(begin) {
                match above.iter_mut().find(|a| same_columns(a, &cell)) {
                    Some(half) => join_text(half, cell),
                    None if is_blank(&cell) => {}
                    None => above.push(cell),
                }
            }
            above.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
        }
        // What a break leaves of a cell in which no more stands.
        let blank = next.rows.iter().take_while(|row| row.iter().all(is_blank)).count();
        next.rows.drain(..blank);
        self.rows.append(&mut next.rows);
        (self.page, self.frame, self.open, self.may_go_on) = (next.page, next.frame, next.open, next.may_go_on);
    }
}

/// Whether a line stands in the margin of its page and says nothing that parts two tables.
pub(super) fn is_margin(line: &Line, sheet: &Sheet) -> bool {
    let at = line.frame.centre().1;
    (at < MARGIN * sheet.height || at > (1.0 - MARGIN) * sheet.height) && !is_heading(&line.text(), &mut String::new())
}

/// The left and right edges of cells, what almost coincides once.
fn edges(cells: impl Iterator<Item = Frame>) -> Vec<f32> {
    let mut out: Vec<f32> = cells.flat_map(|f| [f.left, f.right]).collect();
    out.sort_by(f32::total_cmp);
    out.dedup_by(|b, a| *b - *a <= SAME_EDGE);
    out
}

fn rows(page: u32, table: &Table) -> Vec<Vec<Cell>> {
    let mut out: Vec<Vec<Cell>> = vec![Vec::new(); table.lattice.rows.len() - 1];
    for (Room { row, frame, .. }, text) in table.lattice.rooms.iter().zip(&table.texts) {
        out[usize::from(*row)].push(Cell { text: text.clone(), page, frame: *frame });
    }
    out.retain(|row| !row.is_empty());
    out
}

fn same_columns(a: &Cell, b: &Cell) -> bool {
    (a.frame.left - b.frame.left).abs() <= SAME_EDGE && (a.frame.right - b.frame.right).abs() <= SAME_EDGE
}

fn is_blank(cell: &Cell) -> bool {
    cell.text.trim().is_empty()
}

/// Whether there is a digit, or a character that may be one.
fn has_figure(cell: &Cell) -> bool {
    cell.text.chars().any(|c| c.is_numeric() || c == '\u{fffd}')
}

/// Whether the row above a page break and the row below it are the halves of one.
///
/// Cells of the lower row that only cells of earlier rows go with, tall labels, have no say. Two numbers are never one
/// cell, but for the rest of a number that its column is too narrow for: both parts stay apart, and open to be two.
fn halves_match(above: &[Cell], below: &[Cell], cut: bool) -> bool {
    let pairs: Vec<(&Cell, &Cell)> =
        below.iter().filter_map(|b| above.iter().find(|a| same_columns(a, b)).map(|a| (a, b))).collect();
    if pairs.is_empty() || pairs.len() < above.len() {
        return false;
    }
    let label = pairs.iter().any(|(a, b)| is_label_cut(a, b)) || is_word_cut(&pairs);
    let figures = |side: fn(&(&Cell, &Cell)) -> bool| pairs.iter().filter(|p| side(p)).count();
    // No label begins below, and fewer figures go on than there are.
    let quiet = pairs.iter().all(|(_, b)| is_blank(b) || has_figure(b) && !has_words(b))
        && figures(|(_, b)| has_figure(b)) < figures(|(a, _)| has_figure(a) && !has_words(a));
    let sure = label || cut || quiet;
    let one_sided = |(a, b): &(&Cell, &Cell)| is_blank(a) != is_blank(b);
    // The label went to one page, the figures to the other.
    let kinds = |cells: &mut dyn Iterator<Item = &Cell>| {
        cells.fold((false, false), |(words, figures), c| {
            (words | has_words(c), figures | (has_figure(c) && !has_words(c)))
        })
    };
    let above_has = kinds(&mut pairs.iter().map(|p| p.0));
    let below_has = kinds(&mut pairs.iter().map(|p| p.1));
    if matches!((above_has, below_has), ((true, false), (false, true)) | ((false, true), (true, false)))
        && pairs.iter().all(|(a, b)| is_blank(a) || is_blank(b))
    {
        return true;
    }
    (sure || pairs.iter().any(one_sided))
        && pairs.iter().all(|(a, b)| match (is_blank(a), is_blank(b)) {
            (true, true) => true,
            // A number on one side belongs to the row only if it is clear that there is one row.
            (true, false) => label || (!is_known(&b.text) && (cut || !has_figure(b))),
            (false, true) => sure || !has_figure(a),
            (false, false) => {
                is_label_cut(a, b)
                    || (sure && is_cut_figure(&a.text, &b.text))
                    || (sure && [a, b].iter().all(|c| !has_figure(c) && !is_known(&c.text)))
                    || (label && !has_figure(a) && !has_figure(b) && !begins(b) && !are_two(a, b))
            }
        })
}

/// Whether one word alone stands below the break, under one that is no label yet, and begins nothing.
fn is_word_cut(pairs: &[(&Cell, &Cell)]) -> bool {
    let mut full = pairs.iter().filter(|(_, b)| !is_blank(b));
    match (full.next(), full.next()) {
        (Some((a, b)), None) => {
            let open = |c: &Cell| !is_blank(c) && !is_known(&c.text);
            open(a) && open(b) && !has_figure(b) && split_mark(a.text.trim()).0.is_some() && !begins(b)
        }
        _ => false,
    }
}

/// Whether a cell begins with the mark of a line of the form.
fn begins(cell: &Cell) -> bool {
    split_mark(cell.text.trim()).0.is_some()
}

fn has_words(cell: &Cell) -> bool {
    cell.text.chars().any(char::is_alphabetic)
}

/// Whether words that begin nothing make a known label of one that was none.
fn completes(above: &Cell, below: &Cell) -> bool {
    !begins(below) && !is_known(&above.text) && is_known(&format!("{}{}", above.text, below.text))
}

/// Whether cells of a table without rules may be parts of one.
fn are_in_line(a: &Cell, b: &Cell) -> bool {
    let shared = a.frame.right.min(b.frame.right) - a.frame.left.max(b.frame.left);
    shared > 0.5 * (a.frame.right - a.frame.left).min(b.frame.right - b.frame.left)
}

/// Whether the row below a page break is the rest of the one above it: each of its cells goes on with one above.
fn is_rest(above: &[Cell], below: &[Cell]) -> bool {
    let figures = |row: &[Cell]| row.iter().any(|c| has_figure(c) && !has_words(c));
    let words = !figures(below);
    let goes_on = |b: &Cell| {
        let over = above.iter().find(|a| are_in_line(a, b));
        over.is_some_and(|a| is_cut_figure(&a.text, &b.text) || is_label_cut(a, b) || (words && completes(a, b)))
    };
    let rest = below.iter().filter(|b| goes_on(b)).count();
    let label = || below.iter().any(|b| above.iter().any(|a| are_in_line(a, b) && is_label_cut(a, b)));
    rest > 0 && (rest == below.len() || (label() && !(figures(above) && figures(below))))
}

/// Joins a label at the end of a page, its rest on the next one, and the figures that stand between both.
fn join_cut_row(above: &mut Vec<Vec<Cell>>, below: &mut Vec<Vec<Cell>>) {
    let figures = |row: &[Cell]| !row.is_empty() && row.iter().all(|c| has_figure(c) && !has_words(c));
    let rest = |label: &[Cell], row: &[Cell]| matches!((label, row), ([label], [rest]) if is_label_cut(label, rest));
    let found = match (above.as_slice(), below.as_slice()) {
        ([.., label, row], [first, ..]) if figures(row) && rest(label, first) => above.pop(),
        ([.., label], [first, second, ..]) if figures(first) && rest(label, second) => Some(below.remove(0)),
        ([.., label], [first, second, ..]) if figures(second) && rest(label, first) => Some(below.remove(1)),
        _ => None,
    };
    if let (Some(figures), Some(label)) = (found, above.last_mut()) {
        let rest = below.remove(0);
        if let (Some(half), Some(cell)) = (label.first_mut(), rest.into_iter().next()) {
            join_text(half, cell);
        }
        label.extend(figures);
    }
}

/// Rows above a page break in which a tall label is looked for whose rest stands below.
const TALL: usize = 24;

/// Gives the rest of tall labels back to them.
fn join_cut_labels(rows: &mut [Vec<Cell>], below: &mut Vec<Cell>) {
    let from = rows.len().saturating_sub(TALL);
    let mut at = 0;
    while let Some(cell) = below.get(at) {
        let tall = rows[from..].iter_mut().rev().flatten();
        let mut tall = tall.filter(|a| are_in_line(a, cell) && is_label_cut(a, cell));
        match tall.next().filter(|_| below.len() > 1) {
            Some(half) => join_text(half, below.remove(0)),
            None => at += 1,
        }
    }
}

/// Whether a text is a label of the form.
pub(in crate::decode) fn is_known(text: &str) -> bool {
    let mut folded = String::new();
    fold(split_mark(text.trim()).1, &mut folded);
    Labels::get().exact(&folded).is_some()
}

/// Whether a label is whole above and another one stands below; a label over both rows may be cut beside them.
fn are_two(above: &Cell, below: &Cell) -> bool {
    is_known(&above.text) && !is_known(&format!("{}{}", above.text, below.text))
}

/// Whether two halves are a known label, and neither half is one.
fn is_label_cut(above: &Cell, below: &Cell) -> bool {
    !is_blank(above)
        && !is_blank(below)
        && !is_known(&above.text)
        && !is_known(&below.text)
        && is_known(&format!("{}{}", above.text, below.text))
}

fn join_text(half: &mut Cell, rest: Cell) {
    if is_blank(half) {
        *half = rest;
    } else if !is_blank(&rest) {
        half.text.push('\n');
        half.text.push_str(&rest.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: [&str; 4]) -> Vec<Cell> {
        let place = |(i, text): (usize, &str)| {
            let left = i as f32 * 50.0;
            let frame = Frame { left, top: 0.0, right: left + 50.0, bottom: 20.0 };
            Cell { text: text.to_owned(), page: 1, frame }
        };
        texts.into_iter().enumerate().map(place).collect()
    }

    #[test]
    fn a_label_over_two_rows_that_is_cut_joins_no_rows() {
        let above = row(["本年", "予以公开", "6", "6"]);
        assert!(!halves_match(&above, &row(["度办理结果", "部分公开", "", ""]), true));
        assert!(halves_match(&above, &row(["度办理结果", "", "", ""]), true));
    }
}

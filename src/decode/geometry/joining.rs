//! Tables that a page break cuts in two.

use super::lattice::Room;
use super::lines::Line;
use super::sheet::{Sheet, Table};
use crate::decode::compose::is_heading;
use crate::document::Frame;
use crate::terms::{Labels, fold, split_mark};

/// Edges of the two halves of a table nearer than this are the same.
const SAME_EDGE: f32 = 4.0;
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
            rows: rows(sheet.number, table),
            page: sheet.number,
            frame,
            open: table.lattice.open_below,
            may_go_on: frame.bottom > BOTTOM * sheet.height,
        }
    }

    /// Whether a table of the next page goes on with it.
    pub(super) fn goes_on(&self, sheet: &Sheet, table: &Table) -> bool {
        let next = &table.lattice.frame;
        self.may_go_on
            && sheet.number == self.page + 1
            && next.top < TOP * sheet.height
            && (next.left - self.frame.left).abs() <= SAME_EDGE
            && (next.right - self.frame.right).abs() <= SAME_EDGE
    }

    /// Goes on with a table of the next page.
    pub(super) fn join(&mut self, sheet: &Sheet, table: &Table) {
        let mut next = Run::of(sheet, table);
        let cut = self.open || table.lattice.open_above;
        if let (Some(above), Some(below)) = (self.rows.last_mut(), next.rows.first())
            && halves_match(above, below, cut)
        {
            for cell in next.rows.remove(0) {
                match above.iter_mut().find(|a| same_columns(a, &cell)) {
                    Some(half) => join_text(half, cell),
                    None if is_blank(&cell) => {}
                    None => above.push(cell),
                }
            }
            above.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
        }
        self.rows.append(&mut next.rows);
        (self.page, self.frame, self.open, self.may_go_on) = (next.page, next.frame, next.open, next.may_go_on);
    }
}

/// Whether a line stands in the margin of its page and says nothing that parts two tables.
pub(super) fn is_margin(line: &Line, sheet: &Sheet) -> bool {
    let at = line.frame.centre().1;
    (at < MARGIN * sheet.height || at > (1.0 - MARGIN) * sheet.height) && !is_heading(&line.text(), &mut String::new())
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

/// Whether the row above a page break and the row below it are the halves of one. Two numbers are never joined.
///
/// Cells of the lower row that only cells of earlier rows go with, tall labels, have no say.
fn halves_match(above: &[Cell], below: &[Cell], cut: bool) -> bool {
    let pairs: Vec<(&Cell, &Cell)> =
        below.iter().filter_map(|b| above.iter().find(|a| same_columns(a, b)).map(|a| (a, b))).collect();
    if pairs.is_empty() || pairs.len() < above.len() {
        return false;
    }
    let label = pairs.iter().any(|(a, b)| is_label_cut(a, b));
    let one_sided = |(a, b): &(&Cell, &Cell)| is_blank(a) != is_blank(b);
    (label || cut || pairs.iter().any(one_sided))
        && pairs.iter().all(|(a, b)| match (is_blank(a), is_blank(b)) {
            (true, true) => true,
            // A number on one side belongs to the row only if it is clear that there is one row.
            (true, false) => (label || cut || !has_figure(b)) && !is_known(&b.text),
            (false, true) => label || cut || !has_figure(a),
            (false, false) => {
                is_label_cut(a, b) || (cut && [a, b].iter().all(|c| !has_figure(c) && !is_known(&c.text)))
            }
        })
}

/// Whether a text is a label of the form.
fn is_known(text: &str) -> bool {
    let mut folded = String::new();
    fold(split_mark(text.trim()).1, &mut folded);
    Labels::get().exact(&folded).is_some()
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

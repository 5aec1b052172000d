//! What the rows of a sheet are: lines of text, or rows of tables.
//!
//! A row with several cells is one of a table, and so is the row of a label beside such rows; a heading, a title and
//! prose stand alone in their rows.

use super::compose::is_heading;
use crate::terms::{Labels, SECTIONS, fold, fold_char, split_mark};

/// Characters of a cell that is prose.
const PROSE: usize = 60;

/// What a row shows.
#[derive(Debug)]
pub(super) struct Face<'a> {
    /// The characters of its cells.
    pub(super) texts: Vec<&'a str>,
    /// Whether a cell with characters reaches into it from above.
    pub(super) is_beside: bool,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of text.
    Line,
    /// A row of a table.
    Row,
    /// A row of a table if it touches one.
    Label,
    /// A row of a table if it stands inside of one.
    Open,
}

/// What each of the rows that follow each other is: a line or a row.
pub(super) fn kinds(rows: &[Face<'_>]) -> Vec<Kind> {
    let mut folded = String::new();
    let mut kinds: Vec<Kind> = rows.iter().map(|row| kind(row, &mut folded)).collect();
    // What touches a row, downwards and then upwards.
    let mut beside = Kind::Line;
    for kind in &mut kinds {
        beside = touch(kind, beside);
    }
    beside = Kind::Line;
    for kind in kinds.iter_mut().rev() {
        beside = touch(kind, beside);
    }
    // What is still open belongs to what it stands in.
    let mut below = Kind::Line;
    let mut next: Vec<Kind> = kinds
        .iter()
        .rev()
        .map(|kind| {
            let next = below;
            if matches!(kind, Kind::Row | Kind::Line) {
                below = *kind;
            }
            next
        })
        .collect();
    next.reverse();
    let mut above = Kind::Line;
    for (kind, below) in kinds.iter_mut().zip(next) {
        if matches!(kind, Kind::Open | Kind::Label) {
            *kind = if above == Kind::Row && below == Kind::Row { Kind::Row } else { Kind::Line };
        }
        above = *kind;
    }
    kinds
}

/// A label beside a row is one.
fn touch(kind: &mut Kind, beside: Kind) -> Kind {
    if *kind == Kind::Label && beside == Kind::Row {
        *kind = Kind::Row;
    }
    *kind
}

fn kind(row: &Face<'_>, folded: &mut String) -> Kind {
    let mut full = row.texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
    let text = match (full.next(), full.next()) {
        (Some(only), None) => only,
        (None, _) if !row.is_beside => return Kind::Line,
        (None, _) => return Kind::Row,
        // A row of two and a long one is prose with a separator in it.
        (Some(first), Some(second)) => {
            let is_prose = full.next().is_none() && first.chars().count().max(second.chars().count()) > 3 * PROSE;
            return if is_prose { Kind::Line } else { Kind::Row };
        }
    };
    if row.is_beside {
        return Kind::Row;
    }
    if is_heading(text, folded) || is_bare_heading(text, folded) {
        return Kind::Line;
    }
    fold(split_mark(text).1, folded);
    match () {
        () if Labels::get().exact(folded).is_some() || text.parse::<f64>().is_ok() => Kind::Label,
        () if text.chars().count() > PROSE => Kind::Line,
        () => Kind::Open,
    }
}

/// Whether a cell is the heading of a section without its number.
fn is_bare_heading(text: &str, folded: &mut String) -> bool {
    if text.len() > 180 {
        return false;
    }
    fold(text, folded);
    SECTIONS.iter().any(|s| s.label.chars().filter_map(fold_char).eq(folded.chars()))
}

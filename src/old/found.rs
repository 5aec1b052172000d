//! What the walk over a document finds: lines of the form with all that stands behind their labels.

use crate::document::Span;
use crate::report::Extra;
use crate::terms::{LineKey, Table};

use super::columns::Order;
use super::layout::Kind;

/// What stands in a place of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing at all: an empty cell, or the rest of a merged one.
    Blank,
    /// A glyph for nothing: a cell of the line that says so.
    Nil,
    /// Something that reads as a number.
    Figure,
    /// The digits of several cells without a gap.
    Digits,
    /// Words.
    Junk,
}

/// A cell behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub mark: Mark,
    pub span: Span,
    /// Place in its row; see [`Piece::place`].
    pub place: i32,
    /// See [`Piece::columns`].
    pub columns: i32,
    /// The row it stands in.
    pub row: u32,
    /// The kind of that row.
    pub kind: Kind,
    /// The width of that row.
    pub width: i32,
}

/// A line of the form that was found, with all that stands behind its label.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub key: LineKey,
    pub label: Span,
    /// Whether the label is there from its first to its last character.
    pub whole: bool,
    /// Where the label stands in its row.
    pub place: i32,
    /// The row of the label.
    pub row: u32,
    /// Whether figures without a label follow that were taken for none of the line's.
    pub stray: bool,
    pub tokens: Vec<Token>,
    /// The order of the columns where the line stands.
    pub order: Order,
    /// In spaced rows, the extents of the columns from left to right.
    pub extents: Option<Vec<(i32, i32)>>,
    /// In grids, the place under the header's first column, where the header leaves no doubt.
    pub first: Option<i32>,
}

impl Found {
    /// Whether a figure stands behind the label.
    pub(crate) fn has_figures(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t.mark, Mark::Figure | Mark::Digits))
    }
}

/// All that the walk collects.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub found: Vec<Found>,
    pub extras: Vec<Extra>,
    /// Codes of proactive columns seen in headers; they tell the edition.
    pub columns_seen: Vec<&'static str>,
    /// Tables with a row of figures that belongs to no line.
    pub unplaced: Vec<Table>,
    /// The words of the requests header were seen.
    pub requests_header: bool,
}

//! Which pieces above each other are the lines of one cell.

use super::pieces::{Piece, is_digit};
use crate::document::Frame;

/// Lines of one cell are at least so far apart, in heights of their characters, from middle to middle.
const CLOSEST: f32 = 0.8;
/// Lines of one cell are at most so far apart.
pub(super) const FURTHEST: f32 = 2.6;
/// A line may be longer than the one above it by so many heights: a line is broken where the next word does not fit.
const LONGER: f32 = 1.6;
/// Pieces of which so many stand between two lines are looked through at most.
const WINDOW: usize = 96;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Its lines.
    pub text: String,
    /// Where it stands.
    pub frame: Frame,
    /// Where its first line stands.
    pub first: Frame,
    /// Where its last line stands.
    pub last: Frame,
    /// The height of its characters.
    pub height: f32,
    /// Whether it is a number, or a glyph for none.
    pub figure: bool,
    /// How many lines it has.
    pub lines: usize,
}

impl Block {
    fn of(piece: Piece) -> Block {
        let (frame, height) = (piece.frame, piece.height());
        Block { text: piece.text, frame, first: frame, last: frame, height, figure: piece.figure, lines: 1 }
    }

    fn push(&mut self, piece: Piece) {
        self.text.push('\n');
        self.text.push_str(&piece.text);
        self.height = self.height.max(piece.height());
        self.frame = self.frame.with(piece.frame);
        self.last = piece.frame;
        self.lines += 1;
    }
}

/// How far apart the lines of a cell are at most, from middle to middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leading {
    /// In points.
    pub points: f32,
    /// In heights of the characters.
    pub heights: f32,
}

impl Leading {
    fn reaches(self, above: Frame, below: Frame) -> bool {
        let points = below.centre().1 - above.centre().1;
        let heights = pitch(above, below);
        heights >= CLOSEST && heights <= self.heights && points <= self.points
    }
}

/// How far the middle of a piece is below that of a line, in heights of the characters.
pub(super) fn pitch(above: Frame, below: Frame) -> f32 {
    let height = (above.bottom - above.top).max(below.bottom - below.top).max(0.1);
    (below.centre().1 - above.centre().1) / height
}

/// Whether two stretches share more than half of the shorter one.
pub(super) fn overlap(a: Frame, b: Frame) -> bool {
    let shared = a.right.min(b.right) - a.left.max(b.left);
    shared > 0.5 * (a.right - a.left).min(b.right - b.left)
}

/// The blocks of rows of pieces, of which lines not further apart than `leading` are one.
pub(super) fn blocks(lines: &[Vec<Piece>], leading: Leading) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for line in lines {
        let marked = line.iter().any(|p| p.marked);
        let open = out.len().saturating_sub(WINDOW);
        let end = out.len();
        for piece in line {
            let above = out[open..end].iter_mut().rev().find(|b| overlap(b.last, piece.frame));
            match above.filter(|b| is_next(b, piece, leading) && !(piece.figure && marked)) {
                Some(block) => block.push(piece.clone()),
                None => out.push(Block::of(piece.clone())),
            }
        }
    }
    out
}

/// Whether a piece is the next line of a block that stands above it.
fn is_next(block: &Block, piece: &Piece, leading: Leading) -> bool {
    if !leading.reaches(block.last, piece.frame) || piece.marked {
        return false;
    }
    match (block.figure, piece.figure) {
        (true, true) => is_cut_figure(&block.text, &piece.text),
        // A note to a figure begins with a bracket.
        (true, false) => piece.text.starts_with(['(', '\u{ff08}']),
        (false, true) => false,
        (false, false) => {
            let wide = |f: Frame| f.right - f.left;
            wide(piece.frame) <= wide(block.last) + LONGER * block.height
        }
    }
}

/// Whether digits may be the rest of a number that its column is too narrow for: no line of it is shorter than the next.
pub(in super::super) fn is_cut_figure(above: &str, below: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| is_digit(c) || matches!(c, '.' | ',')) && !text.is_empty();
    let last = above.lines().next_back().unwrap_or("");
    let next = below.lines().next().unwrap_or("");
    digits(last) && below.lines().all(digits) && digits(next) && next.chars().count() <= last.chars().count()
}

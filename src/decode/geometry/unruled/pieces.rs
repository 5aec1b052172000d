//! What stands apart in a line of a table without rules.

use super::super::joining::is_known;
use super::super::lines::{Line, Word};
use crate::document::Frame;
use crate::terms::{Labels, fold, split_mark};

/// A gap of this part of the height of the characters parts pieces, whatever was drawn in it.
const CELL_GAP: f32 = 1.0;

/// Words that nothing parts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub frame: Frame,
    /// Whether it is a number, or a glyph for none.
    pub figure: bool,
    /// Whether it begins with the mark of a line of the form, as `1.` or `（一）`.
    pub marked: bool,
}

/// What else numbers, and cells without one, are written with: an em dash, full-width solidus, comma, full stop and minus,
/// the words for none and zero, and what is unknown.
const MARKS: [char; 8] =
    ['\u{2014}', '\u{ff0f}', '\u{ff0c}', '\u{ff0e}', '\u{ff0d}', '\u{65e0}', '\u{96f6}', '\u{fffd}'];

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

/// Whether a word is a number, with the character for what it counts or without, or a glyph for none.
pub(super) fn is_figure(text: &str) -> bool {
    let bare = |c: char| is_digit(c) || c.is_ascii_punctuation() || MARKS.contains(&c);
    let unit = text.trim_start_matches(|c: char| is_digit(c) || matches!(c, ',' | '.'));
    text.chars().all(bare) || (unit.len() < text.len() && unit.chars().nth(1).is_none() && split_mark(text).0.is_none())
}

/// Whether a word is nothing but the mark of a line: a number with what follows it in lists.
fn is_lone_mark(text: &str) -> bool {
    text.chars().count() <= 4 && matches!(split_mark(text), (Some(_), ""))
}

/// Whether two words are a label of the form together, and not one each: not every program draws its spaces.
fn is_label(first: &str, second: &str) -> bool {
    let label = |text: &str| is_known(text) || Labels::get().column_beginning(&folded(text)).is_some();
    label(&format!("{first}{second}")) && !(label(first) && label(second))
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

/// The pieces of a line, from left to right.
///
/// Words are one piece where a space was drawn between them in one go, and where the first is the mark of the second. Two
/// numbers never are: a space in a number says less than a gap between two.
pub(super) fn pieces(line: &Line) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for word in &line.words {
        let height = word.frame.bottom - word.frame.top;
        let goes_on = |last: &Piece| {
            let close = word.frame.left - last.frame.right < CELL_GAP * height.min(last.frame.bottom - last.frame.top);
            let mark = is_lone_mark(&last.text) && !is_figure(&word.text);
            let words = || !(is_figure(&word.text) || is_figure(&last.text));
            close && (mark || (words() && (word.spaced || is_label(&last.text, &word.text))))
        };
        match out.last_mut() {
            Some(last) if goes_on(last) => {
                last.text.push(' ');
                last.text.push_str(&word.text);
                last.frame = last.frame.with(word.frame);
            }
            _ => out.push(Piece::of(word)),
        }
    }
    for piece in &mut out {
        piece.figure = is_figure(&piece.text);
        piece.marked = !piece.figure && split_mark(&piece.text).0.is_some();
    }
    out
}

impl Piece {
    fn of(word: &Word) -> Piece {
        Piece { text: word.figure().to_owned(), frame: word.frame, figure: false, marked: false }
    }

    /// The height of its characters.
    pub(super) fn height(&self) -> f32 {
        self.frame.bottom - self.frame.top
    }
}

//! From characters with places to lines and words: the order in which a page draws is not the order of reading.

use super::spelling::Spelling;
use crate::decode::notes::{self, RAISED};
use crate::document::Frame;

/// Characters whose middles differ by more of their height stand in different lines.
const SAME_LINE: f32 = 0.45;
/// A gap wider than this part of the height parts words.
const WORD_GAP: f32 = 0.3;
/// The least part of the height that a space takes.
const SPACE: f32 = 0.1;
/// A character of less than this part of the height of the digit before it may be the mark of a note.
const SMALL: f32 = 0.86;
/// The same character drawn again within this part of its height is a bold one.
const OVERPRINT: f32 = 0.2;

/// A character on a page, or several that the page draws as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// What it says.
    pub text: Spelling,
    /// Where it stands: its advance wide and one em high.
    pub frame: Frame,
    /// Characters drawn in one go and without a gap have the same number.
    pub run: u32,
    /// Whether a space was drawn before it.
    pub spaced: bool,
}

impl Glyph {
    fn height(&self) -> f32 {
        self.frame.bottom - self.frame.top
    }
}

/// Characters without a gap.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub frame: Frame,
    /// Where small or raised characters begin behind a figure, if nothing else stands behind them.
    pub noted: Option<usize>,
    /// Whether it was drawn in one go with the word before it, with a space between.
    pub spaced: bool,
}

impl Word {
    /// What it says without the mark of a note.
    pub(crate) fn figure(&self) -> &str {
        match self.noted.filter(|at| notes::is_noted(&self.text, *at)) {
            Some(at) => &self.text[..at],
            None => &self.text,
        }
    }
}

/// Words on one line from left to right; never empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The words.
    pub words: Vec<Word>,
    /// Where they stand.
    pub frame: Frame,
}

impl Line {
    /// A line of words; nothing of none.
    pub(crate) fn of(words: Vec<Word>) -> Option<Line> {
        let frame = words.iter().map(|w| w.frame).reduce(Frame::with)?;
        Some(Line { words, frame })
    }

    /// The height of its characters.
    pub(crate) fn height(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.frame.bottom - w.frame.top)
    }

    /// The words with a space between them.
    pub(crate) fn text(&self) -> String {
        self.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The lines of characters from top to bottom.
pub(crate) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.frame.centre().1.total_cmp(&b.frame.centre().1));
    let mut out = Vec::new();
    let mut line: Vec<Glyph> = Vec::new();
    // The middle of the line so far, and its highest character.
    let (mut sum, mut height) = (0.0, 0.0_f32);
    for glyph in glyphs {
        let middle = glyph.frame.centre().1;
        let reach = SAME_LINE * height.min(glyph.height());
        if !line.is_empty() && middle - sum / line.len() as f32 > reach {
            out.extend(Line::of(words(std::mem::take(&mut line))));
            (sum, height) = (0.0, 0.0);
        }
        sum += middle;
        height = height.max(glyph.height());
        line.push(glyph);
    }
    out.extend(Line::of(words(line)));
    out
}

/// The words of a line.
fn words(mut glyphs: Vec<Glyph>) -> Vec<Word> {
    glyphs.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    let mut out: Vec<Word> = Vec::new();
    let mut before: Option<Glyph> = None;
    // The height of the last character that is not small.
    let mut full = 0.0;
    for glyph in glyphs {
        let near = OVERPRINT * glyph.height();
        if before.as_ref().is_some_and(|b| b.text == glyph.text && (glyph.frame.left - b.frame.left).abs() < near) {
            continue;
        }
        match out.last_mut() {
            Some(word) if !parts(&glyph, glyph.frame.left - word.frame.right) => {
                let small = glyph.height() < SMALL * full;
                let begins = |c: char| c.is_ascii_digit() && glyph.text.may_begin_mark();
                if !small {
                    full = glyph.height();
                    word.noted = None;
                } else if word.text.ends_with(begins) && before.as_ref().is_some_and(|b| b.height() >= full) {
                    // A second one makes it no mark of a note.
                    word.noted = (!word.text.contains(RAISED)).then_some(word.text.len());
                    word.text.push(RAISED);
                }
                glyph.text.append_to(&mut word.text);
                word.frame = word.frame.with(glyph.frame);
            }
            _ => {
                let mut text = String::new();
                glyph.text.append_to(&mut text);
                full = glyph.height();
                out.push(Word { text, frame: glyph.frame, noted: None, spaced: glyph.spaced });
            }
        }
        before = Some(glyph);
    }
    out
}

/// Whether a gap before a character parts words: a wide one, or any that was drawn as a space.
fn parts(glyph: &Glyph, gap: f32) -> bool {
    gap > WORD_GAP * glyph.height() || (glyph.spaced && gap > SPACE * glyph.height())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Characters of ten points, each in its own place, from a point of the page.
    pub(in super::super) fn glyphs(text: &str, left: f32, top: f32) -> Vec<Glyph> {
        let mut at = left;
        let mut out = Vec::new();
        for c in text.chars() {
            let wide = if c.is_ascii() { 5.0 } else { 10.0 };
            let frame = Frame { left: at, top, right: at + wide, bottom: top + 10.0 };
            if c != ' ' {
                out.push(Glyph { text: Spelling::One(c), frame, run: out.len() as u32, spaced: false });
            }
            at += wide;
        }
        out
    }

    fn shown(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).iter().map(Line::text).collect()
    }

    #[test]
    fn the_order_of_drawing_says_nothing() {
        let drawn = [glyphs("乙 12", 0.0, 30.0), glyphs("甲", 40.0, 1.0), glyphs("1", 0.0, 0.0)].concat();
        assert_eq!(shown(drawn), ["1 甲", "乙 12"]);
    }

    #[test]
    fn a_space_that_was_drawn_parts() {
        let mut drawn = glyphs("1234", 0.0, 0.0);
        drawn[2..].iter_mut().for_each(|g| (g.frame.left, g.frame.right) = (g.frame.left + 2.0, g.frame.right + 2.0));
        assert_eq!(shown(drawn.clone()), ["1234"]);
        drawn[2].spaced = true;
        assert_eq!(shown(drawn), ["12 34"]);
    }

    #[test]
    fn a_bold_character_is_one() {
        assert_eq!(shown([glyphs("12", 0.0, 0.0), glyphs("12", 0.4, 0.0)].concat()), ["12"]);
        assert_eq!(shown(glyphs("1122", 0.0, 0.0)), ["1122"]);
    }
}

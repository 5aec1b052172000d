//! How characters of RTF are written: the words of a group, the tables of colours and of styles.

use rustc_hash::FxHashMap;

use crate::decode::manner::{Manner, is_white};

/// Colours, and styles, of a file.
const MOST: usize = 10_000;
/// Characters smaller than this, in half points, cannot be seen.
const TINY: i32 = 3;

/// The tables at the head of a file.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// For each colour, whether it is told and white.
    colours: Vec<bool>,
    /// The parts of the colour at hand; none where the reader may choose.
    colour: Option<[u8; 3]>,
    /// How the characters of a style are written.
    styles: FxHashMap<i32, Manner>,
    /// The number of the style at hand.
    style: Option<i32>,
}

impl Looks {
    /// The colour at hand ends.
    pub(super) fn end_colour(&mut self) {
        if self.colours.len() < MOST {
            self.colours.push(self.colour.take().is_some_and(is_white));
        }
    }

    /// The style at hand ends.
    pub(super) fn end_style(&mut self, manner: Manner) {
        if let Some(style) = self.style.take().filter(|_| self.styles.len() < MOST && manner != Manner::default()) {
            self.styles.entry(style).or_insert(manner);
        }
    }

    /// Whether a colour is told and is no white.
    pub(super) fn is_dark(&self, colour: i32) -> bool {
        colour != 0 && !self.is_white(colour)
    }

    fn is_white(&self, colour: i32) -> bool {
        usize::try_from(colour).ok().and_then(|i| self.colours.get(i)).copied().unwrap_or(false)
    }

    /// Takes a word that tells how characters are written; whether it is one.
    pub(super) fn word(&mut self, name: &[u8], number: Option<i32>, manner: &mut Manner) -> bool {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        let mut part = |at: usize| self.colour.get_or_insert([0; 3])[at] = value.clamp(0, 255) as u8;
        match name {
            b"v" => manner.hidden = Some(on),
            b"strike" => manner.struck = Some(on),
            b"striked" => manner.twice = Some(on),
            b"super" | b"sub" => manner.raised = Some(on),
            b"up" => manner.raised = Some(number.unwrap_or(6) > 0),
            b"nosupersub" => manner.raised = Some(false),
            b"fs" => manner.tiny = Some(value < TINY && number.is_some()),
            b"cf" => manner.white = Some(self.is_white(value)),
            b"cb" | b"highlight" | b"chcbpat" => manner.shaded = Some(self.is_dark(value)),
            b"red" => part(0),
            b"green" => part(1),
            b"blue" => part(2),
            b"s" | b"cs" | b"ts" => {
                self.style = Some(value);
                let of_style = self.styles.get(&value).copied().unwrap_or_default();
                *manner = of_style.over(*manner);
            }
            // A style begins with what the one below it says.
            b"sbasedon" => *manner = manner.over(self.styles.get(&value).copied().unwrap_or_default()),
            _ => return false,
        }
        true
    }
}

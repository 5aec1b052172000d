//! Reports printed as PDF files.

use gxbg::terms::Edition;

use super::Rolled;
use super::dice::Dice;
use super::paper::{Face, Paper, Rules};

/// A printed report.
pub(crate) struct Printed {
    pub(crate) edition: Edition,
    /// Each cell as published, in the order of `Form::cells`.
    pub(crate) published: Vec<Option<f64>>,
    pub(crate) pdf: Vec<u8>,
}

impl Printed {
    /// The report of a seed, printed in a manner that may be changed.
    pub(crate) fn of(seed: u64, rules: Rules, change: impl Fn(&mut Face)) -> Printed {
        let marks = ["\u{e100}\n", "\u{e101}\n", "\u{e102}\n"].map(str::to_owned);
        let Rolled { edition, published, sheets, text, .. } = Rolled::of(seed, marks);
        let mut dice = Dice::of(seed, "paper");
        let mut face = Face::roll(rules, &mut dice);
        change(&mut face);
        let mut paper = Paper::new(face);
        for line in text.lines() {
            match line.chars().next() {
                Some(c @ '\u{e100}'..='\u{e102}') => paper.table(&sheets[c as usize - 0xe100], &mut dice),
                Some(_) => paper.paragraph(line),
                None => {}
            }
        }
        Printed { edition, published, pdf: paper.print() }
    }
}

//! Reports printed as PDF files.

use gxbg::terms::{Edition, Form};

use super::dice::Dice;
use super::grid::{Plan, draw};
use super::ledger::{Ledger, Scale};
use super::paper::{Face, Paper, Rules};
use super::prose::{self, Masthead};
use super::words::{Hand, Nil, Pen};

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
        let mut dice = Dice::of(seed, "report");
        let edition = Edition::ALL[dice.weighted(&[(0, 0.35), (1, 0.65)])];
        let scale = Scale::ALL[dice.below(3)];
        let form = Form::of(edition);
        let pen = Pen::roll(&mut Dice::of(seed, "pen"));
        let ledger = Ledger::roll(edition, scale, pen.nil == Nil::Lumped, &mut Dice::of(seed, "ledger"));
        let (texts, published) = pen.write(form, &ledger.figures, &mut Dice::of(seed, "figures"));
        let plan = Plan::roll(&mut Dice::of(seed, "plan"));
        let mut hand = Hand::roll(&mut Dice::of(seed, "hand"));
        let sheets = draw(form, &texts, &plan, &mut hand, &mut Dice::of(seed, "labels"));
        let mut dice = Dice::of(seed, "prose");
        let masthead = Masthead::roll(edition, scale, &mut dice);
        let marks = ["\u{e100}\n", "\u{e101}\n", "\u{e102}\n"].map(str::to_owned);
        let text = prose::compose(&masthead, &ledger, marks, &mut dice);
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

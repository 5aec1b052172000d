//! Invariants that change what stands in cells: 1, 2, 3, 4 and 6.

use gxbg::law::{ties, ties_of_cells};

use super::view::{Fault, Faults, Kind, View};
use crate::bench::axes::totals;
use crate::bench::dice::Dice;
use crate::bench::drafts::{Draft, Making, Strength, Writer};
use crate::bench::face::Layout;
use crate::bench::markup::Face;
use crate::bench::paper::Rules;
use crate::bench::words::Nil;

/// Another figure than this one, as a hand slips: one off, ten off, a digit more or less, two digits exchanged.
fn slip(figure: f64, dice: &mut Dice) -> f64 {
    let digits = figure.to_string();
    let other = match dice.below(5) {
        0 => figure + 1.0,
        1 => (figure - 1.0).max(0.0),
        2 => figure + 10.0,
        3 => format!("{digits}{}", dice.below(10)).parse().unwrap_or(figure),
        _ => {
            let mut chars: Vec<char> = digits.chars().collect();
            let at = dice.below(chars.len());
            let with = (at + 1) % chars.len();
            chars.swap(at, with);
            chars.into_iter().collect::<String>().parse().unwrap_or(figure)
        }
    };
    if other == figure { figure + 2.0 } else { other }
}

/// 1: figures that break ties, one or a few or nearly all, stand where they stood.
pub(crate) fn arithmetic_moves_nothing(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    if writer.strength() < Strength::Ruled {
        return None;
    }
    let draft = Draft::of(seed, &Making::default());
    let mut broken = draft.clone();
    let mut dice = Dice::of(seed, "arithmetic");
    let share = [0.01, 0.1, 0.9][seed as usize % 3];
    for cell in draft.tied() {
        if dice.chance(share) {
            broken.publish(cell, slip(draft.figures[cell], &mut dice));
        }
    }
    let (before, after) = (View::read(&draft, writer), View::read(&broken, writer));
    let mut faults = Faults::new(&draft, writer);
    for (c, (b, a)) in before.cells.iter().zip(&after.cells).enumerate() {
        match (broken.published[c], a.value) {
            (Some(want), Some(got)) if want != got => faults.cell(Kind::Other, c, *b, *a),
            (Some(_), None) => faults.cell(Kind::Lost, c, *b, *a),
            _ => {}
        }
    }
    faults.done()
}

/// 2: where nothing is counted, nothing may be written in any way.
pub(crate) fn nothing_is_nothing(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let draft = Draft::of(seed, &Making::default());
    let mut dice = Dice::of(seed, "nothing");
    let share = [0.3, 0.9][seed as usize % 2];
    let cells: Vec<usize> =
        (0..draft.figures.len()).filter(|c| draft.figures[*c] == 0.0 && dice.chance(share)).collect();
    let with = |glyph: &str| {
        let mut draft = draft.clone();
        cells.iter().for_each(|c| draft.set(*c, glyph, None));
        View::read(&draft, writer)
    };
    let slashes = with("/");
    let mut faults = Faults::new(&draft, writer);
    for glyph in ["—", "无", ""] {
        let view = with(glyph);
        for (c, (b, a)) in slashes.cells.iter().zip(&view.cells).enumerate() {
            match glyph.is_empty() && !writer.keeps_cells() {
                true => faults.alike(c, *b, *a),
                false => faults.same(c, *b, *a),
            }
        }
    }
    faults.done()
}

/// 3: some totals, or all, are left empty.
pub(crate) fn totals_hold_nothing_up(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let draft = Draft::of(seed, &Making::default());
    let mut empty = draft.clone();
    let mut dice = Dice::of(seed, "totals");
    let (share, glyph) = ([0.15, 0.5, 1.0][seed as usize % 3], ["", "/", "—"][seed as usize / 3 % 3]);
    let out: Vec<usize> =
        totals(&draft).into_iter().filter(|c| draft.figures[*c] != 0.0 && dice.chance(share)).collect();
    out.iter().for_each(|c| empty.set(*c, glyph, None));
    let (before, after) = (View::read(&draft, writer), View::read(&empty, writer));
    let mut faults = Faults::new(&draft, writer);
    for (c, (b, a)) in before.cells.iter().zip(&after.cells).enumerate() {
        match out.contains(&c) {
            // What stands nowhere may only follow from the sums.
            true => faults.only(c, Some(draft.figures[c]), *b, *a),
            false => faults.alike(c, *b, *a),
        }
    }
    faults.done()
}

/// 4: one figure is wrong.
pub(crate) fn a_slip_stays_a_slip(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let draft = Draft::of(seed, &Making::default());
    let mut slipped = draft.clone();
    let mut dice = Dice::of(seed, "slip");
    let filled: Vec<usize> = draft.tied().into_iter().filter(|c| draft.figures[*c] > 0.0).collect();
    let any = if filled.is_empty() || dice.chance(0.4) { draft.tied() } else { filled };
    let cell = any[dice.below(any.len())];
    let wrong = slip(draft.figures[cell], &mut dice);
    slipped.publish(cell, wrong);
    let touched: Vec<usize> = ties_of_cells(draft.edition)[cell]
        .iter()
        .flat_map(|t| ties(draft.edition)[*t].cells.iter().map(|(c, _)| *c))
        .collect();
    let (before, after) = (View::read(&draft, writer), View::read(&slipped, writer));
    let mut faults = Faults::new(&draft, writer);
    let strong = writer.strength() == Strength::Markup;
    for (c, (b, a)) in before.cells.iter().zip(&after.cells).enumerate() {
        if c == cell {
            faults.only(c, Some(wrong), *b, *a);
            if strong && (a.value != Some(wrong) || a.status != b.status) {
                faults.cell(Kind::Status, c, *b, *a);
            }
        } else if !strong && touched.contains(&c) {
            faults.only(c, draft.published[c], *b, *a);
        } else {
            faults.same(c, *b, *a);
        }
    }
    faults.done()
}

/// What a writer's files are held against: the next stronger one.
fn stronger(writer: Writer) -> Option<Writer> {
    match writer {
        Writer::Page(Face::Clean) => None,
        Writer::Page(_) | Writer::Print(Rules::Strokes) => Some(Writer::Page(Face::Clean)),
        Writer::Print(_) => Some(Writer::Print(Rules::Strokes)),
        Writer::Text(Layout::Aligned | Layout::Collapsed | Layout::Lines) => Some(Writer::Text(Layout::Tabs)),
        Writer::Text(Layout::Glued) => Some(Writer::Text(Layout::Collapsed)),
        Writer::Text(Layout::OneLine) => Some(Writer::Text(Layout::Glued)),
        Writer::Text(_) => Some(Writer::Page(Face::Clean)),
    }
}

/// 6: the same tables with less to part their cells.
pub(crate) fn weaker_knows_less(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let nil = [Nil::Zero, Nil::Glyph(""), Nil::Glyph("/"), Nil::Mixed][seed as usize % 4];
    let mut draft = Draft::of(seed, &Making { nil, ..Making::default() });
    let mut dice = Dice::of(seed, "weaker");
    if dice.chance(0.4) {
        let filled: Vec<usize> = draft.tied().into_iter().filter(|c| draft.published[*c].is_some()).collect();
        if !filled.is_empty() {
            let cell = filled[dice.below(filled.len())];
            draft.publish(cell, slip(draft.figures[cell], &mut dice));
        }
    }
    let (strong, weak) = (View::read(&draft, stronger(writer)?), View::read(&draft, writer));
    let mut faults = Faults::new(&draft, writer);
    for (c, (b, a)) in strong.cells.iter().zip(&weak.cells).enumerate() {
        match (b.claim(), a.claim()) {
            (Some(x), Some(y)) if x != y => faults.cell(Kind::Other, c, *b, *a),
            // That a cell is empty is a claim as well.
            (None, Some(y)) if b.status == "blank" && y != 0.0 => faults.cell(Kind::Other, c, *b, *a),
            (None, Some(_)) => faults.cell(Kind::More, c, *b, *a),
            _ => {}
        }
    }
    faults.done()
}

//! What issuers and their programs do to a table that says what it says all the same: each an axis of its own.

use gxbg::terms::{Edition, Table};

use super::dice::Dice;
use super::drafts::{Draft, Making, Strength, Writer};
use super::face::Layout;
use super::grid::{Header, Row, Slot, Strip, What, slot};
use super::ledger::Scale;
use super::words::{Nil, widen};

/// A way to write a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// As the form says, zeros written out.
    Plain,
    /// Totals left empty over parts that are not zero.
    EmptyTotals,
    /// Zeros written in some cells and left out in others.
    SomeZeros,
    /// `/` for nothing.
    Slashes,
    /// `—` for nothing.
    Dashes,
    /// Full-width digits everywhere.
    FullWidth,
    /// Columns too narrow for their figures.
    Narrow,
    /// Notes in cells: `22（其中修订16件）`.
    Notes,
    /// A row of the issuer's own.
    OwnRow,
    /// A header in one line.
    HeaderInOne,
    /// A header in four lines: the names of applicants are cut in two.
    HeaderInFour,
    /// Labels with three characters wrong.
    WrongLabels,
    /// The one row 其他处理 of the form of 2019 inside a table of 2021.
    OldRow,
}

impl Axis {
    pub(crate) const ALL: [Axis; 13] = [
        Axis::Plain,
        Axis::EmptyTotals,
        Axis::SomeZeros,
        Axis::Slashes,
        Axis::Dashes,
        Axis::FullWidth,
        Axis::Narrow,
        Axis::Notes,
        Axis::OwnRow,
        Axis::HeaderInOne,
        Axis::HeaderInFour,
        Axis::WrongLabels,
        Axis::OldRow,
    ];

    pub(crate) fn key(self) -> &'static str {
        [
            "plain",
            "empty-totals",
            "some-zeros",
            "slashes",
            "dashes",
            "full-width",
            "narrow",
            "notes",
            "own-row",
            "header-in-one",
            "header-in-four",
            "wrong-labels",
            "old-row",
        ][self as usize]
    }

    /// Whether a writer can write it at all.
    pub(crate) fn suits(self, writer: Writer) -> bool {
        match self {
            Axis::Narrow => writer == Writer::Text(Layout::Aligned),
            Axis::Notes => writer.strength() >= Strength::Spaced,
            _ => true,
        }
    }

    /// The report of a seed, written so.
    pub(crate) fn draft(self, seed: u64) -> Draft {
        let nil = match self {
            Axis::Slashes => Nil::Glyph("/"),
            Axis::Dashes => Nil::Glyph("—"),
            _ => Nil::Zero,
        };
        let header = if self == Axis::HeaderInOne { Header::Flat } else { Header::Full };
        let making = Making { nil, header, ..Making::default() };
        let mut draft = match self {
            Axis::OldRow => Draft::sized(seed, Edition::Of2021, Scale::ALL[seed as usize % 3], &making),
            _ => Draft::of(seed, &making),
        };
        let mut dice = Dice::of(seed, "axis");
        match self {
            Axis::EmptyTotals => empty_totals(&mut draft, "", &mut dice),
            Axis::SomeZeros => some_zeros(&mut draft, &mut dice),
            Axis::FullWidth => draft.figures_mut().for_each(|s| s.text = s.text.chars().map(full).collect()),
            Axis::Narrow => draft.figures_mut().for_each(wrap),
            Axis::Notes => notes(&mut draft, &mut dice),
            Axis::OwnRow => own_row(&mut draft, &mut dice),
            Axis::HeaderInFour => header_in_four(&mut draft),
            Axis::WrongLabels => wrong_labels(&mut draft, &mut dice),
            Axis::OldRow => old_row(&mut draft),
            _ => {}
        }
        draft
    }
}

fn full(c: char) -> char {
    if c.is_ascii_digit() { widen(c) } else { c }
}

/// Cells that are sums of others.
pub(crate) fn totals(draft: &Draft) -> Vec<usize> {
    let cells = &draft.form().cells;
    let is_sum = |c: &usize| cells[*c].column == "total" || cells[*c].row == "concluded_total";
    draft.tied().into_iter().filter(is_sum).collect()
}

/// Leaves about half of the totals that are not zero out; in every third report all of the last column.
fn empty_totals(draft: &mut Draft, glyph: &str, dice: &mut Dice) {
    let column = dice.chance(0.34);
    for cell in totals(draft) {
        let out = if column { draft.form().cells[cell].column == "total" } else { dice.chance(0.5) };
        if out && draft.figures[cell] != 0.0 {
            draft.set(cell, glyph, None);
        }
    }
}

fn some_zeros(draft: &mut Draft, dice: &mut Dice) {
    for cell in 0..draft.figures.len() {
        if draft.figures[cell] == 0.0 && dice.chance(0.5) {
            draft.set(cell, "", None);
        }
    }
}

/// Two digits a line.
fn wrap(slot: &mut Slot) {
    let chars: Vec<char> = slot.text.chars().collect();
    let lines: Vec<String> = chars.chunks(2).map(|c| c.iter().collect()).collect();
    slot.text = lines.join("\n");
}

fn notes(draft: &mut Draft, dice: &mut Dice) {
    for cell in 0..draft.figures.len() {
        let value = draft.figures[cell];
        let term = draft.form().cells[cell];
        if term.table == Table::Proactive && value >= 2.0 && value.fract() == 0.0 && dice.chance(0.4) {
            let part = 1 + dice.below(value as usize - 1);
            let text = dice.pick(&["{}（其中修订{p}件）", "{}（含自然失效 {p} 件）"]);
            let text = text.replace("{}", &value.to_string()).replace("{p}", &part.to_string());
            draft.set(cell, &text, Some(value));
        }
    }
}

/// A row with figures that belong to no line of the form.
pub(crate) fn foreign(label: &str, like: &Row, figures: impl Fn(usize) -> String) -> Row {
    let mut slots = vec![];
    let first = like.first_figure().unwrap_or_default();
    let spans: usize = like.slots[..first].iter().map(|s| s.span).sum();
    slots.push(Slot { span: spans.max(1), ..slot(label, What::Label) });
    let values = like.slots[first..].iter().enumerate();
    slots.extend(values.map(|(i, s)| Slot { text: figures(i), what: What::Figure(usize::MAX), ..s.clone() }));
    Row::body(slots)
}

fn own_row(draft: &mut Draft, dice: &mut Dice) {
    let sheet = &mut draft.sheets[Table::Proactive as usize];
    let figures: Vec<String> = (0..4).map(|_| dice.range(1, 90).to_string()).collect();
    if let Some(Strip::Row(last)) = sheet.strips.last().cloned() {
        sheet.strips.push(Strip::Row(foreign("其他主动公开文件", &last, |i| figures[i % 4].clone())));
    }
}

fn header_in_four(draft: &mut Draft) {
    let strips = &mut draft.sheets[Table::Requests as usize].strips;
    let Some(Strip::Row(third)) = strips.get(2).cloned() else { return };
    let (mut upper, mut lower) = (third.clone(), third);
    for (a, b) in upper.slots.iter_mut().zip(&mut lower.slots) {
        let at = a.text.char_indices().nth(2).map_or(a.text.len(), |(at, _)| at);
        b.text = a.text.split_off(at);
    }
    strips.splice(2..3, [Strip::Row(upper), Strip::Row(lower)]);
}

/// Three characters of about a third of the labels that are long enough.
fn wrong_labels(draft: &mut Draft, dice: &mut Dice) {
    for row in draft.rows_mut() {
        for slot in row.slots.iter_mut().filter(|s| s.what == What::Label) {
            let mut chars: Vec<char> = slot.text.chars().collect();
            if chars.len() < 11 || !dice.chance(0.34) {
                continue;
            }
            for _ in 0..3 {
                // The mark stays.
                let at = 3 + dice.below(chars.len() - 3);
                chars[at] = *dice.pick(&[&'的', &'内', &'证', &'末', &'己', &'按', &'各', &'予']);
            }
            slot.text = chars.into_iter().collect();
        }
    }
}

/// The three rows of 其他处理 become one, whose cells the form of 2021 does not have.
fn old_row(draft: &mut Draft) {
    let rows = ["other_no_correction", "other_fee_unpaid", "other_other"];
    let form = draft.form();
    let starts: Vec<usize> = rows.iter().filter_map(|r| form.cell(Table::Requests, r, "natural_person")).collect();
    let places: Vec<usize> = starts.iter().filter_map(|s| draft.row_of(*s)).collect();
    let (&[a, b, c], &[first, last, ..]) = (starts.as_slice(), places.as_slice()) else { return };
    let strips = &mut draft.sheets[Table::Requests as usize].strips;
    let Strip::Row(row) = &mut strips[first] else { return };
    for slot in &mut row.slots {
        match slot.what {
            What::Figure(cell) => {
                let at = cell - a;
                slot.text = (draft.figures[a + at] + draft.figures[b + at] + draft.figures[c + at]).to_string();
                slot.what = What::Figure(usize::MAX);
            }
            What::Group if !slot.above => *slot = Slot { span: 2, what: What::Label, ..slot.clone() },
            _ => {}
        }
    }
    // The label of the group is that of the row.
    let own = row.slots.iter().rposition(|s| s.what == What::Label);
    if let Some(at) = own.filter(|at| row.label() != Some(*at)) {
        row.slots.remove(at);
    }
    strips.drain(last..last + 2);
    draft.published[a..c + 7].fill(None);
}

/// Whether what a cell says is left open by an axis.
pub(crate) fn is_open(axis: Axis, row: &str) -> bool {
    axis == Axis::OldRow && row.starts_with("other_")
}

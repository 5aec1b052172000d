//! The reversible test bench: consistent ledgers, written in every layout, damaged, read back and compared.
//!
//! The axes are independent: a seed gives an edition, a scale, a ledger, a pen (numbers), a hand (labels) and the
//! prose around; layout and damage are chosen on top and disturb none of these.

// Two programs use the bench, each its part.
#![allow(dead_code)]

pub(crate) mod aligned;
pub(crate) mod axes;
pub(crate) mod claims;
pub(crate) mod damage;
pub(crate) mod dice;
pub(crate) mod drafts;
pub(crate) mod face;
pub(crate) mod faults;
pub(crate) mod grid;
pub(crate) mod ledger;
pub(crate) mod marked;
pub(crate) mod markup;
pub(crate) mod oracle;
pub(crate) mod pages;
pub(crate) mod paper;
pub(crate) mod printed;
pub(crate) mod prose;
pub(crate) mod published;
pub(crate) mod series;
pub(crate) mod words;

use damage::Damage;
use dice::Dice;
use face::Layout;
use grid::{Plan, Sheet, draw};
use gxbg::terms::{Edition, Form};
use ledger::{Ledger, Scale};
use markup::{Face, Piece};
use oracle::Reading;
use prose::Masthead;
use words::{Hand, Nil, Pen};

/// Reads a report: value and status of every cell in the order of `Form::of(edition).cells`; the whole bench reads
/// through this one door. A cell that the reading does not know is `(None, "missing")`.
pub(crate) const READER: Option<fn(&str, Edition) -> Reading> = Some(through);

/// The way of a file, without the file.
fn through(text: &str, edition: Edition) -> Reading {
    read(text.as_bytes(), edition)
}

/// The same for the bytes of a file of any format.
pub(crate) fn read(bytes: &[u8], edition: Edition) -> Reading {
    let missing = || vec![(None, "missing"); Form::of(edition).cells.len()];
    let Ok(document) = gxbg::decode::decode(bytes) else { return missing() };
    let Ok(report) = gxbg::recognize::recognize(&document) else { return missing() };
    if report.editions != Some(edition.into()) {
        return missing();
    }
    gxbg::ledger::settle(report).cells.iter().map(|c| (c.value, c.status.key())).collect()
}

/// The layout of a whole report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// The same for all tables.
    Pure(Layout),
    /// Another one for each table.
    Mixed,
}

impl Style {
    pub(crate) fn all() -> Vec<Style> {
        Layout::ALL.map(Style::Pure).into_iter().chain([Style::Mixed]).collect()
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Style::Pure(layout) => layout.key(),
            Style::Mixed => "mixed",
        }
    }

    pub(crate) fn target(self) -> f64 {
        match self {
            Style::Pure(layout) => layout.target(),
            // As many tables of any layout as of layouts 6 to 8.
            Style::Mixed => 0.97,
        }
    }

    fn layouts(self, dice: &mut Dice) -> [Layout; 3] {
        match self {
            Style::Pure(layout) => [layout; 3],
            Style::Mixed => [(); 3].map(|()| Layout::ALL[dice.below(Layout::ALL.len())]),
        }
    }
}

/// A report of the bench.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) seed: u64,
    pub(crate) edition: Edition,
    pub(crate) scale: Scale,
    pub(crate) style: Style,
    /// The damage that was done; none where the report had nothing that it could happen to.
    pub(crate) damage: Option<Damage>,
    /// Where the issuer published a wrong figure.
    pub(crate) slip: Option<usize>,
    pub(crate) masthead: Masthead,
    pub(crate) text: String,
    /// Each cell as published, in the order of `Form::cells`.
    pub(crate) published: Vec<Option<f64>>,
}

impl Report {
    /// The report of a seed in a style, with some damage or none.
    pub(crate) fn of(seed: u64, style: Style, damage: Option<Damage>) -> Report {
        let mut dice = Dice::of(seed, "report");
        let edition = Edition::ALL[dice.weighted(&[(0, 0.35), (1, 0.65)])];
        let scale = Scale::ALL[dice.below(3)];
        let form = Form::of(edition);
        let mut wreck = Dice::of(seed, "damage");

        let mut layout_dice = Dice::of(seed, "layout");
        let layouts = style.layouts(&mut layout_dice);
        let mut pen = Pen::roll(&mut Dice::of(seed, "pen"));
        let lumped = pen.nil == Nil::Lumped;
        if layouts.iter().any(|l| l.is_glued()) {
            pen = Pen::plain();
        }
        let mut ledger = Ledger::roll(edition, scale, lumped, &mut Dice::of(seed, "ledger"));
        let slip = damage.and_then(|d| d.on_ledger(&mut ledger, &mut wreck));
        let (texts, published) = pen.write(form, &ledger.figures, &mut Dice::of(seed, "figures"));

        let mut plan = Plan::roll(&mut Dice::of(seed, "plan"));
        if let Some(damage) = damage {
            damage.on_plan(&mut plan, &mut wreck);
        }
        let mut hand = Hand::roll(&mut Dice::of(seed, "hand"));
        let mut sheets = draw(form, &texts, &plan, &mut hand, &mut Dice::of(seed, "labels"));
        let done = damage.is_some_and(|d| wreck_one(d, &mut sheets, &layouts, &mut wreck));

        let mut tables = sheets.iter().zip(layouts).map(|(sheet, layout)| layout.write(sheet, &mut layout_dice));
        let tables = [(); 3].map(|()| tables.next().unwrap_or_default());
        let mut prose = Dice::of(seed, "prose");
        let masthead = Masthead::roll(edition, scale, &mut prose);
        let text = prose::compose(&masthead, &ledger, tables, &mut prose);
        Report { seed, edition, scale, style, damage: damage.filter(|_| done), slip, masthead, text, published }
    }

    /// The file name under which it is written.
    pub(crate) fn file_name(&self) -> String {
        format!("{:06}_{}_{}_{}.txt", self.seed, self.edition.key(), self.style.key(), self.scale.key())
    }

    /// Its truth as one line of JSON for the scorer.
    pub(crate) fn truth(&self) -> String {
        let style = match self.damage {
            None => self.style.key().to_string(),
            Some(damage) => format!("{}/{}", self.style.key(), damage.key()),
        };
        let cells: Vec<String> = Form::of(self.edition)
            .cells
            .iter()
            .zip(&self.published)
            .map(|(cell, value)| {
                let value = value.map_or("null".to_string(), |v| v.to_string());
                format!("[\"{}\", \"{}\", \"{}\", {value}]", cell.table.key(), cell.row, cell.column)
            })
            .collect();
        format!(
            "{{\"path\": \"{}\", \"style\": \"{style}\", \"seed\": {}, \"scale\": \"{}\", \"issuer\": \"{}\", \"year\": {}, \
             \"edition\": \"{}\", \"cells\": [{}]}}",
            self.file_name(),
            self.seed,
            self.scale.key(),
            self.masthead.issuer,
            self.masthead.year,
            self.edition.key(),
            cells.join(", ")
        )
    }
}

/// A report before any layout is chosen.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) seed: u64,
    pub(crate) edition: Edition,
    pub(crate) masthead: Masthead,
    pub(crate) pieces: Vec<Piece>,
    /// Each cell as published, in the order of `Form::cells`.
    pub(crate) published: Vec<Option<f64>>,
}

/// What stands for a table in the text around it.
const TABLE: char = '\u{e010}';

/// The report of a seed before it is drawn: its tables, and its text with marks for them.
pub(crate) struct Rolled {
    pub(crate) edition: Edition,
    pub(crate) published: Vec<Option<f64>>,
    pub(crate) sheets: [Sheet; 3],
    pub(crate) masthead: Masthead,
    pub(crate) text: String,
}

impl Rolled {
    pub(crate) fn of(seed: u64, marks: [String; 3]) -> Rolled {
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
        let mut prose = Dice::of(seed, "prose");
        let masthead = Masthead::roll(edition, scale, &mut prose);
        let text = prose::compose(&masthead, &ledger, marks, &mut prose);
        Rolled { edition, published, sheets, masthead, text }
    }
}

impl Drawn {
    /// The report of a seed.
    pub(crate) fn of(seed: u64) -> Drawn {
        let Rolled { edition, published, sheets, masthead, text } =
            Rolled::of(seed, [(); 3].map(|()| format!("{TABLE}\n")));
        Drawn { seed, edition, masthead, pieces: pieces(&text, sheets), published }
    }

    /// The file with a face.
    pub(crate) fn write(&self, face: Face) -> Vec<u8> {
        face.write(&self.pieces, &mut Dice::of(self.seed, "face"))
    }

    /// How well the file with a face is read.
    pub(crate) fn score(&self, face: Face) -> oracle::Score {
        oracle::Score::of(&self.published, &read(&self.write(face), self.edition))
    }
}

/// The lines of a text, with tables where their marks stand.
pub(crate) fn pieces(text: &str, sheets: [Sheet; 3]) -> Vec<Piece> {
    let mut sheets = sheets.into_iter();
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines
        .filter_map(|line| match line.starts_with(TABLE) {
            true => sheets.next().map(Piece::Table),
            false => Some(Piece::Line(line.to_owned())),
        })
        .collect()
}

/// Does the damage to one of the tables, most likely to the requests table. Damage to ledger or plan is done already.
fn wreck_one(damage: Damage, sheets: &mut [Sheet; 3], layouts: &[Layout; 3], dice: &mut Dice) -> bool {
    if matches!(damage, Damage::ColumnOrder | Damage::IssuerSlip) {
        return true;
    }
    let first = dice.weighted(&[(0, 0.15), (1, 0.75), (2, 0.1)]);
    [first, 1, 0, 2].into_iter().any(|i| damage.on_sheet(&mut sheets[i], layouts[i], dice))
}

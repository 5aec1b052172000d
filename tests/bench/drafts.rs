//! Reports before and after a change: drawn once, changed in a cell, a row or a column, and written by any writer.

use gxbg::terms::{Edition, Form, Table};

use super::dice::Dice;
use super::face::Layout;
use super::grid::{Header, Order, Plan, Row, Sheet, Slot, Strip, What, draw};
use super::ledger::{Ledger, Scale};
use super::markup::Face;
use super::paper::{self, Paper, Rules};
use super::pieces;
use super::prose::{self, Masthead};
use super::words::{Hand, Nil, Pen};

/// What writes a report as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// A text in a layout.
    Text(Layout),
    /// A page or an office document.
    Page(Face),
    /// A print with such rules.
    Print(Rules),
}

/// How much a writer leaves of what parts the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Digits follow digits.
    Glued,
    /// The order of the cells that have something in them.
    Ordered,
    /// Positions.
    Spaced,
    /// Characters between cells, empty ones kept.
    Separated,
    /// Drawn lines.
    Ruled,
    /// The format itself.
    Markup,
}

impl Writer {
    /// All writers whose files this build reads.
    pub(crate) fn all() -> Vec<Writer> {
        let texts = Layout::ALL.into_iter().map(Writer::Text);
        let pages = Face::ALL.into_iter().map(Writer::Page);
        let prints = [Rules::Strokes, Rules::None].into_iter().map(Writer::Print);
        texts.chain(pages).chain(prints.filter(|_| cfg!(feature = "pdf"))).collect()
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Writer::Text(layout) => layout.key(),
            Writer::Page(face) => face.key(),
            Writer::Print(rules) => rules.key(),
        }
    }

    pub(crate) fn strength(self) -> Strength {
        match self {
            Writer::Page(_) => Strength::Markup,
            Writer::Print(Rules::None) => Strength::Spaced,
            Writer::Print(_) => Strength::Ruled,
            Writer::Text(Layout::Aligned) => Strength::Spaced,
            Writer::Text(Layout::Collapsed | Layout::Lines) => Strength::Ordered,
            Writer::Text(Layout::Glued | Layout::OneLine) => Strength::Glued,
            Writer::Text(_) => Strength::Separated,
        }
    }

    /// Whether every cell is told apart, empty ones too: nothing may get lost then.
    pub(crate) fn keeps_cells(self) -> bool {
        self.strength() >= Strength::Separated
    }
}

/// How a draft is drawn up, as far as that is not left to its seed.
#[derive(Debug, Clone)]
pub(crate) struct Making {
    pub(crate) nil: Nil,
    pub(crate) header: Header,
    pub(crate) order: Order,
}

impl Default for Making {
    fn default() -> Making {
        Making { nil: Nil::Zero, header: Header::Full, order: Order::default() }
    }
}

/// A report whose tables can still be changed.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) seed: u64,
    pub(crate) edition: Edition,
    /// What the issuer counted.
    pub(crate) figures: Vec<f64>,
    /// Each cell as published, in the order of `Form::cells`.
    pub(crate) published: Vec<Option<f64>>,
    pub(crate) sheets: [Sheet; 3],
    /// The text, with a mark for each table.
    text: String,
}

/// What stands for a table in the text around it, and the two after it for the others.
const MARK: char = '\u{e100}';
/// What stands for a table in the pieces of a page.
const PIECE: char = '\u{e010}';

impl Draft {
    /// The report of a seed; its figures are plain digits.
    pub(crate) fn of(seed: u64, making: &Making) -> Draft {
        let mut dice = Dice::of(seed, "draft");
        let edition = Edition::ALL[dice.weighted(&[(0, 0.35), (1, 0.65)])];
        let scale = Scale::ALL[dice.below(3)];
        Draft::sized(seed, edition, scale, making)
    }

    pub(crate) fn sized(seed: u64, edition: Edition, scale: Scale, making: &Making) -> Draft {
        let form = Form::of(edition);
        let ledger = Ledger::roll(edition, scale, making.nil == Nil::Lumped, &mut Dice::of(seed, "ledger"));
        let pen = Pen::plain_but(making.nil);
        let (texts, published) = pen.write(form, &ledger.figures, &mut Dice::of(seed, "figures"));
        let plan =
            Plan { header: making.header, order: making.order.clone(), ..Plan::roll(&mut Dice::of(seed, "plan")) };
        let mut hand = Hand::roll(&mut Dice::of(seed, "hand"));
        let sheets = draw(form, &texts, &plan, &mut hand, &mut Dice::of(seed, "labels"));
        let mut dice = Dice::of(seed, "prose");
        let masthead = Masthead::roll(edition, scale, &mut dice);
        let marks = [0, 1, 2].map(|n| format!("{}\n", mark(n)));
        let text = prose::compose(&masthead, &ledger, marks, &mut dice);
        Draft { seed, edition, figures: ledger.figures, published, sheets, text }
    }

    pub(crate) fn form(&self) -> &'static Form {
        Form::of(self.edition)
    }

    /// Writes something else into a cell.
    pub(crate) fn set(&mut self, cell: usize, text: &str, published: Option<f64>) {
        let slots = self.rows_mut().flat_map(|row| &mut row.slots);
        for slot in slots.filter(|s| s.what == What::Figure(cell)) {
            text.clone_into(&mut slot.text);
        }
        self.published[cell] = published;
    }

    /// Publishes another figure in a cell.
    pub(crate) fn publish(&mut self, cell: usize, figure: f64) {
        self.set(cell, &figure.to_string(), Some(figure));
    }

    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        let strips = self.sheets.iter_mut().flat_map(|s| &mut s.strips);
        strips.filter_map(|s| if let Strip::Row(row) = s { Some(row) } else { None })
    }

    /// The slots of cells with figures.
    pub(crate) fn figures_mut(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.rows_mut().flat_map(|r| &mut r.slots).filter(|s| matches!(s.what, What::Figure(_)))
    }

    /// The cells of tables with ties.
    pub(crate) fn tied(&self) -> Vec<usize> {
        (0..self.published.len()).filter(|c| self.form().cells[*c].table != Table::Proactive).collect()
    }

    /// Where the row of a cell stands in its table.
    pub(crate) fn row_of(&self, cell: usize) -> Option<usize> {
        let sheet = &self.sheets[self.form().cells[cell].table as usize];
        let has =
            |strip: &Strip| matches!(strip, Strip::Row(row) if row.slots.iter().any(|s| s.what == What::Figure(cell)));
        sheet.strips.iter().position(has)
    }

    /// The tables alone, as a text layout writes them.
    pub(crate) fn tables(&self, layout: Layout) -> Vec<String> {
        let mut dice = Dice::of(self.seed, "layout");
        self.sheets.iter().map(|sheet| layout.write(sheet, &mut dice)).collect()
    }

    /// The file.
    pub(crate) fn write(&self, writer: Writer) -> Vec<u8> {
        match writer {
            Writer::Text(layout) => {
                let tables = self.tables(layout).into_iter().enumerate();
                let put = |text: String, (n, table): (usize, String)| text.replace(&format!("{}\n", mark(n)), &table);
                tables.fold(self.text.clone(), put).into_bytes()
            }
            Writer::Page(face) => {
                let text = (0..3).fold(self.text.clone(), |text, n| text.replace(mark(n), &PIECE.to_string()));
                face.write(&pieces(&text, self.sheets.clone()), &mut Dice::of(self.seed, "face"))
            }
            Writer::Print(rules) => self.print(rules),
        }
    }

    fn print(&self, rules: Rules) -> Vec<u8> {
        let mut dice = Dice::of(self.seed, "paper");
        let mut paper = Paper::new(paper::Face::roll(rules, &mut dice));
        for line in self.text.lines() {
            match (0..3).find(|n| line.starts_with(mark(*n))) {
                Some(n) => paper.table(&self.sheets[n], &mut dice),
                None if line.is_empty() => {}
                None => paper.paragraph(line),
            }
        }
        paper.print()
    }
}

fn mark(table: usize) -> char {
    char::from_u32(MARK as u32 + table as u32).unwrap_or(MARK)
}

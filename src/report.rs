//! What a document claims: who reports, when, in which words and with which figures. Nothing is concluded here.

use jiff::civil::Date;

use crate::divisions::{Code, Division};
use crate::document::Span;
use crate::terms::statements::{Metric, Qualifier};
use crate::terms::{Edition, Editions, Section, Unit};

/// How a figure was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writing {
    /// Digits and nothing else.
    Plain,
    /// Readable beyond doubt, but not plain: `00`, `3件`, `1,234`, full width.
    Noted,
    /// Readable in one way that wants a witness: `1 2` for 12.
    Doubtful,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content {
    /// The document has no such cell.
    Missing,
    /// The cell is there and says nothing: empty, `/`, `—`, 无.
    Blank,
    /// A number.
    Number(f64, Writing),
    /// Characters that are no number.
    Unreadable,
}

/// A cell as written: what it says and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// What it says.
    pub content: Content,
    /// Where it says so; `None` where there is no such cell.
    pub span: Option<Span>,
}

impl Written {
    /// A cell that the document does not have.
    pub const MISSING: Written = Written { content: Content::Missing, span: None };

    /// The figure, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self.content {
            Content::Number(value, _) => Some(value),
            _ => None,
        }
    }
}

/// One way to read the cells of a line, in the order of the form.
pub type Reading = Vec<Written>;

/// How it is known what a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// The page alone tells it.
    Page,
    /// The page leaves several ways, the ties one.
    Ties,
    /// It is read in the likeliest way, and something speaks against it.
    Doubt,
    /// Several ways to read it remain.
    Open,
}

/// What a cell of a line says, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellRead {
    /// What it says in the likeliest way to read it.
    pub written: Written,
    /// How it is known.
    pub knowledge: Knowledge,
}

/// A line of the form as found in the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineRead {
    /// Where its label stands.
    pub label: Option<Span>,
    /// What its cells say; empty where the document has no such line.
    pub cells: Vec<CellRead>,
    /// Where several ways to read it can be true: these, the likeliest first.
    pub ways: Vec<Reading>,
}

impl LineRead {
    /// Whether the document has the line.
    pub fn is_there(&self) -> bool {
        !self.cells.is_empty()
    }
}

/// A line that the form does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// Its label.
    pub label: Span,
}

/// An amount that the document gives in another unit than 10,000 yuan. The cell holds it converted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Converted {
    /// The position of the cell on the report's form.
    pub cell: usize,
    /// The figure as the page shows it.
    pub shown: f64,
    /// The unit it is in.
    pub unit: &'static Unit,
}

/// A text with the place it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The text, white space folded.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Why the division of an issuer is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Several divisions bear the name, and nothing tells which is meant.
    Ambiguous,
    /// The table of divisions has no such name there.
    Unknown,
    /// What else the document says speaks for another place.
    Contradicted,
}

/// Which division an issuer belongs to, and what it does there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// The division; none where it is open.
    pub division: Option<&'static Division>,
    /// Province, prefecture, county and town, as far as they are known.
    pub line: [Option<&'static str>; 4],
    /// The code that stands today, where the division has ended.
    pub successor: Option<Code>,
    /// What the organ does: a code from the closed list of functions.
    pub function: Option<&'static str>,
    /// `government_wide`, or `own` for a report on the organ alone.
    pub scope: Option<&'static str>,
    /// Why the division is open; none where it is settled, or where the issuer belongs to none.
    pub open: Option<Open>,
    /// Where several divisions may be meant: these.
    pub candidates: Vec<&'static Division>,
}

/// Who reports, and when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Masthead {
    /// The title line.
    pub title: Option<Quote>,
    /// The issuer as the report writes it.
    pub issuer_as_written: Option<Quote>,
    /// The issuer as a full name.
    pub issuer: Option<String>,
    /// The level of government, where the name tells it.
    pub level: Option<&'static str>,
    /// The kind of organ, where the name tells it.
    pub kind: Option<&'static str>,
    /// The division it belongs to, and its function.
    pub identity: Identity,
    /// The year reported on.
    pub year: Option<i16>,
    /// Years named by the title, the period, the opening and the prose, each source with its year.
    pub years_named: Vec<(&'static str, i16)>,
    /// The document number.
    pub document_number: Option<Quote>,
    /// The day of publication or printing.
    pub published_on: Option<(Date, Span)>,
    /// The reporting period.
    pub period: Option<(Date, Date, Span)>,
    /// Editions whose notice the text cites.
    pub cited: Vec<Edition>,
}

/// A section as found.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionRead {
    /// Which one.
    pub section: Section,
    /// The heading line.
    pub heading: Span,
    /// Heading and text.
    pub span: Span,
}

/// How a number of the prose is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// In digits.
    Arabic,
    /// In Chinese numerals.
    Chinese,
    /// In words: nothing received, all upheld.
    Words,
}

impl Notation {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Notation::Arabic => "arabic",
            Notation::Chinese => "chinese",
            Notation::Words => "words",
        }
    }
}

/// The time that a statement speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The year of the report.
    Reported,
    /// Another year.
    Year(i16),
    /// A part of the year.
    Part,
    /// Many years, or all time up to a day.
    Cumulative,
    /// Plans, or a time that is not told.
    Unclear,
}

/// What a statement is to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A count of its own.
    Whole,
    /// A part of another count, which holds it already; the position of that count where it is a statement.
    Part(Option<usize>),
    /// A share of the count before it.
    Share(Option<usize>),
    /// By how much a count differs from another year's.
    Change,
    /// A count of other organs than the issuer.
    Narrow,
}

impl Standing {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Whole => "whole",
            Standing::Part(_) => "part",
            Standing::Share(_) => "share",
            Standing::Change => "change",
            Standing::Narrow => "other_scope",
        }
    }

    /// The position of the statement that it belongs to.
    pub fn of(self) -> Option<usize> {
        match self {
            Standing::Part(of) | Standing::Share(of) => of,
            _ => None,
        }
    }
}

/// Whose work a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of what the report is about.
    Issuer,
    /// The office of a government alone, where the report is about all of the government.
    Own,
    /// Other organs, or some of those that the report is about.
    Other,
    /// A part of another count: 其中, or a list.
    Part,
    /// It is not told.
    Open,
}

impl Scope {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Scope::Issuer => "issuer",
            Scope::Own => "own",
            Scope::Other => "other",
            Scope::Part => "part",
            Scope::Open => "open",
        }
    }
}

/// A number stated in the prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The section it stands in; none in front of the first heading.
    pub section: Option<Section>,
    /// The clause.
    pub phrase: Span,
    /// The number, or the words that say it.
    pub span: Span,
    /// The number as a number.
    pub number: f64,
    /// Digits behind the decimal point.
    pub decimals: u8,
    /// How it is written.
    pub notation: Notation,
    /// What limits it: about, over, nearly.
    pub qualifier: Option<Qualifier>,
    /// The unit.
    pub unit: Option<&'static str>,
    /// What is counted, where that is recognised.
    pub metric: Option<Metric>,
    /// The time it speaks of.
    pub period: Period,
    /// What it is to other statements.
    pub standing: Standing,
    /// Whose work it counts.
    pub scope: Scope,
}

impl Statement {
    /// What kind of number it is: the public code.
    pub fn quantity(&self) -> &'static str {
        match (self.notation, self.standing, self.metric) {
            (_, Standing::Change, _) => "change",
            (_, Standing::Share(_), _) => "share",
            (_, _, Some(Metric::Rate)) => "rate",
            (_, _, Some(Metric::Fees)) => "amount",
            (Notation::Words, _, _) if self.number == 0.0 => "none",
            (Notation::Words, _, _) => "all",
            _ => "count",
        }
    }
}

/// A report as the document claims it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The masthead.
    pub masthead: Masthead,
    /// The sections in the order of the document.
    pub sections: Vec<SectionRead>,
    /// The editions of the tables; none where no table tells any.
    pub editions: Option<Editions>,
    /// For each line of their form what was found of it; empty without an edition.
    pub lines: Vec<LineRead>,
    /// Lines that the form does not know.
    pub extras: Vec<Extra>,
    /// Lines that the document has twice with different figures, as positions in `lines`.
    pub doubled: Vec<usize>,
    /// Amounts that the document gives in another unit than 10,000 yuan.
    pub converted: Vec<Converted>,
    /// The numbers that the prose states, in the order of the document.
    pub statements: Vec<Statement>,
}

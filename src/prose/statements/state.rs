//! What a clause and a sentence have told so far.

use crate::report::Period;
use crate::terms::Section;
use crate::terms::statements::{Cue, Metric};

use super::cues::Cues;

/// Where the prose stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) section: Option<Section>,
    pub(super) year: Option<i16>,
    pub(super) kind: Option<&'static str>,
}

/// What a clause has told so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clause {
    /// Its first token.
    pub(super) first: usize,
    /// Cues since the number before.
    pub(super) near: Cues,
    pub(super) object: Option<Cue>,
    /// A year named in it since the number before.
    pub(super) year: Option<i16>,
    /// The last year is what it speaks of.
    pub(super) last_year: bool,
    /// The last thing said is that something is not so.
    pub(super) negated: bool,
    /// It holds a figure.
    pub(super) has_figure: bool,
    /// Where the object ends.
    pub(super) object_end: u32,
    /// The last channel named.
    pub(super) last_channel: Option<Cue>,
    /// That channel was named before in it.
    pub(super) renewed: bool,
    /// Where it is said that something was published.
    pub(super) published_end: u32,
    /// What was issued is said to be published.
    pub(super) shown: bool,
}

/// What a sentence has told so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sentence {
    /// All cues.
    pub(super) cues: Cues,
    /// Cues since the number before.
    pub(super) far: Cues,
    /// Its first token.
    pub(super) start: usize,
    /// The first of its statements.
    pub(super) first: usize,
    /// The count that the next ones are parts of.
    pub(super) whole: Option<usize>,
    /// The same outside of a bracket.
    pub(super) outside: Option<usize>,
    pub(super) document: Option<Cue>,
    pub(super) dispute: Option<Cue>,
    /// Some months, many years, or plans.
    pub(super) sometime: Option<Period>,
    /// It tells of all time up to the end of the year, should it say that it adds up.
    pub(super) until: bool,
    /// The office of a government is what it is about.
    pub(super) own: bool,
    /// It begins with 其中: it is about parts of what the sentence before counted.
    pub(super) of_before: bool,
    /// A year that is not the report's.
    pub(super) year: Option<i16>,
    /// It begins with the last year.
    pub(super) last_year: bool,
    /// What was done with documents before the last number.
    pub(super) done: Cues,
    /// What the last number counts.
    pub(super) before: Option<Metric>,
    /// A semicolon stands between the count and its parts: only what can be nothing else is a part.
    pub(super) loose: bool,
    /// A colon stands before its parts: all that comes is one of them.
    pub(super) listed: bool,
    /// A part of the requests has been named by its organ: what follows is about that part.
    pub(super) narrow: bool,
}

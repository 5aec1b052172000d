//! Statements: the numbers that the prose states, with what they count and of which year.
//!
//! The prose of each section is folded once, cut into cues, figures and marks, and read clause by clause. What a figure
//! counts is told by the cues around it; a figure of which nothing is told stays without a metric.

mod cues;
mod figures;
mod metric;
mod outcome;
mod place;
mod prose;
mod published;
mod reader;
mod said;
mod standing;
mod state;
mod tokens;
mod words;

use crate::document::{Block, Document, Span};
use crate::report::{Masthead, SectionRead, Statement};
use crate::terms::Section;

use prose::Prose;
use reader::Reader;
use state::Setting;

/// A cell of a grid that holds so many bytes and a full stop is prose in a frame.
const FRAMED: u32 = 120;

/// The numbers stated in the prose of a report, in the order of the document.
pub fn statements(document: &Document, sections: &[SectionRead], masthead: &Masthead) -> Vec<Statement> {
    let mut out = Vec::with_capacity(16);
    let (mut prose, mut tokens) = (Prose::default(), Vec::with_capacity(256));
    let parts = parts(document, sections);
    for (section, span) in parts {
        prose.read(&document.text, span);
        tokens::tokens(&prose.chars, &mut tokens);
        let setting = Setting { section, year: masthead.year, kind: masthead.kind };
        Reader::new(&prose, &tokens, setting, &mut out).read();
    }
    out
}

/// Where prose stands: the text below each heading, and above the first one where that is not the overview's.
fn parts(document: &Document, sections: &[SectionRead]) -> Vec<(Option<Section>, Span)> {
    let bodies =
        sections.iter().map(|s| (Some(s.section), Span { start: s.heading.end.min(s.span.end), end: s.span.end }));
    let preface = match sections.first() {
        Some(s) if s.section == Section::Overview => None,
        Some(s) => Some(Span { start: 0, end: s.heading.start }),
        None => Some(Span::new(0, document.text.len())),
    };
    let mut parts = Vec::new();
    for (section, body) in preface.map(|span| (None, span)).into_iter().chain(bodies) {
        let mut add = |span: Span| {
            let common = Span { start: span.start.max(body.start), end: span.end.min(body.end) };
            if common.start < common.end {
                parts.push((section, common));
            }
        };
        for block in &document.blocks {
            match block {
                Block::Text(span) => add(*span),
                Block::Grid(grid) => {
                    let cells = grid.rows.iter().flatten().map(|c| c.span);
                    let framed =
                        |s: &Span| s.end.saturating_sub(s.start) >= FRAMED && s.of(&document.text).contains('。');
                    cells.filter(framed).for_each(&mut add);
                }
            }
        }
    }
    parts
}

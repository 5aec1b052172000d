//! From the ways that remain of a line to what is known of its cells.

use crate::document::Span;
use crate::report::{CellRead, Content, Knowledge, LineRead, Reading, Written};

use super::ways::Way;

/// How much more another way must cost by what the page shows for a cell to be known from the page alone.
const EVIDENT: f32 = 1.4;

/// A line that was read in one way.
pub(super) fn one_way(label: Option<Span>, cells: Reading, knowledge: Knowledge) -> LineRead {
    LineRead {
        label,
        cells: cells.into_iter().map(|written| CellRead { written, knowledge }).collect(),
        ways: Vec::new(),
    }
}

/// A line of which something is there and nothing is known; `span` is where it stands.
pub(super) fn unread(label: Option<Span>, cells: usize, span: Option<Span>) -> LineRead {
    let written = Written { content: Content::Unreadable, span: span.or(label) };
    LineRead { label, cells: vec![CellRead { written, knowledge: Knowledge::Open }; cells], ways: Vec::new() }
}

/// What the supported ways of a line agree on. `by_ties` tells whether ties chose among them.
pub(super) fn agreed(label: Option<Span>, ways: &[Way], supported: &[bool], by_ties: bool) -> LineRead {
    let kept: Vec<&Way> = ways.iter().zip(supported).filter(|(_, s)| **s).map(|(w, _)| w).collect();
    let Some(first) = kept.first() else { return LineRead { label, ..LineRead::default() } };
    let least = ways.iter().map(|w| w.evidence).fold(f32::INFINITY, f32::min);
    let cells = (0..first.cells.len())
        .map(|i| {
            let written = first.cells[i];
            if kept.iter().all(|w| same(&w.cells[i], &written)) {
                let evident = ways.iter().filter(|w| w.evidence < least + EVIDENT).all(|w| same(&w.cells[i], &written));
                let knowledge = if evident {
                    Knowledge::Page
                } else if by_ties {
                    Knowledge::Ties
                } else {
                    Knowledge::Doubt
                };
                return CellRead { written, knowledge };
            }
            // Zero in some ways and nothing in the others: empty for all that is known.
            if kept
                .iter()
                .all(|w| w.cells[i].number().is_none_or(|v| v == 0.0) && w.cells[i].content != Content::Unreadable)
            {
                return CellRead { written: Written::MISSING, knowledge: Knowledge::Page };
            }
            let spans: Vec<Span> = kept.iter().filter_map(|w| w.cells[i].span).collect();
            let span = spans.iter().copied().reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
            let written = Written { content: Content::Unreadable, span: span.or(label) };
            CellRead { written, knowledge: Knowledge::Open }
        })
        .collect();
    let ways =
        if kept.len() > 1 { kept.into_iter().take(MOST_TOLD).map(|w| w.cells.clone()).collect() } else { Vec::new() };
    LineRead { label, cells, ways }
}

/// Ways that are told with a line at most.
const MOST_TOLD: usize = 24;

fn same(a: &Written, b: &Written) -> bool {
    let unreadable = |w: &Written| w.content == Content::Unreadable;
    a.number() == b.number() && unreadable(a) == unreadable(b)
}

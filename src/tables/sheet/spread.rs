//! Rows as a browser copies them out of a page whose cells hold paragraphs: each cell between empty lines, a tab alone
//! on its line between two cells, more empty lines between two rows.

use super::{Line, Shape};
use crate::document::Span;
use crate::tables::number;
use crate::terms::{SECTIONS, fold, fold_char, split_mark};

/// Tabs that stand alone in a text which is read so.
const FEWEST: usize = 8;
/// Empty lines that end a row.
const ROW_GAP: usize = 4;
/// Paragraphs of the longest cell.
const PARAGRAPHS: usize = 8;

/// Whether the cells of a text stand so.
pub(super) fn is_one(text: &str, lines: &[Line]) -> bool {
    let alone = lines.windows(3).filter(|l| is_empty(text, &l[0]) && is_tab(text, &l[1]) && is_empty(text, &l[2]));
    let tabs = lines.iter().filter(|l| matches!(l.shape, Shape::Tabs { .. })).count();
    let alone = alone.take(tabs).count();
    alone >= FEWEST && 2 * alone > tabs
}

fn is_empty(text: &str, line: &Line) -> bool {
    line.span.is_empty() || (line.shape == Shape::Empty && line.span.trim(text).is_empty())
}

fn is_tab(text: &str, line: &Line) -> bool {
    line.span.of(text) == "\t"
}

/// The cells of the row that begins with a line, and the lines that it takes; none where none begins.
pub(super) fn row(text: &str, lines: &[Line], from: usize) -> Option<(Vec<Span>, usize)> {
    if is_empty(text, &lines[from]) {
        return None;
    }
    let before = lines[..from].iter().rev().take(ROW_GAP).take_while(|l| is_empty(text, l)).count();
    let in_table = before == ROW_GAP;
    let mut walk = Walk { text, lines: &lines[from..], at: 0, cells: Vec::new(), tabs: 0 };
    walk.row(in_table);
    let behind = walk.gap();
    (walk.tabs > 0 || (in_table && behind >= ROW_GAP)).then_some((walk.cells, walk.at + behind))
}

struct Walk<'a> {
    text: &'a str,
    lines: &'a [Line],
    at: usize,
    cells: Vec<Span>,
    tabs: usize,
}

impl Walk<'_> {
    fn row(&mut self, in_table: bool) {
        loop {
            let cell = self.cell(in_table || !self.cells.is_empty());
            self.cells.push(cell);
            // The tab between two cells may stand behind empty lines, but not behind those that end a row; an empty
            // cell may have as many.
            let gap = self.gap();
            let is_next = self.lines.get(self.at + gap).is_some_and(|l| is_tab(self.text, l));
            if !is_next || (gap >= ROW_GAP && !cell.is_empty()) || (gap >= 2 * ROW_GAP) {
                return;
            }
            self.at += gap + 1;
            self.tabs += 1;
        }
    }

    /// The paragraphs of a cell.
    fn cell(&mut self, in_table: bool) -> Span {
        let gap = self.gap();
        let nothing = Span { start: self.place(), end: self.place() };
        let first = self.at + gap;
        let Some(line) = self.lines.get(first).filter(|l| gap < ROW_GAP && self.is_content(l)) else { return nothing };
        // Behind a table whose last cell is empty stands the next section's heading.
        if !self.cells.is_empty() && is_heading(line.span.of(self.text)) {
            return nothing;
        }
        let mut cell = line.span.trim(self.text);
        self.at = first + 1;
        for _ in 0..PARAGRAPHS {
            if !in_table || number::is_nil(cell.of(self.text)) || is_figure(cell.of(self.text)) {
                break;
            }
            let gap = self.gap();
            let Some(next) = self.lines.get(self.at + gap).filter(|l| gap < 2 && self.is_content(l)) else { break };
            let words = next.span.trim(self.text);
            if words.is_empty() || is_figure(words.of(self.text)) || is_heading(words.of(self.text)) {
                break;
            }
            cell = Span { start: cell.start, end: words.end };
            self.at += gap + 1;
        }
        cell
    }

    /// The empty lines here, as far as their number matters.
    fn gap(&self) -> usize {
        let lines = self.lines[self.at..].iter().take(4 * ROW_GAP);
        lines.take_while(|l| is_empty(self.text, l)).count()
    }

    fn place(&self) -> u32 {
        self.lines.get(self.at.min(self.lines.len().saturating_sub(1))).map_or(0, |l| l.span.start)
    }

    fn is_content(&self, line: &Line) -> bool {
        !is_empty(self.text, line) && !matches!(line.shape, Shape::Tabs { .. })
    }
}

fn is_figure(words: &str) -> bool {
    let mut folded = words.chars().filter_map(fold_char).peekable();
    folded.peek().is_some() && folded.all(|c| c.is_ascii_digit())
}

/// Whether a section begins with a line.
fn is_heading(line: &str) -> bool {
    const LONGEST: usize = 180;
    let (mark, rest) = split_mark(line.trim());
    if mark.is_none() || line.len() > LONGEST {
        return false;
    }
    let mut folded = String::new();
    fold(rest, &mut folded);
    let same = |label: &str| label.chars().filter_map(fold_char).eq(folded.chars());
    SECTIONS.iter().any(|s| same(s.label) || s.aliases.iter().any(|a| same(a)))
}

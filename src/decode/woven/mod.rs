//! Texts in which tables stand in a notation of their own: HTML inside of Markdown, tables drawn with `+` and `|` or with box characters,
//! columns under dashes, rows of bars whose cells have lines, LaTeX, MediaWiki.
//!
//! Each notation is a grammar that takes a table from the lines at hand. A text is read so only if one of its tables has
//! labels of the form; everything else stays a text.

mod dashes;
mod drawn;
mod fragment;
mod latex;
mod pipes;
mod weave;
mod wiki;

use super::Budget;
use super::charset::Decoded;
use super::compose::is_heading;
use crate::document::{Document, Origin, Span};
use crate::error::Failure;
use crate::terms::{Labels, fold, split_mark};
pub(super) use weave::{Piece, Weave};

/// Labels of the form that the tables of a text have at least.
const LABELS: usize = 3;
/// Tables inside of tables.
const MAX_NESTED: usize = 8;
/// Lines of the longest text that is looked at.
const MAX_LINES: usize = 1_000_000;
/// Bytes of the longest label.
const LABEL: usize = 300;

/// A table that a grammar took.
#[derive(Debug)]
struct Found {
    rows: Vec<Vec<Piece>>,
    /// Lines that it takes.
    used: usize,
    /// What stands beside it in its lines.
    beside: Vec<Span>,
}

/// What takes a table from the beginning of some lines, and counts the lines that it looked at.
type Grammar = fn(&str, &[Span], &mut usize) -> Option<Found>;

/// Lines that all grammars together may look at; a text in which tables begin without end is none of theirs.
const MAX_STEPS: usize = 2_000_000;

/// Grammars, and a sign without which none of their tables stands in a text.
const GRAMMARS: &[(&str, Grammar)] = &[
    ("+--", drawn::table),
    ("+==", drawn::table),
    ("┌─", drawn::table),
    ("-- --", dashes::table),
    ("== ==", dashes::table),
    ("{|", wiki::table),
    ("<br>", pipes::table),
];

/// Reads a text, if tables of the form stand in it in a notation of their own.
pub(super) fn read(decoded: &Decoded<'_>, budget: &Budget) -> Option<Result<Document, Failure>> {
    let source = &*decoded.text;
    if latex::is_one(source) {
        return latex::read(decoded, budget);
    }
    let grammars: Vec<Grammar> = GRAMMARS.iter().filter(|(sign, _)| source.contains(sign)).map(|(_, g)| *g).collect();
    if grammars.is_empty() && !fragment::may_stand_in(source) {
        return None;
    }
    if memchr::memchr_iter(b'\n', source.as_bytes()).nth(MAX_LINES).is_some() {
        return None;
    }
    let lines = lines_of(source, Span::new(0, source.len()));
    let weave = Weave::new(source, Origin::Markup).with_marks(prose);
    let mut reader =
        Reader { source, budget, grammars, weave, labels: 0, cells: 0, depth: 0, steps: 0, folded: String::new() };
    if let Err(failure) = reader.lines(&lines) {
        return Some(Err(failure));
    }
    (reader.labels >= LABELS).then(|| Ok(reader.weave.finish("text", decoded.charset)))
}

/// The lines of a part of a text, without what ends them.
fn lines_of(source: &str, part: Span) -> Vec<Span> {
    let mut at = part.start as usize;
    let lines = part.of(source).split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    });
    lines.collect()
}

struct Reader<'s> {
    source: &'s str,
    budget: &'s Budget,
    grammars: Vec<Grammar>,
    weave: Weave<'s>,
    /// Labels of the form met in tables.
    labels: usize,
    cells: usize,
    depth: usize,
    /// Lines that grammars looked at.
    steps: usize,
    folded: String,
}

impl Reader<'_> {
    fn lines(&mut self, lines: &[Span]) -> Result<(), Failure> {
        let mut at = 0;
        while at < lines.len() {
            let rest = &lines[at..];
            if let Some((part, used)) = fragment::html(self.source, rest) {
                self.budget.time()?;
                let read = fragment::read(self.source, part, self.budget);
                self.labels += usize::from(!read.blocks.is_empty()) * LABELS;
                self.weave.read(read, part.start as usize);
                at += used;
            } else if let Some(found) = self.found(rest) {
                self.budget.time()?;
                self.table(&found.rows)?;
                found.beside.iter().for_each(|piece| self.weave.line(&[*piece]));
                at += found.used.max(1);
            } else {
                self.weave.line(&rest[..1]);
                at += 1;
            }
        }
        self.weave.end_table();
        Ok(())
    }

    /// The table that some lines begin with.
    fn found(&mut self, lines: &[Span]) -> Option<Found> {
        if self.steps > MAX_STEPS {
            return None;
        }
        let (source, steps) = (self.source, &mut self.steps);
        self.grammars.iter().find_map(|grammar| grammar(source, lines, steps))
    }

    /// A table, or what a table only arranges.
    fn table(&mut self, rows: &[Vec<Piece>]) -> Result<(), Failure> {
        self.weave.end_table();
        for row in rows {
            self.cells += row.len();
            if self.cells > self.budget.cells {
                return Err(Failure::Limit { name: "cells", limit: self.budget.cells as u64 });
            }
            if self.depth < MAX_NESTED && row.iter().any(|cell| self.arranges(cell)) {
                self.depth += 1;
                for cell in row {
                    self.lines(&cell.lines)?;
                }
                self.depth -= 1;
                continue;
            }
            for cell in row {
                self.note(cell);
            }
            self.weave.row(row);
        }
        self.weave.end_table();
        Ok(())
    }

    /// Whether a cell holds a part of the report: a heading among other lines, or a table.
    fn arranges(&mut self, cell: &Piece) -> bool {
        let source = self.source;
        cell.lines.len() > 2
            && cell.lines.iter().enumerate().any(|(at, line)| {
                let words: String = prose(source, *line).iter().map(|p| p.of(source)).collect();
                is_heading(&words, &mut self.folded) || self.found(&cell.lines[at..]).is_some()
            })
    }

    fn note(&mut self, cell: &Piece) {
        let length: usize = cell.lines.iter().map(|l| l.of(self.source).len()).sum();
        if length > 4 * LABEL {
            return;
        }
        let pieces = cell.lines.iter().flat_map(|line| prose(self.source, *line));
        let words: String = pieces.map(|piece| piece.of(self.source)).collect();
        if !words.is_empty() && words.len() <= LABEL {
            fold(split_mark(words.trim()).1, &mut self.folded);
            self.labels += usize::from(Labels::get().exact(&self.folded).is_some());
        }
    }
}

/// Tags that stand in lines of text and say nothing of them.
const TAGS: [&str; 12] = ["span", "b", "strong", "i", "em", "u", "font", "sup", "sub", "small", "center", "div"];

/// A line without the marks that its notation puts around characters: `<span>words</span>`, `[words]{style="…"}`,
/// `= words =`.
fn prose(source: &str, line: Span) -> Vec<Span> {
    let line = headed(source, line.trim(source));
    let words = line.of(source);
    // A dash that is written as two or three is a mark for nothing, and one is enough.
    if matches!(words, "--" | "---") {
        return vec![Span::new(line.start as usize, line.start as usize + 1)];
    }
    let mut left_out = tags(words);
    left_out.extend(brackets(words));
    left_out.extend(escapes(words));
    left_out.sort_unstable();
    let place = |at: usize| line.start as usize + at;
    let (mut pieces, mut from) = (Vec::new(), 0);
    for (start, end) in left_out {
        if start > from {
            pieces.push(Span::new(place(from), place(start)));
        }
        from = from.max(end);
    }
    if from < words.len() {
        pieces.push(Span::new(place(from), place(words.len())));
    }
    pieces
}

/// Where tags stand that say nothing of the words.
fn tags(words: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'<', &words.as_bytes()[from..]).map(|at| from + at) {
        let rest = &words[open + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        from = open + 1;
        if TAGS.contains(&name) {
            let Some(length) = rest.find('>') else { break };
            from = open + length + 2;
            found.push((open, from));
        }
    }
    found
}

/// Where backslashes stand that only protect the mark behind them.
fn escapes(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let behind = |at: usize| words.as_bytes().get(at + 1).is_some_and(u8::is_ascii_punctuation);
    memchr::memchr_iter(b'\\', words.as_bytes()).filter(move |at| behind(*at)).map(|at| (at, at + 1))
}

/// Where brackets with attributes behind them stand.
fn brackets(words: &str) -> Vec<(usize, usize)> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'[', b']', &words.as_bytes()[from..]).map(|at| from + at) {
        from = at + 1;
        if words.as_bytes()[at] == b'[' {
            open.push(at);
        } else if let Some(begin) = open.pop().filter(|_| words[from..].starts_with('{')) {
            let Some(length) = words[from..].find('}') else { break };
            from += length + 1;
            found.extend([(begin, begin + 1), (at, from)]);
        }
    }
    found
}

/// A heading without the marks around it.
fn headed(source: &str, line: Span) -> Span {
    let words = line.of(source);
    let marks = words.len() - words.trim_start_matches('=').len();
    if (1..=6).contains(&marks) && words.len() > 2 * marks && words.ends_with(&words[..marks]) {
        return Span::new(line.start as usize + marks, line.end as usize - marks).trim(source);
    }
    line
}

/// The columns that a character takes where letters have one width: two for Chinese ones.
fn columns_of(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Whether a character takes one column or two, as the program likes that wrote it.
fn is_ambiguous(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}' | '\u{b7}' | '\u{d7}'
        | '\u{2460}'..='\u{24ff}' | '\u{2160}'..='\u{217f}' | '\u{b0}' | '\u{b1}')
}

/// The columns of a character, ambiguous ones taken as wide or not.
fn columns_if(c: char, wide: bool) -> usize {
    if wide && is_ambiguous(c) { 2 } else { columns_of(c) }
}

#[cfg(test)]
mod tests;

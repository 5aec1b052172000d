//! From pages to a [`Document`]: tables become grids, lines become text in which runs of spaces keep the columns.

use super::joining::{Cell, Run, is_margin};
use super::lines::{Line, Word};
use super::sheet::{Part, Sheet};
use super::{margins, unruled};
use crate::decode::compose::is_heading;
use crate::document::{Block, Document, Frame, Grid, GridCell, Origin, Place, Span};
use crate::terms::split_mark;

/// Edges of cells nearer than this, in points, are one edge.
const SAME_EDGE: f32 = 1.5;
/// A gap wider than this part of the height of the characters parts the cells of a line.
const CELL_GAP: f32 = 1.0;
/// A line that ends within so many heights of the right margin may go on in the next one.
const FULL: f32 = 1.6;
/// A line that begins within so many heights of the left margin may go on with the one before.
const FLUSH: f32 = 1.0;
/// What a paragraph ends with: the full stop, the wide semicolon, exclamation and question mark, the wide colon.
const SENTENCE_ENDS: [char; 5] = ['\u{3002}', '\u{ff1b}', '\u{ff01}', '\u{ff1f}', '\u{ff1a}'];
/// Spaces that part the cells of a line at most.
const MAX_SPACES: usize = 200;
/// Extents of cells that only their places tell apart are counted in this part of a point.
const FINE: f32 = 4.0;
/// Characters of a cell that is prose.
const PROSE: usize = 300;

/// Composes a document of pages.
pub(crate) fn compose(mut sheets: Vec<Sheet>, format: &'static str) -> Document {
    let site = margins::clear(&mut sheets);
    let mut composer = Composer::new(&sheets);
    let unruled = unruled::tables(&sheets, composer.margins);
    for (i, sheet) in sheets.iter().enumerate() {
        composer.sheet(sheet, &unruled[i], sheets.get(i + 1));
    }
    composer.close_run();
    composer.close_lines();
    let Composer { text, blocks, places, .. } = composer;
    Document { format, text, blocks, places, site, ..Document::default() }
}

struct Composer {
    text: String,
    blocks: Vec<Block>,
    places: Vec<Place>,
    /// Where the open block of lines begins.
    lines_from: usize,
    /// Half a character of the smallest print outside of tables: the columns in which spaces are counted.
    unit: f32,
    /// The left and right margin of the lines of running text.
    margins: (f32, f32),
    /// The table that the next page may go on with.
    run: Option<Run>,
    /// Lines of margins that wait for the end of that table, each with its page.
    waiting: Vec<(u32, Line)>,
    /// The line that the text ends with.
    last: Option<Line>,
}

impl Composer {
    fn new(sheets: &[Sheet]) -> Composer {
        let lines: Vec<&Line> = sheets
            .iter()
            .flat_map(|s| &s.parts)
            .filter_map(|p| match p {
                Part::Line(line) => Some(line),
                Part::Table(_) => None,
            })
            .collect();
        let mut heights: Vec<f32> = lines.iter().map(|l| l.height()).filter(|h| *h > 2.0).collect();
        heights.sort_by(f32::total_cmp);
        let unit = heights.get(heights.len() / 10).map_or(6.0, |h| h / 2.0);
        let running = lines.iter().filter(|l| l.words.len() == 1);
        let margins =
            running.fold((f32::MAX, f32::MIN), |(l, r), line| (l.min(line.frame.left), r.max(line.frame.right)));
        Composer {
            text: String::new(),
            blocks: Vec::new(),
            places: Vec::new(),
            lines_from: 0,
            unit,
            margins,
            run: None,
            waiting: Vec::new(),
            last: None,
        }
    }

    fn sheet(&mut self, sheet: &Sheet, unruled: &[unruled::Table], next: Option<&Sheet>) {
        let last_table = sheet.parts.iter().rposition(|p| matches!(p, Part::Table(_)));
        let mut unruled = unruled.iter().peekable();
        let mut i = 0;
        while let Some(part) = sheet.parts.get(i) {
            if let Some(table) = unruled.next_if(|t| t.parts.start == i) {
                self.unruled(sheet, table);
                i = table.parts.end;
                continue;
            }
            match part {
                Part::Line(line)
                    if self.run.as_ref().is_some_and(|r| is_margin(line, sheet) || r.is_beside(sheet, line)) =>
                {
                    self.waiting.push((sheet.number, line.clone()));
                }
                Part::Line(line) => {
                    self.close_run();
                    self.line(sheet.number, line);
                }
                Part::Table(table) => {
                    match self.run.as_mut().filter(|r| r.goes_on(sheet, table)) {
                        Some(run) => run.join(sheet, table),
                        None => {
                            self.close_run();
                            self.run = Some(Run::of(sheet, table));
                        }
                    }
                    if last_table != Some(i) || next.is_none() {
                        self.close_run();
                    }
                }
            }
            i += 1;
        }
    }

    fn unruled(&mut self, sheet: &Sheet, table: &unruled::Table) {
        let next = Run::spaced(sheet, table);
        match self.run.as_mut().filter(|r| r.goes_on_spaced(&next, sheet.height)) {
            Some(run) => run.join_spaced(next),
            None => {
                self.close_run();
                self.run = Some(next);
            }
        }
    }

    fn close_lines(&mut self) {
        self.last = None;
        if self.text.len() > self.lines_from {
            self.blocks.push(Block::Text(Span::new(self.lines_from, self.text.len())));
        }
        self.lines_from = self.text.len();
    }

    fn close_run(&mut self) {
        if let Some(run) = self.run.take() {
            self.table(&run.rows, run.origin);
        }
        for (page, line) in std::mem::take(&mut self.waiting) {
            self.line(page, &line);
        }
    }

    fn place(&mut self, start: usize, page: u32, frame: Frame) {
        self.places.push(Place { reading: Span::new(start, self.text.len()), page, frame });
    }

    fn word(&mut self, page: u32, word: &Word) {
        let start = self.text.len();
        self.text.push_str(&word.text);
        self.place(start, page, word.frame);
    }

    /// A line, with as many spaces between its words as there are columns.
    fn line(&mut self, page: u32, line: &Line) {
        let running = is_running(line);
        if running && self.last.as_ref().is_some_and(|last| self.goes_on(last, line)) {
            // The end of a line parts nothing.
            self.text.truncate(self.text.trim_end_matches('\n').len());
        }
        if !running {
            self.spaces(line.frame.left / self.unit);
        }
        let mut column = self.text[self.text.rfind('\n').map_or(0, |n| n + 1)..].chars().map(columns).sum::<usize>();
        for (i, word) in line.words.iter().enumerate() {
            if i > 0 {
                let gap = word.frame.left - line.words[i - 1].frame.right;
                let least = if gap >= CELL_GAP * line.height() { 2 } else { 1 };
                let from_margin = (word.frame.left / self.unit).round() as usize;
                let spaces = if running { least } else { from_margin.saturating_sub(column).max(least) };
                self.spaces(spaces as f32);
                column += spaces;
            }
            self.word(page, word);
            column += word.text.chars().map(columns).sum::<usize>();
        }
        self.text.push('\n');
        self.last = running.then(|| line.clone());
    }

    fn spaces(&mut self, count: f32) {
        let count = (count.round().max(0.0) as usize).min(MAX_SPACES);
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    /// Whether a line is the rest of the one before: that one ends at the right margin, this one begins at the left one.
    fn goes_on(&self, before: &Line, line: &Line) -> bool {
        let height = before.height();
        let ends_with = |l: &Line| l.words.last().and_then(|w| w.text.chars().next_back());
        let begins_with = |l: &Line| l.words.first().and_then(|w| w.text.chars().next());
        // Digits are never parted by a line's end: two that meet are two numbers.
        let meet = [ends_with(before), begins_with(line)].iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()));
        (height - line.height()).abs() < 0.2 * height
            && before.frame.right > self.margins.1 - FULL * height
            && line.frame.left < self.margins.0 + FLUSH * height
            && line.frame.top - before.frame.bottom < 1.5 * height
            && !meet
            && !ends_with(before).is_some_and(|c| SENTENCE_ENDS.contains(&c))
            && split_mark(&line.text()).0.is_none()
            && !is_heading(&line.text(), &mut String::new())
    }

    /// The rows of a table; what only arranges prose is read cell by cell as text.
    fn table(&mut self, rows: &[Vec<Cell>], origin: Origin) {
        let is_prose = |row: &Vec<Cell>| origin == Origin::Ruled && is_layout(row);
        for part in rows.chunk_by(|above, below| is_prose(above) == is_prose(below)) {
            if part.first().is_some_and(is_prose) {
                for cell in part.iter().flatten().filter(|c| !c.text.trim().is_empty()) {
                    let start = self.text.len();
                    self.text.push_str(&cell.text);
                    self.place(start, cell.page, cell.frame);
                    self.text.push('\n');
                }
                continue;
            }
            self.close_lines();
            let edges = edges(part);
            let rows = part.iter().map(|row| self.row(row, &edges, origin)).collect();
            self.blocks.push(Block::Grid(Grid { origin, rows }));
            self.lines_from = self.text.len();
        }
    }

    fn row(&mut self, row: &[Cell], edges: &[f32], origin: Origin) -> Vec<GridCell> {
        let column = |at: f32| match origin {
            Origin::Spaced => (at * FINE).round().clamp(0.0, f32::from(u16::MAX)) as usize,
            _ => edges.partition_point(|e| *e <= at).saturating_sub(1),
        };
        let mut out = Vec::with_capacity(row.len());
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                self.text.push('\t');
            }
            let start = self.text.len();
            push_said(&cell.text, &mut self.text);
            self.place(start, cell.page, cell.frame);
            let (left, right) = (column(cell.frame.left), column(cell.frame.right));
            let width = right.saturating_sub(left).max(1);
            out.push(GridCell { span: Span::new(start, self.text.len()), column: left as u16, width: width as u16 });
        }
        self.text.push('\n');
        out
    }
}

/// Writes the lines of a cell behind a text. Digits are never joined: where a line with a figure ends and the next one may
/// go on with it, the break stays; words are joined.
fn push_said(lines: &str, text: &mut String) {
    let digit = |c: char| c.is_numeric() || c == '\u{fffd}';
    let mut before: Option<&str> = None;
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if let Some(before) = before {
            let figures = |l: &str| l.contains(digit) || !l.contains(char::is_alphabetic);
            let ends = [before.chars().next_back(), line.chars().next()];
            if line.starts_with(digit) || (figures(before) && figures(line)) {
                text.push('\n');
            } else if ends.iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric())) {
                text.push(' ');
            }
        }
        text.push_str(line);
        before = Some(line);
    }
}

/// Whether a line is running text: nothing in it is parted like cells.
fn is_running(line: &Line) -> bool {
    let gap = |pair: &[Word]| pair[1].frame.left - pair[0].frame.right >= CELL_GAP * line.height();
    !line.words.windows(2).any(gap)
}

/// Whether a row only arranges what stands on a page.
fn is_layout(row: &[Cell]) -> bool {
    let full: Vec<&Cell> = row.iter().filter(|c| !c.text.trim().is_empty()).collect();
    let heads = |c: &&Cell| c.text.lines().count() > 1 && c.text.lines().any(|l| is_heading(l, &mut String::new()));
    // A heading over the whole width parts two tables in one frame.
    let parts = || row.len() == 1 && full.iter().any(|c| is_heading(&c.text, &mut String::new()));
    full.iter().any(heads) || parts() || (full.len() < 3 && full.iter().any(|c| c.text.len() > PROSE * 3))
}

/// The edges of all cells of a table from left to right, what almost coincides once.
fn edges(rows: &[Vec<Cell>]) -> Vec<f32> {
    let mut all: Vec<f32> = rows.iter().flatten().flat_map(|c| [c.frame.left, c.frame.right]).collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for at in all {
        if out.last().is_none_or(|first| at - first > SAME_EDGE) {
            out.push(at);
        }
    }
    out
}

/// Columns that a character takes on a page of fixed pitch.
fn columns(c: char) -> usize {
    if ('\u{2e80}'..='\u{ffe6}').contains(&c) || c > '\u{20000}' { 2 } else { 1 }
}

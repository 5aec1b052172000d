//! From the parts of an office document to its text: every cell's characters stand together, a tab between cells and a
//! newline between rows.
//!
//! A row of a table is one of a grid, unless the page is laid out by tables: a row of headings, prose or whole tables is
//! read cell by cell as text.

use crate::document::{Block, Document, Grid, GridCell, Origin, Span};
use crate::terms::{SECTIONS, fold, fold_char, split_mark};

/// Characters of a cell that is prose.
const PROSE: usize = 300;

/// A part of a story.
#[derive(Debug)]
pub(super) enum Part {
    /// Lines, each with its end.
    Lines(String),
    /// A table.
    Table(Table),
}

/// A table with its columns told apart.
#[derive(Debug)]
pub(super) struct Table {
    /// The rows; no cell is the rest of a merged one.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug)]
pub(super) struct Cell {
    /// Its left edge: a column.
    pub left: i32,
    /// Its right edge.
    pub right: i32,
    /// What stands in it.
    pub parts: Vec<Part>,
}

impl Cell {
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|p| match p {
            Part::Lines(lines) => Some(lines.as_str()),
            Part::Table(_) => None,
        })
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        self.parts.iter().filter_map(|p| match p {
            Part::Table(table) => Some(table),
            Part::Lines(_) => None,
        })
    }

    /// Whether nothing can be seen in it.
    pub(super) fn is_blank(&self) -> bool {
        self.tables().next().is_none() && self.lines().all(|l| l.trim().is_empty())
    }
}

/// Composes a document whose tables are of an origin.
pub(super) fn document(parts: &[Part], origin: Origin, format: &'static str, charset: &'static str) -> Document {
    let mut composer =
        Composer { text: String::new(), blocks: Vec::new(), lines_from: 0, folded: String::new(), origin };
    composer.story(parts);
    composer.close_lines();
    Document { format, charset, text: composer.text, blocks: composer.blocks, ..Document::default() }
}

struct Composer {
    text: String,
    blocks: Vec<Block>,
    /// Where the open block of lines begins.
    lines_from: usize,
    folded: String,
    origin: Origin,
}

impl Composer {
    fn close_lines(&mut self) {
        if self.text.len() > self.lines_from {
            self.blocks.push(Block::Text(Span::new(self.lines_from, self.text.len())));
        }
        self.lines_from = self.text.len();
    }

    fn story(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Lines(lines) => self.text.push_str(lines),
                Part::Table(table) => self.table(table),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let mut grid = Grid { origin: self.origin, rows: Vec::new() };
        for row in &table.rows {
            if self.is_layout(row) {
                self.close_grid(&mut grid);
                row.iter().for_each(|cell| self.story(&cell.parts));
                continue;
            }
            if grid.rows.is_empty() {
                self.close_lines();
            }
            let cells = self.row(row);
            grid.rows.push(cells);
            if row.iter().any(|c| c.tables().next().is_some()) {
                self.close_grid(&mut grid);
                row.iter().flat_map(Cell::tables).for_each(|t| self.table(t));
            }
        }
        self.close_grid(&mut grid);
    }

    fn close_grid(&mut self, grid: &mut Grid) {
        if !grid.rows.is_empty() {
            let rows = std::mem::take(&mut grid.rows);
            self.blocks.push(Block::Grid(Grid { origin: self.origin, rows }));
            self.lines_from = self.text.len();
        }
    }

    fn row(&mut self, row: &[Cell]) -> Vec<GridCell> {
        let mut cells = Vec::with_capacity(row.len());
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                self.text.push('\t');
            }
            let start = self.text.len();
            for lines in cell.lines() {
                self.text.extend(lines.chars().map(|c| if c == '\t' { ' ' } else { c }));
            }
            // The end of the last paragraph parts nothing.
            self.text.truncate(start + self.text[start..].trim_end_matches('\n').len());
            let column = u16::try_from(cell.left).unwrap_or(u16::MAX);
            let width = u16::try_from(cell.right - cell.left).unwrap_or(u16::MAX);
            cells.push(GridCell { span: Span::new(start, self.text.len()), column, width });
        }
        self.text.push('\n');
        cells
    }

    /// Whether a row only arranges what stands on a page.
    fn is_layout(&mut self, row: &[Cell]) -> bool {
        let full = row.iter().filter(|c| c.lines().any(|l| !l.trim().is_empty())).count();
        let arranges = |c: &Cell| c.tables().next().is_some() || c.lines().map(str::len).sum::<usize>() > PROSE * 3;
        row.iter().any(|c| self.has_heading(c)) || (full < 3 && row.iter().any(arranges))
    }

    /// Whether a section of the report begins among the lines of a cell.
    fn has_heading(&mut self, cell: &Cell) -> bool {
        let full = |l: &&str| !l.trim().is_empty();
        let whole = cell.tables().next().is_none() && cell.lines().flat_map(str::lines).filter(full).nth(1).is_none();
        // A heading alone in its cell may be a label of a table.
        !whole && cell.lines().flat_map(str::lines).filter(full).any(|l| is_heading(l, &mut self.folded))
    }
}

/// Whether a section of the report begins with a line.
pub(super) fn is_heading(line: &str, folded: &mut String) -> bool {
    let (mark, rest) = split_mark(line.trim());
    if mark.is_none() || line.len() > 180 {
        return false;
    }
    fold(rest, folded);
    let same = |label: &str| label.chars().filter_map(fold_char).eq(folded.chars());
    SECTIONS.iter().any(|s| same(s.label) || s.aliases.iter().any(|a| same(a)))
}

/// The lines and rows of a document for tests: a cell is `column+width:text`.
#[cfg(test)]
pub(super) fn shown(document: &Document) -> Vec<String> {
    let text = &document.text;
    let cell = |c: &GridCell| format!("{}+{}:{}", c.column, c.width, c.span.of(text));
    let rows = |b: &Block| match b {
        Block::Text(span) => span.of(text).lines().map(str::to_owned).collect::<Vec<_>>(),
        Block::Grid(g) => g.rows.iter().map(|r| r.iter().map(cell).collect::<Vec<_>>().join(" ")).collect(),
    };
    document.blocks.iter().flat_map(rows).collect()
}

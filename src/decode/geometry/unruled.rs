//! Tables that no line is drawn around: words above each other are one cell, figures above each other are a column.

use super::joining::Cell;
use super::lines::{Line, Word};
use crate::decode::compose::is_heading;
use crate::document::Frame;
use crate::terms::split_mark;

/// A gap wider than this part of the height of the characters parts cells.
const CELL_GAP: f32 = 1.0;
/// A gap wider than this part of the height parts words of a table, which stand closer in narrow columns.
const WORD_GAP: f32 = 0.5;
/// Lines of one cell have at most this part of their height between them.
const LEADING: f32 = 0.6;
/// Lines further apart than so many heights belong to different tables.
const APART: f32 = 3.0;
/// The part of the width of the text that a line of a cell takes at most.
const BROAD: f32 = 0.6;
/// Blocks whose middles differ by at most this part of the height stand in one row.
const SAME_ROW: f32 = 0.5;
/// What stands behind the figures of a row of which nobody can tell the columns: with an unknown character none of them
/// is a number, alone or together.
const UNKNOWN: &str = "\u{fffd}";
/// What stands between the words of a header that is not understood.
const BETWEEN: &str = " ; ";
/// Lines with cells that make a table.
const FEWEST: usize = 1;
/// Figures in one line that make a table alone.
const MANY: usize = 5;
/// Left edges of labels nearer than this are the same, in points.
const SAME_EDGE: f32 = 6.0;

/// The lines of the table that begins with the first line, if one does; and its rows.
///
/// `known` are the numbers of columns of which a whole header was read: only such a table goes on without one.
pub(super) fn table(page: u32, lines: &[&Line], width: f32, known: &mut Vec<usize>) -> Option<(usize, Vec<Vec<Cell>>)> {
    let mut count = 0;
    for (i, line) in lines.iter().enumerate() {
        let apart = i > 0 && line.frame.top - lines[i - 1].frame.bottom > APART * line.height();
        let broad = line.words.len() == 1 && line.frame.right - line.frame.left > BROAD * width;
        if apart || broad || is_heading(&line.text(), &mut String::new()) {
            break;
        }
        count = i + 1;
    }
    let lines = &lines[..count];
    let has_cells =
        |l: &&&Line| l.words.windows(2).any(|w| w[1].frame.left - w[0].frame.right >= CELL_GAP * l.height());
    let figures = |l: &&&Line| l.words.iter().filter(|w| is_figure(&w.text)).count();
    let full: Vec<usize> = lines.iter().filter(has_cells).map(|l| figures(&l)).filter(|n| *n > 0).collect();
    if full.len() < FEWEST && full.iter().all(|n| *n < MANY) {
        return None;
    }
    let blocks = blocks(lines);
    let columns = columns(&blocks)?;
    Some((count, rows(page, blocks, &columns, known)))
}

/// What stands in a cell.
#[derive(Debug, Clone)]
struct Block {
    text: String,
    frame: Frame,
    /// The height of its characters.
    height: f32,
    /// The lower edge of its last line and whether that line has figures.
    last: (f32, bool),
    figure: bool,
}

/// What else numbers, and cells without one, are written with: an em dash, full-width solidus, comma, full stop and minus,
/// the words for none and zero, and what is unknown.
const MARKS: [char; 8] =
    ['\u{2014}', '\u{ff0f}', '\u{ff0c}', '\u{ff0e}', '\u{ff0d}', '\u{65e0}', '\u{96f6}', '\u{fffd}'];

/// Whether a word is a number, or a glyph for none.
fn is_bare(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c);
    text.chars().all(|c| digit(c) || c.is_ascii_punctuation() || MARKS.contains(&c))
}

/// Whether a word is a number, with the character for what it counts or without, or a glyph for none.
fn is_figure(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    is_bare(text) || (unit.len() < text.len() && unit.chars().nth(1).is_none() && split_mark(text).0.is_none())
}

/// Words of a line without a wide gap between them.
fn phrases(line: &Line) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for word in &line.words {
        match out.last_mut() {
            Some(last)
                if word.frame.left - last.frame.right < WORD_GAP * line.height()
                    && !is_figure(&word.text)
                    && !is_figure(&last.text) =>
            {
                last.text.push(' ');
                last.text.push_str(&word.text);
                last.frame = last.frame.with(word.frame);
            }
            _ => out.push(word.clone()),
        }
    }
    out
}

/// The words of lines; those above each other are one, but for figures and beginnings of labels.
fn blocks(lines: &[&Line]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for line in lines {
        let figures = line.words.iter().any(|w| is_figure(&w.text));
        let open = out.len().saturating_sub(64);
        for phrase in phrases(line) {
            let (figure, height) = (is_figure(&phrase.text), phrase.frame.bottom - phrase.frame.top);
            let goes_on = |b: &&mut Block| {
                let shared = b.frame.right.min(phrase.frame.right) - b.frame.left.max(phrase.frame.left);
                let narrow = (b.frame.right - b.frame.left).min(phrase.frame.right - phrase.frame.left);
                let gap = phrase.frame.top - b.last.0;
                !b.figure
                    && shared > 0.5 * narrow
                    && (-0.5 * height..=LEADING * height).contains(&gap)
                    && (b.height - height).abs() < 0.15 * height
                    && !(b.last.1 && figures)
            };
            let begins = figure || split_mark(&phrase.text).0.is_some();
            match out[open..].iter_mut().rev().find(goes_on).filter(|_| !begins) {
                Some(block) => {
                    block.text.push('\n');
                    block.text.push_str(&phrase.text);
                    block.last = (phrase.frame.bottom, figures);
                    block.frame = block.frame.with(phrase.frame);
                }
                None => {
                    let last = (phrase.frame.bottom, figures);
                    out.push(Block { text: phrase.text, frame: phrase.frame, height, last, figure });
                }
            }
        }
    }
    out
}

/// The columns of figures, from left to right.
fn columns(blocks: &[Block]) -> Option<Vec<(f32, f32)>> {
    let figures: Vec<&Block> = blocks.iter().filter(|b| b.figure).collect();
    // A lone figure may stand in a cell over several columns: it makes none where others do.
    let beside = |b: &&&Block| {
        figures.iter().any(|o| o.frame.left != b.frame.left && (o.frame.top - b.frame.top).abs() < SAME_ROW * b.height)
    };
    let many: Vec<&Block> = figures.iter().filter(beside).copied().collect();
    let makers = if many.is_empty() { &figures } else { &many };
    let out = merged(makers.iter().map(|b| (b.frame.left, b.frame.right)).collect());
    (!out.is_empty()).then_some(out)
}

/// Intervals, those that overlap as one.
fn merged(mut all: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f32, f32)> = Vec::new();
    for (left, right) in all {
        match out.last_mut().filter(|last| left < last.1) {
            Some(last) => last.1 = last.1.max(right),
            None => out.push((left, right)),
        }
    }
    out
}

/// The blocks in rows, each moved to the edges of its columns.
///
/// A figure is a cell only where nobody can take it for another: its row has one in each of the columns of a wide table
/// whose header was read. The figures of any other row stand in one cell, which is no number.
fn rows(page: u32, mut blocks: Vec<Block>, columns: &[(f32, f32)], known: &mut Vec<usize>) -> Vec<Vec<Cell>> {
    blocks.sort_by(|a, b| a.frame.centre().1.total_cmp(&b.frame.centre().1));
    let edges = edges(columns, &blocks);
    let mut out: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        let middle = block.frame.centre().1;
        match out.last_mut().filter(|row| middle - row[0].frame.centre().1 <= SAME_ROW * block.height) {
            Some(row) => row.push(block),
            None => out.push(vec![block]),
        }
    }
    flatten_headers(&mut out, columns);
    let labels = label_edges(&out, columns);
    let mut headers = 0;
    let mut cells = Vec::with_capacity(out.len());
    for mut row in out {
        row.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
        let over_figures = row.iter().filter(|b| !b.figure && b.frame.right > columns[0].0).count();
        if row.iter().all(|b| !b.figure) && over_figures > 0 && !is_said_again(&row) {
            headers = over_figures;
        }
        if headers == columns.len() && !known.contains(&headers) {
            known.push(headers);
        }
        let few = columns.len() < MANY;
        let told = headers == columns.len() || (headers == 0 && known.contains(&columns.len()));
        // Words of a header that is not understood must not be taken for one.
        if !few && over_figures > 0 && !told && row.iter().all(|b| !b.figure) {
            let text = row.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(BETWEEN);
            let frame = row.iter().map(|b| b.frame).reduce(Frame::with).unwrap_or_default();
            cells.push(vec![Cell { text, page, frame }]);
            continue;
        }
        let usual = [7, 15].contains(&columns.len());
        // A figure with a unit is wider than others, and may have made a column of its own.
        let bare = row.iter().all(|b| !b.figure || is_bare(&b.text));
        let certain = match row.iter().filter(|b| b.figure).count() {
            0 => true,
            // Narrow tables leave cells empty too often: a row of them does not show its columns.
            n => !few && n == columns.len() && told && usual && bare,
        };
        cells.push(cells_of(page, row, columns, &edges, &labels, certain));
    }
    cells
}

/// Whether the words of a row say little more than one thing, as those of a row of cells with nothing to report do: they
/// are no header.
fn is_said_again(row: &[Block]) -> bool {
    let mut words: Vec<&str> = row.iter().map(|b| b.text.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    row.len() >= MANY && words.len() < MANY
}

/// The columns that a block stands over.
fn over(block: &Block, columns: &[(f32, f32)]) -> std::ops::Range<usize> {
    let first = columns.partition_point(|c| c.1 <= block.frame.left);
    let end = columns.partition_point(|c| c.0 < block.frame.right);
    first..end.max(first)
}

/// Gives the words over single columns a row of their own above the figures: their heights differ only because other
/// headers are merged.
fn flatten_headers(rows: &mut Vec<Vec<Block>>, columns: &[(f32, f32)]) {
    let mut at = 0;
    while at < rows.len() {
        let is_header = |row: &Vec<Block>| row.iter().all(|b| !b.figure);
        let end = at + rows[at..].iter().take_while(|r| is_header(r)).count();
        let mut flat: Vec<Option<Block>> = vec![None; columns.len()];
        for row in rows[at..end].iter_mut().rev() {
            for (column, slot) in flat.iter_mut().enumerate().filter(|(_, s)| s.is_none()) {
                let single = row.iter().position(|b| over(b, columns) == (column..column + 1));
                if let Some(single) = single {
                    *slot = Some(row.remove(single));
                }
            }
        }
        let mut next = end;
        if end > at && flat.iter().any(Option::is_some) {
            rows.insert(end, flat.into_iter().flatten().collect());
            next += 1;
        }
        at = next.max(at) + 1;
    }
    rows.retain(|r| !r.is_empty());
}

/// Where each column begins, and the last one ends.
fn edges(columns: &[(f32, f32)], blocks: &[Block]) -> Vec<f32> {
    let last = blocks.iter().map(|b| b.frame.right).fold(f32::MIN, f32::max) + 1.0;
    // What stands left of the figures ends where they begin, but a header may be wider than they are.
    let first = columns[0].0 - 0.5;
    let between = columns.windows(2).map(|c| (c[0].1 + c[1].0) / 2.0);
    [first].into_iter().chain(between).chain([last]).collect()
}

/// Where labels begin, from left to right, what almost coincides once.
fn label_edges(rows: &[Vec<Block>], columns: &[(f32, f32)]) -> Vec<f32> {
    let left_of = |b: &&Block| !b.figure && b.frame.centre().0 < columns[0].0;
    let mut all: Vec<f32> = rows.iter().flatten().filter(left_of).map(|b| b.frame.left).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|b, a| *b - *a < SAME_EDGE);
    all
}

fn cells_of(
    page: u32,
    row: Vec<Block>,
    columns: &[(f32, f32)],
    edges: &[f32],
    labels: &[f32],
    certain: bool,
) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    let (mut figures, mut joined) = (0, None);
    for (i, block) in row.iter().enumerate() {
        let over = over(block, columns);
        let last = edges.len() - 1;
        let frame = if block.figure && !certain {
            // The figures of an uncertain row in one cell.
            match joined.and_then(|at: usize| out.get_mut(at)) {
                Some(cell) => {
                    cell.text.push_str(&block.text);
                    cell.text.push_str(UNKNOWN);
                    continue;
                }
                None => joined = Some(out.len()),
            }
            Frame { left: edges[0], right: edges[last], ..block.frame }
        } else if block.figure {
            figures += 1;
            let all = row.iter().filter(|b| b.figure).count() == 1;
            let column = if all { 0..last } else { figures - 1..figures };
            Frame { left: edges[column.start], right: edges[column.end], ..block.frame }
        } else if !over.is_empty() && block.frame.centre().0 >= columns[0].0 {
            Frame { left: edges[over.start], right: edges[over.end], ..block.frame }
        } else {
            let next = row.get(i + 1).map_or(edges[0], |n| n.frame.left.min(edges[0]));
            let begin = labels.iter().rev().copied().find(|l| *l <= block.frame.left + 0.1);
            let begin = begin.unwrap_or(block.frame.left).min(edges[0] - 1.0);
            let end = labels.iter().copied().find(|l| *l > begin && *l > next - SAME_EDGE);
            Frame { left: begin, right: end.unwrap_or(edges[0]).min(edges[0]).max(begin + 0.5), ..block.frame }
        };
        let alone = if block.figure && !certain { UNKNOWN } else { "" };
        out.push(Cell { text: format!("{}{alone}", block.text), page, frame });
    }
    out
}

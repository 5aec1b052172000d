//! Tables whose columns stand under runs of dashes: the simple and the multiline tables of Markdown, the simple tables of
//! reStructuredText.

use super::{Found, Piece, columns_if};
use crate::document::Span;

/// Columns and lines of the largest table.
const MAX_COLUMNS: usize = 200;
const MAX_LINES: usize = 10_000;

/// The table that the lines begin with.
pub(super) fn table(source: &str, lines: &[Span], steps: &mut usize) -> Option<Found> {
    let first = lines.first()?.of(source);
    let mark = first.trim_start().chars().next().filter(|c| matches!(c, '-' | '='))?;
    // One line of dashes over all columns, or one run for each.
    let rule = |line: &Span| runs(line.of(source), mark);
    let opening = rule(&lines[0])?;
    let (columns, head) = match opening.len() {
        1 if opening[0].1 - opening[0].0 > 20 => {
            let at = lines.iter().take(20).skip(1).position(|l| rule(l).is_some_and(|r| r.len() > 1))? + 1;
            (rule(&lines[at])?, Some(at))
        }
        1 => return None,
        _ => (opening, None),
    };
    if columns.len() > MAX_COLUMNS {
        return None;
    }
    let begin = head.map_or(1, |at| at + 1);
    let close = lines
        .iter()
        .take(MAX_LINES)
        .skip(begin)
        .position(|line| rule(line).is_some_and(|r| r == columns || r.len() == 1 && head.is_some()));
    *steps += close.unwrap_or(lines.len().min(MAX_LINES));
    // The first rule of two may stand under a header.
    let (mut header, mut body, mut used) = (1..head.unwrap_or(1), begin..begin + close?, begin + close? + 1);
    if head.is_none() {
        let more = lines.iter().take(MAX_LINES).skip(used).position(|line| rule(line).is_some_and(|r| r == columns));
        *steps += more.unwrap_or(lines.len().min(MAX_LINES));
        let is_block =
            |range: std::ops::Range<usize>| lines[range].iter().all(|l| !l.of(source).trim().is_empty() || mark == '-');
        if let Some(more) = more.filter(|more| mark == '=' && *more > 0 && is_block(used..used + more)) {
            (header, body) = (body, used..used + more);
            used += more + 1;
        }
    }
    let is_parted = lines[body.clone()].iter().any(|l| l.of(source).trim().is_empty());
    [false, true].into_iter().find_map(|wide| {
        let mut rows = Vec::new();
        take(source, &lines[header.clone()], &columns, wide, true, &mut rows)?;
        take(source, &lines[body.clone()], &columns, wide, is_parted, &mut rows)?;
        (!rows.is_empty()).then_some(Found { rows, used, beside: Vec::new() })
    })
}

/// The runs of a mark in a line that has nothing else: from column to column.
fn runs(line: &str, mark: char) -> Option<Vec<(usize, usize)>> {
    if !line.contains(mark) || !line.chars().all(|c| c == mark || c == ' ') {
        return None;
    }
    let mut runs = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        if !word.is_empty() {
            runs.push((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    // A rule of one or two dashes is a line of text.
    (runs.iter().map(|r| r.1 - r.0).sum::<usize>() >= 3).then_some(runs)
}

/// Takes rows: each line is one, or those between empty lines are.
fn take(
    source: &str,
    lines: &[Span],
    columns: &[(usize, usize)],
    wide: bool,
    is_parted: bool,
    rows: &mut Vec<Vec<Piece>>,
) -> Option<()> {
    let mut open: Option<Vec<Piece>> = None;
    for line in lines {
        if line.of(source).trim().is_empty() {
            rows.extend(open.take());
            continue;
        }
        let cells = cut(source, *line, columns, wide)?;
        match open.as_mut().filter(|_| is_parted) {
            Some(row) => {
                for (piece, cell) in row.iter_mut().zip(cells) {
                    piece.lines.extend(Some(cell).filter(|c| !c.is_empty()));
                }
            }
            None => {
                rows.extend(open.take());
                let pieces = cells.into_iter().enumerate();
                let pieces = pieces.map(|(column, cell)| Piece {
                    column,
                    width: 1,
                    lines: Some(cell).filter(|c| !c.is_empty()).into_iter().collect(),
                });
                open = Some(pieces.collect());
            }
        }
    }
    rows.extend(open);
    Some(())
}

/// Cuts a line at the columns; none if a character stands between two of them.
fn cut(source: &str, line: Span, columns: &[(usize, usize)], wide: bool) -> Option<Vec<Span>> {
    let mut cells = vec![Span::new(line.start as usize, line.start as usize); columns.len()];
    let mut column = 0;
    let mut at = 0;
    let mut begun = vec![false; columns.len()];
    for (byte, c) in line.of(source).char_indices() {
        let place = line.start as usize + byte;
        if c != ' ' {
            while column + 1 < columns.len() && at >= columns[column + 1].0 {
                column += 1;
            }
            // The last column may be longer than its rule.
            if at < columns[column].0 || (at >= columns[column].1 && column + 1 < columns.len()) {
                return None;
            }
            if !begun[column] {
                begun[column] = true;
                cells[column] = Span::new(place, place);
            }
            cells[column].end = (place + c.len_utf8()) as u32;
        }
        at += columns_if(c, wide);
    }
    Some(cells)
}

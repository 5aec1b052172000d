//! Which of the characters behind a label belong to which cell of the line.
//!
//! Where the layout leaves one way, the line is certain. Where cells vanished, were joined or split, all ways are
//! listed and the ties have to decide; nothing is chosen here by taste.

mod aligned;
mod crowded;
mod digits;
mod doubt;

use crate::document::Span;
use crate::report::{Content, Reading, Readings, Written};
use crate::terms::{DISPUTE_ROWS, LineTerm, Measure, RESULTS, Table};

use super::columns::Order;
use super::found::{Found, Mark, Token};
use super::habits::{Habits, ends, gather};
use super::layout::Kind;
use crate::tables::number;

/// More ways than this are not weighed.
pub(crate) const MOST_READINGS: usize = 128;

/// The line of disputes has the most cells.
const MOST_CELLS: usize = DISPUTE_ROWS.len() * RESULTS.len();

/// Reads the cells of a line.
pub(crate) fn readings(text: &str, found: &Found, term: &LineTerm, habits: &Habits) -> Readings {
    let n = term.len();
    let tokens = gather(found, n);
    if tokens.is_empty() {
        return Readings::Certain(vec![Written::MISSING; n]);
    }
    let mut measures = [Measure::Count; MOST_CELLS];
    for (i, measure) in measures[..n].iter_mut().enumerate() {
        let position = found.order.other().map_or(i, |o| usize::from(o[i]));
        *measure = term.columns[position % term.columns.len()].measure;
    }
    let reader = Reader::new(text, &measures[..n], habits, term, found);
    let mut readings = match reader.place(&tokens) {
        Readings::Certain(reading) if reader.is_doubtful(&tokens, found) => reader.doubted(reading),
        readings => readings,
    };
    match &found.order {
        Order::Form => {}
        Order::Other(order) => readings = permuted(readings, order),
        Order::Unknown => return Readings::Hopeless(whole(&tokens)),
    }
    readings
}

/// Cells from the order of the header into the order of the form.
fn permuted(readings: Readings, order: &[u8]) -> Readings {
    let sort = |reading: Reading| {
        let mut out = vec![Written::MISSING; reading.len()];
        for (cell, position) in reading.into_iter().zip(order) {
            out[usize::from(*position)] = cell;
        }
        out
    };
    match readings {
        Readings::Certain(r) => Readings::Certain(sort(r)),
        Readings::Open(all) => Readings::Open(all.into_iter().map(sort).collect()),
        other => other,
    }
}

/// Reads the cells of one line.
pub(crate) struct Reader<'a> {
    text: &'a str,
    measures: &'a [Measure],
    habits: &'a Habits,
    table: Table,
    /// Where the label stands in its row.
    label: i32,
    /// Cells of which the last is the sum of the others; 0 where there are no sums.
    pub(crate) sums: usize,
    /// In spaced rows, the extents of the header's columns.
    extents: Option<&'a [(i32, i32)]>,
    /// In grids, the place under the header's first column.
    first: Option<i32>,
    /// The order of the columns, if it is not the form's.
    order: Option<&'a [u8]>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        text: &'a str,
        measures: &'a [Measure],
        habits: &'a Habits,
        term: &LineTerm,
        found: &'a Found,
    ) -> Reader<'a> {
        let sums = if term.table == Table::Proactive { 0 } else { term.columns.len() };
        Reader {
            text,
            measures,
            habits,
            table: term.table,
            label: found.place,
            sums,
            extents: found.extents.as_deref(),
            first: found.first,
            order: found.order.other(),
        }
    }

    pub(crate) fn cell(&self, token: &Token, slot: usize) -> Written {
        let text = token.span.of(self.text);
        let content = match token.mark {
            Mark::Junk => Content::Unreadable,
            _ => number::read(text, self.measures[slot]).unwrap_or(Content::Unreadable),
        };
        Written { content, span: Some(token.span) }
    }

    pub(crate) fn window(&self, tokens: &[Token], start: usize) -> Reading {
        (0..self.measures.len()).map(|i| self.cell(&tokens[start + i], i)).collect()
    }

    fn place(&self, tokens: &[Token]) -> Readings {
        let n = self.measures.len();
        if tokens.iter().any(|t| t.mark == Mark::Digits) {
            return self.cut(tokens);
        }
        let Some((first, last)) = ends(tokens) else {
            // Nothing but blank cells: which is which does not matter.
            let mut reading = vec![Written::MISSING; n];
            for (i, cell) in reading.iter_mut().enumerate().take(tokens.len()) {
                *cell = self.cell(&tokens[i], i);
            }
            return Readings::Certain(reading);
        };
        let full = last - first + 1;
        if full == n {
            let reading = self.window(tokens, first);
            // Where empty cells vanish, as many figures as cells may be chance.
            let loose = tokens[first..=last].iter().any(|t| matches!(t.kind, Kind::Spaced | Kind::Line))
                // The line of disputes has no label to stand beside: a cell too many is a number in two.
                || (self.table == Table::Disputes && tokens.len() > n);
            return if loose && !self.fits(&reading) {
                Readings::Open(vec![reading])
            } else if tokens[0].kind == Kind::Stream && first > 0 && !self.fits(&reading) {
                // A blank cell may be the line's, and the last figure that of a page.
                listed((0..=first).map(|s| self.window(tokens, s)).chain([reading]).collect())
            } else {
                Readings::Certain(reading)
            };
        }
        if let Some(reading) = self.untotalled_below_header(tokens, first, last) {
            return Readings::Certain(reading);
        }
        if full + 1 == n && self.is_untotalled(tokens) {
            let mut reading: Reading = (0..full).map(|i| self.cell(&tokens[first + i], i)).collect();
            reading.push(tokens.get(last + 1).map_or(Written::MISSING, |t| self.cell(t, full)));
            return Readings::Certain(reading);
        }
        if full > n {
            let cells = &tokens[first..=last];
            let (front, back) = cells.split_at(full / 2);
            let twice = |(a, b): (&Token, &Token)| a.kind == Kind::Line && a.span.of(self.text) == b.span.of(self.text);
            if full % 2 == 0 && front.len() > 2 && front.iter().zip(back).all(twice) {
                // The line stands there twice.
                return self.place(front);
            }
            return self.crowded(&tokens[first..=last]);
        }
        match tokens.len().cmp(&n) {
            // No sum speaks for the row, and its last cell alone is empty, or its first one where no other in all
            // tables is: a cell may be lost and the rest have moved up.
            std::cmp::Ordering::Equal if self.sums == 0 && full + 1 == n && (last + 1 < n || self.habits.gapless()) => {
                Readings::Open(vec![self.window(tokens, 0)])
            }
            std::cmp::Ordering::Equal if self.is_sound(tokens) => Readings::Certain(self.window(tokens, 0)),
            std::cmp::Ordering::Equal => {
                // One of the blank cells belongs to the label or pads the row, and one of the line's is lost.
                let mut all = vec![self.window(tokens, 0)];
                if first > 0 {
                    self.spread(&tokens[1..], &mut all);
                }
                if last + 1 < n {
                    self.spread(&tokens[..n - 1], &mut all);
                }
                listed(all)
            }
            std::cmp::Ordering::Greater => self.slide(tokens, first, last),
            std::cmp::Ordering::Less => self.sparse(tokens),
        }
    }

    /// The cells of a line of a table without totals, by the places of the header's words, where the row has just these
    /// cells behind its label.
    fn untotalled_below_header(&self, tokens: &[Token], first: usize, last: usize) -> Option<Reading> {
        let n = self.measures.len();
        let at = tokens.iter().position(|t| Some(t.place) == self.first)?;
        let cells = tokens.get(at..at + n)?;
        let usual = self.table == Table::Requests && self.order.is_none() && self.habits.is_mostly_untotalled();
        let alone = tokens.iter().all(|t| t.kind == Kind::Grid && t.row == tokens[0].row);
        let inside = at <= first && last + 1 < at + n && cells[n - 1].place + 1 == cells[n - 1].width;
        (usual && alone && inside).then(|| self.window(tokens, at))
    }

    /// Whether the line is one of those of which the issuer left the total empty.
    fn is_untotalled(&self, tokens: &[Token]) -> bool {
        self.table == Table::Requests
            && self.order.is_none()
            && tokens.iter().all(|t| t.kind == Kind::Grid)
            && self.habits.is_untotalled()
    }

    /// Whether the sums of a reading come out, empty cells as zero; tables without sums always fit.
    pub(crate) fn fits(&self, reading: &Reading) -> bool {
        if self.sums == 0 {
            return true;
        }
        // For each sum what its parts make less its total, cells in the order of the header.
        let mut sums = [0.0; 3];
        for (i, cell) in reading.iter().enumerate() {
            let position = self.order.map_or(i, |o| usize::from(o[i]));
            let value = cell.number().unwrap_or(0.0);
            sums[position / self.sums] += if position % self.sums + 1 == self.sums { -value } else { value };
        }
        sums.iter().all(|s| *s == 0.0)
    }

    /// A row with as many cells as the line, some blank: whether the blank ones at its ends are cells of the line.
    fn is_sound(&self, tokens: &[Token]) -> bool {
        let whole = tokens[0].mark != Mark::Blank && tokens[tokens.len() - 1].mark != Mark::Blank;
        if whole {
            return true;
        }
        if self.table == Table::Disputes
            && let Some((first, last)) = ends(tokens)
            && !self.keeps_blanks(tokens, first, last)
        {
            return false;
        }
        let habit = self.habits.start(self.table, &tokens[0], self.label, true);
        habit.is_none_or(|s| s == tokens[0].place) && self.fits(&self.window(tokens, 0))
    }

    /// More cells than the line has, some of them blank: a window over them.
    fn slide(&self, tokens: &[Token], first: usize, last: usize) -> Readings {
        let n = self.measures.len();
        let low = (last + 1).saturating_sub(n);
        let high = first.min(tokens.len() - n);
        if low == high {
            let only = self.window(tokens, low);
            if self.sums == 0 && last + 1 < low + n && last - first + 2 == n {
                return Readings::Open(vec![only]);
            }
            if self.fits(&only) || self.measures.len() == last + 1 - first {
                return Readings::Certain(only);
            }
            // The sums are against it: a cell may be lost, and a blank one beside the line taken for its last.
            let mut all = vec![only];
            self.spread(&tokens[first..=last], &mut all);
            return listed(all);
        }
        // The disputes line is padded in front, by its headers; of other lines the habit tells.
        let at = match self.table {
            Table::Disputes => Some(high as i32),
            _ => self
                .habits
                .start(self.table, &tokens[0], self.label, false)
                .map(|s| s - tokens[0].place)
                // A stream pads its rows at their ends alone.
                .or((tokens[0].kind == Kind::Stream).then_some(0)),
        };
        let mut all: Vec<Reading> = Vec::new();
        if let Some(at) = at.filter(|at| *at >= low as i32 && *at <= high as i32) {
            let reading = self.window(tokens, at as usize);
            // A row of zeros fits anywhere: it wants all rows of its shape as witnesses, and a figure in its last cell.
            let telling = reading.iter().any(|w| w.number().is_some_and(|v| v != 0.0))
                || (reading[n - 1].number().is_some()
                    && (tokens[0].kind == Kind::Stream || self.habits.is_settled(self.table, &tokens[0], self.label)));
            // A stream of cells ends with the last one of its table.
            let ends = self.table != Table::Disputes || tokens[0].kind == Kind::Stream;
            if self.fits(&reading) && telling && ends {
                return Readings::Certain(reading);
            }
            all.push(reading);
        }
        all.extend((low..=high).map(|s| self.window(tokens, s)));
        let lost = self.table == Table::Disputes && last + 1 - first < n && !self.keeps_blanks(tokens, first, last);
        if lost || !all.iter().any(|r| self.fits(r)) {
            self.spread(&tokens[first..=last], &mut all);
        }
        listed(all)
    }

    /// Whether the blank cells at the ends of the disputes line are its own: others stand between its figures.
    fn keeps_blanks(&self, tokens: &[Token], first: usize, last: usize) -> bool {
        let one_row = tokens.iter().all(|t| t.kind == Kind::Grid && t.row == tokens[0].row);
        one_row && tokens.len() == self.measures.len() || tokens[first..=last].iter().any(|t| t.mark == Mark::Blank)
    }

    /// Fewer cells than the line has.
    fn sparse(&self, tokens: &[Token]) -> Readings {
        let mut all = Vec::new();
        if let Some(reading) = self.aligned(tokens) {
            // Columns that proved right in other rows, and no sum against them here.
            let proven = self.habits.under_header.1 == 0 && self.habits.under_header.0 > 0 || self.extents.is_none();
            if proven && self.fits(&reading) {
                return Readings::Certain(reading);
            }
            all.push(reading);
        } else if let Some(start) = self.habits.start(self.table, &tokens[0], self.label, false) {
            let at = tokens[0].place - start;
            if tokens[0].kind == Kind::Grid && at >= 0 && at as usize + tokens.len() <= self.measures.len() {
                let mut reading = vec![Written::MISSING; self.measures.len()];
                for (i, t) in tokens.iter().enumerate() {
                    reading[at as usize + i] = self.cell(t, at as usize + i);
                }
                all.push(reading);
            }
        }
        self.spread(tokens, &mut all);
        if all.is_empty() {
            return Readings::Hopeless(whole(tokens));
        }
        listed(all)
    }

    /// Every way to leave cells out in front, between and behind.
    fn spread(&self, tokens: &[Token], all: &mut Vec<Reading>) {
        let n = self.measures.len();
        let k = tokens.len();
        if k >= n || ways(n, k) > MOST_READINGS as u64 * 2 {
            return;
        }
        let mut slots: Vec<usize> = (0..k).collect();
        loop {
            let mut reading = vec![Written::MISSING; n];
            for (token, slot) in tokens.iter().zip(&slots) {
                reading[*slot] = self.cell(token, *slot);
            }
            all.push(reading);
            // The next combination in order.
            let Some(i) = (0..k).rev().find(|&i| slots[i] < n - k + i) else { return };
            slots[i] += 1;
            for j in i + 1..k {
                slots[j] = slots[j - 1] + 1;
            }
        }
    }
}

/// Readings that say different things, the likelier ones first.
fn listed(all: Vec<Reading>) -> Readings {
    let mut seen: Vec<Vec<Option<u64>>> = Vec::new();
    let mut out = Vec::new();
    for reading in all {
        let values: Vec<Option<u64>> = reading.iter().map(|w| w.number().map(f64::to_bits)).collect();
        if !seen.contains(&values) {
            seen.push(values);
            out.push(reading);
        }
        if out.len() > MOST_READINGS {
            let (first, last) = (out[0][0], out[0][out[0].len() - 1]);
            let start = first.span.map_or(0, |s| s.start);
            return Readings::Hopeless(Span { start, end: last.span.map_or(start, |s| s.end).max(start) });
        }
    }
    Readings::Open(out)
}

fn whole(tokens: &[Token]) -> Span {
    Span { start: tokens[0].span.start, end: tokens[tokens.len() - 1].span.end.max(tokens[0].span.start) }
}

/// How many ways there are to put k things into n places in order.
fn ways(n: usize, k: usize) -> u64 {
    (1..=k as u64).fold(1u64, |acc, i| acc.saturating_mul(n as u64 - k as u64 + i) / i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Edition, Form};

    #[test]
    fn no_line_has_more_cells_than_there_is_room_for() {
        let most = Edition::ALL.into_iter().flat_map(|e| Form::of(e).lines.iter().map(|l| l.len())).max();
        assert_eq!(most, Some(MOST_CELLS));
    }
}

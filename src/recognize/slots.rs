//! Which of the characters behind a label belong to which cell of the line.
//!
//! Where the layout leaves one way, the line is certain. Where cells vanished, were joined or split, all ways are
//! listed and the ties have to decide; nothing is chosen here by taste.

use std::collections::BTreeMap;

use crate::document::Span;
use crate::report::{Content, Reading, Readings, Writing, Written};
use crate::terms::{Form, Labels, LineTerm, Measure, Table};

use super::columns::Order;
use super::cuts;
use super::layout::Kind;
use super::number;
use super::walk::{Found, Mark, Token};

/// More ways than this are not weighed.
pub(super) const MOST_READINGS: usize = 128;

/// Where the cells of a line begin in its row, as one line of the document shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    /// The kind and width of the row, and the place of its label.
    shape: (Kind, i32, i32),
    /// The place of the first cell.
    place: i32,
}

impl Start {
    /// Cells between the label and the first cell of the line.
    fn filler(self) -> i32 {
        self.place - self.shape.2 - 1
    }

    /// Cells from the first cell of the line to the end of the row.
    fn from_end(self) -> i32 {
        self.shape.1 - self.place
    }
}

/// Habits of the document's tables, learnt from the lines that leave no doubt.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Lines with a figure in every cell, for each table.
    full: [Vec<Start>; 3],
    /// Lines with just as many cells as the form has, some of them empty.
    exact: [Vec<Start>; 3],
    /// Places of the columns in spaced rows, one list for each full row.
    spaced: Vec<[(i32, i32); 7]>,
    /// Spaced rows with figures whose sums come out where the header's columns place them, and where they do not.
    under_header: (u32, u32),
}

/// The tokens that make the line, rows that only continue a label left out.
fn gather(found: &Found, wanted: usize) -> Vec<Token> {
    let tokens = &found.tokens;
    let rows: Vec<u32> = {
        let mut rows: Vec<u32> = tokens.iter().map(|t| t.row).collect();
        rows.dedup();
        rows
    };
    let streams = tokens.iter().all(|t| matches!(t.kind, Kind::Stream | Kind::Line));
    if streams || rows.len() <= 1 {
        let mut out: Vec<Token> = tokens.clone();
        if streams && !out.iter().any(|t| t.mark == Mark::Digits) {
            // Rows are not told apart: count the cells behind the label instead.
            let width = out.len() as i32;
            for (i, t) in out.iter_mut().enumerate() {
                t.place = i as i32;
                t.width = width;
            }
        }
        return out;
    }
    let full = |row: u32| tokens.iter().filter(move |t| t.row == row && t.mark != Mark::Blank).count();
    let mut out: Vec<Token> = Vec::new();
    for row in rows {
        if full(row) == 0 {
            continue;
        }
        let already = out.iter().filter(|t| t.mark != Mark::Blank).count();
        if already >= wanted {
            break;
        }
        let part: Vec<Token> = tokens.iter().filter(|t| t.row == row).copied().collect();
        // Two halves of one row, each blank where the other is not.
        let complementary = part.len() == out.len()
            && out.iter().zip(&part).all(|(a, b)| a.mark == Mark::Blank || b.mark == Mark::Blank);
        // Two halves of a row that keep their columns: what stands in the second is right of all in the first.
        let by_place = !out.is_empty()
            && part.iter().chain(&out).all(|t| t.kind == Kind::Grid)
            && part.first().is_some_and(|t| t.place <= out[0].place)
            && part
                .iter()
                .filter(|t| t.mark != Mark::Blank)
                .all(|t| out.iter().filter(|o| o.mark != Mark::Blank).all(|o| o.place < t.place));
        if by_place {
            for t in &part {
                match out.iter().position(|o| o.place == t.place) {
                    Some(at) if out[at].mark == Mark::Blank => out[at] = *t,
                    None if t.place > out[out.len() - 1].place => out.push(*t),
                    _ => {}
                }
            }
        } else if complementary {
            for (a, b) in out.iter_mut().zip(&part) {
                if a.mark == Mark::Blank {
                    *a = *b;
                }
            }
        } else {
            // A row that goes on behind a page break may be padded on either side of the break.
            while out.last().is_some_and(|t| t.mark == Mark::Blank) && out.len() + part.len() > wanted {
                out.pop();
            }
            let lead = part.iter().take_while(|t| t.mark == Mark::Blank).count();
            let skip = if out.is_empty() { 0 } else { lead.min((out.len() + part.len()).saturating_sub(wanted)) };
            out.extend(part.into_iter().skip(skip));
        }
    }
    if out.is_empty() { tokens.iter().filter(|t| t.row == tokens[0].row).copied().collect() } else { out }
}

/// Learns the habits of all lines of a document.
pub(super) fn habits(text: &str, found: &[Found], form: &Form) -> Habits {
    let labels = Labels::get();
    let mut habits = Habits::default();
    for f in found {
        let Some(term) = labels.position(f.key, form.edition).map(|p| form.lines[p]) else { continue };
        if term.table == Table::Disputes {
            continue;
        }
        let n = term.len();
        let tokens = gather(f, n);
        if tokens.is_empty() {
            continue;
        }
        if tokens.iter().all(|t| t.kind == Kind::Spaced) && f.extents.is_some() && n == 7 {
            let none = Habits::default();
            let reader = Reader::new(text, &[Measure::Count; 7], &none, term, f);
            let figures = tokens.iter().any(|t| t.mark == Mark::Figure && reader.cell(t, 0).number() != Some(0.0));
            match reader.under_header(&tokens) {
                Some(r) if figures && reader.fits(&r) => habits.under_header.0 += 1,
                _ if figures => habits.under_header.1 += 1,
                _ => {}
            }
        }
        let start = |t: &Token| Start { shape: (t.kind, t.width, f.place), place: t.place };
        let table = term.table as usize;
        match ends(&tokens) {
            Some((first, last))
                if last - first + 1 == n && tokens[first..=last].iter().all(|t| t.mark != Mark::Blank) =>
            {
                habits.full[table].push(start(&tokens[first]));
                if n == 7
                    && tokens.iter().all(|t| t.kind == Kind::Spaced && t.row == tokens[0].row)
                    && habits.spaced.len() < 64
                {
                    let mut places = [(0, 0); 7];
                    for (slot, t) in places.iter_mut().zip(&tokens[first..]) {
                        *slot = (t.place - t.columns, t.place);
                    }
                    habits.spaced.push(places);
                }
            }
            _ if tokens.len() == n => habits.exact[table].push(start(&tokens[0])),
            Some((first, last)) if tokens.len() > n && last - first < n => {
                // Several windows, of which the sums leave one.
                let none = Habits::default();
                let measures = vec![Measure::Count; n];
                let reader = Reader::new(text, &measures, &none, term, f);
                let low = (last + 1).saturating_sub(n);
                let high = first.min(tokens.len() - n);
                let telling = |s: &usize| {
                    let reading = reader.window(&tokens, *s);
                    reading.iter().any(|w| w.number().is_some_and(|v| v != 0.0)) && reader.fits(&reading)
                };
                let mut fitting = (low..=high).filter(telling);
                if low == high {
                    habits.full[table].push(start(&tokens[low]));
                } else if let (Some(s), None, true) = (fitting.next(), fitting.next(), reader.sums > 0) {
                    habits.full[table].push(start(&tokens[s]));
                }
            }
            _ => {}
        }
    }
    habits
}

/// The value that at least four of five lines show.
fn mostly(values: impl Iterator<Item = i32>) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    let mut all = 0;
    for v in values {
        *counts.entry(v).or_default() += 1;
        all += 1;
    }
    counts.into_iter().find(|(_, n)| *n * 5 >= all * 4).map(|(v, _)| v)
}

impl Habits {
    /// Whether lines with empty cells are the exception: most issuers write something into every cell.
    fn gapless(&self) -> bool {
        let count = |lines: &[Vec<Start>; 3]| lines.iter().map(Vec::len).sum::<usize>();
        count(&self.full) >= 8 && count(&self.exact) <= 2
    }

    /// Whether lines of the same shape disagree where their cells begin.
    fn wavers(&self, table: Table, token: &Token, label: i32) -> bool {
        let shape = (token.kind, token.width, label);
        let mut places = self.full[table as usize].iter().filter(|s| s.shape == shape).map(|s| s.place);
        let first = places.next();
        places.any(|p| Some(p) != first)
    }

    /// Where the cells of a line begin, if the other lines of its table tell; `weak` takes lines with empty cells
    /// for witnesses as well.
    fn start(&self, table: Table, token: &Token, label: i32, weak: bool) -> Option<i32> {
        let shape = (token.kind, token.width, label);
        let exact: &[Start] = if weak { &self.exact[table as usize] } else { &[] };
        [self.full[table as usize].as_slice(), exact].into_iter().find_map(|lines| {
            // Lines of the same shape first, then what all lines have in common: the first cell next to the label,
            // at one place of every row, or at one distance from its end.
            let alike = lines.iter().filter(|s| s.shape == shape).map(|s| s.place);
            let all = || lines.iter().filter(|s| s.shape.0 == token.kind);
            mostly(alike)
                .or_else(|| mostly(all().map(|s| s.filler())).map(|filler| label + 1 + filler))
                .or_else(|| mostly(all().map(|s| s.place)))
                .or_else(|| mostly(all().map(|s| s.from_end())).map(|n| token.width - n))
        })
    }
}

/// The first and the last token that is not blank.
fn ends(tokens: &[Token]) -> Option<(usize, usize)> {
    let first = tokens.iter().position(|t| t.mark != Mark::Blank)?;
    let last = tokens.iter().rposition(|t| t.mark != Mark::Blank)?;
    Some((first, last))
}

/// Reads the cells of a line.
pub(super) fn readings(text: &str, found: &Found, term: &LineTerm, habits: &Habits) -> Readings {
    let n = term.len();
    let tokens = gather(found, n);
    if tokens.is_empty() {
        return Readings::Certain(vec![Written::MISSING; n]);
    }
    let measures: Vec<Measure> = (0..n)
        .map(|i| {
            let position = found.order.other().map_or(i, |o| usize::from(o[i]));
            term.columns[position % term.columns.len()].measure
        })
        .collect();
    let reader = Reader::new(text, &measures, habits, term, found);
    let mut readings = reader.place(&tokens);
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

struct Reader<'a> {
    text: &'a str,
    measures: &'a [Measure],
    habits: &'a Habits,
    table: Table,
    /// Where the label stands in its row.
    label: i32,
    /// Cells of which the last is the sum of the others; 0 where there are no sums.
    sums: usize,
    /// In spaced rows, the extents of the header's columns.
    extents: Option<&'a [(i32, i32)]>,
    /// The order of the columns, if it is not the form's.
    order: Option<&'a [u8]>,
}

impl<'a> Reader<'a> {
    fn new(
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
            order: found.order.other(),
        }
    }

    fn cell(&self, token: &Token, slot: usize) -> Written {
        let text = token.span.of(self.text);
        let content = match token.mark {
            Mark::Junk => Content::Unreadable,
            _ => number::read(text, self.measures[slot]).unwrap_or(Content::Unreadable),
        };
        Written { content, span: Some(token.span) }
    }

    fn window(&self, tokens: &[Token], start: usize) -> Reading {
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
            let loose = tokens[first..=last].iter().any(|t| matches!(t.kind, Kind::Spaced | Kind::Line));
            return if loose && !self.fits(&reading) {
                Readings::Open(vec![reading])
            } else {
                Readings::Certain(reading)
            };
        }
        if full > n {
            return self.crowded(&tokens[first..=last]);
        }
        match tokens.len().cmp(&n) {
            // An empty cell at an end, no sum to speak for it, and no other empty cell in all tables: one may be lost.
            std::cmp::Ordering::Equal if self.sums == 0 && full + 1 == n && self.habits.gapless() => {
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

    /// Whether the sums of a reading come out, empty cells as zero; tables without sums always fit.
    fn fits(&self, reading: &Reading) -> bool {
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
            _ => self.habits.start(self.table, &tokens[0], self.label, false).map(|s| s - tokens[0].place),
        };
        let mut all: Vec<Reading> = Vec::new();
        if let Some(at) = at.filter(|at| *at >= low as i32 && *at <= high as i32) {
            let reading = self.window(tokens, at as usize);
            // A row of zeros fits anywhere: it wants all rows of its shape as witnesses.
            let telling = reading.iter().any(|w| w.number().is_some_and(|v| v != 0.0))
                || !self.habits.wavers(self.table, &tokens[0], self.label);
            // A stream of cells ends with the last one of its table.
            let ends = self.table != Table::Disputes || tokens[0].kind == Kind::Stream;
            if self.fits(&reading) && telling && ends {
                return Readings::Certain(reading);
            }
            all.push(reading);
        }
        all.extend((low..=high).map(|s| self.window(tokens, s)));
        if !all.iter().any(|r| self.fits(r)) {
            self.spread(&tokens[first..=last], &mut all);
        }
        listed(all)
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

    /// In a spaced row, the columns under which the figures stand: those of the header, or of the full rows.
    fn aligned(&self, tokens: &[Token]) -> Option<Reading> {
        if self.measures.len() != 7 || tokens.iter().any(|t| t.kind != Kind::Spaced) {
            return None;
        }
        self.under_header(tokens).or_else(|| self.under_rows(tokens))
    }

    /// Each figure below the one header word that it overlaps.
    fn under_header(&self, tokens: &[Token]) -> Option<Reading> {
        let extents = self.extents?;
        let mut reading = vec![Written::MISSING; 7];
        let mut next = 0;
        for token in tokens.iter().filter(|t| t.mark != Mark::Blank) {
            let (left, right) = (token.place - token.columns, token.place);
            let mut below = (0..7).filter(|c| left < extents[*c].1 && right > extents[*c].0);
            let (Some(column), None) = (below.next(), below.next()) else { return None };
            if column < next {
                return None;
            }
            reading[column] = self.cell(token, column);
            next = column + 1;
        }
        Some(reading)
    }

    /// Each figure at the place that its column has in full rows: by left or right edges, whichever keep their place.
    fn under_rows(&self, tokens: &[Token]) -> Option<Reading> {
        let rows = &self.habits.spaced;
        if rows.len() < 2 {
            return None;
        }
        let edge = |cell: &(i32, i32), right: bool| if right { cell.1 } else { cell.0 };
        let spread = |right: bool| {
            (0..7).map(move |c| {
                let all = rows.iter().map(|r| edge(&r[c], right));
                all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)
            })
        };
        let right = spread(true).max()? <= spread(false).max()?;
        if spread(right).max()? > 1 {
            return None;
        }
        let mut reading = vec![Written::MISSING; 7];
        let mut next = 0;
        for token in tokens.iter().filter(|t| t.mark != Mark::Blank) {
            let own = (token.place - token.columns, token.place);
            let column = (next..7).find(|c| (edge(&rows[0][*c], right) - edge(&own, right)).abs() <= 1)?;
            reading[column] = self.cell(token, column);
            next = column + 1;
        }
        Some(reading)
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

    /// More figures than cells: two are one number, or one is none of the line's.
    fn crowded(&self, tokens: &[Token]) -> Readings {
        let n = self.measures.len();
        let excess = tokens.len() - n;
        if excess > 2 || self.measures.iter().any(|m| *m != Measure::Count) {
            return Readings::Hopeless(whole(tokens));
        }
        let mut all = Vec::new();
        self.shrink(tokens, excess, 0, &mut all);
        listed(all)
    }

    fn shrink(&self, tokens: &[Token], excess: usize, from: usize, all: &mut Vec<Reading>) {
        if excess == 0 {
            all.push(self.window(tokens, 0));
            return;
        }
        for i in from..tokens.len() {
            // A blank cell, a zero, or a number on a line of its own may be none of the line's.
            let foreign = tokens[i].mark == Mark::Blank
                || tokens[i].kind == Kind::Line
                || self.cell(&tokens[i], 0).number() == Some(0.0);
            if foreign {
                let mut fewer = tokens.to_vec();
                fewer.remove(i);
                self.shrink(&fewer, excess - 1, i, all);
            }
            if i + 1 < tokens.len() && tokens[i].mark == Mark::Figure && tokens[i + 1].mark == Mark::Figure {
                let joined = Span { start: tokens[i].span.start, end: tokens[i + 1].span.end };
                let between = Span { start: tokens[i].span.end, end: tokens[i + 1].span.start };
                if between.of(self.text).len() <= 8 {
                    let mut fewer = tokens.to_vec();
                    fewer.remove(i + 1);
                    fewer[i].span = joined;
                    // Only digits join; the reader sees the white space between them.
                    let blank: String =
                        joined.of(self.text).chars().filter(|c| !c.is_whitespace() && *c != '|').collect();
                    if matches!(number::read(&blank, Measure::Count), Some(Content::Number(_, Writing::Plain)))
                        && !blank.starts_with('0')
                    {
                        fewer[i].mark = Mark::Figure;
                        self.shrink_joined(&fewer, excess - 1, i, &blank, all);
                    }
                }
            }
        }
    }

    fn shrink_joined(&self, tokens: &[Token], excess: usize, at: usize, joined: &str, all: &mut Vec<Reading>) {
        if excess > 0 {
            return;
        }
        let mut reading = Vec::with_capacity(tokens.len());
        for (i, t) in tokens.iter().enumerate() {
            let mut cell =
                if i == at { Written { content: Content::Unreadable, span: Some(t.span) } } else { self.cell(t, i) };
            if i == at
                && let Some(Content::Number(v, _)) = number::read(joined, Measure::Count) {
                    cell.content = Content::Number(v, Writing::Doubtful);
                }
            reading.push(cell);
        }
        all.push(reading);
    }

    /// Digits without gaps.
    fn cut(&self, tokens: &[Token]) -> Readings {
        let digits: Vec<&Token> = tokens.iter().filter(|t| t.mark != Mark::Blank).collect();
        let joined: String = digits.iter().flat_map(|t| t.span.of(self.text).chars()).filter(|c| *c != ' ').collect();
        let spaced = digits.len() > 1 || digits[0].span.of(self.text).contains(' ');
        if spaced && self.sums == 0 {
            // Digits in pieces, and no sum to tell whose they are.
            return Readings::Hopeless(whole(tokens));
        }
        let span = Span { start: digits[0].span.start, end: digits[digits.len() - 1].span.end };
        let exact = digits.len() == 1 && !spaced;
        // Cuts go by sums that stand last; other orders are not cut.
        let last = self.measures.len() - 1;
        let usual = self.order.is_none_or(|o| self.table == Table::Requests && usize::from(o[last]) == last);
        match cuts::cut(&joined, self.table, self.measures) {
            Some(all) if !all.is_empty() && usual => {
                let readings: Vec<Reading> = all
                    .into_iter()
                    .map(|cut| {
                        cut.into_iter()
                            .map(|(range, value)| Written {
                                content: Content::Number(value, Writing::Plain),
                                span: Some(if exact {
                                    Span::new(span.start as usize + range.start, span.start as usize + range.end)
                                } else {
                                    span
                                }),
                            })
                            .collect()
                    })
                    .collect();
                // One cell takes all digits; as many zeros as cells leave no choice either. Other digits of a table
                // without sums have no witness.
                let plain = self.sums == 0 && readings.len() == 1;
                let sure = plain && (readings[0].len() == 1 || readings[0].iter().all(|w| w.number() == Some(0.0)));
                match readings.first() {
                    Some(one) if sure => Readings::Certain(one.clone()),
                    _ => listed(readings),
                }
            }
            _ => Readings::Hopeless(span),
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

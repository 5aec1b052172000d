//! Ways: how the pieces of one line can be given to its cells, each with what it costs.

use crate::document::Span;
use crate::report::{Content, Writing, Written};
use crate::terms::{Measure, fold_char};

use super::bands::{Ink, Value};
use super::cutting;
use super::number;

/// What the operations of a way cost in tables of one kind, in broken ties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices {
    /// A cell is left without a piece.
    pub skip: f32,
    /// A figure is none of the line's.
    pub drop: f32,
    /// A mark for nothing, or an empty cell, is none of the line's.
    pub drop_mark: f32,
    /// A zero is none of the line's.
    pub drop_zero: f32,
    /// Two figures beside each other are one number.
    pub join: f32,
    /// Digits without a gap are two numbers.
    pub cut: f32,
    /// Two lines of digits in one cell are two numbers.
    pub part: f32,
    /// A figure stands a whole column aside.
    pub aside: f32,
    /// The whole row stands aside.
    pub shift: f32,
    /// The sum of the row is broken.
    pub broken: f32,
    /// The total is empty though a part is not zero.
    pub no_total: f32,
}

/// A cell to fill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub measure: Measure,
    /// Where its column stands.
    pub at: Option<(i32, i32)>,
    /// Whether it is the sum of the slots since the last such one.
    pub is_total: bool,
}

/// One way to read a line.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub cells: Vec<Written>,
    /// What it costs with the sums of its rows.
    pub cost: f32,
    /// What it costs by what the page shows alone.
    pub evidence: f32,
}

/// The ways of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Ways {
    pub list: Vec<Way>,
    /// Whether these are all.
    pub whole: bool,
}

/// Ways that are kept.
pub(super) const MOST: usize = 300;
/// Steps of one search.
pub(super) const STEPS: usize = 60_000;
/// How much more than the cheapest way another one may cost.
pub(super) const SLACK: f32 = 1.55;

/// What a value says as a cell of a measure; marks and digits that are no number are unreadable.
pub(super) fn written(text: &str, span: Span, measure: Measure) -> Written {
    let content = number::read(span.of(text), measure).unwrap_or(Content::Unreadable);
    Written { content, span: Some(span) }
}

/// The number that digits on both sides of a line's end make together.
fn joined(text: &str, parts: impl Iterator<Item = Span>) -> Option<f64> {
    let folded = parts.flat_map(|s| s.of(text).chars()).filter_map(fold_char);
    let digits: String = folded.filter(char::is_ascii_digit).collect();
    let sound = !digits.is_empty() && digits.len() <= 12 && (digits.len() == 1 || !digits.starts_with('0'));
    sound.then(|| digits.parse().ok()).flatten()
}

/// Digits over several lines of one cell as the one number that they are, if a tie speaks for it.
pub(super) fn joined_cell(text: &str, span: Span) -> Written {
    // Many numbers in one line of a cell are a row that was not parted.
    let body = span.of(text);
    let row = !body.contains('\n') && body.split_whitespace().count() > 2;
    let content = match joined(text, std::iter::once(span)).filter(|_| !row) {
        Some(number) => Content::Number(number, Writing::Doubtful),
        None => Content::Unreadable,
    };
    Written { content, span: Some(span) }
}

/// Whether the total of the slots that end at a place is broken; none where it says nothing.
pub(super) fn sum_of(cells: &[Written], slots: &[Slot], total: usize) -> Sum {
    let from = slots[..total].iter().rposition(|s| s.is_total).map_or(0, |n| n + 1);
    let mut sum = 0.0;
    for cell in &cells[from..total] {
        match cell.content {
            Content::Unreadable => return Sum::Open,
            _ => sum += cell.number().unwrap_or(0.0),
        }
    }
    match cells[total].content {
        Content::Number(v, _) if v == sum => Sum::Holds(v),
        Content::Number(..) => Sum::Broken,
        Content::Unreadable => Sum::Open,
        Content::Blank | Content::Missing if sum == 0.0 => Sum::Open,
        Content::Blank | Content::Missing => Sum::Lacking,
    }
}

/// What a row's total says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sum {
    /// It is the sum.
    Holds(f64),
    /// It is another number.
    Broken,
    /// It is empty, and the parts are not.
    Lacking,
    /// Nothing can be said.
    Open,
}

/// All ways of a line within some slack of the cheapest.
pub(super) fn ways(text: &str, values: &[Value], slots: &[Slot], prices: &Prices) -> Ways {
    if let ([v], Some((last, parts))) = (values, slots.split_last())
        && v.ink == Ink::Digits
        && last.is_total
        && parts.iter().all(|s| !s.is_total)
        && v.span.of(text).chars().any(|c| fold_char(c).is_some_and(|c| c != '0'))
    {
        return cutting::ways(text, v.span, slots, prices);
    }
    let mut search = Search {
        text,
        values,
        slots,
        prices,
        cells: vec![Written::MISSING; slots.len()],
        out: Vec::new(),
        least: f32::INFINITY,
        steps: STEPS,
        whole: true,
    };
    search.place(0, 0, 0, 0.0);
    let (least, whole) = (search.least, search.whole);
    let mut list = search.out;
    list.retain(|w| w.cost <= least + SLACK);
    list.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    // What is cut off may cost too much to matter.
    let all = list.get(MOST).is_none_or(|w| w.cost > least + 1.5);
    list.truncate(MOST);
    Ways { list, whole: whole && all }
}

/// The ways of a line whose columns stand in another order than the form's: `order` tells the column of each place.
pub(super) fn permuted(text: &str, values: &[Value], slots: &[Slot], order: &[usize], prices: &Prices) -> Ways {
    let placed: Vec<Slot> = order.iter().map(|i| Slot { is_total: false, ..slots[*i] }).collect();
    let mut out = ways(text, values, &placed, prices);
    for way in &mut out.list {
        let mut cells = way.cells.clone();
        order.iter().zip(&way.cells).for_each(|(i, cell)| cells[*i] = *cell);
        way.cells = cells;
        let totals = (0..slots.len()).filter(|i| slots[*i].is_total);
        way.cost += totals.map(|i| prices.of(sum_of(&way.cells, slots, i))).sum::<f32>();
    }
    let least = out.list.iter().map(|w| w.cost).fold(f32::INFINITY, f32::min);
    out.list.retain(|w| w.cost <= least + SLACK);
    out.list.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    out
}

/// The ways of a line whose columns stand where others show them, but for a shift of the whole row: page dumps set rows
/// with long labels, or those of another page, aside.
pub(super) fn shifted(values: &[Value], slots: &[Slot], prices: &Prices, find: impl Fn(&[Value]) -> Ways) -> Ways {
    let centre = |e: (i32, i32)| (e.0 + e.1) / 2;
    let ends = [(values.first(), slots.first()), (values.last(), slots.last())];
    let mut shifts: Vec<i32> = vec![0];
    for (value, slot) in ends {
        let (Some(v), Some(at)) = (value, slot.and_then(|s| s.at)) else { continue };
        shifts.extend([centre(at) - centre(v.extent), at.1 - v.extent.1, at.0 - v.extent.0]);
    }
    shifts.sort_by_key(|s| (s.abs(), *s));
    shifts.dedup();
    let mut out = Ways { list: Vec::new(), whole: true };
    for shift in shifts {
        let moved = |e: (i32, i32)| (e.0 + shift, e.1 + shift);
        let values: Vec<Value> = values.iter().map(|v| Value { extent: moved(v.extent), ..*v }).collect();
        let found = find(&values);
        out.whole &= found.whole;
        let price = if shift == 0 { 0.0 } else { prices.shift };
        for way in found.list {
            let way = Way { cost: way.cost + price, evidence: way.evidence + price, ..way };
            match out.list.iter_mut().find(|w| w.cells == way.cells) {
                Some(same) if same.cost <= way.cost => {}
                Some(same) => *same = way,
                None => out.list.push(way),
            }
        }
    }
    let least = out.list.iter().map(|w| w.cost).fold(f32::INFINITY, f32::min);
    out.list.retain(|w| w.cost <= least + SLACK);
    out.list.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    out.whole &= out.list.get(MOST).is_none_or(|w| w.cost > least + 1.5);
    out.list.truncate(MOST);
    out
}

impl Prices {
    /// What a sum costs.
    fn of(&self, sum: Sum) -> f32 {
        match sum {
            Sum::Broken => self.broken,
            Sum::Lacking => self.no_total,
            Sum::Holds(_) | Sum::Open => 0.0,
        }
    }
}

struct Search<'a> {
    text: &'a str,
    values: &'a [Value],
    slots: &'a [Slot],
    prices: &'a Prices,
    cells: Vec<Written>,
    out: Vec<Way>,
    least: f32,
    steps: usize,
    whole: bool,
}

impl Search<'_> {
    /// Fills the slots from one on with the values from one on, of whose bytes some are taken.
    fn place(&mut self, slot: usize, value: usize, taken: usize, cost: f32) {
        if self.steps == 0 || self.out.len() > 4 * MOST {
            self.whole = false;
            return;
        }
        self.steps -= 1;
        if cost > self.least + SLACK {
            return;
        }
        let Some(v) = self.values.get(value).copied() else {
            let left = (self.slots.len() - slot) as f32 * self.prices.skip;
            self.cells[slot..].fill(Written::MISSING);
            self.finish(slot, cost + left);
            return;
        };
        if slot < self.slots.len() {
            self.take(slot, value, v, taken, cost);
            // The cell has no piece.
            self.cells[slot] = Written::MISSING;
            if let Some(price) = self.sum_price(slot) {
                self.place(slot + 1, value, taken, cost + self.prices.skip + price);
            }
        }
        if taken == 0 {
            let price = match v.ink {
                Ink::Figure if v.span.of(self.text) == "0" => self.prices.drop_zero,
                Ink::Figure | Ink::Digits => self.prices.drop,
                _ => self.prices.drop_mark,
            };
            self.place(slot, value + 1, 0, cost + price);
        }
    }

    /// What the sum of a row costs whose total was just placed; `None` where no way goes on from here.
    fn sum_price(&self, slot: usize) -> Option<f32> {
        if !self.slots[slot].is_total {
            return Some(0.0);
        }
        Some(self.prices.of(sum_of(&self.cells, self.slots, slot)))
    }

    fn next(&mut self, slot: usize, written: Written, (value, taken): (usize, usize), cost: f32) {
        self.cells[slot] = written;
        if let Some(price) = self.sum_price(slot) {
            self.place(slot + 1, value, taken, cost + price);
        }
    }

    fn take(&mut self, slot: usize, value: usize, v: Value, taken: usize, cost: f32) {
        let measure = self.slots[slot].measure;
        let cost = cost + self.aside(slot, &v);
        match v.ink {
            Ink::Empty | Ink::Nil => {
                let blank = Written { content: Content::Blank, span: Some(v.span) };
                self.next(slot, blank, (value + 1, 0), cost);
            }
            Ink::Digits => self.cut(slot, value, v, taken, cost),
            Ink::Figure | Ink::Words => {
                if !v.below[0].is_empty() {
                    if let Some(number) = joined(self.text, v.parts()) {
                        let content = Content::Number(number, Writing::Doubtful);
                        self.next(slot, Written { content, span: Some(v.whole()) }, (value + 1, 0), cost);
                    }
                    let first = written(self.text, v.span, measure);
                    self.next(slot, first, (value + 1, 0), cost + self.prices.part);
                    return;
                }
                if number::is_cut(v.span.of(self.text)) {
                    self.take_cut(slot, value, v, taken, cost);
                    return;
                }
                let whole = written(self.text, v.span, measure);
                self.next(slot, whole, (value + 1, 0), cost);
                self.join(slot, value, v, cost);
                if self.prices.cut.is_finite() && v.span.of(self.text).bytes().all(|b| b.is_ascii_digit()) {
                    self.halve(slot, value, v, cost + self.prices.cut);
                }
            }
        }
    }

    /// Figures beside each other as one number.
    fn join(&mut self, slot: usize, value: usize, v: Value, cost: f32) {
        let mut end = v.span;
        for (n, next) in self.values[value + 1..].iter().enumerate().take(3) {
            let between = Span { start: end.end, end: next.span.start.max(end.end) }.of(self.text);
            // Only white space may stand between them, and no certain border.
            if next.ink != Ink::Figure || !between.chars().all(char::is_whitespace) || between.contains('\t') {
                break;
            }
            end = next.span;
            let span = Span { start: v.span.start, end: end.end };
            let Some(number) = joined(self.text, std::iter::once(span)) else { break };
            let digits = |s: Span| s.of(self.text).chars().all(|c| fold_char(c).is_some_and(|c| c.is_ascii_digit()));
            if !digits(v.span) || !digits(next.span) {
                break;
            }
            let content = Content::Number(number, Writing::Doubtful);
            let price = self.prices.join * (n + 1) as f32;
            self.next(slot, Written { content, span: Some(span) }, (value + 2 + n, 0), cost + price);
        }
    }

    /// Digits with the end of a line between them: one number, or two.
    fn take_cut(&mut self, slot: usize, value: usize, v: Value, taken: usize, cost: f32) {
        let body = v.span.of(self.text);
        if taken == 0
            && let Some(number) = joined(self.text, std::iter::once(v.span))
        {
            let content = Content::Number(number, Writing::Doubtful);
            self.next(slot, Written { content, span: Some(v.span) }, (value + 1, 0), cost);
        }
        let rest = &body[taken..];
        let gap = |c: char| c.is_whitespace();
        let end = rest.find(gap).map_or(body.len(), |n| taken + n + rest[n..].len() - rest[n..].trim_start().len());
        let start = v.span.start as usize;
        let part = Span::new(start + taken, start + end).trim(self.text);
        let one = written(self.text, part, self.slots[slot].measure);
        let after = if end >= body.len() { (value + 1, 0) } else { (value, end) };
        let price = if taken == 0 { self.prices.part } else { 0.0 };
        self.next(slot, one, after, cost + price);
    }

    /// Digits of two cells that touch.
    fn halve(&mut self, slot: usize, value: usize, v: Value, cost: f32) {
        let (start, end) = (v.span.start as usize, v.span.end as usize);
        for middle in start + 1..end {
            let (one, two) = (Span::new(start, middle), Span::new(middle, end));
            let zero = |s: Span| s.of(self.text).len() > 1 && s.of(self.text).starts_with('0');
            if slot + 1 >= self.slots.len() || zero(one) || zero(two) {
                continue;
            }
            self.cells[slot] = written(self.text, one, self.slots[slot].measure);
            let Some(price) = self.sum_price(slot) else { continue };
            let second = written(self.text, two, self.slots[slot + 1].measure);
            self.next(slot + 1, second, (value + 1, 0), cost + price);
        }
    }

    /// Digits of several cells: a number of them is the cell's.
    fn cut(&mut self, slot: usize, value: usize, v: Value, taken: usize, cost: f32) {
        let body = v.span.of(self.text);
        let ends: Vec<usize> = body[taken..].char_indices().map(|(at, c)| taken + at + c.len_utf8()).take(10).collect();
        for (n, end) in ends.iter().enumerate() {
            let span = Span::new(v.span.start as usize + taken, v.span.start as usize + end);
            // A zero in front of another digit is a cell of its own.
            if n > 0 && span.of(self.text).starts_with(['0', '\u{ff10}']) {
                break;
            }
            let one = written(self.text, span, self.slots[slot].measure);
            let after = if *end == body.len() { (value + 1, 0) } else { (value, *end) };
            self.next(slot, one, after, cost);
        }
    }

    fn finish(&mut self, from: usize, cost: f32) {
        let sums = (from..self.slots.len()).filter_map(|slot| self.sum_price(slot)).sum::<f32>();
        let cost = cost + sums;
        if cost > self.least + SLACK {
            return;
        }
        self.least = self.least.min(cost);
        let sums: f32 = (0..self.slots.len()).filter_map(|slot| self.sum_price(slot)).sum();
        self.out.push(Way { cells: self.cells.clone(), cost, evidence: cost - sums });
    }

    /// What it costs that a value does not stand where the column of its cell does.
    fn aside(&self, slot: usize, v: &Value) -> f32 {
        let Some(at) = self.slots[slot].at else { return 0.0 };
        let pitch = pitch(self.slots).max(1);
        let centre = |e: (i32, i32)| e.0 + e.1;
        let apart =
            (at.0 - v.extent.0).abs().min((at.1 - v.extent.1).abs()).min((centre(at) - centre(v.extent)).abs() / 2);
        let inside = at.0 <= v.extent.0 && v.extent.1 <= at.1;
        let share = if inside { 0.0 } else { apart as f32 / pitch as f32 };
        (self.prices.aside * (share - 0.2).max(0.0)).min(2.0 * self.prices.aside)
    }
}

/// The least distance between two columns.
fn pitch(slots: &[Slot]) -> i32 {
    let mut centres: Vec<i32> = slots.iter().filter_map(|s| s.at).map(|a| (a.0 + a.1) / 2).collect();
    centres.sort_unstable();
    centres.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 0).min().unwrap_or(1)
}

//! Digits without gaps: the ways to cut them into the cells of a row and their sum.

use crate::document::Span;
use crate::report::{Content, Writing, Written};
use crate::terms::fold_char;

use super::ways::{MOST, Prices, SLACK, STEPS, Slot, Way, Ways};

/// The ways to cut digits into parts and their sum, without a slip in the sum: the sum is some last digits of them.
pub(super) fn ways(text: &str, span: Span, slots: &[Slot], prices: &Prices) -> Ways {
    let digits: Vec<(char, usize)> =
        span.of(text).char_indices().filter_map(|(at, c)| Some((fold_char(c)?, span.start as usize + at))).collect();
    let mut cutting = Cutting {
        text,
        digits: &digits,
        end: span.end as usize,
        slots,
        prices,
        cells: vec![Written::MISSING; slots.len()],
        out: Ways { list: Vec::new(), whole: true },
        steps: STEPS,
    };
    for length in 1..=digits.len().min(10) {
        let from = digits.len() - length;
        if let Some(total) = cutting.number(from, digits.len()) {
            cutting.cells[slots.len() - 1] = cutting.written(from, digits.len(), total);
            cutting.parts(0, 0, from, total, 0.0);
        }
    }
    let least = cutting.out.list.iter().map(|w| w.cost).fold(f32::INFINITY, f32::min);
    let mut out = cutting.out;
    out.list.retain(|w| w.cost <= least + SLACK);
    out
}

struct Cutting<'a> {
    text: &'a str,
    digits: &'a [(char, usize)],
    end: usize,
    slots: &'a [Slot],
    prices: &'a Prices,
    cells: Vec<Written>,
    out: Ways,
    steps: usize,
}

impl Cutting<'_> {
    fn number(&self, from: usize, to: usize) -> Option<u64> {
        if to - from > 1 && self.digits[from].0 == '0' {
            return None;
        }
        self.digits[from..to].iter().try_fold(0u64, |n, (c, _)| Some(n * 10 + u64::from(c.to_digit(10)?)))
    }

    fn written(&self, from: usize, to: usize, number: u64) -> Written {
        let end = self.digits.get(to).map_or(self.end, |d| d.1);
        debug_assert!(end <= self.text.len(), "digits stand in the text");
        let content = Content::Number(number as f64, Writing::Plain);
        Written { content, span: Some(Span::new(self.digits[from].1, end)) }
    }

    /// Gives the digits from one on, up to those of the sum, to the slots from one on.
    fn parts(&mut self, slot: usize, from: usize, to: usize, left: u64, cost: f32) {
        if self.steps == 0 || self.out.list.len() >= 2 * MOST {
            self.out.whole = false;
            return;
        }
        self.steps -= 1;
        let slots = self.slots.len() - 1 - slot;
        if from == to {
            if left == 0 {
                self.cells[slot..self.slots.len() - 1].fill(Written::MISSING);
                let cost = cost + slots as f32 * self.prices.skip;
                self.out.list.push(Way { cells: self.cells.clone(), cost, evidence: cost });
            }
            return;
        }
        if slots == 0 {
            return;
        }
        // No part is longer than the sum.
        let longest = left.max(1).ilog10() as usize + 1;
        if to - from > slots * longest {
            return;
        }
        for end in from + 1..=(from + longest).min(to) {
            let Some(part) = self.number(from, end) else { break };
            if part > left {
                break;
            }
            self.cells[slot] = self.written(from, end, part);
            self.parts(slot + 1, end, to, left - part, cost);
        }
        self.cells[slot] = Written::MISSING;
        self.parts(slot + 1, from, to, left, cost + self.prices.skip);
    }
}

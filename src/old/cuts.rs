//! Where digits without gaps may be cut into the numbers of a line.

use std::ops::Range;

use crate::terms::{Measure, Table};

/// Steps after which a run of digits is given up.
const MOST_STEPS: usize = 200_000;
/// More cuts than this are not weighed.
const MOST_CUTS: usize = 128;

type Cut = Vec<(Range<usize>, f64)>;

/// All ways to cut digits into the numbers of a line such that its own tie holds; `None` if there are too many.
pub(crate) fn cut(digits: &str, table: Table, measures: &[Measure]) -> Option<Vec<Cut>> {
    let n = measures.len();
    let ascii: String = digits.chars().filter_map(crate::terms::fold_char_or_point).collect();
    // Wide digits take more bytes than plain ones; only plain ones keep their place.
    let same = ascii.len() == digits.len();
    let values: Vec<u8> = ascii.bytes().collect();
    let cuts = match (n, table) {
        (1, _) => {
            let value = ascii.parse::<f64>().ok().filter(|_| ascii.len() <= 15)?;
            vec![vec![(0..ascii.len(), value)]]
        }
        _ if values.contains(&b'.') => return None,
        (_, Table::Requests) => {
            let mut search = Search { digits: &values, steps: 0, out: Vec::new() };
            search.sums(n - 1)?;
            search.out
        }
        (_, Table::Disputes) => groups(&values, n / 3)?,
        // No tie: only one digit a cell leaves no choice.
        (_, Table::Proactive) => {
            if values.len() != n {
                return None;
            }
            vec![values.iter().enumerate().map(|(i, d)| (i..i + 1, f64::from(d - b'0'))).collect()]
        }
    };
    let cuts: Vec<Cut> = if same {
        cuts
    } else {
        cuts.into_iter().map(|c| c.into_iter().map(|(_, v)| (0..digits.len(), v)).collect()).collect()
    };
    Some(cuts)
}

struct Search<'a> {
    digits: &'a [u8],
    steps: usize,
    out: Vec<Cut>,
}

fn value(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 9 || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    Some(digits.iter().fold(0, |v, d| v * 10 + u64::from(d - b'0')))
}

impl Search<'_> {
    /// Cuts in which the last number is the sum of the `parts` before it.
    fn sums(&mut self, parts: usize) -> Option<()> {
        let length = self.digits.len();
        for tail in 1..=9.min(length.saturating_sub(parts)) {
            let at = length - tail;
            if let Some(total) = value(&self.digits[at..]) {
                let mut cuts = Vec::with_capacity(parts);
                self.descend(0, at, parts, total, &mut cuts, (at..length, total))?;
            }
        }
        Some(())
    }

    fn descend(
        &mut self,
        from: usize,
        to: usize,
        parts: usize,
        left: u64,
        cuts: &mut Vec<(Range<usize>, u64)>,
        total: (Range<usize>, u64),
    ) -> Option<()> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.out.len() > MOST_CUTS {
            return None;
        }
        if parts == 1 {
            if value(&self.digits[from..to]) == Some(left) {
                let mut whole: Cut = cuts.iter().map(|(r, v)| (r.clone(), *v as f64)).collect();
                whole.push((from..to, left as f64));
                whole.push((total.0, total.1 as f64));
                self.out.push(whole);
            }
            return Some(());
        }
        for length in 1..=(to - from).saturating_sub(parts - 1).min(9) {
            let Some(v) = value(&self.digits[from..from + length]) else { break };
            if v > left {
                break;
            }
            cuts.push((from..from + length, v));
            self.descend(from + length, to, parts - 1, left - v, cuts, total.clone())?;
            cuts.pop();
        }
        Some(())
    }
}

/// Three groups, in each of which the last number is the sum of those before it.
fn groups(digits: &[u8], size: usize) -> Option<Vec<Cut>> {
    let n = digits.len();
    if n < 3 * size || n > 3 * size + 24 {
        return None;
    }
    let mut out: Vec<Cut> = Vec::new();
    let group = |from: usize, to: usize| -> Option<Vec<Cut>> {
        let mut search = Search { digits: &digits[from..to], steps: 0, out: Vec::new() };
        search.sums(size - 1)?;
        let shift = |cut: Cut| cut.into_iter().map(|(r, v)| (r.start + from..r.end + from, v)).collect();
        Some(search.out.into_iter().map(shift).collect())
    };
    for first in size..=n - 2 * size {
        let heads = group(0, first)?;
        if heads.is_empty() {
            continue;
        }
        for second in first + size..=n - size {
            let middles = group(first, second)?;
            if middles.is_empty() {
                continue;
            }
            let tails = group(second, n)?;
            for (a, b, c) in heads.iter().flat_map(|a| {
                middles.iter().flat_map(|b| tails.iter().map(move |c| (b, c))).map(move |(b, c)| (a, b, c))
            }) {
                out.push(a.iter().chain(b).chain(c).cloned().collect());
                if out.len() > MOST_CUTS {
                    return None;
                }
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_have_one_cut() {
        let cuts = cut("0000000", Table::Requests, &[Measure::Count; 7]).expect("few cuts");
        assert_eq!(cuts.len(), 1);
        assert!(cuts[0].iter().all(|(r, v)| r.len() == 1 && *v == 0.0));
        assert_eq!(cut("000000000000000", Table::Disputes, &[Measure::Count; 15]).map(|c| c.len()), Some(1));
    }

    #[test]
    fn every_cut_keeps_the_tie() {
        let cuts = cut("136122520451283", Table::Requests, &[Measure::Count; 7]).expect("few cuts");
        for c in &cuts {
            assert_eq!(c[..6].iter().map(|p| p.1).sum::<f64>(), c[6].1);
            assert_eq!(c.iter().map(|p| p.0.len()).sum::<usize>(), 15);
        }
        assert_eq!(cut("136122520451283", Table::Proactive, &[Measure::Count; 3]), None);
    }
}

//! Percentages: 100 k / d, within half a unit of the last digit, for a denominator that is named.

use crate::report::{Standing, Statement};
use crate::terms::rules;
use crate::terms::statements::{DENOMINATORS, Denominator, Family, Part};

use super::super::{Checked, Outcome, Place, plain};
use super::claims::{CONCLUDED, RECEIVED, Sum, TO_HANDLE, words};
use super::{Figure, Held, Tables, is_of_the_report, tell};

/// Checks a share against the count before it.
pub(super) fn check(tables: &Tables<'_>, share: &Statement, all: &[Statement], text: &str, out: &mut Checked) {
    let Standing::Share(Some(of)) = share.standing else { return };
    let Some(count) = all.get(of) else { return };
    if count.metric.is_none_or(|m| m.family() != Family::Requests) || count.unit == Some("%") {
        return;
    }
    let place = Place { table: Some("requests"), row: None, column: None };
    let plain_count = count.qualifier.is_none() && share.qualifier.is_none();
    if !plain_count || !is_of_the_report(count, all) || !is_of_the_report(share, all) {
        tell(out, &rules::TXT_PERCENT, &Held::Elsewhere, place, share, text);
        return;
    }
    let named = DENOMINATORS.iter().find(|(word, _)| share.phrase.of(text).contains(word)).map(|(_, d)| *d);
    let sums: &[Sum] = match named {
        Some(Denominator::Received) => &[RECEIVED, TO_HANDLE],
        Some(Denominator::Concluded) => &[CONCLUDED],
        None => &[CONCLUDED, RECEIVED, TO_HANDLE],
    };
    let mut open = false;
    let mut told = Vec::new();
    // The total that the sentence itself names.
    let stated = count.standing.of().and_then(|i| all.get(i)).filter(|_| named.is_none()).map(|w| w.number);
    // Any count before it that is large enough may be what it is a share of.
    let before = all[of.saturating_sub(LOOK_BACK)..of].iter().filter(|s| named.is_none() && s.section == count.section);
    let before = before.filter(|s| s.metric.is_some_and(|m| m.family() == Family::Requests)).map(|s| s.number);
    if before.chain(stated).any(|d| d > 0.0 && agrees(share.number, share.decimals, 100.0 * count.number / d)) {
        out.count(Outcome::Satisfied);
        return;
    }
    for (name, figure) in sums.iter().filter_map(|s| Some((words(s), tables.figure(s)?))) {
        match figure {
            Figure::Known(d) if d > 0.0 => {
                let percent = 100.0 * count.number / d;
                if agrees(share.number, share.decimals, percent) {
                    out.count(Outcome::Satisfied);
                    return;
                }
                told.push((
                    name.map(|n| format!("100 × {} / {n} {}", plain(count.number), plain(d))),
                    shown(percent, share.decimals),
                ));
            }
            Figure::Known(_) => {}
            Figure::Partly(_) | Figure::Unknown => open = true,
        }
    }
    let held = if open || told.is_empty() { Held::Open(Part::Table) } else { Held::Contradicts(told) };
    tell(out, &rules::TXT_PERCENT, &held, place, share, text);
}

/// Statements before a share that may be what it is a share of.
const LOOK_BACK: usize = 8;

/// Rounded or cut off at its last digit.
fn agrees(stated: f64, decimals: u8, percent: f64) -> bool {
    let unit = 10f64.powi(-i32::from(decimals.min(9)));
    let above = percent - stated;
    above >= -unit / 2.0 - 1e-9 && above < unit - 1e-9
}

fn shown(percent: f64, decimals: u8) -> String {
    format!("{percent:.*}", usize::from(decimals.clamp(1, 4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_unit_of_the_last_digit() {
        assert!(agrees(90.7, 1, 100.0 * 712.0 / 785.0));
        assert!(!agrees(90.5, 1, 100.0 * 712.0 / 785.0));
        assert!(agrees(90.6, 1, 90.69), "cut off");
        assert!(agrees(91.0, 0, 100.0 * 712.0 / 785.0));
        assert!(agrees(12.5, 1, 12.55), "a tie may be rounded either way");
    }
}

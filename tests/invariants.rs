//! What must hold of the reader of tables whatever a report says: nine invariants, over every layout and format that the
//! bench writes, and what each status is worth. A longer run is `examples/invariants.rs`.

mod bench;
#[path = "invariants/mod.rs"]
mod invariants;

use std::fmt::Write as _;

use bench::axes::Axis;
use invariants::known::{FAULTS, LOST, REPORTS, TALLIED, WRONG};
use invariants::statuses::{SOUND, tallies};

/// An invariant is broken no more often than is known.
fn holds(number: usize) {
    let invariant = &invariants::ALL[number - 1];
    let outcome = invariant.try_all(0..REPORTS);
    let known = |writer: &str, kind: &str| {
        let of = FAULTS.iter().filter(|f| (usize::from(f.0), f.1, f.2) == (number, writer, kind));
        of.map(|f| f.3).sum::<usize>()
    };
    let mut wrong = String::new();
    for ((writer, kind), count) in outcome.counts.iter().filter(|((w, k), n)| **n > known(w, k)) {
        let _ = writeln!(wrong, "{writer}, {kind}: {count} times, {} known", known(writer, kind));
        for fault in outcome.first.iter().filter(|f| (f.writer, f.kind.key()) == (*writer, *kind)) {
            let _ = writeln!(wrong, "    with seed {}: {}", fault.seed, fault.what);
        }
    }
    assert!(outcome.tried > 0, "nothing was tried");
    assert!(wrong.is_empty(), "{}:\n{wrong}", invariant.says);
}

macro_rules! invariants {
    ($($name:ident: $number:literal;)*) => { $(#[test] fn $name() { holds($number); })* };
}

invariants! {
    arithmetic_moves_no_figure_of_a_grid: 1;
    empty_cells_and_glyphs_for_nothing_are_alike: 2;
    an_empty_total_moves_no_other_figure: 3;
    a_slip_stays_a_slip: 4;
    no_piece_of_a_table_disappears: 5;
    a_weaker_origin_knows_less_and_nothing_else: 6;
    columns_change_places_with_their_headers: 7;
    rows_of_others_change_nothing: 8;
    a_missing_row_is_never_zero: 9;
}

/// `reported` is what was published, always; the other statuses and the cells without a value keep their bounds.
#[test]
fn each_status_is_worth_what_is_known() {
    let mut wrong = String::new();
    for (writer, axes) in tallies(0..TALLIED) {
        for (axis, tally) in Axis::ALL.into_iter().zip(axes).filter_map(|(a, t)| Some((a, t?))) {
            for (n, status) in SOUND.iter().enumerate() {
                let of = WRONG.iter().filter(|w| (w.0, w.1, w.2) == (writer.key(), axis.key(), status));
                let known: usize = of.map(|w| w.3).sum();
                if tally.sound[n].1 > known {
                    let _ = writeln!(
                        wrong,
                        "{} {}: {} {status} cells are wrong, {known} known",
                        writer.key(),
                        axis.key(),
                        tally.sound[n].1
                    );
                    for (_, fault) in tally.first.iter().filter(|(s, _)| *s == n) {
                        let _ = writeln!(wrong, "    with seed {}: {}", fault.seed, fault.what);
                    }
                }
            }
            let known = LOST.iter().find(|l| l.0 == writer.key()).map_or(0, |l| l.1[axis as usize]);
            if tally.lost > known {
                let _ = writeln!(
                    wrong,
                    "{} {}: {} figures without a value, {known} known",
                    writer.key(),
                    axis.key(),
                    tally.lost
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

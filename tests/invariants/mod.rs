//! The nine invariants of the reader of tables, as changes to reports and what they may change in what is read.
//!
//! None needs the truth: a report is written twice, and the two readings are held against each other. What may not
//! happen is a [`Fault`]; how many of a kind happen today in a number of reports is written down in [`known`], and more
//! are an error.

#![allow(dead_code)] // Two programs use the invariants, each its part.

pub(crate) mod known;
pub(crate) mod laws;
pub(crate) mod rows;
pub(crate) mod statuses;
pub(crate) mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::bench::drafts::Writer;
use view::Fault;

/// An invariant.
pub(crate) struct Invariant {
    /// Its number in the design of the reader.
    pub(crate) number: u8,
    /// What it says.
    pub(crate) says: &'static str,
    /// Tries it on the report of a seed in the hands of a writer; none where it does not concern them.
    pub(crate) tried: fn(u64, Writer) -> Option<Vec<Fault>>,
}

pub(crate) const ALL: [Invariant; 9] = [
    Invariant {
        number: 1,
        says: "where lines or the format tell cells apart, arithmetic moves no figure and takes none away",
        tried: laws::arithmetic_moves_nothing,
    },
    Invariant {
        number: 2,
        says: "an empty cell and the glyphs for nothing place the others alike",
        tried: laws::nothing_is_nothing,
    },
    Invariant {
        number: 3,
        says: "emptying a total changes the place of no other figure",
        tried: laws::totals_hold_nothing_up,
    },
    Invariant {
        number: 4,
        says: "a slip of the issuer stays what it is and touches only its ties",
        tried: laws::a_slip_stays_a_slip,
    },
    Invariant {
        number: 5,
        says: "every piece of a table is somewhere in what is read",
        tried: rows::nothing_disappears,
    },
    Invariant {
        number: 6,
        says: "a weaker origin never contradicts a stronger one and never knows more",
        tried: laws::weaker_knows_less,
    },
    Invariant { number: 7, says: "columns may change places with their headers", tried: rows::columns_change_places },
    Invariant {
        number: 8,
        says: "rows and columns of others change no value of the form's cells",
        tried: rows::others_change_nothing,
    },
    Invariant { number: 9, says: "a missing row is never zero in a tie", tried: rows::a_missing_row_is_not_zero },
];

/// Faults counted by writer and kind.
pub(crate) type Counts = BTreeMap<(&'static str, &'static str), usize>;

/// What became of an invariant over many reports.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Reports that it was tried on.
    pub(crate) tried: usize,
    pub(crate) counts: Counts,
    /// The first fault of each writer and kind.
    pub(crate) first: Vec<Fault>,
}

impl Invariant {
    /// Tries it on reports of these seeds in the hands of every writer.
    pub(crate) fn try_all(&self, seeds: std::ops::Range<u64>) -> Outcome {
        let writers = Writer::all();
        let trials: Vec<(Writer, u64)> = writers.iter().flat_map(|w| seeds.clone().map(|s| (*w, s))).collect();
        let found: Vec<Option<Vec<Fault>>> = trials.into_par_iter().map(|(w, s)| (self.tried)(s, w)).collect();
        let mut out = Outcome::default();
        for faults in found.into_iter().flatten() {
            out.tried += 1;
            for fault in faults {
                let count = out.counts.entry((fault.writer, fault.kind.key())).or_default();
                *count += 1;
                if *count == 1 {
                    out.first.push(fault);
                }
            }
        }
        out
    }
}

//! What each status is worth: cells read as they were published, and cells without a value, by writer and axis.

use rayon::prelude::*;

use super::view::{Fault, Faults, Kind, View};
use crate::bench::axes::{Axis, is_open};
use crate::bench::drafts::Writer;

/// The statuses that vouch for a value.
pub(crate) const SOUND: [&str; 3] = ["reported", "inferred", "repaired"];

/// Cells of many reports counted.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    pub(crate) cells: usize,
    /// Of each sound status the cells, and those whose value is not the issuer's.
    pub(crate) sound: [(usize, usize); 3],
    /// Published figures without a value.
    pub(crate) lost: usize,
    /// Published figures whose value is under doubt.
    pub(crate) doubted: usize,
    /// The first wrong cell of each status.
    pub(crate) first: Vec<(usize, Fault)>,
}

impl Tally {
    fn add(mut self, other: Tally) -> Tally {
        self.cells += other.cells;
        self.lost += other.lost;
        self.doubted += other.doubted;
        for (own, others) in self.sound.iter_mut().zip(other.sound) {
            own.0 += others.0;
            own.1 += others.1;
        }
        for (status, fault) in other.first {
            if self.first.iter().all(|(s, _)| *s != status) {
                self.first.push((status, fault));
            }
        }
        self
    }

    fn of(seed: u64, writer: Writer, axis: Axis) -> Tally {
        let draft = axis.draft(seed);
        let view = View::read(&draft, writer);
        let mut faults = Faults::new(&draft, writer);
        let mut out = Tally::default();
        for (c, cell) in view.cells.iter().enumerate() {
            if is_open(axis, draft.form().cells[c].row) {
                continue;
            }
            // What is left empty over a count is told by the sums.
            let truth = draft.published[c].unwrap_or(draft.figures[c]);
            out.cells += 1;
            match (cell.value, SOUND.iter().position(|s| *s == cell.status)) {
                (Some(value), Some(status)) => {
                    let is_wrong = (value - truth).abs() > 1e-6 || (status == 0 && draft.published[c].is_none());
                    out.sound[status].0 += 1;
                    out.sound[status].1 += usize::from(is_wrong);
                    if is_wrong {
                        let want = super::view::Cell { value: draft.published[c], status: axis.key() };
                        faults.cell(Kind::Other, c, want, *cell);
                        out.first.extend(faults.found.pop().map(|f| (status, f)));
                    }
                }
                (None, _) => out.lost += usize::from(draft.published[c].is_some()),
                (Some(_), None) => out.doubted += usize::from(draft.published[c].is_some()),
            }
        }
        out
    }
}

/// The tallies of all writers and axes over reports of these seeds; none where a writer cannot write an axis.
pub(crate) fn tallies(seeds: std::ops::Range<u64>) -> Vec<(Writer, [Option<Tally>; Axis::ALL.len()])> {
    let tally = |writer: Writer, axis: Axis| {
        let all = seeds.clone().into_par_iter().map(|seed| Tally::of(seed, writer, axis));
        axis.suits(writer).then(|| all.reduce(Tally::default, Tally::add))
    };
    Writer::all().into_iter().map(|writer| (writer, Axis::ALL.map(|axis| tally(writer, axis)))).collect()
}

//! Rows that seem to stand one column beside their place.
//!
//! Where a cell was lost and an empty one beside the row taken for one of its own, the row still adds up. The columns
//! do not; if they would with the row moved by one, the row was not read right.

use crate::report::{LineRead, Readings};
use crate::terms::{Form, Table};

use super::Cell;
use super::ties::{Law, sign};

const COLUMNS: usize = 7;
type Row = [f64; COLUMNS];

/// The lines of the requests table that would mend columns if they stood one column further left or right.
pub(super) fn misplaced(form: &Form, lines: &[LineRead], cells: &[Cell]) -> Vec<usize> {
    let requests = || form.lines.iter().enumerate().filter(|(_, l)| l.table == Table::Requests);
    let row = |line: usize| -> Row {
        let mut row = [0.0; COLUMNS];
        for (slot, cell) in row.iter_mut().zip(&cells[form.span(line)]) {
            *slot = cell.value.unwrap_or(0.0);
        }
        row
    };
    // What every column is off by, for both laws that run along columns.
    let laws = [Law::Balance, Law::Outcomes];
    let mut off = [[0.0; COLUMNS]; 2];
    for (line, term) in requests() {
        let values = row(line);
        for (sums, law) in off.iter_mut().zip(laws) {
            let s = f64::from(sign(law, term.role));
            sums.iter_mut().zip(values).for_each(|(sum, v)| *sum += s * v);
        }
    }
    let broken = |sums: &[Row; 2]| sums.iter().flatten().filter(|s| **s != 0.0).count();
    let before = broken(&off);
    if before < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (line, term) in requests() {
        let values = row(line);
        let certain = matches!(lines[line].readings, Readings::Certain(_));
        if !certain || values.iter().all(|v| *v == 0.0) {
            continue;
        }
        let parts = &values[..COLUMNS - 1];
        // Only a row with nothing in its first or last part has room to move. The total stays where it is.
        for right in [false, true] {
            let room = if right { parts[COLUMNS - 2] } else { parts[0] };
            if room != 0.0 {
                continue;
            }
            let mut moved = values;
            if right {
                moved[..COLUMNS - 1].rotate_right(1);
            } else {
                moved[..COLUMNS - 1].rotate_left(1);
            }
            // Between the lost cell and the empty one some cells stand right: every front or tail may be what moved.
            let mended = (1..COLUMNS - 1).any(|cut| {
                let mut candidate = moved;
                let keep = if right { 0..cut - 1 } else { cut..COLUMNS - 1 };
                candidate[keep.clone()].copy_from_slice(&values[keep]);
                let mut sums = off;
                for (sums, law) in sums.iter_mut().zip(laws) {
                    let s = f64::from(sign(law, term.role));
                    for c in 0..COLUMNS {
                        sums[c] += s * (candidate[c] - values[c]);
                    }
                }
                broken(&sums) + 2 <= before
            });
            if mended {
                out.push(line);
                break;
            }
        }
    }
    out
}

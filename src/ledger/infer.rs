//! Values for cells that are empty, where the ties leave one.
//!
//! Counts are not negative: where the known parts already make the sum, the empty ones are zero. Other values are not
//! given: an issuer who leaves a cell empty says so, and a slip in a neighbour would pass for the value of a lost cell.
//! A zero that only follows from several ties wants two of them.

use super::{Cell, Status};
use crate::law::Tie;

/// Rounds after which nothing new can follow: every round fills a cell.
const MOST_ROUNDS: usize = 250;

/// Fills empty cells.
pub(super) fn infer(ties: &[Tie], index: &[Vec<usize>], there: &[bool], cells: &mut [Cell]) {
    for _ in 0..MOST_ROUNDS {
        if !(zeros(ties, there, cells) || confirmed(ties, index, there, cells)) {
            break;
        }
    }
}

fn is_empty(cell: &Cell) -> bool {
    matches!(cell.status, Status::Blank | Status::Missing)
}

/// The signed sum of what is known of a tie, and its unknown cells; `None` if something in it is not sound.
fn known(tie: &Tie, there: &[bool], cells: &[Cell]) -> Option<(f64, Vec<(usize, i8)>)> {
    let mut sum = 0.0;
    let mut unknown = Vec::new();
    for &(c, s) in &tie.cells {
        match cells[c].value {
            Some(v) if cells[c].status.is_sound() => sum += f64::from(s) * v,
            None if is_empty(&cells[c]) && there[c] => unknown.push((c, s)),
            _ => return None,
        }
    }
    Some((sum, unknown))
}

fn fill(cell: &mut Cell, value: f64) {
    cell.value = Some(value);
    cell.status = Status::Inferred;
}

/// Zeros: the known cells make the sum, and all unknown ones pull the same way. A cell that another tie wants to be more
/// than zero stays empty: one of its neighbours has a slip.
fn zeros(ties: &[Tie], there: &[bool], cells: &mut [Cell]) -> bool {
    let mut filled = Vec::new();
    let mut refuted = Vec::new();
    for tie in ties {
        let Some((sum, unknown)) = known(tie, there, cells) else { continue };
        // Where nothing is known, nothing follows.
        let witnesses = tie.cells.len() > unknown.len();
        match unknown[..] {
            [(c, _)] if sum != 0.0 => refuted.push(c),
            [(_, first), ..] if sum == 0.0 && witnesses && unknown.iter().all(|(_, s)| *s == first) => {
                filled.extend(unknown.iter().map(|(c, _)| *c));
            }
            _ => {}
        }
    }
    filled.retain(|c| !refuted.contains(c));
    filled.iter().for_each(|c| fill(&mut cells[*c], 0.0));
    !filled.is_empty()
}

/// Zeros that one tie gives and that all others of the cell agree with, one of them at least.
fn confirmed(ties: &[Tie], index: &[Vec<usize>], there: &[bool], cells: &mut [Cell]) -> bool {
    let mut proposed: Vec<Option<f64>> = vec![None; cells.len()];
    let mut refuted = vec![false; cells.len()];
    for tie in ties {
        let Some((sum, unknown)) = known(tie, there, cells) else { continue };
        if let [(c, s)] = unknown[..] {
            let value = -sum * f64::from(s);
            let sound = value >= 0.0 && value.fract() == 0.0;
            match proposed[c] {
                _ if !sound => refuted[c] = true,
                Some(other) if other != value => refuted[c] = true,
                _ => proposed[c] = Some(value),
            }
        }
    }
    let mut accepted = Vec::new();
    for (c, value) in proposed.iter().enumerate() {
        let Some(value) = *value else { continue };
        if refuted[c] {
            continue;
        }
        // Every tie of the cell, with all proposals put in.
        let (mut holds, mut broken) = (0, 0);
        for t in &index[c] {
            let mut sum = 0.0;
            let whole = ties[*t].cells.iter().all(|&(k, s)| {
                let v = if k == c {
                    Some(value)
                } else {
                    cells[k].value.filter(|_| cells[k].status.is_sound()).or(proposed[k].filter(|_| !refuted[k]))
                };
                v.inspect(|v| sum += f64::from(s) * v).is_some()
            });
            if whole {
                if sum == 0.0 { holds += 1 } else { broken += 1 }
            }
        }
        if holds >= 2 && broken == 0 && value == 0.0 {
            accepted.push((c, value));
        }
    }
    let any = !accepted.is_empty();
    accepted.into_iter().for_each(|(c, v)| fill(&mut cells[c], v));
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{ties, ties_of_cells};
    use crate::report::{Content, Written};
    use crate::terms::{Edition, Form, Table};

    /// A ledger with one request of a natural person, granted; every other count zero.
    fn cells() -> Vec<Cell> {
        let form = Form::of(Edition::Of2021);
        form.cells
            .iter()
            .map(|c| {
                let one = c.table == Table::Requests
                    && ["received", "granted", "concluded_total"].contains(&c.row)
                    && ["natural_person", "total"].contains(&c.column);
                let value = f64::from(u8::from(one));
                let written = Written { content: Content::Number(value, crate::report::Writing::Plain), span: None };
                Cell { written, value: Some(value), status: Status::Reported }
            })
            .collect()
    }

    fn empty(cells: &mut [Cell], row: &str, column: &str) -> usize {
        let at = Form::of(Edition::Of2021).cell(Table::Requests, row, column).expect("a cell of the form");
        cells[at] = Cell { written: Written::MISSING, value: None, status: Status::Missing };
        at
    }

    fn run(cells: &mut [Cell]) {
        let none = vec![true; cells.len()];
        infer(ties(Edition::Of2021), ties_of_cells(Edition::Of2021), &none, cells);
    }

    #[test]
    fn a_zero_with_witnesses_is_inferred() {
        for status in [Status::Missing, Status::Blank] {
            let mut c = cells();
            let at = empty(&mut c, "granted", "business");
            c[at].status = status;
            run(&mut c);
            assert_eq!((c[at].value, c[at].status), (Some(0.0), Status::Inferred));
        }
    }

    #[test]
    fn no_other_value_is_inferred() {
        for status in [Status::Missing, Status::Blank] {
            let mut c = cells();
            let one = empty(&mut c, "granted", "natural_person");
            c[one].status = status;
            run(&mut c);
            assert_eq!((c[one].value, c[one].status), (None, status));
        }
    }

    #[test]
    fn a_slip_in_a_neighbour_leaves_it_empty() {
        let mut c = cells();
        let at = empty(&mut c, "granted", "business");
        let total = Form::of(Edition::Of2021).cell(Table::Requests, "granted", "total").expect("a cell of the form");
        c[total].value = Some(2.0);
        run(&mut c);
        assert_eq!((c[at].value, c[at].status), (None, Status::Missing));
    }

    #[test]
    fn of_a_column_of_lost_totals_the_zeros_are_filled() {
        let mut c = cells();
        let form = Form::of(Edition::Of2021);
        let all = (0..c.len()).filter(|i| form.cells[*i].table == Table::Requests && form.cells[*i].column == "total");
        let all: Vec<(usize, Option<f64>)> = all.map(|at| (at, c[at].value)).collect();
        for (at, _) in &all {
            c[*at] = Cell { written: Written::MISSING, value: None, status: Status::Missing };
        }
        run(&mut c);
        for (at, value) in all {
            assert_eq!(c[at].value, value.filter(|v| *v == 0.0), "{}", form.cells[at].row);
        }
    }
}

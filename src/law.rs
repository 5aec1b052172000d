//! The ties (勾稽关系) of the form as data: sums of cells that are zero.

use std::sync::LazyLock;

use crate::terms::{Edition, Form, Role, Table};

/// Columns of the requests table, in each of which both laws along columns hold.
pub const APPLICANT_COLUMNS: usize = crate::terms::APPLICANTS.len();

/// Which law a tie states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Law {
    /// received + carried_in = concluded_total + carried_out, in a column.
    Balance,
    /// The outcome rows add up to concluded_total, in a column.
    Outcomes,
    /// The six kinds of applicants add up to total, in a row.
    Applicants,
    /// The four results add up to total, in a row of disputes.
    Disputes,
}

/// A tie: the signed sum of its cells is zero.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The law.
    pub law: Law,
    /// Cells with their signs, as positions in the form.
    pub cells: Vec<(usize, i8)>,
    /// The table.
    pub table: Table,
    /// The row, where the tie runs along one.
    pub row: Option<&'static str>,
    /// The column, where the tie runs along one.
    pub column: Option<&'static str>,
}

/// The ties of an edition: 42, in the edition of 2019 40.
///
/// ```
/// use gxbg::{law::ties, terms::Edition};
/// assert_eq!(ties(Edition::Of2021).len(), 42);
/// assert_eq!(ties(Edition::Of2019).len(), 40);
/// ```
pub fn ties(edition: Edition) -> &'static [Tie] {
    static TIES: LazyLock<[Vec<Tie>; 2]> = LazyLock::new(|| Edition::ALL.map(|e| build(Form::of(e))));
    &TIES[edition as usize]
}

/// The sign of a line of the requests table in a law that runs along columns; 0 where it has no part in it.
pub fn sign(law: Law, role: Role) -> i8 {
    match (law, role) {
        (Law::Balance, Role::Received | Role::CarriedIn) => 1,
        (Law::Balance, Role::ConcludedTotal | Role::CarriedOut) => -1,
        (Law::Outcomes, Role::Outcome) => 1,
        (Law::Outcomes, Role::ConcludedTotal) => -1,
        _ => 0,
    }
}

fn build(form: &Form) -> Vec<Tie> {
    let requests = || form.lines.iter().enumerate().filter(|(_, l)| l.table == Table::Requests);
    let mut out = Vec::new();
    for law in [Law::Balance, Law::Outcomes] {
        for (c, column) in crate::terms::APPLICANTS.iter().enumerate() {
            let cells =
                requests().map(|(i, l)| (form.starts[i] + c, sign(law, l.role))).filter(|(_, s)| *s != 0).collect();
            out.push(Tie { law, cells, table: Table::Requests, row: None, column: Some(column.key) });
        }
    }
    for (i, line) in form.lines.iter().enumerate() {
        let law = match line.table {
            Table::Proactive => continue,
            Table::Requests => Law::Applicants,
            Table::Disputes => Law::Disputes,
        };
        // In every row of both tables the last cell is the sum of those before it.
        let n = line.columns.len();
        for (r, row) in line.rows.iter().enumerate() {
            let start = form.starts[i] + r * n;
            let cells = (0..n).map(|c| (start + c, if c + 1 == n { -1 } else { 1 })).collect();
            out.push(Tie { law, cells, table: line.table, row: Some(row), column: None });
        }
    }
    out
}

/// For each cell of an edition's form the ties it takes part in, as positions in [`ties`].
pub fn ties_of_cells(edition: Edition) -> &'static [Vec<usize>] {
    static INDEX: LazyLock<[Vec<Vec<usize>>; 2]> = LazyLock::new(|| {
        Edition::ALL.map(|e| {
            let mut index = vec![Vec::new(); Form::of(e).cells.len()];
            for (t, tie) in ties(e).iter().enumerate() {
                tie.cells.iter().for_each(|(c, _)| index[*c].push(t));
            }
            index
        })
    });
    &INDEX[edition as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_cell_is_tied_at_least_twice() {
        for edition in Edition::ALL {
            let form = Form::of(edition);
            for (cell, ties) in form.cells.iter().zip(ties_of_cells(edition)) {
                let wanted = match cell.table {
                    Table::Proactive => 0,
                    Table::Requests => 2,
                    Table::Disputes => 1,
                };
                assert!(ties.len() >= wanted, "{}/{}", cell.row, cell.column);
            }
        }
    }
}

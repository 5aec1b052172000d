//! What a change of figures looks like: which slip of the pen would have led from the one to the other.

use crate::terms::rules::{self, Rule};
use crate::terms::{Group, Role, Table};

use super::board::{Board, Change, Seat};

/// The most telling name: the one that chance would hit most rarely comes first.
pub(super) fn name(board: &Board<'_>, changes: &[Change]) -> &'static Rule {
    let seats: Vec<&Seat> = changes.iter().filter_map(|(c, _)| board.seat(*c)).collect();
    let concluded = !seats.is_empty() && seats.iter().all(|s| s.role == Role::ConcludedTotal);
    if concluded && column_by_column(board, changes, |c| with_role(board, c, |s| s.role == Role::CarriedOut)) {
        return &rules::DIA_CARRIED;
    }
    if let [(cell, to)] = changes
        && transposed(board.figure(*cell), *to)
    {
        return &rules::DIA_TRANSPOSED;
    }
    if concluded && part_counted(board, changes) {
        return &rules::DIA_DOUBLED;
    }
    match (changes, &seats[..]) {
        ([(cell, to)], [seat]) if seat.is_sum() => {
            let more = (board.figure(*cell) - to).abs();
            let part = (seat.row.start..*cell).any(|c| board.figure(c) == more);
            if part { &rules::DIA_DOUBLED } else { &rules::DIA_REPAIR }
        }
        ([a, b], [first, second]) => {
            let opposite = board.figure(a.0) - a.1 == b.1 - board.figure(b.0);
            let beside = first.row == second.row && !first.is_sum() && !second.is_sum();
            let above = first.table == second.table && first.column == second.column;
            if opposite && (beside || above) { &rules::DIA_MISPLACED } else { &rules::DIA_REPAIR }
        }
        _ => &rules::DIA_REPAIR,
    }
}

/// Whether a number is another with two neighbouring digits exchanged.
fn transposed(found: i64, truth: i64) -> bool {
    if found < 10 || truth < 10 || (found - truth) % 9 != 0 {
        return false;
    }
    let (found, truth) = (found.to_string().into_bytes(), truth.to_string().into_bytes());
    if found.len() != truth.len() {
        return false;
    }
    let differ: Vec<usize> = (0..found.len()).filter(|i| found[*i] != truth[*i]).collect();
    matches!(differ[..], [a, b] if a + 1 == b && found[a] == truth[b] && found[b] == truth[a])
}

/// Whether every total has too much by just what `what` says of its column.
fn column_by_column(board: &Board<'_>, changes: &[Change], what: impl Fn(usize) -> i64) -> bool {
    changes.iter().all(|(cell, to)| {
        let column = board.seat(*cell).map_or(0, |s| s.column);
        board.figure(*cell) - to == what(column)
    })
}

/// The figures of a column of requests with a certain part, added up.
fn with_role(board: &Board<'_>, column: usize, part: impl Fn(&Seat) -> bool) -> i64 {
    board.column(column).map(|(c, _)| c).filter(|c| board.seat(*c).is_some_and(&part)).map(|c| board.figure(c)).sum()
}

/// Whether one outcome, or a whole group of them, is counted twice or left out, the same in every column.
fn part_counted(board: &Board<'_>, changes: &[Change]) -> bool {
    const GROUPS: [Group; 4] = [Group::Denied, Group::Unable, Group::Rejected, Group::Other];
    let same = |part: &dyn Fn(&Seat) -> bool| {
        column_by_column(board, changes, |c| with_role(board, c, part))
            || column_by_column(board, changes, |c| -with_role(board, c, part))
    };
    let lines =
        board.form.lines.iter().enumerate().filter(|(_, l)| l.table == Table::Requests && l.role == Role::Outcome);
    GROUPS.iter().any(|g| same(&|s: &Seat| s.role == Role::Outcome && s.group == Some(*g)))
        || lines.map(|(i, _)| i).any(|line| same(&|s: &Seat| s.line == line))
}

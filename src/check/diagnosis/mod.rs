//! What probably went wrong where a tie is broken: the smallest changes of figures after which the ties hold.
//!
//! A diagnosis is a proposal. No figure is touched, whether the change is the only one or one of many; a finding says
//! which figures would have to be others, how many changes of the same size there are, and whether a doubtful reading
//! takes part in it or every figure was read with certainty, so that the slip is rather the issuer's.

mod board;
mod hypotheses;
mod naming;

use crate::ledger::Settled;
use crate::terms::rules::{self, RULES};
use crate::terms::{Form, Table};

use super::{Finding, Outcome, Place};
use board::{Board, Change, Ties};
use hypotheses::{Found, Repair};

/// Changes of the same size that are told; beyond, only their number is.
const MOST_OFFERED: usize = 12;

/// Proposals for the broken ties of a report; none where every tie holds, or where no small change mends them.
pub(super) fn diagnose(form: &'static Form, settled: &Settled) -> Vec<Finding> {
    if settled.cells.len() != form.cells.len() || !board::any_broken(form.editions, &settled.cells) {
        return Vec::new();
    }
    let board = Board::new(form, settled);
    let mut out = Vec::new();
    for table in [Table::Requests, Table::Disputes] {
        let broken = board.broken_in(table);
        if broken != 0 {
            for rivals in choose(&board, table, broken) {
                let told = rivals.iter().take(MOST_OFFERED);
                out.extend(told.map(|repair| finding(&board, table, repair, rivals.len())));
            }
        }
    }
    out
}

/// The repairs to tell: groups of rivals, each group for ties of its own.
fn choose(board: &Board<'_>, table: Table, broken: Ties) -> Vec<Vec<Repair>> {
    let mut found = Found::strokes(board, table);
    let whole = |found: &Found<'_, '_>| found.repairs.iter().filter(|r| r.mends == broken).map(|r| r.cost).min();
    let mut least = whole(&found);
    let apart = apart(board, &found.repairs, broken);
    let covered = apart.iter().fold(0, |set, g| set | g[0].mends);
    // Two figures that are wrong by themselves are a smaller change than a longer one, and better than none at all.
    if least.map_or(covered != broken, |cost| cost >= 2) {
        found.pairs(broken);
        least = whole(&found);
    }
    match least {
        Some(least) => {
            let mut rivals = found.repairs;
            rivals.retain(|r| r.mends == broken && r.cost == least);
            vec![sorted(board, rivals)]
        }
        None => apart,
    }
}

/// Repairs of some of the ties each, where none mends all: the one that mends most first, then those apart from it.
fn apart(board: &Board<'_>, repairs: &[Repair], broken: Ties) -> Vec<Vec<Repair>> {
    let mut left = broken;
    let mut out = Vec::new();
    loop {
        let fitting = || repairs.iter().filter(|r| r.mends & !left == 0);
        let Some(best) = fitting().min_by_key(|r| (std::cmp::Reverse(r.mends.count_ones()), r.cost)) else { break };
        let rivals = fitting().filter(|r| r.mends == best.mends && r.cost == best.cost).cloned().collect();
        left &= !best.mends;
        out.push(sorted(board, rivals));
    }
    out
}

/// Rivals with doubtful readings first, then by how telling their name is, then those that leave fewest figures: a whole
/// figure goes astray rather than a part of one.
fn sorted(board: &Board<'_>, mut rivals: Vec<Repair>) -> Vec<Repair> {
    let plain = |r: &Repair| std::ptr::eq(r.rule, &rules::DIA_REPAIR);
    let left = |r: &Repair| r.changes.iter().filter(|(_, to)| *to != 0).count();
    rivals.sort_by_key(|r| (!is_ours(board, r), plain(r), left(r)));
    rivals
}

/// Whether a reading that is not certain takes part.
fn is_ours(board: &Board<'_>, repair: &Repair) -> bool {
    let cut = [&rules::DIA_SPLIT, &rules::DIA_SHIFT].iter().any(|rule| std::ptr::eq(*rule, repair.rule));
    board.is_in_doubt(&repair.changes, cut)
}

fn finding(board: &Board<'_>, table: Table, repair: &Repair, rivals: usize) -> Finding {
    let terms = || repair.changes.iter().map(|(c, _)| &board.form.cells[*c]);
    let first = &board.form.cells[repair.changes[0].0];
    let row = terms().all(|t| t.row == first.row).then_some(first.row);
    let column = terms().all(|t| t.column == first.column).then_some(first.column);
    let listed = |figure: &dyn Fn(&Change) -> String| {
        let words = repair.changes.iter().map(|change| {
            let term = &board.form.cells[change.0];
            match (row, column) {
                (Some(_), Some(_)) => figure(change),
                (Some(_), None) => format!("{} {}", term.column, figure(change)),
                (None, Some(_)) => format!("{} {}", term.row, figure(change)),
                (None, None) => format!("{}/{} {}", term.row, term.column, figure(change)),
            }
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let published = |(c, _): &Change| if board.is_empty(*c) { "-".to_owned() } else { board.figure(*c).to_string() };
    let at = RULES.iter().position(|r| std::ptr::eq(*r, repair.rule));
    Finding {
        rule: at.map_or(repair.rule, |at| rules::weighed(at, rivals, is_ours(board, repair))),
        policy: None,
        outcome: Outcome::Violated,
        place: Place { table: Some(table.key()), row, column },
        subject: None,
        expected: Some(listed(&|(_, to)| to.to_string())),
        found: Some(listed(&published)),
    }
}

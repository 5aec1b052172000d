//! What is proposed where a tie is broken: one small report for each thing that goes wrong, and laws for all of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bench;

use bench::faults::{Case, Fault, Proposal, proposals, settled};
use bench::ledger::{Ledger, Scale};
use gxbg::check::check;
use gxbg::ledger::{Settled, Status};
use gxbg::report::{Content, Writing};
use gxbg::terms::rules::Family;
use gxbg::terms::{Edition, Form, Table};

const EDITION: Edition = Edition::Of2021;

/// Rows of requests that are not all zero; every tie holds on them.
const SOUND: [(&str, [u32; 7]); 7] = [
    ("received", [41, 12, 0, 3, 0, 0, 56]),
    ("carried_in", [5, 0, 0, 0, 0, 0, 5]),
    ("granted", [27, 7, 0, 3, 0, 0, 37]),
    ("denied_internal", [4, 1, 0, 0, 0, 0, 5]),
    ("denied_process", [8, 2, 0, 0, 0, 0, 10]),
    ("concluded_total", [39, 10, 0, 3, 0, 0, 52]),
    ("carried_out", [7, 2, 0, 0, 0, 0, 9]),
];

/// What is published: the sound report with rows replaced.
fn published(rows: &[(&str, [Option<u32>; 7])]) -> Vec<Option<f64>> {
    let form = Form::of(EDITION);
    let mut out = vec![Some(0.0); form.cells.len()];
    let sound = SOUND.map(|(row, figures)| (row, figures.map(Some)));
    for (row, figures) in sound.iter().chain(rows) {
        let start = form.cell(Table::Requests, row, "natural_person").unwrap();
        out[start..start + 7].copy_from_slice(&figures.map(|v| v.map(f64::from)));
    }
    out
}

fn proposed(settled: &Settled) -> Vec<Proposal> {
    proposals(EDITION, &check(settled, ""))
}

/// A proposal in one line: the diagnosis, how sure it is, and the figures.
fn told(p: &Proposal) -> String {
    let form = Form::of(EDITION);
    let name = |c: usize| format!("{}/{}", form.cells[c].row, form.cells[c].column);
    let changes: Vec<String> = p.changes.iter().map(|(c, v)| format!("{} {v}", name(*c))).collect();
    let (only, whose) = (if p.only { "only" } else { "rivals" }, if p.reading { "reading" } else { "issuer" });
    format!("{} {only} {whose}: {}", p.rule, changes.join(", "))
}

/// The proposals for the sound report with one row replaced.
fn with(row: &str, figures: [u32; 7]) -> Vec<String> {
    proposed(&settled(EDITION, &published(&[(row, figures.map(Some))]))).iter().map(told).collect()
}

#[test]
fn where_every_tie_holds_nothing_is_proposed() {
    assert!(proposed(&settled(EDITION, &published(&[]))).is_empty());
}

#[test]
fn one_wrong_figure_is_where_its_row_and_its_column_cross() {
    assert_eq!(with("granted", [97, 7, 0, 3, 0, 0, 37]), ["DIA-REPAIR only issuer: granted/natural_person 27"]);
    assert_eq!(with("granted", [27, 7, 0, 3, 1, 0, 37]), ["DIA-REPAIR only issuer: granted/legal_service 0"]);
}

#[test]
fn exchanged_digits_are_named() {
    assert_eq!(with("received", [41, 21, 0, 3, 0, 0, 56]), ["DIA-TRANSPOSED only issuer: received/business 12"]);
}

#[test]
fn a_split_number_is_joined() {
    let all = "DIA-SPLIT only issuer: received/business 12, received/research 0, received/nonprofit 3, \
               received/legal_service 0, received/total 56";
    assert_eq!(with("received", [41, 1, 2, 0, 3, 0, 0]), [all]);
    assert_eq!(
        with("received", [41, 1, 2, 3, 0, 0, 56]),
        ["DIA-SPLIT only issuer: received/business 12, received/research 0"]
    );
}

#[test]
fn a_shifted_row_is_moved_back() {
    let left = "DIA-SHIFT only issuer: granted/natural_person 27, granted/business 7, granted/research 0, \
                granted/nonprofit 3, granted/other_org 0, granted/total 37";
    assert_eq!(with("granted", [7, 0, 3, 0, 0, 37, 0]), [left]);
    let right = "DIA-SHIFT only issuer: granted/natural_person 27, granted/business 7, granted/research 0, \
                 granted/nonprofit 3, granted/legal_service 0";
    assert_eq!(with("granted", [0, 27, 7, 0, 3, 0, 37]), [right]);
}

#[test]
fn a_count_in_the_wrong_column_has_as_many_rivals_as_rows_could_hold_it() {
    // Three people of `received` as businesses: that the row's total is right hides which row it is.
    let told = with("received", [38, 15, 0, 3, 0, 0, 56]);
    assert!(told.contains(&"DIA-MISPLACED rivals issuer: received/natural_person 41, received/business 12".to_owned()));
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn totals_that_count_a_part_twice_or_not_at_all() {
    assert_eq!(with("denied_process", [8, 2, 0, 0, 0, 0, 8]), ["DIA-DOUBLED only issuer: denied_process/total 10"]);
    let group = "DIA-DOUBLED only issuer: concluded_total/natural_person 39, concluded_total/business 10, \
                 concluded_total/total 52";
    assert_eq!(with("concluded_total", [51, 13, 0, 3, 0, 0, 67]), [group]);
}

#[test]
fn carried_out_in_the_total() {
    let all = "DIA-CARRIED only issuer: concluded_total/natural_person 39, concluded_total/business 10, \
               concluded_total/total 52";
    assert_eq!(with("concluded_total", [46, 12, 0, 3, 0, 0, 61]), [all]);
}

#[test]
fn empty_totals_are_sums() {
    let mut figures = published(&[]);
    let form = Form::of(EDITION);
    for (cell, figure) in form.cells.iter().zip(&mut figures) {
        if cell.table == Table::Requests && cell.column == "total" {
            *figure = None;
        }
    }
    let told: Vec<String> = proposed(&settled(EDITION, &figures)).iter().map(told).collect();
    let want = "DIA-TOTAL only issuer: received/total 56, carried_in/total 5, granted/total 37, \
                denied_internal/total 5, denied_process/total 10, concluded_total/total 52, carried_out/total 9";
    assert_eq!(told, [want]);
}

#[test]
fn two_slips_apart_are_two_proposals() {
    let mut figures = published(&[("granted", [97, 7, 0, 3, 0, 0, 37].map(Some))]);
    let pending = Form::of(EDITION).cell(Table::Disputes, "review", "pending").unwrap();
    figures[pending] = Some(2.0);
    let all = proposed(&settled(EDITION, &figures));
    assert_eq!(told(&all[0]), "DIA-REPAIR only issuer: granted/natural_person 27");
    // One tie alone cannot tell which of its figures is wrong: pending, or the total.
    assert_eq!(all[1..].iter().map(told).collect::<Vec<_>>().len(), 2);
    assert!(all[1..].iter().all(|p| !p.only));
}

#[test]
fn a_doubtful_reading_is_ours() {
    let mut settled = settled(EDITION, &published(&[("granted", [97, 7, 0, 3, 0, 0, 37].map(Some))]));
    let cell = Form::of(EDITION).cell(Table::Requests, "granted", "natural_person").unwrap();
    let line = Form::of(EDITION).starts.iter().position(|s| *s == cell).unwrap();
    settled.cells[cell].written.content = Content::Number(97.0, Writing::Doubtful);
    settled.cells[cell].status = Status::Suspect;
    settled.report.lines[line].cells[0].written = settled.cells[cell].written;
    assert_eq!(told(&proposed(&settled)[0]), "DIA-REPAIR only reading: granted/natural_person 27");
}

#[test]
fn a_line_of_which_nothing_was_read_is_ours() {
    let told: Vec<String> =
        proposed(&settled(EDITION, &published(&[("concluded_total", [None; 7])]))).iter().map(told).collect();
    let all = "DIA-TOTAL only reading: concluded_total/natural_person 39, concluded_total/business 10, \
               concluded_total/nonprofit 3, concluded_total/total 52";
    assert_eq!(told, [all]);
}

#[test]
fn messages_say_how_sure_they_are_in_both_languages() {
    let settled = settled(EDITION, &published(&[("granted", [97, 7, 0, 3, 0, 0, 37].map(Some))]));
    let checked = check(&settled, "");
    let finding = checked.findings.iter().find(|f| f.rule.family == Family::Diagnosis).unwrap();
    assert_eq!((finding.found.as_deref(), finding.expected.as_deref()), (Some("97"), Some("27")));
    assert_eq!(
        finding.message_en(),
        "requests/granted/natural_person: 97 is published; with 27 the ties hold \
         [the only one; issuer: every figure in it was read with certainty]"
    );
    assert!(finding.message_zh().ends_with("〔唯一的更正；疑为填报有误：相关数字读取无疑〕"));
}

/// The broken ties that the bench, with its own table of ties, still sees after a proposal.
fn after(edition: Edition, published: &[Option<f64>], proposals: &[&Proposal]) -> usize {
    let mut ledger = Ledger { edition, figures: published.iter().map(|p| p.unwrap_or(0.0)).collect() };
    proposals.iter().flat_map(|p| &p.changes).for_each(|(c, v)| ledger.figures[*c] = *v);
    ledger.broken().len()
}

#[test]
fn a_proposal_mends_ties_and_breaks_none() {
    for fault in Fault::ALL {
        for seed in 0..60 {
            let Some(case) = Case::of(fault, Scale::ALL[seed as usize % 3], seed) else { continue };
            let before = after(case.edition, &case.published, &[]);
            for p in case.proposals() {
                let left = after(case.edition, &case.published, &[&p]);
                assert!(left < before, "{fault:?} {seed}: {before} broken before, {left} after {p:?}");
                assert!(p.changes.iter().all(|(_, v)| *v >= 0.0), "{fault:?} {seed}: {p:?}");
                if p.only && case.proposals().len() == 1 {
                    assert_eq!(left, 0, "{fault:?} {seed}: {p:?}");
                }
            }
        }
    }
}

#[test]
fn what_was_done_is_found() {
    for fault in Fault::ALL.into_iter().filter(|f| !matches!(f, Fault::Followed | Fault::Two | Fault::Unseen)) {
        let cases: Vec<Case> = (0..90).filter_map(|s| Case::of(fault, Scale::ALL[s as usize % 3], s)).collect();
        let offered = cases.iter().filter(|c| c.is_offered(&c.proposals())).count();
        assert!(cases.len() > 60, "{fault:?}: {} cases", cases.len());
        assert!(offered * 100 >= cases.len() * 95, "{fault:?}: {offered} of {}", cases.len());
        let wrong = cases.iter().flat_map(|c| c.proposals().into_iter().filter(|p| p.only && !c.is_right(p)));
        assert_eq!(wrong.collect::<Vec<_>>(), [], "{fault:?}: said to be the only one, and not right");
    }
}

#[test]
fn what_no_tie_sees_is_not_diagnosed() {
    assert!((0..90).all(|seed| Case::of(Fault::Unseen, Scale::County, seed).is_none()));
}

#[test]
fn figures_of_any_kind_are_survived() {
    for salt in 1..200u64 {
        let wild = (0..200u64).map(|i| match (i * salt) % 11 {
            0 => None,
            1 => Some(-3.0),
            2 => Some(0.5),
            3 => Some(1e15),
            4 => Some(999_999_999_999.0),
            n => Some(((i * i * salt) % (n * 10)) as f64),
        });
        proposed(&settled(EDITION, &wild.collect::<Vec<_>>()));
    }
}

//! Which cells a claim of the prose is held against.

use crate::terms::rules::{self, Rule};
use crate::terms::statements::Metric;
use crate::terms::{Form, Table};

use Table::{Disputes, Proactive, Requests};

/// Cells that are added up: a table, rows and columns.
pub(super) type Cells = (Table, &'static [&'static str], &'static [&'static str]);

/// A sum of cells, some of them taken away.
#[derive(Debug)]
pub(super) struct Sum {
    pub(super) plus: &'static [Cells],
    pub(super) minus: &'static [Cells],
}

/// What a metric must equal: the first sum, or one of the others, which readers may mean as well.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) rule: &'static Rule,
    pub(super) sums: &'static [Sum],
}

const TOTAL: &[&str] = &["total"];
const DENIED: &[&str] = &[
    "denied_state_secret",
    "denied_other_law",
    "denied_stability",
    "denied_third_party",
    "denied_internal",
    "denied_process",
    "denied_enforcement_file",
    "denied_query",
];
const UNABLE: &[&str] = &["unable_not_held", "unable_not_ready", "unable_unclear"];
const REJECTED: &[&str] =
    &["rejected_petition", "rejected_repeat", "rejected_publication", "rejected_excessive", "rejected_reissue"];
/// Rows of both editions; those that a form does not have are left out.
const OTHER: &[&str] = &["other", "other_no_correction", "other_fee_unpaid", "other_other"];
const ORGANISATIONS: &[&str] = &["business", "research", "nonprofit", "legal_service", "other_org"];
const LAWSUITS: &[&str] = &["litigation_direct", "litigation_after_review"];

const fn is(plus: &'static [Cells]) -> Sum {
    Sum { plus, minus: &[] }
}

const fn less(plus: &'static [Cells], minus: &'static [Cells]) -> Sum {
    Sum { plus, minus }
}

pub(super) const RECEIVED: Sum = is(&[(Requests, &["received"], TOTAL)]);
pub(super) const TO_HANDLE: Sum = is(&[(Requests, &["received", "carried_in"], TOTAL)]);
pub(super) const CONCLUDED: Sum = is(&[(Requests, &["concluded_total"], TOTAL)]);

/// A claim under a rule, with its sums.
macro_rules! claim {
    ($rule:ident, $($sum:expr),+ $(,)?) => {
        Some(Claim { rule: &rules::$rule, sums: const { &[$($sum),+] } })
    };
}

/// Requests of one kind of applicant: received, or with those carried in.
macro_rules! applicants {
    ($columns:expr) => {
        claim!(
            TXT_APPLICANTS,
            is(&[(Requests, &["received"], $columns)]),
            is(&[(Requests, &["received", "carried_in"], $columns)]),
        )
    };
}

macro_rules! disputes {
    ($rows:expr, $column:expr) => {
        claim!(TXT_DISPUTES, is(&[(Disputes, $rows, &[$column])]))
    };
}

macro_rules! documents {
    ($row:expr, $($columns:expr),+) => {
        claim!(TXT_DOCUMENTS, $(is(&[(Proactive, &[$row], &[$columns])])),+)
    };
}

/// What a metric is held against; none for metrics of which the tables say nothing.
pub(super) fn claim_of(metric: Metric) -> Option<Claim> {
    match metric {
        Metric::Received => claim!(TXT_RECEIVED, RECEIVED, TO_HANDLE),
        Metric::Handled => claim!(TXT_RECEIVED, TO_HANDLE, CONCLUDED, RECEIVED),
        Metric::CarriedIn => claim!(TXT_CARRIED_IN, is(&[(Requests, &["carried_in"], TOTAL)])),
        Metric::Concluded => claim!(TXT_CONCLUDED, CONCLUDED),
        // Requests that are not processed, or given up, get no answer.
        Metric::Answered => claim!(
            TXT_CONCLUDED,
            CONCLUDED,
            less(&[(Requests, &["concluded_total"], TOTAL)], &[(Requests, OTHER, TOTAL)]),
            less(&[(Requests, &["concluded_total"], TOTAL)], &[(Requests, REJECTED, TOTAL)]),
            less(&[(Requests, &["concluded_total"], TOTAL)], &[(Requests, REJECTED, TOTAL), (Requests, OTHER, TOTAL)],),
            less(&[(Requests, &["concluded_total"], TOTAL)], &[(Requests, &["carried_in"], TOTAL)]),
        ),
        Metric::CarriedOut => claim!(TXT_CARRIED_OUT, is(&[(Requests, &["carried_out"], TOTAL)])),
        Metric::Granted => claim!(
            TXT_OUTCOME,
            is(&[(Requests, &["granted"], TOTAL)]),
            is(&[(Requests, &["granted", "partly_granted"], TOTAL)]),
        ),
        Metric::PartlyGranted => claim!(TXT_OUTCOME, is(&[(Requests, &["partly_granted"], TOTAL)])),
        Metric::Disclosed => claim!(TXT_OUTCOME, is(&[(Requests, &["granted", "partly_granted"], TOTAL)])),
        Metric::Denied => claim!(TXT_OUTCOME, is(&[(Requests, DENIED, TOTAL)])),
        Metric::Unable => claim!(TXT_OUTCOME, is(&[(Requests, UNABLE, TOTAL)])),
        Metric::NotHeld => claim!(TXT_OUTCOME, is(&[(Requests, &["unable_not_held"], TOTAL)])),
        Metric::Rejected => claim!(TXT_OUTCOME, is(&[(Requests, REJECTED, TOTAL)])),
        Metric::RejectedPetition => claim!(TXT_OUTCOME, is(&[(Requests, &["rejected_petition"], TOTAL)])),
        Metric::OtherOutcome => claim!(TXT_OUTCOME, is(&[(Requests, OTHER, TOTAL)])),
        Metric::NaturalPerson => applicants!(&["natural_person"]),
        Metric::Organisation => applicants!(ORGANISATIONS),
        Metric::Business => applicants!(&["business"]),
        Metric::Research => applicants!(&["research"]),
        Metric::Nonprofit => applicants!(&["nonprofit"]),
        Metric::LegalService => applicants!(&["legal_service"]),
        Metric::Reviews => disputes!(&["review"], "total"),
        Metric::ReviewsUpheld => disputes!(&["review"], "upheld"),
        Metric::ReviewsCorrected => disputes!(&["review"], "corrected"),
        Metric::ReviewsOther => disputes!(&["review"], "other_result"),
        Metric::ReviewsPending => disputes!(&["review"], "pending"),
        Metric::Lawsuits => disputes!(LAWSUITS, "total"),
        Metric::LawsuitsDirect => disputes!(&["litigation_direct"], "total"),
        Metric::LawsuitsAfterReview => disputes!(&["litigation_after_review"], "total"),
        Metric::LawsuitsUpheld => disputes!(LAWSUITS, "upheld"),
        Metric::LawsuitsCorrected => disputes!(LAWSUITS, "corrected"),
        Metric::LawsuitsOther => disputes!(LAWSUITS, "other_result"),
        Metric::LawsuitsPending => disputes!(LAWSUITS, "pending"),
        Metric::DisputesAll => disputes!(&["review", "litigation_direct", "litigation_after_review"], "total"),
        Metric::NormativeIssued => documents!("normative_documents", "issued", "newly_made", "newly_disclosed"),
        Metric::NormativeRepealed => documents!("normative_documents", "repealed"),
        Metric::NormativeInForce => documents!("normative_documents", "in_force"),
        Metric::RegulationsIssued => documents!("regulations", "issued", "newly_made", "newly_disclosed"),
        Metric::RegulationsRepealed => documents!("regulations", "repealed"),
        Metric::RegulationsInForce => documents!("regulations", "in_force"),
        _ => None,
    }
}

/// The positions of the cells of a sum that the form has.
pub(super) fn positions(form: &Form, cells: &'static [Cells]) -> impl Iterator<Item = usize> {
    cells.iter().flat_map(move |(table, rows, columns)| {
        rows.iter().flat_map(move |row| columns.iter().filter_map(move |column| form.cell(*table, row, column)))
    })
}

/// A sum as words: its rows, and its column where that is not the total.
pub(super) fn words(sum: &Sum) -> String {
    let name = |(_, rows, columns): &Cells| {
        let rows = match *rows {
            DENIED => "denied".to_owned(),
            UNABLE => "unable".to_owned(),
            REJECTED => "rejected".to_owned(),
            OTHER => "other".to_owned(),
            rows => rows.join(" + "),
        };
        match *columns {
            TOTAL => rows,
            ORGANISATIONS => format!("{rows} of organisations"),
            columns => format!("{rows} {}", columns.join(" + ")),
        }
    };
    let minus: String = sum.minus.iter().map(|c| format!(" - {}", name(c))).collect();
    sum.plus.iter().map(name).collect::<Vec<_>>().join(" + ") + &minus
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Edition;

    #[test]
    fn every_claim_finds_its_cells_in_an_edition() {
        for metric in Metric::ALL {
            let Some(claim) = claim_of(*metric) else { continue };
            for sum in claim.sums {
                let found = Edition::ALL.map(|e| positions(Form::of(e), sum.plus).count());
                assert!(found.iter().any(|n| *n > 0), "{}: {}", metric.key(), words(sum));
            }
        }
    }
}

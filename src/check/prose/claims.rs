//! Which cells a claim of the prose is held against.

use crate::terms::rules::{self, Rule};
use crate::terms::statements::{Metric, ORGANISATIONS_ZH, SENTENCES, Sentences, column_zh, rows_of};
use crate::terms::{Form, Table};

use Table::{Disputes, Proactive, Requests};

/// Cells that are added up: a table, rows and columns.
pub(super) type Cells = (Table, &'static [&'static str], &'static [&'static str]);

/// A sum of cells, some of them taken away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum {
    pub(super) plus: &'static [Cells],
    pub(super) minus: &'static [Cells],
}

/// What a metric must equal: the first sum, or one of the others, which readers may mean as well.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) rule: &'static Rule,
    pub(super) sums: &'static [Sum],
    /// Sums of the form that are near: where one of them fits, the claim is told to fit that one, and nobody is accused.
    pub(super) near: &'static [Sum],
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
const ALL_DISPUTES: &[&str] = &["review", "litigation_direct", "litigation_after_review"];

const fn is(plus: &'static [Cells]) -> Sum {
    Sum { plus, minus: &[] }
}

const fn less(plus: &'static [Cells], minus: &'static [Cells]) -> Sum {
    Sum { plus, minus }
}

pub(super) const RECEIVED: Sum = is(&[(Requests, &["received"], TOTAL)]);
pub(super) const TO_HANDLE: Sum = is(&[(Requests, &["received", "carried_in"], TOTAL)]);
pub(super) const CONCLUDED: Sum = is(&[(Requests, &["concluded_total"], TOTAL)]);

/// A claim under a rule, with its sums, and those that are near.
macro_rules! claim {
    ($rule:ident, $($sum:expr),+ $(,)?; $($near:expr),* $(,)?) => {
        Some(Claim { rule: &rules::$rule, sums: const { &[$($sum),+] }, near: const { &[$($near),*] } })
    };
    ($rule:ident, $($sum:expr),+ $(,)?) => {
        claim!($rule, $($sum),+;)
    };
}

/// Requests of one kind of applicant: received, or with those carried in; or those of them that were concluded.
macro_rules! applicants {
    ($columns:expr) => {
        claim!(
            TXT_APPLICANTS,
            is(&[(Requests, &["received"], $columns)]),
            is(&[(Requests, &["received", "carried_in"], $columns)]);
            is(&[(Requests, &["concluded_total"], $columns)]),
        )
    };
}

macro_rules! disputes {
    ($rows:expr, $column:expr) => {
        claim!(
            TXT_DISPUTES,
            is(&[(Disputes, $rows, &[$column])]);
            is(&[(Disputes, &["review"], &[$column])]),
            is(&[(Disputes, LAWSUITS, &[$column])]),
            is(&[(Disputes, &["litigation_direct"], &[$column])]),
            is(&[(Disputes, &["litigation_after_review"], &[$column])]),
            is(&[(Disputes, ALL_DISPUTES, &[$column])]),
        )
    };
}

macro_rules! documents {
    ($row:expr, $other:expr, $($columns:expr),+) => {
        claim!(
            TXT_DOCUMENTS,
            $(is(&[(Proactive, &[$row], &[$columns])])),+;
            $(is(&[(Proactive, &[$row, $other], &[$columns])])),+
        )
    };
}

/// A row of the requests table, and the group that it belongs to.
macro_rules! row {
    ($row:expr, $group:expr) => {
        claim!(TXT_OUTCOME, is(&[(Requests, &[$row], TOTAL)]); is(&[(Requests, $group, TOTAL)]))
    };
}

/// A group of rows, and what other groups it is told with.
macro_rules! group {
    ($rows:expr, $($with:expr),+) => {
        claim!(
            TXT_OUTCOME,
            is(&[(Requests, $rows, TOTAL)]);
            $(is(&[(Requests, $rows, TOTAL), (Requests, $with, TOTAL)])),+
        )
    };
}

const ALL: &[Cells] = &[(Requests, &["concluded_total"], TOTAL)];

/// Requests that are not processed, or given up, get no answer; nor do those that were answered last year.
const LESS: [Sum; 4] = [
    less(ALL, &[(Requests, OTHER, TOTAL)]),
    less(ALL, &[(Requests, REJECTED, TOTAL)]),
    less(ALL, &[(Requests, REJECTED, TOTAL), (Requests, OTHER, TOTAL)]),
    less(ALL, &[(Requests, &["carried_in"], TOTAL)]),
];

/// What a metric is held against; none for metrics of which the tables say nothing.
pub(super) fn claim_of(metric: Metric) -> Option<Claim> {
    match metric {
        Metric::Received => claim!(TXT_RECEIVED, RECEIVED, TO_HANDLE; CONCLUDED),
        Metric::Handled => claim!(TXT_RECEIVED, TO_HANDLE, CONCLUDED, RECEIVED; LESS[0], LESS[1], LESS[2], LESS[3]),
        Metric::CarriedIn => claim!(TXT_CARRIED_IN, is(&[(Requests, &["carried_in"], TOTAL)])),
        Metric::Concluded => claim!(TXT_CONCLUDED, CONCLUDED; LESS[0], LESS[1], LESS[2], LESS[3]),
        Metric::Answered => claim!(TXT_CONCLUDED, CONCLUDED, LESS[0], LESS[1], LESS[2], LESS[3]; RECEIVED),
        Metric::CarriedOut => claim!(TXT_CARRIED_OUT, is(&[(Requests, &["carried_out"], TOTAL)])),
        Metric::Granted => claim!(
            TXT_OUTCOME,
            is(&[(Requests, &["granted"], TOTAL)]),
            is(&[(Requests, &["granted", "partly_granted"], TOTAL)]),
        ),
        Metric::PartlyGranted => claim!(TXT_OUTCOME, is(&[(Requests, &["partly_granted"], TOTAL)])),
        Metric::Disclosed => claim!(TXT_OUTCOME, is(&[(Requests, &["granted", "partly_granted"], TOTAL)])),
        Metric::Denied => claim!(
            TXT_OUTCOME,
            is(&[(Requests, DENIED, TOTAL)]);
            is(&[(Requests, DENIED, TOTAL), (Requests, REJECTED, TOTAL)]),
            is(&[(Requests, DENIED, TOTAL), (Requests, UNABLE, TOTAL)]),
            is(&[(Requests, DENIED, TOTAL), (Requests, UNABLE, TOTAL), (Requests, REJECTED, TOTAL)]),
            is(&[
                (Requests, DENIED, TOTAL),
                (Requests, UNABLE, TOTAL),
                (Requests, REJECTED, TOTAL),
                (Requests, OTHER, TOTAL),
            ]),
        ),
        Metric::Unable => claim!(
            TXT_OUTCOME,
            is(&[(Requests, UNABLE, TOTAL)]);
            is(&[(Requests, &["unable_not_held"], TOTAL)]),
            is(&[(Requests, &["unable_not_held", "unable_not_ready"], TOTAL)]),
            is(&[(Requests, UNABLE, TOTAL), (Requests, REJECTED, TOTAL)]),
            is(&[(Requests, UNABLE, TOTAL), (Requests, OTHER, TOTAL)]),
        ),
        Metric::NotHeld => row!("unable_not_held", UNABLE),
        Metric::UnableNotReady => row!("unable_not_ready", UNABLE),
        Metric::UnableUnclear => row!("unable_unclear", UNABLE),
        Metric::Rejected => group!(REJECTED, OTHER, DENIED),
        Metric::RejectedPetition => row!("rejected_petition", REJECTED),
        Metric::RejectedRepeat => row!("rejected_repeat", REJECTED),
        Metric::RejectedPublication => row!("rejected_publication", REJECTED),
        Metric::RejectedExcessive => row!("rejected_excessive", REJECTED),
        Metric::RejectedReissue => row!("rejected_reissue", REJECTED),
        Metric::OtherOutcome => claim!(
            TXT_OUTCOME,
            is(&[(Requests, OTHER, TOTAL)]);
            is(&[(Requests, &["other_other"], TOTAL)]),
            is(&[(Requests, OTHER, TOTAL), (Requests, REJECTED, TOTAL)]),
        ),
        Metric::OtherNoCorrection => row!("other_no_correction", OTHER),
        Metric::OtherFeeUnpaid => row!("other_fee_unpaid", OTHER),
        Metric::DeniedSecret => row!("denied_state_secret", DENIED),
        Metric::DeniedLaw => row!("denied_other_law", DENIED),
        Metric::DeniedStability => row!("denied_stability", DENIED),
        Metric::DeniedThirdParty => row!("denied_third_party", DENIED),
        Metric::DeniedInternal => row!("denied_internal", DENIED),
        Metric::DeniedProcess => row!("denied_process", DENIED),
        Metric::DeniedFile => row!("denied_enforcement_file", DENIED),
        Metric::DeniedQuery => row!("denied_query", DENIED),
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
        Metric::DisputesAll => disputes!(ALL_DISPUTES, "total"),
        Metric::NormativeIssued => {
            documents!("normative_documents", "regulations", "issued", "newly_made", "newly_disclosed")
        }
        Metric::NormativeRepealed => documents!("normative_documents", "regulations", "repealed"),
        Metric::NormativeInForce => documents!("normative_documents", "regulations", "in_force"),
        Metric::RegulationsIssued => {
            documents!("regulations", "normative_documents", "issued", "newly_made", "newly_disclosed")
        }
        Metric::RegulationsRepealed => documents!("regulations", "normative_documents", "repealed"),
        Metric::RegulationsInForce => documents!("regulations", "normative_documents", "in_force"),
        _ => None,
    }
}

/// The positions of the cells of a sum that the form has.
pub(super) fn positions(form: &Form, cells: &'static [Cells]) -> impl Iterator<Item = usize> {
    cells.iter().flat_map(move |(table, rows, columns)| {
        rows.iter().flat_map(move |row| columns.iter().filter_map(move |column| form.cell(*table, row, column)))
    })
}

/// A sum as words, in English and in Chinese: its rows, and its column where that is not the total.
pub(super) fn words(sum: &Sum) -> [String; 2] {
    let join = |cells: &[Cells], by: [&str; 2]| {
        let named: Vec<[String; 2]> = cells.iter().map(name).collect();
        [0, 1].map(|i| named.iter().map(|n| n[i].as_str()).collect::<Vec<_>>().join(by[i]))
    };
    let Sentences { plus, minus, .. } = SENTENCES;
    let [mut en, mut zh] = join(sum.plus, plus);
    let [less_en, less_zh] = join(sum.minus, minus);
    if !sum.minus.is_empty() {
        en.extend([minus[0], less_en.as_str()]);
        zh.extend([minus[1], less_zh.as_str()]);
    }
    [en, zh]
}

/// Cells of one table as words.
fn name((_, rows, columns): &Cells) -> [String; 2] {
    let (en, zh) = match rows_of(rows) {
        Some(named) => (named.en.to_owned(), named.zh.to_owned()),
        None => {
            let each = rows.iter().map(|row| rows_of(std::slice::from_ref(row)).map_or(*row, |r| r.zh));
            (rows.join(SENTENCES.plus[0]), each.collect::<Vec<_>>().join(SENTENCES.plus[1]))
        }
    };
    match *columns {
        TOTAL => [en, zh],
        ORGANISATIONS => [format!("{en} of organisations"), zh + ORGANISATIONS_ZH],
        [column] => [format!("{en} {column}"), zh + column_zh(column).unwrap_or(column)],
        columns => [format!("{en} {}", columns.join(" + ")), zh],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Edition;

    #[test]
    fn every_claim_finds_its_cells_in_an_edition() {
        for metric in Metric::ALL {
            let Some(claim) = claim_of(*metric) else { continue };
            for sum in claim.sums.iter().chain(claim.near) {
                let found = Edition::ALL.map(|e| positions(Form::of(e), sum.plus).count());
                assert!(found.iter().any(|n| *n > 0), "{}: {:?}", metric.key(), words(sum));
            }
        }
    }
}

//! What a request came to, and who made it, told from cues.

use crate::terms::statements::{Cue, Metric};

use super::cues::{Cues, GROUPS};

/// The outcomes that are one row of the form, with the group that the row belongs to.
const ROW_METRICS: &[(Cue, Cue, Metric)] = &[
    (Cue::Secret, Cue::Deny, Metric::DeniedSecret),
    (Cue::OtherLaw, Cue::Deny, Metric::DeniedLaw),
    (Cue::Stability, Cue::Deny, Metric::DeniedStability),
    (Cue::ThirdParty, Cue::Deny, Metric::DeniedThirdParty),
    (Cue::Internal, Cue::Deny, Metric::DeniedInternal),
    (Cue::Process, Cue::Deny, Metric::DeniedProcess),
    (Cue::EnforcementFile, Cue::Deny, Metric::DeniedFile),
    (Cue::Query, Cue::Deny, Metric::DeniedQuery),
    (Cue::NotHeld, Cue::Unable, Metric::NotHeld),
    (Cue::NotReady, Cue::Unable, Metric::UnableNotReady),
    (Cue::Unclear, Cue::Unable, Metric::UnableUnclear),
    (Cue::Petition, Cue::Reject, Metric::RejectedPetition),
    (Cue::Repeat, Cue::Reject, Metric::RejectedRepeat),
    (Cue::Publication, Cue::Reject, Metric::RejectedPublication),
    (Cue::Excessive, Cue::Reject, Metric::RejectedExcessive),
    (Cue::Reissue, Cue::Reject, Metric::RejectedReissue),
    (Cue::NoCorrection, Cue::OtherOutcome, Metric::OtherNoCorrection),
    (Cue::FeeUnpaid, Cue::OtherOutcome, Metric::OtherFeeUnpaid),
];

/// The outcome that the cues name, if it is one. Several rows of a group, or one of them and others, are the group.
pub(super) fn outcome(cues: Cues, others: bool) -> Option<Metric> {
    let only = |c: &[Cue]| cues == Cues::of(c);
    let group = |cue| match cue {
        Cue::Deny => Some(Metric::Denied),
        Cue::Unable => Some(Metric::Unable),
        Cue::Reject => Some(Metric::Rejected),
        Cue::OtherOutcome => Some(Metric::OtherOutcome),
        _ => None,
    };
    if only(&[Cue::Grant]) {
        return Some(Metric::Granted);
    }
    if only(&[Cue::Partly]) {
        return Some(Metric::PartlyGranted);
    }
    if only(&[Cue::Grant, Cue::Partly]) {
        return Some(Metric::Disclosed);
    }
    let rows = || ROW_METRICS.iter().filter(|(row, _, _)| cues.has(*row));
    let groups = cues.among(GROUPS);
    let Some((first, of, metric)) = rows().next() else {
        return [Cue::Deny, Cue::Unable, Cue::Reject, Cue::OtherOutcome]
            .into_iter()
            .find(|g| only(&[*g]))
            .and_then(group);
    };
    let known = Cues::of(&[*of]).with(rows().fold(Cues::NONE, |all, (row, _, _)| all.with(Cues::of(&[*row]))));
    let one_group =
        rows().all(|(_, g, _)| g == of) && cues.among(known) == cues && groups.among(Cues::of(&[*of])) == groups;
    if !one_group {
        return None;
    }
    let several = rows().count() > 1 || others;
    match (several, groups.is_empty()) {
        (false, _) => Some(*metric).filter(|_| cues.has(*first)),
        (true, false) => group(*of),
        // 信访、重复申请2件: which rows are meant, and whether all of them, nothing tells.
        (true, true) => None,
    }
}

/// The applicants that the cues name, if they are of one kind.
pub(super) fn applicant(cues: Cues) -> Option<Metric> {
    if cues.count() != 1 {
        return None;
    }
    match () {
        () if cues.has(Cue::Natural) => Some(Metric::NaturalPerson),
        () if cues.has(Cue::Organisation) => Some(Metric::Organisation),
        () if cues.has(Cue::Business) => Some(Metric::Business),
        () if cues.has(Cue::Research) => Some(Metric::Research),
        () if cues.has(Cue::Nonprofit) => Some(Metric::Nonprofit),
        () if cues.has(Cue::LegalService) => Some(Metric::LegalService),
        () => None,
    }
}

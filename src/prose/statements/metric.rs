//! What a number counts, told from the cues around it.

use crate::terms::statements::{Cue, Family, Kind, Metric, Unit};

use super::cues::{
    APPLICANTS, CHANNELS, Cues, DECISIONS, DISPUTES, DOCUMENT_WORK, DOCUMENTS, OUTCOMES, REQUESTS, RESULTS, WORK,
};

/// What stands around a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// The unit.
    pub(super) unit: Option<&'static Unit>,
    /// The number is a single Chinese digit, as in 一次.
    pub(super) slight: bool,
    /// Cues before it in its clause, since the number before it.
    pub(super) near: Cues,
    /// Cues before it in its sentence, since the number before it.
    pub(super) far: Cues,
    /// Cues behind it in its clause.
    pub(super) post: Cues,
    /// The last thing named before it in its clause.
    pub(super) object: Option<Cue>,
    /// Characters between that thing and the number.
    pub(super) distance: u32,
    /// The first thing named behind it.
    pub(super) behind: Option<Cue>,
    /// All cues of the sentence up to it.
    pub(super) sentence: Cues,
    /// The sentence or its paragraph is about requests.
    pub(super) on_requests: bool,
    /// The sentence or its paragraph is about disputes over disclosure.
    pub(super) on_disputes: bool,
    /// The kind of document last named in the sentence.
    pub(super) document: Option<Cue>,
    /// What was done with the documents before it.
    pub(super) done: Cues,
    /// The kind of dispute last named in the sentence.
    pub(super) dispute: Option<Cue>,
    /// Requests carried are the last year's (-1) or go to the next (1), as a year beside the word tells.
    pub(super) carried: i8,
    /// The count that it is a part of, so far.
    pub(super) whole: Option<Metric>,
    /// What the number before it counts.
    pub(super) before: Option<Metric>,
    /// It is a part of a count of which nothing is known.
    pub(super) of_unknown: bool,
}

impl Around {
    /// The metric, where the words tell one.
    pub(super) fn metric(&self) -> Option<Metric> {
        if self.near.has(Cue::Every) {
            return None;
        }
        let Some(unit) = self.unit else { return self.things() };
        match () {
            () if unit.counts(Kind::Percent) => self.rate(),
            () if unit.counts(Kind::Points) => None,
            () if unit.counts(Kind::Money) => self.money(),
            () if unit.counts(Kind::Charges) => self.charged(),
            () if unit.counts(Kind::People) => self.trainees().or_else(|| self.way()),
            () if unit.counts(Kind::Things) => self.things(),
            () => self.work(),
        }
    }

    /// Whether the unit counts such things; without a unit it may be anything.
    fn can_count(&self, kind: Kind) -> bool {
        self.unit.is_none_or(|u| u.counts(kind))
    }

    fn rate(&self) -> Option<Metric> {
        if self.near.has(Cue::Rise) {
            None
        } else if self.near.has(Cue::Share) {
            Some(Metric::Share)
        } else {
            self.near.has(Cue::Rate).then_some(Metric::Rate)
        }
    }

    fn money(&self) -> Option<Metric> {
        let charged = self.near.with(self.far).with(self.post);
        let fee = charged.has(Cue::Fee) || (self.sentence.has(Cue::Fee) && !charged.has(Cue::Foreign));
        (fee && self.object != Some(Cue::Foreign)).then_some(Metric::Fees)
    }

    fn charged(&self) -> Option<Metric> {
        let fee = self.near.has(Cue::Fee) || (self.near.has(Cue::Cost) && self.sentence.has(Cue::Fee));
        let charged = fee && self.near.has(Cue::Charge);
        match self.unit {
            Some(_) => charged.then_some(Metric::FeeCases),
            None => charged.then_some(Metric::Fees),
        }
    }

    fn trainees(&self) -> Option<Metric> {
        let trained = self.near.has(Cue::Trained) || (self.sentence.has(Cue::Training) && !self.near.has(Cue::Foreign));
        let other = self.near.any(REQUESTS.with(APPLICANTS)) || self.near.has(Cue::Publish);
        (trained && !other && self.object != Some(Cue::Foreign)).then_some(Metric::Trainees)
    }

    fn things(&self) -> Option<Metric> {
        self.charged()
            .or_else(|| self.requests())
            .or_else(|| self.disputes())
            .or_else(|| self.received())
            .or_else(|| self.documents())
            .or_else(|| self.decisions())
            .or_else(|| self.work())
            .or_else(|| self.published())
            .or_else(|| self.way())
    }

    /// Whether another thing than requests is what is counted.
    fn is_foreign(&self) -> bool {
        let foreign = |cue| matches!(cue, Some(Cue::Foreign | Cue::Proposal | Cue::Review | Cue::Lawsuit | Cue::Info));
        foreign(self.object) || (self.object.is_none() && foreign(self.behind))
    }

    fn requests(&self) -> Option<Metric> {
        if self.near.any(CARRIES) {
            return self.carried(self.near);
        }
        if self.post.any(CARRIES) && !self.near.any(WORK.with(OUTCOMES)) && self.object.is_none() {
            return self.carried(self.post);
        }
        if self.of_unknown {
            return None;
        }
        let outcomes = self.near.among(OUTCOMES);
        let outcomes = if outcomes.is_empty() && !self.near.any(WORK) { self.post.among(OUTCOMES) } else { outcomes };
        if !outcomes.is_empty() {
            let sure = outcomes.any(Cues::of(&[Cue::Grant, Cue::Partly, Cue::Deny, Cue::Petition])) || self.on_requests;
            // One reason of an outcome is not all of it.
            let reason =
                self.near.has(Cue::Reason) || (self.near.among(OUTCOMES).is_empty() && self.post.has(Cue::Reason));
            return outcome(outcomes).filter(|_| sure && !reason);
        }
        if !self.on_requests || self.is_foreign() {
            return None;
        }
        if self.near.with(self.post).has(Cue::OnTime) {
            return None;
        }
        let worked = self.near.has(Cue::Conclude) || self.near.has(Cue::Answer);
        let applicants = self.near.among(APPLICANTS);
        if !applicants.is_empty() {
            return applicant(applicants).filter(|_| !worked);
        }
        let before = self.near.among(WORK);
        let work = if before.is_empty() { self.post.among(WORK) } else { before };
        if work.has(Cue::Conclude) {
            return Some(Metric::Concluded);
        }
        if work.has(Cue::Receive) {
            return None;
        }
        if work.has(Cue::Answer) {
            return Some(Metric::Answered);
        }
        if before.is_empty() && self.object.is_none() && !self.post.among(APPLICANTS).is_empty() {
            return applicant(self.post.among(APPLICANTS));
        }
        let handled = before.has(Cue::Handle) && (self.near.has(Cue::Total) || self.near.any(REQUESTS));
        handled.then_some(Metric::Handled)
    }

    fn carried(&self, cues: Cues) -> Option<Metric> {
        if self.object == Some(Cue::Foreign) {
            return None;
        }
        match (cues.has(Cue::CarryIn), cues.has(Cue::CarryOut), self.carried) {
            (true, false, _) => Some(Metric::CarriedIn),
            (false, true, _) => Some(Metric::CarriedOut),
            (false, false, -1) => Some(Metric::CarriedIn),
            (false, false, 1) => Some(Metric::CarriedOut),
            _ => None,
        }
    }

    fn disputes(&self) -> Option<Metric> {
        if !self.on_disputes || self.object == Some(Cue::Foreign) {
            return None;
        }
        if self.near.has(Cue::DirectSuit) {
            return Some(Metric::LawsuitsDirect);
        }
        if self.near.has(Cue::AfterSuit) {
            return Some(Metric::LawsuitsAfterReview);
        }
        let named = self.near.among(DISPUTES);
        let (named, results) = (
            if named.is_empty() && !self.near.any(WORK.with(REQUESTS)) { self.post.among(DISPUTES) } else { named },
            self.near.among(RESULTS),
        );
        let results = if results.is_empty() { self.post.among(RESULTS) } else { results };
        let both = named.has(Cue::Review) && named.has(Cue::Lawsuit);
        if results.count() > 1 {
            return None;
        }
        let kind = if named.has(Cue::Lawsuit) {
            Cue::Lawsuit
        } else if named.has(Cue::Review) {
            Cue::Review
        } else {
            self.dispute.filter(|_| !results.is_empty())?
        };
        let review = kind == Cue::Review;
        let pick = |a, b| Some(if review { a } else { b });
        match () {
            () if both && results.is_empty() => Some(Metric::DisputesAll),
            () if both => None,
            () if results.is_empty() => pick(Metric::Reviews, Metric::Lawsuits),
            () if results.has(Cue::Upheld) => pick(Metric::ReviewsUpheld, Metric::LawsuitsUpheld),
            () if results.has(Cue::Corrected) => pick(Metric::ReviewsCorrected, Metric::LawsuitsCorrected),
            () if results.has(Cue::OtherResult) => pick(Metric::ReviewsOther, Metric::LawsuitsOther),
            () => pick(Metric::ReviewsPending, Metric::LawsuitsPending),
        }
    }

    fn received(&self) -> Option<Metric> {
        if self.near.has(Cue::Conclude) || self.near.has(Cue::Answer) {
            return None;
        }
        if self.near.has(Cue::Handle) && !self.near.has(Cue::Receive) {
            return None;
        }
        let named = matches!(self.object, Some(Cue::Request | Cue::OnRequest | Cue::Apply));
        if self.near.has(Cue::OnTime) {
            return None;
        }
        let follows = matches!(self.behind, Some(Cue::Request | Cue::OnRequest | Cue::Apply)) && self.object.is_none();
        let taken = self.near.has(Cue::Receive) && self.on_requests;
        let received = taken && (named || follows || (self.object.is_none() && self.behind.is_none()));
        let bare = self.object == Some(Cue::Request) && self.distance <= 5 && !self.near.has(Cue::Publish);
        (received || bare).then_some(Metric::Received)
    }

    /// By which way requests came: parts of those received.
    fn way(&self) -> Option<Metric> {
        let received = matches!(self.whole, Some(Metric::Received));
        (received && self.near.with(self.post).has(Cue::Way) && !self.is_foreign()).then_some(Metric::Received)
    }

    fn documents(&self) -> Option<Metric> {
        if !self.can_count(Kind::Documents) || self.object == Some(Cue::Foreign) {
            return None;
        }
        let named = self.near.among(DOCUMENTS);
        let named = if named.is_empty() { self.post.among(DOCUMENTS) } else { named };
        let work = self.near.among(DOCUMENT_WORK);
        let goes_on = work.is_empty() && !named.is_empty() && !self.near.has(Cue::Publish);
        let work = if goes_on { self.done } else { work };
        let kind = match named.count() {
            0 if !work.is_empty() && self.object.is_none() => self.document?,
            1 if named.has(Cue::Normative) => Cue::Normative,
            1 => Cue::Regulation,
            _ => return None,
        };
        let normative = kind == Cue::Normative;
        let pick = |a, b| Some(if normative { a } else { b });
        match () {
            () if work.count() != 1 => None,
            () if work.has(Cue::Issue) => pick(Metric::NormativeIssued, Metric::RegulationsIssued),
            () if work.has(Cue::Repeal) => pick(Metric::NormativeRepealed, Metric::RegulationsRepealed),
            () => pick(Metric::NormativeInForce, Metric::RegulationsInForce),
        }
    }

    fn decisions(&self) -> Option<Metric> {
        let named = self.near.among(DECISIONS);
        let named = if named.is_empty() && self.object.is_none() { self.post.among(DECISIONS) } else { named };
        let unit = self.can_count(Kind::Decisions);
        let published = (self.near.has(Cue::Publish) || is_published(self.before)) && !self.near.has(Cue::Decide);
        let other = self.near.any(REQUESTS.with(DISPUTES)) || matches!(self.object, Some(Cue::Foreign | Cue::Info));
        match () {
            () if named.count() != 1 || !unit || published || other => None,
            () if named.has(Cue::Licensing) => Some(Metric::Licensing),
            () if named.has(Cue::Penalty) => Some(Metric::Penalties),
            () => Some(Metric::Coercion),
        }
    }

    /// Training, meetings, motions and proposals.
    fn work(&self) -> Option<Metric> {
        let times = self.unit.is_some_and(|u| u.counts(Kind::Times));
        let named = self.object.or(self.behind);
        match named {
            Some(Cue::Training) if times => Some(Metric::Trainings),
            Some(Cue::Meeting) if times => Some(Metric::Meetings),
            Some(Cue::Proposal) if self.can_count(Kind::Documents) && !self.near.has(Cue::Publish) => {
                Some(Metric::Proposals)
            }
            Some(Cue::Explain) if !self.near.has(Cue::Receive) => Some(Metric::Interpretations),
            _ => None,
        }
    }

    fn published(&self) -> Option<Metric> {
        let within = is_published(self.whole);
        let items = self.can_count(Kind::Items);
        let taken = self.near.any(WORK.with(REQUESTS).with(DISPUTES)) || self.near.any(APPLICANTS);
        let named = self.object.or(self.behind);
        if !items
            || taken
            || self.slight
            || matches!(named, Some(Cue::Foreign | Cue::Fee | Cue::Training | Cue::Meeting | Cue::Proposal))
        {
            return None;
        }
        let said = self.near.has(Cue::Publish)
            || (self.near.has(Cue::Disclosure) && self.unit.is_some_and(|u| u.counts(Kind::Pieces)));
        let channels = self.near.with(self.far).among(CHANNELS);
        // A channel named at the beginning of the sentence, unless a total is told.
        let summed = self.near.has(Cue::Total) || self.near.has(Cue::ThisYear) || within;
        let named_before = self.sentence.among(CHANNELS);
        let channels =
            if channels.is_empty() && !summed && named_before.count() == 1 { named_before } else { channels };
        let goes_on = named.is_some_and(|n| KINDS.has(n)) && is_published(self.before);
        let published = self.sentence.has(Cue::Publish);
        let spoken = said || within || (published && (!channels.is_empty() || named == Some(Cue::Info) || goes_on));
        if !spoken {
            return None;
        }
        // 财政信息 is one kind of information.
        let of_kind = named != Some(Cue::Info) && named.is_some_and(|n| KINDS.has(n)) || self.near.any(KINDS);
        match channels.count() {
            1 if said && !within => channel(channels),
            _ if of_kind => Some(Metric::PublishedOther),
            0 if within || self.of_unknown || !said => Some(Metric::PublishedOther),
            0 => Some(Metric::Published),
            1 => channel(channels),
            2 if channels == Cues::of(&[Cue::WeChat, Cue::Weibo]) => Some(Metric::NewMedia),
            2 if channels.has(Cue::NewMedia) && !channels.has(Cue::Website) => channel(channels),
            _ => Some(Metric::Published),
        }
    }
}

fn is_published(metric: Option<Metric>) -> bool {
    metric.is_some_and(|m| m.family() == Family::Published)
}

/// Requests that go from one year to the next.
const CARRIES: Cues = Cues::of(&[Cue::CarryIn, Cue::CarryOut, Cue::Carry]);

/// What is one kind of what can be published.
const KINDS: Cues =
    Cues::of(&[Cue::Kind, Cue::Normative, Cue::Regulation, Cue::Licensing, Cue::Penalty, Cue::Coercion]);

fn channel(cues: Cues) -> Option<Metric> {
    match () {
        () if cues.has(Cue::WeChat) => Some(Metric::WeChat),
        () if cues.has(Cue::Weibo) => Some(Metric::Weibo),
        () if cues.has(Cue::Website) => Some(Metric::Website),
        () if cues.has(Cue::NewMedia) => Some(Metric::NewMedia),
        () => Some(Metric::PublishedOther),
    }
}

/// The outcome that the cues name, if it is one.
pub(super) fn outcome(cues: Cues) -> Option<Metric> {
    let only = |c: &[Cue]| cues == Cues::of(c);
    match () {
        () if only(&[Cue::Grant]) => Some(Metric::Granted),
        () if only(&[Cue::Partly]) => Some(Metric::PartlyGranted),
        () if only(&[Cue::Grant, Cue::Partly]) => Some(Metric::Disclosed),
        () if only(&[Cue::Deny]) => Some(Metric::Denied),
        () if only(&[Cue::Unable]) => Some(Metric::Unable),
        () if only(&[Cue::NotHeld]) || only(&[Cue::NotHeld, Cue::Unable]) => Some(Metric::NotHeld),
        () if only(&[Cue::Reject]) => Some(Metric::Rejected),
        () if only(&[Cue::Petition]) || only(&[Cue::Petition, Cue::Reject]) => Some(Metric::RejectedPetition),
        () if only(&[Cue::OtherOutcome]) => Some(Metric::OtherOutcome),
        () => None,
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

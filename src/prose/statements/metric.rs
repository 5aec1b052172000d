//! What a number counts, told from the cues around it.

use crate::terms::statements::{Cue, Family, ISSUE, Kind, Metric, SINGLE, Unit};

use super::cues::{
    APPLICANTS, Cues, DECISIONS, DISPUTES, DOCUMENT_WORK, DOCUMENTS, OUTCOMES, REQUESTS, RESULTS, ROWS, VOICES, WORK,
};
use super::outcome::{applicant, outcome};

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
    /// The sentence is about something else than requests, though its paragraph may be about them.
    pub(super) off_topic: bool,
    /// It is a percentage in a bracket right behind a count.
    pub(super) bracketed: bool,
    /// What was issued is said to be published: 公开本年制发的规章.
    pub(super) shown: bool,
    /// The last channel named in its clause.
    pub(super) last_channel: Option<Cue>,
    /// What was published is told in words that are not known.
    pub(super) unnamed: bool,
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
    pub(super) fn can_count(&self, kind: Kind) -> bool {
        self.unit.is_none_or(|u| u.counts(kind))
    }

    fn rate(&self) -> Option<Metric> {
        if self.near.has(Cue::Rise) {
            None
        } else if self.near.has(Cue::Share) || self.bracketed {
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
        let behind = self.post.has(Cue::Training) && self.object.is_none();
        let trained =
            self.near.has(Cue::Trained) || behind || (self.sentence.has(Cue::Training) && !self.near.has(Cue::Foreign));
        let other = self.near.any(REQUESTS.with(APPLICANTS)) || self.near.has(Cue::Publish);
        (trained && !other && self.object != Some(Cue::Foreign)).then_some(Metric::Trainees)
    }

    fn things(&self) -> Option<Metric> {
        self.charged()
            .or_else(|| self.voices())
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
        let foreign = |cue| {
            matches!(
                cue,
                Some(
                    Cue::Foreign
                        | Cue::Proposal
                        | Cue::Review
                        | Cue::Lawsuit
                        | Cue::Info
                        | Cue::Press
                        | Cue::Interview
                        | Cue::Hotline
                        | Cue::Letter
                        | Cue::Hot
                )
            )
        };
        // 案件 are disputes where disputes are what the paragraph is about.
        let case = self.object == Some(Cue::Case) && self.on_disputes;
        foreign(self.object) || (self.object.is_none() && foreign(self.behind)) || case || self.off_topic
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
            let plain = Cues::of(&[Cue::Grant, Cue::Partly, Cue::Deny, Cue::Petition]).with(ROWS);
            let sure = outcomes.any(plain) || self.on_requests || self.sentence.any(OUTCOMES_ALONE);
            let others = self.near.has(Cue::AndOthers);
            return outcome(outcomes, others)
                .filter(|_| sure && !self.near.has(Cue::Publish) && !self.is_other_object());
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
        let goes_on = self.sentence.any(REQUESTS) && self.object.is_none();
        let handled = before.has(Cue::Handle) && (self.near.has(Cue::Total) || self.near.any(REQUESTS) || goes_on);
        handled.then_some(Metric::Handled)
    }

    /// Whether what is counted is named, and is no request.
    fn is_other_object(&self) -> bool {
        matches!(self.object, Some(Cue::Foreign | Cue::Proposal | Cue::Letter | Cue::Hotline))
            || (matches!(self.object, Some(Cue::Info | Cue::Kind)) && !self.on_requests)
            // 不予公开文件36条: documents, not requests.
            || (self.object == Some(Cue::Kind) && self.distance == 0)
    }

    /// Letters and calls of the public.
    fn voices(&self) -> Option<Metric> {
        let shown = self.near.has(Cue::Publish) && !self.near.has(Cue::Receive);
        let published = shown || !self.can_count(Kind::Things);
        let asked =
            self.near.any(REQUESTS.with(OUTCOMES)) || matches!(self.behind, Some(Cue::Request | Cue::OnRequest));
        if published || asked || self.unit.is_none_or(|u| u.key == SINGLE && !self.near.any(WORK)) {
            return None;
        }
        let worked = self.near.any(WORK) || self.near.has(Cue::Hot);
        let goes_on = match self.before {
            Some(Metric::Letters) => Some(Cue::Letter),
            Some(Metric::Hotline) => Some(Cue::Hotline),
            _ => None,
        };
        let goes_on = goes_on.filter(|_| worked && self.object.is_none() && self.behind.is_none());
        let named = match self.near.among(VOICES) {
            near if near.has(Cue::Hotline) => Some(Cue::Hotline),
            near if near.has(Cue::Letter) => Some(Cue::Letter),
            _ if self.object.is_none() => self.behind.filter(|b| VOICES.has(*b)),
            _ => None,
        };
        match named.or(goes_on)? {
            Cue::Hotline => Some(Metric::Hotline),
            _ => Some(Metric::Letters),
        }
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
        // 全县共办理相关案件74件, in a paragraph about both.
        if named.is_empty() && results.is_empty() && self.object == Some(Cue::Case) {
            let both = self.sentence.has(Cue::Review) && self.sentence.has(Cue::Lawsuit);
            return Some(match self.dispute.filter(|_| !both) {
                Some(Cue::Review) => Metric::Reviews,
                Some(Cue::Lawsuit) => Metric::Lawsuits,
                _ => Metric::DisputesAll,
            });
        }
        let kind = if named.has(Cue::Lawsuit) || results.has(Cue::Lost) {
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
            () if results.has(Cue::Lost) => Some(Metric::LawsuitsCorrected),
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
        use Metric::{Answered, Concluded, Handled, Received};
        let bare = self.whole.is_none() && self.on_requests && !self.near.any(WORK);
        let received = bare || matches!(self.whole, Some(Received | Handled | Concluded | Answered));
        (received && self.near.with(self.post).has(Cue::Way) && !self.is_foreign()).then_some(Metric::Received)
    }

    fn documents(&self) -> Option<Metric> {
        let items = self.can_count(Kind::Items) && (self.sentence.has(Cue::Publish) || is_published(self.before));
        if !(self.can_count(Kind::Documents) || items) || self.object == Some(Cue::Foreign) {
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
        let shown =
            (self.near.has(Cue::Publish) || is_published(self.whole) || is_published(self.before)) && !named.is_empty();
        match () {
            () if (work.is_empty() || work == Cues::of(&[Cue::Issue]) && self.shown) && shown => {
                pick(Metric::NormativePublished, Metric::RegulationsPublished)
            }
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
        let published = (self.near.has(Cue::Publish) || is_published(self.before))
            && !self.near.any(Cues::of(&[Cue::Decide, Cue::Handle]));
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
        let gazette = self.near.has(Cue::Gazette) || (self.object.is_none() && self.post.has(Cue::Gazette));
        if gazette && self.unit.is_some_and(|u| u.key == ISSUE) {
            return Some(Metric::Gazettes);
        }
        match named {
            Some(Cue::Press) if times => Some(Metric::Conferences),
            Some(Cue::Interview) if times => Some(Metric::Interviews),
            Some(Cue::Hot) if times || self.can_count(Kind::Items) => Some(Metric::Responses),
            Some(Cue::Training) if times => Some(Metric::Trainings),
            Some(Cue::Meeting) if times && !self.near.has(Cue::Attend) => Some(Metric::Meetings),
            Some(Cue::Proposal) if self.can_count(Kind::Documents) && !self.near.has(Cue::Publish) => {
                Some(Metric::Proposals)
            }
            Some(Cue::Proposal)
                if self.can_count(Kind::Items)
                    && (self.near.has(Cue::Receive) || self.before == Some(Metric::Proposals)) =>
            {
                Some(Metric::Proposals)
            }
            None if self.whole == Some(Metric::Proposals) && self.can_count(Kind::Documents) => Some(Metric::Proposals),
            Some(Cue::Explain) if !self.near.has(Cue::Receive) => Some(Metric::Interpretations),
            _ => None,
        }
    }
}

pub(super) fn is_published(metric: Option<Metric>) -> bool {
    metric.is_some_and(|m| m.family() == Family::Published)
}

/// Outcomes that nothing else than requests has.
const OUTCOMES_ALONE: Cues = Cues::of(&[Cue::Grant, Cue::Partly, Cue::Deny, Cue::Unable, Cue::Reject]);

/// Requests that go from one year to the next.
const CARRIES: Cues = Cues::of(&[Cue::CarryIn, Cue::CarryOut, Cue::Carry]);

//! Sets of cues.

use crate::terms::statements::Cue;

/// A set of cues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u128);

impl Cues {
    pub(super) const NONE: Cues = Cues(0);

    pub(super) const fn of(cues: &[Cue]) -> Cues {
        let (mut bits, mut i) = (0, 0);
        while i < cues.len() {
            bits |= 1 << cues[i] as u8;
            i += 1;
        }
        Cues(bits)
    }

    pub(super) fn insert(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u8;
    }

    pub(super) fn remove(&mut self, cue: Cue) {
        self.0 &= !(1 << cue as u8);
    }

    pub(super) fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u8) != 0
    }

    pub(super) fn any(self, of: Cues) -> bool {
        self.0 & of.0 != 0
    }

    pub(super) const fn with(self, more: Cues) -> Cues {
        Cues(self.0 | more.0)
    }

    pub(super) fn among(self, of: Cues) -> Cues {
        Cues(self.0 & of.0)
    }

    pub(super) fn count(self) -> u32 {
        self.0.count_ones()
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a request came to.
pub(super) const OUTCOMES: Cues = Cues::of(&[
    Cue::Grant,
    Cue::Partly,
    Cue::Deny,
    Cue::Unable,
    Cue::NotHeld,
    Cue::Reject,
    Cue::Petition,
    Cue::OtherOutcome,
])
.with(ROWS);

/// Outcomes that are one row of the form.
pub(super) const ROWS: Cues = Cues::of(&[
    Cue::Secret,
    Cue::OtherLaw,
    Cue::Stability,
    Cue::ThirdParty,
    Cue::Internal,
    Cue::Process,
    Cue::EnforcementFile,
    Cue::Query,
    Cue::NotReady,
    Cue::Unclear,
    Cue::Repeat,
    Cue::Publication,
    Cue::Excessive,
    Cue::Reissue,
    Cue::NoCorrection,
    Cue::FeeUnpaid,
]);

/// Outcomes that are groups of rows.
pub(super) const GROUPS: Cues = Cues::of(&[Cue::Deny, Cue::Unable, Cue::Reject, Cue::OtherOutcome]);

/// Who asked.
pub(super) const APPLICANTS: Cues =
    Cues::of(&[Cue::Natural, Cue::Organisation, Cue::Business, Cue::Research, Cue::Nonprofit, Cue::LegalService]);

/// What a dispute came to.
pub(super) const RESULTS: Cues = Cues::of(&[Cue::Upheld, Cue::Corrected, Cue::OtherResult, Cue::Pending, Cue::Lost]);

/// Disputes of any kind.
pub(super) const DISPUTES: Cues = Cues::of(&[Cue::Review, Cue::Lawsuit, Cue::DirectSuit, Cue::AfterSuit]);

/// Where something is published.
pub(super) const CHANNELS: Cues =
    Cues::of(&[Cue::Website, Cue::WeChat, Cue::Weibo, Cue::NewMedia, Cue::ShortVideo, Cue::Gazette, Cue::Channel]);

/// Requests, by any word.
pub(super) const REQUESTS: Cues = Cues::of(&[Cue::Request, Cue::OnRequest, Cue::Apply]);

/// Whom it falls to ask, or what was done: with 申请 behind it, requests for information are meant.
pub(super) const ASKED: Cues = WORK.with(APPLICANTS);

/// What was done with requests.
pub(super) const WORK: Cues = Cues::of(&[Cue::Receive, Cue::Conclude, Cue::Answer, Cue::Handle]);

/// Things that a number may count; the last one before it is what it counts.
pub(super) const OBJECTS: Cues = Cues::of(&[
    Cue::Request,
    Cue::OnRequest,
    Cue::Apply,
    Cue::Review,
    Cue::Lawsuit,
    Cue::Info,
    Cue::Kind,
    Cue::Explain,
    Cue::Normative,
    Cue::Regulation,
    Cue::Licensing,
    Cue::Penalty,
    Cue::Coercion,
    Cue::Training,
    Cue::Trained,
    Cue::Meeting,
    Cue::Fee,
    Cue::Proposal,
    Cue::Press,
    Cue::Interview,
    Cue::Hotline,
    Cue::Letter,
    Cue::Hot,
    Cue::Case,
    Cue::Foreign,
]);

/// What the public wrote or called for.
pub(super) const VOICES: Cues = Cues::of(&[Cue::Hotline, Cue::Letter]);

/// Decisions of the organ.
pub(super) const DECISIONS: Cues = Cues::of(&[Cue::Licensing, Cue::Penalty, Cue::Coercion]);

/// Documents of the organ.
pub(super) const DOCUMENTS: Cues = Cues::of(&[Cue::Normative, Cue::Regulation]);

/// What was done with documents.
pub(super) const DOCUMENT_WORK: Cues = Cues::of(&[Cue::Issue, Cue::Repeal, Cue::InForce]);

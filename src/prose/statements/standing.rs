//! What a number is to the others: a part, a total, of which year.

use crate::report::{Period, Scope, Standing, Statement};
use crate::terms::statements::{Cue, Family, Kind, Metric, PER_CENT, UNITS};

use super::cues::Cues;
use super::figures::Figure;
use super::reader::Reader;

/// Kinds of applicants and outcomes: nothing else than parts of requests.
fn is_share_of_requests(metric: Metric) -> bool {
    use Metric::*;
    matches!(
        metric,
        NaturalPerson
            | Organisation
            | Business
            | Research
            | Nonprofit
            | LegalService
            | Granted
            | PartlyGranted
            | Denied
            | Unable
            | NotHeld
            | Rejected
            | RejectedPetition
            | OtherOutcome
            | DeniedSecret
            | DeniedLaw
            | DeniedStability
            | DeniedThirdParty
            | DeniedInternal
            | DeniedProcess
            | DeniedFile
            | DeniedQuery
            | UnableNotReady
            | UnableUnclear
            | RejectedRepeat
            | RejectedPublication
            | RejectedExcessive
            | RejectedReissue
            | OtherNoCorrection
            | OtherFeeUnpaid
    )
}

/// Statements of a sentence that are looked back at, at most: sentences do not grow, but texts may be hostile.
const LOOK_BACK: usize = 64;

impl Reader<'_> {
    /// The first statement of the sentence that is looked back at.
    fn recent(&self) -> usize {
        self.sentence.first.max(self.out.len().saturating_sub(LOOK_BACK)).min(self.out.len())
    }

    /// The count that a number is a part of.
    pub(super) fn part_of(&mut self, figure: Figure, metric: Option<Metric>) -> Option<usize> {
        let at = self.sentence.whole?;
        let whole = self.out.get(at)?;
        let pieces = |key: Option<&str>| UNITS.iter().any(|u| Some(u.key) == key && u.counts(Kind::Pieces));
        let shown =
            whole.metric.zip(metric).is_some_and(|(w, m)| [w, m].iter().all(|m| m.family() == Family::Published));
        let asked =
            whole.metric.zip(metric).is_some_and(|(w, m)| [w, m].iter().all(|m| m.family() == Family::Requests));
        let things = |key: Option<&str>| UNITS.iter().any(|u| Some(u.key) == key && u.counts(Kind::Things));
        let alike = (shown && pieces(figure.key()) && pieces(whole.unit))
            || (asked && things(figure.key()) && things(whole.unit));
        let same_unit = figure.key() == whole.unit || figure.unit.is_none() || alike;
        let fits = match (whole.metric, metric) {
            (Some(Metric::CarriedIn | Metric::Share | Metric::Rate), _) => false,
            (Some(w), Some(m)) => {
                let of_documents = matches!(w, Metric::NormativePublished | Metric::RegulationsPublished);
                let named = m == Metric::CarriedIn && self.clause.near.has(Cue::Part);
                let flows = matches!(m, Metric::CarriedIn | Metric::Handled) && w != Metric::Handled && !named;
                let handled = matches!(w, Metric::Received | Metric::Handled | Metric::Concluded | Metric::Answered);
                let same = w.family() == m.family() || (of_documents && m.family() == Family::Documents);
                same && !flows && (m != Metric::Received || handled)
            }
            _ => true,
        };
        let sure = !self.sentence.loose || metric.is_some_and(is_share_of_requests);
        if same_unit && fits && sure && whole.number >= figure.value {
            return Some(at);
        }
        if !figure.is(Kind::Percent) {
            self.sentence.whole = None;
        }
        None
    }

    /// Counts before a total that add up to it are its parts: 网站300条，微信100条，共400条.
    pub(super) fn gather(&mut self, position: usize, near: Cues) {
        let first = self.recent();
        let Some(total) = self.out.get(position).filter(|s| s.standing == Standing::Whole && near.has(Cue::Total))
        else {
            return;
        };
        let family = total.metric.map(Metric::family);
        if family != Some(Family::Published) {
            return;
        }
        let is_part = |s: &Statement| s.standing == Standing::Whole && s.metric.map(Metric::family) == family;
        let parts = || self.out[first..position].iter().filter(|s| is_part(s));
        let sum: f64 = parts().map(|s| s.number).sum();
        if parts().count() > 1 && sum == total.number {
            for part in self.out[first..position].iter_mut().filter(|s| is_part(s)) {
                part.standing = Standing::Part(Some(position));
                part.scope = Scope::Part;
            }
        }
    }

    /// A total of what was counted before it: 新收5件，连同上年结转的1件，共6件.
    pub(super) fn summed(&self, figure: Figure, near: Cues) -> Option<Metric> {
        if !near.has(Cue::Total) || self.clause.object.is_some() {
            return None;
        }
        let told = &self.out[self.recent()..];
        let of = |m: Metric| told.iter().rev().find(|s| s.metric == Some(m)).map(|s| s.number);
        if let (Some(received), Some(carried)) = (of(Metric::Received), of(Metric::CarriedIn)) {
            return (received + carried == figure.value).then_some(Metric::Handled);
        }
        let results: f64 =
            told.iter().filter(|s| s.metric.is_some_and(|m| m.family() == Family::Disputes)).map(|s| s.number).sum();
        if let Some(dispute) = self.sentence.dispute.filter(|_| self.on_disputes && results > 0.0) {
            let all = if dispute == Cue::Review { Metric::Reviews } else { Metric::Lawsuits };
            return (results == figure.value && self.out.len() > self.sentence.first).then_some(all);
        }
        let items =
            |s: &&Statement| s.metric.is_some_and(|m| m.family() == Family::Published) && s.unit == figure.key();
        let whole = |s: &&Statement| s.standing == Standing::Whole;
        let sum: f64 = told.iter().filter(items).filter(whole).map(|s| s.number).sum();
        (sum == figure.value && told.iter().filter(items).count() > 1).then_some(Metric::Published)
    }

    /// The last count of the sentence that is no part of another.
    pub(super) fn last_whole(&self) -> Option<usize> {
        let first = self.recent();
        let whole =
            |s: &Statement| matches!(s.standing, Standing::Whole | Standing::Narrow) && s.unit != Some(PER_CENT.key);
        self.out[first..].iter().rposition(whole).map(|i| first + i)
    }

    /// The last count of the sentence of which the next one may tell the parts: not what was carried from year to year.
    pub(super) fn last_counted(&self) -> Option<usize> {
        let first = self.recent();
        let counted = |s: &Statement| {
            let flows = matches!(s.metric, Some(Metric::CarriedIn | Metric::CarriedOut));
            s.standing == Standing::Whole && s.unit != Some(PER_CENT.key) && !flows && s.metric.is_some()
        };
        self.out[first..].iter().rposition(counted).map(|i| first + i)
    }

    /// 由上年的12件增加到18件: what the number before counts. It is no more of the last year.
    pub(super) fn risen_from(&mut self, figure: Figure) -> Option<Metric> {
        self.clause.last_year = false;
        let from = self.out.last().filter(|_| self.out.len() > self.sentence.first)?;
        from.metric.filter(|_| from.unit == figure.key())
    }

    /// Counts behind a total of what is published that add up to it are its parts.
    pub(super) fn divide(&mut self) {
        let first = self.recent();
        let told = &self.out[first..];
        let Some(at) = told.iter().position(|s| s.metric == Some(Metric::Published)) else { return };
        let total = &told[at];
        let is_part = |s: &Statement| {
            let fits = s.metric.is_none_or(|m| m.family() == Family::Published);
            fits && s.standing == Standing::Whole && s.unit == total.unit && s.qualifier.is_none()
        };
        let parts = told[at + 1..].iter().filter(|s| is_part(s));
        let (count, sum) = parts.fold((0, 0.0), |(n, sum), s| (n + 1, sum + s.number));
        if count < 2 || sum != total.number || total.standing != Standing::Whole {
            return;
        }
        let (whole, unit) = (first + at, total.unit);
        for s in &mut self.out[whole + 1..] {
            let fits = s.metric.is_none_or(|m| m.family() == Family::Published);
            if fits && s.standing == Standing::Whole && s.unit == unit && s.qualifier.is_none() {
                s.standing = Standing::Part(Some(whole));
                s.scope = Scope::Part;
                s.metric = s.metric.or(Some(Metric::PublishedOther));
            }
        }
    }

    /// By which way requests came is told of those received in the sentence.
    pub(super) fn ways(&mut self) {
        if self.sentence.whole.is_none() && self.clause.near.has(Cue::Way) && !self.clause.near.has(Cue::Receive) {
            let first = self.recent();
            let received = |s: &Statement| s.metric == Some(Metric::Received) && s.standing == Standing::Whole;
            self.sentence.whole = self.out[first..].iter().position(received).map(|i| first + i);
        }
    }

    /// Where requests were carried from or to, as a year beside the word tells.
    pub(super) fn carried(&self, post: Cues) -> i8 {
        if self.clause.last_year {
            return -1;
        }
        match self.clause.year.zip(self.setting.year) {
            Some((named, year)) if named < year => -1,
            Some((named, year)) if named > year => 1,
            _ => i8::from(self.clause.near.with(post).has(Cue::NextYear)),
        }
    }

    pub(super) fn last_year(&self) -> Period {
        self.setting.year.map_or(Period::Unclear, |y| Period::Year(y - 1))
    }

    pub(super) fn period(&self, metric: Option<Metric>) -> Period {
        let flows = matches!(metric, Some(Metric::CarriedIn | Metric::CarriedOut));
        if let Some(time) = self.sentence.sometime {
            time
        } else if (self.clause.last_year || self.sentence.last_year) && !flows && !self.clause.near.has(Cue::Compare) {
            self.last_year()
        } else {
            match self.sentence.year {
                Some(year) if !flows || Some(year) != self.setting.year.map(|y| y + 1) => Period::Year(year),
                _ => Period::Reported,
            }
        }
    }

    /// An office or department that speaks of a whole region.
    pub(super) fn is_other_scope(&self) -> bool {
        let wide = self.sentence.cues.has(Cue::Wide);
        wide && self.setting.kind.is_some_and(|k| k != "government")
    }
}

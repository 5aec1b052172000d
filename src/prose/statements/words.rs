//! Numbers that are said in words: nothing received, none in dispute, all by natural persons, all upheld.

use crate::terms::statements::{Cue, IS, Metric};

use super::cues::{APPLICANTS, Cues, DISPUTES, OUTCOMES};
use super::outcome::{applicant, outcome};
use super::tokens::{Token, What};

/// A number said in words: what it counts, and the first and last of the tokens that say so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    pub(super) metric: Metric,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// What the sentence is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    pub(super) on_requests: bool,
    pub(super) on_disputes: bool,
}

/// Characters between a negation and what it negates, at most.
const REACH: u32 = 14;

/// The same where a dispute is what is negated, with what it is about between them.
const REACH_OF_DISPUTES: u32 = 30;

/// Between a negation and a word that follows it at once.
const CLOSE: u32 = 2;

/// The cues of a clause with their positions among its tokens.
fn cues(clause: &[Token]) -> impl DoubleEndedIterator<Item = (usize, Cue)> {
    clause.iter().enumerate().filter_map(|(i, t)| match t.what {
        What::Cue(cue) => Some((i, cue)),
        _ => None,
    })
}

/// Whether reconsiderations and lawsuits are named together, as the form does.
fn both_disputes(clause: &[Token]) -> bool {
    [Cue::Review, Cue::Lawsuit].iter().all(|wanted| cues(clause).any(|(_, c)| c == *wanted))
}

/// What a clause without figures says to be nothing.
pub(super) fn zeros(clause: &[Token], topic: Topic, out: &mut Vec<Said>) {
    if let Some((at, _)) = cues(clause).find(|(_, c)| *c == Cue::NoFee) {
        out.push(Said { metric: Metric::Fees, first: at, last: at });
        return;
    }
    let Some((neg, word)) = cues(clause).find(|(_, c)| matches!(c, Cue::Neg | Cue::Zero)) else { return };
    if cues(&clause[..neg]).any(|(_, c)| matches!(c, Cue::Condition | Cue::Part | Cue::LastYear) && c != Cue::LastYear)
    {
        return;
    }
    let idle = |c: Cue| {
        matches!(c, Cue::Happen | Cue::Filler | Cue::Disclosure | Cue::ThisYear | Cue::All | Cue::Total | Cue::Neg)
    };
    let next = cues(&clause[neg + 1..]).map(|(i, c)| (i + neg + 1, c)).find(|(_, c)| !idle(*c));
    match next {
        // 零申请、零复议
        Some(_) if word == Cue::Zero => each_nil(clause, topic, out),
        Some((at, cue)) => {
            let reach = if DISPUTES.has(cue) { REACH_OF_DISPUTES } else { REACH };
            if clause[at].start.saturating_sub(clause[neg].end) <= reach {
                ahead(clause, neg, at, cue, topic, out);
            }
        }
        None => behind(clause, neg, topic, out),
    }
}

/// Each thing that has 零 right in front of it.
fn each_nil(clause: &[Token], topic: Topic, out: &mut Vec<Said>) {
    for (i, pair) in clause.windows(2).enumerate() {
        let (What::Cue(Cue::Zero), What::Cue(cue)) = (pair[0].what, pair[1].what) else { continue };
        let metric = match cue {
            Cue::Request | Cue::Apply => Metric::Received,
            Cue::Review if topic.on_disputes || clause.len() > 2 => Metric::Reviews,
            Cue::Lawsuit if topic.on_disputes || clause.len() > 2 => Metric::Lawsuits,
            _ => continue,
        };
        if pair[1].start == pair[0].end {
            out.push(Said { metric, first: i, last: i + 1 });
        }
    }
}

/// The negation stands in front of what there is none of.
fn ahead(clause: &[Token], neg: usize, at: usize, cue: Cue, topic: Topic, out: &mut Vec<Said>) {
    let close = clause[at].start.saturating_sub(clause[neg].end) <= CLOSE;
    let mut say = |metric, last| out.push(Said { metric, first: neg, last });
    let rest = || cues(&clause[at..]).map(move |(i, c)| (i + at, c));
    let find = |wanted: &[Cue]| rest().find(|(_, c)| wanted.contains(c));
    if let (Some(_), Some((last, _))) = (find(&[Cue::Charge]), find(&[Cue::Fee, Cue::Cost])) {
        say(Metric::Fees, last);
        return;
    }
    match cue {
        // 没有公民、法人或其他组织提出申请
        cue if APPLICANTS.has(cue) && find(&[Cue::Charge, Cue::Cost, Cue::Fee]).is_some() => {
            if let Some((last, _)) = find(&[Cue::Fee, Cue::Cost]) {
                say(Metric::Fees, last);
            }
        }
        cue if APPLICANTS.has(cue) => {
            let asked = find(&[Cue::Request, Cue::Apply]).filter(|_| find(&[Cue::Receive]).is_some());
            if let Some((last, _)) = asked.filter(|_| topic.on_requests && who(&clause[at..]).count() > 1) {
                say(Metric::Received, last);
            }
        }
        Cue::Receive | Cue::Request | Cue::Apply | Cue::OnRequest if close || cue == Cue::Request => {
            let foreign = find(&[Cue::Foreign, Cue::Proposal]).is_some();
            let disputes = rest().any(|(_, c)| DISPUTES.has(c));
            let lost = rest().any(|(_, c)| c == Cue::Lost);
            let named = disputes && (topic.on_disputes || rest().any(|(_, c)| c == Cue::Request));
            if named || lost {
                each_dispute(clause, at, neg, out);
            } else if let Some((last, _)) =
                find(&[Cue::Request, Cue::Apply, Cue::OnRequest]).filter(|_| !foreign && !disputes)
            {
                let sure = topic.on_requests && (cue != Cue::OnRequest);
                let outcomes = rest().any(|(_, c)| OUTCOMES.has(c) || c == Cue::Answer || c == Cue::Conclude);
                let who = who(&clause[..neg]);
                // Who asked for nothing: a kind of applicant, or all of them.
                let metric = if who.is_empty() || who.count() > 1 { Some(Metric::Received) } else { applicant(who) };
                let some = !who_behind(&clause[neg..]);
                if let Some(metric) = metric.filter(|_| sure && !outcomes && some) {
                    say(metric, last);
                }
            }
        }
        Cue::CarryIn => say(Metric::CarriedIn, at),
        Cue::CarryOut => say(Metric::CarriedOut, at),
        Cue::NextYear if find(&[Cue::Carry]).is_some() => say(Metric::CarriedOut, at + 1),
        Cue::Carry if cues(&clause[..neg]).any(|(_, c)| c == Cue::LastYear) => say(Metric::CarriedIn, at),
        Cue::Review | Cue::Lawsuit | Cue::Foreign if topic.on_disputes || both_disputes(&clause[at..]) => {
            each_dispute(clause, at, neg, out);
        }
        Cue::Charge | Cue::Fee if close || cue == Cue::Charge => {
            if let Some((last, _)) = find(&[Cue::Fee]).or_else(|| find(&[Cue::Cost]).filter(|_| cue == Cue::Charge)) {
                say(Metric::Fees, last);
            }
        }
        Cue::Issue | Cue::Repeal | Cue::Normative | Cue::Regulation if close => {
            let of = |wanted: [Cue; 2]| rest().filter(move |(_, c)| wanted.contains(c));
            for (work, done) in of([Cue::Issue, Cue::Repeal]) {
                for (kind, what) in of([Cue::Normative, Cue::Regulation]) {
                    let metric = match (done, what) {
                        (Cue::Issue, Cue::Normative) => Metric::NormativeIssued,
                        (Cue::Issue, _) => Metric::RegulationsIssued,
                        (_, Cue::Normative) => Metric::NormativeRepealed,
                        _ => Metric::RegulationsRepealed,
                    };
                    if !out.iter().any(|s| s.metric == metric) {
                        out.push(Said { metric, first: neg, last: work.max(kind) });
                    }
                }
            }
        }
        Cue::Cost => say(Metric::Fees, at),
        Cue::Lost => each_dispute(clause, at, neg, out),
        cue if close && OUTCOMES.has(cue) && topic.on_requests => {
            if let Some(metric) = outcome(Cues::of(&[cue]), false) {
                say(metric, at);
            }
        }
        _ => {}
    }
}

/// Each kind of dispute that stands behind a negation. Where a result of theirs is named, only that result is denied:
/// 未发生被纠错或败诉 says that none was corrected, and nothing of how many there were.
fn each_dispute(clause: &[Token], at: usize, neg: usize, out: &mut Vec<Said>) {
    let rest = || cues(&clause[at..]).map(move |(i, c)| (i + at, c));
    let other = rest()
        .any(|(_, c)| matches!(c, Cue::Upheld | Cue::OtherResult | Cue::Pending | Cue::DirectSuit | Cue::AfterSuit));
    if other {
        return;
    }
    let corrected = rest().rfind(|(_, c)| matches!(c, Cue::Corrected | Cue::Lost));
    if let Some((last, _)) = corrected.filter(|_| !rest().any(|(_, c)| DISPUTES.has(c))) {
        // 未发生行政败诉: lost are lawsuits.
        if rest().any(|(_, c)| c == Cue::Lost) {
            out.push(Said { metric: Metric::LawsuitsCorrected, first: neg, last });
        }
        return;
    }
    let metrics = match corrected {
        Some(_) => [(Cue::Review, Metric::ReviewsCorrected), (Cue::Lawsuit, Metric::LawsuitsCorrected)],
        None => [(Cue::Review, Metric::Reviews), (Cue::Lawsuit, Metric::Lawsuits)],
    };
    for (cue, metric) in metrics {
        if let Some((last, _)) = rest().find(|(_, c)| *c == cue) {
            out.push(Said { metric, first: neg, last: corrected.map_or(last, |(end, _)| end.max(last)) });
        }
    }
}

/// The negation ends the clause: 行政复议、行政诉讼均未发生, 申请数为零.
fn behind(clause: &[Token], neg: usize, topic: Topic, out: &mut Vec<Said>) {
    let before = || cues(&clause[..neg]);
    let object = before().rev().find(|(_, c)| !matches!(c, Cue::All | Cue::Happen | Cue::Filler | Cue::Total));
    let Some((at, cue)) = object else { return };
    if clause[neg].start.saturating_sub(clause[at].end) > 4 {
        return;
    }
    match cue {
        Cue::Review | Cue::Lawsuit if topic.on_disputes => {
            for (kind, metric) in [(Cue::Review, Metric::Reviews), (Cue::Lawsuit, Metric::Lawsuits)] {
                if let Some((first, _)) = before().find(|(_, c)| *c == kind) {
                    out.push(Said { metric, first, last: neg });
                }
            }
        }
        Cue::Request if topic.on_requests => out.push(Said { metric: Metric::Received, first: at, last: neg }),
        Cue::CarryIn => out.push(Said { metric: Metric::CarriedIn, first: at, last: neg }),
        Cue::CarryOut => out.push(Said { metric: Metric::CarriedOut, first: at, last: neg }),
        _ => {}
    }
}

/// Whether only some of the applicants are named: 未收到其他组织申请.
fn who_behind(clause: &[Token]) -> bool {
    who(clause).count() == 1
}

fn who(clause: &[Token]) -> Cues {
    let mut who = Cues::NONE;
    cues(clause).filter(|(_, c)| APPLICANTS.has(*c)).for_each(|(_, c)| who.insert(c));
    who
}

/// What a clause says of the one that was counted before it: 为自然人申请.
pub(super) fn one(clause: &[Token], chars: &[char], counted: Metric) -> Option<Said> {
    let (first, cue) = cues(clause).next()?;
    let is = (clause[first].start as usize).checked_sub(1).and_then(|i| chars.get(i)) == Some(&IS);
    match (counted, cue) {
        (Metric::Received, Cue::Way) if is => Some(Said { metric: Metric::Received, first, last: first }),
        (Metric::Received, cue) if is && APPLICANTS.has(cue) => {
            Some(Said { metric: applicant(Cues::of(&[cue]))?, first, last: first })
        }
        _ => None,
    }
}

/// What a clause says of all that was counted before it: by whom, or with which result.
pub(super) fn all(clause: &[Token], counted: Metric) -> Option<Said> {
    let (first, _) = cues(clause).find(|(_, c)| *c == Cue::All)?;
    if cues(clause).any(|(_, c)| matches!(c, Cue::Neg | Cue::Zero | Cue::Condition)) {
        return None;
    }
    let (last, cue) = cues(&clause[first + 1..]).map(|(i, c)| (i + first + 1, c)).find(|(_, c)| *c != Cue::Happen)?;
    if clause[last].start.saturating_sub(clause[first].end) > CLOSE {
        return None;
    }
    let metric = match (counted, cue) {
        (Metric::Received, cue) if APPLICANTS.has(cue) && who(&clause[first..]).count() == 1 => {
            applicant(Cues::of(&[cue]))?
        }
        (Metric::Received, Cue::Way) => Metric::Received,
        (Metric::Lawsuits, Cue::Upheld) if cues(clause).any(|(_, c)| c == Cue::Review) => return None,
        (Metric::Reviews, Cue::Upheld) => Metric::ReviewsUpheld,
        (Metric::Lawsuits, Cue::Upheld) => Metric::LawsuitsUpheld,
        _ => return None,
    };
    Some(Said { metric, first, last })
}

//! The reader: clause by clause through the tokens, with what a sentence and its paragraph have told so far.

use crate::report::{Period, Statement};
use crate::terms::Section;
use crate::terms::statements::{AND_OTHERS, Cue, Kind, Metric, YEAR_ENDS};

use super::cues::{ASKED, CHANNELS, Cues, DECISIONS, DOCUMENT_WORK, DOCUMENTS, GROUPS, OBJECTS, REQUESTS, WORK};
use super::figures::Figure;
use super::metric::Around;
use super::prose::Prose;
use super::state::{Clause, Sentence, Setting};
use super::tokens::{Stop, Token, What};
use super::words::Said;

pub(super) struct Reader<'a> {
    pub(super) prose: &'a Prose,
    pub(super) tokens: &'a [Token],
    pub(super) setting: Setting,
    pub(super) out: &'a mut Vec<Statement>,
    pub(super) clause: Clause,
    pub(super) sentence: Sentence,
    pub(super) on_requests: bool,
    pub(super) on_disputes: bool,
    /// Something else than requests has been counted since they were named last.
    pub(super) off_topic: bool,
    /// The last count of its own of the sentence before, in the same paragraph.
    pub(super) ended: Option<usize>,
    pub(super) said: Vec<Said>,
    /// What stood before the last number of the clause.
    pub(super) counted: (Cues, Option<Cue>),
    /// Statements before this one have their phrase.
    pub(super) phrased: usize,
    /// The character at which the phrase begins.
    pub(super) phrase: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(prose: &'a Prose, tokens: &'a [Token], setting: Setting, out: &'a mut Vec<Statement>) -> Self {
        let first = out.len();
        let mut reader = Reader {
            prose,
            tokens,
            setting,
            clause: Clause::default(),
            sentence: Sentence { first, ..Sentence::default() },
            on_requests: false,
            on_disputes: false,
            off_topic: false,
            ended: None,
            said: Vec::new(),
            counted: (Cues::NONE, None),
            phrased: first,
            phrase: 0,
            out,
        };
        reader.paragraph();
        reader
    }

    pub(super) fn read(mut self) {
        for (at, token) in self.tokens.iter().enumerate() {
            match token.what {
                What::Cue(cue) => self.cue(at, cue),
                What::Year(year) => self.year(at, year),
                What::Figure(figure) => self.figure(at, figure),
                What::Stop(stop) => self.stop(at, stop),
            }
        }
        let end = self.prose.chars.len();
        self.phrases(end);
    }

    /// A paragraph begins: what it is about is what its section is about.
    fn paragraph(&mut self) {
        self.on_requests = self.setting.section == Some(Section::Requests);
        self.on_disputes = self.setting.section == Some(Section::Disputes);
        self.off_topic = false;
    }

    /// Characters between a token and the one before it.
    /// Whether unknown words stand between what was named and the bracket that a number stands in.
    fn is_of_another(&self, at: usize) -> bool {
        let opened = self.previous(at) == Some(What::Stop(Stop::Open)) && self.gap(at) == 0;
        opened && at.checked_sub(1).is_some_and(|i| self.gap(i) >= 3)
    }

    pub(super) fn gap(&self, at: usize) -> u32 {
        let before = at.checked_sub(1).map_or(0, |i| self.tokens[i].end);
        self.tokens[at].start.saturating_sub(before)
    }

    pub(super) fn previous(&self, at: usize) -> Option<What> {
        at.checked_sub(1).map(|i| self.tokens[i].what)
    }

    fn cue(&mut self, at: usize, cue: Cue) {
        let cue = match cue {
            // 复核申请: words of another thing stand before it.
            Cue::Apply if self.gap(at) > 1 && !matches!(self.previous(at), None | Some(What::Stop(_))) => Cue::Foreign,
            Cue::Apply if self.gap(at) > 1 => Cue::Foreign,
            // 提案办理结果: what is published of them.
            Cue::Matter if self.previous(at) == Some(What::Cue(Cue::Proposal)) && self.gap(at) <= 1 => Cue::Kind,
            // 2022年结转
            Cue::Carry if self.gap(at) <= 1 && self.is_behind_last_year(at) => Cue::CarryIn,
            cue => cue,
        };
        let negation = at.checked_sub(1).is_some_and(|i| self.tokens[i].what == What::Cue(Cue::Neg));
        self.clause.negated = match cue {
            Cue::Filler | Cue::Happen => self.clause.negated,
            _ => negation && self.gap(at) <= 3,
        };
        if CHANNELS.has(cue) && self.gap(at) == 0 {
            // 政府网微信公众号: the account of the site.
            if let Some(What::Cue(before)) = self.previous(at)
                && CHANNELS.has(before)
                && !self.clause.renewed
            {
                self.clause.near.remove(before);
                self.sentence.far.remove(before);
            }
        }
        if CHANNELS.has(cue) {
            self.clause.renewed = self.clause.near.has(cue);
            self.clause.last_channel = Some(cue);
        }
        match cue {
            // 通知公告等栏目公开信息: where it is published, not what.
            Cue::Publish if self.clause.object == Some(Cue::Foreign) => self.clause.near.remove(Cue::Kind),
            Cue::Issue => {
                self.clause.shown = self.clause.near.has(Cue::Publish) && !self.clause.near.any(DOCUMENTS);
            }
            _ => {}
        }
        self.clause.near.insert(cue);
        self.sentence.far.insert(cue);
        self.sentence.cues.insert(cue);
        if cue == Cue::Publish {
            self.clause.published_end = self.tokens[at].end;
        }
        if OBJECTS.has(cue) {
            self.clause.object = Some(cue);
            self.clause.object_end = self.tokens[at].end;
        }
        let received = self.clause.near.has(Cue::Receive);
        let asked = |c: Cue| ASKED.has(c) || (c == Cue::Filler && received);
        let worked = self.previous(at).is_some_and(|p| matches!(p, What::Cue(c) if asked(c)));
        if cue == Cue::Apply && worked && !self.sentence.cues.any(DECISIONS) {
            self.on_requests = true;
            self.off_topic = false;
        }
        if GROUPS.has(cue) && self.stands_behind(at, AND_OTHERS) {
            self.clause.near.insert(Cue::AndOthers);
        }
        match cue {
            Cue::Request | Cue::OnRequest | Cue::Organisation | Cue::Matter | Cue::CarryIn | Cue::CarryOut => {
                self.on_requests = true;
                self.off_topic &= !matches!(cue, Cue::Request | Cue::OnRequest | Cue::Matter);
            }
            Cue::Normative | Cue::Regulation => self.sentence.document = Some(cue),
            Cue::NormativeWork => self.sentence.document = Some(Cue::Normative),
            Cue::Review | Cue::Lawsuit => self.sentence.dispute = Some(cue),
            Cue::DirectSuit | Cue::AfterSuit => self.sentence.dispute = Some(Cue::Lawsuit),
            Cue::LastYear => {
                self.clause.last_year = true;
                // What begins with the last year goes on with it.
                self.sentence.last_year |= self.out.len() == self.sentence.first;
            }
            Cue::ThisYear => {
                self.sentence.year = None;
                self.sentence.last_year = false;
                self.clause.last_year = false;
            }
            Cue::NextYear => self.sentence.year = self.setting.year.map(|y| y + 1),
            Cue::Cumulative if self.is_year_end(at) => self.sentence.until = true,
            Cue::Cumulative => self.sentence.sometime = Some(Period::Cumulative),
            Cue::Sometime => self.sentence.sometime = Some(Period::Part),
            Cue::Plan => self.sentence.sometime = Some(Period::Unclear),
            Cue::Running => {
                self.clause.near.insert(Cue::Total);
                self.sentence.far.insert(Cue::Total);
                self.sentence.cues.insert(Cue::Total);
                if self.sentence.until {
                    self.sentence.sometime = Some(Period::Cumulative);
                }
            }
            Cue::Own => self.sentence.own |= matches!(self.setting.kind, Some("government" | "office")),
            Cue::Office => self.sentence.own |= self.setting.kind == Some("government"),
            Cue::Part => {
                let first = self.out.len() == self.sentence.first && at == self.sentence.start;
                self.sentence.whole = if first { self.ended } else { self.last_whole() };
                self.sentence.of_before = first;
                self.sentence.loose = false;
            }
            Cue::Further => self.sentence.whole = None,
            _ => {}
        }
        let disclosed = self.sentence.cues.has(Cue::Disclosure) || self.sentence.cues.any(REQUESTS) || self.on_requests;
        if disclosed && matches!(cue, Cue::Review | Cue::Lawsuit) {
            self.on_disputes = true;
        }
    }

    /// Whether a stretch of time goes to the end of the year of the report: it is that year.
    fn is_year_end(&self, at: usize) -> bool {
        let end = self.tokens[at].end;
        let is_end = |from: u32| {
            let behind = self.prose.chars.get(from as usize..).unwrap_or(&[]);
            let ends = |end: &&str| end.chars().zip(behind).filter(|(a, b)| a == *b).count() == end.chars().count();
            YEAR_ENDS.iter().any(ends)
        };
        match self.tokens.get(at + 1).filter(|t| t.start == end).map(|t| (t.what, t.end)) {
            Some((What::Year(year), behind)) => Some(year) == self.setting.year && is_end(behind),
            _ => is_end(end),
        }
    }

    /// Whether an earlier year than that of the report stands before a token.
    fn is_behind_last_year(&self, at: usize) -> bool {
        let before = self.previous(at).zip(self.setting.year);
        before.is_some_and(|(what, year)| matches!(what, What::Year(y) if y < year))
    }

    /// Whether a character stands right before a token.
    fn stands_behind(&self, at: usize, c: char) -> bool {
        let before = (self.tokens[at].start as usize).checked_sub(1);
        before.and_then(|i| self.prose.chars.get(i)) == Some(&c)
    }

    /// Whether a percentage stands in a bracket right behind a count: 564件(47.36%).
    fn is_bracketed(&self, at: usize) -> bool {
        let opened = self.previous(at) == Some(What::Stop(Stop::Open)) && self.gap(at) == 0;
        opened && at.checked_sub(2).is_some_and(|i| matches!(self.tokens[i].what, What::Figure(_)))
    }

    fn year(&mut self, at: usize, year: i16) {
        self.clause.year = Some(year);
        // 2019年至2021年
        if matches!(self.previous(at), Some(What::Year(_))) && self.gap(at) == 1 {
            self.sentence.sometime = Some(Period::Cumulative);
        }
        self.sentence.last_year = false;
        let compared = self.previous(at) == Some(What::Cue(Cue::Compare)) && self.gap(at) <= 1;
        if compared {
            self.clause.last_year = true;
        } else if Some(year) == self.setting.year {
            self.sentence.year = None;
        } else if !self.clause.near.has(Cue::Carry) && !self.is_carry_ahead(at) {
            self.sentence.year = Some(year);
        }
    }

    /// 2020年结转: the year says where requests come from, not of which year the sentence speaks.
    fn is_carry_ahead(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        next.is_some_and(|t| {
            matches!(t.what, What::Cue(Cue::Carry | Cue::CarryIn | Cue::CarryOut)) && t.start - self.tokens[at].end <= 1
        })
    }

    fn stop(&mut self, at: usize, stop: Stop) {
        let place = self.tokens[at].start as usize;
        match stop {
            Stop::Pause => return,
            Stop::Open | Stop::Colon if matches!(self.previous(at), Some(What::Figure(_))) && self.gap(at) == 0 => {
                self.sentence.outside = self.sentence.whole;
                self.sentence.whole = self.out.len().checked_sub(1).filter(|i| *i >= self.sentence.first);
            }
            Stop::Colon if self.clause.has_figure && self.out.len() > self.sentence.first => {
                self.sentence.outside = self.sentence.whole;
                self.sentence.whole = self.out.len().checked_sub(1);
                self.sentence.listed = true;
            }
            Stop::Colon if self.previous(at) == Some(What::Cue(Cue::Part)) => self.sentence.listed = true,
            Stop::Open => self.sentence.outside = self.sentence.whole,
            Stop::Close => self.sentence.whole = self.sentence.outside.take(),
            _ => {}
        }
        self.say(at);
        self.phrases(place);
        self.phrase = place + 1;
        // A bracket is an aside: the clause goes on behind it.
        let clause = Clause { first: at + 1, ..Clause::default() };
        self.clause = match stop {
            Stop::Open | Stop::Close | Stop::Colon => {
                let Clause { near, object, last_channel, .. } = self.clause;
                Clause { near, object, last_channel, ..clause }
            }
            _ => clause,
        };
        if stop >= Stop::Clause {
            self.sentence.loose = !self.sentence.listed;
            self.sentence.narrow = false;
            self.sentence.done = Cues::NONE;
            self.sentence.before = None;
            self.sentence.last_year = false;
        }
        if stop >= Stop::Sentence {
            self.divide();
            self.ended = self.last_counted().or(self.ended).filter(|_| stop != Stop::Paragraph);
            self.sentence = Sentence { first: self.out.len(), start: at + 1, ..Sentence::default() };
        }
        if stop == Stop::Paragraph && self.begins_anew(at + 1) {
            self.paragraph();
        }
    }

    /// Whether the next paragraph begins with a number mark.
    fn begins_anew(&self, next: usize) -> bool {
        let at = self.tokens.get(next.wrapping_sub(1)).map_or(0, |t| t.end as usize);
        let head = self.prose.chars.get(at).copied().unwrap_or(' ');
        head == '(' || crate::terms::is_numeral(head)
    }

    /// The cues behind a number in its clause; none if another number takes them.
    fn behind(&self, at: usize) -> (Cues, Option<Cue>) {
        let (mut cues, mut object) = (Cues::NONE, None);
        for (i, token) in self.tokens[at + 1..].iter().enumerate() {
            match token.what {
                What::Cue(Cue::Apply) if self.gap(at + 1 + i) > 1 => {
                    cues.insert(Cue::Foreign);
                    object = object.or(Some(Cue::Foreign));
                }
                What::Cue(cue) => {
                    cues.insert(cue);
                    object = object.or(Some(cue).filter(|c| OBJECTS.has(*c)));
                }
                What::Figure(_) => return (Cues::NONE, None),
                What::Year(year) if self.setting.year.is_some_and(|y| y + 1 == year) => cues.insert(Cue::NextYear),
                What::Year(_) => {}
                What::Stop(_) => break,
            }
        }
        (cues, object)
    }

    fn figure(&mut self, at: usize, figure: Figure) {
        // 未发生一起: nothing at all, in words.
        if self.clause.negated && figure.value == 1.0 {
            return;
        }
        // 198期635条: two counts of the same.
        if self.gap(at) == 0 && matches!(self.previous(at), Some(What::Figure(_))) {
            (self.clause.near, self.clause.object) = self.counted;
        }
        self.counted = (self.clause.near, self.clause.object);
        let (post, behind) = self.behind(at);
        self.ways();
        let Clause { near, object, .. } = self.clause;
        // 收到32件申请: what is counted stands behind its number.
        let asked = matches!(behind, Some(Cue::Request | Cue::OnRequest | Cue::Apply));
        self.on_requests |= asked && object.is_none() && near.any(WORK) && !self.sentence.cues.any(DECISIONS);
        let whole = self.sentence.whole.and_then(|i| self.out.get(i)).and_then(|s| s.metric);
        let around = Around {
            unit: figure.unit,
            slight: figure.slight,
            near,
            far: self.sentence.far,
            post,
            object,
            distance: self.tokens[at].start.saturating_sub(self.clause.object_end),
            behind,
            sentence: self.sentence.cues,
            on_requests: self.on_requests,
            on_disputes: self.on_disputes,
            document: self.sentence.document,
            done: self.sentence.done,
            dispute: self.sentence.dispute,
            carried: self.carried(post),
            whole,
            before: self.sentence.before,
            of_unknown: self.sentence.whole.is_some() && whole.is_none(),
            off_topic: self.off_topic,
            bracketed: self.is_bracketed(at),
            last_channel: self.clause.last_channel,
            shown: self.clause.shown,
            unnamed: object.is_none()
                && self.clause.published_end > 0
                && self.tokens[at].start.saturating_sub(self.clause.published_end) > 3,
        };
        let risen = self.previous(at) == Some(What::Cue(Cue::Rise)) && self.gap(at) <= 1;
        let changed = near.has(Cue::Compare) && near.has(Cue::Rise) || risen || figure.is(Kind::Points);
        let grown = figure.is(Kind::Percent) && near.has(Cue::Rise);
        let rate = figure.is(Kind::Percent);
        let mixed = near.has(Cue::Respectively) || self.sentence.cues.has(Cue::Respectively);
        let barred = self.clause.negated || self.is_of_another(at) || changed || grown || (mixed && !rate);
        let metric = if barred { None } else { around.metric() };
        let metric = metric.or_else(|| if barred { None } else { self.summed(figure, near) });
        let metric = metric.or_else(|| if near.has(Cue::RiseTo) { self.risen_from(figure) } else { None });
        self.sentence.before = metric;
        let other_work = metric.is_some_and(|m| matches!(m, Metric::Letters | Metric::Hotline | Metric::Proposals));
        self.off_topic |= other_work || (metric.is_none() && object == Some(Cue::Foreign));
        if matches!(object, Some(Cue::Kind | Cue::Foreign)) {
            self.sentence.document = None;
        }
        self.push(at, figure, metric, post, changed || grown);
        let done = near.among(DOCUMENT_WORK);
        self.sentence.done = if done.is_empty() { self.sentence.done } else { done };
        self.clause.near = Cues::NONE;
        self.clause.object = None;
        self.clause.year = None;
        self.clause.negated = false;
        self.clause.has_figure = true;
        self.sentence.far = Cues::NONE;
    }
}

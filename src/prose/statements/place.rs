//! A number becomes a statement: what it is to the others, of which time, and whose work it counts.

use crate::document::Span;
use crate::report::{Period, Scope, Standing, Statement};
use crate::terms::statements::{Cue, Family, Kind, Metric};

use super::cues::Cues;
use super::figures::Figure;
use super::reader::Reader;
use super::tokens::What;

/// Characters of a clause that are kept before and behind a number.
const PHRASE: (usize, usize) = (100, 60);

/// Whether the tables count it as well, so that it matters whose work it is.
fn is_tabled(metric: Metric) -> bool {
    matches!(metric.family(), Family::Requests | Family::Disputes | Family::Documents)
}

/// Whether it counts requests or disputes, which an office and its government count apart.
fn is_asked(metric: Metric) -> bool {
    matches!(metric.family(), Family::Requests | Family::Disputes)
}

impl Reader<'_> {
    pub(super) fn push(&mut self, at: usize, figure: Figure, metric: Option<Metric>, post: Cues, changed: bool) {
        let near = self.clause.near;
        // Bare numbers count where the words name what, and 一 and 三 where they count something known.
        let bare = figure.unit.is_none() && !(metric.is_some() && self.is_named(at));
        if bare || (metric.is_none() && figure.slight && !changed) {
            return;
        }
        let position = self.out.len();
        let standing = if changed {
            Standing::Change
        } else if metric == Some(Metric::Share)
            || (figure.is(Kind::Percent) && metric.is_none() && near.has(Cue::Share))
        {
            Standing::Share(position.checked_sub(1).filter(|i| *i >= self.sentence.first))
        } else if let Some(whole) = self.part_of(figure, metric) {
            Standing::Part(Some(whole))
        } else if (metric.is_some_and(is_asked) && self.sentence.own)
            || (self.sentence.of_before && position == self.sentence.first && self.ended.is_none() && metric.is_some())
        {
            Standing::Part(None)
        } else if metric == Some(Metric::Received) && near.has(Cue::Way) && !near.has(Cue::Receive) {
            // By one way: a part of those received, wherever they are counted.
            Standing::Part(None)
        } else if metric.is_some_and(is_tabled) && self.is_narrow(near) {
            Standing::Narrow
        } else {
            Standing::Whole
        };
        let rising = post.has(Cue::RiseTo) || (near.has(Cue::Compare) && !changed && self.clause.last_year);
        let risen = near.has(Cue::RiseTo) && self.clause.year.is_none() && self.sentence.sometime.is_none();
        let period = if changed {
            self.period(Some(Metric::CarriedIn))
        } else if risen {
            Period::Reported
        } else if rising && self.clause.last_year {
            self.last_year()
        } else if rising {
            Period::Unclear
        } else {
            self.period(metric)
        };
        if let Standing::Part(Some(whole)) = standing
            && metric == Some(Metric::Received)
            && self.out.get(whole).is_some_and(|w| w.metric == Some(Metric::Received))
            && !near.has(Cue::Way)
        {
            self.sentence.narrow = true;
        }
        let token = self.tokens[at];
        let span = self.prose.span(figure.first as usize, (figure.behind as usize).max(figure.first as usize + 1));
        self.out.push(Statement {
            section: self.setting.section,
            phrase: self.prose.span(token.start as usize, token.end as usize),
            span,
            number: figure.value,
            decimals: figure.decimals,
            notation: figure.notation,
            qualifier: figure.qualifier,
            unit: figure.key(),
            metric,
            period,
            standing,
            scope: self.scope(standing),
        });
        self.gather(position, near);
    }

    /// Whether only some of the organs that the report is about are counted.
    fn is_narrow(&self, near: Cues) -> bool {
        let bureau = near.has(Cue::Bureau) && self.setting.kind == Some("government");
        near.has(Cue::Narrow) || bureau || self.sentence.narrow || self.is_other_scope()
    }

    /// Whose work is counted.
    pub(super) fn scope(&self, standing: Standing) -> Scope {
        let told = self.sentence.cues.any(Cues::of(&[Cue::Wide, Cue::Narrow, Cue::Own, Cue::Bureau]));
        match standing {
            Standing::Part(None) if self.sentence.own => Scope::Own,
            Standing::Part(_) => Scope::Part,
            Standing::Narrow => Scope::Other,
            // Whether the report is about a region or an office is not known, and the sentence names one of them.
            _ if self.setting.kind.is_none() && told => Scope::Open,
            _ => Scope::Issuer,
        }
    }

    /// Whether a bare number stands right behind what it counts, or behind 为, 是, 共.
    fn is_named(&self, at: usize) -> bool {
        self.gap(at) <= 2 && matches!(self.previous(at), Some(What::Cue(_)))
    }

    /// Gives the statements of the clause that ends here their phrase.
    pub(super) fn phrases(&mut self, end: usize) {
        for at in self.phrased..self.out.len() {
            let phrase = self.out[at].phrase;
            let first = self.prose.starts.partition_point(|s| *s < phrase.start);
            let last = self.prose.ends.partition_point(|e| *e < phrase.end) + 1;
            let from = self.phrase.max(first.saturating_sub(PHRASE.0)).min(first);
            let to = end.min(last + PHRASE.1).max(last);
            let whole = self.prose.span(from, to);
            self.out[at].phrase = Span { start: whole.start.min(phrase.start), end: whole.end.max(phrase.end) };
        }
        self.phrased = self.out.len();
    }
}

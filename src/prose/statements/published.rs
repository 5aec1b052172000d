//! What of information was published, and where.

use crate::terms::statements::{Cue, Kind, Metric, PIECE, SINGLE, TIMES};

use super::cues::{APPLICANTS, CHANNELS, Cues, DISPUTES, REQUESTS, WORK};
use super::metric::{Around, is_published};

/// What is one kind of what can be published.
const KINDS: Cues =
    Cues::of(&[Cue::Kind, Cue::Normative, Cue::Regulation, Cue::Licensing, Cue::Penalty, Cue::Coercion]);

fn channel(cues: Cues) -> Option<Metric> {
    match () {
        () if cues.has(Cue::WeChat) => Some(Metric::WeChat),
        () if cues.has(Cue::Weibo) => Some(Metric::Weibo),
        () if cues.has(Cue::Website) => Some(Metric::Website),
        () if cues.has(Cue::NewMedia) => Some(Metric::NewMedia),
        () if cues.has(Cue::ShortVideo) => Some(Metric::ShortVideo),
        () => Some(Metric::PublishedOther),
    }
}

impl Around {
    pub(super) fn published(&self) -> Option<Metric> {
        let within = is_published(self.whole);
        let clips = self.near.has(Cue::ShortVideo) && self.unit.is_some_and(|u| u.key == SINGLE);
        let items = self.can_count(Kind::Items) || clips;
        let named = self.object.or(self.behind);
        // 新增公开, 提案办理结果: work on what is published is no other work.
        let listed = within || is_published(self.before) || self.near.has(Cue::Publish);
        let of_items = listed && matches!(named, Some(Cue::Info | Cue::Kind));
        let work = match () {
            () if of_items && is_published(self.before) => Cues::NONE,
            () if of_items => Cues::of(&[Cue::Receive, Cue::Conclude, Cue::Answer]),
            () => WORK,
        };
        let taken = self.near.any(work.with(REQUESTS).with(DISPUTES)) || self.near.any(APPLICANTS);
        if !items
            || taken
            || self.slight
            || (self.object.is_none() && self.unit.is_some_and(|u| u.key == TIMES))
            || (named == Some(Cue::Proposal) && !(within && self.unit.is_some_and(|u| u.key == PIECE)))
            || matches!(
                named,
                Some(Cue::Foreign | Cue::Fee | Cue::Training | Cue::Meeting | Cue::Press | Cue::Interview | Cue::Case)
            )
        {
            return None;
        }
        let said = self.near.has(Cue::Publish)
            || (self.near.has(Cue::Disclosure) && self.unit.is_some_and(|u| u.counts(Kind::Pieces)));
        let near = self.near.among(CHANNELS);
        let channels = if near.is_empty() { self.far.among(CHANNELS) } else { near };
        // A channel named at the beginning of the sentence, unless a total is told.
        let summed = self.near.has(Cue::Total) || self.near.has(Cue::ThisYear) || within;
        let named_before = self.sentence.among(CHANNELS);
        let channels =
            if channels.is_empty() && !summed && named_before.count() == 1 { named_before } else { channels };
        let pieces = self.unit.is_some_and(|u| u.key == PIECE);
        let other = self.near.any(Cues::of(&[Cue::Total, Cue::Compare, Cue::Rise, Cue::RiseTo]));
        let goes_on =
            is_published(self.before) && (named.is_some_and(|n| KINDS.has(n)) || named.is_none() && pieces && !other);
        let published = self.sentence.has(Cue::Publish);
        let shown = !channels.is_empty()
            && self.unit.is_some_and(|u| clips || u.counts(Kind::Pieces) || u.counts(Kind::Documents));
        let policy = self.near.has(Cue::Policy);
        let spoken = said || within || (published && (shown || named == Some(Cue::Info) || goes_on || policy));
        if !spoken {
            return None;
        }
        // 财政信息 is one kind of information.
        let of_kind = named != Some(Cue::Info) && named.is_some_and(|n| KINDS.has(n)) || self.near.any(KINDS);
        let policy = self.near.has(Cue::Policy) || (self.object.is_none() && self.post.has(Cue::Policy));
        let listed = within || goes_on && !self.near.has(Cue::Publish);
        let one_kind = listed && self.unit.is_some_and(|u| u.counts(Kind::Pieces));
        if policy && !one_kind && named != Some(Cue::Info) {
            return Some(Metric::PolicyDocuments);
        }
        // What goes on after a count of one channel is of that channel.
        let same = channels.count() == 1 && self.before.is_some() && self.before == channel(channels);
        match channels.count() {
            1 if (said || same) && !within => channel(channels),
            _ if of_kind => Some(Metric::PublishedOther),
            0 if goes_on && !said && named.is_none() => Some(Metric::PublishedOther),
            0 if self.unnamed && pieces => Some(Metric::PublishedOther),
            0 if within || self.of_unknown || !said => Some(Metric::PublishedOther),
            0 => Some(Metric::Published),
            1 => channel(channels),
            2 if channels == Cues::of(&[Cue::WeChat, Cue::Weibo]) => Some(Metric::NewMedia),
            _ if channels.has(Cue::NewMedia) && !channels.has(Cue::Website) => {
                // 新媒体方面：微信公众号: the last one named, unless they are summed up: 微信、微博等新媒体.
                Some(channel(Cues::of(&[self.last_channel.unwrap_or(Cue::NewMedia)])).unwrap_or(Metric::NewMedia))
            }
            _ => Some(Metric::Published),
        }
    }
}

//! How much of the prose of a section stands in other reports: of the same issuer's earlier years, of other issuers.
//!
//! The sketches of all reports make one sorted index from shingles to reports. A shingle that many issuers write is
//! what everybody writes, and does not count; so a report meets few others through the index, and the work grows with
//! the number of reports.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::identity::{Certainty, Life};
use super::sketch::level_of;
use super::{Sketch, Summary};
use crate::terms::Section;

/// Shingles of its own that a section must have for a share to be told.
pub const OWN_WORDS: usize = 24;

/// A shingle that more issuers write than this share of all counts for nothing, but never with fewer than 5 of them,
/// and always with more than 64.
pub const WELL_KNOWN: f64 = 0.02;
const WELL_KNOWN_RANGE: (usize, usize) = (4, 64);

/// Reports in which a shingle may stand, whoever wrote them: an issuer may have published one text a thousand times.
const MOST_REPORTS: usize = 768;

/// The least share for which a report is named.
const NAMED: f64 = 0.2;

/// How much of the prose of a section stands elsewhere. Shares are of the shingles that are not everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Copied {
    /// The largest share that stands in one other report, not later than this one.
    pub share: f64,
    /// That report, by its position, where it has a fifth or more.
    pub from: Option<usize>,
    /// The share that stands in the same issuer's report of the year before.
    pub last_year: Option<f64>,
    /// The largest share that stands in a report of another issuer.
    pub other_issuer: Option<f64>,
}

/// Who wrote a report, as the index knows it.
#[derive(Debug, Clone, Copy)]
struct Author {
    /// Number of the issuer; reports of unknown issuers have each their own.
    issuer: u32,
    is_known: bool,
    year: Option<i16>,
    /// The report of the year before.
    before: Option<u32>,
}

/// Works on items in the pool that the caller runs in, or one by one: the global pool would hang a forked process.
pub(super) fn spread<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if rayon::current_thread_index().is_some() {
        items.par_iter().map(work).collect()
    } else {
        items.iter().map(work).collect()
    }
}

fn authors(summaries: &[Summary], lives: &[Life]) -> Vec<Author> {
    let mut authors: Vec<Author> = (summaries.iter().zip(lives.len() as u32..))
        .map(|(s, own)| Author { issuer: own, is_known: false, year: s.year, before: None })
        .collect();
    for (life, number) in lives.iter().zip(0..) {
        for report in life.years.iter().flat_map(|y| &y.reports) {
            authors[*report].issuer = number;
            authors[*report].is_known = life.certainty != Certainty::Open && life.is_sound();
        }
        if life.is_sound() {
            for (before, after) in life.steps() {
                authors[after].before = Some(before as u32);
            }
        }
    }
    authors
}

/// Finds for each report and section where else its prose stands.
pub(super) fn compare(summaries: &[Summary], lives: &[Life], out: &mut [[Option<Copied>; 6]]) {
    let authors = authors(summaries, lives);
    let issuers = authors.iter().filter(|a| !a.is_known).count() + lives.len();
    let limit = ((issuers as f64 * WELL_KNOWN) as usize).clamp(WELL_KNOWN_RANGE.0, WELL_KNOWN_RANGE.1);
    let reports = with_sources(&authors);
    for section in 0..Section::ALL.len() {
        let index = Index::of(summaries, &authors, section, limit);
        let found = spread(&reports, |i| index.best(summaries, &authors, section, *i));
        for (report, copied) in reports.iter().zip(found) {
            if let Some(slot) = out[*report].get_mut(section) {
                *slot = copied;
            }
        }
    }
}

/// The reports with which another one, not a later one and not the same again, can be compared.
fn with_sources(authors: &[Author]) -> Vec<usize> {
    let mut of_issuer: FxHashMap<(u32, i16), usize> = FxHashMap::default();
    let mut years: Vec<i16> = Vec::new();
    for author in authors {
        if let Some(year) = author.year {
            *of_issuer.entry((author.issuer, year)).or_default() += 1;
            years.push(year);
        }
    }
    years.sort_unstable();
    let has_source = |author: &Author| {
        let year = author.year?;
        let earlier = years.partition_point(|y| *y <= year);
        Some(earlier > of_issuer.get(&(author.issuer, year)).copied().unwrap_or(0))
    };
    (0..authors.len()).filter(|i| has_source(&authors[*i]) == Some(true)).collect()
}

/// From shingles to the reports that have them.
struct Index {
    /// Shingle and report, sorted.
    entries: Vec<u64>,
    /// The shingles that count, in order, with the range of their entries.
    own: FxHashMap<u32, (u32, u32)>,
    /// Shingles that everybody writes.
    common: rustc_hash::FxHashSet<u32>,
}

fn shingle(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn report(entry: u64) -> usize {
    (entry & u64::from(u32::MAX)) as usize
}

impl Index {
    fn of(summaries: &[Summary], authors: &[Author], section: usize, limit: usize) -> Index {
        let mut entries: Vec<u64> = Vec::new();
        for (i, summary) in summaries.iter().enumerate() {
            let hashes = summary.prose[section].iter().flat_map(|s| s.hashes());
            entries.extend(hashes.map(|h| u64::from(*h) << 32 | i as u64));
        }
        if rayon::current_thread_index().is_some() {
            entries.par_sort_unstable();
        } else {
            entries.sort_unstable();
        }
        let mut own = FxHashMap::default();
        let mut common = rustc_hash::FxHashSet::default();
        let mut start = 0;
        let mut seen = Vec::new();
        for group in entries.chunk_by(|a, b| shingle(*a) == shingle(*b)) {
            let hash = shingle(group[0]);
            let range = (start as u32, (start + group.len()) as u32);
            start += group.len();
            // What stands in one report only needs no entry.
            if group.len() == 1 {
                continue;
            }
            seen.clear();
            seen.extend(group.iter().take(MOST_REPORTS + 1).map(|e| authors[report(*e)].issuer));
            seen.sort_unstable();
            seen.dedup();
            if group.len() > MOST_REPORTS || seen.len() > limit {
                common.insert(hash);
            } else {
                own.insert(hash, range);
            }
        }
        Index { entries, own, common }
    }

    /// Where the prose of a report's section stands elsewhere; none where it has too little of its own.
    fn best(&self, summaries: &[Summary], authors: &[Author], section: usize, i: usize) -> Option<Copied> {
        let sketch = summaries[i].prose[section].as_ref()?;
        let me = authors[i];
        // How many shingles of its own it has at each level and above.
        let mut own = [0usize; 17];
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for hash in sketch.hashes() {
            if self.common.contains(hash) {
                continue;
            }
            own[level_of(*hash)] += 1;
            let Some((from, to)) = self.own.get(hash) else { continue };
            for entry in &self.entries[*from as usize..*to as usize] {
                let other = report(*entry);
                if is_source(summaries, authors, i, other) {
                    *shared.entry(other as u32).or_default() += 1;
                }
            }
        }
        for level in (0..16).rev() {
            own[level] += own[level + 1];
        }
        if own[0] < OWN_WORDS {
            return None;
        }
        let share = |other: usize, count: u32| {
            // Two sketches are comparable at the coarser of their levels.
            let level = summaries[other].prose[section].as_ref().map_or(0, Sketch::level).max(sketch.level());
            let all = own[usize::from(level).min(16)];
            (all >= OWN_WORDS).then(|| f64::from(count) / all as f64)
        };
        let mut copied = Copied::default();
        let mut best: Option<(f64, usize)> = None;
        for (other, count) in shared {
            let other = other as usize;
            let Some(part) = share(other, count) else { continue };
            if me.is_known && authors[other].is_known && authors[other].issuer != me.issuer {
                copied.other_issuer = Some(copied.other_issuer.map_or(part, |o| o.max(part)));
            }
            if me.before == Some(other as u32) {
                copied.last_year = Some(part);
            }
            if best.is_none_or(|(known, at)| part > known || part == known && leads(summaries, authors, me, other, at))
            {
                best = Some((part, other));
            }
        }
        if copied.last_year.is_none() && me.before.is_some_and(|b| share(b as usize, 0).is_some()) {
            // The year before has prose of its own, and nothing of it.
            let has_prose = me.before.is_some_and(|b| summaries[b as usize].prose[section].is_some());
            copied.last_year = has_prose.then_some(0.0);
        }
        if let Some((part, other)) = best {
            copied.share = part;
            copied.from = (part >= NAMED).then_some(other);
        }
        Some(copied)
    }
}

/// Whether a report may be where another one's prose comes from: not later, not the same report again.
fn is_source(summaries: &[Summary], authors: &[Author], i: usize, other: usize) -> bool {
    let (me, it) = (authors[i], authors[other]);
    let Some((mine, its)) = me.year.zip(it.year) else { return false };
    let same = summaries[i].content == summaries[other].content || me.issuer == it.issuer && mine == its;
    i != other && !same && its <= mine
}

/// Of two reports with an equal share the own one leads, then the later one, then the one with the smaller hash.
fn leads(summaries: &[Summary], authors: &[Author], me: Author, one: usize, two: usize) -> bool {
    let rank = |i: usize| {
        let a = authors[i];
        (a.issuer != me.issuer, std::cmp::Reverse(a.year), summaries[i].content, &summaries[i].path)
    };
    rank(one) < rank(two)
}

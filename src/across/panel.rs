//! The reports of a corpus as a panel: one place per issuer and year, and how many there should be.

use std::collections::{BTreeMap, BTreeSet};

use super::Summary;
use super::identity::{Certainty, lives};

/// Why a place of the panel has no figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The issuer has earlier and later reports, and none of this year.
    NoReport,
    /// The report does not tell its issuer.
    NoIssuer,
    /// The report does not tell its year.
    NoYear,
    /// The name fits several issuers: several divisions, or two reports of one year with different figures.
    AmbiguousIssuer,
}

impl Gap {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Gap::NoReport => "no_report",
            Gap::NoIssuer => "no_issuer",
            Gap::NoYear => "no_year",
            Gap::AmbiguousIssuer => "ambiguous_issuer",
        }
    }
}

/// A place of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// A report of the issuer, of whatever year, that tells who it is.
    pub issuer: usize,
    /// The year.
    pub year: Option<i16>,
    /// The report that counts.
    pub report: Option<usize>,
    /// How many reports there are.
    pub found: usize,
    /// Why there are no figures.
    pub gap: Option<Gap>,
}

/// The places of the panel: issuers in the order of their keys, years from the first to the last that the issuer has;
/// behind them the reports that have no place, so that the reports found add up to those of the corpus.
///
/// ```
/// assert!(gxbg::across::panel(&[]).is_empty());
/// ```
pub fn panel(summaries: &[Summary]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut placed = vec![false; summaries.len()];
    for life in lives(summaries) {
        let mut next: Option<i16> = None;
        for year in &life.years {
            let issuer = year.chosen();
            year.reports.iter().for_each(|r| placed[*r] = true);
            let missing = next.map_or(0..0, |n| n..year.year);
            let empty = |y| Place { issuer, year: Some(y), report: None, found: 0, gap: Some(Gap::NoReport) };
            places.extend(missing.map(empty));
            places.push(Place {
                issuer,
                year: Some(year.year),
                report: Some(issuer),
                found: year.reports.len(),
                gap: (!life.is_sound()).then_some(Gap::AmbiguousIssuer),
            });
            next = year.year.checked_add(1);
        }
    }
    let gap = |s: &Summary| match (s.year, s.identity.certainty) {
        (None, _) => Gap::NoYear,
        (_, Certainty::Open) if !s.identity.key.is_empty() => Gap::AmbiguousIssuer,
        _ => Gap::NoIssuer,
    };
    let open = summaries.iter().enumerate().filter(|(i, _)| !placed[*i]);
    places.extend(open.map(|(i, s)| Place { issuer: i, year: s.year, report: Some(i), found: 1, gap: Some(gap(s)) }));
    places
}

/// How many issuers of a division have a report of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The division; none for issuers whose division is not known.
    pub division: Option<String>,
    /// The year; none for reports that do not tell it.
    pub year: Option<i16>,
    /// Issuers that have a report of any year of the corpus.
    pub expected: usize,
    /// Issuers that have a report of the year.
    pub found: usize,
    /// Reports of the year, several of one issuer counted each.
    pub reports: usize,
}

/// The coverage by division and year. Divisions are cut to `digits` of their code (2 provinces, 4 prefectures, 6
/// counties, 9 towns), issuers above that stand at their own; years are those of which the corpus has any report.
pub fn coverage(summaries: &[Summary], digits: usize) -> Vec<Coverage> {
    let lives = lives(summaries);
    let years: BTreeSet<i16> = lives.iter().flat_map(|l| l.years.iter().map(|y| y.year)).collect();
    let mut expected: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut found: BTreeMap<(Option<String>, i16), (usize, usize)> = BTreeMap::new();
    let mut placed = 0;
    for life in &lives {
        let code = summaries[life.years[0].chosen()].identity.division.as_deref();
        let division = code.map(|c| c.get(..digits).unwrap_or(c).to_owned());
        *expected.entry(division.clone()).or_default() += 1;
        for year in &life.years {
            let entry = found.entry((division.clone(), year.year)).or_default();
            entry.0 += 1;
            entry.1 += year.reports.len();
            placed += year.reports.len();
        }
    }
    let mut rows = Vec::new();
    for (division, expected) in expected {
        for year in &years {
            let (found, reports) = found.get(&(division.clone(), *year)).copied().unwrap_or_default();
            rows.push(Coverage { division: division.clone(), year: Some(*year), expected, found, reports });
        }
    }
    if placed < summaries.len() {
        let reports = summaries.len() - placed;
        rows.push(Coverage { division: None, year: None, expected: 0, found: 0, reports });
    }
    rows
}

//! Who is the same issuer, and the reports of an issuer year by year.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Summary;
use super::repeats::{Likeness, likeness};
use crate::report::{Masthead, Open};

/// How sure it is that two reports with the same key are of the same issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The division is resolved: name and code are the issuer.
    Resolved,
    /// Only the full name is known: it links as long as nothing speaks against it.
    Named,
    /// No name, or one that several divisions have: it links nothing.
    Open,
}

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Division code and name, or the name alone; empty where it is open.
    pub key: Box<str>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The division code, without the zeros that only fill it up.
    pub division: Option<Box<str>>,
    /// Whether it is a government as a whole, not one of its organs.
    pub is_government: bool,
}

impl Identity {
    /// The issuer that a masthead names, by the division that stands today. A name that several divisions bear, or whose
    /// division is contradicted, is open; one of a place that no list knows is known by name alone.
    pub fn of(masthead: &Masthead) -> Identity {
        let found = &masthead.identity;
        let code = found.successor.or(found.division.map(|d| d.code)).map(|c| c.to_string());
        let unsettled = code.is_none() && matches!(found.open, Some(Open::Ambiguous | Open::Contradicted));
        let name = masthead.issuer.as_deref().filter(|_| !unsettled);
        let is_government = masthead.kind == Some("government");
        let mut identity = Identity::known(name, code.as_deref(), is_government);
        if let (Some("government_wide"), false, false) = (found.scope, is_government, identity.key.is_empty()) {
            // An office that also reports for its government is another reporter than for itself.
            identity.key = format!("{} (government_wide)", identity.key).into();
        }
        identity
    }

    /// An issuer by its full name and, where it is resolved, its division code.
    ///
    /// ```
    /// use gxbg::across::{Certainty, Identity};
    /// let town = Identity::known(Some("章古台镇人民政府"), Some("210922102000"), true);
    /// assert_eq!(town.division.as_deref(), Some("210922102"));
    /// assert_eq!(Identity::known(Some("康庄镇人民政府"), None, true).certainty, Certainty::Named);
    /// ```
    pub fn known(name: Option<&str>, code: Option<&str>, is_government: bool) -> Identity {
        let division = code.map(|c| significant(c).into());
        let (key, certainty) = match (name, code) {
            (Some(name), Some(code)) => (format!("{} {name}", significant(code)), Certainty::Resolved),
            (Some(name), None) => (name.to_owned(), Certainty::Named),
            (None, _) => (String::new(), Certainty::Open),
        };
        Identity { key: key.into(), certainty, division, is_government }
    }
}

/// A division code without the zeros that only fill it up: 2, 4, 6, 9 or 12 digits name a division.
fn significant(code: &str) -> &str {
    let ends = [12, 9, 6, 4, 2].into_iter().filter(|end| *end <= code.len());
    let mut kept = code;
    for (end, start) in ends.zip([9, 6, 4, 2, 0].into_iter().skip_while(|s| *s >= code.len())) {
        match code.get(start..end) {
            Some(level) if level.bytes().all(|b| b == b'0') => kept = &code[..start],
            _ => break,
        }
    }
    kept
}

/// The reports of an issuer on one year.
#[derive(Debug)]
pub(super) struct Year {
    pub(super) year: i16,
    /// The one that counts, then the others.
    pub(super) reports: Vec<usize>,
}

impl Year {
    /// The report that counts.
    pub(super) fn chosen(&self) -> usize {
        self.reports[0]
    }
}

/// The reports of one issuer.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) certainty: Certainty,
    /// The years in which there is a report, in order.
    pub(super) years: Vec<Year>,
    /// Whether two reports of one year differ of which only the name says that they have one issuer.
    pub(super) disputed: bool,
}

impl Life {
    /// Whether its years may be compared.
    pub(super) fn is_sound(&self) -> bool {
        !self.disputed
    }

    /// Each report that counts with that of the year before.
    pub(super) fn steps(&self) -> impl Iterator<Item = (usize, usize)> {
        let next =
            |w: &[Year]| (i32::from(w[0].year) + 1 == i32::from(w[1].year)).then(|| (w[0].chosen(), w[1].chosen()));
        self.years.windows(2).filter_map(next)
    }
}

/// The issuers with their reports, in the order of their keys; reports without year or issuer belong to none.
pub(super) fn lives(summaries: &[Summary]) -> Vec<Life> {
    let mut by_key: FxHashMap<&str, Vec<(i16, usize)>> = FxHashMap::default();
    for (i, s) in summaries.iter().enumerate() {
        if let (Some(year), false) = (s.year, s.identity.certainty == Certainty::Open) {
            by_key.entry(&s.identity.key).or_default().push((year, i));
        }
    }
    let mut sorted: Vec<_> = by_key.into_iter().collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    sorted.into_iter().map(|(_, reports)| life(summaries, reports)).collect()
}

fn life(summaries: &[Summary], mut reports: Vec<(i16, usize)>) -> Life {
    reports.sort_by_cached_key(|(year, i)| {
        let s = &summaries[*i];
        (*year, Reverse(s.figures.known()), Reverse(s.published_on), s.content, s.path.clone())
    });
    let mut years: Vec<Year> = Vec::new();
    for (year, i) in &reports {
        match years.last_mut() {
            Some(last) if last.year == *year => last.reports.push(*i),
            _ => years.push(Year { year: *year, reports: vec![*i] }),
        }
    }
    let certainty = reports.first().map_or(Certainty::Open, |(_, i)| summaries[*i].identity.certainty);
    let differs = |y: &Year| {
        let others = y.reports.iter().skip(1);
        others.clone().any(|i| matches!(likeness(summaries, y.chosen(), *i), Likeness::Different { .. }))
    };
    let disputed = certainty == Certainty::Named && years.iter().any(differs);
    Life { certainty, years, disputed }
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Identity, significant};
    use crate::divisions::{Divisions, parse};
    use crate::report::{Identity as Found, Masthead, Open};

    #[test]
    fn a_name_of_several_divisions_links_nothing() {
        let of = |identity: Found| {
            let issuer = Some("康庄镇人民政府".to_owned());
            Identity::of(&Masthead { issuer, kind: Some("government"), identity, ..Masthead::default() })
        };
        let candidates = parse("康庄镇", None, &[]).divisions;
        let open = of(Found { open: Some(Open::Ambiguous), candidates: candidates.clone(), ..Found::default() });
        assert_eq!(open.certainty, Certainty::Open);
        assert_eq!(of(Found { open: Some(Open::Unknown), ..Found::default() }).certainty, Certainty::Named);
        let settled = of(Found { division: Some(candidates[0]), ..Found::default() });
        assert_eq!(settled.certainty, Certainty::Resolved);
        let code = candidates[0].code;
        assert!(Divisions::get().at(code, None).is_some());
        assert_eq!(settled.division.as_deref(), Some(code.to_string().as_str()));
    }

    #[test]
    fn zeros_that_fill_up_name_nothing() {
        for (code, kept) in [
            ("210922102", "210922102"),
            ("210922102000", "210922102"),
            ("210922000000", "210922"),
            ("210922", "210922"),
            ("210900", "2109"),
            ("210000000000", "21"),
            ("220172100", "220172100"),
            ("21", "21"),
            ("", ""),
        ] {
            assert_eq!(significant(code), kept, "{code}");
        }
    }
}

//! What speaks for and against a division, and how much.

use crate::divisions::{Code, Division, Level, Mention, mentions};

/// Where a clue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The unified social credit code.
    Credit,
    /// The field of a portal page that names the publisher, or the letterhead.
    Publisher,
    /// The name with its county or city before it, anywhere in the text.
    FullName,
    /// The text before the first section.
    Head,
    /// The last lines.
    Tail,
    /// The page's title, the trail of links to it, the foot of the site.
    Site,
    /// The index number.
    Index,
    /// The sections.
    Body,
}

/// How much a source counts, and whether it also speaks against divisions that it does not name. What a report says of
/// its neighbours must not move it; what the portal says of itself is nearly proof.
const WEIGHTS: &[(Source, i32, bool)] = &[
    (Source::Credit, 40, true),
    (Source::Publisher, 24, true),
    (Source::FullName, 24, false),
    (Source::Head, 16, true),
    (Source::Tail, 12, true),
    (Source::Site, 12, true),
    (Source::Index, 8, false),
    (Source::Body, 8, false),
];

/// How much of a source's weight a mention of a division counts for another one below it, in quarters.
const QUARTERS: [(Level, i32); 4] =
    [(Level::Township, 4), (Level::County, 4), (Level::Prefecture, 3), (Level::Province, 2)];

/// Divisions that a source names.
#[derive(Debug, Clone)]
pub(super) struct Clue {
    source: Source,
    /// For each name in it, the divisions that bear it.
    named: Vec<Vec<&'static Division>>,
}

impl Clue {
    /// The divisions that a text names, the issuer's own name aside: that says nothing of which is meant.
    pub(super) fn of_text(source: Source, text: &str, own: &str, year: Option<i16>) -> Clue {
        let others = |m: &Mention| text.get(m.start..m.end) != Some(own);
        Clue { source, named: mentions(text, year).into_iter().filter(others).map(|m| m.divisions).collect() }
    }

    pub(super) fn of_division(source: Source, division: &'static Division) -> Clue {
        Clue { source, named: vec![vec![division]] }
    }

    pub(super) fn of_divisions(source: Source, divisions: Vec<&'static Division>) -> Clue {
        Clue { source, named: vec![divisions] }
    }

    /// What the clue says of a division: weight for it, weight against it.
    pub(super) fn says(&self, division: &Division) -> (i32, i32) {
        let Some((_, weight, opposes)) = WEIGHTS.iter().find(|(s, ..)| *s == self.source) else { return (0, 0) };
        let (mut best, mut against) = (0, false);
        for named in &self.named {
            let holder = named.iter().filter(|d| holds(d, division)).map(|d| d.level()).max();
            match holder {
                Some(level) => best = best.max(QUARTERS.iter().find(|q| q.0 == level).map_or(0, |q| q.1)),
                None if named.iter().any(|d| holds(division, d)) => best = best.max(1),
                // A neighbour in the same county or city is no rival place.
                None => against = true,
            }
        }
        // A city named beside a strange county is the county's city as well.
        let strange = against && best < 4 && self.named.iter().any(|n| is_strange(n, division));
        match (best, strange) {
            (_, true) if *opposes => (0, *weight),
            (quarters, _) => (weight * quarters / 4, 0),
        }
    }
}

/// Whether a name is of a county, city or province that does not hold a division and does not lie in it.
fn is_strange(named: &[&'static Division], division: &Division) -> bool {
    !named.iter().any(|d| holds(d, division) || holds(division, d))
}

/// Whether a division, or what became of it, holds another one or what became of that.
fn holds(upper: &Division, lower: &Division) -> bool {
    let now = |d: &Division| d.successor_today().unwrap_or(d.code);
    upper.code.holds(lower.code) || (upper.to.is_some() || lower.to.is_some()) && now(upper).holds(now(lower))
}

/// The division in a unified social credit code: characters 3 to 8. None where the check character is wrong (GB 32100:
/// weights are powers of 3 modulo 31).
pub(super) fn division_of_credit(code: &str) -> Option<Code> {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |b: u8| ALPHABET.iter().position(|a| *a == b).map(|v| v as u32);
    let bytes = code.as_bytes();
    if bytes.len() != 18 {
        return None;
    }
    let (mut sum, mut weight) = (0, 1);
    for b in &bytes[..17] {
        sum += value(*b)? * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    (value(bytes[17])? == check).then(|| Code::read(code.get(2..8)?)).flatten()
}

/// The first unified social credit code in a text whose check character is right.
pub(super) fn credit_in(text: &str) -> Option<Code> {
    let is_part = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_part(bytes[at]) {
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|b| !is_part(*b)).map_or(bytes.len(), |i| at + i);
        if let Some(code) = text.get(at..end).and_then(division_of_credit) {
            return Some(code);
        }
        at = end;
    }
    None
}

/// The division in an index number: behind 11 where it begins like a credit code, or its first six digits.
pub(super) fn division_of_index(number: &str) -> Option<Code> {
    let number = number.trim();
    let six = |from: usize| number.get(from..from + 6).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    let alike =
        number.starts_with("11") && number.len() >= 15 && number.as_bytes()[..15].iter().all(u8::is_ascii_alphanumeric);
    let digits = if alike { six(2) } else { six(0) }?;
    // Six digits with more behind them are a running number.
    let more = !alike && number.as_bytes().get(6).is_some_and(u8::is_ascii_digit);
    if more { None } else { Code::read(digits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes() {
        // The published code of the State Council's general office style: made here, with a right check character.
        let code = |body: &str| {
            b"0123456789ABCDEFGHJKLMNPQRTUWXY"
                .iter()
                .map(|c| format!("{body}{}", *c as char))
                .filter(|c| division_of_credit(c).is_some())
                .collect::<Vec<_>>()
        };
        let good = code("11210922MB0X12345");
        assert_eq!(good.len(), 1, "one check character is right");
        assert_eq!(
            credit_in(&format!("统一社会信用代码：{}，", good[0])).map(|c| c.to_string()).as_deref(),
            Some("210922")
        );
        assert_eq!(credit_in("11210922MB0X12345"), None);
        assert_eq!(credit_in("112109220123456789012"), None);
        assert_eq!(division_of_credit("统一社会信用"), None);
    }

    #[test]
    fn index_numbers() {
        for (number, expected) in [
            ("11210922MB0X123/2021-00001", Some("210922")),
            ("210922-2021-0001", Some("210922")),
            ("000014349/2021-00012", None),
            ("20210101", None),
            ("", None),
        ] {
            assert_eq!(division_of_index(number).map(|c| c.to_string()).as_deref(), expected, "{number}");
        }
    }
}

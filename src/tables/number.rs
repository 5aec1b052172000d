//! The reading of one number.

use std::sync::LazyLock;

use crate::report::{Content, Writing};
use crate::terms::glyphs::{CHANGES, COUNTERS, NIL, NOTE_MARKS, PARTS, TEN_THOUSAND, ZERO_LIKE};
use crate::terms::{Measure, UNITS, fold_char, unit_behind};

/// Digits beyond which a number is no statistic any more (and no exact `f64`).
const MAX_DIGITS: usize = 15;

/// What may stand in front of a number below zero.
const MINUS: &[char] = &['-', '－', '−'];

/// Reads the characters of a cell; `None` where they are words.
///
/// The measure tells which units and signs may stand there.
pub fn read(text: &str, measure: Measure) -> Option<Content> {
    // The commonest cells first.
    if let Some(value) = plain(text) {
        return Some(Content::Number(value, Writing::Plain));
    }
    let text = bare(text);
    if is_nil(text) {
        return Some(Content::Blank);
    }
    if text.len() > 160 {
        return None;
    }
    let (number, marked) = unmarked(text);
    let (value, writing) = signed(number, measure)?;
    Some(Content::Number(value, if marked { writing.max(Writing::Noted) } else { writing }))
}

/// The characters without the mark of a note behind them, and whether there was one.
pub(super) fn unmarked(text: &str) -> (&str, bool) {
    if text.ends_with([')', '）'])
        && let Some(open) = text.find(['(', '（'])
        && text[open..].chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    {
        return (text[..open].trim_end(), true);
    }
    match text.strip_suffix(NOTE_MARKS) {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    }
}

/// The value of digits and nothing else, without zeros in front.
fn plain(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let sound = match bytes {
        [] | [b'0', _, ..] => false,
        _ => bytes.len() <= MAX_DIGITS && bytes.iter().all(u8::is_ascii_digit),
    };
    // Exact: so few digits fit.
    sound.then(|| bytes.iter().fold(0u64, |value, b| value * 10 + u64::from(b - b'0')) as f64)
}

/// The characters without what cannot be seen at either end.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Whether the characters say "nothing".
pub fn is_nil(text: &str) -> bool {
    match text.as_bytes() {
        [] => true,
        [b'0'..=b'9', ..] => false,
        bytes => bytes.len() <= 12 && (NIL.contains(&text) || is_mark(text)),
    }
}

/// Whether the characters are a mark and nothing else: in a cell of a table it says "nothing", whatever mark it is.
fn is_mark(text: &str) -> bool {
    let mark = |c: char| {
        !c.is_alphanumeric()
            && !c.is_control()
            && !ZERO_LIKE.contains(&c)
            && !NOTE_MARKS.contains(&c)
            && !PARTS.contains(&c)
    };
    text.chars().count() <= 4 && text.chars().all(mark)
}

/// Whether white space stands between digits: one number cut in two, or two numbers.
pub fn is_cut(text: &str) -> bool {
    if text.len() > 60 || !text.contains(char::is_whitespace) {
        return false;
    }
    let digits = |part: &str| part.chars().all(|c| fold_char(c).is_some_and(|c| c.is_ascii_digit()));
    let mut parts = text.split_whitespace();
    parts.clone().count() > 1 && parts.all(digits)
}

/// Whether the characters read as a number under any measure.
pub fn is_figure(text: &str) -> bool {
    if plain(text).is_some() {
        return true;
    }
    // Labels are most of what is asked about: they begin like none, are long, have no digit at all, or do not begin and
    // end like a number.
    if !text.starts_with(begins) {
        return false;
    }
    let digits = text.bytes().any(|b| b.is_ascii_digit() || b == b'O' || b == b'o' || b == 0xef)
        || text.chars().next().is_some_and(|c| ZERO_LIKE.contains(&c));
    let framed = |text: &str| is_nil(text) || is_framed(unmarked(text).0);
    text.len() <= 160
        && digits
        && framed(bare(text))
        && [Measure::Count, Measure::Money, Measure::Change].iter().any(|m| read(text, *m).is_some())
}

/// Whether a number, or what stands for none, may begin with a character, or white space before it.
fn begins(c: char) -> bool {
    static OTHERS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let words = NIL.iter().copied().chain(CHANGES.iter().map(|(word, _)| *word));
        let firsts = words.filter_map(|word| word.chars().next());
        let mut all: Vec<char> = firsts.chain(ZERO_LIKE.iter().copied()).chain(MINUS.iter().copied()).collect();
        all.sort_unstable();
        all
    });
    match c {
        '0'..='9' | '０'..='９' => true,
        '\u{4e00}'..='\u{9fff}' => OTHERS.binary_search(&c).is_ok(),
        _ => c.is_whitespace() || is_invisible(c) || OTHERS.binary_search(&c).is_ok(),
    }
}

/// Whether the first and the last character are such as a number may begin and end with.
fn is_framed(text: &str) -> bool {
    static UNIT_ENDS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let units = COUNTERS.iter().copied().chain(UNITS.iter().map(|unit| unit.word));
        units.filter_map(|unit| unit.chars().next_back()).collect()
    });
    let digit = |c: char| c.is_ascii_digit() || ZERO_LIKE.contains(&c) || ('０'..='９').contains(&c);
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    (digit(last) || UNIT_ENDS.contains(&last))
        && (digit(first) || MINUS.contains(&first) || CHANGES.iter().any(|(word, _)| word.starts_with(first)))
}

/// Whether a character cannot be seen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

fn signed(text: &str, measure: Measure) -> Option<(f64, Writing)> {
    if measure == Measure::Change {
        let (mut sign, mut rest, mut signs) = (1.0, text, 0);
        // "增/减0", "减 2", "+12": words may precede a sign.
        while let Some((word, s)) = CHANGES.iter().find(|(w, _)| rest.starts_with(w)) {
            sign *= s;
            rest = rest[word.len()..].trim_start();
            signs += 1;
            if signs > 2 {
                return None;
            }
        }
        if signs > 0 {
            let (value, writing) = unsigned(rest, measure)?;
            let plain = signs == 1 && matches!(text.as_bytes()[0], b'+' | b'-');
            return Some((sign * value + 0.0, if plain { writing } else { writing.max(Writing::Noted) }));
        }
    }
    // A count below zero is read as written; a rule says that it cannot be.
    match text.strip_prefix(MINUS) {
        Some(rest) => unsigned(rest.trim_start(), measure).map(|(v, w)| (-v + 0.0, w.max(Writing::Noted))),
        None => unsigned(text, measure),
    }
}

fn unsigned(text: &str, measure: Measure) -> Option<(f64, Writing)> {
    if let Some((body, unit)) = unit_behind(text) {
        let (value, writing) = digits(body)?;
        let worth = unit.worth;
        return match measure {
            Measure::Money if worth == 1.0 => Some((value, writing.max(Writing::Noted))),
            Measure::Money => Some((scaled(value, worth), writing.max(Writing::Noted))),
            // An amount in a count's cell is no count, but for "1.2万".
            _ if text.ends_with(TEN_THOUSAND) => Some((scaled(value, 10_000.0), writing.max(Writing::Noted))),
            _ => None,
        };
    }
    if let Some(body) = COUNTERS.iter().find_map(|c| text.strip_suffix(c)) {
        return digits(body.trim_end()).map(|(v, w)| (v, w.max(Writing::Noted)));
    }
    digits(text)
}

/// A product without the noise of binary fractions: 251000 yuan are 25.1, not 25.099999999999998.
pub(super) fn scaled(value: f64, worth: f64) -> f64 {
    if worth >= 1.0 { (value * worth * 1e6).round() / 1e6 } else { value / (1.0 / worth).round() }
}

/// Plain digits with an optional decimal part, of either width, with separators and look-alikes.
fn digits(text: &str) -> Option<(f64, Writing)> {
    let mut plain = String::with_capacity(text.len());
    let mut writing = Writing::Plain;
    let (mut groups_ok, mut group, mut separators, mut spaces, mut point) = (true, 0usize, 0, 0, false);
    let mut real_digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => {
                plain.push(c);
                real_digits += 1;
            }
            '.' | '．' if !point && !plain.is_empty() => {
                plain.push('.');
                point = true;
                groups_ok &= separators == 0 || group == 3;
                group = 0;
                if c != '.' {
                    writing = writing.max(Writing::Noted);
                }
                continue;
            }
            ',' | '，' | '\'' if !plain.is_empty() && !point => {
                groups_ok &= if separators == 0 { group <= 3 } else { group == 3 };
                separators += 1;
                group = 0;
                writing = writing.max(Writing::Noted);
                continue;
            }
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' if !plain.is_empty() => {
                groups_ok &= if separators == 0 { group <= 3 } else { group == 3 };
                separators += 1;
                spaces += 1;
                group = 0;
                continue;
            }
            _ if ZERO_LIKE.contains(&c) => {
                plain.push('0');
                writing = writing.max(Writing::Noted);
            }
            _ => {
                let d = fold_char(c).filter(char::is_ascii_digit)?;
                plain.push(d);
                real_digits += 1;
                writing = writing.max(Writing::Noted);
            }
        }
        if !point {
            group += 1;
        }
    }
    groups_ok &= separators == 0 || point || group == 3;
    let whole = plain.split('.').next().unwrap_or("");
    let long = plain.len() - usize::from(point);
    if whole.is_empty() || plain.ends_with('.') || long > MAX_DIGITS {
        return None;
    }
    // Zeros that are all letters are a zero only alone: "O" is one, "OO" is a word.
    if real_digits == 0 && plain.len() > 1 {
        return None;
    }
    if separators > 0 && !groups_ok {
        // "1 2" may be 12; "1,2" is nothing that a form should hold.
        if spaces < separators {
            return None;
        }
        writing = Writing::Doubtful;
    } else if spaces > 0 {
        writing = writing.max(Writing::Doubtful);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        writing = writing.max(Writing::Noted);
    }
    plain.parse().ok().map(|value| (value, writing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Measure::{Change, Count, Money};

    fn number(text: &str, measure: Measure) -> Option<f64> {
        match read(text, measure) {
            Some(Content::Number(v, _)) => Some(v),
            _ => None,
        }
    }

    #[test]
    fn writings_seen_in_reports() {
        for (text, measure, want) in [
            ("0", Count, Some(0.0)),
            ("00", Count, Some(0.0)),
            ("0.0", Count, Some(0.0)),
            ("１２３", Count, Some(123.0)),
            ("1,234", Count, Some(1234.0)),
            ("1 234", Count, Some(1234.0)),
            ("1 2", Count, Some(12.0)),
            ("1,2", Count, None),
            ("3件", Count, Some(3.0)),
            ("12.5万元", Money, Some(12.5)),
            ("251000元", Money, Some(25.1)),
            ("251000元", Count, None),
            ("+12", Change, Some(12.0)),
            ("-3", Change, Some(-3.0)),
            ("减2", Change, Some(-2.0)),
            ("增/减0", Change, Some(0.0)),
            ("O", Count, Some(0.0)),
            ("1O", Count, Some(10.0)),
            ("〇", Count, Some(0.0)),
            ("OO", Count, None),
            ("三", Count, None),
            ("2021年", Count, None),
            ("738.35", Money, Some(738.35)),
            ("1.", Count, None),
            ("12345678901234567890", Count, None),
            ("－3", Count, Some(-3.0)),
            ("1①", Count, Some(1.0)),
            ("12 *", Count, Some(12.0)),
            ("①", Count, None),
            ("1①②", Count, None),
            ("1¹", Count, None),
            ("3(1)", Count, None),
        ] {
            assert_eq!(number(text, measure), want, "{text}");
        }
    }

    #[test]
    fn a_mark_is_noted() {
        assert_eq!(read("7※", Count), Some(Content::Number(7.0, Writing::Noted)));
        assert!(is_figure("7※") && !is_figure("※"));
    }

    #[test]
    fn nothing_is_not_zero() {
        for text in ["", " ", "　", "/", "—", "-", "无", "\u{a0}"] {
            assert_eq!(read(text, Count), Some(Content::Blank), "{text:?}");
        }
    }
}

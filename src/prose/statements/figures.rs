//! Numbers of the prose: digits, Chinese numerals, what limits them, and their units.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::report::Notation;
use crate::terms::masthead::YEAR;
use crate::terms::statements::{
    AFTER, BARRED_UNITS, BEFORE, Cue, Kind, MONTH, NO_COUNTERS, NO_LIMITS, NUMERALS, ORDINAL, PER_CENT, PER_CENT_OF,
    Qualifier, RANGE, SCALES, TENFOLDS, UNITS, Unit, VAGUE, YUAN,
};

use super::tokens::What;

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) value: f64,
    /// Digits behind the point.
    pub(super) decimals: u8,
    pub(super) notation: Notation,
    pub(super) qualifier: Option<Qualifier>,
    /// None for a bare number, which counts only where the words before it say what it counts.
    pub(super) unit: Option<&'static Unit>,
    /// Where the number itself begins, behind words that limit it and 百分之, and where it ends, before its unit.
    pub(super) first: u32,
    pub(super) behind: u32,
    /// A single Chinese digit, as in 一件.
    pub(super) slight: bool,
}

impl Figure {
    /// The public code of the unit.
    pub(super) fn key(&self) -> Option<&'static str> {
        self.unit.map(|u| u.key)
    }

    /// Whether its unit counts such things.
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.unit.is_some_and(|u| u.counts(kind))
    }
}

/// What stands at a place: a figure, a year, or a number that counts nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundFigure {
    pub(super) what: Option<What>,
    pub(super) length: usize,
}

/// The longest number that is read, in characters.
const LONGEST: usize = 24;

/// A number of digits from here on is no count of prose.
const LARGEST: f64 = 1e9;

/// Whether neither 万 nor 亿 stands right before a place.
fn is_unscaled(chars: &[char], behind: usize) -> bool {
    let last = behind.checked_sub(1).and_then(|i| chars.get(i));
    last.is_some_and(|c| SCALES.iter().all(|(s, _)| s != c))
}

/// A number without what stands around it.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: f64,
    decimals: u8,
    length: usize,
    notation: Notation,
    slight: bool,
}

/// The characters with which a number of Chinese characters may begin.
pub(super) fn beginnings() -> impl Iterator<Item = char> {
    let numerals = NUMERALS.iter().map(|(c, _)| *c).chain(TENFOLDS.iter().map(|(c, _)| *c));
    numerals.chain(PER_CENT_OF.chars().take(1))
}

/// Words by their first character, each without it, in the order in which they are looked for.
type Words<T> = FxHashMap<char, Vec<(Box<[char]>, T)>>;

fn by_first<T, W: Iterator<Item = char>>(words: impl Iterator<Item = (W, T)>) -> Words<T> {
    let mut out = Words::default();
    for (mut chars, what) in words {
        if let Some(head) = chars.next() {
            out.entry(head).or_default().push((chars.collect(), what));
        }
    }
    out
}

/// The first of the words that stands at a place.
fn word_at<'w, T>(words: &'w Words<T>, chars: &[char], at: usize) -> Option<&'w (Box<[char]>, T)> {
    let (head, tail) = chars.get(at..)?.split_first()?;
    words.get(head)?.iter().find(|(rest, _)| tail.starts_with(rest))
}

static UNITS_BY_FIRST: LazyLock<Words<&'static Unit>> =
    LazyLock::new(|| by_first(UNITS.iter().map(|u| (u.word.chars(), u))));
static BARRED_BY_FIRST: LazyLock<Words<()>> = LazyLock::new(|| by_first(BARRED_UNITS.iter().map(|w| (w.chars(), ()))));
/// What limits a number and stands before it, from its last character to its first.
static BEFORE_BY_LAST: LazyLock<Words<Qualifier>> =
    LazyLock::new(|| by_first(BEFORE.iter().map(|(w, q)| (w.chars().rev(), *q))));

/// Reads the number at a place, if one begins there.
pub(super) fn at(chars: &[char], at: usize) -> Option<FoundFigure> {
    let percent = starts(chars, at, PER_CENT_OF);
    let from = if percent { at + PER_CENT_OF.chars().count() } else { at };
    let number = if chars.get(from).is_some_and(char::is_ascii_digit) {
        arabic(&chars[from..])?
    } else {
        numeral(&chars[from..])?
    };
    let skip = |length: usize| Some(FoundFigure { what: None, length });
    let behind = from + number.length;
    if percent {
        let figure = figure(chars, at, from, number, Some(PER_CENT), None);
        return Some(FoundFigure { what: Some(What::Figure(figure)), length: behind - at });
    }
    if let Some(year) = year(chars, at, number, behind) {
        return Some(FoundFigure { what: Some(What::Year(year)), length: behind + 1 - at });
    }
    // What glued cells leave behind is no number of prose.
    let glued =
        number.notation == Notation::Arabic && number.value >= LARGEST && !percent && is_unscaled(chars, behind);
    if glued || is_marked(chars, at) {
        return skip(number.length);
    }
    // A range has two numbers and no one value.
    if let Some(length) = range(chars, behind) {
        let end = behind + length;
        let months = chars.get(end) == Some(&MONTH) && !is_whole_year(number, arabic(&chars[behind + 1..]));
        let years = chars.get(end) == Some(&YEAR);
        return Some(FoundFigure { what: (months || years).then_some(What::Cue(Cue::Sometime)), length: end - at });
    }
    if chars.get(behind) == Some(&MONTH)
        && let Some(length) = range(chars, behind + 1)
        && chars.get(behind + 1 + length) == Some(&MONTH)
    {
        let months = !is_whole_year(number, arabic(&chars[behind + 2..]));
        return Some(FoundFigure {
            what: months.then_some(What::Cue(Cue::Sometime)),
            length: behind + 1 + length - at,
        });
    }
    if chars.get(behind).is_some_and(|c| NO_COUNTERS.contains(c)) {
        return skip(number.length);
    }
    let (qualifier, gap) = after(chars, behind);
    let Some((unit, length)) = unit(chars, behind + gap) else {
        let bare = number.notation == Notation::Arabic && gap == 0 && ends_a_clause(chars, behind);
        let what = bare.then(|| What::Figure(figure(chars, at, from, number, None, None)));
        return Some(FoundFigure { what, length: number.length });
    };
    let mut end = behind + gap + length;
    let (limit, more) = after(chars, end);
    // 多 and 余 behind a unit belong to what follows.
    let limit = limit.filter(|_| more > 1);
    if limit.is_some() {
        end += more;
    }
    let figure = figure(chars, at, from, number, Some(unit), qualifier.or(limit));
    Some(FoundFigure { what: Some(What::Figure(figure)), length: end - at })
}

fn figure(
    chars: &[char],
    at: usize,
    from: usize,
    number: Number,
    unit: Option<&'static Unit>,
    after: Option<Qualifier>,
) -> Figure {
    let Number { value, decimals, notation, slight, length } = number;
    let before = chars[..at].split_last().and_then(|(last, front)| {
        let ends = |rest: &[char]| rest.len() <= front.len() && front.iter().rev().zip(rest).all(|(a, b)| a == b);
        BEFORE_BY_LAST.get(last)?.iter().find(|(rest, _)| ends(rest)).map(|(_, q)| *q)
    });
    // 最近 and 附近 are no limits.
    let before = before.filter(|q| *q != Qualifier::Nearly || at < 2 || !NO_LIMITS.contains(&chars[at - 2]));
    let (first, behind) = (from as u32, (from + length) as u32);
    Figure { value, decimals, notation, qualifier: before.or(after), unit, first, behind, slight }
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars[at..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Digits with thousands separators, decimals and 万 or 亿 behind.
fn arabic(chars: &[char]) -> Option<Number> {
    let digits = |from: usize| chars[from..].iter().take(LONGEST).take_while(|c| c.is_ascii_digit()).count();
    let mut length = digits(0);
    let mut text: String = chars[..length].iter().collect();
    // Thousands stand in threes behind a comma or a gap.
    if length <= 3 {
        while matches!(chars.get(length), Some(',' | ' ')) && digits(length + 1) == 3 && text.len() < 15 {
            text.extend(&chars[length + 1..length + 4]);
            length += 4;
        }
    }
    // Digits behind a gap belong to the number, or do not: nothing tells.
    if chars.get(length) == Some(&' ') {
        return None;
    }
    let mut decimals = 0;
    if chars.get(length) == Some(&'.') && digits(length + 1) > 0 {
        decimals = digits(length + 1);
        text.push('.');
        text.extend(&chars[length + 1..length + 1 + decimals]);
        length += decimals + 1;
    }
    let mut value: f64 = text.parse().ok()?;
    let mut decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
    if let Some((scale, more)) = scale(chars, length) {
        value = round(value * scale);
        decimals = 0;
        length += more;
    }
    Some(Number { value, decimals, length, notation: Notation::Arabic, slight: false })
}

/// 万 or 亿 behind a number, unless it is part of a unit of money.
fn scale(chars: &[char], at: usize) -> Option<(f64, usize)> {
    let c = chars.get(at)?;
    let (_, scale) = SCALES.iter().find(|(s, _)| s == c)?;
    (chars.get(at + 1) != Some(&YUAN)).then_some((*scale, 1))
}

/// Away with what multiplying leaves behind the last digit: 1.1 × 10,000.
fn round(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

/// A Chinese numeral: 十二, 一百二十, 两千零三, 一万二千.
fn numeral(chars: &[char]) -> Option<Number> {
    let digit = |c: char| NUMERALS.iter().find(|(n, _)| *n == c).map(|(_, d)| u32::from(*d));
    let tenfold = |c: char| TENFOLDS.iter().find(|(n, _)| *n == c).map(|(_, t)| *t);
    let (mut whole, mut part, mut last) = (0f64, 0u32, None);
    let (mut length, mut places) = (0, 0);
    for (i, &c) in chars.iter().take(LONGEST).enumerate() {
        if let Some(d) = digit(c) {
            // Digit beside digit, 二〇二一: a year or a number read out digit by digit.
            if last.is_some_and(|l| l != 0) || (last == Some(0) && places == 0 && i > 0) {
                return digits_alone(chars);
            }
            last = Some(d);
        } else if let Some(t) = tenfold(c) {
            // 百 and 千 want a digit before them; 十 alone is 10.
            if last.is_none() && (t > 10 || (part > 0 && part.is_multiple_of(10) && places > 0 && t >= 100)) {
                break;
            }
            part += last.take().unwrap_or(1) * t;
            places += 1;
        } else if let Some((_, scale)) = SCALES.iter().find(|(s, _)| *s == c && (last.is_some() || part > 0)) {
            if chars.get(i + 1) == Some(&YUAN) {
                break;
            }
            whole += f64::from(part + last.take().unwrap_or(0)) * scale;
            part = 0;
            places += 1;
        } else {
            break;
        }
        length = i + 1;
    }
    let value = whole + f64::from(part + last.unwrap_or(0));
    let slight = places == 0 || (length == 1);
    (length > 0).then_some(Number { value, decimals: 0, length, notation: Notation::Chinese, slight })
}

/// A number read out digit by digit.
fn digits_alone(chars: &[char]) -> Option<Number> {
    let digit = |c: &char| NUMERALS.iter().find(|(n, _)| n == c).map(|(_, d)| u32::from(*d));
    let mut value = 0f64;
    let mut length = 0;
    for d in chars.iter().map_while(digit).take(8) {
        value = value * 10.0 + f64::from(d);
        length += 1;
    }
    (length > 0).then_some(Number { value, decimals: 0, length, notation: Notation::Chinese, slight: length < 4 })
}

fn year(chars: &[char], at: usize, number: Number, behind: usize) -> Option<i16> {
    let four = behind - at == 4 && (1990.0..=2100.0).contains(&number.value) && number.decimals == 0;
    (four && chars.get(behind) == Some(&YEAR)).then_some(number.value as i16)
}

/// Whether the number is a rank or part of a name: 第12条, G30, 3-5.
fn is_marked(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| chars[i]) else { return false };
    let vague = VAGUE.contains(&before) && !chars[at].is_ascii_digit();
    before == ORDINAL || vague || before.is_ascii_alphanumeric() || matches!(before, '-' | '/' | '+' | '.' | ' ')
}

/// 1至12月: all of the year.
fn is_whole_year(first: Number, last: Option<Number>) -> bool {
    first.value == 1.0 && last.is_some_and(|n| n.value == 12.0)
}

/// What of a range stands behind its first number.
fn range(chars: &[char], behind: usize) -> Option<usize> {
    let mark = chars.get(behind).is_some_and(|c| RANGE.contains(c));
    let next = chars.get(behind + 1).is_some_and(char::is_ascii_digit);
    if !(mark && next) {
        return None;
    }
    arabic(&chars[behind + 1..]).map(|n| n.length + 1)
}

/// What limits a number behind it, and how many characters it takes.
fn after(chars: &[char], at: usize) -> (Option<Qualifier>, usize) {
    match AFTER.iter().find(|(word, _)| starts(chars, at, word)) {
        Some((word, q)) => (Some(*q), word.chars().count()),
        None => (None, 0),
    }
}

/// The unit at a place.
fn unit(chars: &[char], at: usize) -> Option<(&'static Unit, usize)> {
    if word_at(&BARRED_BY_FIRST, chars, at).is_some() {
        return None;
    }
    word_at(&UNITS_BY_FIRST, chars, at).map(|(rest, unit)| (*unit, rest.len() + 1))
}

fn ends_a_clause(chars: &[char], at: usize) -> bool {
    chars.get(at).is_none_or(|c| matches!(c, ',' | '。' | '；' | '、' | ')' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, Option<&'static str>, Option<&'static str>)> {
        let chars: Vec<char> = text.chars().collect();
        let from = chars.iter().position(|c| c.is_ascii_digit() || "零一二两三四五六七八九十百".contains(*c))?;
        match at(&chars, from)?.what? {
            What::Figure(f) => Some((f.value, f.unit.map(|u| u.key), f.qualifier.map(Qualifier::key))),
            _ => None,
        }
    }

    #[test]
    fn numbers_in_all_writings() {
        for (text, value, unit, qualifier) in [
            ("共1,286条", 1286.0, "条", None),
            ("共14,600余卷", 14_600.0, "卷", Some("over")),
            ("近300件", 300.0, "件", Some("nearly")),
            ("1.2万余次", 12_000.0, "次", Some("over")),
            ("3.5亿元", 3.5, "亿元", None),
            ("12.5万元", 12.5, "万元", None),
            ("一百二十件", 120.0, "件", None),
            ("两千零三件", 2003.0, "件", None),
            ("十二次", 12.0, "次", None),
            ("二十余篇", 20.0, "篇", Some("over")),
            ("一万二千条", 12_000.0, "条", None),
            ("三次", 3.0, "次", None),
            ("约5人次", 5.0, "人次", Some("about")),
            ("不少于4场", 4.0, "场", Some("at_least")),
            ("百分之九十五", 95.0, "%", None),
            ("占90.7%", 90.7, "%", None),
            ("20件以上", 20.0, "件", Some("at_least")),
            ("100人左右", 100.0, "人", Some("about")),
        ] {
            assert_eq!(read(text), Some((value, Some(unit), qualifier)), "{text}");
        }
    }

    #[test]
    fn numbers_that_count_nothing() {
        for text in
            ["第12条", "3至5件", "2021年", "12月31日", "5个工作日", "3个方面", "0938-6381001", "数百条", "1 2件", "5楼"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

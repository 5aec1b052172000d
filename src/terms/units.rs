//! Units of money, and how the words around a table tell them.

use super::glyphs::COUNTERS;
use super::simplified;

/// A unit of money.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// The public code.
    pub key: &'static str,
    /// The word.
    pub word: &'static str,
    /// What it is worth in 万元 (10,000 yuan), the unit of the form.
    pub worth: f64,
}

const fn unit(key: &'static str, word: &'static str, worth: f64) -> Unit {
    Unit { key, word, worth }
}

/// The units; a word that ends in another stands before it.
pub static UNITS: [Unit; 10] = [
    unit("100m_yuan", "亿元", 10_000.0),
    unit("10m_yuan", "千万元", 1_000.0),
    unit("1m_yuan", "百万元", 100.0),
    unit("100k_yuan", "十万元", 10.0),
    unit("10k_yuan", "万元", 1.0),
    unit("1k_yuan", "千元", 0.1),
    unit("100_yuan", "百元", 0.01),
    unit("yuan", "元", 0.0001),
    unit("100m_yuan", "亿", 10_000.0),
    unit("10k_yuan", "万", 1.0),
];

/// The word that a unit follows: 单位：元, 金额单位：万元, 单位为千元.
const UNIT_WORD: &str = "单位";
/// What may stand between that word and the first unit.
const BEFORE_UNITS: &[char] = &[':', '：', '为', '是', '(', '（', '[', '【'];
/// What parts one unit from the next: 件、元.
const BETWEEN_UNITS: &[char] = &['、', ',', '，', '/', '／', ';', '；', '和', '或', '及', ' ', '\u{3000}', '\t'];
/// Characters behind which a unit is that of an amount: 收费金额（元）, 采购总额/万元, 收费金额：元.
const AMOUNTS: &[&str] = &["金额", "总额"];
/// What may stand between these words and the unit.
const BEHIND_AMOUNT: &[char] = &['(', '（', '[', '【', '〔', '/', '／', ':', '：', ',', '，', '、', '-', '—'];
/// Brackets that may hold a unit and nothing else.
const BRACKETS: &[(char, char)] = &[('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕')];
/// The currency that all of them are of.
const CURRENCY: &str = "人民币";
/// 以万元为单位: what stands before the unit and behind it.
const SAID: (char, &str) = ('以', "为单位");
/// Characters of a list of units at most.
const MOST: usize = 24;

/// The unit that ends a text, and what stands before it: `251000元`, `12.5万`.
///
/// ```
/// let (body, unit) = gxbg::terms::unit_behind("251000 元").unwrap();
/// assert_eq!((body, unit.key), ("251000", "yuan"));
/// ```
pub fn unit_behind(text: &str) -> Option<(&str, &'static Unit)> {
    UNITS.iter().find_map(|u| text.strip_suffix(u.word).map(|body| (body.trim_end(), u)))
}

/// The unit of money that the words of a label, a header or a line above a table give, the last one where there are
/// several. What speaks of counts alone, 单位：件, gives none.
///
/// ```
/// use gxbg::terms::unit_told;
/// let told = |words| unit_told(words).map(|u| u.key);
/// assert_eq!(told("本年收费金额（单位：元）"), Some("yuan"));
/// assert_eq!(told("单位：件、元"), Some("yuan"));
/// assert_eq!(told("采购总金额（千元）"), Some("1k_yuan"));
/// assert_eq!(told("单位：件"), None);
/// ```
pub fn unit_told(words: &str) -> Option<&'static Unit> {
    let words = simplified(words);
    let named = [said(&words), listed(&words), of_amount(&words), bracketed(&words)];
    named.into_iter().flatten().max_by_key(|(at, _)| *at).map(|(_, unit)| unit)
}

/// The unit that a line of units gives (单位：元, 以元为单位); what stands in brackets behind other words is no such line.
pub fn unit_listed(words: &str) -> Option<&'static Unit> {
    let words = simplified(words);
    [said(&words), listed(&words)].into_iter().flatten().max_by_key(|(at, _)| *at).map(|(_, unit)| unit)
}

/// The unit that stands right behind the word for an amount, somewhere in a header.
pub fn unit_of_amount(words: &str) -> Option<&'static Unit> {
    of_amount(&simplified(words)).map(|(_, unit)| unit)
}

/// The unit that words are, the currency left out; counting words may stand in front of it, as spaces are lost.
fn is_unit(words: &str) -> Option<&'static Unit> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_end_matches(CURRENCY);
    let bare = bare.strip_prefix(CURRENCY).unwrap_or(bare);
    let mut rest = bare;
    loop {
        if let Some(unit) = UNITS.iter().find(|u| u.word == rest) {
            return Some(unit);
        }
        rest = COUNTERS.iter().find_map(|c| rest.strip_prefix(c))?;
    }
}

/// The unit at the front of a text, as a word of its own: `元）`, but not `元旦`.
fn at_front(text: &str) -> Option<&'static Unit> {
    let text = text.strip_prefix(CURRENCY).unwrap_or(text);
    let unit = UNITS.iter().find(|u| text.starts_with(u.word))?;
    let behind = &text[unit.word.len()..];
    let goes_on = behind.chars().next().is_some_and(super::is_han) && !behind.starts_with(CURRENCY);
    (!goes_on).then_some(unit)
}

/// The last list of units behind the word for them, and where that stands.
fn listed(words: &str) -> Option<(usize, &'static Unit)> {
    let (first, last) = UNIT_WORD.split_at('单'.len_utf8());
    words.rmatch_indices(first).find_map(|(at, _)| {
        // The word may be cut by the end of a line.
        let behind = words[at + first.len()..].trim_start().strip_prefix(last)?;
        let list = behind.trim_start_matches(|c: char| c.is_whitespace() || BEFORE_UNITS.contains(&c));
        let told = |c: char| super::is_han(c) || BETWEEN_UNITS.contains(&c) || c == '\n';
        let end = list.char_indices().take(MOST).find(|(_, c)| !told(*c)).map_or(list.len(), |(n, _)| n);
        let end = list.char_indices().nth(MOST).map_or(end, |(n, _)| end.min(n));
        let list = &list[..end];
        // Spaces may stand within a unit; a line's end ends the list, unless it stands in brackets: 万 / 元）.
        let line = list.lines().next().unwrap_or("");
        let of = |list: &str| {
            list.split(|c: char| BETWEEN_UNITS.contains(&c) && !c.is_whitespace()).find_map(is_unit).or_else(|| {
                let apart = list.split(|c: char| BETWEEN_UNITS.contains(&c) || c == '\n');
                apart.filter(|w| !w.is_empty()).find_map(is_unit)
            })
        };
        of(line).or_else(|| of(list).filter(|_| line.is_empty())).map(|unit| (at, unit))
    })
}

/// The last unit that words say figures are in, 以元为单位.
fn said(words: &str) -> Option<(usize, &'static Unit)> {
    words.rmatch_indices(SAID.1).find_map(|(end, _)| {
        let (front, unit) = unit_behind(&words[..end])?;
        front.trim_end_matches(CURRENCY).ends_with(SAID.0).then_some((end, unit))
    })
}

/// The last unit behind the word for an amount.
fn of_amount(words: &str) -> Option<(usize, &'static Unit)> {
    let found = AMOUNTS.iter().flat_map(|amount| words.match_indices(amount)).filter_map(|(at, amount)| {
        let behind = &words[at + amount.len()..];
        let skipped = |c: char| c.is_whitespace() || BEHIND_AMOUNT.contains(&c);
        let behind = behind.trim_start_matches(skipped);
        at_front(behind).or_else(|| listed_at_front(behind)).map(|unit| (at, unit))
    });
    found.max_by_key(|(at, _)| *at)
}

/// The unit of a list right at the front: 单位：元.
fn listed_at_front(text: &str) -> Option<&'static Unit> {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(n, _)| n);
    text.starts_with(UNIT_WORD).then(|| listed(&text[..end])).flatten().map(|(_, unit)| unit)
}

/// The last bracket that holds a unit and nothing else; behind a figure it is a note on that figure alone.
fn bracketed(words: &str) -> Option<(usize, &'static Unit)> {
    words.rmatch_indices(|c| BRACKETS.iter().any(|(open, _)| *open == c)).find_map(|(at, open)| {
        let close = BRACKETS.iter().find(|(o, _)| open.starts_with(*o))?.1;
        let inner = &words[at + open.len()..];
        let inner = &inner[..inner.find(close)?];
        let of_figure = words[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let short = inner.chars().count() <= MOST;
        if of_figure || !short { None } else { is_unit(inner).map(|unit| (at, unit)) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_tell_a_unit() {
        for (words, want) in [
            ("本年收费金额（单位：万元）", Some("10k_yuan")),
            ("本年收费金额（单位:人民币元）", Some("yuan")),
            ("本年收费金额(元)", Some("yuan")),
            ("本年收费金额（单位：\n元）", Some("yuan")),
            ("本年收费金额（单\n位：千元）", Some("1k_yuan")),
            ("本年收费金额（单位：万\n元）", Some("10k_yuan")),
            ("收费金额/亿元", Some("100m_yuan")),
            ("收费金额：元", Some("yuan")),
            ("本年收费金额元", Some("yuan")),
            ("采购总金额【千元】", Some("1k_yuan")),
            ("行政事业性收费（元）", Some("yuan")),
            ("单位：件、元", Some("yuan")),
            ("单位：件 元", Some("yuan")),
            ("单位：元/件", Some("yuan")),
            ("（单位：件，元）", Some("yuan")),
            ("單位：萬元", Some("10k_yuan")),
            ("单 位：千 元", Some("1k_yuan")),
            ("金额单位：亿元", Some("100m_yuan")),
            ("数量单位：件；金额单位：元", Some("yuan")),
            ("以元为单位", Some("yuan")),
            ("单位：万元，保留两位小数", Some("10k_yuan")),
            ("单位：元\n信息内容", Some("yuan")),
            ("单位：元\n本年收费金额（单位：万元）", Some("10k_yuan")),
            ("单位：件", None),
            ("单位：件\n信息内容", None),
            ("事业单位3个", None),
            ("本单位收费金额3000元", None),
            ("全年收费12.5（元）", None),
            ("元旦", None),
            ("收费金额元旦前", None),
        ] {
            assert_eq!(unit_told(words).map(|u| u.key), want, "{words}");
        }
    }

    #[test]
    fn a_unit_that_ends_in_another_comes_first() {
        for (i, unit) in UNITS.iter().enumerate() {
            assert!(!UNITS[..i].iter().any(|u| unit.word.ends_with(u.word)), "{}", unit.word);
        }
    }
}

//! Names of organs: which words are one, whether they are all of it, and its full name.

use crate::divisions::{mentions, parse};
use crate::terms::masthead::{
    BETWEEN, DIVISIONS, FOR_SHORT, JOINING, NEVER_IN_NAMES, OF, OPENINGS, ORGANS, OrganEnding, SELF_ENDS, SELF_MARKS,
    SELVES, TOWNS, YEARLY, YEARLY_TAIL,
};
use crate::terms::organs::{CENTRAL, HOLDERS, OFFICES, OPEN_SHORT_NAMES, SHORT_NAMES, SYSTEMS};
use crate::terms::places::{COMMON_WORDS, DIVISION_ENDS, is_cut};

use super::dates;

/// Bytes of a text in which the rest of a name is looked for.
const REACH: usize = 40_000;
/// Places at which the rest of a name is looked for.
const PLACES: usize = 40;
/// Bytes before a part of a name in which the rest may stand.
const BEFORE: usize = 72;

/// A name without the year beside it and the words in between.
pub(super) fn without_year(front: &str) -> String {
    let mut name = front.to_owned();
    if let Some((_, start, end)) = dates::first_year(front) {
        let mut rest = &front[end..];
        if let Some(tail) = rest.strip_prefix(YEARLY_TAIL) {
            rest = tail;
        }
        name = format!("{}{}", &front[..start], rest);
    }
    let mut name = name.as_str();
    loop {
        let before = name.len();
        for word in BETWEEN {
            name = name.strip_prefix(word).unwrap_or(name);
        }
        // A name may begin with 年 and never ends with it.
        for word in BETWEEN.iter().chain(YEARLY) {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        if name.len() == before {
            return name.to_owned();
        }
    }
}

/// A name without what a bracket says of how it is called for short: 深圳市…局(以下简称龙华局).
pub(super) fn without_short(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some((at, end)) = short_bracket(&out) {
        out.replace_range(at..end, "");
    }
    out
}

fn short_bracket(text: &str) -> Option<(usize, usize)> {
    text.char_indices().filter(|(_, c)| matches!(c, '(' | '（')).find_map(|(at, c)| {
        let inner = &text[at + c.len_utf8()..];
        FOR_SHORT.iter().any(|w| inner.starts_with(w)).then_some(())?;
        let end = inner.find([')', '）'])?;
        let mark = inner[end..].chars().next().map_or(0, char::len_utf8);
        Some((at, at + c.len_utf8() + end + mark))
    })
}

/// The organ that a short text names, if it is nothing but a name.
pub(super) fn organ_in(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| matches!(c, '《' | '》' | '“' | '”' | '(' | ')' | '（' | '）' | '<' | '>'));
    let chars = text.chars().count();
    let clean = text
        .chars()
        .all(|c| ('\u{3400}'..='\u{9fff}').contains(&c) || matches!(c, '（' | '）' | '(' | ')' | '·' | '、'));
    if !(2..=40).contains(&chars) || !clean || is_self(text) {
        return None;
    }
    // 人民政府 alone is whose?
    let whose = ORGANS.iter().any(|o| text == o.ending);
    (!whose && ORGANS.iter().any(|o| text.ends_with(o.ending))).then(|| text.to_owned())
}

/// Whether words are, or end with, what a report calls its issuer without a name.
fn is_self(text: &str) -> bool {
    let marked = |front: &str| front.ends_with(SELF_MARKS[0]) || SELF_MARKS.iter().any(|m| front.chars().eq([*m]));
    SELVES.contains(&text) || SELF_ENDS.iter().any(|(end, _)| text.strip_suffix(end).is_some_and(marked))
}

/// Whether words before a title are what a report calls itself, and no name.
pub(super) fn is_nobody(words: &str) -> bool {
    is_self(words)
}

/// Whether a name is one of a place: it begins with a division, or is a town's or of the State Council.
pub(super) fn is_whole(name: &str, year: Option<i16>) -> bool {
    let system = SYSTEMS.iter().find_map(|s| name.strip_prefix(s)).filter(|r| !r.is_empty());
    if system.is_some() || CENTRAL.iter().any(|c| name.starts_with(c)) {
        return true;
    }
    // 县财政局, 区统计局 and 经开区财政局 say a level or a kind, and no place.
    let common = COMMON_WORDS.iter().any(|w| name.starts_with(w));
    let parsed = parse(name, year, &[]);
    if !parsed.divisions.is_empty() {
        // 沭阳县人民政府…沭阳县财政局 are two names.
        let again = parsed.own.len() >= 6 && parsed.rest.contains(parsed.own);
        return !(common && parsed.divisions.len() > 1) && is_plain(parsed.rest) && !again;
    }
    if common || name.starts_with(DIVISION_ENDS) {
        return false;
    }
    let ends = |(at, c): (usize, char)| {
        at > 3 && at < 40 && DIVISION_ENDS.contains(&c) && !is_cut(c, &name[at + c.len_utf8()..])
    };
    let town = ORGANS.iter().any(|o| o.level == Some("township") && name.ends_with(o.ending) && name.len() > 3);
    town || (name.char_indices().any(ends) && is_plain(name))
}

/// Whether no word stands in a name that none can hold.
pub(super) fn is_plain(rest: &str) -> bool {
    let sentence = OPENINGS.iter().any(|w| !JOINING.contains(w) && rest.contains(w));
    !sentence && !rest.contains(SELF_MARKS[0]) && !NEVER_IN_NAMES.iter().any(|w| rest.contains(w))
}

/// Of words that end with a name, the name: the longest end that begins with a place, or else what stands behind the last
/// word of an opening.
pub(super) fn name_at_end(clause: &str, year: Option<i16>) -> Option<String> {
    if !ORGANS.iter().any(|o| clause.ends_with(o.ending)) {
        return organ_in(&without_year(clause)).filter(|n| is_plain(n));
    }
    let ends = clause.char_indices().map(|(at, _)| &clause[at..]);
    let placed = |name: &&str| {
        let parsed = parse(name, year, &[]);
        !parsed.divisions.is_empty() && is_plain(parsed.rest)
    };
    let of_place = ends.filter(|n| n.len() >= 6 && n.len() <= 120).filter_map(organ_in);
    if let Some(name) = of_place.map(|n| without_year(&n)).find(|n| placed(&n.as_str())) {
        return Some(name);
    }
    let words = |joining: bool| {
        let of_kind = OPENINGS.iter().filter(move |w| joining || !JOINING.contains(w));
        of_kind.filter_map(|w| clause.rfind(w).map(|at| at + w.len())).max()
    };
    // Verbs of one character may be part of a name: try the longer clause as well.
    let tries = [words(false), words(true), Some(0)];
    let named = |from: Option<usize>| organ_in(&without_year(&clause[from?..]));
    tries.into_iter().filter_map(named).find(|n| is_whole(n, year)).or_else(|| {
        let name = named(words(true)).or_else(|| named(Some(0)))?;
        (is_plain(&name) && !name.contains(OF)).then_some(name)
    })
}

/// The whole name of which a part is written, where the text has one and no other: 改革局 of 沭阳县发展和改革局.
pub(super) fn completed(part: &str, text: &str, year: Option<i16>) -> Option<String> {
    let word = part.chars().next().is_some_and(|first| is_cut(first, &part[first.len_utf8()..]));
    let bare = part.strip_prefix(DIVISION_ENDS).filter(|_| !word).unwrap_or(part);
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut found: Vec<String> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), bare).take(PLACES) {
        let mut from = at.saturating_sub(BEFORE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let Some(front) = text.get(from..at) else { continue };
        let run = front.rfind(|c: char| !('\u{3400}'..='\u{9fff}').contains(&c));
        let run = run.map_or(front, |i| &front[i + front[i..].chars().next().map_or(1, char::len_utf8)..]);
        for mention in mentions(run, year) {
            let name = format!("{}{bare}", &run[mention.start..]);
            let parsed = parse(&name, year, &[]);
            let short = parsed.rest.chars().count() <= bare.chars().count() + 12;
            if !parsed.divisions.is_empty() && short && is_plain(parsed.rest) && organ_in(&name).is_some() {
                found.push(name);
                break;
            }
        }
    }
    let longest = found.iter().max_by_key(|n| n.len())?.clone();
    found.iter().all(|n| longest.ends_with(n.as_str())).then(|| found[0].clone())
}

/// The organ whose office a name is of: 湖南镇政府综合督考办公室 answers for 湖南镇人民政府.
pub(super) fn principal(name: &str) -> &str {
    let Some(office) = OFFICES.iter().find(|o| name.ends_with(**o)) else { return name };
    let front = &name[..name.len() - office.len()];
    HOLDERS.iter().filter_map(|e| front.rfind(e).map(|at| at + e.len())).max().map_or(name, |end| &name[..end])
}

/// What the page calls its issuer without a name, as the endings of names that may speak so.
pub(super) fn self_of(text: &str) -> Option<&'static [&'static str]> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        if SELF_MARKS.contains(&before)
            && let Some((_, ends)) = SELF_ENDS.iter().find(|(end, _)| rest.starts_with(end))
        {
            return Some(ends);
        }
        before = c;
    }
    None
}

/// The full name of an organ, and the ending that told it.
pub(super) fn full_name(written: &str) -> Option<(String, &'static OrganEnding)> {
    let ending = ORGANS.iter().find(|o| written.ends_with(o.ending))?;
    let stem = written.strip_suffix(ending.cut).unwrap_or(written);
    let name = format!("{stem}{}", ending.completion);
    Some(if ending.level == Some("township") { (town(&name), ending) } else { (name, ending) })
}

/// The everyday short name of an organ written out: by the page where it stands there, by the list where there is one way.
/// None where the page would have to tell and does not.
pub(super) fn written_out(name: &str, text: &str) -> Option<String> {
    let listed = |list: &'static [(&str, &[&str])]| list.iter().find(|(short, _)| name.ends_with(short));
    let usual = listed(SHORT_NAMES);
    let Some((short, full)) = usual.or_else(|| listed(OPEN_SHORT_NAMES)) else { return Some(name.to_owned()) };
    let stem = &name[..name.len() - short.len()];
    let last = stem.char_indices().rev().nth(1).map_or(stem, |(at, _)| &stem[at..]);
    let told = |f: &&&str| memchr::memmem::find(text.as_bytes(), format!("{last}{f}").as_bytes()).is_some();
    let mut of_page = full.iter().filter(told);
    match (of_page.next(), of_page.next()) {
        (Some(only), None) => Some(format!("{stem}{only}")),
        (None, _) => usual.and(full.first()).map(|first| format!("{stem}{first}")),
        _ => None,
    }
}

/// A town's name without the divisions before it.
fn town(name: &str) -> String {
    let Some(tail) = TOWNS.iter().filter_map(|e| name.rfind(e)).max() else { return name.to_owned() };
    let stem = &name[..tail];
    let mut cut = 0;
    let mut last = 0;
    for (at, c) in stem.char_indices() {
        if DIVISIONS.contains(&c) {
            let part = stem[last..at].chars().count();
            let rest = stem[at + c.len_utf8()..].chars().count();
            if part >= 2 && rest >= 1 {
                cut = at + c.len_utf8();
                last = cut;
            }
        }
    }
    // 荔湾区人民政府南源街道办事处: the district's government stands between.
    let name = &name[cut..];
    let between = crate::terms::masthead::PEOPLE.to_owned() + crate::terms::masthead::GOVERNMENT;
    name.strip_prefix(between.as_str()).filter(|rest| organ_in(rest).is_some()).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names() {
        for (written, full) in [
            ("章古台镇", "章古台镇人民政府"),
            ("玉潭镇人民政府", "玉潭镇人民政府"),
            ("临桐县青禾镇", "青禾镇人民政府"),
            ("廿三里街道", "廿三里街道办事处"),
            ("郎溪县财政局", "郎溪县财政局"),
            ("上海市人民政府办公厅", "上海市人民政府办公厅"),
            ("上海市", "上海市人民政府"),
            ("千户镇政府", "千户镇人民政府"),
            ("广州市荔湾区人民政府南源街道办事处", "南源街道办事处"),
        ] {
            assert_eq!(full_name(written).map(|n| n.0).as_deref(), Some(full), "{written}");
        }
    }

    #[test]
    fn whole_names_and_parts() {
        for (name, whole) in [
            ("沭阳县发展和改革局", true),
            ("云岫县财政局", true),
            ("咸宁市政务服务和大数据管理局", true),
            ("青禾镇人民政府", true),
            ("财政部", true),
            ("改革局", false),
            ("市场监督管理局", false),
            ("县财政局", false),
            ("区统计局", false),
            ("经开区", false),
            ("城市管理局", false),
        ] {
            assert_eq!(is_whole(name, Some(2022)), whole, "{name}");
        }
    }

    #[test]
    fn short_names_are_written_out_by_the_page_or_the_list() {
        for (name, text, full) in [
            ("上海市科委", "", Some("上海市科学技术委员会")),
            ("襄城区人社局", "", Some("襄城区人力资源和社会保障局")),
            ("郎溪县教体局", "", None),
            ("郎溪县教体局", "郎溪县教育体育局认真工作", Some("郎溪县教育体育局")),
            ("龙华区发改局", "龙华区发展和改革局", Some("龙华区发展和改革局")),
            ("郎溪县财政局", "", Some("郎溪县财政局")),
        ] {
            assert_eq!(written_out(name, text).as_deref(), full, "{name}");
        }
    }

    #[test]
    fn parts_are_completed_by_one_name_of_the_page() {
        let year = Some(2022);
        let whole = |part, text| completed(part, text, year);
        assert_eq!(whole("改革局", "2022年，沭阳县发展和改革局认真").as_deref(), Some("沭阳县发展和改革局"));
        assert_eq!(whole("财政局", "郎溪县财政局和秦安县财政局"), None);
        assert_eq!(whole("财政局", "我局"), None);
        assert_eq!(principal("衢州市衢江区湖南镇政府综合督考办公室"), "衢州市衢江区湖南镇政府");
        assert_eq!(principal("舒城县财政局信息中心"), "舒城县财政局");
        assert_eq!(without_short("龙华监管局(以下简称龙华局)2023年"), "龙华监管局2023年");
    }
}

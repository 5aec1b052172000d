//! The masthead: who reports, on which year, under which number and when.

mod dates;
mod number;
mod squeezed;
mod who;

pub use who::{Resolved, resolve};

use std::sync::LazyLock;

use crate::document::{Document, Span};
use crate::report::{Masthead, Quote, SectionRead};
use crate::terms::masthead::{
    BETWEEN, DATE_LABELS, DIVISIONS, GOVERNMENT, LETTERHEAD, NOTICES, NUMBER_END, NUMBER_LABELS, OF, OPENINGS, ORGANS,
    OrganEnding, PEOPLE, PRINTED, SELVES, SINCE, SPOKEN, TITLE_CORE, TITLES, TOWNS, WEAK_TITLES, YEARLY, YEARLY_TAIL,
};
use crate::terms::{AnyOf, Edition, Section};

use squeezed::{ends_squeezed, squeezed, squeezed_start};

/// Bytes of the text after the last section's heading in which a signature is looked for.
const TAIL: usize = 1200;
/// Bytes of a text without headings that are looked at as its opening.
const HEAD: usize = 3000;

/// Characters behind a year in which the words of a title begin and end.
const NEAR: usize = 64;

/// Reads the masthead of a text with its sections.
pub fn masthead(document: &Document, sections: &[SectionRead]) -> Masthead {
    let text = document.text.as_str();
    let mut head_end = sections.first().map_or(text.len().min(HEAD), |s| s.heading.start as usize).min(2 * HEAD);
    while !text.is_char_boundary(head_end) {
        head_end -= 1;
    }
    let mut tail_start = text.len().saturating_sub(TAIL).max(sections.last().map_or(0, |s| s.heading.end as usize));
    while !text.is_char_boundary(tail_start) {
        tail_start += 1;
    }
    let head = lines(text, 0, head_end);
    let tail = lines(text, tail_start, text.len());
    let mut out = Masthead::default();
    title(text, &head, &mut out);
    opening(text, &head, &mut out);
    signature(text, &head, &tail, &mut out);
    dates_and_number(text, &head, &tail, &mut out);
    years(text, &head, sections, &mut out);
    out.cited = cited(&text[..head_end]);
    who::settle_issuer(document, &head, &tail, &mut out);
    out
}

fn lines(text: &str, from: usize, to: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = from;
    for end in memchr::memchr_iter(b'\n', &text.as_bytes()[from..to]).map(|i| i + from).chain([to]) {
        let span = Span::new(at, end).trim(text);
        if !span.is_empty() {
            out.push(span);
        }
        at = end + 1;
        if at > to {
            break;
        }
    }
    out
}

/// Splits a title line into what stands before the fixed words, and those words.
fn split_title(line: &str) -> Option<&str> {
    if !line.contains(TITLE_CORE) {
        return None;
    }
    TITLES.iter().enumerate().find_map(|(i, words)| {
        let at = line.find(words)?;
        let after = line[at + words.len()..].trim_end_matches(['）', ')', '。', '：', ':']);
        let weak = i + WEAK_TITLES >= TITLES.len();
        let ends = after.is_empty() || (!weak && after.starts_with(['(', '（', '_', '-', '—', '|']));
        // Half of the words belongs to the name: 郎溪县人民政府信息公开工作年度报告.
        let shared = words.starts_with(GOVERNMENT) && line[..at].ends_with(PEOPLE);
        ends.then(|| &line[..if shared { at + GOVERNMENT.len() } else { at }])
    })
}

fn title(text: &str, head: &[Span], out: &mut Masthead) {
    for (i, line) in head.iter().enumerate().take(40) {
        let written = line.of(text);
        if written.len() > 240 || written.contains(['，', '。', '；', ',']) {
            continue;
        }
        let squeezed_line = squeezed(written);
        let Some(front) = split_title(&squeezed_line) else { continue };
        let year = dates::first_year(front);
        if let Some((year, ..)) = year {
            out.year = Some(year);
            out.years_named.push(("title", year));
        }
        let name = organ_in(&without_year(front));
        if out.title.is_none() || year.is_some() || name.is_some() {
            out.title = Some(Quote { text: written.split_whitespace().collect::<Vec<_>>().join(" "), span: *line });
        }
        if let Some(name) = name {
            out.issuer_as_written = Some(Quote { text: name, span: *line });
            return;
        }
        // The name, the year or both may stand on a line of their own above or below.
        for j in [i.checked_sub(1), Some(i + 1), i.checked_sub(2)].into_iter().flatten() {
            let Some(other) = head.get(j) else { continue };
            let line = squeezed(other.of(text));
            if line.chars().count() > 40 || line.contains(['，', '。', '：', ':']) {
                continue;
            }
            if out.year.is_none()
                && let Some((year, ..)) = dates::first_year(&line).filter(|_| dates::first_date(&line).is_none())
            {
                out.year = Some(year);
                out.years_named.push(("title", year));
            }
            if out.issuer_as_written.is_none()
                && let Some(name) = organ_in(&without_year(&line))
            {
                out.issuer_as_written = Some(Quote { text: name, span: *other });
            }
        }
        // The name of a column above the title says nothing; the title itself may follow.
        if out.year.is_some() || out.issuer_as_written.is_some() {
            return;
        }
    }
}

/// A name without the year beside it and the words in between.
fn without_year(front: &str) -> String {
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

/// The organ that a short text names, if it is nothing but a name.
pub(super) fn organ_in(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| matches!(c, '《' | '》' | '“' | '”' | '(' | ')' | '（' | '）' | '<' | '>'));
    let chars = text.chars().count();
    let clean = text
        .chars()
        .all(|c| ('\u{3400}'..='\u{9fff}').contains(&c) || matches!(c, '（' | '）' | '(' | ')' | '·' | '、'));
    if !(2..=40).contains(&chars) || !clean || SELVES.contains(&text) {
        return None;
    }
    ORGANS.iter().any(|o| text.ends_with(o.ending)).then(|| text.to_owned())
}

/// "…，现就千户镇2021年政府信息公开工作报告如下": the name between an opening word and the year.
fn opening(text: &str, head: &[Span], out: &mut Masthead) {
    for line in head.iter().take(40) {
        let written = line.of(text);
        let mut from = 0;
        while let Some((year, start, end)) = dates::first_year(&written[from..]) {
            let (start, end) = (from + start, from + end);
            from = end;
            let after = squeezed_start(&written[end..], NEAR);
            let after = after.strip_prefix(YEARLY_TAIL).unwrap_or(&after);
            let after = after.strip_prefix(OF).unwrap_or(after);
            if !TITLES.iter().any(|t| after.starts_with(t)) {
                continue;
            }
            if !out.years_named.iter().any(|y| y.0 == "opening") {
                out.years_named.push(("opening", year));
            }
            if out.issuer_as_written.is_some() {
                return;
            }
            let clause = written[..start].rsplit(['，', ',', '。', '；', '：', ':', '”', '》']).next().unwrap_or("");
            let clause = squeezed(clause);
            let name = OPENINGS
                .iter()
                .filter_map(|w| clause.rfind(w).map(|at| at + w.len()))
                .max()
                .map_or(clause.as_str(), |at| &clause[at..]);
            // Verbs of one character may be part of a name: try the longer clause as well.
            let name = organ_in(&without_year(name)).or_else(|| organ_in(&without_year(&clause)));
            if let Some(name) = name {
                out.issuer_as_written = Some(Quote { text: name, span: *line });
                return;
            }
        }
    }
}

/// A letterhead above, or a name on a line of its own at either end.
fn signature(text: &str, head: &[Span], tail: &[Span], out: &mut Masthead) {
    let letterhead = head.iter().take(10).find_map(|line| {
        if !ends_squeezed(line.of(text), LETTERHEAD) {
            return None;
        }
        let words = squeezed(line.of(text));
        organ_in(words.strip_suffix(LETTERHEAD)?).map(|name| Quote { text: name, span: *line })
    });
    if let Some(written) = &out.issuer_as_written {
        // The letterhead writes the full name of what the title shortens.
        let short = full_name(&written.text).map(|n| n.0);
        if let Some(full) = letterhead.filter(|l| full_name(&l.text).map(|n| n.0) == short) {
            out.issuer_as_written = Some(full);
        }
        return;
    }
    let alone = |line: &Span| {
        let words = squeezed(line.of(text));
        let certain = ORGANS.iter().any(|o| o.alone && words.ends_with(o.ending));
        organ_in(&words).filter(|w| certain && w.chars().count() >= 4).map(|name| Quote { text: name, span: *line })
    };
    out.issuer_as_written = letterhead
        .or_else(|| tail.iter().rev().take(6).find_map(alone))
        .or_else(|| head.iter().take(6).find_map(alone));
}

fn dates_and_number(text: &str, head: &[Span], tail: &[Span], out: &mut Masthead) {
    let quote = |line: &Span, at: usize, end: usize| Span::new(line.start as usize + at, line.start as usize + end);
    // A line that is a date and nothing else, a labelled date, a printing line.
    let alone = |line: &Span| {
        let words = line.of(text);
        if words.len() > 60 {
            return None;
        }
        let (date, at, end) = dates::first_date(words)?;
        let around = squeezed(&words[..at]) + &squeezed(&words[end..]);
        around.chars().all(|c| "()（）[]【】〔〕".contains(c)).then(|| (date, quote(line, at, end)))
    };
    let labelled = |line: &Span| {
        static LABELS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(DATE_LABELS));
        let words = line.of(text);
        if !LABELS.is_in(words) {
            return None;
        }
        DATE_LABELS.iter().find_map(|label| {
            let from = words.find(label)? + label.len();
            let rest = &words[from..];
            let (date, at, end) = dates::first_date(rest)?;
            let near = squeezed(&rest[..at]).chars().all(|c| matches!(c, ':' | '：' | '【' | '】' | '[' | ']'));
            near.then(|| (date, quote(line, from + at, from + end)))
        })
    };
    let printed = |line: &Span| {
        let words = line.of(text);
        if !ends_squeezed(words, PRINTED) {
            return None;
        }
        let (date, at, end) = dates::first_date(words)?;
        Some((date, quote(line, at, end)))
    };
    out.published_on = head
        .iter()
        .take(30)
        .find_map(labelled)
        .or_else(|| head.iter().take(30).find_map(alone))
        .or_else(|| tail.iter().rev().find_map(printed))
        .or_else(|| tail.iter().rev().find_map(alone))
        .or_else(|| tail.iter().rev().find_map(labelled));
    out.document_number = head.iter().take(30).find_map(|line| {
        let words = line.of(text);
        if !words.contains(NUMBER_END) {
            return None;
        }
        let (body, labelled) = NUMBER_LABELS
            .iter()
            .find_map(|l| words.split_once(l))
            .map_or((words, false), |(_, rest)| (rest.trim_start_matches([':', '：', ' ', '\u{3000}', '】']), true));
        number::document_number(body, labelled).map(|text| Quote { text, span: *line })
    });
    let mut all = head.iter();
    out.period = all.find_map(|line| {
        let (start, end, at, stop) = dates::first_period(line.of(text))?;
        Some((start, end, quote(line, at, stop)))
    });
}

fn years(text: &str, head: &[Span], sections: &[SectionRead], out: &mut Masthead) {
    if let Some((start, ..)) = &out.period {
        out.years_named.push(("period", start.year()));
    }
    let mut first_in_overview = None;
    if let Some(section) = sections.iter().find(|s| s.section == Section::Overview) {
        let body = Span { start: section.heading.end, end: section.span.end }.of(text);
        first_in_overview = dates::first_year(body).map(|y| y.0);
        if let Some(year) = spoken_year(body) {
            out.years_named.push(("overview", year));
        }
    }
    if let Some(section) = sections.iter().find(|s| s.section == Section::Other) {
        let body = Span { start: section.heading.end, end: section.span.end }.of(text);
        let end = body.char_indices().nth(80).map_or(body.len(), |c| c.0);
        if let Some((year, ..)) =
            dates::first_year(&body[..end]).filter(|y| dates::date_at(&body[y.1..], None).is_none())
        {
            out.years_named.push(("other", year));
        }
    }
    let named = |source: &str| out.years_named.iter().find(|y| y.0 == source).map(|y| y.1);
    let dated = out.published_on.map(|(d, _)| d.year() - 1);
    let first = head
        .iter()
        .find_map(|l| dates::first_year(l.of(text)).filter(|_| dates::first_date(l.of(text)).is_none()))
        .map(|y| y.0);
    out.year = out
        .year
        .or_else(|| named("opening"))
        .or_else(|| named("period"))
        // The prose speaks of other years as well: it wants the date of publication as a witness where there is one.
        .or_else(|| named("overview").or(first_in_overview).filter(|y| dated.is_none_or(|d| (d - y).abs() <= 1)))
        .or(first)
        .or(dated);
}

/// The first year that the prose speaks of as its own: "2021年，我镇…". The year of a decree or a plan is none.
fn spoken_year(body: &str) -> Option<i16> {
    let mut from = 0;
    for _ in 0..8 {
        let (year, start, end) = dates::first_year(&body[from..])?;
        // "对2008年以来规范性文件": within a clause it is the year since when.
        let opens = body[..from + start].trim_end_matches([' ', '\u{3000}']).ends_with(['\n', '。', '，', '；']);
        from += end;
        let after = body[from..].trim_start();
        if SPOKEN.iter().any(|w| after.starts_with(w)) || (opens && after.starts_with(SINCE)) {
            return Some(year);
        }
    }
    None
}

/// The editions whose notice is cited.
fn cited(text: &str) -> Vec<Edition> {
    NOTICES
        .iter()
        .filter(|(_, year, number)| {
            memchr::memmem::find_iter(text.as_bytes(), number.as_bytes()).any(|at| {
                let before: String = text[..at].chars().rev().take(6).collect();
                let before: String = before.chars().rev().collect();
                before.contains(year) && !before.ends_with(|c: char| c.is_ascii_digit())
            })
        })
        .map(|(edition, ..)| *edition)
        .collect()
}

/// The full name of an organ, and the ending that told it.
pub(super) fn full_name(written: &str) -> Option<(String, &'static OrganEnding)> {
    let ending = ORGANS.iter().find(|o| written.ends_with(o.ending))?;
    let stem = written.strip_suffix(ending.cut).unwrap_or(written);
    let name = format!("{stem}{}", ending.completion);
    Some(if ending.level == Some("township") { (town(&name), ending) } else { (name, ending) })
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
    name[cut..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Masthead {
        let document = Document::of_text("text", "utf-8", text.to_owned());
        masthead(&document, &crate::prose::outline(text))
    }

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
        ] {
            assert_eq!(full_name(written).map(|n| n.0).as_deref(), Some(full), "{written}");
        }
    }

    #[test]
    fn issuer_and_year_wherever_they_stand() {
        for (text, issuer, year) in [
            ("章古台镇 2021 年度政府信息公开工作报告\n一、总体情况\n甲", "章古台镇人民政府", 2021),
            (
                "政府信息公开工作年度报告\n康庄镇人民政府\n（2021年1月20日）\n一、总体情况\n2020年，甲",
                "康庄镇人民政府",
                2020,
            ),
            ("根据规定,现公布玉潭镇人民政府2021年政府信息公开工作年度报告。\n一、总体情况\n甲", "玉潭镇人民政府", 2021),
            ("要求，现就千户镇2021年政府信息公开工作报告如下。\n一、总体情况\n甲", "千户镇人民政府", 2021),
            ("郎溪县财政局\n2022年政府信息公开工作年度报告\n一、总体情况\n甲", "郎溪县财政局", 2022),
            ("关于青禾镇2019年度政府信息公开工作年度报告\n一、总体情况\n甲", "青禾镇人民政府", 2019),
        ] {
            let m = head(text);
            assert_eq!((m.issuer.as_deref(), m.year), (Some(issuer), Some(year)), "{text}");
        }
    }

    #[test]
    fn numbers_and_dates() {
        let m = head(
            "柱政发〔2024〕3号\n柱濮镇2023年政府信息公开工作年度报告\n根据国办公开办函〔2021〕30号\n一、总体情况\n甲\n六、其他需要报告的事项\n无\n2024年1月24日印发",
        );
        assert_eq!(m.document_number.map(|q| q.text).as_deref(), Some("柱政发〔2024〕3号"));
        assert_eq!(m.published_on.map(|d| d.0.to_string()).as_deref(), Some("2024-01-24"));
        assert_eq!(m.cited, vec![Edition::Of2021]);
    }
}

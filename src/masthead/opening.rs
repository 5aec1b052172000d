//! Who reports, where the title does not say: the opening sentence, the letterhead, the signature, the prose, and whom to ask.

use crate::divisions::parse;
use crate::document::Span;
use crate::report::{Masthead, Quote};
use crate::terms::masthead::{
    DOINGS, LETTERHEAD, OF, ORGANS, SELF_ENDS, SELF_MARKS, SINCE, TITLES, WRITTEN_BY, YEARLY_TAIL,
};
use crate::terms::organs::{CONTACT_ENDS, CONTACTS};
use crate::terms::places::DIVISION_ENDS;

use super::name::{completed, full_name, is_plain, is_whole, name_at_end, organ_in, principal, self_of, without_short};
use super::squeezed::{ends_squeezed, squeezed, squeezed_start};
use super::{Lines, dates};

/// Characters behind a year in which the words of a title begin and end.
const NEAR: usize = 64;
/// Lines of the opening that are looked at.
const LINES: usize = 40;
/// Longest name in bytes, with its office.
const LONGEST: usize = 160;
/// Clauses of a sentence in which its subject is looked for.
const CLAUSES: usize = 3;
/// Bytes of the overview in which its first sentences stand.
const FIRST: usize = 900;

/// "…，现就千户镇2021年政府信息公开工作报告如下": the name between an opening word and the year, or behind the year.
pub(super) fn opening(text: &str, head: &[Span], out: &mut Masthead) {
    let title = out.title.as_ref().map_or(Span::default(), |t| t.span);
    // What the title says is no second witness.
    let is_title = |line: &&Span| line.start < title.end && title.start < line.end;
    for line in head.iter().take(LINES) {
        let written = line.of(text);
        let mut from = if is_title(&line) { (title.end.min(line.end) - line.start) as usize } else { 0 };
        while let Some((year, start, end)) = dates::first_year(&written[from..]) {
            let (start, end) = (from + start, from + end);
            from = end;
            let after = squeezed_start(&written[end..], NEAR);
            let after = after.strip_prefix(YEARLY_TAIL).unwrap_or(&after);
            let after = after.strip_prefix(OF).unwrap_or(after);
            let Some(words) = TITLES.iter().filter_map(|t| after.find(t)).min() else { continue };
            let between = without_short(&after[..words]);
            let between = between.strip_suffix(OF).unwrap_or(&between);
            let behind = organ_in(between).filter(|n| is_whole(n, Some(year)) && is_plain(n));
            if !between.is_empty() && behind.is_none() {
                continue;
            }
            if !out.years_named.iter().any(|y| y.0 == "opening") {
                out.years_named.push(("opening", year));
            }
            if out.issuer_as_written.is_some() {
                return;
            }
            let clause = without_short(&squeezed(&written[..start]));
            let clause = clause.rsplit(['，', ',', '。', '；', '：', ':', '”', '》', '《']).next().unwrap_or("");
            if let Some(name) = behind.or_else(|| name_at_end(clause, Some(year))) {
                out.issuer_as_written = Some(Quote { text: name, span: *line });
                return;
            }
        }
    }
}

/// A letterhead above, or a name on a line of its own at either end.
pub(super) fn signature(text: &str, head: &Lines, tail: &Lines, speaks: Option<&[&str]>, out: &mut Masthead) {
    let letterhead = head.lines.iter().take(10).find_map(|line| {
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
        if line.end - line.start > LONGEST as u32 {
            return None;
        }
        let words = squeezed(line.of(text));
        let certain = ORGANS.iter().any(|o| o.alone && words.ends_with(o.ending));
        let name = organ_in(&words).filter(|w| certain && w.chars().count() >= 4)?;
        fits(&name, speaks).then_some(Quote { text: name, span: *line })
    };
    out.issuer_as_written = letterhead
        .or_else(|| tail.pieces.iter().rev().take(6).find_map(alone))
        .or_else(|| head.pieces.iter().take(6).find_map(alone));
}

/// Whether a name is one that may speak of itself as the report does, or the report does not speak of itself.
pub(super) fn fits(name: &str, speaks: Option<&[&str]>) -> bool {
    speaks.is_none_or(|ends| ends.iter().any(|e| name.ends_with(e)))
}

/// How the report speaks of its issuer: 我局, 本镇, in its opening or the first sentences of its overview.
pub(super) fn speaks_of_itself<'a>(head: &str, overview: &str) -> Option<&'a [&'a str]> {
    self_of(head).or_else(|| self_of(first(overview)))
}

fn first(overview: &str) -> &str {
    let mut end = overview.len().min(FIRST);
    while !overview.is_char_boundary(end) {
        end -= 1;
    }
    &overview[..end]
}

/// "由…编制": the organ that wrote the report, or the one whose office did.
pub(super) fn written_by(text: &str, head: &[Span], year: Option<i16>, speaks: Option<&[&str]>) -> Option<Quote> {
    head.iter().take(LINES).find_map(|line| {
        let words = squeezed(line.of(text));
        words.match_indices(WRITTEN_BY).take(8).find_map(|(at, _)| {
            let name = done_by(&words[at + WRITTEN_BY.len_utf8()..])?;
            answered(&name, year, speaks).map(|text| Quote { text, span: *line })
        })
    })
}

/// The name with which words begin, up to what it does.
fn done_by(words: &str) -> Option<String> {
    let run = words.find(|c: char| !('\u{3400}'..='\u{9fff}').contains(&c)).map_or(words, |end| &words[..end]);
    let end = DOINGS.iter().filter_map(|d| run.find(d)).filter(|at| *at > 0).min()?;
    organ_in(&run[..end])
}

/// The organ of which the prose says at its beginning what it did: "2022年，皮山县财政局通过…".
pub(super) fn subject(prose: &str, year: Option<i16>, speaks: Option<&[&str]>) -> Option<String> {
    let words = squeezed(first(prose));
    let (_, _, end) = dates::first_year(&words)?;
    let after = words[end..].trim_start_matches(YEARLY_TAIL);
    let after = after.strip_prefix(SINCE).unwrap_or(after).trim_start_matches(['，', ',', '、', OF]);
    // "在市委、市政府的正确领导下，衡阳市水利局结合…" names it in its second clause.
    let sentence = after.split('。').next().unwrap_or("");
    let named = |clause: &str| done_by(clause).filter(|n| is_whole(n, year) && is_plain(n) && !n.contains(SELF_MARKS));
    let name = sentence.split(['，', ',']).take(CLAUSES).find_map(named)?;
    fits(&name, speaks).then_some(name)
}

/// The organ that answers questions, where the report speaks of itself as of such an organ. A contact's bureau or office
/// alone is never the issuer: 政务服务局 answers for whole counties.
pub(super) fn contact(
    text: &str,
    head: &[Span],
    overview: &str,
    year: Option<i16>,
    speaks: Option<&[&str]>,
) -> Option<Quote> {
    head.iter().take(LINES).find_map(|line| {
        let words = squeezed(line.of(text));
        CONTACTS.iter().find_map(|word| {
            let rest = &words[words.find(word)? + word.len()..];
            let end = CONTACT_ENDS.iter().filter_map(|e| rest.find(e)).min()?;
            let name = organ_or_office(rest.get(..end.min(LONGEST))?)?;
            let speaks = speaks.or_else(|| speaks_by_name(&name, overview));
            speaks?;
            answered(&name, year, speaks).map(|text| Quote { text, span: *line })
        })
    })
}

fn organ_or_office(words: &str) -> Option<String> {
    organ_in(words).or_else(|| organ_in(principal(words)))
}

/// The endings of a name whose last part is the subject of the overview's first sentence: 东至县财政局 where it says
/// 县财政局认真….
fn speaks_by_name(name: &str, overview: &str) -> Option<&'static [&'static str]> {
    let parsed = parse(principal(name), None, &[]);
    let bare = (!parsed.rest.is_empty() && parsed.rest.chars().count() >= 3).then_some(parsed.rest)?;
    let (_, ends) = SELF_ENDS.iter().find(|(_, ends)| ends.iter().any(|e| bare.ends_with(e)))?;
    let words = squeezed(first(overview));
    let sentence = words.split('。').next().unwrap_or("");
    let is_subject = |clause: &str| {
        let clause = dates::first_year(clause).map_or(clause, |y| &clause[y.2..]).trim_start_matches(YEARLY_TAIL);
        let rest = clause.strip_prefix(DIVISION_ENDS).unwrap_or(clause).strip_prefix(bare);
        rest.is_some_and(|r| DOINGS.iter().any(|d| r.starts_with(d)))
    };
    sentence.split(['，', ',']).take(CLAUSES).any(is_subject).then_some(*ends)
}

/// The organ for which a name answers, if it is whole and may speak as the report does.
fn answered(name: &str, year: Option<i16>, speaks: Option<&[&str]>) -> Option<String> {
    [name, principal(name)].into_iter().find_map(|n| {
        let name = organ_in(n).filter(|n| is_whole(n, year) && fits(n, speaks))?;
        // An office that answers for a government is not known to be the issuer unless the report says 我办.
        let is_office = full_name(&name).is_some_and(|f| f.1.kind == "office");
        (!is_office || speaks.is_some()).then_some(name)
    })
}

/// The whole of a name of which the title has a part.
pub(super) fn whole_of(part: &str, text: &str, year: Option<i16>) -> Option<String> {
    if is_whole(part, year) { Some(part.to_owned()) } else { completed(part, text, year) }
}

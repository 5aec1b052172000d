//! The year reported on: what title, opening, period, prose and date say of it.

use crate::document::Span;
use crate::report::{Masthead, SectionRead};
use crate::terms::Section;
use crate::terms::masthead::{SINCE, SPOKEN};

use super::{dated, dates};

/// Bytes of the overview in which a period is looked for that the opening does not have.
const PERIOD: usize = 1500;

/// Settles the year. The title's counts most; where two other sources agree on another one, they count more, and the rule
/// that compares them tells.
pub(super) fn years(text: &str, head: &[Span], sections: &[SectionRead], out: &mut Masthead) {
    let overview = sections.iter().find(|s| s.section == Section::Overview);
    let body = overview.map(|s| Span { start: s.heading.end, end: s.span.end });
    if out.period.is_none()
        && let Some(body) = body
    {
        let mut end = (body.end as usize).min(body.start as usize + PERIOD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        out.period = dated::broken(text, Span::new(body.start as usize, end.max(body.start as usize)));
    }
    if let Some((start, ..)) = &out.period {
        out.years_named.push(("period", start.year()));
    }
    let mut first_in_overview = None;
    if let Some(body) = body {
        first_in_overview = dates::first_year(body.of(text)).map(|y| y.0);
        if let Some(year) = spoken_year(body.of(text)) {
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
    let told = out.year.or_else(|| named("opening")).or_else(|| named("period"));
    // Two against one: the title of last year's report above this year's text.
    let votes = |year: i16| {
        let beside = [out.year, named("opening"), named("period"), named("overview"), dated];
        beside.into_iter().flatten().filter(|other| *other == year).count()
    };
    let outvoted = named("period").filter(|period| votes(*period) > told.map_or(1, votes).max(1));
    out.year = outvoted
        .or(told)
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

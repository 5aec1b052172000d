//! What a document says of its issuer, gathered from its text and its site.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Context, identify};
use crate::divisions::{Level, parse};
use crate::document::Span;
use crate::masthead::name::{full_name, is_whole, organ_in, written_out};
use crate::masthead::squeezed::squeezed;
use crate::masthead::{Lines, opening};
use crate::report::{Identity, Masthead, Open, Quote};
use crate::terms::AnyOf;
use crate::terms::masthead::LETTERHEAD;
use crate::terms::organs::{INDEX_NUMBERS, OWN, PUBLISHERS, SOURCES};
use crate::terms::portal::{COLONS, LABELS};

/// Lines of the opening in which fields of a portal page are looked for.
const FIELDS: usize = 30;
/// Longest field in bytes.
const LONGEST: usize = 160;
/// Before the name of a field.
const BEFORE_FIELD: [char; 7] = ['[', '【', '|', '>', '-', '*', '•'];
/// Bytes of the head that are read for names.
const HEAD: usize = 4000;

/// The value of a field on a line: what stands behind its name and a colon, or in the next cell.
fn field<'a>(line: &'a str, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| {
        line.match_indices(name).find_map(|(at, _)| {
            let alone = line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || BEFORE_FIELD.contains(&c));
            let rest = line[at + name.len()..].trim_start_matches([']', '】', ' ', '\u{3000}']);
            let parted = rest.starts_with(COLONS) || rest.starts_with(['|', '\t']);
            let value = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '|' || COLONS.contains(&c));
            // Several fields may stand on one line.
            let value = &value[..value.find(['\t', '|', ' ', '\u{3000}', '\u{a0}', '<']).unwrap_or(value.len())];
            let is_label = LABELS.contains(&value.trim_end_matches(COLONS));
            (alone && parted && !value.is_empty() && !is_label).then_some(value)
        })
    })
}

/// Completes a masthead: the issuer where the text about the report names none, its division, level and function.
pub(in crate::masthead) fn settle_issuer(
    text: &str,
    site: &[String],
    head: &Lines,
    tail: &[Span],
    overview: Span,
    speaks: Option<&[&str]>,
    out: &mut Masthead,
) {
    let (mut publishers, mut sources) = (Vec::new(), Vec::new());
    let mut index = None;
    static ANY: LazyLock<AnyOf> =
        LazyLock::new(|| AnyOf::new(&[PUBLISHERS, SOURCES, INDEX_NUMBERS, &[LETTERHEAD]].concat()));
    for line in head.lines.iter().take(FIELDS).filter(|l| l.end - l.start < LONGEST as u32) {
        let words = line.of(text);
        if !ANY.is_in(words) {
            continue;
        }
        if let Some(value) = field(words, PUBLISHERS) {
            publishers.push((squeezed(value), *line));
        } else if let Some(name) = words.trim_end().strip_suffix(LETTERHEAD) {
            publishers.push((squeezed(name), *line));
        }
        if let Some(value) = field(words, SOURCES) {
            sources.push((squeezed(value), *line));
        }
        index = index.or_else(|| field(words, INDEX_NUMBERS));
    }
    let year = out.year;
    if out.issuer_as_written.is_none() {
        let whole = |name: &str| organ_in(name).filter(|n| is_whole(n, year) && opening::fits(n, speaks));
        // The source is often the site; it counts where the report speaks of itself as of such an organ.
        let published = || {
            let sources = sources.iter().filter(|_| speaks.is_some());
            publishers.iter().chain(sources).find_map(|(name, line)| Some(Quote { text: whole(name)?, span: *line }))
        };
        let subject = || {
            let before = Span { start: 0, end: head.lines.last().map_or(0, |l| l.end) };
            let of_prose = |span: Span| Some((opening::subject(span.of(text), year, speaks)?, span));
            let (name, span) = of_prose(overview).or_else(|| of_prose(before))?;
            Some(Quote { text: name, span })
        };
        out.issuer_as_written = opening::written_by(text, &head.paragraphs, year, speaks)
            .or_else(published)
            .or_else(subject)
            .or_else(|| opening::contact(text, &head.paragraphs, overview.of(text), year, speaks));
    }
    publishers.extend(sources);
    if let Some(name) = out.issuer_as_written.as_mut() {
        without_neighbour(name, &publishers, year);
    }
    let Some(written) = out.issuer_as_written.as_ref().map(|q| q.text.clone()) else {
        return;
    };
    let stretch = |lines: &[Span]| {
        let (from, to) = (lines.first().map_or(0, |l| l.start), lines.last().map_or(0, |l| l.end));
        let mut end = (to as usize).min(from as usize + HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.get(from as usize..end).unwrap_or("")
    };
    let names: Vec<String> = publishers.into_iter().map(|p| p.0).collect();
    let context = Context { text, head: stretch(&head.lines), tail: stretch(tail), publishers: &names, site, index };
    let (identity, level) = identify(&written, year, &[], &context);
    let whole = opening::whole_of(&written, text, year).or_else(|| {
        let published = names.iter().find(|n| n.ends_with(written.as_str()) && is_whole(n, year));
        published.and_then(|n| organ_in(n))
    });
    let (mut identity, level) = match &whole {
        // What the page completes is looked up as the page writes it.
        Some(name) if *name != written => identify(name, year, &[], &context),
        _ => (identity, level),
    };
    if let Some((_, ending)) = full_name(&written) {
        out.level = level.map(Level::key).or(ending.level);
        out.kind = Some(ending.kind);
        let title = out.title.as_ref().map_or("", |t| t.text.as_str());
        let wide = ending.kind == "government" && out.level != Some(Level::Township.key());
        let own = !wide || OWN.iter().any(|w| title.contains(w));
        identity.scope = Some(if own { "own" } else { "government_wide" });
        // A place that is not in the table and has one that may be meant is misspelt.
        let misspelt = identity.open == Some(Open::Unknown) && !identity.candidates.is_empty();
        let whole = whole.as_deref().filter(|_| !misspelt).map(|name| in_full(name, text, year, &identity));
        let whole = whole.as_deref();
        out.issuer = whole.and_then(|n| Some(full_name(&written_out(n, text)?)?.0));
    }
    out.identity = identity;
}

/// Takes what stood beside a name on the page from it, where a field tells the name: 通知昭阳街道 of a portal's side bar.
fn without_neighbour(written: &mut Quote, publishers: &[(String, Span)], year: Option<i16>) {
    let Some((full, _)) = full_name(&written.text).filter(|_| parse(&written.text, year, &[]).divisions.is_empty())
    else {
        return;
    };
    let told = publishers.iter().filter(|(name, _)| !parse(name, year, &[]).divisions.is_empty());
    let own = told.filter_map(|(name, _)| full_name(name).map(|f| (name, f.0)));
    if let Some((name, _)) = own.filter(|(_, own)| full.ends_with(own) && full != *own).max_by_key(|(_, own)| own.len())
    {
        written.text.clone_from(name);
    }
}

/// A name with its place written out, where the page does so: 耿马县 as 耿马傣族佤族自治县.
fn in_full<'a>(name: &'a str, text: &str, year: Option<i16>, identity: &Identity) -> Cow<'a, str> {
    let parsed = parse(name, year, &[]);
    let place = identity.division.filter(|d| d.level() != Level::Township && parsed.own != d.name);
    match place.filter(|d| !parsed.own.is_empty() && memchr::memmem::find(text.as_bytes(), d.name.as_bytes()).is_some())
    {
        Some(division) => Cow::Owned(format!("{}{}{}", parsed.parents, division.name, parsed.rest)),
        None => Cow::Borrowed(name),
    }
}

//! What a document says of its issuer, gathered from its text and its site.

use super::{Context, identify};
use crate::divisions::Level;
use crate::document::{Document, Span};
use crate::masthead::name::{full_name, is_whole, organ_in, written_out};
use crate::masthead::opening;
use crate::masthead::squeezed::squeezed;
use crate::report::{Masthead, Open, Quote};
use crate::terms::masthead::LETTERHEAD;
use crate::terms::organs::{INDEX_NUMBERS, OWN, PUBLISHERS};
use crate::terms::portal::COLONS;

/// Lines of the opening in which fields of a portal page are looked for.
const FIELDS: usize = 30;
/// Longest field in bytes.
const LONGEST: usize = 160;
/// Bytes of the head that are read for names.
const HEAD: usize = 4000;

/// The value of a field on a line: what stands behind its name and a colon.
fn field<'a>(line: &'a str, names: &[&str]) -> Option<&'a str> {
    let shown = line.trim_start_matches(['[', '【', ' ', '\u{3000}']);
    names.iter().find_map(|name| {
        let rest = shown.strip_prefix(name)?.trim_start_matches([']', '】', ' ', '\u{3000}']);
        let value = rest.strip_prefix(COLONS)?.trim_matches([' ', '\u{3000}', '\u{a0}']);
        // Several fields may stand on one line.
        let end = value.find(['\t', '|', ' ', '\u{3000}']).unwrap_or(value.len());
        (!value.is_empty()).then(|| &value[..end])
    })
}

/// Completes a masthead: the issuer where the text about the report names none, its division, level and function.
pub(in crate::masthead) fn settle_issuer(
    document: &Document,
    head: &[Span],
    tail: &[Span],
    overview: Span,
    speaks: Option<&[&str]>,
    out: &mut Masthead,
) {
    let text = document.text.as_str();
    let mut publishers = Vec::new();
    let mut index = None;
    for line in head.iter().take(FIELDS).filter(|l| l.end - l.start < LONGEST as u32) {
        let words = line.of(text);
        if let Some(value) = field(words, PUBLISHERS) {
            publishers.push((squeezed(value), *line));
        } else if let Some(name) = words.trim_end().strip_suffix(LETTERHEAD) {
            publishers.push((squeezed(name), *line));
        }
        index = index.or_else(|| field(words, INDEX_NUMBERS));
    }
    let year = out.year;
    if out.issuer_as_written.is_none() {
        let whole = |name: &str| organ_in(name).filter(|n| is_whole(n, year) && opening::fits(n, speaks));
        let published = || publishers.iter().find_map(|(name, line)| Some(Quote { text: whole(name)?, span: *line }));
        let subject = || {
            let name = opening::subject(overview.of(text), year, speaks)?;
            Some(Quote { text: name, span: overview })
        };
        out.issuer_as_written = opening::written_by(text, head, year, speaks)
            .or_else(published)
            .or_else(subject)
            .or_else(|| opening::contact(text, head, overview.of(text), year, speaks));
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
    let context =
        Context { text, head: stretch(head), tail: stretch(tail), publishers: &names, site: &document.site, index };
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
        let whole = whole.as_deref().filter(|_| !misspelt);
        out.issuer = whole.and_then(|n| Some(full_name(&written_out(n, text)?)?.0));
    }
    out.identity = identity;
}

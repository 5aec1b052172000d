//! What a document says of its issuer, gathered from its text and its site.

use super::{Context, identify};
use crate::divisions::Level;
use crate::document::{Document, Span};
use crate::masthead::squeezed::squeezed;
use crate::masthead::{full_name, organ_in};
use crate::report::{Masthead, Quote};
use crate::terms::masthead::LETTERHEAD;
use crate::terms::organs::{CONTACT_ENDS, CONTACTS, INDEX_NUMBERS, OWN, PUBLISHERS};
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

/// A name of an organ behind a word of contact: "请联系秦安县千户镇政府办公室（电话…）".
fn contact(head: &str) -> Option<String> {
    CONTACTS.iter().find_map(|word| {
        let rest = &head[head.find(word)? + word.len()..];
        let end = CONTACT_ENDS.iter().filter_map(|e| rest.find(e)).min()?;
        organ_in(&squeezed(rest.get(..end.min(LONGEST))?)).filter(|n| n.chars().count() >= 4)
    })
}

/// Completes a masthead: the issuer where the text about the report names none, its division, level and function.
pub(in crate::masthead) fn settle_issuer(document: &Document, head: &[Span], tail: &[Span], out: &mut Masthead) {
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
    if out.issuer_as_written.is_none() {
        out.issuer_as_written = publishers
            .iter()
            .find_map(|(name, line)| Some(Quote { text: organ_in(name)?, span: *line }))
            .or_else(|| {
                let named = |line: &Span| Some(Quote { text: contact(line.of(text))?, span: *line });
                head.iter().take(FIELDS).find_map(named)
            });
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
    let (mut identity, level) = identify(&written, out.year, &[], &context);
    if let Some((name, ending)) = full_name(&written) {
        out.level = level.map(Level::key).or(ending.level);
        out.kind = Some(ending.kind);
        let title = out.title.as_ref().map_or("", |t| t.text.as_str());
        let wide = ending.kind == "government" && out.level != Some(Level::Township.key());
        let own = !wide || OWN.iter().any(|w| title.contains(w));
        identity.scope = Some(if own { "own" } else { "government_wide" });
        out.issuer = Some(name);
    }
    out.identity = identity;
}

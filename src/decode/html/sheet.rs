//! The style sheets of a page, as far as they decide whether something is shown: rules for names of tags, classes and
//! ids. What other rules say is believed only where it shows something.

use rustc_hash::FxHashMap;

use super::style::{Declared, declarations};

/// Bytes of all style sheets of a page that are read.
pub(super) const LONGEST: usize = 1 << 20;
/// Rules that matter.
const MOST: usize = 4_000;
/// Rules for one class, id or tag.
const MOST_OF_ONE: usize = 24;
/// Classes of an element.
const MOST_CLASSES: usize = 6;
/// Blocks within blocks.
const DEEPEST: usize = 8;

/// What weighs more than any rule of a class: a rule that may show something, an id, and a style that is important.
const REVEALS: u32 = 1 << 16;
const ID: u32 = 1 << 12;
const CLASS: u32 = 1 << 6;
const IMPORTANT: u32 = 1 << 20;
/// What a style of the element's own weighs.
const OWN: u32 = 1 << 18;

/// A rule for elements that have all of its names.
#[derive(Debug)]
struct Rule {
    tag: Option<Box<[u8]>>,
    id: Option<Box<[u8]>>,
    classes: Vec<Box<[u8]>>,
    weight: u32,
    said: Declared,
}

/// The style sheets of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// The rules by the name that tells most: an id, a class, a tag.
    by_name: FxHashMap<Box<[u8]>, Vec<u32>>,
    bytes: usize,
    /// Whether there are style sheets outside of the page.
    pub(super) has_others: bool,
}

/// An element, as rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) tag: &'n [u8],
    pub(super) id: &'n [u8],
    pub(super) class: &'n [u8],
}

impl<'n> Names<'n> {
    fn classes(&self) -> impl Iterator<Item = &'n [u8]> {
        self.class.split(u8::is_ascii_whitespace).filter(|class| !class.is_empty()).take(MOST_CLASSES)
    }
}

impl Sheet {
    /// Whether no rule matters.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Reads a style sheet.
    pub(super) fn read(&mut self, text: &[u8]) {
        self.bytes += text.len();
        if self.bytes <= LONGEST {
            let text = without_comments(text);
            self.block(&text, false, 0);
        }
    }

    /// The rules of a sheet or of a block of rules; `maybe` if they hold on some screens only.
    fn block(&mut self, mut text: &[u8], maybe: bool, depth: usize) {
        while let Some(at) = memchr::memchr3(b'{', b'}', b';', text) {
            let head = text[..at].trim_ascii();
            if text[at] != b'{' {
                self.has_others |= head.starts_with(b"@import");
                text = &text[at + 1..];
                continue;
            }
            let body = &text[at + 1..];
            let end = end_of_block(body);
            let body_end = (end + 1).min(body.len());
            match holds(head) {
                None if depth < DEEPEST && head.starts_with(b"@") => {}
                Some(surely) if head.starts_with(b"@") => {
                    if depth < DEEPEST {
                        self.block(&body[..end], maybe || !surely, depth + 1);
                    }
                }
                _ => self.rules(head, &body[..end], maybe),
            }
            text = &body[body_end..];
        }
    }

    fn rules(&mut self, selectors: &[u8], block: &[u8], maybe: bool) {
        let both = declarations(block);
        if both.iter().all(|said| !said.tells()) {
            return;
        }
        for selector in selectors.split(|b| *b == b',') {
            let Some((compound, surely)) = last_compound(selector) else { continue };
            for (said, important) in both.iter().zip([0, IMPORTANT]) {
                let (said, weight) = if surely && !maybe { (*said, 0) } else { (said.revealing(), REVEALS) };
                if said.tells() {
                    self.rule(compound, said, weight + important);
                }
            }
        }
    }

    fn rule(&mut self, compound: &[u8], said: Declared, weight: u32) {
        if self.rules.len() >= MOST {
            return;
        }
        let mut rule = Rule { tag: None, id: None, classes: Vec::new(), weight, said };
        let mut at = compound.iter().position(|b| matches!(b, b'.' | b'#')).unwrap_or(compound.len());
        if at > 0 && &compound[..at] != b"*" {
            rule.tag = Some(compound[..at].to_ascii_lowercase().into());
            rule.weight += 1;
        }
        while at < compound.len() {
            let rest = &compound[at + 1..];
            let length = rest.iter().position(|b| matches!(b, b'.' | b'#')).unwrap_or(rest.len());
            let name: Box<[u8]> = rest[..length].into();
            if compound[at] == b'#' {
                rule.id = Some(name);
                rule.weight += ID;
            } else {
                rule.classes.push(name);
                rule.weight += CLASS;
            }
            at += 1 + length;
        }
        let told = rule.id.clone().or_else(|| rule.classes.first().cloned()).or_else(|| rule.tag.clone());
        let all = self.by_name.entry(told.unwrap_or_else(|| (*b"*").into())).or_default();
        if all.len() < MOST_OF_ONE {
            all.push(self.rules.len() as u32);
            self.rules.push(rule);
        }
    }

    /// What the rules and an element's own style say of the element.
    pub(super) fn of(&self, element: Names<'_>, own: [Declared; 2]) -> Declared {
        let mut said = vec![((OWN, 0), own[0]), ((OWN + IMPORTANT, 0), own[1])];
        let names = element.classes().chain([element.id, element.tag, b"*"]);
        for at in names.filter_map(|name| self.by_name.get(name)).flatten() {
            let rule = &self.rules[*at as usize];
            let tag = rule.tag.as_ref().is_none_or(|tag| **tag == *element.tag);
            let id = rule.id.as_ref().is_none_or(|id| **id == *element.id);
            if tag && id && rule.classes.iter().all(|class| element.classes().any(|c| *c == **class)) {
                said.push(((rule.weight, *at), rule.said));
            }
        }
        // Of equal weight the later one counts: the order of the rules.
        said.sort_by_key(|(weight, _)| *weight);
        said.into_iter().fold(Declared::default(), |all, (_, said)| said.over(all))
    }
}

/// Whether the rules of a block surely hold; nothing if they do not.
fn holds(head: &[u8]) -> Option<bool> {
    let lower = head.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    match () {
        () if !lower.starts_with(b"@") => Some(true),
        () if lower.starts_with(b"@media") && has(b"print") && !has(b"screen") && !has(b"not ") => None,
        () if lower.starts_with(b"@media") => Some(!has(b"(") && !has(b"not ")),
        () if lower.starts_with(b"@supports") || lower.starts_with(b"@layer") => Some(false),
        () => None,
    }
}

/// The last compound of a selector, and whether it is all of it; nothing where it is no element's, or the element's
/// only while a pointer is on it.
fn last_compound(selector: &[u8]) -> Option<(&[u8], bool)> {
    const PASSING: [&[u8]; 9] =
        [b":hover", b":focus", b":active", b":target", b":checked", b":before", b":after", b":first-l", b"::"];
    let selector = selector.trim_ascii();
    if PASSING.iter().any(|word| memchr::memmem::find(selector, word).is_some()) {
        return None;
    }
    let start = selector.iter().rposition(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'+' | b'~'));
    let last = &selector[start.map_or(0, |at| at + 1)..];
    let end = last.iter().position(|b| matches!(b, b':' | b'[' | b'(' | b')' | b']')).unwrap_or(last.len());
    let surely = start.is_none() && end == last.len();
    (!last.is_empty() && !last.contains(&b'\\')).then_some((&last[..end], surely))
}

/// Where the block ends that a text begins within.
fn end_of_block(text: &[u8]) -> usize {
    let mut depth = 0usize;
    for at in memchr::memchr2_iter(b'{', b'}', text) {
        match text[at] {
            b'{' => depth += 1,
            _ => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return at,
            },
        }
    }
    text.len()
}

/// The text without comments and the marks of one around it.
fn without_comments(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest, b"/*") {
        out.extend_from_slice(&rest[..at]);
        let end = memchr::memmem::find(&rest[at + 2..], b"*/").map_or(rest.len(), |end| at + 2 + end + 2);
        rest = &rest[end..];
    }
    out.extend_from_slice(rest);
    // Pages hide their sheets from readers of the last century.
    for mark in [&b"<!--"[..], b"-->"] {
        let found: Vec<usize> = memchr::memmem::find_iter(&out, mark).collect();
        found.into_iter().for_each(|at| out[at..at + mark.len()].fill(b' '));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sheet: &str, tag: &str, id: &str, class: &str, own: &str) -> Declared {
        let mut read = Sheet::default();
        read.read(sheet.as_bytes());
        let names = Names { tag: tag.as_bytes(), id: id.as_bytes(), class: class.as_bytes() };
        read.of(names, declarations(own.as_bytes()))
    }

    fn is_gone(sheet: &str, class: &str) -> Option<bool> {
        of(sheet, "span", "i", class, "").gone
    }

    #[test]
    fn rules_by_class_tag_and_id() {
        for sheet in [
            ".x{display:none}",
            "a, span.x ,p{ color:red; DISPLAY : none }",
            "#i{display:none}.x{display:block}",
            "span{display:none}",
            "*{display:none}",
            "/* a{ */ <!-- .x{display:none!important} .x{display:block} -->",
            "@media screen{.x{display:none}}",
            "@charset 'a'; @font-face{a:b} .x{display:none}",
            ".y{display:block}.x.y{display:none}",
            ".x{display:none}.x:hover{display:block}",
        ] {
            assert_eq!(is_gone(sheet, "y x"), Some(true), "{sheet}");
        }
        for sheet in [
            "",
            ".z{display:none}",
            ".x{display:none}.y{display:block}",
            "@media print{.x{display:none}}",
            "@media (max-width:9px){.x{display:none}}",
            "div .x{display:none}",
            ".x:not(.q){display:none}",
            ".x{display:none} div .x{display:block}",
            ".x{display:none} @media (min-width:9px){.x{display:block}}",
            ".x{display:none",
            "}}{{{.x",
        ] {
            let open = sheet.ends_with("none");
            assert_eq!(is_gone(sheet, "y x") == Some(true), open, "{sheet}");
        }
    }

    #[test]
    fn an_own_style_weighs_more() {
        assert_eq!(of("#i{display:none}", "p", "i", "", "display:block").gone, Some(false));
        assert_eq!(of("p{display:none!important}", "p", "i", "", "display:block").gone, Some(true));
    }
}

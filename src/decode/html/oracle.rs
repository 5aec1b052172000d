//! The page by a tokenizer that follows the standard state by state: what [`super::feed`] is held to.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State};

use super::super::Budget;
use super::page::Page;
use super::tags::{Attributes, Content, Tag};

/// Longest name of a tag or an attribute that can be known.
const LONGEST_NAME: usize = 16;
/// Longest value of an attribute that is kept.
const LONGEST_VALUE: usize = 4096;

/// Takes what the tokenizer finds.
#[derive(Debug)]
pub(super) struct Feed<'s> {
    source: &'s [u8],
    page: Page,
    /// Where the tokenizer stands in the source.
    position: usize,
    /// Where the characters to come begin.
    cursor: usize,
    /// Where the last tag begins.
    start: usize,
    name: Vec<u8>,
    /// The name of the last start tag whose content is no markup.
    raw: Vec<u8>,
    is_end: bool,
    /// The start tag, once it has attributes that matter.
    tag: Option<Tag>,
    attributes: Attributes,
    key: Vec<u8>,
    value: Vec<u8>,
    /// The source has ended, and the page was not handed over yet.
    is_done: bool,
    /// Text that was not handed over yet.
    waiting: Option<(usize, usize)>,
}

impl<'s> Feed<'s> {
    pub(super) fn new(source: &'s str, page: Page) -> Feed<'s> {
        Feed {
            source: source.as_bytes(),
            page,
            position: 0,
            cursor: 0,
            start: 0,
            name: Vec::new(),
            raw: Vec::new(),
            is_end: false,
            tag: None,
            attributes: Attributes::default(),
            key: Vec::new(),
            value: Vec::new(),
            is_done: false,
            waiting: None,
        }
    }

    fn end_attribute(&mut self) {
        if self.tag.is_some() && !self.key.is_empty() {
            self.attributes.take(&self.key, &self.value);
        }
        self.key.clear();
        self.value.clear();
    }

    fn flush(&mut self) {
        if let Some((from, to)) = self.waiting.take() {
            self.page.text(&self.source[from..to], from, to - from);
        }
    }

    fn begin_tag(&mut self, is_end: bool) {
        self.name.clear();
        self.is_end = is_end;
        self.tag = None;
    }
}

fn push(to: &mut Vec<u8>, more: &[u8], most: usize) {
    let room = most.saturating_sub(to.len());
    to.extend_from_slice(&more[..more.len().min(room)]);
}

impl Emitter for Feed<'_> {
    // The page leaves when the tokenizer is done.
    type Token = Page;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.raw.clear();
        self.raw.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush();
        self.is_done = true;
    }

    fn emit_error(&mut self, _error: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Page> {
        std::mem::take(&mut self.is_done).then(|| std::mem::take(&mut self.page))
    }

    #[inline]
    fn init_string(&mut self) {
        self.cursor = self.position;
    }

    #[inline]
    fn emit_string(&mut self, chars: &[u8]) {
        let at = self.position.saturating_sub(chars.len());
        if self.source.get(at..self.position) == Some(chars) {
            // The tokenizer parts what stands together: white space is seen as a whole.
            match &mut self.waiting {
                Some((_, end)) if *end == at => *end = self.position,
                _ => {
                    self.flush();
                    self.waiting = Some((at, self.position));
                }
            }
        } else {
            self.flush();
            self.page.text(chars, self.cursor.min(self.position), self.position.saturating_sub(self.cursor));
        }
        self.cursor = self.position;
    }

    #[inline]
    fn start_open_tag(&mut self) {
        self.start = self.position.saturating_sub(1);
    }

    #[inline]
    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    #[inline]
    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        self.end_attribute();
        let tag = self.tag.take().unwrap_or_else(|| Tag::of(&self.name));
        if self.is_end {
            self.page.close(tag);
            self.raw.clear();
            return None;
        }
        self.attributes.settle(tag, &self.name, &self.page.sheet);
        self.page.open(tag, &self.attributes, self.start);
        self.attributes.clear();
        let state = match tag.content() {
            Content::Markup => None,
            Content::Text => Some(State::RcData),
            Content::Raw => Some(State::RawText),
            Content::Script => Some(State::ScriptData),
        };
        if state.is_some() {
            self.raw.clear();
            self.raw.extend_from_slice(&self.name);
        }
        state
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {}

    fn set_force_quirks(&mut self) {}

    #[inline]
    fn push_tag_name(&mut self, name: &[u8]) {
        push(&mut self.name, name, LONGEST_NAME);
    }

    fn push_comment(&mut self, _text: &[u8]) {}

    fn push_doctype_name(&mut self, _name: &[u8]) {}

    fn init_doctype(&mut self) {}

    #[inline]
    fn init_attribute(&mut self) {
        if self.is_end {
            return;
        }
        self.end_attribute();
        if self.tag.is_none() {
            self.tag = Some(Tag::of(&self.name));
        }
    }

    #[inline]
    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.tag.is_some() {
            push(&mut self.key, name, LONGEST_NAME);
        }
    }

    #[inline]
    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.tag.is_some() {
            push(&mut self.value, value, LONGEST_VALUE);
        }
    }

    fn set_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.raw.is_empty() && self.raw == self.name
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}

/// The page that a source unfolds into.
pub(super) fn page(source: &str, budget: &Budget) -> Page {
    let tokens = html5gum::Tokenizer::new_with_emitter(source, Feed::new(source, Page::new(budget, true)));
    let mut last = None;
    for token in tokens {
        last = token.map_err(|never: Infallible| match never {}).ok();
    }
    last.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::html::feed;

    /// What pages are made of, whole and broken.
    const PIECES: &[&str] = &[
        "<",
        ">",
        "/",
        "!",
        "-",
        "--",
        "=",
        "\"",
        "'",
        "&",
        ";",
        "#",
        "?",
        " ",
        "\n",
        "\r\n",
        "\t",
        "a",
        "甲",
        "1",
        "12",
        "<p>",
        "</p>",
        "<P class=x>",
        "<br/>",
        "<div",
        "</div>",
        "<span style='display:none'>",
        "</span>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td colspan=2 rowspan='3'>",
        "</td>",
        "<TD COLSPAN=\"2\"",
        "<th>",
        "<ul><li>",
        "<a href=x>",
        "</a>",
        "<title>",
        "</title>",
        "</title ",
        "<textarea>",
        "</textarea>",
        "<script>",
        "</script>",
        "</SCRIPT x>",
        "<script",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "<!doctype html>",
        "<![CDATA[",
        "]]>",
        "<style>",
        ".x{color:white}p,#y{display:none}",
        "<p class=x>",
        "<td class=x id=y hidden>",
        "<small>",
        "<s>",
        "</s>",
        "</style>",
        "<noscript>",
        "</noscript>",
        "<input value=3 type=text>",
        "<input value='&#49;'>",
        "<meta name=PubDate content='2020-01-02&nbsp;甲'>",
        "&nbsp;",
        "&nbsp",
        "&amp;",
        "&lt;p>",
        "&#19968;",
        "&#x4e00;",
        "&#150;",
        "&notit;",
        "&#",
        "&#x",
        "&ensp;",
        "&bogus;",
        "<pre>",
        "</pre>",
        " name",
        " content=",
        "</",
        "</ >",
        "</>",
        "<1>",
        "<?xml ?>",
        "<ruby>甲<rt>b</ruby>",
        "<select><option>x</select>",
        "x<sup>2</sup>",
        "规章",
        "\u{a0}",
    ];

    /// The text, the blocks and the lines about the site.
    fn shown(page: Page) -> (String, String, Vec<String>) {
        let (ink, rows, heading) = page.finish();
        let (text, _, site) = ink.finish();
        let text = String::from_utf8(text).expect("text in UTF-8");
        let lines: Vec<String> = heading.lines(&text).into_iter().map(|line| line.0).collect();
        let blocks = format!("{:?} {:?} {lines:?}", rows.finish(text.len()), heading.site_title());
        (text, blocks, site)
    }

    #[test]
    fn a_line_ends_before_raised_characters_in_either_way() {
        let budget = Budget::default();
        for source in ["1<small>\r\n-->", "<pre>1<sup>\r\n1</sup>", "<td>1<sup>\r1</sup>"] {
            assert_eq!(shown(feed::page(source, &budget, true)), shown(super::page(source, &budget)), "{source}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_page_is_that_of_the_standard(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
            let source: String = picks.into_iter().map(|i| PIECES[i]).collect();
            let budget = Budget::default();
            prop_assert_eq!(shown(feed::page(&source, &budget, true)), shown(super::page(&source, &budget)), "{}", source);
        }
    }
}

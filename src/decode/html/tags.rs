//! The tags that matter, and what they do to the lines of a page.

/// What stands between the start tag of an element and its end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Tags and text.
    Markup,
    /// Text with references.
    Text,
    /// Text as it stands.
    Raw,
    /// The text of a script.
    Script,
}

/// What a tag is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<a>`
    Link,
    /// `<p>`, `<li>` and others that stand on lines of their own.
    Line,
    /// `<h1>` to `<h6>`
    Heading,
    /// `<br>`, `<hr>`
    Break,
    /// `<div>`
    Division,
    /// `<ul>`, `<ol>`, `<dl>`, `<menu>`
    List,
    /// `<section>`, `<article>`, `<main>`, `<aside>`, `<form>`, `<center>` and others that hold blocks.
    Section,
    /// `<header>`
    Header,
    /// `<footer>`
    Footer,
    /// `<nav>`
    Navigation,
    /// `<select>`, `<datalist>`
    Choice,
    /// `<button>`
    Button,
    /// `<template>`
    Template,
    /// `<del>`, `<s>`, `<strike>`: what was taken back.
    Deleted,
    /// `<ruby>`
    Ruby,
    /// `<rt>`, `<rp>`: how to read a character.
    Reading,
    /// `<sup>`, `<sub>`
    Raised,
    /// `<span>`
    Span,
    /// `<pre>`, `<listing>`
    Preformatted,
    /// `<table>`
    Table,
    /// `<caption>`
    Caption,
    /// `<tbody>`, `<thead>`, `<tfoot>`
    Group,
    /// `<tr>`
    Row,
    /// `<td>`, `<th>`
    Cell,
    /// `<input>`
    Input,
    /// `<meta>`
    Meta,
    /// `<title>`
    Title,
    /// `<head>`
    Head,
    /// `<body>`
    Body,
    /// `<script>`
    Script,
    /// `<style>` and others whose content is no page.
    Raw,
    /// `<textarea>`
    Form,
    /// Any other.
    Other,
}

impl Tag {
    /// The tag of a name in lower case.
    pub(super) fn of(name: &[u8]) -> Tag {
        match name {
            b"td" | b"th" => Tag::Cell,
            b"tr" => Tag::Row,
            b"p" | b"li" | b"dt" | b"dd" | b"address" | b"blockquote" | b"figure" | b"figcaption" | b"legend"
            | b"option" | b"summary" => Tag::Line,
            b"span" => Tag::Span,
            b"a" => Tag::Link,
            b"div" => Tag::Division,
            b"br" | b"hr" => Tag::Break,
            b"ul" | b"ol" | b"dl" | b"menu" | b"dir" => Tag::List,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Tag::Heading,
            b"table" => Tag::Table,
            b"tbody" | b"thead" | b"tfoot" => Tag::Group,
            b"caption" => Tag::Caption,
            b"section" | b"article" | b"main" | b"aside" | b"form" | b"center" | b"fieldset" | b"details"
            | b"dialog" => Tag::Section,
            b"header" => Tag::Header,
            b"footer" => Tag::Footer,
            b"nav" => Tag::Navigation,
            b"select" | b"datalist" => Tag::Choice,
            b"button" => Tag::Button,
            b"template" => Tag::Template,
            b"del" | b"s" | b"strike" => Tag::Deleted,
            b"ruby" => Tag::Ruby,
            b"rt" | b"rp" | b"rtc" => Tag::Reading,
            b"sup" | b"sub" => Tag::Raised,
            b"pre" | b"listing" => Tag::Preformatted,
            b"input" => Tag::Input,
            b"meta" => Tag::Meta,
            b"title" => Tag::Title,
            b"head" => Tag::Head,
            b"body" => Tag::Body,
            b"script" => Tag::Script,
            b"style" | b"noscript" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => Tag::Raw,
            b"textarea" => Tag::Form,
            _ => Tag::Other,
        }
    }

    /// What may stand in it.
    pub(super) fn content(self) -> Content {
        match self {
            Tag::Title | Tag::Form => Content::Text,
            Tag::Script => Content::Script,
            Tag::Raw => Content::Raw,
            _ => Content::Markup,
        }
    }

    /// Whether its attributes matter.
    pub(super) fn has_attributes(self) -> bool {
        matches!(self, Tag::Cell | Tag::Link | Tag::Span | Tag::Meta | Tag::Input)
    }

    /// Whether texts among its attributes matter.
    pub(super) fn has_texts(self) -> bool {
        matches!(self, Tag::Meta | Tag::Input)
    }

    /// Whether lines end before and behind it.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Tag::Line
                | Tag::Heading
                | Tag::Break
                | Tag::Division
                | Tag::List
                | Tag::Section
                | Tag::Header
                | Tag::Footer
                | Tag::Navigation
                | Tag::Preformatted
                | Tag::Caption
                | Tag::Choice
        )
    }

    /// Whether its end matters as much as its beginning.
    pub(super) fn is_open_until_closed(self) -> bool {
        self.is_holder() || self.is_dropped() || matches!(self, Tag::Preformatted | Tag::Ruby | Tag::Footer)
    }

    /// Whether it may hold nothing but links.
    pub(super) fn is_holder(self) -> bool {
        matches!(self, Tag::Division | Tag::List | Tag::Section | Tag::Header | Tag::Footer)
    }

    /// Whether what it holds is no part of a report.
    pub(super) fn is_dropped(self) -> bool {
        matches!(self, Tag::Navigation | Tag::Choice | Tag::Button | Tag::Template | Tag::Deleted | Tag::Reading)
    }
}

/// The attributes of a tag that are no texts, as far as they matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// `colspan`
    pub(super) columns: Option<u32>,
    /// `rowspan`
    pub(super) rows: Option<u32>,
    /// Whether there is an `href`.
    pub(super) href: bool,
    /// Whether a style hides it.
    pub(super) hidden: bool,
    /// Whether a style raises or lowers it, as marks of notes are.
    pub(super) raised: bool,
}

/// The attributes of a tag, as far as they matter.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) marks: Marks,
    /// `name`
    pub(super) name: Vec<u8>,
    /// `content` or `value`
    pub(super) content: Vec<u8>,
    /// `type`
    pub(super) kind: Vec<u8>,
}

impl Attributes {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.marks = Marks::default();
        self.name.clear();
        self.content.clear();
        self.kind.clear();
    }

    /// Whether an attribute of a name matters.
    pub(super) fn knows(name: &[u8]) -> bool {
        matches!(
            name,
            b"colspan" | b"rowspan" | b"href" | b"style" | b"hidden" | b"name" | b"content" | b"value" | b"type"
        )
    }

    /// Takes an attribute; of two with one name the first counts.
    pub(super) fn take(&mut self, name: &[u8], value: &[u8]) {
        let marks = &mut self.marks;
        match name {
            b"colspan" => marks.columns = marks.columns.or_else(|| number(value)),
            b"rowspan" => marks.rows = marks.rows.or_else(|| number(value)),
            b"href" => marks.href = true,
            b"style" => {
                marks.hidden |= hides(value);
                marks.raised |= raises(value);
            }
            b"hidden" => marks.hidden = true,
            b"name" if self.name.is_empty() => self.name.extend_from_slice(value),
            b"content" | b"value" if self.content.is_empty() => self.content.extend_from_slice(value),
            b"type" if self.kind.is_empty() => self.kind.extend_from_slice(value),
            _ => {}
        }
    }
}

/// The whole number at the beginning of a value.
fn number(value: &[u8]) -> Option<u32> {
    let digits = value.trim_ascii_start();
    let digits = digits.strip_prefix(b"+").unwrap_or(digits);
    let end = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
    let number = digits[..end].iter().fold(0u32, |n, b| n.saturating_mul(10).saturating_add(u32::from(b - b'0')));
    (end > 0).then_some(number)
}

/// Whether a style hides what it is given to: `display: none`.
fn hides(style: &[u8]) -> bool {
    sets(style, b"yalpsid", &[b"none"])
}

/// Whether a style raises or lowers what it is given to.
fn raises(style: &[u8]) -> bool {
    sets(style, b"ngila-lacitrev", &[b"super", b"sub", b"text-top"])
}

/// Whether a style gives a property, whose name is told from its end, one of some values; white space and case aside.
fn sets(style: &[u8], eman: &[u8], values: &[&[u8]]) -> bool {
    memchr::memchr_iter(b':', style).any(|at| {
        values.iter().any(|value| begins(style[at + 1..].iter(), value)) && begins(style[..at].iter().rev(), eman)
    })
}

/// Whether a text begins with words, white space and case aside.
fn begins<'t>(text: impl Iterator<Item = &'t u8>, words: &[u8]) -> bool {
    let mut shown = text.filter(|b| !b.is_ascii_whitespace());
    words.iter().all(|w| shown.next().is_some_and(|b| b.eq_ignore_ascii_case(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide() {
        for (style, expected) in [
            ("display:none", true),
            ("color:red; DISPLAY : None !important", true),
            ("display:block", false),
            ("font-size:9pt;display", false),
            ("display:no", false),
            (":none", false),
        ] {
            assert_eq!(hides(style.as_bytes()), expected, "{style}");
        }
        assert!(raises(b"font-size:9pt;Vertical-Align: Super"));
        assert!(!raises(b"vertical-align:top"));
    }
}

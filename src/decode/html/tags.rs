//! The tags that matter, and what they do to the lines of a page.

use super::sheet::{Names, Sheet};
use super::style::{Declared, Ground, Look, colour, declarations, ground};

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
    /// `<p>`
    Paragraph,
    /// `<li>`
    Item,
    /// `<dt>`, `<option>` and others that stand on lines of their own.
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
    /// `<sup>`, `<sub>`, `<small>`
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
    /// `<style>`
    Style,
    /// `<noscript>` and others whose content is no page where scripts are run.
    Raw,
    /// `<link>`
    Sheet,
    /// `<img>` and others that hold nothing.
    Void,
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
            b"p" => Tag::Paragraph,
            b"li" => Tag::Item,
            b"dt" | b"dd" | b"address" | b"blockquote" | b"figure" | b"figcaption" | b"legend" | b"option"
            | b"summary" => Tag::Line,
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
            b"sup" | b"sub" | b"small" => Tag::Raised,
            b"pre" | b"listing" => Tag::Preformatted,
            b"input" => Tag::Input,
            b"meta" => Tag::Meta,
            b"title" => Tag::Title,
            b"head" => Tag::Head,
            b"body" => Tag::Body,
            b"script" => Tag::Script,
            b"style" => Tag::Style,
            b"link" => Tag::Sheet,
            b"img" | b"wbr" | b"col" | b"embed" | b"area" | b"base" | b"param" | b"source" | b"track" => Tag::Void,
            b"noscript" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => Tag::Raw,
            b"textarea" => Tag::Form,
            _ => Tag::Other,
        }
    }

    /// What may stand in it.
    pub(super) fn content(self) -> Content {
        match self {
            Tag::Title | Tag::Form => Content::Text,
            Tag::Script => Content::Script,
            Tag::Style | Tag::Raw => Content::Raw,
            _ => Content::Markup,
        }
    }

    /// Whether texts among its attributes matter.
    pub(super) fn has_texts(self) -> bool {
        matches!(self, Tag::Meta | Tag::Input | Tag::Sheet)
    }

    /// Whether lines end before and behind it.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Tag::Paragraph
                | Tag::Item
                | Tag::Line
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
        matches!(self, Tag::Navigation | Tag::Choice | Tag::Button | Tag::Reading)
    }

    /// Whether it is a part of a table, or one.
    pub(super) fn is_of_table(self) -> bool {
        matches!(self, Tag::Table | Tag::Group | Tag::Row | Tag::Cell)
    }

    /// Whether it may stand around other things, and what is told of it holds for them.
    pub(super) fn is_around(self) -> bool {
        !self.is_of_table() && self.content() == Content::Markup && !self.is_lone()
    }

    /// Whether it has no end.
    fn is_lone(self) -> bool {
        matches!(self, Tag::Break | Tag::Void | Tag::Sheet | Tag::Meta | Tag::Input)
    }

    /// Whether it can be left out of a page with all that stands in it. Scripts show the whole page when they are done.
    pub(super) fn may_be_gone(self) -> bool {
        !self.is_lone() && self.content() == Content::Markup && !matches!(self, Tag::Head | Tag::Body)
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
    /// Whether it is not shown at all.
    pub(super) gone: bool,
    /// Whether anything is told of how its characters are shown, and what.
    pub(super) tells: bool,
    /// Whether that shows them in another way than a page without styles does.
    pub(super) matters: bool,
    pub(super) said: Declared,
}

/// The attributes of a tag, as far as they matter.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) marks: Marks,
    /// `hidden`
    hidden: bool,
    /// `style`
    style: [Declared; 2],
    /// `bgcolor`, and `color` of old pages
    old: Declared,
    /// `class`
    class: Vec<u8>,
    /// `id`
    id: Vec<u8>,
    /// `name`
    pub(super) name: Vec<u8>,
    /// `content` or `value`
    pub(super) content: Vec<u8>,
    /// `type`, `rel` or `media`
    pub(super) kind: Vec<u8>,
}

impl Attributes {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.marks = Marks::default();
        (self.hidden, self.style, self.old) = Default::default();
        self.class.clear();
        self.id.clear();
        self.name.clear();
        self.content.clear();
        self.kind.clear();
    }

    /// Whether an attribute of a name matters.
    pub(super) fn knows(name: &[u8]) -> bool {
        matches!(
            name,
            b"colspan"
                | b"rowspan"
                | b"href"
                | b"style"
                | b"class"
                | b"id"
                | b"hidden"
                | b"bgcolor"
                | b"background"
                | b"color"
                | b"name"
                | b"content"
                | b"value"
                | b"type"
                | b"rel"
                | b"media"
        )
    }

    /// Takes an attribute; of two with one name the first counts.
    pub(super) fn take(&mut self, name: &[u8], value: &[u8]) {
        let marks = &mut self.marks;
        match name {
            b"colspan" => marks.columns = marks.columns.or_else(|| number(value)),
            b"rowspan" => marks.rows = marks.rows.or_else(|| number(value)),
            b"href" => marks.href = true,
            b"style" => self.style = declarations(value),
            b"hidden" => self.hidden = true,
            b"bgcolor" => self.old.ground = ground(&value.trim_ascii().to_ascii_lowercase()),
            b"background" => self.old.ground = Some(Ground::Unknown),
            b"color" => self.old.colour = colour(&value.trim_ascii().to_ascii_lowercase()),
            b"class" if self.class.is_empty() => self.class.extend_from_slice(value),
            b"id" if self.id.is_empty() => self.id.extend_from_slice(value),
            b"name" if self.name.is_empty() => self.name.extend_from_slice(value),
            b"content" | b"value" if self.content.is_empty() => self.content.extend_from_slice(value),
            b"type" | b"rel" | b"media" if self.kind.is_empty() => self.kind.extend_from_slice(value),
            _ => {}
        }
    }

    /// Tells how an element is shown, of the name of its tag in lower case: all attributes were taken.
    pub(super) fn settle(&mut self, tag: Tag, name: &[u8], sheet: &Sheet) {
        let own = self.style;
        let said = match sheet.is_empty() {
            true => own[1].over(own[0]),
            false => sheet.of(Names { tag: name, id: &self.id, class: &self.class }, own),
        };
        let by_itself = Declared {
            gone: (self.hidden || tag == Tag::Template).then_some(true),
            struck: (tag == Tag::Deleted).then_some(true),
            raised: (tag == Tag::Raised).then_some(true),
            ..self.old
        };
        let said = said.over(by_itself);
        let marks = &mut self.marks;
        (marks.gone, marks.tells, marks.said) = (said.gone == Some(true), said.tells(), said);
        marks.matters = marks.tells && Look::default().with(&said) != Look::default();
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

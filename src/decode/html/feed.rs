//! From the characters of a source to the page: tags, text, and what is neither.
//!
//! The rules are those of the HTML standard ("Tokenization"), for slices of the source instead of single characters:
//! nothing is copied but what a reference stands for. Every step goes forward, so that the time is linear in the source.
//! The tests hold it to a tokenizer that follows the standard state by state.

use super::super::Budget;
use super::page::Page;
use super::references::{self, Reference};
use super::spellings::{Spelling, Spellings};
use super::tags::{Attributes, Content, Tag};

/// Longest name of a tag or an attribute that can be known.
const LONGEST_NAME: usize = 16;
/// Longest value of an attribute that is kept.
const LONGEST_VALUE: usize = 4096;

/// The page that a source unfolds into; what is not shown is left out if `heeds`.
pub(super) fn page(source: &str, budget: &Budget, heeds: bool) -> Page {
    let mut feed = Feed {
        source: source.as_bytes(),
        at: 0,
        page: Page::new(budget, heeds),
        attributes: Attributes::default(),
        spellings: Spellings::new(),
    };
    while feed.at < feed.source.len() {
        feed.markup();
    }
    feed.page
}

/// A source that is being read.
struct Feed<'s> {
    source: &'s [u8],
    /// What stands before it has been read.
    at: usize,
    page: Page,
    attributes: Attributes,
    spellings: Spellings,
}

/// White space between attributes.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// Whether a byte ends the name of a tag.
fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// A name in lower case, as far as it can be known.
fn lower<'b>(name: &[u8], buffer: &'b mut [u8; LONGEST_NAME]) -> &'b [u8] {
    let length = name.len().min(LONGEST_NAME);
    buffer[..length].copy_from_slice(&name[..length]);
    buffer[..length].make_ascii_lowercase();
    &buffer[..length]
}

impl Feed<'_> {
    /// The byte so many places on.
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.get(self.at + ahead).copied()
    }

    /// Where a byte stands next, from a place on; the end of the source if nowhere.
    fn find(&self, byte: u8, from: usize) -> usize {
        self.source.get(from..).and_then(|rest| memchr::memchr(byte, rest)).map_or(self.source.len(), |i| from + i)
    }

    /// Text up to a place.
    fn text(&mut self, end: usize) {
        if end > self.at {
            self.page.text(&self.source[self.at..end], self.at, end - self.at);
            self.at = end;
        }
    }

    /// Text up to a place, the references in it resolved.
    fn text_with_references(&mut self, end: usize) {
        while self.at < end {
            let next = memchr::memchr(b'&', &self.source[self.at..end]).map_or(end, |i| self.at + i);
            self.text(next);
            if next < end {
                self.reference(end);
            }
        }
    }

    /// Text up to the next `<` or the end of the source, the references in it resolved; where that is.
    fn text_before_markup(&mut self) -> usize {
        loop {
            // Many tags follow each other.
            if self.peek(0) == Some(b'<') {
                return self.at;
            }
            let next = memchr::memchr2(b'<', b'&', &self.source[self.at..]);
            let end = next.map_or(self.source.len(), |i| self.at + i);
            self.text(end);
            if self.peek(0) != Some(b'&') {
                return end;
            }
            self.reference(self.source.len());
        }
    }

    /// A reference, which goes no further than to a place.
    fn reference(&mut self, end: usize) {
        let Reference { chars, length } = references::at(&self.source[self.at..end]);
        self.page.text(chars.as_bytes(), self.at, length);
        self.at += length;
    }

    /// Text and the tag, comment or declaration behind it.
    fn markup(&mut self) {
        let open = self.text_before_markup();
        match (self.peek(1), self.peek(2)) {
            _ if open == self.source.len() => {}
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => self.tag(false),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.tag(true),
            (Some(b'!'), Some(b'-')) if self.peek(3) == Some(b'-') => self.comment(),
            (Some(b'/'), Some(_)) | (Some(b'!' | b'?'), _) => self.at = self.find(b'>', self.at + 2) + 1,
            (Some(b'/'), None) => self.text(self.source.len()),
            _ => self.text(open + 1),
        }
    }

    /// A comment: up to `-->` or `--!>`; two dashes of its beginning may be those of its end.
    fn comment(&mut self) {
        let start = self.at + 4;
        if self.peek(4) == Some(b'>') {
            self.at = start + 1;
            return;
        }
        if self.source[start..].starts_with(b"->") {
            self.at = start + 2;
            return;
        }
        let rest = &self.source[start..];
        let end = memchr::memchr_iter(b'>', rest).find(|i| rest[..*i].ends_with(b"--") || rest[..*i].ends_with(b"--!"));
        self.at = end.map_or(self.source.len(), |i| start + i + 1);
    }

    /// A tag.
    fn tag(&mut self, is_end: bool) {
        let begin = self.at;
        let Some(&Spelling { tag, is_end, marks, length, .. }) = self.spellings.find(self.source, begin) else {
            return self.new_tag(is_end);
        };
        self.at += length;
        if is_end {
            return self.page.close(tag);
        }
        self.attributes.marks = marks;
        self.page.open(tag, &self.attributes, begin);
    }

    /// A tag that is spelled like none that is remembered. One that the source breaks off in is none.
    fn new_tag(&mut self, is_end: bool) {
        let begin = self.at;
        let name = begin + 1 + usize::from(is_end);
        let Some(length) = self.source[name..].iter().position(|b| ends_name(*b)) else {
            self.at = self.source.len();
            return;
        };
        let name = &self.source[name..name + length];
        self.at = begin + 1 + usize::from(is_end) + length;
        let tag = Tag::of(lower(name, &mut [0; LONGEST_NAME]));
        self.attributes.clear();
        while self.attribute(!is_end) {}
        if self.at >= self.source.len() {
            return;
        }
        self.at += 1;
        if !is_end {
            self.attributes.settle(tag, lower(name, &mut [0; LONGEST_NAME]), &self.page.sheet);
        }
        if tag.content() == Content::Markup && !tag.has_texts() {
            self.spellings.remember(self.source, (begin, self.at), tag, is_end, self.attributes.marks);
        }
        if is_end {
            return self.page.close(tag);
        }
        self.page.open(tag, &self.attributes, begin);
        match tag.content() {
            Content::Markup => {}
            Content::Text => {
                let end = self.end_of_raw(name);
                self.text_with_references(end);
            }
            Content::Raw if tag == Tag::Style => {
                let end = self.end_of_raw(name);
                self.text(end);
                // Tags that were read before may be shown in another way from now on.
                self.spellings = Spellings::new();
            }
            Content::Raw => self.at = self.end_of_raw(name),
            Content::Script => self.at = self.end_of_script(),
        }
    }

    /// The next attribute of a tag; whether there is one. Afterwards the end of the tag or of the source follows.
    fn attribute(&mut self, matters: bool) -> bool {
        let rest = &self.source[self.at..];
        let gap = rest.iter().position(|b| !is_space(*b) && *b != b'/').unwrap_or(rest.len());
        self.at += gap;
        if self.peek(0).is_none_or(|b| b == b'>') {
            return false;
        }
        // An equals sign may begin a name.
        let rest = &self.source[self.at..];
        let ends = |b: &u8| ends_name(*b) || *b == b'=';
        let length = rest[1..].iter().position(ends).map_or(rest.len(), |i| i + 1);
        let key = &rest[..length];
        let behind = rest[length..].iter().position(|b| !is_space(*b)).map_or(rest.len(), |i| length + i);
        let mut value = None;
        self.at += behind;
        if self.peek(0) == Some(b'=') {
            self.at += 1;
            let rest = &self.source[self.at..];
            self.at += rest.iter().position(|b| !is_space(*b)).unwrap_or(rest.len());
            let start = self.at;
            match self.peek(0) {
                None | Some(b'>') => {}
                Some(quote @ (b'"' | b'\'')) => {
                    let end = self.find(quote, start + 1);
                    self.at = (end + 1).min(self.source.len());
                    // A value without an end takes the tag with it.
                    if end == self.source.len() {
                        return false;
                    }
                    value = Some((start + 1, end));
                }
                Some(_) => {
                    let rest = &self.source[start..];
                    let ends = |b: &u8| is_space(*b) || *b == b'>';
                    self.at += rest.iter().position(ends).unwrap_or(rest.len());
                    value = Some((start, self.at));
                }
            }
        }
        if matters {
            let mut name = [0; LONGEST_NAME];
            let key = lower(key, &mut name);
            if Attributes::knows(key) {
                let (from, to) = value.unwrap_or((0, 0));
                let unfolded = references::in_value(&self.source[from..to]);
                self.attributes.take(key, &unfolded[..unfolded.len().min(LONGEST_VALUE)]);
            }
        }
        true
    }

    /// Where the end tag of an element begins that holds no tags; the end of the source if nowhere.
    fn end_of_raw(&self, name: &[u8]) -> usize {
        let mut at = self.at;
        loop {
            at = self.find(b'<', at);
            if at == self.source.len() || self.is_end_tag(at, name) {
                return at;
            }
            at += 1;
        }
    }

    /// Whether the end tag of an element begins at a place.
    fn is_end_tag(&self, at: usize, name: &[u8]) -> bool {
        self.source.get(at + 1) == Some(&b'/') && self.is_name(at + 2, name)
    }

    /// Whether a name stands at a place.
    fn is_name(&self, at: usize, name: &[u8]) -> bool {
        self.source.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && self.source.get(at + name.len()).is_some_and(|b| ends_name(*b))
    }

    /// Where the end tag of a script begins. Within `<!--` and `-->` a script in the script has an end tag of its own.
    fn end_of_script(&self) -> usize {
        const NAME: &[u8] = b"script";
        let (mut in_comment, mut in_script) = (None, false);
        let mut at = self.at;
        while let Some(next) = self.source.get(at..).and_then(|rest| memchr::memchr2(b'<', b'>', rest)) {
            at += next;
            let dashes = |from: usize| at >= from + 2 && self.source[..at].ends_with(b"--");
            match (self.source[at], in_comment) {
                (b'>', Some(from)) if dashes(from) => (in_comment, in_script) = (None, false),
                (b'>', _) => {}
                (_, _) if !in_script && self.is_end_tag(at, NAME) => return at,
                (_, None) if self.source[at..].starts_with(b"<!--") => in_comment = Some(at + 2),
                (_, Some(_)) if in_script && self.is_end_tag(at, NAME) => in_script = false,
                (_, Some(_)) if !in_script && self.is_name(at + 1, NAME) => in_script = true,
                _ => {}
            }
            at += 1;
        }
        self.source.len()
    }
}

//! Walks over the XML of office documents.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Budget;
use crate::error::Failure;

/// What to do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enter {
    /// Tell what stands in it.
    Inside,
    /// Leave out all that stands in it, its end included.
    Skip,
}

/// Hears of elements by their names without prefix.
pub(super) trait Listener {
    /// An element begins.
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure>;
    /// An element ends that was not skipped.
    fn end(&mut self, name: &str) -> Result<(), Failure>;
    /// Characters between elements, references resolved.
    fn text(&mut self, text: &str);
}

/// The text of a member in UTF-8, whatever its mark says.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0,
        None => simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    // Names are short: a search would take longer to begin than to end.
    name.bytes().position(|b| b == b':').map_or(name, |at| &name[at + 1..])
}

/// Walks over the events. Where the XML breaks off, all that was told before holds.
///
/// Tags, text and references are found here, for office documents are hardly anything else; comments, declarations and
/// the like are left to the library, and the tests hold the walk to it.
pub(super) fn walk(xml: &str, listener: &mut impl Listener, budget: &Budget) -> Result<(), Failure> {
    let rest = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    let mut walker = Walker { rest, open: Vec::new(), skipped: 0, depth: budget.depth, listener };
    while walker.step()? == Way::On {}
    Ok(())
}

/// Whether there is more to walk over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    /// The XML ends, well or not.
    End,
}

/// A walk over a document.
struct Walker<'x, 'l, L> {
    /// What is still to be read.
    rest: &'x str,
    /// The names of the open elements.
    open: Vec<&'x str>,
    /// How many of them are left out.
    skipped: usize,
    /// How many may be open.
    depth: usize,
    listener: &'l mut L,
}

impl<'x, L: Listener> Walker<'x, '_, L> {
    /// Text, and what stands behind it.
    fn step(&mut self) -> Result<Way, Failure> {
        // Most tags follow each other.
        if !self.rest.starts_with('<') {
            let end = memchr::memchr2(b'<', b'&', self.rest.as_bytes()).unwrap_or(self.rest.len());
            if end > 0 {
                self.text(end);
            }
        }
        match self.rest.as_bytes() {
            [b'&', ..] => Ok(self.reference()),
            [b'<', b'/', ..] => self.end(),
            [b'<', b'!' | b'?', ..] => Ok(self.other()),
            [b'<', _, ..] => self.start(),
            _ => Ok(Way::End),
        }
    }

    /// The next so many bytes.
    fn take(&mut self, length: usize) -> &'x str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The next so many bytes are text.
    fn text(&mut self, length: usize) {
        let text = self.take(length);
        if self.skipped == 0 {
            self.listener.text(text);
        }
    }

    /// A reference; an `&` that begins none is text.
    fn reference(&mut self) -> Way {
        let behind = memchr::memchr3(b';', b'&', b'<', &self.rest.as_bytes()[1..]);
        match behind.map(|i| i + 1) {
            Some(end) if self.rest.as_bytes()[end] == b';' => {
                let name = &self.take(end + 1)[1..end];
                if self.skipped == 0 {
                    self.listener.text(character(&BytesRef::new(name)).encode_utf8(&mut [0; 4]));
                }
            }
            end => self.text(end.unwrap_or(self.rest.len())),
        }
        Way::On
    }

    /// The start tag of an element, or the only tag of an empty one.
    fn start(&mut self) -> Result<Way, Failure> {
        let Some(length) = tag_length(self.rest.as_bytes()) else { return Ok(Way::End) };
        let tag = self.take(length);
        let is_empty = length > 2 && tag.as_bytes()[length - 2] == b'/';
        let content = &tag[1..length - if is_empty { 2 } else { 1 }];
        let name = &content[..content.bytes().position(is_space).unwrap_or(content.len())];
        if !is_empty {
            self.open.push(name);
            if self.open.len() > self.depth {
                return Err(Failure::Limit { name: "depth", limit: self.depth as u64 });
            }
        }
        if self.skipped > 0 {
            self.skipped += usize::from(!is_empty);
            return Ok(Way::On);
        }
        let tag = BytesStart::from_content(content, name.len());
        match (self.listener.start(local(name), &tag)?, is_empty) {
            (Enter::Inside, true) => self.listener.end(local(name))?,
            (Enter::Skip, false) => self.skipped += 1,
            _ => {}
        }
        Ok(Way::On)
    }

    /// An end tag. One that does not close the innermost element ends the walk.
    fn end(&mut self) -> Result<Way, Failure> {
        let Some(length) = tag_length(self.rest.as_bytes()) else { return Ok(Way::End) };
        let content = &self.take(length)[2..length - 1];
        let name = &content[..content.bytes().rposition(|b| !is_space(b)).map_or(content.len(), |i| i + 1)];
        if self.open.pop() != Some(name) {
            return Ok(Way::End);
        }
        match self.skipped.checked_sub(1) {
            Some(skipped) => self.skipped = skipped,
            None => self.listener.end(local(name))?,
        }
        Ok(Way::On)
    }

    /// What is neither a tag nor text.
    fn other(&mut self) -> Way {
        let mut reader = Reader::from_str(self.rest);
        let event = reader.read_event();
        let Ok(length) = usize::try_from(reader.buffer_position()) else { return Way::End };
        self.take(length);
        match event {
            Ok(Event::CData(text)) if self.skipped == 0 => self.listener.text(&text),
            Ok(Event::Eof) | Err(_) => return Way::End,
            Ok(_) => {}
        }
        Way::On
    }
}

/// White space between attributes.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t')
}

/// The bytes of the tag at the beginning of a text, up to the first `>` without quotes around it.
fn tag_length(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].iter().position(|b| matches!(b, b'>' | b'"' | b'\''))?;
        let mark = text[at];
        at += 1;
        if mark == b'>' {
            return Some(at);
        }
        at += text[at..].iter().position(|b| *b == mark)? + 1;
    }
}

/// The character that a reference stands for. Entities of the document's own are not unfolded.
fn character(name: &BytesRef<'_>) -> char {
    match name.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => name.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| local(a.key.into_inner()) == name);
    found.map(|a| a.value)
}

/// The number in an attribute; spans far beyond any limit stay large.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<i32> {
    let value = attribute(tag, name)?;
    let value = value.trim();
    value.parse::<i64>().ok().map(|n| n.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// What a listener hears; of elements whose names begin with `x` it hears only that they begin.
    #[derive(Debug, Default, PartialEq)]
    struct Heard(Vec<String>);

    impl Listener for Heard {
        fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
            self.0.push(format!("<{name} {:?}", attribute(tag, "v")));
            Ok(if name.starts_with('x') { Enter::Skip } else { Enter::Inside })
        }

        fn end(&mut self, name: &str) -> Result<(), Failure> {
            self.0.push(format!("/{name}"));
            Ok(())
        }

        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }
    }

    /// The same walk with all events from the library.
    fn walk_of_library(xml: &str, listener: &mut impl Listener, budget: &Budget) -> Result<(), Failure> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        let (mut depth, mut skipped) = (0usize, 0usize);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    depth += 1;
                    if depth > budget.depth {
                        return Err(Failure::Limit { name: "depth", limit: budget.depth as u64 });
                    }
                    if skipped > 0 || listener.start(local(tag.name().into_inner()), &tag)? == Enter::Skip {
                        skipped += 1;
                    }
                }
                Ok(Event::Empty(tag)) if skipped == 0 => {
                    let name = local(tag.name().into_inner());
                    if listener.start(name, &tag)? == Enter::Inside {
                        listener.end(name)?;
                    }
                }
                Ok(Event::End(tag)) => {
                    depth = depth.saturating_sub(1);
                    if skipped > 0 {
                        skipped -= 1;
                    } else {
                        listener.end(local(tag.name().into_inner()))?;
                    }
                }
                Ok(Event::Text(text)) if skipped == 0 => listener.text(&text),
                Ok(Event::CData(text)) if skipped == 0 => listener.text(&text),
                Ok(Event::GeneralRef(name)) if skipped == 0 => {
                    listener.text(character(&name).encode_utf8(&mut [0; 4]));
                }
                Ok(Event::Eof) | Err(_) => return Ok(()),
                Ok(_) => {}
            }
        }
    }

    #[test]
    fn the_walk_is_that_of_the_library() {
        const PIECES: &[&str] = &[
            "<w:a>",
            "</w:a>",
            "<w:a>",
            "</w:a>",
            "<b>",
            "</b>",
            "<b>",
            "</b>",
            "<b/>",
            "<x>",
            "</x>",
            "<x/>",
            "<b v='1>2'>",
            "<b w:v=\"3\" u = '4' />",
            "<b v=\"",
            "'",
            "\"",
            "</b >",
            "</b v='>'>",
            "<>",
            "</>",
            "</ >",
            "< />",
            "< b>",
            "<a'b c'>",
            "</a'b>",
            "</a'b'>",
            "<",
            ">",
            "/",
            "&",
            "&amp;",
            "&lt;",
            "&#x4e00;",
            "&#0;",
            "&nothing;",
            "&;",
            "a;",
            "甲",
            "\n",
            " ",
            "<!-- 1 -->",
            "<!-->",
            "<!---->",
            "<!--",
            "-->",
            "<![CDATA[<b>&amp;]]>",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE b>",
            "<!DOCTYPE",
            "<!doctype b [<!ENTITY c \"d\">]>",
            "<!b>",
            "<?xml version=\"1.0\"?>",
            "<?b c?>",
            "<?>",
            "<??>",
            "<?",
            "?>",
            "\u{feff}",
        ];
        let mut random = StdRng::seed_from_u64(7);
        let budget = Budget::new(&crate::decode::Limits { depth: 4, ..Default::default() });
        for round in 0..20_000 {
            // Wild soups end soon: most are of the first pieces, which are well formed more often than not.
            let kinds = if round % 4 == 0 { PIECES.len() } else { 14 };
            let soup: String = (0..random.random_range(1..30)).map(|_| PIECES[random.random_range(0..kinds)]).collect();
            let (mut heard, mut expected) = (Heard::default(), Heard::default());
            let ended = walk(&soup, &mut heard, &budget).is_ok();
            let library = walk_of_library(&soup, &mut expected, &budget).is_ok();
            assert_eq!((ended, heard), (library, expected), "{soup}");
        }
    }
}

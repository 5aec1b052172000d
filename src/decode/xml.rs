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
pub(super) fn walk(xml: &str, listener: &mut impl Listener, budget: &Budget) -> Result<(), Failure> {
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

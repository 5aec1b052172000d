//! Collections of texts: JSON lines, or an array, whose objects have a field with a report's text. Each is a file of its
//! own, with a path like `a.jsonl!/17`.

use std::fmt;
use std::io::{BufRead, Read};

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::stream::{Batch, Taken};
use super::{Kind, Place};
use crate::error::Failure;
use crate::load::reading::guarded;
use crate::load::rows::{Cancelled, Rows, Run};
use crate::terms::portal::TEXT_FIELDS;

/// The text of an object, if it has one.
struct Record(Option<String>);

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Record, D::Error> {
        source.deserialize_map(OfRecord)
    }
}

struct OfRecord;

impl<'de> Visitor<'de> for OfRecord {
    type Value = Record;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object with a text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Record, A::Error> {
        let mut found: Option<(usize, String)> = None;
        while let Some(name) = fields.next_key::<String>()? {
            let rank = TEXT_FIELDS.iter().position(|field| *field == name);
            match rank.filter(|rank| found.as_ref().is_none_or(|(best, _)| rank < best)) {
                Some(rank) => {
                    if let Text(Some(text)) = fields.next_value()? {
                        found = Some((rank, text));
                    }
                }
                None => {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Record(found.map(|(_, text)| text)))
    }
}

/// A string, or anything else.
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Text, D::Error> {
        source.deserialize_any(OfText)
    }
}

struct OfText;

impl<'de> Visitor<'de> for OfText {
    type Value = Text;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(Some(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Text, A::Error> {
        while all.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Text, A::Error> {
        while all.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }
}

/// An array of objects of which each has a text.
struct Array(Vec<String>);

impl<'de> Deserialize<'de> for Array {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Array, D::Error> {
        source.deserialize_seq(OfArray)
    }
}

struct OfArray;

impl<'de> Visitor<'de> for OfArray {
    type Value = Array;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an array of objects with a text")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Array, A::Error> {
        let mut texts = Vec::new();
        while let Some(Record(text)) = all.next_element()? {
            texts.push(text.ok_or_else(|| A::Error::custom("an object without a text"))?);
        }
        Ok(Array(texts))
    }
}

/// The bytes without a mark of their order and without white space before them.
fn begun(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// Whether a file begins as JSON lines do; only its records tell whether it is one.
pub(super) fn may_be_lines(head: &[u8]) -> bool {
    begun(head).strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

/// The kind of collection that bytes are.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let bytes = begun(bytes);
    match bytes.first()? {
        b'{' => {
            let first = bytes.split(|b| *b == b'\n').next()?;
            let has_text = |json: &[u8]| matches!(serde_json::from_slice(json), Ok(Record(Some(_))));
            // An object of its own may stand in several lines.
            (may_be_lines(bytes) && (has_text(first) || has_text(bytes))).then_some(Kind::Records)
        }
        b'[' => {
            let is_object = bytes[1..].trim_ascii_start().starts_with(b"{");
            (is_object && serde_json::from_slice::<Array>(bytes).is_ok_and(|all| !all.0.is_empty()))
                .then_some(Kind::Records)
        }
        _ => None,
    }
}

/// Reads all records.
pub(super) fn read<'a>(
    run: &Run<'_>,
    place: Place<'_>,
    mut source: Box<dyn BufRead + 'a>,
    length: u64,
    rows: &mut Rows,
) -> Result<u64, Cancelled> {
    let limits = &run.options.limits;
    let mut batch = Batch::new(run, place, rows);
    let mut number = 0usize;
    let ended = loop {
        let mut line = Vec::new();
        let most = limits.file_bytes.saturating_add(1);
        match guarded(|| {
            source.by_ref().take(most).read_until(b'\n', &mut line).map_err(|e| Failure::Io(e.to_string()))
        }) {
            Err(failure) => break Err(failure),
            Ok(0) => break Ok(()),
            Ok(_) if line.len() as u64 >= most => {
                break Err(Failure::Limit { name: "file_bytes", limit: limits.file_bytes });
            }
            Ok(_) => {}
        }
        let json = begun(&line);
        if json.is_empty() {
            continue;
        }
        // An array, or an object in several lines: the whole of it is held already.
        if number == 0 && serde_json::from_slice::<Record>(json).is_err() {
            let left = limits.file_bytes.saturating_sub(line.len() as u64);
            if let Err(e) = source.by_ref().take(left).read_to_end(&mut line) {
                break Err(Failure::Io(e.to_string()));
            }
            break match whole(&line) {
                Ok(texts) => {
                    for text in texts {
                        number += 1;
                        batch.take(taken(place, number, Ok(text)))?;
                    }
                    Ok(())
                }
                Err(failure) => Err(failure),
            };
        }
        number += 1;
        if number > limits.members {
            break Err(Failure::Limit { name: "members", limit: limits.members as u64 });
        }
        let text = match serde_json::from_slice(json) {
            Ok(Record(Some(text))) => Ok(text),
            Ok(Record(None)) => Err(Failure::Empty { bytes: json.len() as u64 }),
            Err(e) => Err(damaged(&e)),
        };
        batch.take(taken(place, number, text))?;
    };
    batch.flush()?;
    drop(batch);
    match ended {
        Err(failure) => rows.failure(place.shown, failure),
        Ok(()) if number == 0 => rows.failure(place.shown, Failure::Empty { bytes: length }),
        Ok(()) => {}
    }
    Ok(0)
}

/// The texts of a file that is one array or one object.
fn whole(bytes: &[u8]) -> Result<Vec<String>, Failure> {
    let bytes = begun(bytes);
    if bytes.starts_with(b"[") {
        return serde_json::from_slice(bytes).map(|Array(texts)| texts).map_err(|e| damaged(&e));
    }
    let Record(text) = serde_json::from_slice(bytes).map_err(|e| damaged(&e))?;
    Ok(text.into_iter().collect())
}

fn taken(place: Place<'_>, number: usize, text: Result<String, Failure>) -> Taken {
    Taken { shown: format!("{}!/{number}", place.shown), content: text.map(String::into_bytes) }
}

fn damaged(error: &serde_json::Error) -> Failure {
    Failure::Damaged { format: "JSON", detail: error.to_string() }
}

//! Small files that inflate to large ones, found before anything is inflated for good.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, MaybeRef};
use hayro_syntax::page::Page;
use memchr::memmem;

use crate::decode::Budget;
use crate::error::Failure;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 2_048;
/// Bytes of a packed stream that are not worth a look: they inflate to a few mebibytes at most.
const SMALL: usize = 4_096;
/// Streams of one page's content.
const MAX_CONTENTS: usize = 1_000;
/// Filters that each make more of a stream, on one stream.
const GROWING: [&[u8]; 3] = [b"/FlateDecode", b"/LZWDecode", b"/RunLengthDecode"];

/// Inflates the packed streams of a file, but for pictures, and counts the bytes.
pub(super) fn check(bytes: &[u8], budget: &Budget) -> Result<(), Failure> {
    let over = || Failure::Limit { name: "inflated_bytes", limit: budget.inflated_bytes };
    let mut left = budget.inflated_bytes;
    let mut buffer = vec![0; 64 << 10];
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], b"stream") {
        let begin = at + found + 6;
        let dictionary = &bytes[(at + found).saturating_sub(DICTIONARY).max(at)..at + found];
        let rest = &bytes[begin..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        at = begin + (rest.len() - data.len()) + length + if length < data.len() { 9 } else { 0 };
        let own = memmem::rfind(dictionary, b" obj").map_or(dictionary, |o| &dictionary[o..]);
        let grows: usize = GROWING.iter().map(|f| memmem::find_iter(own, f).count()).sum();
        if grows > 1 {
            return Err(over());
        }
        if length < SMALL || memmem::find(own, b"/Image").is_some() {
            continue;
        }
        let mut stream = ZlibDecoder::new(&data[..length]);
        while let Ok(n @ 1..) = stream.read(&mut buffer) {
            left = left.checked_sub(n as u64).ok_or_else(over)?;
        }
        budget.time()?;
    }
    Ok(())
}

/// Refuses a page whose content is the same stream again and again.
pub(super) fn check_page(page: &Page<'_>, budget: &Budget) -> Result<(), Failure> {
    let Some(contents) = page.raw().get::<Array<'_>>(CONTENTS) else { return Ok(()) };
    let mut seen = Vec::new();
    for part in contents.raw_iter() {
        let MaybeRef::Ref(part) = part else { continue };
        let id = (part.obj_number, part.gen_number);
        if seen.len() >= MAX_CONTENTS || seen.contains(&id) {
            return Err(Failure::Limit { name: "inflated_bytes", limit: budget.inflated_bytes });
        }
        seen.push(id);
    }
    Ok(())
}

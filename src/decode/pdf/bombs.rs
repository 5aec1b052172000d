//! Small files that inflate to large ones, found before the library sees them: what each packed stream unfolds to is
//! counted where it unfolds, whatever its filters are called and however far its dictionary stands.
//!
//! Streams of encrypted files are noise here. They, and whatever else a library does not bound, are what a process of its
//! own is for.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::Page;
use memchr::memmem;

use super::filters::{self, Filter};
use crate::decode::Budget;
use crate::error::Failure;

/// Streams of one page's content.
const MAX_CONTENTS: usize = 1_000;
/// Braces within each other in a function.
const MAX_BRACES: usize = 32;
/// The greatest number of a character in a font.
const MAX_CHARACTER: f64 = 65_535.0;
/// Bytes that are inflated in one go.
const STEP: usize = 64 << 10;

/// Inflates the packed streams of a file, but for pictures, and counts the bytes.
pub(super) fn check(bytes: &[u8], budget: &Budget) -> Result<(), Failure> {
    let mut meter = Meter { left: budget.inflated_bytes, budget, inflater: Decompress::new(true), room: vec![0; STEP] };
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], b"stream") {
        let begin = at + found + 6;
        let before = &bytes[at..at + found];
        let rest = &bytes[begin..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        at = begin + (rest.len() - data.len()) + length + if length < data.len() { 9 } else { 0 };
        let own = memmem::rfind(before, b" obj").map_or(before, |o| &before[o..]);
        let told = filters::told(own);
        if !told.is_picture {
            meter.stream(&told, &data[..length])?;
        }
    }
    Ok(())
}

/// Counts what streams unfold to.
struct Meter<'b> {
    left: u64,
    budget: &'b Budget,
    inflater: Decompress,
    room: Vec<u8>,
}

impl Meter<'_> {
    fn over(&self) -> Failure {
        Failure::Limit { name: "inflated_bytes", limit: self.budget.inflated_bytes }
    }

    fn take(&mut self, bytes: u64) -> Result<(), Failure> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| self.over())?;
        Ok(())
    }

    fn stream(&mut self, told: &filters::Told, data: &[u8]) -> Result<(), Failure> {
        let mut grows = 0;
        let mut data = Cow::Borrowed(data);
        let mut braces = Braces::default();
        for filter in &told.filters {
            if *filter != Filter::Hexadecimal && *filter != Filter::Base85 {
                grows += 1;
            }
            // What unfolds twice is made to hide how much.
            if grows > 1 {
                return Err(self.over());
            }
            match filter {
                Filter::Hexadecimal => data = Cow::Owned(filters::hexadecimal(&data)),
                Filter::Base85 => data = Cow::Owned(filters::base85(&data)),
                Filter::Flate => self.inflate(&data, told.is_function.then_some(&mut braces))?,
                Filter::Lzw => self.take(filters::lzw_length(&data))?,
                Filter::RunLength => self.take(filters::run_length(&data))?,
            }
        }
        if told.is_function && grows == 0 {
            braces.look(&data)?;
        }
        Ok(())
    }

    fn inflate(&mut self, data: &[u8], mut braces: Option<&mut Braces>) -> Result<(), Failure> {
        self.inflater.reset(true);
        let mut room = std::mem::take(&mut self.room);
        loop {
            let (read, written) = (self.inflater.total_in(), self.inflater.total_out());
            let rest = data.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
            let status = self.inflater.decompress(rest, &mut room, FlushDecompress::None);
            let made = self.inflater.total_out() - written;
            self.take(made)?;
            if let Some(braces) = braces.as_mut() {
                braces.look(&room[..usize::try_from(made).unwrap_or(0).min(room.len())])?;
            }
            if made > 0 && written / (STEP as u64 * 16) != self.inflater.total_out() / (STEP as u64 * 16) {
                self.budget.time()?;
            }
            let stands = made == 0 && self.inflater.total_in() == read;
            if stands || !matches!(status, Ok(Status::Ok | Status::BufError)) {
                break;
            }
        }
        self.room = room;
        Ok(())
    }
}

/// How deep the braces of a function stand in each other.
#[derive(Debug, Default)]
struct Braces(usize);

impl Braces {
    fn look(&mut self, part: &[u8]) -> Result<(), Failure> {
        for byte in part {
            match byte {
                b'{' => self.0 += 1,
                b'}' => self.0 = self.0.saturating_sub(1),
                _ => {}
            }
            if self.0 > MAX_BRACES {
                return Err(Failure::Limit { name: "functions within each other", limit: MAX_BRACES as u64 });
            }
        }
        Ok(())
    }
}

/// Refuses a page whose content is the same stream again and again, or a picture.
pub(super) fn check_page(page: &Page<'_>, budget: &Budget) -> Result<(), Failure> {
    let over = || Failure::Limit { name: "inflated_bytes", limit: budget.inflated_bytes };
    let is_picture = |stream: &Stream<'_>| stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|s| &*s == b"Image");
    if page.raw().get::<Stream<'_>>(CONTENTS).is_some_and(|s| is_picture(&s)) {
        return Err(over());
    }
    let Some(contents) = page.raw().get::<Array<'_>>(CONTENTS) else { return Ok(()) };
    let mut seen = Vec::new();
    for part in contents.raw_iter() {
        let MaybeRef::Ref(part) = part else { continue };
        let id = (part.obj_number, part.gen_number);
        if seen.len() >= MAX_CONTENTS || seen.contains(&id) {
            return Err(over());
        }
        seen.push(id);
    }
    if contents.iter::<Stream<'_>>().any(|s| is_picture(&s)) {
        return Err(over());
    }
    Ok(())
}

/// Refuses fonts that tell the widths of more characters than a font can have.
pub(super) fn check_fonts(pdf: &Pdf) -> Result<(), Failure> {
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        if [&b"W"[..], b"W2"].iter().any(|key| has_wide_range(&dict, key)) {
            return Err(Failure::Limit { name: "characters of a font", limit: MAX_CHARACTER as u64 + 1 });
        }
    }
    Ok(())
}

fn has_wide_range(font: &Dict<'_>, key: &[u8]) -> bool {
    let Some(widths) = font.get::<Array<'_>>(key) else { return false };
    // A width itself is a few thousand at most.
    widths.iter::<Object<'_>>().any(|o| o.into_number().is_some_and(|n| n.as_f64() > MAX_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Limits;

    /// What becomes of a stream with a dictionary within a limit of a mebibyte.
    fn checked(dictionary: &str, data: &[u8]) -> Result<(), &'static str> {
        let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
        let head = format!("%PDF-1.7\n1 0 obj\n<< {dictionary} /Length {} >>\nstream\n", data.len());
        let file = [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat();
        check(&file, &Budget::new(&limits)).map_err(|f| match f {
            Failure::Limit { name, .. } => name,
            _ => "another",
        })
    }

    fn deflated(bytes: usize) -> Vec<u8> {
        use std::io::Write;
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(&vec![b' '; bytes]).expect("memory");
        out.finish().expect("memory")
    }

    const OVER: Result<(), &str> = Err("inflated_bytes");

    #[test]
    fn what_a_stream_inflates_to_is_counted_by_any_route() {
        let (much, little) = (deflated(2 << 20), deflated(1 << 10));
        assert_eq!(checked("/Filter /FlateDecode", &little), Ok(()));
        assert_eq!(checked("/Filter /FlateDecode", &much), OVER);
        assert_eq!(checked("/F /Fl", &much), OVER);
        assert_eq!(checked("/#46ilter /Flate#44ecode", &much), OVER);
        assert_eq!(checked(&format!("/X ({}) /Filter /FlateDecode", "x".repeat(5_000)), &much), OVER);
        assert_eq!(checked(&format!("/Filter /FlateDecode /X ({})", "x".repeat(5_000)), &much), OVER);
        let hexadecimal: String = much.iter().map(|b| format!("{b:02x}\n")).collect();
        assert_eq!(checked("/Filter [/ASCIIHexDecode /FlateDecode]", hexadecimal.as_bytes()), OVER);
        assert_eq!(checked("/Filter [/FlateDecode /LZWDecode]", &little), OVER);
        assert_eq!(checked("/Filter /RunLengthDecode", &[129, b' '].repeat(10_000)), OVER);
        // The filters are told elsewhere: what looks packed is taken for packed.
        assert_eq!(checked("/Filter 9 0 R", &much), OVER);
        assert_eq!(checked("/Subtype /Image /Filter /FlateDecode", &much), Ok(()));
    }

    #[test]
    fn many_small_streams_are_one_large_one() {
        let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
        let one =
            [&b"1 0 obj\n<< /Filter /FlateDecode >>\nstream\n"[..], &deflated(300 << 10), b"\nendstream\n"].concat();
        let of = |times| check(&[b"%PDF-1.7\n".to_vec(), one.repeat(times)].concat(), &Budget::new(&limits)).is_ok();
        assert!(of(3) && !of(4));
    }

    #[test]
    fn functions_are_not_deep() {
        let nested = |depth: usize| ["{".repeat(depth), "}".repeat(depth)].concat();
        assert_eq!(checked("/FunctionType 4", nested(20).as_bytes()), Ok(()));
        assert_eq!(checked("/FunctionType 4", nested(10_000).as_bytes()), Err("functions within each other"));
        assert_eq!(checked("/Function#54ype 4", nested(10_000).as_bytes()), Err("functions within each other"));
    }
}

//! Small files that inflate to large ones, found before the library sees them: what each packed stream unfolds to is
//! counted where it unfolds, whatever its filters are called and however far its dictionary stands.
//!
//! Streams of encrypted files are noise here. They, and whatever else a library does not bound, are what a process of its
//! own is for.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Stream};
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
const MAX_CHARACTER: u32 = 65_535;
/// Bytes that are inflated in one go.
const STEP: usize = 64 << 10;

/// What a byte of Deflate unfolds to at most.
const MOST_OF_A_BYTE: u64 = 1_032;

/// Counts the bytes that the packed streams of a file unfold to, but for pictures: by their sizes where those are small
/// enough for any content, else by inflating them.
pub(super) fn check(bytes: &[u8], budget: &Budget) -> Result<(), Failure> {
    let mut most = 0u64;
    let mut exact = Meter { left: budget.inflated_bytes, budget, inflater: None, room: Vec::new() };
    let is_small = each_stream(bytes, |told, data| {
        let is_plain = told.filters.iter().all(|f| matches!(f, Filter::Flate | Filter::Hexadecimal | Filter::Base85));
        let flates = told.filters.iter().filter(|f| **f == Filter::Flate).count();
        most = most.saturating_add(if flates > 0 { (data.len() as u64).saturating_mul(MOST_OF_A_BYTE) } else { 0 });
        // Functions are looked into.
        let is_simple = is_plain && flates <= 1 && !told.is_function;
        if is_simple && most <= budget.inflated_bytes { Ok(()) } else { Err(()) }
    });
    if is_small.is_ok() {
        return Ok(());
    }
    each_stream(bytes, |told, data| exact.stream(told, data))
}

/// Finds the streams that are no pictures.
fn each_stream<E>(bytes: &[u8], mut look: impl FnMut(&filters::Told, &[u8]) -> Result<(), E>) -> Result<(), E> {
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
            look(&told, &data[..length])?;
        }
    }
    Ok(())
}

/// Counts what streams unfold to.
struct Meter<'b> {
    left: u64,
    budget: &'b Budget,
    inflater: Option<Decompress>,
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
        let mut inflater = self.inflater.take().unwrap_or_else(|| Decompress::new(true));
        inflater.reset(true);
        let mut room = std::mem::take(&mut self.room);
        room.resize(STEP, 0);
        loop {
            let (read, written) = (inflater.total_in(), inflater.total_out());
            let rest = data.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
            let status = inflater.decompress(rest, &mut room, FlushDecompress::None);
            let made = inflater.total_out() - written;
            self.take(made)?;
            if let Some(braces) = braces.as_mut() {
                braces.look(&room[..usize::try_from(made).unwrap_or(0).min(room.len())])?;
            }
            if made > 0 && written / (STEP as u64 * 16) != inflater.total_out() / (STEP as u64 * 16) {
                self.budget.time()?;
            }
            let stands = made == 0 && inflater.total_in() == read;
            if stands || !matches!(status, Ok(Status::Ok | Status::BufError)) {
                break;
            }
        }
        self.room = room;
        self.inflater = Some(inflater);
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

/// Refuses a page with fonts that tell the widths of more characters than a font can have. `seen` are those of other
/// pages.
pub(super) fn check_fonts(page: &Page<'_>, seen: &mut Vec<ObjRef>) -> Result<(), Failure> {
    let fonts = &page.resources().fonts;
    for name in fonts.keys() {
        if let Some(id) = fonts.get_ref(&*name) {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
        }
        let Some(kinds) = fonts.get::<Dict<'_>>(&*name).and_then(|f| f.get::<Array<'_>>(b"DescendantFonts")) else {
            continue;
        };
        let has_wide = |font: &Dict<'_>| [&b"W"[..], b"W2"].iter().any(|key| has_wide_range(font, key));
        if kinds.iter::<Dict<'_>>().any(|font| has_wide(&font)) {
            return Err(Failure::Limit { name: "characters of a font", limit: u64::from(MAX_CHARACTER) + 1 });
        }
    }
    Ok(())
}

/// Whether a number of a font's widths is beyond all characters; a width itself is a few thousand at most.
fn has_wide_range(font: &Dict<'_>, key: &[u8]) -> bool {
    let Some(widths) = font.get::<Array<'_>>(key) else { return false };
    has_large_number(widths.data())
}

/// Whether a whole number is beyond all characters; what stands behind a point is none.
fn has_large_number(text: &[u8]) -> bool {
    let (mut number, mut is_fraction) = (0u32, false);
    text.iter().any(|byte| {
        (number, is_fraction) = match byte {
            b'.' => (0, true),
            b'0'..=b'9' if is_fraction => (0, true),
            b'0'..=b'9' => (number.saturating_mul(10).saturating_add(u32::from(byte - b'0')), false),
            _ => (0, false),
        };
        number > MAX_CHARACTER
    })
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
    fn widths_may_have_fractions() {
        assert!(!has_large_number(b"[1 [500.48828 .97656] 2 65535 1000]"));
        assert!(has_large_number(b"[0 4294967295 500]"));
    }

    #[test]
    fn functions_are_not_deep() {
        let nested = |depth: usize| ["{".repeat(depth), "}".repeat(depth)].concat();
        assert_eq!(checked("/FunctionType 4", nested(20).as_bytes()), Ok(()));
        assert_eq!(checked("/FunctionType 4", nested(10_000).as_bytes()), Err("functions within each other"));
        assert_eq!(checked("/Function#54ype 4", nested(10_000).as_bytes()), Err("functions within each other"));
    }
}

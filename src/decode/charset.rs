//! From bytes to text: the encoding is found in the bytes, whatever a page says of itself.
//!
//! A byte order mark decides; then many NULs tell UTF-16; then what is valid UTF-8 is UTF-8, and what is valid GB18030
//! (of which GB2312 and GBK are parts) is GB18030. Of damaged text the encoding with fewer unknown characters is
//! taken, and a guess is the last resort. What is no text in any of these is told as such.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Failure;

/// Bytes that are looked at for NULs and for a page's own word on its encoding.
const HEAD: usize = 4096;
/// Bytes on which a guess is based.
const GUESS: usize = 16 * 1024;
/// Bytes that are judged together.
const LANES: usize = 192;
/// One unknown or control character among so many is the most that a text may have.
const NOISE: usize = 50;

/// Byte order marks and what they say; those of GB18030 and UTF-8 are no characters either.
const MARKS: &[(&[u8], &str, &Encoding)] = &[
    (b"\xef\xbb\xbf", "utf-8-sig", UTF_8),
    (b"\xff\xfe", "utf-16le", UTF_16LE),
    (b"\xfe\xff", "utf-16be", UTF_16BE),
    (b"\x84\x31\x95\x33", "gb18030", GB18030),
];

/// A text and the name of its encoding.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The encoding.
    pub(super) charset: &'static str,
}

/// Decodes bytes after the rule above.
///
/// # Errors
/// [`Failure::Encoding`] or [`Failure::UnknownFormat`] when the bytes are no text, [`Failure::Empty`] when there is
/// none.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Failure> {
    let decoded = find(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(Failure::Empty { bytes: bytes.len() as u64 });
    }
    if memchr::memchr(0, decoded.text.as_bytes()).is_some() {
        return Err(Failure::UnknownFormat { format: "binary data" });
    }
    Ok(decoded)
}

fn find(bytes: &[u8]) -> Result<Decoded<'_>, Failure> {
    if let Some((mark, charset, encoding)) = MARKS.iter().find(|(mark, ..)| bytes.starts_with(mark)) {
        let body = &bytes[mark.len()..];
        let text = if *encoding == UTF_8 { whole_utf8(body) } else { None };
        let text = text.map_or_else(|| encoding.decode_without_bom_handling(body).0, Cow::Borrowed);
        return sound(text, charset, || first_bad(body));
    }
    if let Some((charset, encoding)) = utf16(bytes) {
        return sound(encoding.decode_without_bom_handling(bytes).0, charset, || first_bad(bytes));
    }
    if let Some(text) = whole_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), charset: "utf-8" });
    }
    if is_damaged_utf8(bytes) {
        return sound(String::from_utf8_lossy(bytes), "utf-8", || first_bad(bytes));
    }
    if says_big5(bytes)
        && let Some(text) = BIG5.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return sound(text, "big5", || first_bad(bytes));
    }
    let gb = GB18030.decode_without_bom_handling(bytes).0;
    let in_gb = unknown(&gb);
    if in_gb > 0 {
        let utf8 = String::from_utf8_lossy(bytes);
        let in_utf8 = unknown(&utf8);
        if in_utf8 <= in_gb && is_sound(&utf8) {
            return Ok(Decoded { text: utf8, charset: "utf-8" });
        }
        if !is_sound(&gb)
            && let Some((charset, encoding)) = guess(bytes)
        {
            return sound(encoding.decode_without_bom_handling(bytes).0, charset, || first_bad(bytes));
        }
    }
    sound(gb, "gb18030", || first_bad(bytes))
}

/// The bytes as UTF-8, without a last character that was cut by a broken download.
fn whole_utf8(bytes: &[u8]) -> Option<&str> {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Whether bytes are UTF-8 but for a few: such bytes may happen to be valid GB18030, and would be other words then.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut bad) = (0, 0);
    let mut left = bytes.len().min(GUESS);
    for chunk in bytes[..left].utf8_chunks() {
        wide += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        left -= chunk.valid().len() + chunk.invalid().len();
        // Not even two bytes for each wide character that may follow.
        if wide + left / 2 < NOISE * bad {
            return false;
        }
    }
    wide >= NOISE * bad.max(1)
}

/// UTF-16 without a mark: its Latin characters and line breaks have a NUL each, all on the same side.
fn utf16(bytes: &[u8]) -> Option<(&'static str, &'static Encoding)> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    memchr::memchr(0, head)?;
    let nuls = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    let many = |n: usize, other: usize| n >= 2 && n * 50 >= head.len() && other * 3 <= n;
    match () {
        () if many(second, first) => Some(("utf-16le", UTF_16LE)),
        () if many(first, second) => Some(("utf-16be", UTF_16BE)),
        () => None,
    }
}

/// Whether a page calls itself Big5, whose bytes are mostly valid GB18030 too.
fn says_big5(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    memchr::memmem::find_iter(head, b"charset=").any(|at| {
        let name = head[at + 8..].strip_prefix(b"\"").unwrap_or(&head[at + 8..]);
        name.get(..4).is_some_and(|n| n.eq_ignore_ascii_case(b"big5"))
    })
}

/// A guess, where it is one of the encodings whose invalid bytes can be told.
fn guess(bytes: &[u8]) -> Option<(&'static str, &'static Encoding)> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS)], bytes.len() <= GUESS);
    let guessed = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    [("big5", BIG5), ("shift-jis", SHIFT_JIS), ("euc-jp", EUC_JP), ("euc-kr", EUC_KR)]
        .into_iter()
        .find(|(_, encoding)| *encoding == guessed)
}

fn sound<'a>(text: Cow<'a, str>, charset: &'static str, bad: impl FnOnce() -> usize) -> Result<Decoded<'a>, Failure> {
    if is_sound(&text) { Ok(Decoded { text, charset }) } else { Err(Failure::Encoding { at: bad() }) }
}

/// Whether a text is one: few of its characters are unknown, private or no characters of
/// a text.
fn is_sound(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The last two bytes have none behind them.
    let inner = bytes.len().saturating_sub(2);
    let behind = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let tail = (inner..bytes.len()).filter(|i| is_noise([bytes[*i], behind(i + 1), behind(i + 2)]));
    let (mut noise, mut all) = (tail.count(), bytes[inner..].iter().filter(|b| begins_character(**b)).count());
    // So few at a time that a byte counts them, which lets the compiler take many at once.
    for from in (0..inner).step_by(LANES) {
        let of = |shift: usize| bytes[from + shift..(from + LANES).min(inner) + shift].iter();
        let (mut noisy, mut begun) = (0u8, 0u8);
        for ((first, second), third) in of(0).zip(of(1)).zip(of(2)) {
            noisy += u8::from(is_noise([*first, *second, *third]));
            begun += u8::from(begins_character(*first));
        }
        (noise, all) = (noise + usize::from(noisy), all + usize::from(begun));
    }
    noise * NOISE <= all
}

/// Whether a byte is the first of a character.
fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Whether the first of three bytes begins a character that is noise. Without a branch, for it is asked of every byte.
fn is_noise([first, second, third]: [u8; 3]) -> bool {
    let white = (first == b'\t') | (first == b'\n') | (first == b'\r') | (first == 0x0b) | (first == 0x0c);
    let control = (first.wrapping_sub(1) < 0x1f) & !white & (first != 0x1a) | (first == 0x7f);
    // U+0080 to U+009F but U+0085.
    let high = (first == 0xc2) & (second < 0xa0) & (second != 0x85);
    // U+E000 to U+F8FF, U+FFFD.
    let private = (first == 0xee) | (first == 0xef) & (second < 0xa4);
    let unknown = (first == 0xef) & (second == 0xbf) & (third == 0xbd);
    control | high | private | unknown
}

fn unknown(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count()
}

/// The first byte that is no UTF-8, which is also the first place where other encodings were tried.
fn first_bad(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "临桐县青禾镇2025年政府信息公开工作年度报告\r\n一、总体情况\r\n规章\t0\t0\t3\r\n";

    fn charset(bytes: &[u8]) -> &'static str {
        let decoded = decode(bytes).expect("text");
        assert!(decoded.text.contains("政府信息公开"), "{}", decoded.text);
        decoded.charset
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_encodings_of_reports() {
        let gb = GB18030.encode(REPORT).0;
        assert_eq!(charset(REPORT.as_bytes()), "utf-8");
        assert_eq!(charset(format!("\u{feff}{REPORT}").as_bytes()), "utf-8-sig");
        assert_eq!(charset(&gb), "gb18030");
        assert_eq!(charset(&wide(REPORT, u16::to_le_bytes)), "utf-16le");
        assert_eq!(charset(&wide(REPORT, u16::to_be_bytes)), "utf-16be");
        assert_eq!(charset(&wide(&format!("\u{feff}{REPORT}"), u16::to_le_bytes)), "utf-16le");
    }

    #[test]
    fn a_few_broken_bytes_are_forgiven() {
        let long = REPORT.repeat(20);
        let mut utf8 = long.clone().into_bytes();
        utf8[200] = 0xff;
        assert_eq!(charset(&utf8), "utf-8");
        let mut gb = GB18030.encode(&long).0.into_owned();
        gb[100] = 0xff;
        assert_eq!(charset(&gb), "gb18030");
        // Cut in the middle of a character.
        assert_eq!(charset(&long.as_bytes()[..long.len() - 30]), "utf-8");
    }

    #[test]
    fn big5_is_believed_where_the_bytes_allow_it() {
        let bytes = BIG5.encode("<meta charset=big5>政府信息公開工作年度報告").0;
        let decoded = decode(&bytes).expect("text");
        assert_eq!(decoded.charset, "big5");
        assert!(decoded.text.ends_with("政府信息公開工作年度報告"));
    }

    #[test]
    fn every_character_is_sound_or_not() {
        for c in '\0'..=char::MAX {
            let control = c.is_control() && !"\t\n\r\x0c\x0b\x1a\u{85}\0".contains(c);
            let private = matches!(c, '\u{e000}'..='\u{f8ff}');
            assert_eq!(is_sound(c.encode_utf8(&mut [0; 4])), !(control || private || c == '\u{fffd}'), "{c:?}");
        }
    }

    #[test]
    fn noise_is_no_text() {
        let mut state = 7u64;
        let mut noise = |low: u8| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as u8
            };
            (0..5000).map(|_| next() | low).collect()
        };
        for low in [0, 1, 0x20, 0x40, 0x80] {
            assert!(
                matches!(decode(&noise(low)), Err(Failure::Encoding { .. } | Failure::UnknownFormat { .. })),
                "{low}"
            );
        }
        assert_eq!(decode(b"abc\xff\xfe").unwrap_err().code(), "encoding");
        assert_eq!(decode(b" \n\t").unwrap_err().code(), "empty");
        assert_eq!(decode(b"ab\0cd").unwrap_err().code(), "unknown_format");
    }
}

//! The characters that a reader sees, from those that a file names.

use crate::decode::geometry::Spelling;
use crate::terms::unradical;

/// A character that is drawn and that nobody can name.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// What can be seen of characters: no white space, which the places tell better, no marks without ink; radicals are
/// the characters they look like.
pub(super) fn seen(text: impl IntoIterator<Item = char>) -> Spelling {
    let shown = text.into_iter().filter(|c| !has_no_ink(*c));
    shown.map(|c| if is_private(c) { UNKNOWN } else { unradical(c) }).collect()
}

fn has_no_ink(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether a character means something only to who made the file.
fn is_private(c: char) -> bool {
    c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) || c as u32 & 0xfffe == 0xfffe
}

/// A text of a PDF file: UTF-16 or UTF-8 with a mark in front, or bytes that are characters.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Beyond ASCII the names of the characters differ from those of any other encoding.
        _ => bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { UNKNOWN }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ink_is_seen() {
        let shown = |text: &str, seen_of_it: &str| assert_eq!(seen(text.chars()), seen_of_it.chars().collect());
        shown("\u{2f08} \u{a0}\u{200b}12\u{e001}", "人12\u{fffd}");
        shown("\u{0}", "\u{fffd}");
        assert_eq!(decoded(b"\xfe\xff\x4e\x00\x00\x31"), "一1");
        assert_eq!(decoded(b"12\x80"), "12\u{fffd}");
    }
}

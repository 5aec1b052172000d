//! Text files.

use super::charset::Decoded;
use crate::document::Document;

/// A text file is its text; what ends its lines is a line feed, whatever wrote it.
pub(super) fn read(decoded: Decoded<'_>) -> Document {
    let mut text = decoded.text.into_owned();
    if let Some(first) = text.as_bytes().windows(2).position(ends_alone) {
        // Each is one byte, as a line feed is: all places stay what they are.
        let (before, after) = text.split_at(first);
        let mut ended = String::with_capacity(text.len());
        ended.push_str(before);
        let mut chars = after.chars().peekable();
        while let Some(c) = chars.next() {
            let alone = c == '\u{b}' || (c == '\r' && chars.peek() != Some(&'\n'));
            ended.push(if alone { '\n' } else { c });
        }
        text = ended;
    }
    Document::of_text("text", decoded.charset, text)
}

/// Whether the first of two bytes is a vertical tab, or a carriage return without a line feed behind it.
fn ends_alone(pair: &[u8]) -> bool {
    pair[0] == 0x0b || (pair[0] == b'\r' && pair[1] != b'\n')
}

#[cfg(test)]
mod tests {
    use super::super::decode;

    #[test]
    fn line_ends_of_all_systems() {
        for (text, expected) in [
            ("规章\r0\r\n1\r", "规章\n0\r\n1\n"),
            ("规章\u{b}0\r\r\n1\r2", "规章\n0\n\r\n1\n2"),
            ("规章\r\n0\n", "规章\r\n0\n"),
        ] {
            assert_eq!(decode(text.as_bytes()).map(|d| d.text), Ok(expected.to_owned()), "{text:?}");
        }
    }
}

//! Text files.

use crate::document::{Block, Document, Span};
use crate::error::Failure;

/// Decodes UTF-8 with or without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Document, Failure> {
    let (body, charset) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (body, "utf-8-sig"),
        None => (bytes, "utf-8"),
    };
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        // A download that was cut in the middle of its last character is still a text.
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&body[..e.valid_up_to()]).unwrap_or(""),
        Err(e) => return Err(Failure::Encoding { at: e.valid_up_to() }),
    };
    if text.trim().is_empty() {
        return Err(Failure::Empty { bytes: bytes.len() as u64 });
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Failure::UnknownFormat { format: "binary data" });
    }
    let span = Span::new(0, text.len());
    Ok(Document { format: "text", charset, text: text.to_owned(), blocks: vec![Block::Text(span)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_text() {
        let plain = decode("报告".as_bytes()).expect("text");
        let marked = decode("\u{feff}报告".as_bytes()).expect("text");
        assert_eq!(plain.text, marked.text);
        assert_eq!(marked.charset, "utf-8-sig");
    }

    #[test]
    fn a_cut_last_character_is_left_out() {
        let bytes = "报告".as_bytes();
        assert_eq!(decode(&bytes[..5]).expect("text").text, "报");
        assert_eq!(decode(b"abc\xff\xfe").unwrap_err().code(), "encoding");
        assert_eq!(decode(b" \n\t").unwrap_err().code(), "empty");
    }
}

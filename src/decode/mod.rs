//! From bytes to a [`Document`]: the format is found in the bytes, never in the file's name.

mod columns;
mod compose;
mod docx;
mod flow;
mod odt;
#[cfg(feature = "doc")]
mod ole;
mod package;
mod rtf;
mod text;
mod xml;

use crate::document::Document;
use crate::error::Failure;

/// Bytes of a file that is read at all; the longest published report is far below.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// What the first bytes of known formats look like.
const MAGICS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file (DOC, WPS, XLS)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
];

/// Decodes the bytes of one file.
///
/// # Errors
/// [`Failure`] when the bytes are empty, too many, or of a format that is not read.
///
/// ```
/// let document = gxbg::decode::decode("一、总体情况".as_bytes()).unwrap();
/// assert_eq!(document.format, "text");
/// ```
pub fn decode(bytes: &[u8]) -> Result<Document, Failure> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::TooLarge { limit: MAX_BYTES, bytes: bytes.len() as u64 });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return package::decode(bytes);
    }
    #[cfg(feature = "doc")]
    if bytes.starts_with(ole::MAGIC) {
        return ole::decode(bytes);
    }
    if bytes.starts_with(b"{\\rtf") {
        return rtf::decode(bytes);
    }
    if let Some((_, format)) = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Failure::UnknownFormat { format });
    }
    text::decode(bytes)
}

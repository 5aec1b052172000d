//! From bytes to a [`Document`]: the format is found in the bytes, never in the file's name.

mod charset;
mod columns;
mod compose;
mod docx;
mod epub;
mod flow;
#[cfg(any(feature = "ocr", feature = "pdf"))]
mod geometry;
mod html;
mod limits;
mod manner;
mod mht;
#[cfg(not(feature = "ocr"))]
mod no_scan;
mod notes;
mod odt;
#[cfg(feature = "doc")]
mod ole;
pub(crate) mod package;
mod panel;
#[cfg(feature = "pdf")]
mod pdf;
mod rowkind;
mod rtf;
#[cfg(feature = "ocr")]
mod scan;
mod separated;
mod sheets;
mod styles;
mod text;
mod vocabulary;
mod woven;
mod xml;
pub(crate) mod zipped;

pub(crate) use limits::PICTURE_TIMES;
pub use limits::{Budget, Limits};
#[cfg(not(feature = "ocr"))]
pub use no_scan::Recognizer;
#[cfg(feature = "ocr")]
pub use scan::Recognizer;

use crate::document::Document;
use crate::error::Failure;

/// What the first bytes of known formats look like.
const MAGICS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file (DOC, WPS, XLS)"),
    (b"GIF8", "a GIF picture: save it as PNG"),
    (b"II*\0", "a TIFF picture: save it as PNG or PDF"),
    (b"MM\0*", "a TIFF picture: save it as PNG or PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!", "a RAR archive: unpack it, or pack its files as a zip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive: unpack it, or pack it by gzip"),
    (b"\xfd7zXZ", "an xz archive: unpack it, or pack it by gzip"),
];

/// What the first bytes of the pictures look like that scans come as.
const PICTURES: &[(&[u8], &str)] = &[(b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture")];

/// Characters in which a page shows what it is.
const HEAD: usize = 8 * 1024;

/// Tags of which one at least stands near the beginning of every page or piece of one.
const TAGS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "table",
    "tbody",
    "tr",
    "td",
    "div",
    "p",
    "span",
    "style",
    "script",
    "center",
    "font",
    "h1",
    "h2",
    "section",
    "article",
    "link",
    "pre",
    "br",
    "ul",
    "ol",
    "li",
    "dl",
    "a",
    "img",
    "form",
    "b",
    "strong",
    "h3",
];

/// Decodes the bytes of one file within the default [`Limits`].
///
/// # Errors
/// [`Failure`] when the bytes are empty, too many, or of a format that is not read.
///
/// ```
/// let document = gxbg::decode::decode("一、总体情况".as_bytes()).unwrap();
/// assert_eq!(document.format, "text");
/// ```
pub fn decode(bytes: &[u8]) -> Result<Document, Failure> {
    decode_within(bytes, &Budget::default())
}

/// Decodes the bytes of one file that holds one report, within limits.
///
/// # Errors
/// [`Failure`] when the bytes are empty, over a limit, of a format that is not read, or hold several reports.
pub fn decode_within(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    match contents_within(bytes, budget)? {
        Contents::One(document) => Ok(document),
        Contents::Several(reports) => Err(Failure::NotOne { reports: reports.len() }),
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum Contents {
    /// One document.
    One(Document),
    /// Several, with their names, each a document or what kept it from being one: sheets that are a report each.
    Several(Vec<(String, Result<Document, Failure>)>),
}

/// Decodes all that the bytes of a file hold, within limits.
///
/// # Errors
/// [`Failure`] when the bytes are empty, over a limit, or of a format that is not read.
pub fn contents_within(bytes: &[u8], budget: &Budget) -> Result<Contents, Failure> {
    if bytes.len() as u64 > budget.file_bytes {
        return Err(Failure::TooLarge { limit: budget.file_bytes, bytes: bytes.len() as u64 });
    }
    if zipped::MAGICS.iter().any(|magic| bytes.starts_with(magic)) {
        return package::decode(bytes, budget);
    }
    #[cfg(feature = "doc")]
    if bytes.starts_with(ole::MAGIC) {
        return ole::decode(bytes, budget);
    }
    pages_or_characters(bytes, budget)
}

/// Decodes what is no container of parts: the pages of a PDF, a picture, or characters.
fn pages_or_characters(bytes: &[u8], budget: &Budget) -> Result<Contents, Failure> {
    if bytes.starts_with(b"{\\rtf") {
        return rtf::decode(bytes, budget).map(Contents::One);
    }
    #[cfg(feature = "pdf")]
    if pdf::is_one(bytes) {
        return match (pdf::decode(bytes, budget), budget.recognizer()) {
            (Err(Failure::Scan { .. }), Some(recognizer)) => recognizer.pdf(bytes, budget),
            (read, _) => read,
        }
        .map(Contents::One);
    }
    if let Some((_, what)) = PICTURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return match budget.recognizer() {
            Some(recognizer) => recognizer.picture(bytes, budget).map(Contents::One),
            None => Err(Failure::Scan { what }),
        };
    }
    if let Some((_, format)) = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Failure::UnknownFormat { format });
    }
    if mht::is_one(bytes) {
        return mht::read(bytes, budget).map(Contents::One);
    }
    let decoded = charset::decode(bytes)?;
    let head = head(&decoded.text);
    if let Some(read) = vocabulary::read(&decoded.text, budget) {
        return read;
    }
    if is_page(head) && !is_markdown(&decoded.text) {
        return Ok(Contents::One(html::read("html", &decoded, budget)));
    }
    if let Some(format) = foreign(head) {
        return Err(Failure::UnknownFormat { format });
    }
    let read = woven::read(&decoded, budget).or_else(|| separated::read(&decoded, budget));
    match read {
        Some(read) => read.map(Contents::One),
        None => Ok(Contents::One(text::read(decoded))),
    }
}

/// Whether a text that has tags is one with tables of HTML in it, rather than a page: nothing else of a page is there.
fn is_markdown(text: &str) -> bool {
    const PAGE: [&str; 9] = ["html", "!doctype", "body", "head", "meta", "p", "div", "br", "script"];
    let is_tag = |rest: &[u8], tag: &str| {
        rest.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
            && rest.get(tag.len()).is_none_or(|end| matches!(end, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
    };
    // A wiki has tags as it likes.
    if text.contains("\n{|") && text.contains("\n|-") && text.contains("\n|}") {
        return true;
    }
    // What stands in a cell of a table is no part of the text around it.
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        match () {
            () if is_tag(rest, "table") => depth += 1,
            () if is_tag(rest, "/table") => depth = depth.saturating_sub(1),
            () if depth == 0 && PAGE.iter().any(|tag| is_tag(rest, tag)) => return false,
            () => {}
        }
    }
    text.trim_start().starts_with(|c| c != '<') || text.contains("\n# ") || text.contains("\n## ")
}

/// Whether libraries of others take the bytes of a file apart, which may do anything with them.
pub(crate) fn is_foreign(bytes: &[u8], budget: &Budget) -> bool {
    #[cfg(feature = "doc")]
    if bytes.starts_with(ole::MAGIC) {
        return true;
    }
    #[cfg(feature = "pdf")]
    if pdf::is_one(bytes) {
        return true;
    }
    budget.recognizer().is_some() && PICTURES.iter().any(|(magic, _)| bytes.starts_with(magic))
}

/// The beginning of a text, where formats show themselves.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether a text is a page: one of the common tags stands near its beginning.
fn is_page(head: &str) -> bool {
    if memchr::memchr(b'<', head.as_bytes()).is_none() {
        return false;
    }
    // A text may quote a tag: a page begins with one, or has those that only pages have.
    let start = head.trim_start().as_bytes();
    let is_script = start.get(..7).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<script"));
    if !start.starts_with(b"<") || is_script {
        let lower = head.to_ascii_lowercase();
        if !["<html", "<body", "<table", "<!doctype", "\n<div", "\n<p>"].iter().any(|t| lower.contains(t)) {
            return false;
        }
    }
    memchr::memchr_iter(b'<', head.as_bytes()).any(|at| {
        let rest = &head.as_bytes()[at + 1..];
        TAGS.iter().any(|tag| {
            rest.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
                && rest.get(tag.len()).is_none_or(|end| matches!(end, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
        })
    })
}

/// The name of a format that is written in characters and is no report's.
fn foreign(head: &str) -> Option<&'static str> {
    let start = head.trim_start();
    match () {
        () if memchr::memmem::find(&head.as_bytes()[..head.len().min(1024)], b"%PDF-").is_some() => Some("PDF"),
        () if start.starts_with("<?xml") && head.contains("<w:") => Some("an XML document of Word"),
        () if start.starts_with("<?xml") => Some("XML"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_in_the_bytes() {
        let format = |bytes: &[u8]| decode(bytes).map(|d| d.format).map_err(|e| e.to_string());
        assert_eq!(format("一、总体情况 1<2".as_bytes()), Ok("text"));
        assert_eq!(format("\u{feff} \n<!-- x --><!DOCTYPE HTML><P>甲".as_bytes()), Ok("html"));
        assert_eq!(format("<TABLE border=1><TR><TD>甲".as_bytes()), Ok("html"));
        assert_eq!(format("说明\n<div>甲</div>".as_bytes()), Ok("html"));
        assert_eq!(format(b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>a</p>"), Ok("mht"));
        let pdf = format(b"%PDF-1.4").unwrap_err();
        assert!(if cfg!(feature = "pdf") { pdf.contains("damaged") } else { pdf.ends_with("found PDF") });
        let word = b"<w:wordDocument><w:body><w:p><w:r><w:t>1</w:t></w:r></w:p></w:body></w:wordDocument>";
        assert_eq!(format(word), Ok("docx"));
    }
}

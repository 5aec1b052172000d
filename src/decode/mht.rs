//! MHT, a page saved by a browser or by Word: a message whose largest HTML part is the page.

use std::borrow::Cow;

use super::{Budget, charset, html};
use crate::document::Document;
use crate::error::Failure;

/// Bytes in which the header of a message ends.
const HEADER: usize = 8 * 1024;
/// How deep parts may stand in parts.
const DEPTH: usize = 4;

/// Whether bytes are a message: a header, one of whose lines says so.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let bytes = &bytes[first..bytes.len().min(first + HEADER)];
    // A line of a header has a name of Latin letters; the look is cheap and most files are none.
    let named = bytes.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'-');
    named.is_some_and(|at| at > 0 && bytes[at] == b':') && field(part(bytes).0, "mime-version").is_some()
}

/// Decodes the page of a message.
///
/// # Errors
/// [`Failure::UnknownFormat`] when no part is a page; else what the page's own text gives.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    let mut best = None;
    largest(bytes, DEPTH, &mut best);
    let page = best.ok_or(Failure::UnknownFormat { format: "a message (MIME) without a page" })?;
    Ok(html::read("mht", &charset::decode(&page)?, budget))
}

/// Finds the largest page among the parts of a message.
fn largest<'a>(bytes: &'a [u8], depth: usize, best: &mut Option<Cow<'a, [u8]>>) {
    let (header, body) = part(bytes);
    let kind = field(header, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if let Some(boundary) = parameter(&kind, "boundary").filter(|_| lower.starts_with("multipart/") && depth > 0) {
        let mark = format!("--{boundary}");
        let mut start = None;
        for at in memchr::memmem::find_iter(body, mark.as_bytes()).chain([body.len()]) {
            if at > 0 && at < body.len() && body[at - 1] != b'\n' {
                continue;
            }
            if let Some(from) = start {
                largest(&body[from..at], depth - 1, best);
            }
            start = Some((at + mark.len()).min(body.len()));
        }
        return;
    }
    if lower.starts_with("text/html") {
        let coding = field(header, "content-transfer-encoding").unwrap_or_default();
        let page = match () {
            () if coding.eq_ignore_ascii_case("quoted-printable") => Cow::Owned(unquote(body)),
            () if coding.eq_ignore_ascii_case("base64") => Cow::Owned(unbase(body)),
            () => Cow::Borrowed(body),
        };
        if best.as_ref().is_none_or(|b| b.len() < page.len()) {
            *best = Some(page);
        }
    }
}

/// Header and body of a part; an empty line stands between them.
fn part(bytes: &[u8]) -> (&[u8], &[u8]) {
    let start = bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len());
    let bytes = &bytes[start..];
    let gaps: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let ends = gaps.into_iter().filter_map(|gap| {
        let at = memchr::memmem::find(&bytes[..bytes.len().min(HEADER)], gap)?;
        Some((at, at + gap.len()))
    });
    ends.min().map_or((bytes, &[]), |(header, body)| (&bytes[..header], &bytes[body..]))
}

/// A field of a header; lines that begin with white space go on with the line before.
fn field(header: &[u8], name: &str) -> Option<String> {
    let header = String::from_utf8_lossy(&header[..header.len().min(HEADER)]);
    let mut found: Option<String> = None;
    for line in header.lines() {
        match &mut found {
            Some(value) if line.starts_with([' ', '\t']) => value.push_str(line),
            Some(_) => break,
            None => {
                let field = line.split_once(':').filter(|(n, _)| n.trim().eq_ignore_ascii_case(name));
                found = field.map(|(_, value)| value.to_owned());
            }
        }
    }
    found.map(|value| value.trim().to_owned())
}

/// A parameter of a field: `boundary="…"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// Quoted-printable: `=E4` is a byte, and `=` at the end of a line joins it with the next.
fn unquote(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    // The bytes of a character follow each other.
    let next = |rest: &[u8]| if rest.first() == Some(&b'=') { Some(0) } else { memchr::memchr(b'=', rest) };
    while let Some(at) = next(rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let digit = |i: usize| rest.get(i).and_then(|b| (*b as char).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.push((high * 16 + low) as u8);
            rest = &rest[2..];
        } else if let Some(next) =
            rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r')).filter(|i| rest[*i] == b'\n')
        {
            rest = &rest[next + 1..];
        } else {
            out.push(b'=');
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Base64, line breaks and all that is no digit of it left out.
fn unbase(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0u32, 0);
    for b in body.iter().take_while(|b| **b != b'=') {
        let digit = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_page_of_a_message_is_read() {
        let message = concat!(
            "From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"==_x\"\r\n\r\n",
            "a note\r\n--==_x\r\nContent-Type: text/html;\r\n charset=\"gb2312\"\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            "<p>=E8=A7=84=\r\n=E7=AB=A0=3D</p>\r\n--==_x\r\nContent-Type: image/png\r\n\r\n<p>long long long long</p>\r\n",
            "--==_x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+MTwvcD4=\r\n--==_x--\r\n",
        );
        assert!(is_one(message.as_bytes()));
        let document = read(message.as_bytes(), &Budget::default()).expect("a page");
        assert_eq!((document.format, document.text.as_str()), ("mht", "规章="));
        assert_eq!(unbase(b"PHA+MTwv\r\ncD4="), b"<p>1</p>");
    }

    #[test]
    fn what_is_no_message_is_none() {
        assert!(!is_one("一、总体情况\nMIME-Version: 1.0".as_bytes()));
        assert!(!is_one(b"<html>MIME-Version: 1.0"));
        assert!(is_one(b"\r\nmime-version: 1.0\n\nx"));
        assert_eq!(read(b"MIME-Version: 1.0\r\n\r\nhello", &Budget::default()).unwrap_err().code(), "unknown_format");
    }
}

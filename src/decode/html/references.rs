//! What references such as `&nbsp;` and `&#160;` stand for.
//!
//! The common ones are a table; of all others, and of broken ones, a tokenizer with the standard's list of two thousand
//! names decides.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// A reference at the beginning of a text: its characters, and the bytes that it takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) chars: Cow<'static, str>,
    pub(super) length: usize,
}

/// References that pages are full of, without their `&`.
const COMMON: &[(&[u8], &str)] = &[
    (b"nbsp;", "\u{a0}"),
    (b"amp;", "&"),
    (b"lt;", "<"),
    (b"gt;", ">"),
    (b"quot;", "\""),
    (b"ldquo;", "“"),
    (b"rdquo;", "”"),
    (b"middot;", "·"),
    (b"mdash;", "—"),
    (b"ensp;", "\u{2002}"),
    (b"emsp;", "\u{2003}"),
];

/// Bytes that a name has at most.
const LONGEST: usize = 40;
/// Digits of a common number.
const DIGITS: usize = 6;

/// The reference at the beginning of a text that begins with `&`; the character itself if it begins none.
pub(super) fn at(text: &[u8]) -> Reference {
    let rest = &text[1..];
    if let Some((name, chars)) = COMMON.iter().find(|(name, _)| rest.starts_with(name)) {
        return Reference { chars: Cow::Borrowed(chars), length: name.len() + 1 };
    }
    if let Some(common) = decimal(rest) {
        return common;
    }
    // Digits have no end, names do.
    let number = rest.first() == Some(&b'#');
    let most = if number { rest.len() } else { LONGEST };
    let within = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let end = rest.iter().take(most).position(|b| !within(b)).unwrap_or(rest.len().min(most));
    if end == 0 {
        return Reference { chars: Cow::Borrowed("&"), length: 1 };
    }
    let end = end + usize::from(rest.get(end) == Some(&b';'));
    let whole = &text[..=end];
    Reference { chars: Cow::Owned(unfolded(whole)), length: whole.len() }
}

/// `&#…;` of a character that the standard gives no other meaning.
fn decimal(rest: &[u8]) -> Option<Reference> {
    let digits = rest.strip_prefix(b"#")?;
    let end = digits.iter().take(DIGITS).position(|b| !b.is_ascii_digit())?;
    let number = digits[..end].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
    let plain = matches!(number, 0x20..=0x7e | 0xa0..=0xd7ff) && digits.get(end) == Some(&b';');
    let chars = char::from_u32(number).filter(|_| plain)?;
    Some(Reference { chars: Cow::Owned(chars.into()), length: end + 3 })
}

/// The text of a piece of a page without tags.
fn unfolded(piece: &[u8]) -> String {
    let mut out = Vec::new();
    for token in Tokenizer::new(piece) {
        if let Ok(Token::String(text)) = token.map_err(|never: Infallible| match never {}) {
            out.extend_from_slice(&text.value);
        }
    }
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// The value of an attribute, where a name without a semicolon is none before a letter, a digit or `=`.
pub(super) fn in_value(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'&', value).is_none() {
        return Cow::Borrowed(value);
    }
    let quote = if memchr::memchr(b'"', value).is_some() { b'\'' } else { b'"' };
    // Both may stand in a value that has no quotes around it.
    let tag = match memchr::memchr(quote, value) {
        None => [&b"<i a="[..], &[quote], value, &[quote], b">"].concat(),
        Some(_) => [&b"<i a="[..], value, b">"].concat(),
    };
    let mut tokens = Tokenizer::<_, DefaultEmitter>::new(tag.as_slice());
    let value = tokens.find_map(|token| match token.map_err(|never: Infallible| match never {}) {
        Ok(Token::StartTag(tag)) => tag.attributes.into_values().next(),
        _ => None,
    });
    Cow::Owned(value.map(|v| v.value.to_vec()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_references_stand_for() {
        let shown = |text: &str| {
            let found = at(text.as_bytes());
            (found.chars.into_owned(), found.length)
        };
        for (text, chars, length) in [
            ("&nbsp;1", "\u{a0}", 6),
            ("&nbsp1", "\u{a0}1", 6),
            ("&#19968;1", "一", 8),
            ("&#x4e00;1", "一", 8),
            ("&#150;", "–", 6),
            ("&hellip;", "…", 8),
            ("&notit;", "¬it;", 7),
            ("&nothing", "¬hing", 8),
            ("& 1", "&", 1),
            ("&", "&", 1),
            ("&#;", "&#;", 3),
        ] {
            assert_eq!(shown(text), (chars.to_owned(), length), "{text}");
        }
        assert_eq!(at(format!("&#{}65;", "0".repeat(1000)).as_bytes()).chars, "A");
    }

    #[test]
    fn values_of_attributes() {
        for (value, expected) in [("甲&amp;乙", "甲&乙"), ("?a=1&lt=2", "?a=1&lt=2"), ("1'\"&#49;", "1'\"1"), ("", "")]
        {
            assert_eq!(in_value(value.as_bytes()), expected.as_bytes(), "{value}");
        }
    }
}

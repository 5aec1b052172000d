//! What a character on a page says.

use crate::decode::notes;

/// The characters that a page draws as one: a single one, but for ligatures and the like. It is held without a
/// string, for a page has thousands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Spelling {
    One(char),
    /// None, or more than one.
    Other(Box<str>),
}

impl Spelling {
    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Spelling::Other(text) if text.is_empty())
    }

    /// Whether a character is among what it says.
    pub(crate) fn contains(&self, c: char) -> bool {
        match self {
            Spelling::One(one) => *one == c,
            Spelling::Other(text) => text.contains(c),
        }
    }

    /// Whether it may begin the mark of a note.
    pub(crate) fn may_begin_mark(&self) -> bool {
        match self {
            Spelling::One(one) => notes::may_begin(*one),
            Spelling::Other(text) => text.starts_with(notes::may_begin),
        }
    }

    /// Writes it behind a text.
    pub(crate) fn append_to(&self, text: &mut String) {
        match self {
            Spelling::One(one) => text.push(*one),
            Spelling::Other(more) => text.push_str(more),
        }
    }
}

impl FromIterator<char> for Spelling {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Spelling {
        let mut chars = chars.into_iter();
        match (chars.next(), chars.next()) {
            (Some(one), None) => Spelling::One(one),
            (first, second) => Spelling::Other(first.into_iter().chain(second).chain(chars).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_and_others() {
        for text in ["", "一", "fi", "一二三"] {
            let spelling: Spelling = text.chars().collect();
            let mut shown = "0".to_owned();
            spelling.append_to(&mut shown);
            assert_eq!(shown, format!("0{text}"));
            assert_eq!(spelling.is_empty(), text.is_empty());
            assert_eq!((spelling.contains('一'), spelling.contains('i')), (text.contains('一'), text.contains('i')));
        }
    }
}

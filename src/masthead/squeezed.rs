//! Texts without their white space: names and titles are often spaced out.

fn kept(text: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}')
}

/// The text without any white space.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(kept(text));
    out
}

/// The first characters of the text without any white space, so many at most.
pub(super) fn squeezed_start(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(4 * most));
    out.extend(kept(text).take(most));
    out
}

/// Whether the text without any white space ends with words.
pub(super) fn ends_squeezed(text: &str, words: &str) -> bool {
    let mut kept = kept(text).rev();
    words.chars().rev().all(|c| kept.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_left_out() {
        assert_eq!(squeezed(" 印\u{3000}发\n"), "印发");
        assert_eq!(squeezed_start("章 古 台 镇", 2), "章古");
        assert!(ends_squeezed("2024年1月24日 印 发 ", "印发"));
        assert!(!ends_squeezed("发", "印发"));
        assert!(ends_squeezed("", ""));
    }
}

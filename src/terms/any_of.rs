//! Words looked for all at once.

use aho_corasick::AhoCorasick;

/// A list of words, made ready to be looked for in one pass.
#[derive(Debug)]
pub struct AnyOf(Option<AhoCorasick>);

impl AnyOf {
    /// The words; a list that is too large to be made ready is taken for one of which any word may be there.
    pub fn new(words: &[&str]) -> AnyOf {
        AnyOf(AhoCorasick::new(words).ok())
    }

    /// Whether a text has one of them.
    ///
    /// ```
    /// let words = gxbg::terms::AnyOf::new(&["日期", "时间"]);
    /// assert!(words.is_in("发布时间：2021年") && !words.is_in("2021年"));
    /// ```
    pub fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|words| words.is_match(text))
    }
}

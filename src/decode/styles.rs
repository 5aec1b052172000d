//! Named styles of office documents: what each says of its characters, and what it leaves to the style below it.

use rustc_hash::FxHashMap;

use super::manner::Manner;

/// Styles of a document.
const MOST: usize = 20_000;
/// Styles below each other.
const DEEPEST: usize = 32;

/// A style as it is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// What it says of its characters.
    pub(super) manner: Manner,
    /// The style that tells the rest.
    pub(super) below: Option<String>,
}

/// The styles of a document by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// What holds for all characters.
    pub(super) defaults: Manner,
    named: FxHashMap<String, Style>,
}

impl Styles {
    /// Takes a style; of two with one name the first counts.
    pub(super) fn take(&mut self, name: String, style: Style) {
        if self.named.len() < MOST {
            self.named.entry(name).or_insert(style);
        }
    }

    /// What a style and those below it say; nothing of one that is not there.
    pub(super) fn manner(&self, name: &str) -> Manner {
        let (mut manner, mut next) = (Manner::default(), self.named.get(name));
        for _ in 0..DEEPEST {
            let Some(style) = next else { break };
            manner = manner.over(style.manner);
            next = style.below.as_ref().and_then(|below| self.named.get(below));
        }
        manner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_tell_what_those_above_leave_open() {
        let struck = |is: Option<bool>| Manner { struck: is, ..Manner::default() };
        let mut styles = Styles::default();
        for (name, is, below) in [("a", Some(true), "b"), ("b", Some(false), "a"), ("c", None, "a"), ("d", None, "x")] {
            styles.take(name.to_owned(), Style { manner: struck(is), below: Some(below.to_owned()) });
        }
        assert_eq!(
            ["a", "b", "c", "d", "x"].map(|s| styles.manner(s).struck),
            [Some(true), Some(false), Some(true), None, None]
        );
    }
}

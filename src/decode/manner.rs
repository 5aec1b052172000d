//! The manner in which characters are written, as far as it decides whether they say anything: struck and hidden ones
//! say nothing, raised ones are no digits of the figure before them.

/// What a run, a style or a paragraph says of its characters; what it leaves open stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Manner {
    /// A line goes through them.
    pub(super) struck: Option<bool>,
    /// Two lines go through them.
    pub(super) twice: Option<bool>,
    /// They are not shown.
    pub(super) hidden: Option<bool>,
    /// They are white.
    pub(super) white: Option<bool>,
    /// What they stand on is not white.
    pub(super) shaded: Option<bool>,
    /// They are too small to be seen.
    pub(super) tiny: Option<bool>,
    /// They stand above or below the line.
    pub(super) raised: Option<bool>,
}

impl Manner {
    /// What this says, and what another one says where this says nothing.
    #[must_use]
    pub(super) fn over(self, below: Manner) -> Manner {
        Manner {
            struck: self.struck.or(below.struck),
            twice: self.twice.or(below.twice),
            hidden: self.hidden.or(below.hidden),
            white: self.white.or(below.white),
            shaded: self.shaded.or(below.shaded),
            tiny: self.tiny.or(below.tiny),
            raised: self.raised.or(below.raised),
        }
    }

    /// Whether the characters say nothing.
    pub(super) fn is_silent(&self) -> bool {
        let is = |told: Option<bool>| told == Some(true);
        is(self.struck) || is(self.twice) || is(self.hidden) || is(self.tiny) || (is(self.white) && !is(self.shaded))
    }

    /// Whether the characters stand above or below the line.
    pub(super) fn is_raised(&self) -> bool {
        self.raised == Some(true)
    }
}

/// Whether red, green and blue are hardly to be told from white paper.
pub(super) fn is_white(colour: [u8; 3]) -> bool {
    colour.iter().all(|part| *part > 0xf7)
}

/// A colour of six hexadecimal digits; none where a format says that the reader may choose.
pub(super) fn colour(digits: &str) -> Option<[u8; 3]> {
    let digits = digits.trim().trim_start_matches('#');
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6 && digits.is_ascii())?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let struck = Manner { struck: Some(true), ..Manner::default() };
        let plain = Manner { struck: Some(false), ..Manner::default() };
        assert!(struck.is_silent() && struck.over(plain).is_silent() && !plain.over(struck).is_silent());
        let white = Manner { white: Some(true), ..Manner::default() };
        assert!(white.is_silent());
        assert!(!white.over(Manner { shaded: Some(true), ..Manner::default() }).is_silent());
        assert_eq!((colour("FFFFFF"), colour("#0a0b0c"), colour("auto")), (Some([255; 3]), Some([10, 11, 12]), None));
    }
}

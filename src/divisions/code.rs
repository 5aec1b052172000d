//! Codes of divisions: six digits down to the county (GB/T 2260), nine for towns (GB/T 10114).

use std::fmt;

/// A level of government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The State Council and its organs.
    Central,
    /// Provinces, autonomous regions and the four cities of their rank.
    Province,
    /// Prefectures, cities of their rank, autonomous prefectures and leagues.
    Prefecture,
    /// Counties, cities of their rank, districts and banners.
    County,
    /// Towns, townships, streets and sums.
    Township,
}

impl Level {
    /// All levels, the highest first.
    pub const ALL: [Level; 5] = [Level::Central, Level::Province, Level::Prefecture, Level::County, Level::Township];

    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
            Level::Township => "township",
        }
    }
}

/// The code of a division.
///
/// ```
/// use gxbg::divisions::{Code, Level};
/// let code = Code::read("210922102").unwrap();
/// assert_eq!(code.level(), Level::Township);
/// assert_eq!(code.above(Level::County).unwrap().to_string(), "210922");
/// assert!(Code::read("21092").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u32);

impl Code {
    pub(super) fn of(nine_digits: u32) -> Code {
        Code(nine_digits)
    }

    /// Reads six or nine digits.
    pub fn read(text: &str) -> Option<Code> {
        let number = super::number(text.as_bytes())?;
        match text.len() {
            6 => Some(Code(number * 1000)),
            9 => Some(Code(number)),
            _ => None,
        }
    }

    /// The level that its digits tell.
    pub fn level(self) -> Level {
        match self.0 {
            n if !n.is_multiple_of(1000) => Level::Township,
            n if !n.is_multiple_of(100_000) => Level::County,
            n if !n.is_multiple_of(10_000_000) => Level::Prefecture,
            _ => Level::Province,
        }
    }

    /// The code itself or the one above it, at a level; none where the code has none there.
    pub fn above(self, level: Level) -> Option<Code> {
        let unit = match level {
            Level::Central => return None,
            Level::Province => 10_000_000,
            Level::Prefecture => 100_000,
            Level::County => 1000,
            Level::Township => 1,
        };
        let above = Code(self.0 / unit * unit);
        (above.level() == level).then_some(above)
    }

    /// Whether another division is this one or lies in it.
    pub fn holds(self, other: Code) -> bool {
        let unit = match self.level() {
            Level::Central | Level::Township => 1,
            Level::County => 1000,
            Level::Prefecture => 100_000,
            Level::Province => 10_000_000,
        };
        self.0 / unit == other.0 / unit
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.level() == Level::Township { write!(f, "{:09}", self.0) } else { write!(f, "{:06}", self.0 / 1000) }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

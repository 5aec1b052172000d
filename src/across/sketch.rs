//! The prose of a section as a small set of numbers, by which it is compared with any other.
//!
//! The method is the MOD sketch of A. Broder, "On the resemblance and containment of documents" (1997): of the hashes
//! of all shingles those are kept that a power of two divides, the power chosen by the length of the text. Unlike the
//! sketch of smallest hashes it tells *containment*, which share of one text stands in another, for texts of different
//! length; and as a shingle is kept or not whatever the text it stands in, the texts that have it can be counted, so
//! that what everybody writes can be left out. The crates for MinHash that exist offer resemblance only.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::terms::{STATUTORY, is_han};

/// Characters of a shingle. Digits, punctuation and white space are left out before: new figures in old sentences are
/// no new words.
pub const SHINGLE: usize = 8;

/// Shingles that a sketch keeps at most, but for chance.
const MOST: usize = 128;

/// The kept shingles of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes that 2 to the power of this divides are kept.
    level: u8,
    /// Their hashes, in order, each once.
    hashes: Box<[u32]>,
}

impl Sketch {
    /// The sketch of a text in parts; none where it has no shingle that is not of a statutory phrase.
    ///
    /// ```
    /// use gxbg::across::Sketch;
    /// let text = "我镇在便民服务中心设立公开查阅点，安排专人值守，全年接待群众查阅档案和咨询三百余人次。";
    /// let sketch = Sketch::of([text].into_iter()).unwrap();
    /// assert_eq!(sketch.level(), 0);
    /// assert_eq!(Some(&sketch), Sketch::of([text.replace('，', "").as_str()].into_iter()).as_ref());
    /// assert_eq!(Sketch::of(["无。"].into_iter()), None);
    /// ```
    pub fn of<'a>(parts: impl Iterator<Item = &'a str>) -> Option<Sketch> {
        let parts: Vec<Vec<u32>> = parts.map(words).collect();
        let count: usize = parts.iter().map(|p| (p.len() + 1).saturating_sub(SHINGLE)).sum();
        let level = (0..16).find(|level| count >> level <= MOST).unwrap_or(16);
        let below = (1u32 << level) - 1;
        let mut hashes: Vec<u32> = Vec::with_capacity(2 * MOST);
        for part in &parts {
            for hash in shingles(part) {
                if hash & below == 0 {
                    hashes.push(hash);
                }
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        let worn = &*WELL_WORN;
        hashes.retain(|h| !worn.contains(h));
        (!hashes.is_empty()).then(|| Sketch { level: level as u8, hashes: hashes.into() })
    }

    /// The sketch of given hashes.
    #[cfg(test)]
    pub(super) fn of_hashes(level: u8, mut hashes: Vec<u32>) -> Sketch {
        hashes.sort_unstable();
        hashes.dedup();
        Sketch { level, hashes: hashes.into() }
    }

    /// One shingle of 2 to the power of this is kept.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The hashes of the kept shingles, in order.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }
}

/// The highest level at which a shingle is kept.
pub(super) fn level_of(hash: u32) -> usize {
    (hash.trailing_zeros() as usize).min(16)
}

/// The shingles of phrases that the law and the form put into everybody's mouth.
static WELL_WORN: LazyLock<FxHashSet<u32>> =
    LazyLock::new(|| STATUTORY.iter().flat_map(|p| shingles(&words(p)).collect::<Vec<_>>()).collect());

/// The Chinese characters of a text.
fn words(text: &str) -> Vec<u32> {
    let mut kept = Vec::with_capacity(text.len() / 3);
    for c in text.chars() {
        if is_han(c) {
            kept.push(u32::from(c));
        }
    }
    kept
}

/// The hash of every shingle: a rolling polynomial, its bits mixed.
fn shingles(words: &[u32]) -> impl Iterator<Item = u32> + '_ {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    const LEAVING: u64 = BASE.wrapping_pow(SHINGLE as u32);
    let mut rolled = 0u64;
    words.iter().enumerate().filter_map(move |(i, word)| {
        rolled = rolled.wrapping_mul(BASE).wrapping_add(u64::from(*word));
        if let Some(left) = i.checked_sub(SHINGLE) {
            rolled = rolled.wrapping_sub(u64::from(words[left]).wrapping_mul(LEAVING));
        }
        (i + 1 >= SHINGLE).then(|| mixed(rolled))
    })
}

fn mixed(rolled: u64) -> u32 {
    let spread = (rolled ^ rolled >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((spread ^ spread >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

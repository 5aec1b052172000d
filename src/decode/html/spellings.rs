//! Tags that were read before. A page has few different tags and writes them again and again, those of Word with long
//! styles: what a tag says is remembered by its characters, up to the `>` that ends it.

use super::tags::{Marks, Tag};

/// Characters by which tags are told apart at first.
const HEAD: usize = 8;
/// Groups of tags whose heads fall together, and tags that are remembered of each group.
const GROUPS: usize = 64;
const MOST: usize = 4;

/// A tag that stands in the source, and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    pub(super) tag: Tag,
    pub(super) is_end: bool,
    pub(super) marks: Marks,
    /// Bytes that it takes, both angle brackets included.
    pub(super) length: usize,
    head: Head,
    /// Where it stands.
    at: usize,
}

/// The first characters of a tag, those behind its end left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head(u64);

impl Head {
    /// The head of the tag at a place; none near the end of the source.
    fn of(source: &[u8], at: usize) -> Option<Head> {
        const EACH: u64 = 0x0101_0101_0101_0101;
        let word = u64::from_le_bytes(*source.get(at..)?.first_chunk::<HEAD>()?);
        // The high bit of each byte that is `>`; those above the lowest one may be wrong.
        let differs = word ^ (EACH * b'>' as u64);
        let ends = differs.wrapping_sub(EACH) & !differs & (EACH << 7);
        // All bits up to the lowest one, or all there are.
        Some(Head(word & (ends ^ ends.wrapping_sub(1))))
    }

    fn group(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % GROUPS
    }
}

/// The tags that are remembered, of each group the latest first.
#[derive(Debug)]
pub(super) struct Spellings {
    groups: [[Option<Spelling>; MOST]; GROUPS],
}

impl Spellings {
    pub(super) fn new() -> Spellings {
        Spellings { groups: [[None; MOST]; GROUPS] }
    }

    /// What the tag at a place says, if it was remembered. All that is looked at belongs to the tag.
    pub(super) fn find(&self, source: &[u8], at: usize) -> Option<&Spelling> {
        let head = Head::of(source, at)?;
        self.groups[head.group()].iter().flatten().find(|known| {
            known.head == head
                && (known.length <= HEAD
                    || source[at + HEAD..].starts_with(&source[known.at + HEAD..known.at + known.length]))
        })
    }

    /// Remembers a tag that stands between two places.
    pub(super) fn remember(&mut self, source: &[u8], (at, end): (usize, usize), tag: Tag, is_end: bool, marks: Marks) {
        if let Some(head) = Head::of(source, at) {
            let group = &mut self.groups[head.group()];
            group.rotate_right(1);
            group[0] = Some(Spelling { tag, is_end, marks, length: end - at, head, at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_by_all_their_characters() {
        let source = b"<td><td >1<p class=a><p class=a><p class=b></p>12345678";
        let mut spellings = Spellings::new();
        spellings.remember(source, (0, 4), Tag::Cell, false, Marks::default());
        spellings.remember(source, (10, 21), Tag::Line, false, Marks::default());
        let found = |at| spellings.find(source, at).map(|known| (known.tag, known.length));
        assert_eq!(found(0), Some((Tag::Cell, 4)));
        assert_eq!(found(4), None);
        assert_eq!(found(21), Some((Tag::Line, 11)));
        assert_eq!(found(32), None);
        assert_eq!(found(source.len() - 4), None);
    }
}

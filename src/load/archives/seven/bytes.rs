//! The fields of a 7z directory, read from front to back; nothing is believed that has no bytes behind it.

use super::damaged;
use crate::error::Failure;

/// What is left of a directory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    bytes: &'a [u8],
    /// Members, and blocks of them, that an archive may have.
    most: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(bytes: &'a [u8], most: usize) -> Fields<'a> {
        Fields { bytes, most }
    }

    /// So many bytes.
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], Failure> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or_else(|| damaged("its directory is cut off"))?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Failure> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(super) fn word(&mut self) -> Result<u32, Failure> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
    }

    /// A number of one to nine bytes: the ones that lead the first byte tell how many follow.
    pub(super) fn number(&mut self) -> Result<u64, Failure> {
        let first = self.byte()?;
        let follow = first.leading_ones() as usize;
        let low = self.take(follow)?.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        let high = if follow < 7 { u64::from(first & (0x7f >> follow)) << (8 * follow) } else { 0 };
        Ok(low | high)
    }

    /// A count of things of which each takes so many bytes of what is left.
    pub(super) fn count(&mut self, bytes_each: usize) -> Result<usize, Failure> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        self.has(count.saturating_mul(bytes_each)).map(|()| count)
    }

    /// A count of members or of what they are packed in.
    pub(super) fn many(&mut self, bytes_each: usize) -> Result<usize, Failure> {
        let count = self.count(bytes_each)?;
        self.allows(count).map(|()| count)
    }

    /// Whether an archive may have so many members.
    pub(super) fn allows(&self, count: usize) -> Result<(), Failure> {
        let limit = self.most as u64;
        if count <= self.most { Ok(()) } else { Err(Failure::Limit { name: "members", limit }) }
    }

    /// Whether so many bytes are left.
    pub(super) fn has(&self, bytes: usize) -> Result<(), Failure> {
        if bytes <= self.bytes.len() { Ok(()) } else { Err(damaged("its directory promises more than it has")) }
    }

    /// A part of the directory that tells its own length.
    pub(super) fn part(&mut self) -> Result<Fields<'a>, Failure> {
        let length = self.count(1)?;
        self.take(length).map(|bytes| Fields { bytes, ..*self })
    }

    /// One bit for each of so many things.
    pub(super) fn bits(&mut self, count: usize) -> Result<Vec<bool>, Failure> {
        let bytes = self.take(count.div_ceil(8))?;
        Ok((0..count).map(|i| bytes[i / 8] & (0x80 >> (i % 8)) != 0).collect())
    }

    /// One bit for each, unless a byte says that all are set.
    pub(super) fn all_or_bits(&mut self, count: usize) -> Result<Vec<bool>, Failure> {
        // Each thing that is told of has at least a bit or a byte elsewhere: the caller has counted them.
        if self.byte()? != 0 { Ok(vec![true; count]) } else { self.bits(count) }
    }

    /// Checksums of those of so many things that have one.
    pub(super) fn checksums(&mut self, count: usize) -> Result<Vec<Option<u32>>, Failure> {
        let told = self.all_or_bits(count)?;
        told.into_iter().map(|told| if told { self.word().map(Some) } else { Ok(None) }).collect()
    }

    /// The mark that must stand here.
    pub(super) fn expect(&mut self, id: u8) -> Result<(), Failure> {
        if self.byte()? == id { Ok(()) } else { Err(damaged("its directory is out of order")) }
    }

    /// Characters of two bytes up to the next zero.
    pub(super) fn name(&mut self) -> Result<String, Failure> {
        let mut units = Vec::new();
        loop {
            let pair = self.take(2)?;
            match u16::from_le_bytes([pair[0], pair[1]]) {
                0 => return Ok(String::from_utf16_lossy(&units)),
                unit => units.push(unit),
            }
        }
    }
}

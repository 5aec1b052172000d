//! The shared strings of binary workbooks, which run over the ends of records.

use super::binary::Record;
use crate::error::Failure;

/// Bytes of all strings that cells share.
const MAX_STRINGS: usize = 64 << 20;

/// The shared strings, which run over the ends of records.
pub(super) struct Pieces<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    open: &'a [u8],
}

impl<'a> Pieces<'a> {
    pub(super) fn new(pieces: Vec<&'a [u8]>) -> Pieces<'a> {
        Pieces { pieces: pieces.into_iter(), open: &[] }
    }

    /// Goes on in the next record where the open one is at its end.
    fn fill(&mut self) -> bool {
        while self.open.is_empty() {
            match self.pieces.next() {
                Some(next) => self.open = next,
                None => return false,
            }
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        self.fill();
        let (byte, rest) = self.open.split_first()?;
        self.open = rest;
        Some(*byte)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        (0..bytes).try_fold(0, |sum, at| self.byte().map(|b| sum | usize::from(b) << (8 * at)))
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 && self.fill() {
            let taken = bytes.min(self.open.len());
            self.open = &self.open[taken..];
            bytes -= taken;
        }
    }

    /// All strings.
    pub(super) fn strings(mut self) -> Result<Vec<String>, Failure> {
        self.skip(8);
        let (mut all, mut bytes) = (Vec::new(), 0);
        while let Some(text) = self.string() {
            bytes += text.len();
            if bytes > MAX_STRINGS {
                return Err(Failure::Limit { name: "text_bytes", limit: MAX_STRINGS as u64 });
            }
            all.push(text);
        }
        Ok(all)
    }

    fn string(&mut self) -> Option<String> {
        let mut left = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extended = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut is_wide = flags & 1 != 0;
        let mut text = String::new();
        while left > 0 {
            // Where characters go on in another record, it says anew how wide they are.
            if self.open.is_empty() {
                is_wide = self.byte()? & 1 != 0;
                if self.open.is_empty() {
                    break;
                }
            }
            let taken = left.min(self.open.len() / if is_wide { 2 } else { 1 });
            if taken == 0 {
                break;
            }
            match is_wide {
                true => {
                    text.push_str(&Record(self.open).wide(0, taken));
                    self.open = &self.open[2 * taken..];
                }
                false => {
                    text.push_str(&narrow(&self.open[..taken]));
                    self.open = &self.open[taken..];
                }
            }
            left -= taken;
        }
        self.skip(runs * 4 + extended);
        Some(text)
    }
}

/// Characters of one byte each.
pub(super) fn narrow(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

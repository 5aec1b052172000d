//! The directory of a 7z archive: what is packed together, by which methods, and which members it holds.

use super::bytes::Fields;
use super::damaged;
use crate::error::Failure;

/// Marks of the parts of a directory.
mod id {
    pub(super) const END: u8 = 0x00;
    pub(super) const DIRECTORY: u8 = 0x01;
    pub(super) const PROPERTIES: u8 = 0x02;
    pub(super) const STREAMS: u8 = 0x04;
    pub(super) const MEMBERS: u8 = 0x05;
    pub(super) const PACKED: u8 = 0x06;
    pub(super) const BLOCKS: u8 = 0x07;
    pub(super) const SHARES: u8 = 0x08;
    pub(super) const SIZE: u8 = 0x09;
    pub(super) const CHECKSUMS: u8 = 0x0a;
    pub(super) const METHODS: u8 = 0x0b;
    pub(super) const UNPACKED: u8 = 0x0c;
    pub(super) const COUNT: u8 = 0x0d;
    pub(super) const WITHOUT_BYTES: u8 = 0x0e;
    pub(super) const EMPTY_FILES: u8 = 0x0f;
    pub(super) const NAMES: u8 = 0x11;
    pub(super) const ATTRIBUTES: u8 = 0x15;
    pub(super) const PACKED_DIRECTORY: u8 = 0x17;
}

/// Methods that one block may go through.
const MOST_STEPS: usize = 8;
/// Bits of a Unix mode, in the upper half of a member's attributes, that tell what it is; and a link.
const MODE: u32 = 0xf000_0000;
const LINK: u32 = 0xa000_0000;
/// The attribute of links of Windows.
const REPARSE: u32 = 0x400;

/// One method that a block was packed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) method: u64,
    pub(super) properties: Vec<u8>,
    /// Bytes that it unpacks to.
    pub(super) size: u64,
    is_simple: bool,
}

/// Members that are packed together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The methods, in the order in which they unpack; none if they are no simple chain.
    pub(super) steps: Vec<Step>,
    /// Where its packed bytes begin, behind the archive's own beginning.
    pub(super) start: u64,
    pub(super) packed: u64,
    pub(super) checksum: Option<u32>,
    /// Size and checksum of each member.
    pub(super) shares: Vec<(u64, Option<u32>)>,
    /// Streams that its bytes are parted into.
    streams: usize,
    /// For each step, the one that it takes its bytes from.
    sources: Vec<Option<usize>>,
}

impl Block {
    /// Bytes of all its members.
    pub(super) fn size(&self) -> u64 {
        self.steps.last().map_or(0, |step| step.size)
    }
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// It has its share of a block.
    File,
    Empty,
    Folder,
    Link,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) nature: Nature,
}

/// What is read of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directory {
    Plain(Vec<Block>, Vec<Member>),
    /// The directory itself is packed, in a block.
    Packed(Block),
}

impl Directory {
    /// Reads a directory of at most so many members.
    pub(super) fn of(bytes: &[u8], most: usize) -> Result<Directory, Failure> {
        let mut fields = Fields::new(bytes, most);
        match fields.byte()? {
            id::PACKED_DIRECTORY => blocks(&mut fields)?
                .into_iter()
                .next()
                .map(Directory::Packed)
                .ok_or_else(|| damaged("its packed directory has no bytes")),
            id::DIRECTORY => {
                let mut mark = fields.byte()?;
                if mark == id::PROPERTIES {
                    while fields.byte()? != id::END {
                        fields.part()?;
                    }
                    mark = fields.byte()?;
                }
                let mut all = Vec::new();
                if mark == id::STREAMS {
                    all = blocks(&mut fields)?;
                    mark = fields.byte()?;
                }
                let members = if mark == id::MEMBERS { members(&mut fields)? } else { Vec::new() };
                Ok(Directory::Plain(all, members))
            }
            _ => Err(damaged("no directory where it should be")),
        }
    }
}

/// The blocks, with where they are and what they hold.
fn blocks(fields: &mut Fields<'_>) -> Result<Vec<Block>, Failure> {
    let (mut start, mut packed, mut all) = (0u64, Vec::new(), Vec::new());
    loop {
        match fields.byte()? {
            id::PACKED => (start, packed) = sizes(fields)?,
            id::BLOCKS => all = methods(fields)?,
            id::SHARES => shares(fields, &mut all)?,
            id::END => break,
            _ => return Err(damaged("its directory is out of order")),
        }
    }
    let mut sizes = packed.into_iter();
    for block in &mut all {
        (block.start, block.packed) = (start, 0);
        for _ in 0..block.streams {
            let size: u64 = sizes.next().ok_or_else(|| damaged("a block without bytes"))?;
            block.packed = block.packed.saturating_add(size);
        }
        start = start.saturating_add(block.packed);
        if block.shares.is_empty() && block.size() > 0 {
            block.shares = vec![(block.size(), block.checksum)];
        }
    }
    Ok(all)
}

/// Where the packed streams begin, and the size of each.
fn sizes(fields: &mut Fields<'_>) -> Result<(u64, Vec<u64>), Failure> {
    let start = fields.number()?;
    let count = fields.many(1)?;
    let mut sizes = Vec::new();
    loop {
        match fields.byte()? {
            id::SIZE => sizes = (0..count).map(|_| fields.number()).collect::<Result<_, _>>()?,
            id::CHECKSUMS => drop(fields.checksums(count)?),
            id::END => return Ok((start, sizes)),
            _ => return Err(damaged("its directory is out of order")),
        }
    }
}

/// The methods of all blocks, and what each step unpacks to.
fn methods(fields: &mut Fields<'_>) -> Result<Vec<Block>, Failure> {
    fields.expect(id::METHODS)?;
    let count = fields.many(2)?;
    // Elsewhere in the archive: no packer writes it so.
    fields.expect(0)?;
    let mut all = (0..count).map(|_| block(fields)).collect::<Result<Vec<_>, _>>()?;
    fields.expect(id::UNPACKED)?;
    for block in &mut all {
        for step in &mut block.steps {
            step.size = fields.number()?;
        }
        block.put_in_order();
    }
    loop {
        match fields.byte()? {
            id::CHECKSUMS => {
                for (block, checksum) in all.iter_mut().zip(fields.checksums(count)?) {
                    block.checksum = checksum;
                }
            }
            id::END => return Ok(all),
            _ => return Err(damaged("its directory is out of order")),
        }
    }
}

/// The methods of one block, and how they follow each other.
fn block(fields: &mut Fields<'_>) -> Result<Block, Failure> {
    let count = fields.count(2)?;
    if count == 0 || count > MOST_STEPS {
        return Err(damaged("a block with no method, or with too many"));
    }
    let mut block = Block::default();
    let (mut ins, mut outs) = (0usize, 0usize);
    for _ in 0..count {
        let flags = fields.byte()?;
        let method = fields.take(usize::from(flags & 0xf))?;
        let method = method.iter().fold(0u64, |id, byte| id << 8 | u64::from(*byte));
        let is_simple = flags & 0x10 == 0;
        let (i, o) = if is_simple { (1, 1) } else { (fields.count(0)?, fields.count(0)?) };
        if i == 0 || i > MOST_STEPS || o != 1 {
            return Err(damaged("a method with no stream, or with too many"));
        }
        (ins, outs) = (ins + i, outs + o);
        let properties = if flags & 0x20 != 0 { fields.count(1).and_then(|n| fields.take(n))? } else { &[] };
        block.steps.push(Step { method, properties: properties.to_vec(), size: 0, is_simple });
    }
    block.sources = vec![None; count];
    for _ in 1..outs {
        let (to, from) = (fields.count(0)?, fields.count(0)?);
        // Streams of methods with several are not followed.
        if from >= outs || to >= ins {
            return Err(damaged("a method that takes from none"));
        }
        if let Some(source) = block.sources.get_mut(to) {
            *source = Some(from);
        }
    }
    block.streams = ins.checked_sub(outs - 1).ok_or_else(|| damaged("a block without bytes"))?;
    if block.streams > 1 {
        for _ in 0..block.streams {
            fields.number()?;
        }
    }
    Ok(block)
}

impl Block {
    /// Puts the steps in the order in which they unpack. What is no chain keeps no step but one of its size.
    fn put_in_order(&mut self) {
        let is_chain = self.streams == 1 && self.steps.iter().all(|step| step.is_simple);
        let mut order: Vec<usize> = Vec::new();
        let mut next = self.sources.iter().position(Option::is_none).filter(|_| is_chain);
        while let Some(at) = next {
            order.push(at);
            next = self.sources.iter().position(|source| *source == Some(at)).filter(|at| !order.contains(at));
        }
        if order.len() == self.steps.len() {
            self.steps = order.into_iter().map(|at| self.steps[at].clone()).collect();
        } else {
            let taken = |at: usize| self.sources.contains(&Some(at));
            let last = (0..self.steps.len()).find(|at| !taken(*at)).unwrap_or(0);
            let size = self.steps[last].size;
            self.steps = vec![Step { method: u64::MAX, properties: Vec::new(), size, is_simple: false }];
        }
    }
}

/// The members of each block: how many, how large, and their checksums.
fn shares(fields: &mut Fields<'_>, all: &mut [Block]) -> Result<(), Failure> {
    let mut mark = fields.byte()?;
    let mut counts = vec![1usize; all.len()];
    if mark == id::COUNT {
        let mut sum = 0usize;
        for count in &mut counts {
            // All but one of a block tell their sizes.
            *count = fields.count(0)?;
            sum = sum.saturating_add(count.saturating_sub(1));
            fields.has(sum)?;
            fields.allows(sum)?;
        }
        mark = fields.byte()?;
    }
    for (block, count) in all.iter_mut().zip(&counts) {
        let mut left = block.size();
        block.shares.clear();
        for i in 0..*count {
            let size = if i + 1 == *count {
                left
            } else if mark == id::SIZE {
                fields.number()?
            } else {
                return Err(damaged("members without sizes"));
            };
            left = left.checked_sub(size).ok_or_else(|| damaged("members larger than their block"))?;
            block.shares.push((size, None));
        }
    }
    if mark == id::SIZE {
        mark = fields.byte()?;
    }
    // A block with one member has told its checksum before.
    let is_told = |block: &Block| block.shares.len() == 1 && block.checksum.is_some();
    let untold = all.iter().filter(|block| !is_told(block)).map(|block| block.shares.len()).sum();
    if mark == id::CHECKSUMS {
        let mut checksums = fields.checksums(untold)?.into_iter();
        for block in all.iter_mut().filter(|block| !is_told(block)) {
            block.shares.iter_mut().for_each(|share| share.1 = checksums.next().flatten());
        }
        mark = fields.byte()?;
    }
    for block in all.iter_mut().filter(|block| is_told(block)) {
        block.shares[0].1 = block.checksum;
    }
    if mark == id::END { Ok(()) } else { Err(damaged("its directory is out of order")) }
}

/// Names and natures of all members.
fn members(fields: &mut Fields<'_>) -> Result<Vec<Member>, Failure> {
    // Each has the end of its name at least.
    let count = fields.many(2)?;
    let mut all = vec![Member { name: String::new(), nature: Nature::File }; count];
    let (mut without, mut files, mut attributes) = (vec![false; count], Vec::new(), vec![0u32; count]);
    loop {
        let mark = fields.byte()?;
        if mark == id::END {
            break;
        }
        let mut part = fields.part()?;
        match mark {
            id::WITHOUT_BYTES => without = part.bits(count)?,
            id::EMPTY_FILES => files = part.bits(without.iter().filter(|is| **is).count())?,
            id::NAMES => {
                part.expect(0)?;
                for member in &mut all {
                    member.name = part.name()?;
                }
            }
            id::ATTRIBUTES => {
                let told = part.all_or_bits(count)?;
                part.expect(0)?;
                for (value, _) in attributes.iter_mut().zip(told).filter(|(_, told)| *told) {
                    *value = part.word()?;
                }
            }
            _ => {}
        }
    }
    let mut files = files.into_iter();
    for ((member, without), attributes) in all.iter_mut().zip(without).zip(attributes) {
        let is_empty_file = without && files.next().unwrap_or(false);
        let is_link = attributes & REPARSE != 0 || attributes & MODE == LINK;
        member.nature = match (without, is_empty_file) {
            (false, _) if is_link => Nature::Link,
            (false, _) => Nature::File,
            (true, true) => Nature::Empty,
            (true, false) => Nature::Folder,
        };
    }
    Ok(all)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn promises_without_bytes_ask_for_no_memory() {
        let huge = [0xff; 9];
        let begun: [&[u8]; 5] = [
            &[id::DIRECTORY, id::MEMBERS],
            &[id::DIRECTORY, id::STREAMS, id::PACKED, 0],
            &[id::DIRECTORY, id::STREAMS, id::BLOCKS, id::METHODS],
            &[id::DIRECTORY, id::STREAMS, id::BLOCKS, id::METHODS, 1, 0],
            &[id::DIRECTORY, id::PROPERTIES, 1],
        ];
        for begun in begun {
            let bytes = [begun, &huge[..], &[0; 40]].concat();
            assert!(matches!(Directory::of(&bytes, 1000), Err(Failure::Damaged { .. })), "{begun:?}");
        }
        let many = [&[id::DIRECTORY, id::MEMBERS, 0x83, 0xe8][..], &[0; 4000]].concat();
        assert!(matches!(Directory::of(&many, 999), Err(Failure::Limit { name: "members", .. })));
    }

    proptest! {
        #[test]
        fn no_directory_is_trusted(mut bytes in proptest::collection::vec(0u8..0x20, 0..200), first in 0u8..3) {
            if let Some(mark) = bytes.first_mut() {
                *mark = [id::DIRECTORY, id::PACKED_DIRECTORY, 0][usize::from(first)];
            }
            let _ = Directory::of(&bytes, 100);
        }
    }
}

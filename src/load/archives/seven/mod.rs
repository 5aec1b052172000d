//! 7z archives: a directory at the end, and blocks of members that are packed together and unpack from front to back.
//!
//! The container is read here, because readers of it believe what a directory says of sizes and counts, and ask the
//! system for as much memory; what unpacks LZMA and LZMA2 is a library in Rust.

mod bytes;
mod directory;
mod lzma;

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use lzma_rust2::filter::bcj::BcjReader;
use lzma_rust2::filter::delta::DeltaReader;
use lzma_rust2::{Lzma2Stream, LzmaStream};

use self::directory::{Block, Directory, Member, Nature, Step};
use self::lzma::{Unpacked, Unpacker};
use super::inflate::{Meter, Metered};
use super::stream::{Batch, Taken};
use super::{Place, names};
use crate::decode::Limits;
use crate::error::{Failure, Fault};
use crate::load::reading::guarded;
use crate::load::rows::{Cancelled, Rows, Run};

/// The first bytes of an archive.
pub(super) const MAGIC: &[u8] = b"7z\xbc\xaf\x27\x1c";
/// Bytes of an archive before its blocks.
const BEGINNING: u64 = 32;
/// Bytes back to which a block may point: what packers use when they are asked for the smallest archive.
const WINDOW: u64 = 256 << 20;
/// Bytes of a directory.
const DIRECTORY: u64 = 32 << 20;
/// How often a directory may be packed: packers do it once.
const PACKED_DIRECTORIES: usize = 4;

/// A source whose position can be set.
pub(super) trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

fn damaged(detail: impl Into<String>) -> Failure {
    Failure::Damaged { format: "7z", detail: detail.into() }
}

/// Reads all members; tells the bytes that they unpack to.
pub(super) fn read(
    run: &Run<'_>,
    place: Place<'_>,
    mut source: impl Source,
    length: u64,
    rows: &mut Rows,
) -> Result<u64, Cancelled> {
    let meter = Meter::new(place.allowance);
    match guarded(|| open(&mut source, length, &meter, &run.options.limits)) {
        Err(failure) => rows.failure(place.shown, failure),
        Ok((_, members)) if members.iter().all(|m| m.nature == Nature::Folder) => {
            rows.failure(place.shown, Failure::Empty { bytes: length });
        }
        Ok((blocks, members)) => {
            let mut batch = Batch::metered(run, place, &meter, rows);
            let ended = all(&mut batch, &mut source, &blocks, &members)?;
            batch.flush()?;
            drop(batch);
            if let Err(failure) = ended {
                rows.failure(place.shown, failure);
            }
        }
    }
    Ok(place.allowance - meter.left())
}

/// The directory, unpacked if it is packed.
fn open(
    source: &mut impl Source,
    length: u64,
    meter: &Meter,
    limits: &Limits,
) -> Result<(Vec<Block>, Vec<Member>), Failure> {
    let mut beginning = [0; BEGINNING as usize];
    source.read_exact(&mut beginning).map_err(|_| damaged("it is cut off"))?;
    if long(&beginning[8..12]) != u64::from(crc(&beginning[12..])) {
        return Err(damaged("its beginning is not as promised"));
    }
    let (start, size) = (long(&beginning[12..20]), long(&beginning[20..28]));
    let end = BEGINNING.saturating_add(start).saturating_add(size);
    if end > length {
        return Err(damaged("it is cut off: its directory is missing"));
    }
    if size > DIRECTORY {
        return Err(Failure::Limit { name: "bytes of an archive's directory", limit: DIRECTORY });
    }
    source.seek(SeekFrom::Start(BEGINNING + start)).map_err(|e| damaged(e.to_string()))?;
    let mut bytes = Vec::new();
    source.take(size).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
    if u64::from(crc(&bytes)) != long(&beginning[28..]) {
        return Err(damaged("its directory is not as promised"));
    }
    for _ in 0..PACKED_DIRECTORIES {
        match Directory::of(&bytes, limits.members)? {
            Directory::Plain(blocks, members) => return Ok((blocks, members)),
            Directory::Packed(block) => {
                let mut unpacked = unpack(source, &block, meter).map_err(|failure| match failure {
                    Failure::Member(Fault::Encrypted) => Failure::Locked { format: "7z" },
                    other => other,
                })?;
                let of = (block.size(), block.checksum);
                bytes = share(&mut unpacked, of, DIRECTORY, meter, limits.ratio)?;
            }
        }
    }
    Err(damaged("a directory within a directory"))
}

/// Takes all members in the order of their blocks.
fn all(
    batch: &mut Batch<'_, '_>,
    source: &mut impl Source,
    blocks: &[Block],
    members: &[Member],
) -> Result<Result<(), Failure>, Cancelled> {
    let limits = &batch.run().options.limits;
    let mut files = members.iter().filter(|m| matches!(m.nature, Nature::File | Nature::Link));
    for member in members.iter().filter(|m| m.nature == Nature::Empty) {
        one(batch, member, || Ok(Vec::new()))?;
    }
    for block in blocks {
        let meter = batch.meter().clone();
        let mut unpacked = unpack(source, block, &meter);
        for of in &block.shares {
            let Some(member) = files.next() else { return Ok(Err(damaged("bytes of no member"))) };
            one(batch, member, || match &mut unpacked {
                Ok(unpacked) => share(unpacked, *of, limits.file_bytes, &meter, limits.ratio),
                Err(failure) => Err(failure.clone()),
            })?;
        }
    }
    Ok(if files.next().is_none() { Ok(()) } else { Err(damaged("members without bytes")) })
}

/// Takes one member. Its bytes are unpacked even where nothing is done with them: others stand behind them.
fn one(
    batch: &mut Batch<'_, '_>,
    member: &Member,
    bytes: impl FnOnce() -> Result<Vec<u8>, Failure>,
) -> Result<(), Cancelled> {
    batch.run().go_on()?;
    let archive = batch.place().shown;
    let shown = names::shown(archive, member.name.as_bytes());
    let content = guarded(bytes);
    if batch.run().passes_over(&shown) {
        return Ok(());
    }
    let content = match names::fault(archive, &shown) {
        Some(fault) => Err(Failure::Member(fault)),
        None if member.nature == Nature::Link => Err(Failure::Member(Fault::Link)),
        None => content,
    };
    batch.take(Taken { shown, content })
}

/// The next share of a block: a member's bytes.
fn share(
    unpacked: &mut impl Read,
    (size, checksum): (u64, Option<u32>),
    most: u64,
    meter: &Meter,
    ratio: u64,
) -> Result<Vec<u8>, Failure> {
    let torn = |e: &io::Error| match meter.left() {
        0 => Failure::Limit { name: "ratio", limit: ratio },
        _ => damaged(e.to_string()),
    };
    if size > most {
        io::copy(&mut unpacked.take(size), &mut io::sink()).map_err(|e| torn(&e))?;
        return Err(Failure::Limit { name: "file_bytes", limit: most });
    }
    let mut content = Vec::new();
    unpacked.take(size).read_to_end(&mut content).map_err(|e| torn(&e))?;
    if content.len() as u64 != size {
        return Err(damaged("a member is cut off"));
    }
    if checksum.is_some_and(|promised| promised != crc(&content)) {
        return Err(damaged("a checksum is not as promised"));
    }
    Ok(content)
}

/// The bytes of a block, as they unpack.
fn unpack<'a>(
    source: &'a mut impl Source,
    block: &Block,
    meter: &Meter,
) -> Result<Metered<Box<dyn Read + 'a>>, Failure> {
    let start = BEGINNING.saturating_add(block.start);
    source.seek(SeekFrom::Start(start)).map_err(|e| damaged(e.to_string()))?;
    let mut bytes: Box<dyn Read + 'a> = Box::new(BufReader::new(source.take(block.packed)));
    for step in &block.steps {
        bytes = unpacked_once(bytes, step)?;
    }
    Ok(Metered::new(bytes, meter))
}

/// What one method unpacks bytes to.
fn unpacked_once<'a>(bytes: Box<dyn Read + 'a>, step: &Step) -> Result<Box<dyn Read + 'a>, Failure> {
    let window = |told: u64| match told.min(step.size.max(1 << 12)) {
        window if window > WINDOW => {
            Err(Failure::Limit { name: "bytes back to which an archive points", limit: WINDOW })
        }
        // Both bounds are below four gibibytes.
        window => Ok(u32::try_from(window).unwrap_or(u32::MAX)),
    };
    Ok(match step.method {
        0x00 => bytes,
        0x03_01_01 => {
            let (Some(first), Some(told)) = (step.properties.first(), step.properties.get(1..5)) else {
                return Err(damaged("LZMA without its properties"));
            };
            let window = window(long(told))?;
            let stream = LzmaStream::new_with_props(step.size, *first, window, None);
            let stream = stream.map_err(|e| damaged(e.to_string()))?;
            Box::new(Unpacked::new(BufReader::new(bytes), Unpacker::Lzma(Box::new(stream))))
        }
        0x21 => {
            let told = match step.properties.first() {
                Some(bits @ 0..40) => u64::from(2 | bits & 1) << (bits / 2 + 11),
                Some(40) => u64::from(u32::MAX),
                _ => return Err(damaged("LZMA2 without its properties")),
            };
            let stream = Lzma2Stream::new(window(told)?);
            Box::new(Unpacked::new(BufReader::new(bytes), Unpacker::Lzma2(Box::new(stream))))
        }
        0x03 => Box::new(DeltaReader::new(bytes, usize::from(step.properties.first().copied().unwrap_or(0)) + 1)),
        0x04 | 0x03_03_01_03 => Box::new(BcjReader::new_x86(bytes, 0)),
        0x0a => Box::new(BcjReader::new_arm64(bytes, 0)),
        0x04_01_08 => Box::new(DeflateDecoder::new(BufReader::new(bytes))),
        0x06_f1_07_01 => return Err(Failure::Member(Fault::Encrypted)),
        _ => return Err(Failure::Member(Fault::Method)),
    })
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn long(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

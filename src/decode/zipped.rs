//! Zip files as they stand: all members that the directory names, also those of one name, and what is wrong with them.

use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder,
    ZipFileHeaderRecord, ZipLocator,
};

use super::Limits;
use crate::error::{Failure, Fault};

/// The first bytes of a zip file, and of one without members.
pub(crate) const MAGICS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// Inflated bytes that need no ratio.
const SMALL: u64 = 1 << 20;
/// Bytes of the header that stands before every member.
const HEADER: u64 = 30;

/// A zip file whose directory was read.
#[derive(Debug)]
pub(crate) struct Zip<R> {
    archive: ZipArchive<R>,
    /// The members in the order of the directory, folders left out.
    pub(crate) members: Vec<Member>,
    /// Why the directory could not be read to its end.
    pub(crate) torn: Option<Failure>,
}

/// A member as the directory names it.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its name in the bytes of whoever packed it.
    pub(crate) name: Vec<u8>,
    /// Bytes in the archive.
    pub(crate) packed: u64,
    /// Bytes that it says to be when inflated.
    pub(crate) size: u64,
    /// What keeps it from being read.
    pub(crate) fault: Option<Fault>,
    start: u64,
    place: ZipArchiveEntryWayfinder,
    is_deflated: bool,
}

impl<R: ReaderAt> Zip<R> {
    /// Reads the directory of a zip file of so many bytes.
    ///
    /// # Errors
    /// [`Failure::Damaged`] without a directory, [`Failure::Limit`] with too many members.
    pub(crate) fn open(reader: R, bytes: u64, limits: &Limits) -> Result<Zip<R>, Failure> {
        let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let located = ZipLocator::new().locate_in_reader(reader, &mut buffer, bytes);
        let archive = located.map_err(|(_, e)| damaged(&e))?;
        let over = || Failure::Limit { name: "members", limit: limits.members as u64 };
        let promised = archive.entries_hint();
        if promised > limits.members as u64 {
            return Err(over());
        }
        let mut zip = Zip { archive, members: Vec::new(), torn: None };
        let mut entries = zip.archive.entries(&mut buffer);
        let mut found = 0u64;
        loop {
            match entries.next_entry() {
                Ok(Some(_)) if found >= limits.members as u64 => return Err(over()),
                Ok(Some(entry)) => {
                    found += 1;
                    if !entry.is_dir() {
                        zip.members.push(Member::of(&entry));
                    }
                }
                Ok(None) => break,
                Err(e) => {
                    zip.torn = Some(damaged(&e));
                    break;
                }
            }
        }
        // Old packers count to 65,535 and begin again.
        if found & 0xffff != promised & 0xffff && zip.torn.is_none() {
            zip.torn = Some(damaged(&format!("expected {promised} members, found {found}")));
        }
        overlaps(&mut zip.members);
        Ok(zip)
    }

    /// The bytes of a member, at most so many.
    ///
    /// # Errors
    /// [`Failure::Limit`], [`Failure::Member`], or [`Failure::Damaged`] where size or checksum are not as promised.
    pub(crate) fn inflate(&self, member: &Member, most: u64, limits: &Limits) -> Result<Vec<u8>, Failure> {
        if let Some(fault) = member.fault {
            return Err(Failure::Member(fault));
        }
        let entry = self.archive.get_entry(member.place).map_err(|e| damaged(&e))?;
        let ratio = member.packed.saturating_mul(limits.ratio).max(SMALL);
        let all = [
            ("ratio", ratio, limits.ratio),
            ("file_bytes", limits.file_bytes, limits.file_bytes),
            ("inflated_bytes", most, limits.inflated_bytes),
        ];
        let (name, most, limit) = all.into_iter().min_by_key(|(_, most, _)| *most).unwrap_or(all[0]);
        if member.size > most {
            return Err(Failure::Limit { name, limit });
        }
        let mut out = Vec::with_capacity(usize::try_from(member.size).unwrap_or(0));
        let packed: &mut dyn Read =
            if member.is_deflated { &mut DeflateDecoder::new(entry.reader()) } else { &mut entry.reader() };
        // One byte more than promised shows a lie; size and checksum are compared at the end.
        entry.verifying_reader(packed).take(member.size + 1).read_to_end(&mut out).map_err(|e| damaged(&e))?;
        if out.len() as u64 > member.size {
            return Err(damaged(&"a member is larger than the directory says"));
        }
        Ok(out)
    }
}

impl Member {
    fn of(entry: &ZipFileHeaderRecord<'_>) -> Member {
        let method = entry.compression_method();
        let is_known = matches!(method, CompressionMethod::STORE | CompressionMethod::DEFLATE);
        let fault = match () {
            () if entry.flags().is_encrypted() => Some(Fault::Encrypted),
            () if entry.mode().is_symlink() => Some(Fault::Link),
            () if !is_known => Some(Fault::Method),
            () => None,
        };
        Member {
            name: entry.file_path().as_bytes().to_vec(),
            packed: entry.compressed_size_hint(),
            size: entry.uncompressed_size_hint(),
            fault,
            start: entry.local_header_offset(),
            place: entry.wayfinder(),
            is_deflated: method == CompressionMethod::DEFLATE,
        }
    }
}

/// Marks members that share bytes with another one.
fn overlaps(members: &mut [Member]) {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|i| members[*i].start);
    let (mut last, mut end) = (None, 0);
    for at in order {
        let (start, stop) = (members[at].start, members[at].start.saturating_add(HEADER + members[at].packed));
        if let Some(before) = last.filter(|_| start < end) {
            for shared in [before, at] {
                let member: &mut Member = &mut members[shared];
                member.fault = member.fault.or(Some(Fault::Overlap));
            }
        }
        if stop >= end {
            (last, end) = (Some(at), stop);
        }
    }
}

fn damaged(detail: &impl ToString) -> Failure {
    Failure::Damaged { format: "zip", detail: detail.to_string() }
}

//! Archives: every member is a file of its own, with a path like `a.zip!/b/c.html`.
//!
//! Nothing is written to disk, and of all members only those that are being read are held in memory. What an archive
//! inflates to has a limit that grows with its size; so has each member, and so have archives within archives.

mod inflate;
mod names;
mod records;
mod seven;
mod stream;
mod zip;

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};

use rawzip::FileReader;

pub(super) use names::{is_litter, shown};

use super::listing::plain;
use super::reading::{document, guarded};
use super::rows::{Cancelled, Rows, Run};
use crate::decode::Limits;
use crate::decode::package::is_document;
use crate::decode::zipped::{MAGICS, Zip};
use crate::error::Failure;

/// Bytes in which an archive shows itself: a header of a tar archive.
pub(super) const HEAD: usize = 512;

/// What kind of archive bytes begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Tar,
    Gzip,
    Zstandard,
    Seven,
    /// Texts in JSON.
    Records,
}

impl Kind {
    /// The kind, by the first bytes of a file.
    pub(super) fn of(head: &[u8]) -> Option<Kind> {
        match head {
            _ if MAGICS.iter().any(|magic| head.starts_with(magic)) => Some(Kind::Zip),
            [0x1f, 0x8b, 8, ..] => Some(Kind::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Kind::Zstandard),
            _ if head.starts_with(seven::MAGIC) => Some(Kind::Seven),
            _ if stream::is_tar(head) => Some(Kind::Tar),
            _ => None,
        }
    }

    /// The kind of a file that is too large to be held, by its first bytes.
    pub(super) fn of_large(head: &[u8]) -> Option<Kind> {
        Kind::of(head).or_else(|| records::may_be_lines(head).then_some(Kind::Records))
    }

    /// The kind of a whole file.
    fn of_whole(bytes: &[u8]) -> Option<Kind> {
        Kind::of(bytes).or_else(|| records::kind(bytes))
    }
}

/// A file with its name: in the folder, or in so many archives within each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// What users see.
    pub(super) shown: &'a str,
    /// In how many archives it is.
    pub(super) depth: usize,
    /// Bytes that its members may inflate to, if it is an archive.
    pub(super) allowance: u64,
}

impl<'a> Place<'a> {
    /// A file of so many bytes in the folder.
    pub(super) fn in_folder(shown: &'a str, bytes: u64, run: &Run<'_>) -> Place<'a> {
        let limits = &run.options.limits;
        let allowance = bytes.saturating_mul(limits.ratio).max(limits.inflated_bytes).min(limits.archive_bytes);
        Place { shown, depth: 0, allowance }
    }
}

/// Reads bytes, whether they are a report or an archive of reports. Tells the bytes that were inflated.
pub(super) fn bytes(run: &Run<'_>, place: Place<'_>, bytes: &[u8], rows: &mut Rows) -> Result<u64, Cancelled> {
    run.go_on()?;
    let length = bytes.len() as u64;
    let kind = Kind::of_whole(bytes);
    let opened = match kind {
        Some(Kind::Zip) => guarded(|| Zip::open(bytes, length, &run.options.limits)).map(Some),
        _ => Ok(None),
    };
    match (opened, kind) {
        (Ok(Some(zip)), _) if !is_document(&zip) => within(run, place, rows, |rows| zip::read(run, place, &zip, rows)),
        (Err(failure), _) => none(rows, place.shown, failure),
        (_, None | Some(Kind::Zip)) => {
            document(run, place.shown, bytes, rows);
            Ok(0)
        }
        (_, Some(Kind::Records)) => {
            within(run, place, rows, |rows| records::read(run, place, Box::new(bytes), length, rows))
        }
        (_, Some(Kind::Seven)) => {
            within(run, place, rows, |rows| seven::read(run, place, Cursor::new(bytes), length, rows))
        }
        (_, Some(kind)) => {
            within(run, place, rows, |rows| stream::read(run, place, kind, Box::new(bytes), length, rows))
        }
    }
}

/// Whether bytes are an archive rather than a document.
pub(super) fn is_one(bytes: &[u8], limits: &Limits) -> Result<bool, Failure> {
    match Kind::of_whole(bytes) {
        Some(Kind::Zip) => guarded(|| Zip::open(bytes, bytes.len() as u64, limits)).map(|zip| !is_document(&zip)),
        kind => Ok(kind.is_some()),
    }
}

/// Reads an archive of the folder that is too large to be held.
pub(super) fn large(
    run: &Run<'_>,
    place: Place<'_>,
    file: File,
    kind: Kind,
    rows: &mut Rows,
) -> Result<u64, Cancelled> {
    let limits = &run.options.limits;
    let length = match file.metadata() {
        Ok(metadata) => metadata.len(),
        Err(e) => return none(rows, place.shown, Failure::Io(plain(&e))),
    };
    if kind == Kind::Seven {
        return within(run, place, rows, |rows| seven::read(run, place, file, length, rows));
    }
    if kind != Kind::Zip {
        let reader: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, file));
        return within(run, place, rows, |rows| match kind {
            Kind::Records => records::read(run, place, reader, length, rows),
            _ => stream::read(run, place, kind, reader, length, rows),
        });
    }
    match guarded(|| Zip::open(FileReader::from(file), length, limits)) {
        Ok(zip) if is_document(&zip) => {
            none(rows, place.shown, Failure::TooLarge { limit: limits.file_bytes, bytes: length })
        }
        Ok(zip) => within(run, place, rows, |rows| zip::read(run, place, &zip, rows)),
        Err(failure) => none(rows, place.shown, failure),
    }
}

/// Reads an archive unless it lies too deep in others.
fn within(
    run: &Run<'_>,
    place: Place<'_>,
    rows: &mut Rows,
    read: impl FnOnce(&mut Rows) -> Result<u64, Cancelled>,
) -> Result<u64, Cancelled> {
    let most = run.options.limits.archive_depth;
    if place.depth < most {
        return read(rows);
    }
    none(rows, place.shown, Failure::Limit { name: "archive_depth", limit: most as u64 })
}

/// A failure, of which nothing was inflated.
fn none(rows: &mut Rows, shown: &str, failure: Failure) -> Result<u64, Cancelled> {
    rows.failure(shown, failure);
    Ok(0)
}

//! From a file's bytes to its rows, in parts: files go the same part of the way one behind the other, which finds its
//! code and its tables in the processor's cache.

use std::fs::{self, File};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::archives::{self, HEAD, Kind, Place};
use super::listing::{Listed, other_ending, plain};
use super::rows::{Cancelled, Rows, Run};
use crate::batch::Loaded;
use crate::check::{Checked, check};
use crate::decode::{Contents, Limits};
use crate::document::Document;
use crate::error::Failure;
use crate::ledger::{Settled, settle};
use crate::recognize::recognize;

/// A file that was opened.
pub(super) enum Opened {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// An archive that is too large to be held.
    Large(File, Kind),
}

/// Opens a file and reads it, if it is of a size to be held.
pub(super) fn open(path: &Path, limits: &Limits) -> Result<Opened, Failure> {
    let io = |e: std::io::Error| Failure::Io(plain(&e));
    let metadata = fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        // A pipe or a device would be waited on for ever.
        return Err(Failure::Io("expected a regular file, found a pipe, socket or device".to_owned()));
    }
    let mut file = File::open(path).map_err(io)?;
    let (limit, length) = (limits.file_bytes, metadata.len());
    if length > limit {
        let mut head = Vec::with_capacity(HEAD);
        (&file).take(HEAD as u64).read_to_end(&mut head).map_err(io)?;
        return match Kind::of_large(&head) {
            Some(kind) => {
                std::io::Seek::rewind(&mut file).map_err(io)?;
                Ok(Opened::Large(file, kind))
            }
            None => Err(Failure::TooLarge { limit, bytes: length }),
        };
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    // A file may grow while it is read, and some have no length.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    match bytes.len() as u64 {
        found if found > limit => Err(Failure::TooLarge { limit, bytes: found }),
        _ => Ok(Opened::Bytes(bytes)),
    }
}

/// One file of the folder becomes one report or one failure; an archive becomes as many as it has members.
pub(super) fn file(run: &Run<'_>, listed: &Listed, rows: &mut Rows) -> Result<(), Cancelled> {
    run.go_on()?;
    let shown = listed.shown.as_str();
    match listed.path.clone().and_then(|path| open(&path, &run.options.limits)) {
        Ok(Opened::Bytes(bytes)) => {
            archives::bytes(run, Place::in_folder(shown, bytes.len() as u64, run), &bytes, rows)?;
        }
        Ok(Opened::Large(file, kind)) => {
            let bytes = file.metadata().map_or(0, |m| m.len());
            archives::large(run, Place::in_folder(shown, bytes, run), file, kind, rows)?;
        }
        Err(failure) => rows.failure(shown, failure),
    }
    run.done(1);
    Ok(())
}

/// Bytes that are no archive become one report or one failure; a workbook whose sheets are a report each becomes as many.
pub(super) fn document(run: &Run<'_>, name: &str, bytes: &[u8], rows: &mut Rows) {
    let decoded = |document: Document| Decoded::from(name, bytes, document);
    match contents(run, name, bytes) {
        Ok(Contents::One(document)) => rows.document(name, decoded(document)),
        Ok(Contents::Several(reports)) => {
            run.found(reports.len());
            for (own, report) in reports {
                let shown = archives::shown(name, own.as_bytes());
                match report {
                    Ok(document) => rows.document(&shown, decoded(document)),
                    Err(failure) => rows.failure(&shown, failure),
                }
                run.done(1);
            }
        }
        Err(failure) => rows.failure(name, failure),
    }
}

/// What the bytes of a file hold.
fn contents(run: &Run<'_>, name: &str, bytes: &[u8]) -> Result<Contents, Failure> {
    guarded(|| {
        let budget = run.budget();
        run.decode(bytes, &budget).or_else(|failure| match &run.options.convert {
            Some(office) if office.takes(name, bytes, &failure) => {
                office.decode(name, bytes, &failure, &budget).map(Contents::One)
            }
            _ => Err(failure),
        })
    })
}

/// A file that was decoded.
pub(super) struct Decoded {
    named_as: Option<&'static str>,
    sha256: String,
    pub(super) document: Document,
}

/// A document that was recognised.
pub(super) struct Recognized {
    decoded: Decoded,
    settled: Settled,
}

/// A report that was checked.
pub(super) struct Report {
    recognized: Recognized,
    checked: Checked,
}

impl Decoded {
    /// The first part of the way.
    pub(super) fn of(run: &Run<'_>, name: &str, bytes: &[u8]) -> Result<Decoded, Failure> {
        match contents(run, name, bytes)? {
            Contents::One(document) => Ok(Decoded::from(name, bytes, document)),
            Contents::Several(reports) => Err(Failure::NotOne { reports: reports.len() }),
        }
    }

    /// A document of a file.
    fn from(name: &str, bytes: &[u8], document: Document) -> Decoded {
        let named_as = other_ending(name, document.format);
        Decoded { named_as, sha256: hexadecimal(&Sha256::digest(bytes)), document }
    }

    /// The second part of the way.
    pub(super) fn recognized(self) -> Result<Recognized, Failure> {
        let settled = guarded(|| Ok(settle(recognize(&self.document)?)))?;
        Ok(Recognized { decoded: self, settled })
    }
}

impl Recognized {
    /// The third part of the way.
    pub(super) fn checked(self) -> Result<Report, Failure> {
        let checked = guarded(|| Ok(check(&self.settled, &self.decoded.document.text)))?;
        Ok(Report { recognized: self, checked })
    }
}

impl Report {
    /// All that the rows of a file of this name need.
    pub(super) fn loaded<'a>(&'a self, path: &'a str) -> Loaded<'a> {
        let Report { recognized: Recognized { decoded, settled }, checked } = self;
        let Decoded { named_as, sha256, document } = decoded;
        Loaded { path, named_as: *named_as, sha256, document, settled, checked }
    }
}

/// Does a part of the way. A panic in it is a failure of this file and of no other.
pub(super) fn guarded<T>(way: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(way)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        Err(Failure::Panic(said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()))
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

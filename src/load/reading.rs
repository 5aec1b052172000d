//! From a file's bytes to its rows.

use std::fs::{self, File};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::archives::{self, HEAD, Kind, Place};
use super::listing::{Listed, other_ending};
use super::rows::{Cancelled, Rows, Run};
use crate::batch::Loaded;
use crate::check::check;
use crate::decode::{Limits, decode_within};
use crate::error::Failure;
use crate::ledger::settle;
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
    let io = |e: std::io::Error| Failure::Io(e.to_string());
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
        return match Kind::of(&head) {
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
        Err(failure) => rows.failure(shown, &failure),
    }
    run.done(1);
    Ok(())
}

/// Bytes that are no archive become one report or one failure.
pub(super) fn document(run: &Run<'_>, name: &str, bytes: &[u8], rows: &mut Rows) {
    if let Err(failure) = report(run, name, bytes, rows) {
        rows.failure(name, &failure);
    }
}

/// The whole way of one file.
pub(super) fn report(run: &Run<'_>, name: &str, bytes: &[u8], rows: &mut Rows) -> Result<(), Failure> {
    let (document, settled, checked) = guarded(|| {
        let document = decode_within(bytes, &run.budget())?;
        let settled = settle(recognize(&document)?);
        let checked = check(&settled, &document.text);
        Ok((document, settled, checked))
    })?;
    rows.report(&Loaded {
        path: name,
        named_as: other_ending(name, document.format),
        sha256: &hexadecimal(&Sha256::digest(bytes)),
        document: &document,
        settled: &settled,
        checked: &checked,
    });
    Ok(())
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

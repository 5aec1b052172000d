//! From a file's bytes to its rows.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::listing::Listed;
use super::options::LoadOptions;
use crate::batch::{BatchBuilder, Loaded};
use crate::check::check;
use crate::decode::{Budget, Limits, decode_within};
use crate::error::Failure;
use crate::ledger::settle;
use crate::recognize::recognize;

/// The bytes of a file.
pub(super) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let io = |e: std::io::Error| Failure::Io(e.to_string());
    let metadata = fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        // A pipe or a device would be waited on for ever.
        return Err(Failure::Io("expected a regular file, found a pipe, socket or device".to_owned()));
    }
    if metadata.len() > limits.file_bytes {
        return Err(Failure::TooLarge { limit: limits.file_bytes, bytes: metadata.len() });
    }
    fs::read(path).map_err(io)
}

/// One file becomes one report or one failure.
pub(super) fn one(file: &Listed, options: &LoadOptions, batch: &mut BatchBuilder) {
    let result = match &file.path {
        Ok(path) => read(path, &options.limits).and_then(|bytes| report(&file.shown, &bytes, options, batch)),
        Err(failure) => Err(failure.clone()),
    };
    if let Err(failure) = result {
        batch.failure(&file.shown, failure.code(), &failure.to_string());
    }
}

/// The whole way of one file. A panic on the way is a failure of this file and of no other.
pub(super) fn report(name: &str, bytes: &[u8], options: &LoadOptions, batch: &mut BatchBuilder) -> Result<(), Failure> {
    let way = || -> Result<_, Failure> {
        let document = decode_within(bytes, &Budget::new(&options.limits))?;
        let settled = settle(recognize(&document)?);
        let checked = check(&settled, &document.text);
        Ok((document, settled, checked))
    };
    let (document, settled, checked) = catch_unwind(AssertUnwindSafe(way)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        Err(Failure::Panic(said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()))
    })?;
    batch.report(&Loaded {
        path: name,
        sha256: &hexadecimal(&Sha256::digest(bytes)),
        document: &document,
        settled: &settled,
        checked: &checked,
    });
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

//! From paths and bytes to tables: the only room that touches the file system.

mod archives;
mod cage;
mod convert;
mod errors;
mod listing;
mod options;
mod reading;
mod rows;

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::batch::{Part, assemble};
use crate::error::Failure;
use crate::schema::{TableName, Tables};
use archives::Place;
pub use cage::{Cage, serve};
pub use convert::LibreOffice;
pub use errors::LoadError;
use listing::list;
pub use options::{LoadOptions, Progress};
use reading::{Decoded, Opened, Recognized, file, open};
use rows::{CHUNK, Cancelled, Rows, Run};

/// A folder is shared out into so many parts at least, if it has as many files: a few slow ones keep all workers busy. It
/// is the same for any number of workers, and so are the batches of the tables. A part costs about as much as a report.
const PARTS: usize = 16;
/// Bytes of the stack of each thread that reads files, whatever the system gives.
const STACK: usize = 64 << 20;

/// Loads every report in a folder. A file that gives no report becomes a row of `failures`.
///
/// # Errors
/// [`LoadError`] when the folder itself cannot be read or the load was cancelled.
///
/// ```
/// use gxbg::load::{LoadOptions, Progress, load_dir};
/// use gxbg::schema::TableName;
/// let tables = load_dir("python/gxbg/samples/reports".as_ref(), &LoadOptions::default(), &Progress::default()).unwrap();
/// assert!(tables.rows(TableName::Reports) >= 14);
/// assert_eq!(tables.rows(TableName::Failures), 0);
/// ```
pub fn load_dir(root: &Path, options: &LoadOptions, progress: &Progress) -> Result<Tables, LoadError> {
    expect_kind(root, "folder")?;
    let run = Run::new(options, progress);
    let files = list(root, options.recursive, |shown| run.passes_over(shown));
    run.found(files.len());
    let pool = workers(options)?;
    let parts: Result<Vec<Vec<Part>>, Cancelled> = pool.install(|| {
        files
            .par_chunks((files.len() / PARTS).clamp(1, CHUNK))
            .map(|chunk| {
                let mut rows = Rows::of(chunk.len());
                chunk.iter().try_for_each(|listed| file(&run, listed, &mut rows))?;
                Ok(rows.finish())
            })
            .collect()
    });
    let parts = parts.and_then(|parts| run.go_on().map(|()| parts)).map_err(|Cancelled| LoadError::Cancelled)?;
    let parts: Vec<Part> = parts.into_iter().flatten().collect();
    // In the pool: the reports are compared with each other there.
    pool.install(|| assemble(parts)).map_err(|e| LoadError::Machine(e.to_string()))
}

/// Loads one file, or an archive that holds one report; the tables hold one report.
///
/// # Errors
/// [`LoadError`] when the file cannot be read or does not give one report.
pub fn load_file(path: &Path, options: &LoadOptions) -> Result<Tables, LoadError> {
    load_file_watched(path, options, &Progress::default())
}

/// [`load_file`], watched from another thread.
///
/// # Errors
/// As [`load_file`], and [`LoadError::Cancelled`].
pub fn load_file_watched(path: &Path, options: &LoadOptions, progress: &Progress) -> Result<Tables, LoadError> {
    expect_kind(path, "file")?;
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |n| n.to_string_lossy());
    let shown = path.to_string_lossy();
    match open(path, &options.limits).map_err(|failure| LoadError::failed(&shown, &failure))? {
        Opened::Bytes(bytes) => single(&name, &shown, &bytes, options, progress),
        Opened::Large(large, kind) => {
            let bytes = large.metadata().map_or(0, |m| m.len());
            one_of(&shown, options, progress, |run, rows| {
                archives::large(run, Place::in_folder(&name, bytes, run), large, kind, rows)
            })
        }
    }
}

/// Loads one report from bytes; `name` is what `path` will say.
///
/// # Errors
/// [`LoadError::Failed`] when the bytes give no report.
///
/// ```
/// use gxbg::load::{LoadError, LoadOptions, load_bytes};
/// let error = load_bytes("empty.txt", b"", &LoadOptions::default()).unwrap_err();
/// assert!(matches!(error, LoadError::Failed { reason: "empty", .. }));
/// ```
pub fn load_bytes(name: &str, bytes: &[u8], options: &LoadOptions) -> Result<Tables, LoadError> {
    load_bytes_watched(name, bytes, options, &Progress::default())
}

/// [`load_bytes`], watched from another thread.
///
/// # Errors
/// As [`load_bytes`], and [`LoadError::Cancelled`].
pub fn load_bytes_watched(
    name: &str,
    bytes: &[u8],
    options: &LoadOptions,
    progress: &Progress,
) -> Result<Tables, LoadError> {
    single(name, name, bytes, options, progress)
}

/// Threads for a load, which end with it: a pool for all loads would be missing in a process forked later.
fn workers(options: &LoadOptions) -> Result<rayon::ThreadPool, LoadError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.workers().unwrap_or(0)).stack_size(STACK);
    pool.build().map_err(|e| LoadError::Machine(e.to_string()))
}

fn single(
    name: &str,
    shown: &str,
    bytes: &[u8],
    options: &LoadOptions,
    progress: &Progress,
) -> Result<Tables, LoadError> {
    let failed = |failure: Failure| LoadError::failed(shown, &failure);
    if archives::is_one(bytes, &options.limits).map_err(failed)? {
        return one_of(shown, options, progress, |run, rows| {
            archives::bytes(run, Place::in_folder(name, bytes.len() as u64, run), bytes, rows)
        });
    }
    let run = Run::new(options, progress);
    let report = Decoded::of(&run, name, bytes).and_then(Decoded::recognized).and_then(Recognized::checked);
    run.go_on().map_err(|Cancelled| LoadError::Cancelled)?;
    let report = report.map_err(failed)?;
    let mut rows = Rows::of(1);
    rows.report(&report.loaded(name));
    assemble(rows.finish()).map_err(|e| LoadError::Machine(e.to_string()))
}

/// The one report of an archive.
fn one_of(
    shown: &str,
    options: &LoadOptions,
    progress: &Progress,
    read: impl FnOnce(&Run<'_>, &mut Rows) -> Result<u64, Cancelled> + Send,
) -> Result<Tables, LoadError> {
    let tables = workers(options)?.install(|| {
        let mut rows = Rows::of(1);
        let run = Run::new(options, progress);
        read(&run, &mut rows).and_then(|_| run.go_on()).map_err(|Cancelled| LoadError::Cancelled)?;
        assemble(rows.finish()).map_err(|e| LoadError::Machine(e.to_string()))
    })?;
    match tables.rows(TableName::Reports) {
        1 => Ok(tables),
        reports => Err(LoadError::failed(shown, &Failure::NotOne { reports })),
    }
}

fn expect_kind(path: &Path, expected: &'static str) -> Result<(), LoadError> {
    let shown = || path.to_string_lossy().into_owned();
    let found = match fs::metadata(path) {
        Ok(m) if m.is_dir() => "folder",
        Ok(_) => "file",
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(LoadError::NotFound { path: shown(), expected });
        }
        Err(source) => return Err(LoadError::Io { path: shown(), source }),
    };
    if found == expected { Ok(()) } else { Err(LoadError::WrongKind { path: shown(), expected, found }) }
}

//! From paths and bytes to tables: the only room that touches the file system.

mod errors;
mod listing;
mod options;
mod reading;

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use crate::batch::{BatchBuilder, Part, assemble};
use crate::schema::Tables;
pub use errors::LoadError;
use listing::list;
pub use options::{LoadOptions, Progress};
use reading::{one, read, report};

/// Files that one worker reads into one record batch.
const CHUNK: usize = 128;

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
    let files = list(root, options.recursive);
    progress.found.store(files.len(), Ordering::Relaxed);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.unwrap_or(0))
        .build()
        .map_err(|e| LoadError::Machine(e.to_string()))?;
    let parts: Option<Vec<Part>> = pool.install(|| {
        files
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut batch = BatchBuilder::default();
                for file in chunk {
                    if progress.cancelled.load(Ordering::Relaxed) {
                        return None;
                    }
                    one(file, options, &mut batch);
                    progress.done.fetch_add(1, Ordering::Relaxed);
                }
                Some(batch.finish())
            })
            .collect()
    });
    let parts = parts.ok_or(LoadError::Cancelled)?;
    assemble(parts).map_err(|e| LoadError::Machine(e.to_string()))
}

/// Loads one file; the tables hold one report.
///
/// # Errors
/// [`LoadError`] when the file cannot be read or gives no report.
pub fn load_file(path: &Path, options: &LoadOptions) -> Result<Tables, LoadError> {
    expect_kind(path, "file")?;
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |n| n.to_string_lossy());
    let bytes = read(path, &options.limits).map_err(|failure| LoadError::failed(&path.to_string_lossy(), &failure))?;
    single(&name, &path.to_string_lossy(), &bytes, options)
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
    single(name, name, bytes, options)
}

fn single(name: &str, shown: &str, bytes: &[u8], options: &LoadOptions) -> Result<Tables, LoadError> {
    let mut batch = BatchBuilder::default();
    report(name, bytes, options, &mut batch).map_err(|failure| LoadError::failed(shown, &failure))?;
    assemble(vec![batch.finish()]).map_err(|e| LoadError::Machine(e.to_string()))
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

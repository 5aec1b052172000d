//! From paths and bytes to tables: the only room that touches the file system.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::batch::{BatchBuilder, Loaded, Part, assemble};
use crate::check::check;
use crate::decode::{MAX_BYTES, decode};
use crate::error::Failure;
use crate::ledger::settle;
use crate::recognize::recognize;
use crate::schema::Tables;

/// Files that one worker reads into one record batch.
const CHUNK: usize = 128;

/// How to load.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// Whether folders below the folder are read too.
    pub recursive: bool,
    /// Threads to use; none means as many as the machine has cores.
    pub threads: Option<usize>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions { recursive: true, threads: None }
    }
}

/// Seen from other threads while a load runs: how far it is, and a way to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files found so far.
    pub found: AtomicUsize,
    /// Files done.
    pub done: AtomicUsize,
    /// Set it to stop the load.
    pub cancelled: AtomicBool,
}

/// Why a load as a whole gave nothing. A single bad file never is one: it becomes a row of `failures`.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder or file.
    #[error("failed to load {path}: expected a {expected}, found nothing there")]
    NotFound {
        /// The path as given.
        path: String,
        /// `folder` or `file`.
        expected: &'static str,
    },
    /// The path is of another kind.
    #[error("failed to load {path}: expected a {expected}, found a {found}")]
    WrongKind {
        /// The path as given.
        path: String,
        /// `folder` or `file`.
        expected: &'static str,
        /// `folder` or `file`.
        found: &'static str,
    },
    /// The system refused.
    #[error("failed to read {path}: {source}")]
    Io {
        /// The path as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The machine gave no threads, or the columns do not fit together.
    #[error("failed to load: {0}")]
    Machine(String),
    /// `Progress::cancelled` was set.
    #[error("the load was cancelled")]
    Cancelled,
    /// The file gave no report (only where a single one was asked for).
    #[error("failed to read a report from {path}: {detail} ({reason})")]
    Failed {
        /// The file.
        path: String,
        /// The code that `failures` would show.
        reason: &'static str,
        /// The detail that `failures` would show.
        detail: String,
    },
}

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
                    one(file, &mut batch);
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
    let _ = options;
    expect_kind(path, "file")?;
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |n| n.to_string_lossy());
    let bytes = read(path).map_err(|failure| failed(&path.to_string_lossy(), &failure))?;
    single(&name, &path.to_string_lossy(), &bytes)
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
    let _ = options;
    single(name, name, bytes)
}

fn single(name: &str, shown: &str, bytes: &[u8]) -> Result<Tables, LoadError> {
    let mut batch = BatchBuilder::default();
    report(name, bytes, &mut batch).map_err(|failure| failed(shown, &failure))?;
    assemble(vec![batch.finish()]).map_err(|e| LoadError::Machine(e.to_string()))
}

fn failed(path: &str, failure: &Failure) -> LoadError {
    LoadError::Failed { path: path.to_owned(), reason: failure.code(), detail: failure.to_string() }
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

/// A file of the folder, or what kept it from being one.
struct Listed {
    shown: String,
    path: Result<PathBuf, Failure>,
}

/// All files below a folder, by name; the order does not depend on the file system.
fn list(root: &Path, recursive: bool) -> Vec<Listed> {
    let depth = if recursive { usize::MAX } else { 1 };
    let mut out = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).min_depth(1).max_depth(depth).sort_by_file_name() {
        let relative = |path: &Path| {
            let inner = path.strip_prefix(root).unwrap_or(path);
            inner.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        };
        match entry {
            Ok(e) if e.file_type().is_dir() => {}
            Ok(e) => out.push(Listed { shown: relative(e.path()), path: Ok(e.into_path()) }),
            Err(e) => out.push(Listed {
                shown: e.path().map_or_else(String::new, relative),
                path: Err(Failure::Io(e.to_string())),
            }),
        }
    }
    out
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let io = |e: std::io::Error| Failure::Io(e.to_string());
    let metadata = fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        // A pipe or a device would be waited on for ever.
        return Err(Failure::Io("expected a regular file, found a pipe, socket or device".to_owned()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(Failure::TooLarge { limit: MAX_BYTES, bytes: metadata.len() });
    }
    fs::read(path).map_err(io)
}

/// One file becomes one report or one failure.
fn one(file: &Listed, batch: &mut BatchBuilder) {
    let result = match &file.path {
        Ok(path) => read(path).and_then(|bytes| report(&file.shown, &bytes, batch)),
        Err(failure) => Err(failure.clone()),
    };
    if let Err(failure) = result {
        batch.failure(&file.shown, failure.code(), &failure.to_string());
    }
}

/// The whole way of one file. A panic on the way is a failure of this file and of no other.
fn report(name: &str, bytes: &[u8], batch: &mut BatchBuilder) -> Result<(), Failure> {
    let way = || -> Result<_, Failure> {
        let document = decode(bytes)?;
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

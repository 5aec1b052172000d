//! From paths and bytes to tables: the only room that touches the file system.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use crate::schema::Tables;

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

/// Loads every report in a folder.
///
/// # Errors
/// [`LoadError`] when the folder itself cannot be read or the load was cancelled.
pub fn load_dir(root: &Path, options: &LoadOptions, progress: &Progress) -> Result<Tables, LoadError> {
    let _ = (root, options, progress);
    Ok(Tables::default())
}

/// Loads one file; the tables hold one report.
///
/// # Errors
/// [`LoadError`] when the file cannot be read or gives no report.
pub fn load_file(path: &Path, options: &LoadOptions) -> Result<Tables, LoadError> {
    let _ = (path, options);
    Ok(Tables::default())
}

/// Loads one report from bytes; `name` is what `path` will say.
///
/// # Errors
/// [`LoadError::Failed`] when the bytes give no report.
pub fn load_bytes(name: &str, bytes: &[u8], options: &LoadOptions) -> Result<Tables, LoadError> {
    let _ = (name, bytes, options);
    Ok(Tables::default())
}

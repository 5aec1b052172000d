//! Why a load gave nothing.

use crate::error::Failure;

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

impl LoadError {
    /// The error for the one file that was asked for.
    pub(super) fn failed(path: &str, failure: &Failure) -> LoadError {
        LoadError::Failed { path: path.to_owned(), reason: failure.code(), detail: failure.to_string() }
    }
}

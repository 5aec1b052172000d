//! How to load, and how a load is watched from other threads.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use crate::decode::Limits;

/// How to load.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// Whether folders below the folder are read too.
    pub recursive: bool,
    /// Threads to use; none means as many as the machine has cores.
    pub threads: Option<usize>,
    /// What one file may cost.
    pub limits: Limits,
    /// The network that reads scans, an ONNX file; without one, scans are failures.
    pub ocr: Option<PathBuf>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions { recursive: true, threads: None, limits: Limits::default(), ocr: None }
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

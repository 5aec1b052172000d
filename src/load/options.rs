//! How to load, and how a load is watched from other threads.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use super::cage::Cage;
use super::convert::LibreOffice;
use crate::decode::Limits;

/// More threads only take memory.
const MOST_THREADS: usize = 256;

/// How to load.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// Whether folders below the folder are read too.
    pub recursive: bool,
    /// Threads to use; none means as many as the machine has cores. More than 256 are taken for so many.
    pub threads: Option<usize>,
    /// What one file may cost.
    pub limits: Limits,
    /// The network that reads scans, an ONNX file; without one, scans are failures.
    pub ocr: Option<PathBuf>,
    /// A converter for office files that are not read otherwise; none by default.
    pub convert: Option<LibreOffice>,
    /// Processes of their own for the formats that libraries of others read; none by default, as a library knows no
    /// program that could be one.
    pub cage: Option<Cage>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions { recursive: true, threads: None, limits: Limits::default(), ocr: None, convert: None, cage: None }
    }
}

impl LoadOptions {
    /// Threads that are used: none for as many as the machine has cores.
    pub(super) fn workers(&self) -> Option<usize> {
        self.threads.map(|threads| threads.clamp(1, MOST_THREADS))
    }
}

/// Seen from other threads while a load runs: how far it is, and a way to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files found so far.
    pub found: AtomicUsize,
    /// Files that systems left behind, which were passed over: locks, thumbnails and the like.
    pub passed_over: AtomicUsize,
    /// Files done.
    pub done: AtomicUsize,
    /// Set it to stop the load.
    pub cancelled: Arc<AtomicBool>,
}

//! A process of their own for files that libraries of others read: PDF, DOC, and pictures of pages.
//!
//! Whatever such a library does with a hostile file (a stack that runs over, memory without end, a loop), it does it to a
//! worker: a process that does nothing but decode, within limits of memory and processor time that the system and a
//! watch in it enforce. The worker that ends is a failure of its file, and the next file gets another one. Workers are
//! kept and used again, so that a file costs two writes on a pipe and not the start of a process.

mod pool;
mod serve;
mod wire;
mod worker;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use self::worker::{End, Worker};
use crate::decode::{Contents, Limits};
use crate::error::Failure;

pub use self::serve::serve;

/// Programs that gave no worker, so that they are tried once and not for each file.
static IMPOSSIBLE: Mutex<Vec<Cage>> = Mutex::new(Vec::new());
/// Set when a worker was started: they are possible here, and no file is read without one.
static POSSIBLE: AtomicBool = AtomicBool::new(false);

/// How a worker is started: a program that calls [`serve`] when it is given these arguments.
///
/// Where it does not start, files are read in the process that loads them, within the limits that decoders know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cage {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// What a worker is asked to read, beside the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) limits: &'a Limits,
    /// The network that reads scans.
    pub(super) ocr: Option<&'a Path>,
    pub(super) threads: Option<usize>,
}

impl Task<'_> {
    /// Bytes of memory that a worker may take for it.
    fn memory(&self) -> u64 {
        let times = if self.ocr.is_some() { 4 } else { 1 };
        self.limits.memory.saturating_mul(times)
    }
}

impl Cage {
    /// Decodes a file in a worker; nothing if no worker can be started on this machine.
    pub(super) fn decode(
        &self,
        bytes: &[u8],
        task: Task<'_>,
        cancelled: &AtomicBool,
    ) -> Option<Result<Contents, Failure>> {
        let late = Failure::late(task.limits.time);
        loop {
            let Some(mut worker) = self.worker(task, cancelled) else {
                let is_cancelled = cancelled.load(Ordering::Relaxed);
                let none = || Failure::Io("expected a process for the file, found that none can be started".to_owned());
                let refused = POSSIBLE.load(Ordering::Relaxed).then(none);
                return if is_cancelled { Some(Err(Failure::Cancelled)) } else { refused.map(Err) };
            };
            let failure = match worker.read(bytes, task, cancelled) {
                Ok(outcome) => {
                    pool::give(worker);
                    return Some(outcome);
                }
                Err(End::Cancelled) => Failure::Cancelled,
                Err(End::Late) => late.clone(),
                Err(End::Died) => {
                    let is_used = worker.is_used();
                    let failure = worker.post_mortem(task);
                    // It may have ended for the sake of the files before: a fresh one has the last word.
                    if is_used && failure != late {
                        continue;
                    }
                    failure
                }
            };
            return Some(Err(failure));
        }
    }

    fn worker(&self, task: Task<'_>, cancelled: &AtomicBool) -> Option<Worker> {
        if let Some(worker) = pool::take(self, task.memory()) {
            return Some(worker);
        }
        // Never waited for: in a fork nobody may be there to open the lock.
        if IMPOSSIBLE.try_lock().is_ok_and(|programs| programs.contains(self)) {
            return None;
        }
        let started = Worker::start(self, task.memory(), cancelled);
        if started.is_some() {
            POSSIBLE.store(true, Ordering::Relaxed);
        } else if !POSSIBLE.load(Ordering::Relaxed)
            && !cancelled.load(Ordering::Relaxed)
            && let Ok(mut programs) = IMPOSSIBLE.try_lock()
        {
            programs.push(self.clone());
        }
        started
    }
}

//! Long work beside a Python that stays awake.
//!
//! A thread does the work. The calling thread waits without the GIL, and wakes often enough for Ctrl-C and the progress
//! bar; a callback per file would cost more than the reading of the file. Who is interrupted gets the call back at once:
//! what the thread cannot leave at once (a file half read, tables being joined) it ends alone, and drops.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use super::errors::{ReadError, from_panic, to_python};
use crate::load::{LoadError, Progress};

/// How long the calling thread sleeps between two looks at signals and progress.
const TICK: Duration = Duration::from_millis(50);
/// How long an interrupted call waits for the thread to end.
const FAREWELL: Duration = Duration::from_millis(300);
/// Bytes of the stack of the thread.
const STACK: usize = 64 << 20;

/// Runs work; calls `callback(done, found)` at every tick and once when all is done.
pub(super) fn watched<T: Send + 'static>(
    py: Python<'_>,
    callback: Option<Bound<'_, PyAny>>,
    work: impl FnOnce(&Progress) -> Result<T, LoadError> + Send + 'static,
) -> PyResult<T> {
    let progress = Arc::new(Progress::default());
    let tell = || match &callback {
        Some(f) => {
            let done = progress.done.load(Ordering::Relaxed);
            let found = progress.found.load(Ordering::Relaxed);
            f.call1((done, found.max(done))).map(drop)
        }
        None => Ok(()),
    };
    let (finished, waiting) = channel();
    let seen = Arc::clone(&progress);
    let thread = thread::Builder::new()
        .name("gxbg-load".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let outcome = work(&seen);
            // The other end is gone only when the caller was interrupted and wants no answer.
            let _ = finished.send(outcome);
        })
        .map_err(|e| ReadError::new_err(format!("failed to start a thread: {e}")))?;
    // A receiver is not shared between threads as such; nobody else ever takes this lock.
    let waiting = Mutex::new(waiting);
    let wait = |time| py.detach(|| waiting.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(time));
    loop {
        match wait(TICK) {
            Ok(outcome) => {
                // The thread is gone before the call returns: a process may be forked then.
                let _ = py.detach(|| thread.join());
                let outcome = outcome.map_err(to_python)?;
                tell()?;
                return Ok(outcome);
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Err(interrupt) = py.check_signals().and_then(|()| tell()) {
                    progress.cancelled.store(true, Ordering::Relaxed);
                    // Whatever the work would have said no longer matters.
                    let _ = wait(FAREWELL);
                    return Err(interrupt);
                }
            }
            // The thread ended without an answer: it panicked.
            Err(RecvTimeoutError::Disconnected) => {
                let payload = py.detach(|| thread.join()).err();
                return Err(from_panic(payload.as_deref().unwrap_or(&"no answer")));
            }
        }
    }
}

/// Runs work that is no load and that nothing stops but its end.
pub(super) fn waited<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    watched(py, None, move |_| Ok(work()))
}

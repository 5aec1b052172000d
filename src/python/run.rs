//! A long load beside a Python that stays awake.
//!
//! A worker thread does the load. The calling thread waits without the GIL, and wakes often enough for Ctrl-C and the
//! progress bar; a callback per file would cost more than the reading of the file.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use super::errors::{ReadError, from_panic, to_python};
use crate::load::{LoadError, Progress};
use crate::schema::Tables;

/// How long the calling thread sleeps between two looks at signals and progress.
const TICK: Duration = Duration::from_millis(50);

/// Runs a load; calls `callback(done, found)` at every tick and once when all is done.
pub(super) fn watched(
    py: Python<'_>,
    callback: Option<Bound<'_, PyAny>>,
    load: impl FnOnce(&Progress) -> Result<Tables, LoadError> + Send + 'static,
) -> PyResult<Tables> {
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
    let worker = thread::Builder::new()
        .name("gxbg-load".to_owned())
        .spawn(move || {
            let outcome = load(&seen);
            // The other end is gone only when the caller was interrupted and wants no answer.
            let _ = finished.send(outcome);
        })
        .map_err(|e| ReadError::new_err(format!("failed to start a thread: {e}")))?;
    // A receiver is not shared between threads as such; nobody else ever takes this lock.
    let waiting = Mutex::new(waiting);
    loop {
        match py.detach(|| waiting.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(TICK)) {
            Ok(outcome) => {
                let tables = outcome.map_err(to_python)?;
                tell()?;
                return Ok(tables);
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Err(interrupt) = py.check_signals().and_then(|()| tell()) {
                    progress.cancelled.store(true, Ordering::Relaxed);
                    // Whatever the load would have said no longer matters.
                    let _ = py.detach(|| worker.join());
                    return Err(interrupt);
                }
            }
            // The worker ended without an answer: it panicked.
            Err(RecvTimeoutError::Disconnected) => {
                let payload = py.detach(|| worker.join()).err();
                return Err(from_panic(payload.as_deref().unwrap_or(&"no answer")));
            }
        }
    }
}

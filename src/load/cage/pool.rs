//! Workers without work. They wait for the next load of this process, and end by themselves when none comes.

use std::process;
use std::sync::{Mutex, MutexGuard, TryLockError};

use super::Cage;
use super::worker::Worker;

/// Workers that wait at most.
const MOST: usize = 16;

/// The workers, and the process that started them: a fork of it must not speak to them.
struct Pool {
    owner: u32,
    idle: Vec<Worker>,
}

static POOL: Mutex<Pool> = Mutex::new(Pool { owner: 0, idle: Vec::new() });

/// The pool of this process. In a process forked while another thread held the lock nobody will ever open it: there is
/// no pool then, and each file gets a worker of its own.
fn pool() -> Option<MutexGuard<'static, Pool>> {
    for _ in 0..1_000 {
        let mut pool = match POOL.try_lock() {
            Ok(pool) => pool,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                std::thread::yield_now();
                continue;
            }
        };
        if pool.owner != process::id() {
            pool.owner = process::id();
            pool.idle.drain(..).for_each(Worker::forget);
        }
        return Some(pool);
    }
    None
}

/// A worker that waits, if there is one that was started in the same way.
pub(super) fn take(cage: &Cage, memory: u64) -> Option<Worker> {
    loop {
        let mut worker = {
            let mut pool = pool()?;
            let at = pool.idle.iter().rposition(|w| w.fits(cage, memory))?;
            pool.idle.swap_remove(at)
        };
        if worker.is_alive() {
            return Some(worker);
        }
    }
}

/// Keeps a worker for the next file.
pub(super) fn give(worker: Worker) {
    if worker.is_worn() {
        return;
    }
    if let Some(mut pool) = pool() {
        pool.idle.retain_mut(Worker::is_alive);
        if pool.idle.len() < MOST {
            pool.idle.push(worker);
        }
    }
}

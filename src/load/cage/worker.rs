//! A worker as the process sees it that loads.

use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::serve::{GREETING, LATE};
use super::wire::{LONGEST, Reader, Writer, read_contents, write_limits};
use super::{Cage, Task};
use crate::decode::Contents;
use crate::error::Failure;

/// How long a look at a pipe takes at most before the flag is looked at.
const TICK: Duration = Duration::from_millis(50);
/// Time for the start of a worker, on a machine that has much else to do.
const START: Duration = Duration::from_secs(30);
/// Files that a worker reads before another takes its place: what it forgot to free goes with it.
const WORN: usize = 1_000;
/// Bytes of what a worker said last that are looked at.
const LAST_WORDS: u64 = 8_192;
/// What the runtime says when memory cannot be had.
const NO_MEMORY: [&str; 3] = ["memory allocation of", "MemoryError", "out of memory"];

/// Why a worker gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It is gone.
    Died,
    /// It was ended: it took too long.
    Late,
    /// It was ended: nobody waits any more.
    Cancelled,
}

/// A process that decodes files.
#[derive(Debug)]
pub(super) struct Worker {
    cage: Cage,
    memory: u64,
    child: Child,
    /// The pipes; they are closed first when it ends.
    to: Option<ChildStdin>,
    from: ChildStdout,
    words: ChildStderr,
    served: usize,
}

impl Worker {
    /// Starts a worker and waits for its greeting.
    pub(super) fn start(cage: &Cage, memory: u64, cancelled: &AtomicBool) -> Option<Worker> {
        let mut command = Command::new(&cage.program);
        command.args(&cage.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C in a terminal goes to all of a group; a worker ends when it is told to.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().ok()?;
        let (to, from, words) = (child.stdin.take(), child.stdout.take()?, child.stderr.take()?);
        let mut worker = Worker { cage: cage.clone(), memory, child, to, from, words, served: 0 };
        let mut limit = Writer::default();
        limit.long(memory);
        let greeted = worker
            .send(&[&limit.0])
            .and_then(|()| worker.receive(Some(START), cancelled))
            .is_ok_and(|greeting| greeting == GREETING.as_bytes());
        greeted.then_some(worker)
    }

    /// Whether it was started in this way, for tasks that need so much memory.
    pub(super) fn fits(&self, cage: &Cage, memory: u64) -> bool {
        self.cage == *cage && self.memory == memory
    }

    /// Whether it read a file before the last one.
    pub(super) fn is_used(&self) -> bool {
        self.served > 1
    }

    /// Whether it has read enough.
    pub(super) fn is_worn(&self) -> bool {
        self.served >= WORN
    }

    /// Whether it is there. One that waited too long for work is not.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Lets go of a worker that another process started, without ending it.
    pub(super) fn forget(self) {
        // Closing the pipes of this process would be right, but ends nothing: the other process holds them too.
        std::mem::forget(self);
    }

    /// Has it read a file.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        task: Task<'_>,
        cancelled: &AtomicBool,
    ) -> Result<Result<Contents, Failure>, End> {
        self.served += 1;
        let mut head = Writer::default();
        write_limits(&mut head, task.limits);
        head.text(&task.ocr.map_or_else(String::new, |p| p.to_string_lossy().into_owned()));
        head.long(task.threads.unwrap_or(0) as u64).long(bytes.len() as u64);
        self.send(&[&head.0, bytes])?;
        // The worker's own watch counts processor time; this one is for a worker that hangs without any.
        let most = task.ocr.is_none().then(|| task.limits.time.saturating_mul(20).saturating_add(START));
        let answer = self.receive(most, cancelled)?;
        read_contents(&mut Reader(&answer)).ok_or(End::Died)
    }

    fn send(&mut self, parts: &[&[u8]]) -> Result<(), End> {
        let length: usize = parts.iter().map(|p| p.len()).sum();
        let to = self.to.as_mut().ok_or(End::Died)?;
        let mut send = || {
            to.write_all(&u32::try_from(length).map_err(io::Error::other)?.to_le_bytes())?;
            parts.iter().try_for_each(|part| to.write_all(part))?;
            to.flush()
        };
        send().map_err(|_| End::Died)
    }

    fn receive(&mut self, most: Option<Duration>, cancelled: &AtomicBool) -> Result<Vec<u8>, End> {
        let deadline = most.map(|most| Instant::now() + most);
        let mut length = [0; 4];
        self.fill(&mut length, deadline, cancelled)?;
        let length = u32::from_le_bytes(length) as usize;
        if length > LONGEST {
            return Err(End::Died);
        }
        let mut answer = vec![0; length];
        self.fill(&mut answer, deadline, cancelled)?;
        Ok(answer)
    }

    fn fill(&mut self, mut room: &mut [u8], deadline: Option<Instant>, cancelled: &AtomicBool) -> Result<(), End> {
        while !room.is_empty() {
            if cancelled.load(Ordering::Relaxed) {
                return Err(End::Cancelled);
            }
            if deadline.is_some_and(|deadline| Instant::now() > deadline) {
                return Err(End::Late);
            }
            if !is_readable(&self.from) {
                continue;
            }
            match self.from.read(room) {
                Ok(0) => return Err(End::Died),
                Ok(read) => room = &mut std::mem::take(&mut room)[read..],
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(End::Died),
            }
        }
        Ok(())
    }

    /// Why a worker ended, from its last words and from what the system tells.
    pub(super) fn post_mortem(mut self, task: Task<'_>) -> Failure {
        let status = self.end();
        let mut words = Vec::new();
        // The process is gone, and with it the other end of the pipe.
        let _ = (&mut self.words).take(LAST_WORDS).read_to_end(&mut words);
        let words = String::from_utf8_lossy(&words);
        if words.contains(LATE) {
            return Failure::late(task.limits.time);
        }
        if NO_MEMORY.iter().any(|said| words.contains(said)) {
            return Failure::Limit { name: "memory", limit: self.memory };
        }
        Failure::Crash(format!("its process {}", status.map_or_else(|| "ended".to_owned(), told)))
    }

    /// Ends it, if it has not ended by itself.
    fn end(&mut self) -> Option<ExitStatus> {
        self.to = None;
        // Given a moment, it tells how it ended by itself.
        for _ in 0..20 {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        self.child.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a process ended.
#[cfg(unix)]
fn told(status: ExitStatus) -> String {
    match std::os::unix::process::ExitStatusExt::signal(&status) {
        Some(signal @ (7 | 10 | 11)) => format!("was ended by signal {signal}: a stack that ran over, as a rule"),
        Some(signal) => format!("was ended by signal {signal}"),
        None => format!("ended with {status}"),
    }
}

/// How a process ended.
#[cfg(not(unix))]
fn told(status: ExitStatus) -> String {
    format!("ended with {status}")
}

/// Waits a moment for something to read. Nothing is left behind of it: no thread, which a fork would miss.
#[cfg(unix)]
fn is_readable(from: &ChildStdout) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut pipes = [PollFd::new(from, PollFlags::IN)];
    let tick = Timespec { tv_sec: 0, tv_nsec: TICK.as_nanos() as _ };
    // An interrupted wait is one without an answer.
    matches!(poll(&mut pipes, Some(&tick)), Ok(1..))
}

/// Where pipes cannot be waited on, a read waits for the worker, whose own watch ends it.
#[cfg(not(unix))]
fn is_readable(_: &ChildStdout) -> bool {
    true
}

//! The worker's side: reads files from its input and tells what they decode to, until there are no more.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::wire::{LONGEST, Reader, Writer, read_limits, write_contents};
use crate::decode::{Budget, PICTURE_TIMES, Recognizer, contents_within};
use crate::load::STACK;
use crate::load::reading::guarded;

/// What a worker says first: a worker of another version is none.
pub(super) const GREETING: &str = concat!("gxbg worker ", env!("CARGO_PKG_VERSION"));
/// What it says before it ends itself for want of time.
pub(super) const LATE: &str = "gxbg: time is over";
/// How often the watch looks.
const LOOK: Duration = Duration::from_millis(25);
/// How long a worker waits for work before it ends.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a file may take beyond its time before its worker is ended: decoders that look at the clock end by themselves.
const GRACE: Duration = Duration::from_millis(150);

/// What the watch sees of the work.
#[derive(Debug, Default)]
struct Watch {
    /// Milliseconds of processor time at which the file at hand is over its time; 0 without one.
    until: AtomicU64,
    /// Grows with each page that is read from a picture.
    pulse: Arc<AtomicU64>,
    /// How many milliseconds each of these has.
    page: AtomicU64,
    /// Files that were begun.
    begun: AtomicU64,
}

/// Serves the process that started this one, until it closes the pipe. To be called by a program that does nothing else,
/// with its standard input and output for this alone.
///
/// # Errors
/// What the pipes gave.
pub fn serve() -> io::Result<()> {
    // What panics say goes to who asked; the words of the runtime are for when there is no answer.
    std::panic::set_hook(Box::new(|_| {}));
    let memory = read(&mut io::stdin().lock())?.and_then(|limit| Reader(&limit).long());
    limit(memory.unwrap_or(u64::MAX));
    let watch = Arc::new(Watch::default());
    let watching = Arc::clone(&watch);
    thread::Builder::new().name("gxbg-watch".to_owned()).spawn(move || watched(&watching))?;
    let work = thread::Builder::new().name("gxbg-worker".to_owned()).stack_size(STACK).spawn(move || work(&watch))?;
    work.join().unwrap_or_else(|_| Err(io::Error::other("the worker panicked")))
}

fn work(watch: &Watch) -> io::Result<()> {
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    send(&mut to, GREETING.as_bytes())?;
    let mut recognizer: Option<(PathBuf, Arc<Recognizer>)> = None;
    while let Some(task) = read(&mut from)? {
        let answer = answer(&task, watch, &mut recognizer).ok_or(io::ErrorKind::InvalidData)?;
        watch.until.store(0, Ordering::Relaxed);
        drop(task);
        send(&mut to, &answer)?;
    }
    Ok(())
}

/// Reads a file as it was asked for.
fn answer(task: &[u8], watch: &Watch, recognizer: &mut Option<(PathBuf, Arc<Recognizer>)>) -> Option<Vec<u8>> {
    let mut from = Reader(task);
    let limits = read_limits(&mut from)?;
    let (ocr, threads) = (from.text()?, usize::try_from(from.long()?).ok()?);
    let bytes = from.bytes()?;
    let mut page = limits.time;
    if !ocr.is_empty() {
        // Of all threads together.
        page = page.saturating_mul(PICTURE_TIMES).saturating_mul(cores());
        if recognizer.as_ref().is_none_or(|(path, _)| path.as_os_str() != ocr) {
            let threads = (threads > 0).then_some(threads);
            *recognizer = Some((PathBuf::from(ocr), Arc::new(Recognizer::new(PathBuf::from(ocr), threads))));
        }
    }
    watch.page.store(millis(page.saturating_add(GRACE)), Ordering::Relaxed);
    watch.begun.fetch_add(1, Ordering::Relaxed);
    watch.until.store(millis(process_time().saturating_add(page).saturating_add(GRACE)), Ordering::Relaxed);
    let reads = recognizer.as_ref().filter(|_| !ocr.is_empty()).map(|(_, r)| Arc::clone(r));
    let outcome = guarded(|| {
        let budget = Budget::new(&limits).with_recognizer(reads).with_pulse(Arc::clone(&watch.pulse));
        contents_within(bytes, &budget)
    });
    let mut out = Writer::default();
    write_contents(&mut out, &outcome);
    Some(out.0)
}

/// Ends the process when a file takes too long, when no work comes, or when nobody is there who could send some.
fn watched(watch: &Watch) {
    let parent = parent();
    let (mut pulse, mut begun, mut since) = (0, 0, Instant::now());
    loop {
        thread::sleep(LOOK);
        let (until, now) = (watch.until.load(Ordering::Relaxed), millis(process_time()));
        let seen = (watch.pulse.load(Ordering::Relaxed), watch.begun.load(Ordering::Relaxed));
        if seen.0 != pulse && until != 0 {
            // Another page: it has its own time.
            pulse = seen.0;
            let next = now.saturating_add(watch.page.load(Ordering::Relaxed));
            // Unless the file is done.
            let _ = watch.until.compare_exchange(until, next, Ordering::Relaxed, Ordering::Relaxed);
        } else if until != 0 && now > until {
            // Whoever reads this has been told all that matters.
            let _ = io::stderr().write_all(LATE.as_bytes());
            end();
        }
        if until != 0 || seen.1 != begun {
            (begun, since) = (seen.1, Instant::now());
        } else if since.elapsed() > PATIENCE || self::parent() != parent {
            end();
        }
    }
}

/// A frame; nothing at the end of the input.
fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if let Err(e) = from.read_exact(&mut length) {
        return if e.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(e) };
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = vec![0; length];
    from.read_exact(&mut frame)?;
    Ok(Some(frame))
}

fn send(to: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    to.write_all(&u32::try_from(frame.len()).map_err(io::Error::other)?.to_le_bytes())?;
    to.write_all(frame)?;
    to.flush()
}

/// Processors that work at once.
fn cores() -> u32 {
    thread::available_parallelism().map_or(1, |n| u32::try_from(n.get()).unwrap_or(u32::MAX))
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The memory that this process may have; a crash leaves nothing on disk.
#[cfg(unix)]
fn limit(memory: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let to = |resource, most: u64| {
        let old = getrlimit(resource);
        let most = old.maximum.map_or(most, |old| old.min(most));
        // Where the system has no such limit, the watch and the decoders' own limits remain.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    };
    to(Resource::Core, 0);
    to(Resource::Data, memory);
}

#[cfg(not(unix))]
fn limit(_: u64) {}

/// The processor time of all threads of this process, where the system tells it.
#[cfg(unix)]
fn process_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time since the first call, where processor time is not told.
#[cfg(not(unix))]
fn process_time() -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

#[cfg(unix)]
fn parent() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

#[cfg(not(unix))]
fn parent() -> Option<u32> {
    None
}

/// Ends this process at once: no thread of it is asked.
#[cfg(unix)]
fn end() -> ! {
    use rustix::process::{Signal, getpid, kill_process};
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}

#[cfg(not(unix))]
fn end() -> ! {
    std::process::abort()
}

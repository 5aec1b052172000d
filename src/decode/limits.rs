//! What a file may cost: sizes, depths and time. Every byte may be hostile.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Recognizer;
use crate::error::Failure;

/// Limits within which files are read. Over a limit there is a failure that names it; only in HTML, which has no
/// broken pages, what is too deep or too wide is read as plain text.
///
/// The defaults are far above what any published report needs.
///
/// ```
/// use gxbg::decode::{Budget, Limits, decode_within};
/// let limits = Limits { file_bytes: 4, ..Limits::default() };
/// let failure = decode_within("一、总体情况".as_bytes(), &Budget::new(&limits)).unwrap_err();
/// assert_eq!(failure.code(), "too_large");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, and of one member of an archive or an office document once inflated: 32 MiB.
    pub file_bytes: u64,
    /// Inflated bytes of all parts that are read of one office document, or of an archive within an archive: 64 MiB.
    pub inflated_bytes: u64,
    /// Inflated bytes of all members of one archive of the folder: 4 GiB. They are never held at once.
    pub archive_bytes: u64,
    /// Inflated bytes for each packed one, in members of more than a mebibyte: 250.
    pub ratio: u64,
    /// Elements of XML or HTML within each other, and groups of RTF: 4,096.
    pub depth: usize,
    /// Columns or rows that one cell may cover; more are taken for so many: 1,000.
    pub span: u32,
    /// Cells of all tables of a file: 200,000.
    pub cells: usize,
    /// Pages of a document that has pages: 200.
    pub pages: usize,
    /// Characters drawn on all pages: 2,000,000.
    pub glyphs: usize,
    /// Processor time for decoding one file: 1 second, and 30 seconds for each page that is read from a picture. It
    /// bounds what no count bounds, and depends on the machine.
    pub time: Duration,
    /// Bytes of memory for a process that reads files by libraries of others, if such files have a process of their own:
    /// 384 MiB, and four times as many where pictures are read.
    pub memory: u64,
    /// Archives within each other: 2.
    pub archive_depth: usize,
    /// Members of one archive or office document: 100,000.
    pub members: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 32 << 20,
            inflated_bytes: 64 << 20,
            archive_bytes: 4 << 30,
            ratio: 250,
            depth: 4_096,
            span: 1_000,
            cells: 200_000,
            pages: 200,
            glyphs: 2_000_000,
            time: Duration::from_secs(1),
            memory: 384 << 20,
            archive_depth: 2,
            members: 100_000,
        }
    }
}

/// How many times the time of a file each page has that is read from a picture.
pub(crate) const PICTURE_TIMES: u32 = 30;

/// The limits for one file, whose time has begun, and what reads its scans.
#[derive(Debug, Clone)]
pub struct Budget {
    limits: Limits,
    /// The processor time of this thread at the beginning.
    begun: Duration,
    #[cfg_attr(not(feature = "ocr"), allow(dead_code, reason = "pages that are pictures are read by several threads"))]
    begun_at: Instant,
    recognizer: Option<Arc<Recognizer>>,
    cancelled: Option<Arc<AtomicBool>>,
    /// Counts the pages that are read from pictures, for who watches from outside whether the work goes on.
    #[cfg_attr(not(feature = "ocr"), allow(dead_code, reason = "there are no such pages"))]
    pulse: Option<Arc<AtomicU64>>,
}

impl Budget {
    /// Begins the time of a file. It is to be read on the thread that begins it.
    pub fn new(limits: &Limits) -> Budget {
        Budget {
            limits: *limits,
            begun: thread_time(),
            begun_at: Instant::now(),
            recognizer: None,
            cancelled: None,
            pulse: None,
        }
    }

    /// The budget of a file whose scans are read, if there is a recogniser.
    #[must_use]
    pub fn with_recognizer(self, recognizer: Option<Arc<Recognizer>>) -> Budget {
        Budget { recognizer, ..self }
    }

    /// The budget of a file whose reading ends soon after the flag is set.
    #[must_use]
    pub fn with_cancel(self, cancelled: Arc<AtomicBool>) -> Budget {
        Budget { cancelled: Some(cancelled), ..self }
    }

    /// The budget of a file whose progress is watched: the number grows with each page that is read from a picture.
    #[must_use]
    pub(crate) fn with_pulse(self, pulse: Arc<AtomicU64>) -> Budget {
        Budget { pulse: Some(pulse), ..self }
    }

    /// The same with other limits: for part of a file, whose time begins now.
    #[cfg(all(feature = "ocr", feature = "pdf"))]
    pub(super) fn with_limits(&self, limits: &Limits) -> Budget {
        Budget { limits: *limits, begun: thread_time(), begun_at: Instant::now(), ..self.clone() }
    }

    /// What reads scans; none where they are not to be read.
    pub fn recognizer(&self) -> Option<&Recognizer> {
        self.recognizer.as_deref()
    }

    /// Whether there is time left; to be asked before each page, table or part, not for each character.
    ///
    /// # Errors
    /// [`Failure::Limit`] with the name `time` (in milliseconds) when it is over, [`Failure::Cancelled`] when nobody
    /// waits for the file any more.
    pub fn time(&self) -> Result<(), Failure> {
        self.go_on()?;
        if thread_time().saturating_sub(self.begun) <= self.limits.time { Ok(()) } else { Err(self.late()) }
    }

    /// Whether somebody waits for the file.
    ///
    /// # Errors
    /// [`Failure::Cancelled`] when nobody does.
    pub fn go_on(&self) -> Result<(), Failure> {
        match &self.cancelled {
            Some(flag) if flag.load(Ordering::Relaxed) => Err(Failure::Cancelled),
            _ => Ok(()),
        }
    }

    /// Whether there is time left for so many pages that are read from pictures.
    ///
    /// # Errors
    /// [`Failure::Limit`] with the name `time` (in milliseconds) when it is over.
    #[cfg(feature = "ocr")]
    pub(super) fn time_for_pages(&self, pages: u32) -> Result<(), Failure> {
        self.go_on()?;
        if let Some(pulse) = &self.pulse {
            pulse.fetch_add(1, Ordering::Relaxed);
        }
        let time = self.limits.time.saturating_mul(PICTURE_TIMES).saturating_mul(pages.max(1));
        if self.begun_at.elapsed() <= time { Ok(()) } else { Err(self.late()) }
    }

    fn late(&self) -> Failure {
        Failure::late(self.limits.time)
    }
}

/// The processor time that this thread has taken, where the system tells it.
#[cfg(unix)]
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time since the first call, where processor time is not told.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::new(&Limits::default())
    }
}

impl Deref for Budget {
    type Target = Limits;

    fn deref(&self) -> &Limits {
        &self.limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_that_of_the_processor() {
        let budget = Budget::new(&Limits { time: Duration::from_millis(20), ..Limits::default() });
        if cfg!(unix) {
            // A machine with other work to do takes nothing from a file.
            std::thread::sleep(Duration::from_millis(60));
            assert_eq!(budget.time(), Ok(()));
        }
        let begun = Instant::now();
        while budget.time().is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(60), "a clock that stands");
        }
        assert_eq!(budget.time(), Err(Failure::Limit { name: "time in milliseconds", limit: 20 }));
    }

    #[test]
    fn a_file_that_nobody_waits_for_is_not_read_on() {
        let flag = Arc::new(AtomicBool::new(false));
        let budget = Budget::default().with_cancel(Arc::clone(&flag));
        assert_eq!(budget.time(), Ok(()));
        flag.store(true, Ordering::Relaxed);
        assert_eq!(budget.time(), Err(Failure::Cancelled));
    }
}

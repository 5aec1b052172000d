//! What a file may cost: sizes, depths and time. Every byte may be hostile.

use std::ops::Deref;
use std::sync::Arc;
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
    /// Time for decoding one file: 30 seconds. It bounds what no count bounds, and depends on the machine.
    pub time: Duration,
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
            time: Duration::from_secs(30),
            archive_depth: 2,
            members: 100_000,
        }
    }
}

/// The limits for one file, whose time has begun, and what reads its scans.
#[derive(Debug, Clone)]
pub struct Budget {
    limits: Limits,
    begun: Instant,
    recognizer: Option<Arc<Recognizer>>,
}

impl Budget {
    /// Begins the time of a file.
    pub fn new(limits: &Limits) -> Budget {
        Budget { limits: *limits, begun: Instant::now(), recognizer: None }
    }

    /// The budget of a file whose scans are read, if there is a recogniser.
    #[must_use]
    pub fn with_recognizer(self, recognizer: Option<Arc<Recognizer>>) -> Budget {
        Budget { recognizer, ..self }
    }

    /// What reads scans; none where they are not to be read.
    pub fn recognizer(&self) -> Option<&Recognizer> {
        self.recognizer.as_deref()
    }

    /// Whether there is time left; to be asked before each page, table or part, not for each character.
    ///
    /// # Errors
    /// [`Failure::Limit`] with the name `time` (in seconds) when it is over.
    pub fn time(&self) -> Result<(), Failure> {
        if self.begun.elapsed() <= self.limits.time {
            return Ok(());
        }
        Err(Failure::Limit { name: "time", limit: self.limits.time.as_secs() })
    }
}

impl Budget {
    /// Whether there is time left for so many pages that are read from pictures: each has the time of a file.
    ///
    /// # Errors
    /// [`Failure::Limit`] with the name `time` (in seconds) when it is over.
    #[cfg(feature = "ocr")]
    pub(super) fn time_for_pages(&self, pages: u32) -> Result<(), Failure> {
        let time = self.limits.time.saturating_mul(pages.max(1));
        if self.begun.elapsed() <= time {
            return Ok(());
        }
        Err(Failure::Limit { name: "time", limit: time.as_secs() })
    }
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

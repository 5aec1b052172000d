//! Why bytes gave no report.

/// Why a file gave no report; it becomes a row of `failures`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is not a single character.
    #[error("expected a report, found no characters ({bytes} bytes)")]
    Empty {
        /// Size of the file.
        bytes: u64,
    },
    /// The file is larger than any report.
    #[error("expected at most {limit} bytes, found {bytes}")]
    TooLarge {
        /// The limit.
        limit: u64,
        /// Size of the file.
        bytes: u64,
    },
    /// Something inside of the file is larger or deeper than in any report.
    #[error("expected at most {limit} for the limit {name}, found more")]
    Limit {
        /// The name of the limit.
        name: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file is of a known format and broken.
    #[error("expected a whole {format} file, found a damaged one: {detail}")]
    Damaged {
        /// The name of the format.
        format: &'static str,
        /// What the format's reader met.
        detail: String,
    },
    /// The bytes are of a format that is not read.
    #[error("expected a text file or a page (HTML, MHT), found {format}")]
    UnknownFormat {
        /// The name of the format, as far as the first bytes tell.
        format: &'static str,
    },
    /// The bytes are no text in any encoding known.
    #[error("expected text in UTF-8, UTF-16 or GB18030, found a byte that is none at {at}")]
    Encoding {
        /// The first bad byte.
        at: usize,
    },
    /// The file is a picture, or pages that are pictures; reading it was not asked for.
    #[error("expected characters, found {what}: read it with ocr=\"auto\" after pip install \"gxbg[ocr]\"")]
    Scan {
        /// What was found: a kind of picture, or a PDF whose pages are pictures.
        what: &'static str,
    },
    /// The text is no disclosure report.
    #[error("expected a disclosure report, found none of its tables and {sections} of its 6 sections")]
    NotAReport {
        /// How many section headings were found.
        sections: usize,
    },
    /// The system refused to read the file.
    #[error("failed to read: {0}")]
    Io(String),
    /// The reader itself failed: a defect of this program.
    #[error("the reader failed on this file: {0}; please report it with the file")]
    Panic(String),
}

impl Failure {
    /// The public code.
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Empty { .. } => "empty",
            Failure::TooLarge { .. } => "too_large",
            Failure::Limit { .. } => "limit",
            Failure::Damaged { .. } => "damaged",
            Failure::UnknownFormat { .. } => "unknown_format",
            Failure::Encoding { .. } => "encoding",
            Failure::Scan { .. } => "scan",
            Failure::NotAReport { .. } => "not_a_report",
            Failure::Io(_) => "io",
            Failure::Panic(_) => "panic",
        }
    }
}

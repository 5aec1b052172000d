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
    #[error("expected a document, a sheet, a page or a text, found {format}")]
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
    /// The file opens only with a password.
    #[error("expected a {format} file that opens without a password, found one that needs it")]
    Locked {
        /// The name of the format.
        format: &'static str,
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
    /// A member of an archive that cannot be taken as it stands.
    #[error("expected a plain file in the archive, found {}", .0.found())]
    Member(Fault),
    /// One report was asked for, and there are none or several.
    #[error("expected one report, found {reports} in the file (load_dir reads them all)")]
    NotOne {
        /// How many there are.
        reports: usize,
    },
    /// Another program was asked to convert the file, and did not.
    #[error("failed to convert by LibreOffice: {0}")]
    Converter(String),
    /// The system refused to read the file.
    #[error("failed to read: {0}")]
    Io(String),
    /// The process that read the file ended.
    #[error("expected the reader to outlive the file, found that {0}")]
    Crash(String),
    /// The run was stopped from outside; there is no row of it.
    #[error("the load was cancelled")]
    Cancelled,
    /// The reader itself failed: a defect of this program.
    #[error("the reader failed on this file: {0}; please report it with the file")]
    Panic(String),
}

/// What keeps a member of an archive from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its bytes are encrypted.
    Encrypted,
    /// Its bytes are those of another member too, as no packer writes them.
    Overlap,
    /// Its name leads out of the archive.
    Outside,
    /// It is a link or a device.
    Link,
    /// It is packed by a method that is not read.
    Method,
}

impl Fault {
    /// The public code.
    fn code(self) -> &'static str {
        match self {
            Fault::Encrypted => "encrypted",
            Fault::Overlap => "overlap",
            Fault::Outside => "outside",
            Fault::Link => "link",
            Fault::Method => "method",
        }
    }

    fn found(self) -> &'static str {
        match self {
            Fault::Encrypted => "an encrypted one: unpack it with its password",
            Fault::Overlap => "one that shares its bytes with another",
            Fault::Outside => "a name that leads out of the archive",
            Fault::Link => "a link or a device",
            Fault::Method => "one packed by a method that is not read: unpack it, or pack it again as a zip file",
        }
    }
}

impl Failure {
    /// The failure of a file that took more time than it has.
    pub fn late(time: std::time::Duration) -> Failure {
        Failure::Limit { name: "time in milliseconds", limit: u64::try_from(time.as_millis()).unwrap_or(u64::MAX) }
    }

    /// The public code.
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Empty { .. } => "empty",
            Failure::TooLarge { .. } => "too_large",
            Failure::Limit { .. } => "limit",
            Failure::Damaged { .. } => "damaged",
            Failure::UnknownFormat { .. } => "unknown_format",
            Failure::Encoding { .. } => "encoding",
            Failure::Locked { .. } => "locked",
            Failure::Scan { .. } => "scan",
            Failure::NotAReport { .. } => "not_a_report",
            Failure::Member(fault) => fault.code(),
            Failure::NotOne { .. } => "not_one",
            Failure::Converter(_) => "converter",
            Failure::Io(_) => "io",
            Failure::Crash(_) => "crash",
            Failure::Cancelled => "cancelled",
            Failure::Panic(_) => "panic",
        }
    }
}

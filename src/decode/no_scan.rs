//! Where scans cannot be read: the build lacks the feature `ocr`.

use std::path::PathBuf;

use super::Budget;
use crate::document::Document;
use crate::error::Failure;

/// What reads scans; this build has none.
#[derive(Debug)]
pub struct Recognizer;

impl Recognizer {
    /// A recogniser, which this build cannot make.
    pub fn new(_: PathBuf, _: Option<usize>) -> Recognizer {
        Recognizer
    }

    /// Reads a picture of a page: a failure.
    pub(super) fn picture(&self, _: &[u8], _: &Budget) -> Result<Document, Failure> {
        Err(Self::refusal())
    }

    /// Reads a PDF file whose pages are pictures: a failure.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(&self, _: &[u8], _: &Budget) -> Result<Document, Failure> {
        Err(Self::refusal())
    }

    fn refusal() -> Failure {
        Failure::UnknownFormat { format: "a scan, which this build cannot read (it lacks the feature ocr)" }
    }
}

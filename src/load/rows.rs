//! What all files of a run share, and where the rows of some of them go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::archives::is_litter;
use super::cage::Task;
use super::options::{LoadOptions, Progress};
use super::reading::{Decoded, Recognized, guarded};
use crate::batch::{BatchBuilder, Loaded, Part};
use crate::decode::{Budget, Contents, Recognizer, contents_within, is_foreign};
use crate::error::Failure;

/// Files that one worker reads into one record batch.
pub(super) const CHUNK: usize = 128;

/// The run was stopped from outside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cancelled;

/// What all files of a run share.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) options: &'a LoadOptions,
    progress: &'a Progress,
    recognizer: Option<Arc<Recognizer>>,
    /// Whether a stream of members uses all workers.
    is_streaming: AtomicBool,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a LoadOptions, progress: &'a Progress) -> Run<'a> {
        let recognizer = options.ocr.as_ref().map(|path| Arc::new(Recognizer::new(path.clone(), options.workers())));
        Run { options, progress, recognizer, is_streaming: AtomicBool::new(false) }
    }

    /// What one file may cost, from now on.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(&self.options.limits)
            .with_recognizer(self.recognizer.clone())
            .with_cancel(Arc::clone(&self.progress.cancelled))
    }

    /// Decodes a file, in a process of its own if a library of others reads it.
    pub(super) fn decode(&self, bytes: &[u8], budget: &Budget) -> Result<Contents, Failure> {
        let LoadOptions { limits, ocr, cage, .. } = self.options;
        let cage = cage.as_ref().filter(|_| is_foreign(bytes, budget));
        let task = Task { limits, ocr: ocr.as_deref(), threads: self.options.workers() };
        let caged = cage.and_then(|cage| cage.decode(bytes, task, &self.progress.cancelled));
        caged.unwrap_or_else(|| contents_within(bytes, budget))
    }

    /// More files were found.
    pub(super) fn found(&self, files: usize) {
        self.progress.found.fetch_add(files, Ordering::Relaxed);
    }

    /// Whether a file is passed over, as one that a system left behind; it is counted.
    pub(super) fn passes_over(&self, shown: &str) -> bool {
        let is_litter = is_litter(shown);
        self.progress.passed_over.fetch_add(usize::from(is_litter), Ordering::Relaxed);
        is_litter
    }

    /// Files are done.
    pub(super) fn done(&self, files: usize) {
        self.progress.done.fetch_add(files, Ordering::Relaxed);
    }

    /// Whether the run goes on.
    pub(super) fn go_on(&self) -> Result<(), Cancelled> {
        if self.progress.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// The right to use all workers, if nobody has it.
    pub(super) fn turn(&self) -> Option<Turn<'_>> {
        let free = self.is_streaming.compare_exchange(false, true, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        free.then(|| Turn(&self.is_streaming))
    }
}

/// The right to use all workers; it ends with the value.
#[derive(Debug)]
pub(super) struct Turn<'a>(&'a AtomicBool);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Files that go each part of the way together.
const TOGETHER: usize = 32;
/// Bytes of text at which fewer do.
const HEAVY: usize = 1 << 20;

/// Bytes of text at which a part ends, however few files it has: a column of a part holds 2 GiB at most.
const FULL: usize = 64 << 20;

/// Rows of files, in their order.
pub(super) struct Rows {
    parts: Vec<Part>,
    /// The part in the making.
    open: Option<BatchBuilder>,
    /// The files of the open part, and why each of them gave no report.
    files: Vec<(String, Option<Failure>)>,
    /// Bytes of their texts.
    bytes: usize,
    /// Files that a part is expected to have.
    room: usize,
    /// Files that have no rows yet.
    waiting: Vec<(String, Result<Decoded, Failure>)>,
    /// Bytes of their texts.
    weight: usize,
}

impl Rows {
    /// Rows of about so many files.
    pub(super) fn of(files: usize) -> Rows {
        let room = files.min(CHUNK);
        Rows { parts: Vec::new(), open: None, files: Vec::new(), bytes: 0, room, waiting: Vec::new(), weight: 0 }
    }

    fn open(&mut self) -> &mut BatchBuilder {
        let room = self.room;
        self.open.get_or_insert_with(|| BatchBuilder::for_reports(room))
    }

    /// A file that gave no report.
    pub(super) fn failure(&mut self, path: &str, failure: Failure) {
        self.take(path, Err(failure));
    }

    /// A file that was decoded.
    pub(super) fn document(&mut self, path: &str, decoded: Decoded) {
        self.weight += decoded.document.text.len();
        self.take(path, Ok(decoded));
    }

    fn take(&mut self, path: &str, decoded: Result<Decoded, Failure>) {
        self.waiting.push((path.to_owned(), decoded));
        if self.waiting.len() >= TOGETHER || self.weight >= HEAVY {
            self.work_off();
        }
    }

    /// Writes the rows of the files that wait.
    fn work_off(&mut self) {
        self.weight = 0;
        let (paths, decoded): (Vec<_>, Vec<_>) = self.waiting.drain(..).unzip();
        let recognized: Vec<_> = decoded.into_iter().map(|d| d.and_then(Decoded::recognized)).collect();
        let reports: Vec<_> = recognized.into_iter().map(|r| r.and_then(Recognized::checked)).collect();
        for (path, report) in paths.iter().zip(&reports) {
            match report {
                Ok(report) => self.report(&report.loaded(path)),
                Err(failure) => {
                    self.open().failure(path, failure.code(), &failure.to_string());
                    self.files.push((path.clone(), Some(failure.clone())));
                }
            }
            if self.files.len() >= CHUNK {
                self.end_part();
            }
        }
    }

    /// A report. A panic while its rows are written costs the reports of its part, and no more.
    pub(super) fn report(&mut self, loaded: &Loaded<'_>) {
        let bytes = loaded.document.text.len();
        if self.bytes + bytes > FULL {
            self.end_part();
        }
        self.bytes += bytes;
        self.files.push((loaded.path.to_owned(), None));
        let written = guarded(|| {
            self.open().report(loaded);
            Ok(())
        });
        if let Err(failure) = written {
            self.give_up(&failure);
        }
    }

    /// Rows that were left half written are none: all files of the part become failures.
    fn give_up(&mut self, failure: &Failure) {
        self.open = None;
        self.bytes = 0;
        let files = std::mem::take(&mut self.files);
        for (path, own) in &files {
            let failure = own.as_ref().unwrap_or(failure);
            self.open().failure(path, failure.code(), &failure.to_string());
        }
        self.files = files.into_iter().map(|(path, own)| (path, own.or_else(|| Some(failure.clone())))).collect();
    }

    /// Finished parts follow.
    pub(super) fn append(&mut self, parts: impl IntoIterator<Item = Part>) {
        self.work_off();
        self.end_part();
        self.parts.extend(parts);
    }

    /// All parts.
    pub(super) fn finish(mut self) -> Vec<Part> {
        self.work_off();
        self.end_part();
        self.parts
    }

    fn end_part(&mut self) {
        self.bytes = 0;
        if let Some(open) = self.open.take() {
            match guarded(|| Ok(open.finish())) {
                Ok(part) => self.parts.push(part),
                Err(failure) => {
                    self.give_up(&failure);
                    self.parts.extend(self.open.take().map(BatchBuilder::finish));
                }
            }
        }
        self.files.clear();
    }
}

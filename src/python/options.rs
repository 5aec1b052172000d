//! Options on their way from Python; `gxbg._options` has checked them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;

use crate::decode::Limits;
use crate::load::{Cage, LibreOffice, LoadOptions};

/// The attributes of `gxbg._options.Options`.
#[derive(FromPyObject)]
pub(super) struct Options {
    recursive: bool,
    threads: Option<usize>,
    limits: Bounds,
    ocr: Option<PathBuf>,
    convert: Option<String>,
    worker: Vec<OsString>,
}

/// The attributes of `gxbg.Limits`.
#[derive(FromPyObject)]
struct Bounds {
    file_bytes: u64,
    inflated_bytes: u64,
    archive_bytes: u64,
    ratio: u64,
    depth: u64,
    span: u64,
    cells: u64,
    pages: u64,
    glyphs: u64,
    time: f64,
    memory: u64,
    archive_depth: u64,
    members: u64,
}

impl From<Options> for LoadOptions {
    fn from(options: Options) -> LoadOptions {
        LoadOptions {
            recursive: options.recursive,
            threads: options.threads,
            limits: options.limits.into(),
            ocr: options.ocr,
            convert: options.convert.map(|_| LibreOffice::default()),
            cage: options
                .worker
                .split_first()
                .map(|(program, arguments)| Cage { program: PathBuf::from(program), arguments: arguments.to_vec() }),
        }
    }
}

impl From<Bounds> for Limits {
    fn from(bounds: Bounds) -> Limits {
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Limits {
            file_bytes: bounds.file_bytes,
            inflated_bytes: bounds.inflated_bytes,
            archive_bytes: bounds.archive_bytes,
            ratio: bounds.ratio,
            depth: count(bounds.depth),
            span: u32::try_from(bounds.span).unwrap_or(u32::MAX),
            cells: count(bounds.cells),
            pages: count(bounds.pages),
            glyphs: count(bounds.glyphs),
            time: Duration::try_from_secs_f64(bounds.time).unwrap_or(Duration::MAX),
            memory: bounds.memory,
            archive_depth: count(bounds.archive_depth),
            members: count(bounds.members),
        }
    }
}

/// The defaults of the core by name, which a test holds against those of Python.
pub(super) fn defaults() -> Vec<(&'static str, f64)> {
    let limits = Limits::default();
    vec![
        ("file_bytes", limits.file_bytes as f64),
        ("inflated_bytes", limits.inflated_bytes as f64),
        ("archive_bytes", limits.archive_bytes as f64),
        ("ratio", limits.ratio as f64),
        ("depth", limits.depth as f64),
        ("span", f64::from(limits.span)),
        ("cells", limits.cells as f64),
        ("pages", limits.pages as f64),
        ("glyphs", limits.glyphs as f64),
        ("time", limits.time.as_secs_f64()),
        ("memory", limits.memory as f64),
        ("archive_depth", limits.archive_depth as f64),
        ("members", limits.members as f64),
    ]
}

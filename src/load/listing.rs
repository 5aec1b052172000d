//! The files below a folder.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Failure;

/// A file of the folder, or what kept it from being one.
pub(super) struct Listed {
    /// What users see.
    pub(super) shown: String,
    /// Where it is.
    pub(super) path: Result<PathBuf, Failure>,
}

/// All files below a folder, by name; the order does not depend on the file system.
pub(super) fn list(root: &Path, recursive: bool) -> Vec<Listed> {
    let depth = if recursive { usize::MAX } else { 1 };
    let mut out = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).min_depth(1).max_depth(depth).sort_by_file_name() {
        let relative = |path: &Path| {
            let inner = path.strip_prefix(root).unwrap_or(path);
            inner.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        };
        match entry {
            Ok(e) if e.file_type().is_dir() => {}
            Ok(e) => out.push(Listed { shown: relative(e.path()), path: Ok(e.into_path()) }),
            Err(e) => out.push(Listed {
                shown: e.path().map_or_else(String::new, relative),
                path: Err(Failure::Io(e.to_string())),
            }),
        }
    }
    out
}

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

/// All files below a folder but what systems leave behind there, by name; the order does not depend on the file system.
pub(super) fn list(root: &Path, recursive: bool, passes_over: impl Fn(&str) -> bool) -> Vec<Listed> {
    let depth = if recursive { usize::MAX } else { 1 };
    let mut out = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).min_depth(1).max_depth(depth).sort_by_file_name() {
        let relative = |path: &Path| {
            let inner = path.strip_prefix(root).unwrap_or(path);
            inner.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        };
        match entry {
            Ok(e) if e.file_type().is_dir() || passes_over(&relative(e.path())) => {}
            Ok(e) => out.push(Listed { shown: relative(e.path()), path: Ok(e.into_path()) }),
            Err(e) => out.push(Listed {
                shown: e.path().map_or_else(String::new, relative),
                path: Err(Failure::Io(refusal(&e))),
            }),
        }
    }
    out
}

/// What the system said, without the path, which the row has already.
fn refusal(error: &walkdir::Error) -> String {
    match (error.io_error(), error.loop_ancestor()) {
        (Some(said), _) => plain(said),
        (None, Some(_)) => "expected a file or a folder, found a link to a folder that it lies in".to_owned(),
        (None, None) => "the folder cannot be walked".to_owned(),
    }
}

/// What the system said of a file: the same words for the same error, and never a path.
pub(super) fn plain(error: &std::io::Error) -> String {
    match error.raw_os_error() {
        Some(code) => std::io::Error::from_raw_os_error(code).to_string(),
        None => error.kind().to_string(),
    }
}

/// Endings of names, and the format that each promises.
const ENDINGS: &[(&str, &str)] = &[
    ("txt", "text"),
    ("htm", "html"),
    ("html", "html"),
    ("shtml", "html"),
    ("xhtml", "html"),
    ("mht", "mht"),
    ("mhtml", "mht"),
    ("doc", "doc"),
    ("dot", "doc"),
    ("wps", "doc"),
    ("wpt", "doc"),
    ("docx", "docx"),
    ("docm", "docx"),
    ("odt", "odt"),
    ("rtf", "rtf"),
    ("pdf", "pdf"),
    ("xlsx", "xlsx"),
    ("xlsm", "xlsx"),
    ("xlsb", "xlsb"),
    ("xls", "xls"),
    ("et", "xls"),
    ("ods", "ods"),
    ("fods", "ods"),
    ("fodt", "odt"),
    ("csv", "csv"),
    ("epub", "epub"),
];

/// The ending of a name, if it promises another format than the one that was found.
pub(super) fn other_ending(name: &str, found: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit('/').next()?.rsplit_once('.')?;
    let (ending, promised) = ENDINGS.iter().find(|(e, _)| e.eq_ignore_ascii_case(ending))?;
    (*promised != found).then_some(*ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_noted_where_they_are_wrong() {
        assert_eq!(other_ending("a/b.DOC", "html"), Some("doc"));
        assert_eq!(other_ending("a.zip!/b.wps", "doc"), None);
        assert_eq!(other_ending("a.txt/b", "html"), None);
        assert_eq!(other_ending("a.aspx", "html"), None);
    }
}

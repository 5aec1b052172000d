//! One report in two files: a page and what is attached to it.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::Summary;
use crate::ledger::Settled;

/// What two files of one report have in common: folder, issuer, year, and every cell's status and value.
pub type Likeness = [u8; 32];

/// The likeness of a report; none where it would say too little: without an issuer, a year or any value.
pub(super) fn likeness(path: &str, settled: &Settled) -> Option<Likeness> {
    let report = &settled.report;
    let (issuer, year, editions) = (report.masthead.issuer.as_deref()?, report.masthead.year?, report.editions?);
    settled.cells.iter().find_map(|c| c.value)?;
    let mut bytes = Vec::with_capacity(settled.cells.len() * 9 + path.len() + issuer.len() + 32);
    for part in [folder(path), issuer, editions.key(), &year.to_string()] {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    for cell in &settled.cells {
        bytes.push(cell.status as u8);
        bytes.extend_from_slice(&cell.value.map_or([0xff; 8], |v| v.to_bits().to_le_bytes()));
    }
    Some(Sha256::digest(&bytes).into())
}

/// The folder of a file; what lies at the top of an archive lies beside the archive.
fn folder(path: &str) -> &str {
    let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    while let Some(archive) = folder.strip_suffix('!') {
        folder = archive.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    folder
}

/// For each report the first one of its likeness, if there is one before it.
pub fn attached(summaries: &[Summary]) -> Vec<Option<usize>> {
    let mut first: FxHashMap<Likeness, usize> = FxHashMap::default();
    let likenesses = summaries.iter().map(|s| s.likeness).enumerate();
    likenesses.map(|(at, l)| Some(*first.entry(l?).or_insert(at)).filter(|first| *first != at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_lies_beside_a_page() {
        assert_eq!(folder("a.html"), "");
        assert_eq!(folder("a/b.html"), "a");
        assert_eq!(folder("a/files.zip!/b.docx"), "a");
        assert_eq!(folder("a/files.zip!/c/b.docx"), "a/files.zip!/c");
        assert_eq!(folder("files.zip!/more.tar!/b.docx"), "");
    }
}

//! The names of members.

use std::borrow::Cow;

use encoding_rs::GB18030;

use crate::error::Fault;

/// What users see of a member's name: UTF-8 where the bytes are, else GB18030, in which Chinese packers write.
pub(in crate::load) fn shown(archive: &str, name: &[u8]) -> String {
    let name = match std::str::from_utf8(name) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => GB18030.decode_without_bom_handling(name).0,
    };
    // Some packers of Windows part folders by its own mark.
    format!("{archive}!/{}", name.replace('\\', "/").trim_start_matches('/').replace('\0', "\u{fffd}"))
}

/// Whether a name, shown, leads out of its archive. Nothing in the name itself ends the archive's.
pub(super) fn fault(archive: &str, shown: &str) -> Option<Fault> {
    let inner = shown.strip_prefix(archive).unwrap_or(shown);
    inner.split('/').any(|part| part == "..").then_some(Fault::Outside)
}

/// Files that systems and office programs leave behind in folders; no report is ever one of them.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", "ehthumbs.db"];
/// Beginnings of such names: locks of open documents, and the second halves of files from another system.
const LITTER_BEGINS: [&str; 3] = ["~$", ".~lock.", "._"];
/// Folders that hold nothing else.
const LITTER_FOLDER: &str = "__MACOSX";

/// Whether a file is one that a system left behind, by its path.
pub(in crate::load) fn is_litter(shown: &str) -> bool {
    let own = shown.rsplit('/').next().unwrap_or(shown);
    LITTER.iter().any(|name| name.eq_ignore_ascii_case(own))
        || LITTER_BEGINS.iter().any(|begin| own.starts_with(begin))
        || shown.split('/').any(|folder| folder == LITTER_FOLDER)
}

/// The name of what a packed file holds: its own without the last ending.
pub(super) fn stem(archive: &str) -> &str {
    let own = archive.rsplit('/').next().unwrap_or(archive);
    match own.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_encodings_of_packers() {
        assert_eq!(shown("a.zip", "年报/临桐县.html".as_bytes()), "a.zip!/年报/临桐县.html");
        assert_eq!(shown("a.zip", &GB18030.encode("年报\\临桐县.html").0), "a.zip!/年报/临桐县.html");
        assert_eq!(shown("a.zip", b"/root/a.txt"), "a.zip!/root/a.txt");
        let fault = |name: &str| fault("../a.zip", &shown("../a.zip", name.as_bytes()));
        assert_eq!(fault("b/../../c.txt"), Some(Fault::Outside));
        assert_eq!(fault("..\\c.txt"), Some(Fault::Outside));
        assert_eq!(fault("../../x!/a.txt"), Some(Fault::Outside));
        assert_eq!(fault("b/..c.txt"), None);
        assert!(["a/.DS_Store", "a.zip!/__MACOSX/._b.docx", "~$b.docx", "x/thumbs.db"].into_iter().all(is_litter));
        assert!(!["a/b.docx", "a/~b.docx", "a.zip!/b/DS_Store"].into_iter().any(is_litter));
        assert_eq!(stem("x/a.html.gz"), "a.html");
        assert_eq!(stem("a.zip!/.gz"), ".gz");
    }
}

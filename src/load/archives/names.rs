//! The names of members.

use std::borrow::Cow;

use encoding_rs::GB18030;

use crate::error::Fault;

/// What users see of a member's name: UTF-8 where the bytes are, else GB18030, in which Chinese packers write.
pub(super) fn shown(archive: &str, name: &[u8]) -> String {
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
        assert_eq!(stem("x/a.html.gz"), "a.html");
        assert_eq!(stem("a.zip!/.gz"), ".gz");
    }
}

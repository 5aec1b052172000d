//! What fuzzing found, or is begun with: each file in `fuzz/kept` is read as its target reads it.
#![cfg(all(feature = "pdf", feature = "doc"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use gxbg::load::{LoadError, LoadOptions, load_bytes};

#[allow(unreachable_pub, reason = "targets of fuzzing share it")]
#[path = "../fuzz/fuzz_targets/stages.rs"]
mod stages;

#[test]
fn every_kept_file_is_read_as_its_target_reads_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/kept");
    let mut read = 0;
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let data = fs::read(entry.path()).unwrap();
        let target = entry.path().parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let zipped = |members: &[(&str, &[u8])]| stages::stored(members);
        let bytes = match target.as_str() {
            "html" => [b"<html>", data.as_slice()].concat(),
            "mht" => [b"MIME-Version: 1.0\r\n", data.as_slice()].concat(),
            "rtf" => [b"{\\rtf1 ", data.as_slice(), b"}"].concat(),
            "doc" => [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", data.as_slice()].concat(),
            "pdf" => [b"%PDF-1.7\n", data.as_slice()].concat(),
            "docx" => zipped(&[("word/document.xml", &[b"<w:document><w:body>", data.as_slice()].concat())]),
            "odt" => {
                let body = [b"<office:body>", data.as_slice()].concat();
                zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", &body)])
            }
            "page" => stages::page(&data),
            _ => data,
        };
        let options = LoadOptions { limits: stages::limits(), threads: Some(1), ..LoadOptions::default() };
        if let Err(LoadError::Failed { reason, detail, .. }) = load_bytes("a", &bytes, &options) {
            assert_ne!(reason, "panic", "{}: {detail}", entry.path().display());
        }
        read += 1;
    }
    assert!(read >= 12, "{read}");
}

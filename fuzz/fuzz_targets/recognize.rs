//! Texts with the words of the form: reading tables, masthead and prose, the ties, the rules.
#![no_main]

mod stages;

use gxbg::document::Document;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data).into_owned();
    stages::read(&Document::of_text("text", "utf-8", text));
});

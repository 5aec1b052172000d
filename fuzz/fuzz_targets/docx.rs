//! The body of a DOCX file, which is packed and read.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let body = [b"<w:document><w:body>", data].concat();
    stages::decoded(b"", &stages::stored(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &body)]), b"");
});

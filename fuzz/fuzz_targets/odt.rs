//! The content of an ODT file, which is packed and read.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let body = [b"<office:body>", data].concat();
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    stages::decoded(b"", &stages::stored(&[("mimetype", kind), ("content.xml", &body)]), b"");
});

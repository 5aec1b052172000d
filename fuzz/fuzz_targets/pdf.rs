//! PDF: objects, streams, fonts.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"%PDF-1.7\n", data, b""));

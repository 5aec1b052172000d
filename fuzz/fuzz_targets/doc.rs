//! The container of old office files.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", data, b""));

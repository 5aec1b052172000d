//! Messages with a page in them.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"MIME-Version: 1.0\r\n", data, b""));

//! Bytes as they are: any format may be found in them.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"", data, b""));

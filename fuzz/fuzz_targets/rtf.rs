//! RTF: groups, words, numbers.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"{\\rtf1 ", data, b"}"));

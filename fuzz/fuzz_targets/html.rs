//! Pages: markup in any order.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| stages::decoded(b"<html>", data, b""));

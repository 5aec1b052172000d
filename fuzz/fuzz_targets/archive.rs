//! Archives, by the way of bytes that hold a report.
#![no_main]

mod stages;

use gxbg::load::{LoadOptions, load_bytes};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let options = LoadOptions { limits: stages::limits(), threads: Some(1), ..LoadOptions::default() };
    let _ = load_bytes("a", data, &options);
});

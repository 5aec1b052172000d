//! What a page of a PDF file draws: operators, in a file that is otherwise sound.
#![no_main]

mod stages;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    stages::decoded(b"", &stages::page(data), b"");
});

//! The whole job: a file becomes rows of all tables, or a failure that is no fault of the program.
#![no_main]

mod stages;

use gxbg::load::{LoadError, LoadOptions, load_bytes};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let options = LoadOptions { limits: stages::limits(), threads: Some(1), ..LoadOptions::default() };
    match load_bytes("a", data, &options) {
        Ok(_) => {}
        Err(LoadError::Failed { reason, detail, .. }) => assert_ne!(reason, "panic", "{detail}"),
        Err(other) => panic!("{other}"),
    }
});

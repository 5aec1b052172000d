//! How long is a file decoded, from its bytes to the text and tables of its [`Document`](gxbg::document::Document), and
//! nothing else? `make bench-formats` runs this beside the whole job.
//!
//! ```text
//! cargo run --release --example decoding -- FOLDER...
//! ```
//!
//! For each folder one line: its name, files, bytes, microseconds a file, megabytes a second; the best of some rounds, on
//! one thread.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people, which stops at the first surprise")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

/// Rounds over a folder, and the least time of one: the system counts processor time in steps of milliseconds.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(200);

fn main() {
    for folder in std::env::args().skip(1) {
        let files: Vec<Vec<u8>> = WalkDir::new(&folder)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| std::fs::read(entry.path()).unwrap())
            .collect();
        let bytes: usize = files.iter().map(Vec::len).sum();
        let began = Instant::now();
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS {
            let (round, mut passes) = (spent(began), 0);
            while spent(began) - round < ROUND {
                for file in &files {
                    black_box(gxbg::decode::decode(black_box(file)).unwrap());
                }
                passes += 1;
            }
            best = best.min((spent(began) - round) / passes);
        }
        let micros = best.as_secs_f64() * 1e6 / files.len().max(1) as f64;
        let name = Path::new(&folder).file_name().unwrap_or_default().to_string_lossy();
        println!("{name}\t{}\t{bytes}\t{micros:.1}\t{:.1}", files.len(), bytes as f64 / best.as_secs_f64() / 1e6);
    }
}

/// The processor time of this thread where the system tells it, else the time since the beginning.
fn spent(began: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanos = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    nanos.map_or_else(|| began.elapsed(), Duration::from_nanos)
}

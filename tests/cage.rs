//! Files that libraries read have a process of their own: whatever they do to it, the load goes on.
//!
//! This program is its own worker, so it has no harness: it runs its tests one behind the other.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test stops at the first surprise")]
#![allow(dead_code, reason = "the zoo and the packers have more than is used here")]

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use gxbg::decode::{Limits, decode};
use gxbg::load::{Cage, LoadError, LoadOptions, Progress, load_bytes_watched, load_dir, serve};
use gxbg::schema::TableName;

mod pack;
mod tables;
#[path = "zoo/mod.rs"]
mod zoo;

/// The word that makes a worker of this program.
const WORKER: &str = "worker";
/// Megabytes that the loading process may take for all files of the zoo.
const MOST_MEMORY: f64 = 512.0;
/// Seconds that a file may take, also on a machine with much else to do.
const MOST_TIME: Duration = Duration::from_secs(20);

fn main() {
    if env::args().nth(1).as_deref() == Some(WORKER) {
        return serve().unwrap();
    }
    let tests: [(&str, fn()); 5] = [
        ("where no worker starts files are read here", where_no_worker_starts_files_are_read_here),
        ("every animal ends in a row", every_animal_ends_in_a_row),
        ("sound files are read as without a worker", sound_files_are_read_as_without_a_worker),
        ("a file that takes long can be stopped", a_file_that_takes_long_can_be_stopped),
        ("a worker that is killed is replaced", a_worker_that_is_killed_is_replaced),
    ];
    for (name, test) in tests {
        let begun = Instant::now();
        test();
        println!("{name} ... ok ({:.1} s)", begun.elapsed().as_secs_f64());
    }
}

fn options() -> LoadOptions {
    let cage = Cage { program: env::current_exe().unwrap(), arguments: vec![WORKER.into()] };
    LoadOptions { cage: Some(cage), ..LoadOptions::default() }
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// A PDF file with text, which is no report.
fn sound(line: &str) -> Vec<u8> {
    let content = format!("BT /F0 12 Tf 50 700 Td ({line}) Tj ET");
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 \
         >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F0 4 0 R >> \
         >> /Contents 5 0 R >>\nendobj\n4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n5 0 \
         obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n",
        content.len()
    )
    .into_bytes()
}

fn outcome(bytes: &[u8], options: &LoadOptions) -> String {
    match load_bytes_watched("a.pdf", bytes, options, &Progress::default()) {
        Ok(_) => "report".to_owned(),
        Err(LoadError::Failed { reason, detail, .. }) => format!("{reason}: {detail}"),
        Err(other) => panic!("{other}"),
    }
}

/// The most memory that this process has had, in megabytes; 0 where it is not told.
fn high_water_mark() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mark = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).map(|m| m.trim().trim_end_matches(" kB"));
    mark.and_then(|m| m.parse::<f64>().ok()).map_or(0.0, |kib| kib * 1024.0 / 1e6)
}

fn every_animal_ends_in_a_row() {
    let options = options();
    let animals = zoo::pdf::animals();
    let before = high_water_mark();
    let mut wrong = Vec::new();
    for animal in &animals {
        let begun = Instant::now();
        let end = outcome(&animal.bytes, &options);
        let taken = begun.elapsed();
        println!("    {:30} {:5.2} s  {end}", animal.name, taken.as_secs_f64());
        let code = end.split(':').next().unwrap_or_default();
        if !animal.ends.split('|').any(|known| known == code) || taken > MOST_TIME {
            wrong.push(format!("{}: {end} after {taken:?}", animal.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let grown = high_water_mark() - before;
    assert!(grown < MOST_MEMORY, "{grown} MB");
    // Beside them, sound files are read as ever.
    let root = folder("cage");
    for (i, animal) in animals.iter().enumerate() {
        fs::write(root.join(format!("{i:03}-{}", animal.name)), &animal.bytes).unwrap();
    }
    for (i, sample) in samples().iter().enumerate() {
        fs::copy(sample, root.join(format!("{i:03}-sample.txt"))).unwrap();
    }
    let tables = load_dir(&root, &options, &Progress::default()).unwrap();
    fs::remove_dir_all(&root).unwrap();
    assert_eq!(tables.rows(TableName::Reports), samples().len());
    assert_eq!(tables.rows(TableName::Failures), animals.len());
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/gxbg/samples/reports");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|e| e.unwrap().into_path());
    files.filter(|f| f.extension().is_some_and(|e| e == "txt")).collect()
}

fn sound_files_are_read_as_without_a_worker() {
    for line in ["hello", "1 2 3", ""] {
        let bytes = sound(line);
        let here = decode(&bytes).map(|d| d.text).map_err(|f| f.to_string());
        assert_eq!(outcome(&bytes, &options()), outcome(&bytes, &LoadOptions::default()), "{here:?}");
    }
}

fn a_file_that_takes_long_can_be_stopped() {
    let limits = Limits { time: Duration::from_secs(600), ..Limits::default() };
    let options = LoadOptions { limits, ..options() };
    let widths = zoo::pdf::animals().into_iter().find(|a| a.name == "widths-many.pdf").unwrap();
    let progress = Progress::default();
    let cancelled = std::sync::Arc::clone(&progress.cancelled);
    let stop = thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        cancelled.store(true, Ordering::Relaxed);
        Instant::now()
    });
    let outcome = load_bytes_watched("widths-many.pdf", &widths.bytes, &options, &progress);
    let ended = Instant::now();
    let stopped = stop.join().unwrap();
    assert!(matches!(outcome, Err(LoadError::Cancelled)), "{outcome:?}");
    assert!(ended - stopped < Duration::from_secs(1), "{:?}", ended - stopped);
}

/// The workers of this process.
fn workers() -> Vec<u32> {
    let own = std::process::id().to_string();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|e| e.file_name().to_string_lossy().parse().ok())
        .filter(|pid: &u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
            let state = fields.next().unwrap_or_default();
            state != "Z" && fields.next() == Some(&own)
        })
        .collect()
}

fn a_worker_that_is_killed_is_replaced() {
    let bytes = sound("hello");
    let before = outcome(&bytes, &options());
    for pid in workers() {
        let _ = std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status();
    }
    assert_eq!(outcome(&bytes, &options()), before);
}

fn where_no_worker_starts_files_are_read_here() {
    // The first test: where one started once, there is none without.
    let cage = Cage { program: "/nowhere/program".into(), arguments: Vec::new() };
    let bytes = sound("hello");
    let none = LoadOptions { cage: Some(cage), ..LoadOptions::default() };
    assert_eq!(outcome(&bytes, &none), outcome(&bytes, &LoadOptions::default()));
}

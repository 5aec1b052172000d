//! What does a hostile file cost? `make bench-zoo` runs this.
//!
//! Each file of the zoo that the tests hold is loaded in a process of its own, on one thread; what its workers take is
//! not counted, and bounded by the limits. For the ten slowest and the
//! ten largest, and for all as a whole, a table tells processor time and peak memory. No file may take 2 seconds or 512 MB.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people, which stops at the first surprise")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use gxbg::load::{Cage, LoadOptions, Progress, load_dir, serve};

#[path = "../tests/pack/mod.rs"]
mod pack;
#[path = "../tests/zoo/mod.rs"]
mod zoo;

/// The word that makes a worker of this program.
const WORKER: &str = "worker";
/// Seconds and megabytes that no file may take.
const MOST: (f64, f64) = (2.0, 512.0);
/// Ticks of the processor's clock a second, as Linux tells them to programs.
const TICKS: f64 = 100.0;

/// What a file cost.
struct Cost {
    name: &'static str,
    kilobytes: usize,
    seconds: f64,
    megabytes: f64,
}

fn main() {
    match env::args().nth(1).as_deref() {
        Some(WORKER) => return serve().unwrap(),
        Some(folder) => return load(Path::new(folder)),
        None => {}
    }
    let sample = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("python/gxbg/samples/reports"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .find(|path| path.extension().is_some_and(|e| e == "txt"));
    let root = env::temp_dir().join(format!("gxbg-zoo-{}", std::process::id()));
    let mut costs = Vec::new();
    let animals = zoo::animals(&fs::read_to_string(sample.unwrap()).unwrap());
    for animal in animals.into_iter().chain(zoo::pdf::animals()) {
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join(animal.name), &animal.bytes).unwrap();
        let child = Command::new(env::current_exe().unwrap()).arg(&root).output().unwrap();
        let told = String::from_utf8_lossy(&child.stdout);
        let mut told = told.split_whitespace().map(|n| n.parse().unwrap());
        costs.push(Cost {
            name: animal.name,
            kilobytes: animal.bytes.len() / 1000,
            seconds: told.next().unwrap(),
            megabytes: told.next().unwrap(),
        });
        fs::remove_dir_all(&root).unwrap();
    }
    table("slowest", &mut costs, |c| c.seconds);
    table("largest", &mut costs, |c| c.megabytes);
    let over = costs.iter().filter(|c| c.seconds > MOST.0 || c.megabytes > MOST.1).count();
    println!("{} files, {over} of them over {} s or {} MB", costs.len(), MOST.0, MOST.1);
}

fn table(what: &str, costs: &mut [Cost], key: impl Fn(&Cost) -> f64) {
    costs.sort_by(|a, b| key(b).total_cmp(&key(a)));
    println!("| {what} | KB | s | MB |\n|---|---:|---:|---:|");
    for Cost { name, kilobytes, seconds, megabytes } in costs.iter().take(10) {
        println!("| {name} | {kilobytes} | {seconds:.2} | {megabytes:.0} |");
    }
    println!();
}

/// Loads a folder and prints the processor time and the high-water mark of this process; 0 where it is not known.
fn load(folder: &Path) {
    let cage = Cage { program: env::current_exe().unwrap(), arguments: vec![WORKER.into()] };
    let options = LoadOptions { threads: Some(1), cage: Some(cage), ..LoadOptions::default() };
    drop(load_dir(folder, &options, &Progress::default()).unwrap());
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The 14th and 15th field, counted from behind the program's name.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).map(|t| t.parse().unwrap_or(0.0)).sum();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mark = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).map(|m| m.trim().trim_end_matches(" kB"));
    let kib: f64 = mark.and_then(|m| m.parse().ok()).unwrap_or(0.0);
    println!("{} {}", ticks / TICKS, kib * 1024.0 / 1e6);
}

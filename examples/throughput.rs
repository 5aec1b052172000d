//! How fast is the whole job? `make bench` runs this.
//!
//! Writes 20,000 reports made from the samples (or as many as the first argument says), then measures in turns, in one
//! run and with the same threads: (a) merely reading the files and validating their UTF-8, (b) `load_dir`, from the
//! folder to finished tables. The aim is a ratio of at most 4. Peak memory is that of a process that only does (b). Then
//! it loads generated reports of each layout, beside those that have a row a line.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people, which stops at the first surprise")]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use bench::{Report, Style};
use gxbg::load::{LoadOptions, Progress, load_dir};
use gxbg::schema::{TableName, Tables};
use rayon::prelude::*;
use walkdir::WalkDir;

/// Measurements of each kind; the medians count.
const TURNS: usize = 5;
/// Reports in one folder.
const PER_FOLDER: usize = 500;
/// Layouts with a row a line or a cell a line, whose separators are whole: the measure of the others.
const PLAIN: [&str; 4] = ["1", "2", "3", "4"];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, folder] = arguments.as_slice()
        && flag == "--memory"
    {
        return report_memory(Path::new(folder));
    }
    let count = arguments.first().map_or(20_000, |n| n.parse().unwrap());
    let folder = env::temp_dir().join(format!("gxbg-throughput-{}", std::process::id()));
    let files = write_reports(&folder, count);
    let bytes: u64 = files.iter().map(|f| fs::metadata(f).unwrap().len()).sum();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let megabytes = bytes as f64 / 1e6;
    println!("{count} reports, {megabytes:.1} MB, {threads} threads, {} on {}", env::consts::ARCH, env::consts::OS);

    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let options = LoadOptions { threads: Some(threads), ..LoadOptions::default() };
    let load = || load_dir(&folder, &options, &Progress::default()).unwrap();
    // Once without a clock, so that both meet warm files.
    pool.install(|| read(&files));
    let tables = load();
    let (mut reads, mut loads, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        let reading = timed(|| pool.install(|| read(&files)));
        let loading = timed(load);
        let ratio = loading.as_secs_f64() / reading.as_secs_f64();
        println!("  turn {turn}: read {reading:>10.2?}   load {loading:>10.2?}   ratio {ratio:.2}");
        reads.push(reading.as_secs_f64());
        loads.push(loading.as_secs_f64());
        ratios.push(ratio);
    }
    let (reading, loading) = (median(&mut reads), median(&mut loads));
    println!("read and validate: {:>9.0} reports/s {:>8.1} MB/s", count as f64 / reading, megabytes / reading);
    println!("load_dir:          {:>9.0} reports/s {:>8.1} MB/s", count as f64 / loading, megabytes / loading);
    println!("ratio:             {:>9.2} (median of {TURNS}; the aim is at most 4)", median(&mut ratios));
    println!("{}", summary(&tables));
    let child = Command::new(env::current_exe().unwrap()).arg("--memory").arg(&folder).output().unwrap();
    println!("peak memory:       {}", String::from_utf8_lossy(&child.stdout).trim());
    fs::remove_dir_all(&folder).unwrap();
    by_layout(&folder, &options);
}

/// Prints what a report of each layout takes, the least of some turns.
fn by_layout(folder: &Path, options: &LoadOptions) {
    let took: Vec<(&str, f64)> = Style::all()
        .into_iter()
        .map(|style| {
            fs::create_dir_all(folder).unwrap();
            for seed in 0..PER_FOLDER as u64 {
                let report = Report::of(seed, style, None);
                fs::write(folder.join(report.file_name()), &report.text).unwrap();
            }
            let turns = (0..TURNS).map(|_| timed(|| load_dir(folder, options, &Progress::default()).unwrap()));
            let least = turns.min().unwrap().as_secs_f64();
            fs::remove_dir_all(folder).unwrap();
            (style.key(), least * 1e6 / PER_FOLDER as f64)
        })
        .collect();
    let plain: Vec<f64> = took.iter().filter(|(key, _)| PLAIN.contains(key)).map(|t| t.1).collect();
    let usual = plain.iter().sum::<f64>() / plain.len() as f64;
    println!("layout   µs a report   beside layouts 1 to 4");
    for (key, micros) in took {
        println!("{key:<8} {micros:>11.0}   {:>21.2}", micros / usual);
    }
}

/// The baseline: the bytes of every file, looked at once.
fn read(files: &[PathBuf]) -> usize {
    files.par_iter().map(|f| str::from_utf8(&fs::read(f).unwrap()).map_or(0, str::len)).sum()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    let result = work();
    let taken = began.elapsed();
    drop(result);
    taken
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn summary(tables: &Tables) -> String {
    let mut line = "rows:             ".to_owned();
    for table in TableName::ALL {
        write!(line, " {} {}", tables.rows(table), table.key()).unwrap();
    }
    line
}

/// Loads once and prints the high-water mark of this process.
fn report_memory(folder: &Path) {
    let tables = load_dir(folder, &LoadOptions::default(), &Progress::default()).unwrap();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    match status.lines().find_map(|l| l.strip_prefix("VmHWM:")) {
        Some(mark) => {
            let kib: f64 = mark.trim().trim_end_matches(" kB").parse().unwrap();
            println!("{:.0} MB with all tables held", kib * 1024.0 / 1e6);
        }
        None => println!("not known on this system"),
    }
    drop(tables);
}

/// Writes reports that differ in issuer and numbers, the same ones in every run.
fn write_reports(folder: &Path, count: usize) -> Vec<PathBuf> {
    let samples = samples();
    (0..count)
        .map(|i| {
            let below = folder.join(format!("{:04}", i / PER_FOLDER));
            fs::create_dir_all(&below).unwrap();
            let path = below.join(format!("{i:06}.txt"));
            let (text, issuer) = &samples[i % samples.len()];
            fs::write(&path, vary(text, issuer, i / samples.len())).unwrap();
            path
        })
        .collect()
}

/// The samples of the package with their issuers as written, in the order of their paths.
fn samples() -> Vec<(String, String)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/gxbg/samples");
    let reports = home.join("reports");
    let files = WalkDir::new(&reports).sort_by_file_name().into_iter().map(|e| e.unwrap().into_path());
    let texts = files.filter(|f| f.extension().is_some_and(|e| e == "txt"));
    texts
        .map(|file| {
            let name = file.strip_prefix(&reports).unwrap().with_extension("json");
            let name = name.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("_");
            let truth = fs::read_to_string(home.join("truth").join(name)).unwrap();
            let issuer = truth.split("\"issuer_as_written\": \"").nth(1).and_then(|t| t.split('"').next()).unwrap();
            (fs::read_to_string(&file).unwrap(), issuer.to_owned())
        })
        .collect()
}

/// Gives the report another issuer and multiplies every figure that stands alone, so that its sums still hold.
fn vary(text: &str, issuer: &str, round: usize) -> String {
    // The first two characters of a place's name become two others, as common in names.
    let tail: String = issuer.chars().skip(2).collect();
    let syllable = |n: usize| char::from_u32(0x4E00 + (n * 37 % 2000) as u32).unwrap();
    let renamed = text.replace(issuer, &format!("{}{}{tail}", syllable(round), syllable(round / 7 + 11)));
    let times = 1 + (round % 9) as u64;
    let mut varied = String::with_capacity(renamed.len() + 64);
    let mut rest = renamed.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |n| at + n);
        let alone = rest[..at].ends_with(['\t', '|', '\n']) && rest[end..].starts_with(['\t', '|', '\n', '\r', ' ']);
        varied.push_str(&rest[..at]);
        match rest[at..end].parse::<u64>() {
            Ok(figure) if alone && !(1900..2100).contains(&figure) => write!(varied, "{}", figure * times).unwrap(),
            _ => varied.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    varied.push_str(rest);
    writeln!(varied, "\n（{round}）").unwrap();
    varied
}

//! Hostile and broken files end in rows: no hang, no panic, none forgotten.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use gxbg::load::{LoadOptions, Progress, load_dir};
use gxbg::schema::TableName;

mod pack;
mod tables;
#[path = "zoo/mod.rs"]
mod zoo;

/// Far beyond what a slow machine needs for all of them.
const WATCHDOG: Duration = Duration::from_secs(600);

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// `path` and `report` or the reason of the failure, for every row.
fn outcomes(path: &Path) -> Vec<(String, String)> {
    let (done, waiting) = mpsc::channel();
    let root = path.to_owned();
    thread::spawn(move || drop(done.send(load_dir(&root, &LoadOptions::default(), &Progress::default()))));
    let tables = waiting.recv_timeout(WATCHDOG).expect("a load that ends").unwrap();
    let mut all = Vec::new();
    for (table, outcome) in [(TableName::Reports, None), (TableName::Failures, Some("reason"))] {
        for row in tables::rows(&tables, table) {
            let told = outcome.map_or_else(|| "report".to_owned(), |o| row[o].clone().unwrap());
            all.push((row["path"].clone().unwrap(), told));
        }
    }
    all
}

#[test]
fn every_animal_of_the_zoo_ends_in_rows() {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new("python/gxbg/samples/reports")
        .into_iter()
        .map(|e| e.unwrap().into_path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let animals = zoo::animals(&fs::read_to_string(&files[0]).unwrap());
    assert!(animals.len() >= 60, "{}", animals.len());
    let root = folder("zoo");
    for animal in &animals {
        fs::write(root.join(animal.name), &animal.bytes).unwrap();
    }
    let outcomes = outcomes(&root);
    let mut wrong = Vec::new();
    for animal in &animals {
        let own =
            |path: &str| path == animal.name || path.strip_prefix(animal.name).is_some_and(|p| p.starts_with('!'));
        let ends: Vec<&str> = outcomes.iter().filter(|(path, _)| own(path)).map(|(_, end)| end.as_str()).collect();
        let known = |end: &&str| animal.ends.split('|').any(|known| known == *end);
        if ends.is_empty() || !ends.iter().all(known) {
            wrong.push(format!("{}: expected {}, found {:?}", animal.name, animal.ends, &ends[..ends.len().min(5)]));
        }
    }
    fs::remove_dir_all(&root).unwrap();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_ends_in_rows() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let root = folder("no-files");
    let status = std::process::Command::new("mkfifo").arg(root.join("pipe")).status();
    assert!(status.unwrap().success());
    symlink("/dev/zero", root.join("zeros")).unwrap();
    symlink("nowhere", root.join("nowhere")).unwrap();
    symlink("itself", root.join("itself")).unwrap();
    symlink(&root, root.join("loop")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket"));
    let chinese = encoding_rs::GB18030.encode("年报.txt").0;
    fs::write(root.join(OsStr::from_bytes(&chinese)), "x").unwrap();
    let outcomes = outcomes(&root);
    fs::remove_dir_all(&root).unwrap();
    let end = |name: &str| outcomes.iter().find(|(path, _)| path == name).map(|(_, end)| end.as_str());
    for name in ["pipe", "zeros", "nowhere", "itself", "loop"] {
        assert_eq!(end(name), Some("io"), "{name}: {outcomes:?}");
    }
    assert_eq!(outcomes.iter().filter(|(_, end)| end == "not_a_report").count(), 1);
}

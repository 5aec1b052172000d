//! Tells every violated link between the reports of a folder, for those who build the rules.
//!
//! `cargo run --example links -- FOLDER`
#![allow(clippy::print_stdout, reason = "a program that prints")]

use gxbg::across::{Summary, link};
use gxbg::check::Outcome;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("no folder was named")?;
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let mut summaries = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let Ok(bytes) = std::fs::read(path) else { continue };
        let Ok(document) = gxbg::decode::decode(&bytes) else { continue };
        let Ok(report) = gxbg::recognize::recognize(&document) else { continue };
        let settled = gxbg::ledger::settle(report);
        summaries.push(Summary::of(&path.to_string_lossy(), &format!("{at:016x}"), &document, &settled));
    }
    for found in link(&summaries).links.iter().filter(|l| l.finding.outcome == Outcome::Violated) {
        let other = found.other.map_or("", |o| &*summaries[o].path);
        println!("{}\t{}\t{}", summaries[found.report].path, found.finding.rule.id, found.message_en(other));
    }
    Ok(())
}

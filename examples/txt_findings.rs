//! Tells every finding of the prose on the files of a folder, with its outcome, for those who build the rules.
//!
//! `cargo run --example txt_findings -- FOLDER [violated]`
#![allow(clippy::print_stdout, reason = "a program that prints")]

use gxbg::check::{Outcome, check};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("no folder was named")?;
    let only = args.next();
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(document) = gxbg::decode::decode(&bytes) else { continue };
        let Ok(report) = gxbg::recognize::recognize(&document) else { continue };
        let settled = gxbg::ledger::settle(report);
        let checked = check(&settled, &document.text);
        for sentence in &checked.sentences {
            let finding = &checked.findings[sentence.finding];
            let outcome = finding.outcome;
            if only.is_some() && outcome != Outcome::Violated {
                continue;
            }
            let message = sentence.message.as_ref().map_or_else(|| finding.message_en(), |m| m[0].clone());
            println!("{}\t{}\t{}\t{message}", path.display(), finding.rule.id, outcome.key());
        }
    }
    Ok(())
}

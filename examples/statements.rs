//! How well is prose read? `make bench` prints precision and recall over the sentences marked by hand.
//!
//! With files as arguments it shows what their prose states, and what the rules say of it.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people, which stops at the first surprise")]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::{env, fs};

use bench::marked::{SETS, score, sentences};

fn main() {
    let files: Vec<String> = env::args().skip(1).collect();
    if !files.is_empty() {
        return files.iter().for_each(|f| show(f));
    }
    println!("| sentences | marks | precision | recall |\n|---|---|---|---|");
    for (name, table) in SETS {
        let score = score(&sentences(table), |_, _, _| ());
        let (n, marks) = (score.sentences, score.right + score.missed);
        println!("| {n} {name} | {marks} | {:.2} % | {:.2} % |", 100.0 * score.precision(), 100.0 * score.recall());
    }
}

fn show(path: &str) {
    let document = gxbg::decode::decode(&fs::read(path).unwrap()).unwrap();
    let report = match gxbg::recognize::recognize(&document) {
        Ok(report) => report,
        Err(failure) => return println!("{path}: {failure}"),
    };
    let settled = gxbg::ledger::settle(report);
    let text = &document.text;
    println!("{path}");
    for (i, s) in settled.report.statements.iter().enumerate() {
        let section = s.section.map_or("-", |s| s.key());
        let metric = s.metric.map_or("-", |m| m.key());
        println!(
            "{:4} {section:9} {:>9} {:4} {metric:24} {:?} {:?} {:?} | {}",
            i + 1,
            s.number,
            s.unit.unwrap_or("-"),
            s.standing,
            s.period,
            s.qualifier,
            s.phrase.of(text)
        );
    }
    let checked = gxbg::check::check(&settled, text);
    for sentence in &checked.sentences {
        let finding = &checked.findings[sentence.finding];
        let message = sentence.message.as_ref().map_or_else(|| finding.message_en(), |m| m[0].clone());
        println!("  {} {}: {message} | {}", finding.rule.id, finding.outcome.key(), sentence.span.of(text));
    }
    println!("  {:?}", checked.tally);
}

//! The long run of the invariants of the reader of tables.
//!
//! ```text
//! cargo run --release --example invariants -- [--n 2000] [--seed 0] [--only NUMBER] [--print INVARIANT WRITER SEED]
//! ```
//!
//! For each invariant (1 to 9) the faults by writer and kind, each with the first one found; then (10) what each status is
//! worth by writer and axis, for a twentieth of the reports. Lines with brackets are as `tests/invariants/known.rs` takes
//! them. `--file AXIS WRITER SEED` writes one report of the tallies to the output instead, `--read` what is read of
//! it, `--cells FILE` what is read of a file.
#![allow(clippy::print_stdout, reason = "a program for people")]

#[path = "../tests/bench/mod.rs"]
mod bench;
#[path = "../tests/invariants/mod.rs"]
mod invariants;

use std::error::Error;
use std::io::Write as _;

use bench::axes::Axis;
use bench::drafts::Writer;
use invariants::statuses::{SOUND, tallies};
use invariants::view::View;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| arguments.iter().position(|a| a == name).map(|at| &arguments[at + 1..]);
    let number = |name: &str, default: u64| match after(name).and_then(|rest| rest.first()) {
        Some(text) => text.parse(),
        None => Ok(default),
    };
    if let Some([axis, writer, seed, ..]) = after("--file") {
        let axis = Axis::ALL.into_iter().find(|a| a.key() == axis).ok_or("no such axis")?;
        let writer = Writer::all().into_iter().find(|w| w.key() == writer).ok_or("no such writer")?;
        std::io::stdout().write_all(&axis.draft(seed.parse()?).write(writer))?;
        return Ok(());
    }
    if let Some([axis, writer, seed, ..]) = after("--read") {
        let axis = Axis::ALL.into_iter().find(|a| a.key() == axis).ok_or("no such axis")?;
        let writer = Writer::all().into_iter().find(|w| w.key() == writer).ok_or("no such writer")?;
        let draft = axis.draft(seed.parse()?);
        let view = View::read(&draft, writer);
        for ((term, want), got) in draft.form().cells.iter().zip(&draft.published).zip(&view.cells) {
            let mark = if *want == got.claim() { "" } else { "  <-" };
            println!(
                "{}/{}/{}\t{want:?}\t{:?}\t{}{mark}",
                term.table.key(),
                term.row,
                term.column,
                got.value,
                got.status
            );
        }
        return Ok(());
    }
    if let Some([file, ..]) = after("--cells") {
        let bytes = std::fs::read(file)?;
        for edition in gxbg::terms::Edition::ALL {
            let view = View::of(&bytes, edition);
            for (term, got) in gxbg::terms::Form::of(edition).cells.iter().zip(&view.cells) {
                if got.status != "missing" {
                    println!("{}/{}/{}\t{:?}\t{}", term.table.key(), term.row, term.column, got.value, got.status);
                }
            }
        }
        return Ok(());
    }
    let (n, seed, only) = (number("--n", 2000)?, number("--seed", 0)?, number("--only", 0)?);
    for invariant in invariants::ALL.iter().filter(|i| only == 0 || only == u64::from(i.number)) {
        let outcome = invariant.try_all(seed..seed + n);
        println!("// {}: {} ({} tried)", invariant.number, invariant.says, outcome.tried);
        for ((writer, kind), count) in &outcome.counts {
            println!("({}, {writer:?}, {kind:?}, {count}),", invariant.number);
            for fault in outcome.first.iter().filter(|f| (f.writer, f.kind.key()) == (*writer, *kind)) {
                println!("    // seed {}: {}", fault.seed, fault.what);
            }
        }
    }
    if only == 0 || only == 10 {
        statuses(seed..seed + n.div_ceil(20));
    }
    Ok(())
}

fn statuses(seeds: std::ops::Range<u64>) {
    let all = tallies(seeds);
    println!("// 10: cells by status (wrong), under doubt, and figures without a value");
    for (writer, axes) in &all {
        for (axis, tally) in Axis::ALL.iter().zip(axes).filter_map(|(a, t)| Some((a, t.as_ref()?))) {
            let told = |n: usize| format!("{} ({})", tally.sound[n].0, tally.sound[n].1);
            let [reported, inferred, repaired] = [0, 1, 2].map(told);
            println!(
                "// {} {}: {} cells, reported {reported}, inferred {inferred}, repaired {repaired}, doubted {}, lost {}",
                writer.key(),
                axis.key(),
                tally.cells,
                tally.doubted,
                tally.lost
            );
            for (n, status) in SOUND.iter().enumerate().filter(|(n, _)| tally.sound[*n].1 > 0) {
                println!("({:?}, {:?}, {status:?}, {}),", writer.key(), axis.key(), tally.sound[n].1);
                for (_, fault) in tally.first.iter().filter(|(s, _)| *s == n) {
                    println!("    // seed {}: {}", fault.seed, fault.what);
                }
            }
        }
    }
    for (writer, axes) in &all {
        let lost = axes.each_ref().map(|t| t.as_ref().map_or(0, |t| t.lost));
        println!("({:?}, {lost:?}),", writer.key());
    }
}

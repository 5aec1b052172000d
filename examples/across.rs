//! Faults that only the comparison of reports shows: how many are told, and what the comparison costs.
//!
//! ```text
//! cargo run --profile quick --example across -- [--issuers 300] [--link 10000,30000,100000]
//! ```
//!
//! Prints the tables of docs/across.md: whole reports of issuers over six years and both editions with planted faults,
//! written, read back and compared; then the comparison alone over made-up summaries.

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use bench::dice::Dice;
use bench::series::Series;
use gxbg::across::{Figures, Identity, Sketch, Summary, link};
use gxbg::terms::{Edition, Form};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |key: &str| args.iter().position(|a| a == key).and_then(|i| args.get(i + 1));
    let issuers: usize = value("--issuers").map_or(Ok(300), |v| v.parse())?;
    let mut out = std::io::stdout().lock();
    if issuers > 0 {
        faults(issuers, &mut out)?;
    }
    let sizes = value("--link").map_or("10000,30000,100000", String::as_str);
    writeln!(out, "\n| reports | comparison, one thread | per report | findings |\n|---:|---:|---:|---:|")?;
    for size in sizes.split(',') {
        cost(size.parse()?, &mut out)?;
    }
    Ok(())
}

fn faults(issuers: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "| fault | rule | planted | told | right | precision | recall |\n|---|---|---:|---:|---:|---:|---:|"
    )?;
    let series = Series::roll(issuers);
    let share = |part: usize, whole: usize| {
        if whole == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
    };
    for (kind, s) in series.scores() {
        let (precision, recall) = (share(s.right, s.told), share(s.right, s.planted));
        let rule = kind.rule().0;
        writeln!(out, "| {kind:?} | `{rule}` | {} | {} | {} | {precision} | {recall} |", s.planted, s.told, s.right)?;
    }
    writeln!(out, "\n{} reports of {issuers} issuers.", series.summaries.len())?;
    Ok(())
}

/// Summaries as a corpus has them: six years per issuer, prose of which a third is last year's and a tenth everybody's.
fn made_up(reports: usize) -> Vec<Summary> {
    let form = Form::of(Edition::Of2021);
    let text = |dice: &mut Dice, n: usize| -> String {
        (0..n).filter_map(|_| char::from_u32(0x4E00 + dice.below(6000) as u32)).collect()
    };
    let common = text(&mut Dice::of(0, "common"), 150);
    let mut last = String::new();
    (0..reports)
        .map(|i| {
            let (issuer, year) = (i / 6, 2019 + (i % 6) as i16);
            let mut dice = Dice::of(i as u64, "made up");
            let own = text(&mut dice, 900);
            let kept: String = last.chars().skip(200).take(400).collect();
            let prose = format!("{common}{kept}{own}");
            last.clone_from(&own);
            let sketch = |part: &str| Sketch::of([part].into_iter());
            let half: String = own.chars().take(300).collect();
            Summary {
                path: format!("{i}.txt").into(),
                content: i as u64,
                identity: Identity::known(Some("财政局"), Some(&format!("{:06}", 110_000 + issuer)), false),
                year: Some(year),
                published_on: None,
                editions: Some(Edition::Of2021.into()),
                figures: Figures::from_values(form.cells.iter().map(|_| Some((dice.below(8) / 6) as f64))),
                sound: Figures::from_values(form.cells.iter().map(|_| Some((dice.below(8) / 6) as f64))),
                prose: [sketch(&prose), None, None, None, sketch(&half), None],
                likeness: None,
            }
        })
        .collect()
}

fn cost(reports: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let summaries = made_up(reports);
    let start = Instant::now();
    let linked = link(&summaries);
    let taken = start.elapsed().as_secs_f64();
    let each = taken * 1e6 / reports as f64;
    writeln!(out, "| {reports} | {taken:.2} s | {each:.0} µs | {} |", linked.links.len())?;
    Ok(())
}

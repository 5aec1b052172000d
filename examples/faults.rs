//! Fault injection: does the diagnosis find what was done to a report on which everything added up?
//!
//! ```text
//! cargo run --example faults -- --n 1000 [--show FAULT]
//! ```
//!
//! `--n` faults of each kind, the three scales in turn, and as many whole reports for the question whose fault it is.
//! Prints the tables of docs/diagnosis.md. `--show` prints the first cases of a fault that are missed, and with `issuer`
//! or `reading` the reports where this was not told.

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

use bench::damage::Damage;
use bench::faults::{Case, Fault, Proposal, proposals, settled};
use bench::ledger::{Ledger, Scale, Tie};
use bench::{Report, Style};
use gxbg::terms::{Edition, Form};

/// What became of the faults of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    seen: u64,
    offered: u64,
    only: u64,
    only_right: u64,
    named: u64,
}

/// How often a diagnosis was given as the only one, with the right figures, with the right name.
#[derive(Debug, Clone, Copy, Default)]
struct Claim {
    given: u64,
    right: u64,
    named: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |key: &str| args.iter().position(|a| a == key).and_then(|i| args.get(i + 1));
    let n: u64 = value("--n").map_or(Ok(1000), |v| v.parse())?;
    let show = value("--show").map(String::as_str);
    let mut out = std::io::stdout().lock();
    faults(n, show, &mut out)?;
    fault_of_whom(n, show, &mut out)?;
    cost(&mut out)?;
    Ok(())
}

fn faults(n: u64, show: Option<&str>, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut claims: BTreeMap<&str, Claim> = BTreeMap::new();
    writeln!(
        out,
        "| fault | diagnosis | injected | seen by a tie | right repair offered (recall): all, township, county, city | given as the only one | of these right (precision) | rightly named |"
    )?;
    writeln!(out, "|---|---|---:|---:|---|---:|---:|---:|")?;
    for fault in Fault::ALL {
        let mut counts = [Count::default(); 3];
        let (mut injected, mut shown) = (0, 0);
        // As many faults that a tie sees as were asked for; what no tie sees is counted beside them.
        for seed in 0..50 * n {
            let at = seed as usize % 3;
            let Some(case) = Case::of(fault, Scale::ALL[at], seed) else { continue };
            injected += 1;
            let offers = case.proposals();
            tally(&mut counts[at], fault, &case, &offers);
            for p in offers.iter().filter(|p| p.only) {
                let claim = claims.entry(p.rule).or_default();
                claim.given += 1;
                claim.right += u64::from(case.is_right(p));
                claim.named += u64::from(case.is_right(p) && p.rule == fault.rule());
            }
            if show == Some(fault.key()) && shown < 12 && !case.is_offered(&offers) {
                shown += 1;
                writeln!(out, "{}", describe(&case, &offers))?;
            }
            if injected == n {
                writeln!(out, "{}", line(fault, n, seed + 1, &counts))?;
                break;
            }
        }
        if injected < n {
            writeln!(out, "{}", line(fault, injected, 50 * n, &counts))?;
        }
    }
    writeln!(out, "\n| diagnosis | given as the only one | with the right figures | and is what was done |")?;
    writeln!(out, "|---|---:|---:|---:|")?;
    for (rule, c) in claims {
        writeln!(out, "| `{rule}` | {} | {} | {} |", c.given, share(c.right, c.given), share(c.named, c.given))?;
    }
    Ok(())
}

fn tally(count: &mut Count, fault: Fault, case: &Case, offers: &[Proposal]) {
    count.seen += 1;
    let offered = case.is_offered(offers);
    count.offered += u64::from(offered);
    count.named += u64::from(offered && offers.iter().all(|p| !case.is_right(p) || p.rule == fault.rule()));
    if !offers.is_empty() && offers.iter().all(|p| p.only) {
        count.only += 1;
        count.only_right += u64::from(offered && offers.iter().all(|p| case.is_right(p)));
    }
}

fn line(fault: Fault, injected: u64, tried: u64, counts: &[Count; 3]) -> String {
    let sum = |what: fn(&Count) -> u64| counts.iter().map(what).sum::<u64>();
    let recall: Vec<String> = counts.iter().map(|c| share(c.offered, c.seen)).collect();
    format!(
        "| {} | `{}` | {injected} | {} | **{}**, {} | {} | {} | {} |",
        fault.key(),
        fault.rule(),
        share(injected, tried),
        share(sum(|c| c.offered), sum(|c| c.seen)),
        recall.join(", "),
        share(sum(|c| c.only), sum(|c| c.seen)),
        share(sum(|c| c.only_right), sum(|c| c.only)),
        share(sum(|c| c.named), sum(|c| c.offered)),
    )
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

fn describe(case: &Case, offers: &[Proposal]) -> String {
    let form = Form::of(case.edition);
    let name = |c: usize| format!("{}/{}", form.cells[c].row, form.cells[c].column);
    let truth: Vec<String> =
        case.repair().iter().map(|(c, v)| format!("{} {:?} -> {v}", name(*c), case.published[*c])).collect();
    let offers: Vec<String> = offers
        .iter()
        .map(|p| {
            let changes: Vec<String> = p.changes.iter().map(|(c, v)| format!("{} -> {v}", name(*c))).collect();
            format!("  {}{}: {}", p.rule, if p.only { " (only)" } else { "" }, changes.join(", "))
        })
        .collect();
    format!("truth: {}\n{}", truth.join(", "), offers.join("\n"))
}

/// Whole reports through the whole reader: slips of the issuer, and damages that make it read wrongly.
fn fault_of_whom(n: u64, show: Option<&str>, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut counts: BTreeMap<(&str, &str), [u64; 3]> = BTreeMap::new();
    for seed in 0..n {
        for damage in Damage::ALL {
            let styles = Style::all();
            let style = styles[seed as usize % styles.len()];
            // Layout 2 breaks rows over pages by itself, and the bench cannot break one twice.
            if damage == Damage::PageInRow && style.key() == "2" {
                continue;
            }
            let report = Report::of(seed, style, Some(damage));
            let Ok(document) = gxbg::decode::decode(report.text.as_bytes()) else { continue };
            let Ok(read) = gxbg::recognize::recognize(&document) else { continue };
            if read.editions != Some(report.edition.into()) {
                continue;
            }
            let settled = gxbg::ledger::settle(read);
            let form = Form::of(report.edition);
            let checked = gxbg::check::check(&settled, &document.text);
            let Some(first) = proposals(report.edition, &checked).into_iter().next() else { continue };
            // The issuer's, if the ties of the proposal are broken on what was published; else the reader's.
            let figures = report.published.iter().map(|p| p.unwrap_or(0.0)).collect();
            let broken = Ledger { edition: report.edition, figures }.broken();
            let moved = |t: &Tie| first.changes.iter().any(|(c, _)| t.parts.contains(c) || t.whole.contains(c));
            let whose = if broken.iter().any(moved) { "issuer" } else { "reading" };
            let kind = if report.style.key().starts_with(['6', '7', '8', 'm']) { "6 to 8, mixed" } else { "1 to 5" };
            if show == Some(whose) && first.reading != (whose == "reading") {
                let name = |c: &usize| format!("{}/{}", form.cells[*c].row, form.cells[*c].column);
                let wrong =
                    settled.cells.iter().zip(&report.published).enumerate().filter(|(_, (c, p))| c.value != **p);
                let wrong: Vec<String> = wrong
                    .map(|(i, (c, p))| format!("{} {p:?} read {:?} {}", name(&i), c.value, c.status.key()))
                    .collect();
                let told: Vec<String> = first.changes.iter().map(|(c, v)| format!("{} -> {v}", name(c))).collect();
                writeln!(out, "{} {seed} {}: {:?} {}; {wrong:?}", report.style.key(), damage.key(), told, first.rule)?;
            }
            let count = counts.entry((whose, kind)).or_default();
            count[0] += 1;
            count[1] += u64::from(first.reading == (whose == "reading"));
            count[2] += u64::from(first.only);
        }
    }
    writeln!(out, "\n| whose fault it was | layouts | reports with a diagnosis | told rightly | the only repair |")?;
    writeln!(out, "|---|---|---:|---:|---:|")?;
    for ((whose, kind), [all, right, only]) in counts {
        writeln!(out, "| {whose} | {kind} | {all} | {} | {} |", share(right, all), share(only, all))?;
    }
    Ok(())
}

/// The time of a diagnosis: of a consistent report, of one with a slip, and of one on which nothing adds up.
fn cost(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let form = Form::of(Edition::Of2021);
    let n = form.cells.len();
    let sound = vec![Some(0.0); n];
    let mut slip = sound.clone();
    slip[60] = Some(12.0);
    let wild = |salt: usize| (0..n).map(|i| Some((i * i * salt % (salt + 2)) as f64)).collect::<Vec<_>>();
    let empty = (0..n).map(|c| (form.cells[c].column != "total").then_some(c as f64)).collect();
    let cases = [
        ("every tie holds", vec![sound]),
        ("one figure wrong", vec![slip]),
        ("every figure any number, the slowest of 300", (1..=300).map(wild).collect()),
        ("every figure one", vec![vec![Some(1.0); n]]),
        ("every total empty", vec![empty]),
    ];
    writeln!(out, "\n| report | time of all checks |")?;
    writeln!(out, "|---|---:|")?;
    for (name, variants) in cases {
        let mut slowest: f64 = 0.0;
        for published in variants {
            let settled = settled(Edition::Of2021, &published);
            let start = Instant::now();
            let rounds = 50;
            for _ in 0..rounds {
                std::hint::black_box(gxbg::check::check(std::hint::black_box(&settled), ""));
            }
            slowest = slowest.max(start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
        }
        writeln!(out, "| {name} | {slowest:.0} µs |")?;
    }
    Ok(())
}

//! The long run of the test bench: renders reports in every layout, reads them back and counts.
//!
//! ```text
//! cargo run --release --example fuzz_layouts -- --n 20000 --seed 1 [--damage [KIND]] [--layout L] [--scale]
//!                                               [--show K] [--print SEED] [--write DIR] [--faces]
//! ```
//!
//! `--damage` does one kind of damage to each report (all kinds in turn, or KIND); `--layout` keeps to one layout (1, 2,
//! 3, 4, 5a, 5b, 5c, 6a, 6b, 7, 8a, 8b, mixed); `--scale` parts the table by the size of the issuer; `--show` prints the
//! first K reports that were not read exactly; `--print` prints the report of one seed, as the same other options render
//! it, and its differences; `--write` writes the reports as files with `truth.jsonl` instead of reading them. `--faces`
//! renders whole files instead: pages (HTML, MHT), office documents (DOCX, ODT, RTF) and prints (PDF, a tenth as many),
//! undamaged.

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bench::damage::Damage;
use bench::markup::Face;
use bench::oracle::{Score, Verdict, judge};
use bench::paper::Rules;
use bench::printed::Printed;
use bench::{Drawn, READER, Report, Style};
use gxbg::terms::Form;
use rayon::prelude::*;

#[derive(Debug, Default)]
struct Options {
    n: u64,
    seed: u64,
    /// Some: damage is done; of this kind, or of all in turn.
    damage: Option<Option<Damage>>,
    style: Option<Style>,
    by_scale: bool,
    show: usize,
    print: Option<u64>,
    write: Option<PathBuf>,
    faces: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    let mut out = std::io::stdout().lock();
    if options.faces {
        faces(&options, &mut out)?;
    } else if let Some(seed) = options.print {
        print(&options.report(seed), &mut out)?;
    } else if let Some(folder) = &options.write {
        write(&options, folder)?;
    } else {
        run(&options, &mut out)?;
    }
    Ok(())
}

impl Options {
    fn parse(args: impl Iterator<Item = String>) -> Result<Options, Box<dyn Error>> {
        let mut options = Options { n: 1000, seed: 1, ..Options::default() };
        let mut args = args.peekable();
        while let Some(arg) = args.next() {
            let mut value = || args.next_if(|a| !a.starts_with("--"));
            let missing = || format!("failed to read {arg}: expected a value, found none");
            match arg.as_str() {
                "--n" => options.n = value().ok_or_else(missing)?.parse()?,
                "--seed" => options.seed = value().ok_or_else(missing)?.parse()?,
                "--show" => options.show = value().ok_or_else(missing)?.parse()?,
                "--print" => options.print = Some(value().ok_or_else(missing)?.parse()?),
                "--write" => options.write = Some(value().ok_or_else(missing)?.into()),
                "--scale" => options.by_scale = true,
                "--faces" => options.faces = true,
                "--damage" => {
                    let kind = value();
                    let known = |key: &String| Damage::ALL.into_iter().find(|d| d.key() == key);
                    options.damage = Some(match &kind {
                        None => None,
                        Some(key) => Some(known(key).ok_or_else(|| format!("no damage is called {key}"))?),
                    });
                }
                "--layout" => {
                    let key = value().ok_or_else(missing)?;
                    let style = Style::all().into_iter().find(|s| s.key() == key);
                    options.style = Some(style.ok_or_else(|| format!("no layout is called {key}"))?);
                }
                other => return Err(format!("there is no option {other}").into()),
            }
        }
        Ok(options)
    }

    fn report(&self, seed: u64) -> Report {
        let styles = Style::all();
        let style = self.style.unwrap_or(styles[(seed % styles.len() as u64) as usize]);
        let turn = seed / styles.len() as u64 % Damage::ALL.len() as u64;
        let damage = self.damage.map(|kind| kind.unwrap_or(Damage::ALL[turn as usize]));
        Report::of(seed, style, damage)
    }

    fn seeds(&self) -> std::ops::Range<u64> {
        self.seed..self.seed + self.n
    }
}

/// One line of the result: layout, damage, scale.
type Key = (usize, String, &'static str);

fn run(options: &Options, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let read = READER.ok_or("no reader yet: fill READER in tests/bench/mod.rs")?;
    let styles = Style::all();
    let failed: Vec<(u64, Key, Score)> = options
        .seeds()
        .into_par_iter()
        .map(|seed| {
            let report = options.report(seed);
            let score = Score::of(&report.published, &read(&report.text, report.edition));
            let at = styles.iter().position(|s| *s == report.style).unwrap_or_default();
            let damage = report.damage.map_or("none", Damage::key).to_string();
            (seed, (at, damage, if options.by_scale { report.scale.key() } else { "all" }), score)
        })
        .collect();
    let mut table: BTreeMap<Key, Score> = BTreeMap::new();
    let mut total = Score::default();
    for (_, key, score) in &failed {
        *table.entry(key.clone()).or_default() += *score;
        total += *score;
    }
    writeln!(out, "| layout | damage | scale | reports | cells | exact | flagged | silent |")?;
    writeln!(out, "|---|---|---|---:|---:|---:|---:|---:|")?;
    for ((style, damage, scale), score) in &table {
        writeln!(out, "| {} | {damage} | {scale} | {} |", styles[*style].key(), columns(score))?;
    }
    writeln!(out, "| all | | | {} |", columns(&total))?;
    let imperfect = failed.iter().filter(|(_, _, score)| !score.is_perfect());
    // Silent cells first: they must never be.
    let (silent, flagged): (Vec<_>, Vec<_>) = imperfect.partition(|(_, _, score)| score.silent > 0);
    for (seed, _, score) in silent.into_iter().chain(flagged).take(options.show) {
        let report = options.report(*seed);
        writeln!(out, "\nseed {seed}, {}: {} flagged, {} silent", describe(&report), score.flagged, score.silent)?;
        write!(out, "{}", differences(&report, 6))?;
    }
    Ok(())
}

/// A whole file: a page or an office document, or a print with such rules.
#[derive(Debug, Clone, Copy)]
enum Whole {
    Page(Face),
    Print(Rules),
}

impl Whole {
    fn all() -> impl Iterator<Item = Whole> {
        Face::ALL.into_iter().chain(Face::BOOKS).map(Whole::Page).chain(Rules::ALL.into_iter().map(Whole::Print))
    }

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Whole::Page(face) => (face.key(), face.ending()),
            Whole::Print(rules) => (rules.key(), "pdf"),
        }
    }

    /// The seeds of a run; prints take longer, and there are fewer.
    fn seeds(self, options: &Options) -> std::ops::Range<u64> {
        match self {
            Whole::Page(_) => options.seeds(),
            Whole::Print(_) => options.seed..options.seed + options.n.div_ceil(10),
        }
    }

    fn write(self, seed: u64) -> Vec<u8> {
        match self {
            Whole::Page(face) => Drawn::of(seed).write(face),
            Whole::Print(rules) => Printed::of(seed, rules, |_| ()).pdf,
        }
    }

    fn score(self, seed: u64) -> Score {
        match self {
            Whole::Page(face) => Drawn::of(seed).score(face),
            Whole::Print(rules) => {
                let Printed { edition, published, pdf } = Printed::of(seed, rules, |_| ());
                Score::of(&published, &bench::read(&pdf, edition))
            }
        }
    }
}

fn faces(options: &Options, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = &options.write {
        for whole in Whole::all() {
            let (key, ending) = whole.name();
            let own = folder.join(key);
            std::fs::create_dir_all(&own)?;
            for seed in whole.seeds(options) {
                std::fs::write(own.join(format!("{seed:06}.{ending}")), whole.write(seed))?;
            }
        }
        return Ok(());
    }
    writeln!(out, "| format | reports | cells | exact | flagged | silent |")?;
    writeln!(out, "|---|---:|---:|---:|---:|---:|")?;
    for whole in Whole::all() {
        let scores: Vec<(u64, Score)> =
            whole.seeds(options).into_par_iter().map(|seed| (seed, whole.score(seed))).collect();
        let mut total = Score::default();
        scores.iter().for_each(|(_, score)| total += *score);
        writeln!(out, "| {} | {} |", whole.name().0, columns(&total))?;
        let mut bad: Vec<_> = scores.iter().filter(|(_, score)| !score.is_perfect()).collect();
        bad.sort_by_key(|(_, score)| std::cmp::Reverse(score.silent));
        for (seed, score) in bad.into_iter().take(options.show) {
            writeln!(out, "  seed {seed}: {} flagged, {} silent", score.flagged, score.silent)?;
        }
    }
    Ok(())
}

fn columns(score: &Score) -> String {
    let Score { reports, flagged, silent, .. } = score;
    format!("{reports} | {} | {:.3} % | {flagged} | {silent}", score.cells(), 100.0 * score.exactness())
}

fn describe(report: &Report) -> String {
    let damage = report.damage.map_or("no damage", Damage::key);
    format!("edition {}, {}, layout {}, {damage}", report.edition.key(), report.scale.key(), report.style.key())
}

fn differences(report: &Report, most: usize) -> String {
    let mut text = String::new();
    let Some(read) = READER else { return text };
    let reading = read(&report.text, report.edition);
    let form = Form::of(report.edition);
    let mut left = 0;
    for (i, (cell, &want)) in form.cells.iter().zip(&report.published).enumerate() {
        let got = reading.get(i).copied().unwrap_or((None, "missing"));
        let verdict = judge(want, got);
        if verdict == Verdict::Exact {
            continue;
        }
        left += 1;
        if left <= most {
            let name = format!("{}/{}/{}", cell.table.key(), cell.row, cell.column);
            let _ = writeln!(text, "  {verdict:?}: {name}: published {want:?}, read {:?} ({})", got.0, got.1);
        }
    }
    if left > most {
        let _ = writeln!(text, "  … and {} more", left - most);
    }
    text
}

fn print(report: &Report, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}", report.text)?;
    writeln!(out, "seed {}, {}", report.seed, describe(report))?;
    if let Some(slip) = report.slip {
        let cell = Form::of(report.edition).cells[slip];
        writeln!(out, "the issuer slipped in {}/{}/{}", cell.table.key(), cell.row, cell.column)?;
    }
    write!(out, "{}", differences(report, usize::MAX))?;
    Ok(())
}

fn write(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let reports = folder.join("reports");
    std::fs::create_dir_all(&reports)?;
    let mut truth = std::fs::File::create(folder.join("truth.jsonl"))?;
    for seed in options.seeds() {
        let report = options.report(seed);
        std::fs::write(reports.join(report.file_name()), &report.text)?;
        writeln!(truth, "{}", report.truth())?;
    }
    Ok(())
}

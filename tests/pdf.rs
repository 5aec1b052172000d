//! Reports printed as PDF files come back, and no damage to a file makes a figure up.
#![cfg(feature = "pdf")]
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bench;

use bench::dice::Dice;
use bench::oracle::Score;
use bench::paper::{Face, Names, Rules};
use bench::printed::Printed;
use bench::read;
use gxbg::decode::decode;
use gxbg::ledger::settle;
use gxbg::recognize::recognize;

/// Reads reports of seeds back; names the seeds that are not exact.
fn reads_back(seeds: std::ops::Range<u64>, rules: Rules, change: impl Fn(&mut Face) + Copy) -> Score {
    let mut total = Score::default();
    let mut inexact = Vec::new();
    for seed in seeds {
        let Printed { edition, published, pdf } = Printed::of(seed, rules, change);
        let score = Score::of(&published, &read(&pdf, edition));
        if score.silent > 0 && std::env::var_os("GXBG_SHOW").is_some() {
            std::fs::write(std::env::temp_dir().join(format!("gxbg-{seed}.pdf")), &pdf).unwrap();
            println!("{published:?}");
        }
        assert_eq!(score.silent, 0, "{rules:?}, seed {seed}: silently wrong cells");
        if !score.is_perfect() {
            inexact.push((seed, score.flagged));
        }
        total += score;
    }
    if std::env::var_os("GXBG_SHOW").is_some() {
        std::fs::write(std::env::temp_dir().join(format!("gxbg-pdf-{rules:?}.txt")), format!("{total:?} {inexact:?}"))
            .unwrap();
    }
    total
}

/// Reports of each face in the short run; `GXBG_PDF_REPORTS` sets another number.
fn reports() -> u64 {
    std::env::var("GXBG_PDF_REPORTS").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

#[test]
fn ruled_tables_come_back() {
    for rules in [Rules::Strokes, Rules::Boxes, Rules::Slivers] {
        let score = reads_back(0..reports(), rules, |_| ());
        assert!(score.exactness() >= 0.999, "{rules:?}: {score:?}");
    }
}

#[test]
fn tables_without_rules_make_nothing_up() {
    let score = reads_back(0..reports(), Rules::None, |_| ());
    assert!(score.exactness() >= 0.6, "{score:?}");
    // Rows of words for nothing were once taken for a header of as many columns, and figures cut out of their row.
    for seed in [142, 577, 1800, 1968] {
        reads_back(seed..seed + 1, Rules::None, |_| ());
    }
}

#[test]
fn hidden_characters_are_no_figures() {
    for seed in 0..4 {
        let Printed { edition, pdf, .. } = Printed::of(seed, Rules::Strokes, |f| f.names = Names::Hidden);
        assert!(read(&pdf, edition).iter().all(|(value, _)| value.is_none()), "seed {seed}");
        assert!(decode(&pdf).is_err());
    }
}

#[test]
fn every_figure_has_a_place() {
    let Printed { pdf, .. } = Printed::of(3, Rules::Boxes, |_| ());
    let document = decode(&pdf).unwrap();
    let settled = settle(recognize(&document).unwrap());
    let mut pages = Vec::new();
    for span in settled.cells.iter().filter_map(|c| c.written.span) {
        let (page, frame) = document.place(span).unwrap();
        assert!(frame.left < frame.right && frame.top < frame.bottom, "{frame:?}");
        pages.push(page);
    }
    assert!(pages.len() > 150 && pages.iter().all(|p| *p >= 1));
}

/// Files that are not what they were: bytes changed, cut out, doubled, cut off.
#[test]
fn damaged_files_make_nothing_up() {
    let mut dice = Dice::of(1, "mutation");
    let rounds = std::env::var("GXBG_PDF_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for round in 0..rounds {
        let rules = [Rules::Strokes, Rules::Boxes, Rules::Slivers][round % 3];
        let Printed { mut pdf, .. } = Printed::of(round as u64 % 7, rules, |_| ());
        for _ in 0..=dice.below(8) {
            let (at, length) = (dice.below(pdf.len()), 1 + dice.below(40));
            let end = (at + length).min(pdf.len());
            match dice.below(4) {
                // Digits stay: a file that says another number says another number.
                0 => pdf[at..end]
                    .iter_mut()
                    .filter(|b| !b.is_ascii_alphanumeric())
                    .for_each(|b| *b = dice.below(256) as u8),
                1 => pdf.truncate(at.max(100)),
                2 => pdf[at..end].reverse(),
                _ => {
                    let part = pdf[at..end].to_vec();
                    pdf.splice(at..at, part);
                }
            }
        }
        match decode(&pdf) {
            Ok(document) => drop(recognize(&document).map(settle)),
            Err(failure) => assert_ne!(failure.code(), "panic", "round {round}: {failure}"),
        }
    }
}

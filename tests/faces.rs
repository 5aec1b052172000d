//! One truth over formats: whatever file a report comes in, its rows are the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;

mod bench;

use bench::Drawn;
use bench::dice::Dice;
use bench::grid::{Plan, draw};
use bench::markup::{Face, Piece};
use bench::oracle::Score;
use bench::words::Hand;
use gxbg::ledger::{Settled, Status, settle};
use gxbg::terms::{Form, Section};

/// Reports of each face.
const REPORTS: u64 = 60;

#[test]
fn every_face_is_read_and_none_silently_wrong() {
    let mut wrong = Vec::new();
    for face in Face::ALL.into_iter().chain(Face::BOOKS) {
        let mut total = Score::default();
        for seed in 0..REPORTS {
            let score = Drawn::of(seed).score(face);
            if score.silent > 0 {
                wrong.push(format!("{}: {} silent with seed {seed}", face.key(), score.silent));
            }
            total += score;
        }
        if total.exactness() < 0.999 {
            wrong.push(format!("{}: {:.5} of the cells are exact", face.key(), total.exactness()));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn read(bytes: &[u8]) -> (gxbg::document::Document, Settled) {
    let document = gxbg::decode::decode(bytes).unwrap();
    let settled = settle(gxbg::recognize::recognize(&document).unwrap());
    (document, settled)
}

/// What a sample says, drawn as the official form: its own lines, and tables of the characters of its cells.
fn drawn(text: &str) -> (Vec<Piece>, Settled) {
    let (document, settled) = read(text.as_bytes());
    let report = &settled.report;
    let form = Form::of(report.editions.unwrap());
    let words = |span: gxbg::document::Span| span.of(&document.text).to_owned();
    let texts: Vec<String> = settled.cells.iter().map(|c| c.written.span.map(words).unwrap_or_default()).collect();
    let mut dice = Dice::of(1, "sample");
    let plan =
        Plan { header: bench::grid::Header::Full, order: bench::grid::Order::default(), corner: false, wide: true };
    let mut sheets = draw(form, &texts, &plan, &mut Hand::roll(&mut dice), &mut dice).into_iter();
    let mut pieces = Vec::new();
    let line = |text: &str, pieces: &mut Vec<Piece>| {
        pieces.extend(text.lines().filter(|l| !l.trim().is_empty()).map(|l| Piece::Line(l.to_owned())));
    };
    let first = report.sections.iter().map(|s| s.span.start as usize).min().unwrap();
    line(&document.text[..first], &mut pieces);
    for section in &report.sections {
        line(section.heading.of(&document.text), &mut pieces);
        if matches!(section.section, Section::Proactive | Section::Requests | Section::Disputes) {
            pieces.extend(sheets.next().map(Piece::Table));
        } else {
            line(&document.text[section.heading.end as usize..section.span.end as usize], &mut pieces);
        }
    }
    (pieces, settled)
}

#[test]
fn the_samples_have_the_same_rows_in_every_format() {
    let mut compared = 0;
    for entry in walkdir::WalkDir::new("python/gxbg/samples/reports").sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let (pieces, text) = drawn(&fs::read_to_string(&path).unwrap());
        if text.cells.iter().any(|c| c.status == Status::Missing) {
            continue;
        }
        compared += 1;
        for face in Face::ALL.into_iter().chain(Face::BOOKS) {
            let (_, found) = read(&face.write(&pieces, &mut Dice::of(7, "face")));
            let told = |s: &Settled| -> Vec<_> { s.cells.iter().map(|c| (c.value, c.status.key())).collect() };
            let (want, got) = (told(&text), told(&found));
            let form = Form::of(text.report.editions.unwrap());
            for ((cell, want), got) in form.cells.iter().zip(&want).zip(&got) {
                let name = format!("{}/{}/{}", cell.table.key(), cell.row, cell.column);
                // What a torn text tells by its sums alone, a grid shows.
                let shown = (got.0, "reported") == *got && ["repaired", "inferred"].contains(&want.1);
                assert!(
                    got == want || (shown && got.0 == want.0),
                    "{} as {}: {name}: {got:?}, not {want:?}",
                    path.display(),
                    face.key()
                );
            }
            let (a, b) = (&text.report.masthead, &found.report.masthead);
            let place = format!("{} as {}", path.display(), face.key());
            assert_eq!((&b.issuer, b.year, b.level, b.kind), (&a.issuer, a.year, a.level, a.kind), "{place}");
            assert_eq!(found.report.sections.len(), text.report.sections.len(), "{place}");
        }
    }
    assert!(compared >= 10, "{compared} samples");
}

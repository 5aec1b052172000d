//! The prose: sentences marked by hand, and whole reports whose prose agrees with their tables or does not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bench;

use bench::marked::{score, sentences};

/// Sentences that were marked before the reading of prose was written, and while it was.
const MARKED: &str = include_str!("statements/marked.tsv");

#[test]
fn sentences_are_read_as_they_are_marked() {
    let sentences = sentences(MARKED);
    let score = score(&sentences, |s, missed, invented| {
        eprintln!("{}\n    missed {missed:?}\n    invented {invented:?}", s.text);
    });
    eprintln!("{score:?} precision {:.4} recall {:.4}", score.precision(), score.recall());
    assert!(score.precision() >= 0.98 && score.recall() >= 0.98);
}

/// Sentences that were marked and set aside until the words were settled.
const HELD_OUT: &str = include_str!("statements/heldout.tsv");

#[test]
fn sentences_that_were_set_aside_are_read_as_well() {
    let sentences = sentences(HELD_OUT);
    let score = score(&sentences, |s, missed, invented| {
        eprintln!("{}\n    missed {missed:?}\n    invented {invented:?}", s.text);
    });
    eprintln!("{score:?} precision {:.4} recall {:.4}", score.precision(), score.recall());
    assert!(score.precision() >= 0.98 && score.recall() >= 0.98);
}

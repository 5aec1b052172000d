//! Whatever the layout, the figures come back: thousands of rendered reports, read and compared.

mod bench;

use bench::ledger::{Ledger, Scale, ties};
use bench::{Report, Style, dice::Dice};
use gxbg::terms::Edition;

#[test]
fn every_ledger_keeps_its_ties() {
    for seed in 0..600 {
        for edition in Edition::ALL {
            let scale = Scale::ALL[seed as usize % 3];
            let ledger = Ledger::roll(edition, scale, seed % 7 == 0, &mut Dice::of(seed, "ledger"));
            assert!(ledger.broken().is_empty(), "seed {seed}: {:?}", ledger.broken());
        }
    }
}

#[test]
fn the_form_has_42_ties_and_40_before() {
    assert_eq!(ties(Edition::Of2021).len(), 42);
    assert_eq!(ties(Edition::Of2019).len(), 40);
}

#[test]
fn the_same_seed_gives_the_same_report() {
    for style in Style::all() {
        assert_eq!(Report::of(7, style, None).text, Report::of(7, style, None).text);
    }
}

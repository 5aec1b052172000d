//! Whatever the layout, the figures come back: thousands of rendered reports, read and compared.

mod bench;

use bench::damage::Damage;
use bench::dice::Dice;
use bench::face::Layout::{self, *};
use bench::ledger::{Ledger, Scale, ties};
use bench::oracle::{Score, Verdict, judge};
use bench::{READER, Report, Style};
use gxbg::terms::Edition;

/// Reports of each layout without damage.
const PLAIN: u64 = 160;
/// Reports of each kind of damage, over all layouts.
const DAMAGED: u64 = 130;

/// What is owed: for a test, how many of its reports have silently wrong cells today, and the share of cells that is exact
/// where that is below the layout's target. The numbers may only get smaller and larger; a test without a line here owes
/// nothing.
const OWED: &[(&str, usize, f64)] = &[
    ("2", 1, 0.9936),
    ("3", 2, 0.9965),
    ("5a", 0, 0.994),
    ("5b", 1, 0.9697),
    ("6a", 1, 0.9903),
    ("6b", 3, 0.9598),
    ("7", 1, 0.9696),
    ("8a", 0, 0.7613),
    ("8b", 1, 0.7318),
    ("column-order", 30, 0.8615),
    ("doubled-line", 1, 0.9346),
    ("dropped-cell", 15, 0.9224),
    ("issuer-slip", 1, 0.9128),
    ("label-shift", 1, 0.9405),
    ("mixed", 1, 0.9553),
    ("note (1)", 24, 0.69),
    ("note l", 24, 0.69),
    ("note ①②", 24, 0.69),
    ("note ?", 16, 0.7007),
    ("page-in-label", 1, 0.9193),
    ("page-number", 1, 0.9404),
    ("repeated-header", 2, 0.9338),
    ("split-number", 5, 0.926),
    ("swapped-rows", 4, 0.8976),
];

/// Holds a test to what it owes: reports with silently wrong cells, and the share of exact cells against a target.
fn settle(name: &str, silent: usize, exact: f64, target: f64) {
    let (most, least) = OWED.iter().find(|o| o.0 == name).map_or((0, 1.0), |o| (o.1, o.2));
    assert!(silent <= most, "OWED (\"{name}\", {silent}, {exact:.4}): at most {most} reports may be silently wrong");
    let wanted = target.min(least);
    assert!(exact >= wanted, "OWED (\"{name}\", {silent}, {exact:.4}): at least {wanted} of the cells are to be exact");
}

fn score(reports: impl Iterator<Item = Report>, mut complain: impl FnMut(&Report, Score)) -> Option<Score> {
    let read = READER?;
    let mut total = Score::default();
    for report in reports {
        let score = Score::of(&report.published, &read(&report.text, report.edition));
        if score.silent > 0 {
            complain(&report, score);
        }
        total += score;
    }
    Some(total)
}

/// Undamaged reports are read to the layout's target, and no cell is silently wrong.
fn reads_back(style: Style) {
    let mut silent = Vec::new();
    let reports = (0..PLAIN).map(|seed| Report::of(seed, style, None));
    let Some(score) = score(reports, |report, _| silent.push(report.seed)) else { return };
    settle(style.key(), silent.len(), score.exactness(), style.target());
}

/// Damaged reports may lose cells, but never silently.
fn survives(damage: Damage) {
    let mut silent = Vec::new();
    let styles = Style::all();
    let reports = (0..DAMAGED).map(|seed| Report::of(seed, styles[seed as usize % styles.len()], Some(damage)));
    let Some(score) = score(reports, |report, _| silent.push((report.seed, report.style.key()))) else { return };
    settle(damage.key(), silent.len(), score.exactness(), 0.0);
}

macro_rules! reads_back {
    ($($name:ident: $layout:expr;)*) => { $(#[test] fn $name() { reads_back(Style::Pure($layout)); })* };
}

macro_rules! survives {
    ($($name:ident: $damage:ident;)*) => { $(#[test] fn $name() { survives(Damage::$damage); })* };
}

reads_back! {
    layout_1_tabs: Tabs;
    layout_2_tabs_over_pages: Pages;
    layout_3_bar_behind_each_cell: BarBehind;
    layout_4_tab_before_each_cell: TabBefore;
    layout_5a_bars_in_rows: BarRows;
    layout_5b_bars_on_lines: BarLines;
    layout_5c_markdown: Markdown;
    layout_6a_aligned_with_gaps: Aligned;
    layout_6b_collapsed: Collapsed;
    layout_7_a_cell_a_line: Lines;
    layout_8a_rows_without_separators: Glued;
    layout_8b_a_table_in_one_line: OneLine;
}

#[test]
fn layouts_may_be_mixed() {
    reads_back(Style::Mixed);
}

/// The text with something behind every few figures that stand alone between tabs.
fn noted(text: &str, note: &str, every: usize) -> String {
    let mut figures = 0;
    let cell = |cell: &str| {
        figures += usize::from(!cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()));
        let marked = cell.bytes().all(|b| b.is_ascii_digit()) && !cell.is_empty() && figures % every == 0;
        if marked { format!("{cell}{note}") } else { cell.to_owned() }
    };
    let mut cell = cell;
    let lines = text.split('\n').map(|line| line.split('\t').map(&mut cell).collect::<Vec<_>>().join("\t"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Scores of reports with a row a line, some of whose figures have something behind them.
fn score_noted(note: &str) -> Option<Score> {
    let reports = (0..PLAIN).map(|seed| {
        let report = Report::of(seed, Style::Pure(Tabs), None);
        Report { text: noted(&report.text, note, 5 + seed as usize % 7), ..report }
    });
    let mut silent = Vec::new();
    let score = score(reports, |report, _| silent.push(report.seed));
    if let Some(score) = &score {
        settle(&format!("note {note}"), silent.len(), score.exactness(), 0.0);
    }
    score
}

#[test]
fn a_mark_of_a_note_changes_no_figure() {
    for note in ["①", "*", " ※"] {
        let Some(score) = score_noted(note) else { return };
        assert!(score.exactness() >= Style::Pure(Tabs).target(), "{note}: {}", score.exactness());
    }
}

#[test]
fn what_is_no_number_keeps_its_cell() {
    for note in ["?", "(1)", "l", "①②"] {
        let Some(score) = score_noted(note) else { return };
        assert!(score.flagged > 0, "{note}: nothing was marked");
    }
}

#[test]
fn cells_alone_are_a_row_beside_tables_with_a_row_a_line() {
    let reports = (0..PLAIN).filter_map(|seed| {
        let report = Report::of(seed, Style::Pure(Tabs), None);
        let heading = report.text.find("四、")?;
        let row = report.text[heading..].lines().rfind(|l| l.matches('\t').count() == 14)?;
        let alone = row.replace('\t', "\n\t");
        Some(Report { text: report.text.replacen(row, &format!("\n\t{alone}\n"), 1), ..report })
    });
    let mut silent = Vec::new();
    let Some(score) = score(reports, |report, _| silent.push(report.seed)) else { return };
    assert!(score.reports > 0);
    settle("cells alone", silent.len(), score.exactness(), 0.99);
}

#[test]
fn figures_in_front_of_a_label_are_not_those_of_an_empty_line_above() {
    // Each row of the requests table with its label at its end, below a label that has no cells.
    let reports = (0..PLAIN).filter_map(|seed| {
        let report = Report::of(seed, Style::Pure(Tabs), None);
        let (start, end) = (report.text.find("三、")?, report.text.find("四、")?);
        let turned = |line: &str| line.split('\t').rev().collect::<Vec<_>>().join("\t");
        let table: Vec<String> = report.text[start..end].lines().map(turned).collect();
        let text = format!("{}{}\n{}", &report.text[..start], table.join("\n"), &report.text[end..]);
        Some(Report { text, ..report })
    });
    let mut wrong = 0;
    let Some(score) = score(reports, |_, score| wrong += score.silent) else { return };
    // Owed: the bound was 1 in 500 before the reader was rebuilt.
    assert!(score.flagged > 0 && wrong * 200 < score.cells(), "{wrong} silent of {}", score.cells());
}

survives! {
    a_page_ends_inside_a_row: PageInRow;
    a_page_ends_inside_a_label: PageInLabel;
    a_label_has_moved: LabelShift;
    a_cell_is_dropped: DroppedCell;
    a_number_is_split: SplitNumber;
    a_line_is_doubled: DoubledLine;
    two_rows_are_swapped: SwappedRows;
    a_page_number_stands_between: PageNumber;
    a_header_is_repeated: RepeatedHeader;
    the_columns_are_in_another_order: ColumnOrder;
    the_issuer_slipped: IssuerSlip;
}

#[test]
fn every_ledger_keeps_its_ties() {
    for seed in 0..600 {
        for edition in Edition::ALL {
            let scale = Scale::ALL[seed as usize % 3];
            let ledger = Ledger::roll(edition, scale, seed % 7 == 0, &mut Dice::of(seed, "ledger"));
            assert!(ledger.broken().is_empty(), "seed {seed}: {:?}", ledger.broken());
            assert!(ledger.figures.iter().all(|v| v.is_finite()));
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

/// Layout and damage are axes of their own: they change the text, not what was published.
#[test]
fn the_axes_are_independent() {
    for seed in 0..60 {
        let plain = Report::of(seed, Style::Pure(Layout::Tabs), None);
        for layout in Layout::ALL.into_iter().filter(|l| !l.is_glued()) {
            for damage in Damage::ALL.into_iter().filter(|d| *d != Damage::IssuerSlip) {
                let report = Report::of(seed, Style::Pure(layout), Some(damage));
                assert_eq!(report.published, plain.published, "seed {seed}, layout {}", layout.key());
                assert_eq!(report.masthead.issuer, plain.masthead.issuer);
            }
        }
    }
}

/// The digits of the published figures stand in the text, in the order of the form: the bench itself loses nothing.
#[test]
fn every_figure_is_written() {
    for seed in 0..200 {
        for style in Style::all() {
            let report = Report::of(seed, style, None);
            let mut digits = report.text.chars().filter_map(|c| match c {
                '0'..='9' => Some(c),
                '０'..='９' => char::from_u32(c as u32 - 0xfee0),
                'O' | '〇' => Some('0'),
                _ => None,
            });
            // The amount of a procurement may be written in yuan: its digits still begin the same.
            for figure in report.published.iter().flatten() {
                for want in figure.abs().to_string().chars().filter(char::is_ascii_digit) {
                    assert!(digits.any(|got| got == want), "seed {seed}, layout {}: no {figure}", style.key());
                }
            }
        }
    }
}

#[test]
fn a_slip_breaks_a_tie_and_is_published() {
    for seed in 0..200 {
        let slipped = Report::of(seed, Style::Pure(Layout::Tabs), Some(Damage::IssuerSlip));
        let figures = slipped.published.iter().map(|v| v.unwrap_or(0.0)).collect();
        assert!(slipped.slip.is_some());
        assert!(!Ledger { edition: slipped.edition, figures }.broken().is_empty(), "seed {seed}");
    }
}

#[test]
fn the_oracle_judges_as_the_scorer() {
    for (published, value, status, verdict) in [
        (Some(3.0), Some(3.0), "reported", Verdict::Exact),
        (Some(3.0), Some(3.0), "suspect", Verdict::Exact),
        (Some(3.0), Some(4.0), "reported", Verdict::Silent),
        (Some(3.0), Some(4.0), "suspect", Verdict::Flagged),
        (Some(3.0), None, "empty", Verdict::Flagged),
        (None, None, "empty", Verdict::Exact),
        (None, Some(0.0), "inferred", Verdict::Exact),
        (None, Some(0.0), "reported", Verdict::Silent),
        (None, Some(0.0), "suspect", Verdict::Flagged),
        (None, Some(2.0), "inferred", Verdict::Silent),
    ] {
        assert_eq!(judge(published, (value, status)), verdict, "{published:?} read as {value:?} ({status})");
    }
}

//! Two or three summaries, one expectation.

use super::*;
use crate::check::Outcome;
use crate::terms::{Edition, Form, Table};

/// A report of an issuer with a code, all figures zero.
fn report(name: &str, code: Option<&str>, year: i16, figures: &[(Table, &str, &str, f64)]) -> Summary {
    let edition = Edition::in_force(year).unwrap();
    let form = Form::of(edition);
    let mut values = vec![Some(0.0); form.cells.len()];
    for (table, row, column, value) in figures {
        values[form.cell(*table, row, column).unwrap()] = Some(*value);
    }
    summary(name, code, year, edition, &values)
}

fn summary(name: &str, code: Option<&str>, year: i16, edition: Edition, values: &[Option<f64>]) -> Summary {
    let path = format!("{name}/{year}.txt");
    let content = path.bytes().fold(7u64, |h, b| h.wrapping_mul(1_000_003) ^ u64::from(b));
    Summary {
        path: path.into(),
        content,
        identity: Identity::known(Some(name), code, name.ends_with("人民政府")),
        year: Some(year),
        published_on: None,
        editions: Some(edition.into()),
        figures: Figures::from_values(values.iter().copied()),
        sound: Figures::from_values(values.iter().copied()),
        prose: [const { None }; 6],
        likeness: None,
    }
}

const CODE: Option<&str> = Some("210922102");
const TOWN: &str = "章古台镇人民政府";

fn outcomes(linked: &Linked, rule: &str) -> Vec<(usize, Outcome)> {
    linked.links.iter().filter(|l| l.finding.rule.id == rule).map(|l| (l.report, l.finding.outcome)).collect()
}

fn violated(linked: &Linked, rule: &str) -> Vec<String> {
    let of = |l: &&Link| l.finding.rule.id == rule && l.finding.outcome == Outcome::Violated;
    linked.links.iter().filter(of).map(|l| l.message_en("before")).collect()
}

#[test]
fn what_is_carried_in_was_carried_out() {
    let before = report(TOWN, CODE, 2021, &[(Table::Requests, "carried_out", "total", 3.0)]);
    let good = report(TOWN, CODE, 2022, &[(Table::Requests, "carried_in", "total", 3.0)]);
    let bad = report(TOWN, CODE, 2022, &[(Table::Requests, "carried_in", "total", 1.0)]);
    assert!(violated(&link(&[before.clone(), good]), "CHN-CARRY").is_empty());
    assert_eq!(
        violated(&link(&[before, bad]), "CHN-CARRY"),
        ["requests/carried_in/total: 1 carried in; the report of the year before (before) carries 3 out"]
    );
}

#[test]
fn a_year_between_links_nothing() {
    let before = report(TOWN, CODE, 2021, &[(Table::Requests, "carried_out", "total", 3.0)]);
    let after = report(TOWN, CODE, 2023, &[]);
    assert!(link(&[before, after]).links.is_empty());
}

#[test]
fn the_carry_goes_over_the_editions() {
    let before = report(TOWN, CODE, 2020, &[(Table::Requests, "carried_out", "business", 2.0)]);
    assert_eq!(violated(&link(&[before, report(TOWN, CODE, 2021, &[])]), "CHN-CARRY").len(), 1);
}

#[test]
fn an_empty_cell_cannot_be_told() {
    let before = report(TOWN, CODE, 2021, &[]);
    let form = Form::of(Edition::Of2021);
    let mut values = vec![Some(0.0); form.cells.len()];
    values[form.cell(Table::Requests, "carried_in", "total").unwrap()] = None;
    let linked = link(&[before, summary(TOWN, CODE, 2022, Edition::Of2021, &values)]);
    assert_eq!(outcomes(&linked, "CHN-CARRY"), [(1, Outcome::NotAssessable)]);
    assert_eq!((linked.tallies[1].not_assessable, linked.tallies[0].not_assessable), (1, 0));
    assert!(linked.links[0].message_en("2021, x").ends_with("(2021, x)"));
}

#[test]
fn the_stock_moves_by_what_is_issued_and_repealed() {
    let before = report(TOWN, CODE, 2021, &[(Table::Proactive, "normative_documents", "in_force", 10.0)]);
    let after = |in_force| {
        let cell = |column, value| (Table::Proactive, "normative_documents", column, value);
        report(TOWN, CODE, 2022, &[cell("issued", 2.0), cell("repealed", 5.0), cell("in_force", in_force)])
    };
    assert!(violated(&link(&[before.clone(), after(7.0)]), "CHN-STOCK").is_empty());
    assert_eq!(violated(&link(&[before, after(12.0)]), "CHN-STOCK").len(), 1);
}

#[test]
fn items_move_by_their_change() {
    let item = |column, value| (Table::Proactive, "licensing", column, value);
    let before = report(TOWN, CODE, 2019, &[item("items_last_year", 40.0), item("items_change", -3.0)]);
    let after = |items| report(TOWN, CODE, 2020, &[item("items_last_year", items)]);
    assert!(violated(&link(&[before.clone(), after(37.0)]), "CHN-ITEMS").is_empty());
    assert_eq!(violated(&link(&[before, after(40.0)]), "CHN-ITEMS").len(), 1);
}

#[test]
fn pending_cases_do_not_vanish() {
    let before = report(TOWN, CODE, 2021, &[(Table::Disputes, "review", "pending", 2.0)]);
    let after = |total| report(TOWN, CODE, 2022, &[(Table::Disputes, "review", "total", total)]);
    assert!(violated(&link(&[before.clone(), after(1.0)]), "CHN-PENDING").is_empty());
    assert_eq!(violated(&link(&[before, after(0.0)]), "CHN-PENDING").len(), 1);
}

#[test]
fn the_unit_of_an_amount_does_not_change() {
    let fees = |year, value| report(TOWN, CODE, year, &[(Table::Proactive, "fees", "amount", value)]);
    assert_eq!(violated(&link(&[fees(2021, 12.5), fees(2022, 131_200.0)]), "UNIT-YUAN").len(), 1);
    assert_eq!(violated(&link(&[fees(2021, 131_200.0), fees(2022, 12.5)]), "UNIT-YUAN").len(), 1);
    assert!(violated(&link(&[fees(2021, 12.5), fees(2022, 300.0)]), "UNIT-YUAN").is_empty());
    assert!(violated(&link(&[fees(2021, 0.0), fees(2022, 131_200.0)]), "UNIT-YUAN").is_empty());
}

#[test]
fn the_same_figures_again_are_copied_unless_they_are_few_and_small() {
    let busy = |year, licensing| {
        let own = |row, value| (Table::Proactive, row, "decisions", value);
        report(TOWN, CODE, year, &[own("licensing", licensing), own("penalties", 87.0), own("coercion", 12.0)])
    };
    let told = violated(&link(&[busy(2021, 153.0), busy(2022, 153.0)]), "CHN-COPY");
    assert_eq!(told, ["figures: 3/3 are those of the report of the year before (before)"]);
    assert!(violated(&link(&[busy(2021, 153.0), busy(2022, 154.0)]), "CHN-COPY").is_empty());
    let quiet = |year| report(TOWN, CODE, year, &[(Table::Requests, "received", "natural_person", 1.0)]);
    let linked = link(&[quiet(2021), quiet(2022)]);
    assert_eq!(outcomes(&linked, "CHN-COPY"), [(1, Outcome::NotApplicable)]);
}

#[test]
fn two_reports_of_a_year_are_the_same_or_restated() {
    let again = |path: &str, received| {
        let mut s = report(TOWN, CODE, 2022, &[(Table::Proactive, "licensing", "decisions", received)]);
        s.path = path.into();
        s.content = received as u64 + path.len() as u64;
        s
    };
    let same = link(&[again("a", 3.0), again("bb", 3.0)]);
    assert_eq!(violated(&same, "CHN-REPEATED").len(), 1);
    assert!(violated(&same, "CHN-RESTATED").is_empty());
    let other = link(&[again("a", 3.0), again("bb", 9.0)]);
    assert_eq!(violated(&other, "CHN-RESTATED").len(), 1);
    assert!(violated(&other, "CHN-REPEATED").is_empty());
    // A figure that breaks the sums of its table may be misread: it restates nothing.
    let torn = |path: &str, n| {
        let mut s = report(TOWN, CODE, 2022, &[(Table::Requests, "received", "total", n)]);
        s.path = path.into();
        s
    };
    assert!(violated(&link(&[torn("a", 3.0), torn("b", 9.0)]), "CHN-RESTATED").is_empty());
}

#[test]
fn a_bare_name_that_two_reports_share_links_nothing() {
    let town = |year, out| report("康庄镇人民政府", None, year, &[(Table::Requests, "carried_out", "total", out)]);
    let mut second = town(2021, 5.0);
    second.path = "elsewhere/2021.txt".into();
    second.content = 1;
    // One report a year: nothing speaks against one issuer.
    assert_eq!(violated(&link(&[town(2021, 4.0), town(2022, 0.0)]), "CHN-CARRY").len(), 1);
    let linked = link(&[town(2021, 4.0), second, town(2022, 0.0)]);
    assert!(violated(&linked, "CHN-CARRY").is_empty() && violated(&linked, "CHN-RESTATED").is_empty());
    let told: Vec<_> = outcomes(&linked, "CHN-RESTATED").into_iter().map(|(_, o)| o).collect();
    assert_eq!(told, [Outcome::NotAssessable]);
    assert!(linked.links[0].message_en("x").contains("cannot be told"));
}

#[test]
fn a_government_is_not_below_the_sum_of_what_is_found_below_it() {
    let received = |name, code, year, n| report(name, Some(code), year, &[(Table::Requests, "received", "total", n)]);
    let both = |name, n, carried| {
        let figures = [(Table::Requests, "received", "total", n), (Table::Requests, "carried_out", "total", carried)];
        report(name, Some("210922"), 2022, &figures)
    };
    let county = |n| both("彰武县人民政府", n, 2.0);
    let town = received(TOWN, "210922102", 2022, 4.0);
    let bureau = both("彰武县财政局", 5.0, 1.0);
    let other = received("彰武县教育局", "210922", 2021, 50.0);
    let all = |n| [county(n), town.clone(), bureau.clone(), other.clone()];
    assert!(violated(&link(&all(9.0)), "SUM-CHILDREN").is_empty());
    let told = violated(&link(&all(8.0)), "SUM-CHILDREN");
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("(2/3) add up to 9"), "{}", told[0]);
    // Nothing that it has is as much as what is below it: it sums up nothing, and that is no fault.
    let alone = [received("彰武县人民政府", "210922", 2022, 8.0), town.clone(), bureau.clone(), other.clone()];
    assert!(violated(&link(&alone), "SUM-CHILDREN").is_empty());
}

fn prose(seed: u32, words: usize) -> Vec<u32> {
    (0..words as u32).map(|i| (seed.wrapping_mul(7919) + i).wrapping_mul(2_654_435_761) | 1).collect()
}

fn with_prose(mut s: Summary, hashes: Vec<u32>) -> Summary {
    s.prose[0] = Some(Sketch::of_hashes(0, hashes));
    s
}

#[test]
fn copied_prose_names_its_source() {
    let own = prose(1, 60);
    let mixed: Vec<u32> = own[..45].iter().copied().chain(prose(2, 15)).collect();
    let town = |year, hashes| with_prose(report(TOWN, CODE, year, &[]), hashes);
    let linked = link(&[town(2021, own.clone()), town(2022, mixed.clone())]);
    let found = linked.copied[1][0].unwrap();
    assert_eq!((found.from, found.share, found.last_year, found.other_issuer), (Some(0), 0.75, Some(0.75), None));
    // Nothing is copied from a later report, and there is no earlier one.
    assert_eq!(linked.copied[0][0], None);
    assert!(violated(&linked, "CHN-COPY").is_empty());
    let linked = link(&[town(2021, own.clone()), town(2022, own.clone())]);
    assert_eq!(violated(&linked, "CHN-COPY"), ["overview: 100 % are those of the report of the year before (before)"]);
    let stranger = with_prose(report("玉潭镇人民政府", Some("430124100"), 2021, &[]), own.clone());
    let linked = link(&[stranger, town(2022, mixed)]);
    assert_eq!(linked.copied[1][0].unwrap().other_issuer, Some(0.75));
}

#[test]
fn what_everybody_writes_is_not_copied() {
    let shared = prose(9, 40);
    let reports: Vec<Summary> = (0..12)
        .map(|i| {
            let hashes = shared.iter().copied().chain(prose(100 + i, 40)).collect();
            with_prose(report(&format!("{i}县人民政府"), Some(&format!("{}", 110_100 + i)), 2022, &[]), hashes)
        })
        .collect();
    let linked = link(&reports);
    assert!(linked.copied.iter().all(|c| c[0].unwrap() == Copied::default()), "{:?}", linked.copied[0][0]);
}

/// Findings and copies by the names of the reports, in an order of their own.
fn by_name(summaries: &[Summary]) -> Vec<String> {
    let linked = link(summaries);
    let name = |i: usize| summaries[i].path.to_string();
    let mut told: Vec<String> = linked
        .links
        .iter()
        .map(|l| format!("{} {} {:?}", name(l.report), l.message_en(&l.other.map_or(String::new(), name)), l.count))
        .chain(linked.copied.iter().enumerate().map(|(i, c)| {
            let shown = c.map(|c| c.map(|c| (c.share, c.from.map(name), c.last_year, c.other_issuer)));
            format!("{} {shown:?}", name(i))
        }))
        .collect();
    told.sort();
    told
}

proptest::proptest! {
    #[test]
    fn neither_order_nor_threads_matter(
        seeds in proptest::collection::vec((0u32..4, 2019i16..2024, 0u32..4, 0u32..3, 0u32..5), 1..24),
        turn in 0usize..24,
    ) {
        let mut reports: Vec<Summary> = seeds
            .iter()
            .enumerate()
            .map(|(i, (issuer, year, carried, code, text))| {
                let code = (*code > 0).then(|| format!("{}", 210_922_100 + issuer));
                let cells = [
                    (Table::Requests, "carried_out", "total", f64::from(*carried)),
                    (Table::Requests, "carried_in", "total", f64::from(carried / 2)),
                ];
                let mut s = report(&format!("{issuer}镇人民政府"), code.as_deref(), *year, &cells);
                s.path = format!("{i}").into();
                s.content = u64::from(issuer * 100 + carried) << 16 | i as u64;
                let hashes = prose(*text, 40).into_iter().chain(prose(50 + i as u32, 20)).collect();
                with_prose(s, hashes)
            })
            .collect();
        let first = by_name(&reports);
        let linked = link(&reports);
        proptest::prop_assert!(linked.links.iter().all(|l| l.other != Some(l.report)));
        let itself = |(i, c): (usize, &[Option<Copied>; 6])| c.iter().flatten().all(|c| c.from != Some(i));
        proptest::prop_assert!(linked.copied.iter().enumerate().all(itself));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        proptest::prop_assert_eq!(&first, &pool.install(|| by_name(&reports)));
        let n = reports.len();
        reports.rotate_left(turn % n);
        reports.reverse();
        proptest::prop_assert_eq!(first, by_name(&reports));
    }
}

//! The prose: sentences marked by hand, and whole reports whose prose agrees with their tables or does not.
#![allow(clippy::print_stderr, clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bench;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bench::claims::{Claimed, RULES};
use bench::marked::{SETS, score, sentences};
use bench::published;
use gxbg::check::{Checked, Outcome, check};
use gxbg::terms::statements::Metric;

/// A set of sentences has so many at least, and is read so well at least.
fn is_read(set: usize, fewest: usize, precision: f64, recall: f64) {
    let sentences = sentences(SETS[set].1);
    let score = score(&sentences, |s, missed, invented| {
        eprintln!("{}\n    missed {missed:?}\n    invented {invented:?}", s.text);
    });
    eprintln!("{score:?} precision {:.4} recall {:.4}", score.precision(), score.recall());
    assert!(sentences.len() >= fewest && score.precision() >= precision && score.recall() >= recall);
}

#[test]
fn sentences_are_read_as_they_are_marked() {
    is_read(0, 410, 0.98, 0.98);
}

#[test]
fn sentences_that_were_set_aside_are_read_as_well() {
    is_read(1, 87, 0.98, 0.98);
}

#[test]
fn sentences_by_another_hand_are_read_nearly_as_well() {
    is_read(2, 180, 0.94, 0.93);
}

#[test]
fn published_sentences_are_read_and_nobody_is_accused() {
    for (aside, precision, recall, frames) in [(false, 0.94, 0.91, 0.95), (true, 0.945, 0.91, 0.95)] {
        // Those set aside are counted, not shown: who builds the reading does not look at them.
        let score = published::score(aside, |s, missed, invented, accused| {
            if !aside {
                eprintln!(
                    "{} {} {}\n    missed {missed:?}\n    else {invented:?}\n    accused {accused:?}",
                    s.place, s.year, s.text
                );
            }
        });
        let (p, r, f) = (score.precision(), score.recall(), score.frames());
        eprintln!("aside {aside}: {score:?} precision {p:.4} recall {r:.4} frames {f:.4}");
        assert!(p >= precision && r >= recall && f >= frames && score.accused == 0);
    }
}

/// What a report says that has these tables and this overview: each statement with its metric and scope.
fn told(title: &str, overview: &str) -> (Vec<(f64, &'static str, &'static str)>, Vec<&'static str>) {
    let tables = published::tables(&[
        ("received", 95.0),
        ("carried_in", 5.0),
        ("concluded_total", 96.0),
        ("carried_out", 4.0),
        ("granted", 20.0),
        ("unable_not_held", 60.0),
        ("unable_not_ready", 12.0),
        ("unable_unclear", 4.0),
        ("review", 55.0),
        ("litigation_direct", 34.0),
    ]);
    let [proactive, requests, disputes] = tables;
    let text = format!(
        "{title}政府信息公开工作年度报告\n一、总体情况\n{overview}\n二、主动公开政府信息情况\n{proactive}\n\
         三、收到和处理政府信息公开申请情况\n{requests}\n四、政府信息公开行政复议、行政诉讼情况\n{disputes}\n\
         五、存在的主要问题及改进情况\n一是公开不够及时。\n六、其他需要报告的事项\n无。\n"
    );
    let document = gxbg::decode::decode(text.as_bytes()).unwrap();
    let report = gxbg::recognize::recognize(&document).unwrap();
    let statements =
        report.statements.iter().filter_map(|s| Some((s.number, s.metric?.key(), s.scope.key()))).collect();
    (statements, broken(&text))
}

#[test]
fn the_part_of_an_office_is_not_held_against_its_government() {
    let (said, broken) = told("郎溪县人民政府2024年", "区政府办代表区政府受理政府信息公开申请17件。");
    assert_eq!(said, [(17.0, "received", "own")]);
    assert!(broken.is_empty());
}

#[test]
fn cases_in_a_paragraph_about_disputes_are_disputes() {
    let overview = "（二）依申请公开。全县全年共受理政府信息公开申请100件，共办理96件，结转下一年4件。\n\
                    （三）行政复议、行政诉讼。依法做好政府信息公开行政复议、行政诉讼应对工作。全县共办理相关案件89件。";
    let (said, broken) = told("郎溪县人民政府2024年", overview);
    assert_eq!(said.last(), Some(&(89.0, "disputes", "issuer")));
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn other_reasons_make_a_group() {
    let overview = "（二）依申请公开。收到申请95件，不掌握等原因无法提供76件（79.17%），予以公开20件。";
    let (said, broken) = told("郎溪县人民政府2024年", overview);
    assert!(said.contains(&(76.0, "unable", "issuer")), "{said:?}");
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn a_sum_that_the_form_has_accuses_nobody() {
    let overview = "（二）依申请公开。收到申请95件，本机关不掌握相关政府信息76件。";
    let (said, broken) = told("郎溪县人民政府2024年", overview);
    assert!(said.contains(&(76.0, "unable_not_held", "issuer")), "{said:?}");
    assert!(broken.is_empty(), "{broken:?}");
    let wrong = overview.replace("76", "77");
    assert_eq!(told("郎溪县人民政府2024年", &wrong).1, ["TXT-OUTCOME"]);
}

#[test]
fn none_lost_is_not_none() {
    let overview = "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。";
    let (said, broken) = told("郎溪县人民政府2024年", overview);
    assert_eq!(said, [(0.0, "reviews_corrected", "issuer"), (0.0, "lawsuits_corrected", "issuer")]);
    assert!(broken.is_empty());
}

#[test]
fn a_message_says_what_was_compared_with_what() {
    let (_, broken) = told("郎溪县人民政府2024年", "收到政府信息公开申请17件。");
    assert_eq!(broken, ["TXT-RECEIVED"]);
}

fn checked(text: &str) -> Checked {
    let document = gxbg::decode::decode(text.as_bytes()).unwrap();
    let report = gxbg::recognize::recognize(&document).unwrap();
    check(&gxbg::ledger::settle(report), &document.text)
}

/// The rules of the prose that a report breaks, each once.
fn broken(text: &str) -> Vec<&'static str> {
    let found = checked(text).findings.into_iter();
    let violated = found.filter(|f| f.outcome == Outcome::Violated && f.rule.id.starts_with("TXT-"));
    let mut rules: Vec<_> = violated.map(|f| f.rule.id).collect();
    rules.dedup();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn prose_that_agrees_with_its_tables_is_never_accused() {
    let accused: Vec<_> = (0..400).filter(|seed| !broken(&Claimed::of(*seed, None).text).is_empty()).collect();
    assert!(accused.is_empty(), "{accused:?}");
}

/// Where a wrong number breaks one rule, sums and shares made with it break as well.
const COMPANIONS: [&str; 2] = ["TXT-BALANCE", "TXT-PERCENT"];

#[test]
fn one_claim_that_contradicts_the_tables_is_found_and_no_other_rule_accused() {
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for rule in RULES {
        for seed in 1_000..1_080 {
            let report = Claimed::of(seed, Some(rule));
            let Some(planted) = report.broken else { continue };
            let found = broken(&report.text);
            let (hits, all) = tally.entry(planted).or_default();
            *all += 1;
            *hits += usize::from(found.contains(&planted));
            let others = found.iter().filter(|f| **f != planted && !COMPANIONS.contains(f)).count();
            // A text that contradicts itself contradicts the tables too.
            if !found.contains(&planted) || (others > 0 && planted != "TXT-BALANCE") {
                wrong.push((planted, seed, found));
            }
        }
    }
    assert_eq!(tally.len(), RULES.len(), "every rule is planted: {tally:?}");
    assert!(wrong.is_empty(), "{wrong:?} {tally:?}");
}

/// The page on statements, from the code and the marked sentences.
fn page() -> String {
    let out = String::from(include_str!("statements/page.md"));
    let mut rows = String::new();
    for (name, aside) in [("looked at", false), ("set aside", true)] {
        let score = published::score(aside, |_, _, _, _| ());
        let (p, r, f) = (100.0 * score.precision(), 100.0 * score.recall(), 100.0 * score.frames());
        let (n, marks) = (score.sentences, score.right + score.missed);
        writeln!(rows, "| {name} | {n} | {marks} | {p:.1} % | {r:.1} % | {f:.1} % | {} |", score.accused).unwrap();
    }
    let mut out = out.replace("{published}", &rows);
    for (name, table) in SETS {
        let score = score(&sentences(table), |_, _, _| ());
        let (n, marks) = (score.sentences, score.right + score.missed);
        let (precision, recall) = (100.0 * score.precision(), 100.0 * score.recall());
        writeln!(out, "| {name} | {n} | {marks} | {precision:.1} % | {recall:.1} % |").unwrap();
    }
    out.push_str("\n## Metrics\n\n| metric | what is counted | example |\n|---|---|---|\n");
    for metric in Metric::ALL {
        writeln!(out, "| `{}` | {} | {} |", metric.key(), metric.meaning(), metric.example()).unwrap();
    }
    out
}

/// `GXBG_RENEW=1 cargo test --test statements` renews the page.
#[test]
fn the_page_tells_what_the_code_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/statements.md");
    if std::env::var_os("GXBG_RENEW").is_some() {
        std::fs::write(path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page(), "docs/statements.md is out of date");
}

#[test]
fn the_samples_say_what_their_tables_say() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/python/gxbg/samples/reports");
    let files = walkdir::WalkDir::new(samples).into_iter().map(|e| e.unwrap().into_path());
    let mut count = 0;
    for path in files.filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let bytes = std::fs::read(&path).unwrap();
        let document = gxbg::decode::decode(&bytes).unwrap();
        let report = gxbg::recognize::recognize(&document).unwrap();
        assert!(report.statements.iter().any(|s| s.metric.is_some()), "{}", path.display());
        for s in &report.statements {
            assert!(s.phrase.start <= s.span.start && s.span.end <= s.phrase.end, "{}: {s:?}", path.display());
            assert!(!s.span.of(&document.text).is_empty(), "{}: {s:?}", path.display());
        }
        assert!(broken(&document.text).is_empty(), "{}: {:?}", path.display(), broken(&document.text));
        count += 1;
    }
    assert_eq!(count, 20);
}

#[test]
fn any_text_is_read_in_time_that_grows_with_its_length() {
    // Without a mark that ends a sentence, and with nothing but numbers: neither may take quadratic time or space.
    for piece in ["收到申请1件", "1件", "其中", "未", "百分之", "一二三", "（", "3至", "1,"] {
        let text = format!(
            "柳河镇2021年政府信息公开工作年度报告\n一、总体情况\n{}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
            piece.repeat(60_000)
        );
        let document = gxbg::decode::decode(text.as_bytes()).unwrap();
        let report = gxbg::recognize::recognize(&document).unwrap();
        let phrases: usize = report.statements.iter().map(|s| (s.phrase.end - s.phrase.start) as usize).sum();
        assert!(phrases <= 700 * report.statements.len(), "{piece}");
    }
}

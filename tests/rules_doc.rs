//! docs/rules.md is the rule table of the code, printed. `GXBG_RENEW=1 cargo test --test rules_doc` renews it.

use std::fmt::Write as _;

use gxbg::terms::rules::{Family, RULES};

const FAMILIES: [Family; 9] = [
    Family::Arithmetic,
    Family::Number,
    Family::Diagnosis,
    Family::Form,
    Family::Time,
    Family::Competence,
    Family::Identity,
    Family::Across,
    Family::Prose,
];

fn page() -> String {
    let mut out = String::from(
        "# The rules\n\nEach rule gives one of four outcomes for a report and instance: `satisfied`, `violated`, \
         `not_assessable` (an input is empty or unread) and `not_applicable`. All but the first are rows of `findings`; \
         `reports` counts all four, rules of severity `info` left out. Arithmetic is assessed under two policies: \
         `strict` (an empty cell makes the rule not assessable) and `blank_is_zero`.\n",
    );
    for family in FAMILIES {
        write!(out, "\n## {}\n\n| rule | severity | holds | 中文 | basis |\n|---|---|---|---|---|\n", family.key())
            .expect("written");
        for rule in RULES.iter().filter(|r| r.family == family) {
            let (en, zh) = (rule.holds_en, rule.holds_zh);
            writeln!(out, "| `{}` | {} | {en} | {zh} | {} |", rule.id, rule.severity.key(), rule.basis)
                .expect("written");
        }
    }
    out
}

#[test]
fn the_page_is_the_table_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    if std::env::var_os("GXBG_RENEW").is_some() {
        std::fs::write(path, page()).expect("written");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page(), "docs/rules.md is out of date");
}

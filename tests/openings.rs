//! Openings of published reports, read by eye before they were read here: what is told is right, and the rest is open.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use gxbg::decode::decode;
use gxbg::recognize::recognize;
use gxbg::report::Masthead;

/// The openings: see the head of the file.
const OPENINGS: &str = include_str!("openings.tsv");
/// Sections for an opening that has only its own.
const SECTIONS: &str = "二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n\
    四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n有待加强。\n六、其他需要报告的事项\n无。\n";

/// Of the issuers that the page tells, those which must be told.
const SHARE: f64 = 0.97;

fn read(text: &str) -> Masthead {
    let whole = text.contains("二、主动公开") || text.contains("NOTAIL");
    let text = text.replace("NOTAIL", "").replace('⏎', "\n");
    let text = if whole { text } else { format!("{text}\n{SECTIONS}") };
    let document = decode(text.as_bytes()).unwrap();
    recognize(&document).map(|r| r.masthead).unwrap_or_default()
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn openings_of_published_reports() {
    let (mut wrong, mut open, mut issuers, mut told) = (Vec::new(), 0, 0, 0);
    for line in OPENINGS.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [place, issuer, year, title, published, text] = fields[..] else { unreachable!("six columns: {line}") };
        let masthead = read(text);
        let found = [
            masthead.issuer.clone(),
            masthead.year.map(|y| y.to_string()),
            masthead.title.as_ref().map(|t| without_spaces(&t.text)),
            masthead.published_on.map(|p| p.0.to_string()),
        ];
        for (found, wanted) in found.iter().zip([issuer, year, title, published]).filter(|(_, w)| *w != "*") {
            let wanted = (wanted != "-").then(|| without_spaces(wanted));
            match found {
                None if wanted.is_some() => open += 1,
                _ if *found != wanted => wrong.push(format!("{place}: {found:?}, not {wanted:?}")),
                _ => {}
            }
        }
        if !matches!(issuer, "-" | "*") {
            issuers += 1;
            told += usize::from(masthead.issuer.is_some());
        }
    }
    println!("{told} of {issuers} issuers told, {open} open in all");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(f64::from(told as u32) >= SHARE * f64::from(issuers), "{told} of {issuers}");
}

#[test]
fn a_place_with_one_wrong_character_is_offered_and_never_taken() {
    let masthead = read("沐阳县财政局2023年政府信息公开年度报告⏎一、总体情况⏎2023年，我局认真工作。");
    let offered: Vec<String> = masthead.identity.candidates.iter().map(|d| d.code.to_string()).collect();
    assert_eq!((masthead.issuer, masthead.identity.division, offered), (None, None, vec!["321322".to_owned()]));
    assert_eq!(masthead.issuer_as_written.unwrap().text, "沐阳县财政局");
}

#[test]
fn two_witnesses_outvote_a_title() {
    let masthead = read(
        "郎溪县财政局2021年政府信息公开工作年度报告⏎统计期限自2022年1月1⏎日起至2022年12月31日止。⏎一、总体情况⏎2022年，我局认真工作。",
    );
    assert_eq!(masthead.year, Some(2022));
    assert!(masthead.years_named.contains(&("title", 2021)), "{:?}", masthead.years_named);
    assert_eq!(masthead.period.map(|p| p.1.to_string()).as_deref(), Some("2022-12-31"));
}

//! Issuers: mastheads made over the table of divisions and by hand. What is resolved is right, and what cannot be told
//! stays open.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use gxbg::decode::decode;
use gxbg::divisions::{Code, Division, Divisions, Level};
use gxbg::recognize::recognize;
use gxbg::report::Masthead;

/// A report with a masthead, an opening and sections without a word of where it is from.
fn report(head: &str, body: &str, tail: &str) -> String {
    format!(
        "{head}\n一、总体情况\n{body}\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n\
         四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n有待加强。\n六、其他需要报告的事项\n无。\n{tail}\n"
    )
}

fn read(text: &str) -> Masthead {
    let document = decode(text.as_bytes()).unwrap_or_else(|e| panic!("{e}: {text}"));
    recognize(&document).unwrap_or_else(|e| panic!("{e}: {text}")).masthead
}

fn code_of(masthead: &Masthead) -> Option<String> {
    masthead.identity.division.map(|d| d.code.to_string())
}

/// What came of many mastheads.
#[derive(Default)]
struct Count {
    right: usize,
    open: usize,
    wrong: Vec<String>,
}

impl Count {
    fn take(&mut self, masthead: &Masthead, expected: &str, shown: &str) {
        match code_of(masthead) {
            Some(code) if code == expected => self.right += 1,
            Some(code) => self.wrong.push(format!("{shown}: {code}, not {expected}")),
            // What stays open says why.
            None => {
                assert!(masthead.identity.open.is_some() || masthead.issuer_as_written.is_none(), "{shown}");
                self.open += 1;
            }
        }
    }

    fn report(&self, what: &str) {
        let shown = self.wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.wrong.is_empty(), "{what}: {} wrong\n{shown}", self.wrong.len());
        println!("{what}: {} right, {} open, none wrong", self.right, self.open);
    }
}

/// Divisions that stand today, with their parents' names.
fn today() -> Vec<(&'static Division, [Option<&'static str>; 4])> {
    let table = Divisions::get();
    let rows = table.rows().iter().filter(|d| d.to.is_none());
    rows.map(|d| (d, table.line_of(d.code, Some(2023)).map(|l| l.map(|l| l.name)))).collect()
}

/// The issuer's name for a division's government.
fn government(division: &Division) -> String {
    let name = division.name;
    match division.level() {
        Level::Township if name.ends_with("街道") => format!("{name}办事处"),
        Level::Township if name.ends_with(['镇', '乡']) || name.ends_with("苏木") => format!("{name}人民政府"),
        _ if name.ends_with(['市', '县', '省', '旗', '州']) || name.ends_with("自治区") => {
            format!("{name}人民政府")
        }
        _ if name.ends_with('区') && !name.ends_with("开发区") => format!("{name}人民政府"),
        _ if name.ends_with('盟') => format!("{name}行政公署"),
        _ => format!("{name}管委会"),
    }
}

#[test]
fn every_division_with_and_without_its_parents() {
    let (mut alone, mut with_county, mut in_full, mut in_prose) = <(Count, Count, Count, Count)>::default();
    for (n, (division, line)) in today().into_iter().enumerate() {
        // One in seven names of towns keeps the test short; a longer run takes them all.
        if division.level() == Level::Township && n % 7 != 0 && std::env::var_os("GXBG_ALL_DIVISIONS").is_none() {
            continue;
        }
        let code = division.code.to_string();
        let own = government(division);
        let above: Vec<&str> = line.iter().flatten().copied().filter(|n| *n != division.name).collect();
        let title = |name: &str| format!("{name}2023年政府信息公开工作年度报告");
        let parent = above.last().copied().unwrap_or("");
        alone.take(&read(&report(&title(&own), "2023年，工作有序开展。", "")), &code, &own);
        let named = format!("{parent}{own}");
        with_county.take(&read(&report(&title(&named), "2023年，工作有序开展。", "")), &code, &named);
        let named = format!("{}{own}", above.concat());
        in_full.take(&read(&report(&title(&named), "2023年，工作有序开展。", "")), &code, &named);
        if division.level() == Level::Township && !parent.is_empty() {
            let body = format!("2023年，依托{}政府网站公开信息。", above.concat());
            in_prose.take(&read(&report(&title(&own), &body, "")), &code, &own);
        }
    }
    alone.report("names alone");
    with_county.report("names behind their county's");
    in_full.report("names behind all above them");
    in_prose.report("names whose county the prose tells");
    let share = |c: &Count| c.right as f64 / (c.right + c.open) as f64;
    assert!(share(&alone) > 0.6 && share(&with_county) > 0.97 && share(&in_full) > 0.98 && share(&in_prose) > 0.95);
}

#[test]
fn departments_of_every_county_and_city() {
    let mut count = Count::default();
    for (n, (division, line)) in today().into_iter().enumerate() {
        if division.level() == Level::Township || division.name.ends_with("开发区") {
            continue;
        }
        let organ =
            ["财政局", "市场监督管理局", "人民政府办公室", "住房和城乡建设局", "教育体育局", "乡村振兴局"][n % 6];
        let above: String = line.iter().flatten().copied().filter(|n| *n != division.name).collect();
        for name in [format!("{}{organ}", division.name), format!("{above}{}{organ}", division.name)] {
            let text = report(&format!("{name}2022年政府信息公开工作年度报告"), "2022年，工作有序开展。", "");
            let masthead = read(&text);
            count.take(&masthead, &division.code.to_string(), &name);
            let function = masthead.identity.function;
            let expected = ["finance", "market_supervision", "general_office", "housing_construction", "education"]
                .get(n % 6)
                .unwrap_or(&"rural_revitalisation");
            assert_eq!(function, Some(*expected), "{name}");
        }
    }
    count.report("departments");
    assert!(count.right > 20 * count.open);
}

/// The check character of a credit code's first 17 (GB 32100).
fn with_check(body: &str) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut weight = 1;
    let mut sum = 0;
    for c in body.chars() {
        sum += ALPHABET.find(c).unwrap() * weight;
        weight = weight * 3 % 31;
    }
    let check = ALPHABET.chars().nth((31 - sum % 31) % 31).unwrap();
    format!("{body}{check}")
}

#[test]
fn one_context_settles_a_name_that_many_bear() {
    let mut count = Count::default();
    let names = Divisions::get();
    let many = today().into_iter().filter(|(d, l)| d.level() == Level::Township && l[2].is_some());
    let many: Vec<_> = many.filter(|(d, _)| names.towns(d.name).count() > 1).step_by(17).collect();
    assert!(many.len() > 300, "{}", many.len());
    for (n, (town, line)) in many.into_iter().enumerate() {
        let (own, county) = (government(town), line[2].unwrap());
        let six = &town.code.to_string()[..6];
        let title = format!("{own}2023年政府信息公开工作年度报告");
        let quiet = "2023年，我单位认真开展工作。";
        let text = match n % 8 {
            0 => report(&title, quiet, &format!("联系地址：{county}人民路1号")),
            1 => report(&format!("发布机构：{county}{own}\n{title}"), quiet, ""),
            2 => report(&title, &format!("2023年，{county}人民政府网站是公开的第一平台。"), ""),
            3 => report(&title, quiet, &format!("统一社会信用代码：{}", with_check(&format!("11{six}MB0X12345")))),
            4 => report(&format!("{title}\n如有疑问，请与{county}{own}联系（电话：12345678）。"), quiet, ""),
            5 => report(&format!("索引号：11{six}MB0X123/2024-00001\n{title}"), quiet, ""),
            6 => report("政府信息公开工作年度报告", quiet, &format!("{county}{own}\n2024年1月20日")),
            _ => format!(
                "<html><head><title>{title}_{county}人民政府</title></head><body>{}<div>版权所有：{county}人民政府</div></body></html>",
                report(&format!("<p>{title}</p>"), quiet, "").replace('\n', "</p><p>")
            ),
        };
        count.take(&read(&text), &town.code.to_string(), &text);
    }
    count.report("names in a context");
    assert!(count.right > 20 * count.open, "{} right, {} open", count.right, count.open);
}

#[test]
fn a_name_that_two_bear_stays_open() {
    let m = read(&report("康庄镇人民政府2021年政府信息公开工作年度报告", "2021年，我镇工作有序开展。", ""));
    assert_eq!(code_of(&m), None);
    let candidates: Vec<_> = m.identity.candidates.iter().map(|d| d.code.to_string()).collect();
    assert_eq!(candidates, ["110119101", "371581103"]);
    assert_eq!((m.level, m.identity.function), (Some("township"), Some("government")));
}

#[test]
fn lines_of_divisions() {
    let line = |code: &str| Divisions::get().line_of(Code::read(code).unwrap(), Some(2022)).map(|l| l.map(|l| l.name));
    assert_eq!(line("441900121"), [Some("广东省"), Some("东莞市"), None, Some("虎门镇")]);
    assert_eq!(line("429004"), [Some("湖北省"), None, Some("仙桃市"), None]);
}

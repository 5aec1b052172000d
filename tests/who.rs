//! Issuers: mastheads made over the table of divisions and by hand. What is resolved is right, and what cannot be told
//! stays open.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

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

/// Mastheads as portals and offices write them: the text above the sections, the prose, the last lines, and what is
/// to be found: code, level, kind, function. An empty code: open.
const BY_HAND: &[(&str, &str, &str, [&str; 4])] = &[
    ("章古台镇 2022 年度政府信息公开工作报告", "我镇。", "", ["210922102", "township", "government", "government"]),
    (
        "章 古 台 镇 人 民 政 府\n2022年政府信息公开工作年度报告",
        "我镇。",
        "",
        ["210922102", "township", "government", "government"],
    ),
    ("上海市人民政府办公厅2022年政府信息公开工作年度报告", "", "", ["310000", "province", "office", "general_office"]),
    ("2022年上海市政府信息公开工作年度报告", "", "", ["310000", "province", "government", "government"]),
    ("2022年度郎溪县人民政府信息公开工作年度报告", "", "", ["341821", "county", "government", "government"]),
    ("郎溪县人民政府办公室2022年政府信息公开工作年度报告", "", "", ["341821", "county", "office", "general_office"]),
    ("郎溪县财政局\n2022年政府信息公开工作年度报告", "", "", ["341821", "county", "department", "finance"]),
    ("郎溪县教体局2022年政府信息公开年度报告", "", "", ["341821", "county", "department", "education"]),
    ("杭州市西湖区财政局2022年政府信息公开工作年度报告", "", "", ["330106", "county", "department", "finance"]),
    (
        "西湖区财政局2022年政府信息公开工作年度报告",
        "按照杭州市要求。",
        "",
        ["330106", "county", "department", "finance"],
    ),
    ("西湖区财政局2022年政府信息公开工作年度报告", "我局认真工作。", "", ["", "county", "department", "finance"]),
    (
        "财政局2022年政府信息公开工作年度报告",
        "2022年，郎溪县财政局认真工作。",
        "",
        ["341821", "county", "department", "finance"],
    ),
    ("财政局2022年政府信息公开工作年度报告", "我局认真工作。", "", ["", "", "department", "finance"]),
    (
        "县财政局2022年政府信息公开工作年度报告",
        "",
        "郎溪县财政局\n2023年1月20日",
        ["341821", "county", "department", "finance"],
    ),
    ("凉山州教育和体育局2022年政府信息公开工作年度报告", "", "", ["513400", "prefecture", "department", "education"]),
    (
        "凉山彝族自治州人民政府2022年政府信息公开工作年度报告",
        "",
        "",
        ["513400", "prefecture", "government", "government"],
    ),
    ("锡林郭勒盟行政公署2022年政府信息公开工作年度报告", "", "", ["152500", "prefecture", "government", "government"]),
    ("阿荣旗人民政府2022年政府信息公开工作年度报告", "", "", ["150721", "county", "government", "government"]),
    (
        "大兴安岭地区行政公署2022年政府信息公开工作年度报告",
        "",
        "",
        ["232700", "prefecture", "government", "government"],
    ),
    (
        "长春净月高新技术产业开发区管理委员会2022年政府信息公开工作年度报告",
        "",
        "",
        ["220172", "county", "agency", "zone_administration"],
    ),
    (
        "长春净月高新区管委会2022年政府信息公开工作年度报告",
        "",
        "",
        ["220172", "county", "agency", "zone_administration"],
    ),
    ("第八师石河子市2022年政府信息公开工作年度报告", "", "", ["659001", "county", "government", "government"]),
    ("国家税务总局郎溪县税务局2022年政府信息公开工作年度报告", "", "", ["341821", "county", "department", "tax"]),
    ("国家统计局郎溪调查队2022年政府信息公开工作年度报告", "", "", ["", "", "", "statistics"]),
    ("财政部2022年政府信息公开工作年度报告", "", "", ["", "central", "department", "finance"]),
    ("国家能源局2022年政府信息公开工作年度报告", "", "", ["", "central", "department", "energy"]),
    ("辽宁省财政厅2022年政府信息公开工作年度报告", "", "", ["210000", "province", "department", "finance"]),
    ("内蒙古自治区民政厅2022年政府信息公开工作年度报告", "", "", ["150000", "province", "department", "civil_affairs"]),
    ("郑州市郑东新区管理委员会2022年政府信息公开工作年度报告", "", "", ["", "", "agency", "zone_administration"]),
    ("彰武县青禾镇人民政府2022年政府信息公开工作年度报告", "", "", ["", "township", "government", "government"]),
    (
        "政府信息公开工作年度报告",
        "2022年，我镇认真工作。",
        "秦安县千户镇人民政府\n2023年1月9日",
        ["620522109", "township", "government", "government"],
    ),
    (
        "根据规定，现就千户镇2022年政府信息公开工作报告如下。请联系秦安县千户镇政府办公室（电话：0938—6381001）。",
        "",
        "",
        ["620522109", "township", "government", "government"],
    ),
    (
        "发布机构：秦安县千户镇人民政府\n发布日期：2023-01-09\n政府信息公开工作年度报告",
        "2022年，我镇。",
        "",
        ["620522109", "township", "government", "government"],
    ),
    (
        "康庄镇人民政府文件\n康政发〔2023〕3号\n康庄镇2022年政府信息公开工作年度报告",
        "我镇。",
        "",
        ["", "township", "government", "government"],
    ),
    (
        "康庄镇2022年政府信息公开工作年度报告",
        "依托临清市人民政府网站公开。",
        "",
        ["371581103", "township", "government", "government"],
    ),
    (
        "康庄镇2022年政府信息公开工作年度报告",
        "学习临清市和延庆区经验。",
        "",
        ["", "township", "government", "government"],
    ),
    (
        "北京市延庆区康庄镇人民政府2022年政府信息公开工作年度报告",
        "学习临清市经验。",
        "",
        ["110119101", "township", "government", "government"],
    ),
    ("中山市东区街道办事处2022年政府信息公开工作年度报告", "", "", ["442000002", "township", "agency", "government"]),
    (
        "虎门镇人民政府2022年政府信息公开工作年度报告",
        "按照东莞市要求。",
        "",
        ["441900121", "township", "government", "government"],
    ),
    (
        "市场监督管理局2022年政府信息公开工作年度报告",
        "郎溪县市场监督管理局认真工作。",
        "",
        ["341821", "county", "department", "market_supervision"],
    ),
    (
        "郎溪县综合行政执法局2022年政府信息公开工作年度报告",
        "",
        "",
        ["341821", "county", "department", "urban_management"],
    ),
    (
        "郎溪县发展和改革委员会2022年政府信息公开工作年度报告",
        "",
        "",
        ["341821", "county", "department", "development_reform"],
    ),
    (
        "郎溪县住房公积金管理中心2022年政府信息公开工作年度报告",
        "",
        "",
        ["341821", "county", "institution", "housing_fund"],
    ),
    ("仙桃市人民政府2022年政府信息公开工作年度报告", "", "", ["429004", "county", "government", "government"]),
    ("浦东新区人民政府2022年政府信息公开工作年度报告", "", "", ["310115", "county", "government", "government"]),
    (
        "阜新市财政局2022年政府信息公开工作年度报告",
        "地址：阜新市海州区中华路。",
        "",
        ["210900", "prefecture", "department", "finance"],
    ),
];

#[test]
fn mastheads_by_hand() {
    let mut faults = Vec::new();
    for (head, body, tail, [code, level, kind, function]) in BY_HAND {
        let m = read(&report(head, body, tail));
        let found = [
            code_of(&m).unwrap_or_default(),
            m.level.unwrap_or("").to_owned(),
            m.kind.unwrap_or("").to_owned(),
            m.identity.function.unwrap_or("").to_owned(),
        ];
        let wanted = [code, level, kind, function];
        // What the masthead need not tell is not asked for.
        let same = found.iter().zip(wanted).enumerate().all(|(i, (f, w))| f == w || (i > 0 && w.is_empty()));
        if !same {
            faults.push(format!("{head}: {found:?}, not {wanted:?}; {:?}", m.issuer_as_written.map(|q| q.text)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn codes_of_their_year_and_successors() {
    for (title, year, code, successor) in [
        ("下城区财政局", 2020, Some("330103"), Some("330105")),
        ("太谷县人民政府", 2018, Some("140726"), Some("140703")),
        ("太谷区人民政府", 2022, Some("140703"), None),
        ("寿县财政局", 2014, Some("341521"), Some("340422")),
        ("寿县财政局", 2020, Some("340422"), None),
    ] {
        let text = report(&format!("{title}{year}年政府信息公开工作年度报告"), "认真工作。", "");
        let m = read(&text);
        assert_eq!(code_of(&m).as_deref(), code, "{title} {year}");
        assert_eq!(m.identity.successor.map(|c| c.to_string()).as_deref(), successor, "{title} {year}");
    }
}

#[test]
fn a_code_of_a_prefecture_long_gone_speaks_for_its_heir() {
    // 372300 was the prefecture of Binzhou, 371600 since 2000.
    let credit = with_check("11372300MB0X12345");
    let m = read(&report(
        "财政局2022年政府信息公开工作年度报告",
        "我局。",
        &format!("滨州市财政局\n统一社会信用代码：{credit}"),
    ));
    assert_eq!(code_of(&m).as_deref(), Some("371600"));
}

#[test]
fn damaged_mastheads_are_read_without_a_panic() {
    for head in [
        "\u{feff}镇镇镇镇2022年政府信息公开工作年度报告",
        "𠀀𠀀县財政局2022年政府信息公開工作年度報告",
        "市2022年政府信息公开工作年度报告",
        "省市县区镇乡街道办事处人民政府2022年政府信息公开工作年度报告",
    ] {
        let _ = read(&report(head, head, head));
    }
}

#[test]
fn a_place_without_a_code_may_have_a_level() {
    for (issuer, level) in [
        ("云岫县财政局", Some("county")),
        ("云岫县人民政府", Some("county")),
        ("云岫自治旗教育局", Some("county")),
        ("云岫地区行政公署", Some("prefecture")),
        ("云岫县望潮镇人民政府", Some("township")),
        ("汐州市财政局", None),
        ("澄汐区卫生健康局", None),
    ] {
        let masthead = read(&report(&format!("{issuer}2022年政府信息公开工作年度报告"), "", ""));
        assert_eq!((masthead.level, code_of(&masthead)), (level, None), "{issuer}");
    }
}

//! Amounts in every unit and every place where a page says which: converted into 10,000 yuan, and told.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use gxbg::check::check;
use gxbg::decode::decode;
use gxbg::ledger::{Settled, Status, settle};
use gxbg::recognize::recognize;
use gxbg::terms::{Form, Table};

/// A report of 2022 in which a line above the table, the header, the label and the cell of the fees are as given.
fn page(line: &str, header: &str, label: &str, cell: &str) -> String {
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|c| format!("<td>{c}</td>")).collect();
        format!("<tr>{}</tr>", cells.concat())
    };
    let mut rows = vec![
        row(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        row(&["规章", "0", "0", "0"]),
        row(&["行政规范性文件", "2", "1", "7"]),
        row(&["信息内容", "本年处理决定数量"]),
    ];
    rows.extend(["行政许可", "行政处罚", "行政强制"].map(|r| row(&[r, "31"])));
    rows.push(row(&["信息内容", header]));
    rows.push(row(&[label, cell]));
    format!(
        "<h1>康庄镇人民政府2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>有序。</p>\
         <p>二、主动公开政府信息情况</p>{line}<table>{}</table><p>三、收到和处理政府信息公开申请情况</p><p>无。</p>",
        rows.concat()
    )
}

fn read(page: &str) -> (String, Settled) {
    let document = decode(page.as_bytes()).unwrap();
    let settled = settle(recognize(&document).unwrap());
    (document.text, settled)
}

const HEADER: &str = "本年收费金额（单位：万元）";
const LABEL: &str = "行政事业性收费";

#[test]
fn the_unit_is_read_where_it_stands() {
    for (line, header, label, cell, value, unit) in [
        ("", HEADER, LABEL, "19.2", 19.2, None),
        ("", "本年收费金额", LABEL, "19.2", 19.2, None),
        ("", "本年收费金额（单位：元）", LABEL, "192", 0.0192, Some("yuan")),
        ("", "本年收费金额<br>（单位：元）", LABEL, "192", 0.0192, Some("yuan")),
        ("", "本年收费金额（千元）", LABEL, "192", 19.2, Some("1k_yuan")),
        ("", "本年收费金额（单位：亿元）", LABEL, "1.5", 15_000.0, Some("100m_yuan")),
        ("", "本年收费金额", "行政事业性收费（元）", "192", 0.0192, Some("yuan")),
        ("", HEADER, "行政事业性收费（单位：元）", "192", 0.0192, Some("yuan")),
        ("<p>单位：件、元</p>", "本年收费金额", LABEL, "3711681.54", 371.168_154, Some("yuan")),
        ("<p>单位：元</p>", "本年收费金额", LABEL, "192", 0.0192, Some("yuan")),
        ("<p>单位：元</p>", HEADER, LABEL, "192", 192.0, None),
        ("<p>单位：件</p>", "本年收费金额", LABEL, "192", 192.0, None),
        ("<p>单位：件</p>", "本年收费金额（单位：元）", LABEL, "192", 0.0192, Some("yuan")),
        ("", "本年收费金额（单位：元）", LABEL, "12.5万元", 12.5, None),
        ("", HEADER, LABEL, "251000元", 25.1, Some("yuan")),
        ("", HEADER, LABEL, "251000（元）", 25.1, Some("yuan")),
        ("", HEADER, LABEL, "251千元", 25.1, Some("1k_yuan")),
        ("", "本年收费金额（元）", LABEL, "0", 0.0, Some("yuan")),
        ("", "本年收费金额（元）", LABEL, "1,234.5", 0.123_45, Some("yuan")),
    ] {
        let (text, settled) = read(&page(line, header, label, cell));
        let place = format!("{line} {header} {label} {cell}");
        let at = Form::of(settled.report.editions.unwrap()).cell(Table::Proactive, "fees", "amount").unwrap();
        let found = settled.cells[at];
        assert_eq!((found.value, found.status), (Some(value), Status::Reported), "{place}");
        assert_eq!(settled.report.converted.first().map(|c| c.unit.key), unit, "{place}");
        assert_eq!(found.written.span.unwrap().of(&text), cell, "{place}");
        let told = check(&settled, &text).findings.iter().filter(|f| f.rule.id == "UNIT-READ").count();
        assert_eq!(told, usize::from(unit.is_some()), "{place}");
    }
}

#[test]
fn a_row_above_or_within_the_table_may_say_the_unit() {
    let line = "<table><tr><td>单位：元</td></tr></table>";
    let inside =
        page("", "本年收费金额", LABEL, "192").replacen("<table>", "<table><tr><td colspan=4>单位：元</td></tr>", 1);
    for page in [page(line, "本年收费金额", LABEL, "192"), inside] {
        let (_, settled) = read(&page);
        let told: Vec<_> = settled.report.converted.iter().map(|c| (c.shown, c.unit.key)).collect();
        assert_eq!(told, [(192.0, "yuan")], "{page}");
    }
}

#[test]
fn the_unit_is_told_with_the_figure_as_published() {
    let (text, settled) = read(&page("", "本年收费金额（单位：元）", LABEL, "192"));
    let checked = check(&settled, &text);
    let told = checked.findings.iter().find(|f| f.rule.id == "UNIT-READ").unwrap();
    assert_eq!(told.message_en(), "proactive/fees/amount: 192元 is converted into 0.0192 (10,000 yuan)");
}

#[test]
fn layouts_of_text_say_the_unit_too() {
    for text in [
        "二、主动公开政府信息情况\n单位：件、元\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t2\t1\t7\n\
         信息内容\t本年收费金额\n行政事业性收费\t192\n三、收到和处理政府信息公开申请情况\n无\n一、总体情况\n甲\n",
        "一、总体情况\n甲\n二、主动公开政府信息情况\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n行政规范性文件\n2\n1\n7\n\
         信息内容\n本年收费金额\n（单位：元）\n行政事业性收费\n192\n三、收到和处理政府信息公开申请情况\n无\n",
        "一、总体情况\n甲\n二、主动公开政府信息情况\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n| 规章 | 0 | 0 | 0 |\n\
         | 行政规范性文件 | 2 | 1 | 7 |\n| 信息内容 | 本年收费金额（元） | | |\n| 行政事业性收费 | 192 | | |\n三、收到和处理政府信息公开申请情况\n无\n",
        "一、总体情况\n甲\n二、主动公开政府信息情况\n  信息内容   本年制发件数  本年废止件数  现行有效件数\n  规章          0     0      0\n  行政规范性文件     2     1      7\n\
           信息内容        本年收费金额（单位：元）\n  行政事业性收费         192\n三、收到和处理政府信息公开申请情况\n无\n",
    ] {
        let (_, settled) = read(text);
        let told: Vec<_> = settled.report.converted.iter().map(|c| (c.shown, c.unit.key)).collect();
        assert_eq!(told, [(192.0, "yuan")], "{text}");
    }
}

//! Tables of two editions in one report: each is read as what it is.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write;

use gxbg::check::{Outcome, check, indicators};
use gxbg::decode::decode;
use gxbg::ledger::{Settled, Status, settle};
use gxbg::recognize::recognize;
use gxbg::terms::{Edition, Editions, Form, GROUPS, LineTerm, Measure, RATES, Role, Table};

/// Rows with tabs between cells, as the form has them; every figure follows from its place, and all sums hold.
fn report(editions: Editions, year: i16) -> (String, Vec<f64>) {
    let form = Form::of(editions);
    let figures = figures(form);
    let mut out = format!(
        "章古台镇人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n本年工作有序。\n二、主动公开政府信息情况\n"
    );
    let mut columns: Vec<&str> = Vec::new();
    for (i, line) in form.lines.iter().enumerate() {
        if line.rows[0] == "received" {
            out += "三、收到和处理政府信息公开申请情况\n\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n";
        }
        if line.table == Table::Disputes {
            out += "四、政府信息公开行政复议、行政诉讼情况\n";
            out += &["结果维持\t结果纠正\t其他结果\t尚未审结\t总计"; 3].join("\t");
            out += "\n";
        }
        let heads: Vec<&str> = line.columns.iter().map(|c| c.label).collect();
        if line.table == Table::Proactive && heads != columns {
            writeln!(out, "信息内容\t{}", heads.join("\t")).unwrap();
            columns = heads;
        }
        let cells: Vec<String> = form.span(i).map(|c| figures[c].to_string()).collect();
        writeln!(out, "{}{}", label(line), cells.join("\t")).unwrap();
    }
    out += "五、存在的主要问题及改进情况\n有待加强。\n六、其他需要报告的事项\n无。\n";
    (out, figures)
}

fn label(line: &LineTerm) -> String {
    let group = line.group.and_then(|g| GROUPS.iter().find(|(of, _)| *of == g)).map(|(_, words)| words[0]);
    match (line.table, group) {
        (Table::Disputes, _) => String::new(),
        (_, Some(group)) if line.ordinal == 1 => format!("{group}\t{}.{}\t", line.ordinal, line.label),
        (Table::Requests, Some(_)) => format!("\t{}.{}\t", line.ordinal, line.label),
        _ => format!("{}\t", line.label),
    }
}

/// Figures under which every tie holds.
fn figures(form: &Form) -> Vec<f64> {
    let mut out = vec![0.0; form.cells.len()];
    let mut sums = [0.0; 7];
    for (i, line) in form.lines.iter().enumerate() {
        for (n, cell) in form.span(i).enumerate() {
            let width = line.columns.len();
            let total = n % width + 1 == width;
            out[cell] = match (line.table, line.role) {
                (Table::Proactive, _) if form.cells[cell].measure == Measure::Money => 12.5,
                (Table::Proactive, _) => (3 + 2 * i + n) as f64,
                (_, Role::ConcludedTotal) => sums[n],
                (_, Role::Received) => 0.0,
                (_, _) if total => out[cell + 1 - width..cell].iter().sum(),
                (_, Role::CarriedIn | Role::CarriedOut) => 2.0,
                _ => ((i + n) % 5) as f64,
            };
            if line.role == Role::Outcome {
                sums[n] += out[cell];
            }
        }
    }
    for (n, sum) in sums.iter().enumerate() {
        let column = gxbg::terms::APPLICANTS[n].key;
        out[form.cell(Table::Requests, "received", column).unwrap()] = *sum;
    }
    out
}

fn read(text: &str) -> Settled {
    settle(recognize(&decode(text.as_bytes()).unwrap()).unwrap())
}

#[test]
fn each_table_has_its_own_edition() {
    for editions in Editions::ALL {
        let (text, figures) = report(editions, 2023);
        let settled = read(&text);
        assert_eq!(settled.report.editions, Some(editions), "{text}");
        for ((cell, term), want) in settled.cells.iter().zip(&Form::of(editions).cells).zip(&figures) {
            assert_eq!((cell.value, cell.status), (Some(*want), Status::Reported), "{}/{}", term.row, term.column);
        }
        let checked = check(&settled, &text);
        let broken = checked.findings.iter().filter(|f| f.outcome == Outcome::Violated);
        let rules: Vec<&str> =
            broken.map(|f| f.rule.id).filter(|id| id.starts_with("REQ") || *id == "EDN-YEAR").collect();
        let in_force = editions == Edition::Of2021.into();
        assert_eq!(rules, if in_force { vec![] } else { vec!["EDN-YEAR"] });
    }
}

#[test]
fn the_table_of_another_edition_is_named() {
    let mixed = Editions { proactive: Edition::Of2021, requests: Edition::Of2019 };
    let (text, _) = report(mixed, 2023);
    let checked = check(&read(&text), &text);
    let told = checked.findings.iter().find(|f| f.rule.id == "EDN-YEAR").unwrap();
    assert_eq!(told.message_en(), "requests: of the edition 2019; for the year the edition 2021 is in force");
    let (text, _) = report(Edition::Of2019.into(), 2023);
    let checked = check(&read(&text), &text);
    let told = checked.findings.iter().find(|f| f.rule.id == "EDN-YEAR").unwrap();
    assert_eq!(told.message_en(), "tables: of the edition 2019; for the year the edition 2021 is in force");
}

#[test]
fn other_outcomes_are_the_one_row_or_the_sum_of_three() {
    let at = RATES.iter().position(|r| r.key == "other_rate").unwrap();
    for editions in Editions::ALL {
        let (text, figures) = report(editions, 2023);
        let settled = read(&text);
        let form = Form::of(editions);
        let rows = ["other", "other_no_correction", "other_fee_unpaid", "other_other"];
        let want: f64 = rows.iter().filter_map(|r| form.cell(Table::Requests, r, "total")).map(|c| figures[c]).sum();
        let found = indicators(&settled, &check(&settled, &text).tally);
        assert_eq!(found[at].numerator, Some(want));
    }
}

#[test]
fn one_row_beside_the_three_is_their_sum() {
    let (text, _) = report(Edition::Of2021.into(), 2023);
    let sum = text.replace("其他处理\t1.", "其他处理\t3\t3\t3\t3\t3\t3\t18\n\t1.");
    assert_ne!(sum, text);
    assert_eq!(read(&sum).report.editions, Some(Edition::Of2021.into()));
}

#[test]
fn a_table_that_tells_nothing_follows_the_other() {
    let (text, _) = report(Edition::Of2019.into(), 2020);
    let start = text.find("二、主动公开").unwrap();
    let end = text.find("三、收到").unwrap();
    let without = format!("{}二、主动公开政府信息情况\n无。\n{}", &text[..start], &text[end..]);
    assert_eq!(read(&without).report.editions, Some(Edition::Of2019.into()));
    let lines: Vec<&str> = text.lines().filter(|l| !l.contains("其他处理\t") && !l.contains("6.其他处理")).collect();
    assert_eq!(read(&lines.join("\n")).report.editions, Some(Edition::Of2019.into()));
}

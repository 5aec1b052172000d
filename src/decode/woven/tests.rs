use super::super::compose::shown;
use super::super::decode;

fn read(text: &str) -> Vec<String> {
    shown(&decode(text.as_bytes()).expect("a document"))
}

#[test]
fn tables_of_html_stand_in_markdown_at_any_depth() {
    let table = "<table><tr><td rowspan=\"2\">规章</td><td>1</td></tr>\n<tr><td>2</td></tr></table>";
    let long = "说明文字。\n".repeat(2_000);
    let lines =
        read(&format!("# 一、总体情况\n\n{long}\n{table}\n\n| 规范性文件 | 3 |\n|---|---|\n| 行政许可 | 4 |\n"));
    assert_eq!(lines[0], "# 一、总体情况");
    assert_eq!(lines[2_003..2_005], ["0+1:规章 1+1:1", "1+1:2"]);
    assert_eq!(lines.last().map(String::as_str), Some("| 行政许可 | 4 |"));
}

#[test]
fn drawn_tables_keep_merged_cells() {
    let text = "\
+------------+-------------------+
| 信息内容   | 本年处理决定数量  |
+============+=========+=========+
| 行政许可   | 1       | 23      |
|            +---------+---------+
| 行政处罚   | “二”    | 5       |
+------------+---------+         |
| 行政强制   | 0       |         |
+------------+---------+---------+

结束
";
    assert_eq!(
        read(text),
        [
            "0+1:信息内容 1+2:本年处理决定数量",
            "0+1:行政许可\n\n行政处罚 1+1:1 2+1:23",
            "1+1:“二” 2+1:5",
            "0+1:行政强制 1+1:0",
            "",
            "结束"
        ]
    );
}

#[test]
fn a_drawing_that_does_not_close_is_text() {
    let text = "+------+----+\n| 规章 | 1  |\n| 规范性文件 | 2  |\n+------+----+\n| 行政许可 | 3 |\n";
    assert_eq!(read(text), text.lines().collect::<Vec<_>>());
}

#[test]
fn columns_under_dashes() {
    let simple = "
  ---------- -------- ------
  规章       [1]{.a}  20
  规范性文件          3
  行政许可   0
  ---------- -------- ------
";
    assert_eq!(read(simple)[1..], ["0+1:规章 1+1:1 2+1:20", "0+1:规范性文件 1+1: 2+1:3", "0+1:行政许可 1+1:0 2+1:"]);
    let parted = "
  -------------------------------
  信息内容   数量     件
  ---------- -------- -----------
  规范       1        20
  性文件

  行政许可            3
  规章
  -------------------------------
";
    let lines = read(&parted.replace("  规章\n", "\n  规章\n"));
    assert_eq!(
        lines[1..],
        [
            "0+1:信息内容 1+1:数量 2+1:件",
            "0+1:规范\n性文件 1+1:1 2+1:20",
            "0+1:行政许可 1+1: 2+1:3",
            "0+1:规章 1+1: 2+1:"
        ]
    );
}

#[test]
fn latex_and_wiki() {
    let latex = "\\documentclass{article}\n\\begin{document}\n\\section{一、总体情况}\\label{x}\n{甲 50\\%}\n\
        \\begin{longtable}[]{@{}ll@{}}\n\\toprule\n信息内容 & 件 \\\\\n\\endfirsthead\n信息内容 & 件 \\\\\n\\endhead\n\
        \\multicolumn{2}{l}{第二十条} \\\\\n\\multirow{2}{*}{规章} & 1 \\\\\n& 2 \\\\[2pt]\n行政许可 & \\\\\n\
        \\bottomrule\n\\end{longtable}\n乙\n\\end{document}\n";
    assert_eq!(
        read(latex),
        [
            "一、总体情况",
            "甲 50%",
            "0+1:信息内容 1+1:件",
            "0+2:第二十条",
            "0+1:规章 1+1:1",
            "1+1:2",
            "0+1:行政许可 1+1:",
            "乙"
        ]
    );
    let wiki = "= 标题 =\n<span style=\"a\">一、总体情况</span>\n{| class=\"x\"\n|+ 表\n! 信息内容 !! 件\n|-\n| rowspan=\"2\" | 规章 || 1\n|-\n| 2\n|-\n| 行政许可\n|\n|-\n| 行政处罚\n| 3\n|}\n";
    assert_eq!(
        read(wiki),
        [
            "标题",
            "一、总体情况",
            "0+1:信息内容 1+1:件",
            "0+1:规章 1+1:1",
            "1+1:2",
            "0+1:行政许可 1+1:",
            "0+1:行政处罚 1+1:3"
        ]
    );
}

#[test]
fn places_are_those_of_the_source() {
    let text = "{|\n| 规章 || 12\n|-\n| 行政许可 || 3\n|-\n| 行政处罚 || 4\n|}\n";
    let document = decode(text.as_bytes()).expect("a document");
    let at = document.text.find("12").expect("a figure");
    assert_eq!(document.source(crate::document::Span::new(at, at + 2)).of(text), "12");
}

#[test]
fn hostile_texts_end() {
    for text in [
        "+--".repeat(200_000),
        format!("{}\n", "+-".repeat(2_000)).repeat(200) + "规章",
        "{|\n".repeat(100_000),
        "\\begin{longtable}{".repeat(50_000),
        "[".repeat(300_000) + "+--+",
        "- ".repeat(100_000) + "-- --\n",
        "--- ---\n".repeat(50_000),
        "=== ===\n".repeat(50_000),
        "\\begin{tabular}{l}".to_owned() + &"{".repeat(500_000),
        "<table>".repeat(100_000) + "甲",
        "甲<table>\n".repeat(20_000),
    ] {
        let begun = std::time::Instant::now();
        let _ = decode(text.as_bytes());
        assert!(begun.elapsed().as_secs() < 20, "{}", &text[..20]);
    }
}

#[test]
fn drawings_of_text_browsers() {
    let text = "开始
       ┌────────────┬──────────────┐
       │            │   处理数量   │
       │  信息内容  ├───────┬──────┤
       │            │ 上年  │ 本年 │
       ├────────────┼───────┼──────┤
  通知 │  行政许可  │  １   │ 23   │
       │            │  ２   │      │
       ├────────────┼───────┴──────┤
       │  “行政处罚 │ 5            │
       ├────────────┼──────────────┤
       │  行政强制  │ 0            │
       └────────────┴──────────────┘
结束
";
    assert_eq!(
        read(text),
        [
            "开始",
            "0+1:信息内容 1+2:处理数量",
            "1+1:上年 2+1:本年",
            "0+1:行政许可 1+1:１\n２ 2+1:23",
            "0+1:“行政处罚 1+2:5",
            "0+1:行政强制 1+2:0",
            "通知",
            "结束"
        ]
    );
}

#[test]
fn pipe_rows_whose_figures_are_cut_over_lines_and_pages() {
    let text = "\
|行政许可|Col2|1|
|---|---|---|
|行政处罚|行政处罚|2|
|一、本年新收政府信息|３|4|

|公开申请数量|Col2|５<br>６|7|
|---|---|---|---|
|规章|规章|8|9|

结束
";
    let lines = read(text);
    assert_eq!(
        lines[..4],
        [
            "0+3:行政许可 3+1:1",
            "0+3:行政处罚 3+1:2",
            "0+2:一、本年新收政府信息\n公开申请数量 2+1:３\n５\n６ 3+1:4\n7",
            "0+2:规章 2+1:8 3+1:9"
        ]
    );
    assert_eq!(lines.last().map(String::as_str), Some("结束"));
    let whole = "|行政许可|1|\n|---|---|\n|行政处罚<br>数量|2|\n|行政强制|3|\n";
    assert_eq!(read(whole), whole.lines().collect::<Vec<_>>());
}

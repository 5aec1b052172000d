//! Whole small pages: what portals, Word and careless hands make of a report comes out as the report.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::time::{Duration, Instant};

use gxbg::decode::decode;
use gxbg::document::{Block, Document, Span};
use gxbg::ledger::{Settled, settle};
use gxbg::recognize::recognize;
use gxbg::terms::Form;

/// Lines of the requests table, from which every report below is made.
const LINES: [&str; 24] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用",
    "（七）总计",
    "四、结转下年度继续办理",
];

/// Rows of a report's tables: labels and figures, merged cells left out.
struct Markup {
    cell: fn(&str) -> String,
    row: fn(String) -> String,
    table: fn(String) -> String,
}

const CLEAN: Markup = Markup {
    cell: |text| format!("<td>{text}</td>"),
    row: |cells| format!("<tr>{cells}</tr>\n"),
    table: |rows| format!("<table border=\"1\"><tbody>{rows}</tbody></table>"),
};

const UNCLOSED: Markup = Markup {
    cell: |text| format!("<TD><P align=center><FONT size=2>&nbsp;{text}&nbsp;"),
    row: |cells| format!("<TR>\n{cells}"),
    table: |rows| format!("<TABLE border=1 cellSpacing=0>{rows}</TABLE>"),
};

const WORD: Markup = Markup {
    cell: |text| {
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |c| c.0);
        let (front, back) = text.split_at(middle);
        format!(
            "<td width=67 style='border:solid windowtext 1.0pt'>\n<p class=MsoNormal><span lang=EN-US>{front}</span>\
             <span\nstyle='font-size:10.5pt'>{back}</span><o:p></o:p></p>\n</td>"
        )
    },
    row: |cells| format!("<tr style='height:22.5pt'>\n{cells}\n</tr>"),
    table: |rows| format!("<table class=MsoNormalTable>{rows}</table>"),
};

fn tables(markup: &Markup) -> [String; 3] {
    let row = |cells: &[&str]| (markup.row)(cells.iter().map(|c| (markup.cell)(c)).collect());
    let proactive = [
        row(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        row(&["行政规章", "1", "", "12"]),
        row(&["行政规范性文件", "3", "4", "5"]),
        row(&["行政许可", "1582"]),
        row(&["行政处罚", "29"]),
        row(&["行政强制", "0"]),
        row(&["行政事业性收费", "738.35"]),
    ];
    let mut requests =
        vec![row(&["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])];
    for label in LINES {
        let some = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "（七）总计"].contains(&label);
        let figure = if some { "7" } else { "0" };
        requests.push(row(&[label, figure, "0", "0", "0", "0", "0", figure]));
    }
    let disputes = [
        row(&["行政复议", "行政诉讼"]),
        row(&["未经复议直接起诉", "复议后起诉"]),
        row(&["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].repeat(3)),
        row(&["1", "0", "0", "0", "1", "0", "2", "0", "0", "2", "0", "0", "0", "0", "0"]),
    ];
    [proactive.concat(), requests.concat(), disputes.concat()].map(markup.table)
}

fn body(markup: &Markup) -> String {
    let [proactive, requests, disputes] = tables(markup);
    format!(
        "<h1>临桐县青禾镇2025年政府信息公开工作年度报告</h1>\n<h2>一、总体情况</h2><p>2025年，青禾镇公开信息。</p>\
         <h2>二、主动公开政府信息情况</h2>{proactive}<h2>三、收到和处理政府信息公开申请情况</h2>{requests}\
         <h2>四、政府信息公开行政复议、行政诉讼情况</h2>{disputes}\
         <h2>五、存在的主要问题及改进情况</h2><p>无。</p><h2>六、其他需要报告的事项</h2><p>无。</p>"
    )
}

fn read(bytes: &[u8]) -> (Document, Settled) {
    let document = decode(bytes).unwrap();
    let settled = settle(recognize(&document).unwrap());
    (document, settled)
}

/// The value of a cell.
fn value(settled: &Settled, table: &str, row: &str, column: &str) -> Option<f64> {
    let form = Form::of(settled.report.editions.unwrap());
    let at = form.cells.iter().position(|c| (c.table.key(), c.row, c.column) == (table, row, column)).unwrap();
    settled.cells[at].value
}

/// The report above was read, wherever it stood.
fn is_the_report(bytes: &[u8]) -> (Document, Settled) {
    let (document, settled) = read(bytes);
    for (table, row, column, expected) in [
        ("proactive", "regulations", "issued", Some(1.0)),
        ("proactive", "regulations", "repealed", None),
        ("proactive", "regulations", "in_force", Some(12.0)),
        ("proactive", "licensing", "decisions", Some(1582.0)),
        ("proactive", "fees", "amount", Some(738.35)),
        ("requests", "received", "natural_person", Some(7.0)),
        ("requests", "denied_query", "total", Some(0.0)),
        ("requests", "concluded_total", "total", Some(7.0)),
        ("disputes", "litigation_direct", "corrected", Some(2.0)),
    ] {
        assert_eq!(value(&settled, table, row, column), expected, "{table} {row} {column}\n{}", document.text);
    }
    let masthead = &settled.report.masthead;
    assert_eq!((masthead.issuer.as_deref(), masthead.year), (Some("青禾镇人民政府"), Some(2025)), "{}", document.text);
    assert_eq!(settled.report.sections.len(), 6, "{}", document.text);
    (document, settled)
}

#[test]
fn clean_word_and_unclosed_markup() {
    for markup in [CLEAN, UNCLOSED, WORD] {
        is_the_report(format!("<!DOCTYPE html><html><body>{}</body></html>", body(&markup)).as_bytes());
    }
}

#[test]
fn a_piece_of_a_page_is_a_page() {
    assert_eq!(is_the_report(body(&CLEAN).as_bytes()).0.format, "html");
}

#[test]
fn what_a_page_says_of_its_encoding_is_not_believed() {
    let page = |charset: &str| format!("<html><head><meta charset=\"{charset}\"></head><body>{}", body(&CLEAN));
    assert_eq!(is_the_report(page("gb2312").as_bytes()).0.charset, "utf-8");
    let gb = encoding_rs::GB18030.encode(&page("utf-8")).0.into_owned();
    assert_eq!(is_the_report(&gb).0.charset, "gb18030");
    let wide: Vec<u8> = page("utf-8").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(is_the_report(&wide).0.charset, "utf-16le");
}

#[test]
fn a_portal_leaves_nothing_behind() {
    let menu: String = (0..30).map(|i| format!("<li><a href='/{i}'>栏目{i}</a></li>")).collect();
    let page = format!(
        "<html><head><title>年报_青禾镇</title><meta name=PubDate content='2026-01-20 10:00'>\
         <style>td{{}}</style><script>var a='<table><tr><td>7';</script></head><body>\
         <nav><ul>{menu}</ul></nav><div class=top><form><select><option>2024<option>2025</select><button>搜索</button></form>\
         <div>{menu}</div></div><div>当前位置：<a href=/>首页</a> &gt; <a href=/z>政府信息公开年报</a></div>\
         <table width=1000><tr><td width=200><table>{rows}</table></td><td><table class=xx>\
         <tr><td>索 引 号：</td><td>QH-2026-001</td><td>发文字号</td><td>青政发〔2026〕3号</td></tr>\
         <tr><td>发布机构：</td><td>青禾镇人民政府</td><td>成文日期：</td><td>2026年1月19日</td></tr></table>\
         <div id=zoom>{body}</div></td></tr></table>\
         <footer>主办：青禾镇人民政府 <a href=x>网站地图</a></footer><p>版权所有：青禾镇 京ICP备00000000号</p>\
         <noscript>请打开脚本</noscript></body></html>",
        rows = menu.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>"),
        body = body(&CLEAN),
    );
    let (document, settled) = is_the_report(page.as_bytes());
    for word in ["栏目", "首页", "搜索", "2024", "版权", "主办", "脚本", "var a"] {
        assert!(!document.text.contains(word), "{word} in {}", document.text);
    }
    let masthead = &settled.report.masthead;
    assert_eq!(masthead.document_number.as_ref().unwrap().text, "青政发〔2026〕3号");
    assert_eq!(masthead.published_on.unwrap().0.to_string(), "2026-01-20");
    assert!(document.text.contains("\n发布机构： 青禾镇人民政府\n"), "{}", document.text);
}

#[test]
fn layout_tables_in_layout_tables() {
    let mut page = body(&CLEAN);
    for _ in 0..5 {
        page = format!("<table><tr><td>&nbsp;</td><td><div>{page}</div></td><td></td></tr></table>");
    }
    is_the_report(page.as_bytes());
}

#[test]
fn tables_that_became_paragraphs_or_preformatted_text() {
    let tabs = |rows: &str| rows.replace("</td><td>", "\t").replace("<tr><td>", "").replace("</td></tr>", "");
    let [proactive, requests, disputes] = tables(&CLEAN);
    for (open, close, end) in
        [("<pre>", "</pre>", "\n"), ("<p>", "</p>", "<br>\n"), ("<div><p>", "</p></div>", "</p><p>")]
    {
        let mut page = body(&CLEAN);
        for table in [&proactive, &requests, &disputes] {
            let rows = table.replace("<table border=\"1\"><tbody>", "").replace("</tbody></table>", "");
            page = page.replace(table.as_str(), &format!("{open}{}{close}", tabs(&rows).replace('\n', end)));
        }
        assert!(!page.contains("<td>"));
        is_the_report(page.as_bytes());
    }
}

/// The cells of the grids of a page: column and text, row by row.
fn grid(page: &str) -> Vec<Vec<(u16, String)>> {
    let document = decode(page.as_bytes()).unwrap();
    let rows = document.blocks.iter().filter_map(|b| match b {
        Block::Grid(grid) => Some(&grid.rows),
        Block::Text(_) => None,
    });
    let text = |span: Span| span.of(&document.text).trim().to_owned();
    rows.flatten().map(|row| row.iter().map(|c| (c.column, text(c.span))).collect()).collect()
}

fn row(cells: &[(u16, &str)]) -> Vec<(u16, String)> {
    cells.iter().map(|(at, text)| (*at, (*text).to_owned())).collect()
}

#[test]
fn spans_become_columns() {
    let page =
        "<table><tr><td rowspan=2 colspan=2>a<td>b<td>c<tr><td colspan=0>d<td rowspan=1>e<tr><td>f<td>g<td>h</table>";
    let expected =
        [row(&[(0, "a"), (2, "b"), (3, "c")]), row(&[(2, "d"), (3, "e")]), row(&[(0, "f"), (1, "g"), (2, "h")])];
    assert_eq!(grid(page), expected);
    // A cell reaches to the end of its group of rows and no further.
    let page = "<table><thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d<td>e</table>";
    assert_eq!(grid(page), [row(&[(0, "a"), (1, "b")]), row(&[(0, "c"), (1, "d"), (2, "e")])]);
}

#[test]
fn characters_as_a_browser_shows_them() {
    let text = |page: &str| decode(page.as_bytes()).unwrap().text;
    assert_eq!(text("<p>规&#31456;&amp;<b>1</b>2<i> 3</i></p><p>\n x\n y "), "规章&12 3\nx y");
    assert_eq!(text("<p>行政规\r\n范性文件"), "行政规范性文件");
    assert_eq!(text("<ruby>规<rp>(</rp><rt>guī</rt><rp>)</rp>章<rt>zhāng</ruby><p>甲"), "规章\n甲");
    assert_eq!(text("<p>1<del>2</del>3<span style='DISPLAY: none'>4<span>5</span>6</span>7"), "137");
    assert_eq!(text("<table><tr><td>a<td>12<sup>1</sup></table>").trim(), "a\t12");
    assert_eq!(text("<p>12<sup>1</sup>件"), "12^1件");
    assert_eq!(text("<table><tr><td>自然<br>人<td>1<br>2</table>"), "自然 人\t1\n2");
    assert_eq!(text("<pre>a\tb\n\tc</pre>d"), "a\tb\n\tc\nd");
    assert_eq!(text("<table><tr><td>a<td><input value=12><input type=hidden value=3></table>"), "a\t12");
}

#[test]
fn spans_refer_to_the_source() {
    let page = "<html><title>甲乙丙2025年报告</title><body><p>规&amp;章 \n <b>1</b><i>2</i></p><table><tr><td>a</td><td>&nbsp;<p>3<u>4</u></p></td></tr></table>";
    let document = decode(page.as_bytes()).unwrap();
    assert!(document.text.starts_with("甲乙丙2025年报告\n"), "{}", document.text);
    for (words, source) in
        [("规", "规"), ("&", "&amp;"), ("&章", "&amp;章"), ("12", "1</b><i>2"), ("34", "3<u>4"), ("a", "a")]
    {
        let start = document.text.rfind(words).unwrap();
        assert_eq!(document.source(Span::new(start, start + words.len())).of(page), source);
    }
}

/// Reads a hostile page; whatever it gives, it gives soon.
fn bounded(name: &str, page: &str) {
    let began = Instant::now();
    if let Ok(document) = decode(page.as_bytes()) {
        let _ = recognize(&document).map(settle);
    }
    let taken = began.elapsed();
    assert!(taken < Duration::from_secs(10), "{name}: {taken:?}");
}

#[test]
fn hostile_pages_are_read_in_no_time() {
    let n = 100_000;
    bounded("open divs", &"<div>".repeat(n));
    bounded("divs with text", &"<div>甲".repeat(n));
    bounded("end tags", &format!("{}{}", "<ul>".repeat(n), "</div>".repeat(n)));
    bounded("open tables", &"<table><tr><td>".repeat(n));
    bounded("closed tables", &format!("{}1{}", "<table><tr><td>".repeat(n), "</td></tr></table>".repeat(n)));
    bounded("wide spans", &format!("<table>{}", "<tr><td colspan=999999999>1<td rowspan=999999999>2".repeat(n)));
    bounded("long row", &format!("<table><tr>{}", "<td colspan=1000>1".repeat(n)));
    bounded("entities", &format!("<p>{}{}", "&amp;".repeat(n), "&#x110000;&notanentity".repeat(n)));
    bounded("attributes", &format!("<td {}>", "a=1 ".repeat(n)));
    bounded("long attribute", &format!("<a href='{}'>", "x".repeat(n * 10)));
    bounded("spans", &"<span style='display:none'><del><ruby><rt>1".repeat(n));
    bounded("links", &format!("<div>{}", "<a href=x>甲</a><div>".repeat(n)));
    bounded("labels", &"<p>发文字号<p>索引号：<p>a:b".repeat(n));
    bounded("comments", &"<!-- <!-".repeat(n));
    bounded("pre", &"<pre>\t\n".repeat(n));
}

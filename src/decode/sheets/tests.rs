use std::collections::BTreeMap;

use super::*;
use crate::decode::compose::shown;
use crate::decode::{Limits, contents_within, decode};

/// A zip file of parts that are stored as they are.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in parts {
        let mut crc = flate2::Crc::new();
        crc.update(body.as_bytes());
        let at = out.len() as u32;
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc.sum().to_le_bytes());
        common.extend((body.len() as u32).to_le_bytes());
        common.extend((body.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(body.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start, size) = (parts.len() as u16, out.len() as u32, directory.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A workbook of sheets: a name, a state and what stands in its `worksheet`.
fn xlsx(sheets: &[(&str, &str, String)]) -> Vec<u8> {
    let listed = sheets.iter().enumerate().map(|(n, (name, state, _))| {
        format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"r{n}\"/>")
    });
    let links = (0..sheets.len())
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"http://x/worksheet\" Target=\"worksheets/s{n}.xml\"/>"));
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/>\
        <numFmt numFmtId=\"165\" formatCode=\";;;\"/></numFmts><fonts><font/><font><strike/></font></fonts>\
        <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/>\
        <xf numFmtId=\"164\" fontId=\"0\"/><xf numFmtId=\"165\"/><xf numFmtId=\"9\"/><xf fontId=\"1\"/></cellXfs></styleSheet>";
    let strings = "<sst><si><t>规章</t></si><si><r><t>甲</t></r><r><rPr><strike/></rPr><t>9</t></r><r><t>乙</t></r>\
        <rPh><t>x</t></rPh></si><si><t>007</t></si></sst>";
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), String::new()),
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{}</sheets></workbook>", listed.collect::<String>())),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{}</Relationships>", links.collect::<String>()),
        ),
        ("xl/styles.xml".to_owned(), styles.to_owned()),
        ("xl/sharedStrings.xml".to_owned(), strings.to_owned()),
    ];
    for (n, (.., sheet)) in sheets.iter().enumerate() {
        parts.push((format!("xl/worksheets/s{n}.xml"), format!("<worksheet>{sheet}</worksheet>")));
    }
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, body)| (name.as_str(), body.clone())).collect();
    package(&parts)
}

fn read(bytes: &[u8]) -> Vec<String> {
    shown(&decode(bytes).expect("a document"))
}

/// Cells that hold strings.
fn row(cells: &[(&str, &str)]) -> String {
    let cells = cells.iter().map(|(at, text)| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
    format!("<row>{}</row>", cells.collect::<String>())
}

#[test]
fn cells_show_what_they_show() {
    let cells = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>12358</v></c><c r=\"C2\"><v>0.5</v></c>\
        <c r=\"D2\" t=\"s\"><v>2</v></c><c r=\"E2\" s=\"1\"><v>44198</v></c><c r=\"F2\" t=\"e\"><v>#REF!</v></c>\
        <c r=\"G2\"><f>SUM(A1:A2)</f><v>7</v></c><c r=\"H2\" s=\"2\"><v>5</v></c><c r=\"I2\" s=\"3\"><v>0.25</v></c>\
        <c r=\"J2\" s=\"4\"><v>8</v></c><c r=\"K2\" t=\"s\"><v>1</v></c><c r=\"L2\" t=\"b\"><v>1</v></c></row>";
    let sheet = format!("<sheetData>{cells}</sheetData>");
    assert_eq!(
        read(&xlsx(&[("甲", "visible", sheet)])),
        ["0+1:规章 1+1:12358 2+1:0.5 3+1:007 4+1:2021-01-02 5+1:#REF! 6+1:7 7+1: 8+1:25% 9+1: 10+1:甲乙 11+1:TRUE"]
    );
}

#[test]
fn hidden_rows_columns_and_sheets_say_nothing() {
    let rows = row(&[("A1", "规章"), ("B1", "9"), ("C1", "1")])
        + &row(&[("A2", "规范性文件"), ("B2", "9"), ("C2", "2")]).replace("<row>", "<row r=\"2\" hidden=\"1\">")
        + &row(&[("A3", "行政许可"), ("B3", "9"), ("C3", "3")]);
    let sheet = format!("<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>{rows}</sheetData>");
    let hidden = format!("<sheetData>{rows}</sheetData>");
    assert_eq!(
        read(&xlsx(&[("甲", "visible", sheet), ("乙", "veryHidden", hidden)])),
        ["0+1:规章 1+1:1", "0+1:行政许可 1+1:3"]
    );
}

#[test]
fn merged_cells_are_one_cell_and_empty_ones_are_there() {
    let rows = row(&[("A1", "信息内容"), ("B1", "本年处理决定数量"), ("C1", "9")])
        + &row(&[("A2", "行政许可")])
        + &row(&[("A3", "行政处罚"), ("D3", "4")])
        + &row(&[("A4", "行政强制")]);
    let merged = "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"B2:C3\"/></mergeCells>";
    assert_eq!(
        read(&xlsx(&[("甲", "visible", format!("<sheetData>{rows}</sheetData>{merged}"))])),
        [
            "0+1:信息内容 1+2:本年处理决定数量 3+1:",
            "0+1:行政许可 1+2: 3+1:",
            "0+1:行政处罚 3+1:4",
            "0+1:行政强制 1+1: 2+1: 3+1:"
        ]
    );
}

#[test]
fn prose_titles_and_headings_are_lines() {
    let rows = row(&[("A1", "标题")])
        + &row(&[("A2", "二、主动公开政府信息情况")])
        + &row(&[("A3", "规章"), ("B3", "1")])
        + &row(&[("A4", "行政许可")])
        + &row(&[("A5", "五、存在的主要问题及改进情况")])
        + &row(&[("A7", "没有问题。")]);
    let merged = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";
    assert_eq!(
        read(&xlsx(&[("甲", "visible", format!("<sheetData>{rows}</sheetData>{merged}"))])),
        [
            "标题",
            "二、主动公开政府信息情况",
            "0+1:规章 1+1:1",
            "0+1:行政许可 1+1:",
            "五、存在的主要问题及改进情况",
            "没有问题。"
        ]
    );
}

/// The sheets that are a report each, or none.
fn several(bytes: &[u8]) -> BTreeMap<String, usize> {
    match contents_within(bytes, &Budget::default()).expect("contents") {
        Contents::One(_) => BTreeMap::new(),
        Contents::Several(all) => all.into_iter().map(|(name, d)| (name, d.expect("a sheet").blocks.len())).collect(),
    }
}

#[test]
fn a_sheet_for_each_table_or_for_each_report() {
    let sheet = |labels: &[&str]| {
        let rows = labels
            .iter()
            .enumerate()
            .map(|(n, label)| row(&[(&format!("A{}", n + 1), label), (&format!("B{}", n + 1), "1")]));
        format!("<sheetData>{}</sheetData>", rows.collect::<String>())
    };
    let (first, second) = (sheet(&["规章", "规范性文件", "行政许可"]), sheet(&["予以公开", "部分公开", "重复申请"]));
    let one = xlsx(&[("一", "visible", first.clone()), ("二", "visible", second.clone())]);
    assert_eq!(several(&one), BTreeMap::new());
    let two = xlsx(&[("甲镇", "visible", first.clone()), ("乙镇", "visible", first.clone()), ("丙", "hidden", first)]);
    assert_eq!(several(&two).keys().map(String::as_str).collect::<Vec<_>>(), ["乙镇", "甲镇"]);
    assert_eq!(decode(&two).unwrap_err().code(), "not_one");
}

#[test]
fn a_panel_is_told_as_what_it_is() {
    let words = [
        "单位",
        "本年新收政府信息公开申请数量",
        "予以公开",
        "部分公开",
        "重复申请",
        "属于国家秘密",
        "保护第三方合法权益",
    ];
    let at = |row: usize| (0..words.len()).map(move |n| format!("{}{row}", char::from(b'A' + n as u8)));
    let names: Vec<String> = at(1).collect();
    let head = row(&names.iter().map(String::as_str).zip(words).collect::<Vec<_>>());
    let names: Vec<String> = at(2).collect();
    let figures = row(&names.iter().map(|n| (n.as_str(), "3")).collect::<Vec<_>>());
    let failure = decode(&xlsx(&[("甲", "visible", format!("<sheetData>{head}{figures}</sheetData>"))])).unwrap_err();
    assert!(failure.to_string().ends_with("one report a row"), "{failure}");
}

#[test]
fn open_document_sheets() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let rows = [
        cell("office:value-type=\"string\" table:number-columns-spanned=\"2\"", "甲<text:s text:c=\"2\"/>乙")
            + "<table:covered-table-cell/>"
            + &cell("office:value-type=\"float\" office:value=\"0.30000000000000004\"", "0"),
        cell("office:value-type=\"date\" office:date-value=\"2021-01-02\"", "1月2日")
            + &cell("office:value-type=\"string\" calcext:value-type=\"error\"", "#REF!")
            + &cell("office:value-type=\"float\" office:value=\"5\"", ""),
    ];
    let rows: String = rows
        .iter()
        .map(|r| {
            format!("<table:table-row>{r}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>")
        })
        .collect();
    let hidden = format!("<table:table-row table:visibility=\"collapse\">{}</table:table-row>", cell("", "9"));
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let xml = format!(
        "<office:document><office:body><office:spreadsheet><table:table table:name=\"甲\">{rows}{hidden}{empty}</table:table></office:spreadsheet></office:body></office:document>"
    );
    assert_eq!(read(xml.as_bytes()), ["0+2:甲  乙 2+1:0.3", "0+1:2021-01-02 1+1:#REF! 2+1:"]);
}

#[test]
fn bombs_are_failures() {
    let limit = |bytes: &[u8]| match decode(bytes) {
        Err(Failure::Limit { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    let visible = |sheet: String| xlsx(&[("甲", "visible", sheet)]);
    // Two cells a million rows and sixteen thousand columns apart are two cells.
    let far = row(&[("A1", "1")]) + &row(&[("XFD1048576", "2")]);
    assert_eq!(read(&visible(format!("<sheetData>{far}</sheetData>"))), ["1", "2"]);
    // In one row they are a table of sixteen thousand columns.
    let wide: String = (1..30).map(|n| row(&[(&format!("A{n}"), "1"), (&format!("XFD{n}"), "2")])).collect();
    assert_eq!(limit(&visible(format!("<sheetData>{wide}</sheetData>"))), "cells");
    let tall = row(&[("A1", "1"), ("B1", "2")]) + &row(&[("B1048576", "2")]);
    let merged = "<mergeCells><mergeCell ref=\"A1:A1048576\"/></mergeCells>";
    assert_eq!(limit(&visible(format!("<sheetData>{tall}</sheetData>{merged}"))), "cells");
    let many = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(200_001);
    assert_eq!(limit(&visible(format!("<sheetData>{far}</sheetData><mergeCells>{many}</mergeCells>"))), "cells");
    let repeated = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let ods = format!(
        "<office:document><office:body><office:spreadsheet><table:table>{repeated}</table:table></office:spreadsheet></office:body></office:document>"
    );
    assert_eq!(limit(ods.as_bytes()), "cells");
    // A long string is stored once and stands in many cells.
    let limits = Limits { cells: 100_000, ..Limits::default() };
    let mut workbook = Workbook::new(&Budget::new(&limits));
    workbook.open(String::new(), false).expect("a sheet");
    let long = "长".repeat(1 << 20);
    assert!((0..100).any(|n| workbook.put(n, 0, &long) == Err(Failure::Limit { name: "text_bytes", limit: 64 << 20 })));
}

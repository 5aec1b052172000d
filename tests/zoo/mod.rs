//! Hostile and broken files, made here: what they are called, their bytes, and how they may end.
#![allow(dead_code, reason = "each user takes some of it")]

use super::pack;

#[path = "pdf.rs"]
pub(crate) mod pdf;

/// A file of the zoo.
pub(crate) struct Animal {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The reasons of failures that it may end in, or `report`.
    pub(crate) ends: &'static str,
}

fn animal(name: &'static str, ends: &'static str, bytes: impl Into<Vec<u8>>) -> Animal {
    Animal { name, bytes: bytes.into(), ends }
}

/// All of them; `report` is a sound report in text.
pub(crate) fn animals(report: &str) -> Vec<Animal> {
    let mut all = texts(report);
    all.extend(pages());
    all.extend(documents());
    all.extend(sheets());
    all.extend(tables(report));
    all.extend(old_documents());
    all.extend(messages());
    all.extend(zips(report));
    all.extend(streams(report));
    all.extend(magics());
    all
}

/// Bytes without any order, the same ones each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

const NO_TEXT: &str = "empty|encoding|unknown_format|not_a_report";

fn texts(report: &str) -> Vec<Animal> {
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16 = |units: &[u16]| units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<u8>>();
    let lone: Vec<u16> =
        [0xfeff].into_iter().chain((0..5000).map(|i| if i % 2 == 0 { 0xd800 } else { 0x4e2d })).collect();
    vec![
        animal("empty.txt", "empty", ""),
        animal("blank.txt", "empty", " \r\n\t".repeat(1000)),
        animal("mark.txt", "empty", "\u{feff}"),
        animal("nul.txt", NO_TEXT, vec![0; 1 << 20]),
        animal("nul-inside.txt", "unknown_format", report.replacen('\n', "\n\0", 1)),
        animal("noise.txt", NO_TEXT, noise(1 << 20)),
        animal("noise.doc", NO_TEXT, noise(5000)),
        animal("surrogates.txt", NO_TEXT, b"\xed\xa0\x80\xed\xb0\x80".repeat(5000)),
        animal("surrogates-16.txt", NO_TEXT, utf16(&lone)),
        animal("odd-16.txt", NO_TEXT, [&b"\xff\xfe"[..], b"x\0y"].concat()),
        animal("two-charsets.txt", "report|encoding|not_a_report", [report.as_bytes(), &gb(report)].concat()),
        animal("cut.txt", "report|not_a_report", &report.as_bytes()[..report.len() / 2 + 1]),
        animal("one-line.txt", "not_a_report", "1 ".repeat(2 << 20)),
        animal("lines.txt", "not_a_report", format!("x{}x", "\n".repeat(4 << 20))),
        animal("headings.txt", "report|not_a_report", "一、总体情况\n二、主动公开政府信息情况\n".repeat(20_000)),
        animal("digits.txt", "report|not_a_report", format!("{report}\n{}", "9".repeat(1 << 20))),
        animal("tabs.txt", "report|not_a_report", format!("{report}\n{}", "\t".repeat(1 << 20))),
        animal("labels.txt", "report|not_a_report", "规章 行政规范性文件 予以公开 总计 ".repeat(50_000)),
        animal("combining.txt", "not_a_report", format!("a{}", "\u{301}".repeat(1 << 20))),
        animal("one-byte.txt", NO_TEXT, b"\xff".to_vec()),
    ]
}

const PAGE: &str = "empty|not_a_report|report";

fn pages() -> Vec<Animal> {
    let page = |inner: String| format!("<html><body>{inner}");
    let rows = |row: &str, times| page(format!("<table>{}", row.repeat(times)));
    vec![
        animal("divs.html", PAGE, page("<div>".repeat(100_000) + "x")),
        animal("spans.html", PAGE, page("<span style='display:none'>".repeat(100_000))),
        animal("divs-spans.html", PAGE, page("<div><span>".repeat(50_000) + &"</div>".repeat(50_000))),
        animal("tables.html", PAGE, page("<table><tr><td>".repeat(50_000) + "x")),
        animal("tables-closed.html", PAGE, page("<table>".repeat(20_000) + "x" + &"</table>".repeat(40_000))),
        animal("colspan.html", PAGE, rows("<tr><td colspan=1000000000>1<td colspan=99999999999999999999>2", 5000)),
        animal("rowspan.html", PAGE, rows("<tr><td rowspan=65535>1<td rowspan=0>2", 5000)),
        animal("spans-both.html", PAGE, rows("<tr><td rowspan=1000 colspan=1000>1", 5000)),
        animal("wide.html", PAGE, page(format!("<table><tr>{}", "<td>1".repeat(300_000)))),
        animal("long.html", PAGE, rows("<tr><td>a<td>1", 200_000)),
        animal("comment.html", PAGE, page(format!("<!-- {}", "x".repeat(4 << 20)))),
        animal("comments.html", PAGE, page("<!--".repeat(1 << 20))),
        animal("script.html", PAGE, page(format!("<script>{}", "</scrip".repeat(500_000)))),
        animal("attributes.html", PAGE, page(format!("<td {}", "a=1 ".repeat(1 << 20)))),
        animal("attribute.html", PAGE, page(format!("<td colspan='{}", "9".repeat(4 << 20)))),
        animal("entities.html", PAGE, page("&amp;&#x110000;&#xd800;&notanentity;".repeat(100_000))),
        animal("links.html", PAGE, page("<li><a href=x>x</a>".repeat(200_000))),
        animal("pre.html", PAGE, page("<pre> \n".repeat(100_000))),
        animal("angles.html", PAGE, page("<".repeat(1 << 20))),
        animal("ends.html", PAGE, page("</td></tr></table></div>".repeat(100_000))),
        animal("titles.html", PAGE, page(format!("<title>{}", "x".repeat(4 << 20)))),
        animal("ruby.html", PAGE, page("<ruby>a<rt>b".repeat(100_000))),
        animal("inputs.html", PAGE, rows("<tr><td><input value='999999999999999999999999'>", 50_000)),
        animal("lies.html", PAGE, [&b"<meta charset=utf-8><p>"[..], &encoding_rs::GB18030.encode("规章").0].concat()),
    ]
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document><w:body>{body}");
    pack::zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &xml)])
}

fn odt(body: &str) -> Vec<u8> {
    let xml = format!("<office:body>{body}");
    pack::zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &xml)])
}

fn documents() -> Vec<Animal> {
    let laughs: String =
        (1..20).map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10))).collect();
    let bomb = vec![b' '; 30 << 20];
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let paragraph = "<w:p><w:r><w:t>1</w:t></w:r></w:p>";
    let row = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2147483647\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>";
    let repeated =
        "<table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>0</text:p></table:table-cell>";
    vec![
        animal("deep.docx", "limit", docx(&"<w:x>".repeat(100_000))),
        animal("nested.docx", "limit", docx(&"<w:tbl><w:tr><w:tc>".repeat(1000))),
        animal("boxes.docx", "limit", docx(&"<w:p><w:txbxContent>".repeat(1000))),
        animal("cells.docx", "limit", docx(&("<w:tbl><w:tr>".to_owned() + &"<w:tc/>".repeat(300_000)))),
        animal("spans.docx", PAGE, docx(&format!("<w:tbl>{}</w:tbl>{paragraph}", row.repeat(5000)))),
        animal("paragraphs.docx", PAGE, docx(&paragraph.repeat(100_000))),
        animal("attributes.docx", PAGE, docx(&format!("<w:p {}>{paragraph}", "a=\"1\" ".repeat(200_000)))),
        animal("laughs.docx", PAGE, {
            let xml = format!("<!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]><w:document><w:body><w:p><w:r><w:t>&a19;");
            pack::zip(&[("word/document.xml", &xml)])
        }),
        animal("ratio.docx", "limit", pack::zip(&[("word/document.xml", &bomb[..])])),
        animal("large.docx", "too_large", pack::zip(&[("word/document.xml", noise(1 << 20).repeat(33))])),
        animal("truncated.docx", "damaged", half(docx(paragraph))),
        animal("no-main.docx", "unknown_format", pack::zip(&[("[Content_Types].xml", "<Types/>")])),
        animal("no-text.docx", "empty", docx("")),
        animal("no-xml.docx", "empty", pack::zip(&[("word/document.xml", noise(5000))])),
        animal("sheet.xlsx", "empty", pack::zip(&[("xl/workbook.xml", "<x/>")])),
        animal("truncated.odt", "damaged", half(odt("<text:p>1</text:p>"))),
        animal("repeated.odt", "limit", odt(&format!("<table:table><table:table-row>{}", repeated.repeat(300)))),
        animal(
            "spaces.odt",
            PAGE,
            odt(&("<text:p>".to_owned() + &"<text:s text:c=\"4000000000\"/>".repeat(1000) + "1")),
        ),
        animal("rows.odt", PAGE, odt(&"<table:table-row table:number-rows-repeated=\"4000000000\"/>".repeat(1000))),
    ]
}

/// A workbook of one sheet.
fn xlsx(strings: &str, sheet: &str) -> Vec<u8> {
    let listed = "<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>";
    let links = "<x><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/></x>";
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    pack::zip(&[
        ("xl/workbook.xml", listed),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/sharedStrings.xml", strings),
        ("xl/a.xml", &sheet),
    ])
}

/// Sheets that are small on disk and large when they are unfolded.
fn sheets() -> Vec<Animal> {
    let cell = |at: String| format!("<c r=\"{at}\"><v>1</v></c>");
    let far: String = (1..40).map(|n| cell(format!("A{n}")) + &cell(format!("XFD{n}"))).collect();
    let sparse: String = (0..1_000).map(|n| cell(format!("A{}", n * 1_000 + 1))).collect();
    let merged = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(100_000);
    let overlapping: String = (1..50_000).map(|n| format!("<mergeCell ref=\"A{n}:C1048576\"/>")).collect();
    let hidden = "<col min=\"1\" max=\"4000000000\" hidden=\"1\"/>".repeat(1_000);
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let shared = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
    let repeated = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let ods = format!("<office:body><office:spreadsheet><table:table>{repeated}");
    let records = [&[0x9f, 0x01, 0xff, 0xff, 0xff, 0x7f][..], &noise(5_000)].concat();
    let any = "empty|damaged|limit|not_a_report|unknown_format";
    vec![
        animal("far.xlsx", "limit", xlsx("", &far)),
        animal("sparse.xlsx", "not_a_report", xlsx("", &sparse)),
        animal("merged.xlsx", "not_a_report", xlsx("", &(cell("A1".to_owned()) + &merged))),
        animal("overlapping.xlsx", "limit|not_a_report", xlsx("", &(cell("A1".to_owned()) + &overlapping))),
        animal("hidden.xlsx", "empty", xlsx("", &(hidden + &cell("A1".to_owned())))),
        animal("shared.xlsx", "limit", xlsx(&long, &shared)),
        animal("deep.xlsx", "limit", xlsx("", &"<row><c>".repeat(10_000))),
        animal("cells.xlsx", "limit", xlsx("", &"<row><c><v>1</v></c></row>".repeat(200_001))),
        animal("style.xlsx", any, xlsx("", "<c s=\"99999999999\" t=\"s\"><v>99999999999999999999</v></c>")),
        animal(
            "repeated.ods",
            "limit",
            pack::zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &ods)]),
        ),
        animal("noise.xlsb", any, pack::zip(&[("xl/workbook.bin", &records), ("xl/styles.bin", &records)])),
        animal("spine.epub", "damaged", pack::zip(&[("mimetype", "application/epub+zip")])),
    ]
}

/// Texts that begin tables without end, and rows without end.
fn tables(report: &str) -> Vec<Animal> {
    let any = "report|not_a_report|limit|damaged|empty|unknown_format";
    let row = "规章,1,0,3\n行政规范性文件,3,1,12\n行政许可,1,,\n行政处罚,0,,\n行政强制,0,,\n行政事业性收费,0,,\n";
    let json = "{\"text\": \"一、总体情况\"}\n";
    vec![
        animal("rows.csv", any, row.repeat(40_000)),
        animal("quotes.csv", any, format!("{}{row}", "\"甲,".repeat(100_000))),
        animal("quote.csv", any, format!("\"{report}{row}")),
        animal("wide.csv", any, format!("{row}{}", ",".repeat(4 << 20))),
        animal("wiki.txt", any, "{|\n| 规章 || 1\n".repeat(50_000)),
        animal("drawn.txt", any, format!("+{}\n", "-+".repeat(1_000)).repeat(1_000)),
        animal("dashes.txt", any, "--- ---\n规章 1\n".repeat(50_000)),
        animal("tables.tex", any, "\\begin{longtable}{l}规章 & 1 \\\\".repeat(20_000)),
        animal("braces.tex", any, format!("\\begin{{tabular}}{{l}}{}", "{".repeat(1 << 20))),
        animal("tables.md", any, format!("甲{}", "\n<table><tr><td>规章".repeat(20_000))),
        animal("many.jsonl", "not_a_report", json.repeat(2_000)),
        animal("deep.json", any, format!("{{\"text\": {}", "[".repeat(1 << 20))),
        animal("array.json", any, format!("[{}", "{\"text\":\"\"},".repeat(100_000))),
    ]
}

fn old_documents() -> Vec<Animal> {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    // A container whose first sector of allocations follows itself for ever.
    let mut looped = vec![0u8; 512 * 4];
    looped[..8].copy_from_slice(OLE);
    looped[24..32].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0]);
    looped[32..34].copy_from_slice(&[6, 0]);
    looped[44..48].copy_from_slice(&1u32.to_le_bytes());
    looped[48..52].copy_from_slice(&1u32.to_le_bytes());
    looped[56..60].copy_from_slice(&4096u32.to_le_bytes());
    looped[60..64].copy_from_slice(&0u32.to_le_bytes());
    looped[64..68].copy_from_slice(&1u32.to_le_bytes());
    looped[68..72].copy_from_slice(&0u32.to_le_bytes());
    looped[72..76].copy_from_slice(&1u32.to_le_bytes());
    for entry in looped[512..1024].chunks_exact_mut(4) {
        entry.copy_from_slice(&1u32.to_le_bytes());
    }
    let any = "damaged|empty|unknown_format|limit";
    vec![
        animal("magic.doc", any, OLE),
        animal("zeros.doc", any, [OLE, &[0; 100_000]].concat()),
        animal("loop.doc", any, looped),
        animal("noise-inside.doc", any, [OLE, &noise(100_000)].concat()),
        animal("deep.rtf", "limit", b"{\\rtf1".repeat(100_000)),
        animal("bin.rtf", PAGE, "{\\rtf1 \\bin4294967295 x\\par}"),
        animal("bin-below.rtf", PAGE, "{\\rtf1 \\bin-1 x\\bin99999999999999999999 y\\par}"),
        animal("hex.rtf", PAGE, "{\\rtf1 \\'zz\\'\\'4\\u999999999\\u-99999 x\\par}"),
        animal("itap.rtf", "limit", "{\\rtf1\\itap30000 x\\par}"),
        animal("cellx.rtf", PAGE, format!("{{\\rtf1\\trowd{}\\intbl x\\cell\\row}}", "\\cellx1".repeat(500_000))),
        animal(
            "cells.rtf",
            "limit|not_a_report",
            format!("{{\\rtf1\\trowd\\cellx1\\intbl{}\\row}}", " 1\\cell".repeat(300_000)),
        ),
        animal("truncated.rtf", PAGE, "{\\rtf1 x{\\pict ffff"),
        animal("head.rtf", "empty", "{\\rtf1}"),
    ]
}

fn messages() -> Vec<Animal> {
    let part = "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n";
    let head = "MIME-Version: 1.0\r\n";
    let any = "unknown_format|empty|not_a_report|encoding";
    vec![
        animal("recursion.mht", any, format!("{head}{}", part.repeat(5000))),
        animal("boundaries.mht", any, format!("{head}{part}{}", "--x\r\n\r\n".repeat(300_000))),
        animal("no-boundary.mht", any, format!("{head}Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n")),
        animal(
            "base64.mht",
            any,
            format!(
                "{head}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                "!!A".repeat(1 << 20)
            ),
        ),
        animal(
            "quoted.mht",
            any,
            format!(
                "{head}Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
                "=".repeat(2 << 20)
            ),
        ),
        animal("header.mht", any, format!("{head}{}", "X: y\r\n".repeat(300_000))),
    ]
}

fn zips(report: &str) -> Vec<Animal> {
    let nested =
        |depth: usize| (0..depth).fold(pack::zip(&[("a.txt", report)]), |inner, _| pack::zip(&[("b.zip", inner)]));
    let good = pack::zip(&[("a.txt", report), ("b.txt", report)]);
    let directory = memchr::memmem::find(&good, b"PK\x01\x02").unwrap_or(0);
    let second = directory + 46 + 5;
    let end = good.len() - 22;
    let patched = |at: usize, bytes: &[u8]| {
        let mut zip = good.clone();
        zip[at..at + bytes.len()].copy_from_slice(bytes);
        zip
    };
    let names: Vec<(String, &str)> = (0..100_001).map(|i| (i.to_string(), "")).collect();
    let chinese = encoding_rs::GB18030.encode("年报.txt").0.into_owned();
    let any = "damaged|overlap|limit|report|empty|unknown_format";
    vec![
        animal("bomb.zip", "limit", pack::zip(&[("a.txt", vec![b'0'; 33 << 20])])),
        animal("bombs.zip", "limit", pack::zip(&vec![("a.txt", vec![b'0'; 8 << 20]); 20])),
        animal("nested.zip", "limit", nested(8)),
        animal("overlap.zip", "overlap", patched(second + 42, &[0; 4])),
        animal("members.zip", "limit", pack::zip(&names)),
        animal("locked.zip", "encrypted|report", patched(directory + 8, &[1])),
        animal("method.zip", "method|report", patched(directory + 10, &[12])),
        animal("outside.zip", "outside", pack::zip(&[("../../etc/passwd", "x"), ("..\\x", "x"), ("../x!/a.txt", "x")])),
        animal(
            "names.zip",
            "not_a_report",
            pack::zip(&[(chinese, "x"), (b"\xff\xfe".to_vec(), "x"), (Vec::new(), "x")]),
        ),
        animal("truncated.zip", "damaged", &good[..good.len() / 2]),
        animal("checksum.zip", "damaged|report", patched(directory + 16, &[0; 4])),
        animal("size.zip", "damaged|report|limit", patched(directory + 24, &[9, 0, 0, 0])),
        animal("count.zip", "damaged|report", patched(end + 10, &[9, 0])),
        animal("offset.zip", any, patched(end + 16, &[0xff, 0xff, 0xff, 0x7f])),
        animal("comment.zip", any, patched(end + 20, &[0xff, 0xff])),
        animal("empty.zip", "empty", pack::zip::<&str, &str>(&[])),
        animal("folders.zip", "empty", pack::zip(&[("a/", ""), ("a/b/", "")])),
        animal("noise.zip", any, [&b"PK\x03\x04"[..], &noise(100_000)].concat()),
        animal("ends.zip", any, b"PK\x05\x06".repeat(50_000)),
    ]
}

fn streams(report: &str) -> Vec<Animal> {
    let tar = pack::tar(&[("a.txt", report), ("b.txt", report)]);
    let header = |kind: u8, size: &[u8; 12], name: &str| {
        let mut header = tar::Header::new_gnu();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.as_mut_bytes()[124..136].copy_from_slice(size);
        header.as_mut_bytes()[156] = kind;
        header.set_cksum();
        header.as_bytes().to_vec()
    };
    let none = b"00000000000\0";
    let links: Vec<u8> = [b'1', b'2', b'3', b'4', b'6', b'S'].into_iter().flat_map(|k| header(k, none, "x")).collect();
    let packed = (0..6).fold(report.as_bytes().to_vec(), |inner, _| pack::gzip(&inner));
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let any = "damaged|limit|report|not_a_report|empty|link|unknown_format|encoding";
    vec![
        animal("truncated.tar", "damaged|report", half(&tar)),
        animal("size.tar", any, [header(b'0', b"77777777777\0", "x"), vec![0; 512]].concat()),
        animal(
            "size-binary.tar",
            any,
            [header(b'0', b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "x"), vec![0; 512]].concat(),
        ),
        animal("name.tar", any, [header(b'L', b"77777777777\0", "x"), vec![b'x'; 1 << 20]].concat()),
        animal("names.tar", any, header(b'L', none, "x").repeat(10_000)),
        animal("links.tar", "link", links),
        animal("zeros.tar", "unknown_format|empty|encoding", vec![0; 1 << 20]),
        animal("truncated.tar.gz", "damaged|report", half(&pack::gzip(&tar))),
        animal("tail.tar.gz", "damaged|report", [pack::gzip(&tar), noise(100)].concat()),
        animal("bomb.tar.gz", "limit", pack::gzip(&pack::tar(&[("a.txt", vec![b'0'; 80 << 20])]))),
        animal("bomb.gz", "limit", pack::gzip(&vec![b'0'; 80 << 20])),
        animal("nested.gz", "limit", packed),
        animal("tail.gz", "damaged|report", [pack::gzip(report.as_bytes()), b"more".to_vec()].concat()),
        animal("tail.zst", "damaged|report", [pack::zstandard(report.as_bytes()), b"more".to_vec()].concat()),
        animal("tape.gz", "report", [pack::gzip(report.as_bytes()), vec![0; 10_240]].concat()),
        animal("noise.gz", any, [&b"\x1f\x8b\x08\0\0\0\0\0\0\0"[..], &noise(100_000)].concat()),
        animal("truncated.zst", "damaged", half(&pack::zstandard(report.as_bytes()))),
        animal("window.zst", "damaged", b"\x28\xb5\x2f\xfd\x00\xff\xff\xff\xff".to_vec()),
        animal("skip.zst", any, b"\x50\x2a\x4d\x18\xff\xff\xff\xff".to_vec()),
        animal("noise.zst", any, [&b"\x28\xb5\x2f\xfd"[..], &noise(100_000)].concat()),
        animal("bomb.zst", "limit", pack::zstandard(&vec![b'0'; 80 << 20])),
    ]
}

/// First bytes of formats that are not read, or not whole.
fn magics() -> Vec<Animal> {
    let any = "damaged|scan|unknown_format|empty|not_a_report|encoding|limit";
    vec![
        animal("a.rar", "unknown_format", [&b"Rar!\x1a\x07\0"[..], &noise(500)].concat()),
        animal("a.7z", "damaged", [&b"7z\xbc\xaf\x27\x1c"[..], &noise(500)].concat()),
        animal("a.bz2", "unknown_format", [&b"BZh9"[..], &noise(500)].concat()),
        animal("a.xz", "unknown_format", [&b"\xfd7zXZ\0"[..], &noise(500)].concat()),
        animal("a.png", any, [&b"\x89PNG\r\n\x1a\n"[..], &noise(500)].concat()),
        animal("a.jpg", any, [&b"\xff\xd8\xff\xe0"[..], &noise(500)].concat()),
        animal("head.pdf", any, "%PDF-1.7\n"),
        animal("noise.pdf", any, [&b"%PDF-1.7\n"[..], &noise(50_000)].concat()),
        animal(
            "loop.pdf",
            any,
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>",
        ),
        animal("laughs.xml", any, "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"&a;&a;\">]><a>&a;</a>"),
    ]
}

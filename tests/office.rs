//! Office documents as whole files: the format is found inside, limits hold, rubbish is a failure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::time::{Duration, Instant};

use gxbg::decode::decode;
use gxbg::document::Block;
use gxbg::error::Failure;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

mod pack;

/// A zip file of members.
fn package(members: &[(&str, &[u8])]) -> Vec<u8> {
    pack::zip(members)
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    let xml = format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
    package(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml.as_bytes())])
}

const WORD_TABLE: &str = "<w:p><w:r><w:t>二、主动公开政府信息情况</w:t></w:r></w:p><w:tbl><w:tr>\
    <w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
const OPEN_TABLE: &str = "<text:h>二、主动公开政府信息情况</text:h><table:table><table:table-row>\
    <table:table-cell><text:p>规章</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell>\
    </table:table-row></table:table>";
const RTF_TABLE: &str = "{\\rtf1\\ansi\\ansicpg936\\uc0 \\u20108\\u12289\\u20027\\u21160\\u20844\\u24320\\u25919\\u24220\\u20449\\u24687\\u24773\\u20917\\par\
    \\trowd\\cellx1000\\cellx2000\\intbl\\'b9\\'e6\\'d5\\'c2\\cell 3\\cell\\row}";

/// The code of the failure, and the name of the limit.
fn fails(bytes: &[u8]) -> (&'static str, &'static str) {
    let start = Instant::now();
    let failure = decode(bytes).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2), "a failure takes no time");
    (failure.code(), if let Failure::Limit { name, .. } = failure { name } else { "" })
}

#[test]
fn one_table_in_three_formats() {
    let files = [("docx", docx(WORD_TABLE)), ("odt", odt(OPEN_TABLE)), ("rtf", RTF_TABLE.as_bytes().to_vec())];
    for (format, bytes) in files {
        let document = decode(&bytes).unwrap();
        assert_eq!(document.format, format);
        assert_eq!(document.text, "二、主动公开政府信息情况\n规章\t3\n");
        let [Block::Text(heading), Block::Grid(grid)] = document.blocks.as_slice() else {
            panic!("{format}: expected a line and a table")
        };
        assert_eq!(heading.of(&document.text), "二、主动公开政府信息情况\n");
        let cells: Vec<_> = grid.rows[0].iter().map(|c| (c.column, c.width, c.span.of(&document.text))).collect();
        assert_eq!(cells, [(0, 1, "规章"), (1, 1, "3")]);
    }
}

#[test]
fn other_packages_are_told_by_name() {
    assert!(matches!(
        decode(&package(&[("ppt/presentation.xml", b"<x/>")])),
        Err(Failure::UnknownFormat { format: "slides of PowerPoint or WPS (PPTX): save them as PDF" })
    ));
    assert_eq!(fails(&package(&[("xl/workbook.xml", b"<x/>")])).0, "empty");
    let sheet = package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
    assert_eq!(fails(&sheet).0, "empty");
    let drawing = package(&[("mimetype", b"application/vnd.oasis.opendocument.graphics"), ("content.xml", b"<x/>")]);
    assert_eq!(fails(&drawing).0, "unknown_format");
    assert_eq!(fails(&docx("")).0, "empty");
}

#[test]
fn cut_and_bent_packages_are_damaged() {
    let whole = docx(WORD_TABLE);
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert_eq!(fails(&whole[..length]).0, "damaged", "{length} bytes");
    }
    // XML that breaks off keeps what came before.
    let cut = package(&[(
        "word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r".as_bytes(),
    )]);
    assert_eq!(decode(&cut).unwrap().text, "甲\n");
}

#[test]
fn bombs_meet_limits() {
    let spaces = vec![b' '; 40 << 20];
    assert_eq!(fails(&package(&[("word/document.xml", &spaces)])), ("limit", "ratio"));
    let mut dice = StdRng::seed_from_u64(1);
    // Text of few letters packs well, but not as well as a bomb.
    let letters: Vec<u8> = (0..34 << 20).map(|_| b'a' + dice.random_range(0..2u8)).collect();
    assert_eq!(fails(&package(&[("word/document.xml", &letters)])), ("limit", "file_bytes"));
    assert_eq!(fails(&docx(&"<w:x>".repeat(100_000))), ("limit", "depth"));
    assert_eq!(fails(&docx(&"<w:tbl><w:tr><w:tc>".repeat(1_000))), ("limit", "nested_tables"));
    assert_eq!(fails(&RTF_TABLE.replace("\\intbl", "\\itap30000").into_bytes()), ("limit", "nested_tables"));
    let repeated = "<table:table-cell table:number-columns-repeated=\"2000000000\"/>".repeat(1_000);
    assert_eq!(fails(&odt(&format!("<table:table><table:table-row>{repeated}"))), ("limit", "cells"));
}

#[test]
fn entities_do_not_grow() {
    let entities: String = (1..10).map(|i| format!("<!ENTITY a{i} \"&a{};&a{};\">", i - 1, i - 1)).collect();
    let xml = format!(
        "<!DOCTYPE x [<!ENTITY a0 \"{}\">{entities}]><w:document><w:body><w:p><w:r><w:t>1&a9;</w:t></w:r></w:p></w:body></w:document>",
        "z".repeat(1_000)
    );
    assert_eq!(decode(&package(&[("word/document.xml", xml.as_bytes())])).unwrap().text, "1\u{fffd}\n");
}

#[test]
fn huge_spans_are_cut() {
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"2147483647\"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>";
    let document = decode(&docx(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell.repeat(100)))).unwrap();
    let Block::Grid(grid) = &document.blocks[0] else { panic!("expected a table") };
    assert_eq!(grid.rows[0].len(), 100);
}

/// Whole files, a few bytes of each changed, cut or doubled.
#[test]
fn random_bytes_do_not_panic() {
    let mut dice = StdRng::seed_from_u64(4);
    let ole = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 3_000]].concat();
    let whole = [docx(WORD_TABLE), odt(OPEN_TABLE), RTF_TABLE.as_bytes().to_vec(), ole];
    for round in 0..3_000 {
        let mut bytes = whole[round % whole.len()].clone();
        for _ in 0..dice.random_range(1..8) {
            let at = dice.random_range(4..bytes.len());
            match dice.random_range(0..3) {
                0 => bytes[at] = dice.random(),
                1 => bytes.truncate(at.max(8)),
                _ => bytes.insert(at, *b"{}\\<>/"[..].get(dice.random_range(0..6usize)).unwrap()),
            }
        }
        check(&bytes);
    }
    // Words of the formats in random order.
    let words = [
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:p>",
        "</w:p>",
        "<w:r><w:t>1</w:t></w:r>",
        "<w:vMerge/>",
        "<w:gridSpan w:val=\"3\"/>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:gridCol w:w=\"9\"/>",
    ];
    let controls = [
        "\\trowd",
        "\\cellx500",
        "\\cellx-7",
        "\\clvmrg",
        "\\clmrg",
        "\\intbl",
        "\\itap2",
        "\\cell ",
        "\\row ",
        "\\nestcell ",
        "{\\*\\nesttableprops\\trowd\\cellx9\\nestrow}",
        "\\pard ",
        "\\par ",
        "{\\*\\shpinst{\\shptxt 1",
        "}}",
        "2",
        "\\u-9999 ",
    ];
    for _ in 0..3_000 {
        let xml: String = (0..40).map(|_| words[dice.random_range(0..words.len())]).collect();
        check(&docx(&xml));
        let rtf: String = (0..40).map(|_| controls[dice.random_range(0..controls.len())]).collect();
        check(format!("{{\\rtf1 {rtf}}}").as_bytes());
    }
}

/// Whatever comes out, its spans lie in the text and its columns grow.
fn check(bytes: &[u8]) {
    let Ok(document) = decode(bytes) else { return };
    for block in &document.blocks {
        match block {
            Block::Text(span) => assert!(document.text.get(span.start as usize..span.end as usize).is_some()),
            Block::Grid(grid) => {
                for row in &grid.rows {
                    assert!(row.windows(2).all(|w| w[0].column < w[1].column && w[0].span.end <= w[1].span.start));
                    assert!(
                        row.iter().all(|c| document.text.get(c.span.start as usize..c.span.end as usize).is_some())
                    );
                }
            }
        }
    }
}

/// A container of the old kind with one empty stream.
fn container(stream: &str) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    let mut words: Vec<u32> = vec![0xe011_cfd0, 0xe11a_b1a1, 0, 0, 0, 0];
    // Versions 62 and 3, little-endian, sectors of 2^9 and 2^6 bytes.
    words.extend([0x0003_003e, 0x0009_fffe, 6, 0, 0, 1, 1, 0, 4096, END, 0, END, 0, 0]);
    words.resize(128, FREE);
    words.extend([0xffff_fffd, END]);
    words.resize(256, FREE);
    let mut bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
    for (name, kind, child) in [("Root Entry", 5u8, 1u32), (stream, 2, FREE), ("", 0, FREE), ("", 0, FREE)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() { 0 } else { entry.len() as u16 + 2 };
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([FREE, FREE, child].iter().flat_map(|w| w.to_le_bytes()));
        entry.resize(116, 0);
        entry.extend(END.to_le_bytes());
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes
}

#[test]
fn what_opens_only_with_a_password_is_locked() {
    let pdf = include_bytes!("fixtures/locked.pdf").to_vec();
    for (bytes, wanted) in [(container("EncryptedPackage"), "DOCX"), (pdf, "PDF")] {
        let failure = decode(&bytes).unwrap_err();
        assert_eq!(failure.code(), "locked", "{failure}");
        assert!(failure.to_string().contains(wanted), "{failure}");
    }
    // Of a workbook that is read, there is nothing in it.
    assert_eq!(decode(&container("Workbook")).unwrap_err().code(), "damaged");
    assert_eq!(decode(&container("PowerPoint Document")).unwrap_err().code(), "unknown_format");
}

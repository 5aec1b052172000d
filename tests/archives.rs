//! Archives as folders: every member is a report or a failure, whatever the archive is.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use gxbg::decode::Limits;
use gxbg::load::{LoadError, LoadOptions, Progress, load_bytes, load_dir, load_file};
use gxbg::schema::TableName;

mod pack;
mod tables;

use tables::{Row, rows};

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str, files: &[(&str, Vec<u8>)]) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("archives-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, content) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        Folder(path)
    }

    /// `path` for a report, `path: reason` for a failure.
    fn rows(&self, options: &LoadOptions) -> (Vec<String>, Vec<String>) {
        let tables = load_dir(&self.0, options, &Progress::default()).unwrap();
        let text = |row: &Row, column: &str| row.get(column).cloned().flatten().unwrap_or_default();
        let reports = rows(&tables, TableName::Reports).iter().map(|r| text(r, "path")).collect();
        let failures = rows(&tables, TableName::Failures);
        (reports, failures.iter().map(|r| format!("{}: {}", text(r, "path"), text(r, "reason"))).collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/gxbg/samples/reports");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder).into_iter().map(|e| e.unwrap().into_path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let named = |(i, f): (usize, &PathBuf)| (format!("年报/{i}.txt"), fs::read(f).unwrap());
    files.iter().enumerate().map(named).collect()
}

fn sample() -> Vec<u8> {
    samples().swap_remove(0).1
}

#[test]
fn every_kind_of_archive_gives_the_rows_of_its_members() {
    let members = samples();
    let tar = pack::tar(&members);
    let folder = Folder::of(
        "kinds",
        &[
            ("a.zip", pack::zip(&members)),
            ("b.tar", tar.clone()),
            ("c.tar.gz", pack::gzip(&tar)),
            ("d/d.tar.zst", pack::zstandard(&tar)),
            ("e.txt.gz", pack::gzip(&members[0].1)),
            ("f.txt", members[0].1.clone()),
        ],
    );
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert!(failures.is_empty(), "{failures:?}");
    let wanted: Vec<String> = ["a.zip", "b.tar", "c.tar.gz", "d/d.tar.zst"]
        .iter()
        .flat_map(|a| members.iter().map(move |(name, _)| format!("{a}!/{name}")))
        .chain(["e.txt.gz!/e.txt".to_owned(), "f.txt".to_owned()])
        .collect();
    assert_eq!(reports, wanted);
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let members: Vec<(String, Vec<u8>)> =
        (0..400).map(|i| (format!("{i}.txt"), format!("no report {i}").into_bytes())).collect();
    let tar = pack::tar(&members);
    let folder = Folder::of("order", &[("a.zip", pack::zip(&members)), ("b.tgz", pack::gzip(&tar)), ("c.tar", tar)]);
    let of = |threads| folder.rows(&LoadOptions { threads: Some(threads), ..LoadOptions::default() });
    let one = of(1);
    assert_eq!(one.1.len(), 1200);
    assert_eq!(one.1[401], "b.tgz!/1.txt: not_a_report");
    assert_eq!(one, of(4));
}

#[test]
fn an_archive_larger_than_a_file_may_be_is_read_from_the_disk() {
    let members = samples();
    let tar = pack::tar(&members);
    let files = [("a.zip", pack::zip(&members)), ("b.tar.gz", pack::gzip(&tar)), ("c.tar", tar)];
    let most = members.iter().map(|m| m.1.len()).max().unwrap() as u64;
    assert!(files.iter().all(|f| f.1.len() as u64 > most));
    let limits = Limits { file_bytes: most, ..Limits::default() };
    let folder = Folder::of("large", &files);
    let (reports, failures) = folder.rows(&LoadOptions { limits, ..LoadOptions::default() });
    assert_eq!((reports.len(), failures), (3 * members.len(), vec![]));
}

#[test]
fn archives_in_archives_are_read_two_deep() {
    let report = sample();
    let third = pack::zip(&[("deep.txt", &report)]);
    let second = pack::tar(&[("a.txt", &report), ("third.zip", &third)]);
    let first = pack::zip(&[("second.tar", &second), ("b.txt", &report)]);
    let folder = Folder::of("nested", &[("first.zip", first.clone())]);
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert_eq!(reports, ["first.zip!/second.tar!/a.txt", "first.zip!/b.txt"]);
    assert_eq!(failures, ["first.zip!/second.tar!/third.zip: limit"]);
    let none = Limits { archive_depth: 0, ..Limits::default() };
    let (reports, failures) = folder.rows(&LoadOptions { limits: none, ..LoadOptions::default() });
    assert_eq!((reports.len(), failures), (0, vec!["first.zip: limit".to_owned()]));
}

#[test]
fn members_that_cannot_be_taken_have_names_and_reasons() {
    let report = sample();
    let chinese = encoding_rs::GB18030.encode("年报/临桐县.txt").0.into_owned();
    let mut zip = pack::zip(&[
        (b"../up.txt".to_vec(), report.clone()),
        (chinese, report.clone()),
        (b"twice.txt".to_vec(), report.clone()),
        (b"twice.txt".to_vec(), report.clone()),
        (b"locked.txt".to_vec(), b"x".to_vec()),
        (b"empty.txt".to_vec(), Vec::new()),
        (b"folder/".to_vec(), Vec::new()),
    ]);
    // The flag of encryption, in the directory.
    let locked = memchr::memmem::rfind(&zip, b"locked.txt").unwrap();
    zip[locked - 46 + 8] |= 1;
    let folder = Folder::of("members", &[("a.zip", zip)]);
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert_eq!(reports, ["a.zip!/年报/临桐县.txt", "a.zip!/twice.txt", "a.zip!/twice.txt"]);
    assert_eq!(failures, ["a.zip!/../up.txt: outside", "a.zip!/locked.txt: encrypted", "a.zip!/empty.txt: empty"]);
}

#[test]
fn a_changed_byte_in_a_zip_is_no_figure() {
    let mut zip = pack::zip(&[("a.txt", sample())]);
    let middle = zip.len() / 2;
    zip[middle] ^= 1;
    let folder = Folder::of("changed", &[("a.zip", zip)]);
    assert_eq!(folder.rows(&LoadOptions::default()).1, ["a.zip!/a.txt: damaged"]);
}

#[test]
fn broken_archives_tell_what_they_lost() {
    let members = samples();
    let tar = pack::tar(&members);
    let (zip, tgz) = (pack::zip(&members), pack::gzip(&tar));
    let folder = Folder::of(
        "broken",
        &[
            ("a.zip", zip[..zip.len() / 2].to_vec()),
            ("b.tar.gz", tgz[..tgz.len() / 2].to_vec()),
            ("c.tar", tar[..tar.len() / 2 + 100].to_vec()),
            ("d.tar.zst", pack::zstandard(&tar)[..3000].to_vec()),
            ("e.zip", pack::zip::<&str, &str>(&[])),
        ],
    );
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert!(reports.iter().all(|r| r.starts_with("b.tar.gz!/") || r.starts_with("c.tar!/") || r.starts_with("d.")));
    assert!(reports.len() >= members.len() / 2);
    assert_eq!(
        failures,
        ["a.zip: damaged", "b.tar.gz: damaged", "c.tar: damaged", "d.tar.zst: damaged", "e.zip: empty"]
    );
}

#[test]
fn what_inflates_to_too_much_is_a_failure() {
    let zeros = vec![b'0'; 40 << 20];
    let zip = pack::zip(&[("a.txt", &zeros[..]), ("b.txt", &zeros[..3 << 20])]);
    let tgz = pack::gzip(&pack::tar(&[("a.txt", &zeros[..]), ("b.txt", &zeros[..30 << 20]), ("c.txt", b"no report")]));
    let folder = Folder::of("bombs", &[("a.zip", zip), ("b.tgz", tgz), ("c.gz", pack::gzip(&zeros))]);
    let (_, failures) = folder.rows(&LoadOptions::default());
    assert_eq!(
        failures,
        ["a.zip!/a.txt: limit", "a.zip!/b.txt: limit", "b.tgz!/a.txt: limit", "b.tgz: limit", "c.gz: limit"]
    );
}

#[test]
fn one_file_is_one_report() {
    let report = sample();
    let options = LoadOptions::default();
    let one = load_bytes("a.zip", &pack::zip(&[("a.txt", &report)]), &options).unwrap();
    assert_eq!(one.rows(TableName::Reports), 1);
    let two = load_bytes("a.zip", &pack::zip(&[("a.txt", &report), ("b.txt", &report)]), &options);
    assert!(matches!(two, Err(LoadError::Failed { reason: "not_one", .. })));
    let folder = Folder::of("one", &[("a.txt.gz", pack::gzip(&report))]);
    assert_eq!(load_file(&folder.0.join("a.txt.gz"), &options).unwrap().rows(TableName::Reports), 1);
}

#[test]
fn a_page_and_its_attachment_are_one_report() {
    let report = sample();
    let text = String::from_utf8(report.clone()).unwrap();
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let digit = text.find("\t1").map_or(0, |at| at + 1);
    let other = [&text[..digit], "2", &text[digit + 1..]].concat();
    let folder = Folder::of(
        "twins",
        &[
            ("a/page.txt", report.clone()),
            ("a/page.zip", pack::zip(&[("attached.doc", &gb)])),
            ("a/revised.txt", other.into_bytes()),
            ("b/page.txt", report),
        ],
    );
    let tables = load_dir(&folder.0, &LoadOptions::default(), &Progress::default()).unwrap();
    let found = rows(&tables, TableName::Reports);
    let column = |name: &str| -> Vec<Option<String>> { found.iter().map(|r| r[name].clone()).collect() };
    let first = found[0]["report_id"].clone();
    assert_eq!(column("same_as"), [None, first, None, None]);
    assert_eq!(column("named_as"), [None, Some("doc".to_owned()), None, None]);
}

/// A workbook of sheets, each with rows of cells.
fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut parts = Vec::new();
    let (mut listed, mut links) = (String::new(), String::new());
    for (n, (name, rows)) in sheets.iter().enumerate() {
        listed += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>");
        links += &format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"worksheets/s{n}.xml\"/>");
        let cell = |text: &String| match text.parse::<f64>() {
            Ok(number) => format!("<c><v>{number}</v></c>"),
            Err(_) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        };
        let rows: String =
            rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>())).collect();
        let part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/s{n}.xml"), part.into_bytes()));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{listed}</sheets></workbook>").into_bytes()));
    let links = format!("<Relationships>{links}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), links.into_bytes()));
    pack::zip(&parts)
}

/// A report as rows of a sheet.
fn sheet(town: &str) -> Vec<Vec<String>> {
    let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    vec![
        row(&[&format!("{town}2023年政府信息公开工作年度报告")]),
        row(&["一、总体情况"]),
        row(&["本年度平稳。"]),
        row(&["二、主动公开政府信息情况"]),
        row(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        row(&["规章", "0", "0", "0"]),
        row(&["行政规范性文件", "3", "1", "12"]),
        row(&["三、收到和处理政府信息公开申请情况"]),
    ]
}

#[test]
fn sheets_and_records_are_members() {
    let text = String::from_utf8(sample()).unwrap();
    let json = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace(['\r', '\t'], " ");
    let record = |field: &str| format!("{{\"id\": [1, {{}}], \"{field}\": \"{json}\"}}");
    let lines = format!("{}\n\n{{\"id\": 2}}\n{}\n{{\"text\": \n", record("text"), record("正文"));
    let folder = Folder::of(
        "members",
        &[
            ("a.jsonl", lines.into_bytes()),
            ("b.json", format!("\u{feff}[{}, {}]", record("content"), record("text")).into_bytes()),
            ("c.json", format!("{{\n\"id\": 1,\n\"text\": \"{json}\"\n}}").into_bytes()),
            ("d.json", b"{\"reports\": 3}".to_vec()),
            ("e.xlsx", workbook(&[("青禾镇", sheet("青禾镇")), ("白河乡", sheet("白河乡"))])),
            ("f.xlsx", workbook(&[("Sheet1", sheet("青禾镇"))])),
        ],
    );
    let (reports, failures) = folder.rows(&LoadOptions::default());
    let wanted = [
        "a.jsonl!/1",
        "a.jsonl!/3",
        "b.json!/1",
        "b.json!/2",
        "c.json!/1",
        "e.xlsx!/青禾镇",
        "e.xlsx!/白河乡",
        "f.xlsx",
    ];
    assert_eq!(reports, wanted);
    assert_eq!(failures, ["a.jsonl!/2: empty", "a.jsonl!/4: damaged", "d.json: not_a_report"]);
    let small = Limits { file_bytes: text.len() as u64 * 2, ..Limits::default() };
    let many = format!("{}\n", record("text")).repeat(5);
    let folder = Folder::of("lines", &[("a.jsonl", many.into_bytes())]);
    let (reports, failures) = folder.rows(&LoadOptions { limits: small, ..LoadOptions::default() });
    assert_eq!((reports.len(), failures.len()), (5, 0));
}

#[test]
fn what_systems_leave_behind_is_passed_over() {
    let litter = ["__MACOSX/年报/._0.txt", ".DS_Store", "年报/Thumbs.db", "年报/desktop.ini", "年报/~$报告.docx"];
    let mut members = samples();
    members.truncate(1);
    members.extend(litter.iter().map(|name| ((*name).to_owned(), b"\0\0\0\x01Bud1".to_vec())));
    let mut files = vec![("a.zip".to_owned(), pack::zip(&members)), ("b.tar".to_owned(), pack::tar(&members))];
    files.extend(members.iter().map(|(name, content)| (format!("c/{name}"), content.clone())));
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    let folder = Folder::of("litter", &files);
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert_eq!((reports.len(), failures), (3, Vec::new()));
    let progress = Progress::default();
    load_dir(&folder.0, &LoadOptions::default(), &progress).unwrap();
    assert_eq!(progress.passed_over.load(Ordering::Relaxed), 3 * litter.len());
}

#[test]
fn archives_that_are_not_read_tell_what_to_do() {
    let error = load_bytes("a.rar", b"Rar!\x1a\x07\x01\x00", &LoadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("RAR") && error.to_string().contains("as a zip archive"), "{error}");
}

/// An archive that 7-Zip wrote.
fn seven(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/7z").join(name)).unwrap()
}

#[test]
fn archives_of_seven_zip_are_folders_by_each_of_its_usual_methods() {
    let names = ["delta.7z", "deflate.7z", "filtered.7z", "lzma.7z", "lzma2.7z", "stored.7z"];
    let folder = Folder::of("sevens", &names.map(|name| (name, seven(name))));
    let (reports, failures) = folder.rows(&LoadOptions::default());
    let of =
        |name: &&str| (0..if *name == "stored.7z" { 1 } else { 2 }).map(|n| format!("{name}!/年报/{n}.txt")).collect();
    let mut wanted: Vec<String> = names.iter().flat_map(|name| -> Vec<String> { of(name) }).collect();
    wanted.sort();
    assert_eq!(reports, wanted);
    assert_eq!(failures, ["lzma2.7z!/空.txt: empty", "lzma2.7z!/link.txt: link"]);
    // From the disk, where they are too large to be held.
    let limits = Limits { file_bytes: 4_500, ..Limits::default() };
    let large = Folder::of("sevens-large", &[("delta.7z", seven("delta.7z"))]);
    let (reports, failures) = large.rows(&LoadOptions { limits, ..LoadOptions::default() });
    assert_eq!((reports.len(), failures), (2, Vec::new()));
}

#[test]
fn archives_of_seven_zip_that_are_not_read_say_why() {
    let names = ["bomb.7z", "hidden.7z", "locked.7z", "ppmd.7z"];
    let folder = Folder::of("sevens-not", &names.map(|name| (name, seven(name))));
    let (reports, failures) = folder.rows(&LoadOptions::default());
    assert_eq!(reports, Vec::<String>::new());
    let wanted = [
        "bomb.7z!/a.txt: limit",
        "bomb.7z!/b.txt: not_a_report",
        "bomb.7z!/c.txt: limit",
        "hidden.7z: locked",
        "locked.7z!/年报/0.txt: encrypted",
        "ppmd.7z!/年报/0.txt: method",
    ];
    assert_eq!(failures, wanted);
    let whole = seven("lzma2.7z");
    for cut in (0..whole.len()).step_by(7) {
        let error = load_bytes("a.7z", &whole[..cut], &LoadOptions::default());
        assert!(error.is_err(), "{cut}");
    }
    for name in ["delta.7z", "deflate.7z", "filtered.7z", "lzma.7z", "lzma2.7z", "stored.7z"] {
        let whole = seven(name);
        for at in (0..whole.len()).step_by(5) {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            // It ends. One whole report of two is an answer, and a checksum guards each.
            let _ = load_bytes("a.7z", &changed, &LoadOptions::default());
        }
    }
}

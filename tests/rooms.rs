//! Holds the code to its plan: rooms import only from rooms before them, Chinese is spoken in `terms` alone, pyo3 lives
//! in `python`, nothing is unsafe, and files stay short enough to read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The rooms in the order of the data.
const ROOMS: [&str; 18] = [
    "terms",
    "divisions",
    "document",
    "error",
    "decode",
    "report",
    "law",
    "tables",
    "prose",
    "masthead",
    "recognize",
    "ledger",
    "check",
    "across",
    "schema",
    "batch",
    "load",
    "python",
];

/// Lines that a file may have.
const LONGEST: usize = 450;

/// A file of `src`.
struct Source {
    path: PathBuf,
    /// The path's parts below `src`, without `.rs` and `mod`: the module path.
    module: Vec<String>,
    /// The text as it stands.
    text: String,
    /// The text without comments and without test modules, line by line.
    code: Vec<String>,
}

impl Source {
    fn room(&self) -> usize {
        let name = &self.module[0];
        ROOMS.iter().position(|r| r == name).unwrap_or_else(|| panic!("{}: {name} is no room", self.path.display()))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = WalkDir::new(&root).sort_by_file_name().into_iter().map(|e| e.unwrap().into_path());
    let files =
        files.filter(|p| p.extension().is_some_and(|e| e == "rs") && p.file_name().is_some_and(|n| n != "lib.rs"));
    files
        .map(|path| {
            let below = path.strip_prefix(&root).unwrap().with_extension("");
            let parts = below.iter().map(|p| p.to_string_lossy().into_owned());
            let module: Vec<String> = parts.filter(|p| p != "mod").collect();
            let text = fs::read_to_string(&path).unwrap();
            let code = if module.last().is_some_and(|m| m == "tests") { Vec::new() } else { code_of(&text) };
            Source { path, module, text, code }
        })
        .collect()
}

/// Lines as they are compiled into the library; comments and test modules become empty lines.
fn code_of(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut test, mut inside) = (false, false);
    for line in text.lines() {
        if inside {
            // rustfmt puts the closing brace of a module at the margin.
            inside = line != "}";
            lines.push(String::new());
            continue;
        }
        if test && line.trim_end().ends_with('{') {
            (test, inside) = (false, true);
            lines.push(String::new());
            continue;
        }
        if line.starts_with("#[cfg(test)]") {
            test = true;
        } else if !line.trim().is_empty() && !line.starts_with("#[") {
            test = false;
        }
        let code = if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) };
        lines.push(code.to_owned());
    }
    lines
}

/// The rooms that a line of code names by `crate::…`, or by enough `super::` to reach the crate.
fn named_rooms(code: &str, depth: usize) -> Vec<&str> {
    let mut names = Vec::new();
    for (start, prefix) in [("crate::", "crate::".to_owned()), ("super::", "super::".repeat(depth))] {
        for (at, _) in code.match_indices(start).filter(|&(at, _)| code[at..].starts_with(&prefix)) {
            let longer =
                code[..at].ends_with("super::") || code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if longer {
                continue;
            }
            let rest = &code[at + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(list) => names.extend(heads(list)),
                None => names.push(word(rest)),
            }
        }
    }
    names.retain(|n| ROOMS.contains(n));
    names
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The first words of the items of `{a, b::{c, d}, e}`, read from behind the opening brace.
fn heads(list: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(word(list[from..at].trim_start()));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a character belongs to words; punctuation and wide digits are typography, and any room may meet them.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Every line of code that a judge objects to, with its place.
fn objections(judge: impl Fn(&Source, &str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in source.code.iter().enumerate() {
            if let Some(objection) = judge(&source, line) {
                found.push(format!("{}:{}: {objection}", source.path.display(), number + 1));
            }
        }
    }
    found
}

fn expect_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn rooms_import_only_from_rooms_before_them() {
    let mut found = Vec::new();
    for source in sources() {
        // Imports may run over lines: they are read from the whole file.
        for name in named_rooms(&source.code.join("\n"), source.module.len()) {
            if ROOMS.iter().position(|r| *r == name) > Some(source.room()) {
                found.push(format!("{}: {} comes before {name}", source.path.display(), ROOMS[source.room()]));
            }
        }
    }
    expect_none(&found);
}

#[test]
fn chinese_is_spoken_in_terms_alone() {
    expect_none(&objections(|source, line| {
        let foreign = source.module[0] != "terms" && line.chars().any(is_chinese);
        foreign.then(|| format!("Chinese outside terms: {}", line.trim()))
    }));
}

#[test]
fn pyo3_lives_in_python() {
    expect_none(&objections(|source, line| {
        (source.module[0] != "python" && line.contains("pyo3")).then(|| "pyo3 outside python".to_owned())
    }));
}

#[test]
fn nothing_is_unsafe() {
    expect_none(&objections(|_, line| {
        line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == "unsafe").then(|| "unsafe".to_owned())
    }));
}

#[test]
fn files_are_short_enough_to_read() {
    let long = sources().into_iter().filter(|s| s.text.lines().count() > LONGEST);
    let found: Vec<_> = long.map(|s| format!("{}: {} lines", s.path.display(), s.text.lines().count())).collect();
    expect_none(&found);
}

#[test]
fn the_reader_of_imports_reads_them() {
    assert_eq!(named_rooms("use crate::load::{a, b};", 1), ["load"]);
    assert_eq!(named_rooms("use crate::{terms::{Form, Table},\n    schema, x};", 1), ["terms", "schema"]);
    assert_eq!(named_rooms("use super::super::check; use super::load;", 2), ["check"]);
    assert_eq!(code_of("a // b\n#[cfg(test)]\nmod tests {\n    use x;\n}\nc"), ["a", "#[cfg(test)]", "", "", "", "c"]);
}

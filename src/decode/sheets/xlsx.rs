//! XLSX workbooks.

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;
use rawzip::ReaderAt;

use super::stylesheet::{StyleSheet, denies};
use super::values::{Styles, truth};
use super::{Stretch, Workbook};
use crate::decode::package::Package;
use crate::decode::xml::{self, Enter, Listener, attribute, number};
use crate::decode::{Budget, Contents};
use crate::error::Failure;

/// Bytes of all strings that cells share.
const MAX_STRINGS: usize = 64 << 20;

/// Reads a workbook.
pub(in crate::decode) fn decode<R: ReaderAt>(
    package: &mut Package<'_, R>,
    budget: &Budget,
    bytes: usize,
) -> Result<Contents, Failure> {
    let mut styles = StyleSheet::default();
    if let Some(part) = package.part("xl/styles.xml")? {
        xml::walk(&xml::text_of(&part), &mut styles, budget)?;
    }
    let mut styles = styles.finish();
    let mut strings = Strings::default();
    if let Some(part) = package.part("xl/sharedstrings.xml")? {
        xml::walk(&xml::text_of(&part), &mut strings, budget)?;
    }
    let mut links = Links::default();
    if let Some(part) = package.part("xl/_rels/workbook.xml.rels")? {
        xml::walk(&xml::text_of(&part), &mut links, budget)?;
    }
    let mut book = Book::default();
    if let Some(part) = package.part("xl/workbook.xml")? {
        xml::walk(&xml::text_of(&part), &mut book, budget)?;
    }
    styles.since_1904 = book.since_1904;
    let mut workbook = Workbook::new(budget);
    for listed in book.sheets.into_iter().filter(|s| !s.is_hidden) {
        let Some(part) = links.path(&listed.link, "xl/") else { continue };
        let Some(part) = package.part(&part)? else { continue };
        workbook.open(listed.name, false)?;
        let mut reader = SheetReader::new(&styles, &strings.all, &mut workbook);
        xml::walk(&xml::text_of(&part), &mut reader, budget)?;
    }
    workbook.finish("xlsx", bytes)
}

/// The parts that the workbook names.
#[derive(Debug, Default)]
pub(super) struct Links {
    all: Vec<(String, String)>,
}

impl Links {
    /// The path of a sheet by the name of its link.
    pub(super) fn path(&self, link: &str, folder: &str) -> Option<String> {
        let (_, target) = self.all.iter().find(|(id, _)| id == link)?;
        let target = target.replace('\\', "/").to_ascii_lowercase();
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}{}", target.trim_start_matches("./")),
        })
    }
}

impl Listener for Links {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        let is_sheet = attribute(tag, "Type").is_some_and(|t| t.ends_with("/worksheet"));
        if name == "Relationship" && is_sheet {
            self.all.push((plain(tag, "Id"), plain(tag, "Target")));
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

/// The characters of an attribute, references resolved.
pub(super) fn plain(tag: &BytesStart<'_>, name: &str) -> String {
    let value = attribute(tag, name).unwrap_or_default();
    unescape(&value).map_or_else(|_| value.to_string(), |v| v.into_owned())
}

/// Whether an attribute says yes.
fn says(tag: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(tag, name).as_deref(), Some("1" | "true" | "on"))
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
struct Listed {
    name: String,
    link: String,
    is_hidden: bool,
}

/// The workbook's own part.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Listed>,
    since_1904: bool,
}

impl Listener for Book {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        match name {
            "workbookPr" => self.since_1904 = says(tag, "date1904"),
            "sheet" => {
                // `sheetId` is no link: the attribute's whole name tells it apart.
                let mut attributes = tag.attributes();
                let mut all = attributes.with_checks(false).flatten();
                let link = all.find(|a| a.key.into_inner().ends_with(":id")).map(|a| a.value.to_string());
                let link = link.unwrap_or_default();
                let is_hidden = attribute(tag, "state").is_some_and(|s| s.to_ascii_lowercase().contains("hidden"));
                self.sheets.push(Listed { name: plain(tag, "name"), link, is_hidden });
            }
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

/// A string in runs, without what is struck out and without the readings of characters.
#[derive(Debug, Default)]
struct Runs {
    text: String,
    is_struck: bool,
    /// Inside of characters.
    characters: bool,
}

impl Runs {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Enter {
        match name {
            "r" => self.is_struck = false,
            "strike" => self.is_struck = !denies(tag),
            "t" => self.characters = !self.is_struck,
            "rPh" => return Enter::Skip,
            _ => {}
        }
        Enter::Inside
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.characters = false,
            "r" => self.is_struck = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.characters {
            self.text.push_str(text);
        }
    }

    fn take(&mut self) -> String {
        unfold(std::mem::take(&mut self.text))
    }
}

/// Characters written as `_x000D_`.
fn unfold(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.and_then(|c| u32::from_str_radix(c, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(if c == '\r' || c == '\0' { ' ' } else { c });
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The strings that cells share.
#[derive(Debug, Default)]
struct Strings {
    all: Vec<String>,
    bytes: usize,
    open: Runs,
}

impl Listener for Strings {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        if name == "si" {
            self.open = Runs::default();
        }
        Ok(self.open.start(name, tag))
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        self.open.end(name);
        if name == "si" {
            let text = self.open.take();
            self.bytes += text.len();
            if self.bytes > MAX_STRINGS {
                return Err(Failure::Limit { name: "text_bytes", limit: MAX_STRINGS as u64 });
            }
            self.all.push(text);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.open.text(text);
    }
}

/// A sheet that is being read.
struct SheetReader<'a> {
    styles: &'a Styles,
    strings: &'a [String],
    workbook: &'a mut Workbook,
    /// The row and the column at hand.
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    /// Inside of a value.
    is_value: bool,
    /// Inside of a formula, and its characters.
    is_formula: bool,
    formula: Option<String>,
    inline: Runs,
    hides_zeros: bool,
}

impl<'a> SheetReader<'a> {
    fn new(styles: &'a Styles, strings: &'a [String], workbook: &'a mut Workbook) -> SheetReader<'a> {
        SheetReader {
            styles,
            strings,
            workbook,
            row: u32::MAX,
            column: 0,
            kind: String::new(),
            style: 0,
            value: String::new(),
            is_value: false,
            is_formula: false,
            formula: None,
            inline: Runs::default(),
            hides_zeros: false,
        }
    }

    fn open_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Failure> {
        let told = number(tag, "r").and_then(|n| u32::try_from(n).ok()).and_then(|n| n.checked_sub(1));
        self.row = told.unwrap_or(self.row.wrapping_add(1));
        self.column = u32::MAX;
        let is_flat = attribute(tag, "ht").is_some_and(|h| h.parse() == Ok(0.0));
        match says(tag, "hidden") || is_flat {
            true => self.workbook.hide_rows(Stretch { first: self.row, last: self.row }),
            false => Ok(()),
        }
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) {
        let told = attribute(tag, "r").and_then(|r| corner(&r));
        (self.row, self.column) = told.unwrap_or((self.row, self.column.wrapping_add(1)));
        self.kind = attribute(tag, "t").unwrap_or_default().into_owned();
        self.style = number(tag, "s").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        self.value.clear();
        self.formula = None;
        self.inline = Runs::default();
    }

    fn close_cell(&mut self) -> Result<(), Failure> {
        if self.styles.strikes(self.style) {
            return Ok(());
        }
        let value = self.value.trim();
        // A program that does not calculate stores formulas alone: what they show is not known.
        let unknown = self.formula.take().filter(|_| value.is_empty() && self.kind != "str");
        if let Some(formula) = unknown {
            return self.workbook.put(self.row, self.column, &format!("={formula}"));
        }
        let text = match self.kind.as_str() {
            "s" => value.parse::<usize>().ok().and_then(|n| self.strings.get(n)).cloned().unwrap_or_default(),
            "str" => unfold(self.value.clone()),
            "inlineStr" => self.inline.take(),
            "b" => truth(value == "1").to_owned(),
            // An error, or a day in words of its own.
            "e" | "d" => value.to_owned(),
            _ => match value.parse::<f64>() {
                Ok(0.0) if self.hides_zeros => String::new(),
                Ok(number) => self.styles.show(number, self.style),
                Err(_) => value.to_owned(),
            },
        };
        self.workbook.put(self.row, self.column, &text)
    }

    fn hide_columns(&mut self, tag: &BytesStart<'_>) -> Result<(), Failure> {
        let edge = |name: &str| number(tag, name).and_then(|n| u32::try_from(n).ok()).and_then(|n| n.checked_sub(1));
        let is_narrow = attribute(tag, "width").is_some_and(|w| w.parse() == Ok(0.0));
        match (edge("min"), edge("max")) {
            (Some(first), Some(last)) if says(tag, "hidden") || is_narrow => {
                self.workbook.hide_columns(Stretch { first, last })
            }
            _ => Ok(()),
        }
    }
}

impl Listener for SheetReader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        match name {
            "row" => self.open_row(tag)?,
            "c" => self.open_cell(tag),
            "v" => self.is_value = true,
            "is" | "r" | "t" | "strike" | "rPh" => return Ok(self.inline.start(name, tag)),
            "sheetView" => {
                self.hides_zeros = matches!(attribute(tag, "showZeros").as_deref(), Some("0" | "false"));
            }
            "col" => self.hide_columns(tag)?,
            "mergeCell" => {
                if let Some((rows, columns)) = attribute(tag, "ref").and_then(|r| area(&r)) {
                    self.workbook.merge(rows, columns)?;
                }
            }
            "f" => {
                self.is_formula = true;
                self.formula = Some(String::new());
            }
            "extLst" | "headerFooter" | "dataValidations" | "conditionalFormatting" => return Ok(Enter::Skip),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "v" => self.is_value = false,
            "f" => self.is_formula = false,
            "c" => self.close_cell()?,
            _ => self.inline.end(name),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.is_value {
            self.value.push_str(text);
        } else if let Some(formula) = self.formula.as_mut().filter(|_| self.is_formula) {
            formula.push_str(text);
        } else {
            self.inline.text(text);
        }
    }
}

/// The row and column of a cell by its name (`C7`), counted from 0.
fn corner(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().trim_start_matches('$');
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let digit = |b: u8| u32::from(b.to_ascii_uppercase() - b'A') + 1;
    let column = name.bytes().take(letters).fold(0, |sum, b| sum * 26 + digit(b));
    let row: u32 = name[letters..].trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// The rows and columns of an area by its name (`A1:C7`).
fn area(name: &str) -> Option<(Stretch, Stretch)> {
    let (first, last) = name.split_once(':')?;
    let (first, last) = (corner(first)?, corner(last)?);
    Some((Stretch { first: first.0, last: last.0 }, Stretch { first: first.1, last: last.1 }))
}

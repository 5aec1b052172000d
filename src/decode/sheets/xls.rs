//! The binary workbooks of Excel 5 to 2003, and of WPS (`.et`): a stream of records.

use encoding_rs::{Encoding, GBK};

use super::binary::Record;
use super::strings::{Pieces, narrow};
use super::values::{Shape, Styles, error, truth};
use super::{Stretch, Workbook};
use crate::decode::{Budget, Contents};
use crate::error::Failure;

/// Kinds of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x06;
    pub(super) const END: u16 = 0x0a;
    pub(super) const DATE_MODE: u16 = 0x22;
    pub(super) const LOCKED: u16 = 0x2f;
    pub(super) const FONT: u16 = 0x31;
    pub(super) const CONTINUE: u16 = 0x3c;
    pub(super) const CODE_PAGE: u16 = 0x42;
    pub(super) const COLUMNS: u16 = 0x7d;
    pub(super) const SHEET: u16 = 0x85;
    pub(super) const RK_NUMBERS: u16 = 0xbd;
    pub(super) const RICH_STRING: u16 = 0xd6;
    pub(super) const STYLE: u16 = 0xe0;
    pub(super) const MERGED: u16 = 0xe5;
    pub(super) const STRINGS: u16 = 0xfc;
    pub(super) const SHARED_STRING: u16 = 0xfd;
    pub(super) const NUMBER: u16 = 0x203;
    pub(super) const LABEL: u16 = 0x204;
    pub(super) const TRUTH: u16 = 0x205;
    pub(super) const STRING: u16 = 0x207;
    pub(super) const ROW: u16 = 0x208;
    pub(super) const VIEW: u16 = 0x23e;
    pub(super) const RK_NUMBER: u16 = 0x27e;
    pub(super) const FORMAT: u16 = 0x41e;
    pub(super) const BEGIN: u16 = 0x809;
}

/// Reads the stream of a workbook.
pub(in crate::decode) fn decode(stream: &[u8], budget: &Budget) -> Result<Contents, Failure> {
    let mut globals = Globals { encoding: GBK, ..Globals::default() };
    globals.read(stream)?;
    let mut workbook = Workbook::new(budget);
    // Sheets lie one behind the other: together they are no longer than the stream.
    let mut left = stream.len();
    for (start, name) in std::mem::take(&mut globals.sheets) {
        workbook.open(name, false)?;
        let part = stream.get(start..).unwrap_or_default();
        sheet(&part[..part.len().min(left)], &globals, &mut workbook, &mut left)?;
    }
    workbook.finish("xls", stream.len())
}

/// The records of a stream from a place on: their kinds and their bytes.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let head = Record(rest.get(..4)?);
        let (kind, length) = (head.u16(0), usize::from(head.u16(2)));
        let (record, behind) = rest[4..].split_at_checked(length)?;
        rest = behind;
        Some((kind, record))
    })
}

/// What all sheets share.
struct Globals {
    /// Whether strings are of the version of 1997 and later.
    is_wide: bool,
    /// The encoding of older strings.
    encoding: &'static Encoding,
    styles: Styles,
    strings: Vec<String>,
    /// Where the sheets that are shown begin, and their names.
    sheets: Vec<(usize, String)>,
}

impl Default for Globals {
    fn default() -> Globals {
        Globals { is_wide: true, encoding: GBK, styles: Styles::default(), strings: Vec::new(), sheets: Vec::new() }
    }
}

impl Globals {
    fn read(&mut self, stream: &[u8]) -> Result<(), Failure> {
        let damaged = |detail: &str| Failure::Damaged { format: "XLS", detail: detail.to_owned() };
        let mut all = records(stream).peekable();
        let Some((kind::BEGIN, begin)) = all.next() else {
            return Err(damaged("expected the records of a workbook, found none"));
        };
        self.is_wide = match Record(begin).u16(0) {
            0x0600 => true,
            0x0500 => false,
            _ => return Err(Failure::UnknownFormat { format: "a workbook older than Excel 5" }),
        };
        while let Some((kind, record)) = all.next() {
            let bytes = Record(record);
            match kind {
                kind::LOCKED => return Err(Failure::Locked { format: "XLS" }),
                kind::CODE_PAGE => self.encoding = encoding(bytes.u16(0)),
                kind::DATE_MODE => self.styles.since_1904 = bytes.u16(0) == 1,
                kind::FONT => self.font(bytes),
                kind::FORMAT => {
                    let code = if self.is_wide { self.string(record, 2, 2) } else { self.string(record, 2, 1) };
                    self.styles.formats.insert(u32::from(bytes.u16(0)), Shape::of(&code));
                }
                kind::STYLE => {
                    self.styles.cells.push((u32::from(bytes.u16(2)), usize::from(bytes.u16(0))));
                }
                // Sheets of cells that are not hidden.
                kind::SHEET if bytes.u8(4) & 3 == 0 && bytes.u8(5) == 0 => {
                    self.sheets.push((bytes.u32(0) as usize, self.string(record, 6, 1)));
                }
                kind::STRINGS => {
                    let mut pieces = vec![record];
                    while let Some((_, more)) = all.next_if(|(kind, _)| *kind == kind::CONTINUE) {
                        pieces.push(more);
                    }
                    self.strings = Pieces::new(pieces).strings()?;
                }
                kind::END => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn font(&mut self, bytes: Record<'_>) {
        self.styles.struck.push(bytes.u16(2) & 8 != 0);
        // There is no font of the number 4.
        if self.styles.struck.len() == 4 {
            self.styles.struck.push(false);
        }
    }

    /// A string with its length before it, in so many bytes.
    fn string(&self, record: &[u8], at: usize, length: usize) -> String {
        let bytes = Record(record);
        let count = if length == 1 { usize::from(bytes.u8(at)) } else { usize::from(bytes.u16(at)) };
        let at = at + length;
        if !self.is_wide {
            let end = (at + count).min(record.len());
            return self.encoding.decode_without_bom_handling(record.get(at..end).unwrap_or_default()).0.into_owned();
        }
        match bytes.u8(at) & 1 {
            0 => narrow(record.get(at + 1..(at + 1 + count).min(record.len())).unwrap_or_default()),
            _ => bytes.wide(at + 1, count),
        }
    }
}

/// The encoding of a code page.
fn encoding(page: u16) -> &'static Encoding {
    match page {
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        65001 => encoding_rs::UTF_8,
        1252 | 32769 => encoding_rs::WINDOWS_1252,
        _ => GBK,
    }
}

/// Reads the records of a sheet, and counts their bytes.
fn sheet(stream: &[u8], globals: &Globals, workbook: &mut Workbook, left: &mut usize) -> Result<(), Failure> {
    let mut depth = 0usize;
    let mut hides_zeros = false;
    // The cell of a formula whose characters follow.
    let mut awaited: Option<(u32, u32)> = None;
    for (kind, record) in records(stream) {
        *left = left.saturating_sub(4 + record.len());
        let bytes = Record(record);
        match kind {
            kind::BEGIN => depth += 1,
            kind::END if depth <= 1 => break,
            kind::END => depth -= 1,
            // Charts stand inside of sheets.
            _ if depth > 1 => {}
            kind::VIEW => hides_zeros = bytes.u16(0) & 0x10 == 0,
            kind::ROW if bytes.u16(12) & 0x20 != 0 => {
                workbook.hide_rows(Stretch { first: u32::from(bytes.u16(0)), last: u32::from(bytes.u16(0)) })?;
            }
            kind::COLUMNS if bytes.u16(8) & 1 != 0 => {
                workbook.hide_columns(Stretch { first: u32::from(bytes.u16(0)), last: u32::from(bytes.u16(2)) })?;
            }
            kind::MERGED => {
                let stretch =
                    |at: usize| Stretch { first: u32::from(bytes.u16(at)), last: u32::from(bytes.u16(at + 2)) };
                for at in (0..usize::from(bytes.u16(0)).min(record.len() / 8)).map(|n| 2 + 8 * n) {
                    workbook.merge(stretch(at), stretch(at + 4))?;
                }
            }
            kind::RK_NUMBERS => {
                for n in 0..record.len().saturating_sub(6) / 6 {
                    let at = 4 + 6 * n;
                    let (column, style) = (u32::from(bytes.u16(2)) + n as u32, usize::from(bytes.u16(at)));
                    let text = show(globals, bytes.rk(at + 2), style, hides_zeros);
                    workbook.put(u32::from(bytes.u16(0)), column, &text)?;
                }
            }
            kind::STRING => {
                if let Some((row, column)) = awaited.take() {
                    workbook.put(row, column, &globals.string(record, 0, 2))?;
                }
            }
            _ => {
                let style = usize::from(bytes.u16(4));
                let (row, column) = (u32::from(bytes.u16(0)), u32::from(bytes.u16(2)));
                let text = match kind {
                    kind::NUMBER => show(globals, bytes.f64(6), style, hides_zeros),
                    kind::RK_NUMBER => show(globals, bytes.rk(6), style, hides_zeros),
                    kind::SHARED_STRING => globals.strings.get(bytes.u32(6) as usize).cloned().unwrap_or_default(),
                    kind::LABEL | kind::RICH_STRING => globals.string(record, 6, 2),
                    kind::TRUTH if bytes.u8(7) == 0 => truth(bytes.u8(6) != 0).to_owned(),
                    kind::TRUTH => error(bytes.u8(6)).to_owned(),
                    kind::FORMULA if bytes.u16(12) != 0xffff => show(globals, bytes.f64(6), style, hides_zeros),
                    kind::FORMULA => match bytes.u8(6) {
                        1 => truth(bytes.u8(8) != 0).to_owned(),
                        2 => error(bytes.u8(8)).to_owned(),
                        0 => {
                            awaited = Some((row, column)).filter(|_| !globals.styles.strikes(style));
                            continue;
                        }
                        // Nothing was calculated yet.
                        _ if bytes.u16(14) & 1 != 0 => "=".to_owned(),
                        _ => continue,
                    },
                    _ => continue,
                };
                if !globals.styles.strikes(style) {
                    workbook.put(row, column, &text)?;
                }
            }
        }
    }
    Ok(())
}

/// The characters of a number.
fn show(globals: &Globals, number: f64, style: usize, hides_zeros: bool) -> String {
    match hides_zeros && number == 0.0 {
        true => String::new(),
        false => globals.styles.show(number, style),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::compose::shown;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
    }

    fn numbers(all: &[u16]) -> Vec<u8> {
        all.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A string with its length in two bytes, of wide characters.
    fn string(text: &str) -> Vec<u8> {
        [numbers(&[text.encode_utf16().count() as u16]), vec![1], wide(text)].concat()
    }

    fn begin(version: u16) -> Vec<u8> {
        record(kind::BEGIN, &numbers(&[version, 5]))
    }

    /// A workbook of 1997 with one sheet that is shown and one that is hidden.
    fn book(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
        let listed =
            |at: u32, state: u8| record(kind::SHEET, &[&at.to_le_bytes()[..], &[state, 0, 1, 0, b'A']].concat());
        let head =
            |at: u32| [begin(0x0600), listed(at, 0), listed(at, 1), globals.concat(), record(kind::END, &[])].concat();
        let at = head(0).len() as u32;
        [head(at), begin(0x0600), sheet.concat(), record(kind::END, &[])].concat()
    }

    fn read(stream: &[u8]) -> Vec<String> {
        match decode(stream, &Budget::default()).expect("a workbook") {
            Contents::One(document) => shown(&document),
            Contents::Several(_) => Vec::new(),
        }
    }

    #[test]
    fn cells_of_all_kinds() {
        // The second string goes on in another record, in narrow characters.
        let strings = [numbers(&[2, 0, 2, 0]), string("规章"), numbers(&[4]), vec![1], wide("甲")].concat();
        let more = [vec![0], b"abc".to_vec()].concat();
        let globals = [
            record(kind::FORMAT, &[numbers(&[164]), string("m\"月\"d\"日\"")].concat()),
            record(kind::STYLE, &numbers(&[0, 0])),
            record(kind::STYLE, &numbers(&[0, 164])),
            record(kind::STRINGS, &strings),
            record(kind::CONTINUE, &more),
        ];
        let at = |column: u16, style: u16| numbers(&[0, column, style]);
        let rk = |n: u32| (n << 2 | 2).to_le_bytes();
        let sheet = [
            record(kind::ROW, &numbers(&[1, 0, 9, 0, 0, 0, 0x20, 0])),
            record(kind::COLUMNS, &numbers(&[9, 9, 0, 0, 1, 0])),
            record(kind::SHARED_STRING, &[at(0, 0), vec![0; 4]].concat()),
            record(kind::SHARED_STRING, &[at(1, 0), vec![1, 0, 0, 0]].concat()),
            record(kind::NUMBER, &[at(2, 0), 0.5f64.to_le_bytes().to_vec()].concat()),
            record(
                kind::RK_NUMBERS,
                &[numbers(&[0, 3, 0]), rk(12_358).to_vec(), numbers(&[1]), rk(44_198).to_vec(), numbers(&[4])].concat(),
            ),
            record(kind::TRUTH, &[at(5, 0), vec![0x17, 1]].concat()),
            record(kind::FORMULA, &[at(6, 0), 7f64.to_le_bytes().to_vec(), vec![0; 6]].concat()),
            record(kind::FORMULA, &[at(7, 0), vec![0, 0, 0, 0, 0, 0, 0xff, 0xff], vec![0; 6]].concat()),
            record(kind::STRING, &string("乙")),
            record(kind::LABEL, &[at(9, 0), string("隐")].concat()),
            record(kind::LABEL, &[numbers(&[1, 0, 0]), string("隐")].concat()),
            record(kind::LABEL, &[numbers(&[2, 0, 0]), string("规范性文件")].concat()),
            record(kind::RK_NUMBER, &[numbers(&[2, 2, 0]), rk(3).to_vec()].concat()),
            record(kind::MERGED, &numbers(&[1, 2, 2, 0, 1])),
        ];
        assert_eq!(
            read(&book(&globals, &sheet)),
            [
                "0+1:规章 1+1:甲abc 2+1:0.5 3+1:12358 4+1:2021-01-02 5+1:#REF! 6+1:7 7+1:乙",
                "0+2:规范性文件 2+1:3 3+1: 4+1: 5+1: 6+1: 7+1:"
            ]
        );
    }

    #[test]
    fn older_strings_are_in_a_code_page() {
        let name = record(kind::SHEET, &[&[0; 6][..], &[1, b'A']].concat());
        let label = |row: u16, text: &str| {
            let bytes = GBK.encode(text).0;
            record(kind::LABEL, &[numbers(&[row, 0, 0, bytes.len() as u16]), bytes.to_vec()].concat())
        };
        let head = |at: u32| {
            let name = [&name[..4], &at.to_le_bytes(), &name[8..]].concat();
            [begin(0x0500), record(kind::CODE_PAGE, &numbers(&[936])), name, record(kind::END, &[])].concat()
        };
        let at = head(0).len() as u32;
        let stream = [head(at), begin(0x0500), label(0, "规章"), label(1, "甲"), record(kind::END, &[])].concat();
        assert_eq!(read(&stream), ["规章", "甲"]);
    }

    #[test]
    fn broken_workbooks_are_failures() {
        let code = |stream: &[u8]| decode(stream, &Budget::default()).map(drop).unwrap_err().code();
        assert_eq!(code(b""), "damaged");
        assert_eq!(code(&begin(0x0400)), "unknown_format");
        assert_eq!(code(&book(&[record(kind::LOCKED, &[0; 6])], &[])), "locked");
        assert_eq!(code(&book(&[], &[])), "empty");
        let many = record(kind::MERGED, &[numbers(&[1_000]), numbers(&[0, 9, 0, 9]).repeat(1_000)].concat());
        assert_eq!(code(&book(&[], &vec![many; 300])), "limit");
        // Cut anywhere it ends.
        let whole = book(&[record(kind::STRINGS, &[numbers(&[1, 0, 1, 0]), string("规章")].concat())], &[]);
        for end in 0..whole.len() {
            let _ = decode(&whole[..end], &Budget::default());
        }
    }
}

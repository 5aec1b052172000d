//! XLSB workbooks: the parts of XLSX as binary records.

use rawzip::ReaderAt;

use super::binary::Record;
use super::values::{Shape, Styles, error, truth};
use super::xlsx::Links;
use super::{Stretch, Workbook};
use crate::decode::package::Package;
use crate::decode::{Budget, Contents, xml};
use crate::error::Failure;

/// Bytes of all strings that cells share.
const MAX_STRINGS: usize = 64 << 20;

/// Reads a workbook.
pub(in crate::decode) fn decode<R: ReaderAt>(
    package: &mut Package<'_, R>,
    budget: &Budget,
    bytes: usize,
) -> Result<Contents, Failure> {
    let mut links = Links::default();
    if let Some(part) = package.part("xl/_rels/workbook.bin.rels")? {
        xml::walk(&xml::text_of(&part), &mut links, budget)?;
    }
    let mut styles = package.part("xl/styles.bin")?.map(|part| styles(&part)).unwrap_or_default();
    let strings = package.part("xl/sharedstrings.bin")?.map(|part| strings(&part)).transpose()?.unwrap_or_default();
    let book = package.part("xl/workbook.bin")?.unwrap_or_default();
    let mut listed = Vec::new();
    for (kind, record) in records(&book) {
        match kind {
            153 => styles.since_1904 = record.u8(0) & 1 == 1,
            156 => {
                let (link, next) = string(record, 8);
                listed.push((record.u32(0), link, string(record, next).0));
            }
            _ => {}
        }
    }
    let mut workbook = Workbook::new(budget);
    for (_, link, name) in listed.into_iter().filter(|(state, ..)| *state == 0) {
        let Some(part) = links.path(&link, "xl/") else { continue };
        let Some(part) = package.part(&part)? else { continue };
        workbook.open(name, false)?;
        sheet(&part, &styles, &strings, &mut workbook)?;
    }
    workbook.finish("xlsb", bytes)
}

/// The records of a part: their kinds and their bytes.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, Record<'_>)> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let kind = varying(&mut rest, 2)?;
        let length = varying(&mut rest, 4)? as usize;
        let (record, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some((kind, Record(record)))
    })
}

/// A number of at most so many bytes, of which each but the last has its highest bit set.
fn varying(rest: &mut &[u8], most: usize) -> Option<u32> {
    let mut number = 0;
    for at in 0..most {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        // The first byte of a kind keeps its highest bit.
        number |= u32::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// A string with its length before it, and where the next thing stands.
fn string(record: Record<'_>, at: usize) -> (String, usize) {
    let length = match record.u32(at) {
        u32::MAX => 0,
        length => (length as usize).min(record.0.len()),
    };
    (record.wide(at + 4, length), at + 4 + 2 * length)
}

fn styles(part: &[u8]) -> Styles {
    let mut styles = Styles::default();
    let mut is_cells = false;
    for (kind, record) in records(part) {
        match kind {
            44 => {
                styles.formats.insert(u32::from(record.u16(0)), Shape::of(&string(record, 2).0));
            }
            43 => styles.struck.push(record.u8(2) & 8 != 0),
            617 => is_cells = true,
            618 => is_cells = false,
            47 if is_cells => styles.cells.push((u32::from(record.u16(2)), usize::from(record.u16(4)))),
            _ => {}
        }
    }
    styles
}

fn strings(part: &[u8]) -> Result<Vec<String>, Failure> {
    let (mut all, mut bytes) = (Vec::new(), 0);
    for (_, record) in records(part).filter(|(kind, _)| *kind == 19) {
        let text = string(record, 1).0;
        bytes += text.len();
        if bytes > MAX_STRINGS {
            return Err(Failure::Limit { name: "text_bytes", limit: MAX_STRINGS as u64 });
        }
        all.push(text);
    }
    Ok(all)
}

fn sheet(part: &[u8], styles: &Styles, strings: &[String], workbook: &mut Workbook) -> Result<(), Failure> {
    let (mut row, mut column, mut hides_zeros) = (0, 0u32, false);
    for (kind, record) in records(part) {
        let stretch = |at: usize| Stretch { first: record.u32(at), last: record.u32(at + 4) };
        match kind {
            0 => {
                row = record.u32(0);
                if record.u8(11) & 0x10 != 0 {
                    workbook.hide_rows(Stretch { first: row, last: row })?;
                }
            }
            // Cells that stand right of the one before are told without their column.
            1..=18 => {
                let is_next = kind > 11;
                column = if is_next { column.wrapping_add(1) } else { record.u32(0) };
                let record = Record(record.0.get(if is_next { 0 } else { 4 }..).unwrap_or_default());
                let style = (record.u32(0) & 0x00ff_ffff) as usize;
                let number = |number: f64| match number == 0.0 && hides_zeros {
                    true => String::new(),
                    false => styles.show(number, style),
                };
                let text = match kind {
                    2 | 13 => number(record.rk(4)),
                    3 | 11 | 14 => error(record.u8(4)).to_owned(),
                    4 | 10 | 15 => truth(record.u8(4) != 0).to_owned(),
                    5 | 9 | 16 => number(record.f64(4)),
                    6 | 8 | 17 => string(record, 4).0,
                    7 | 18 => strings.get(record.u32(4) as usize).cloned().unwrap_or_default(),
                    _ => String::new(),
                };
                if !styles.strikes(style) {
                    workbook.put(row, column, &text)?;
                }
            }
            60 if record.u16(16) & 1 != 0 => workbook.hide_columns(stretch(0))?,
            137 => hides_zeros = record.u16(0) & 0x10 == 0,
            176 => workbook.merge(stretch(0), stretch(8))?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::compose::shown;

    fn record(kind: u32, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        match kind {
            0..=127 => out.push(kind as u8),
            _ => out.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]),
        }
        out.extend([(body.len() & 0x7f) as u8 | 0x80, (body.len() >> 7) as u8]);
        out.extend(body);
        out
    }

    fn numbers(all: &[u32]) -> Vec<u8> {
        all.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    fn string(text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [numbers(&[units.len() as u32 / 2]), units].concat()
    }

    #[test]
    fn records_are_cells() {
        let styles = [
            record(44, &[vec![164, 0], string("yyyy/m/d")].concat()),
            record(617, &[]),
            record(47, &[0; 16]),
            record(47, &[0, 0, 164, 0, 0, 0]),
            record(618, &[]),
        ];
        let styles = super::styles(&styles.concat());
        let strings = super::strings(&record(19, &[vec![0], string("规章")].concat())).expect("strings");
        let row = |at: u32, flags: u8| record(0, &[numbers(&[at, 0]), vec![0, 0, 0, flags]].concat());
        let cell = |kind: u32, column: u32, style: u32, value: &[u8]| {
            record(kind, &[&numbers(&[column, style])[..], value].concat())
        };
        let part = [
            record(60, &[numbers(&[5, 5, 0, 0]), vec![1, 0]].concat()),
            row(0, 0),
            cell(7, 0, 0, &numbers(&[0])),
            record(13, &numbers(&[0, 12_358 << 2 | 2])),
            cell(5, 2, 1, &44_198f64.to_le_bytes()),
            cell(11, 3, 0, &[0x17]),
            cell(8, 4, 0, &string("甲")),
            cell(6, 5, 0, &string("隐")),
            row(1, 0x10),
            cell(6, 0, 0, &string("隐")),
            row(2, 0),
            cell(6, 0, 0, &string("规范性文件")),
            cell(9, 2, 0, &0.5f64.to_le_bytes()),
            record(176, &numbers(&[2, 2, 0, 1])),
        ];
        let mut workbook = Workbook::new(&Budget::default());
        workbook.open("甲".to_owned(), false).expect("a sheet");
        sheet(&part.concat(), &styles, &strings, &mut workbook).expect("within limits");
        let Ok(Contents::One(document)) = workbook.finish("xlsb", 0) else { panic!("expected a document") };
        assert_eq!(
            shown(&document),
            ["0+1:规章 1+1:12358 2+1:2021-01-02 3+1:#REF! 4+1:甲", "0+2:规范性文件 2+1:0.5 3+1: 4+1:"]
        );
    }
}

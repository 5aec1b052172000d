//! Pages of a PDF file as printers make them: a report with its tables ruled or not, over page breaks, without any
//! font in the file.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::dice::Dice;
use super::grid::{Sheet, Strip, What};

/// How the lines of a table are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Each line a stroke.
    Strokes,
    /// Each cell a stroked rectangle.
    Boxes,
    /// Each line a thin filled rectangle.
    Slivers,
    /// None.
    None,
}

impl Rules {
    pub(crate) const ALL: [Rules; 4] = [Rules::Strokes, Rules::Boxes, Rules::Slivers, Rules::None];

    pub(crate) fn key(self) -> &'static str {
        ["pdf-strokes", "pdf-boxes", "pdf-slivers", "pdf-unruled"][self as usize]
    }
}

/// How characters are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// In UCS-2, by a font that is not in the file.
    Ucs2,
    /// By numbers and a table of what they mean.
    Table,
    /// By numbers alone.
    Hidden,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face {
    pub(crate) rules: Rules,
    pub(crate) names: Names,
    /// Pages so low that tables break.
    pub(crate) low: bool,
    /// Rows may be cut by a page break, with no line at the cut.
    pub(crate) cut: bool,
    /// Headers stand in the middle of their cells.
    pub(crate) centred: bool,
    /// The page stands on its side: by its rotation, or by the transform of what is drawn.
    pub(crate) turned: Option<bool>,
}

impl Face {
    pub(crate) fn roll(rules: Rules, dice: &mut Dice) -> Face {
        Face {
            rules,
            names: dice.weighted(&[(Names::Ucs2, 0.5), (Names::Table, 0.5)]),
            low: dice.chance(0.6),
            cut: dice.chance(0.5),
            centred: dice.chance(0.7),
            turned: dice.weighted(&[(None, 0.7), (Some(false), 0.15), (Some(true), 0.15)]),
        }
    }
}

const WIDTH: f64 = 595.0;
const MARGIN: f64 = 50.0;
/// The size of the print in tables and the height of its lines.
const SMALL: f64 = 9.0;
const LINE: f64 = 12.0;
const PAD: f64 = 3.0;

/// A character's width in ems.
fn ems(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

fn width(text: &str, size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * size
}

/// Breaks a text into lines of a width; digits stay together.
fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut word = String::new();
    let mut flush = |word: &mut String| {
        let last = lines.last_mut().expect("there is a line");
        if !last.is_empty() && width(last, size) + width(word, size) > room {
            lines.push(std::mem::take(word));
        } else {
            last.push_str(&std::mem::take(word));
        }
    };
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() && c != '.' && c != ',' {
            flush(&mut word);
        }
        word.push(c);
        if !c.is_ascii() {
            flush(&mut word);
        }
    }
    flush(&mut word);
    lines
}

/// A cell of a table: rows and columns from and to, its text.
struct Cell {
    rows: (usize, usize),
    columns: (usize, usize),
    text: String,
    what: What,
}

fn cells(sheet: &Sheet) -> (Vec<Cell>, usize) {
    let mut out: Vec<Cell> = Vec::new();
    let mut count = 0;
    for strip in &sheet.strips {
        let Strip::Row(row) = strip else { continue };
        let mut column = 0;
        for slot in &row.slots {
            let columns = (column, column + slot.span);
            column += slot.span;
            let over = out.iter_mut().find(|c| slot.above && c.columns == columns && c.rows.1 == count);
            match over {
                Some(cell) => cell.rows.1 += 1,
                None => out.push(Cell {
                    rows: (count, count + 1),
                    columns,
                    text: slot.text.replace('\n', ""),
                    what: slot.what,
                }),
            }
        }
        count += 1;
    }
    (out, count)
}

/// The printer: pages of drawing operators.
pub(crate) struct Paper {
    face: Face,
    height: f64,
    pages: Vec<String>,
    /// How far down the page is full.
    at: f64,
    codes: BTreeMap<char, u16>,
}

impl Paper {
    pub(crate) fn new(face: Face) -> Paper {
        let height = if face.low { 430.0 } else { 842.0 };
        Paper { face, height, pages: vec![String::new()], at: MARGIN, codes: BTreeMap::new() }
    }

    fn bottom(&self) -> f64 {
        self.height - MARGIN
    }

    fn turn_page(&mut self) {
        let number = format!("- {} -", self.pages.len());
        let foot = self.height - 30.0;
        self.write(WIDTH / 2.0 - 12.0, foot, &number, SMALL);
        self.pages.push(String::new());
        self.at = MARGIN;
    }

    /// Writes a line with its top at a height.
    fn write(&mut self, x: f64, top: f64, text: &str, size: f64) {
        if text.trim().is_empty() {
            return;
        }
        let mut hex = String::new();
        for c in text.chars() {
            let next = self.codes.len() as u16 + 0x1234;
            let code = match self.face.names {
                Names::Ucs2 => c as u32 as u16,
                _ => *self.codes.entry(c).or_insert(next),
            };
            // Half of the width is the space between: the font has no widths of its own here.
            let _ = write!(hex, "<{code:04x}>{}", if c.is_ascii() { " 500 " } else { " " });
        }
        let y = self.height - top - size * 0.85;
        let page = self.pages.last_mut().expect("there is a page");
        let _ = writeln!(page, "BT /F1 {size} Tf 1 0 0 1 {x:.2} {y:.2} Tm [{hex}] TJ ET");
    }

    fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let (a, b) = (self.height - y0, self.height - y1);
        let slivers = self.face.rules == Rules::Slivers;
        let page = self.pages.last_mut().expect("there is a page");
        let _ = match (slivers, y0 == y1) {
            (true, true) => writeln!(page, "{x0:.2} {:.2} {:.2} 0.6 re f", a - 0.3, x1 - x0),
            (true, false) => writeln!(page, "{:.2} {b:.2} 0.6 {:.2} re f", x0 - 0.3, a - b),
            _ => writeln!(page, "{x0:.2} {a:.2} m {x1:.2} {b:.2} l S"),
        };
    }

    /// The border of a cell; a side at which the page cut it is left open.
    fn border(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), (open_above, open_below): (bool, bool)) {
        match self.face.rules {
            Rules::None => {}
            Rules::Boxes if !open_above && !open_below => {
                let page_y = self.height - y1;
                let page = self.pages.last_mut().expect("there is a page");
                let _ = writeln!(page, "{x0:.2} {page_y:.2} {:.2} {:.2} re S", x1 - x0, y1 - y0);
            }
            _ => {
                self.rule(x0, y0, x0, y1);
                self.rule(x1, y0, x1, y1);
                if !open_above {
                    self.rule(x0, y0, x1, y0);
                }
                if !open_below {
                    self.rule(x0, y1, x1, y1);
                }
            }
        }
    }

    /// A paragraph of running text.
    pub(crate) fn paragraph(&mut self, text: &str) {
        for line in wrap(text, WIDTH - 2.0 * MARGIN, 12.0) {
            if self.at + 18.0 > self.bottom() {
                self.turn_page();
            }
            let top = self.at;
            self.write(MARGIN, top, &line, 12.0);
            self.at += 18.0;
        }
    }

    /// A table.
    pub(crate) fn table(&mut self, sheet: &Sheet, dice: &mut Dice) {
        let (cells, count) = cells(sheet);
        let shares: Vec<f64> = match sheet.width {
            10 => [&[30.0, 50.0, 115.0][..], &[42.0; 7]].concat(),
            n => vec![(WIDTH - 2.0 * MARGIN) / n as f64; n],
        };
        let edge = |column: usize| MARGIN + shares[..column].iter().sum::<f64>();
        let wrapped: Vec<Vec<String>> =
            cells.iter().map(|c| wrap(&c.text, edge(c.columns.1) - edge(c.columns.0) - 2.0 * PAD, SMALL)).collect();
        let mut heights = vec![LINE + 2.0 * PAD; count];
        for (cell, lines) in cells.iter().zip(&wrapped) {
            let have: f64 = heights[cell.rows.0..cell.rows.1].iter().sum();
            heights[cell.rows.1 - 1] += (lines.len() as f64 * LINE + 2.0 * PAD - have).max(0.0);
        }
        // For each row its pieces: page, top, bottom, lines of text that went before.
        let mut pieces: Vec<Vec<(usize, f64, f64)>> = Vec::new();
        let first_page = self.pages.len() - 1;
        let mut breaks = 0;
        for height in &heights {
            let room = self.bottom() - self.at;
            let lines = ((height - 2.0 * PAD) / LINE).floor();
            let fits = ((room - 2.0 * PAD) / LINE).floor();
            let page = first_page + breaks;
            if *height <= room {
                pieces.push(vec![(page, self.at, self.at + height)]);
                self.at += height;
                continue;
            }
            breaks += 1;
            self.at = MARGIN;
            if self.face.cut && self.face.rules != Rules::None && lines > 1.0 && fits >= 1.0 && dice.chance(0.7) {
                let upper = fits.min(lines - 1.0) * LINE + PAD;
                let top = self.bottom() - room;
                pieces.push(vec![(page, top, top + upper), (page + 1, MARGIN, MARGIN + height - upper)]);
                self.at = MARGIN + height - upper;
            } else {
                pieces.push(vec![(page + 1, MARGIN, MARGIN + height)]);
                self.at = MARGIN + height;
            }
        }
        let end = self.at;
        for page in first_page..=first_page + breaks {
            if page > first_page {
                self.turn_page();
            }
            for (cell, lines) in cells.iter().zip(&wrapped) {
                let own = pieces[cell.rows.0..cell.rows.1].iter().flatten();
                type Pieces<'a> = Vec<&'a (usize, f64, f64)>;
                let (before, rest): (Pieces<'_>, Pieces<'_>) = own.partition(|p| p.0 < page);
                let here: Vec<_> = rest.iter().filter(|p| p.0 == page).collect();
                let (Some(top), Some(bottom)) = (here.first().map(|p| p.1), here.last().map(|p| p.2)) else { continue };
                let cut = |at: usize, next: usize| pieces.get(at).is_some_and(|p| p.len() > 1 && p[next].0 == page);
                let open = (
                    cut(cell.rows.0, 1) || (!before.is_empty() && (cell.rows.0..cell.rows.1).any(|r| cut(r, 1))),
                    cut(cell.rows.1 - 1, 0) || (cell.rows.0..cell.rows.1).any(|r| cut(r, 0)),
                );
                let (x0, x1) = (edge(cell.columns.0), edge(cell.columns.1));
                self.border((x0, top), (x1, bottom), open);
                let fits = |p: &(usize, f64, f64)| (((p.2 - p.1) / LINE).floor() as usize).max(1);
                let skipped: usize = before.iter().map(|p| fits(p)).sum();
                let capacity = (((bottom - top) / LINE).floor() as usize).max(1);
                let shown: Vec<&String> = lines.iter().skip(skipped).take(capacity).collect();
                let used = shown.len() as f64 * LINE;
                let split = open.0 || open.1 || !before.is_empty() || rest.len() > here.len();
                let mut y = if split { top + PAD / 2.0 } else { top + (bottom - top - used) / 2.0 };
                for line in shown {
                    let centred = match cell.what {
                        What::Figure(_) => true,
                        What::Head => self.face.centred,
                        _ => false,
                    };
                    let x = if centred { (x0 + x1 - width(line, SMALL)) / 2.0 } else { x0 + PAD };
                    self.write(x, y, line, SMALL);
                    y += LINE;
                }
            }
        }
        self.at = end + 10.0;
    }

    /// The file.
    pub(crate) fn print(mut self) -> Vec<u8> {
        self.turn_page();
        self.pages.pop();
        let mut objects: Vec<String> = vec!["<</Type/Catalog/Pages 2 0 R>>".into(), String::new()];
        let (encoding, registry, meaning) = match self.face.names {
            Names::Ucs2 => ("UniGB-UCS2-H", "GB1", ""),
            Names::Table => ("Identity-H", "Identity", "/ToUnicode 5 0 R"),
            Names::Hidden => ("Identity-H", "Identity", ""),
        };
        objects.push(format!(
            "<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/{encoding}/DescendantFonts[4 0 R]{meaning}>>"
        ));
        objects.push(format!(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/DW 1000/FontDescriptor 6 0 R\
             /CIDSystemInfo<</Registry(Adobe)/Ordering({registry})/Supplement 2>>>>"
        ));
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n",
        );
        for chunk in self.codes.iter().collect::<Vec<_>>().chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", chunk.len());
            for (c, code) in chunk {
                let _ = writeln!(map, "<{code:04x}> <{:04x}>", **c as u32);
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap end end\n");
        objects.push(format!("<</Length {}>>\nstream\n{map}endstream", map.len()));
        objects.push(
            "<</Type/FontDescriptor/FontName/STSong/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 850\
             /Descent -150/CapHeight 700/StemV 80>>"
                .into(),
        );
        let (w, h) = (WIDTH, self.height);
        let mut kids = String::new();
        for content in &self.pages {
            // On its side: drawn a quarter turn counter-clockwise, and the page turned back or not.
            let (transform, size, rotate) = match self.face.turned {
                None => (String::new(), (w, h), ""),
                Some(by_page) => (format!("0 1 -1 0 {h} 0 cm\n"), (h, w), if by_page { "/Rotate 90" } else { "" }),
            };
            let content = format!("{transform}0.5 w\n{content}");
            let _ = write!(kids, "{} 0 R ", objects.len() + 1);
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]{rotate}/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
                size.0,
                size.1,
                objects.len() + 2
            ));
            objects.push(format!("<</Length {}>>\nstream\n{content}endstream", content.len()));
        }
        objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len());
        let mut out = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (i, object) in objects.iter().enumerate() {
            places.push(out.len());
            let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
        }
        let start = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for place in places {
            let _ = writeln!(out, "{place:010} 00000 n ");
        }
        let _ = write!(out, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
        out.into_bytes()
    }
}

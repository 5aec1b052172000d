//! RTF, as Word, WPS and LibreOffice write it.
//!
//! Where a row's columns are is told before its cells, after them or both: the last word counts, when the row ends.

mod characters;
mod looks;
mod tokens;

use self::characters::Charsets;
use self::looks::Looks;
use self::tokens::{Token, Tokens};
use super::Budget;
use super::flow::{Flow, Place};
use super::manner::Manner;
use crate::document::Document;
use crate::error::Failure;

/// Columns that a row may have.
const MAX_COLUMNS: usize = 1_000;

/// Destinations marked as skippable whose text is read all the same.
const KNOWN: &[&[u8]] = &[b"nesttableprops", b"shpinst", b"shptxt", b"shppict", b"hyperlinkbase", b"cs", b"ts"];

/// Whether a word is a destination that is no part of the text.
fn is_aside(name: &[u8]) -> bool {
    matches!(
        name,
        b"info"
            | b"pict"
            | b"header"
            | b"headerl"
            | b"headerr"
            | b"headerf"
            | b"footer"
            | b"footerl"
            | b"footerr"
            | b"footerf"
            | b"footnote"
            | b"fldinst"
            | b"sp"
            | b"shprslt"
            | b"nonshppict"
            | b"nonesttables"
            | b"xe"
            | b"tc"
            | b"rxe"
            | b"filetbl"
            | b"listtable"
            | b"listoverridetable"
            | b"revtbl"
            | b"rsidtbl"
            | b"template"
            | b"annotation"
            | b"pn"
            | b"themedata"
            | b"datastore"
    )
}

/// Reads an RTF file.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    let mut reader = Rtf::new(budget);
    for token in Tokens::new(bytes) {
        reader.token(token)?;
    }
    reader.flush()?;
    let charset = reader.charsets.name();
    reader.flow.finish("rtf", charset, bytes.len())
}

/// A table at the head of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    Colours,
    Styles,
}

/// What a group changes and its end restores.
#[derive(Debug, Clone, Copy)]
struct State {
    /// Nothing of it is text.
    aside: bool,
    /// Inside of the table of fonts.
    fonts: bool,
    /// Inside of the properties of a row of an inner table.
    nested: bool,
    /// A text box ends with it.
    boxed: bool,
    /// Inside of the table of colours or of styles.
    table: Table,
    /// How characters are written.
    manner: Manner,
    /// The paragraph stands on a colour.
    ground: bool,
    deleted: bool,
    font: i32,
    /// Characters that stand in for one of Unicode.
    stand_ins: u32,
    /// Whether the paragraph stands in a table, and in how many.
    in_table: bool,
    tables: usize,
}

/// An open table.
#[derive(Debug, Default)]
struct Level {
    row: bool,
    cell: bool,
}

#[derive(Debug)]
struct Rtf {
    flow: Flow,
    charsets: Charsets,
    looks: Looks,
    state: State,
    groups: Vec<State>,
    /// Groups that may be open.
    depth: usize,
    /// The open tables of the body and of each open text box.
    levels: Vec<Vec<Level>>,
    /// The columns of the row of an outer and of an inner table.
    rows: [Row; 2],
    /// Bytes not decoded yet.
    pending: Vec<u8>,
    /// Characters of a stand-in yet to come.
    skip: u32,
    /// The first half of a character beyond the first plane.
    half: Option<u16>,
    /// A star was met: the next word names a destination that may be unknown.
    starred: bool,
    scratch: String,
}

/// The columns of a row as they are told.
#[derive(Debug, Default)]
struct Row {
    left: i32,
    next: Place,
    places: Vec<Place>,
    /// Between the first word of the row's properties and the row's end.
    open: bool,
    /// A cell of it stands on a colour.
    shaded: bool,
}

impl Rtf {
    fn new(budget: &Budget) -> Rtf {
        let state = State {
            aside: false,
            fonts: false,
            nested: false,
            boxed: false,
            table: Table::None,
            manner: Manner::default(),
            ground: false,
            deleted: false,
            font: -1,
            stand_ins: 1,
            in_table: false,
            tables: 0,
        };
        Rtf {
            flow: Flow::new(budget),
            charsets: Charsets::new(),
            looks: Looks::default(),
            state,
            groups: Vec::new(),
            depth: budget.depth,
            levels: vec![Vec::new()],
            rows: Default::default(),
            pending: Vec::new(),
            skip: 0,
            half: None,
            starred: false,
            scratch: String::new(),
        }
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), Failure> {
        match token {
            Token::Plain(bytes) => {
                let stand_in = bytes.len().min(self.skip as usize);
                self.skip -= stand_in as u32;
                self.bytes(&bytes[stand_in..]);
            }
            Token::Hex(byte) => match self.skip.checked_sub(1) {
                Some(left) => self.skip = left,
                None => self.bytes(&[byte]),
            },
            Token::Open => {
                self.flush()?;
                self.skip = 0;
                if self.groups.len() >= self.depth {
                    return Err(Failure::Limit { name: "depth", limit: self.depth as u64 });
                }
                self.groups.push(self.state);
                self.state.boxed = false;
                self.starred = false;
            }
            Token::Close => {
                self.flush()?;
                if self.state.table == Table::Styles {
                    self.looks.end_style(self.state.manner);
                }
                self.skip = 0;
                self.starred = false;
                if self.state.boxed {
                    self.close_box()?;
                }
                if let Some(state) = self.groups.pop() {
                    self.state = state;
                }
            }
            Token::Symbol(b'*') => self.starred = true,
            Token::Symbol(_) | Token::Word(..) if self.skip > 0 => self.skip -= 1,
            Token::Symbol(symbol) => match symbol {
                b'\\' | b'{' | b'}' => self.bytes(&[symbol]),
                b'~' => self.character('\u{a0}')?,
                b'_' => self.character('-')?,
                b'\r' | b'\n' => self.word(b"par", None)?,
                b'\t' => self.word(b"tab", None)?,
                _ => {}
            },
            Token::Word(name, number) => {
                let starred = std::mem::take(&mut self.starred);
                if (starred && !KNOWN.contains(&name)) || is_aside(name) {
                    self.flush()?;
                    self.state.aside = true;
                } else {
                    self.word(name, number)?;
                }
            }
        }
        Ok(())
    }

    fn is_shown(&self) -> bool {
        let s = &self.state;
        // What is behind a text box is not known.
        let shaded = s.ground || self.levels.len() > 1 || self.rows.iter().any(|row| row.open && row.shaded);
        let manner = if shaded { Manner { shaded: Some(true), ..s.manner } } else { s.manner };
        !(s.aside || s.fonts || s.table != Table::None || s.deleted || s.nested || manner.is_silent())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if self.state.table == Table::Colours {
            bytes.iter().filter(|b| **b == b';').for_each(|_| self.looks.end_colour());
        } else if self.is_shown() {
            self.pending.extend_from_slice(bytes);
        }
    }

    /// Decodes the bytes that were met so far.
    fn flush(&mut self) -> Result<(), Failure> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        self.charsets.decode(&self.pending, self.state.font, &mut text);
        self.pending.clear();
        self.half = None;
        self.enter(self.depth())?;
        self.flow.text_of_run(&text, self.state.manner.is_raised());
        self.scratch = text;
        Ok(())
    }

    fn character(&mut self, c: char) -> Result<(), Failure> {
        self.flush()?;
        if self.is_shown() {
            self.enter(self.depth())?;
            self.flow.text_of_run(c.encode_utf8(&mut [0; 4]), self.state.manner.is_raised());
        }
        Ok(())
    }

    /// A character by the number of its half in UTF-16.
    fn unicode(&mut self, number: i32) -> Result<(), Failure> {
        self.flush()?;
        let unit = number as u16;
        let half = self.half.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
        } else {
            let c = char::decode_utf16(half.into_iter().chain([unit])).last().and_then(Result::ok);
            self.character(c.unwrap_or(char::REPLACEMENT_CHARACTER))?;
        }
        self.skip = self.state.stand_ins;
        Ok(())
    }

    fn word(&mut self, name: &[u8], number: Option<i32>) -> Result<(), Failure> {
        self.flush()?;
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match name {
            b"u" => self.unicode(value)?,
            b"uc" => self.state.stand_ins = value.clamp(0, 16) as u32,
            b"ansicpg" => self.charsets.set_page(value),
            b"fonttbl" => self.state.fonts = true,
            b"f" | b"af" => self.state.font = value,
            b"fcharset" if self.state.fonts => self.charsets.set_font(self.state.font, value),
            b"colortbl" => self.state.table = Table::Colours,
            b"stylesheet" => self.state.table = Table::Styles,
            b"deleted" => self.state.deleted = on,
            b"plain" => (self.state.manner, self.state.deleted) = (Manner::default(), false),
            b"pard" => (self.state.in_table, self.state.tables, self.state.ground) = (false, 0, false),
            b"cbpat" => self.state.ground = self.looks.is_dark(value),
            _ if !self.state.aside && self.looks.word(name, number, &mut self.state.manner) => {}
            b"intbl" => self.state.in_table = on,
            b"itap" => self.state.tables = value.clamp(0, 1_000) as usize,
            b"nesttableprops" => self.state.nested = true,
            b"shptxt" => self.open_box()?,
            b"tab" => self.character('\t')?,
            b"line" | b"softline" | b"lbr" => self.character('\n')?,
            b"emdash" => self.character('—')?,
            b"endash" => self.character('–')?,
            b"lquote" => self.character('‘')?,
            b"rquote" => self.character('’')?,
            b"ldblquote" => self.character('“')?,
            b"rdblquote" => self.character('”')?,
            b"bullet" => self.character('•')?,
            b"emspace" | b"enspace" | b"qmspace" => self.character(' ')?,
            b"par" | b"sect" if self.is_shown() => {
                self.enter(self.depth())?;
                self.flow.end_paragraph();
            }
            _ if !self.state.aside => self.row_word(name, value)?,
            _ => {}
        }
        Ok(())
    }

    fn row_word(&mut self, name: &[u8], value: i32) -> Result<(), Failure> {
        let row = &mut self.rows[usize::from(self.state.nested)];
        match name {
            b"trowd" => *row = Row { open: true, ..Row::default() },
            b"trleft" => row.left = value,
            b"clcbpat" | b"clcbpatraw" | b"trcbpat" => row.shaded |= self.looks.is_dark(value),
            b"clshdng" | b"clshdngraw" => row.shaded |= value > 0,
            b"clmrg" => row.next.from_left = true,
            b"clvmgf" => row.next.opens_below = true,
            b"clvmrg" => row.next.from_above = true,
            b"cellx" if row.places.len() < MAX_COLUMNS => {
                let left = row.places.last().map_or(row.left, |p| p.right);
                row.places.push(Place { left, right: value.max(left), ..std::mem::take(&mut row.next) });
            }
            b"cell" => self.close_cell(1)?,
            b"nestcell" => self.close_cell(self.depth().max(2))?,
            b"row" => self.close_row(1)?,
            b"nestrow" => self.close_row(self.levels.last().map_or(0, Vec::len).max(2))?,
            _ => {}
        }
        Ok(())
    }

    /// In how many tables the open paragraph stands.
    fn depth(&self) -> usize {
        let row = self.levels.len() == 1 && self.rows[0].open && !self.rows[0].places.is_empty();
        self.state.tables.max(usize::from(self.state.in_table || row))
    }

    /// Opens and closes tables until what comes stands in so many.
    fn enter(&mut self, depth: usize) -> Result<(), Failure> {
        self.leave(depth)?;
        let Some(levels) = self.levels.last_mut() else { return Ok(()) };
        while levels.len() < depth {
            open_cell(&mut self.flow, levels)?;
            self.flow.open_table(true)?;
            levels.push(Level::default());
        }
        open_cell(&mut self.flow, levels)
    }

    fn leave(&mut self, depth: usize) -> Result<(), Failure> {
        let Some(levels) = self.levels.last_mut() else { return Ok(()) };
        while levels.len() > depth {
            if levels.pop().is_some_and(|l| l.cell) {
                self.flow.close_cell()?;
            }
            self.flow.close_table();
        }
        Ok(())
    }

    fn close_cell(&mut self, depth: usize) -> Result<(), Failure> {
        self.enter(depth)?;
        if let Some(level) = self.levels.last_mut().and_then(|l| l.last_mut()) {
            level.cell = false;
            self.flow.close_cell()?;
        }
        Ok(())
    }

    fn close_row(&mut self, depth: usize) -> Result<(), Failure> {
        self.rows[usize::from(depth > 1)].open = false;
        self.leave(depth)?;
        let Some(level) = self.levels.last_mut().filter(|l| l.len() == depth).and_then(|l| l.last_mut()) else {
            return Ok(());
        };
        if std::mem::take(&mut level.cell) {
            self.flow.close_cell()?;
        }
        level.row = false;
        self.flow.place_cells(&self.rows[usize::from(depth > 1)].places);
        self.flow.close_row();
        Ok(())
    }

    fn open_box(&mut self) -> Result<(), Failure> {
        if !self.state.boxed {
            self.enter(self.depth())?;
            self.flow.open_box()?;
            self.levels.push(Vec::new());
            self.state.boxed = true;
            (self.state.in_table, self.state.tables) = (false, 0);
        }
        Ok(())
    }

    fn close_box(&mut self) -> Result<(), Failure> {
        self.leave(0)?;
        self.levels.pop();
        self.flow.close_box();
        Ok(())
    }
}

/// Opens a row and a cell of the innermost table, unless they are.
fn open_cell(flow: &mut Flow, levels: &mut [Level]) -> Result<(), Failure> {
    let Some(level) = levels.last_mut() else { return Ok(()) };
    if !std::mem::replace(&mut level.row, true) {
        flow.open_row();
    }
    if !std::mem::replace(&mut level.cell, true) {
        flow.open_cell()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;

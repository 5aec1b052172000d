//! PDF files with text: what each page draws becomes lines, words and tables by its geometry alone.
//!
//! The file's own order says nothing, and neither do its tags. What cannot be seen is not read: invisible, covered,
//! clipped and leaning characters, nor what a line goes through. What can be seen and has no name is U+FFFD.
#![allow(dead_code, reason = "the pictures of scans are read by what reads scans")]

mod bombs;
mod characters;
mod filters;
mod ink;
mod locks;
mod paths;
mod pictures;
mod turning;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::page::Page;
use kurbo::{Affine, Rect};

use self::characters::UNKNOWN;
use self::ink::{Ink, Stop};
use self::turning::Turn;
use super::Budget;
use super::geometry::{Sheet, compose, take_back};
use crate::document::Document;
use crate::error::Failure;
use crate::terms::{CUES, Table, fold};

#[cfg_attr(not(feature = "ocr"), allow(unused_imports, reason = "the readers of scans use them"))]
pub(crate) use self::pictures::{Picture, Pixels};

/// Bytes from the start in which the mark of the format stands.
const HEAD: usize = 1024;
/// A page with a picture over more than this part of it and few characters is a scan.
const PICTURE: f32 = 0.6;
/// A page without any character and with pictures over more than this part of it may be one: a table pasted as a
/// picture. Stamps and emblems are smaller.
const PASTED: f32 = 0.1;
/// How many characters are few.
const FEW: usize = 20;
/// The part of the characters of a page that may be without a name.
const UNNAMED: f32 = 0.05;

/// Whether bytes are a PDF file.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    start(bytes).is_some()
}

fn start(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-")
}

/// Why a page gives no characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is a picture.
    Picture,
    /// The file does not name its characters.
    Unnamed,
}

impl Unread {
    /// The failure of a file with such a page.
    pub(crate) fn failure(self) -> Failure {
        match self {
            Unread::Picture => Failure::Scan { what: "a PDF whose pages are pictures" },
            Unread::Unnamed => {
                Failure::Damaged { format: "PDF", detail: "it does not say which characters it draws".to_owned() }
            }
        }
    }
}

/// What a page holds.
#[derive(Debug)]
#[cfg_attr(not(feature = "ocr"), allow(dead_code, reason = "the reader of scans looks at the pictures"))]
pub(crate) struct Leaf {
    /// The text and the tables of the page.
    pub sheet: Sheet,
    /// Why its text is not to be read, if so.
    pub unread: Option<Unread>,
    /// The pictures on it.
    pub pictures: Vec<Picture>,
    turn: Turn,
}

/// Decodes a PDF file.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    let mut leaves = Vec::new();
    each_page(bytes, budget, false, |leaf| {
        leaves.push(leaf);
        Ok(())
    })?;
    let unread = leaves.iter().find_map(|l| l.unread);
    let is_pictured = leaves.iter().any(|l| !l.pictures.is_empty());
    let turns: Vec<Turn> = leaves.iter().map(|l| l.turn).collect();
    let sheets: Vec<Sheet> = leaves.into_iter().filter(|l| l.unread.is_none()).map(|l| l.sheet).collect();
    let mut document = compose(sheets, "pdf");
    for place in &mut document.places {
        if let Some(turn) = turns.get(place.page as usize - 1) {
            place.frame = turn.back(place.frame);
        }
    }
    match unread {
        // A cover or a photograph among pages with all the tables loses nothing.
        Some(unread) if !has_all_tables(&document.text) => Err(unread.failure()),
        _ if document.text.trim().is_empty() && is_pictured => Err(Unread::Picture.failure()),
        _ if document.text.trim().is_empty() => Err(Failure::Empty { bytes: bytes.len() as u64 }),
        _ => Ok(document),
    }
}

/// Whether a text has words that only the headers of the three tables have.
fn has_all_tables(text: &str) -> bool {
    let mut folded = String::new();
    fold(text, &mut folded);
    Table::ALL.iter().all(|t| CUES.iter().any(|(cue, table)| table == t && folded.contains(cue)))
}

/// Reads page after page; `with_pixels` decodes the pictures of pages that are not to be read as text.
///
/// # Errors
/// [`Failure`] when the file is damaged, locked or over a limit, and whatever `take` returns.
pub(crate) fn each_page(
    bytes: &[u8],
    budget: &Budget,
    with_pixels: bool,
    mut take: impl FnMut(Leaf) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let way = || {
        let bytes = &bytes[start(bytes).unwrap_or(0)..];
        bombs::check(bytes, budget)?;
        let pdf = locks::open(bytes)?;
        let pages = pdf.pages();
        if pages.len() > budget.pages {
            return Err(Failure::Limit { name: "pages", limit: budget.pages as u64 });
        }
        let cache = InterpreterCache::new();
        let mut glyphs_left = budget.glyphs;
        let mut fonts = Vec::new();
        for (page, number) in pages.iter().zip(1..) {
            budget.time()?;
            bombs::check_page(page, budget)?;
            bombs::check_fonts(page, &mut fonts)?;
            let mut leaf = read(page, number, &cache, budget, &mut glyphs_left, false);
            if with_pixels && leaf.unread.is_some() {
                leaf = read(page, number, &cache, budget, &mut glyphs_left, true);
            }
            take(leaf)?;
        }
        Ok(())
    };
    catch_unwind(AssertUnwindSafe(way)).unwrap_or_else(|payload| match payload.downcast::<Stop>() {
        Ok(stop) => Err(stop.0),
        Err(panic) => {
            let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
            Err(Failure::Panic(said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()))
        }
    })
}

fn read<'a>(
    page: &Page<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    budget: &Budget,
    glyphs_left: &mut usize,
    with_pixels: bool,
) -> Leaf {
    let size = page.render_dimensions();
    let mut ink = Ink::new(size, budget, glyphs_left, with_pixels);
    let bounds = Rect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(upright, bounds, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut ink);
    let marks = ink.take_marks();
    let turn = Turn::of(size, &marks);
    let mut segments: Vec<_> = ink.segments.iter().map(|s| turn.segment(*s)).collect();
    let mut glyphs: Vec<_> = marks.into_iter().filter_map(|m| turn.mark(m)).collect();
    take_back(&mut glyphs, &mut segments);
    let unnamed = glyphs.iter().filter(|g| g.text.contains(UNKNOWN)).count();
    let pictured: f32 = ink.pictures.iter().map(|p| p.share(size)).sum();
    let is_picture = glyphs.len() < FEW && pictured > PICTURE || glyphs.is_empty() && pictured > PASTED;
    let unread = if is_picture {
        Some(Unread::Picture)
    } else if unnamed as f32 > UNNAMED * glyphs.len() as f32 && unnamed >= FEW {
        Some(Unread::Unnamed)
    } else {
        None
    };
    let sheet = Sheet::read(number, turn.size(), glyphs, &segments);
    Leaf { sheet, unread, pictures: ink.pictures, turn }
}

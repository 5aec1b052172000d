//! HTML: whole pages of portals, pages exported by Word, pieces of pages.
//!
//! A tokenizer finds tags and text, and a small state machine of our own keeps what is open: no tree is built, and what
//! no browser would refuse is read. The reading text has the lines that a browser shows, without menus, scripts and
//! what the page hides; rows of data are rows of grids, and tables that only lay a page out are lines.

mod feed;
mod gone;
mod ink;
#[cfg(test)]
mod oracle;
mod page;
mod portal;
mod references;
mod rows;
mod sheet;
mod spellings;
mod style;
mod tags;

use super::Budget;
use super::charset::Decoded;
use crate::document::{Block, Document, Span, Stretch};

/// Reads a page.
pub(super) fn read(format: &'static str, decoded: &Decoded<'_>, budget: &Budget) -> Document {
    let mut page = feed::page(&decoded.text, budget, true);
    // What a script shows when it is done was hidden before: a page without any table may have one that is.
    if page.has_lost_table() {
        page = feed::page(&decoded.text, budget, false);
    }
    let (ink, rows, heading) = page.finish();
    let (body, stretches, mut site) = ink.finish();
    site.extend(heading.site_title());
    let body = match simdutf8::basic::from_utf8(&body) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(&body).into_owned(),
    };
    let blocks = rows.finish(body.len());
    let lines = heading.lines(&body);
    let mut document =
        Document { format, charset: decoded.charset, text: body, blocks, stretches, site, ..Document::default() };
    if !lines.is_empty() {
        put_before(&mut document, &lines);
    }
    if document.stretches.is_empty() {
        // A page without text: nothing of the source stands in it.
        document.stretches.push(Stretch { reading: Span::new(0, document.text.len()), source: Span::default() });
    }
    document
}

/// Puts lines before the text, each with the place in the source where it was found.
fn put_before(document: &mut Document, lines: &[(String, usize)]) {
    let mut text = String::with_capacity(document.text.len() + 200);
    let mut stretches = Vec::with_capacity(document.stretches.len() + lines.len());
    for (line, at) in lines {
        let start = text.len();
        text.push_str(line);
        text.push('\n');
        stretches.push(Stretch { reading: Span::new(start, text.len()), source: Span::new(*at, *at) });
    }
    let shift = text.len() as u32;
    let moved = |span: Span| Span { start: span.start + shift, end: span.end + shift };
    stretches.extend(document.stretches.iter().map(|s| Stretch { reading: moved(s.reading), source: s.source }));
    for block in &mut document.blocks {
        match block {
            Block::Text(span) => *span = moved(*span),
            Block::Grid(grid) => grid.rows.iter_mut().flatten().for_each(|cell| cell.span = moved(cell.span)),
        }
    }
    document.blocks.insert(0, Block::Text(Span::new(0, text.len())));
    text.push_str(&document.text);
    (document.text, document.stretches) = (text, stretches);
}

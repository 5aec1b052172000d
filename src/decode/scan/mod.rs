//! Scans: pages that are pictures, read cell by cell.
//!
//! A page is set straight, its ruling lines are found and give the cells, the lines are erased, and each line of text in
//! a cell is read by itself. Nothing here knows what the tables mean; every stretch of characters keeps how sure it is
//! and what else it may be, and later rooms decide with the ties of the form.

mod ctc;
mod cut;
mod ink;
mod lines;
mod page;
#[cfg(feature = "pdf")]
mod pages;
mod picture;
mod reader;
mod rules;
mod skew;
mod story;

pub use reader::Recognizer;

use self::page::Page;
use self::picture::Picture;
use self::story::Story;
use crate::decode::Budget;
use crate::document::Document;
use crate::error::Failure;

/// Pieces of lines on a page; more are no report's.
const MOST_PIECES: usize = 3_000;

impl Recognizer {
    /// Reads a picture of a page.
    pub(super) fn picture(&self, bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
        let (format, picture) = picture::open(bytes)?;
        budget.time()?;
        let mut story = Story::default();
        self.tell(picture, None, 1, &mut story)?;
        Ok(story.finish(format))
    }

    /// Reads a page, whose width is in points, and adds it to a story.
    fn tell(&self, picture: Picture, width: Option<f32>, number: u32, story: &mut Story) -> Result<(), Failure> {
        let page: Page = page::page(picture, width);
        if page.regions().map(|r| r.pieces.len()).sum::<usize>() > MOST_PIECES {
            return Err(Failure::Limit { name: "pieces of text on a scanned page", limit: MOST_PIECES as u64 });
        }
        let read = self.page(&page).map_err(|detail| Failure::Damaged { format: "OCR model", detail })?;
        story.page(page, read, number);
        Ok(())
    }
}

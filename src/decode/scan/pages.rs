//! The pages of a PDF file that are pictures.

use super::picture::{Picture, expect_size};
use super::reader::Recognizer;
use super::story::Story;
use crate::decode::geometry::compose;
use crate::decode::pdf::{Leaf, Pixels, each_page};
use crate::decode::{Budget, Limits};
use crate::document::Document;
use crate::error::Failure;

impl Recognizer {
    /// Reads a PDF file in which pages are pictures; pages with characters are taken as they are.
    pub(in crate::decode) fn pdf(&self, bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
        let mut story = Story::default();
        let mut seen = 0;
        // Each page that is a picture has a time of its own.
        let pages = u32::try_from(budget.pages).unwrap_or(u32::MAX);
        let whole = budget.with_limits(&Limits { time: budget.time.saturating_mul(pages), ..**budget });
        each_page(bytes, &whole, true, |leaf| {
            let number = leaf.sheet.number;
            match leaf.unread {
                None => story.written(&compose(vec![leaf.sheet], "pdf")),
                Some(unread) => {
                    seen += 1;
                    budget.time_for_pages(seen)?;
                    let (picture, width) = shown(leaf)?.ok_or_else(|| unread.failure())?;
                    self.tell(picture, Some(width), number, &mut story)?;
                }
            }
            Ok(())
        })?;
        Ok(story.finish("pdf"))
    }
}

/// The largest picture of a page, as it is shown, and its width in points.
fn shown(leaf: Leaf) -> Result<Option<(Picture, f32)>, Failure> {
    let size = |p: &crate::decode::pdf::Picture| (p.frame.right - p.frame.left) * (p.frame.bottom - p.frame.top);
    let mut pictures = leaf.pictures;
    pictures.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let Some(pixels) = pictures.into_iter().find_map(|p| p.pixels) else { return Ok(None) };
    expect_size(pixels.width.into(), pixels.height.into())?;
    Ok(upright(pixels))
}

/// The pixels in the order in which the page shows them: a picture may lie on its side or stand on its head.
fn upright(pixels: Pixels) -> Option<(Picture, f32)> {
    let Pixels { width, height, luma, to_page: [a, b, c, d, ..] } = pixels;
    let (width, height) = (width as usize, height as usize);
    if luma.len() != width * height {
        return None;
    }
    let lies = b.abs() > a.abs();
    let (columns, rows) = if lies { (height, width) } else { (width, height) };
    let (mirrored, headlong) = if lies { (c < 0.0, b < 0.0) } else { (a < 0.0, d < 0.0) };
    let points = if lies { c.hypot(d) * height as f64 } else { a.hypot(b) * width as f64 };
    if !lies && !mirrored && !headlong {
        return Picture::new(width, height, luma).map(|p| (p, points as f32));
    }
    let mut turned = Vec::with_capacity(luma.len());
    for y in 0..rows {
        let y = if headlong { rows - 1 - y } else { y };
        turned.extend((0..columns).map(|x| {
            let x = if mirrored { columns - 1 - x } else { x };
            let (from_x, from_y) = if lies { (y, x) } else { (x, y) };
            luma[from_y * width + from_x]
        }));
    }
    Picture::new(columns, rows, turned).map(|p| (p, points as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels that are shown of a picture of 40 by 50 with one black corner, the left upper one.
    fn corner(to_page: [f64; 6]) -> (usize, usize, f32) {
        let mut luma = vec![255; 40 * 50];
        luma[0] = 0;
        let (picture, points) = upright(Pixels { width: 40, height: 50, luma, to_page }).expect("pixels");
        let at = picture.pixels.iter().position(|p| *p == 0).expect("a black pixel");
        (at % picture.width, at / picture.width, points)
    }

    #[test]
    fn pictures_are_turned_as_the_page_shows_them() {
        assert_eq!(corner([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]), (0, 0, 80.0));
        assert_eq!(corner([2.0, 0.0, 0.0, -2.0, 0.0, 100.0]), (0, 49, 80.0));
        assert_eq!(corner([-2.0, 0.0, 0.0, -2.0, 80.0, 100.0]), (39, 49, 80.0));
        // A quarter turn to the right: the left upper corner becomes the right upper one.
        assert_eq!(corner([0.0, 2.0, -2.0, 0.0, 100.0, 0.0]), (49, 0, 100.0));
    }
}

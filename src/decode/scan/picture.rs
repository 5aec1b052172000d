//! Grey pictures: reading them from files, within limits, and changing their size.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::error::Failure;

/// Pixels of a picture that is read at all: A3 at 400 dots per inch has 31 millions.
const MOST_PIXELS: u64 = 40_000_000;
/// Pixels of a side.
const LONGEST_SIDE: u64 = 20_000;
/// Pixels of a side below which there is nothing to read.
const SHORTEST_SIDE: usize = 32;
/// Passes over a progressive JPEG; a hostile one has thousands.
const MOST_SCANS: usize = 100;

/// A grey picture, row by row from the top; 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::decode) struct Picture {
    /// Pixels of a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The pixels.
    pub pixels: Vec<u8>,
}

/// Reads a picture file.
pub(super) fn open(bytes: &[u8]) -> Result<(&'static str, Picture), Failure> {
    match bytes.starts_with(b"\x89PNG") {
        true => png(bytes).map(|p| ("png", p)),
        false => jpeg(bytes).map(|p| ("jpeg", p)),
    }
}

/// Whether a picture of this size is read.
pub(in crate::decode) fn expect_size(width: u64, height: u64) -> Result<(), Failure> {
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(Failure::Limit { name: "pixels of a picture", limit: MOST_PIXELS });
    }
    if width.max(height) > LONGEST_SIDE {
        return Err(Failure::Limit { name: "pixels of a picture's side", limit: LONGEST_SIDE });
    }
    Ok(())
}

fn png(bytes: &[u8]) -> Result<Picture, Failure> {
    let damaged = |e: png::DecodingError| Failure::Damaged { format: "PNG", detail: e.to_string() };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: 256 << 20 });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let (width, height) = decoder.read_header_info().map_err(damaged)?.size();
    expect_size(width.into(), height.into())?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().unwrap_or(0);
    let mut buffer = vec![0; size];
    // Of an animated picture this is the first frame.
    let frame = reader.next_frame(&mut buffer).map_err(damaged)?;
    let (width, height) = (frame.width as usize, frame.height as usize);
    buffer.truncate(frame.buffer_size());
    let grey = |r: u8, g: u8, b: u8| ((u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8) as u8;
    // What shines through is the white of the paper.
    let over = |v: u8, a: u8| ((u32::from(v) * u32::from(a) + 255 * (255 - u32::from(a))) / 255) as u8;
    let pixels = match frame.color_type {
        png::ColorType::GrayscaleAlpha => buffer.chunks_exact(2).map(|p| over(p[0], p[1])).collect(),
        png::ColorType::Rgb => buffer.chunks_exact(3).map(|p| grey(p[0], p[1], p[2])).collect(),
        png::ColorType::Rgba => buffer.chunks_exact(4).map(|p| over(grey(p[0], p[1], p[2]), p[3])).collect(),
        png::ColorType::Grayscale | png::ColorType::Indexed => buffer,
    };
    Picture::new(width, height, pixels).ok_or_else(|| small("PNG"))
}

fn jpeg(bytes: &[u8]) -> Result<Picture, Failure> {
    let damaged = |e: zune_jpeg::errors::DecodeErrors| Failure::Damaged { format: "JPEG", detail: format!("{e:?}") };
    // Strict, because a reader that fills in what a cut file lacks would show blank cells.
    let options = DecoderOptions::new_safe()
        .set_strict_mode(true)
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_max_scans(MOST_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| small("JPEG"))?;
    expect_size(info.width.into(), info.height.into())?;
    let pixels = decoder.decode().map_err(damaged)?;
    Picture::new(info.width.into(), info.height.into(), pixels).ok_or_else(|| small("JPEG"))
}

fn small(format: &'static str) -> Failure {
    Failure::Damaged { format, detail: format!("fewer than {SHORTEST_SIDE} pixels a side") }
}

impl Picture {
    /// A picture; none if the pixels do not fill it, or it is too small to show anything.
    pub(in crate::decode) fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Picture> {
        let whole = width.checked_mul(height) == Some(pixels.len());
        (whole && width.min(height) >= SHORTEST_SIDE).then_some(Picture { width, height, pixels })
    }

    /// A row.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The grey between four pixels; coordinates beyond the edge are those of the edge.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let v = |x: usize, y: usize| f32::from(self.pixels[y * self.width + x]);
        let top = v(x0, y0) + (v(x1, y0) - v(x0, y0)) * fx;
        let bottom = v(x0, y1) + (v(x1, y1) - v(x0, y1)) * fx;
        top + (bottom - top) * fy
    }

    /// Twice as wide and high.
    pub(super) fn doubled(&self) -> Picture {
        let (width, height) = (self.width * 2, self.height * 2);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let from = y as f32 / 2.0 - 0.25;
            pixels.extend((0..width).map(|x| self.at(x as f32 / 2.0 - 0.25, from).round() as u8));
        }
        Picture { width, height, pixels }
    }

    /// Half as wide and high.
    pub(super) fn halved(&self) -> Picture {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let (a, b) = (self.row(2 * y), self.row(2 * y + 1));
            pixels.extend((0..width).map(|x| {
                let sum: u32 = [a[2 * x], a[2 * x + 1], b[2 * x], b[2 * x + 1]].map(u32::from).iter().sum();
                (sum / 4) as u8
            }));
        }
        Picture { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halving_undoes_doubling() {
        let pixels = (0..64 * 48).map(|i| (i % 64 * 2 + i / 64) as u8).collect();
        let picture = Picture::new(64, 48, pixels).expect("large enough");
        let back = picture.doubled().halved();
        assert_eq!((back.width, back.height), (64, 48));
        let off = back.pixels.iter().zip(&picture.pixels).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(off <= Some(2), "{off:?}");
    }

    #[test]
    fn sizes_have_limits() {
        assert!(expect_size(4960, 7016).is_ok());
        assert_eq!(expect_size(u64::MAX, u64::MAX).map_err(|e| e.code()), Err("limit"));
        assert_eq!(expect_size(30_000, 10).map_err(|e| e.code()), Err("limit"));
    }

    #[test]
    fn broken_files_are_failures() {
        for bytes in [&b"\x89PNG\r\n\x1a\n"[..], b"\x89PNG", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\x10JFIF\0"] {
            assert_eq!(open(bytes).map_err(|e| e.code()), Err("damaged"), "{bytes:?}");
        }
    }
}

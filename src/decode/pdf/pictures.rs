//! Pictures on a page: all that a scan has.

use hayro_interpret::{Image, ImageData, LumaData};
use kurbo::Affine;

use crate::document::Frame;

/// Pixels of one picture that are decoded.
const MAX_PIXELS: u64 = 100_000_000;

/// A picture that a page draws.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// Where it stands, as far as it is shown.
    pub frame: Frame,
    /// Its pixels, if they were asked for and can be read.
    pub pixels: Option<Pixels>,
}

/// The pixels of a picture.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "ocr"), allow(dead_code, reason = "the reader of scans looks at them"))]
pub(crate) struct Pixels {
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
    /// How bright each pixel is, row by row from the top; 255 is white.
    pub luma: Vec<u8>,
    /// From pixels to points of the page: x' = a x + c y + e, y' = b x + d y + f, as a, b, c, d, e, f.
    pub to_page: [f64; 6],
}

impl Picture {
    /// A picture without pixels.
    pub(super) fn placed(frame: Frame, clip: Frame) -> Picture {
        let shown = Frame {
            left: frame.left.max(clip.left),
            top: frame.top.max(clip.top),
            right: frame.right.min(clip.right).max(frame.left.max(clip.left)),
            bottom: frame.bottom.min(clip.bottom).max(frame.top.max(clip.top)),
        };
        Picture { frame: shown, pixels: None }
    }

    /// How large a part of a page it takes.
    pub(super) fn share(&self, (width, height): (f32, f32)) -> f32 {
        (self.frame.right - self.frame.left) * (self.frame.bottom - self.frame.top) / (width * height).max(1.0)
    }

    /// Decodes its pixels; `transform` takes pixels to the page.
    pub(super) fn decode(&mut self, image: &Image<'_, '_>, transform: Affine) {
        if u64::from(image.width()) * u64::from(image.height()) > MAX_PIXELS {
            return;
        }
        let pixels = &mut self.pixels;
        let mut take = |width: u32, height: u32, (x, y): (f32, f32), luma: Vec<u8>| {
            let to_page = transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
            *pixels = Some(Pixels { width, height, luma, to_page: to_page.as_coeffs() });
        };
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let (width, height, factors) = (data.width(), data.height(), data.scale_factors());
                    take(width, height, factors, on_white(bright(data), alpha));
                },
                None,
            ),
            // A stencil is ink where its mask is set.
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let luma = mask.data.iter().map(|m| 255 - m).collect();
                    take(mask.width, mask.height, mask.scale_factors, luma);
                },
                None,
            ),
        }
    }
}

fn bright(data: ImageData) -> Vec<u8> {
    match data {
        ImageData::Luma(luma) => luma.data,
        ImageData::Rgb(rgb) => rgb
            .data
            .as_chunks::<3>()
            .0
            .iter()
            .map(|[r, g, b]| ((u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1_000) as u8)
            .collect(),
    }
}

/// A picture on white paper.
fn on_white(mut luma: Vec<u8>, alpha: Option<LumaData>) -> Vec<u8> {
    if let Some(alpha) = alpha.filter(|a| a.data.len() == luma.len()) {
        for (pixel, opacity) in luma.iter_mut().zip(alpha.data) {
            let (p, o) = (u32::from(*pixel), u32::from(opacity));
            *pixel = ((p * o + 255 * (255 - o)) / 255) as u8;
        }
    }
    luma
}

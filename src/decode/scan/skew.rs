//! How far a page lies askew, and setting it straight.

use super::ink::Ink;
use super::picture::Picture;

/// The steepest slope that is looked for: 5 degrees.
const STEEPEST: f32 = 0.087;
/// Pixels that are looked at.
const SAMPLE: usize = 60_000;
/// Slopes below this move a line by less than a pixel in two thousand.
const STRAIGHT: f32 = 0.0004;

/// The slope of the lines of a page: pixels down per pixel to the right.
///
/// Where lines of text and rules lie level, the rows of pixels are either full or empty: the sum of their squares is
/// greatest.
pub(super) fn slope(ink: &Ink) -> f32 {
    let all = ink.dots.iter().filter(|d| **d).count();
    if all == 0 {
        return 0.0;
    }
    let step = all.div_ceil(SAMPLE);
    let dots: Vec<(f32, f32)> = (0..ink.dots.len())
        .filter(|i| ink.dots[*i])
        .step_by(step)
        .map(|i| ((i % ink.width) as f32, (i / ink.width) as f32))
        .collect();
    let margin = (ink.width as f32 * STEEPEST) as usize + 2;
    let mut rows = vec![0u32; ink.height + 2 * margin];
    let mut sharpness = |slope: f32| {
        rows.fill(0);
        for (x, y) in &dots {
            rows[(y - x * slope + margin as f32) as usize] += 1;
        }
        rows.iter().map(|r| u64::from(*r) * u64::from(*r)).sum::<u64>()
    };
    let (mut best, mut reach, mut step) = (0.0, STEEPEST, STEEPEST / 24.0);
    while step > STRAIGHT / 8.0 {
        let steps = (reach / step).round() as i32;
        let around = best;
        let slopes = (-steps..=steps).map(|i| (around + i as f32 * step).clamp(-STEEPEST, STEEPEST));
        // The level page wins where nothing tells slopes apart.
        let mut top = sharpness(around);
        for slope in slopes {
            let sharp = sharpness(slope);
            if sharp > top {
                (top, best) = (sharp, slope);
            }
        }
        reach = step;
        step /= 4.0;
    }
    if best.abs() < STRAIGHT { 0.0 } else { best }
}

/// The page turned so that lines with this slope lie level.
pub(super) fn straightened(picture: &Picture, slope: f32) -> Picture {
    let angle = slope.atan();
    let (sin, cos) = angle.sin_cos();
    let (cx, cy) = (picture.width as f32 / 2.0, picture.height as f32 / 2.0);
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..picture.height {
        let dy = y as f32 - cy;
        pixels.extend((0..picture.width).map(|x| {
            let dx = x as f32 - cx;
            picture.at(cx + dx * cos - dy * sin, cy + dx * sin + dy * cos).round() as u8
        }));
    }
    Picture { width: picture.width, height: picture.height, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of level lines, turned.
    fn page(slope: f32) -> Picture {
        let (width, height) = (800, 600);
        let line = |_x: usize, y: usize| if y % 40 < 6 && (100..500).contains(&y) { 0 } else { 255 };
        let pixels = (0..width * height).map(|i| line(i % width, i / width)).collect();
        straightened(&Picture::new(width, height, pixels).expect("large enough"), -slope)
    }

    #[test]
    fn a_page_askew_is_set_straight() {
        for want in [-0.05, -0.013, 0.0, 0.02, 0.08] {
            let found = slope(&Ink::of(&page(want), 20));
            assert!((found - want).abs() < 0.001, "{found} instead of {want}");
        }
    }
}

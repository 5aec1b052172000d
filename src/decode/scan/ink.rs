//! Which pixels of a page are ink.

use super::picture::Picture;

/// A picture in two colours, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ink {
    pub width: usize,
    pub height: usize,
    /// Whether there is ink.
    pub dots: Vec<bool>,
}

/// A rectangle of pixels; the right and lower edges are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Area {
    pub(super) fn width(&self) -> usize {
        self.right.saturating_sub(self.left)
    }

    pub(super) fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top)
    }
}

/// How much darker than its surroundings ink is, in parts of the surroundings' contrast (Sauvola's k).
const CONTRAST: f32 = 0.18;
/// The contrast of a page of black and white.
const WHOLE_CONTRAST: f32 = 128.0;

impl Ink {
    /// Finds the ink by Sauvola's threshold: the mean around a pixel, lowered where there is little contrast, so that
    /// shadows and grain of the paper are none. `reach` is the half side of the window.
    pub(super) fn of(picture: &Picture, reach: usize) -> Ink {
        let (width, height) = (picture.width, picture.height);
        // Sums of the window's columns, moved down row by row.
        let mut sums = vec![(0u32, 0u32); width];
        let add = |sums: &mut Vec<(u32, u32)>, y: usize| {
            for (s, v) in sums.iter_mut().zip(picture.row(y)) {
                s.0 += u32::from(*v);
                s.1 += u32::from(*v) * u32::from(*v);
            }
        };
        let remove = |sums: &mut Vec<(u32, u32)>, y: usize| {
            for (s, v) in sums.iter_mut().zip(picture.row(y)) {
                s.0 -= u32::from(*v);
                s.1 -= u32::from(*v) * u32::from(*v);
            }
        };
        (0..reach.min(height)).for_each(|y| add(&mut sums, y));
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            if y + reach < height {
                add(&mut sums, y + reach);
            }
            if y > reach {
                remove(&mut sums, y - reach - 1);
            }
            let rows = (y + reach).min(height - 1) - y.saturating_sub(reach) + 1;
            let (mut sum, mut squares) = (0u64, 0u64);
            sums[..reach.min(width)].iter().for_each(|s| {
                sum += u64::from(s.0);
                squares += u64::from(s.1);
            });
            for (x, v) in picture.row(y).iter().enumerate() {
                if x + reach < width {
                    sum += u64::from(sums[x + reach].0);
                    squares += u64::from(sums[x + reach].1);
                }
                if x > reach {
                    sum -= u64::from(sums[x - reach - 1].0);
                    squares -= u64::from(sums[x - reach - 1].1);
                }
                let columns = (x + reach).min(width - 1) - x.saturating_sub(reach) + 1;
                let count = (rows * columns) as f32;
                let mean = sum as f32 / count;
                let spread = (squares as f32 / count - mean * mean).max(0.0).sqrt();
                let threshold = mean * (1.0 + CONTRAST * (spread / WHOLE_CONTRAST - 1.0));
                dots.push(f32::from(*v) < threshold);
            }
        }
        Ink { width, height, dots }
    }

    pub(super) fn has(&self, x: usize, y: usize) -> bool {
        self.dots[y * self.width + x]
    }

    /// Columns as rows.
    pub(super) fn turned(&self) -> Ink {
        let mut dots = Vec::with_capacity(self.dots.len());
        for x in 0..self.width {
            dots.extend((0..self.height).map(|y| self.has(x, y)));
        }
        Ink { width: self.height, height: self.width, dots }
    }

    /// Removes spots that are smaller than any part of a character: at most `most` pixels that touch each other.
    pub(super) fn clean(&mut self, most: usize) {
        let mut seen = vec![false; self.dots.len()];
        let (mut spot, mut open) = (Vec::new(), Vec::new());
        for start in 0..self.dots.len() {
            if !self.dots[start] || seen[start] {
                continue;
            }
            spot.clear();
            open.push(start);
            seen[start] = true;
            while let Some(at) = open.pop() {
                spot.push(at);
                let (x, y) = (at % self.width, at / self.width);
                for ny in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(self.width) {
                        let next = ny * self.width + nx;
                        if self.dots[next] && !seen[next] {
                            seen[next] = true;
                            open.push(next);
                        }
                    }
                }
            }
            if spot.len() <= most {
                spot.iter().for_each(|at| self.dots[*at] = false);
            }
        }
    }

    /// For each row of an area, its pixels with ink.
    pub(super) fn rows(&self, area: Area) -> Vec<usize> {
        let row = |y: usize| &self.dots[y * self.width + area.left..y * self.width + area.right];
        (area.top..area.bottom).map(|y| row(y).iter().filter(|d| **d).count()).collect()
    }

    /// For each column of an area, its pixels with ink.
    pub(super) fn columns(&self, area: Area) -> Vec<usize> {
        let mut counts = vec![0; area.width()];
        for y in area.top..area.bottom {
            for (count, dot) in counts.iter_mut().zip(&self.dots[y * self.width + area.left..]) {
                *count += usize::from(*dot);
            }
        }
        counts
    }
}

#[cfg(test)]
impl Ink {
    /// A drawing: `#` is ink.
    pub(super) fn drawn(rows: &[&str]) -> Ink {
        let width = rows[0].len();
        let dots = rows.iter().flat_map(|r| r.bytes().map(|b| b == b'#')).collect();
        Ink { width, height: rows.len(), dots }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_found_in_light_and_shadow() {
        // A page that darkens to the right, with a stroke on either side.
        let (width, height) = (200, 60);
        let pixels = (0..width * height)
            .map(|i| {
                let (x, y) = (i % width, i / width);
                let paper = 250 - x / 2;
                let stroke = (20..24).contains(&x) || (170..174).contains(&x);
                if stroke && (20..40).contains(&y) { (paper / 3) as u8 } else { paper as u8 }
            })
            .collect();
        let ink = Ink::of(&Picture::new(width, height, pixels).expect("large enough"), 15);
        assert_eq!(ink.dots.iter().filter(|d| **d).count(), 2 * 4 * 20);
        assert!(ink.has(21, 30) && ink.has(171, 30) && !ink.has(100, 30));
    }

    #[test]
    fn spots_are_no_ink() {
        let mut ink = Ink::drawn(&["#....", "...##", "...##"]);
        ink.clean(1);
        assert_eq!(ink, Ink::drawn(&[".....", "...##", "...##"]));
    }
}

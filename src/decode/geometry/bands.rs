//! Tables of which only every other row has its cells ruled, as office programs style them in bands: what stands between
//! two bands is one room, and its cells are those of the rows above and below.

use super::joining::is_known;
use super::lattice::{Axis, Lattice, Room, Segment};
use super::lines::{Glyph, Line, lines};
use crate::document::Frame;
use crate::terms::split_mark;

/// A word reaches over an edge if it does by so many points on both sides.
const OVER: f32 = 1.0;
/// Between two cells are so many heights of a line at least.
const GAP: f32 = 0.8;
/// Rooms of a table with cells that no line parts; one alone is a merged cell.
const FEWEST: usize = 2;

/// The lines that are missing: the edges of columns that run through rooms with cells on both sides and through none of
/// their words. `words` tells where the words of a room stand.
pub(in crate::decode) fn missing(lattice: &Lattice, words: impl Fn(usize) -> Vec<Frame>) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut rooms = 0;
    for (i, room) in lattice.rooms.iter().enumerate().filter(|(_, room)| room.width > 1) {
        let (first, width) = (usize::from(room.column), usize::from(room.width));
        let Some(edges) = lattice.columns.get(first + 1..first + width) else { continue };
        let words = words(i);
        let free: Vec<f32> = edges.iter().copied().filter(|edge| !crossed(&words, *edge)).collect();
        if free.iter().any(|edge| parts(&words, *edge)) {
            rooms += 1;
            out.extend(free.into_iter().map(|at| down(at, room)));
        }
    }
    if rooms < FEWEST { Vec::new() } else { out }
}

/// Where the words of characters stand.
pub(super) fn words(glyphs: &[Glyph]) -> Vec<Frame> {
    lines(glyphs.to_vec()).into_iter().flat_map(|line| line.words).map(|word| word.frame).collect()
}

/// The line that is missing above what a page break left free, where that is the beginning of the next row: a label with
/// a mark of its own, or one below a label that is whole.
pub(super) fn begun(lattice: &Lattice, inside: &[Vec<Glyph>]) -> Option<Segment> {
    let at = lattice.rest?;
    let reaches = |room: &&Room| room.frame.top < at && at < room.frame.bottom;
    let is_begun = lattice.rooms.iter().zip(inside).filter(|(room, _)| reaches(room)).any(|(_, glyphs)| {
        let (above, below): (Vec<Glyph>, Vec<Glyph>) = glyphs.iter().cloned().partition(|g| g.frame.centre().1 < at);
        let said = |glyphs| lines(glyphs).iter().map(Line::text).collect::<String>();
        let (above, below) = (said(above), said(below));
        let is_whole = || is_known(&above) && !is_known(&format!("{above}{below}"));
        !above.is_empty() && !below.is_empty() && (split_mark(&below).0.is_some() || is_whole())
    });
    let Frame { left, right, .. } = lattice.frame;
    is_begun.then_some(Segment { axis: Axis::Across, at, from: left, to: right })
}

fn down(at: f32, room: &Room) -> Segment {
    Segment { axis: Axis::Down, at, from: room.frame.top, to: room.frame.bottom }
}

fn crossed(words: &[Frame], edge: f32) -> bool {
    words.iter().any(|w| w.left < edge - OVER && w.right > edge + OVER)
}

/// Whether words stand on both sides of an edge, with a gap around it.
fn parts(words: &[Frame], edge: f32) -> bool {
    let left = words.iter().filter(|w| w.centre().0 < edge).map(|w| w.right).reduce(f32::max);
    let right = words.iter().filter(|w| w.centre().0 >= edge).map(|w| w.left).reduce(f32::min);
    let height = words.iter().map(|w| w.bottom - w.top).fold(0.0, f32::max);
    matches!((left, right), (Some(left), Some(right)) if right - left >= GAP * height)
}

#[cfg(test)]
mod tests {
    use super::super::lattice::lattices;
    use super::super::lines::tests::glyphs;
    use super::*;

    #[test]
    fn rows_between_bands_have_the_cells_of_the_bands() {
        let across = |at: f32| Segment { axis: Axis::Across, at, from: 0.0, to: 120.0 };
        let down = |at: f32, from: f32, to: f32| Segment { axis: Axis::Down, at, from, to };
        let mut lines: Vec<Segment> = [0.0, 20.0, 40.0, 60.0, 80.0].map(across).to_vec();
        lines.extend([0.0, 120.0].map(|at| down(at, 0.0, 80.0)));
        lines.extend([40.0, 80.0].map(|at| down(at, 0.0, 20.0)));
        lines.extend([40.0, 80.0].map(|at| down(at, 40.0, 60.0)));
        let lattice = &lattices(&lines)[0];
        let inside = |texts: [&[(&str, f32)]; 2]| -> Vec<Vec<Glyph>> {
            let mut between = texts.iter();
            let of = |room: &Room| match room.width {
                1 => Vec::new(),
                _ => between.next().map_or_else(Vec::new, |cells| {
                    cells.iter().flat_map(|(text, left)| glyphs(text, *left, room.frame.top + 5.0)).collect()
                }),
            };
            lattice.rooms.iter().map(of).collect()
        };
        let of = |inside: Vec<Vec<Glyph>>| missing(lattice, |room| words(&inside[room]));
        let found = of(inside([&[("ab", 5.0), ("12", 50.0)], &[("ab", 5.0), ("7", 90.0)]]));
        let at: Vec<(f32, f32)> = found.iter().map(|s| (s.at, s.from)).collect();
        assert_eq!(at, [(40.0, 20.0), (80.0, 20.0), (40.0, 60.0), (80.0, 60.0)]);
        // A merged cell, or one label over the columns.
        assert_eq!(of(inside([&[("ab", 5.0), ("12", 50.0)], &[("ab", 5.0)]])), []);
        assert_eq!(of(inside([&[("abcdefghij", 5.0)], &[("abcdefghij", 35.0)]])), []);
    }
}

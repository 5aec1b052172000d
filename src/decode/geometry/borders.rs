//! Borders that are not drawn: a page break leaves the cells open that it goes through.

use super::lattice::{Axis, Segment, TOUCH};

/// Lines that stick out of a table further than this belong to cells whose border is not drawn.
const STICKS_OUT: f32 = 6.0;

/// Draws the border that is missing where lines stick out of the outermost ones across them; tells on which sides.
pub(super) fn close(stick: &[Segment], border: &mut Vec<Segment>, axis: Axis) -> (bool, bool) {
    let ats =
        |lines: &[Segment]| lines.iter().map(|l| l.at).fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(x), b.max(x)));
    let (low, high) = ats(border);
    // Lines that end together belong together: a table and the frame around it end at different places.
    let mut side = |mut ends: Vec<(f32, f32)>| -> bool {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut closed = false;
        for group in ends.chunk_by(|a, b| b.0 - a.0 <= TOUCH) {
            // One line alone that sticks out closes no cell.
            let (from, to) = group.iter().fold((f32::MAX, f32::MIN), |(a, b), end| (a.min(end.1), b.max(end.1)));
            if from < to {
                border.push(Segment { axis, at: group[0].0, from, to });
                closed = true;
            }
        }
        closed
    };
    let before = side(stick.iter().filter(|l| l.from < low - STICKS_OUT).map(|l| (l.from, l.at)).collect());
    let after = side(stick.iter().filter(|l| l.to > high + STICKS_OUT).map(|l| (l.to, l.at)).collect());
    (before, after)
}

/// The borders that a page break left out: lines down that end together, or at a cell that a line closes on its other side,
/// with no line across between their ends.
pub(super) fn cuts(across: &[Segment], down: &[Segment]) -> Vec<Segment> {
    let mut by_place: Vec<&Segment> = down.iter().collect();
    by_place.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out = Vec::new();
    for (i, line) in by_place.iter().enumerate() {
        for (end, other) in [(line.from, line.to), (line.to, line.from)] {
            let inner = end + (other - end).signum() * (TOUCH + 1.0).min((other - end).abs() / 2.0);
            let beside = |l: &&&Segment| l.from <= inner && inner <= l.to && (l.at - line.at).abs() > TOUCH;
            let right = by_place[i + 1..].iter().find(beside);
            let left = by_place[..i].iter().rev().find(beside);
            for next in left.into_iter().chain(right) {
                let middle = (line.at + next.at) / 2.0;
                let mut over = across.iter().filter(|a| a.from <= middle && middle <= a.to);
                let closed = over.clone().any(|a| (a.at - end).abs() <= TOUCH);
                let (low, high) = (end.min(other) - TOUCH, end.max(other) + TOUCH);
                let ends_too = [next.from, next.to].iter().any(|e| (e - end).abs() <= TOUCH);
                if !closed && (over.any(|a| low <= a.at && a.at <= high) || ends_too) {
                    let (from, to) = (line.at.min(next.at), line.at.max(next.at));
                    out.push(Segment { axis: Axis::Across, at: end, from, to });
                }
            }
        }
    }
    out
}

/// Whether a table is open above and below: at its first or last line, or near it, a border had to be drawn.
pub(super) fn open_sides(cut: &[Segment], across: &[Segment], (above, below): (bool, bool)) -> (bool, bool) {
    let places = || across.iter().map(|l| l.at);
    let (top, bottom) = (places().fold(f32::MAX, f32::min), places().fold(f32::MIN, f32::max));
    let near = |at: f32| cut.iter().any(|c| (c.at - at).abs() <= 2.0 * STICKS_OUT);
    (above || near(top), below || near(bottom))
}

//! Cells that each have a box of their own, with a gap to the boxes beside them: drawn as one table of lines.

use std::collections::HashMap;

use super::lattice::{Axis, Segment};
use crate::document::Frame;

/// Corners of a box meet within so many points.
const CORNER: f32 = 1.6;
/// The widest gap between the boxes of a table, in points.
const WIDEST: f32 = 9.0;
/// Gaps that the lines of a table may have anyway.
const NARROWEST: f32 = 0.5;
/// Boxes that make a table.
const FEWEST: usize = 4;
/// Lines of which boxes are looked for at most.
const MAX_SEGMENTS: usize = 60_000;
/// Boxes around others that are looked at.
const MAX_AROUND: usize = 64;
/// Lines that may begin at one corner.
const MAX_AT_CORNER: usize = 8;

/// The lines of a page with the gaps between the boxes of cells closed: each box reaches half of the gap further.
pub(super) fn closed_up(segments: &[Segment]) -> Vec<Segment> {
    let mut out = segments.to_vec();
    if segments.len() > MAX_SEGMENTS {
        return out;
    }
    let (found, around) = boxes(segments);
    if found.len() < FEWEST {
        return out;
    }
    let frames: Vec<Frame> = found.iter().map(|b| b.0).collect();
    let across = gap(&frames, |f| (f.left, f.right), |f| (f.top, f.bottom));
    let down = gap(&frames, |f| (f.top, f.bottom), |f| (f.left, f.right));
    // The border of the table around its cells' boxes is none of a cell.
    let reach = across.max(down) + CORNER;
    for (frame, lines) in around.iter().take(MAX_AROUND) {
        let inside = |f: &&Frame| frame.holds((f.left, f.top)) && frame.holds((f.right, f.bottom));
        if let Some(all) = frames.iter().filter(inside).copied().reduce(Frame::with)
            && [all.left - frame.left, all.top - frame.top, frame.right - all.right, frame.bottom - all.bottom]
                .iter()
                .all(|side| *side <= reach)
        {
            lines.iter().for_each(|line| out[*line].to = out[*line].from);
        }
    }
    for (_, [top, bottom, left, right]) in found {
        for (line, sign) in [(top, -1.0), (bottom, 1.0)] {
            let s = &mut out[line];
            *s = Segment { at: segments[line].at + sign * down / 2.0, ..*s };
            (s.from, s.to) = (segments[line].from - across / 2.0, segments[line].to + across / 2.0);
        }
        for (line, sign) in [(left, -1.0), (right, 1.0)] {
            let s = &mut out[line];
            *s = Segment { at: segments[line].at + sign * across / 2.0, ..*s };
            (s.from, s.to) = (segments[line].from - down / 2.0, segments[line].to + down / 2.0);
        }
    }
    out
}

/// Where a box stands, and its lines above, below, left and right.
type Drawn = (Frame, [usize; 4]);

/// The boxes of four lines of their own: those that hold no other, and those that do.
fn boxes(segments: &[Segment]) -> (Vec<Drawn>, Vec<Drawn>) {
    let cell = |at: f32| (at / CORNER).floor() as i32;
    let mut downs: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    let mut acrosses: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (i, s) in segments.iter().enumerate().filter(|(_, s)| s.at.is_finite() && s.from.is_finite()) {
        let (map, corner) = match s.axis {
            Axis::Down => (&mut downs, (cell(s.at), cell(s.from))),
            Axis::Across => (&mut acrosses, (cell(s.from), cell(s.at))),
        };
        map.entry(corner).or_default().push(i);
    }
    let near = |map: &HashMap<(i32, i32), Vec<usize>>, x: f32, y: f32| -> Vec<usize> {
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let all = cells.filter_map(|(dx, dy)| map.get(&(cell(x) + dx, cell(y) + dy)));
        all.flat_map(|found| found.iter().take(MAX_AT_CORNER)).copied().collect()
    };
    let same = |a: f32, b: f32| (a - b).abs() <= CORNER;
    let mut out = Vec::new();
    for (top, t) in segments.iter().enumerate().filter(|(_, s)| s.axis == Axis::Across) {
        for left in near(&downs, t.from, t.at).into_iter().filter(|l| same(segments[*l].from, t.at)) {
            let l = segments[left];
            let is_right = |r: &usize| *r != left && same(segments[*r].from, t.at) && same(segments[*r].to, l.to);
            let right = near(&downs, t.to, t.at).into_iter().find(is_right);
            let is_bottom = |b: &usize| *b != top && same(segments[*b].from, t.from) && same(segments[*b].to, t.to);
            let bottom = near(&acrosses, t.from, l.to).into_iter().find(is_bottom);
            if let (Some(right), Some(bottom)) = (right, bottom) {
                let frame = Frame { left: l.at, top: t.at, right: segments[right].at, bottom: segments[bottom].at };
                out.push((frame, [top, bottom, left, right]));
                break;
            }
        }
    }
    out.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
    let frames: Vec<Frame> = out.iter().map(|b| b.0).collect();
    let is_around = |outer: &Frame| {
        let from = frames.partition_point(|f| f.top <= outer.top + CORNER);
        let inside = |f: &&Frame| f.left > outer.left && f.right < outer.right && f.bottom < outer.bottom;
        frames[from..].iter().take_while(|f| f.top < outer.bottom).take(4_096).any(|f| inside(&f))
    };
    out.into_iter().partition(|b| !is_around(&b.0))
}

/// The gap from most boxes to the next one in a direction, or none where they touch.
fn gap(boxes: &[Frame], along: fn(&Frame) -> (f32, f32), beside: fn(&Frame) -> (f32, f32)) -> f32 {
    let mut sorted: Vec<&Frame> = boxes.iter().collect();
    sorted.sort_by(|a, b| along(a).0.total_cmp(&along(b).0));
    let next = |f: &Frame| {
        let end = along(f).1;
        let from = sorted.partition_point(|o| along(o).0 < end - CORNER);
        let shares = |o: &&&Frame| beside(o).0 < beside(f).1 && beside(f).0 < beside(o).1;
        let near = sorted[from..].iter().take_while(|o| along(o).0 <= end + WIDEST);
        near.filter(shares).map(|o| along(o).0 - end).next()
    };
    let mut gaps: Vec<f32> = boxes.iter().filter_map(next).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().filter(|g| *g > NARROWEST).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::lattice::lattices;
    use super::*;

    /// The four lines of a box.
    fn drawn(left: f32, top: f32, right: f32, bottom: f32) -> Vec<Segment> {
        let across = [top, bottom].map(|at| Segment { axis: Axis::Across, at, from: left, to: right });
        let down = [left, right].map(|at| Segment { axis: Axis::Down, at, from: top, to: bottom });
        [across, down].concat()
    }

    #[test]
    fn boxes_with_gaps_are_one_table() {
        // A tall cell on the left, a wide one at the top, gaps of four points; a frame around all.
        let boxes = [
            drawn(-5.0, -5.0, 105.0, 75.0),
            drawn(0.0, 0.0, 30.0, 70.0),
            drawn(34.0, 0.0, 100.0, 20.0),
            drawn(34.0, 24.0, 60.0, 44.0),
            drawn(64.0, 24.0, 100.0, 44.0),
            drawn(34.0, 48.0, 60.0, 70.0),
            drawn(64.0, 48.0, 100.0, 70.0),
        ];
        let found = lattices(&boxes.concat());
        assert_eq!(found.len(), 1);
        let shape: Vec<[u16; 4]> = found[0].rooms.iter().map(|r| [r.row, r.column, r.height, r.width]).collect();
        assert_eq!(shape, [[0, 0, 3, 1], [0, 1, 1, 2], [1, 1, 1, 1], [1, 2, 1, 1], [2, 1, 1, 1], [2, 2, 1, 1]]);
    }

    #[test]
    fn boxes_that_touch_stay() {
        let boxes = [drawn(0.0, 0.0, 30.0, 20.0), drawn(30.0, 0.0, 60.0, 20.0), drawn(0.0, 20.0, 30.0, 40.0)].concat();
        let all = [boxes, drawn(30.0, 20.0, 60.0, 40.0)].concat();
        assert_eq!(closed_up(&all), all);
    }
}

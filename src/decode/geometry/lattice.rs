//! From the straight lines of a page to tables of cells. Nothing here knows where the lines come from.

use super::borders::{close, cuts, open_sides};
use super::boxes;
use super::sets::Sets;
use crate::document::Frame;

/// Lines nearer to each other than this are one line, in points.
const SAME_LINE: f32 = 2.5;
/// Parts of a line with at most this between them are one.
const SAME_PART: f32 = 3.0;
/// Lines that end so near to another one touch it.
pub(super) const TOUCH: f32 = 3.0;
/// A line shorter than this borders no cell.
const SHORTEST: f32 = 4.0;
/// Rows lower than this hold no characters: lines so near to each other are two borders of one edge.
const LOWEST: f32 = 5.5;
/// Lines of one direction on a page; more make a drawing, not a table.
const MAX_LINES: usize = 4_000;
/// Rooms around tables that are looked at.
const FREE_ROOMS: usize = 64;
/// Elementary cells of one table; more make a drawing.
const MAX_CELLS: usize = 50_000;

/// The direction of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// A straight line along an edge of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Segment {
    /// Its direction.
    pub axis: Axis,
    /// How far it is from the left edge of the page if it runs down, from the upper one if across.
    pub at: f32,
    /// Where it begins: the smaller coordinate.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// A cell between lines; merged cells are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    /// The row of its upper edge, counted from 0.
    pub row: u16,
    /// The column of its left edge, counted from 0.
    pub column: u16,
    /// How many rows it covers.
    pub height: u16,
    /// How many columns it covers.
    pub width: u16,
    /// Where it stands.
    pub frame: Frame,
}

/// A table as its lines draw it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lattice {
    /// Where it stands.
    pub frame: Frame,
    /// The edges of the columns from left to right, one more than there are columns.
    pub columns: Vec<f32>,
    /// The edges of the rows from top to bottom, one more than there are rows.
    pub rows: Vec<f32>,
    /// The cells, row by row and from left to right.
    pub rooms: Vec<Room>,
    /// No line closes it above: a page break went through a cell.
    pub open_above: bool,
    /// No line closes it below.
    pub open_below: bool,
    /// Where what a page break left free begins, which was given to the cells above.
    pub rest: Option<f32>,
    /// For each elementary cell, row by row, its place in `rooms`; beyond them where it belongs to none.
    owners: Vec<u32>,
}

impl Lattice {
    /// Gives what a page break left free between a table and the end of the frame around it to the cells above, of which
    /// the last lines may stand there.
    fn absorb_rest(&mut self, cut: &[Segment]) {
        let (wide, high) = (self.columns.len() - 1, self.rows.len() - 1);
        let (Some(rest), [.., top, bottom]) = (self.rooms.last().copied(), self.rows.as_slice()) else { return };
        let (top, bottom) = (*top, *bottom);
        let begin = self.rooms.iter().filter(|r| usize::from(r.row) + 1 == high).count();
        let is_rest = begin == 1 && usize::from(rest.row) + 1 == high && usize::from(rest.width) * 2 > wide && high > 1;
        if !is_rest || !cut.iter().any(|c| (c.at - top).abs() <= SAME_LINE) {
            return;
        }
        self.rest = Some(top);
        self.rooms.pop();
        self.rows.remove(high - 1);
        self.owners.truncate(wide * (high - 1));
        for room in &mut self.rooms {
            let end = usize::from(room.row + room.height);
            room.height -= u16::from(end == high);
            if end + 1 == high {
                room.frame.bottom = bottom;
            }
        }
    }

    /// The place in `rooms` of the cell that a point lies in.
    pub(crate) fn room_at(&self, point: (f32, f32)) -> Option<usize> {
        if !self.frame.holds(point) {
            return None;
        }
        let along = |edges: &[f32], at: f32| edges.partition_point(|e| *e <= at).clamp(1, edges.len() - 1) - 1;
        let (row, column) = (along(&self.rows, point.1), along(&self.columns, point.0));
        let owner = *self.owners.get(row * (self.columns.len() - 1) + column)? as usize;
        (owner < self.rooms.len()).then_some(owner)
    }
}

/// The tables that the lines of a page draw, from top to bottom. A lone frame is none, and a frame around tables is
/// none.
#[cfg(any(test, feature = "ocr"))]
pub(crate) fn lattices(segments: &[Segment]) -> Vec<Lattice> {
    drawn(segments).0
}

/// The tables that the lines of a page draw, and the cells of the page's own frame that stand beside its text.
pub(super) fn drawn(segments: &[Segment]) -> (Vec<Lattice>, Vec<Frame>) {
    let segments = boxes::closed_up(segments);
    let across = lines(&segments, Axis::Across);
    let down = lines(&segments, Axis::Down);
    if across.len() > MAX_LINES || down.len() > MAX_LINES {
        return Default::default();
    }
    let mut sides = Vec::new();
    let groups = groups(&across, &down).into_iter();
    let mut found: Vec<Lattice> = groups.flat_map(|(across, down)| lattice(across, down, &mut sides)).collect();
    found.sort_by(|a, b| a.frame.top.total_cmp(&b.frame.top).then(a.frame.left.total_cmp(&b.frame.left)));
    let frames: Vec<Frame> = found.iter().map(|l| l.frame).collect();
    let holds = |outer: &Frame, inner: &Frame| {
        outer != inner && outer.holds((inner.left, inner.top)) && outer.holds((inner.right, inner.bottom))
    };
    found.retain(|l| !frames.iter().any(|f| holds(&l.frame, f)));
    (found, sides)
}

/// The lines of one direction: what almost coincides is one.
fn lines(segments: &[Segment], axis: Axis) -> Vec<Segment> {
    let sound = |s: &&Segment| s.axis == axis && s.at.is_finite() && s.from.is_finite() && s.to.is_finite();
    let mut all: Vec<Segment> = segments.iter().filter(sound).copied().collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out = Vec::new();
    let mut begin = 0;
    for end in 1..=all.len() {
        let goes_on = |s: &Segment| s.at - all[end - 1].at <= SAME_LINE && s.at - all[begin].at <= 2.0 * SAME_LINE;
        if !all.get(end).is_some_and(goes_on) {
            merge(&mut all[begin..end], &mut out);
            begin = end;
        }
    }
    out.retain(|l| l.to - l.from >= SHORTEST);
    out
}

/// Joins the parts of one line.
fn merge(cluster: &mut [Segment], out: &mut Vec<Segment>) {
    cluster.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut parts = cluster.iter();
    let Some(mut line) = parts.next().copied() else { return };
    let (mut sum, mut count) = (line.at, 1.0);
    for part in parts {
        if part.from - line.to <= SAME_PART {
            line.to = line.to.max(part.to);
            (sum, count) = (sum + part.at, count + 1.0);
        } else {
            out.push(Segment { at: sum / count, ..line });
            line = *part;
            (sum, count) = (line.at, 1.0);
        }
    }
    out.push(Segment { at: sum / count, ..line });
}

/// Lines that touch each other, directly or through others.
fn groups(across: &[Segment], down: &[Segment]) -> Vec<(Vec<Segment>, Vec<Segment>)> {
    let mut sets = Sets::new(across.len() + down.len());
    let mut by_place: Vec<usize> = (0..down.len()).collect();
    by_place.sort_by(|a, b| down[*a].at.total_cmp(&down[*b].at));
    for (i, h) in across.iter().enumerate() {
        let first = by_place.partition_point(|v| down[*v].at < h.from - TOUCH);
        for &v in by_place[first..].iter().take_while(|v| down[**v].at <= h.to + TOUCH) {
            if down[v].from - TOUCH <= h.at && h.at <= down[v].to + TOUCH {
                sets.join(i, across.len() + v);
            }
        }
    }
    let mut out: Vec<(Vec<Segment>, Vec<Segment>)> = vec![Default::default(); across.len() + down.len()];
    for (i, h) in across.iter().enumerate() {
        out[sets.root(i)].0.push(*h);
    }
    for (i, v) in down.iter().enumerate() {
        out[sets.root(across.len() + i)].1.push(*v);
    }
    out.retain(|(across, down)| !across.is_empty() && !down.is_empty());
    out
}

/// The places of lines, those not further apart than a distance once.
fn edges(lines: &[Segment], apart: f32) -> Vec<f32> {
    let mut all: Vec<f32> = lines.iter().map(|l| l.at).collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for at in all {
        if out.last().is_none_or(|last| at - last > apart) {
            out.push(at);
        }
    }
    out
}

/// The lines along each edge.
fn along<'a>(lines: &'a [Segment], edges: &[f32]) -> Vec<Vec<&'a Segment>> {
    let mut out = vec![Vec::new(); edges.len()];
    for line in lines {
        // Proof: every line gave an edge at or before its place.
        let edge = edges.partition_point(|e| *e <= line.at).saturating_sub(1);
        out[edge].push(line);
    }
    out
}

/// The tables of lines that touch: one, but for tables that stand in the frame of a page.
fn lattice(mut across: Vec<Segment>, mut down: Vec<Segment>, sides: &mut Vec<Frame>) -> Vec<Lattice> {
    let cut = cuts(&across, &down);
    across.extend(&cut);
    let (above, below) = close(&down, &mut across, Axis::Across);
    close(&across, &mut down, Axis::Down);
    let (open_above, open_below) = open_sides(&cut, &across, (above, below));
    let (columns, rows) = (edges(&down, SAME_LINE), edges(&across, LOWEST));
    let (wide, high) = (columns.len().saturating_sub(1), rows.len().saturating_sub(1));
    if wide == 0 || high == 0 || wide * high < 2 || wide * high > MAX_CELLS {
        return Vec::new();
    }
    let (downs, acrosses) = (along(&down, &columns), along(&across, &rows));
    let covered = |lines: &[&Segment], at: f32| lines.iter().any(|l| l.from - TOUCH <= at && at <= l.to + TOUCH);
    let mut sets = Sets::new(wide * high);
    for row in 0..high {
        for column in 0..wide {
            let here = row * wide + column;
            let middle = |edges: &[f32], i: usize| (edges[i] + edges[i + 1]) / 2.0;
            if column + 1 < wide && !covered(&downs[column + 1], middle(&rows, row)) {
                sets.join(here, here + 1);
            }
            if row + 1 < high && !covered(&acrosses[row + 1], middle(&columns, column)) {
                sets.join(here, here + wide);
            }
        }
    }
    let (rooms, owners) = rooms(&mut sets, &columns, &rows);
    let frame = Frame { left: columns[0], top: rows[0], right: columns[wide], bottom: rows[high] };
    let mut whole = Lattice { frame, columns, rows, rooms, open_above, open_below, rest: None, owners };
    whole.absorb_rest(&cut);
    parts(whole, sides).into_iter().filter(|l| l.rooms.len() > 1).collect()
}

/// What is left of a table without the rooms that are no rectangles: they are what a frame around tables leaves free. The
/// cells of the frame beside them are no part of a table either.
fn parts(whole: Lattice, sides: &mut Vec<Frame>) -> Vec<Lattice> {
    let (wide, high) = (whole.columns.len() - 1, whole.rows.len() - 1);
    let mut sizes = vec![0usize; whole.rooms.len()];
    whole.owners.iter().for_each(|owner| sizes[*owner as usize] += 1);
    let is_rectangle = |(room, size): (&Room, &usize)| *size == usize::from(room.width) * usize::from(room.height);
    let free: Vec<&Room> = whole.rooms.iter().zip(&sizes).filter(|r| !is_rectangle(*r)).map(|r| r.0).collect();
    if free.is_empty() {
        return vec![whole];
    }
    let is_side = |room: &Room| {
        let beside = |f: &&Room| room.row <= f.row && f.row + f.height <= room.row + room.height;
        room.height > 2 && free.iter().take(FREE_ROOMS).any(beside)
    };
    let kept: Vec<bool> =
        whole.rooms.iter().zip(&sizes).map(|(room, size)| is_rectangle((room, size)) && !is_side(room)).collect();
    sides.extend(whole.rooms.iter().zip(&sizes).filter(|r| is_rectangle(*r) && is_side(r.0)).map(|r| r.0.frame));
    let is_whole = |owner: u32| kept[owner as usize];
    let mut sets = Sets::new(wide * high);
    for at in (0..wide * high).filter(|at| is_whole(whole.owners[*at])) {
        let right = (at % wide + 1 < wide).then_some(at + 1);
        let below = (at + wide < wide * high).then_some(at + wide);
        for next in right.into_iter().chain(below).filter(|next| is_whole(whole.owners[*next])) {
            sets.join(at, next);
        }
    }
    let mut roots: Vec<usize> =
        (0..wide * high).filter(|at| is_whole(whole.owners[*at])).map(|at| sets.root(at)).collect();
    roots.sort_unstable();
    roots.dedup();
    roots.into_iter().filter_map(|root| part(&whole, root, &mut sets)).collect()
}

/// The rooms of one set as a table of its own.
fn part(whole: &Lattice, root: usize, sets: &mut Sets) -> Option<Lattice> {
    let wide = whole.columns.len() - 1;
    let mut owners: Vec<u32> =
        (0..whole.owners.len()).filter(|at| sets.root(*at) == root).map(|at| whole.owners[at]).collect();
    owners.sort_unstable();
    owners.dedup();
    let rooms: Vec<Room> = owners.iter().map(|owner| whole.rooms[*owner as usize]).collect();
    let frame = rooms.iter().map(|r| r.frame).reduce(Frame::with)?;
    let (top, left) = (rooms.iter().map(|r| r.row).min()?, rooms.iter().map(|r| r.column).min()?);
    let bottom = rooms.iter().map(|r| r.row + r.height).max()?;
    let right = rooms.iter().map(|r| r.column + r.width).max()?;
    let (rows, columns) = (usize::from(top)..=usize::from(bottom), usize::from(left)..=usize::from(right));
    // What stands in the rectangle around them and belongs to none of them belongs to no cell.
    let place = |owner: u32| owners.binary_search(&owner).map_or(u32::MAX, |at| at as u32);
    let cells = (usize::from(top)..usize::from(bottom))
        .flat_map(|row| (usize::from(left)..usize::from(right)).map(move |column| row * wide + column));
    Some(Lattice {
        frame,
        columns: whole.columns[columns].to_vec(),
        rows: whole.rows[rows].to_vec(),
        owners: cells.map(|at| place(whole.owners[at])).collect(),
        rooms: rooms.into_iter().map(|r| Room { row: r.row - top, column: r.column - left, ..r }).collect(),
        rest: whole.rest.filter(|_| usize::from(bottom) == whole.rows.len() - 1),
        open_above: whole.open_above && top == 0,
        open_below: whole.open_below && usize::from(bottom) == whole.rows.len() - 1,
    })
}

/// The cells that sets of elementary cells make, and the cell of each elementary one.
fn rooms(sets: &mut Sets, columns: &[f32], rows: &[f32]) -> (Vec<Room>, Vec<u32>) {
    let (wide, high) = (columns.len() - 1, rows.len() - 1);
    let mut bounds: Vec<Option<[usize; 4]>> = vec![None; wide * high];
    for at in 0..wide * high {
        let (row, column) = (at / wide, at % wide);
        let bound = bounds[sets.root(at)].get_or_insert([row, column, row, column]);
        *bound = [bound[0].min(row), bound[1].min(column), bound[2].max(row), bound[3].max(column)];
    }
    let mut roots: Vec<usize> = (0..wide * high).filter(|at| bounds[*at].is_some()).collect();
    roots.sort_by_key(|at| bounds[*at]);
    let mut place = vec![0u32; wide * high];
    let mut out = Vec::with_capacity(roots.len());
    for root in roots {
        let Some([top, left, bottom, right]) = bounds[root] else { continue };
        place[root] = out.len() as u32;
        out.push(Room {
            row: top as u16,
            column: left as u16,
            height: (bottom - top + 1) as u16,
            width: (right - left + 1) as u16,
            frame: Frame { left: columns[left], top: rows[top], right: columns[right + 1], bottom: rows[bottom + 1] },
        });
    }
    let owners = (0..wide * high).map(|at| place[sets.root(at)]).collect();
    (out, owners)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Segment {
        Segment { axis: Axis::Across, at, from, to }
    }

    fn down(at: f32, from: f32, to: f32) -> Segment {
        Segment { axis: Axis::Down, at, from, to }
    }

    /// Each cell as row, column, height, width.
    fn shape(l: &Lattice) -> Vec<[u16; 4]> {
        l.rooms.iter().map(|r| [r.row, r.column, r.height, r.width]).collect()
    }

    #[test]
    fn merged_cells_are_where_no_line_is() {
        // A tall cell on the left, a wide one at the top.
        let lines = [
            across(0.0, 0.0, 90.0),
            across(20.0, 30.0, 90.0),
            across(40.0, 0.0, 90.0),
            down(0.0, 0.0, 40.0),
            down(30.0, 0.0, 40.0),
            down(60.0, 20.0, 40.0),
            down(90.0, 0.0, 40.0),
        ];
        let found = lattices(&lines);
        assert_eq!(found.len(), 1);
        assert_eq!(shape(&found[0]), [[0, 0, 2, 1], [0, 1, 1, 2], [1, 1, 1, 1], [1, 2, 1, 1]]);
        assert_eq!(found[0].room_at((70.0, 10.0)), Some(1));
        assert_eq!(found[0].room_at((10.0, 30.0)), Some(0));
        assert_eq!(found[0].room_at((95.0, 30.0)), None);
        assert!(!found[0].open_above && !found[0].open_below);
    }

    #[test]
    fn a_border_per_cell_is_one_line() {
        let frame = |l: f32, t: f32, r: f32, b: f32| [across(t, l, r), across(b, l, r), down(l, t, b), down(r, t, b)];
        let lines = [frame(0.0, 0.0, 49.5, 20.0), frame(50.5, 0.5, 100.0, 20.0), frame(0.0, 21.0, 49.5, 40.0)].concat();
        let found = lattices(&[lines, frame(50.5, 21.0, 100.0, 40.0).to_vec()].concat());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rooms.len(), 4);
    }

    #[test]
    fn a_page_break_leaves_a_table_open() {
        let lines = [
            across(50.0, 0.0, 60.0),
            across(70.0, 0.0, 60.0),
            down(0.0, 30.0, 90.0),
            down(30.0, 30.0, 90.0),
            down(60.0, 30.0, 90.0),
        ];
        let found = lattices(&lines);
        assert_eq!(found[0].rows, [30.0, 50.0, 70.0, 90.0]);
        assert_eq!(found[0].rooms.len(), 6);
        assert!(found[0].open_above && found[0].open_below);
    }

    #[test]
    fn what_draws_no_table() {
        let frame = |l: f32, t: f32, r: f32, b: f32| [across(t, l, r), across(b, l, r), down(l, t, b), down(r, t, b)];
        assert!(lattices(&frame(0.0, 0.0, 100.0, 100.0)).is_empty());
        assert!(lattices(&[across(10.0, 0.0, 500.0), across(20.0, 0.0, 500.0)]).is_empty());
        // A frame around the page is none of its tables; two tables beside each other are two.
        let table = |l: f32| [frame(l, 40.0, l + 20.0, 60.0).to_vec(), vec![down(l + 10.0, 40.0, 60.0)]].concat();
        let page = [frame(0.0, 0.0, 100.0, 100.0).to_vec(), table(20.0), table(60.0)].concat();
        assert_eq!(lattices(&page).iter().map(|l| l.rooms.len()).collect::<Vec<_>>(), [2, 2]);
        let outer = [page.clone(), vec![down(10.0, 0.0, 100.0)]].concat();
        assert_eq!(lattices(&outer).len(), 2);
        let many: Vec<Segment> = (0..9_000).map(|i| across(i as f32 * 10.0, 0.0, 90.0)).collect();
        assert!(lattices(&many).is_empty());
        assert!(lattices(&[across(f32::NAN, 0.0, f32::INFINITY), down(0.0, 0.0, 10.0)]).is_empty());
    }
}

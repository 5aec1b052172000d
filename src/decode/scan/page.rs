//! From the picture of a page to its lines and tables, with the characters not yet read.

use super::ink::{Area, Ink};
use super::lines::{self, narrowed};
use super::picture::Picture;
use super::rules::{self, Measures, Rule};
use super::skew;
use crate::decode::geometry::bands;
use crate::decode::geometry::lattice::{Axis, Lattice, Segment, lattices};
use crate::document::Frame;

/// Points of an inch.
const INCH: f32 = 72.0;
/// Width of an A4 page in points: what a picture is taken for that does not tell its size.
const A4: f32 = 595.0;
/// Dots per inch below which a page is doubled, and above which it is halved.
const COARSE: f32 = 200.0;
const FINE: f32 = 420.0;
/// The longest piece of a line, in heights of the line.
const LONGEST: f32 = 18.0;

/// How much darker than the paper faint ink is at least, and how many pixels of it are more than a speck.
const FAINT: u8 = 30;
const SPOT: usize = 12;

/// The part of a stroke's length at which others cross it.
const CROSSED: f32 = 0.12;

/// Sizes in points.
mod points {
    /// The shortest level rule.
    pub(super) const LEVEL: f32 = 11.0;
    /// The shortest upright one: it passes two rows of a table at least, or it is the stroke of a character between
    /// two rules.
    pub(super) const UPRIGHT: f32 = 17.0;
    /// The longest break in a rule, and the thickest rule.
    pub(super) const BREAK: f32 = 0.6;
    pub(super) const THICK: f32 = 3.0;
    /// How far from the edge of a table what is left of its rules may stand.
    pub(super) const FRINGE: f32 = 1.5;
    /// Rules whose ends are so near touch.
    pub(super) const TOUCH: f32 = 2.0;
    /// A rule that needs no other to hold it: longer than a stroke of a large character.
    pub(super) const LONG: f32 = 45.0;
    /// How far beside a rule no ink stands, and how near a level rule it may.
    pub(super) const BESIDE: (f32, f32) = (0.5, 1.2);
    pub(super) const CROSSING: f32 = 1.6;
    /// The smallest table.
    pub(super) const TABLE: (f32, f32) = (100.0, 14.0);
    /// An underline that is no part of a table.
    pub(super) const UNDERLINE: f32 = 60.0;
    /// What is left out inside of the edges of a cell.
    pub(super) const INSET: f32 = 0.7;
    /// What is left out where an empty cell is searched for faint ink.
    pub(super) const DEEP: f32 = 2.5;
    /// The heights of lines of text.
    pub(super) const LINE: (f32, f32) = (5.0, 30.0);
    /// The usual height where nothing tells it.
    pub(super) const USUAL: f32 = 10.0;
}

/// A piece of a line, which is read as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub area: Area,
    /// What parts it from the piece before.
    pub joint: Joint,
    /// How far it may be looked beyond the left and the right side of its area: where a line was cut, what is next
    /// belongs to another piece.
    pub room: (usize, usize),
}

/// No piece is near.
const OPEN: usize = usize::MAX;

/// What parts a piece from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// It begins a line.
    Line,
    /// A gap that no word has.
    Gap,
    /// Nothing: a long line was cut to be read.
    Cut,
}

/// A cell of a table or a line beside all tables.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    /// Where it stands on the page, in points.
    pub frame: Frame,
    /// Its lines from top to bottom, in pieces from left to right; none where there is no ink.
    pub pieces: Vec<Piece>,
}

/// What a page holds.
#[derive(Debug)]
pub(super) struct Page {
    /// The page set straight, without its rules.
    pub picture: Picture,
    /// The height of a usual line in pixels.
    pub usual: f32,
    /// Tables, and for each room of them its region.
    pub tables: Vec<(Lattice, Vec<Region>)>,
    /// Lines that stand in no table, from top to bottom.
    pub lines: Vec<Region>,
}

impl Page {
    /// All that has characters.
    pub(super) fn regions(&self) -> impl Iterator<Item = &Region> {
        self.tables.iter().flat_map(|(_, rooms)| rooms).chain(&self.lines)
    }
}

/// A page and how large its pixels are.
struct Sheet {
    picture: Picture,
    /// Pixels of a point.
    scale: f32,
}

/// Finds lines and tables. `width` is the width of the page in points; a picture that does not tell is taken for A4.
pub(super) fn page(picture: Picture, width: Option<f32>) -> Page {
    let sheet = straight(sized(picture, width));
    let scale = sheet.scale;
    let px = |points: f32| points * scale;
    let mut ink = ink_of(&sheet);
    let measures = |least| Measures {
        least: px(least) as usize,
        gap: px(points::BREAK).ceil() as usize,
        thick: px(points::THICK),
    };
    let level = rules::level(&ink, measures(points::LEVEL));
    let mut upright = rules::level(&ink.turned(), measures(points::UPRIGHT));
    let (touch, long) = (px(points::TOUCH), px(points::LONG));
    upright.retain(|rule| rule.to - rule.from >= long || !is_stroke(rule, &level, &ink, scale));
    let held = rules::anchored(&upright, &level, touch, long);
    let segments = segments(&rules::anchored(&level, &held, touch, long), &held, scale);
    let lattices = tables(&segments);
    let mut picture = sheet.picture;
    let paper = paper(&picture, &ink);
    let in_table = |at: f32, from: f32, to: f32, down: bool| {
        let middle = ((from + to) / 2.0 / scale, at / scale);
        let middle = if down { (middle.1, middle.0) } else { middle };
        lattices.iter().any(|l| grown(l.frame, 2.0).holds(middle))
    };
    for (rule, down) in level.iter().map(|r| (r, false)).chain(upright.iter().map(|r| (r, true))) {
        let underline = !down && rule.to - rule.from > px(points::UNDERLINE);
        if underline || in_table(rule.at, rule.from, rule.to, down) {
            erase(rule, down, paper, &mut ink, &mut picture);
        }
    }
    ink.clean((scale * scale * 0.5) as usize);
    let rooms = insides(&lattices, scale, &ink);
    let mut beside = ink.clone();
    for area in rooms.iter().flatten() {
        for y in area.top..area.bottom {
            beside.dots[y * beside.width + area.left..y * beside.width + area.right].fill(false);
        }
    }
    lattices.iter().for_each(|l| clear_edges(&mut beside, l.frame, scale));
    let whole = Area { left: 0, top: 0, right: ink.width, bottom: ink.height };
    let mut areas: Vec<Area> = rooms.iter().flatten().copied().collect();
    let (least, most) = (px(points::LINE.0), px(points::LINE.1));
    let in_tables = lines::usual_height(&ink, &areas, least, most);
    let usual = in_tables.or_else(|| lines::usual_height(&beside, &[whole], least, most)).unwrap_or(px(points::USUAL));
    areas.clear();
    let (lattices, rooms) = whole_rows(&segments, lattices, rooms, (&ink, usual, scale));
    let tables = lattices
        .into_iter()
        .zip(rooms)
        .map(|(lattice, areas)| {
            let region = |(frame, area): (Frame, &Area)| {
                let mut pieces = pieces(&ink, *area, usual);
                if pieces.is_empty() {
                    let deep = inner(grown(frame, -points::DEEP), scale, 0.0, &ink);
                    pieces.extend(faint(&picture, deep).map(|area| Piece {
                        area,
                        joint: Joint::Line,
                        room: (OPEN, OPEN),
                    }));
                }
                Region { frame, pieces }
            };
            let regions = lattice.rooms.iter().map(|r| r.frame).zip(&areas).map(region).collect();
            (lattice, regions)
        })
        .collect();
    let lines = lines::lines(&beside, whole, usual)
        .into_iter()
        .filter(|line| line.height() as f32 > usual * lines::SPECK)
        .map(|line| Region { frame: frame(line, scale), pieces: pieces(&beside, line, usual) })
        .collect();
    Page { picture, usual, tables, lines }
}

/// Whether an upright rule is the stroke of characters that stand above each other: other strokes cross it between the
/// level rules. (申 of the first two rows of the requests stands so in every report.)
fn is_stroke(rule: &Rule, level: &[Rule], ink: &Ink, scale: f32) -> bool {
    let length = (rule.to - rule.from).max(1.0);
    let thick = rule.runs.iter().map(|r| r.to - r.from).sum::<usize>() as f32 / length;
    let beside = |y: usize, side: f32| {
        let near = rule.at + side * (thick / 2.0 + points::BESIDE.0 * scale);
        let far = rule.at + side * (thick / 2.0 + points::BESIDE.1 * scale);
        let (from, to) = (near.min(far).max(0.0) as usize, near.max(far).max(0.0) as usize);
        (from..=to).any(|x| x < ink.width && y < ink.height && ink.dots[y * ink.width + x])
    };
    let crosses = |l: &&Rule| l.from <= rule.at && rule.at <= l.to;
    let level: Vec<f32> = level.iter().filter(crosses).map(|l| l.at).collect();
    let is_free = |y: &usize| level.iter().all(|at| (at - *y as f32).abs() > points::CROSSING * scale);
    let free: Vec<usize> = (rule.from as usize..rule.to as usize).filter(is_free).collect();
    let crossed = free.iter().filter(|y| beside(**y, -1.0) && beside(**y, 1.0)).count();
    crossed as f32 > CROSSED * free.len() as f32
}

/// The page at a size that the recogniser likes.
fn sized(picture: Picture, width: Option<f32>) -> Sheet {
    let long = if picture.width > picture.height { A4 * std::f32::consts::SQRT_2 } else { A4 };
    let points = width.filter(|w| *w > 0.0).unwrap_or(long);
    let mut sheet = Sheet { scale: picture.width as f32 / points, picture };
    while sheet.scale * INCH > FINE && sheet.picture.width.min(sheet.picture.height) > 64 {
        sheet = Sheet { scale: sheet.scale / 2.0, picture: sheet.picture.halved() };
    }
    // Twice at most: what is coarser still shows no characters.
    for _ in 0..2 {
        if sheet.scale * INCH < COARSE {
            sheet = Sheet { scale: sheet.scale * 2.0, picture: sheet.picture.doubled() };
        }
    }
    sheet
}

fn ink_of(sheet: &Sheet) -> Ink {
    Ink::of(&sheet.picture, (sheet.scale * 9.0) as usize)
}

fn straight(sheet: Sheet) -> Sheet {
    let slope = skew::slope(&ink_of(&sheet));
    if slope == 0.0 { sheet } else { Sheet { picture: skew::straightened(&sheet.picture, slope), ..sheet } }
}

/// What stands inside of each room of each table.
fn insides(lattices: &[Lattice], scale: f32, ink: &Ink) -> Vec<Vec<Area>> {
    let inset = points::INSET * scale;
    lattices.iter().map(|l| l.rooms.iter().map(|r| inner(r.frame, scale, inset, ink)).collect()).collect()
}

/// The tables with the cells of rows of which a rule is too pale to be seen, or not drawn.
fn whole_rows(
    segments: &[Segment],
    lattices: Vec<Lattice>,
    rooms: Vec<Vec<Area>>,
    (ink, usual, scale): (&Ink, f32, f32),
) -> (Vec<Lattice>, Vec<Vec<Area>>) {
    let words = |area: Area| -> Vec<Frame> {
        let lines = lines::lines(ink, area, usual).into_iter();
        lines.flat_map(|line| lines::words(ink, line, usual)).map(|word| frame(word, scale)).collect()
    };
    let missing = lattices.iter().zip(&rooms).flat_map(|(l, areas)| bands::missing(l, |room| words(areas[room])));
    let missing: Vec<Segment> = missing.collect();
    if missing.is_empty() {
        return (lattices, rooms);
    }
    let lattices = tables(&[segments, &missing].concat());
    let rooms = insides(&lattices, scale, ink);
    (lattices, rooms)
}

/// Rules as lines of the page.
fn segments(level: &[Rule], upright: &[Rule], scale: f32) -> Vec<Segment> {
    let segment = |axis, r: &Rule| Segment { axis, at: r.at / scale, from: r.from / scale, to: r.to / scale };
    let across = level.iter().map(|r| segment(Axis::Across, r));
    across.chain(upright.iter().map(|r| segment(Axis::Down, r))).collect()
}

/// The tables that lines make.
fn tables(segments: &[Segment]) -> Vec<Lattice> {
    let mut found = lattices(segments);
    let size = |f: Frame| (f.right - f.left, f.bottom - f.top);
    found.retain(|l| size(l.frame).0 >= points::TABLE.0 && size(l.frame).1 >= points::TABLE.1);
    found
}

/// The grey of most of the paper.
fn paper(picture: &Picture, ink: &Ink) -> u8 {
    let mut counts = [0usize; 256];
    let blank = picture.pixels.iter().zip(&ink.dots).filter(|(_, d)| !**d);
    blank.for_each(|(v, _)| counts[usize::from(*v)] += 1);
    let half = counts.iter().sum::<usize>() / 2;
    let mut sum = 0;
    let middle = counts.iter().position(|c| {
        sum += c;
        sum > half
    });
    middle.map_or(255, |m| m as u8)
}

/// What is darker than the paper in a cell without ink: faint characters, or dirt. Nobody may take it for blank.
fn faint(picture: &Picture, area: Area) -> Option<Area> {
    if area.width() < 3 || area.height() < 3 {
        return None;
    }
    let rows = || (area.top..area.bottom).map(|y| &picture.row(y)[area.left..area.right]);
    let mut greys: Vec<u8> = rows().flatten().copied().collect();
    greys.sort_unstable();
    let dark = greys[greys.len() / 2].saturating_sub(FAINT);
    // Means of nine pixels, in which the grain of the paper is lost.
    let mean = |x: usize, y: usize| {
        let sum: u32 = (y - 1..y + 2).flat_map(|y| &picture.row(y)[x - 1..x + 2]).map(|v| u32::from(*v)).sum();
        (sum / 9) as u8
    };
    let spots: Vec<(usize, usize)> = (area.top + 1..area.bottom - 1)
        .flat_map(|y| (area.left + 1..area.right - 1).map(move |x| (x, y)))
        .filter(|(x, y)| mean(*x, *y) < dark)
        .collect();
    let left = spots.iter().map(|s| s.0).min()?;
    let right = spots.iter().map(|s| s.0).max()? + 1;
    let (top, bottom) = (spots.first()?.1, spots.last()?.1 + 1);
    (spots.len() >= SPOT).then_some(Area { left, top, right, bottom })
}

/// Takes a rule off the page, with the pale pixels along it.
fn erase(rule: &Rule, down: bool, paper: u8, ink: &mut Ink, picture: &mut Picture) {
    for run in &rule.runs {
        for across in run.row.saturating_sub(1)..=run.row + 1 {
            for along in run.from..run.to {
                let (x, y) = if down { (across, along) } else { (along, across) };
                if x < ink.width && y < ink.height {
                    ink.dots[y * ink.width + x] = false;
                    picture.pixels[y * picture.width + x] = paper;
                }
            }
        }
    }
}

/// Takes away what is left of the rules around a table.
fn clear_edges(ink: &mut Ink, table: Frame, scale: f32) {
    let (out, within) = (grown(table, points::FRINGE), grown(table, -points::FRINGE));
    let (out, within) = (inner(out, scale, 0.0, ink), inner(within, scale, 0.0, ink));
    for y in out.top..out.bottom {
        let row = y * ink.width;
        if y < within.top || y >= within.bottom {
            ink.dots[row + out.left..row + out.right].fill(false);
        } else {
            ink.dots[row + out.left..row + within.left.max(out.left)].fill(false);
            ink.dots[row + within.right.min(out.right)..row + out.right].fill(false);
        }
    }
}

fn grown(frame: Frame, by: f32) -> Frame {
    Frame { left: frame.left - by, top: frame.top - by, right: frame.right + by, bottom: frame.bottom + by }
}

/// The pixels inside of a cell.
fn inner(frame: Frame, scale: f32, inset: f32, ink: &Ink) -> Area {
    let within = |at: f32, most: usize| (at.max(0.0) as usize).min(most);
    let left = within(frame.left * scale + inset, ink.width);
    let top = within(frame.top * scale + inset, ink.height);
    let right = within(frame.right * scale - inset, ink.width).max(left);
    let bottom = within(frame.bottom * scale - inset, ink.height).max(top);
    Area { left, top, right, bottom }
}

fn frame(area: Area, scale: f32) -> Frame {
    Frame {
        left: area.left as f32 / scale,
        top: area.top as f32 / scale,
        right: area.right as f32 / scale,
        bottom: area.bottom as f32 / scale,
    }
}

fn pieces(ink: &Ink, area: Area, usual: f32) -> Vec<Piece> {
    let mut out = Vec::new();
    for line in lines::lines(ink, area, usual) {
        for (word, area) in lines::words(ink, line, usual).into_iter().enumerate() {
            let pieces = lines::pieces(ink, area, usual, LONGEST).into_iter();
            let areas: Vec<Area> = pieces.filter_map(|piece| narrowed(ink, piece)).collect();
            let gap = |i: usize| match areas.get(i..i + 2) {
                Some([left, right]) => (right.left - left.right) / 2,
                _ => OPEN,
            };
            out.extend(areas.iter().enumerate().map(|(i, area)| {
                let joint = match (word, i) {
                    (0, 0) => Joint::Line,
                    (_, 0) => Joint::Gap,
                    _ => Joint::Cut,
                };
                // All pieces of a line are looked at in its height.
                let area = Area { top: line.top, bottom: line.bottom, ..*area };
                Piece { area, joint, room: (i.checked_sub(1).map_or(OPEN, gap), gap(i)) }
            }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of A4 at 72 dots per inch with a table of two cells, drawn black on white.
    fn drawn(strokes: &[(usize, usize, usize, usize, u8)]) -> Picture {
        let (width, height) = (595 * 3, 300 * 3);
        let mut pixels = vec![255; width * height];
        let table =
            [(50, 100, 450, 101), (50, 140, 450, 141), (50, 100, 51, 141), (250, 100, 251, 141), (449, 100, 450, 141)];
        let table = table.map(|(l, t, r, b)| (l, t, r, b, 0));
        for (left, top, right, bottom, grey) in table.iter().chain(strokes) {
            for y in top * 3..bottom * 3 {
                pixels[y * width + left * 3..y * width + right * 3].fill(*grey);
            }
        }
        Picture::new(width, height, pixels).expect("large enough")
    }

    /// How many pieces stand in the cells, and how many lines beside the table.
    fn found(strokes: &[(usize, usize, usize, usize, u8)]) -> (Vec<usize>, usize) {
        let page = page(drawn(strokes), None);
        let rooms = page.tables.iter().flat_map(|(_, rooms)| rooms.iter().map(|r| r.pieces.len())).collect();
        (rooms, page.lines.len())
    }

    #[test]
    fn rules_make_cells_and_are_no_ink() {
        assert_eq!(found(&[]), (vec![0, 0], 0));
    }

    #[test]
    fn ink_stands_in_cells_and_beside() {
        assert_eq!(found(&[(60, 110, 64, 120, 0), (60, 40, 80, 50, 0)]), (vec![1, 0], 1));
    }

    #[test]
    fn faint_ink_is_not_nothing() {
        assert_eq!(found(&[(300, 110, 304, 120, 215)]).0, [0, 1]);
        assert_eq!(found(&[(300, 110, 304, 120, 245)]).0, [0, 0]);
    }

    #[test]
    fn coarse_pages_are_doubled_and_fine_ones_halved() {
        let size = |width: usize, points| sized(drawn(&[]).halved(), Some(points)).picture.width / width;
        assert_eq!(size(892, 892.0 * 72.0 / 300.0), 1);
        assert_eq!(size(892, 892.0 * 72.0 / 150.0), 2);
        assert_eq!(sized(drawn(&[]), Some(1785.0 * 72.0 / 600.0)).picture.width, 892);
    }
}

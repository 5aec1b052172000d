//! A page as text and tables.

use super::bands;
use super::lattice::{Lattice, Segment, drawn};
use super::lines::{Glyph, Line, lines};
use crate::document::Frame;

/// How often lines are looked for that a page does not draw.
const LOOKS: usize = 3;

/// A table of a page with what stands in its cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Its lines and cells.
    pub lattice: Lattice,
    /// What stands in each of the lattice's rooms.
    pub texts: Vec<String>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// A line outside of the tables.
    Line(Line),
    /// A table.
    Table(Table),
}

impl Part {
    fn top(&self) -> f32 {
        match self {
            Part::Line(line) => line.frame.centre().1,
            Part::Table(table) => table.lattice.frame.top,
        }
    }
}

/// A page in the order of reading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    /// Its number, counted from 1.
    pub number: u32,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
    /// What stands on it from top to bottom.
    pub parts: Vec<Part>,
}

impl Sheet {
    /// Reads a page of characters and lines: a character belongs to the cell in which its middle is, and what was drawn
    /// in one go without a gap to the cell in which it begins, however far it runs over.
    pub(crate) fn read(number: u32, (width, height): (f32, f32), glyphs: Vec<Glyph>, segments: &[Segment]) -> Sheet {
        let (mut lattices, mut sides) = drawn(segments);
        let mut standing = Standing::of(glyphs, &lattices, &sides);
        let mut segments = segments.to_vec();
        for _ in 0..LOOKS {
            let drawn_lines = segments.len();
            for (lattice, inside) in lattices.iter().zip(&standing.inside) {
                segments.extend(bands::begun(lattice, inside));
                segments.extend(bands::missing(lattice, |room| bands::words(&inside[room])));
            }
            if segments.len() == drawn_lines {
                break;
            }
            (lattices, sides) = drawn(&segments);
            standing = Standing::of(standing.all(), &lattices, &sides);
        }
        let Standing { inside, beside, outside } = standing;
        let tables = lattices.into_iter().zip(inside).map(|(lattice, rooms)| {
            let texts = rooms.into_iter().map(|glyphs| text(&lines(glyphs))).collect();
            Part::Table(Table { lattice, texts })
        });
        let tables = tables.map(|t| (t.top(), t));
        // What stands beside the text comes before it, not between its lines.
        let beside = beside.into_iter().zip(&sides);
        let beside = beside.flat_map(|(glyphs, side)| lines(glyphs).into_iter().map(|l| (side.top, Part::Line(l))));
        let outside = lines(outside).into_iter().map(Part::Line).map(|l| (l.top(), l));
        let mut parts: Vec<(f32, Part)> = tables.chain(beside).chain(outside).collect();
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let parts = parts.into_iter().map(|p| p.1).collect();
        Sheet { number, width, height, parts }
    }
}

/// Where the characters of a page stand.
struct Standing {
    /// Those of each room of each table.
    inside: Vec<Vec<Vec<Glyph>>>,
    /// Those of each cell of the page's own frame.
    beside: Vec<Vec<Glyph>>,
    outside: Vec<Glyph>,
}

impl Standing {
    fn of(glyphs: Vec<Glyph>, lattices: &[Lattice], sides: &[Frame]) -> Standing {
        let mut out = Standing {
            inside: lattices.iter().map(|l| vec![Vec::new(); l.rooms.len()]).collect(),
            beside: vec![Vec::new(); sides.len()],
            outside: Vec::new(),
        };
        let mut run = None;
        for glyph in glyphs {
            let at = glyph.frame.centre();
            let begun = run.filter(|(number, _)| *number == glyph.run).and_then(|(_, place)| place);
            let own = || lattices.iter().enumerate().find_map(|(i, l)| l.room_at(at).map(|room| (i, room)));
            let found = begun.or_else(own);
            run = Some((glyph.run, found));
            match found {
                Some((lattice, room)) => out.inside[lattice][room].push(glyph),
                None => match sides.iter().position(|s| s.holds(at)) {
                    Some(side) => out.beside[side].push(glyph),
                    None => out.outside.push(glyph),
                },
            }
        }
        out
    }

    /// All characters, those of one run behind each other.
    fn all(self) -> Vec<Glyph> {
        let mut all: Vec<Glyph> =
            self.inside.into_iter().flatten().chain(self.beside).flatten().chain(self.outside).collect();
        all.sort_by_key(|g| g.run);
        all
    }
}

/// What the lines of a cell say, each on a line of its own.
fn text(lines: &[Line]) -> String {
    if let [Line { words, .. }] = lines
        && let [word] = words.as_slice()
    {
        return word.figure().to_owned();
    }
    lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::glyphs;
    use super::*;

    #[test]
    fn what_is_drawn_in_one_go_stands_in_one_cell() {
        use super::super::lattice::Axis;
        let across = [0.0, 20.0].map(|at| Segment { axis: Axis::Across, at, from: 0.0, to: 40.0 });
        let down = [0.0, 20.0, 40.0].map(|at| Segment { axis: Axis::Down, at, from: 0.0, to: 20.0 });
        let mut drawn = glyphs("21611", 5.0, 5.0);
        let cells = |drawn: Vec<Glyph>| match &Sheet::read(1, (40.0, 20.0), drawn, &[across.as_slice(), &down].concat())
            .parts[0]
        {
            Part::Table(table) => table.texts.clone(),
            Part::Line(_) => Vec::new(),
        };
        assert_eq!(cells(drawn.clone()), ["216", "11"]);
        drawn[..4].iter_mut().for_each(|g| g.run = 7);
        assert_eq!(cells(drawn), ["2161", "1"]);
    }
}

//! A page as text and tables.

use super::lattice::{Lattice, Segment, lattices};
use super::lines::{Glyph, Line, lines};
use crate::document::Frame;

/// Blank space at both sides of a cell together, in points; text goes on in the next line where no more is left.
const PADDING: f32 = 12.0;

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
        let lattices = lattices(segments);
        let mut inside: Vec<Vec<Vec<Glyph>>> = lattices.iter().map(|l| vec![Vec::new(); l.rooms.len()]).collect();
        let mut outside = Vec::new();
        let mut run = None;
        for glyph in glyphs {
            let at = glyph.frame.centre();
            let begun = run.filter(|(number, _)| *number == glyph.run).and_then(|(_, place)| place);
            let own = || lattices.iter().enumerate().find_map(|(i, l)| l.room_at(at).map(|room| (i, room)));
            let found = begun.or_else(own);
            run = Some((glyph.run, found));
            match found {
                Some((lattice, room)) => inside[lattice][room].push(glyph),
                None => outside.push(glyph),
            }
        }
        let tables = lattices.into_iter().zip(inside).map(|(lattice, rooms)| {
            let texts = rooms.into_iter().zip(&lattice.rooms).map(|(glyphs, room)| text(&lines(glyphs), room.frame));
            let texts = texts.collect();
            Part::Table(Table { lattice, texts })
        });
        let mut parts: Vec<Part> = tables.chain(lines(outside).into_iter().map(Part::Line)).collect();
        parts.sort_by(|a, b| a.top().total_cmp(&b.top()));
        Sheet { number, width, height, parts }
    }
}

/// What the lines of a cell say.
fn text(lines: &[Line], cell: Frame) -> String {
    if let [Line { words, .. }] = lines
        && let [word] = words.as_slice()
    {
        return word.figure().to_owned();
    }
    let between = if is_wrapped_figure(lines, cell) { "" } else { "\n" };
    lines.iter().map(Line::text).collect::<Vec<_>>().join(between)
}

/// Whether lines are the digits of one figure, too wide for its cell: nothing but digits, and no line before the last
/// has room for one more.
fn is_wrapped_figure(lines: &[Line], cell: Frame) -> bool {
    let figure = |l: &Line| l.words.len() == 1 && l.words[0].text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let [before @ .., last] = lines else { return false };
    let full = |l: &Line| {
        let wide = l.frame.right - l.frame.left;
        let digit = wide / l.words[0].text.len().max(1) as f32;
        cell.right - cell.left - wide < digit + PADDING && last.words[0].text.len() <= l.words[0].text.len()
    };
    !before.is_empty() && lines.iter().all(figure) && before.iter().all(full)
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

    fn cell(right: f32, drawn: &[(&str, f32)]) -> String {
        let glyphs = drawn.iter().flat_map(|(text, top)| glyphs(text, 10.0, *top)).collect();
        text(&lines(glyphs), Frame { left: 4.0, top: 0.0, right, bottom: 60.0 })
    }

    #[test]
    fn only_a_full_line_of_digits_goes_on() {
        assert_eq!(cell(26.0, &[("12", 0.0), ("3", 12.0)]), "123");
        assert_eq!(cell(60.0, &[("12", 0.0), ("3", 12.0)]), "12\n3");
        assert_eq!(cell(26.0, &[("1", 0.0), ("23", 12.0)]), "1\n23");
        assert_eq!(cell(26.0, &[("规", 0.0), ("章", 12.0)]), "规\n章");
    }
}

//! Rows that a page break cuts: what stands on the next page belongs to the row above.

use super::ctc::Guess;
use super::page::{Joint, Page, Region};
use super::story::Read;
use crate::decode::geometry::is_known;
use crate::decode::geometry::lattice::{Lattice, Room};

/// Edges of the two halves of a table nearer than this, in points, are the same.
const SAME_EDGE: f32 = 6.0;
/// How far from the top of its page a table begins that goes on, in points.
const TOP: f32 = 220.0;

/// A table that was read.
#[derive(Debug)]
pub(super) struct Told {
    pub lattice: Lattice,
    /// For each room what stands there: its pieces with what they say.
    pub rooms: Vec<(Region, Vec<Guess>)>,
    /// Whether a room is no cell of its own any more: it went to the row above.
    pub is_gone: Vec<bool>,
}

/// A page that was read.
#[derive(Debug)]
pub(super) struct Leaf {
    pub number: u32,
    pub tables: Vec<Told>,
    pub lines: Vec<(Region, Vec<Guess>)>,
}

impl Leaf {
    pub(super) fn of(page: Page, read: Read, number: u32) -> Leaf {
        let mut read = read.into_iter();
        let tables = page.tables.into_iter().map(|(lattice, regions)| {
            let read = read.by_ref().take(regions.len()).map(likeliest);
            let rooms: Vec<(Region, Vec<Guess>)> = regions.into_iter().zip(read).collect();
            Told { lattice, is_gone: vec![false; rooms.len()], rooms }
        });
        let tables = tables.collect();
        Leaf { number, tables, lines: page.lines.into_iter().zip(read).collect() }
    }

    /// Takes the rest of its last row from the next page.
    pub(super) fn join(&mut self, next: &mut Leaf) {
        let (Some(above), Some(below)) = (self.tables.last_mut(), next.tables.first_mut()) else { return };
        let (a, b) = (above.lattice.frame, below.lattice.frame);
        let goes_on = (a.left - b.left).abs() < SAME_EDGE && (a.right - b.right).abs() < SAME_EDGE && b.top < TOP;
        if next.number == self.number + 1 && goes_on && is_cut(above, below) {
            above.take(below);
        }
    }
}

/// What a cell of one piece says: a label of the form where the next likeliest reading is one and the likeliest is none.
fn likeliest(mut guesses: Vec<Guess>) -> Vec<Guess> {
    if let [guess] = guesses.as_mut_slice()
        && let Some(rival) = guess.rival.as_mut().filter(|rival| is_known(rival) && !is_known(&guess.text))
    {
        std::mem::swap(rival, &mut guess.text);
    }
    guesses
}

fn said((_, guesses): &(Region, Vec<Guess>)) -> String {
    guesses.iter().map(|g| g.text.trim()).collect()
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

impl Told {
    /// The rooms that reach the end of the table, or begin at its top, with what they say.
    fn edge(&self, is_last: bool) -> impl Iterator<Item = (usize, &Room, String)> {
        let high = self.lattice.rows.len().saturating_sub(1);
        let at_edge = move |room: &Room| match is_last {
            true => usize::from(room.row + room.height) == high,
            false => room.row == 0,
        };
        let rooms = self.lattice.rooms.iter().enumerate().filter(move |(_, room)| at_edge(room));
        rooms.map(|(i, room)| (i, room, said(&self.rooms[i])))
    }

    /// Takes what stands in the first row of a table into the cells above it.
    fn take(&mut self, below: &mut Told) {
        let first: Vec<(usize, Room)> = below.edge(false).map(|(i, room, _)| (i, *room)).collect();
        let last: Vec<(usize, Room)> = self.edge(true).map(|(i, room, _)| (i, *room)).collect();
        for (from, room) in first {
            let middle = (room.frame.left + room.frame.right) / 2.0;
            let over = last.iter().find(|(_, above)| above.frame.left <= middle && middle <= above.frame.right);
            let (region, guesses) = &mut below.rooms[from];
            if let Some((to, _)) = over.filter(|_| room.height == 1) {
                let target = &mut self.rooms[*to];
                region.pieces.iter_mut().take(1).for_each(|piece| piece.joint = Joint::Line);
                target.0.pieces.append(&mut region.pieces);
                target.1.append(guesses);
            }
            below.is_gone[from] = region.pieces.is_empty();
        }
    }
}

/// Whether the first row of the table below is the rest of the last one above: it has no figures where that one has some,
/// or the two halves of its label are a label of the form and neither half is one.
fn is_cut(above: &Told, below: &Told) -> bool {
    let figures = |told: &Told, is_last| told.edge(is_last).filter(|(_, _, text)| is_figure(text)).count();
    let label = |told: &Told, is_last: bool| {
        let all = told.edge(is_last).map(|(_, _, text)| text);
        all.filter(|text| !text.is_empty() && !is_figure(text)).last().unwrap_or_default()
    };
    let (upper, lower) = (label(above, true), label(below, false));
    if lower.is_empty()
        || is_known(&lower)
        || below.edge(false).any(|(_, room, text)| room.height > 1 && !text.is_empty())
    {
        return false;
    }
    let is_rest = figures(above, true) > 1 && figures(below, false) == 0;
    is_rest || (!is_known(&upper) && is_known(&format!("{upper}{lower}")))
}

#[cfg(test)]
mod tests {
    use super::super::page::Piece;
    use super::*;
    use crate::decode::geometry::lattice::{Axis, Segment, lattices};
    use crate::decode::scan::ink::Area;

    /// A page with a table of one row of three cells.
    fn leaf(number: u32, top: f32, cells: [(&str, Option<&str>); 3]) -> Leaf {
        let across = [top, top + 20.0].map(|at| Segment { axis: Axis::Across, at, from: 0.0, to: 300.0 });
        let downs = [0.0, 100.0, 200.0, 300.0].map(|at| Segment { axis: Axis::Down, at, from: top, to: top + 20.0 });
        let lattice = lattices(&[&across[..], &downs[..]].concat()).remove(0);
        let area = Area { left: 0, top: 0, right: 9, bottom: 9 };
        let piece = Piece { area, joint: Joint::Line, room: (0, 0) };
        let rooms = lattice.rooms.iter().zip(cells).map(|(room, (text, rival))| {
            let pieces = if text.is_empty() { Vec::new() } else { vec![piece] };
            let rival = rival.map(str::to_owned);
            let guesses = pieces.iter().map(|_| Guess { text: text.to_owned(), confidence: 1.0, rival: rival.clone() });
            let guesses = likeliest(guesses.collect());
            (Region { frame: room.frame, pieces }, guesses)
        });
        let rooms: Vec<_> = rooms.collect();
        Leaf { number, tables: vec![Told { is_gone: vec![false; 3], rooms, lattice }], lines: Vec::new() }
    }

    fn joined(above: [&str; 3], below: [&str; 3]) -> Vec<String> {
        let mut first = leaf(1, 700.0, above.map(|text| (text, None)));
        let mut second = leaf(2, 60.0, below.map(|text| (text, None)));
        first.join(&mut second);
        first.tables[0].rooms.iter().map(said).collect()
    }

    #[test]
    fn the_rest_of_a_row_is_on_the_next_page() {
        let cut = joined(["上年结转政府信息", "1235", "0"], ["公开申请数量", "8", ""]);
        assert_eq!(cut, ["上年结转政府信息公开申请数量", "12358", "0"]);
        // Without figures it can be nothing else, whatever was made of its characters.
        assert_eq!(joined(["属丁行政查", "1", "0"], ["询事项", "", ""])[0], "属丁行政查询事项");
        // Two rows.
        assert_eq!(joined(["规章", "1", "0"], ["行政规范性文件", "2", "0"]), ["规章", "1", "0"]);
        assert_eq!(joined(["重复申请", "1", "0"], ["甲", "2", "0"]), ["重复申请", "1", "0"]);
    }

    #[test]
    fn a_label_is_read_as_one_where_that_is_the_next_likeliest() {
        let page = leaf(1, 60.0, [("规音", Some("规章")), ("1", Some("7")), ("", None)]);
        assert_eq!(page.tables[0].rooms.iter().map(said).collect::<Vec<_>>(), ["规章", "1", ""]);
    }
}

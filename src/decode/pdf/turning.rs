//! Pages that are read from the side: a table in landscape on a page in portrait.

use super::ink::Mark;
use crate::decode::geometry::{Axis, Glyph, Segment};
use crate::document::Frame;

/// How a page is turned to be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// Quarter turns, clockwise, of most of its characters.
    quarter: u8,
    width: f32,
    height: f32,
}

impl Turn {
    /// The direction in which most characters of a page are read.
    pub(super) fn of((width, height): (f32, f32), marks: &[Mark]) -> Turn {
        let mut counts = [0usize; 4];
        for mark in marks {
            counts[usize::from(mark.quarter & 3)] += 1;
        }
        let quarter = (0..4).rev().max_by_key(|q| counts[*q]).unwrap_or(0) as u8;
        Turn { quarter, width, height }
    }

    /// The size of the page when it is turned.
    pub(super) fn size(self) -> (f32, f32) {
        if self.quarter.is_multiple_of(2) { (self.width, self.height) } else { (self.height, self.width) }
    }

    /// A frame of the turned page.
    fn frame(self, f: Frame) -> Frame {
        let (w, h) = (self.width, self.height);
        match self.quarter {
            1 => Frame { left: f.top, top: w - f.right, right: f.bottom, bottom: w - f.left },
            2 => Frame { left: w - f.right, top: h - f.bottom, right: w - f.left, bottom: h - f.top },
            3 => Frame { left: h - f.bottom, top: f.left, right: h - f.top, bottom: f.right },
            _ => f,
        }
    }

    /// The frame of the page as it is shown.
    pub(super) fn back(self, f: Frame) -> Frame {
        let (width, height) = self.size();
        Turn { quarter: (4 - self.quarter) % 4, width, height }.frame(f)
    }

    /// A character of the turned page; those that are read in another direction are no text of it.
    pub(super) fn mark(self, mark: Mark) -> Option<Glyph> {
        let frame = self.frame(mark.glyph.frame);
        (mark.quarter == self.quarter).then_some(Glyph { frame, ..mark.glyph })
    }

    /// A line of the turned page.
    pub(super) fn segment(self, s: Segment) -> Segment {
        let line = match s.axis {
            Axis::Across => Frame { left: s.from, top: s.at, right: s.to, bottom: s.at },
            Axis::Down => Frame { left: s.at, top: s.from, right: s.at, bottom: s.to },
        };
        let line = self.frame(line);
        match (s.axis, self.quarter.is_multiple_of(2)) {
            (Axis::Across, true) | (Axis::Down, false) => {
                Segment { axis: Axis::Across, at: line.top, from: line.left, to: line.right }
            }
            _ => Segment { axis: Axis::Down, at: line.left, from: line.top, to: line.bottom },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_and_back() {
        let f = Frame { left: 10.0, top: 20.0, right: 40.0, bottom: 30.0 };
        for quarter in 0..4 {
            let turn = Turn { quarter, width: 100.0, height: 200.0 };
            assert_eq!(turn.back(turn.frame(f)), f);
            let along = turn.segment(Segment { axis: Axis::Across, at: 20.0, from: 10.0, to: 40.0 });
            assert_eq!(along.axis == Axis::Across, quarter % 2 == 0);
            assert_eq!(along.to - along.from, 30.0);
        }
        // Read downwards, the right edge of the page is the top of the text.
        let turn = Turn { quarter: 1, width: 100.0, height: 200.0 };
        assert_eq!(turn.frame(f), Frame { left: 20.0, top: 60.0, right: 30.0, bottom: 90.0 });
    }
}

//! Characters with a line through them: they were taken back, and say nothing.

use super::lattice::{Axis, Segment};
use super::lines::Glyph;

/// Where a line through characters runs: parts of their height, from the top. Below are the lines under them.
const MIDDLE: std::ops::Range<f32> = 0.36..0.74;
/// How far, in heights, such a line may begin and end from where the characters do.
const SLACK: f32 = 0.6;
/// A line that ends so near to one across it is part of a table, in points.
const TOUCH: f32 = 1.0;
/// Characters higher than this, in points, are not looked for.
const HIGHEST: f32 = 100.0;
/// Characters looked at for all lines of a page.
const MOST: usize = 4_000_000;

/// Takes away the characters that lines go through, and these lines.
pub(crate) fn take_back(glyphs: &mut Vec<Glyph>, segments: &mut Vec<Segment>) {
    let middle = |glyph: &Glyph| glyph.frame.centre().1;
    let mut order: Vec<usize> = (0..glyphs.len()).collect();
    order.sort_by(|a, b| middle(&glyphs[*a]).total_cmp(&middle(&glyphs[*b])));
    let mut down: Vec<Segment> = segments.iter().filter(|s| s.axis == Axis::Down).copied().collect();
    down.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut struck, mut left) = (vec![false; glyphs.len()], MOST);
    segments.retain(|line| {
        if line.axis == Axis::Down || left == 0 || is_of_table(line, &down) {
            return true;
        }
        let first = order.partition_point(|i| middle(&glyphs[*i]) < line.at - HIGHEST / 4.0);
        let near = order[first..].iter().copied().take_while(|i| middle(&glyphs[*i]) < line.at + HIGHEST / 4.0);
        let near: Vec<usize> = near.take(left).collect();
        left -= near.len();
        let through: Vec<usize> = near.into_iter().filter(|i| goes_through(line, &glyphs[*i])).collect();
        let Some(extent) = through.iter().map(|i| glyphs[*i].frame).reduce(|a, b| a.with(b)) else { return true };
        let slack = SLACK * (extent.bottom - extent.top);
        if (line.from - extent.left).abs() > slack || (line.to - extent.right).abs() > slack {
            return true;
        }
        through.into_iter().for_each(|i| struck[i] = true);
        false
    });
    let mut at = struck.into_iter();
    glyphs.retain(|_| !at.next().unwrap_or(false));
}

/// Whether a line runs through the middle of a character.
fn goes_through(line: &Segment, glyph: &Glyph) -> bool {
    let frame = glyph.frame;
    let height = frame.bottom - frame.top;
    let centre = frame.centre().0;
    height < HIGHEST
        && line.from <= centre
        && centre <= line.to
        && MIDDLE.contains(&((line.at - frame.top) / height.max(f32::MIN_POSITIVE)))
}

/// Whether a line ends at one that runs down across it.
fn is_of_table(line: &Segment, down: &[Segment]) -> bool {
    [line.from, line.to].iter().any(|end| {
        let first = down.partition_point(|d| d.at < end - TOUCH);
        let near = down[first..].iter().take_while(|d| d.at <= end + TOUCH);
        // Hostile pages have many lines in one place.
        near.take(1_000).any(|d| d.from - TOUCH <= line.at && line.at <= d.to + TOUCH)
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::glyphs;
    use super::*;

    fn left(text: &str, line: (f32, f32, f32), down: &[f32]) -> (String, usize) {
        let mut drawn = glyphs(text, 10.0, 0.0);
        let mut segments = vec![Segment { axis: Axis::Across, at: line.0, from: line.1, to: line.2 }];
        segments.extend(down.iter().map(|at| Segment { axis: Axis::Down, at: *at, from: -20.0, to: 20.0 }));
        take_back(&mut drawn, &mut segments);
        let mut text = String::new();
        drawn.iter().for_each(|g| g.text.append_to(&mut text));
        (text, segments.len() - down.len())
    }

    #[test]
    fn a_line_through_the_middle_takes_back() {
        assert_eq!(left("12 34", (5.5, 10.0, 20.0), &[0.0, 60.0]), ("34".to_owned(), 0));
        assert_eq!(left("12", (6.5, 9.0, 21.0), &[]), (String::new(), 0));
    }

    #[test]
    fn other_lines_take_nothing_back() {
        // Under the characters, above them, on their line.
        for at in [9.5, 8.5, 0.5, 2.0, 14.0] {
            assert_eq!(left("12", (at, 10.0, 20.0), &[]), ("12".to_owned(), 1), "{at}");
        }
        // A rule of a table, and one that is much longer than what it crosses.
        assert_eq!(left("12", (5.5, 8.0, 22.0), &[8.0, 22.0]), ("12".to_owned(), 1));
        assert_eq!(left("12", (5.5, 0.0, 200.0), &[]), ("12".to_owned(), 1));
    }
}

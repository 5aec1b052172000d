//! Parting a stretch of a page into lines of text, and a line into pieces.

use super::ink::{Area, Ink};

/// Rows of a line with less than this part of its mean ink may part two lines.
const VALLEY: f32 = 0.2;
/// A stretch of so many usual heights is looked at for valleys.
const TALL: f32 = 1.6;
/// Lines lower than this part of the usual height are parts of characters if there is a neighbour.
const LOW: f32 = 0.55;
/// The words of a line stand apart by so many heights of it.
const APART: f32 = 1.3;
/// A line of its own that is lower than this part of the usual height is what a rule or a fold left.
pub(super) const SPECK: f32 = 0.3;

/// The lines of text in an area, from top to bottom, each as wide as its ink. `usual` is the height of a usual line.
pub(super) fn lines(ink: &Ink, area: Area, usual: f32) -> Vec<Area> {
    let profile = ink.rows(area);
    let mut rows = Vec::new();
    for (from, to) in stretches(&profile) {
        part(&profile, from, to, usual, &mut rows);
    }
    let rows = joined(rows, usual);
    rows.into_iter()
        .filter_map(|(from, to)| narrowed(ink, Area { top: area.top + from, bottom: area.top + to, ..area }))
        .collect()
}

/// The height of a usual line among many areas: half of all ink stands in lower ones.
pub(super) fn usual_height(ink: &Ink, areas: &[Area], least: f32, most: f32) -> Option<f32> {
    let mut heights: Vec<(usize, usize)> = Vec::new();
    for area in areas {
        let profile = ink.rows(*area);
        for (from, to) in stretches(&profile) {
            let height = to - from;
            if (least..=most).contains(&(height as f32)) {
                heights.push((height, profile[from..to].iter().sum()));
            }
        }
    }
    heights.sort_unstable();
    let half = heights.iter().map(|h| h.1).sum::<usize>() / 2;
    let mut sum = 0;
    heights
        .iter()
        .find(|h| {
            sum += h.1;
            sum >= half
        })
        .map(|h| h.0 as f32)
}

/// The area without its empty margins; none if it is empty.
pub(super) fn narrowed(ink: &Ink, area: Area) -> Option<Area> {
    let columns = ink.columns(area);
    let rows = ink.rows(area);
    let ends = |counts: &[usize]| {
        let first = counts.iter().position(|c| *c > 0)?;
        let last = counts.iter().rposition(|c| *c > 0)?;
        Some((first, last + 1))
    };
    let ((left, right), (top, bottom)) = (ends(&columns)?, ends(&rows)?);
    Some(Area { left: area.left + left, right: area.left + right, top: area.top + top, bottom: area.top + bottom })
}

/// The words of a line, which wide gaps part.
pub(super) fn words(ink: &Ink, line: Area, usual: f32) -> Vec<Area> {
    let height = (line.height() as f32).max(usual);
    let mut out: Vec<(usize, usize)> = Vec::new();
    for word in stretches(&ink.columns(line)) {
        match out.last_mut() {
            Some(last) if (word.0 - last.1) as f32 <= height * APART => last.1 = word.1,
            _ => out.push(word),
        }
    }
    out.into_iter().map(|(from, to)| Area { left: line.left + from, right: line.left + to, ..line }).collect()
}

/// The pieces of a line, none longer than `longest` heights if there is any gap to cut it at.
pub(super) fn pieces(ink: &Ink, line: Area, usual: f32, longest: f32) -> Vec<Area> {
    let height = (line.height() as f32).max(usual);
    let columns = ink.columns(line);
    let mut out = Vec::new();
    cut(&columns, 0, columns.len(), (height * longest) as usize, &mut out);
    out.into_iter().map(|(from, to)| Area { left: line.left + from, right: line.left + to, ..line }).collect()
}

/// Cuts a long piece at its widest gap in the middle third.
fn cut(columns: &[usize], from: usize, to: usize, longest: usize, out: &mut Vec<(usize, usize)>) {
    if to - from <= longest {
        out.push((from, to));
        return;
    }
    let third = (to - from) / 3;
    let mut best: Option<(usize, usize)> = None;
    let mut open = from + third;
    for (x, ink) in (from + third..).zip(&columns[from + third..to - third]) {
        if *ink > 0 {
            open = x + 1;
        } else if best.is_none_or(|b| x + 1 - open > b.1 - b.0) {
            best = Some((open, x + 1));
        }
    }
    match best {
        Some((left, right)) => {
            cut(columns, from, left, longest, out);
            cut(columns, right, to, longest, out);
        }
        None => out.push((from, to)),
    }
}

/// Stretches without an empty place.
pub(super) fn stretches(profile: &[usize]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open = None;
    for (i, count) in profile.iter().chain([&0]).enumerate() {
        match (open, *count > 0) {
            (None, true) => open = Some(i),
            (Some(from), false) => {
                out.push((from, i));
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// Parts a stretch that is too tall for a line at its emptiest row, if that is nearly empty.
fn part(profile: &[usize], from: usize, to: usize, usual: f32, out: &mut Vec<(usize, usize)>) {
    let height = (to - from) as f32;
    if height > usual * TALL {
        let margin = (usual * 0.6) as usize;
        let mean = profile[from..to].iter().sum::<usize>() as f32 / height;
        let valley = (from + margin..to.saturating_sub(margin)).min_by_key(|y| profile[*y]);
        if let Some(y) = valley.filter(|y| (profile[*y] as f32) < mean * VALLEY) {
            part(profile, from, y, usual, out);
            part(profile, y + 1, to, usual, out);
            return;
        }
    }
    out.push((from, to));
}

/// Parts of characters, like the strokes of a numeral two, joined to the lines they belong to.
fn joined(rows: Vec<(usize, usize)>, usual: f32) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        let low = |r: &(usize, usize)| ((r.1 - r.0) as f32) < usual * LOW;
        match out.last_mut() {
            Some(last) if (low(last) || low(&row)) && ((row.1 - last.0) as f32) <= usual * 1.25 => last.1 = row.1,
            _ => out.push(row),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(ink: &Ink) -> Area {
        Area { left: 0, top: 0, right: ink.width, bottom: ink.height }
    }

    fn heights(rows: &[&str], usual: f32) -> Vec<(usize, usize)> {
        let ink = Ink::drawn(rows);
        lines(&ink, whole(&ink), usual).iter().map(|l| (l.top, l.bottom)).collect()
    }

    #[test]
    fn empty_rows_part_lines() {
        assert_eq!(heights(&["....", ".##.", ".##.", "....", "###.", "###.", "...."], 2.0), [(1, 3), (4, 6)]);
        assert!(heights(&["....", "...."], 2.0).is_empty());
    }

    #[test]
    fn lines_that_touch_are_parted_where_little_ink_is() {
        let tight = ["######", "######", "######", "######", "#.....", "######", "######", "######", "######"];
        assert_eq!(heights(&tight, 4.0), [(0, 4), (5, 9)]);
        assert_eq!(heights(&tight, 9.0), [(0, 9)]);
    }

    #[test]
    fn strokes_of_one_character_are_one_line() {
        assert_eq!(heights(&["####", "....", "....", ".##.", "....", "....", "####"], 7.0), [(0, 7)]);
    }

    #[test]
    fn wide_gaps_and_length_part_a_line() {
        let ink = Ink::drawn(&["##.##......##", "##.##......##"]);
        let ends = |areas: Vec<Area>| areas.iter().map(|p| (p.left, p.right)).collect::<Vec<_>>();
        assert_eq!(ends(words(&ink, whole(&ink), 2.0)), [(0, 5), (11, 13)]);
        assert_eq!(ends(pieces(&ink, whole(&ink), 2.0, 10.0)), [(0, 13)]);
        assert_eq!(ends(pieces(&ink, whole(&ink), 2.0, 3.0)), [(0, 5), (9, 13)]);
    }

    #[test]
    fn the_usual_height_is_that_of_most_ink() {
        let ink = Ink::drawn(&["####", "####", "....", "####", "####", "....", "#...", "#...", "#..."]);
        assert_eq!(usual_height(&ink, &[whole(&ink)], 1.0, 9.0), Some(2.0));
    }
}

//! Headers and footers: what stands at the same place of most pages is no part of the report.

use super::joining::is_known;
use super::lines::Line;
use super::sheet::{Part, Sheet};
use crate::decode::compose::is_heading;
use crate::terms::glyphs::PAGE_WORDS;

/// The margins at top and bottom, as parts of a page, where its number and running title stand.
const MARGIN: f32 = 0.12;
/// What stands at one height on all pages differs by at most so many points.
const SAME_PLACE: f32 = 4.0;
/// The part of the pages on which a header or a footer stands at least.
const MOST: f32 = 0.6;
/// Words that stand apart in a header or a footer at most: left, in the middle, right, and one more.
const MAX_WORDS: usize = 4;
/// A number alone is that of a page if so many of its heights are free between it and the text.
const FREE: f32 = 1.2;
/// Digits of the number of a page.
const MAX_DIGITS: usize = 4;

/// A line at the edge of a page.
struct Candidate {
    sheet: usize,
    part: usize,
    /// Whether it is at the foot of the page.
    foot: bool,
    /// How far it is from that edge.
    at: f32,
    /// Its text with each number as one `#`.
    shape: String,
    /// Its numbers; those too long to be that of a page are 0 here and stand in the shape.
    numbers: Vec<u32>,
    page: u32,
    text: String,
    /// Whether nothing but the number of its page can be meant.
    certain: bool,
}

/// Takes headers and footers out of pages; gives the lines without numbers that they had, each once.
pub(super) fn clear(sheets: &mut [Sheet]) -> Vec<String> {
    let pages = sheets.len();
    let mut all: Vec<Candidate> = sheets.iter().enumerate().flat_map(|(i, s)| candidates(i, s, pages)).collect();
    all.sort_by(|a, b| a.foot.cmp(&b.foot).then_with(|| a.shape.cmp(&b.shape)).then(a.at.total_cmp(&b.at)));
    let same = |a: &Candidate, b: &Candidate| a.foot == b.foot && a.shape == b.shape && b.at - a.at <= SAME_PLACE;
    let mut found: Vec<&Candidate> = Vec::new();
    let mut titles = Vec::new();
    for group in all.chunk_by(same) {
        let running = is_running(group, pages);
        found.extend(group.iter().filter(|c| running || c.certain));
        if running && group[0].numbers.is_empty() && !titles.contains(&group[0].text) {
            titles.push(group[0].text.clone());
        }
    }
    for (i, sheet) in sheets.iter_mut().enumerate() {
        let gone: Vec<usize> = found.iter().filter(|c| c.sheet == i).map(|c| c.part).collect();
        let mut part = 0;
        sheet.parts.retain(|_| {
            part += 1;
            !gone.contains(&(part - 1))
        });
    }
    titles
}

/// The lines at the edges of a page with nothing but such lines further out.
fn candidates(index: usize, sheet: &Sheet, pages: usize) -> Vec<Candidate> {
    let line = |part: usize| match &sheet.parts[part] {
        Part::Line(line) => Some(line),
        Part::Table(_) => None,
    };
    let middle = |l: &Line| l.frame.centre().1;
    let count = sheet.parts.len();
    let head = (0..count).map_while(|i| line(i).filter(|l| middle(l) < MARGIN * sheet.height).map(|l| (i, l, false)));
    let foot = (0..count).rev();
    let foot = foot.map_while(|i| line(i).filter(|l| middle(l) > (1.0 - MARGIN) * sheet.height).map(|l| (i, l, true)));
    let bounded = |c: &(usize, &Line, bool)| c.1.words.len() <= MAX_WORDS * 4 && may_be_margin(c.1);
    head.take(3)
        .chain(foot.take(3))
        .filter(bounded)
        .map(|(part, line, foot)| {
            let (shape, numbers) = shape(&line.text());
            let edge = if foot { sheet.height - middle(line) } else { middle(line) };
            let inner = if foot { part.checked_sub(1) } else { Some(part + 1) };
            let free = inner.and_then(|i| sheet.parts.get(i)).is_none_or(|next| {
                let gap = if foot { line.frame.top - bottom(next) } else { top(next) - line.frame.bottom };
                gap >= FREE * line.height()
            });
            let certain = is_page_number(&line.text(), &numbers, sheet.number, pages, free);
            let (page, text) = (sheet.number, line.text());
            Candidate { sheet: index, part, foot, at: edge, shape, numbers, page, text, certain }
        })
        .collect()
}

fn top(part: &Part) -> f32 {
    match part {
        Part::Line(line) => line.frame.top,
        Part::Table(table) => table.lattice.frame.top,
    }
}

fn bottom(part: &Part) -> f32 {
    match part {
        Part::Line(line) => line.frame.bottom,
        Part::Table(table) => table.lattice.frame.bottom,
    }
}

/// Whether a line may be a header or a footer at all: the header of a table that is said again on each page is none.
fn may_be_margin(line: &Line) -> bool {
    let apart = |pair: &[super::lines::Word]| pair[1].frame.left - pair[0].frame.right > line.height();
    line.words.windows(2).filter(|pair| apart(pair)).count() < MAX_WORDS
        && !line.words.iter().any(|w| is_known(&w.text))
        && !is_heading(&line.text(), &mut String::new())
}

/// A text with each number as one `#`, and the numbers.
fn shape(text: &str) -> (String, Vec<u32>) {
    let (mut shape, mut numbers) = (String::new(), Vec::new());
    let is_digit = |c: char| c.is_ascii_digit();
    for part in text.split_whitespace().flat_map(|w| w.split_inclusive(|c| !is_digit(c))) {
        let digits = part.trim_end_matches(|c| !is_digit(c));
        if !digits.is_empty() {
            shape.push('#');
            numbers.push(if digits.len() <= MAX_DIGITS { digits.parse().unwrap_or(0) } else { 0 });
            if digits.len() > MAX_DIGITS {
                shape.push_str(digits);
            }
        }
        shape.push_str(&part[digits.len()..]);
    }
    (shape, numbers)
}

/// Whether lines of one shape at one place are a header or a footer: they are on most pages, and each number in them is
/// the same on all or counts the pages.
fn is_running(group: &[Candidate], pages: usize) -> bool {
    let mut sheets: Vec<usize> = group.iter().map(|c| c.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    if sheets.len() < 2 || sheets.len() < group.len() || (sheets.len() as f32) < MOST * pages as f32 {
        return false;
    }
    let offset = |c: &Candidate, i: usize| i64::from(c.numbers[i]) - i64::from(c.page);
    let constant = |i: usize| group.iter().all(|c| c.numbers[i] == group[0].numbers[i]);
    let counts = |i: usize| group.iter().all(|c| offset(c, i) == offset(&group[0], i));
    let numbers = 0..group[0].numbers.len();
    // Without words only the number of the page tells it from figures.
    let worded = group[0].shape.chars().any(char::is_alphabetic);
    numbers.clone().all(|i| constant(i) || counts(i)) && (worded || numbers.clone().any(counts))
}

/// Whether a line says the number of its page, as `- 3 -`, `3/5` or a number with the word for page do.
fn is_page_number(text: &str, numbers: &[u32], page: u32, pages: usize, free: bool) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{ff0d}' | '~');
    let text: String = text.split_whitespace().collect();
    let rest = |c: char| c.is_ascii_digit() || is_dash(c) || c == '/' || PAGE_WORDS.contains(&c);
    if !text.chars().all(rest) || numbers.first() != Some(&page) {
        return false;
    }
    let whole = numbers.get(1).is_none_or(|n| *n as usize == pages) && numbers.len() <= 2;
    let dashed = text.starts_with(is_dash) && text.ends_with(is_dash);
    let worded = PAGE_WORDS.first().is_some_and(|p| text.contains(*p));
    whole && (dashed || worded || numbers.len() == 2 || text.chars().all(|c| c.is_ascii_digit())) && free
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::lines::tests::glyphs;
    use super::*;

    /// What is left of pages of lines, each with its place from the left and from the top.
    fn left(pages: &[&[(&str, f32)]]) -> (Vec<Vec<String>>, Vec<String>) {
        let sheet = |(i, page): (usize, &&[(&str, f32)])| {
            let drawn = page.iter().flat_map(|(text, top)| glyphs(text, 50.0, *top)).collect();
            let parts = lines(drawn).into_iter().map(Part::Line).collect();
            Sheet { number: i as u32 + 1, width: 600.0, height: 800.0, parts }
        };
        let mut sheets: Vec<Sheet> = pages.iter().enumerate().map(sheet).collect();
        let titles = clear(&mut sheets);
        let text = |p: &Part| match p {
            Part::Line(line) => line.text(),
            Part::Table(_) => String::new(),
        };
        (sheets.iter().map(|s| s.parts.iter().map(text).collect()).collect(), titles)
    }

    #[test]
    fn what_stands_on_most_pages_is_no_part_of_the_report() {
        let page = |n: &'static str| [("某镇 年报", 20.0), ("正文", 400.0), (n, 780.0)];
        let (lines, titles) = left(&[&page("1/3"), &page("2/3"), &page("3/3")]);
        assert_eq!(lines, [["正文"], ["正文"], ["正文"]]);
        assert_eq!(titles, ["某镇 年报"]);
    }

    #[test]
    fn figures_at_the_same_place_stay() {
        let page = |n: &'static str| [("正文", 400.0), (n, 780.0)];
        assert_eq!(left(&[&page("5"), &page("5")]).0, [["正文", "5"], ["正文", "5"]]);
        assert_eq!(left(&[&page("7"), &page("9")]).0, [["正文", "7"], ["正文", "9"]]);
        assert_eq!(left(&[&page("3"), &page("4")]).0, [["正文"], ["正文"]]);
        // The header of a table on each of its pages.
        let page = [("自然人", 20.0), ("正文", 400.0)];
        assert_eq!(left(&[&page, &page]).0, [["自然人", "正文"], ["自然人", "正文"]]);
    }

    #[test]
    fn one_page_has_no_header_but_a_certain_number() {
        assert_eq!(left(&[&[("某镇", 20.0), ("正文", 400.0), ("- 1 -", 780.0)]]).0, [["某镇", "正文"]]);
        assert_eq!(left(&[&[("正文", 400.0), ("- 4 -", 780.0)]]).0, [["正文", "- 4 -"]]);
        // The rest of a number that stands right below it.
        assert_eq!(left(&[&[("12", 769.0), ("1", 781.0)]]).0, [["12", "1"]]);
    }
}

//! Layout 6: tables as programs dump the pages of a PDF, with runs of spaces for columns.

use super::dice::Dice;
use super::face::BREAK;
use super::grid::{Row, Sheet, Slot, Strip, What};

/// How many columns of a terminal a text takes: two for a Chinese character.
pub(crate) fn display_width(text: &str) -> usize {
    let wide = |c: char| c >= '\u{1100}' && c != BREAK || matches!(c, '“' | '”' | '—');
    text.chars().map(|c| 1 + usize::from(wide(c))).sum()
}

/// The text in lines of a width; figures are cut only where they say so.
fn wrap(slot: &Slot, width: usize) -> Vec<String> {
    if slot.text.contains('\n') {
        return slot.text.lines().map(str::to_owned).collect();
    }
    if matches!(slot.what, What::Figure(_)) || display_width(&slot.text) <= width {
        return vec![slot.text.clone()];
    }
    let mut lines = vec![String::new()];
    let mut taken = 0;
    for c in slot.text.chars() {
        let w = display_width(c.encode_utf8(&mut [0; 4]));
        if taken + w > width && taken > 0 {
            lines.push(String::new());
            taken = 0;
        }
        taken += w;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// How the columns lie on the page.
struct Page {
    /// Where each column begins; the end of the last one too.
    at: Vec<usize>,
    gap: usize,
    /// Figures at the right, in the middle or at the left of their column.
    lean: usize,
    /// Whether the lines of a cell stand in the middle of the row or at its top.
    middle: bool,
}

/// 6a: empty cells leave a gap.
pub(crate) fn columns(sheet: &Sheet, dice: &mut Dice) -> String {
    let mut sheet = sheet.clone();
    if dice.chance(0.4) {
        wrap_groups(&mut sheet);
    }
    let page = measure(&sheet, dice);
    let mut text = String::new();
    for strip in &sheet.strips {
        match strip {
            Strip::Alien(line) => text += &format!("{line}\n"),
            Strip::Row(row) => draw(row, &page, &mut text),
        }
    }
    text
}

fn measure(sheet: &Sheet, dice: &mut Dice) -> Page {
    let gap = 2 + dice.below(3);
    let narrow = dice.chance(0.5);
    let label_cap = 18 + 2 * dice.below(10);
    let mut widths = vec![6; sheet.width];
    let rows = || sheet.strips.iter().filter_map(|s| if let Strip::Row(row) = s { Some(row) } else { None });
    for spread in [false, true] {
        for row in rows() {
            let mut column = 0;
            for slot in &row.slots {
                let end = (column + slot.span).min(sheet.width);
                let own: usize = widths[column.min(end)..end].iter().sum::<usize>() + gap * (slot.span - 1);
                let cap = match slot.what {
                    What::Figure(_) => usize::MAX,
                    What::Label if narrow => label_cap,
                    What::Corner => 12,
                    What::Head | What::Group if narrow => 8,
                    _ => usize::MAX,
                };
                let need = slot.text.lines().map(display_width).max().unwrap_or(0).min(cap);
                if (slot.span > 1) == spread && need > own && end > column {
                    widths[end - 1] += need - own;
                }
                column = end;
            }
        }
    }
    let mut at = vec![2 * dice.below(4)];
    for width in widths {
        at.push(at[at.len() - 1] + width + gap);
    }
    Page { at, gap, lean: dice.below(3), middle: dice.chance(0.7) }
}

fn draw(row: &Row, page: &Page, text: &mut String) {
    let mut column = 0;
    let mut placed: Vec<(usize, usize, Vec<String>, usize)> = Vec::new();
    for slot in &row.slots {
        let end = (column + slot.span).min(page.at.len() - 1);
        let from = page.at[column.min(end)];
        let width = (page.at[end] - from).saturating_sub(page.gap).max(4);
        let lean = match slot.what {
            What::Figure(_) => page.lean,
            // Headers stand in the middle, but where everything is at the left.
            What::Head => page.lean.max(1),
            _ => 2,
        };
        placed.push((from, width, wrap(slot, width), lean));
        column = end;
    }
    let cut = row.cut.map_or(placed.len(), |c| c.before);
    for (part, placed) in [&placed[..cut], &placed[cut..]].into_iter().enumerate().filter(|(_, p)| !p.is_empty()) {
        // On the next page the rest keeps its place, or begins at the left.
        let shift = if part > 0 && !row.cut.is_some_and(|c| c.aligned) { placed[0].0 } else { 0 };
        draw_part(placed, shift, page, text);
    }
}

fn draw_part(placed: &[(usize, usize, Vec<String>, usize)], shift: usize, page: &Page, text: &mut String) {
    let height = placed.iter().map(|p| p.2.len()).max().unwrap_or(1);
    for y in 0..height {
        let (mut line, mut x) = (String::new(), 0);
        for (from, width, lines, lean) in placed {
            let top = if page.middle { (height - lines.len()) / 2 } else { 0 };
            let Some(cell) = y.checked_sub(top).and_then(|y| lines.get(y)).filter(|c| !c.is_empty()) else { continue };
            let slack = width.saturating_sub(display_width(cell));
            let indent = [slack, slack / 2, 0][*lean];
            let start = (from - shift + indent).max(if x == 0 { 0 } else { x + 1 });
            line += &" ".repeat(start - x);
            line += cell;
            x = start + display_width(cell);
            if cell.contains(BREAK) {
                // The page ends inside the label: what follows stands on a new line, in its columns.
                x = display_width(cell.rsplit(BREAK).next().unwrap_or_default());
            }
        }
        *text += &format!("{line}\n");
    }
}

/// The label of a group written down its rows, four characters in each.
fn wrap_groups(sheet: &mut Sheet) {
    let is_group = |strip: &Strip, column: usize, above: bool| matches!(strip, Strip::Row(row) if row.slots.get(column).is_some_and(|s| s.what == What::Group && s.above == above));
    for column in 0..2 {
        let mut at = 0;
        while at < sheet.strips.len() {
            let from = at;
            at += 1;
            if !is_group(&sheet.strips[from], column, false) {
                continue;
            }
            while at < sheet.strips.len() && is_group(&sheet.strips[at], column, true) {
                at += 1;
            }
            let Strip::Row(row) = &mut sheet.strips[from] else { continue };
            let chars: Vec<char> = std::mem::take(&mut row.slots[column].text).chars().collect();
            let size = chars.len().div_ceil(at - from).max(4);
            let chunks: Vec<String> = chars.chunks(size).map(|c| c.iter().collect()).collect();
            let first = from + (at - from - chunks.len()) / 2;
            for (strip, chunk) in sheet.strips[first..at].iter_mut().zip(chunks) {
                if let Strip::Row(row) = strip {
                    row.slots[column].text = chunk;
                }
            }
        }
    }
}

/// 6b: empty cells vanish.
pub(crate) fn collapsed(sheet: &Sheet, dice: &mut Dice) -> String {
    let mut sheet = sheet.clone();
    if dice.chance(0.3) {
        wrap_groups(&mut sheet);
    }
    let gap = " ".repeat(1 + dice.below(4));
    let mut text = String::new();
    for strip in &sheet.strips {
        match strip {
            Strip::Alien(line) => text += &format!("{line}\n"),
            Strip::Row(row) => {
                let cut = row.cut.map_or(row.slots.len(), |c| c.before);
                for part in [&row.slots[..cut], &row.slots[cut..]] {
                    let cells: Vec<&str> = part.iter().map(|s| s.text.as_str()).filter(|t| !t.is_empty()).collect();
                    if !cells.is_empty() {
                        text += &format!("{}\n", cells.join(&gap));
                    }
                }
            }
        }
    }
    text
}

//! Layout 2: what page ends do to a table of tabs (seeds 000 and 002), all of it without touching a figure.

use super::dice::Dice;
use super::grid::{Row, Sheet, Slot, Strip, What, slot};
use gxbg::terms::Table;

/// The table after a walk through pages.
pub(crate) fn weather(sheet: &Sheet, dice: &mut Dice) -> Sheet {
    let mut sheet = sheet.clone();
    space_words(&mut sheet, dice);
    let breaks = match sheet.table {
        Table::Proactive => usize::from(dice.chance(0.4)),
        Table::Requests => 1 + dice.below(3),
        Table::Disputes => 0,
    };
    for _ in 0..breaks {
        break_page(&mut sheet, dice);
    }
    if sheet.table == Table::Requests && dice.chance(0.2) {
        sheet.strips.push(Strip::Alien(
            ["-------------"; 1].iter().chain(["---"; 7].iter()).copied().collect::<Vec<_>>().join("\t"),
        ));
    }
    sheet
}

fn rows(sheet: &mut Sheet) -> impl Iterator<Item = &mut Row> {
    sheet.strips.iter_mut().filter_map(|s| if let Strip::Row(row) = s { Some(row) } else { None })
}

/// Words with spaces inside: `总 计`, `属于三类内部事务 信息`.
fn space_words(sheet: &mut Sheet, dice: &mut Dice) {
    let (heads, labels) = (dice.chance(0.4), if dice.chance(0.5) { 0.06 } else { 0.0 });
    let worded = |row: &Row| row.slots.iter().any(|s| s.what == What::Head && s.text.chars().count() > 12);
    for row in rows(sheet) {
        let is_long = worded(row);
        for slot in &mut row.slots {
            let rate = match slot.what {
                What::Head if heads && !is_long && slot.text.chars().count() < 7 => 1.0,
                What::Label | What::Group => labels,
                _ => continue,
            };
            let mut spaced = String::new();
            for (i, c) in slot.text.chars().enumerate() {
                let cjk = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                if i > 0 && cjk(c) && spaced.ends_with(cjk) && dice.chance(rate) {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            slot.text = spaced;
        }
    }
}

fn break_page(sheet: &mut Sheet, dice: &mut Dice) {
    let bodies: Vec<usize> = (0..sheet.strips.len())
        .filter(|&i| matches!(&sheet.strips[i], Strip::Row(row) if !row.head && row.label().is_some()))
        .collect();
    let at = bodies[dice.below(bodies.len())];
    let mut after = at + 1;
    match dice.below(4) {
        0 => sheet.strips.insert(at, Strip::Alien(String::new())),
        1 | 2 => {
            let Strip::Row(row) = &sheet.strips[at] else { return };
            let Some((first, rest)) = split_row(row, dice.chance(0.7), dice) else { return };
            let page = [Strip::Row(first), Strip::Alien(String::new()), Strip::Row(rest)];
            sheet.strips.splice(at..=at, page);
            after = at + 3;
        }
        _ => split_group(sheet, at, dice),
    }
    if dice.chance(0.3) {
        move_labels(sheet, after, dice);
    }
}

/// The row cut inside its label (and its group's, where that begins here): the figures stay with one of the parts.
pub(crate) fn split_row(row: &Row, figures_first: bool, dice: &mut Dice) -> Option<(Row, Row)> {
    let label = row.label()?;
    let (mut first, mut rest) = (row.clone(), row.clone());
    let words = |text: &str| text.chars().count();
    for (i, slot) in row.slots.iter().enumerate() {
        let of_words = matches!(slot.what, What::Label | What::Group);
        let cut = (i == label || (slot.what == What::Group && dice.chance(0.5))) && words(&slot.text) >= 5;
        let (head, tail) = match (of_words, cut) {
            (true, true) => {
                let at = 2 + dice.below(words(&slot.text) - 3);
                let at = slot.text.char_indices().nth(at).map_or(0, |(at, _)| at);
                (&slot.text[..at], &slot.text[at..])
            }
            (true, false) => (slot.text.as_str(), ""),
            (false, _) if figures_first => (slot.text.as_str(), ""),
            (false, _) => ("", slot.text.as_str()),
        };
        first.slots[i].text = head.to_string();
        rest.slots[i].text = tail.to_string();
    }
    (words(&row.slots[label].text) >= 5).then_some((first, rest))
}

/// The group's label that begins in this row goes on in the next one, on the next page.
fn split_group(sheet: &mut Sheet, at: usize, dice: &mut Dice) {
    let (Strip::Row(row), Some(Strip::Row(next))) = (&sheet.strips[at], sheet.strips.get(at + 1)) else { return };
    let Some(group) = row.slots.iter().rposition(|s| s.what == What::Group && s.text.chars().count() >= 5) else {
        return;
    };
    let Some(below) = next.slots.get(group).filter(|s| s.above && s.text.is_empty()) else { return };
    debug_assert_eq!(below.what, What::Group);
    let chars: Vec<char> = row.slots[group].text.chars().collect();
    let cut = 2 + dice.below(chars.len() - 3);
    let (head, tail): (String, String) = (chars[..cut].iter().collect(), chars[cut..].iter().collect());
    if let Strip::Row(row) = &mut sheet.strips[at] {
        row.slots[group].text = head;
    }
    if let Strip::Row(next) = &mut sheet.strips[at + 1] {
        next.slots[group].text = tail;
    }
    sheet.strips.insert(at + 1, Strip::Alien(String::new()));
}

/// From here to the end of the group the labels have lost the blank cells before them.
fn move_labels(sheet: &mut Sheet, from: usize, dice: &mut Dice) {
    let behind = dice.chance(0.6);
    for strip in sheet.strips.iter_mut().skip(from).take(6) {
        let Strip::Row(row) = strip else { return };
        let blanks = row.slots.iter().take_while(|s| s.above && s.text.is_empty()).count();
        let Some(label) = row.label() else { return };
        if blanks == 0 || row.slots[..label].iter().any(|s| !s.above || !s.text.is_empty()) {
            return;
        }
        row.slots.drain(..blanks);
        if behind {
            row.slots.insert(label - blanks + 1, blank());
            row.slots.extend((1..blanks).map(|_| blank()));
        }
    }
}

/// A cell of one column with nothing in it.
pub(crate) fn blank() -> Slot {
    slot("", What::Label)
}

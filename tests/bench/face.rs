//! The layouts in which tables reach us (1 to 8 of the domain's list), each written as the published reports do.

use super::aligned;
use super::dice::Dice;
use super::grid::{Row, Sheet, Slot, Strip, What};
use super::pages;
use gxbg::terms::Table;

/// A text layout of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// 1: a row a line, cells split by tabs, merged cells as empty ones.
    Tabs,
    /// 2: the same across pages: words with spaces, labels cut by the page, labels moved, lines of dashes.
    Pages,
    /// 3: a cell a line with the bar behind it, rows filled up with bars.
    BarBehind,
    /// 4: a cell a line with a tab before it, an empty line between rows, line breaks inside labels.
    TabBefore,
    /// 5a: a row a line, cells split by ` | `.
    BarRows,
    /// 5b: each bar on a line of its own.
    BarLines,
    /// 5c: a Markdown table.
    Markdown,
    /// 6a: aligned with runs of spaces, an empty cell leaves a gap.
    Aligned,
    /// 6b: the same without columns: empty cells vanish.
    Collapsed,
    /// 7: a cell a line and nothing else, empty cells vanish.
    Lines,
    /// 8a: a row a line without any separator.
    Glued,
    /// 8b: the whole table in one line without any separator.
    OneLine,
}

/// A mark inside a label where a page ends; whatever stands there replaces it when the table is written.
pub(crate) const BREAK: char = '\u{e000}';

impl Layout {
    pub(crate) const ALL: [Layout; 12] = [
        Layout::Tabs,
        Layout::Pages,
        Layout::BarBehind,
        Layout::TabBefore,
        Layout::BarRows,
        Layout::BarLines,
        Layout::Markdown,
        Layout::Aligned,
        Layout::Collapsed,
        Layout::Lines,
        Layout::Glued,
        Layout::OneLine,
    ];

    pub(crate) fn key(self) -> &'static str {
        ["1", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "7", "8a", "8b"][self as usize]
    }

    /// The share of cells that must be read exactly when nothing is damaged.
    pub(crate) fn target(self) -> f64 {
        match self {
            Layout::Aligned | Layout::Collapsed | Layout::Lines => 0.97,
            Layout::Glued | Layout::OneLine => 0.95,
            _ => 0.999,
        }
    }

    /// Whether nothing parts the cells, so that only plain figures can be told apart.
    pub(crate) fn is_glued(self) -> bool {
        matches!(self, Layout::Glued | Layout::OneLine)
    }

    /// Whether a row is a line, so that a line end inside a row is a damage.
    pub(crate) fn has_rows(self) -> bool {
        matches!(
            self,
            Layout::Tabs
                | Layout::Pages
                | Layout::BarRows
                | Layout::Markdown
                | Layout::Aligned
                | Layout::Collapsed
                | Layout::Glued
        )
    }

    /// Whether an empty cell, or an empty part of a merged one, is written at all.
    pub(crate) fn keeps_empty(self) -> bool {
        !matches!(self, Layout::Collapsed | Layout::Lines | Layout::Glued | Layout::OneLine)
    }

    /// The table in this layout; every line ends.
    pub(crate) fn write(self, sheet: &Sheet, dice: &mut Dice) -> String {
        let mut text = match self {
            Layout::Tabs => tabs(sheet, dice),
            Layout::Pages => tabs(&pages::weather(sheet, dice), dice),
            Layout::BarBehind => bar_behind(sheet, dice),
            Layout::TabBefore => tab_before(sheet, dice),
            Layout::BarRows => bar_rows(sheet, dice),
            Layout::BarLines => bar_lines(sheet, dice),
            Layout::Markdown => markdown(sheet, dice),
            Layout::Aligned => aligned::columns(sheet, dice),
            Layout::Collapsed => aligned::collapsed(sheet, dice),
            Layout::Lines => lines(sheet),
            Layout::Glued => glued(sheet, "\n"),
            Layout::OneLine => glued(sheet, ""),
        };
        if text.contains(BREAK) {
            let page = dice.pick(&["\n", "\n", "\n\n", "\n- 3 -\n", "\n\n\n"]);
            text = text.replace(BREAK, page);
        }
        text
    }
}

/// How merged cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    /// Every position of the grid: the parts of a merged cell after the first are empty cells.
    Grid,
    /// The same, but labels are cells of one column however wide they are (seed 000).
    LabelOnce,
    /// A cell merged over columns is one cell; merged down rows, an empty one in each (seed 004).
    Down,
    /// A merged cell is one cell (seed 001).
    Once,
}

fn cells(slots: &[Slot], merge: Merge) -> Vec<String> {
    let mut cells = Vec::new();
    for slot in slots {
        if merge == Merge::Once && slot.above && slot.text.is_empty() {
            continue;
        }
        cells.push(slot.text.clone());
        let once = match merge {
            Merge::Grid => false,
            Merge::LabelOnce => slot.what != What::Head || slot.above,
            Merge::Down | Merge::Once => true,
        };
        cells.extend((1..if once { 1 } else { slot.span }).map(|_| String::new()));
    }
    cells
}

/// The cells of a row, line by line: one line, or two where a page ends inside the row.
fn parts(row: &Row, merge: Merge) -> Vec<Vec<String>> {
    match row.cut {
        None => vec![cells(&row.slots, merge)],
        Some(cut) => {
            // A second damage may have taken cells of the row.
            let before = cut.before.min(row.slots.len());
            let first = cells(&row.slots[..before], merge);
            let mut rest = if cut.aligned { vec![String::new(); first.len()] } else { Vec::new() };
            rest.extend(cells(&row.slots[before..], merge));
            vec![first, rest]
        }
    }
}

fn is_article(row: &Row) -> bool {
    row.head && row.slots.len() == 1 && row.slots[0].what == What::Head
}

fn tabs(sheet: &Sheet, dice: &mut Dice) -> String {
    let merge = if dice.chance(0.4) { Merge::Grid } else { Merge::LabelOnce };
    let fill = if sheet.table == Table::Requests && dice.chance(0.3) { 8 + dice.below(3) } else { 0 };
    let (gap, tail) = (dice.chance(0.3), dice.chance(0.1));
    let mut text = String::new();
    for (i, strip) in sheet.strips.iter().enumerate() {
        match strip {
            Strip::Alien(line) => text += &format!("{line}\n"),
            Strip::Row(row) => {
                if gap && i > 0 && is_article(row) {
                    text.push('\n');
                }
                for (part, mut cells) in parts(row, merge).into_iter().enumerate() {
                    if part > 0 && dice.chance(0.5) {
                        text.push('\n');
                    }
                    let short = fill.max(cells.len()) - cells.len();
                    cells.extend(vec![String::new(); short + usize::from(tail)]);
                    text += &format!("{}\n", cells.join("\t"));
                }
            }
        }
    }
    text
}

fn bar_behind(sheet: &Sheet, dice: &mut Dice) -> String {
    let joined = dice.chance(0.7);
    let mut text = String::new();
    let last = sheet.strips.len() - 1;
    for (i, strip) in sheet.strips.iter().enumerate() {
        let row = match strip {
            Strip::Row(row) => row,
            Strip::Alien(line) => {
                text += &format!("{line}\n");
                continue;
            }
        };
        let parts = parts(row, Merge::Once);
        let spans: usize = row.slots.iter().map(|s| s.span).sum();
        let width = if sheet.table == Table::Proactive { spans } else { sheet.width };
        let own = cells(&row.slots, Merge::Once).len();
        let mut bars = 0;
        for (part, cells) in parts.iter().enumerate() {
            if part > 0 {
                text.push('\n');
            }
            let aligned = usize::from(part > 0 && row.cut.is_some_and(|c| c.aligned)) * parts[0].len();
            for cell in &cells[aligned..] {
                if cell.is_empty() && joined {
                    bars += 1;
                } else if cell.is_empty() {
                    text += "|\n";
                } else {
                    text += &line_of_bars(std::mem::take(&mut bars));
                    text += &format!("{cell} |\n");
                }
            }
        }
        let fill = if i == last { 0 } else { width.max(own) - own };
        text += &line_of_bars(bars + fill);
    }
    text
}

fn line_of_bars(n: usize) -> String {
    if n == 0 { String::new() } else { format!("{}\n", "|".repeat(n)) }
}

fn tab_before(sheet: &Sheet, dice: &mut Dice) -> String {
    let broken = if dice.chance(0.5) { 0.12 } else { 0.0 };
    let sloppy = if dice.chance(0.4) { 0.3 } else { 0.0 };
    let mut text = String::new();
    for strip in &sheet.strips {
        let row = match strip {
            Strip::Row(row) => row,
            Strip::Alien(line) => {
                text += &format!("{line}\n\n");
                continue;
            }
        };
        for (i, slot) in row.slots.iter().enumerate() {
            if row.cut.is_some_and(|c| c.before == i) {
                text.push('\n');
            }
            let mut cell = slot.text.clone();
            if matches!(slot.what, What::Figure(_)) {
                if dice.chance(sloppy) {
                    cell = match dice.below(4) {
                        0 => format!(" {cell}"),
                        1 => format!("{cell} "),
                        2 => format!("\u{3000}{cell}"),
                        _ => format!("{cell}\u{3000}"),
                    };
                }
            } else if dice.chance(broken) {
                cell = break_line(&cell, dice);
            }
            text += &format!("\t{cell}\n");
        }
        text.push('\n');
    }
    text
}

fn break_line(label: &str, dice: &mut Dice) -> String {
    let ends: Vec<usize> = label.char_indices().map(|(at, _)| at).skip(1).collect();
    if ends.is_empty() {
        return label.to_string();
    }
    let at = ends[dice.below(ends.len())];
    format!("{}\n{}", &label[..at], &label[at..])
}

fn bar_rows(sheet: &Sheet, dice: &mut Dice) -> String {
    let merge = if dice.chance(0.5) { Merge::Grid } else { Merge::Once };
    let (gap, closed) = (dice.chance(0.3), dice.chance(0.2));
    rows_with(sheet, merge, gap, |cells| {
        let line = cells.join(" | ");
        if closed { format!("| {line} |") } else { line.trim().to_string() }
    })
}

fn rows_with(sheet: &Sheet, merge: Merge, gap: bool, line: impl Fn(Vec<String>) -> String) -> String {
    let mut text = String::new();
    for (i, strip) in sheet.strips.iter().enumerate() {
        match strip {
            Strip::Alien(alien) => text += &format!("{alien}\n"),
            Strip::Row(row) => {
                if gap && i > 0 && is_article(row) {
                    text.push('\n');
                }
                for cells in parts(row, merge) {
                    text += &format!("{}\n", line(cells));
                }
            }
        }
    }
    text
}

fn bar_lines(sheet: &Sheet, dice: &mut Dice) -> String {
    let merge = if dice.chance(0.5) { Merge::Down } else { Merge::Once };
    let between = dice.chance(0.5);
    let mut text = String::new();
    for strip in &sheet.strips {
        let row = match strip {
            Strip::Row(row) => row,
            Strip::Alien(line) => {
                text += &format!("{line}\n");
                continue;
            }
        };
        for (part, cells) in parts(row, merge).into_iter().enumerate() {
            if part > 0 {
                text.push('\n');
            }
            for (i, cell) in cells.iter().enumerate() {
                if between && (i > 0 || part > 0) {
                    text += "|\n";
                }
                if !cell.is_empty() {
                    text += &format!("{cell}\n");
                }
                if !between {
                    text += "|\n";
                }
            }
        }
    }
    text
}

fn markdown(sheet: &Sheet, dice: &mut Dice) -> String {
    let rule = dice.pick(&["---", " --- ", ":---:"]);
    let mut text = String::new();
    // A table begins at the first row, and at each article that stands in a table of its own.
    let mut width = 0;
    for strip in &sheet.strips {
        let row = match strip {
            Strip::Row(row) => row,
            Strip::Alien(line) => {
                text += &format!("{line}\n");
                continue;
            }
        };
        for mut cells in parts(row, Merge::Grid) {
            let begins = width == 0 || (is_article(row) && cells.len() < width);
            if begins && width > 0 {
                text.push('\n');
            }
            if begins {
                width = if sheet.table == Table::Proactive { cells.len() } else { sheet.width };
            }
            cells.resize(width.max(cells.len()), String::new());
            text += &format!("| {} |\n", cells.join(" | "));
            if begins {
                text += &format!("|{}\n", format!("{rule}|").repeat(width));
            }
        }
    }
    text
}

fn lines(sheet: &Sheet) -> String {
    let mut text = String::new();
    for strip in &sheet.strips {
        match strip {
            Strip::Alien(line) => text += &format!("{line}\n"),
            Strip::Row(row) => {
                for slot in row.slots.iter().filter(|s| !s.text.is_empty()) {
                    text += &format!("{}\n", slot.text);
                }
            }
        }
    }
    text
}

fn glued(sheet: &Sheet, end: &str) -> String {
    let mut text = String::new();
    for strip in &sheet.strips {
        match strip {
            Strip::Alien(line) => text += &format!("{}{line}\n", if end.is_empty() { "\n" } else { "" }),
            Strip::Row(row) => {
                for (i, slot) in row.slots.iter().enumerate() {
                    if row.cut.is_some_and(|c| c.before == i) {
                        text.push('\n');
                    }
                    text += &slot.text;
                }
                text += end;
            }
        }
    }
    if end.is_empty() {
        text.push('\n');
    }
    text
}

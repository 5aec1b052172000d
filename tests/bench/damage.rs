//! Damage, each kind by itself: what happens to a table between the issuer's desk and us.

use super::dice::Dice;
use super::face::{BREAK, Layout};
use super::grid::{Cut, Header, Plan, Row, Sheet, Strip, What, slot};
use super::ledger::Ledger;
use super::pages::{blank, split_row};
use gxbg::terms::{Form, Measure, Table};

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// The page ends inside a row: its numbers stand on two lines.
    PageInRow,
    /// The page ends inside a label.
    PageInLabel,
    /// A label stands one column to the left or to the right.
    LabelShift,
    /// One figure is missing altogether.
    DroppedCell,
    /// `12` is written `1 2`, or in two cells.
    SplitNumber,
    /// A row is there twice.
    DoubledLine,
    /// Two neighbouring rows have changed places.
    SwappedRows,
    /// A page number stands between two rows.
    PageNumber,
    /// The header is repeated on the next page.
    RepeatedHeader,
    /// The columns stand in another order, and so do their headers.
    ColumnOrder,
    /// The issuer published a wrong figure: nothing is damaged, the ties are.
    IssuerSlip,
}

impl Damage {
    pub(crate) const ALL: [Damage; 11] = [
        Damage::PageInRow,
        Damage::PageInLabel,
        Damage::LabelShift,
        Damage::DroppedCell,
        Damage::SplitNumber,
        Damage::DoubledLine,
        Damage::SwappedRows,
        Damage::PageNumber,
        Damage::RepeatedHeader,
        Damage::ColumnOrder,
        Damage::IssuerSlip,
    ];

    pub(crate) fn key(self) -> &'static str {
        [
            "page-in-row",
            "page-in-label",
            "label-shift",
            "dropped-cell",
            "split-number",
            "doubled-line",
            "swapped-rows",
            "page-number",
            "repeated-header",
            "column-order",
            "issuer-slip",
        ][self as usize]
    }

    /// Damage to the figures themselves, before they are written. Says where.
    pub(crate) fn on_ledger(self, ledger: &mut Ledger, dice: &mut Dice) -> Option<usize> {
        if self != Damage::IssuerSlip {
            return None;
        }
        let form = Form::of(ledger.edition);
        let tied: Vec<usize> = (0..form.cells.len()).filter(|&c| form.cells[c].table != Table::Proactive).collect();
        let filled: Vec<usize> = tied.iter().copied().filter(|&c| ledger.figures[c] > 0.0).collect();
        // A slip is rather in a figure than in a zero.
        let cells = if filled.is_empty() || dice.chance(0.2) { tied } else { filled };
        let cell = cells[dice.below(cells.len())];
        debug_assert_eq!(form.cells[cell].measure, Measure::Count);
        ledger.figures[cell] = slip(ledger.figures[cell], dice);
        Some(cell)
    }

    /// Damage to how the tables are drawn up.
    pub(crate) fn on_plan(self, plan: &mut Plan, dice: &mut Dice) {
        let order = &mut plan.order;
        match self {
            Damage::ColumnOrder => {
                // The new order is known from the header alone.
                if plan.header == Header::None {
                    plan.header = Header::Flat;
                }
                dice.shuffle(&mut order.triple);
                dice.shuffle(&mut order.results);
                if plan.header == Header::Full {
                    dice.shuffle(&mut order.applicants[1..6]);
                } else {
                    dice.shuffle(&mut order.applicants);
                }
            }
            Damage::RepeatedHeader if plan.header == Header::None => plan.header = Header::Full,
            _ => {}
        }
    }

    /// Damage to a drawn table. False where the table has nothing that this can happen to.
    pub(crate) fn on_sheet(self, sheet: &mut Sheet, layout: Layout, dice: &mut Dice) -> bool {
        let mut places: Vec<usize> = (0..sheet.strips.len()).filter(|&at| body(sheet, at).is_some()).collect();
        dice.shuffle(&mut places);
        places.into_iter().any(|at| self.at(sheet, at, layout, dice).is_some())
    }

    fn at(self, sheet: &mut Sheet, at: usize, layout: Layout, dice: &mut Dice) -> Option<()> {
        let row = body(sheet, at)?.clone();
        let done = match self {
            Damage::PageInRow => vec![page_in_row(row, dice)?],
            Damage::PageInLabel => page_in_label(row, layout, dice)?,
            Damage::LabelShift => vec![label_shift(row, layout, dice)?],
            Damage::DroppedCell => vec![dropped_cell(row, layout, dice)?],
            Damage::SplitNumber => vec![split_number(row, layout, dice)?],
            Damage::DoubledLine => vec![Strip::Row(row.clone()), Strip::Row(row)],
            Damage::SwappedRows => return swap_rows(sheet, at),
            Damage::PageNumber => {
                body(sheet, at.checked_sub(1)?)?;
                vec![page_number(dice), Strip::Row(row)]
            }
            Damage::RepeatedHeader => {
                body(sheet, at.checked_sub(1)?)?;
                let head = sheet.strips.iter().filter(|s| matches!(s, Strip::Row(row) if row.head));
                let mut page: Vec<Strip> = match sheet.table {
                    Table::Requests => head.cloned().collect(),
                    // The header of the article that is going on.
                    _ => sheet.strips[..at]
                        .iter()
                        .rev()
                        .filter(|s| matches!(s, Strip::Row(row) if row.head))
                        .take(1)
                        .cloned()
                        .collect(),
                };
                if page.is_empty() {
                    return None;
                }
                match dice.below(3) {
                    0 => page.insert(0, page_number(dice)),
                    1 => page.insert(0, Strip::Alien(String::new())),
                    _ => {}
                }
                page.push(Strip::Row(row));
                page
            }
            Damage::ColumnOrder | Damage::IssuerSlip => return None,
        };
        sheet.strips.splice(at..=at, done);
        Some(())
    }
}

/// A wrong figure as people make them.
fn slip(figure: f64, dice: &mut Dice) -> f64 {
    let n = figure as u64;
    let slipped = match dice.below(4) {
        // Two digits in the wrong order.
        0 if n >= 10 => {
            let mut digits: Vec<char> = n.to_string().chars().collect();
            let at = dice.below(digits.len() - 1);
            digits.swap(at, at + 1);
            digits.into_iter().collect::<String>().parse().unwrap_or(n)
        }
        1 if n >= 10 => n / 10,
        2 => n.saturating_sub(1 + dice.range(0, 2)),
        _ => n + dice.range(1, 3),
    };
    if slipped == n { (n + 1) as f64 } else { slipped as f64 }
}

fn body(sheet: &Sheet, at: usize) -> Option<&Row> {
    match &sheet.strips[at] {
        Strip::Row(row) if !row.head && row.first_figure().is_some() => Some(row),
        _ => None,
    }
}

fn page_in_row(mut row: Row, dice: &mut Dice) -> Option<Strip> {
    let first = row.first_figure()?;
    let figures = row.slots.len() - first;
    if figures < 3 {
        return None;
    }
    row.cut = Some(Cut { before: first + 1 + dice.below(figures - 1), aligned: dice.chance(0.5) });
    Some(Strip::Row(row))
}

fn page_in_label(mut row: Row, layout: Layout, dice: &mut Dice) -> Option<Vec<Strip>> {
    let label = row.label()?;
    let chars = row.slots[label].text.chars().count();
    if chars < 5 {
        return None;
    }
    if layout.has_rows() && !layout.is_glued() && dice.chance(0.5) {
        let (first, rest) = split_row(&row, dice.chance(0.5), dice)?;
        return Some(vec![Strip::Row(first), Strip::Alien(String::new()), Strip::Row(rest)]);
    }
    let at = 2 + dice.below(chars - 3);
    let at = row.slots[label].text.char_indices().nth(at).map(|(at, _)| at)?;
    row.slots[label].text.insert(at, BREAK);
    Some(vec![Strip::Row(row)])
}

/// Where empty cells are not written a shift cannot be seen: nothing is done.
fn label_shift(mut row: Row, layout: Layout, dice: &mut Dice) -> Option<Strip> {
    let label = row.label()?;
    if !layout.keeps_empty() {
        return None;
    }
    if label > 0 && row.slots[label - 1].above && row.slots[label - 1].text.is_empty() && dice.chance(0.6) {
        row.slots[label - 1].above = false;
        row.slots.swap(label - 1, label);
    } else if row.slots[label].span > 1 {
        row.slots[label].span -= 1;
        row.slots.insert(label, blank());
    } else {
        // As in seed 004: a cell before the label, and the table one column wider in this row.
        row.slots.insert(label, blank());
    }
    Some(Strip::Row(row))
}

fn dropped_cell(mut row: Row, layout: Layout, dice: &mut Dice) -> Option<Strip> {
    let first = row.first_figure()?;
    let at = first + dice.below(row.slots.len() - first);
    if row.slots[at].text.is_empty() {
        return None;
    }
    if layout == Layout::Aligned {
        row.slots[at].text.clear();
    } else {
        row.slots.remove(at);
    }
    Some(Strip::Row(row))
}

fn split_number(mut row: Row, layout: Layout, dice: &mut Dice) -> Option<Strip> {
    let long = |text: &str| text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let figures: Vec<usize> = (0..row.slots.len())
        .filter(|&i| matches!(row.slots[i].what, What::Figure(_)) && long(&row.slots[i].text))
        .collect();
    if figures.is_empty() {
        return None;
    }
    let at = figures[dice.below(figures.len())];
    let cut = 1 + dice.below(row.slots[at].text.len() - 1);
    let (head, tail) = row.slots[at].text.split_at(cut);
    let (head, tail) = (head.to_string(), tail.to_string());
    if layout.is_glued() || layout == Layout::Aligned || dice.chance(0.5) {
        row.slots[at].text = format!("{head} {tail}");
    } else {
        let what = row.slots[at].what;
        row.slots[at].text = head;
        row.slots.insert(at + 1, slot(tail, what));
    }
    Some(Strip::Row(row))
}

/// The labels and figures of two rows of the same group change places; the group's own label stays.
fn swap_rows(sheet: &mut Sheet, at: usize) -> Option<()> {
    if at + 1 == sheet.strips.len() {
        return None;
    }
    let (row, next) = (body(sheet, at)?.clone(), body(sheet, at + 1)?.clone());
    let (label, below) = (row.label()?, next.label()?);
    let same_group = label == below && (label == 0 || next.slots[label - 1].above || label == 1);
    if !same_group || row.slots.len() != next.slots.len() {
        return None;
    }
    let (mut first, mut second) = (row.clone(), next.clone());
    first.slots.splice(label.., next.slots[label..].iter().cloned());
    second.slots.splice(label.., row.slots[label..].iter().cloned());
    sheet.strips[at] = Strip::Row(first);
    sheet.strips[at + 1] = Strip::Row(second);
    Some(())
}

fn page_number(dice: &mut Dice) -> Strip {
    let n = 2 + dice.below(7);
    let text = match dice.below(5) {
        0 => format!("- {n} -"),
        1 => format!("— {n} —"),
        2 => format!("第 {n} 页 共 9 页"),
        3 => format!("{n} / 9"),
        _ => n.to_string(),
    };
    Strip::Alien(text)
}

//! The tables of a report as rows of cells, before any layout is chosen.

use super::dice::Dice;
use super::words::Hand;
use gxbg::terms::{APPLICANTS, DISPUTE_ROWS, Edition, Form, Group, LineTerm, RESULTS, Role, Table};

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The words of a header.
    Head,
    /// The corner of the requests table, left of the header.
    Corner,
    /// The label of a group.
    Group,
    /// The label of a line.
    Label,
    /// A figure, by its position in `Form::cells`.
    Figure(usize),
}

/// A cell, or the part of a merged cell that lies in this row.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) text: String,
    pub(crate) what: What,
    /// Over how many columns.
    pub(crate) span: usize,
    /// Whether it goes on from the row above: a blank one unless a layout wraps the text down the rows.
    pub(crate) above: bool,
}

/// Where a page ends inside a row: before which cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) before: usize,
    /// Whether the rest keeps its columns on the next page.
    pub(crate) aligned: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) slots: Vec<Slot>,
    pub(crate) head: bool,
    pub(crate) cut: Option<Cut>,
}

/// What stands between the first and the last line of a table.
#[derive(Debug, Clone)]
pub(crate) enum Strip {
    Row(Row),
    /// Something that is no part of the table: a page number, an empty line.
    Alien(String),
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) table: Table,
    pub(crate) strips: Vec<Strip>,
    /// Its columns.
    pub(crate) width: usize,
}

/// How much of the header is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    /// As in the form, on up to three rows with merged cells.
    Full,
    /// One row of column words.
    Flat,
    None,
}

/// The order of columns.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Columns of lines with three columns (proactive).
    pub(crate) triple: [usize; 3],
    pub(crate) applicants: [usize; 7],
    pub(crate) results: [usize; 5],
}

impl Default for Order {
    fn default() -> Order {
        Order { triple: [0, 1, 2], applicants: [0, 1, 2, 3, 4, 5, 6], results: [0, 1, 2, 3, 4] }
    }
}

/// How the tables are drawn up.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) header: Header,
    pub(crate) order: Order,
    /// The words of the ties stand in the corner.
    pub(crate) corner: bool,
    /// The proactive table is one table of four columns; else each article has a table of its own.
    pub(crate) wide: bool,
}

impl Plan {
    pub(crate) fn roll(dice: &mut Dice) -> Plan {
        Plan {
            header: dice.weighted(&[(Header::Full, 0.8), (Header::Flat, 0.14), (Header::None, 0.06)]),
            order: Order::default(),
            corner: dice.chance(0.6),
            wide: dice.chance(0.5),
        }
    }
}

const ARTICLES_2021: [(&str, &[usize]); 4] = [("一", &[0, 1]), ("五", &[2]), ("六", &[3, 4]), ("八", &[5])];
const ARTICLES_2019: [(&str, &[usize]); 5] =
    [("一", &[0, 1]), ("五", &[2, 3]), ("六", &[4, 5]), ("八", &[6]), ("九", &[7])];
const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// A slot of one column.
pub(crate) fn slot(text: impl Into<String>, what: What) -> Slot {
    Slot { text: text.into(), what, span: 1, above: false }
}

fn wide(text: impl Into<String>, what: What, span: usize) -> Slot {
    Slot { text: text.into(), what, span, above: false }
}

fn above(what: What, span: usize) -> Slot {
    Slot { text: String::new(), what, span, above: true }
}

impl Row {
    pub(crate) fn body(slots: Vec<Slot>) -> Row {
        Row { slots, head: false, cut: None }
    }

    fn head(slots: Vec<Slot>) -> Row {
        Row { slots, head: true, cut: None }
    }

    /// Where its label stands.
    pub(crate) fn label(&self) -> Option<usize> {
        self.slots.iter().position(|s| s.what == What::Label)
    }

    /// Where its first figure stands.
    pub(crate) fn first_figure(&self) -> Option<usize> {
        self.slots.iter().position(|s| matches!(s.what, What::Figure(_)))
    }
}

/// The three tables with these texts in the cells.
pub(crate) fn draw(form: &Form, texts: &[String], plan: &Plan, hand: &mut Hand, dice: &mut Dice) -> [Sheet; 3] {
    let mut pencil = Pencil { form, texts, plan, hand, dice };
    [pencil.proactive(), pencil.requests(), pencil.disputes()]
}

struct Pencil<'a> {
    form: &'a Form,
    texts: &'a [String],
    plan: &'a Plan,
    hand: &'a mut Hand,
    dice: &'a mut Dice,
}

impl Pencil<'_> {
    fn figure(&self, cell: usize) -> Slot {
        slot(self.texts[cell].clone(), What::Figure(cell))
    }

    fn label(&mut self, line: usize) -> String {
        self.hand.line(self.form, line, self.dice)
    }

    fn group(&mut self, group: Group) -> Slot {
        slot(self.hand.group(group, self.dice), What::Group)
    }

    fn proactive(&mut self) -> Sheet {
        let articles: &[(&str, &[usize])] = match self.form.editions.proactive {
            Edition::Of2019 => &ARTICLES_2019,
            Edition::Of2021 => &ARTICLES_2021,
        };
        let mut rows = Vec::new();
        for (article, lines) in articles {
            let term = self.form.lines[lines[0]];
            let order = self.triple(term);
            let columns = order.len();
            let last = if self.plan.wide { 4 - columns } else { 1 };
            let spread = |mut slots: Vec<Slot>| {
                slots.last_mut().expect("a row has cells").span = last;
                Row { head: true, ..Row::body(slots) }
            };
            let width = columns + last;
            if self.plan.header == Header::Full {
                let text = self.hand.dress(&format!("第二十条第（{article}）项"));
                rows.push(Row::head(vec![wide(text, What::Head, width)]));
            }
            if self.plan.header != Header::None {
                let mut head = vec![slot("信息内容", What::Head)];
                for &i in &order {
                    head.push(slot(self.hand.column(&term.columns[i], self.dice), What::Head));
                }
                rows.push(spread(head));
            }
            for &line in *lines {
                let mut body = vec![slot(self.label(line), What::Label)];
                body.extend(order.iter().map(|i| self.figure(self.form.starts[line] + i)));
                rows.push(Row { head: false, ..spread(body) });
            }
        }
        sheet(Table::Proactive, rows, 4)
    }

    fn triple(&self, term: &LineTerm) -> Vec<usize> {
        if term.columns.len() == 3 { self.plan.order.triple.to_vec() } else { (0..term.columns.len()).collect() }
    }

    fn requests(&mut self) -> Sheet {
        let order = self.plan.order.applicants;
        let mut rows = Vec::new();
        let words: Vec<Slot> =
            order.iter().map(|&i| slot(self.hand.column(&APPLICANTS[i], self.dice), What::Head)).collect();
        let corner = if self.plan.corner { self.hand.dress(CORNER) } else { String::new() };
        match self.plan.header {
            Header::Full => {
                let mut second = vec![above(What::Corner, 3), words[0].clone()];
                second.push(wide(self.hand.dress("法人或其他组织"), What::Head, 5));
                second.push(words[6].clone());
                let mut third = vec![above(What::Corner, 3), above(What::Head, 1)];
                third.extend_from_slice(&words[1..6]);
                third.push(above(What::Head, 1));
                rows.push(Row::head(vec![
                    wide(corner, What::Corner, 3),
                    wide(self.hand.dress("申请人情况"), What::Head, 7),
                ]));
                rows.push(Row::head(second));
                rows.push(Row::head(third));
            }
            Header::Flat => {
                let mut row = vec![wide(corner, What::Corner, 3)];
                row.extend(words);
                rows.push(Row::head(row));
            }
            Header::None => {}
        }
        let (mut outcomes, mut group) = (false, None);
        for (line, term) in self.form.lines.iter().enumerate().filter(|(_, t)| t.table == Table::Requests) {
            let mut slots = Vec::new();
            if term.group.is_some() {
                slots.push(if outcomes { above(What::Group, 1) } else { self.group(Group::Outcomes) });
                outcomes = true;
            }
            let label = self.label(line);
            match term.group {
                None => slots.push(wide(label, What::Label, 3)),
                Some(Group::Outcomes) => slots.push(wide(label, What::Label, 2)),
                Some(own) => {
                    slots.push(if group == Some(own) { above(What::Group, 1) } else { self.group(own) });
                    slots.push(slot(label, What::Label));
                }
            }
            group = term.group.filter(|_| term.role == Role::Outcome);
            slots.extend(order.iter().map(|i| self.figure(self.form.starts[line] + i)));
            rows.push(Row::body(slots));
        }
        sheet(Table::Requests, rows, 10)
    }

    fn disputes(&mut self) -> Sheet {
        let order = self.plan.order.results;
        let start = self.form.starts[self.form.lines.len() - 1];
        let mut names = Vec::new();
        for (_, words) in DISPUTE_ROWS {
            let name = self.dice.pick(&[words[0], words[0], words[0], words[words.len() - 1]]);
            names.push(self.hand.dress(name));
        }
        let words: Vec<Slot> =
            (0..15).map(|i| slot(self.hand.column(&RESULTS[order[i % 5]], self.dice), What::Head)).collect();
        let mut rows = Vec::new();
        match self.plan.header {
            Header::Full => {
                rows.push(Row::head(vec![
                    wide(&names[0], What::Head, 5),
                    wide(self.hand.dress("行政诉讼"), What::Head, 10),
                ]));
                let mut second = words[..5].to_vec();
                second.extend([wide(&names[1], What::Head, 5), wide(&names[2], What::Head, 5)]);
                let mut third = vec![above(What::Head, 1); 5];
                third.extend_from_slice(&words[5..]);
                rows.push(Row::head(second));
                rows.push(Row::head(third));
            }
            Header::Flat => {
                rows.push(Row::head(names.iter().map(|name| wide(name, What::Head, 5)).collect()));
                rows.push(Row::head(words));
            }
            Header::None => {}
        }
        let figures = (0..15).map(|i| self.figure(start + i / 5 * 5 + order[i % 5])).collect();
        rows.push(Row::body(figures));
        sheet(Table::Disputes, rows, 15)
    }
}

fn sheet(table: Table, rows: Vec<Row>, width: usize) -> Sheet {
    Sheet { table, strips: rows.into_iter().map(Strip::Row).collect(), width }
}

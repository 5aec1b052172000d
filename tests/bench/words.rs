//! How an issuer writes: labels with their marks and slips, numbers with their dress, and nothing in its many shapes.

use super::dice::Dice;
use gxbg::terms::{ColumnTerm, Edition, Form, GROUPS, Group, Measure, Role, Table};

/// What stands in a cell with nothing to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nil {
    /// `0`: the cell counts zero.
    Zero,
    /// One glyph, or none at all, in every such cell.
    Glyph(&'static str),
    /// Zeros in some rows, empty cells in others.
    Mixed,
    /// Every applicant counted as 其他, the five cells before left empty, zeros in the last two (seed 003).
    Lumped,
}

/// How figures are written.
#[derive(Debug, Clone)]
pub(crate) struct Pen {
    pub(crate) nil: Nil,
    thousands: Option<&'static str>,
    full_width: bool,
    plus: &'static str,
    minus: &'static str,
    /// How often a figure is written in some odd way.
    odd: f64,
}

impl Pen {
    /// A pen that writes zeros as `0` and nothing oddly: the only one that tables without separators can bear.
    pub(crate) fn plain() -> Pen {
        Pen { nil: Nil::Zero, thousands: None, full_width: false, plus: "", minus: "-", odd: 0.0 }
    }

    /// The same with another way to write nothing.
    pub(crate) fn plain_but(nil: Nil) -> Pen {
        Pen { nil, ..Pen::plain() }
    }

    pub(crate) fn roll(dice: &mut Dice) -> Pen {
        let nil = dice.weighted(&[
            (Nil::Zero, 0.56),
            (Nil::Glyph(""), 0.14),
            (Nil::Mixed, 0.1),
            (Nil::Lumped, 0.05),
            (Nil::Glyph("/"), 0.05),
            (Nil::Glyph("—"), 0.03),
            (Nil::Glyph("-"), 0.04),
            (Nil::Glyph("无"), 0.03),
        ]);
        Pen {
            nil,
            thousands: dice.weighted(&[(None, 0.94), (Some(","), 0.05), (Some("，"), 0.01)]),
            full_width: dice.chance(0.02),
            plus: dice.weighted(&[("", 0.75), ("+", 0.2), ("增", 0.05)]),
            minus: dice.weighted(&[("-", 0.9), ("减", 0.1)]),
            odd: if dice.chance(0.06) { 0.03 } else { 0.0 },
        }
    }

    /// All figures of a ledger as written, and what was published: none where a cell is left empty.
    pub(crate) fn write(&self, form: &Form, figures: &[f64], dice: &mut Dice) -> (Vec<String>, Vec<Option<f64>>) {
        let mut written = Vec::new();
        let mut published = Vec::new();
        for (line, term) in form.lines.iter().enumerate() {
            let row_is_empty = dice.chance(0.5);
            for (i, cell) in form.span(line).enumerate() {
                let glyph = match self.nil {
                    _ if figures[cell] != 0.0 => None,
                    Nil::Zero => None,
                    Nil::Glyph(glyph) => Some(glyph),
                    Nil::Mixed => row_is_empty.then_some(""),
                    Nil::Lumped => (term.table == Table::Requests && i < 5).then_some(""),
                };
                let column = &term.columns[i % term.columns.len()];
                written.push(match glyph {
                    Some(glyph) => glyph.to_string(),
                    None => self.figure(figures[cell], column, dice),
                });
                published.push(if glyph.is_some() { None } else { Some(figures[cell]) });
            }
        }
        (written, published)
    }

    fn figure(&self, value: f64, column: &ColumnTerm, dice: &mut Dice) -> String {
        let sign = match column.measure {
            Measure::Change if value > 0.0 => self.plus,
            Measure::Change if value < 0.0 => self.minus,
            _ => "",
        };
        let mut digits = format!("{}", value.abs());
        if dice.chance(self.odd) {
            digits = match (column.measure, value == 0.0) {
                (Measure::Count, true) => dice.pick(&["00", "O", "〇", "0件", "0 件"]).to_string(),
                (Measure::Count, false) => format!("{digits}{}", dice.pick(&["件", "件", " 件", "个"])),
                (Measure::Change, true) => dice.pick(&["增/减0", "00"]).to_string(),
                (Measure::Change, false) => digits,
                (Measure::Money, true) => dice.pick(&["0.00", "0万元", "0.0"]).to_string(),
                (Measure::Money, false) if column.label == "采购总金额" && dice.chance(0.5) => {
                    format!("{}元", (value * 10_000.0).round())
                }
                (Measure::Money, false) => format!("{digits}万元"),
            };
        }
        if let Some(separator) = self.thousands
            && value.abs() >= 1000.0
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        {
            let whole = digits.find('.').unwrap_or(digits.len());
            for at in (1..whole).rev().filter(|at| (whole - at) % 3 == 0) {
                digits.insert_str(at, separator);
            }
        }
        if self.full_width {
            digits = digits.chars().map(|c| if c.is_ascii_digit() { widen(c) } else { c }).collect();
        }
        format!("{sign}{digits}")
    }
}

/// The full-width twin of a digit.
pub(crate) fn widen(c: char) -> char {
    char::from_u32(c as u32 + 0xfee0).unwrap_or(c)
}

/// How labels are written.
#[derive(Debug, Clone)]
pub(crate) struct Hand {
    first: &'static str,
    second: &'static str,
    third: &'static str,
    half_width: bool,
    traditional: bool,
    /// How often another wording than the official one is taken.
    alias: f64,
    /// How many labels still get a wrong character.
    typos: usize,
}

const CHINESE: [&str; 9] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八"];

impl Hand {
    pub(crate) fn roll(dice: &mut Dice) -> Hand {
        let marked = !dice.chance(0.06);
        let mark = |dice: &mut Dice, odds: &[(&'static str, f64)]| if marked { dice.weighted(odds) } else { "" };
        Hand {
            first: mark(dice, &[("一、", 0.93), ("一、 ", 0.02), ("1、", 0.03), ("", 0.02)]),
            second: mark(dice, &[("（一）", 0.66), ("(一)", 0.22), ("(一) ", 0.08), ("", 0.04)]),
            third: mark(dice, &[("1.", 0.66), ("1. ", 0.16), ("1、", 0.08), ("1．", 0.06), ("", 0.04)]),
            half_width: dice.chance(0.2),
            traditional: dice.chance(0.02),
            alias: dice.weighted(&[(0.0, 0.6), (0.1, 0.3), (0.4, 0.1)]),
            typos: dice.weighted(&[(0, 0.94), (1, 0.05), (3, 0.01)]),
        }
    }

    /// The label of a line with its mark.
    pub(crate) fn line(&mut self, form: &Form, line: usize, dice: &mut Dice) -> String {
        let term = form.lines[line];
        let official = if form.editions.proactive == Edition::Of2019 && term.rows[0] == "normative_documents" {
            "规范性文件"
        } else {
            term.label
        };
        let text = self.wording(official, term.aliases, dice);
        let style = match (term.role, term.group) {
            (Role::None, _) => "",
            (_, None) => self.first,
            (_, Some(Group::Outcomes)) => self.second,
            _ => self.third,
        };
        // Now and then one mark is of another kind (seed 004).
        let style = if style == "一、" && dice.chance(0.008) { "1、 " } else { style };
        let text = self.slip(text, dice);
        self.dress(&format!("{}{text}", mark(style, term.ordinal.into())))
    }

    /// The label of a group with its mark.
    pub(crate) fn group(&mut self, group: Group, dice: &mut Dice) -> String {
        let (_, words) = GROUPS[group as usize];
        let text = self.wording(words[0], &words[1..], dice);
        let style = if group == Group::Outcomes { self.first } else { self.second };
        let ordinal = [3, 3, 4, 5, 6][group as usize];
        self.dress(&format!("{}{text}", mark(style, ordinal)))
    }

    /// The words of a column header.
    pub(crate) fn column(&mut self, column: &ColumnTerm, dice: &mut Dice) -> String {
        let text = self.wording(column.label, column.aliases, dice);
        self.dress(&text)
    }

    fn wording(&self, official: &str, aliases: &[&str], dice: &mut Dice) -> String {
        if !aliases.is_empty() && dice.chance(self.alias) { dice.pick(aliases) } else { official }.to_string()
    }

    fn slip(&mut self, text: String, dice: &mut Dice) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        if self.typos == 0 || chars.len() < 7 || !dice.chance(0.2) {
            return text;
        }
        self.typos -= 1;
        let at = dice.below(chars.len());
        match dice.below(4) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, chars[at]),
            _ => chars[at] = *dice.pick(&[&'的', &'内', &'证', &'末', &'己', &'按', &'各', &'予']),
        }
        chars.into_iter().collect()
    }

    /// Width and script.
    pub(crate) fn dress(&self, text: &str) -> String {
        let mut text = text.to_string();
        if self.half_width {
            for (full, half) in [("（", "("), ("）", ")"), ("，", ","), ("：", ":")] {
                text = text.replace(full, half);
            }
        }
        if self.traditional { text.chars().map(traditional).collect() } else { text }
    }
}

/// A number mark in a style, which is the mark of number one.
pub(crate) fn mark(style: &str, ordinal: usize) -> String {
    style.replace('一', CHINESE[ordinal]).replace('1', &ordinal.to_string())
}

fn traditional(c: char) -> char {
    const SIMPLE: &str = "规范许处罚强费购总计数业机构组织务书请获执结维纠审复议诉讼经转续办继开国稳护权属关项单额万报访举类现补没缴纳发废决对减区这种确认条际与";
    const FULL: &str = "規範許處罰強費購總計數業機構組織務書請獲執結維糾審復議訴訟經轉續辦繼開國穩護權屬關項單額萬報訪舉類現補沒繳納發廢決對減區這種確認條際與";
    SIMPLE.chars().position(|s| s == c).and_then(|at| FULL.chars().nth(at)).unwrap_or(c)
}

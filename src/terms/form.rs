//! The official form as data: three tables, each a list of lines, each line a list of cells.
//!
//! A *line* is what stands in one row of the published table and what a label names. The line of the disputes table
//! has no label: it is the one line of 15 numbers, three rows of the public vocabulary.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lines::{DISPUTES, OTHER_2019, OTHER_2021, PROACTIVE_2019, PROACTIVE_2021, REQUESTS_HEAD, REQUESTS_TAIL};
use super::{Edition, Editions};

/// A statistical table of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// 主动公开政府信息情况
    Proactive,
    /// 收到和处理政府信息公开申请情况
    Requests,
    /// 政府信息公开行政复议、行政诉讼情况
    Disputes,
}

impl Table {
    /// The tables in the order of the form.
    pub const ALL: [Table; 3] = [Table::Proactive, Table::Requests, Table::Disputes];

    /// The public code.
    ///
    /// ```
    /// assert_eq!(gxbg::terms::Table::Disputes.key(), "disputes");
    /// ```
    pub fn key(self) -> &'static str {
        match self {
            Table::Proactive => "proactive",
            Table::Requests => "requests",
            Table::Disputes => "disputes",
        }
    }
}

/// What a cell counts, and which numbers it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A whole number, not negative.
    Count,
    /// A signed whole number (本年增/减).
    Change,
    /// An amount of money in 万元 (10,000 yuan), not negative, decimals allowed.
    Money,
}

impl Measure {
    /// The public code of the unit.
    pub fn unit(self) -> &'static str {
        match self {
            Measure::Count | Measure::Change => "count",
            Measure::Money => "10k_yuan",
        }
    }
}

/// A column of a table.
#[derive(Debug)]
pub struct ColumnTerm {
    /// The public code.
    pub key: &'static str,
    /// The header of the official form.
    pub label: &'static str,
    /// Other wordings seen.
    pub aliases: &'static [&'static str],
    /// What its cells hold.
    pub measure: Measure,
}

/// A label that stands above others in the requests table and has no numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// 三、本年度办理结果
    Outcomes,
    /// （三）不予公开
    Denied,
    /// （四）无法提供
    Unable,
    /// （五）不予处理
    Rejected,
    /// （六）其他处理
    Other,
}

impl Group {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Group::Outcomes => "outcomes",
            Group::Denied => "denied",
            Group::Unable => "unable",
            Group::Rejected => "rejected",
            Group::Other => "other",
        }
    }
}

/// The groups with their labels; the first wording is the official one.
pub const GROUPS: [(Group, &[&str]); 5] = [
    (Group::Outcomes, &["本年度办理结果", "本年办理结果", "办理结果"]),
    (Group::Denied, &["不予公开", "不予公开情形"]),
    (Group::Unable, &["无法提供", "无法提供情形"]),
    (Group::Rejected, &["不予处理", "不予处理情形"]),
    (Group::Other, &["其他处理", "其它处理", "其他处理情形"]),
];

/// How many years words lie beside the year of the report: 0 for 本年, -1 for 上年; none where they name no year so.
pub fn year_shift(words: &str) -> Option<i16> {
    const LAST: [&str; 5] = ["上年", "上一年", "去年", "前一年", "上年度"];
    const THIS: [&str; 3] = ["本年", "今年", "本年度"];
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    match (has(&LAST), has(&THIS)) {
        (true, false) => Some(-1),
        (false, true) => Some(0),
        _ => None,
    }
}

/// The part a line of the requests table plays in the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// No part: lines of other tables.
    None,
    /// 本年新收
    Received,
    /// 上年结转
    CarriedIn,
    /// A result of the year's work.
    Outcome,
    /// （七）总计
    ConcludedTotal,
    /// 结转下年度
    CarriedOut,
}

/// A line of a table: one label of the form and the cells that it names.
#[derive(Debug)]
pub struct LineTerm {
    /// The table.
    pub table: Table,
    /// The public codes of its rows: one, but three for the disputes line.
    pub rows: &'static [&'static str],
    /// The label of the official form, without its number mark.
    pub label: &'static str,
    /// Other wordings seen.
    pub aliases: &'static [&'static str],
    /// The group it stands in.
    pub group: Option<Group>,
    /// Its number inside the group (the mark "3." is 3); 0 where the form has none.
    pub ordinal: u8,
    /// Its part in the arithmetic.
    pub role: Role,
    /// The columns, once for each of `rows`.
    pub columns: &'static [ColumnTerm],
}

impl LineTerm {
    /// How many cells the line has.
    pub fn len(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// A line has always a cell.
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// One statistical cell: the public name and what it holds.
#[derive(Debug, Clone, Copy)]
pub struct CellTerm {
    /// The table.
    pub table: Table,
    /// The public code of the row.
    pub row: &'static str,
    /// The public code of the column.
    pub column: &'static str,
    /// What it holds.
    pub measure: Measure,
}

/// The form of a report: that of one edition, or of a mixture.
#[derive(Debug)]
pub struct Form {
    /// The editions of its tables.
    pub editions: Editions,
    /// The lines in the order of the form.
    pub lines: Vec<&'static LineTerm>,
    /// The cells in the order of the form.
    pub cells: Vec<CellTerm>,
    /// For each line, the position of its first cell in `cells`.
    pub starts: Vec<usize>,
    /// The positions of the cells by row and column; no row stands in two tables.
    positions: FxHashMap<(&'static str, &'static str), usize>,
    /// The codes of the columns of the proactive table.
    proactive_columns: Vec<&'static str>,
}

impl Form {
    /// The form of an edition, or of the editions of a report's tables.
    ///
    /// ```
    /// use gxbg::terms::{Edition, Editions, Form};
    /// assert_eq!(Form::of(Edition::Of2021).cells.len(), 200);
    /// assert_eq!(Form::of(Edition::Of2019).cells.len(), 198);
    /// let mixed = Editions { proactive: Edition::Of2021, requests: Edition::Of2019 };
    /// assert_eq!(Form::of(mixed).cells.len(), 186);
    /// ```
    pub fn of(editions: impl Into<Editions>) -> &'static Form {
        static FORMS: LazyLock<[Form; Editions::ALL.len()]> = LazyLock::new(|| Editions::ALL.map(Form::build));
        &FORMS[editions.into().index()]
    }

    /// The position of a cell by its public name.
    pub fn cell(&self, table: Table, row: &str, column: &str) -> Option<usize> {
        let position = *self.positions.get(&(row, column))?;
        (self.cells[position].table == table).then_some(position)
    }

    /// Whether a column of this code stands anywhere in the proactive table.
    pub fn has_column(&self, key: &str) -> bool {
        self.proactive_columns.contains(&key)
    }

    /// The positions of the cells of a line.
    pub fn span(&self, line: usize) -> std::ops::Range<usize> {
        self.starts[line]..self.starts[line] + self.lines[line].len()
    }

    fn build(editions: Editions) -> Form {
        let proactive: &'static [LineTerm] = match editions.proactive {
            Edition::Of2019 => &PROACTIVE_2019,
            Edition::Of2021 => &PROACTIVE_2021,
        };
        let other: &'static [LineTerm] = match editions.requests {
            Edition::Of2019 => &OTHER_2019,
            Edition::Of2021 => &OTHER_2021,
        };
        let lines: Vec<&'static LineTerm> =
            [proactive, &REQUESTS_HEAD, other, &REQUESTS_TAIL, &DISPUTES].into_iter().flatten().collect();
        let mut cells = Vec::new();
        let mut starts = Vec::new();
        for line in &lines {
            starts.push(cells.len());
            for &row in line.rows {
                for column in line.columns {
                    cells.push(CellTerm { table: line.table, row, column: column.key, measure: column.measure });
                }
            }
        }
        let positions = cells.iter().enumerate().map(|(i, c)| ((c.row, c.column), i)).collect();
        let proactive = cells.iter().filter(|c| c.table == Table::Proactive);
        let mut proactive_columns: Vec<&'static str> = proactive.map(|c| c.column).collect();
        proactive_columns.dedup();
        Form { editions, lines, cells, starts, positions, proactive_columns }
    }
}

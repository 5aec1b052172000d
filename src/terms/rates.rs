//! The rates of a report as data: what is divided by what.

use super::{Group, Table};

/// A part of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The figure of a cell.
    Cell(Table, &'static str, &'static str),
    /// The figure of a cell, taken away.
    Less(Table, &'static str, &'static str),
    /// The totals of the rows of a group of outcomes.
    Group(Group),
    /// A count of the report itself.
    Count(Count),
}

/// What is counted of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// The cells of its form.
    Cells,
    /// The cells that are empty or not there.
    CellsEmpty,
    /// The ties that could be assessed, and every other rule on the report alone that was.
    Ties,
    /// Those of them that do not hold.
    TiesViolated,
    /// The six sections of the form.
    Sections,
    /// Those of them that are there.
    SectionsPresent,
}

impl Count {
    fn key(self) -> &'static str {
        match self {
            Count::Cells => "cells",
            Count::CellsEmpty => "cells_empty",
            Count::Ties => "ties_assessed",
            Count::TiesViolated => "ties_violated",
            Count::Sections => "sections",
            Count::SectionsPresent => "sections_present",
        }
    }
}

/// A rate of the indicators table.
#[derive(Debug)]
pub struct Rate {
    /// The public name.
    pub key: &'static str,
    /// Whether it is a proportion with chance in it: cases of one kind among cases. Only these have an interval.
    pub is_proportion: bool,
    /// The sum above the line.
    pub numerator: &'static [Part],
    /// The sum below the line.
    pub denominator: &'static [Part],
}

impl Rate {
    /// What is divided by what, in the codes of the cells.
    ///
    /// ```
    /// use gxbg::terms::RATES;
    /// let rate = RATES.iter().find(|r| r.key == "disclosure_rate").unwrap();
    /// assert_eq!(rate.formula(), "(granted + partly_granted) / concluded_total");
    /// ```
    pub fn formula(&self) -> String {
        format!("{} / {}", sum(self.numerator), sum(self.denominator))
    }
}

fn sum(parts: &[Part]) -> String {
    let word = |part: &Part| match part {
        Part::Cell(Table::Requests, row, "total") => (*row).to_owned(),
        Part::Cell(_, row, column) | Part::Less(_, row, column) => format!("{row}.{column}"),
        Part::Group(group) => group.key().to_owned(),
        Part::Count(count) => count.key().to_owned(),
    };
    let words = parts.iter().enumerate().map(|(i, part)| match (i, part) {
        (0, _) => word(part),
        (_, Part::Less(..)) => format!(" - {}", word(part)),
        _ => format!(" + {}", word(part)),
    });
    let all: String = words.collect();
    if parts.len() > 1 { format!("({all})") } else { all }
}

const fn asked(row: &'static str) -> Part {
    Part::Cell(Table::Requests, row, "total")
}

const fn case(row: &'static str, column: &'static str) -> Part {
    Part::Cell(Table::Disputes, row, column)
}

const fn less(row: &'static str, column: &'static str) -> Part {
    Part::Less(Table::Disputes, row, column)
}

const fn count(of: Count) -> &'static [Part] {
    match of {
        Count::Cells => &[Part::Count(Count::Cells)],
        Count::CellsEmpty => &[Part::Count(Count::CellsEmpty)],
        Count::Ties => &[Part::Count(Count::Ties)],
        Count::TiesViolated => &[Part::Count(Count::TiesViolated)],
        Count::Sections => &[Part::Count(Count::Sections)],
        Count::SectionsPresent => &[Part::Count(Count::SectionsPresent)],
    }
}

const fn proportion(key: &'static str, numerator: &'static [Part], denominator: &'static [Part]) -> Rate {
    Rate { key, is_proportion: true, numerator, denominator }
}

const fn ratio(key: &'static str, numerator: &'static [Part], denominator: &'static [Part]) -> Rate {
    Rate { key, is_proportion: false, numerator, denominator }
}

const CONCLUDED: &[Part] = &[asked("concluded_total")];
const DENIED: &[Part] = &[Part::Group(Group::Denied)];
const UNABLE: &[Part] = &[Part::Group(Group::Unable)];
const REJECTED: &[Part] = &[Part::Group(Group::Rejected)];

macro_rules! share {
    ($row:literal of $group:expr) => {
        proportion(concat!($row, "_share"), &[asked($row)], $group)
    };
}

/// The rates in the order of the indicators table.
pub const RATES: &[Rate] = &[
    proportion("disclosure_rate", &[asked("granted"), asked("partly_granted")], CONCLUDED),
    proportion("denial_rate", DENIED, CONCLUDED),
    proportion("unable_rate", UNABLE, CONCLUDED),
    proportion("rejection_rate", REJECTED, CONCLUDED),
    proportion("other_rate", &[Part::Group(Group::Other)], CONCLUDED),
    proportion("carry_rate", &[asked("carried_out")], &[asked("received"), asked("carried_in")]),
    proportion(
        "natural_person_share",
        &[Part::Cell(Table::Requests, "received", "natural_person")],
        &[asked("received")],
    ),
    share!("denied_state_secret" of DENIED),
    share!("denied_other_law" of DENIED),
    share!("denied_stability" of DENIED),
    share!("denied_third_party" of DENIED),
    share!("denied_internal" of DENIED),
    share!("denied_process" of DENIED),
    share!("denied_enforcement_file" of DENIED),
    share!("denied_query" of DENIED),
    share!("unable_not_held" of UNABLE),
    share!("unable_not_ready" of UNABLE),
    share!("unable_unclear" of UNABLE),
    share!("rejected_petition" of REJECTED),
    share!("rejected_repeat" of REJECTED),
    share!("rejected_publication" of REJECTED),
    share!("rejected_excessive" of REJECTED),
    share!("rejected_reissue" of REJECTED),
    // Disputes may be about what was concluded in other years: no proportion.
    ratio(
        "dispute_rate",
        &[case("review", "total"), case("litigation_direct", "total"), case("litigation_after_review", "total")],
        CONCLUDED,
    ),
    proportion(
        "review_correction_rate",
        &[case("review", "corrected")],
        &[case("review", "total"), less("review", "pending")],
    ),
    proportion(
        "litigation_correction_rate",
        &[case("litigation_direct", "corrected"), case("litigation_after_review", "corrected")],
        &[
            case("litigation_direct", "total"),
            case("litigation_after_review", "total"),
            less("litigation_direct", "pending"),
            less("litigation_after_review", "pending"),
        ],
    ),
    proportion(
        "correction_rate",
        &[
            case("review", "corrected"),
            case("litigation_direct", "corrected"),
            case("litigation_after_review", "corrected"),
        ],
        &[
            case("review", "total"),
            case("litigation_direct", "total"),
            case("litigation_after_review", "total"),
            less("review", "pending"),
            less("litigation_direct", "pending"),
            less("litigation_after_review", "pending"),
        ],
    ),
    ratio("cells_empty_share", count(Count::CellsEmpty), count(Count::Cells)),
    ratio("ties_violated_share", count(Count::TiesViolated), count(Count::Ties)),
    ratio("sections_present_share", count(Count::SectionsPresent), count(Count::Sections)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Edition, Form};

    #[test]
    fn every_part_is_a_cell_of_every_edition() {
        for rate in RATES {
            for part in rate.numerator.iter().chain(rate.denominator) {
                if let Part::Cell(table, row, column) | Part::Less(table, row, column) = part {
                    let found = |e| Form::of(e).cell(*table, row, column).is_some();
                    assert!(Edition::ALL.into_iter().all(found), "{} {row} {column}", rate.key);
                }
            }
        }
    }

    #[test]
    fn every_reason_of_a_group_has_its_share() {
        let form = Form::of(Edition::Of2021);
        for group in [Group::Denied, Group::Unable, Group::Rejected] {
            for line in form.lines.iter().filter(|l| l.group == Some(group)) {
                assert!(RATES.iter().any(|r| r.key == format!("{}_share", line.rows[0])), "{}", line.rows[0]);
            }
        }
    }
}

//! The editions of the report's format, and which of them the tables of a report follow.

use super::Table;

/// An edition of the official form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edition {
    /// 国办公开办函〔2019〕60号: the reports of 2019 and 2020.
    Of2019,
    /// 国办公开办函〔2021〕30号: the reports of 2021 and later.
    Of2021,
}

impl Edition {
    /// All editions, the oldest first.
    pub const ALL: [Edition; 2] = [Edition::Of2019, Edition::Of2021];

    /// The public code.
    ///
    /// ```
    /// assert_eq!(gxbg::terms::Edition::Of2021.key(), "2021");
    /// ```
    pub fn key(self) -> &'static str {
        match self {
            Edition::Of2019 => "2019",
            Edition::Of2021 => "2021",
        }
    }

    /// The notice of the General Office of the State Council that fixes the form.
    pub fn notice(self) -> &'static str {
        match self {
            Edition::Of2019 => "国办公开办函〔2019〕60号",
            Edition::Of2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The edition in force for the reports of a year; none before 2019, when reports had a free form.
    ///
    /// ```
    /// use gxbg::terms::Edition;
    /// assert_eq!(Edition::in_force(2020), Some(Edition::Of2019));
    /// assert_eq!(Edition::in_force(2018), None);
    /// ```
    pub fn in_force(year: i16) -> Option<Edition> {
        match year {
            ..=2018 => None,
            2019 | 2020 => Some(Edition::Of2019),
            2021.. => Some(Edition::Of2021),
        }
    }
}

/// The editions that the tables of one report follow: issuers put a table of last year's form beside one of this
/// year's (a one-row 其他处理 beside the proactive table of 2021: 洪泽区 2023). The table of disputes is the same in both.
///
/// ```
/// use gxbg::terms::{Edition, Editions, Table};
/// assert_eq!(Editions::from(Edition::Of2021).key(), "2021");
/// let mixed = Editions { proactive: Edition::Of2021, requests: Edition::Of2019 };
/// assert_eq!((mixed.key(), mixed.of(Table::Requests)), ("mixed", Some(Edition::Of2019)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Editions {
    /// The edition of the table of proactive disclosure.
    pub proactive: Edition,
    /// The edition of the table of requests.
    pub requests: Edition,
}

impl Editions {
    /// All that a report may have: one edition for both tables, the oldest first, then the mixtures.
    pub const ALL: [Editions; 4] = [
        Editions { proactive: Edition::Of2019, requests: Edition::Of2019 },
        Editions { proactive: Edition::Of2021, requests: Edition::Of2021 },
        Editions { proactive: Edition::Of2021, requests: Edition::Of2019 },
        Editions { proactive: Edition::Of2019, requests: Edition::Of2021 },
    ];

    /// The one edition of both tables; none where they differ.
    pub fn only(self) -> Option<Edition> {
        (self.proactive == self.requests).then_some(self.proactive)
    }

    /// The public code: that of the edition, or `mixed`.
    pub fn key(self) -> &'static str {
        self.only().map_or("mixed", Edition::key)
    }

    /// The edition of a table; none for the table that all editions have alike.
    pub fn of(self, table: Table) -> Option<Edition> {
        match table {
            Table::Proactive => Some(self.proactive),
            Table::Requests => Some(self.requests),
            Table::Disputes => None,
        }
    }

    /// The position in [`Editions::ALL`].
    pub fn index(self) -> usize {
        match (self.proactive, self.requests) {
            (Edition::Of2019, Edition::Of2019) => 0,
            (Edition::Of2021, Edition::Of2021) => 1,
            (Edition::Of2021, Edition::Of2019) => 2,
            (Edition::Of2019, Edition::Of2021) => 3,
        }
    }
}

impl From<Edition> for Editions {
    fn from(edition: Edition) -> Editions {
        Editions { proactive: edition, requests: edition }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mixture_has_its_place() {
        for (i, editions) in Editions::ALL.into_iter().enumerate() {
            assert_eq!(editions.index(), i);
        }
        for (i, edition) in Edition::ALL.into_iter().enumerate() {
            assert_eq!(Editions::from(edition).index(), i);
        }
    }
}

//! The administrative divisions of China, embedded: provinces, prefectures, counties and towns with their codes, the
//! years in which a name and a code held, and what took their place.
//!
//! The table is a text file inside the program, read on first use. Where it comes from, what it costs and how it is
//! made anew is told in `docs/divisions.md`.

mod alias;
mod code;
mod parse;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use code::{Code, Level};
pub use parse::{Mention, Parsed, mentions, parse, twins};

/// The year of the list of towns: later changes are not in it.
pub const TOWNS_OF: i16 = 2023;

/// The table: a line `code TAB name TAB from TAB to TAB successor` for provinces, prefectures and counties, and below a
/// county a line for each of its towns, the last three digits of the code and the name.
static TABLE: &str = include_str!("divisions.tsv");

/// A division under one name and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: &'static str,
    /// The first year that ended with this name and code; none where that was before 1980, or is not known.
    pub from: Option<i16>,
    /// The last year that ended with this name and code; none where they still hold.
    pub to: Option<i16>,
    /// The code of the division that took its place, where there is one.
    pub successor: Option<Code>,
}

impl Division {
    /// Whether name and code held at the end of a year, or in general where it is not known from when on they did.
    pub fn held(&self, year: i16) -> bool {
        self.from.is_none_or(|y| y <= year) && self.to.is_none_or(|y| year <= y)
    }

    /// The level of its code.
    pub fn level(&self) -> Level {
        self.code.level()
    }

    /// The code that stands today for one that ended; none where it still holds or was shared out among several.
    ///
    /// ```
    /// use gxbg::divisions::{Code, Divisions};
    /// let table = Divisions::get();
    /// let xiacheng = table.at(Code::read("330103").unwrap(), Some(2020)).unwrap();
    /// assert_eq!(xiacheng.successor_today().unwrap().to_string(), "330105");
    /// ```
    pub fn successor_today(&self) -> Option<Code> {
        let mut now = *self;
        // A chain of successors is short; the bound is for a table that runs in a circle.
        for _ in 0..16 {
            if now.to.is_none() {
                break;
            }
            let next = now.successor?;
            let after = now.to.map(|y| y + 1);
            now = *Divisions::get().at(next, after)?;
        }
        (now.code != self.code && now.to.is_none()).then_some(now.code)
    }
}

/// All divisions, by code and by name.
#[derive(Debug)]
pub struct Divisions {
    rows: Vec<Division>,
    /// For each row the next one of the same name, as a position one higher; 0 ends the list.
    next: Vec<u32>,
    /// Names of counties, prefectures and provinces: the first row of each.
    upper: FxHashMap<&'static str, u32>,
    /// Names of towns.
    towns: FxHashMap<&'static str, u32>,
    /// Short names of provinces, prefectures and counties.
    aliases: FxHashMap<String, Vec<u32>>,
}

impl Divisions {
    /// The table; the first call reads it.
    pub fn get() -> &'static Divisions {
        static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| Divisions::read(TABLE));
        &DIVISIONS
    }

    fn read(table: &'static str) -> Divisions {
        let mut rows: Vec<Division> = Vec::with_capacity(table.len() / 16);
        let mut county = 0;
        for line in table.lines() {
            let (code, name) = match line.get(..6).and_then(|c| number(c.as_bytes())) {
                Some(upper) => {
                    county = upper * 1000;
                    (county, line.get(7..).unwrap_or(""))
                }
                None => match line.get(..3).and_then(|c| number(c.as_bytes())) {
                    Some(town) => (county + town, line.get(3..).unwrap_or("")),
                    None => continue,
                },
            };
            let mut fields = name.split('\t');
            let name = fields.next().unwrap_or("");
            if name.is_empty() {
                continue;
            }
            let mut year = || fields.next().and_then(|y| y.parse().ok());
            let (from, to) = (year(), year());
            let successor = fields.next().and_then(Code::read);
            rows.push(Division { code: Code::of(code), name, from, to, successor });
        }
        let mut next = vec![0; rows.len()];
        let mut upper = FxHashMap::with_capacity_and_hasher(8192, Default::default());
        let mut towns = FxHashMap::with_capacity_and_hasher(40960, Default::default());
        // From the last to the first, so that lists run in the order of the codes.
        for (at, row) in rows.iter().enumerate().rev() {
            let names = if row.level() == Level::Township { &mut towns } else { &mut upper };
            if let Some(later) = names.insert(parse::plain_name(row.name), at as u32) {
                next[at] = later + 1;
            }
        }
        let aliases = alias::aliases(&rows);
        Divisions { rows, next, upper, towns, aliases }
    }

    /// All rows in the order of their codes.
    pub fn rows(&self) -> &[Division] {
        &self.rows
    }

    /// The rows of a name among provinces, prefectures and counties.
    pub fn upper(&self, name: &str) -> impl Iterator<Item = &Division> + use<'_> {
        self.list(self.upper.get(name).copied())
    }

    /// The rows of a name among towns, streets and what has a code like theirs.
    pub fn towns(&self, name: &str) -> impl Iterator<Item = &Division> + use<'_> {
        self.list(self.towns.get(name).copied())
    }

    /// The rows of a short name among provinces, prefectures and counties.
    pub fn alias(&self, name: &str) -> impl Iterator<Item = &Division> + use<'_> {
        self.aliases.get(name).into_iter().flatten().filter_map(|at| self.rows.get(*at as usize))
    }

    fn list(&self, first: Option<u32>) -> impl Iterator<Item = &Division> + use<'_> {
        let mut at = first;
        std::iter::from_fn(move || {
            let row = at? as usize;
            at = self.next[row].checked_sub(1);
            self.rows.get(row)
        })
    }

    /// The row of a code, in a year where one is given: the one that held then, or else the last one.
    pub fn at(&self, code: Code, year: Option<i16>) -> Option<&Division> {
        let first = self.rows.partition_point(|r| r.code < code);
        let of_code = || self.rows[first..].iter().take_while(|r| r.code == code);
        let held = year.and_then(|y| of_code().find(|r| r.held(y)));
        held.or_else(|| of_code().find(|r| r.to.is_none())).or_else(|| of_code().max_by_key(|r| r.to))
    }

    /// A division with those above it, the highest first: province, prefecture, county, town.
    pub fn line_of(&self, code: Code, year: Option<i16>) -> [Option<&Division>; 4] {
        [Level::Province, Level::Prefecture, Level::County, Level::Township].map(|level| {
            let above = code.above(level)?;
            self.at(above, year).filter(|d| d.level() == level)
        })
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::read(text).expect("a code")
    }

    #[test]
    fn every_line_is_a_row_in_the_order_of_codes() {
        let table = Divisions::get();
        let lines = TABLE.lines().filter(|l| l.len() > 6).count();
        assert_eq!(table.rows().len(), lines);
        assert!(table.rows().windows(2).all(|w| w[0].code <= w[1].code));
        assert!(table.rows().len() > 49_000);
    }

    #[test]
    fn what_ended_has_an_heir_that_is_there() {
        for row in Divisions::get().rows() {
            if let Some(heir) = row.successor {
                let after = row.to.map(|y| y + 1);
                assert!(row.to.is_some(), "{row:?}");
                assert!(Divisions::get().at(heir, after).is_some(), "{row:?}");
            }
            assert!(row.from.zip(row.to).is_none_or(|(a, b)| a <= b), "{row:?}");
        }
    }

    #[test]
    fn names_and_codes_find_each_other() {
        let table = Divisions::get();
        for row in table.rows() {
            let name = parse::plain_name(row.name);
            let found = table.upper(name).chain(table.towns(name)).any(|r| r == row);
            assert!(found, "{row:?}");
        }
        let line = table.line_of(code("220172102"), Some(2021)).map(|d| d.map(|d| d.name));
        assert_eq!(line, [Some("吉林省"), Some("长春市"), Some("长春净月高新技术产业开发区"), Some("玉潭镇")]);
        let line = table.line_of(code("110101001"), None).map(|d| d.map(|d| d.name));
        assert_eq!(line, [Some("北京市"), None, Some("东城区"), Some("东华门街道")]);
    }

    #[test]
    fn successors_run_to_the_present() {
        let table = Divisions::get();
        for (old, year, today) in [
            ("330103", 2020, Some("330105")),
            ("372300", 1995, Some("371600")),
            ("210922", 2021, None),
            ("130103", 2010, None),
            ("371200", 2015, Some("370100")),
        ] {
            let row = table.at(code(old), Some(year)).expect("a row");
            assert_eq!(row.successor_today().map(|c| c.to_string()).as_deref(), today, "{old}");
        }
    }
}

//! What a cell shows: numbers in the shortest way, dates and times as such, by the number format of the cell.

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// The number.
    #[default]
    Plain,
    /// The number, but nothing where it is zero.
    PlainButZero,
    /// A hundred times the number, with its sign.
    Percent,
    /// A day, a time of it, or both.
    Date,
    /// Nothing.
    Nothing,
}

impl Shape {
    /// What one of the formats without a text of their own does.
    pub(super) fn of_number(id: u32) -> Shape {
        match id {
            9 | 10 => Shape::Percent,
            // 27 to 36 and 50 to 58 are dates where Chinese, Japanese or Korean is spoken.
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shape::Date,
            _ => Shape::Plain,
        }
    }

    /// What a format does, by its text.
    pub(super) fn of(code: &str) -> Shape {
        let sections = sections(code);
        let [first, rest @ ..] = sections.as_slice() else { return Shape::Plain };
        if sections.len() > 1 && sections.iter().take(3).all(|s| s.is_empty()) {
            return Shape::Nothing;
        }
        match () {
            // What Chinese programs write for `General`.
            () if first.starts_with("g/") => Shape::Plain,
            () if first.contains(['y', 'm', 'd', 'h', 's', 'e', 'g', 'b', 'a']) => Shape::Date,
            () if first.contains('%') => Shape::Percent,
            () if rest.get(1).is_some_and(|zero| zero.is_empty()) => Shape::PlainButZero,
            () => Shape::Plain,
        }
    }

    /// The characters of a number; `since_1904` if days are counted from then.
    pub(super) fn show(self, number: f64, since_1904: bool) -> String {
        match self {
            Shape::Nothing => String::new(),
            Shape::PlainButZero if number == 0.0 => String::new(),
            Shape::Plain | Shape::PlainButZero => shortest(number),
            Shape::Percent => shortest(number * 100.0) + "%",
            Shape::Date => date(number, since_1904),
        }
    }
}

/// The sections of a format, each with those of its characters that place-holders and signs are made of, in small
/// letters; words, colours, conditions and spaces are left out. Elapsed hours (`[h]`) stay.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        let Some(open) = sections.last_mut() else { break };
        match c {
            '"' => {
                let word: String = characters.by_ref().take_while(|c| *c != '"').collect();
                // A word that is shown is something, though it is no sign.
                open.push_str(if word.is_empty() { "" } else { "." });
            }
            '[' => {
                let inner: String = characters.by_ref().take_while(|c| *c != ']').collect::<String>().to_lowercase();
                if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                    open.push_str(&inner);
                }
            }
            '\\' | '_' | '*' => {
                let next = characters.next();
                open.push_str(if c == '\\' && next.is_some() { "." } else { "" });
            }
            ';' => sections.push(String::new()),
            _ => open.extend(c.to_lowercase()),
        }
        // Formats are short; a list of empty sections is none.
        if sections.len() > 16 {
            break;
        }
    }
    let general = |s: &mut String| {
        *s = s.replace("general", "0").replace("am/pm", "h").replace("a/p", "h").replace(['+', '-'], ".");
        // The sign of a power is no year.
        if s.contains(['0', '#', '?']) {
            *s = s.replace('e', "0");
        }
    };
    sections.iter_mut().for_each(general);
    sections
}

/// The shortest decimal digits of a number, of the 15 that spreadsheets count with.
pub(super) fn shortest(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    match () {
        () if rounded == 0.0 => "0".to_owned(),
        () if rounded.abs() >= 1e21 || rounded.abs() < 1e-9 => format!("{rounded:e}"),
        () => format!("{rounded}"),
    }
}

/// The day and the time that a number of days stands for.
fn date(number: f64, since_1904: bool) -> String {
    const SECONDS: f64 = 86_400.0;
    // The last day that programs know is the end of the year 9999.
    if !(0.0..2_958_466.0).contains(&number) {
        return "#####".to_owned();
    }
    let (mut days, mut seconds) = (number.floor(), (number.fract() * SECONDS).round());
    if seconds >= SECONDS {
        (days, seconds) = (days + 1.0, 0.0);
    }
    let (days, seconds) = (days as i64, seconds as i64);
    let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if days == 0 && !since_1904 {
        return time;
    }
    let days = match since_1904 {
        true => days + 1462,
        // The year 1900 has a 29 February there.
        false if days < 60 => days + 1,
        false => days,
    };
    let (year, month, day) = civil(days - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if seconds == 0 { date } else { format!("{date} {time}") }
}

/// The year, month and day of a number of days since the beginning of 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The name of an error by its number in binary files.
pub(super) fn error(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The name of a truth value.
pub(super) fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// What the cells of a workbook look like, by the number of their style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The formats that the workbook itself has.
    pub(super) formats: rustc_hash::FxHashMap<u32, Shape>,
    /// For each font, whether it strikes its characters out.
    pub(super) struck: Vec<bool>,
    /// For each style, its format and its font.
    pub(super) cells: Vec<(u32, usize)>,
    /// Whether days are counted from 1904.
    pub(super) since_1904: bool,
}

impl Styles {
    /// The characters that a number shows in a style.
    pub(super) fn show(&self, number: f64, style: usize) -> String {
        let id = self.cells.get(style).map_or(0, |(format, _)| *format);
        let shape = self.formats.get(&id).copied().unwrap_or_else(|| Shape::of_number(id));
        shape.show(number, self.since_1904)
    }

    /// Whether a style strikes its characters out: they hold no longer.
    pub(super) fn strikes(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|(_, font)| self.struck.get(*font).copied().unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (number, text) in [
            (12_358.0, "12358"),
            (0.5, "0.5"),
            (0.1 + 0.2, "0.3"),
            (-3.0, "-3"),
            (-0.0, "0"),
            (792_512.25, "792512.25"),
            (1e22, "1e22"),
            (f64::NAN, "#NUM!"),
        ] {
            assert_eq!(shortest(number), text);
        }
    }

    #[test]
    fn formats_tell_dates_from_numbers() {
        for (code, shape) in [
            ("General", Shape::Plain),
            ("0.00", Shape::Plain),
            ("#,##0", Shape::Plain),
            ("0.00E+00", Shape::Plain),
            ("#,##0\"件\"", Shape::Plain),
            ("[Red]0;-0", Shape::Plain),
            ("#,##0_ ;[Red]\\-#,##0\\ ", Shape::Plain),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", Shape::Plain),
            ("yyyy/m/d", Shape::Date),
            ("m\"月\"d\"日\"", Shape::Date),
            ("[h]:mm", Shape::Date),
            ("[$-804]e\"年\"m\"月\"", Shape::Date),
            ("0.0%", Shape::Percent),
            (";;;", Shape::Nothing),
            ("0;-0;;@", Shape::PlainButZero),
            ("@", Shape::Plain),
        ] {
            assert_eq!(Shape::of(code), shape, "{code}");
        }
        assert_eq!(Shape::of(&";".repeat(100_000)), Shape::Nothing);
    }

    #[test]
    fn days_are_dates() {
        let day = |number| Shape::Date.show(number, false);
        assert_eq!(day(44_198.0), "2021-01-02");
        assert_eq!(day(44_198.5), "2021-01-02 12:00:00");
        assert_eq!((day(1.0), day(61.0)), ("1900-01-01".to_owned(), "1900-03-01".to_owned()));
        assert_eq!(day(0.25), "06:00:00");
        assert_eq!(Shape::Date.show(42_736.0, true), "2021-01-02");
        assert_eq!((day(-1.0), day(1e300)), ("#####".to_owned(), "#####".to_owned()));
        assert_eq!(Shape::Percent.show(0.125, false), "12.5%");
    }
}

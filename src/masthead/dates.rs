//! Years and dates in all their writings.

use jiff::civil::Date;

use crate::terms::masthead::{DAY_MARKS, MONTH_MARKS, TEN, UNTIL, YEAR, YEAR_MARKS, digit};

/// Four digits at the start of a text that name a year of our time, and the bytes they take.
fn year_digits(text: &str) -> Option<(i16, usize)> {
    let (mut year, mut bytes, mut many) = (0i16, 0, 0);
    for c in text.chars() {
        if c == ' ' && many > 0 && many < 4 {
            bytes += 1;
            continue;
        }
        let Some(d) = digit(c) else { break };
        year = year * 10 + i16::from(d);
        bytes += c.len_utf8();
        many += 1;
        if many == 4 {
            break;
        }
    }
    (many == 4 && (1990..=2100).contains(&year)).then_some((year, bytes))
}

/// A number up to 99 at the start of a text: 3, 03, 十二, 二十一.
fn small(text: &str) -> Option<(i8, usize)> {
    let (mut tens, mut units, mut bytes, mut ten, mut many) = (None, None, 0, false, 0);
    for c in text.chars() {
        if c == TEN && !ten && many <= 1 {
            tens = Some(units.take().unwrap_or(1));
            ten = true;
            many = 0;
        } else if let Some(d) = digit(c).filter(|_| many < 2) {
            units = Some(units.unwrap_or(0) * 10 + d as i8);
            many += 1;
        } else {
            break;
        }
        bytes += c.len_utf8();
    }
    let value = tens.unwrap_or(0) * 10 + units.unwrap_or(0);
    (bytes > 0).then_some((value, bytes))
}

/// A year with 年 behind it at the start of a text, and the bytes up to and with 年.
pub(super) fn year_at(text: &str) -> Option<(i16, usize)> {
    let (year, bytes) = year_digits(text)?;
    let gap = text[bytes..].len() - text[bytes..].trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    text[bytes + gap..].starts_with(YEAR).then_some((year, bytes + gap + YEAR.len_utf8()))
}

/// The first year with 年 behind it, where it starts and ends.
pub(super) fn first_year(text: &str) -> Option<(i16, usize, usize)> {
    let mut before_is_digit = false;
    for (at, c) in text.char_indices() {
        let is_digit = digit(c).is_some();
        if is_digit
            && !before_is_digit
            && let Some((year, bytes)) = year_at(&text[at..])
        {
            return Some((year, at, at + bytes));
        }
        before_is_digit = is_digit;
    }
    None
}

/// A date at the start of a text and the bytes it takes; a date without a year gets `year`.
pub(super) fn date_at(text: &str, year: Option<i16>) -> Option<(Date, usize)> {
    let (year, mut at) = match year_digits(text) {
        Some((y, bytes)) => {
            let rest = text[bytes..].trim_start_matches(' ');
            let mark = rest.chars().next().filter(|c| YEAR_MARKS.contains(c))?;
            (y, text.len() - rest.len() + mark.len_utf8())
        }
        None => (year?, 0),
    };
    let skip = |at: usize| at + text[at..].len() - text[at..].trim_start_matches(' ').len();
    at = skip(at);
    let (month, bytes) = small(&text[at..])?;
    at = skip(at + bytes);
    let mark = text[at..].chars().next().filter(|c| MONTH_MARKS.contains(c))?;
    at = skip(at + mark.len_utf8());
    let (day, bytes) = small(&text[at..])?;
    at += bytes;
    let end = skip(at);
    if let Some(c) = text[end..].chars().next().filter(|c| DAY_MARKS.contains(c)) {
        at = end + c.len_utf8();
    }
    Date::new(year, month, day).ok().map(|d| (d, at))
}

/// The first date in a text and where it stands.
pub(super) fn first_date(text: &str) -> Option<(Date, usize, usize)> {
    let mut before_is_digit = false;
    for (at, c) in text.char_indices() {
        let is_digit = digit(c).is_some();
        if is_digit
            && !before_is_digit
            && let Some((date, bytes)) = date_at(&text[at..], None)
        {
            return Some((date, at, at + bytes));
        }
        before_is_digit = is_digit;
    }
    None
}

/// The first period "from date to date" in a text and where it stands.
pub(super) fn first_period(text: &str) -> Option<(Date, Date, usize, usize)> {
    let mut from = 0;
    while let Some((start, at, end)) = first_date(&text[from..]) {
        let rest = text[from + end..].trim_start();
        if let Some(word) = UNTIL.iter().find(|w| rest.starts_with(**w)) {
            let tail = rest[word.len()..].trim_start();
            if let Some((last, bytes)) = date_at(tail, Some(start.year())) {
                return Some((start, last, from + at, text.len() - tail.len() + bytes));
            }
        }
        from += end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_in_all_writings() {
        for (text, want) in [
            ("（2021年1月20日）", Some(date(2021, 1, 20))),
            ("2024年1月24日印发", Some(date(2024, 1, 24))),
            ("二〇二二年一月十日", Some(date(2022, 1, 10))),
            ("二○二二年十二月三十一日", Some(date(2022, 12, 31))),
            ("发布日期：2021-01-20 10:00", Some(date(2021, 1, 20))),
            ("2021.1.20", Some(date(2021, 1, 20))),
            ("2021年 3 月 2 日", Some(date(2021, 3, 2))),
            ("2021年2月30日", None),
            ("电话：0938—6381001", None),
            ("12021年1月1日", None),
        ] {
            assert_eq!(first_date(text).map(|d| d.0), want, "{text}");
        }
    }

    #[test]
    fn periods_and_years() {
        let p = first_period("统计期限自2021年1月1日起至2021年12月31日止").expect("a period");
        assert_eq!((p.0, p.1), (date(2021, 1, 1), date(2021, 12, 31)));
        let p = first_period("2022年1月1日至12月31日").expect("a period");
        assert_eq!((p.0, p.1), (date(2022, 1, 1), date(2022, 12, 31)));
        assert_eq!(first_year("章古台镇 2021 年度").map(|y| y.0), Some(2021));
        assert_eq!(first_year("二○二○年报告").map(|y| y.0), Some(2020));
    }
}

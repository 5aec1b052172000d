//! Years, periods, the day of publication, and whose report it is.

use jiff::civil::{Date, date};

use crate::divisions::{Divisions, Level};
use crate::ledger::Settled;
use crate::report::{Masthead, Open};
use crate::terms::rules;

use super::form::{judge, told};
use super::{Checked, Outcome};

/// Candidates that a finding lists.
const MOST_CANDIDATES: usize = 20;

pub(super) fn check(settled: &Settled, out: &mut Checked) {
    years(settled, out);
    due(&settled.report.masthead, out);
    who(&settled.report.masthead, out);
}

fn years(settled: &Settled, out: &mut Checked) {
    let masthead = &settled.report.masthead;
    match masthead.year {
        Some(year) => {
            for (source, named) in &masthead.years_named {
                if *named == year {
                    out.count(Outcome::Satisfied);
                } else {
                    let mut finding =
                        told(&rules::YEAR_AGREE, Outcome::Violated, Some(year.to_string()), Some(named.to_string()));
                    finding.subject = Some(source);
                    out.tell(finding);
                }
            }
        }
        None => judge(out, &rules::YEAR_AGREE, None),
    }
    let verdict = masthead.period.map(|(start, end, _)| {
        let year = start.year();
        let whole =
            start.month() == 1 && start.day() == 1 && end.month() == 12 && end.day() == 31 && end.year() == year;
        let words = |a: String, b: String| format!("{a} to {b}");
        if whole {
            Ok(())
        } else {
            Err((words(format!("{year}-01-01"), format!("{year}-12-31")), words(start.to_string(), end.to_string())))
        }
    });
    match verdict {
        Some(v) => judge(out, &rules::PERIOD_WHOLE, Some(v)),
        None => out.tell(told(&rules::PERIOD_WHOLE, Outcome::NotApplicable, None, None)),
    }
}

/// The day by which a report is due (article 49 of the regulations), for organs for which the article names one:
/// departments of county level and above by 31 January of the year after, governments by 31 March.
pub fn due_date(masthead: &Masthead) -> Option<Date> {
    let year = masthead.year.filter(|y| (1990..2100).contains(y))? + 1;
    let below = masthead.level.is_none_or(|level| level == Level::Township.key());
    match masthead.kind? {
        _ if below => None,
        "government" => Some(date(year, 3, 31)),
        "department" | "office" => Some(date(year, 1, 31)),
        _ => None,
    }
}

/// Days after the day on which it was due that a report was published, 0 if it was in time.
///
/// # Errors
/// The code of the reason why nothing can be told: `year_unknown`, `level_unknown`, `no_due_date` (the article names none
/// for such an organ) or `publication_unknown`.
///
/// ```
/// use gxbg::{check::days_late, report::Masthead};
/// use jiff::civil::date;
/// let mut masthead = Masthead { level: Some("county"), kind: Some("department"), year: Some(2021), ..Masthead::default() };
/// assert_eq!(days_late(&masthead), Err("publication_unknown"));
/// masthead.published_on = Some((date(2022, 2, 10), Default::default()));
/// assert_eq!(days_late(&masthead), Ok(10));
/// ```
pub fn days_late(masthead: &Masthead) -> Result<i32, &'static str> {
    let due = match due_date(masthead) {
        Some(due) => due,
        None if masthead.year.is_none() => return Err("year_unknown"),
        None if masthead.level.is_none() => return Err("level_unknown"),
        None => return Err("no_due_date"),
    };
    let (published, _) = masthead.published_on.ok_or("publication_unknown")?;
    Ok((published - due).get_days().max(0))
}

fn due(masthead: &Masthead, out: &mut Checked) {
    match (due_date(masthead), masthead.published_on.zip(days_late(masthead).ok())) {
        (Some(due), Some(((published, _), late))) => {
            let found = format!("{published} ({late} days late)");
            judge(out, &rules::DUE_DATE, Some(if late > 0 { Err((due.to_string(), found)) } else { Ok(()) }));
        }
        (Some(_), None) => judge(out, &rules::DUE_DATE, None),
        // The year or the level is not known: whether it applies is not either.
        (None, _) if masthead.year.is_none() || masthead.level.is_none() => judge(out, &rules::DUE_DATE, None),
        (None, _) => out.tell(told(&rules::DUE_DATE, Outcome::NotApplicable, None, None)),
    }
}

/// Why the division of the issuer is open, where it is.
fn who(masthead: &Masthead, out: &mut Checked) {
    let identity = &masthead.identity;
    let rule = match identity.open {
        Some(Open::Ambiguous) => &rules::WHO_AMBIGUOUS,
        Some(Open::Unknown) => &rules::WHO_UNKNOWN,
        Some(Open::Contradicted) => &rules::WHO_CONTRADICTED,
        None => return,
    };
    let table = Divisions::get();
    let mut listed: Vec<String> = Vec::new();
    for division in identity.candidates.iter().take(MOST_CANDIDATES) {
        let line = table.line_of(division.code, masthead.year);
        let names: String = line.iter().flatten().map(|d| d.name).collect();
        listed.push(format!("{} {names}", division.code));
    }
    if let Some(more) = identity.candidates.len().checked_sub(MOST_CANDIDATES).filter(|n| *n > 0) {
        listed.push(format!("+{more}"));
    }
    let expected = (!listed.is_empty()).then(|| listed.join("; "));
    let found = masthead.issuer_as_written.as_ref().map(|q| q.text.clone());
    out.tell(told(rule, Outcome::Violated, expected, found));
}

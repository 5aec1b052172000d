//! Sections and tables that the form demands, editions and competence.

use crate::ledger::Settled;
use crate::terms::rules::{self, Rule};
use crate::terms::{Edition, Form, Section, Table};

use super::{Checked, Finding, Outcome, Place, plain, published};

pub(super) fn told(rule: &'static Rule, outcome: Outcome, expected: Option<String>, found: Option<String>) -> Finding {
    Finding { rule, policy: None, outcome, place: Place::default(), subject: None, expected, found }
}

/// A rule that holds, is violated, or cannot be told.
pub(super) fn judge(out: &mut Checked, rule: &'static Rule, verdict: Option<Result<(), (String, String)>>) {
    match verdict {
        Some(Ok(())) => out.count(Outcome::Satisfied),
        Some(Err((expected, found))) => out.tell(told(rule, Outcome::Violated, Some(expected), Some(found))),
        None => out.tell(told(rule, Outcome::NotAssessable, None, None)),
    }
}

pub(super) fn check(settled: &Settled, text: &str, out: &mut Checked) {
    sections(settled, out);
    tables(settled, text, out);
    editions(settled, out);
    competence(settled, out);
}

fn sections(settled: &Settled, out: &mut Checked) {
    let found: Vec<Section> = settled.report.sections.iter().map(|s| s.section).collect();
    for section in Section::ALL {
        let verdict = if found.contains(&section) { Ok(()) } else { Err((section.key().to_owned(), String::new())) };
        judge(out, &rules::SEC_PRESENT, Some(verdict));
    }
    let wrong = found.windows(2).find(|w| w[0] > w[1]);
    let verdict = wrong.map_or(Ok(()), |w| Err((w[1].key().to_owned(), w[0].key().to_owned())));
    judge(out, &rules::SEC_ORDER, (!found.is_empty()).then_some(verdict));
}

fn tables(settled: &Settled, text: &str, out: &mut Checked) {
    let Some(editions) = settled.report.editions else {
        for table in Table::ALL {
            judge(out, &rules::TAB_PRESENT, Some(Err((table.key().to_owned(), String::new()))));
        }
        return;
    };
    let form = Form::of(editions);
    for table in Table::ALL {
        let lines = || form.lines.iter().zip(&settled.report.lines).filter(move |(t, _)| t.table == table);
        let any = lines().any(|(_, l)| l.is_there());
        let verdict = if any { Ok(()) } else { Err((table.key().to_owned(), String::new())) };
        judge(out, &rules::TAB_PRESENT, Some(verdict));
        if !any {
            continue;
        }
        for (term, _) in lines().filter(|(_, l)| !l.is_there()) {
            let place = Place { table: Some(table.key()), row: Some(term.rows[0]), column: None };
            let mut finding = told(
                &rules::TAB_COMPLETE,
                Outcome::Violated,
                Some(term.rows[0].to_owned()),
                Some("no such row".to_owned()),
            );
            finding.place = place;
            out.tell(finding);
        }
    }
    for extra in &settled.report.extras {
        let label: String = extra.label.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut finding =
            told(&rules::TAB_COMPLETE, Outcome::Violated, Some("rows of the form".to_owned()), Some(label));
        finding.subject = Some("extra row");
        out.tell(finding);
    }
    for line in &settled.report.doubled {
        let term = form.lines[*line];
        let mut finding = told(&rules::TAB_DOUBLED, Outcome::Violated, None, None);
        finding.place = Place { table: Some(term.table.key()), row: Some(term.rows[0]), column: None };
        out.tell(finding);
    }
}

fn editions(settled: &Settled, out: &mut Checked) {
    let (used, masthead) = (settled.report.editions, &settled.report.masthead);
    match used.zip(masthead.year.and_then(Edition::in_force)) {
        None => judge(out, &rules::EDN_YEAR, None),
        Some((used, wanted)) if used.only() == Some(wanted) => out.count(Outcome::Satisfied),
        Some((used, wanted)) => {
            let of_another = |t: &Table| used.of(*t).is_some_and(|e| e != wanted);
            let table = Table::ALL.into_iter().find(of_another);
            let found = table.and_then(|t| used.of(t)).map(|e| e.key().to_owned());
            let mut finding = told(&rules::EDN_YEAR, Outcome::Violated, Some(wanted.key().to_owned()), found);
            // Where one table alone is of another edition, it is named.
            match used.only() {
                Some(_) => finding.subject = Some("tables"),
                None => finding.place.table = table.map(Table::key),
            }
            out.tell(finding);
        }
    }
    // A notice may be cited beside the one in use: only citing none but others is odd.
    let verdict = used.filter(|_| !masthead.cited.is_empty()).map(|used| {
        if masthead.cited.iter().any(|cited| [used.proactive, used.requests].contains(cited)) {
            Ok(())
        } else {
            Err((used.key().to_owned(), masthead.cited[0].key().to_owned()))
        }
    });
    match verdict {
        Some(v) => judge(out, &rules::EDN_CITED, Some(v)),
        None => out.tell(told(&rules::EDN_CITED, Outcome::NotApplicable, None, None)),
    }
}

/// Organs below the prefecture have no power to make regulations.
fn competence(settled: &Settled, out: &mut Checked) {
    let Some(editions) = settled.report.editions else { return };
    let Some(level) = settled.report.masthead.level else {
        judge(out, &rules::LAW_COMPETENCE, None);
        return;
    };
    if !matches!(level, "county" | "township") {
        out.tell(told(&rules::LAW_COMPETENCE, Outcome::NotApplicable, None, None));
        return;
    }
    let column = match editions.proactive {
        Edition::Of2019 => "newly_made",
        Edition::Of2021 => "issued",
    };
    let Some(at) = Form::of(editions).cell(Table::Proactive, "regulations", column) else { return };
    match published(&settled.cells[at]) {
        Some(v) if v > 0.0 => {
            let mut finding = told(&rules::LAW_COMPETENCE, Outcome::Violated, Some(level.to_owned()), Some(plain(v)));
            finding.place = Place { table: Some("proactive"), row: Some("regulations"), column: Some(column) };
            out.tell(finding);
        }
        Some(_) => out.count(Outcome::Satisfied),
        None => judge(out, &rules::LAW_COMPETENCE, None),
    }
}

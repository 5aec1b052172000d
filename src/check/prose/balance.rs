//! The balance inside the prose alone: received + carried in = concluded + carried out.

use crate::report::Statement;
use crate::terms::rules;
use crate::terms::statements::Metric;

use super::super::{Checked, Finding, Outcome, Place, Sentence, plain};
use super::{is_of_the_issuer, open_part};

/// Checks each section that states all four, each of them once or always with the same number.
pub(super) fn check(statements: &[Statement], out: &mut Checked) {
    let mut from = 0;
    while from < statements.len() {
        let section = statements[from].section;
        let length = statements[from..].iter().take_while(|s| s.section == section).count();
        section_of(&statements[from..from + length], statements, out);
        from += length;
    }
}

fn section_of(told: &[Statement], all: &[Statement], out: &mut Checked) {
    let one = |metric: Metric| {
        let mut of = told.iter().filter(|s| s.metric == Some(metric) && is_of_the_issuer(s, all));
        // One that may be of another time, or of other organs, makes it open which of them balance.
        let first = of.next().filter(|s| open_part(s).is_none())?;
        (first.qualifier.is_none() && of.all(|s| s.number == first.number && open_part(s).is_none())).then_some(first)
    };
    let concluded = one(Metric::Concluded).or_else(|| one(Metric::Answered));
    let (Some(received), Some(carried_in), Some(concluded), Some(carried_out)) =
        (one(Metric::Received), one(Metric::CarriedIn), concluded, one(Metric::CarriedOut))
    else {
        return;
    };
    let (due, done) = (received.number + carried_in.number, concluded.number + carried_out.number);
    // Who counts those carried in among the received says it in another way, and balances as well.
    if due == done || (received.number == done && carried_in.number > 0.0) {
        out.count(Outcome::Satisfied);
        return;
    }
    out.sentences.push(Sentence { finding: out.findings.len(), span: received.phrase, message: None });
    out.tell(Finding {
        rule: &rules::TXT_BALANCE,
        policy: None,
        outcome: Outcome::Violated,
        place: Place { table: Some("requests"), row: None, column: None },
        subject: None,
        expected: Some(plain(due)),
        found: Some(plain(done)),
    });
}

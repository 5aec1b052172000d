//! From a document to what it claims: outline, masthead, and the lines of the form with their cells.

use std::cmp::Ordering;

use crate::document::Document;
use crate::error::Failure;
use crate::masthead::masthead;
use crate::old::{found, habits, layout, sightings, slots, walk};
use crate::prose::{outline, statements};
use crate::report::{Content, LineRead, Reading, Readings, Report};
use crate::terms::{Edition, Form, Labels};

/// Reads what a document claims.
///
/// # Errors
/// [`Failure::NotAReport`] when there is neither a table of the form nor half of its sections.
pub fn recognize(document: &Document) -> Result<Report, Failure> {
    let text = document.text.as_str();
    let sections = outline(text);
    let walked = walk::walk(text, &layout::layout(document), &sections);
    let edition = edition(&walked);
    let masthead = masthead(document, &sections);
    let with_figures = walked
        .found
        .iter()
        .filter(|f| f.tokens.iter().any(|t| matches!(t.mark, found::Mark::Figure | found::Mark::Digits)))
        .count();
    let sound = with_figures >= 3
        || sections.len() >= 3
        || (masthead.title.is_some() && (with_figures > 0 || sections.len() >= 2));
    if !sound {
        return Err(Failure::NotAReport { sections: sections.len() });
    }
    let (mut lines, mut doubled, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(edition) = edition {
        let form = Form::of(edition);
        let labels = Labels::get();
        let mut unplaced = walked.unplaced;
        let foreign = |f: &&found::Found| labels.position(f.key, edition).is_none() && f.has_figures();
        let positions: Vec<Option<usize>> = walked.found.iter().map(|f| labels.position(f.key, edition)).collect();
        unplaced.extend(walked.found.iter().filter(foreign).map(|f| labels.line(f.key).table));
        let habits = habits::habits(text, &walked.found, form);
        lines.reserve_exact(form.lines.len());
        for (position, term) in form.lines.iter().enumerate() {
            let mut read = LineRead { label: None, readings: Readings::Absent };
            let here = || walked.found.iter().zip(&positions).filter(|(_, p)| **p == Some(position)).map(|(f, _)| f);
            for found in here() {
                let readings = slots::readings(text, found, term, &habits);
                // A row whose cells are there and empty is a row; what fills it stands in another table.
                let is_empty = is_row_of_blanks(&read.readings) && found.has_figures();
                if read.readings == Readings::Absent || (is_hollow(&read.readings) && !is_empty) {
                    read = LineRead { label: Some(found.label), readings };
                } else if !is_hollow(&readings) && !says_the_same(&read.readings, &readings) {
                    doubled.push(position);
                    read.readings = both(read.readings, readings);
                }
            }
            // What was found of the label has no cells, and somewhere stand cells without a label.
            let whole = || here().any(|f| f.whole);
            if unplaced.contains(&term.table) && is_hollow(&read.readings) && !whole() {
                lost.push(position);
            }
            read.readings = sightings::doubted(document, term, read.readings);
            lines.push(read);
        }
    }
    doubled.dedup();
    let statements = statements(document, &sections, &masthead);
    Ok(Report { masthead, sections, edition, lines, extras: walked.extras, doubled, lost, statements })
}

/// The edition that the tables show by what only one of them has.
fn edition(walked: &found::Walked) -> Option<Edition> {
    let labels = Labels::get();
    let has_column = |edition: Edition, key: &str| Form::of(edition).has_column(key);
    let mut votes = [0usize; Edition::ALL.len()];
    let mut vote = |has: &dyn Fn(Edition) -> bool| {
        let mut holders = Edition::ALL.into_iter().filter(|e| has(*e));
        if let (Some(only), None) = (holders.next(), holders.next()) {
            votes[only as usize] += 1;
        }
    };
    walked.columns_seen.iter().for_each(|key| vote(&|e| has_column(e, key)));
    walked.found.iter().for_each(|f| vote(&|e| labels.position(f.key, e).is_some()));
    match votes[0].cmp(&votes[1]) {
        Ordering::Greater => Some(Edition::Of2019),
        Ordering::Less => Some(Edition::Of2021),
        // Nothing tells them apart, or as much speaks for one as for the other.
        Ordering::Equal => None,
    }
}

fn is_hollow(readings: &Readings) -> bool {
    match readings {
        Readings::Certain(r) => r.iter().all(|w| matches!(w.content, Content::Missing | Content::Blank)),
        Readings::Absent => true,
        _ => false,
    }
}

/// Whether every cell is there, and there is nothing in it.
fn is_row_of_blanks(readings: &Readings) -> bool {
    matches!(readings, Readings::Certain(r) if r.len() > 1 && r.iter().all(|w| w.content == Content::Blank))
}

fn says_the_same(a: &Readings, b: &Readings) -> bool {
    let same = |a: &Reading, b: &Reading| a.iter().zip(b).all(|(x, y)| x.number() == y.number());
    match (a, b) {
        (Readings::Certain(a), Readings::Certain(b)) => same(a, b),
        (Readings::Open(a), Readings::Open(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| same(x, y)),
        _ => false,
    }
}

/// The ways of two lines with the same label together.
fn both(a: Readings, b: Readings) -> Readings {
    let list = |r| match r {
        Readings::Certain(one) => vec![one],
        Readings::Open(all) => all,
        _ => Vec::new(),
    };
    let mut all = list(a);
    all.extend(list(b));
    all.truncate(slots::MOST_READINGS);
    Readings::Open(all)
}

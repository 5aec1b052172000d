//! From the blocks of a document to the lines of the form with their cells, by one mechanism.
//!
//! A document is laid out as rows of pieces that keep their extents ([`sheet`]); pieces that stand together are bands, a
//! label and its values ([`bands`]); the bands of a table are aligned to the lines of the form as a whole ([`align`]);
//! the header tells where columns stand ([`columns`]); rows whose cells are told apart are placed for the whole table at
//! once ([`placing`]), all others have several ways ([`ways`]), among which the sums of the form choose ([`choice`]).
//! What the ways that can be true agree on is known ([`settling`]).

mod align;
mod bands;
mod choice;
mod columns;
mod cutting;
mod disputes;
mod in_order;
pub mod number;
mod placing;
mod proactive;
mod requests;
mod rowing;
mod settling;
mod sheet;
mod sightings;
mod spacing;
mod unglue;
mod units;
mod ways;

use std::cmp::Ordering;

use crate::document::{Document, Origin};
use crate::report::{CellRead, Content, Converted, Extra, LineRead, SectionRead};
use crate::terms::{Edition, Editions, Form, Labels, Table};

use align::Instance;
use bands::Region;
use requests::TableRead;

/// The statistical tables of a document.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// The editions of the tables; none where no table tells any.
    pub editions: Option<Editions>,
    /// For each line of their form what was found of it; empty without an edition.
    pub lines: Vec<LineRead>,
    /// Lines that the form does not know.
    pub extras: Vec<Extra>,
    /// Lines that the document has twice with different figures, as positions in `lines`.
    pub doubled: Vec<usize>,
    /// Amounts that were converted into the unit of the form.
    pub converted: Vec<Converted>,
    /// For each table of the form, in its order, how many lines have figures.
    pub figures: [usize; Table::ALL.len()],
}

/// Reads the statistical tables of a document; `year` is the year that it reports on, where that is known.
pub fn tables(document: &Document, sections: &[SectionRead], year: Option<i16>) -> Tables {
    let text = document.text.as_str();
    let sheet = sheet::sheet(document);
    let regions = bands::regions(text, &sheet, sections);
    let [proactive, requests, disputes] = &regions;
    let instances = [Table::Proactive, Table::Requests].map(|t| align::align(&regions[t as usize].bands, t));
    let Some(editions) = editions(text, &regions, &instances) else { return Tables::default() };
    let form = Form::of(editions);
    let labels = Labels::get();
    let mut out = Tables { editions: Some(editions), ..Tables::default() };
    out.lines = vec![LineRead::default(); form.lines.len()];
    let mut asked = best(instances[1].iter().map(|i| requests::read(text, &requests.bands, i)).collect());
    let whole = |t: &TableRead| !t.torn && t.broken == 0 && t.lines.iter().filter(|(_, l)| l.is_there()).count() >= 23;
    if !asked.first().is_some_and(whole)
        && let Some(read) = in_order::read(text, &requests.bands)
    {
        asked = vec![read];
    }
    // Cells one after the other are trusted where the sums of the requests say that they follow their labels.
    let ordered = asked.first().is_none_or(|t| !t.torn && (t.origin != Some(Origin::Stream) || t.holds >= 3));
    let of = editions.proactive;
    let opened = best(instances[0].iter().map(|i| proactive::read(text, &proactive.bands, i, of, ordered)).collect());
    for read in [opened, asked] {
        put(read, editions, &mut out);
    }
    if let Some((line, doubled)) = disputes::read(text, &disputes.bands, year)
        && let Some(position) = labels.position(labels.disputes(), editions)
    {
        out.lines[position] = line;
        if doubled {
            out.doubled.push(position);
        }
    }
    extras(&regions, &instances, &mut out);
    for (line, term) in out.lines.iter_mut().zip(&form.lines) {
        sightings::doubted(document, term, line);
    }
    out.converted = units::converted(text, proactive, &instances[0], form, &mut out.lines);
    for (line, term) in out.lines.iter().zip(&form.lines) {
        let has = |c: &CellRead| matches!(c.written.content, Content::Number(..) | Content::Unreadable);
        out.figures[term.table as usize] += usize::from(line.cells.iter().any(has));
    }
    out
}

/// How much of the form a table shows.
fn weight(table: &TableRead) -> usize {
    2 * table.figures + table.lines.len() + table.holds
}

/// The tables of one kind, the one that shows most of the form first.
fn best(mut tables: Vec<TableRead>) -> Vec<TableRead> {
    tables.sort_by_key(|t| std::cmp::Reverse(weight(t)));
    tables
}

/// Puts what was read in its place. Parts of a table complete it; where two whole tables of a kind differ, nothing is
/// known.
fn put(tables: Vec<TableRead>, editions: Editions, out: &mut Tables) {
    let labels = Labels::get();
    let most = tables.first().map_or(0, weight);
    for (n, table) in tables.into_iter().enumerate() {
        let (whole, several) = (2 * weight(&table) > most, table.lines.len() > 1);
        for (key, line) in table.lines {
            let Some(position) = labels.position(key, editions) else { continue };
            let here = &mut out.lines[position];
            if n == 0 || (!here.is_there() && several) {
                *here = line;
            } else if whole && merge(here, &line) {
                out.doubled.push(position);
            }
        }
    }
}

/// Takes back what another table contradicts; whether there was anything.
fn merge(here: &mut LineRead, other: &LineRead) -> bool {
    let mut any = false;
    let (a, b) = (reading(here), reading(other));
    for (cell, rival) in here.cells.iter_mut().zip(&other.cells) {
        let differs = matches!((cell.written.number(), rival.written.number()), (Some(x), Some(y)) if x != y);
        if differs {
            any = true;
            cell.written.content = Content::Unreadable;
            cell.knowledge = crate::report::Knowledge::Open;
        }
    }
    if any {
        here.ways = vec![a, b];
    }
    any
}

fn reading(line: &LineRead) -> crate::report::Reading {
    line.cells.iter().map(|c| c.written).collect()
}

/// Rows of figures that belong to no line of the form.
fn extras(regions: &[Region; 3], instances: &[Vec<Instance>; 2], out: &mut Tables) {
    for (region, instances) in regions.iter().zip(instances) {
        for (n, band) in region.bands.iter().enumerate() {
            let inside = instances.iter().any(|i| i.bands.contains(&n));
            let seated = instances.iter().flat_map(|i| &i.seats).any(|s| s.bands.contains(&n));
            if inside && !seated && band.has_figures() && band.meaning.header.is_none() && out.extras.len() < 200 {
                out.extras.extend(band.label_span().map(|label| Extra { label }));
            }
        }
    }
}

/// The editions of the tables, each by what only one of them has. A table that tells nothing follows the other.
fn editions(text: &str, regions: &[Region; 3], instances: &[Vec<Instance>; 2]) -> Option<Editions> {
    let opened = opened_votes(text, &regions[0], &instances[0]);
    let asked = asked_votes(&regions[1], &instances[1]);
    let told = |votes: [usize; 2]| match votes[0].cmp(&votes[1]) {
        Ordering::Less => Some(Edition::Of2021),
        Ordering::Equal => None,
        Ordering::Greater => Some(Edition::Of2019),
    };
    let both = told([opened[0] + asked[0], opened[1] + asked[1]]);
    // One word alone, which may be misread, does not set the tables against each other.
    let sure = |votes: [usize; 2]| told(votes).filter(|_| votes[0].abs_diff(votes[1]) > 1);
    match (sure(opened), sure(asked)) {
        (Some(proactive), Some(requests)) => Some(Editions { proactive, requests }),
        _ => both.map(Editions::from),
    }
}

/// How much of each edition the table of proactive disclosure shows: its columns and lines that the other one lacks.
fn opened_votes(text: &str, region: &Region, instances: &[Instance]) -> [usize; 2] {
    let labels = Labels::get();
    let mut votes = [0usize; Edition::ALL.len()];
    let mut vote = |has: &dyn Fn(Edition) -> bool| {
        let mut holders = Edition::ALL.into_iter().filter(|e| has(*e));
        if let (Some(only), None) = (holders.next(), holders.next()) {
            votes[only as usize] += 1;
        }
    };
    for instance in instances {
        let heads = proactive::heads(text, &region.bands, instance);
        for key in proactive::columns_seen(&heads) {
            vote(&|e| Form::of(e).has_column(key));
        }
        instance.seats.iter().for_each(|s| vote(&|e| labels.position(s.key, e).is_some()));
    }
    votes
}

/// How much of each edition the table of requests shows: one row of other results with figures (洪泽区 2023, beside a
/// proactive table of 2021) against three. Where it has both, the one row is the sum of the three.
fn asked_votes(region: &Region, instances: &[Instance]) -> [usize; 2] {
    let labels = Labels::get();
    let mut votes = [0usize; Edition::ALL.len()];
    for instance in instances {
        for (n, seat) in instance.seats.iter().enumerate() {
            let only = |e: Edition| labels.position(seat.key, e).is_some();
            match (only(Edition::Of2019), only(Edition::Of2021)) {
                (false, true) => votes[Edition::Of2021 as usize] += 1,
                (true, false) => {
                    votes[Edition::Of2019 as usize] += 1;
                    // Figures behind it that belong to no line may be the rows whose labels are lost.
                    let next = instance.seats.get(n + 1).map_or(seat.bands.end, |s| s.bands.start);
                    let alone = !region.bands[seat.bands.end..next].iter().any(bands::Band::has_values);
                    let filled = region.bands[seat.bands.clone()].iter().any(bands::Band::has_values);
                    votes[Edition::Of2019 as usize] += usize::from(alone && filled);
                }
                _ => {}
            }
        }
    }
    if votes[Edition::Of2021 as usize] > 1 {
        votes[Edition::Of2019 as usize] = 0;
    }
    votes
}

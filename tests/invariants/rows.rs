//! Invariants that change rows and columns: 5, 7, 8 and 9.

use gxbg::check::{Outcome, Policy, check};
use gxbg::document::{Block, Document, Span};
use gxbg::law::{Law, sign};
use gxbg::ledger::Settled;
use gxbg::terms::Table;

use super::view::{Fault, Faults, Kind, View};
use crate::bench::axes::{Axis, foreign};
use crate::bench::dice::Dice;
use crate::bench::drafts::{Draft, Making, Writer};
use crate::bench::grid::{Header, Order, Row, Slot, Strip, What, slot};

/// 5: every digit of the tables is in what is read: in a cell, in a way to read it, in a label or in a row of others.
pub(crate) fn nothing_disappears(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let axis = Axis::ALL[seed as usize % Axis::ALL.len()];
    if !axis.suits(writer) {
        return None;
    }
    let draft = axis.draft(seed);
    let view = View::read(&draft, writer);
    let mut faults = Faults::new(&draft, writer);
    let Some((document, settled)) = &view.whole else {
        faults.say(Kind::Dropped, "the whole report".to_owned());
        return faults.done();
    };
    let covered = covered(document, settled);
    for piece in pieces(&draft, writer, document) {
        let text = piece.of(&document.text);
        let is_out = |(at, c): &(usize, char)| is_digit(*c) && !covered[piece.start as usize + at];
        let out: String = text.char_indices().filter(is_out).map(|(_, c)| c).collect();
        if !out.is_empty() {
            faults.say(Kind::Dropped, format!("{out} of {:?}, {}", text.trim(), axis.key()));
        }
    }
    faults.done()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The rows of the tables as the document has them.
fn pieces(draft: &Draft, writer: Writer, document: &Document) -> Vec<Span> {
    let Writer::Text(layout) = writer else {
        let grids = document.blocks.iter().filter_map(|b| if let Block::Grid(grid) = b { Some(grid) } else { None });
        return grids.flat_map(|g| &g.rows).flatten().map(|c| c.span).collect();
    };
    let mut out = Vec::new();
    for table in draft.tables(layout) {
        let Some(mut at) = document.text.find(&table) else { continue };
        for line in table.split_inclusive('\n') {
            out.push(Span::new(at, at + line.len()));
            at += line.len();
        }
    }
    out
}

/// Which bytes of a document are in what is read.
fn covered(document: &Document, settled: &Settled) -> Vec<bool> {
    let mut out = vec![false; document.text.len()];
    let mut cover = |span: Span| out[span.start as usize..span.end as usize].fill(true);
    for line in &settled.report.lines {
        line.label.into_iter().for_each(&mut cover);
        line.cells.iter().filter_map(|c| c.written.span).for_each(&mut cover);
        line.ways.iter().flatten().filter_map(|w| w.span).for_each(&mut cover);
    }
    for extra in &settled.report.extras {
        // The label stands for its row.
        let start = extra.label.start as usize;
        let row = document.blocks.iter().find_map(|b| match b {
            Block::Grid(grid) => grid
                .rows
                .iter()
                .find(|r| r.iter().any(|c| c.span.start <= extra.label.start && extra.label.end <= c.span.end)),
            Block::Text(_) => None,
        });
        match row {
            Some(row) => row.iter().for_each(|c| cover(c.span)),
            None => {
                let end = document.text[start..].find("\n\n").or_else(|| document.text[start..].find('\n'));
                cover(Span::new(start, end.map_or(document.text.len(), |e| start + e)));
            }
        }
    }
    out
}

/// 7: two applicants change places, names and figures.
pub(crate) fn columns_change_places(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let mut dice = Dice::of(seed, "places");
    let header = if dice.chance(0.7) { Header::Full } else { Header::Flat };
    let mut order = Order::default();
    // Natural persons stand apart from the five kinds of bodies, but in a header of one line.
    let first = usize::from(header == Header::Full);
    let a = first + dice.below(6 - first);
    let b = first + (a - first + 1 + dice.below(5 - first)) % (6 - first);
    order.applicants.swap(a, b);
    let draft = Draft::of(seed, &Making { header, ..Making::default() });
    let turned = Draft::of(seed, &Making { header, order, ..Making::default() });
    Some(compare(&draft, &turned, writer))
}

fn compare(draft: &Draft, other: &Draft, writer: Writer) -> Vec<Fault> {
    let (before, after) = (View::read(draft, writer), View::read(other, writer));
    let mut faults = Faults::new(draft, writer);
    for (c, (b, a)) in before.cells.iter().zip(&after.cells).enumerate() {
        match writer.keeps_cells() {
            true => faults.same(c, *b, *a),
            false => faults.alike(c, *b, *a),
        }
    }
    faults.found
}

/// 8: notes, subtotals, other tables and the column of another year stand around the form's cells.
pub(crate) fn others_change_nothing(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let draft = Draft::of(seed, &Making::default());
    let mut crowded = draft.clone();
    let mut dice = Dice::of(seed, "others");
    let strips = &mut crowded.sheets[Table::Requests as usize].strips;
    match seed % 6 {
        0 => {
            let note = "注：本表数据截至12月31日，含下级单位3家，共15件。";
            strips.push(Strip::Row(Row::body(vec![Slot { span: 10, ..slot(note, What::Head) }])));
        }
        1 => subtotal(&draft, strips)?,
        2 => {
            let rows = other_table(&mut dice);
            strips.splice(0..0, rows);
        }
        3 => strips.extend(other_table(&mut dice)),
        4 => last_year(&mut crowded, &mut dice),
        _ => {
            let figures: Vec<String> = (0..7).map(|_| dice.range(1, 90).to_string()).collect();
            let Some(Strip::Row(last)) = strips.last().cloned() else { return None };
            strips.push(Strip::Row(foreign("五、其他依申请事项", &last, |i| figures[i % 7].clone())));
        }
    }
    Some(compare(&draft, &crowded, writer))
}

/// A row 小计 behind the reasons to deny.
fn subtotal(draft: &Draft, strips: &mut Vec<Strip>) -> Option<()> {
    let form = draft.form();
    let last = form.cell(Table::Requests, "denied_query", "natural_person")?;
    let at = draft.row_of(last)?;
    let Strip::Row(mut row) = strips[at].clone() else { return None };
    let denied: Vec<usize> = (0..form.cells.len()).filter(|c| form.cells[*c].row.starts_with("denied_")).collect();
    for slot in &mut row.slots {
        match slot.what {
            What::Label => "小计".clone_into(&mut slot.text),
            What::Figure(cell) => {
                let column = form.cells[cell].column;
                let sum: f64 =
                    denied.iter().filter(|c| form.cells[**c].column == column).map(|c| draft.figures[*c]).sum();
                *slot = Slot { text: sum.to_string(), what: What::Figure(usize::MAX), ..slot.clone() };
            }
            _ => {}
        }
    }
    strips.insert(at + 1, Strip::Row(row));
    Some(())
}

/// Another small table.
fn other_table(dice: &mut Dice) -> Vec<Strip> {
    let mut row = |cells: [&str; 2]| {
        let figure = dice.range(1, 300).to_string();
        let second = if cells[1].is_empty() { figure.as_str() } else { cells[1] };
        Strip::Row(Row::body(vec![slot(cells[0], What::Label), slot(second, What::Figure(usize::MAX))]))
    };
    vec![row(["部门", "受理件数"]), row(["教育局", ""]), row(["公安局", ""]), row(["民政局", ""])]
}

/// A column of the year before at the right.
fn last_year(draft: &mut Draft, dice: &mut Dice) {
    let sheet = &mut draft.sheets[Table::Requests as usize];
    let mut heads = 0;
    for strip in &mut sheet.strips {
        let Strip::Row(row) = strip else { continue };
        let mut own = match row.head {
            true if heads == 0 => slot("上年总计", What::Head),
            true => slot("", What::Head),
            false => slot(dice.range(0, 60).to_string(), What::Figure(usize::MAX)),
        };
        own.above = row.head && heads > 0;
        heads += usize::from(row.head);
        row.slots.push(own);
    }
    sheet.width += 1;
}

/// 9: a row of the requests table is not there.
pub(crate) fn a_missing_row_is_not_zero(seed: u64, writer: Writer) -> Option<Vec<Fault>> {
    let draft = Draft::of(seed, &Making::default());
    let mut torn = draft.clone();
    let mut dice = Dice::of(seed, "missing");
    let form = draft.form();
    // A row with which a group begins would take the label of the group with it.
    let is_free = |line: &usize| {
        let Some(at) = draft.row_of(form.starts[*line]) else { return false };
        let Strip::Row(row) = &draft.sheets[Table::Requests as usize].strips[at] else { return false };
        form.lines[*line].table == Table::Requests && !row.slots.iter().any(|s| s.what == What::Group && !s.above)
    };
    let lines: Vec<usize> =
        (0..form.lines.len()).filter(|l| form.lines[*l].table == Table::Requests).filter(is_free).collect();
    let line = lines[dice.below(lines.len())];
    let at = draft.row_of(form.starts[line])?;
    torn.sheets[Table::Requests as usize].strips.remove(at);
    let (before, after) = (View::read(&draft, writer), View::read(&torn, writer));
    let mut faults = Faults::new(&draft, writer);
    for (c, (b, a)) in before.cells.iter().zip(&after.cells).enumerate() {
        match form.span(line).contains(&c) {
            true if a.value.is_some() => faults.cell(Kind::More, c, *b, *a),
            true => {}
            false => faults.alike(c, *b, *a),
        }
    }
    if let Some((document, settled)) = &after.whole {
        let found = check(settled, &document.text).findings;
        for (law, rule) in [(Law::Balance, "REQ-BALANCE"), (Law::Outcomes, "REQ-OUTCOMES")] {
            if sign(law, form.lines[line].role) == 0 {
                continue;
            }
            let of = |policy, outcome| {
                let told = found.iter().filter(|f| f.rule.id == rule && f.policy == Some(policy));
                told.filter(|f| f.outcome == outcome).count()
            };
            let row = form.lines[line].rows[0];
            let open = of(Policy::Strict, Outcome::NotAssessable);
            if open < 7 {
                faults.say(Kind::Assessed, format!("{rule} in {} columns without {row}", 7 - open));
            }
            let accused = of(Policy::BlankIsZero, Outcome::Violated);
            if accused > 0 {
                faults.say(Kind::Assessed, format!("{rule} in {accused} columns with {row} as zero"));
            }
        }
    }
    faults.done()
}

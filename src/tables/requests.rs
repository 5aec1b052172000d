//! The table of requests: its rows are placed together, and what places leave open is chosen by the form's sums.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::document::{Origin, Span};
use crate::report::{Content, Knowledge, LineRead, Reading};
use crate::terms::{APPLICANTS, Labels, LineKey, Measure, Role};

use super::align::Instance;
use super::bands::{Band, Ink, Value};
use super::choice::{self, Choosing, Counts, UNKNOWN};
use super::columns::{self, Columns};
use super::placing::{self, Placed, Rowed};
use super::rowing::{beside_stray, is_stray, rowed};
use super::settling;
use super::spacing;
use super::ways::{self, Prices, Slot, Sum, Way, Ways};

/// What the page lacks in rows that nothing parts for certain: the margin of the choice.
const MARGIN: f32 = 1.5;
/// The margin where digits follow digits.
const MARGIN_GLUED: f32 = 2.0;

/// A table that was read.
#[derive(Debug, Default)]
pub(super) struct TableRead {
    /// The lines that are there, by their keys.
    pub lines: Vec<(LineKey, LineRead)>,
    /// Sums of rows that hold and that do not, those of nothing left out.
    pub holds: usize,
    pub broken: usize,
    /// Lines with figures.
    pub figures: usize,
    /// Whether its cells stand in no order that can be followed.
    pub torn: bool,
    /// What told its cells apart, in most rows.
    pub origin: Option<Origin>,
}

/// Reads a table of requests.
pub(super) fn read(text: &str, bands: &[Band], instance: &Instance) -> TableRead {
    let mut rows: Vec<Rowed> = instance.seats.iter().map(|s| rowed(bands, s)).collect();
    placing::without_gaps(&mut rows, |_| APPLICANTS.len());
    let headers: Vec<&Band> = instance
        .bands
        .clone()
        .filter(|b| !instance.seats.iter().any(|s| s.bands.contains(b)))
        .map(|b| &bands[b])
        .collect();
    for (row, seat) in rows.iter_mut().zip(&instance.seats) {
        row.beside_stray = beside_stray(bands, instance, seat);
    }
    let columns = columns::applicants(&columns::heads(text, &headers, crate::terms::Table::Requests));
    let slots = slots();
    let (kept, loose): (Vec<&Rowed>, Vec<&Rowed>) =
        rows.iter().filter(|r| !r.values.is_empty()).partition(|r| r.keeps_cells());
    let strong = placing::placings(text, &kept, &columns, &slots);
    // Words of a header in lines of text name an order; where they stand says nothing of rows without places.
    let order = Columns { extents: vec![None; slots.len()], sequence: columns.sequence.clone() };
    let weak = placing::placings(text, &loose, &order, &slots).into_iter().next();
    let strays = instance.bands.clone().filter(|n| is_stray(bands, instance, *n)).count();
    let mut table = Table {
        text,
        rows: &rows,
        columns: &columns,
        slots: &slots,
        strong: None,
        weak,
        order,
        strays,
        ways: RefCell::default(),
    };
    // Where the likeliest placing leaves nothing open, the others are not asked.
    let settled = strong.first().is_none_or(|p| {
        p.fit.unfit == 0
            && (p.fit.broken == 0
                || p.placing == placing::Placing::Header
                    && columns.is_whole()
                    && kept.iter().all(|r| r.origin != Origin::Separated))
    });
    let mut tried = strong.into_iter().map(Some).take(if settled { 1 } else { usize::MAX }).collect::<Vec<_>>();
    if tried.is_empty() {
        tried.push(None);
    }
    let mut best: Option<(f32, TableRead)> = None;
    for strong in tried {
        // Figures outside of all columns speak against a placing that reading it alone does not charge for.
        let strays = strong_strays(strong.as_ref());
        table.strong = strong;
        let (cost, read) = table.read();
        let cost = cost + 0.1 * strays as f32;
        if best.as_ref().is_none_or(|(least, _)| cost + 0.5 < *least) {
            best = Some((cost, read));
        }
    }
    best.map(|(_, read)| read).unwrap_or_default()
}

/// How many figures a placing leaves in no column.
fn strong_strays(placed: Option<&Placed>) -> usize {
    placed.map_or(0, |p| p.fit.strays)
}

struct Table<'a> {
    text: &'a str,
    rows: &'a [Rowed],
    columns: &'a Columns,
    slots: &'a [Slot],
    strong: Option<Placed>,
    weak: Option<Placed>,
    order: Columns,
    /// Rows of figures that are in no line.
    strays: usize,
    /// The ways of rows that were looked for: several placings and both habits of totals ask for the same.
    ways: RefCell<FxHashMap<Asked, Rc<Ways>>>,
}

/// All that the ways of a row without clear places depend on, beside the table: which row it is, what an empty total
/// costs, as bits, and the order of the columns on the page where that is not the form's.
type Asked = (usize, u32, Option<Vec<usize>>);

/// What is known of a row before the choice.
enum Draft {
    /// Its cells have their places; another placing may give others.
    Placed(Reading, Option<Reading>),
}

/// The cells of a row of the table.
pub(super) fn slots() -> Vec<Slot> {
    let last = APPLICANTS.len() - 1;
    (0..=last).map(|i| Slot { measure: Measure::Count, at: None, is_total: i == last }).collect()
}

/// The counts of a row as the sums see them.
pub(super) fn counts(cells: &Reading) -> Counts {
    let mut out = [0; choice::COLUMNS];
    for (slot, cell) in out.iter_mut().zip(cells) {
        *slot = match cell.content {
            Content::Missing | Content::Blank => 0,
            Content::Number(v, _) if v.fract() == 0.0 && (0.0..1e12).contains(&v) => v as i64,
            _ => UNKNOWN,
        };
    }
    let (total, parts) = (choice::COLUMNS - 1, ..choice::COLUMNS - 1);
    let empty = matches!(cells[total].content, Content::Missing | Content::Blank);
    if empty && out[parts].iter().any(|v| *v != 0) {
        out[total] = UNKNOWN;
    }
    out
}

impl Table<'_> {
    /// Reads the table under the placing that is set, with what the best reading costs.
    fn read(&self) -> (f32, TableRead) {
        let direct: Vec<Option<Draft>> = self.rows.iter().map(|r| self.direct(r)).collect();
        let sums = |style: Sum| {
            let last = self.slots.len() - 1;
            let placed = direct.iter().flatten().map(|d| match d {
                Draft::Placed(cells, _) => ways::sum_of(cells, self.slots, last),
            });
            placed
                .filter(|s| std::mem::discriminant(s) == std::mem::discriminant(&style) && *s != Sum::Holds(0.0))
                .count()
        };
        let (holds, lacking) = (sums(Sum::Holds(1.0)), sums(Sum::Lacking));
        let open = direct.iter().any(Option::is_none);
        let left_empty = lacking > holds;
        let mut best = self.choose(&direct, if left_empty { 0.0 } else { 2.0 });
        if open && holds + lacking < 2 {
            // Whether the issuer fills totals is not known: both ways are tried.
            let other = self.choose(&direct, if left_empty { 2.0 } else { 0.0 });
            if other.1.cost + 1.0 < best.1.cost {
                best = other;
            }
        }
        // A line that cannot be read at all breaks no sum.
        let unread = best.0.iter().filter(|w| w.list.is_empty() || !w.whole).count();
        let open = best.1.lines.iter().filter(|l| l.supported.iter().filter(|s| **s).count() > 1).count();
        (best.1.cost + 2.0 * unread as f32 + 0.3 * open as f32, self.settle(best.0, best.1))
    }

    /// The cells of a row whose places are clear.
    fn direct(&self, row: &Rowed) -> Option<Draft> {
        if row.values.is_empty() {
            let nothing = vec![crate::report::Written::MISSING; self.slots.len()];
            return Some(Draft::Placed(nothing, None));
        }
        let (placed, columns) = match row.keeps_cells() {
            true => (self.strong.as_ref()?, self.columns),
            false => (self.weak.as_ref()?, &self.order),
        };
        let cells = placing::place(self.text, row, &placed.placing, columns, self.slots)?;
        let stray = |cells: &Reading| {
            let figures = row.values.iter().filter(|v| v.ink == Ink::Figure).count();
            figures > cells.iter().filter(|c| c.number().is_some()).count()
        };
        // A figure in no column wants a closer look, unless a column that is none of the form's runs through the table.
        let by_place = matches!(placed.placing, placing::Placing::Header | placing::Placing::From(_));
        if by_place && stray(&cells) && 2 * placed.fit.strays < self.rows.len() {
            return None;
        }
        // A row that ends elsewhere than the others has lost or gained a cell: its sum has to say where.
        let last = self.slots.len() - 1;
        let irregular =
            by_place && row.origin == Origin::Separated && row.has_figures() && self.end_of(row) != self.usual_end();
        if irregular && !matches!(ways::sum_of(&cells, self.slots, last), Sum::Holds(v) if v != 0.0) {
            return None;
        }
        let rival = placed.rival.as_ref().and_then(|r| placing::place(self.text, row, r, columns, self.slots));
        Some(Draft::Placed(cells, rival))
    }

    /// Where the last cell of a row ends.
    fn end_of(&self, row: &Rowed) -> i32 {
        row.values.iter().map(|v| v.extent.1).max().unwrap_or(0)
    }

    /// Where most rows with figures end.
    fn usual_end(&self) -> i32 {
        let mut ends: Vec<i32> =
            self.rows.iter().filter(|r| r.keeps_cells() && r.has_figures()).map(|r| self.end_of(r)).collect();
        ends.sort_unstable();
        let count = |e: &i32| ends.iter().filter(|x| *x == e).count();
        ends.iter().copied().max_by_key(count).unwrap_or(0)
    }

    /// Where the columns stand for a row of no clear places.
    fn slots_for(&self, row: &Rowed, narrow: bool, clusters: Option<&Vec<(i32, i32)>>) -> (Vec<Slot>, bool) {
        let mut out = self.slots.to_vec();
        if row.origin == Origin::Spaced || row.keeps_cells() {
            if let Some(clusters) = clusters {
                out.iter_mut().zip(clusters).for_each(|(s, at)| s.at = Some(*at));
                return (out, narrow);
            }
            // The nearest row that has all its cells shows where the columns stand.
            let full = self.rows.iter().filter(|r| r.origin == row.origin && r.whole && r.values.len() == out.len());
            let first = |r: &Rowed| r.values.first().map_or(0, |v| v.row);
            if let Some(near) = full.min_by_key(|r| first(r).abs_diff(first(row))) {
                for (slot, v) in out.iter_mut().zip(&near.values) {
                    slot.at = Some(if narrow { v.narrow } else { v.extent });
                }
            }
        }
        (out, narrow)
    }

    fn prices(&self, row: &Rowed, no_total: f32) -> Prices {
        let full = |r: &&Rowed| r.values.len() >= self.slots.len();
        let filled = self.rows.iter().filter(|r| r.has_figures() && r.values.iter().all(|v| v.ink != Ink::Digits));
        let (all, whole) = filled.fold((0, 0), |(a, w), r| (a + 1, w + usize::from(full(&r))));
        // Where digits follow digits: whether there are enough of them for all cells of every row.
        let glued = self.rows.iter().filter(|r| r.values.iter().any(|v| v.ink == Ink::Digits));
        let digits = |r: &Rowed| r.values.iter().map(|v| v.span.of(self.text).chars().count()).sum::<usize>();
        let enough = glued.clone().count() > 0
            && self.rows.iter().filter(|r| !r.values.is_empty()).all(|r| digits(r) >= self.slots.len());
        let keeps = row.keeps_cells() || all > 2 && whole * 10 >= all * 9 || enough;
        Prices {
            skip: if keeps { 0.6 } else { 0.04 },
            drop: 1.6,
            drop_mark: if row.keeps_cells() { 0.4 } else { 0.8 },
            // A published row has a zero too many (seed 000).
            drop_zero: if row.keeps_cells() { 0.4 } else { 1.6 },
            join: 0.9,
            // Columns so narrow that one figure touches the next: pypdf gives `123581459` for 12358 and 1459.
            cut: if row.origin == Origin::Spaced && row.values.len() < self.slots.len() { 0.5 } else { f32::INFINITY },
            part: 0.6,
            aside: 3.0,
            shift: 0.2,
            // A slip in the sum of digits without gaps would let them be cut in any way: that the line was not read covers it.
            broken: if row.values.iter().any(|v| v.ink == Ink::Digits) { 4.0 } else { 1.0 },
            no_total,
        }
    }

    fn choose(&self, direct: &[Option<Draft>], no_total: f32) -> (Vec<Rc<Ways>>, choice::Outcome) {
        let spaced: Vec<&Rowed> =
            self.rows.iter().filter(|r| r.origin == Origin::Spaced && !r.values.is_empty()).collect();
        let most = self.slots.len();
        let count = |narrow: bool| Some(spacing::spread(&spaced, narrow)).filter(|n| *n <= most).unwrap_or(0);
        let narrow = match spacing::steady(&spaced, most) {
            Some(narrow) => narrow,
            None => count(true) > count(false),
        };
        let clusters = spacing::positions(&spaced, self.columns, most, narrow);
        let dense = spacing::is_dense(&spaced);
        let mut all = Vec::with_capacity(self.rows.len());
        for (n, (row, draft)) in self.rows.iter().zip(direct).enumerate() {
            if let Some(Draft::Placed(cells, rival)) = draft {
                let way = |cells: &Reading| Way { cells: cells.clone(), cost: 0.0, evidence: 0.0 };
                let list = std::iter::once(cells).chain(rival).map(way).collect();
                all.push(Rc::new(Ways { list, whole: true }));
                continue;
            }
            let (placed, columns) =
                if row.keeps_cells() { (&self.strong, self.columns) } else { (&self.weak, &self.order) };
            let visual = placed.as_ref().and_then(|p| placing::visual(&p.placing, columns, most));
            let asked = (n, no_total.to_bits(), visual);
            let known = self.ways.borrow().get(&asked).cloned();
            all.push(known.unwrap_or_else(|| {
                let (slots, narrow) = match dense && row.origin == Origin::Spaced {
                    true => (self.slots.to_vec(), false),
                    false => self.slots_for(row, narrow, clusters.as_ref()),
                };
                let found = Rc::new(self.ways_of(row, (&slots, narrow), asked.2.as_deref(), no_total));
                self.ways.borrow_mut().insert(asked, Rc::clone(&found));
                found
            }));
        }
        let labels = Labels::get();
        let lines: Vec<Choosing> = self
            .rows
            .iter()
            .zip(&all)
            .map(|(row, ways)| {
                let last = self.slots.len() - 1;
                let own = |w: &Way| match (ways.list.len(), ways::sum_of(&w.cells, self.slots, last)) {
                    (1, Sum::Broken) if w.cost == 0.0 => choice::TIE,
                    _ => 0.0,
                };
                Choosing {
                    role: labels.lines()[row.line].role,
                    ways: ways.list.iter().map(|w| (w.cost + own(w), counts(&w.cells))).collect(),
                    may_be_unread: row.values.iter().any(|v| v.ink == Ink::Digits) || !ways.whole,
                }
            })
            .collect();
        let glued = self.rows.iter().any(|r| r.values.iter().any(|v| v.ink == Ink::Digits));
        let outcome = choice::choose(&lines, &self.missing(), if glued { MARGIN_GLUED } else { MARGIN });
        (all, outcome)
    }

    /// The ways of a row without clear places, whose columns stand where the slots say, in an order other than the form's
    /// where one is given.
    fn ways_of(&self, row: &Rowed, (slots, narrow): (&[Slot], bool), order: Option<&[usize]>, no_total: f32) -> Ways {
        let values: Vec<Value> = row
            .values
            .iter()
            .filter(|v| v.ink != Ink::Empty || row.keeps_cells())
            .map(|v| if narrow { Value { extent: v.narrow, ..*v } } else { *v })
            .collect();
        let prices = self.prices(row, no_total);
        let find = |values: &[Value]| match order {
            None => ways::ways(self.text, values, slots, &prices),
            Some(order) => ways::permuted(self.text, values, slots, order, &prices),
        };
        match row.origin == Origin::Spaced && slots.iter().all(|s| s.at.is_some()) {
            true => ways::shifted(&values, slots, &prices, find),
            false => find(&values),
        }
    }

    /// The roles of lines that the document does not have.
    fn missing(&self) -> Vec<Role> {
        let labels = Labels::get();
        let has = |line: usize| self.rows.iter().any(|r| r.line == line);
        let one = labels.key_of("other").is_some_and(|k| has(k.0 as usize));
        let wanted = super::align::lines_of(crate::terms::Table::Requests).filter(|line| {
            let term = labels.lines()[*line];
            let variant = term.rows[0].starts_with("other");
            !variant || (term.rows[0] == "other") == one
        });
        wanted.filter(|line| !has(*line)).map(|line| labels.lines()[line].role).collect()
    }

    fn settle(&self, all: Vec<Rc<Ways>>, outcome: choice::Outcome) -> TableRead {
        let mut out =
            TableRead { figures: self.rows.iter().filter(|r| r.has_figures()).count(), ..TableRead::default() };
        let last = self.slots.len() - 1;
        for ways in &all {
            match ways.list.first().map(|w| ways::sum_of(&w.cells, self.slots, last)) {
                Some(Sum::Holds(v)) if v != 0.0 => out.holds += 1,
                Some(Sum::Broken) => out.broken += 1,
                _ => {}
            }
        }
        let loose = self.rows.iter().filter(|r| !r.keeps_cells() && r.has_figures()).count();
        // Nearly all sums of its rows break: it was not read right, whatever each row looks like.
        let wrong = out.broken >= 4 && out.broken > 2 * out.holds;
        out.torn = loose > 0 && (wrong || (outcome.cost > 3.5 && outcome.cost > 0.4 * out.figures as f32));
        out.origin = self.rows.iter().filter(|r| !r.values.is_empty()).map(|r| r.origin).max();
        let holds = |ways: &Ways| {
            ways.list
                .first()
                .is_some_and(|w| matches!(ways::sum_of(&w.cells, self.slots, last), Sum::Holds(v) if v != 0.0))
        };
        for ((row, ways), chosen) in self.rows.iter().zip(&all).zip(&outcome.lines) {
            let kept = row.keeps_cells();
            let mut line = match &ways.list[..] {
                [] => settling::unread(row.label, self.slots.len(), self.span_of(row)),
                _ if row.beside_stray && !row.has_figures() => {
                    settling::unread(row.label, self.slots.len(), self.span_of(row))
                }
                [one] if one.cost == 0.0 => settling::one_way(row.label, one.cells.clone(), Knowledge::Page),
                list => settling::agreed(row.label, list, &chosen.supported, true),
            };
            let open = ways.list.len() > 1;
            let doubted = match kept {
                true => wrong || (row.beside_stray && row.has_figures() && !holds(ways)),
                false => {
                    out.torn
                        || (row.beside_stray && row.has_figures())
                        || (chosen.unread && row.has_figures())
                        || (!ways.whole && open)
                }
            };
            // A row of cells that fits no column as it stands is known only if its sum holds.
            let fitted = ways.list.first().is_none_or(|w| w.cost == 0.0);
            if kept && !fitted && row.has_figures() && !holds(ways) {
                let all_zero = ways
                    .list
                    .first()
                    .is_some_and(|w| w.cost < 0.9 && w.cells.iter().all(|c| c.number().is_none_or(|v| v == 0.0)));
                if !all_zero {
                    line = settling::unread(row.label, self.slots.len(), self.span_of(row));
                }
            }
            // Where rows were torn apart, a cell that looks empty may have its figure elsewhere.
            let torn = wrong || self.strays > 1 || (kept && self.strays > 0);
            if torn && kept && !holds(ways) {
                for cell in &mut line.cells {
                    if matches!(cell.written.content, Content::Blank | Content::Missing) {
                        cell.written.content = Content::Unreadable;
                        cell.knowledge = Knowledge::Open;
                    } else if cell.knowledge != Knowledge::Open {
                        cell.knowledge = Knowledge::Doubt;
                    }
                }
            }
            if doubted && open && !kept {
                // Not even the ways that are left may hold.
                line = settling::unread(row.label, self.slots.len(), self.span_of(row));
            } else if doubted {
                for cell in &mut line.cells {
                    if cell.knowledge != Knowledge::Open && cell.written.number().is_some() {
                        cell.knowledge = Knowledge::Doubt;
                    }
                }
            }
            out.lines.push((LineKey(row.line as u8), line));
        }
        out
    }

    fn span_of(&self, row: &Rowed) -> Option<Span> {
        row.values.iter().map(Value::whole).reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
    }
}

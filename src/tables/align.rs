//! The lines of a table found together: its bands are aligned to the lines of the form, in the form's order, so that
//! the labels as a whole are explained at the least cost.

use std::ops::Range;
use std::sync::LazyLock;

use crate::document::Origin;
use crate::terms::{Labels, LineKey, Mark, Table, fold};

use super::bands::{Band, Ink, Value};

/// What the steps of an alignment cost; 1 is about what a row of figures costs that belongs to no line.
struct Costs {
    /// A label all of whose characters are wrong.
    wrong: f32,
    /// A character too many, against one that is missing.
    extra: f32,
    /// A label that is less right than this is none.
    most: f32,
    /// The number mark is that of the line.
    mark_fits: f32,
    /// The number mark is that of another line.
    mark_differs: f32,
    /// A label without values.
    hollow: f32,
    /// A label of a line that also is a word of the header, without values.
    header: f32,
    /// A second row of values for one line.
    second_row: f32,
    /// Figures cut by the end of a line go on below.
    cut_row: f32,
    /// A line of the form that is not there.
    lost_line: f32,
    /// The same of a line that only one edition has.
    lost_variant: f32,
    /// The table begins again.
    restart: f32,
    /// Figures that belong to no line.
    lost_values: f32,
    /// A label, known to the letter, that belongs to no line: with figures and without.
    lost_label: (f32, f32),
    /// Words that belong to no line, and each of their characters, and all of them at most.
    lost_words: (f32, f32, f32),
}

const COSTS: Costs = Costs {
    wrong: 3.0,
    extra: 0.35,
    most: 1.35,
    mark_fits: -0.25,
    mark_differs: 0.35,
    hollow: 0.3,
    header: 0.9,
    second_row: 1.5,
    cut_row: 0.1,
    lost_line: 0.25,
    lost_variant: 0.08,
    restart: 1.0,
    lost_values: 1.2,
    lost_label: (1.4, 0.45),
    lost_words: (0.1, 0.03, 0.5),
};

/// Bands of one label at most.
const MOST_BANDS: usize = 18;
/// Bands of a table at most.
const MOST: usize = 1500;

/// A line of the form with the bands that are its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    pub key: LineKey,
    pub bands: Range<usize>,
    /// Whether the label is known to the letter.
    pub exact: bool,
}

/// A table from its first to its last line; a document may hold several, last year's or a copy.
#[derive(Debug, Clone, Default)]
pub(super) struct Instance {
    pub seats: Vec<Seat>,
    /// Where its bands begin and end, headers in front of the first line included.
    pub bands: Range<usize>,
}

/// The lines of a table whatever the edition, in the order of the form.
pub(super) fn lines_of(table: Table) -> Range<usize> {
    let lines = Labels::get().lines();
    let first = lines.iter().position(|l| l.table == table).unwrap_or(0);
    let end = lines.iter().rposition(|l| l.table == table).map_or(0, |n| n + 1);
    first..end
}

/// The folded wordings of every line.
fn wordings(line: usize) -> &'static [Vec<char>] {
    static ALL: LazyLock<Vec<Vec<Vec<char>>>> = LazyLock::new(|| {
        let folded = |label: &&str| {
            let mut out = String::new();
            fold(label, &mut out);
            out.chars().collect()
        };
        let all = Labels::get().lines().iter();
        all.map(|l| std::iter::once(&l.label).chain(l.aliases).map(folded).collect()).collect()
    });
    &ALL[line]
}

/// A way to take some bands for a line.
#[derive(Debug, Clone, Copy)]
struct Offer {
    bands: usize,
    line: usize,
    cost: f32,
    exact: bool,
}

/// Aligns the bands of a table to its lines.
pub(super) fn align(bands: &[Band], table: Table) -> Vec<Instance> {
    let bands = &bands[..bands.len().min(MOST)];
    let lines = lines_of(table);
    let offers: Vec<Vec<Offer>> = (0..bands.len()).map(|at| offers(bands, at, &lines)).collect();
    let steps = cheapest(bands, &offers, &lines);
    instances(bands, &offers, &steps, &lines)
}

/// For every place and every line that may have come last, the least cost, and the step that gives it.
fn cheapest(bands: &[Band], offers: &[Vec<Offer>], lines: &Range<usize>) -> Vec<usize> {
    let states = lines.len() + 1;
    let at = |place: usize, state: usize| place * states + state;
    let mut best = vec![f32::INFINITY; (bands.len() + 1) * states];
    // 0 is a band left out, n the offer n - 1; with the state it came from.
    let mut from: Vec<(u16, u16)> = vec![(0, 0); best.len()];
    best[0] = 0.0;
    // What it costs to leave lines out, added up from the first.
    let mut lost = vec![0.0f32];
    for line in lines.clone() {
        lost.push(lost[lost.len() - 1] + lost_line(line));
    }
    for (place, here) in offers.iter().enumerate() {
        let skip = skip(&bands[place]);
        for state in 0..states {
            let cost = best[at(place, state)];
            if cost == f32::INFINITY {
                continue;
            }
            let next = at(place + 1, state);
            if cost + skip < best[next] {
                best[next] = cost + skip;
                from[next] = (0, state as u16);
            }
            for (n, offer) in here.iter().enumerate() {
                let line = offer.line - lines.start;
                let gap = match line + 1 > state {
                    true => lost[line] - lost[state],
                    false => COSTS.restart + (lost[lines.len()] - lost[state]) + lost[line],
                };
                let next = at(place + offer.bands, line + 1);
                let total = cost + gap + offer.cost;
                if total < best[next] {
                    best[next] = total;
                    from[next] = (n as u16 + 1, state as u16);
                }
            }
        }
    }
    let last = |state: &usize| best[at(bands.len(), *state)] + lost[lines.len()] - lost[*state];
    let mut state = (0..states).min_by(|a, b| last(a).total_cmp(&last(b))).unwrap_or(0);
    let mut place = bands.len();
    let mut steps = vec![0; bands.len()];
    while place > 0 {
        let (step, before) = from[at(place, state)];
        let width = match step {
            0 => 1,
            n => {
                // The offer began where its bands begin.
                let n = n as usize - 1;
                let start = (place.saturating_sub(MOST_BANDS)..place).find(|s| {
                    offers[*s].get(n).is_some_and(|o| o.bands == place - s && o.line - lines.start + 1 == state)
                });
                place - start.unwrap_or(place - 1)
            }
        };
        place -= width;
        steps[place] = step as usize;
        state = before as usize;
    }
    steps
}

fn lost_line(line: usize) -> f32 {
    let labels = Labels::get();
    let everywhere = labels.variants(LineKey(line as u8)).len() > 1;
    if everywhere { COSTS.lost_line } else { COSTS.lost_variant }
}

/// What it costs to leave a band out of all lines.
fn skip(band: &Band) -> f32 {
    let meaning = &band.meaning;
    let known = meaning.header.is_some() || meaning.group.is_some() || band.group.is_some();
    let values = band.has_figures();
    match (meaning.line.is_some() && !known, values) {
        (true, true) => COSTS.lost_label.0,
        (true, false) => COSTS.lost_label.1,
        (false, true) => COSTS.lost_values,
        (false, false) if known || band.words.is_empty() => 0.0,
        (false, false) => {
            let (one, each, most) = COSTS.lost_words;
            (one + each * band.label.chars().count() as f32).min(most)
        }
    }
}

/// The lines that the bands from a place on may be.
fn offers(bands: &[Band], at: usize, lines: &Range<usize>) -> Vec<Offer> {
    let band = &bands[at];
    let mut out = Vec::new();
    if let Some(key) = band.meaning.line.filter(|k| lines.contains(&(k.0 as usize))) {
        let hollow = !band.has_values();
        let mut cost = marked(band.mark, key.0 as usize);
        if hollow {
            cost +=
                if band.meaning.header.is_some() || band.meaning.group.is_some() { COSTS.header } else { COSTS.hollow };
        }
        out.push(Offer { bands: 1, line: key.0 as usize, cost, exact: true });
        // Figures cut by the end of the line go on in the next row.
        if bands.get(at + 1).is_some_and(|next| next.words.is_empty() && goes_on(band, next)) {
            out.push(Offer { bands: 2, line: key.0 as usize, cost: cost + COSTS.cut_row, exact: true });
        }
        let cut = (2..=4).find(|n| bands.get(at..at + n).is_some_and(|b| wrapped(b).is_some()));
        if let Some(bands) = cut {
            out.push(Offer { bands, line: key.0 as usize, cost: cost + COSTS.cut_row, exact: true });
        }
        // "（六）其他": the group's mark, and what the form calls 其他处理.
        if matches!(band.mark, Some(Mark::Bracketed(_) | Mark::Chinese(_)))
            && let Some(other) =
                Labels::get().key_of("other").filter(|_| Labels::get().line(key).rows[0] == "other_other")
        {
            out.push(Offer { bands: 1, line: other.0 as usize, cost: 0.1, exact: true });
        }
        // The end of a label, and its values, may stand below.
        if hollow && bands.get(at + 1).is_some_and(|b| b.meaning.line.is_none() && (b.whole || !b.words.is_empty())) {
            likely(bands, at, lines, &mut out);
        }
        return out;
    }
    if band.meaning.header.is_some() || band.words.is_empty() || band.label.is_empty() && band.mark.is_none() {
        return out;
    }
    likely(bands, at, lines, &mut out);
    out
}

/// What a number mark says for a line.
fn marked(mark: Option<Mark>, line: usize) -> f32 {
    let term = Labels::get().lines()[line];
    match mark {
        Some(mark) if term.ordinal > 0 => {
            if mark.number() == term.ordinal {
                COSTS.mark_fits
            } else {
                COSTS.mark_differs
            }
        }
        _ => 0.0,
    }
}

/// Whether a row only holds the rest of the figures above it: they stand right below them, or there are as many.
pub(super) fn goes_on(above: &Band, below: &Band) -> bool {
    let figures = |b: &Band| b.values.iter().filter(|v| v.ink != Ink::Empty).count();
    let (high, low) = (figures(above), figures(below));
    let digits = |b: &Band| b.values.iter().all(|v| matches!(v.ink, Ink::Figure | Ink::Empty));
    if !above.whole || !below.whole || low == 0 || !digits(below) || !above.has_figures() {
        return false;
    }
    let near = |narrow: bool| {
        let of = |v: &Value| if narrow { v.narrow } else { v.extent };
        let low = below.values.iter().filter(|v| v.ink == Ink::Figure);
        low.clone().count() > 0 && low.map(of).all(|v| above.values.iter().map(of).any(|a| a.0 <= v.1 && v.0 <= a.1))
    };
    let spaced = above.origin == Origin::Spaced && below.origin == Origin::Spaced;
    (spaced && low <= high && (near(false) || near(true))) || (low == high && low > 1 && digits(above))
}

/// The values of rows of separated cells that a line's end cut within a cell, `1414` and `5` for 14145: the last value of each row and
/// the first of the next are one; none where the rows are no such ones.
pub(super) fn wrapped(bands: &[Band]) -> Option<Vec<Value>> {
    let (first, rest) = bands.split_first()?;
    let own = |b: &Band| b.whole && b.origin == Origin::Separated || !b.whole && b.origin == Origin::Stream;
    let apart = |b: &Band| b.words.is_empty() && !b.values.is_empty() && own(b) && b.values[0].ink == Ink::Figure;
    if rest.is_empty()
        || !first.whole
        || first.origin != Origin::Separated
        || first.values.is_empty()
        || !rest.iter().all(apart)
    {
        return None;
    }
    let mut out = first.values.clone();
    // Empty cells in front of the first figure are the rest of a merged label.
    let merged = out.iter().take_while(|v| v.ink == Ink::Empty).count();
    out.drain(..merged);
    for band in rest {
        let last = out.last_mut().filter(|v| v.ink == Ink::Figure)?;
        *last.below.iter_mut().find(|s| s.is_empty())? = band.values[0].span;
        out.extend_from_slice(&band.values[1..]);
    }
    (out.len() == WRAPPED).then_some(out)
}

/// Cells of a row of the requests table: only there a cut row is put together.
const WRAPPED: usize = 7;

/// Lines whose label is like the words of the bands from a place on.
fn likely(bands: &[Band], at: usize, lines: &Range<usize>, out: &mut Vec<Offer>) {
    let mark = bands[at].mark;
    // How many bands may go together, and what that costs.
    let mut prices = Vec::new();
    let (mut filled, mut price) = (None, 0.0);
    for (n, band) in bands[at..].iter().take(MOST_BANDS).enumerate() {
        let known = band.meaning.line.is_some() || band.meaning.header.is_some();
        let begins = n > 0 && band.mark.is_some() && !band.words.is_empty();
        if n > 0 && (known || begins || band.meaning.group.is_some()) {
            break;
        }
        if band.has_values() {
            match filled {
                None => filled = Some(n),
                Some(first) if goes_on(&bands[at + first], band) => price += COSTS.cut_row,
                Some(_) => price += COSTS.second_row,
            }
        }
        prices.push(price + if filled.is_none() { COSTS.hollow } else { 0.0 });
        if price > COSTS.most {
            break;
        }
    }
    let mut best = vec![(f32::INFINITY, 0usize); prices.len()];
    let mut offers: Vec<Offer> = Vec::new();
    for line in lines.clone() {
        best.iter_mut().for_each(|b| *b = (f32::INFINITY, 0));
        for wording in wordings(line) {
            let mut rows = Rows::new(wording);
            for (n, cost) in best.iter_mut().enumerate() {
                rows.add(bands[at + n].label.chars());
                let unlike = rows.unlike();
                cost.0 = cost.0.min(unlike);
            }
        }
        for (n, (unlike, _)) in best.iter().enumerate() {
            let cost = unlike + prices[n] + marked(mark, line);
            if *unlike <= COSTS.most {
                offers.push(Offer { bands: n + 1, line, cost, exact: *unlike == 0.0 });
            }
        }
    }
    // Words that are as like to one line as to another, and mark neither, are the rest of some label.
    let rest = |o: &Offer| {
        mark.is_none()
            && !o.exact
            && offers.iter().any(|p| p.line != o.line && p.bands == o.bands && (p.cost - o.cost).abs() < 0.05)
    };
    out.extend(offers.iter().filter(|o| !rest(o)).copied());
}

/// How unlike a label is to the words read so far.
struct Rows<'a> {
    label: &'a [char],
    row: Vec<f32>,
}

impl<'a> Rows<'a> {
    fn new(label: &'a [char]) -> Rows<'a> {
        Rows { label, row: (0..=label.len()).map(|n| n as f32).collect() }
    }

    fn add(&mut self, words: impl Iterator<Item = char>) {
        for c in words.take(120) {
            let mut diagonal = self.row[0];
            self.row[0] += COSTS.extra;
            for (j, want) in self.label.iter().enumerate() {
                let same = diagonal + if *want == c { 0.0 } else { 1.0 };
                diagonal = self.row[j + 1];
                self.row[j + 1] = same.min(diagonal + COSTS.extra).min(self.row[j] + 1.0);
            }
        }
    }

    fn unlike(&self) -> f32 {
        let length = self.label.len().max(1) as f32;
        COSTS.wrong * self.row[self.label.len()] / length
    }
}

fn instances(bands: &[Band], offers: &[Vec<Offer>], steps: &[usize], lines: &Range<usize>) -> Vec<Instance> {
    let mut out: Vec<Instance> = Vec::new();
    let mut last = usize::MAX;
    // Headers between two tables belong to the one that they stand above.
    let mut head = 0;
    let mut place = 0;
    while place < bands.len() {
        let Some(offer) = steps[place].checked_sub(1).map(|n| offers[place][n]) else {
            place += 1;
            continue;
        };
        let seat = Seat { key: LineKey(offer.line as u8), bands: place..place + offer.bands, exact: offer.exact };
        if last == usize::MAX || offer.line <= last {
            out.push(Instance { seats: Vec::new(), bands: head..bands.len() });
        }
        if let Some(instance) = out.last_mut() {
            instance.seats.push(seat);
        }
        last = offer.line;
        place += offer.bands;
        head = place;
    }
    for i in 1..out.len() {
        out[i - 1].bands.end = out[i].bands.start;
    }
    debug_assert!(lines.start <= lines.end, "lines in the order of the form");
    out
}

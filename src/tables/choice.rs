//! The joint choice: which ways of all lines together can be true.
//!
//! A reading takes one way for each line. It costs what its ways cost, and a price for each tie along a column that it
//! breaks, since issuers err too. A way is supported if some reading with it costs at most a margin more than the best one; what
//! all supported ways of a line agree on is known.

use crate::law::{Law, sign};
use crate::terms::Role;

/// Columns of the requests table.
pub(super) const COLUMNS: usize = crate::law::APPLICANT_COLUMNS;
/// A cell of which nothing is known: no tie that it takes part in is assessed.
pub(super) const UNKNOWN: i64 = i64::MIN;
/// What a broken tie costs: the unit of all costs.
pub(super) const TIE: f32 = 1.0;
/// What it costs to say of a line that it was not read at all.
const UNREAD: f32 = 2.6;
/// Steps of all searches together.
const STEPS: usize = 300_000;
/// Steps of one search.
const STEPS_EACH: usize = 30_000;

/// The counts of a line in one way to read it.
pub(super) type Counts = [i64; COLUMNS];

/// A line that takes part in the choice.
#[derive(Debug, Clone)]
pub(super) struct Choosing {
    pub role: Role,
    /// Each way with its cost.
    pub ways: Vec<(f32, Counts)>,
    /// Whether the line may have been misread altogether.
    pub may_be_unread: bool,
}

/// What the choice leaves of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    /// Whether each way is supported.
    pub supported: Vec<bool>,
    /// Whether the line may not have been read at all.
    pub unread: bool,
}

/// What the choice says of the table.
#[derive(Debug)]
pub(super) struct Outcome {
    pub lines: Vec<Chosen>,
    /// The cost of the best reading.
    pub cost: f32,
}

const LAWS: [Law; 2] = [Law::Balance, Law::Outcomes];
/// Both laws in all columns.
const TIES: usize = 2 * COLUMNS;

/// A line as the search sees it.
struct Line {
    ways: Vec<(f32, [i64; TIES])>,
    least: f32,
    /// For each tie, the least and the most that the ways add to it.
    bounds: [(i64, i64); TIES],
}

struct Search {
    lines: Vec<Line>,
    /// What the lines from a place on add to each tie at least and at most, and cost at least.
    rest: Vec<([(i64, i64); TIES], f32)>,
    assessed: [bool; TIES],
    steps: usize,
}

/// Chooses among the ways of all lines of the requests table. `missing` tells of roles whose line is not there: the laws
/// that they take part in are not assessed.
pub(super) fn choose(lines: &[Choosing], missing: &[Role], margin: f32) -> Outcome {
    let mut assessed = [true; TIES];
    for (t, open) in assessed.iter_mut().enumerate() {
        let law = LAWS[t / COLUMNS];
        *open = !missing.iter().any(|role| sign(law, *role) != 0);
        // A cell that is unknown in every way takes its ties with it.
        *open &= !lines.iter().any(|l| {
            sign(law, l.role) != 0 && (l.ways.is_empty() || l.ways.iter().any(|w| w.1[t % COLUMNS] == UNKNOWN))
        });
    }
    let kinds: Vec<Vec<Vec<usize>>> = lines.iter().map(kinds).collect();
    let seen: Vec<Line> = lines.iter().zip(&kinds).map(|(l, k)| line(l, k, &assessed)).collect();
    let mut order: Vec<usize> = (0..seen.len()).collect();
    order.sort_by_key(|i| (seen[*i].ways.len(), *i));
    let mut places = vec![0; seen.len()];
    order.iter().enumerate().for_each(|(place, i)| places[*i] = place);
    let mut slots: Vec<Option<Line>> = seen.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|i| slots[*i].take()).collect();
    let mut search = Search::new(sorted, assessed);
    let (cost, first) = search.best();
    let threshold = cost + margin;
    let mut supported: Vec<Vec<bool>> = search.lines.iter().map(|l| vec![false; l.ways.len()]).collect();
    if let Some(first) = &first {
        support(first, &mut supported);
    }
    let mut unread = vec![false; search.lines.len()];
    for place in 0..search.lines.len() {
        for way in 0..search.lines[place].ways.len() {
            if supported[place][way] || search.lines[place].ways.len() == 1 {
                supported[place][way] = true;
                continue;
            }
            match search.find(threshold, Some((place, way))) {
                Found::Reading(ways) => support(&ways, &mut supported),
                Found::None => {}
                // What was not shown to be impossible is possible.
                Found::Unsure => supported[place][way] = true,
            }
        }
        if lines[order[place]].may_be_unread {
            unread[place] = search.may_be_unread(place, threshold);
        }
    }
    let lines = places
        .iter()
        .enumerate()
        .map(|(i, place)| Chosen {
            supported: spread(&lines[i], &kinds[i], &supported[*place]),
            unread: unread[*place],
        })
        .collect();
    Outcome { lines, cost }
}

/// The ways of a line by what they put into the ties: those that put in the same stand for each other.
fn kinds(line: &Choosing) -> Vec<Vec<usize>> {
    let mut places: rustc_hash::FxHashMap<Counts, usize> = rustc_hash::FxHashMap::default();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (i, (_, counts)) in line.ways.iter().enumerate() {
        let place = *places.entry(*counts).or_insert(out.len());
        match out.get_mut(place) {
            Some(kind) => kind.push(i),
            None => out.push(vec![i]),
        }
    }
    out
}

/// For every way of a line whether it is supported: as the cheapest of its kind is, if it costs about as much.
fn spread(line: &Choosing, kinds: &[Vec<usize>], supported: &[bool]) -> Vec<bool> {
    let mut out = vec![false; line.ways.len()];
    for (kind, yes) in kinds.iter().zip(supported) {
        let least = kind.iter().map(|i| line.ways[*i].0).fold(f32::INFINITY, f32::min);
        kind.iter().for_each(|i| out[*i] = *yes && line.ways[*i].0 < least + TIE);
    }
    out
}

/// Marks the ways of a reading as supported.
fn support(ways: &[usize], supported: &mut [Vec<bool>]) {
    for (way, line) in ways.iter().zip(supported) {
        if let Some(slot) = line.get_mut(*way) {
            *slot = true;
        }
    }
}

fn line(choosing: &Choosing, kinds: &[Vec<usize>], assessed: &[bool; TIES]) -> Line {
    let addends = |counts: &Counts| {
        std::array::from_fn(|t| match assessed[t] {
            true => i64::from(sign(LAWS[t / COLUMNS], choosing.role)) * counts[t % COLUMNS],
            false => 0,
        })
    };
    let cheapest = |kind: &Vec<usize>| kind.iter().map(|i| choosing.ways[*i].0).fold(f32::INFINITY, f32::min);
    let ways: Vec<(f32, [i64; TIES])> =
        kinds.iter().map(|kind| (cheapest(kind), addends(&choosing.ways[kind[0]].1))).collect();
    let least = ways.iter().map(|w| w.0).fold(f32::INFINITY, f32::min);
    let bounds = std::array::from_fn(|t| {
        let of = ways.iter().map(|w| w.1[t]);
        (of.clone().min().unwrap_or(0), of.max().unwrap_or(0))
    });
    Line { ways, least: if least.is_finite() { least } else { 0.0 }, bounds }
}

enum Found {
    Reading(Vec<usize>),
    None,
    Unsure,
}

impl Search {
    fn new(lines: Vec<Line>, assessed: [bool; TIES]) -> Search {
        let mut rest = vec![([(0, 0); TIES], 0.0)];
        for line in lines.iter().rev() {
            let (bounds, cost) = rest[rest.len() - 1];
            let next: [(i64, i64); TIES] =
                std::array::from_fn(|t| (bounds[t].0 + line.bounds[t].0, bounds[t].1 + line.bounds[t].1));
            rest.push((next, cost + line.least));
        }
        rest.reverse();
        Search { lines, rest, assessed, steps: STEPS }
    }

    /// The least cost of any reading, and a reading that has it; without one the search was too long.
    fn best(&mut self) -> (f32, Option<Vec<usize>>) {
        let least = self.bound(0, &[0; TIES], self.rest[0].1);
        let mut threshold = least;
        // A reading in which every tie is broken is no reading.
        while threshold <= least + TIES as f32 + UNREAD {
            match self.find(threshold, None) {
                Found::Reading(ways) => return (self.cost(&ways), Some(ways)),
                Found::None => threshold += TIE / 2.0,
                Found::Unsure => break,
            }
        }
        // No proof: the readings that look best line by line, with what they cost.
        let ways: Vec<usize> = self
            .lines
            .iter()
            .map(|l| (0..l.ways.len()).min_by(|a, b| l.ways[*a].0.total_cmp(&l.ways[*b].0)).unwrap_or(0))
            .collect();
        (self.cost(&ways).min(threshold), None)
    }

    fn cost(&self, ways: &[usize]) -> f32 {
        let mut sums = [0; TIES];
        let mut cost = 0.0;
        for (line, way) in self.lines.iter().zip(ways) {
            let Some((price, addends)) = line.ways.get(*way) else { continue };
            cost += price;
            sums.iter_mut().zip(addends).for_each(|(s, a)| *s += a);
        }
        cost + sums.iter().zip(&self.assessed).filter(|(s, open)| **open && **s != 0).count() as f32 * TIE
    }

    /// What a reading costs at least that has the lines before `depth` settled.
    fn bound(&self, depth: usize, sums: &[i64; TIES], cost: f32) -> f32 {
        let bounds = &self.rest[depth].0;
        let broken = |t: &usize| self.assessed[*t] && (sums[*t] + bounds[*t].0 > 0 || sums[*t] + bounds[*t].1 < 0);
        cost + (0..TIES).filter(broken).count() as f32 * TIE
    }

    /// A reading of at most this cost, with one way given.
    fn find(&mut self, threshold: f32, given: Option<(usize, usize)>) -> Found {
        let allowed = self.steps.min(STEPS_EACH);
        let mut left = allowed;
        let mut ways = vec![0; self.lines.len()];
        let found = self.descend(0, &[0; TIES], 0.0, threshold + 1e-4, given, &mut ways, &mut left);
        self.steps -= allowed - left;
        match found {
            Some(true) => Found::Reading(ways),
            Some(false) => Found::None,
            None => Found::Unsure,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the state of one descent, each part of its own kind")]
    fn descend(
        &self,
        depth: usize,
        sums: &[i64; TIES],
        cost: f32,
        threshold: f32,
        given: Option<(usize, usize)>,
        ways: &mut [usize],
        left: &mut usize,
    ) -> Option<bool> {
        let Some(line) = self.lines.get(depth) else { return Some(true) };
        if line.ways.is_empty() {
            return self.descend(depth + 1, sums, cost, threshold, given, ways, left);
        }
        for (i, (price, addends)) in line.ways.iter().enumerate() {
            if given.is_some_and(|(place, way)| place == depth && way != i) {
                continue;
            }
            *left = left.checked_sub(1)?;
            let mut next = *sums;
            next.iter_mut().zip(addends).for_each(|(s, a)| *s += a);
            let least = self.bound(depth + 1, &next, cost + price + self.rest[depth + 1].1);
            if least > threshold {
                continue;
            }
            ways[depth] = i;
            if self.descend(depth + 1, &next, cost + price, threshold, given, ways, left)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Whether a reading is possible in which a line says something else than any of its ways.
    fn may_be_unread(&mut self, place: usize, threshold: f32) -> bool {
        let open: Vec<usize> =
            (0..TIES).filter(|t| self.assessed[*t] && self.lines[place].ways.iter().any(|w| w.1[*t] != 0)).collect();
        let ways = std::mem::take(&mut self.lines[place].ways);
        let takes_part: Vec<usize> = if open.is_empty() { Vec::new() } else { open };
        let before = self.assessed;
        // The ties of the line say nothing then.
        for t in &takes_part {
            self.assessed[*t] = false;
        }
        let least = self.lines[place].least;
        let found = self.find(threshold - UNREAD + least, None);
        self.assessed = before;
        self.lines[place].ways = ways;
        !matches!(found, Found::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(role: Role, ways: &[[i64; COLUMNS]]) -> Choosing {
        Choosing { role, ways: ways.iter().map(|w| (0.0, *w)).collect(), may_be_unread: false }
    }

    #[test]
    fn the_columns_tell_where_a_figure_stands() {
        let (a, b) = ([1, 0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 0, 1]);
        let lines = [
            line(Role::Received, &[a]),
            line(Role::CarriedIn, &[[0; 7]]),
            line(Role::Outcome, &[a, b]),
            line(Role::ConcludedTotal, &[a]),
            line(Role::CarriedOut, &[[0; 7]]),
        ];
        let outcome = choose(&lines, &[], 1.5);
        assert_eq!(outcome.cost, 0.0);
        assert_eq!(outcome.lines[2].supported, vec![true, false]);
    }

    #[test]
    fn two_figures_that_may_change_places_stay_open() {
        let (a, b) = ([1, 0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 0, 1]);
        let both = [1, 1, 0, 0, 0, 0, 2];
        let lines = [
            line(Role::Received, &[both]),
            line(Role::CarriedIn, &[[0; 7]]),
            line(Role::Outcome, &[a, b]),
            line(Role::Outcome, &[a, b]),
            line(Role::ConcludedTotal, &[both]),
            line(Role::CarriedOut, &[[0; 7]]),
        ];
        let outcome = choose(&lines, &[], 1.5);
        assert_eq!((outcome.cost, &outcome.lines[2].supported), (0.0, &vec![true, true]));
    }

    #[test]
    fn a_missing_line_leaves_its_ties_out() {
        let (a, b) = ([1, 0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 0, 1]);
        let lines = [line(Role::Outcome, &[a, b]), line(Role::ConcludedTotal, &[a])];
        let outcome = choose(&lines, &[Role::Outcome, Role::Received], 1.5);
        assert_eq!(outcome.lines[0].supported, vec![true, true]);
    }
}

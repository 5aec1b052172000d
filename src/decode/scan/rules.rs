//! The ruling lines of a page: long thin strokes.

use super::ink::Ink;

/// A stretch of ink in a row of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub row: usize,
    pub from: usize,
    pub to: usize,
}

/// A level ruling line; of an upright one, rows are columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    /// The row along its middle.
    pub at: f32,
    /// Its ends.
    pub from: f32,
    pub to: f32,
    /// Its ink.
    pub runs: Vec<Run>,
}

/// What counts as a rule, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    /// The shortest rule.
    pub least: usize,
    /// The longest break in a rule.
    pub gap: usize,
    /// The thickest rule.
    pub thick: f32,
}

/// Rules that end at the same height hold each other.
const ALIKE: usize = 3;

/// The level rules of a page.
pub(super) fn level(ink: &Ink, measures: Measures) -> Vec<Rule> {
    let runs = runs(ink, measures);
    // Runs that lie on each other are one rule.
    let mut parent: Vec<usize> = (0..runs.len()).collect();
    let (mut above, mut here) = (0, 0);
    for (i, run) in runs.iter().enumerate() {
        if runs[here].row != run.row {
            above = if runs[here].row + 1 == run.row { here } else { i };
            here = i;
        }
        for (j, other) in (above..).zip(&runs[above..here]) {
            if other.from <= run.to && run.from <= other.to {
                let (a, b) = (root(&mut parent, i), root(&mut parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<Run>> = vec![Vec::new(); runs.len()];
    for (i, run) in runs.iter().enumerate() {
        groups[root(&mut parent, i)].push(*run);
    }
    groups.into_iter().filter_map(|g| rule(g, measures)).collect()
}

pub(super) fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Long stretches of ink, row by row.
fn runs(ink: &Ink, measures: Measures) -> Vec<Run> {
    let mut out = Vec::new();
    for row in 0..ink.height {
        let dots = &ink.dots[row * ink.width..(row + 1) * ink.width];
        let mut open: Option<(usize, usize)> = None;
        let mut close = |open: Option<(usize, usize)>| {
            if let Some((from, to)) = open.filter(|(from, to)| to - from >= measures.least) {
                out.push(Run { row, from, to });
            }
        };
        for (x, _) in dots.iter().enumerate().filter(|(_, d)| **d) {
            open = match open {
                Some((from, to)) if x <= to + measures.gap => Some((from, x + 1)),
                other => {
                    close(other);
                    Some((x, x + 1))
                }
            };
        }
        close(open);
    }
    out
}

/// A rule, unless its runs make a blot.
fn rule(runs: Vec<Run>, measures: Measures) -> Option<Rule> {
    let from = runs.iter().map(|r| r.from).min()?;
    let to = runs.iter().map(|r| r.to).max()?;
    let ink: usize = runs.iter().map(|r| r.to - r.from).sum();
    if ink as f32 / (to - from) as f32 > measures.thick {
        return None;
    }
    let weighted: f32 = runs.iter().map(|r| (r.row as f32 + 0.5) * (r.to - r.from) as f32).sum();
    Some(Rule { at: weighted / ink as f32, from: from as f32, to: to as f32, runs })
}

/// Keeps the rules that border something: both ends of a rule meet rules across it, or end where others of their kind
/// do, as at a page break; long ones need no such proof. What remains out are strokes of characters.
pub(super) fn anchored(rules: &[Rule], across: &[Rule], touch: f32, long: f32) -> Vec<Rule> {
    let mut ends: Vec<f32> = rules.iter().flat_map(|r| [r.from, r.to]).collect();
    ends.sort_by(f32::total_cmp);
    let mut crossing: Vec<&Rule> = across.iter().collect();
    crossing.sort_by(|a, b| a.at.total_cmp(&b.at));
    let held = |rule: &Rule, end: f32| {
        let near = crossing.partition_point(|c| c.at < end - touch);
        let meets = |c: &&&Rule| c.from - touch <= rule.at && rule.at <= c.to + touch;
        let crossed = crossing[near..].iter().take_while(|c| c.at <= end + touch).any(|c| meets(&c));
        let alike =
            ends.partition_point(|e| *e <= end + touch / 2.0) - ends.partition_point(|e| *e < end - touch / 2.0);
        crossed || alike >= ALIKE
    };
    let kept = rules.iter().filter(|r| r.to - r.from >= long || (held(r, r.from) && held(r, r.to)));
    kept.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURES: Measures = Measures { least: 6, gap: 1, thick: 2.0 };

    fn found(rows: &[&str]) -> Vec<(f32, f32, f32)> {
        level(&Ink::drawn(rows), MEASURES).iter().map(|r| (r.at, r.from, r.to)).collect()
    }

    #[test]
    fn rules_are_long_and_thin() {
        assert_eq!(found(&["..........", ".########.", "..........", "##..##..##"]), [(1.5, 1.0, 9.0)]);
        assert_eq!(found(&["#########.", "#########.", "#########."]), []);
    }

    #[test]
    fn a_break_and_a_step_part_no_rule() {
        assert_eq!(found(&["####.###..........", ".......#########.."]), [(1.0294118, 0.0, 16.0)]);
    }

    #[test]
    fn strokes_that_border_nothing_are_no_rules() {
        let rule = |at: f32, from: f32, to: f32| Rule { at, from, to, runs: Vec::new() };
        let across = [rule(0.0, 0.0, 100.0), rule(20.0, 0.0, 100.0)];
        let kept = |r: Rule| anchored(&[r], &across, 2.0, 60.0).len();
        assert_eq!(kept(rule(50.0, 1.0, 20.0)), 1);
        assert_eq!(kept(rule(50.0, 5.0, 20.0)), 0);
        assert_eq!(kept(rule(150.0, 0.0, 20.0)), 0);
        assert_eq!(kept(rule(50.0, 5.0, 80.0)), 1);
        let open = [10.0, 40.0, 70.0].map(|at| rule(at, 20.0, 33.0));
        assert_eq!(anchored(&open, &across, 2.0, 60.0).len(), 3);
    }

    #[test]
    fn an_upright_rule_is_a_level_one_of_the_turned_page() {
        let ink = Ink::drawn(&["..#.", "..#.", "..#.", "..#.", "..#.", "..#.", "..#."]);
        let rules = level(&ink.turned(), MEASURES);
        assert_eq!((rules[0].at, rules[0].from, rules[0].to), (2.5, 0.0, 7.0));
    }
}

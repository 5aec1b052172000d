//! Habits of a document's tables, learnt from the lines that leave no doubt, for those that do.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::report::Content;
use crate::terms::{Form, Labels, LineTerm, Measure, Table};

use super::found::{Found, Mark, Token};
use super::layout::Kind;
use super::slots::Reader;
use crate::tables::number;

/// Where the cells of a line begin in its row, as one line of the document shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    /// The kind and width of the row, and the place of its label.
    shape: (Kind, i32, i32),
    /// The place of the first cell.
    place: i32,
}

impl Start {
    /// Cells between the label and the first cell of the line.
    fn filler(self) -> i32 {
        self.place - self.shape.2 - 1
    }

    /// Cells from the first cell of the line to the end of the row.
    fn before_end(self) -> i32 {
        self.shape.1 - self.place
    }
}

/// Habits of the document's tables, learnt from the lines that leave no doubt.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// Lines with a figure in every cell, for each table.
    full: [Vec<Start>; 3],
    /// Lines with just as many cells as the form has, some of them empty.
    exact: [Vec<Start>; 3],
    /// Places of the columns in spaced rows, one list for each full row.
    pub(crate) spaced: Vec<[(i32, i32); 7]>,
    /// Spaced rows with figures whose sums come out where the header's columns place them, and where they do not.
    pub(crate) under_header: (u32, u32),
    /// Lines with their figures in the row of the label, and with figures below it only.
    beside: (u32, u32),
    /// Lines of requests with a figure for each applicant and none for the total, and with seven figures.
    untotalled: (u32, u32),
    /// Whether the last of six figures is the sum of the others, in a line that is not all zero.
    sixth_is_sum: bool,
    /// Lines of digits without gaps with fewer digits than cells.
    short: u32,
}

/// The tokens that make the line, rows that only continue a label left out.
pub(crate) fn gather(found: &Found, wanted: usize) -> Cow<'_, [Token]> {
    let tokens = &found.tokens;
    let loose = |t: &Token| matches!(t.kind, Kind::Stream | Kind::Line);
    if tokens.iter().all(loose) && !tokens.iter().any(|t| t.mark == Mark::Digits) {
        // Rows are not told apart: count the cells behind the label instead.
        let width = tokens.len() as i32;
        return tokens.iter().zip(0..).map(|(t, place)| Token { place, width, ..*t }).collect();
    }
    if tokens.iter().all(loose) || tokens.windows(2).all(|w| w[0].row == w[1].row) {
        return Cow::Borrowed(tokens);
    }
    let mut rows: Vec<u32> = tokens.iter().map(|t| t.row).collect();
    rows.dedup();
    let full = |row: u32| tokens.iter().filter(move |t| t.row == row && t.mark != Mark::Blank).count();
    let mut out: Vec<Token> = Vec::new();
    for row in rows {
        if full(row) == 0 {
            continue;
        }
        let already = out.iter().filter(|t| t.mark != Mark::Blank).count();
        // What stands on lines of its own may be a part of what stands above.
        if already >= wanted && !tokens.iter().any(loose) {
            break;
        }
        let part: Vec<Token> = tokens.iter().filter(|t| t.row == row).copied().collect();
        // Two halves of one row, each blank where the other is not.
        let complementary = part.len() == out.len()
            && out.iter().zip(&part).all(|(a, b)| a.mark == Mark::Blank || b.mark == Mark::Blank);
        // Two halves of a row that keep their columns: what stands in the second is right of all in the first.
        let by_place = !out.is_empty()
            && part.iter().chain(&out).all(|t| t.kind == Kind::Grid)
            && part.first().is_some_and(|t| t.place <= out[0].place)
            && part
                .iter()
                .filter(|t| t.mark != Mark::Blank)
                .all(|t| out.iter().filter(|o| o.mark != Mark::Blank).all(|o| o.place < t.place));
        if by_place {
            for t in &part {
                match out.iter().position(|o| o.place == t.place) {
                    Some(at) if out[at].mark == Mark::Blank => out[at] = *t,
                    None if t.place > out[out.len() - 1].place => out.push(*t),
                    _ => {}
                }
            }
        } else if complementary {
            for (a, b) in out.iter_mut().zip(&part) {
                if a.mark == Mark::Blank {
                    *a = *b;
                }
            }
        } else {
            // A row that goes on behind a page break may be padded on either side of the break.
            while out.last().is_some_and(|t| t.mark == Mark::Blank) && out.len() + part.len() > wanted {
                out.pop();
            }
            let lead = part.iter().take_while(|t| t.mark == Mark::Blank).count();
            let skip = if out.is_empty() { 0 } else { lead.min((out.len() + part.len()).saturating_sub(wanted)) };
            out.extend(part.into_iter().skip(skip));
        }
    }
    if out.is_empty() { tokens.iter().filter(|t| t.row == tokens[0].row).copied().collect() } else { out.into() }
}

/// Learns the habits of all lines of a document.
pub(crate) fn habits(text: &str, found: &[Found], form: &Form) -> Habits {
    let labels = Labels::get();
    let mut habits = Habits::default();
    for f in found {
        let Some(term) = labels.position(f.key, form.edition).map(|p| form.lines[p]) else { continue };
        if term.table == Table::Disputes {
            continue;
        }
        let n = term.len();
        let tokens = gather(f, n);
        if tokens.is_empty() {
            continue;
        }
        let figures = || tokens.iter().filter(|t| matches!(t.mark, Mark::Figure | Mark::Digits));
        if figures().any(|t| t.row == f.row) {
            habits.beside.0 += 1;
        } else if figures().next().is_some() {
            habits.beside.1 += 1;
        }
        habits.count_cells(text, term, &tokens);
        if tokens.iter().all(|t| t.kind == Kind::Spaced) && f.extents.is_some() && n == 7 {
            let none = Habits::default();
            let reader = Reader::new(text, &[Measure::Count; 7], &none, term, f);
            let figures = tokens.iter().any(|t| t.mark == Mark::Figure && reader.cell(t, 0).number() != Some(0.0));
            match reader.under_header(&tokens) {
                Some(r) if figures && reader.fits(&r) => habits.under_header.0 += 1,
                _ if figures => habits.under_header.1 += 1,
                _ => {}
            }
        }
        let start = |t: &Token| Start { shape: (t.kind, t.width, f.place), place: t.place };
        let table = term.table as usize;
        match ends(&tokens) {
            Some((first, last))
                if last - first + 1 == n && tokens[first..=last].iter().all(|t| t.mark != Mark::Blank) =>
            {
                habits.full[table].push(start(&tokens[first]));
                if n == 7
                    && tokens.iter().all(|t| t.kind == Kind::Spaced && t.row == tokens[0].row)
                    && habits.spaced.len() < 64
                {
                    let mut places = [(0, 0); 7];
                    for (slot, t) in places.iter_mut().zip(&tokens[first..]) {
                        *slot = (t.place - t.columns, t.place);
                    }
                    habits.spaced.push(places);
                }
            }
            _ if tokens.len() == n => habits.exact[table].push(start(&tokens[0])),
            Some((first, last)) if tokens.len() > n && last - first < n => {
                // Several windows, of which the sums leave one.
                let none = Habits::default();
                let measures = vec![Measure::Count; n];
                let reader = Reader::new(text, &measures, &none, term, f);
                let low = (last + 1).saturating_sub(n);
                let high = first.min(tokens.len() - n);
                let telling = |s: &usize| {
                    let reading = reader.window(&tokens, *s);
                    reading.iter().any(|w| w.number().is_some_and(|v| v != 0.0)) && reader.fits(&reading)
                };
                let mut fitting = (low..=high).filter(telling);
                if low == high {
                    habits.full[table].push(start(&tokens[low]));
                } else if let (Some(s), None, true) = (fitting.next(), fitting.next(), reader.sums > 0) {
                    habits.full[table].push(start(&tokens[s]));
                }
            }
            _ => {}
        }
    }
    habits
}

/// The value that at least four of five lines show.
fn mostly(values: impl Iterator<Item = i32>) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    let mut all = 0;
    for v in values {
        *counts.entry(v).or_default() += 1;
        all += 1;
    }
    counts.into_iter().find(|(_, n)| *n * 5 >= all * 4).map(|(v, _)| v)
}

impl Habits {
    /// Counts how many cells the lines of the requests table have.
    fn count_cells(&mut self, text: &str, term: &LineTerm, tokens: &[Token]) {
        let (n, Some((first, last))) = (term.len(), ends(tokens)) else { return };
        let cells = &tokens[first..=last];
        if term.table != Table::Requests {
            return;
        }
        if let [digits] = cells
            && digits.mark == Mark::Digits
        {
            self.short += u32::from((digits.span.end - digits.span.start) < n as u32);
        }
        // Where cells may vanish, six figures are any six of the seven.
        let solid = |t: &Token| t.kind == Kind::Grid && matches!(t.mark, Mark::Figure | Mark::Nil);
        if !cells.iter().all(solid) {
            return;
        }
        if cells.len() == n {
            self.untotalled.1 += 1;
        } else if cells.len() + 1 == n {
            self.untotalled.0 += 1;
            let value = |t: &Token| match number::read(t.span.of(text), Measure::Count) {
                Some(Content::Number(v, _)) => v,
                _ => 0.0,
            };
            let parts: f64 = cells[..n - 2].iter().map(value).sum();
            self.sixth_is_sum |= parts > 0.0 && parts == value(&cells[n - 2]);
        }
    }

    /// Whether the issuer leaves the totals of the requests table empty.
    pub(crate) fn is_untotalled(&self) -> bool {
        self.is_mostly_untotalled() && !self.sixth_is_sum
    }

    /// Whether nearly all lines of the requests table have six figures, whatever they add up to.
    pub(crate) fn is_mostly_untotalled(&self) -> bool {
        self.untotalled.0 >= 8 && self.untotalled.0 > 8 * self.untotalled.1
    }

    /// Whether cells vanish from rows without separators.
    pub(crate) fn is_short(&self) -> bool {
        self.short >= 3
    }

    /// Whether nearly all lines have their figures in the row of the label.
    pub(crate) fn is_beside(&self) -> bool {
        self.beside.0 >= 3 && self.beside.0 > 3 * self.beside.1
    }

    /// Whether lines with empty cells are the exception: most issuers write something into every cell.
    pub(crate) fn gapless(&self) -> bool {
        let count = |lines: &[Vec<Start>; 3]| lines.iter().map(Vec::len).sum::<usize>();
        count(&self.full) >= 8 && count(&self.exact) <= 2
    }

    /// Whether lines of the same shape agree where their cells begin; false where there is none.
    pub(crate) fn is_settled(&self, table: Table, token: &Token, label: i32) -> bool {
        let shape = (token.kind, token.width, label);
        let mut places = self.full[table as usize].iter().filter(|s| s.shape == shape).map(|s| s.place);
        places.next().is_some_and(|first| places.all(|p| p == first))
    }

    /// Where the cells of a line begin, if the other lines of its table tell; `weak` takes lines with empty cells
    /// for witnesses as well.
    pub(crate) fn start(&self, table: Table, token: &Token, label: i32, weak: bool) -> Option<i32> {
        let shape = (token.kind, token.width, label);
        let exact: &[Start] = if weak { &self.exact[table as usize] } else { &[] };
        [self.full[table as usize].as_slice(), exact].into_iter().find_map(|lines| {
            // Lines of the same shape first, then what all lines have in common: the first cell next to the label,
            // at one place of every row, or at one distance from its end.
            let alike = lines.iter().filter(|s| s.shape == shape).map(|s| s.place);
            let all = || lines.iter().filter(|s| s.shape.0 == token.kind);
            mostly(alike)
                .or_else(|| mostly(all().map(|s| s.filler())).map(|filler| label + 1 + filler))
                .or_else(|| mostly(all().map(|s| s.place)))
                .or_else(|| mostly(all().map(|s| s.before_end())).map(|n| token.width - n))
        })
    }
}

/// The first and the last token that is not blank.
pub(crate) fn ends(tokens: &[Token]) -> Option<(usize, usize)> {
    let first = tokens.iter().position(|t| t.mark != Mark::Blank)?;
    let last = tokens.iter().rposition(|t| t.mark != Mark::Blank)?;
    Some((first, last))
}

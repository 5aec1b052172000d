//! Doubt about the one way to read a line, where no sum can speak for it.

use crate::report::{Reading, Readings, Written};
use crate::terms::Table;

use super::super::found::{Found, Mark, Token};
use super::super::habits::ends;
use super::super::layout::Kind;
use super::Reader;

impl Reader<'_> {
    /// Whether one way to read a line is no certain one, for no sum can speak for it.
    pub(crate) fn is_doubtful(&self, tokens: &[Token], found: &Found) -> bool {
        let Some((first, last)) = ends(tokens) else { return false };
        let cells = &tokens[first..=last];
        if self.sums > 0 {
            // Zeros in a row behind the label's fit anywhere.
            let zero =
                |t: &Token| t.mark == Mark::Blank || t.mark == Mark::Nil || self.cell(t, 0).number() == Some(0.0);
            return cells.len() < self.measures.len()
                && self.table == Table::Requests
                && cells.iter().all(zero)
                && tokens.iter().any(|t| t.row != found.row && t.kind == Kind::Grid);
        }
        let figures = || cells.iter().filter(|t| t.mark == Mark::Figure);
        let apart = figures().any(|t| t.row != found.row);
        found.stray
            // Some figures stand beside the label and some below, or two of them below stand side by side.
            || figures().any(|t| t.kind != cells[0].kind)
            || (apart && figures().any(|t| t.kind == Kind::Spaced))
            // A single space parts two figures, where wider gaps part others: one number may be split.
            || self.is_split(cells, found.label.end)
            // Columns that the figures do not stand below.
            || (self.extents.is_some()
                && cells.len() == self.measures.len()
                && cells.iter().all(|t| t.kind == Kind::Spaced)
                && self.under_header(cells).is_none())
            // Below the label, where other lines have their figures beside it.
            || (apart && self.habits.is_beside())
            // The row begins elsewhere than others of its shape.
            || (tokens.len() > cells.len()
                && self.habits.start(self.table, &tokens[0], self.label, true).is_some_and(|s| s != tokens[first].place)
                && cells.len() == self.measures.len())
    }

    fn is_split(&self, cells: &[Token], label: u32) -> bool {
        let spaced = cells.iter().all(|t| t.kind == Kind::Spaced);
        let ends = std::iter::once(label).chain(cells.iter().map(|t| t.span.end));
        let gaps = || ends.clone().zip(cells).map(|(end, t)| t.span.start.saturating_sub(end));
        spaced && gaps().skip(1).any(|g| g == 1) && gaps().any(|g| g > 1)
    }

    /// A reading that wants a witness; zeros only say nothing of where they stand.
    pub(crate) fn doubted(&self, reading: Reading) -> Readings {
        let nothing = vec![Written::MISSING; reading.len()];
        if self.sums > 0 { Readings::Open(vec![reading, nothing]) } else { Readings::Open(vec![reading]) }
    }
}

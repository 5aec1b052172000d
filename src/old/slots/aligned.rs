//! The columns under which the figures of a spaced row stand.

use crate::report::{Reading, Written};

use super::super::found::{Mark, Token};
use super::super::layout::Kind;
use super::Reader;

impl Reader<'_> {
    /// In a spaced row, the columns under which the figures stand: those of the header, or of the full rows.
    pub(crate) fn aligned(&self, tokens: &[Token]) -> Option<Reading> {
        if tokens.iter().any(|t| t.kind != Kind::Spaced) {
            return None;
        }
        let by_rows = || if self.measures.len() == 7 { self.under_rows(tokens) } else { None };
        self.under_header(tokens).or_else(by_rows)
    }

    /// Each figure below the one header word that it overlaps.
    pub(crate) fn under_header(&self, tokens: &[Token]) -> Option<Reading> {
        let n = self.measures.len();
        let extents = self.extents.filter(|e| e.len() == n)?;
        let mut reading = vec![Written::MISSING; n];
        let mut next = 0;
        for token in tokens.iter().filter(|t| t.mark != Mark::Blank) {
            let (left, right) = (token.place - token.columns, token.place);
            let mut below = (0..n).filter(|c| left < extents[*c].1 && right > extents[*c].0);
            let (Some(column), None) = (below.next(), below.next()) else { return None };
            if column < next {
                return None;
            }
            reading[column] = self.cell(token, column);
            next = column + 1;
        }
        Some(reading)
    }

    /// Each figure at the place that its column has in full rows: by left or right edges, whichever keep their place.
    fn under_rows(&self, tokens: &[Token]) -> Option<Reading> {
        let rows = &self.habits.spaced;
        if rows.len() < 2 {
            return None;
        }
        let edge = |cell: &(i32, i32), right: bool| if right { cell.1 } else { cell.0 };
        let spread = |right: bool| {
            (0..7).map(move |c| {
                let all = rows.iter().map(|r| edge(&r[c], right));
                all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)
            })
        };
        let right = spread(true).max()? <= spread(false).max()?;
        if spread(right).max()? > 1 {
            return None;
        }
        let mut reading = vec![Written::MISSING; 7];
        let mut next = 0;
        for token in tokens.iter().filter(|t| t.mark != Mark::Blank) {
            let own = (token.place - token.columns, token.place);
            let column = (next..7).find(|c| (edge(&rows[0][*c], right) - edge(&own, right)).abs() <= 1)?;
            reading[column] = self.cell(token, column);
            next = column + 1;
        }
        Some(reading)
    }
}

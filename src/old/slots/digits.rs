//! Digits without gaps, or parted by nothing but spaces.

use crate::document::Span;
use crate::report::{Content, Reading, Readings, Writing, Written};
use crate::terms::Table;

use super::super::cuts;
use super::super::found::{Mark, Token};
use super::super::layout::Kind;
use super::{Reader, listed, whole};

impl Reader<'_> {
    /// Digits parted by spaces, and signs for nothing among them, as cells one behind the other; none where other marks
    /// stand between them, which may be signs.
    fn pieces(&self, digits: &[&Token]) -> Vec<Token> {
        let between = |a: &Token, b: &Token| self.text.get(a.span.end as usize..b.span.start as usize);
        let parted = |w: &[&Token]| w[1].row != w[0].row || between(w[0], w[1]).is_none_or(|t| t.trim().is_empty());
        let mut out = Vec::new();
        if !digits.windows(2).all(parted) {
            return out;
        }
        for token in digits {
            let start = token.span.start as usize;
            let mut from = 0;
            for piece in token.span.of(self.text).split(' ') {
                let span = Span::new(start + from, start + from + piece.len());
                from += piece.len() + 1;
                if !piece.is_empty() {
                    let mark = if token.mark == Mark::Digits { Mark::Figure } else { token.mark };
                    out.push(Token { mark, span, kind: Kind::Line, place: out.len() as i32, ..**token });
                }
            }
        }
        let width = out.len() as i32;
        out.iter_mut().for_each(|t| t.width = width);
        out
    }

    /// Digits without gaps.
    pub(crate) fn cut(&self, tokens: &[Token]) -> Readings {
        let n = self.measures.len();
        let digits: Vec<&Token> = tokens.iter().filter(|t| t.mark != Mark::Blank).collect();
        if let ([one], 1) = (digits.as_slice(), n) {
            return Readings::Certain(vec![self.cell(one, 0)]);
        }
        // As many pieces as cells are cells, and where sums tell, so is one less: no digit moves over a space. Two pieces
        // may be a number in two.
        let pieces = self.pieces(&digits);
        if pieces.len() > 2 && (pieces.len() == n || (pieces.len() + 1 == n && self.sums > 0)) {
            return self.place(&pieces);
        }
        if digits.iter().any(|t| t.mark == Mark::Nil || t.span.of(self.text).contains([',', '，'])) {
            return Readings::Hopeless(whole(tokens));
        }
        let joined: String = digits.iter().flat_map(|t| t.span.of(self.text).chars()).filter(|c| *c != ' ').collect();
        let spaced = digits.len() > 1 || digits[0].span.of(self.text).contains(' ');
        if spaced && self.sums == 0 {
            // Digits in pieces, and no sum to tell whose they are.
            return Readings::Hopeless(whole(tokens));
        }
        let span = Span { start: digits[0].span.start, end: digits[digits.len() - 1].span.end };
        if self.sums > 0 && self.habits.is_short() {
            // Cells vanish: as many numbers as cells would be chance.
            return Readings::Hopeless(span);
        }
        let exact = digits.len() == 1 && !spaced;
        // Cuts go by sums that stand last; other orders are not cut.
        let last = self.measures.len() - 1;
        let usual = self.order.is_none_or(|o| self.table == Table::Requests && usize::from(o[last]) == last);
        match cuts::cut(&joined, self.table, self.measures) {
            Some(all) if !all.is_empty() && usual => {
                let readings: Vec<Reading> = all
                    .into_iter()
                    .map(|cut| {
                        cut.into_iter()
                            .map(|(range, value)| Written {
                                content: Content::Number(value, Writing::Plain),
                                span: Some(if exact {
                                    Span::new(span.start as usize + range.start, span.start as usize + range.end)
                                } else {
                                    span
                                }),
                            })
                            .collect()
                    })
                    .collect();
                // One cell takes all digits; as many zeros as cells leave no choice either. Other digits of a table
                // without sums have no witness.
                let plain = self.sums == 0 && readings.len() == 1;
                let sure = plain && (readings[0].len() == 1 || readings[0].iter().all(|w| w.number() == Some(0.0)));
                match readings.first() {
                    Some(one) if sure => Readings::Certain(one.clone()),
                    _ => listed(readings),
                }
            }
            _ => Readings::Hopeless(span),
        }
    }
}

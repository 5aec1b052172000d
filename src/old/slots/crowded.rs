//! Lines with more figures than cells.

use crate::document::Span;
use crate::report::{Content, Reading, Readings, Writing, Written};
use crate::terms::Measure;

use super::super::found::{Mark, Token};
use super::super::layout::Kind;
use super::{Reader, listed, whole};
use crate::tables::number;

impl Reader<'_> {
    /// More figures than cells: two are one number, or one is none of the line's.
    pub(crate) fn crowded(&self, tokens: &[Token]) -> Readings {
        let n = self.measures.len();
        let excess = tokens.len() - n;
        if excess > 2 || self.measures.iter().any(|m| *m != Measure::Count) {
            return Readings::Hopeless(whole(tokens));
        }
        let mut all = Vec::new();
        self.shrink(tokens, excess, 0, &mut all);
        listed(all)
    }

    fn shrink(&self, tokens: &[Token], excess: usize, from: usize, all: &mut Vec<Reading>) {
        if excess == 0 {
            all.push(self.window(tokens, 0));
            return;
        }
        for i in from..tokens.len() {
            // A blank cell, a zero, or a number on a line of its own may be none of the line's.
            let foreign = tokens[i].mark == Mark::Blank
                || tokens[i].kind == Kind::Line
                || self.cell(&tokens[i], 0).number() == Some(0.0);
            if foreign {
                let mut fewer = tokens.to_vec();
                fewer.remove(i);
                self.shrink(&fewer, excess - 1, i, all);
            }
            if i + 1 < tokens.len() && tokens[i].mark == Mark::Figure && tokens[i + 1].mark == Mark::Figure {
                let joined = Span { start: tokens[i].span.start, end: tokens[i + 1].span.end };
                let between = Span { start: tokens[i].span.end, end: tokens[i + 1].span.start };
                if between.of(self.text).len() <= 8 {
                    let mut fewer = tokens.to_vec();
                    fewer.remove(i + 1);
                    fewer[i].span = joined;
                    // Only digits join; the reader sees the white space between them.
                    let blank: String =
                        joined.of(self.text).chars().filter(|c| !c.is_whitespace() && *c != '|').collect();
                    if matches!(number::read(&blank, Measure::Count), Some(Content::Number(_, Writing::Plain)))
                        && !blank.starts_with('0')
                    {
                        fewer[i].mark = Mark::Figure;
                        self.shrink_joined(&fewer, excess - 1, i, &blank, all);
                    }
                }
            }
        }
    }

    fn shrink_joined(&self, tokens: &[Token], excess: usize, at: usize, joined: &str, all: &mut Vec<Reading>) {
        if excess > 0 {
            return;
        }
        let mut reading = Vec::with_capacity(tokens.len());
        for (i, t) in tokens.iter().enumerate() {
            let mut cell =
                if i == at { Written { content: Content::Unreadable, span: Some(t.span) } } else { self.cell(t, i) };
            if i == at
                && let Some(Content::Number(v, _)) = number::read(joined, Measure::Count)
            {
                cell.content = Content::Number(v, Writing::Doubtful);
            }
            reading.push(cell);
        }
        all.push(reading);
    }
}

//! Words that are no label by themselves: parts of labels, labels without separators, words of the issuer's own.

use crate::terms::{CUES, Header, Labels, fold, may_hold_cue, split_mark};

use super::super::columns::Order;
use super::super::found::{Found, Mark, Token};
use super::super::glued;
use super::super::label::{self, Match};
use super::super::layout::{Kind, Piece};
use super::{Cut, Walk};

/// A sentence has them, a header has none.
const SENTENCE_MARKS: &[char] = &['。', '；', '！'];

impl Walk<'_> {
    /// Words that are no label by themselves.
    pub(super) fn words(&mut self, token: Token, single: bool, row_of_figures: bool) {
        let text = token.span.of(self.text);
        if self.glued(token) {
            return;
        }
        if single && self.digits_alone(token) {
            return;
        }
        if let Some(cut) = &self.cut {
            fold(split_mark(text).1, &mut self.folded);
            let whole = format!("{}{}", cut.words, self.folded);
            if let Some(key) = Labels::get().exact(&whole).and_then(|m| m.line) {
                let piece = Piece { span: token.span, place: token.place, columns: 0 };
                self.label(Match::Line(key), &piece, 2, token.row, false);
                return;
            }
        }
        fold(split_mark(text).1, &mut self.folded);
        if !self.loose.is_empty() && text.len() <= 120 {
            let whole = format!("{}{}", self.loose, self.folded);
            if let Some(key) = Labels::get().exact(&whole).and_then(|m| m.line) {
                let piece = Piece { span: token.span, place: token.place, columns: 0 };
                self.label(Match::Line(key), &piece, 2, token.row, false);
                return;
            }
        }
        self.loose.clear();
        if !row_of_figures && !single && text.len() <= 120 {
            self.loose.push_str(&self.folded);
        }
        let Some(open) = &self.open else {
            if row_of_figures {
                self.close(None);
                self.begin_cut(token);
            }
            return;
        };
        if text.len() > 300 {
            self.close(None);
            return;
        }
        fold(text, &mut self.folded);
        let has_figures = open.tokens.iter().any(|t| t.mark == Mark::Figure);
        if !(row_of_figures && (has_figures || open.whole))
            && (label::is_part_of(&self.folded, open.key, &mut self.scratch)
                || label::is_part_of_group(&self.folded, &mut self.scratch))
        {
            return;
        }
        let begun = open.tokens.iter().any(|t| t.row == token.row || token.kind == Kind::Stream);
        let full = open.tokens.iter().filter(|t| t.mark != Mark::Blank).count() >= Labels::get().most_cells(open.key);
        if begun && !full && text.chars().count() <= 12 && !single {
            self.push(token);
        } else if row_of_figures {
            self.close(None);
            self.begin_cut(token);
        } else if single && token.kind == Kind::Line && text.chars().count() > 45 {
            self.close(None);
        }
    }

    /// A line of nothing but digits, too long for a number, below a label or the header of disputes.
    pub(super) fn digits_alone(&mut self, token: Token) -> bool {
        let text = token.span.of(self.text);
        let digits = text.len() <= 200 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits {
            self.push(Token { mark: Mark::Digits, ..token });
        }
        digits
    }

    /// A row of figures behind words of no label: a line of the issuer's own, or the first part of a label.
    fn begin_cut(&mut self, token: Token) {
        if self.place.table.is_none() {
            return;
        }
        fold(split_mark(token.span.of(self.text)).1, &mut self.folded);
        let found = Found {
            key: Labels::get().disputes(),
            label: token.span,
            whole: false,
            place: token.place,
            tokens: Vec::new(),
            order: Order::Form,
            extents: None,
        };
        self.cut = Some(Cut { words: self.folded.clone(), found });
    }

    /// Labels and digits without a separator: parts them and walks over the parts. False if it is none of that.
    fn glued(&mut self, token: Token) -> bool {
        let text = token.span.of(self.text);
        let mut table = self.place.table;
        let cue = may_hold_cue(text);
        let sentence = text.len() > 240 || text.contains(SENTENCE_MARKS);
        if cue || (self.place.header && table.is_some() && !sentence) {
            fold(text, &mut self.folded);
            let found = CUES.iter().filter_map(|(w, t)| self.folded.find(w).map(|at| (at, *t))).min_by_key(|c| c.0);
            table = found.map(|f| f.1).or(table);
            let digits = self.folded.contains(|c: char| c.is_ascii_digit());
            if let Some(guess) = table.filter(|_| !digits && self.folded.len() <= 600) {
                let (headers, bytes) = Labels::get().headers_in(&self.folded, guess);
                // A header is nothing but its words; a sentence has others.
                if headers.len() > 1 && bytes * 10 >= self.folded.len() * 9 {
                    self.headers(&headers, guess, token.row);
                    return true;
                }
            }
        }
        let Some(table) = table else { return false };
        let Some(parts) = glued::part(self.text, token.span, table) else { return false };
        for part in parts {
            match part {
                glued::Part::Line(key, span) => {
                    if key == Labels::get().disputes() {
                        self.header(Header::Litigation, token.row, None);
                    } else {
                        self.label(
                            Match::Line(key),
                            &Piece { span, place: token.place, columns: 0 },
                            2,
                            token.row,
                            false,
                        );
                    }
                }
                glued::Part::Words => {}
                glued::Part::Digits(span) => self.push(Token { mark: Mark::Digits, span, ..token }),
                glued::Part::Headers(table, headers) => {
                    self.close(None);
                    self.headers(&headers, table, token.row);
                }
            }
        }
        true
    }
}

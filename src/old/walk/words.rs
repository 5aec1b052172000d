//! Words that are no label by themselves: parts of labels, labels without separators, words of the issuer's own.

use crate::terms::{CUES, Group, Header, Labels, LineKey, LineTerm, Table, fold, may_hold_cue, split_mark};

use super::super::columns::{Order, Stand};
use super::super::found::{Found, Mark, Token};
use super::super::glued;
use super::super::label::{self, Match};
use super::super::layout::{Kind, Piece};
use super::{Class, Cut, Walk};

/// A sentence has them, a header has none.
const SENTENCE_MARKS: &[char] = &['。', '；', '！'];

impl Walk<'_> {
    /// Words that are no label by themselves.
    pub(crate) fn words(&mut self, token: Token, single: bool, row_of_figures: bool) {
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
            let begins = |(label, _): &(String, LineKey)| label.starts_with(&whole);
            if !self.folded.is_empty() && !row_of_figures && Labels::get().line_labels().iter().any(begins) {
                if let Some(cut) = &mut self.cut {
                    cut.words = whole;
                }
                return;
            }
        }
        self.words.read(self.text, token.span);
        if !self.loose.is_empty() && text.len() <= 120 {
            let whole = format!("{}{}", self.loose, self.words.body);
            if let Some(key) = Labels::get().exact(&whole).and_then(|m| m.line) {
                let piece = Piece { span: token.span, place: token.place, columns: 0 };
                self.label(Match::Line(key), &piece, 2, token.row, false);
                return;
            }
        }
        self.loose.clear();
        let in_table = self.place.table.is_some() && text.len() <= 60;
        if !row_of_figures && (!single || in_table) && text.len() <= 120 {
            self.loose.push_str(&self.words.body);
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
        let numeric = text.chars().any(char::is_numeric);
        let begun = open.tokens.iter().any(|t| t.row == token.row || token.kind == Kind::Stream)
            || (numeric && open.row == token.row);
        let full = open.tokens.iter().filter(|t| t.mark != Mark::Blank).count() >= Labels::get().most_cells(open.key);
        // Digits right behind a label are its figure, whatever words follow them.
        let first = open.row == token.row && !has_figures && text.starts_with(|c: char| c.is_ascii_digit());
        // Digits with something else behind a full line: the line's last cell may be this one.
        if begun && (!full || numeric) && (first || text.chars().count() <= 12) && !single {
            self.push(token);
        } else if row_of_figures || (full && self.may_be_local(token)) {
            self.close(None);
            self.begin_cut(token);
        } else if single && token.kind == Kind::Line && text.chars().count() > 45 {
            self.close(None);
        }
    }

    /// Whether the words go on with the label of the open line, or of a line that began with the words above.
    pub(crate) fn goes_on(&mut self, found: Match, piece: &Piece, row: u32) -> bool {
        if !matches!(found, Match::Unknown | Match::Line(_)) {
            return false;
        }
        let labels = Labels::get();
        let line = |words: &str| labels.exact(words).and_then(|m| m.line);
        self.words.read(self.text, piece.span);
        let body = self.words.body.as_str();
        if body.is_empty() || body.len() > 120 || line(body).is_some() {
            return false;
        }
        if let Some(open) = self.open.as_mut().filter(|o| !o.whole && o.row != row) {
            let whole = format!("{}{body}", self.begun);
            if line(&whole) == Some(open.key) {
                open.whole = true;
                // Where no figure stood beside the first part, they stand beside this one.
                if !open.tokens.iter().any(|t| matches!(t.mark, Mark::Figure | Mark::Digits | Mark::Nil)) {
                    open.tokens.clear();
                    (open.place, open.row) = (piece.place, row);
                }
                self.begun = whole;
                return true;
            }
        }
        if self.loose.is_empty() || !matches!(found, Match::Line(_)) {
            return false;
        }
        let whole = format!("{}{body}", self.loose);
        match line(&whole) {
            Some(key) => {
                self.label(Match::Line(key), piece, 2, row, false);
                self.begun = whole;
                true
            }
            None => false,
        }
    }

    /// Whether a group's label stands in this row beside a middle part of the open line's label.
    pub(crate) fn is_cut_beside_group(&mut self, pieces: &[Piece], classes: &[Class]) -> bool {
        if !classes.iter().any(|c| matches!(c, Class::Words(m) if self.is_group(*m))) {
            return false;
        }
        let Some(key) = self.open.as_ref().filter(|o| !o.whole && o.tokens.is_empty()).map(|o| o.key) else {
            return false;
        };
        pieces.iter().zip(classes).any(|(piece, class)| {
            fold(split_mark(piece.span.of(self.text)).1, &mut self.folded);
            matches!(class, Class::Words(Match::Unknown))
                && self.folded.chars().count() >= 3
                && label::is_part_of(&self.folded, key, &mut self.scratch)
        })
    }

    /// Whether the words are a group's label in some edition.
    pub(crate) fn is_group(&self, found: Match) -> bool {
        match found {
            Match::Group(_) => true,
            Match::Line(key) => Labels::get().line(key).rows[0] == "other",
            _ => false,
        }
    }

    /// Keeps the words of a row that may be a part of a header broken over lines.
    pub(crate) fn fragments(&mut self, pieces: &[Piece], classes: &[Class], row: u32) {
        for (piece, class) in pieces.iter().zip(classes) {
            if matches!(class, Class::Words(m) if *m != Match::Header(Header::Proactive)) {
                fold(piece.span.of(self.text), &mut self.folded);
                self.columns.fragment(&self.folded, (piece.place - piece.columns, piece.place), row);
            }
        }
    }

    /// Whether a label of few characters stands in a group that has no such line: 其他 of 不予公开.
    pub(crate) fn is_strange(&self, term: &LineTerm) -> bool {
        term.group == Some(Group::Other)
            && term.label.chars().count() <= 2
            && matches!(self.group, Some(Group::Denied | Group::Unable | Group::Rejected))
    }

    /// A line of nothing but digits, too long for a number, below a label or the header of disputes.
    pub(crate) fn digits_alone(&mut self, token: Token) -> bool {
        let text = token.span.of(self.text);
        let digits = text.len() <= 200 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits {
            self.push(Token { mark: Mark::Digits, ..token });
        }
        digits
    }

    /// Whether the words, below a line that has all its cells, may be the label of a line of the issuer's own.
    fn may_be_local(&self, token: Token) -> bool {
        let text = token.span.of(self.text);
        self.place.table == Some(Table::Requests)
            && matches!(token.kind, Kind::Stream | Kind::Line)
            && text.chars().count() <= 16
            && !text.contains(SENTENCE_MARKS)
    }

    /// A row of figures behind words of no label: a line of the issuer's own, or the first part of a label.
    pub(crate) fn begin_cut(&mut self, token: Token) {
        if self.place.table.is_none() {
            return;
        }
        fold(split_mark(token.span.of(self.text)).1, &mut self.folded);
        let found = Found {
            key: Labels::get().disputes(),
            label: token.span,
            whole: false,
            place: token.place,
            row: token.row,
            stray: false,
            tokens: Vec::new(),
            order: Order::Form,
            extents: None,
            first: None,
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
                        self.header(Header::Litigation, token.row, Stand::Somewhere);
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
                glued::Part::Nil(span) => self.push(Token { mark: Mark::Nil, span, ..token }),
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

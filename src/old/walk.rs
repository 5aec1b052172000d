//! The walk over the rows of a document: labels open lines of the form, what follows them is collected.

mod words;

use crate::document::Span;
use crate::report::{Extra, SectionRead};
use crate::terms::{
    APPLICANTS, Group, Header, Labels, LineKey, Section, Table, fold, is_numeral, may_hold_cue, split_mark,
};

use super::columns::{Columns, Order, Stand};
use super::found::{Found, Mark, Token, Walked};
use super::label::{self, Match, Place};
use super::layout::{Kind, Layout, Piece};
use crate::tables::number;

/// A class for each piece of a row, before anything is decided.
#[derive(Debug, Clone, Copy)]
enum Class {
    Blank,
    Nil,
    Figure,
    Words(Match),
}

pub(crate) fn walk(text: &str, layout: &Layout, sections: &[SectionRead]) -> Walked {
    let mut walk = Walk {
        text,
        sections,
        next_section: 0,
        // Room for the lines of a usual report.
        out: Walked { found: Vec::with_capacity(36), columns_seen: Vec::with_capacity(16), ..Walked::default() },
        place: Place::default(),
        open: None,
        cut: None,
        columns: Columns::default(),
        loose: String::new(),
        begun: String::new(),
        group: None,
        reading_header: false,
        words: Folded::default(),
        folded: String::new(),
        scratch: String::new(),
    };
    let mut classes = Vec::with_capacity(16);
    for (number, row) in layout.rows.iter().enumerate() {
        walk.row(number as u32, row.kind, row.width, &layout.pieces[row.pieces.clone()], &mut classes);
    }
    walk.close(None);
    walk.out
}

/// The first part of a label, folded, and what stands behind it.
#[derive(Debug)]
struct Cut {
    words: String,
    found: Found,
}

struct Walk<'a> {
    text: &'a str,
    sections: &'a [SectionRead],
    next_section: usize,
    out: Walked,
    place: Place,
    open: Option<Found>,
    /// Figures behind words that may be the first part of a label, to be completed by the words below.
    cut: Option<Cut>,
    columns: Columns,
    /// Folded words of no label in the row above, which may be the first part of one.
    loose: String,
    /// Folded words of the open line's label so far.
    begun: String,
    /// The group of the last line or group label.
    group: Option<Group>,
    /// Whether the last words were a header's.
    reading_header: bool,
    words: Folded,
    folded: String,
    scratch: String,
}

/// The words that were folded last: most are asked about several times in a row.
#[derive(Debug, Default)]
struct Folded {
    of: Option<Span>,
    mark: Option<crate::terms::Mark>,
    /// What follows the mark, folded.
    body: String,
}

impl Folded {
    fn read(&mut self, text: &str, span: Span) {
        if self.of != Some(span) {
            let (mark, body) = split_mark(span.of(text));
            fold(body, &mut self.body);
            (self.of, self.mark) = (Some(span), mark);
        }
    }
}

impl Walk<'_> {
    fn row(&mut self, row: u32, kind: Kind, width: i32, pieces: &[Piece], classes: &mut Vec<Class>) {
        let start = pieces[0].span.start;
        if self.at_heading(start, pieces) {
            return;
        }
        if let [piece] = pieces
            && self.place.table.is_none()
            && kind != Kind::Stream
            && !self.may_open(piece.span)
        {
            return;
        }
        let before = self.place;
        classes.clear();
        classes.extend(pieces.iter().map(|p| self.class(p.span)));
        let header_row = classes.iter().any(|c| matches!(c, Class::Words(Match::Header(_))));
        let figures = classes.iter().filter(|c| matches!(c, Class::Figure)).count();
        let labelled = classes.iter().any(|c| matches!(c, Class::Words(Match::Line(_))));
        let wordless = !classes.iter().any(|c| matches!(c, Class::Words(_)));
        if figures > 0 && wordless && kind != Kind::Stream && self.is_stray(kind, pieces.len(), figures) {
            if let Some(open) = &mut self.open {
                open.stray = true;
            }
            return;
        }
        if kind == Kind::Spaced && figures == 0 && !labelled {
            self.fragments(pieces, classes, row);
        }
        let token =
            |p: &Piece, mark| Token { mark, span: p.span, place: p.place, columns: p.columns, row, kind, width };
        // Among header words, words that may be a column or a line are a column.
        self.place.header |= header_row && figures == 0;
        let cut = self.is_cut_beside_group(pieces, classes);
        // Empty cells in front of a label are no cells of the line above.
        let words = classes.iter().position(|c| matches!(c, Class::Words(_))).unwrap_or(0);
        for (i, (piece, class)) in pieces.iter().zip(classes.iter()).enumerate() {
            match *class {
                Class::Blank => {
                    if !header_row && i >= words {
                        self.push(token(piece, Mark::Blank));
                    }
                }
                Class::Nil => self.push(token(piece, Mark::Nil)),
                Class::Figure if pieces.len() == 1 && kind == Kind::Line && piece.span.end - piece.span.start >= 15 => {
                    self.digits_alone(token(piece, Mark::Figure));
                }
                // Nor are figures, but where the row goes on with what stands above it on a line of its own.
                Class::Figure if kind == Kind::Grid && labelled && i < words && self.is_bare(row) => {}
                Class::Figure => self.push(token(piece, Mark::Figure)),
                Class::Words(found) if self.goes_on(found, piece, row) => {}
                Class::Words(m) if cut && self.is_group(m) => {}
                Class::Words(Match::Unknown) => {
                    let single = pieces.len() == 1;
                    self.words(token(piece, Mark::Junk), single, figures > 0 && !labelled && !header_row);
                }
                Class::Words(found) => {
                    // What stood before in this row may have changed what the words mean.
                    let found = match found {
                        _ if self.place == before => found,
                        _ => match self.find(piece.span) {
                            Match::Unknown => found,
                            again => again,
                        },
                    };
                    let spaced = kind == Kind::Spaced;
                    self.label(found, piece, pieces.len(), row, spaced);
                }
            }
        }
    }

    /// Whether the row is the next section's heading; then the section's table may begin.
    fn at_heading(&mut self, start: u32, pieces: &[Piece]) -> bool {
        let end = pieces[pieces.len() - 1].span.end;
        let mut inside = false;
        while let Some(section) = self.sections.get(self.next_section) {
            if section.heading.start >= end.max(start + 1) {
                break;
            }
            inside = section.heading.end > start;
            self.next_section += 1;
            self.close(None);
            self.reading_header = false;
            self.group = None;
            self.place = Place {
                table: match section.section {
                    Section::Proactive => Some(Table::Proactive),
                    Section::Requests => Some(Table::Requests),
                    Section::Disputes => Some(Table::Disputes),
                    _ => None,
                },
                header: true,
            };
            // A heading with text behind it on its line is a row like others.
            if inside && end > section.heading.end + 12 {
                inside = false;
            }
        }
        inside
    }

    /// Outside of tables: whether a line of text can be a label or a header at all.
    fn may_open(&self, span: Span) -> bool {
        let text = span.of(self.text);
        text.len() <= 150 || (text.len() <= 20_000 && may_hold_cue(text))
    }

    /// Whether numbers in a row without a label belong to no open line: a page number behind a full line.
    fn is_stray(&self, kind: Kind, pieces: usize, figures: usize) -> bool {
        let Some(open) = &self.open else { return !self.awaits_disputes() };
        let wanted = Labels::get().most_cells(open.key);
        let have = open.tokens.iter().filter(|t| t.mark != Mark::Blank).count();
        let loose = |t: &Token| matches!(t.kind, Kind::Line | Kind::Stream);
        match open.tokens.iter().any(loose) || open.tokens.is_empty() {
            // Where every cell has its own line, the sums tell which number is none of the line's.
            true => have >= wanted + 2,
            // A number alone on its line is no part of a row that has all its cells on one.
            false => have >= wanted || (pieces == 1 && kind == Kind::Line && figures == 1),
        }
    }

    /// Whether the open line has no figure from a row above: then figures in front of the next label are none of its.
    fn is_bare(&self, row: u32) -> bool {
        self.open.as_ref().is_none_or(|o| !o.tokens.iter().any(|t| t.mark == Mark::Figure && t.row < row))
    }

    fn class(&mut self, span: Span) -> Class {
        let text = span.of(self.text);
        match text.as_bytes() {
            [] => return Class::Blank,
            [b'0'..=b'9'] => return Class::Figure,
            _ => {}
        }
        if number::is_nil(text) {
            return Class::Nil;
        }
        if number::is_figure(text) {
            return Class::Figure;
        }
        Class::Words(self.find(span))
    }

    /// What words are a label of, where the walk is.
    fn find(&mut self, span: Span) -> Match {
        if span.of(self.text).len() > label::LONGEST {
            return Match::Unknown;
        }
        self.words.read(self.text, span);
        self.folded.clone_from(&self.words.body);
        label::find_folded(span.of(self.text), self.words.mark, self.place, &mut self.folded)
    }

    fn push(&mut self, token: Token) {
        if self.open.is_none() && self.awaits_disputes() && token.mark != Mark::Junk {
            self.open_disputes();
        }
        if let Some(open) = self.open.as_mut().or(self.cut.as_mut().map(|c| &mut c.found))
            && open.tokens.len() < 400
        {
            open.tokens.push(token);
        }
    }

    fn label(&mut self, found: Match, piece: &Piece, pieces: usize, row: u32, spaced: bool) {
        match found {
            Match::Header(header) => {
                let stand = match spaced {
                    true => Stand::Over(piece.place - piece.columns, piece.place),
                    false => Stand::At(piece.place),
                };
                self.header(header, row, stand);
            }
            Match::Group(group) => {
                // A group's label beside the rest of a cut one ends no line.
                let cut = self.cut.take();
                self.close(Some(group));
                self.cut = cut;
                self.group = Some(group);
                self.reading_header = false;
                self.place.header = false;
            }
            Match::Line(key) => {
                let term = Labels::get().line(key);
                let far = self.place.table != Some(term.table);
                if far && pieces == 1 && term.label.chars().count() < 6 {
                    return;
                }
                if self.is_strange(term) {
                    let token = Token {
                        mark: Mark::Junk,
                        span: piece.span,
                        place: piece.place,
                        columns: 0,
                        row,
                        kind: Kind::Line,
                        width: 0,
                    };
                    self.close(None);
                    self.begin_cut(token);
                    return;
                }
                let cut = self.completed(piece.span, key);
                self.loose.clear();
                self.group = term.group.or(self.group);
                self.words.read(self.text, piece.span);
                self.begun.clone_from(&self.words.body);
                let whole = Labels::get().exact(&self.begun).is_some();
                self.close(term.group.filter(|_| !term.label.is_empty()));
                self.reading_header = false;
                self.place = Place { table: Some(term.table), header: false };
                // Of the editions' variants of the line, the one that the header fits best.
                let order = Labels::get()
                    .variants(key)
                    .iter()
                    .map(|term| (term.len(), self.columns.order(term)))
                    .max_by_key(|(n, order)| (order.telling(), *n))
                    .map_or(Order::Form, |(_, order)| order);
                let (extents, first) = (self.columns.extents(term), self.columns.first_place(term));
                self.open = Some(match cut {
                    Some(cut) => Found { key, order, extents, first, whole: true, ..cut },
                    None => Found {
                        key,
                        label: piece.span,
                        whole,
                        place: piece.place,
                        row,
                        stray: false,
                        // The cells of most lines.
                        tokens: Vec::with_capacity(8),
                        order,
                        extents,
                        first,
                    },
                });
            }
            Match::Unknown => {}
        }
    }

    /// The line whose label began above and is completed by these words, if so.
    fn completed(&mut self, words: Span, key: LineKey) -> Option<Found> {
        let cut = self.cut.take()?;
        let (mark, rest) = split_mark(words.of(self.text));
        fold(rest, &mut self.folded);
        let words = cut.words.trim_start_matches(is_numeral);
        let whole = format!("{words}{}", self.folded);
        let is_whole = || Labels::get().exact(&whole).and_then(|m| m.line) == Some(key);
        // A mark alone begins a label that has no other.
        let completes = if words.is_empty() { mark.is_none() } else { is_whole() };
        if completes {
            return Some(cut.found);
        }
        self.cut = Some(cut);
        None
    }

    fn header(&mut self, header: Header, row: u32, stand: Stand) {
        let table = header.table();
        // 总计 alone, outside of any table, says nothing.
        if self.place.table.is_none() && matches!(header, Header::Applicant(_) | Header::Result(4)) {
            return;
        }
        // 总数 in the header of the proactive table is the end of a word that is broken over lines.
        let total = Header::Applicant(APPLICANTS.len() as u8 - 1);
        if self.reading_header && self.place.table == Some(Table::Proactive) && header == total {
            return;
        }
        let disputes = Labels::get().disputes();
        // A line that has all its cells is not the one that another header opens.
        let whole = Labels::get().line(disputes).len();
        let is_open = self.open.as_ref().is_some_and(|o| {
            o.key == disputes && o.tokens.iter().filter(|t| matches!(t.mark, Mark::Figure | Mark::Nil)).count() < whole
        });
        if !(table == Table::Disputes && is_open) {
            self.close(None);
        }
        if !self.reading_header || self.columns.table() != Some(table) || header == Header::Proactive {
            self.columns.begin(table);
        }
        self.reading_header = true;
        self.place = Place { table: Some(table), header: true };
        self.columns.see(header, row, stand);
        match header {
            Header::ProactiveColumn(key) => self.out.columns_seen.push(key),
            Header::Applicant(_) => self.out.requests_header = true,
            _ => {}
        }
        if table == Table::Disputes && self.open.is_none() {
            self.open_disputes();
        }
    }

    /// Header words without separators: each counts as a row of its own, for nothing tells which stand side by side.
    fn headers(&mut self, headers: &[Header], table: Table, row: u32) {
        self.place = Place { table: Some(table), header: false };
        for (i, header) in headers.iter().enumerate() {
            self.header(*header, row.saturating_mul(64).saturating_add(i as u32), Stand::Somewhere);
        }
        self.place = Place { table: Some(table), header: true };
    }

    /// The line of disputes has no label: its header opens it, or the first cell below the section's heading.
    fn open_disputes(&mut self) {
        let key = Labels::get().disputes();
        self.open = Some(Found {
            key,
            label: Span::default(),
            whole: true,
            place: -1,
            row: u32::MAX,
            stray: false,
            tokens: Vec::new(),
            order: Order::Form,
            extents: None,
            first: None,
        });
    }

    fn awaits_disputes(&self) -> bool {
        let key = Labels::get().disputes();
        self.place.table == Some(Table::Disputes)
            && !self.out.found.iter().any(|f| f.key == key && !f.tokens.is_empty())
    }

    /// Ends the open line. `next` is the group of the line or group that begins.
    fn close(&mut self, next: Option<Group>) {
        if let Some(cut) = self.cut.take()
            && self.out.extras.len() < 200
        {
            self.out.unplaced.extend(self.place.table.filter(|_| cut.found.has_figures()));
            self.out.extras.push(Extra { label: cut.found.label });
        }
        let Some(mut found) = self.open.take() else { return };
        let labels = Labels::get();
        if found.key == labels.disputes() {
            found.order = self.columns.order(labels.line(found.key));
        }
        let figures = found.has_figures();
        if labels.line(found.key).rows[0] == "other" && !figures {
            // In the newer form these words are a group without figures of its own.
            let whole = found.tokens.len() >= 7;
            if !whole || next == Some(Group::Other) {
                return;
            }
        }
        self.out.found.push(found);
    }
}

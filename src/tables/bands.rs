//! Bands: what stands together in a table, a label and the values behind it, with what the words of the label may mean.

use crate::document::{Origin, Span};
use crate::report::SectionRead;
use crate::terms::{Group, Header, Labels, LineKey, Mark, Meaning, Section, Table, fold, split_mark};

use super::number;
use super::sheet::{Piece, Row, Sheet};
use super::unglue;

/// What stands in a place of a table by its characters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Nothing: an empty cell.
    Empty,
    /// A mark for nothing.
    Nil,
    /// Something that reads as a number.
    Figure,
    /// Digits of several cells, of which nothing tells where one ends.
    Digits,
    /// Words.
    Words,
}

/// A value behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    pub ink: Ink,
    pub span: Span,
    /// Left and right edge, in the unit of the row's origin.
    pub extent: (i32, i32),
    /// The same where each character is one column wide.
    pub narrow: (i32, i32),
    /// The row it stands in.
    pub row: u32,
    /// Digits right below it, where a narrow column cuts a number over lines.
    pub below: [Span; 3],
}

impl Value {
    /// All its parts, one below the other.
    pub(super) fn parts(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.span).chain(self.below.into_iter().filter(|s| !s.is_empty()))
    }

    /// From its first to its last character.
    pub(super) fn whole(&self) -> Span {
        self.parts().fold(self.span, |all, s| Span { start: all.start.min(s.start), end: all.end.max(s.end) })
    }
}

/// A label with its values, as far as one row or one run of lines shows them.
#[derive(Debug, Clone)]
pub(super) struct Band {
    /// What told its pieces apart.
    pub origin: Origin,
    /// Whether it is a row of a table by itself.
    pub whole: bool,
    /// The row it begins in.
    pub row: u32,
    /// Words in front of the values, from left to right.
    pub words: Vec<Piece>,
    /// The values, empty cells included.
    pub values: Vec<Value>,
    /// Whether words stand behind the values.
    pub tail: bool,
    /// The number mark of the label.
    pub mark: Option<Mark>,
    /// The folded words of the label, groups in front of it left out.
    pub label: String,
    /// What the label means, where its words are known to the letter.
    pub meaning: Meaning,
    /// A group that stands in front of the label, or is all of it.
    pub group: Option<Group>,
}

impl Band {
    /// Whether a figure, or a mark for nothing, stands in it.
    pub(super) fn has_values(&self) -> bool {
        self.values.iter().any(|v| v.ink != Ink::Empty)
    }

    /// Whether a figure stands in it.
    pub(super) fn has_figures(&self) -> bool {
        self.values.iter().any(|v| matches!(v.ink, Ink::Figure | Ink::Digits))
    }

    /// Where its label stands.
    pub(super) fn label_span(&self) -> Option<Span> {
        self.words.last().map(|p| p.span)
    }
}

/// The bands of one statistical table, in reading order.
#[derive(Debug, Default)]
pub(super) struct Region {
    pub bands: Vec<Band>,
}

/// Longest words that are looked at as a label, in bytes.
pub(super) const LONGEST: usize = 400;

/// The bands of the three tables, in the order of [`Table::ALL`].
pub(super) fn regions(text: &str, sheet: &Sheet, sections: &[SectionRead]) -> [Region; 3] {
    let mut walk = Walk { text, sections, next: 0, table: None, out: Default::default(), broken: true };
    for (number, row) in sheet.rows.iter().enumerate() {
        walk.row(number as u32, row, &sheet.pieces[row.pieces.clone()]);
    }
    walk.out
}

struct Walk<'a> {
    text: &'a str,
    sections: &'a [SectionRead],
    next: usize,
    table: Option<Table>,
    out: [Region; 3],
    /// Whether the next value begins a band of its own.
    broken: bool,
}

impl Walk<'_> {
    fn row(&mut self, number: u32, row: &Row, pieces: &[Piece]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        if self.heading(first.span.start, last.span.end) {
            return;
        }
        let classes: Vec<Ink> = pieces.iter().map(|p| ink(p.span.of(self.text))).collect();
        if self.table.is_none() && pieces.len() == 1 && last.span.end - first.span.start > 20_000 {
            return;
        }
        if let Some(parts) = self.unglued(row, pieces, &classes) {
            for part in parts {
                self.part(number, part);
            }
            return;
        }
        if !row.whole && pieces.len() == 1 {
            self.cell(number, row, pieces[0], classes[0]);
        } else {
            self.line(number, row, pieces, &classes);
        }
    }

    /// Whether the row is the heading of a section; then the section's table may begin.
    fn heading(&mut self, start: u32, end: u32) -> bool {
        let mut inside = false;
        while let Some(section) = self.sections.get(self.next) {
            if section.heading.start >= end.max(start + 1) {
                break;
            }
            inside = section.heading.end > start && end <= section.heading.end + 12;
            self.next += 1;
            self.broken = true;
            self.table = match section.section {
                Section::Proactive => Some(Table::Proactive),
                Section::Requests => Some(Table::Requests),
                Section::Disputes => Some(Table::Disputes),
                _ => None,
            };
        }
        inside
    }

    /// The parts of a row whose words and digits follow each other without a gap, if so.
    fn unglued(&self, row: &Row, pieces: &[Piece], classes: &[Ink]) -> Option<Vec<unglue::Part>> {
        let words = pieces.iter().zip(classes).filter(|(_, c)| **c == Ink::Words);
        let mut glued = words.map(|(p, _)| p.span).filter(|s| unglue::may_be_glued(s.of(self.text), self.table));
        glued.next()?;
        if row.whole && matches!(row.origin, Origin::Markup | Origin::Ruled | Origin::Separated) {
            return None;
        }
        let whole = Span { start: pieces[0].span.start, end: pieces[pieces.len() - 1].span.end };
        unglue::parts(self.text, whole, self.table)
    }

    fn part(&mut self, number: u32, part: unglue::Part) {
        match part {
            unglue::Part::Words(span) => {
                let piece = Piece { span, extent: (0, 0), narrow: (0, 0) };
                self.push_words(number, Origin::Glued, piece);
            }
            unglue::Part::Value(ink, span) => {
                self.push_value(value(ink, &Piece { span, extent: (0, 0), narrow: (0, 0) }, number), Origin::Glued);
            }
        }
    }

    /// A cell on a line of its own.
    fn cell(&mut self, number: u32, row: &Row, piece: Piece, class: Ink) {
        match class {
            Ink::Words => self.push_words(number, row.origin, piece),
            ink => {
                self.push_value(value(ink, &piece, number), row.origin);
            }
        }
    }

    fn push_words(&mut self, number: u32, origin: Origin, piece: Piece) {
        let mut band = Band::empty(origin, number);
        band.words.push(piece);
        band.read(self.text);
        self.band(band);
    }

    fn push_value(&mut self, value: Value, origin: Origin) {
        let Some(table) = self.table else { return };
        let bands = &mut self.out[table as usize].bands;
        match bands.last_mut() {
            Some(band) if !self.broken && !band.whole => {
                if band.values.len() < 400 {
                    band.values.push(value);
                }
            }
            _ => {
                let mut band = Band::empty(origin, value.row);
                band.values.push(value);
                bands.push(band);
                self.broken = false;
            }
        }
    }

    /// A row of a table.
    fn line(&mut self, number: u32, row: &Row, pieces: &[Piece], classes: &[Ink]) {
        let mut band = Band::empty(row.origin, number);
        band.whole = true;
        let is_value = |c: &Ink| matches!(c, Ink::Figure | Ink::Nil);
        // A figure in front of the label is the number of its row.
        let words = classes.iter().position(|c| *c == Ink::Words).unwrap_or(0);
        let numbered = words > 0 && is_value(&classes[0]) && classes[words..].iter().any(is_value);
        let (pieces, classes) = if numbered { (&pieces[words..], &classes[words..]) } else { (pieces, classes) };
        let figure = classes.iter().position(is_value);
        let last_words = classes[..figure.unwrap_or(classes.len())].iter().rposition(|c| *c == Ink::Words);
        for (i, (piece, class)) in pieces.iter().zip(classes).enumerate() {
            match class {
                Ink::Words if figure.is_none_or(|f| i < f) => band.words.push(*piece),
                Ink::Words => band.tail = true,
                // What is empty in front of a label is no cell of its line.
                Ink::Empty if last_words.is_some_and(|w| i < w) => {}
                ink => band.values.push(value(*ink, piece, number)),
            }
        }
        // A mark for nothing right behind the label is the first cell.
        if let Some(last) = band.words.last_mut().filter(|_| figure.is_some())
            && let Some((words, mark)) = mark_behind(self.text, last)
        {
            last.span = words;
            band.values.insert(0, value(Ink::Nil, &Piece { span: mark, ..*last }, number));
        }
        band.read(self.text);
        self.band(band);
    }

    fn band(&mut self, band: Band) {
        if let Some(table) = band.table(self.table) {
            if self.table != Some(table) {
                self.broken = true;
            }
            self.table = Some(table);
        }
        let Some(table) = self.table else { return };
        let bands = &mut self.out[table as usize].bands;
        if bands.len() < 4_000 {
            bands.push(band);
        }
        self.broken = false;
    }
}

/// Words of a label without the mark for nothing that stands right behind them, and that mark.
fn mark_behind(text: &str, piece: &Piece) -> Option<(Span, Span)> {
    let words = piece.span.of(text);
    let mark = words.chars().next_back()?;
    let front = words.len() - mark.len_utf8();
    let label = words[..front].chars().next_back().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let is_mark = !mark.is_alphanumeric() && number::is_nil(&words[front..]);
    let middle = piece.span.start as usize + front;
    let (start, end) = (piece.span.start as usize, piece.span.end as usize);
    (label && is_mark).then(|| (Span::new(start, middle), Span::new(middle, end)))
}

fn value(ink: Ink, piece: &Piece, row: u32) -> Value {
    Value { ink, span: piece.span, extent: piece.extent, narrow: piece.narrow, row, below: [Span::default(); 3] }
}

/// The words in front of an explanation in brackets.
pub(super) fn before_note(words: &str) -> Option<&str> {
    let open = words.find(['(', '\u{ff08}']).filter(|at| *at > 0)?;
    Some(words[..open].trim_end()).filter(|front| !front.is_empty())
}

/// What characters are by themselves.
fn ink(text: &str) -> Ink {
    match text.as_bytes() {
        [] => return Ink::Empty,
        [b'0'..=b'9'] => return Ink::Figure,
        _ => {}
    }
    if number::is_nil(text) {
        return if text.chars().all(|c| c.is_whitespace() || number::is_invisible(c)) { Ink::Empty } else { Ink::Nil };
    }
    if number::is_figure(text) || number::is_cut(text) { Ink::Figure } else { Ink::Words }
}

impl Band {
    fn empty(origin: Origin, row: u32) -> Band {
        Band {
            origin,
            whole: false,
            row,
            words: Vec::new(),
            values: Vec::new(),
            tail: false,
            mark: None,
            label: String::new(),
            meaning: Meaning::default(),
            group: None,
        }
    }

    /// Reads the words of the label: the last words in front of the values, or all of them where these say more.
    fn read(&mut self, text: &str) {
        let Some(last) = self.words.last() else { return };
        if last.span.end - last.span.start > LONGEST as u32 {
            return;
        }
        self.read_words(last.span.of(text));
        let labels = Labels::get();
        if self.meaning != Meaning::default() || self.words.len() < 2 {
            return;
        }
        // A label whose words stand apart, "自然 人" or "1. 属于国家秘密" in two pieces.
        let mut all = String::new();
        let mut folded = String::new();
        for piece in &self.words {
            fold(split_mark(piece.span.of(text)).1, &mut folded);
            if labels.exact(&folded).is_none_or(|m| m.group.is_none()) {
                all.push_str(piece.span.of(text));
            }
        }
        if all.len() <= LONGEST {
            let before = (self.mark, std::mem::take(&mut self.label), self.meaning, self.group);
            self.read_words(&all);
            if self.meaning == Meaning::default() {
                (self.mark, self.label, self.meaning, self.group) = before;
            }
        }
    }

    /// Reads words as a label; groups in front of it are told from it.
    fn read_words(&mut self, words: &str) {
        let labels = Labels::get();
        let (mark, mut rest) = split_mark(words);
        self.mark = mark;
        fold(rest, &mut self.label);
        self.group = None;
        for _ in 0..3 {
            if let Some(meaning) = labels.exact(&self.label) {
                self.meaning = *meaning;
                self.group = self.group.or(meaning.group);
                return;
            }
            let Some((group, tail)) = labels.group_before(rest) else { break };
            self.group = Some(group);
            let (mark, body) = split_mark(tail);
            (self.mark, rest) = (mark, body);
            fold(rest, &mut self.label);
        }
        // An explanation in brackets, `规章（设区的市、自治州人民政府应提供相关数据）`, says nothing of which line it is.
        if let Some(front) = before_note(rest) {
            let mut folded = String::new();
            fold(front, &mut folded);
            if let Some(meaning) = labels.exact(&folded) {
                self.meaning = *meaning;
                self.label = folded;
                return;
            }
        }
        // "1属于国家秘密": a mark without a point.
        let bare = self.label.trim_start_matches(|c: char| c.is_ascii_digit());
        if self.mark.is_none()
            && bare.len() < self.label.len()
            && let Some(meaning) = labels.exact(bare)
        {
            self.meaning = *meaning;
            self.label = bare.to_owned();
        }
    }

    /// The table that the words of the band belong to, beyond doubt.
    fn table(&self, now: Option<Table>) -> Option<Table> {
        let labels = Labels::get();
        let meaning = &self.meaning;
        if let Some(header) = meaning.header {
            let table = header.table();
            // 总计, 其他 and 行政诉讼 alone say nothing.
            let weak = matches!(header, Header::Applicant(5 | 6) | Header::Result(4) | Header::Litigation)
                || (matches!(header, Header::DisputeRow(_)) && now.is_none());
            if meaning.other_header.is_none() && meaning.line.is_none() && !weak {
                return Some(table);
            }
        }
        let key: LineKey = meaning.line?;
        let line = labels.line(key);
        let short = self.label.chars().count() < 6;
        let labelled = self.has_values() || !short;
        // A short label far from its table is a word like others.
        match now {
            Some(table) if table == line.table => None,
            _ if short
                && (self.words.len() + self.values.len() < 2 || now.is_some() && line.table != Table::Proactive) =>
            {
                None
            }
            _ => labelled.then_some(line.table),
        }
    }
}

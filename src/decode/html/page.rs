//! The page as its tags unfold: what is open, what is dropped, where tables begin and end.

use super::super::Budget;
use super::ink::Ink;
use super::portal::Heading;
use super::rows::{Links, Rows, Table};
use super::tags::{Attributes, Marks, Tag};

/// Open tags that are looked through for the one that an end tag closes.
const REACH: usize = 64;
/// Longest foot of a page in bytes.
const FOOT: usize = 3000;
/// Longest link of a list of links in bytes.
const LINK: usize = 120;

/// An open tag.
#[derive(Debug, Clone, Copy)]
struct Element {
    tag: Tag,
    /// Where the reading text was when it began.
    start: usize,
    /// What stood in links by then.
    links: Links,
}

/// Fewest links of a menu that is no list.
const MENU: usize = 3;

/// A page in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) ink: Ink,
    pub(super) rows: Rows,
    pub(super) heading: Heading,
    /// Tags that may be open within each other, and tables within tables.
    depth: usize,
    elements: Vec<Element>,
    tables: Vec<Table>,
    /// Tables that were too deep to be opened.
    too_deep: usize,
    links: Links,
    /// Where the open link began.
    link: Option<usize>,
    /// The tag whose text is no part of the page.
    muted: Option<Tag>,
}

impl Page {
    pub(super) fn new(budget: &Budget) -> Page {
        Page { depth: budget.depth, rows: Rows::new(budget), ..Page::default() }
    }

    /// Takes characters; see [`Ink::write`].
    pub(super) fn text(&mut self, chars: &[u8], at: usize, length: usize) {
        match self.muted {
            None => self.ink.write(chars, at, length),
            Some(Tag::Title) if self.heading.title.0.len() < 2000 => {
                if self.heading.title.0.is_empty() {
                    self.heading.title.1 = at;
                }
                self.heading.title.0.extend_from_slice(chars);
            }
            Some(_) => {}
        }
    }

    /// Takes a start tag; `at` is where it stands in the source.
    pub(super) fn open(&mut self, tag: Tag, attributes: &Attributes, at: usize) {
        if tag.is_block() {
            self.ink.line();
        }
        if attributes.marks.raised && self.ink.ends_with_digit() {
            self.ink.write(b"^", at, 1);
        }
        match tag {
            Tag::Title | Tag::Script | Tag::Raw | Tag::Form => self.muted = Some(tag),
            Tag::Meta => self.heading.meta(&attributes.name, &attributes.content, at),
            Tag::Link => {
                self.end_link();
                self.link = attributes.marks.href.then_some(self.ink.len());
            }
            Tag::Table => self.open_table(),
            Tag::Group => self.group(),
            Tag::Row => self.row(),
            Tag::Cell => self.cell(attributes.marks),
            Tag::Heading => self.tables.last_mut().into_iter().for_each(Table::heading),
            Tag::Input => self.input(attributes, at),
            Tag::Raised if self.ink.ends_with_digit() => self.ink.write(b"^", at, 1),
            Tag::Reading => {
                self.close_element(Tag::Reading);
                self.push(tag);
            }
            // All spans within a hidden one, so that its own end is found.
            Tag::Span if attributes.marks.hidden || self.inside(Tag::Span) => self.push(tag),
            Tag::Preformatted => {
                self.ink.pre += 1;
                self.push(tag);
            }
            _ if tag.is_open_until_closed() => self.push(tag),
            _ => {}
        }
    }

    /// Takes an end tag.
    pub(super) fn close(&mut self, tag: Tag) {
        if self.muted.take_if(|muted| *muted == tag).is_some() {
            return;
        }
        if tag.is_block() {
            self.ink.line();
        }
        match tag {
            Tag::Link => self.end_link(),
            Tag::Table if self.too_deep > 0 => self.too_deep -= 1,
            Tag::Table => self.close_table(),
            Tag::Group => self.group(),
            Tag::Row | Tag::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    let base = table.base;
                    self.close_to(base);
                }
            }
            Tag::Span => self.close_element(tag),
            _ if tag.is_open_until_closed() => self.close_element(tag),
            _ => {}
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self) -> (Ink, Rows, Heading) {
        // What was never closed is dropped nowhere.
        self.elements.clear();
        while !self.tables.is_empty() {
            self.close_table();
        }
        (self.ink, self.rows, self.heading)
    }

    fn base(&self) -> usize {
        self.tables.last().map_or(0, |t| t.base)
    }

    fn push(&mut self, tag: Tag) {
        if self.elements.len() < self.depth {
            self.elements.push(Element { tag, start: self.ink.len(), links: self.links });
        }
    }

    /// Whether such a tag is open, within the cell and within reach.
    fn place(&self, tag: Tag) -> Option<usize> {
        let low = self.base().max(self.elements.len().saturating_sub(REACH));
        self.elements.get(low..)?.iter().rposition(|e| e.tag == tag).map(|i| low + i)
    }

    fn inside(&self, tag: Tag) -> bool {
        self.place(tag).is_some()
    }

    fn close_element(&mut self, tag: Tag) {
        if let Some(at) = self.place(tag) {
            self.close_to(at);
        }
    }

    /// Closes the open tags from a place on, the innermost first.
    fn close_to(&mut self, at: usize) {
        while self.elements.len() > at {
            if let Some(element) = self.elements.pop() {
                self.closed(element);
            }
        }
    }

    /// What an element held is taken back if it is none of the report's.
    fn closed(&mut self, element: Element) {
        let Element { tag, start, links } = element;
        if tag == Tag::Preformatted {
            self.ink.pre = self.ink.pre.saturating_sub(1);
        }
        let length = self.ink.len() - start.min(self.ink.len());
        if length == 0 || self.rows.reach(start) {
            return;
        }
        let dropped = match tag {
            Tag::Span => !self.inside(Tag::Span),
            Tag::Footer => length < FOOT,
            _ => tag.is_dropped(),
        };
        if tag == Tag::Footer && dropped {
            self.ink.note(start);
        }
        if dropped || (tag.is_holder() && self.is_menu(start, links, if tag == Tag::List { 1 } else { MENU })) {
            self.ink.cut(start, tag.is_block());
            self.links = links;
        }
    }

    /// Whether what was written from a place on is hardly more than short links, `least` of them.
    fn is_menu(&self, start: usize, before: Links, least: usize) -> bool {
        let (count, bytes) = (self.links.count - before.count, self.links.bytes - before.bytes);
        count >= least
            && bytes <= count * LINK
            && self.ink.since(start).iter().filter(|b| !b.is_ascii_whitespace() && **b != b'|').count() * 7
                <= bytes * 10
    }

    fn end_link(&mut self) {
        if let Some(start) = self.link.take() {
            let bytes = self.ink.len().saturating_sub(start);
            if (1..=600).contains(&bytes) {
                self.links = Links { count: self.links.count + 1, bytes: self.links.bytes + bytes };
            }
        }
    }

    /// A figure in a field of a form is a figure of the page.
    fn input(&mut self, attributes: &Attributes, at: usize) {
        let shown = attributes.kind.is_empty()
            || [&b"text"[..], b"number"].iter().any(|kind| attributes.kind.eq_ignore_ascii_case(kind));
        let figure = !attributes.content.is_empty()
            && attributes.content.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/' | b','));
        if shown && figure && self.tables.last().is_some_and(|t| t.in_cell) && self.muted.is_none() {
            self.ink.write(&attributes.content, at, 0);
        }
    }

    fn open_table(&mut self) {
        // A table where no cell is open begins behind the one before.
        if self.tables.last().is_some_and(|t| !t.in_cell) {
            self.close_table();
        }
        if self.tables.len() >= self.depth {
            self.too_deep += 1;
            return;
        }
        self.ink.line();
        self.tables.push(Table::new(self.elements.len(), (self.ink.len(), self.links)));
    }

    fn close_table(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            self.cut_menu(table.begin);
        }
        self.ink.line();
    }

    /// Takes back what was written since a mark, if it is a menu.
    fn cut_menu(&mut self, (start, before): (usize, Links)) -> bool {
        let menu = !self.rows.reach(start) && self.is_menu(start, before, MENU);
        if menu {
            self.ink.cut(start, true);
            self.links = before;
        }
        menu
    }

    /// Ends the cell of the innermost table, if one is open.
    fn end_cell(&mut self) {
        if let Some(cell) = self.tables.last().and_then(|t| t.open) {
            self.cut_menu(cell);
        }
    }

    /// Ends the row of the innermost table; cells and rows of menus are taken back.
    fn end_row(&mut self) {
        let Some(Table { base, row, .. }) = self.tables.last() else { return };
        let (base, row) = (*base, *row);
        self.close_to(base);
        self.end_cell();
        let is_menu = row.is_some_and(|row| self.cut_menu(row));
        match self.tables.last_mut() {
            Some(table) if is_menu => table.skip(),
            Some(table) => self.rows.end(table, &mut self.ink),
            None => {}
        }
    }

    fn group(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.end_group();
        }
    }

    fn row(&mut self) {
        self.end_row();
        match self.tables.last_mut() {
            Some(table) => table.begin_row(),
            None => self.ink.line(),
        }
    }

    fn cell(&mut self, marks: Marks) {
        if self.tables.is_empty() {
            return self.ink.tab();
        }
        self.close_to(self.base());
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.cell(&mut self.ink, self.links, self.rows.spans(marks.columns, marks.rows));
        }
    }
}

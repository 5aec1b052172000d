//! The page as its tags unfold: what is open, what is dropped, where tables begin and end.

mod shown;

use super::super::Budget;
use super::gone::Gone;
use super::ink::Ink;
use super::portal::Heading;
use super::rows::{Links, Rows, Table};
use super::sheet::{self, Sheet};
use super::style::Look;
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
    /// How characters were shown around it.
    look: Look,
    /// Whether they are shown in another way within.
    looks: bool,
    /// Whether it is kept for that alone.
    only: bool,
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
    /// Whether what is not shown is left out.
    heeds: bool,
    /// The open element that is not shown.
    gone: Option<Gone>,
    /// Whether a table was not shown.
    lost_table: bool,
    /// The style sheets so far, and the one that is being read.
    pub(super) sheet: Sheet,
    styles: Vec<u8>,
    /// How characters are shown here, and whether they say nothing.
    look: Look,
    silent: bool,
    /// Open tags that show characters in another way, and whether any did.
    looked: usize,
    has_looks: bool,
    /// Whether the last characters were raised, and whether a figure of the open cell stands before them.
    raised: bool,
    noted: bool,
}

impl Page {
    pub(super) fn new(budget: &Budget, heeds: bool) -> Page {
        Page { depth: budget.depth, rows: Rows::new(budget), heeds, ..Page::default() }
    }

    /// Whether no table is shown, and one is that is not, or most figures of those that are shown are not.
    pub(super) fn has_lost_table(&self) -> bool {
        (self.lost_table && !self.rows.has_grid()) || self.rows.hide_most()
    }

    /// Takes characters; see [`Ink::write`].
    pub(super) fn text(&mut self, chars: &[u8], at: usize, length: usize) {
        if self.gone.is_some() {
            return;
        }
        match self.muted {
            None if self.silent => self.miss(chars),
            None => {
                // The space before raised characters is written first: what it is depends on where it stands.
                let space = chars.len() - chars.trim_ascii_start().len();
                let space = if length == chars.len() && (self.look.raised || self.raised) { space } else { 0 };
                self.ink.write(&chars[..space], at, space);
                let (chars, at, length) = (&chars[space..], at + space, length - space);
                if self.look.raised || self.raised {
                    self.raise(chars, at);
                }
                self.ink.write(chars, at, length);
            }
            Some(Tag::Title) if self.heading.title.0.len() < 2000 => {
                if self.heading.title.0.is_empty() {
                    self.heading.title.1 = at;
                }
                self.heading.title.0.extend_from_slice(chars);
            }
            Some(Tag::Style) if self.styles.len() + chars.len() <= sheet::LONGEST => {
                self.styles.extend_from_slice(chars);
            }
            Some(_) => {}
        }
    }

    /// Takes a start tag; `at` is where it stands in the source.
    pub(super) fn open(&mut self, tag: Tag, attributes: &Attributes, at: usize) {
        if !self.passes(tag, Gone::open) {
            return;
        }
        let marks = &attributes.marks;
        if tag.is_block() {
            self.ink.line();
            self.end_implied(tag);
        }
        if marks.gone && self.heeds && tag.may_be_gone() {
            return self.lose(tag);
        }
        let tells = marks.matters || (marks.tells && self.has_looks);
        let look = if tells { self.look.with(&marks.said) } else { self.look };
        let open = self.elements.len();
        match tag {
            Tag::Title | Tag::Script | Tag::Raw | Tag::Form => self.muted = Some(tag),
            Tag::Style => {
                // Another medium has another sheet.
                if !attributes.kind.eq_ignore_ascii_case(b"print") {
                    self.styles.clear();
                }
                self.muted = Some(tag);
            }
            Tag::Sheet => self.link_sheet(&attributes.kind),
            Tag::Meta => self.heading.meta(&attributes.name, &attributes.content, at),
            Tag::Link => {
                self.end_link();
                self.link = marks.href.then_some(self.ink.len());
            }
            Tag::Table => self.open_table(marks),
            Tag::Group => self.group(marks),
            Tag::Row => self.row(marks),
            Tag::Cell => self.cell(*marks),
            Tag::Heading => self.tables.last_mut().into_iter().for_each(Table::heading),
            Tag::Input => self.input(attributes, look, at),
            Tag::Reading => {
                self.close_element(Tag::Reading);
                self.push(tag);
            }
            Tag::Preformatted => {
                self.ink.pre += 1;
                self.push(tag);
            }
            _ if tag.is_open_until_closed() => self.push(tag),
            _ => {}
        }
        if (tells || self.looked > 0) && tag.is_around() {
            self.begin_look(tag, look, open);
        }
    }

    /// Takes an end tag.
    pub(super) fn close(&mut self, tag: Tag) {
        if !self.passes(tag, Gone::close) {
            return;
        }
        if self.muted.take_if(|muted| *muted == tag).is_some() {
            if tag == Tag::Style {
                let styles = std::mem::take(&mut self.styles);
                self.sheet.read(&styles);
                self.forget_paper();
            }
            return;
        }
        if tag.is_block() {
            self.ink.line();
        }
        match tag {
            Tag::Link => self.end_link(),
            Tag::Table if self.too_deep > 0 => self.too_deep -= 1,
            Tag::Table => self.close_table(),
            Tag::Group => self.group(&Marks::default()),
            Tag::Row | Tag::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    let (base, look) = (table.base, table.look_behind(tag));
                    self.close_to(base);
                    if self.has_looks {
                        self.set_look(look);
                    }
                }
            }
            _ => {}
        }
        if tag.is_open_until_closed() || (self.looked > 0 && tag.is_around()) {
            self.close_element(tag);
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
            let (start, links, look) = (self.ink.len(), self.links, self.look);
            self.elements.push(Element { tag, start, links, look, looks: false, only: false });
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
        let Element { tag, start, links, look, looks, only } = element;
        if looks {
            self.looked -= 1;
            self.set_look(look);
        }
        if tag == Tag::Preformatted {
            self.ink.pre = self.ink.pre.saturating_sub(1);
        }
        let length = self.ink.len() - start.min(self.ink.len());
        if only || length == 0 || self.rows.reach(start) {
            return;
        }
        let dropped = match tag {
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

    /// A figure in a field of a form is a figure of the page, where the page has none beside it.
    fn input(&mut self, attributes: &Attributes, look: Look, at: usize) {
        let shown = attributes.kind.is_empty()
            || [&b"text"[..], b"number"].iter().any(|kind| attributes.kind.eq_ignore_ascii_case(kind));
        let figure = !attributes.content.is_empty()
            && attributes.content.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/' | b','));
        let seen = !self.heeds || !(attributes.marks.gone || look.is_silent());
        let table = self.tables.last_mut().filter(|t| t.in_cell && shown && figure && seen);
        if let Some(table) = table.filter(|_| self.muted.is_none()) {
            table.field(&mut self.ink, &attributes.content, at);
        }
    }

    fn open_table(&mut self, marks: &Marks) {
        // A table where no cell is open begins behind the one before.
        if self.tables.last().is_some_and(|t| !t.in_cell) {
            self.close_table();
        }
        if self.tables.len() >= self.depth {
            self.too_deep += 1;
            return;
        }
        self.ink.line();
        let around = self.look;
        self.set_look(around.with(&marks.said));
        self.tables.push(Table::new(self.elements.len(), (self.ink.len(), self.links), [around, self.look]));
    }

    fn close_table(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            self.set_look(table.look_behind(Tag::Table));
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

    fn group(&mut self, marks: &Marks) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.end_group();
            if self.has_looks || marks.matters {
                let look = table.begin_look(Tag::Group, &marks.said);
                self.set_look(look);
            }
        }
    }

    fn row(&mut self, marks: &Marks) {
        self.end_row();
        match self.tables.last_mut() {
            Some(table) => {
                table.begin_row();
                if self.has_looks || marks.matters {
                    let look = table.begin_look(Tag::Row, &marks.said);
                    self.set_look(look);
                }
            }
            None => self.ink.line(),
        }
    }

    fn cell(&mut self, marks: Marks) {
        if self.tables.is_empty() {
            return self.ink.tab();
        }
        self.close_to(self.base());
        self.end_cell();
        (self.raised, self.noted) = (false, false);
        if let Some(table) = self.tables.last_mut() {
            let look = (self.has_looks || marks.matters).then(|| table.begin_look(Tag::Cell, &marks.said));
            table.cell(&mut self.ink, self.links, self.rows.spans(marks.columns, marks.rows));
            look.into_iter().for_each(|look| self.set_look(look));
        }
    }
}

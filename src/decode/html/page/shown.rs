//! What of a page is shown: what its style sheets hide, and raised characters beside figures.

use super::super::super::notes;
use super::super::gone::{Gone, Step};
use super::super::rows::Table;
use super::super::style::{Ground, Look};
use super::super::tags::Tag;
use super::Page;

impl Page {
    /// Characters come that are raised, or stand behind such: those behind a digit are none of its number.
    pub(super) fn raise(&mut self, chars: &[u8], at: usize) {
        if chars.trim_ascii().is_empty() {
            return;
        }
        if !self.look.raised {
            self.raised = false;
            // More than the mark of a note stands behind the figure.
            if let Some(table) = self.tables.last_mut().filter(|_| std::mem::take(&mut self.noted)) {
                table.note(None);
            }
            return;
        }
        let begins = str::from_utf8(chars).is_ok_and(|chars| chars.starts_with(notes::may_begin));
        if !std::mem::replace(&mut self.raised, true) && begins && self.ink.ends_with_digit() {
            if let Some(table) = self.tables.last_mut().filter(|t| t.in_cell) {
                table.note(Some(self.ink.len()));
                self.noted = true;
            }
            self.ink.write(b"^", at, 1);
        }
    }

    /// Characters come that are not shown.
    pub(super) fn miss(&mut self, chars: &[u8]) {
        let figure = !self.look.is_struck() && chars.iter().any(u8::is_ascii_digit);
        if let Some(table) = self.tables.last_mut().filter(|table| figure && table.in_cell) {
            table.miss();
        }
    }

    pub(super) fn set_look(&mut self, look: Look) {
        self.has_looks |= look != self.look;
        self.look = look;
        self.silent = self.heeds && look.is_silent();
    }

    /// Within a tag characters are shown in some way; so many tags were open before it.
    pub(super) fn begin_look(&mut self, tag: Tag, look: Look, open: usize) {
        // All tags like one that shows characters in its own way, so that its own end is found.
        let changes = look != self.look;
        if self.elements.len() == open && (changes || self.inside(tag)) {
            self.push(tag);
            self.elements.iter_mut().skip(open).for_each(|element| element.only = true);
        }
        let own = self.elements.get_mut(open..).and_then(|pushed| pushed.last_mut());
        if let Some(element) = own.filter(|_| changes) {
            element.looks = true;
            self.looked += 1;
            self.set_look(look);
        }
    }

    /// Whether a tag stands outside of what is not shown.
    pub(super) fn passes(&mut self, tag: Tag, take: fn(&mut Gone, Tag) -> Step) -> bool {
        let Some(gone) = &mut self.gone else { return true };
        let step = take(gone, tag);
        if step != Step::Inside {
            self.lost_table |= gone.has_table;
            self.gone = None;
        }
        step == Step::Behind
    }

    /// What begins here is not shown.
    pub(super) fn lose(&mut self, tag: Tag) {
        match tag {
            Tag::Group => self.end_row(),
            Tag::Row => self.end_row(),
            Tag::Cell => {
                self.close_to(self.base());
                self.end_cell();
                self.tables.last_mut().into_iter().for_each(Table::begin_row);
            }
            Tag::Table => self.ink.line(),
            _ => {}
        }
        self.gone = Some(Gone::new(tag, !self.tables.is_empty()));
    }

    /// A style sheet elsewhere may put colours behind anything.
    pub(super) fn link_sheet(&mut self, kind: &[u8]) {
        if memchr::memmem::find(&kind.to_ascii_lowercase(), b"stylesheet").is_some() {
            self.sheet.has_others = true;
            self.forget_paper();
        }
    }

    pub(super) fn forget_paper(&mut self) {
        if self.sheet.has_others && self.look.ground == Ground::White {
            let mut look = self.look;
            look.ground = Ground::Unknown;
            self.set_look(look);
        }
    }

    /// A block ends the paragraph before it, and an item the one before.
    pub(super) fn end_implied(&mut self, tag: Tag) {
        if self.looked == 0 || tag == Tag::Break {
            return;
        }
        self.close_element(Tag::Paragraph);
        if tag == Tag::Item && self.place(Tag::Item) > self.place(Tag::List) {
            self.close_element(Tag::Item);
        }
    }
}

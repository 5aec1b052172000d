//! Elements that are not shown, with all that stands in them.

use super::tags::Tag;

/// An element that is not shown. Tables tell where it ends as well as its own tag: what stands in a cell ends with it.
#[derive(Debug)]
pub(super) struct Gone {
    tag: Tag,
    /// Whether it stands in a table.
    in_table: bool,
    /// Tables that are open in it, itself included.
    tables: usize,
    /// Tags like its own that are open in it.
    same: usize,
    /// Blocks that are open in it.
    blocks: usize,
    /// Whether a table stands in it.
    pub(super) has_table: bool,
}

/// What to do with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It belongs to the element.
    Inside,
    /// It is the last one of the element.
    Last,
    /// The element has ended before.
    Behind,
}

impl Gone {
    pub(super) fn new(tag: Tag, in_table: bool) -> Gone {
        let tables = usize::from(tag == Tag::Table);
        Gone { tag, in_table, tables, same: 0, blocks: 0, has_table: tag.is_of_table() }
    }

    /// Whether the parts of the table around it leave it open.
    fn holds(&self, tag: Tag) -> bool {
        match tag {
            Tag::Cell => matches!(self.tag, Tag::Row | Tag::Group),
            Tag::Row => self.tag == Tag::Group,
            _ => false,
        }
    }

    /// Takes a start tag.
    pub(super) fn open(&mut self, tag: Tag) -> Step {
        if tag == Tag::Table {
            self.tables += 1;
            self.has_table = true;
            return Step::Inside;
        }
        if self.tables > 0 {
            return Step::Inside;
        }
        let ends = match tag {
            Tag::Cell | Tag::Row | Tag::Group => self.in_table && !self.holds(tag),
            Tag::Item => self.tag == Tag::Item && self.blocks == 0,
            _ => self.tag == Tag::Paragraph && tag.is_block() && tag != Tag::Break,
        };
        if ends {
            return Step::Behind;
        }
        if tag == self.tag {
            self.same += 1;
        } else if tag.is_block() && tag != Tag::Break {
            self.blocks += 1;
        }
        Step::Inside
    }

    /// Takes an end tag.
    pub(super) fn close(&mut self, tag: Tag) -> Step {
        if tag == Tag::Table {
            let Some(left) = self.tables.checked_sub(1) else { return Step::Behind };
            self.tables = left;
            return if left == 0 && self.tag == Tag::Table { Step::Last } else { Step::Inside };
        }
        if self.tables > 0 {
            return Step::Inside;
        }
        match tag {
            Tag::Cell | Tag::Row | Tag::Group if self.in_table && !self.holds(tag) => Step::Behind,
            _ if tag == self.tag => match self.same.checked_sub(1) {
                Some(left) => {
                    self.same = left;
                    Step::Inside
                }
                None => Step::Last,
            },
            _ if tag.is_block() => match self.blocks.checked_sub(1) {
                Some(left) => {
                    self.blocks = left;
                    Step::Inside
                }
                // A block around it ends: what stands in a line ends with it.
                None if !self.tag.is_block() => Step::Behind,
                None => Step::Inside,
            },
            _ => Step::Inside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many tags, `/` before an end tag, an element ends; none where it does not.
    fn end(tag: &str, in_table: bool, tags: &str) -> Option<usize> {
        let mut gone = Gone::new(Tag::of(tag.as_bytes()), in_table);
        tags.split(' ').position(|tag| {
            let step = match tag.strip_prefix('/') {
                Some(tag) => gone.close(Tag::of(tag.as_bytes())),
                None => gone.open(Tag::of(tag.as_bytes())),
            };
            step != Step::Inside
        })
    }

    #[test]
    fn where_elements_end() {
        assert_eq!(end("span", false, "span /span /span"), Some(2));
        assert_eq!(end("span", true, "b /td"), Some(1));
        assert_eq!(end("span", false, "p /p /p"), Some(2));
        assert_eq!(end("div", false, "div table tr td /td /div /tr /table /div /div"), Some(9));
        assert_eq!(end("td", true, "table tr td /td /tr /table p td"), Some(7));
        assert_eq!(end("tr", true, "td /td td tr"), Some(3));
        assert_eq!(end("table", true, "tr td table /table /td /tr /table"), Some(6));
        assert_eq!(end("p", false, "span br p"), Some(2));
        assert_eq!(end("div", false, "p /p /p p"), None);
    }
}

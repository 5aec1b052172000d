//! The order of the columns, from the words of the header.

use crate::terms::{APPLICANTS, ColumnTerm, Header, Labels, LineTerm, RESULTS, Table};

/// The order in which the cells of a line stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// That of the form.
    Form,
    /// Another one, as positions in the form.
    Other(Vec<u8>),
    /// Not that of the form, and the header does not tell which.
    Unknown,
}

impl Order {
    /// How much the header says: nothing against the form, something, or all.
    pub(crate) fn telling(&self) -> u8 {
        match self {
            Order::Form => 0,
            Order::Unknown => 1,
            Order::Other(_) => 2,
        }
    }

    /// The positions, where they are not the form's.
    pub(crate) fn other(&self) -> Option<&[u8]> {
        match self {
            Order::Other(order) => Some(order),
            _ => None,
        }
    }
}

/// Where a header word stands in its row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stand {
    /// Nobody knows.
    Somewhere,
    /// In a grid, at a place.
    At(i32),
    /// In a spaced row, over columns of characters.
    Over(i32, i32),
}

/// Words in a spaced row: all of a header word, or what one line has of it.
#[derive(Debug)]
struct Fragment {
    text: String,
    left: i32,
    right: i32,
    row: u32,
}

/// A column of the proactive table as a header broken over lines shows it.
type Stacked = (i32, i32, Option<u8>);

/// The header words of the table in hand, in reading order.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    table: Option<Table>,
    seen: Vec<(Header, u32)>,
    /// In spaced rows, the columns of characters that each header word of the requests table takes.
    extents: Vec<(u8, i32, i32)>,
    /// In grids, the places of the header words of the requests table in their rows.
    places: Vec<(u8, i32)>,
    /// Words of spaced header rows that follow each other, and where they stand.
    fragments: Vec<Fragment>,
    /// Orders reckoned since the last word, by the columns and rows they are for.
    reckoned: Vec<(*const ColumnTerm, usize, Order)>,
}

impl Columns {
    /// The table whose header was seen last.
    pub(crate) fn table(&self) -> Option<Table> {
        self.table
    }

    /// A new header begins.
    pub(crate) fn begin(&mut self, table: Table) {
        self.table = Some(table);
        self.seen.clear();
        self.extents.clear();
        self.places.clear();
        self.reckoned.clear();
    }

    /// Words of a spaced row that may be all or a part of a header word.
    pub(crate) fn fragment(&mut self, text: &str, (left, right): (i32, i32), row: u32) {
        if self.fragments.last().is_some_and(|f| f.row + 1 < row) {
            self.fragments.clear();
        }
        if self.fragments.len() < 64 && text.len() <= 60 {
            self.fragments.push(Fragment { text: text.to_owned(), left, right, row });
        }
        self.reckoned.clear();
    }

    /// The columns of a line of the proactive table from left to right, from words that stand above each other.
    fn stacked(&self, line: &LineTerm) -> Option<Vec<Stacked>> {
        let mut stacks: Vec<(i32, i32, Vec<&Fragment>)> = Vec::new();
        for fragment in &self.fragments {
            let mut stack = (fragment.left, fragment.right, vec![fragment]);
            stacks.retain_mut(|s| {
                let apart = s.1 <= stack.0 || stack.1 <= s.0;
                if !apart {
                    stack.0 = stack.0.min(s.0);
                    stack.1 = stack.1.max(s.1);
                    stack.2.append(&mut s.2);
                }
                apart
            });
            stacks.push(stack);
        }
        if stacks.len() != line.columns.len() {
            return None;
        }
        stacks.sort_unstable_by_key(|s| s.0);
        let labels = Labels::get();
        let column = |mut parts: Vec<&Fragment>| {
            parts.sort_by_key(|f| (f.row, f.left));
            let word: String = parts.iter().map(|f| f.text.as_str()).collect();
            match labels.exact(&word).and_then(|m| m.header).or_else(|| labels.column_beginning(&word)) {
                Some(Header::ProactiveColumn(key)) => line.columns.iter().position(|c| c.key == key).map(|p| p as u8),
                _ => None,
            }
        };
        Some(stacks.into_iter().map(|(left, right, parts)| (left, right, column(parts))).collect())
    }

    /// The order of stacked words; one that is unread is the one that is left.
    fn stacked_order(&self, line: &LineTerm) -> Option<Vec<u8>> {
        let stacks = self.stacked(line)?;
        let mut left = (0..line.columns.len() as u8).filter(|c| !stacks.iter().any(|s| s.2 == Some(*c)));
        let spare = left.next();
        if left.next().is_some() {
            return None;
        }
        stacks.into_iter().map(|s| s.2.or(spare)).collect()
    }

    /// A word of the header, in a row, where it stands in it.
    pub(crate) fn see(&mut self, header: Header, row: u32, stand: Stand) {
        self.reckoned.clear();
        if self.seen.len() < 64 {
            self.seen.push((header, row));
            match (header, stand) {
                (Header::Applicant(c), Stand::Over(left, right)) => self.extents.push((c, left, right)),
                (Header::Applicant(c), Stand::At(place)) => self.places.push((c, place)),
                _ => {}
            }
        }
    }

    /// The place of the first column in the rows of a grid, where each column of the requests table has its word and the
    /// words stand side by side, in the order of the form.
    pub(crate) fn first_place(&self, line: &LineTerm) -> Option<i32> {
        if line.table != Table::Requests || self.places.len() != APPLICANTS.len() {
            return None;
        }
        let first = self.places.iter().find(|p| p.0 == 0)?.1;
        self.places.iter().all(|(column, place)| first + i32::from(*column) == *place).then_some(first)
    }

    /// The extents of the columns from left to right: in the proactive table of a header in spaced rows; in the requests
    /// table if each is there once and none overlaps the next, in the order that [`Columns::order`] gives.
    pub(crate) fn extents(&mut self, line: &LineTerm) -> Option<Vec<(i32, i32)>> {
        if line.table == Table::Proactive {
            let known = !matches!(self.order(line), Order::Unknown);
            let stacks = self.stacked(line).filter(|s| known && s.iter().all(|s| s.2.is_some()))?;
            return Some(stacks.into_iter().map(|(left, right, _)| (left, right)).collect());
        }
        if line.table != Table::Requests || self.table != Some(line.table) || self.extents.len() != APPLICANTS.len() {
            return None;
        }
        let mut sorted = self.extents.clone();
        sorted.sort_unstable_by_key(|e| e.1);
        let agrees = match self.order(line) {
            Order::Form => sorted.iter().enumerate().all(|(i, e)| usize::from(e.0) == i),
            Order::Other(order) => sorted.iter().zip(order).all(|(e, c)| e.0 == c),
            Order::Unknown => false,
        };
        let apart = sorted.windows(2).all(|w| w[0].2 < w[1].1);
        (agrees && apart).then(|| sorted.iter().map(|e| (e.1, e.2)).collect())
    }

    /// The order in which the cells of a line stand. Lines with the same columns have it from one reckoning.
    pub(crate) fn order(&mut self, line: &LineTerm) -> Order {
        let same = |(columns, rows, _): &&(*const ColumnTerm, usize, Order)| {
            std::ptr::eq(*columns, line.columns.as_ptr()) && *rows == line.rows.len()
        };
        if let Some((.., order)) = self.reckoned.iter().find(same) {
            return order.clone();
        }
        let order = self.reckon(line);
        self.reckoned.push((line.columns.as_ptr(), line.rows.len(), order.clone()));
        order
    }

    fn reckon(&self, line: &LineTerm) -> Order {
        if self.table != Some(line.table) {
            return Order::Form;
        }
        let (words, order) = match line.table {
            Table::Proactive => {
                let seen = self.proactive(line);
                let order = self.stacked_order(line).unwrap_or_else(|| seen.clone());
                (seen, Some(order))
            }
            Table::Requests => (self.leaves().iter().map(|l| l.0).collect(), self.requests()),
            Table::Disputes => (self.results().iter().map(|r| r.1).collect(), self.disputes()),
        };
        if let Some(order) = order {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            if sorted.len() == line.len() && sorted.iter().enumerate().all(|(i, c)| usize::from(*c) == i) {
                return if sorted == order { Order::Form } else { Order::Other(order) };
            }
        }
        // Words that do not make a whole header: the form's order, unless they contradict it.
        let total = line.columns.len() as u8 - 1;
        let contradicts = words.windows(2).any(|w| w[0] >= w[1] && !(w[0] == total && line.table != Table::Proactive));
        if words.len() >= 2 && contradicts && line.table != Table::Disputes
            || words.len() == line.len() && words.len() > 3
        {
            return Order::Unknown;
        }
        Order::Form
    }

    /// The columns of the line among the header words.
    fn proactive(&self, line: &LineTerm) -> Vec<u8> {
        self.seen
            .iter()
            .filter_map(|(h, _)| match h {
                Header::ProactiveColumn(key) => Some(key),
                _ => None,
            })
            .filter_map(|key| line.columns.iter().position(|c| c.key == *key).map(|p| p as u8))
            .collect()
    }

    /// The columns of the requests table among the header words, with their rows.
    fn leaves(&self) -> Vec<(u8, u32)> {
        let mut leaves: Vec<(u8, u32)> = Vec::new();
        for (header, row) in &self.seen {
            match header {
                Header::Applicant(c) if !leaves.iter().any(|l| l.0 == *c) => leaves.push((*c, *row)),
                _ => {}
            }
        }
        leaves
    }

    /// The header of the requests table is a tree: the five organisations stand below their own word.
    fn requests(&self) -> Option<Vec<u8>> {
        const TOTAL: u8 = APPLICANTS.len() as u8 - 1;
        const OTHER: u8 = TOTAL - 1;
        let leaves = self.leaves();
        let (mut organisations, mut top) = (None, None);
        for (i, (header, row)) in self.seen.iter().enumerate() {
            match header {
                Header::Organisations => organisations = organisations.or(Some((i, *row))),
                Header::Requests => top = top.or(Some((i, *row))),
                _ => {}
            }
        }
        if leaves.len() != APPLICANTS.len() {
            return None;
        }
        let flat: Vec<u8> = leaves.iter().map(|l| l.0).collect();
        let in_one_row = leaves.iter().all(|l| l.1 == leaves[0].1);
        let Some((_, organisations_row)) = organisations else {
            // Without the word above the five nothing tells how the rows of the header stand to each other.
            return (in_one_row || flat.is_sorted()).then_some(flat);
        };
        // One row that holds all words of the tree is the tree in reading order: what follows 法人或其他组织 is beside it.
        let flattened = in_one_row && leaves[0].1 == organisations_row && !flat.is_sorted();
        if flattened {
            let beside = |w: &[(Header, u32)]| w[0].0 == Header::Organisations && w[1].0 == Header::Applicant(TOTAL);
            let without: Vec<u8> = flat.iter().copied().filter(|c| *c != TOTAL).collect();
            if self.seen.windows(2).any(beside) && without.is_sorted() {
                return Some((0..=TOTAL).collect());
            }
            return None;
        }
        // Seven words in one row tell all. Words in the row of 法人或其他组织 stand beside it; the others below it, but for
        // a total beside the top.
        let row_of = |c: u8| leaves.iter().find(|l| l.0 == c).map_or(0, |l| l.1);
        if row_of(1) == organisations_row || in_one_row {
            return Some(flat);
        }
        let at = |want: fn(&Header) -> bool| self.seen.iter().position(|(h, _)| want(h));
        let total = at(|h| *h == Header::Applicant(TOTAL));
        let total_first = match top {
            // A total behind the word on top and before all that stands below it is beside that word, on the right.
            Some((top, top_row)) if top_row != organisations_row && row_of(TOTAL) != row_of(0) => total < Some(top),
            // In one row with both, behind the one and before the other, it is beside either.
            Some((top, _)) if Some(top) < total && total < at(|h| *h == Header::Applicant(0)) => return None,
            _ => total < at(|h| *h == Header::Applicant(0)),
        };
        let mut below: Vec<u8> = flat.iter().copied().filter(|c| (1..TOTAL).contains(c)).collect();
        // 其他 before the words below 法人或其他组织 is the first of them, or stands beside their common word: its row tells.
        if below[0] == OTHER && below[1..].is_sorted() {
            if row_of(OTHER) == organisations_row {
                below.rotate_left(1);
            } else if row_of(OTHER) != row_of(below[1]) {
                return None;
            }
        }
        let natural = [0];
        let mut parts = [natural.as_slice(), below.as_slice()];
        if at(|h| *h == Header::Organisations) < at(|h| *h == Header::Applicant(0)) {
            // A word in a row below that of 法人或其他组织 may stand on either side of it.
            if row_of(0) != organisations_row {
                return None;
            }
            parts.reverse();
        }
        let mut order = parts.concat();
        order.insert(if total_first { 0 } else { order.len() }, TOTAL);
        Some(order)
    }

    /// The results among the header words: place, column, row.
    fn results(&self) -> Vec<(usize, u8, u32)> {
        let result = |(i, (h, row)): (usize, &(Header, u32))| match h {
            Header::Result(c) => Some((i, *c, *row)),
            _ => None,
        };
        self.seen.iter().enumerate().filter_map(result).collect()
    }

    /// The header of the disputes table: the results of 行政复议 stand one row above those of the two lawsuits.
    fn disputes(&self) -> Option<Vec<u8>> {
        let width = RESULTS.len();
        let at = |want: Header| self.seen.iter().position(|(h, _)| *h == want);
        let results = self.results();
        if results.len() != 3 * width {
            return None;
        }
        let mut rows: Vec<(usize, u8)> =
            (0..3).map(|r| at(Header::DisputeRow(r)).map(|p| (p, r))).collect::<Option<_>>()?;
        rows.sort_unstable();
        let group = |row: u8, part: &[(usize, u8, u32)]| -> Vec<u8> {
            part.iter().map(|(_, c, _)| row * width as u8 + c).collect()
        };
        let lawsuits: Vec<u8> = rows.iter().map(|r| r.1).filter(|r| *r != 0).collect();
        // One flat header: the groups in the order of their words.
        let Some(litigation) = at(Header::Litigation) else {
            return Some(rows.iter().zip(results.chunks(width)).flat_map(|(r, part)| group(r.1, part)).collect());
        };
        // The results beside the words of the lawsuits are those of 行政复议.
        let beside = self.seen[rows.iter().find(|r| r.1 == lawsuits[0])?.0].1;
        let (mut review, mut others): (Vec<_>, Vec<_>) = results.iter().partition(|r| r.2 == beside);
        if review.len() != width {
            (review, others) = (results[..width].to_vec(), results[width..].to_vec());
        }
        let review = group(0, &review);
        let others: Vec<u8> = lawsuits.iter().zip(others.chunks(width)).flat_map(|(r, part)| group(*r, part)).collect();
        let review_first = at(Header::DisputeRow(0))? < litigation;
        Some(if review_first { [review, others].concat() } else { [others, review].concat() })
    }
}

//! The order of the columns, from the words of the header.

use crate::terms::{APPLICANTS, Header, LineTerm, RESULTS, Table};

/// The header words of the table in hand, in reading order.
#[derive(Debug, Default)]
pub(super) struct Columns {
    table: Option<Table>,
    seen: Vec<(Header, u32)>,
    /// In spaced rows, the columns of characters that each header word of the requests table takes.
    extents: Vec<(u8, i32, i32)>,
}

impl Columns {
    /// A new header begins.
    pub(super) fn begin(&mut self, table: Table) {
        self.table = Some(table);
        self.seen.clear();
        self.extents.clear();
    }

    /// A word of the header, in a row; in spaced rows with the columns of characters it takes.
    pub(super) fn see(&mut self, header: Header, row: u32, extent: Option<(i32, i32)>) {
        if self.seen.len() < 64 {
            self.seen.push((header, row));
            if let (Header::Applicant(c), Some((left, right))) = (header, extent) {
                self.extents.push((c, left, right));
            }
        }
    }

    /// The extents of the columns of the requests table from left to right, if each is there once and none overlaps
    /// the next, in the order that [`Columns::order`] gives.
    pub(super) fn extents(&self, line: &LineTerm) -> Option<Vec<(i32, i32)>> {
        if line.table != Table::Requests || self.table != Some(line.table) || self.extents.len() != APPLICANTS.len() {
            return None;
        }
        let mut sorted = self.extents.clone();
        sorted.sort_unstable_by_key(|e| e.1);
        let order = self.order(line);
        let agrees = sorted.iter().enumerate().all(|(i, e)| e.0 == order.as_ref().map_or(i as u8, |o| o[i]));
        let apart = sorted.windows(2).all(|w| w[0].2 < w[1].1);
        (agrees && apart).then(|| sorted.iter().map(|e| (e.1, e.2)).collect())
    }

    /// The order in which the cells of a line stand, as positions in the form; none where the header does not tell
    /// or tells the form's own order.
    pub(super) fn order(&self, line: &LineTerm) -> Option<Vec<u8>> {
        if self.table != Some(line.table) {
            return None;
        }
        let order = match line.table {
            Table::Proactive => self.proactive(line),
            Table::Requests => self.requests(),
            Table::Disputes => self.disputes(),
        }?;
        let mut sorted = order.clone();
        sorted.sort_unstable();
        let whole = sorted.iter().enumerate().all(|(i, c)| usize::from(*c) == i) && sorted.len() == line.len();
        (whole && sorted != order).then_some(order)
    }

    fn proactive(&self, line: &LineTerm) -> Option<Vec<u8>> {
        self.seen
            .iter()
            .filter_map(|(h, _)| match h {
                Header::ProactiveColumn(key) => Some(key),
                _ => None,
            })
            .map(|key| line.columns.iter().position(|c| c.key == *key).map(|p| p as u8))
            .collect()
    }

    /// The header of the requests table is a tree: the five organisations stand below their own word.
    fn requests(&self) -> Option<Vec<u8>> {
        const TOTAL: u8 = APPLICANTS.len() as u8 - 1;
        let mut leaves: Vec<(u8, u32)> = Vec::new();
        let (mut organisations, mut top) = (None, None);
        for (i, (header, row)) in self.seen.iter().enumerate() {
            match header {
                Header::Applicant(c) if !leaves.iter().any(|l| l.0 == *c) => leaves.push((*c, *row)),
                Header::Organisations => organisations = organisations.or(Some((i, *row))),
                Header::Requests => top = Some((i, *row)),
                _ => {}
            }
        }
        if leaves.len() != APPLICANTS.len() {
            return None;
        }
        let flat: Vec<u8> = leaves.iter().map(|l| l.0).collect();
        let Some((_, organisations_row)) = organisations else { return Some(flat) };
        // Words in the row of 法人或其他组织 stand beside it; the others below it, but for a total beside the top.
        let row_of = |c: u8| leaves.iter().find(|l| l.0 == c).map_or(0, |l| l.1);
        if row_of(1) == organisations_row {
            return Some(flat);
        }
        let below: Vec<u8> = flat.iter().copied().filter(|c| (1..TOTAL).contains(c)).collect();
        let total_first = match top {
            Some((_, top_row)) if row_of(TOTAL) == top_row && top_row != organisations_row => {
                let at = |want: fn(&Header) -> bool| self.seen.iter().position(|(h, _)| want(h));
                at(|h| *h == Header::Applicant(TOTAL)) < at(|h| *h == Header::Requests)
            }
            _ => flat.iter().position(|c| *c == TOTAL) < flat.iter().position(|c| *c == 0),
        };
        let organisations_first = {
            let at = |want: fn(&Header) -> bool| self.seen.iter().position(|(h, _)| want(h));
            at(|h| *h == Header::Organisations) < at(|h| *h == Header::Applicant(0))
        };
        let mut order = Vec::with_capacity(APPLICANTS.len());
        if total_first {
            order.push(TOTAL);
        }
        if organisations_first {
            order.extend(&below);
            order.push(0);
        } else {
            order.push(0);
            order.extend(&below);
        }
        if !total_first {
            order.push(TOTAL);
        }
        Some(order)
    }

    /// The header of the disputes table: the results of 行政复议 stand one row above those of the two lawsuits.
    fn disputes(&self) -> Option<Vec<u8>> {
        let width = RESULTS.len();
        let at = |want: Header| self.seen.iter().position(|(h, _)| *h == want);
        let results: Vec<(usize, u8, u32)> = self
            .seen
            .iter()
            .enumerate()
            .filter_map(|(i, (h, row))| match h {
                Header::Result(c) => Some((i, *c, *row)),
                _ => None,
            })
            .collect();
        if results.len() != 3 * width {
            return None;
        }
        let mut rows: Vec<(usize, u8)> = (0..3).map(|r| at(Header::DisputeRow(r)).map(|p| (p, r))).collect::<Option<_>>()?;
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

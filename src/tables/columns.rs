//! The header of a table as evidence: where the words of each column stand.

use crate::document::Origin;
use crate::terms::{DISPUTE_ROWS, Header, Labels, RESULTS, Table, fold};

use super::bands::{Band, before_note};
use super::sheet::{Piece, columns as width_of};

/// Where words stand, by both ways to count columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub wide: (i32, i32),
    pub narrow: (i32, i32),
    /// The row of its first word.
    pub row: u32,
    /// Whether it stands in a row of a table, so that its edges can be compared with those of other rows.
    pub whole: bool,
}

impl Extent {
    fn with(self, other: Extent) -> Extent {
        let union = |a: (i32, i32), b: (i32, i32)| (a.0.min(b.0), a.1.max(b.1));
        Extent {
            wide: union(self.wide, other.wide),
            narrow: union(self.narrow, other.narrow),
            row: self.row.min(other.row),
            whole: self.whole && other.whole,
        }
    }

    fn touches(&self, other: &Extent) -> bool {
        (self.wide.0 <= other.wide.1 && other.wide.0 <= self.wide.1)
            || (self.narrow.0 <= other.narrow.1 && other.narrow.0 <= self.narrow.1)
    }

    fn overlaps(&self, other: &Extent) -> bool {
        self.wide.0 < other.wide.1 && other.wide.0 < self.wide.1
    }
}

/// A word of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub header: Header,
    pub at: Extent,
}

/// The header of a table, as far as its words were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// For each column of the table, where its words stand; none where they are lost or stand in several places.
    pub extents: Vec<Option<Extent>>,
    /// The columns in the order in which their words are read.
    pub sequence: Vec<usize>,
}

impl Columns {
    /// Whether every column has a place of its own.
    pub(super) fn is_whole(&self) -> bool {
        !self.extents.is_empty() && self.extents.iter().all(Option::is_some) && self.is_apart()
    }

    /// Whether no two columns stand in one place.
    pub(super) fn is_apart(&self) -> bool {
        let all: Vec<&Extent> = self.extents.iter().flatten().collect();
        all.iter().enumerate().all(|(i, a)| all[i + 1..].iter().all(|b| !a.overlaps(b)))
    }
}

/// The words of the header of a table in its bands.
pub(super) fn heads(text: &str, bands: &[&Band], table: Table) -> Vec<Head> {
    let labels = Labels::get();
    let mut out = Vec::new();
    // Words that are no header yet: the next line may complete them.
    let mut open: Vec<(String, Extent)> = Vec::new();
    let mut folded = String::new();
    for band in bands.iter().filter(|b| !b.has_figures()) {
        for piece in &band.words {
            for (word, at) in words(text, band, piece) {
                fold(word, &mut folded);
                let mut meaning = labels.exact(&folded);
                if let (None, Some(front)) = (meaning, before_note(word)) {
                    fold(front, &mut folded);
                    meaning = labels.exact(&folded);
                }
                let header = |m: &crate::terms::Meaning| {
                    [m.header, m.other_header].into_iter().flatten().find(|h| h.table() == table)
                };
                if let Some(header) = meaning.and_then(header) {
                    out.push(Head { header, at });
                    continue;
                }
                if folded.chars().count() > 8 || folded.is_empty() {
                    continue;
                }
                match open.iter_mut().find(|(_, e)| e.touches(&at) && e.row < at.row.max(1)) {
                    Some(found) if found.1.row != at.row => {
                        found.0.push_str(&folded);
                        found.1 = found.1.with(at);
                        if let Some(header) = labels.exact(&found.0).and_then(header) {
                            out.push(Head { header, at: found.1 });
                        }
                    }
                    _ => open.push((folded.clone(), at)),
                }
            }
        }
    }
    // Words of sentences and loose lines say nothing where a row of the table names the columns.
    if out.iter().any(|h| h.at.whole) {
        out.retain(|h| h.at.whole);
    }
    out
}

/// The words of a piece with their places: where only spaces part cells, a single one may do so.
fn words<'a>(text: &'a str, band: &Band, piece: &Piece) -> Vec<(&'a str, Extent)> {
    let body = piece.span.of(text);
    let whole = Extent { wide: piece.extent, narrow: piece.narrow, row: band.row, whole: band.whole };
    if !matches!(band.origin, Origin::Spaced | Origin::Stream) || body.len() > 200 {
        return vec![(body, whole)];
    }
    let (mut wide, mut narrow) = (piece.extent.0, piece.narrow.0);
    let mut out: Vec<(&str, Extent)> = Vec::new();
    let mut from = None;
    for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
        if c.is_whitespace() {
            if let Some((start, left)) = from.take() {
                let (left_wide, left_narrow): (i32, i32) = left;
                out.push((
                    &body[start..at],
                    Extent { wide: (left_wide, wide), narrow: (left_narrow, narrow), row: band.row, whole: band.whole },
                ));
            }
        } else if from.is_none() {
            from = Some((at, (wide, narrow)));
        }
        wide += width_of(c);
        narrow += 1;
    }
    out
}

/// The columns of the requests table.
pub(super) fn applicants(heads: &[Head]) -> Columns {
    let of = |i: usize| move |h: &Head| h.header == Header::Applicant(i as u8);
    columns(heads, &(0..7).map(|i| Box::new(of(i)) as Box<dyn Fn(&Head) -> bool>).collect::<Vec<_>>())
}

/// The columns of a line of the proactive table by their public codes, from the header right above it.
pub(super) fn proactive(heads: &[Head], keys: &[&'static str]) -> Columns {
    let of = |key: &'static str| move |h: &Head| h.header == Header::ProactiveColumn(key);
    columns(heads, &keys.iter().map(|k| Box::new(of(k)) as Box<dyn Fn(&Head) -> bool>).collect::<Vec<_>>())
}

type Wanted = Box<dyn Fn(&Head) -> bool>;

fn columns(heads: &[Head], wanted: &[Wanted]) -> Columns {
    let mut out = Columns { extents: vec![None; wanted.len()], sequence: Vec::new() };
    let mut torn = vec![false; wanted.len()];
    let mut first: Vec<(usize, u32, i32)> = Vec::new();
    for head in heads {
        let Some(column) = wanted.iter().position(|w| w(head)) else { continue };
        if !first.iter().any(|f| f.0 == column) {
            first.push((column, head.at.row, head.at.wide.0));
        }
        out.extents[column] = match out.extents[column] {
            None => Some(head.at),
            // The same words beside or below each other are one column, a merged cell that was written several times.
            Some(before) if before.touches(&head.at) => Some(before.with(head.at)),
            Some(before) => {
                torn[column] = true;
                Some(before)
            }
        };
    }
    for (extent, torn) in out.extents.iter_mut().zip(torn) {
        if torn {
            *extent = None;
        }
    }
    // Words that stand apart are read from left to right, over however many rows they are broken.
    let named = out.extents.iter().flatten().count();
    let comparable = out.extents.iter().flatten().all(|e| e.whole);
    if named == first.len() && comparable && out.is_apart() && first.len() > 1 {
        first.sort_by_key(|f| out.extents[f.0].map(|e| e.wide.0));
    }
    out.sequence = first.into_iter().map(|f| f.0).collect();
    out
}

/// The fifteen columns of the disputes table, each with the place of its words.
pub(super) fn disputes(heads: &[Head]) -> Columns {
    let mut results: Vec<(u8, Extent)> = Vec::new();
    let mut rows: Vec<(u8, Extent)> = Vec::new();
    for head in heads {
        match head.header {
            Header::Result(n) => {
                let same = results.iter_mut().find(|(m, e)| *m == n && e.overlaps(&head.at));
                match same {
                    Some((_, extent)) => *extent = extent.with(head.at),
                    None => results.push((n, head.at)),
                }
            }
            Header::DisputeRow(n) => rows.push((n, head.at)),
            _ => {}
        }
    }
    let count = DISPUTE_ROWS.len() * RESULTS.len();
    let mut out = Columns { extents: vec![None; count], sequence: Vec::new() };
    results.sort_by_key(|(_, e)| e.wide.0);
    // Five results for each row, from left to right.
    if results.len() == count {
        for (i, (n, extent)) in results.iter().enumerate() {
            let row = i / RESULTS.len();
            out.extents[row * RESULTS.len() + *n as usize] = Some(*extent);
        }
    }
    let _ = rows;
    out
}

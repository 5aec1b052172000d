//! Tables of figures that somebody typed already, one report a row: they are no report, and are told as what they are.

use crate::document::{Block, Document, Grid, GridCell};
use crate::error::Failure;
use crate::terms::{Header, Labels, fold, panel_columns, split_mark};

/// Labels of the form in one row that make it the header of a panel: no table of the form has so many side by side.
const MANY: usize = 6;
/// Rows at the head of a table of which one may be its header.
const HEAD: usize = 4;
/// Columns that only tables of this project have.
const OWN: [&str; 2] = ["report_id", "division_code"];
/// Bytes of the longest word above a column.
const WORD: usize = 300;

/// Whether a document is reports, not a panel.
///
/// # Errors
/// [`Failure::UnknownFormat`] with what it is.
pub(super) fn refuse(document: &Document) -> Result<(), Failure> {
    let grids = document.blocks.iter().filter_map(|b| match b {
        Block::Grid(grid) => Some(grid),
        Block::Text(_) => None,
    });
    for grid in grids {
        if is_panel(grid, &document.text) {
            return Err(Failure::UnknownFormat { format: "a panel: figures typed already, one report a row" });
        }
    }
    Ok(())
}

fn is_panel(grid: &Grid, text: &str) -> bool {
    let mut folded = String::new();
    let words = |row: &[GridCell]| row.iter().map(|c| c.span.of(text)).collect::<Vec<_>>();
    let header = grid.rows.iter().take(HEAD).position(|row| is_header(words(row).into_iter()));
    let Some(header) = header else { return false };
    let rows = &grid.rows[header + 1..];
    // A table that was turned has the applicants before its rows.
    let is_turned = rows.iter().any(|row| {
        row.iter().any(|c| {
            fold(c.span.of(text), &mut folded);
            folded.len() <= WORD
                && matches!(Labels::get().exact(&folded).and_then(|m| m.header), Some(Header::Applicant(_)))
        })
    });
    !rows.is_empty() && !is_turned
}

/// Whether the words of a row are the header of a panel.
pub(super) fn is_header<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut folded = String::new();
    let words = words.map(str::trim).filter(|w| !w.is_empty() && w.len() <= WORD).take(1_000);
    let (mut named, mut own) = (0, false);
    for word in words {
        own |= OWN.contains(&word);
        named += usize::from(names_figure(word, &mut folded));
    }
    own || named >= MANY
}

/// Whether a word names a figure: a code of the panel, or a line of the form whatever stands behind it.
fn names_figure(word: &str, folded: &mut String) -> bool {
    if word.is_ascii() {
        return panel_columns().iter().any(|c| c.key == word);
    }
    let (_, label) = split_mark(word);
    fold(label, folded);
    let labels = Labels::get();
    labels.exact(folded).is_some_and(|m| m.line.is_some())
        || labels.line_labels().iter().any(|(label, _)| label.len() >= 12 && folded.contains(label.as_str()))
}

//! From a document to what it claims: its sections, who reports, the lines of the form, and what the prose states.

use crate::document::Document;
use crate::error::Failure;
use crate::masthead::masthead;
use crate::prose::{Evidence, outline, statements};
use crate::report::Report;
use crate::tables::tables;

/// Reads what a document claims.
///
/// # Errors
/// [`Failure::NotAReport`] when there is neither a table of the form nor half of its sections.
pub fn recognize(document: &Document) -> Result<Report, Failure> {
    let sections = outline(&document.text);
    let masthead = masthead(document, &sections);
    let tables = tables(document, &sections, masthead.year);
    let title = masthead.title.as_ref().map(|t| t.span);
    let evidence = Evidence { text: &document.text, sections: &sections, title, figures: tables.figures };
    if !evidence.is_report() {
        return Err(Failure::NotAReport { sections: sections.len() });
    }
    let statements = statements(document, &sections, &masthead);
    Ok(Report {
        masthead,
        sections,
        edition: tables.edition,
        lines: tables.lines,
        extras: tables.extras,
        doubled: tables.doubled,
        statements,
    })
}

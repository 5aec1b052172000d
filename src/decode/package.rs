//! Office documents that are zip packages.

use rawzip::ReaderAt;

use super::zipped::Zip;
use super::{Budget, docx, odt, xml};
use crate::document::Document;
use crate::error::Failure;

/// The part of an OpenDocument text that names it.
const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Members that only documents have, and the formats of those that are not read.
const MARKS: [(&[u8], Option<&str>); 7] = [
    (b"word/document", None),
    (b"xl/", Some("XLSX")),
    (b"ppt/", Some("PPTX")),
    (b"Document.xml", Some("OFD")),
    (b"OFD.xml", Some("OFD")),
    (b"[Content_Types].xml", Some("an office document")),
    (b"mimetype", Some("an OpenDocument file")),
];

/// Whether a zip file is a document rather than an archive of documents.
pub(crate) fn is_document<R: ReaderAt>(zip: &Zip<R>) -> bool {
    mark(zip).is_some()
}

fn mark<R: ReaderAt>(zip: &Zip<R>) -> Option<Option<&'static str>> {
    let marks = MARKS.iter().find(|(mark, _)| {
        let is_folder = mark.ends_with(b"/") || mark.starts_with(b"word/");
        zip.members.iter().any(|m| if is_folder { m.name.starts_with(mark) } else { m.name == *mark })
    });
    marks.map(|(_, format)| *format)
}

/// Decodes an office document by what its package holds.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    let zip = Zip::open(bytes, bytes.len() as u64, budget)?;
    let mut left = budget.inflated_bytes;
    let mut part = |wanted: &dyn Fn(&[u8]) -> bool| -> Result<Option<Vec<u8>>, Failure> {
        let Some(member) = zip.members.iter().find(|m| wanted(&m.name)) else { return Ok(None) };
        let part = zip.inflate(member, left, budget)?;
        left -= part.len() as u64;
        Ok(Some(part))
    };
    if let Some(main) = part(&|n| n.starts_with(b"word/document") && n.ends_with(b".xml"))? {
        // Without its styles a document is read as if it had none.
        let styles =
            part(&|n| n.starts_with(b"word/styles") && n.ends_with(b".xml")).ok().flatten().unwrap_or_default();
        return docx::decode(&xml::text_of(&main), &xml::text_of(&styles), budget);
    }
    if part(&|n| n == b"mimetype")?.is_some_and(|kind| kind.starts_with(ODT))
        && let Some(main) = part(&|n| n == b"content.xml")?
    {
        let styles = part(&|n| n == b"styles.xml").ok().flatten().unwrap_or_default();
        return odt::decode(&xml::text_of(&main), &xml::text_of(&styles), budget);
    }
    Err(Failure::UnknownFormat { format: mark(&zip).flatten().unwrap_or("a zip archive") })
}

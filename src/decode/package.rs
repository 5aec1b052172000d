//! Office documents that are zip packages.

use rawzip::ReaderAt;

use super::zipped::Zip;
use super::{Budget, Contents, docx, epub, odt, sheets, xml};
use crate::error::Failure;

/// The parts of OpenDocument files that name them, and of books.
const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";
const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const EPUB: &[u8] = b"application/epub+zip";

/// Members that only documents have, and the formats of those that are not read.
const MARKS: [(&[u8], Option<&str>); 7] = [
    (b"word/document", None),
    (b"xl/", Some("a workbook without sheets")),
    (b"ppt/", Some("slides of PowerPoint or WPS (PPTX): save them as PDF")),
    (b"Document.xml", Some("an OFD document: save it as PDF")),
    (b"OFD.xml", Some("an OFD document: save it as PDF")),
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

/// A package of which parts are read, all of them together within a limit.
#[derive(Debug)]
pub(super) struct Package<'a, R> {
    zip: Zip<R>,
    budget: &'a Budget,
    left: u64,
}

impl<R: ReaderAt> Package<'_, R> {
    /// The part of a path in small letters, whatever the letters of the package.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        self.find(&|name| name.eq_ignore_ascii_case(path.as_bytes()))
    }

    /// The first part whose path is wanted.
    pub(super) fn find(&mut self, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Option<Vec<u8>>, Failure> {
        let Some(member) = self.zip.members.iter().find(|m| wanted(&m.name)) else { return Ok(None) };
        let part = self.zip.inflate(member, self.left, self.budget)?;
        self.left -= part.len() as u64;
        Ok(Some(part))
    }
}

/// Decodes an office document by what its package holds.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Contents, Failure> {
    let zip = Zip::open(bytes, bytes.len() as u64, budget)?;
    let mut package = Package { zip, budget, left: budget.inflated_bytes };
    if let Some(main) = package.find(&|n| n.starts_with(b"word/document") && n.ends_with(b".xml"))? {
        // Without its styles a document is read as if it had none.
        let styles = package.find(&|n| n.starts_with(b"word/styles") && n.ends_with(b".xml"));
        let styles = styles.ok().flatten().unwrap_or_default();
        return docx::decode(&xml::text_of(&main), &xml::text_of(&styles), budget).map(Contents::One);
    }
    let has =
        |package: &Package<'_, _>, path: &[u8]| package.zip.members.iter().any(|m| m.name.eq_ignore_ascii_case(path));
    if has(&package, b"xl/workbook.bin") {
        return sheets::decode_xlsb(&mut package, budget, bytes.len());
    }
    if has(&package, b"xl/workbook.xml") {
        return sheets::decode_xlsx(&mut package, budget, bytes.len());
    }
    let kind = package.part("mimetype")?.unwrap_or_default();
    if kind.starts_with(EPUB) {
        return epub::decode(&mut package, budget).map(Contents::One);
    }
    if (kind.starts_with(ODT) || kind.starts_with(ODS))
        && let Some(main) = package.part("content.xml")?
    {
        let main = xml::text_of(&main);
        if kind.starts_with(ODS) {
            return sheets::decode_ods(&main, budget);
        }
        let styles = package.part("styles.xml").ok().flatten().unwrap_or_default();
        return odt::decode(&main, &xml::text_of(&styles), budget).map(Contents::One);
    }
    Err(Failure::UnknownFormat { format: mark(&package.zip).flatten().unwrap_or("a zip archive") })
}

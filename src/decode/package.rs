//! Office documents that are zip packages.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Budget, docx, odt, xml};
use crate::document::Document;
use crate::error::Failure;

/// The part of an OpenDocument text that names it.
const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Decodes an office document by what its package holds.
pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Document, Failure> {
    let mut package = Package::open(bytes, budget)?;
    if let Some(main) = package.find(|n| n.starts_with("word/document") && n.ends_with(".xml")) {
        return docx::decode(&xml::text_of(&package.member(main)?), budget);
    }
    let kind = package.find(|n| n == "mimetype").map(|i| package.member(i)).transpose()?;
    if kind.is_some_and(|k| k.starts_with(ODT))
        && let Some(main) = package.find(|n| n == "content.xml")
    {
        return odt::decode(&xml::text_of(&package.member(main)?), budget);
    }
    let known: [(&str, &'static str); 4] =
        [("xl/", "XLSX"), ("ppt/", "PPTX"), ("Document.xml", "OFD"), ("OFD.xml", "OFD")];
    let format = known.iter().find(|(head, _)| package.find(|n| n.starts_with(head)).is_some());
    Err(Failure::UnknownFormat { format: format.map_or("a zip archive", |(_, format)| format) })
}

/// A zip file.
struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    budget: &'a Budget,
    /// Inflated bytes so far.
    inflated: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Package<'a>, Failure> {
        if members(bytes) > budget.members as u64 {
            return Err(Failure::Limit { name: "members", limit: budget.members as u64 });
        }
        Ok(Package { zip: ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?, budget, inflated: 0 })
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.zip.file_names_raw().position(|n| std::str::from_utf8(n).is_ok_and(&wanted))
    }

    /// Inflates a member.
    fn member(&mut self, index: usize) -> Result<Vec<u8>, Failure> {
        let member = self.zip.by_index(index).map_err(damaged)?;
        let ratio = member.compressed_size().saturating_mul(self.budget.ratio).max(1 << 20);
        let limits = [
            ("ratio", ratio, self.budget.ratio),
            ("file_bytes", self.budget.file_bytes, self.budget.file_bytes),
            ("inflated_bytes", self.budget.inflated_bytes - self.inflated, self.budget.inflated_bytes),
        ];
        let (name, most, limit) = limits.into_iter().min_by_key(|(_, most, _)| *most).unwrap_or(limits[0]);
        let mut out = Vec::with_capacity(member.size().min(most) as usize);
        member.take(most.saturating_add(1)).read_to_end(&mut out).map_err(damaged)?;
        if out.len() as u64 > most {
            return Err(Failure::Limit { name, limit });
        }
        self.inflated += out.len() as u64;
        Ok(out)
    }
}

fn damaged(detail: impl ToString) -> Failure {
    Failure::Damaged { format: "zip", detail: detail.to_string() }
}

/// How many members the directory at the end of a zip file claims.
fn members(bytes: &[u8]) -> u64 {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let number = |at: usize, n: usize| -> Option<u64> {
        Some(tail.get(at..at + n)?.iter().rev().fold(0, |sum, b| (sum << 8) | u64::from(*b)))
    };
    let short = memchr::memmem::rfind(tail, b"PK\x05\x06").and_then(|at| number(at + 10, 2)).unwrap_or(0);
    let long = memchr::memmem::rfind(tail, b"PK\x06\x06").and_then(|at| number(at + 32, 8)).unwrap_or(0);
    short.max(long)
}

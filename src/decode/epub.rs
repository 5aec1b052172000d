//! EPUB books: pages in the order of the spine, read as one page.

use quick_xml::events::BytesStart;
use rawzip::ReaderAt;

use super::charset::Decoded;
use super::package::Package;
use super::xml::{self, Enter, Listener, attribute};
use super::{Budget, html};
use crate::document::Document;
use crate::error::Failure;

/// Reads a book.
pub(super) fn decode<R: ReaderAt>(package: &mut Package<'_, R>, budget: &Budget) -> Result<Document, Failure> {
    let damaged = |detail: &str| Failure::Damaged { format: "EPUB", detail: detail.to_owned() };
    let mut book = Book::default();
    let container = package.part("meta-inf/container.xml")?.ok_or_else(|| damaged("no container.xml"))?;
    xml::walk(&xml::text_of(&container), &mut book, budget)?;
    let list = package.part(&book.list)?.ok_or_else(|| damaged("no list of its pages"))?;
    xml::walk(&xml::text_of(&list), &mut book, budget)?;
    let folder = book.list.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut pages = String::new();
    for id in &book.spine {
        budget.time()?;
        let Some((_, path)) = book.pages.iter().find(|(page, _)| page == id) else { continue };
        if let Some(page) = package.part(&format!("{folder}{path}"))? {
            pages.push_str(&xml::text_of(&page));
            pages.push('\n');
        }
    }
    if pages.trim().is_empty() {
        return Err(damaged("no pages"));
    }
    Ok(html::read("epub", &Decoded { text: pages.into(), charset: "utf-8" }, budget))
}

/// What the book says of its pages.
#[derive(Debug, Default)]
struct Book {
    /// The path of the list of pages.
    list: String,
    /// The paths of the pages by their names.
    pages: Vec<(String, String)>,
    /// The names of the pages in their order.
    spine: Vec<String>,
}

impl Listener for Book {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        let value = |name: &str| attribute(tag, name).unwrap_or_default();
        match name {
            "rootfile" if self.list.is_empty() => self.list = value("full-path").into_owned(),
            // A page of links to the others is none of them.
            "item" if !value("properties").split(' ').any(|p| p == "nav") => {
                self.pages.push((value("id").into_owned(), value("href").into_owned()));
            }
            "itemref" if value("linear") != "no" => self.spine.push(value("idref").into_owned()),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

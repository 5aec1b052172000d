//! From the geometry of a page to text and tables, whatever drew the page: lines to lattices of cells, characters to
//! the lines and cells they stand in, pages to a document.

pub(in crate::decode) mod bands;
mod borders;
mod boxes;
mod composing;
mod joining;
pub(crate) mod lattice;
mod lines;
mod margins;
mod sets;
mod sheet;
mod spelling;
#[cfg(feature = "pdf")]
mod struck;
mod unruled;

pub(crate) use composing::compose;
#[cfg(feature = "ocr")]
pub(in crate::decode) use joining::is_known;
pub(crate) use lattice::{Axis, Segment};
pub(crate) use lines::Glyph;
pub(crate) use sheet::Sheet;
pub(crate) use spelling::Spelling;
#[cfg(feature = "pdf")]
pub(crate) use struck::take_back;

//! Text files.

use super::charset::Decoded;
use crate::document::Document;

/// A text file is its text.
pub(super) fn read(decoded: Decoded<'_>) -> Document {
    Document::of_text("text", decoded.charset, decoded.text.into_owned())
}

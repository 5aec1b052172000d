//! The styles of XLSX workbooks: number formats, and fonts that strike out.

use quick_xml::events::BytesStart;

use super::values::{Shape, Styles};
use super::xlsx::plain;
use crate::decode::xml::{Enter, Listener, attribute, number};
use crate::error::Failure;

/// The part of styles.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    styles: Styles,
    /// Inside of the styles that cells name, or of the fonts.
    cells: bool,
    fonts: bool,
}

impl StyleSheet {
    /// The styles.
    pub(super) fn finish(self) -> Styles {
        self.styles
    }
}

impl Listener for StyleSheet {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        let id = |name: &str| number(tag, name).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        match name {
            "numFmt" => {
                self.styles.formats.insert(id("numFmtId"), Shape::of(&plain(tag, "formatCode")));
            }
            "fonts" => self.fonts = true,
            "font" if self.fonts => self.styles.struck.push(false),
            "strike" if self.fonts => {
                if let Some(struck) = self.styles.struck.last_mut() {
                    *struck = !denies(tag);
                }
            }
            "cellXfs" => self.cells = true,
            "xf" if self.cells => self.styles.cells.push((id("numFmtId"), id("fontId") as usize)),
            "dxfs" | "cellStyleXfs" => return Ok(Enter::Skip),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "cellXfs" => self.cells = false,
            "fonts" => self.fonts = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

/// Whether a property is told only to be denied.
pub(super) fn denies(tag: &BytesStart<'_>) -> bool {
    matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off"))
}

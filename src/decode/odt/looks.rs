//! How the characters of OpenDocument texts are written: what styles say.

use quick_xml::events::BytesStart;

use crate::decode::Budget;
use crate::decode::manner::{Manner, colour, is_white};
use crate::decode::styles::{Style, Styles};
use crate::decode::xml::{self, Enter, Listener, attribute};
use crate::error::Failure;

/// Characters smaller than this, in points, cannot be seen.
const TINY: f32 = 1.5;

/// The styles of a document: those of all files, and those of this one's parts.
#[derive(Debug, Default)]
pub(super) struct Looks {
    styles: Styles,
    /// The open style: its family and name.
    open: Option<(String, Style)>,
}

/// The name of a style among those of all families.
fn key(family: &str, name: &str) -> String {
    format!("{family}/{name}")
}

impl Looks {
    /// Reads the part of a document that has its common styles. Where it is broken, what was read before holds.
    pub(super) fn take(&mut self, xml: &str, budget: &Budget) -> Result<(), Failure> {
        xml::walk(xml, self, budget)
    }

    /// What the style that an element names says of its characters; all paragraphs have what holds by default.
    pub(super) fn of(&self, family: &str, tag: &BytesStart<'_>) -> Manner {
        let named = attribute(tag, "style-name").map(|name| self.styles.manner(&key(family, &name)));
        let by_default = if family == "paragraph" { self.styles.defaults } else { Manner::default() };
        named.unwrap_or_default().over(by_default)
    }

    /// Takes an element outside of the body.
    pub(super) fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let text = |name| attribute(tag, name).unwrap_or_default();
        match name {
            "style" => {
                let family = text("family");
                let below = attribute(tag, "parent-style-name").map(|below| key(&family, &below));
                self.open = Some((key(&family, &text("name")), Style { below, ..Style::default() }));
            }
            "default-style" if text("family") == "paragraph" => self.open = Some((String::new(), Style::default())),
            "text-properties"
            | "paragraph-properties"
            | "table-cell-properties"
            | "table-row-properties"
            | "table-properties" => {
                if let Some((_, style)) = &mut self.open {
                    take(tag, &mut style.manner);
                }
            }
            _ => {}
        }
    }

    /// An element outside of the body ends.
    pub(super) fn end(&mut self, name: &str) {
        if !matches!(name, "style" | "default-style") {
            return;
        }
        match self.open.take() {
            Some((name, style)) if name.is_empty() => self.styles.defaults = style.manner,
            Some((name, style)) => self.styles.take(name, style),
            None => {}
        }
    }
}

impl Listener for Looks {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        Looks::start(self, name, tag);
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        Looks::end(self, name);
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

/// Takes what the properties of a style say.
fn take(tag: &BytesStart<'_>, manner: &mut Manner) {
    if let Some(style) = attribute(tag, "text-line-through-style") {
        manner.struck = Some(style != "none");
    } else if let Some(kind) = attribute(tag, "text-line-through-type") {
        manner.struck = Some(kind != "none");
    }
    if let Some(display) = attribute(tag, "display") {
        manner.hidden = Some(display == "none");
    }
    if let Some(size) = attribute(tag, "font-size") {
        manner.tiny =
            Some(size.trim().strip_suffix("pt").and_then(|n| n.parse::<f32>().ok()).is_some_and(|n| n < TINY));
    }
    if let Some(position) = attribute(tag, "text-position") {
        let first = position.split_ascii_whitespace().next().unwrap_or("0%");
        manner.raised = Some(!first.trim_end_matches('%').parse::<f32>().is_ok_and(|n| n == 0.0));
    }
    if let Some(ink) = attribute(tag, "color") {
        manner.white = Some(colour(&ink).is_some_and(is_white));
    }
    if let Some(behind) = attribute(tag, "background-color") {
        let dark = behind != "transparent" && !colour(&behind).is_some_and(is_white);
        manner.shaded = Some(dark || manner.shaded == Some(true));
    }
}

//! How runs of Word documents are written: their own properties, and the styles of a document.

use quick_xml::events::BytesStart;

use crate::decode::Budget;
use crate::decode::manner::{Manner, colour, is_white};
use crate::decode::styles::{Style, Styles};
use crate::decode::xml::{self, Enter, Listener, attribute, number};
use crate::error::Failure;

/// Characters smaller than this, in half points, cannot be seen.
const TINY: i32 = 3;

/// Whether a property that is on or off is on.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Takes what a property says of characters; whether it is such a property.
pub(super) fn take(name: &str, tag: &BytesStart<'_>, manner: &mut Manner) -> bool {
    match name {
        "strike" => manner.struck = Some(is_on(tag)),
        "dstrike" => manner.twice = Some(is_on(tag)),
        "vanish" | "webHidden" => manner.hidden = Some(is_on(tag)),
        "color" => manner.white = Some(attribute(tag, "val").and_then(|v| colour(&v)).is_some_and(is_white)),
        "sz" => manner.tiny = Some(number(tag, "val").is_some_and(|size| size < TINY)),
        "vertAlign" => manner.raised = Some(attribute(tag, "val").is_some_and(|v| v != "baseline")),
        "position" => manner.raised = Some(number(tag, "val").is_some_and(|up| up > 0)),
        "shd" => manner.shaded = Some(is_shaded(tag)),
        "highlight" => manner.shaded = Some(attribute(tag, "val").is_some_and(|v| !matches!(&*v, "white" | "none"))),
        _ => return false,
    }
    true
}

/// Whether a shading is no white.
fn is_shaded(tag: &BytesStart<'_>) -> bool {
    let dark = |name| attribute(tag, name).and_then(|v| colour(&v)).is_some_and(|c| !is_white(c));
    let pattern = attribute(tag, "val").is_some_and(|v| !matches!(&*v, "clear" | "nil"));
    dark("fill") || pattern || attribute(tag, "themeFill").is_some_and(|v| v != "background1")
}

/// What a style of paragraphs and one of characters say together: of two that switch the same thing on, one switches
/// it off again.
pub(super) fn together(characters: Manner, paragraph: Manner) -> Manner {
    let toggled = |a: Option<bool>, b: Option<bool>| match (a, b) {
        (Some(true), Some(true)) => Some(false),
        (Some(true), _) | (_, Some(true)) => Some(true),
        _ => a.or(b),
    };
    Manner {
        struck: toggled(characters.struck, paragraph.struck),
        twice: toggled(characters.twice, paragraph.twice),
        hidden: toggled(characters.hidden, paragraph.hidden),
        ..characters.over(paragraph)
    }
}

/// The styles of a document, and the one of paragraphs that name none.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) styles: Styles,
    pub(super) paragraph: Manner,
}

/// Reads the part of a document that has its styles. Where it is broken, what was read before holds.
pub(super) fn read(xml: &str, budget: &Budget) -> Result<Looks, Failure> {
    let mut reader = Reader::default();
    xml::walk(xml, &mut reader, budget)?;
    let paragraph = reader.paragraph.map(|name| reader.styles.manner(&name)).unwrap_or_default();
    Ok(Looks { styles: reader.styles, paragraph })
}

#[derive(Debug, Default)]
struct Reader {
    styles: Styles,
    paragraph: Option<String>,
    /// The open style and its name.
    open: Option<(String, Style)>,
    /// Inside of what holds for all runs.
    defaults: bool,
    /// Inside of what a style of tables says of some of their cells.
    part: bool,
}

impl Listener for Reader {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        match name {
            "rPrDefault" => self.defaults = true,
            "style" => {
                let id = attribute(tag, "styleId").unwrap_or_default().into_owned();
                let is = |name, value| attribute(tag, name).is_some_and(|v| v == value);
                if is("type", "paragraph") && (is("default", "1") || is("default", "true")) {
                    self.paragraph = Some(id.clone());
                }
                self.open = Some((id, Style::default()));
            }
            "tblStylePr" => self.part = true,
            "basedOn" => {
                if let Some((_, style)) = &mut self.open {
                    style.below = attribute(tag, "val").map(std::borrow::Cow::into_owned);
                }
            }
            _ if name.ends_with("Change") => return Ok(Enter::Skip),
            _ => self.property(name, tag),
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "rPrDefault" => self.defaults = false,
            "tblStylePr" => self.part = false,
            "style" => {
                if let Some((name, style)) = self.open.take() {
                    self.styles.take(name, style);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

impl Reader {
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let manner = match &mut self.open {
            Some((_, style)) => &mut style.manner,
            None if self.defaults => &mut self.styles.defaults,
            None => return,
        };
        // Some cells of the table stand on a colour: which ones is not asked.
        if self.part {
            if name == "shd" && is_shaded(tag) {
                manner.shaded = Some(true);
            }
        } else if manner.shaded != Some(true) || name != "shd" {
            take(name, tag, manner);
        }
    }
}

//! OpenDocument texts.

mod looks;

use quick_xml::events::BytesStart;

use super::Budget;
use super::flow::Flow;
use super::manner::Manner;
use super::xml::{self, Enter, Listener, attribute, number};
use crate::document::Document;
use crate::error::Failure;

use self::looks::Looks;

/// Spaces that one element may stand for.
const MAX_SPACES: i32 = 1_000;

/// Reads the content of an OpenDocument text, and the part with its common styles.
pub(super) fn decode(xml: &str, styles: &str, budget: &Budget) -> Result<Document, Failure> {
    let mut reader = Odt {
        flow: Flow::new(budget),
        looks: Looks::default(),
        manners: Vec::new(),
        grounds: Vec::new(),
        body: false,
        paragraphs: Vec::new(),
    };
    if reader.looks.take(styles, budget).is_err() {
        reader.looks = Looks::default();
    }
    xml::walk(xml, &mut reader, budget)?;
    reader.flow.finish("odt", "utf-8", xml.len())
}

#[derive(Debug)]
struct Odt {
    flow: Flow,
    looks: Looks,
    /// How the characters of the open paragraphs and their parts are written.
    manners: Vec<Manner>,
    /// For each open table, row, cell and text box, whether it stands on a colour.
    grounds: Vec<bool>,
    /// Inside of the body; styles and scripts stand elsewhere.
    body: bool,
    /// For each open paragraph, whether white space in front of the next word counts.
    paragraphs: Vec<bool>,
}

impl Odt {
    /// How characters are written here.
    fn manner(&self) -> Manner {
        let manner = self.manners.last().copied().unwrap_or_default();
        let shaded = manner.shaded == Some(true) || self.grounds.last() == Some(&true);
        Manner { shaded: Some(shaded), ..manner }
    }

    /// A part of a table, or a text box, begins.
    fn stand(&mut self, shaded: bool) {
        self.grounds.push(shaded || self.grounds.last() == Some(&true));
    }

    fn mark(&mut self, text: &str, times: i32) {
        if self.manner().is_silent() {
            return;
        }
        if let Some(spaced) = self.paragraphs.last_mut() {
            *spaced = false;
            (0..times.clamp(1, MAX_SPACES)).for_each(|_| self.flow.text(text));
        }
    }
}

impl Listener for Odt {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        if !self.body {
            self.body = name == "body";
            self.looks.start(name, tag);
            return Ok(Enter::Inside);
        }
        if let Some(family) = family(name) {
            let shaded = name == "text-box" || self.looks.of(family, tag).shaded == Some(true);
            self.stand(shaded);
        }
        match name {
            "p" | "h" => {
                self.paragraphs.push(false);
                self.manners.push(self.looks.of("paragraph", tag));
            }
            "span" | "a" => {
                let above = self.manners.last().copied().unwrap_or_default();
                self.manners.push(self.looks.of("text", tag).over(above));
            }
            "section" if attribute(tag, "display").is_some_and(|d| d == "none") => return Ok(Enter::Skip),
            "s" => self.mark(" ", number(tag, "c").unwrap_or(1)),
            "tab" => self.mark("\t", 1),
            "line-break" => self.mark("\n", 1),
            "text-box" => self.flow.open_box()?,
            "table" => self.flow.open_table(false)?,
            "table-row" => {
                self.flow.open_row();
                if attribute(tag, "visibility").is_some_and(|v| v != "visible") {
                    self.flow.hide_row();
                }
            }
            "table-cell" => {
                self.flow.open_cell()?;
                self.flow.cell_covers(number(tag, "number-columns-spanned").unwrap_or(1));
                // The cells that it covers follow as such: they are counted there.
                self.flow.cell_repeats(number(tag, "number-columns-repeated").unwrap_or(1));
            }
            "covered-table-cell" => {
                self.flow.skip_covered(number(tag, "number-columns-repeated").unwrap_or(1));
                return Ok(Enter::Skip);
            }
            "tracked-changes" | "annotation" | "note" | "ruby-text" | "binary-data" | "title" | "desc"
            | "hidden-text" | "hidden-paragraph" | "forms" | "script" | "event-listeners" => return Ok(Enter::Skip),
            _ => {}
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        if !self.body {
            self.looks.end(name);
            return Ok(());
        }
        if family(name).is_some() {
            self.grounds.pop();
        }
        match name {
            "span" | "a" => {
                self.manners.pop();
            }
            "p" | "h" => {
                self.paragraphs.pop();
                self.manners.pop();
                self.flow.end_paragraph();
            }
            "text-box" => self.flow.close_box(),
            "table-cell" => self.flow.close_cell()?,
            "table-row" => self.flow.close_row(),
            "table" => self.flow.close_table(),
            "body" => self.body = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let manner = self.manner();
        if manner.is_silent() {
            return;
        }
        let Some(spaced) = self.paragraphs.last_mut() else { return };
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let end = if blank(c) { rest.find(|c| !blank(c)) } else { rest.find(blank) }.unwrap_or(rest.len());
            // Runs of white space are one space, and none at the head of a paragraph or behind another.
            if !blank(c) {
                self.flow.text_of_run(&rest[..end], manner.is_raised());
            } else if *spaced {
                self.flow.text(" ");
            }
            *spaced = !blank(c);
            rest = &rest[end..];
        }
    }
}

/// The family of the styles of what characters stand on; what is behind a text box is not known.
fn family(name: &str) -> Option<&'static str> {
    match name {
        "table" => Some("table"),
        "table-row" => Some("table-row"),
        "table-cell" => Some("table-cell"),
        "text-box" => Some("graphic"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::compose::shown;
    use super::*;

    fn body(inner: &str) -> Vec<String> {
        let xml = format!(
            "<office:document-content><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
        );
        shown(&decode(&xml, "", &Budget::default()).expect("a document"))
    }

    fn cell(attributes: &str, text: &str) -> String {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    }

    #[test]
    fn paragraphs_and_white_space() {
        assert_eq!(
            body("<text:h>一、<text:span>总体</text:span>情况</text:h><text:p>\n  甲  乙</text:p>"),
            ["一、总体情况", "甲 乙"]
        );
        assert_eq!(
            body("<text:p>甲<text:s text:c=\"3\"/>1<text:tab/>2<text:line-break/>乙</text:p>"),
            ["甲   1\t2", "乙"]
        );
        let deleted = "<text:tracked-changes><text:deletion><text:p>9</text:p></text:deletion></text:tracked-changes>";
        let note = "<text:note><text:note-body><text:p>8</text:p></text:note-body></text:note>";
        assert_eq!(body(&format!("{deleted}<text:p>甲{note}乙</text:p>")), ["甲乙"]);
    }

    #[test]
    fn merged_and_repeated_cells() {
        let covered = |n: u32| format!("<table:covered-table-cell table:number-columns-repeated=\"{n}\"/>");
        let rows = [
            cell("table:number-columns-spanned=\"3\"", "甲") + &covered(2) + &cell("", "1"),
            cell("table:number-rows-spanned=\"2\"", "乙") + &cell("table:number-columns-repeated=\"3\"", "0"),
            covered(1) + &cell("", "2") + &cell("", "3") + &cell("", "4"),
        ];
        let rows: String = rows.iter().map(|r| format!("<table:table-row>{r}</table:table-row>")).collect();
        assert_eq!(
            body(&format!("<table:table>{rows}</table:table>")),
            ["0+3:甲 3+1:1", "0+1:乙 1+1:0 2+1:0 3+1:0", "1+1:2 2+1:3 3+1:4"]
        );
    }

    #[test]
    fn repetitions_have_limits() {
        let many = cell("table:number-columns-repeated=\"4000000000\"", "0").repeat(300);
        let xml = format!("<office:body><table:table><table:table-row>{many}");
        assert_eq!(decode(&xml, "", &Budget::default()).unwrap_err().code(), "limit");
    }
}

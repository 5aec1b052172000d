//! Word documents in XML: DOCX, and the single XML files that Word writes.
//!
//! What Word shows is read: deleted and moved-away text, hidden and struck runs, the older twin of a drawing and the rest
//! of merged cells stay out; text boxes follow their paragraph.

mod looks;

use quick_xml::events::BytesStart;

use super::Budget;
use super::flow::Flow;
use super::manner::{Manner, colour, is_white};
use super::xml::{self, Enter, Listener, attribute, number};
use crate::document::Document;
use crate::error::Failure;

use self::looks::Looks;

/// Reads the main part of a Word document, and the part with its styles.
pub(super) fn decode(xml: &str, styles: &str, budget: &Budget) -> Result<Document, Failure> {
    let mut reader = Docx::new(budget);
    reader.looks = looks::read(styles, budget).unwrap_or_default();
    xml::walk(xml, &mut reader, budget)?;
    reader.flow.finish("docx", "utf-8", xml.len())
}

/// An open run, or the text boxes of one.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// Its own properties.
    own: Manner,
    style: Manner,
    /// It stands in a run that is not shown.
    inside_hidden: bool,
    /// What is behind it is not known.
    boxed: bool,
}

#[derive(Debug)]
struct Docx {
    flow: Flow,
    /// Inside of the body; headers, footers and notes stand elsewhere.
    body: bool,
    /// Inside of the properties of a paragraph, or of a row.
    paragraph_properties: bool,
    row_properties: bool,
    /// Inside of the properties of a cell.
    cell_properties: bool,
    /// Inside of characters that are shown.
    characters: bool,
    looks: Looks,
    /// What the open runs, paragraphs, cells and tables say of their characters.
    runs: Vec<Run>,
    paragraphs: Vec<Manner>,
    cells: Vec<Manner>,
    tables: Vec<Manner>,
    /// The page is not white.
    dark: bool,
    /// For each open alternative, whether its first choice was met.
    choices: Vec<bool>,
    /// The end of the open paragraph was deleted: the next one goes on in its line.
    joined: bool,
}

impl Docx {
    fn new(budget: &Budget) -> Docx {
        Docx {
            flow: Flow::new(budget),
            body: false,
            paragraph_properties: false,
            row_properties: false,
            cell_properties: false,
            characters: false,
            looks: Looks::default(),
            runs: Vec::new(),
            paragraphs: Vec::new(),
            cells: Vec::new(),
            tables: Vec::new(),
            dark: false,
            choices: Vec::new(),
            joined: false,
        }
    }

    /// How the characters of the open run are written.
    fn manner(&self) -> Manner {
        let run = self.runs.last().copied().unwrap_or_default();
        let of = |open: &[Manner]| open.last().copied().unwrap_or_default();
        let paragraph = self.paragraphs.last().copied().unwrap_or(self.looks.paragraph);
        let styled = looks::together(run.style, paragraph).over(of(&self.tables)).over(self.looks.styles.defaults);
        let manner = run.own.over(styled);
        // Every ground that is told counts, and none hides the others.
        let grounds = [run.own, run.style, paragraph, of(&self.cells), of(&self.tables)];
        let shaded = self.dark || run.boxed || grounds.iter().any(|m| m.shaded == Some(true));
        Manner { shaded: Some(shaded), ..manner }
    }

    fn is_hidden(&self) -> bool {
        self.runs.last().is_some_and(|run| run.inside_hidden) || self.manner().is_silent()
    }

    fn mark(&mut self, text: &str) {
        if !self.paragraph_properties && !self.is_hidden() {
            self.flow.text(text);
        }
    }

    /// A property of the open run, of its paragraph, its cell or its table; whether it is one.
    fn look(&mut self, name: &str, tag: &BytesStart<'_>) -> bool {
        let style = || attribute(tag, "val").map(|name| self.looks.styles.manner(&name)).unwrap_or_default();
        match name {
            "rStyle" => {
                let style = style();
                if let Some(run) = self.runs.last_mut().filter(|_| !self.paragraph_properties) {
                    run.style = style;
                }
                return true;
            }
            "pStyle" => {
                let style = style();
                self.paragraphs.last_mut().into_iter().for_each(|manner| *manner = style);
                return true;
            }
            "tblStyle" => {
                let style = style();
                self.tables.last_mut().into_iter().for_each(|manner| *manner = style.over(*manner));
                return true;
            }
            _ => {}
        }
        // The mark of a paragraph has properties of its own.
        let of_run =
            self.runs.last_mut().filter(|run| !self.paragraph_properties && !run.boxed).map(|run| &mut run.own);
        let shading = name == "shd";
        let open = match of_run {
            Some(own) => own,
            None if shading && self.paragraph_properties => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph,
                None => return false,
            },
            None if shading && self.cell_properties => match self.cells.last_mut() {
                Some(cell) => cell,
                None => return false,
            },
            None => match self.tables.last_mut().filter(|_| shading) {
                Some(table) => table,
                None => return false,
            },
        };
        let mut told = Manner::default();
        let is_one = looks::take(name, tag, &mut told);
        *open = told.over(*open);
        is_one
    }

    fn deleted(&mut self) -> Enter {
        if self.row_properties {
            self.flow.hide_row();
        } else if self.paragraph_properties {
            self.joined = true;
        }
        Enter::Skip
    }

    fn table(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Failure> {
        match name.as_bytes() {
            b"tbl" => {
                self.tables.push(Manner::default());
                self.flow.open_table(false)?;
            }
            b"hidden" if self.row_properties && looks::is_on(tag) => self.flow.hide_row(),
            b"gridCol" => self.flow.column_width(number(tag, "w").unwrap_or(0)),
            b"tr" => self.flow.open_row(),
            b"trPr" => self.row_properties = true,
            b"gridBefore" => self.flow.skip_columns(number(tag, "val").unwrap_or(0)),
            b"tc" => {
                self.cells.push(Manner::default());
                self.flow.open_cell()?;
            }
            b"gridSpan" => self.flow.cell_covers(number(tag, "val").unwrap_or(1)),
            b"vMerge" | b"vmerge" => match attribute(tag, "val").as_deref() {
                Some("restart") => self.flow.cell_opens_below(),
                _ => self.flow.cell_from_above(),
            },
            b"hMerge" | b"hmerge" if attribute(tag, "val").as_deref() != Some("restart") => self.flow.cell_from_left(),
            _ => {}
        }
        Ok(())
    }
}

impl Listener for Docx {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Enter, Failure> {
        if !self.body {
            self.body = name == "body";
            if name == "background" {
                self.dark = attribute(tag, "color").and_then(|c| colour(&c)).is_some_and(|c| !is_white(c));
            }
            return Ok(Enter::Inside);
        }
        match name.as_bytes() {
            b"t" => self.characters = !self.is_hidden(),
            b"r" => {
                let inside_hidden = self.runs.last().is_some() && self.is_hidden();
                self.runs.push(Run { inside_hidden, ..Run::default() });
            }
            b"p" => self.paragraphs.push(self.looks.paragraph),
            b"tcPr" => self.cell_properties = true,
            b"pPr" => self.paragraph_properties = true,
            b"tab" | b"ptab" => self.mark("\t"),
            b"br" | b"cr" => self.mark("\n"),
            b"noBreakHyphen" => self.mark("-"),
            // A glyph of a font of symbols: what it shows is not known.
            b"sym" => self.mark("\u{fffd}"),
            b"txbxContent" => {
                let inside_hidden = self.is_hidden();
                self.runs.push(Run { inside_hidden, boxed: true, ..Run::default() });
                self.flow.open_box()?;
            }
            b"AlternateContent" => self.choices.push(false),
            b"Choice" => {
                if let Some(met) = self.choices.last_mut() {
                    *met = true;
                }
            }
            b"Fallback" if self.choices.last() == Some(&true) => return Ok(Enter::Skip),
            b"del" => return Ok(self.deleted()),
            b"moveFrom" | b"rt" | b"hdr" | b"ftr" | b"footnote" | b"endnote" | b"binData" => return Ok(Enter::Skip),
            // What the properties were before a change.
            _ if name.ends_with("Change") => return Ok(Enter::Skip),
            _ if self.look(name, tag) => {}
            _ => self.table(name, tag)?,
        }
        Ok(Enter::Inside)
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name.as_bytes() {
            b"t" => self.characters = false,
            b"r" => {
                self.runs.pop();
            }
            b"p" => {
                self.paragraphs.pop();
                if self.body && !std::mem::take(&mut self.joined) {
                    self.flow.end_paragraph();
                }
            }
            b"tcPr" => self.cell_properties = false,
            b"pPr" => self.paragraph_properties = false,
            b"trPr" => self.row_properties = false,
            b"tc" => {
                self.cells.pop();
                self.flow.close_cell()?;
            }
            b"tr" => self.flow.close_row(),
            b"tbl" => {
                self.tables.pop();
                self.flow.close_table();
            }
            b"txbxContent" => {
                self.flow.close_box();
                self.runs.pop();
            }
            b"AlternateContent" => {
                self.choices.pop();
            }
            b"body" => self.body = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.characters {
            let raised = self.manner().is_raised();
            for (i, line) in text.split(['\n', '\r', '\t']).enumerate() {
                self.flow.text(if i > 0 { " " } else { "" });
                self.flow.text_of_run(line, raised);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compose::shown;
    use super::*;

    fn body(inner: &str) -> Vec<String> {
        shown(
            &decode(&format!("<w:document><w:body>{inner}</w:body></w:document>"), "", &Budget::default())
                .expect("a document"),
        )
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn tc(properties: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    }

    fn tbl(rows: &[&[String]]) -> String {
        let rows: String = rows.iter().map(|r| format!("<w:tr>{}</w:tr>", r.concat())).collect();
        format!("<w:tbl>{rows}</w:tbl>")
    }

    #[test]
    fn paragraphs_are_lines() {
        assert_eq!(
            body(&(p("一、总体情况") + &p("甲 &amp; 乙&#x4e19;&unknown;"))),
            ["一、总体情况", "甲 & 乙丙\u{fffd}"]
        );
        assert_eq!(
            body("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"),
            ["甲\t1", "乙"]
        );
        assert_eq!(body("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙"), ["甲", "乙"]);
    }

    #[test]
    fn what_was_deleted_or_hidden_is_not_read() {
        let del = "<w:del><w:r><w:delText>9</w:delText><w:t>9</w:t></w:r></w:del>";
        let moved = "<w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>3</w:t></w:r></w:moveTo>";
        let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>4</w:t></w:r>";
        assert_eq!(body(&format!("<w:p><w:r><w:t>12</w:t></w:r>{del}{moved}{hidden}</w:p>")), ["1234"]);
        let note = "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r>";
        assert_eq!(body(&format!("<w:p><w:r><w:t>12</w:t></w:r>{note}</w:p>{}", p("件"))), ["12^1", "件"]);
        let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
        assert_eq!(body(&(joined.to_owned() + &p("乙"))), ["甲乙"]);
        let row = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}</w:tr>", tc("", "1"), tc("", "2"));
        assert_eq!(body(&format!("<w:tbl>{row}</w:tbl>")), ["0+1:2"]);
    }

    #[test]
    fn merged_cells_are_one_cell() {
        let table = tbl(&[
            &[tc("<w:gridSpan w:val=\"2\"/>", "甲"), tc("<w:vMerge w:val=\"restart\"/>", "5")],
            &[tc("", "乙"), tc("", "6"), tc("<w:vMerge/>", "")],
            &[tc("", "丙"), tc("", "7"), tc("<w:vMerge w:val=\"continue\"/>", "")],
            &[tc("<w:vMerge/>", "丁"), tc("", "8"), tc("", "9")],
        ]);
        assert_eq!(body(&table), ["0+2:甲 2+1:5", "0+1:乙 1+1:6", "0+1:丙 1+1:7", "0+1:丁 1+1:8 2+1:9"]);
        let before = "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>";
        let table =
            format!("<w:tbl>{before}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", tc("", "1"), tc("", "甲"), tc("", "2"));
        assert_eq!(body(&table), ["1+1:1", "0+1:甲 1+1:2"]);
    }

    #[test]
    fn a_column_of_a_hair_is_none() {
        let columns: String = ["2000", "10", "1990"].iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
        let wide = tc("<w:gridSpan w:val=\"2\"/>", "乙");
        let rows = format!("<w:tr>{}{}</w:tr>", tc("", "甲"), tc("<w:gridSpan w:val=\"2\"/>", "1"));
        let table = format!("<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}<w:tr>{wide}{}</w:tr></w:tbl>", tc("", "2"));
        assert_eq!(body(&table), ["0+1:甲 1+1:1", "0+1:乙 1+1:2"]);
    }

    #[test]
    fn tables_inside_of_other_things() {
        let inner = tbl(&[&[tc("", "甲"), tc("", "1")]]);
        let outer = format!("<w:tbl><w:tr>{}<w:tc>{inner}{}</w:tc></w:tr></w:tbl>", tc("", "目录"), p("正文"));
        assert_eq!(body(&outer), ["目录", "0+1:甲 1+1:1", "正文"]);
        let drawing = |tag: &str, inner: &str| format!("<mc:{tag}><w:txbxContent>{inner}</w:txbxContent></mc:{tag}>");
        let twins = drawing("Choice", &inner) + &drawing("Fallback", &inner);
        let boxed = format!(
            "<w:p><w:r><w:t>前</w:t><mc:AlternateContent>{twins}</mc:AlternateContent><w:t>后</w:t></w:r></w:p>"
        );
        assert_eq!(body(&boxed), ["前后", "0+1:甲 1+1:1"]);
        assert_eq!(body(&format!("<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")), ["0+1:甲 1+1:1"]);
    }

    #[test]
    fn a_page_laid_out_by_a_table_is_text() {
        let page = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("一、总体情况"), p("甲"));
        assert_eq!(body(&page), ["一、总体情况", "甲"]);
        assert_eq!(body(&tbl(&[&[tc("", &"长".repeat(400))]])), ["长".repeat(400)]);
    }

    #[test]
    fn limits_have_names() {
        let fails = |inner: &str| match decode(&format!("<w:document><w:body>{inner}"), "", &Budget::default()) {
            Err(Failure::Limit { name, .. }) => name,
            _ => "none",
        };
        assert_eq!(fails(&"<w:x>".repeat(5_000)), "depth");
        assert_eq!(fails(&"<w:tbl><w:tr><w:tc>".repeat(100)), "nested_tables");
        assert_eq!(fails(&("<w:tbl><w:tr>".to_owned() + &"<w:tc/>".repeat(200_001))), "cells");
        let huge = "<w:tc><w:tcPr><w:gridSpan w:val=\"99999999999\"/></w:tcPr></w:tc>".repeat(100);
        assert_eq!(fails(&format!("<w:tbl><w:tr>{huge}")), "none");
    }
}

//! Whole files: a report as a page of a portal, a page that Word exported, and office documents.
//!
//! A face never changes a figure; what stands around the tables, how cells are merged and how words are cut into runs is
//! rolled.

use super::dice::Dice;
use super::grid::{Row, Sheet, Strip, What};

#[path = "books.rs"]
mod books;
#[path = "../pack/mod.rs"]
mod pack;

/// A line of text or a table.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Line(String),
    Table(Sheet),
}

/// A file format, with the manner of a kind of writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// HTML as by hand.
    Clean,
    /// HTML as Word exports it.
    Word,
    /// A page of a portal: menus, sidebars, a header table, a foot.
    Portal,
    Docx,
    Odt,
    Rtf,
    /// The page that Word exported, in a message.
    Mht,
    /// A workbook with one sheet.
    Xlsx,
    Csv,
    Epub,
}

impl Face {
    pub(crate) const ALL: [Face; 7] =
        [Face::Clean, Face::Word, Face::Portal, Face::Docx, Face::Odt, Face::Rtf, Face::Mht];

    /// Formats of other programs than those that write documents.
    pub(crate) const BOOKS: [Face; 3] = [Face::Xlsx, Face::Csv, Face::Epub];

    pub(crate) fn key(self) -> &'static str {
        ["html-clean", "html-word", "html-portal", "docx", "odt", "rtf", "mht", "xlsx", "csv", "epub"][self as usize]
    }

    pub(crate) fn ending(self) -> &'static str {
        ["html", "htm", "html", "docx", "odt", "rtf", "mht", "xlsx", "csv", "epub"][self as usize]
    }

    /// The bytes of a file.
    pub(crate) fn write(self, pieces: &[Piece], dice: &mut Dice) -> Vec<u8> {
        match self {
            Face::Clean => clean(pieces, dice).into_bytes(),
            Face::Word => word(pieces, dice),
            Face::Portal => portal(pieces, dice).into_bytes(),
            Face::Docx => docx(pieces, dice),
            Face::Odt => odt(pieces),
            Face::Rtf => rtf(pieces),
            Face::Mht => mht(&word(pieces, dice)),
            Face::Xlsx => books::xlsx(pieces, dice),
            Face::Csv => books::csv(pieces).into_bytes(),
            Face::Epub => books::epub(pieces, dice),
        }
    }
}

/// A cell with what it covers.
struct Cell<'a> {
    text: &'a str,
    head: bool,
    columns: usize,
    /// Rows, the own one included; 0 for the rest of a cell above.
    rows: usize,
}

fn rows(sheet: &Sheet) -> Vec<Vec<Cell<'_>>> {
    let rows: Vec<&Row> =
        sheet.strips.iter().filter_map(|s| if let Strip::Row(row) = s { Some(row) } else { None }).collect();
    let goes_on = |row: usize, column: usize| {
        let mut at = 0;
        rows.get(row).is_some_and(|r| {
            r.slots.iter().any(|s| {
                at += s.span;
                at - s.span == column && s.above
            })
        })
    };
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let mut at = 0;
        let mut cells = Vec::new();
        for slot in &row.slots {
            let below = (i + 1..).take_while(|r| goes_on(*r, at)).count();
            at += slot.span;
            let head = matches!(slot.what, What::Head | What::Corner);
            let rows = if slot.above { 0 } else { 1 + below };
            cells.push(Cell { text: slot.text.as_str(), head, columns: slot.span, rows });
        }
        out.push(cells);
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn spans(cell: &Cell<'_>) -> String {
    let mut out = String::new();
    if cell.columns > 1 {
        out += &format!(" colspan=\"{}\"", cell.columns);
    }
    if cell.rows > 1 {
        out += &format!(" rowspan=\"{}\"", cell.rows);
    }
    out
}

fn clean(pieces: &[Piece], dice: &mut Dice) -> String {
    let title = pieces.iter().find_map(|p| if let Piece::Line(line) = p { Some(line.as_str()) } else { None });
    let mut out = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{}</title></head><body>\n",
        escaped(title.unwrap_or(""))
    );
    out += &body(pieces, dice);
    out + "</body></html>\n"
}

fn body(pieces: &[Piece], dice: &mut Dice) -> String {
    let (group, th) = (dice.chance(0.5), dice.chance(0.3));
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => out += &format!("<p>{}</p>\n", escaped(line)),
            Piece::Table(sheet) => {
                out += if group { "<table border=\"1\"><tbody>\n" } else { "<table>\n" };
                for row in rows(sheet) {
                    out += "<tr>";
                    for cell in row.iter().filter(|c| c.rows > 0) {
                        let tag = if th && cell.head { "th" } else { "td" };
                        let text = escaped(cell.text);
                        let text = if dice.chance(0.3) { format!("<p>{text}</p>") } else { text };
                        out += &format!("<{tag}{}>{text}</{tag}>", spans(cell));
                    }
                    out += "</tr>\n";
                }
                out += if group { "</tbody></table>\n" } else { "</table>\n" };
            }
        }
    }
    out
}

/// Text cut into spans, as an editor leaves it.
fn cut(text: &str, dice: &mut Dice, open: &str, close: &str, escape: fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars() {
        run.push(c);
        if dice.chance(0.12) {
            out += &format!("{open}{}{close}", escape(&std::mem::take(&mut run)));
        }
    }
    if !run.is_empty() {
        out += &format!("{open}{}{close}", escape(&run));
    }
    out
}

fn word(pieces: &[Piece], dice: &mut Dice) -> Vec<u8> {
    let (upper, open_cells, old) = (dice.chance(0.3), dice.chance(0.3), dice.chance(0.5));
    let charset = if old { "gb2312" } else { "utf-8" };
    let mut out = format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n<meta http-equiv=Content-Type content=\"text/html; charset={charset}\">\r\n\
         <style>\r\n<!--\r\n p.MsoNormal {{margin:0cm;}}\r\n-->\r\n</style>\r\n<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->\r\n</head>\r\n<body lang=ZH-CN><div class=WordSection1>\r\n"
    );
    let span = "<span lang=EN-US style='font-size:10.5pt;\r\nfont-family:\"Times New Roman\"'>";
    let paragraph = |text: &str, dice: &mut Dice| {
        let inner = if text.is_empty() {
            format!("{span}<o:p>&nbsp;</o:p></span>")
        } else {
            cut(text, dice, span, "</span>", escaped)
        };
        format!("<p class=MsoNormal align=center style='text-align:center'>{inner}</p>")
    };
    for piece in pieces {
        match piece {
            Piece::Line(line) => out += &(paragraph(line, dice) + "\r\n"),
            Piece::Table(sheet) => {
                out += "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>\r\n";
                for row in rows(sheet) {
                    out += " <tr style='height:15.75pt'>\r\n";
                    for cell in row.iter().filter(|c| c.rows > 0) {
                        out += &format!(
                            "  <td width=76{} valign=top style='border:solid windowtext 1.0pt'>\r\n  ",
                            spans(cell).replace('"', "")
                        );
                        out += &paragraph(cell.text, dice);
                        out += if open_cells { "\r\n" } else { "\r\n  </td>\r\n" };
                    }
                    out += if open_cells { "" } else { " </tr>\r\n" };
                }
                out += "</table>\r\n";
            }
        }
    }
    out += "</div></body></html>\r\n";
    if upper {
        for tag in ["table", "tr", "td", "p", "span"] {
            let (small, large) = (format!("<{tag} "), format!("<{} ", tag.to_uppercase()));
            out = out.replace(&small, &large).replace(&format!("</{tag}>"), &format!("</{}>", tag.to_uppercase()));
        }
    }
    if old { encoding_rs::GB18030.encode(&out).0.into_owned() } else { out.into_bytes() }
}

fn portal(pieces: &[Piece], dice: &mut Dice) -> String {
    let title = pieces.iter().find_map(|p| if let Piece::Line(line) = p { Some(line.as_str()) } else { None });
    let title = escaped(title.unwrap_or(""));
    let link = |text: &str| format!("<li><a href=\"/col/{}.html\">{text}</a></li>\n", text.len());
    let names = [
        "首页",
        "新闻中心",
        "政务公开",
        "办事服务",
        "互动交流",
        "走进我们",
        "数据开放",
        "政策文件",
        "法定主动公开内容",
    ];
    let menu: String = names.iter().map(|n| link(n)).collect();
    let aside: String = (0..6).map(|i| link(&format!("202{i}年政府信息公开工作年度报告"))).collect();
    let mut out = format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}_政府门户网站</title>\n\
         <style>.nav{{color:#fff}} td{{width:10px}}</style>\n<script>var a = '<table><tr><td>12</td></tr></table>';</script>\n</head>\n<body>\n\
         <div class=\"header\"><ul class=\"nav\">{menu}</ul></div>\n"
    );
    if dice.chance(0.5) {
        out += "<div class=\"position\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/zwgk\">政务公开</a> &gt; <a href=\"/nb\">年度报告</a></div>\n";
    }
    let layout = dice.chance(0.4);
    if layout {
        out += &format!("<table width=\"1000\"><tr><td width=\"200\"><ul>{aside}</ul></td><td>\n");
    } else {
        out += &format!("<div class=\"left\"><ul>{aside}</ul></div>\n<div class=\"content\">\n");
    }
    out += &format!(
        "<h1>{title}</h1>\n<div class=\"info\">发布时间：2025-01-20 09:30 来源：办公室 浏览次数：<span id=\"hits\">128</span> 字体：[<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>]</div>\n<div id=\"zoom\">\n"
    );
    out += &body(pieces, dice);
    out += "</div>\n<div class=\"share\">分享到： <a href=#>微信</a> <a href=#>微博</a> 【打印】 【关闭】</div>\n";
    out += if layout { "</td></tr></table>\n" } else { "</div>\n" };
    out + "<div class=\"footer\"><p>版权所有：某某市人民政府 主办：某某市人民政府办公室</p><p>ICP备12345678号 网站标识码：3301000001 电话：0571-12345678</p></div>\n</body></html>\n"
}

fn docx(pieces: &[Piece], dice: &mut Dice) -> Vec<u8> {
    let mut body = String::new();
    let paragraph = |text: &str, dice: &mut Dice| {
        let runs = cut(
            text,
            dice,
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">",
            "</w:t></w:r>",
            escaped,
        );
        let deleted =
            if dice.chance(0.02) { "<w:del w:id=\"1\"><w:r><w:delText>9</w:delText></w:r></w:del>" } else { "" };
        format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{runs}{deleted}</w:p>")
    };
    let control = dice.chance(0.2);
    for piece in pieces {
        match piece {
            Piece::Line(line) => body += &paragraph(line, dice),
            Piece::Table(sheet) => {
                let widest = rows(sheet).iter().map(|r| r.iter().map(|c| c.columns).sum()).max().unwrap_or(1);
                let mut table =
                    format!("<w:tbl><w:tblPr/><w:tblGrid>{}</w:tblGrid>", "<w:gridCol w:w=\"900\"/>".repeat(widest));
                for row in rows(sheet) {
                    table += "<w:tr>";
                    for cell in &row {
                        let mut properties = format!("<w:tcW w:w=\"{}\" w:type=\"dxa\"/>", 900 * cell.columns);
                        if cell.columns > 1 {
                            properties += &format!("<w:gridSpan w:val=\"{}\"/>", cell.columns);
                        }
                        properties += match cell.rows {
                            0 => "<w:vMerge/>",
                            1 => "",
                            _ => "<w:vMerge w:val=\"restart\"/>",
                        };
                        table += &format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(cell.text, dice));
                    }
                    table += "</w:tr>";
                }
                table += "</w:tbl>";
                body += &if control {
                    format!("<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt>")
                } else {
                    table
                };
            }
        }
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let links = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    pack::zip(&[("[Content_Types].xml", types), ("_rels/.rels", links), ("word/document.xml", &xml)])
}

fn odt(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => body += &format!("<text:p>{}</text:p>", escaped(line)),
            Piece::Table(sheet) => {
                body += "<table:table>";
                for row in rows(sheet) {
                    body += "<table:table-row>";
                    for cell in &row {
                        let covered = "<table:covered-table-cell/>";
                        if cell.rows == 0 {
                            body += &covered.repeat(cell.columns);
                            continue;
                        }
                        body += &format!(
                            "<table:table-cell table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"><text:p>{}</text:p></table:table-cell>{}",
                            cell.columns,
                            cell.rows,
                            escaped(cell.text),
                            covered.repeat(cell.columns - 1)
                        );
                    }
                    body += "</table:table-row>";
                }
                body += "</table:table>";
            }
        }
    }
    let xml = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    pack::zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &xml)])
}

fn rtf(pieces: &[Piece]) -> Vec<u8> {
    let text = |text: &str| -> String {
        text.encode_utf16()
            .map(|u| match u {
                0x20..=0x7e if !b"\\{}".contains(&(u as u8)) => char::from(u as u8).to_string(),
                u => format!("\\u{}?", u as i16),
            })
            .collect()
    };
    let mut out = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}\n".to_owned();
    for piece in pieces {
        match piece {
            Piece::Line(line) => out += &format!("\\pard {}\\par\n", text(line)),
            Piece::Table(sheet) => {
                for row in rows(sheet) {
                    out += "\\trowd\\trgaph108";
                    let mut right = 0;
                    for cell in &row {
                        right += 900 * cell.columns;
                        out += match cell.rows {
                            0 => "\\clvmrg",
                            1 => "",
                            _ => "\\clvmgf",
                        };
                        out += &format!("\\cellx{right}");
                    }
                    for cell in &row {
                        out += &format!("\\pard\\intbl {}\\cell", text(cell.text));
                    }
                    out += "\\row\n";
                }
            }
        }
    }
    (out + "}").into_bytes()
}

fn mht(page: &[u8]) -> Vec<u8> {
    let mut quoted = String::new();
    let mut width = 0;
    for b in page {
        let coded = if (33..=126).contains(b) && *b != b'=' { char::from(*b).to_string() } else { format!("={b:02X}") };
        if width + coded.len() > 75 {
            quoted += "=\r\n";
            width = 0;
        }
        width += coded.len();
        quoted += &coded;
    }
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_Next\"\r\n\r\nA page.\r\n\r\n------=_Next\r\nContent-Location: file:///C:/a.htm\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html\r\n\r\n{quoted}\r\n\r\n------=_Next--\r\n"
    )
    .into_bytes()
}

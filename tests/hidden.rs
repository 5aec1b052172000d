//! What is hidden or struck says nothing, in every format: a small report with such figures beside the valid ones has the
//! very cells that it has without them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use gxbg::decode::decode;
use gxbg::document::{Block, Document};
use proptest::prelude::*;

mod pack;

/// The cells of all grids, each trimmed.
fn cells(document: &Document) -> Vec<Vec<String>> {
    let text = |span: gxbg::document::Span| span.of(&document.text).trim().to_owned();
    let rows = document.blocks.iter().filter_map(|b| match b {
        Block::Grid(grid) => Some(&grid.rows),
        Block::Text(_) => None,
    });
    rows.flatten().map(|row| row.iter().map(|c| text(c.span)).collect()).collect()
}

/// A format: how a cell is written, and a file of rows of cells.
struct Format {
    name: &'static str,
    /// Writings of a figure that say nothing.
    silent: &'static [&'static str],
    /// Writings of a figure that say as much as any other.
    shown: &'static [&'static str],
    plain: &'static str,
    /// The mark of a note behind a figure.
    marks: &'static [&'static str],
    file: fn(&[Vec<String>]) -> Vec<u8>,
}

fn rows(rows: &[Vec<String>], cell: impl Fn(&str) -> String, row: impl Fn(String) -> String) -> String {
    rows.iter().map(|cells| row(cells.iter().map(|c| cell(c)).collect())).collect()
}

fn html(table: &[Vec<String>]) -> Vec<u8> {
    let table = rows(table, |c| format!("<td>{c}</td>"), |r| format!("<tr>{r}</tr>"));
    let sheet = ".g{display:none} #h , b.s{color:red;text-decoration:line-through} .t{font-size:0!important} \
                 .w{color:#fff} .v{visibility:hidden} @media print{.p{display:none}} .q{background:#036}";
    format!("<html><style>{sheet}</style><body><p>说明</p><table>{table}</table></body></html>").into_bytes()
}

fn rtf(table: &[Vec<String>]) -> Vec<u8> {
    let table = rows(
        table,
        |c| format!("\\pard\\plain\\intbl {c}\\cell "),
        |r| format!("\\trowd\\cellx1000\\cellx2000\\cellx3000 {r}\\row "),
    );
    format!(
        "{{\\rtf1\\ansi{{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;}}{{\\stylesheet{{\\s0 Normal;}}\
         {{\\*\\cs9\\additive\\strike Struck;}}{{\\*\\cs10\\sbasedon9 Below;}}}}x\\par {table}}}"
    )
    .into_bytes()
}

fn docx(table: &[Vec<String>]) -> Vec<u8> {
    let table = rows(table, |c| format!("<w:tc><w:p>{c}</w:p></w:tc>"), |r| format!("<w:tr>{r}</w:tr>"));
    let document =
        format!("<w:document><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl>{table}</w:tbl></w:body></w:document>");
    let style = |kind: &str, id: &str, below: &str, inner: &str| {
        format!(
            "<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:basedOn w:val=\"{below}\"/><w:rPr>{inner}</w:rPr></w:style>"
        )
    };
    let styles = [
        style("character", "Struck", "", "<w:strike/>"),
        style("character", "Below", "Struck", "<w:b/>"),
        style("character", "Gone", "", "<w:vanish/>"),
        style("character", "Loop", "Loop", ""),
    ];
    let styles = format!("<w:styles>{}</w:styles>", styles.concat());
    pack::zip(&[("word/document.xml", document.as_bytes()), ("word/styles.xml", styles.as_bytes())])
}

fn odt(table: &[Vec<String>]) -> Vec<u8> {
    let table = rows(
        table,
        |c| format!("<table:table-cell><text:p>{c}</text:p></table:table-cell>"),
        |r| format!("<table:table-row>{r}</table:table-row>"),
    );
    let style = |name: &str, below: &str, said: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\" style:parent-style-name=\"{below}\">\
             <style:text-properties {said}/></style:style>"
        )
    };
    let own = [
        style("S", "", "style:text-line-through-style=\"solid\""),
        style("O", "", "style:text-line-through-style=\"none\""),
        style("H", "", "text:display=\"none\""),
        style("W", "", "fo:color=\"#ffffff\""),
        style("D", "", "fo:color=\"#ffffff\" fo:background-color=\"#003366\""),
        style("T", "", "fo:font-size=\"1pt\""),
        style("U", "", "style:text-position=\"super 58%\""),
        style("B", "Common", "fo:font-weight=\"bold\""),
    ];
    let common = style("Common", "", "style:text-line-through-type=\"double\"");
    let content = format!(
        "<office:document-content><office:automatic-styles>{}</office:automatic-styles><office:body><office:text>\
         <text:p>x</text:p><table:table>{table}</table:table></office:text></office:body></office:document-content>",
        own.concat()
    );
    let styles = format!("<office:document-styles><office:styles>{common}</office:styles></office:document-styles>");
    pack::zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ])
}

/// `N` stands for the figure.
const FORMATS: [Format; 4] = [
    Format {
        name: "html",
        silent: &[
            "<s>N</s>",
            "<del>N</del>",
            "<strike><b>N</b></strike>",
            "<span class='a g'>N</span>",
            "<p class=g>N</p>",
            "<i id=h>N</i>",
            "<b class=s>N</b>",
            "<font class=t style='font-size:12px'>N</font>",
            "<span class=w>N</span>",
            "<em class=v>N</em>",
            "<span style='text-decoration: line-through'>N</span>",
            "<span style='display:none'>N<span>N</span></span>",
            "<div hidden><p>N</p></div>",
            "<a style='opacity:0'>N</a>",
            "<template>N</template>",
            "<noscript>N</noscript>",
            "<font color=white>N</font>",
            "<img alt=N>",
            "<input type=hidden value=N>",
            "<input value=N style='display:none'>",
            "<input value=N>",
            "<table style='display:none'><tr><td>N<td>N</table>",
        ],
        shown: &[
            "<b class=p>N</b>",
            "<span aria-hidden=true>N</span>",
            "<span class=v><b style='visibility:visible'>N</b></span>",
            "<span class=w style='background:#036'>N</span>",
            "<span class=q><i class=w>N</i></span>",
            "<span style='font-size:0'><i style='font-size:9pt'>N</i></span>",
            "<b class=x style='text-decoration:underline'>N</b>",
        ],
        plain: "N",
        marks: &["<sup>N</sup>", "<small>N</small>", "<span style='vertical-align:super'>[N]</span>"],
        file: html,
    },
    Format {
        name: "rtf",
        silent: &[
            "{\\strike N}",
            "{\\striked1 N}",
            "{\\v N}",
            "{\\deleted N}",
            "\\strike N\\strike0 ",
            "{\\cf2 N}",
            "{\\cs9 N}",
            "{\\cs10\\b N}",
            "{\\fs1 N}",
        ],
        shown: &["{\\strike0 N}", "{\\cf1 N}", "{\\cf2\\chcbpat1 N}", "{\\cs9\\strike0 N}", "{\\plain N}"],
        plain: "{\\b N}",
        marks: &["{\\super N}", "{\\up6\\fs12 N}"],
        file: rtf,
    },
    Format {
        name: "docx",
        silent: &[
            "<w:r><w:rPr><w:strike/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:dstrike w:val=\"true\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:sz w:val=\"2\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:rStyle w:val=\"Below\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:rStyle w:val=\"Gone\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:del><w:r><w:delText>N</w:delText></w:r></w:del>",
        ],
        shown: &[
            "<w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:rStyle w:val=\"Below\"/><w:strike w:val=\"false\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:rStyle w:val=\"Loop\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/><w:shd w:fill=\"003366\"/></w:rPr><w:t>N</w:t></w:r>",
            "<w:r><w:rPr><w:color w:val=\"auto\"/></w:rPr><w:t>N</w:t></w:r>",
        ],
        plain: "<w:r><w:t>N</w:t></w:r>",
        marks: &["<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>N</w:t></w:r>"],
        file: docx,
    },
    Format {
        name: "odt",
        silent: &[
            "<text:span text:style-name=\"S\">N</text:span>",
            "<text:span text:style-name=\"H\">N</text:span>",
            "<text:span text:style-name=\"W\">N</text:span>",
            "<text:span text:style-name=\"T\">N</text:span>",
            "<text:span text:style-name=\"B\">N</text:span>",
        ],
        shown: &[
            "<text:span text:style-name=\"O\">N</text:span>",
            "<text:span text:style-name=\"D\">N</text:span>",
            "<text:span text:style-name=\"S\"><text:span text:style-name=\"O\">N</text:span></text:span>",
        ],
        plain: "<text:span>N</text:span>",
        marks: &["<text:span text:style-name=\"U\">N</text:span>"],
        file: odt,
    },
];

/// A table of labels and figures, the figures as they are written.
fn table(figures: &[String]) -> Vec<Vec<String>> {
    figures.chunks(2).map(|pair| pair.to_vec()).collect()
}

fn with(writing: &str, figure: u32) -> String {
    writing.replace('N', &figure.to_string())
}

#[test]
fn each_writing_says_what_it_shows() {
    for format in &FORMATS {
        let read = |cell: String| {
            let rest = || with(format.plain, 3);
            cells(&decode(&(format.file)(&[vec![rest(), cell, rest()]])).unwrap())
        };
        let cell = |text: &str| vec![vec!["3".to_owned(), text.to_owned(), "3".to_owned()]];
        let plain = with(format.plain, 12);
        for silent in format.silent {
            let struck = with(silent, 7);
            assert_eq!(read(struck.clone() + &plain), cell("12"), "{}: {silent} before", format.name);
            assert_eq!(read(plain.clone() + &struck), cell("12"), "{}: {silent} behind", format.name);
            if !silent.contains("<input value=N>") {
                assert_eq!(read(struck), cell(""), "{}: {silent} alone", format.name);
            }
        }
        for shown in format.shown {
            assert_eq!(read(with(shown, 12)), cell("12"), "{}: {shown}", format.name);
        }
        for mark in format.marks {
            assert_eq!(read(plain.clone() + &with(mark, 1)), cell("12"), "{}: {mark}", format.name);
            // What stands behind it as well is no figure.
            let more = read(plain.clone() + &with(mark, 1) + &with(format.plain, 4));
            assert!(more[0][1].contains('^'), "{}: {mark}: {more:?}", format.name);
        }
    }
}

#[test]
fn a_field_alone_is_a_figure() {
    let read = |cell: &str| cells(&decode(&html(&[vec!["3".into(), cell.into(), "4".into()]])).unwrap())[0][1].clone();
    assert_eq!(read("<input value=12>"), "12");
    assert_eq!(read("<input value=12>件"), "12件");
    assert_eq!(read("5<input value=12>"), "5");
    assert_eq!(read("<input value=12><input value=3>"), "12\n3");
}

#[test]
fn cells_and_rows_that_are_not_shown_are_none() {
    let page = |row: &str| {
        let page = format!("<p>x</p><table><tr><td>a<td>1<td>2</tr>{row}<tr><td>b<td>3<td>4</tr></table>");
        cells(&decode(page.as_bytes()).unwrap())
    };
    let plain = page("");
    for row in [
        "<tr style='display:none'><td>c<td>5<td>6</tr>",
        "<tr hidden><td>c<td><table><tr><td>5</table><td>6</tr>",
        "<tbody style='display:none'><tr><td>c<td>5<tr><td>6</tbody>",
    ] {
        assert_eq!(page(row), plain, "{row}");
    }
    let with_cell = page("<tr><td hidden>0<td>c<td style='display:none'>9</td><td>5<td>6<td hidden></tr>");
    assert_eq!(with_cell[1], ["c", "5", "6"]);
    assert_eq!(page("<tr style='visibility:hidden'><td>c<td>5<td>6</tr>")[1], ["", "", ""]);
    assert_eq!(page("<tr><td>c<td><span style='display:none'>5<td>6</tr>")[1], ["c", "", "6"]);
}

#[test]
fn a_page_that_a_script_shows_is_read() {
    let page = "<div style='display:none'><p>x</p><table><tr><td>a<td>1<td>2</tr></table></div>";
    assert_eq!(cells(&decode(page.as_bytes()).unwrap()), [["a", "1", "2"]]);
    let faint = "<div style='opacity:0'><p>x</p><table><tr><td>a<td>1<td>2</tr></table></div>";
    assert_eq!(cells(&decode(faint.as_bytes()).unwrap()), [["a", "1", "2"]]);
    let struck = "<p>x</p><s><table><tr><td>a<td>1<td>2</tr></table></s>";
    assert_eq!(cells(&decode(struck.as_bytes()).unwrap()), [["", "", ""]]);
    let twice = format!("<p>x</p><table><tr><td>b<td>3<td>4</tr></table>{page}");
    assert_eq!(cells(&decode(twice.as_bytes()).unwrap()), [["b", "3", "4"]]);
}

#[test]
fn white_on_a_colour_is_shown() {
    let read = |page: &str| cells(&decode(format!("<p>x</p>{page}").as_bytes()).unwrap()).concat().concat();
    let white = "<b style='color:#fff'>5</b>";
    assert_eq!(read(&format!("<table bgcolor=#003366><tr><td>a<td>{white}<td>6</table>")), "a56");
    assert_eq!(read(&format!("<table><tr style='background:#036'><td>a<td>{white}<td>6</table>")), "a56");
    assert_eq!(read(&format!("<link rel=stylesheet href=a.css><table><tr><td>a<td>{white}<td>6</table>")), "a56");
    assert_eq!(
        read(&format!("<style>.h td{{background:red}}</style><table class=h><tr><td>a<td>{white}<td>6</table>")),
        "a56"
    );
    assert_eq!(read(&format!("<table><tr><td>a<td>{white}<td>6</table>")), "a6");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The same report with and without figures that say nothing.
    #[test]
    fn silent_figures_change_no_cell(
        figures in prop::collection::vec(0u32..30_000, 6..=6),
        struck in prop::collection::vec((0usize..6, 0usize..30, 1u32..30_000, any::<bool>()), 0..5),
    ) {
        for format in &FORMATS {
            let plain: Vec<String> = figures.iter().map(|f| with(format.plain, *f)).collect();
            let mut written = plain.clone();
            for (at, writing, figure, before) in &struck {
                let silent = with(format.silent[writing % format.silent.len()], *figure);
                let cell = &mut written[*at];
                *cell = if *before { silent + cell } else { cell.clone() + &silent };
            }
            let read = |figures: &[String]| cells(&decode(&(format.file)(&table(figures))).unwrap());
            prop_assert_eq!(read(&written), read(&plain), "{}: {:?}", format.name, written);
        }
    }
}

/// A page with a ruled table of one row, in the middle cell of which things are drawn.
#[cfg(feature = "pdf")]
fn pdf(drawn: &str) -> Vec<u8> {
    let across = [700, 680, 660].map(|y| format!("50 {y} m 250 {y} l S "));
    let down = [50, 150, 200, 250].map(|x| format!("{x} 660 m {x} 700 l S "));
    let text = |x: u32, y: u32, text: &str| format!("BT /F1 11 Tf {x} {y} Td ({text}) Tj ET ");
    let rest = [text(55, 685, "a"), text(155, 685, "b"), text(205, 685, "c"), text(55, 665, "3"), text(205, 665, "4")];
    let content = format!("0.5 w {}{}{}{drawn}", across.concat(), down.concat(), rest.concat());
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 750]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
         trailer<</Root 1 0 R>>",
        content.len()
    )
    .into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn what_a_page_shows_of_a_figure() {
    let read = |drawn: &str| cells(&decode(&pdf(drawn)).unwrap())[1][1].clone();
    let figure = |x: f32| format!("BT /F1 11 Tf {x} 665 Td (12) Tj ET ");
    let (struck, line) = ("BT /F1 11 Tf 155 665 Td (79) Tj ET ", "155 668.2 m 167.2 668.2 l S ");
    assert_eq!(read(&figure(155.0)), "12");
    assert_eq!(read(&format!("{struck}{line}{}", figure(167.3))), "12");
    assert_eq!(read(&format!("{struck}155 667.9 12.2 0.6 re f {}", figure(167.3))), "12");
    assert_eq!(read(&format!("{struck}{line}")), "");
    // Lines under a figure and above it, and one from rule to rule, take nothing back.
    for line in ["155 663.5 m 167.2 663.5 l S ", "155 674 m 167.2 674 l S ", "150 668.2 m 200 668.2 l S "] {
        assert_eq!(read(&format!("{}{line}", figure(155.0))).replace('\n', ""), "12", "{line}");
    }
    assert_eq!(read(&format!("3 Tr {struck}0 Tr {}", figure(167.3))), "12");
    assert_eq!(read(&format!("1 g {struck}0 g {}", figure(167.3))), "12");
    assert_eq!(read(&format!("BT /F1 0.5 Tf 155 665 Td (79) Tj ET {}", figure(156.0))), "12");
    // The mark of a note, raised and on the line.
    assert_eq!(read(&format!("{}BT /F1 6.4 Tf 167.3 668.6 Td (1) Tj ET ", figure(155.0))), "12");
    assert_eq!(read(&format!("{}BT /F1 6.4 Tf 167.3 665 Td (1) Tj ET ", figure(155.0))), "12");
}

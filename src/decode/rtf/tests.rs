use super::super::compose::shown;
use super::*;

fn body(inner: &str) -> Vec<String> {
    let head =
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset0 Arial;}}{\\info{\\title x}}";
    shown(&decode(format!("{head}{inner}}}").as_bytes(), &Budget::default()).expect("a document"))
}

#[test]
fn characters_in_every_writing() {
    assert_eq!(body("\\'d6\\'d0\\'ce\\'c41\\par\\u20013?\\u25991\\'3f2\\par"), ["中文1", "中文2"]);
    assert_eq!(
        body("\\uc2\\u20013\\'d6\\'d0x{\\uc0\\u25991 y}\\u-10179??\\u-9010??\\par"),
        ["中x文y🃎".replace('🃎', "\u{1f4ce}")]
    );
    assert_eq!(body("\\'81@\\~\\emdash\\{a\\}\\par"), ["丂\u{a0}—{a}"]);
    assert_eq!(body("a\\bin4 }}}}b{\\pict 00ff}{\\*\\unknown c}{\\field{\\*\\fldinst X}{\\fldrslt d}}\\par"), ["abd"]);
    let other = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset134 S;}}\\f0\\'d6\\'d0\\par}";
    assert_eq!(shown(&decode(other, &Budget::default()).expect("a document")), ["中"]);
}

#[test]
fn what_was_deleted_or_hidden_is_not_read() {
    assert_eq!(body("1{\\deleted 9}2{\\v 8}\\v 7\\v0 3{\\footnote 6}\\par"), ["123"]);
}

#[test]
fn columns_from_edges() {
    let row = |cells: &str, text: &str| format!("\\trowd\\trleft-100{cells}\\pard\\intbl {text}\\row ");
    let rows = [
        row("\\clmgf\\cellx1000\\clmrg\\cellx2000\\clvmgf\\cellx3000", "a\\cell b\\cell c\\cell"),
        row("\\cellx1010\\cellx1995\\clvmrg\\cellx3000", "d\\cell 1\\par 2\\cell x\\cell"),
        row("\\cellx2000\\cellx3000", "e\\cell\\cell"),
    ];
    assert_eq!(
        body(&format!("p\\par{}\\pard q\\par", rows.concat())),
        ["p", "0+2:a 2+1:c", "0+1:d 1+1:1\n2", "0+2:e 2+1:", "q"]
    );
    assert_eq!(body("\\intbl a\\cell b\\cell\\row"), ["0+1:a 1+1:b"]);
    // Paragraphs that do not say that they stand in the row.
    assert_eq!(body("\\trowd\\cellx500\\cellx900\\pard a\\cell b\\cell\\row\\pard c\\par"), ["0+1:a 1+1:b", "c"]);
}

#[test]
fn tables_inside_of_cells_and_boxes() {
    let inner = "\\pard\\intbl\\itap2 1\\nestcell 2\\nestcell{\\*\\nesttableprops\\trowd\\cellx400\\cellx800\\nestrow}{\\nonesttables\\par}";
    let outer = format!(
        "\\trowd\\cellx500\\cellx900\\pard\\intbl a\\cell {inner}\\pard\\intbl\\itap1 z\\cell\\row\\pard q\\par"
    );
    assert_eq!(body(&outer), ["a", "0+1:1 1+1:2", "z", "q"]);
    let boxed = "{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt \\pard\\intbl 1\\cell 2\\cell\\row\\pard w\\par}}{\\shprslt 9}}";
    assert_eq!(body(&format!("a{boxed}b\\par")), ["ab", "0+1:1 1+1:2", "w"]);
}

#[test]
fn limits_have_names_and_rubbish_ends() {
    assert_eq!(decode(&b"{\\rtf1".repeat(5_000), &Budget::default()).unwrap_err().code(), "limit");
    assert_eq!(decode(b"{\\rtf1\\itap900 x\\par}", &Budget::default()).unwrap_err().code(), "limit");
    assert_eq!(decode(b"{\\rtf1}", &Budget::default()).unwrap_err().code(), "empty");
    assert_eq!(body("}}}}\\cell\\row\\nestrow\\nestcell a").last().map(String::as_str), Some("a"));
}

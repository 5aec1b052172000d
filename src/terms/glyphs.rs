//! The characters of numbers, and those that stand for none.

/// What a whole cell may consist of to say "nothing".
pub const NIL: &[&str] = &[
    "",
    "/",
    "／",
    "\\",
    "—",
    "——",
    "-",
    "--",
    "－",
    "―",
    "–",
    "─",
    "…",
    "无",
    "無",
    "无。",
    "空",
    "*",
    "×",
    "_",
    "／／",
    "//",
    "N/A",
    "n/a",
    "NA",
    "Null",
    "null",
    "NaN",
    "nan",
    "None",
    "none",
    "NULL",
    "无数据",
    "暂无",
    "没有",
];

/// Marks that are parts of words or of numbers: alone in a cell they are the rest of a label.
pub const PARTS: &[char] = &[
    '(', ')', '（', '）', '[', ']', '【', '】', '〔', '〕', '《', '》', '“', '”', '‘', '’', '"', '\'', '、', '，', ',',
    ':', '：', ';', '；', '√', '✓', '✔', '%', '％', '‰', '#', '&', '\u{fffd}',
];

/// Characters that are read as the digit 0 where the rest is a number.
pub const ZERO_LIKE: &[char] = &['O', 'o', 'Ｏ', '〇', '○', '零', '０'];

/// Counting words that may follow a count; they say nothing about its size.
pub const COUNTERS: &[&str] = &["件次", "人次", "件", "条", "个", "项", "次", "宗", "起", "份", "部", "人", "例", "篇"];

/// Marks behind a number that lead to a note below the table. Figures in brackets are none: `3(1)` may say two things.
pub const NOTE_MARKS: &[char] =
    &['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '*', '＊', '※', '△', '▲', '★', '☆', '†', '‡'];

/// The unit that counts may have as well: 1.2万.
pub const TEN_THOUSAND: char = '万';

/// Words in front of a change; the sign they give.
pub const CHANGES: &[(&str, f64)] = &[
    ("增/减", 1.0),
    ("增／减", 1.0),
    ("增减", 1.0),
    ("增加", 1.0),
    ("减少", -1.0),
    ("增", 1.0),
    ("减", -1.0),
    ("+", 1.0),
    ("＋", 1.0),
    ("-", -1.0),
    ("－", -1.0),
    ("−", -1.0),
    ("—", -1.0),
    ("–", -1.0),
];

/// Bars that part cells.
pub const BARS: &[char] = &['|', '｜', '│', '┃', '║'];

/// What a converter glues to text and no person wrote.
pub const CONVERTER_NOTES: &[&str] = &["[bookmark: _GoBack]", "[bookmark:_GoBack]", "[bookmark: "];

/// All that stands beside the numbers of a page mark, "第 2 页 共 9 页"; the first always does.
pub const PAGE_WORDS: &[char] = &['页', '第', '共', '，', ',', '—', '-'];

//! Labels: from folded words to what they mean on the form.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::form::{Form, GROUPS, Group, LineTerm, Table};
use super::lines::{APPLICANTS, DISPUTE_ROWS, RESULTS};
use super::{AnyOf, Edition, Editions, fold, fold_char};

/// A line of the form whatever the edition: its position among [`Lines::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey(pub u8);

/// A word that stands above columns or tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Header {
    /// 信息内容, 第二十条第（一）项: the proactive table begins or goes on.
    Proactive,
    /// A column of the proactive table, by its public code.
    ProactiveColumn(&'static str),
    /// 申请人情况, the note on the arithmetic: the requests table begins or goes on.
    Requests,
    /// 法人或其他组织: five columns stand below it.
    Organisations,
    /// A column of the requests table.
    Applicant(u8),
    /// A row of the disputes table (行政复议, 未经复议直接起诉, 复议后起诉).
    DisputeRow(u8),
    /// 行政诉讼: two rows of the disputes table stand below it.
    Litigation,
    /// A column of the disputes table.
    Result(u8),
}

impl Header {
    /// The table it stands in.
    pub fn table(self) -> Table {
        match self {
            Header::Proactive | Header::ProactiveColumn(_) => Table::Proactive,
            Header::Requests | Header::Organisations | Header::Applicant(_) => Table::Requests,
            Header::DisputeRow(_) | Header::Litigation | Header::Result(_) => Table::Disputes,
        }
    }
}

/// Everything that a label can mean; which one holds is told by where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meaning {
    /// A line of the form.
    pub line: Option<LineKey>,
    /// A label above lines.
    pub group: Option<Group>,
    /// A word above columns.
    pub header: Option<Header>,
    /// A second word above columns: 总计 and 合计 stand in two tables.
    pub other_header: Option<Header>,
}

/// The vocabulary of labels, made once.
#[derive(Debug)]
pub struct Labels {
    lines: Vec<&'static LineTerm>,
    /// For each line, its form in every edition.
    variants: Vec<Vec<&'static LineTerm>>,
    /// For each line, its position in the form of all editions that a report may have.
    positions: Vec<[Option<usize>; Editions::ALL.len()]>,
    meanings: FxHashMap<String, Meaning>,
    /// Folded labels of lines with their keys, the longest first.
    line_labels: Vec<(String, LineKey)>,
    /// Folded header words of the requests table, of four characters and more, in a fixed order.
    applicant_words: Vec<(Vec<char>, Header)>,
    /// Lengths in characters of the folded labels of lines, each once, the longest first.
    lengths: Vec<usize>,
    longest: usize,
    /// Finds all folded words of the form.
    finder: AhoCorasick,
    /// What the words that it finds mean.
    found: Vec<Meaning>,
}

/// What follows a word at the front of a text, whatever punctuation and white space stands in it.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut wanted = word.chars().filter_map(fold_char).peekable();
    for (at, c) in text.char_indices() {
        let Some(want) = wanted.peek() else { return Some(&text[at..]) };
        match fold_char(c) {
            None => {}
            Some(c) if c == *want => drop(wanted.next()),
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some("")
}

const HEADERS: &[(Header, &[&str])] = &[
    (
        Header::Proactive,
        &[
            "信息内容",
            "第二十条第（一）项",
            "第二十条第（五）项",
            "第二十条第（六）项",
            "第二十条第（八）项",
            "第二十条第（九）项",
            "第二十条第一项",
            "第二十条",
            "第（一）项",
            "第（五）项",
            "第（六）项",
            "第（八）项",
            "第（九）项",
        ],
    ),
    (
        Header::Requests,
        &[
            "申请人情况",
            "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
            "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和单位件",
            "本列数据的勾稽关系为",
        ],
    ),
    (Header::Organisations, &["法人或其他组织", "法人或者其他组织", "法人或其它组织", "法人及其他组织"]),
    (Header::Litigation, &["行政诉讼"]),
];

/// Folded words that only a table's header has next to each other, for headers without any separator.
pub const CUES: &[(&str, Table)] = &[
    ("信息内容本年", Table::Proactive),
    ("信息内容上一年", Table::Proactive),
    ("信息内容采购", Table::Proactive),
    ("本列数据的勾稽关系", Table::Requests),
    ("申请人情况", Table::Requests),
    ("法人或其他组织", Table::Requests),
    ("商业企业科研机构", Table::Requests),
    ("结果维持结果纠正", Table::Disputes),
    ("行政复议行政诉讼", Table::Disputes),
];

/// Whether a text has a word without which no cue can be there; asked before anything is folded.
pub fn may_hold_cue(text: &str) -> bool {
    static WORDS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(CUE_WORDS));
    WORDS.is_in(text)
}

/// Raw words without which no cue can be there.
const CUE_WORDS: &[&str] =
    &["信息内容", "勾稽关系", "申请人情况", "法人或其他组织", "商业企业", "结果维持", "行政诉讼"];

impl Labels {
    /// The vocabulary.
    pub fn get() -> &'static Labels {
        static LABELS: LazyLock<Labels> = LazyLock::new(Labels::build);
        &LABELS
    }

    /// All lines of all editions, each once, in the order of the form.
    pub fn lines(&self) -> &[&'static LineTerm] {
        &self.lines
    }

    /// The line of a key.
    pub fn line(&self, key: LineKey) -> &'static LineTerm {
        self.lines[key.0 as usize]
    }

    /// The most cells that a line has in any edition.
    pub fn most_cells(&self, key: LineKey) -> usize {
        self.variants(key).iter().map(|l| l.len()).max().unwrap_or(0)
    }

    /// The key of the disputes line, which has no label.
    pub fn disputes(&self) -> LineKey {
        LineKey(self.lines.len() as u8 - 1)
    }

    /// The key of a line by the public code of its (first) row.
    pub fn key_of(&self, row: &str) -> Option<LineKey> {
        self.lines.iter().position(|l| l.rows[0] == row).map(|i| LineKey(i as u8))
    }

    /// The meaning of a folded label, exactly as written.
    pub fn exact(&self, folded: &str) -> Option<&Meaning> {
        if folded.len() > self.longest { None } else { self.meanings.get(folded) }
    }

    /// The line whose label ends the folded text, the longest one, and the bytes of that label.
    pub fn at_end(&self, folded: &str) -> Option<(LineKey, usize)> {
        let mut starts: [usize; 64] = [usize::MAX; 64];
        for (n, (at, _)) in folded.char_indices().rev().enumerate().take(63) {
            starts[n + 1] = at;
        }
        self.lengths.iter().filter(|&&n| n < 64 && starts[n] != usize::MAX).find_map(|&n| {
            let tail = &folded[starts[n]..];
            self.meanings.get(tail).and_then(|m| m.line).map(|k| (k, tail.len()))
        })
    }

    /// The header words of a table in a folded text without separators, in the order of the text, and the bytes that
    /// they take of it.
    pub fn headers_in(&self, folded: &str, table: Table) -> (Vec<Header>, usize) {
        let mut found: Vec<(usize, std::cmp::Reverse<usize>, Header)> = Vec::new();
        for (word, meaning) in &self.meanings {
            let header = [meaning.header, meaning.other_header].into_iter().flatten().find(|h| h.table() == table);
            if let Some(header) = header {
                found.extend(
                    folded.match_indices(word.as_str()).map(|(at, w)| (at, std::cmp::Reverse(w.len()), header)),
                );
            }
        }
        found.sort_unstable_by_key(|f| (f.0, f.1));
        let mut end = 0;
        found.retain(|(at, length, _)| {
            let keep = *at >= end;
            if keep {
                end = at + length.0;
            }
            keep
        });
        let bytes = found.iter().map(|f| f.1.0).sum();
        (found.into_iter().map(|(.., header)| header).collect(), bytes)
    }

    /// The one column of the proactive table of which some wording begins with the folded text.
    pub fn column_beginning(&self, folded: &str) -> Option<Header> {
        let mut found = self.meanings.iter().filter(|(word, _)| word.starts_with(folded)).filter_map(|(_, m)| m.header);
        let first = found.next().filter(|h| matches!(h, Header::ProactiveColumn(_)))?;
        found.all(|h| h == first).then_some(first)
    }

    /// Folded header words of the requests table that are long enough to be known with a typing error in them.
    pub fn applicant_words(&self) -> &[(Vec<char>, Header)] {
        &self.applicant_words
    }

    /// The group whose label begins a text, with what follows it; none where nothing follows.
    pub fn group_before<'a>(&self, text: &'a str) -> Option<(Group, &'a str)> {
        GROUPS.iter().find_map(|(group, words)| {
            let tail = words.iter().filter_map(|word| behind(text, word)).min_by_key(|tail| tail.len())?;
            (!tail.trim().is_empty()).then_some((*group, tail))
        })
    }

    /// Where words of the form stand in a folded text, the longest ones first found: their bytes and what they mean.
    pub fn words_in(&self, folded: &str) -> Vec<(std::ops::Range<usize>, Meaning)> {
        self.finder.find_iter(folded).map(|m| (m.range(), self.found[m.pattern().as_usize()])).collect()
    }

    /// The line of a key in every edition that has it.
    pub fn variants(&self, key: LineKey) -> &[&'static LineTerm] {
        &self.variants[key.0 as usize]
    }

    /// The position of a line in the form of an edition or of a mixture, if that has it.
    pub fn position(&self, key: LineKey, editions: impl Into<Editions>) -> Option<usize> {
        self.positions[key.0 as usize][editions.into().index()]
    }

    /// Folded labels of lines with their keys, the longest first.
    pub fn line_labels(&self) -> &[(String, LineKey)] {
        &self.line_labels
    }

    fn build() -> Labels {
        let mut lines: Vec<&'static LineTerm> = Vec::new();
        let (old, new) = (&Form::of(Edition::Of2019).lines, &Form::of(Edition::Of2021).lines);
        // The newer form gives the order; lines that only the older one has follow the line they follow there.
        lines.extend(new.iter().copied());
        for (i, line) in old.iter().enumerate() {
            if !lines.iter().any(|l| l.rows == line.rows) {
                let before = old[i - 1].rows;
                let at = lines.iter().position(|l| l.rows == before).map_or(lines.len(), |p| p + 1);
                lines.insert(at, line);
            }
        }
        let mut meanings: FxHashMap<String, Meaning> = FxHashMap::default();
        let mut line_labels = Vec::new();
        let mut folded = String::new();
        for (i, line) in lines.iter().enumerate() {
            for label in std::iter::once(&line.label).chain(line.aliases).filter(|l| !l.is_empty()) {
                fold(label, &mut folded);
                meanings.entry(folded.clone()).or_default().line = Some(LineKey(i as u8));
                line_labels.push((folded.clone(), LineKey(i as u8)));
            }
        }
        for (group, labels) in GROUPS {
            for label in labels {
                fold(label, &mut folded);
                meanings.entry(folded.clone()).or_default().group = Some(group);
            }
        }
        let mut header = |word: &str, header: Header| {
            fold(word, &mut folded);
            let m = meanings.entry(folded.clone()).or_default();
            match m.header {
                None => m.header = Some(header),
                Some(h) if h == header => {}
                Some(_) => m.other_header = Some(header),
            }
        };
        for (kind, words) in HEADERS {
            words.iter().for_each(|w| header(w, *kind));
        }
        for form in [old, new] {
            for line in form.iter().filter(|l| l.table == Table::Proactive) {
                for c in line.columns {
                    std::iter::once(&c.label).chain(c.aliases).for_each(|w| header(w, Header::ProactiveColumn(c.key)));
                }
            }
        }
        for (i, c) in APPLICANTS.iter().enumerate() {
            std::iter::once(&c.label).chain(c.aliases).for_each(|w| header(w, Header::Applicant(i as u8)));
        }
        for (i, c) in RESULTS.iter().enumerate() {
            std::iter::once(&c.label).chain(c.aliases).for_each(|w| header(w, Header::Result(i as u8)));
        }
        for (i, (_, words)) in DISPUTE_ROWS.iter().enumerate() {
            words.iter().for_each(|w| header(w, Header::DisputeRow(i as u8)));
        }
        let mut applicant_words: Vec<(Vec<char>, Header)> = meanings
            .iter()
            .filter_map(|(word, m)| {
                let header = m.header.filter(|h| matches!(h, Header::Organisations | Header::Applicant(_)))?;
                Some((word.chars().collect(), header))
            })
            .filter(|(word, _): &(Vec<char>, Header)| word.len() >= 4)
            .collect();
        applicant_words.sort_by(|a, b| a.0.cmp(&b.0));
        line_labels.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        let mut lengths: Vec<usize> = line_labels.iter().map(|(l, _)| l.chars().count()).collect();
        lengths.dedup();
        let longest = meanings.keys().map(String::len).max().unwrap_or(0);
        let position = |l: &LineTerm, e: Editions| Form::of(e).lines.iter().position(|x| x.rows == l.rows);
        let positions: Vec<[Option<usize>; Editions::ALL.len()]> =
            lines.iter().map(|l| Editions::ALL.map(|e| position(l, e))).collect();
        let variants = positions
            .iter()
            .map(|p| Edition::ALL.iter().zip(p).filter_map(|(e, at)| at.map(|at| Form::of(*e).lines[at])).collect())
            .collect();
        let mut words: Vec<(&String, &Meaning)> = meanings.iter().collect();
        words.sort_by_key(|(word, _)| word.as_str());
        let found = words.iter().map(|(_, m)| **m).collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(word, _)| word.as_str()))
            .expect("a few hundred short words make no automaton that is too large");
        Labels { finder, found, lines, variants, positions, meanings, line_labels, applicant_words, lengths, longest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_found_again_from_itself() {
        let labels = Labels::get();
        let mut folded = String::new();
        for (i, line) in labels.lines().iter().enumerate() {
            for label in std::iter::once(&line.label).chain(line.aliases).filter(|l| !l.is_empty()) {
                fold(label, &mut folded);
                assert_eq!(labels.exact(&folded).and_then(|m| m.line), Some(LineKey(i as u8)), "{label}");
            }
        }
    }

    #[test]
    fn a_label_at_the_end_of_longer_words() {
        let labels = Labels::get();
        let (key, bytes) = labels.at_end("本年度办理结果予以公开").expect("a label at the end");
        assert_eq!((labels.line(key).rows[0], bytes), ("granted", "予以公开".len()));
        assert_eq!(labels.at_end("没有标签的话"), None);
    }

    #[test]
    fn lines_of_both_editions_once() {
        let labels = Labels::get();
        let rows: Vec<&str> = labels.lines().iter().map(|l| l.rows[0]).collect();
        let mut unique = rows.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), rows.len());
        assert_eq!(rows.len(), 6 + 2 + 20 + 1 + 3 + 2 + 1);
        assert_eq!(labels.line(labels.disputes()).len(), 15);
    }
}

//! Prose as tokens: cues, figures and the marks that part clauses. One pass, one look at each character.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::terms::fold;
use crate::terms::statements::{Cue, WORDS};

use super::figures::{self, Figure};
use super::prose::PARAGRAPH;

/// What parts clauses, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stop {
    /// 、
    Pause,
    /// ，
    Comma,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// ：
    Colon,
    /// ；
    Clause,
    /// 。
    Sentence,
    /// The end of a paragraph.
    Paragraph,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    Cue(Cue),
    /// A year with 年 behind it.
    Year(i16),
    Figure(Figure),
    Stop(Stop),
}

/// A token and the characters it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Characters from here on have entries of their own.
const FIRST: usize = 0x4e00;
const LAST: usize = 0x9fff;

/// A place in the tree of words: what was read up to here.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The cue of the word that ends here.
    cue: Option<Cue>,
    /// Where its edges begin and end.
    edges: (u16, u16),
}

/// The words as a tree: one step for each character, whatever the number of words.
struct Lexicon {
    /// For each character of the main block its node, plus one; 0 for none. Numerals have [`NUMERAL`] too.
    first: Vec<u16>,
    /// The nodes of other characters.
    others: FxHashMap<char, u16>,
    nodes: Vec<Node>,
    /// Characters with the node behind them, sorted within each node.
    edges: Vec<(char, u16)>,
}

/// Whether a figure may begin with the character.
const NUMERAL: u16 = 1 << 15;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(Vec<char>, Cue)> = Vec::new();
    for (cue, list) in WORDS {
        for word in list.split_whitespace() {
            // Marks inside of a word are kept as the prose keeps them.
            words.push((if word.contains('、') { word.chars().collect() } else { folded(word) }, *cue));
        }
    }
    // Stable: of two words that fold to the same the first one counts.
    words.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = Lexicon {
        first: vec![0; LAST - FIRST + 1],
        others: FxHashMap::default(),
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    for group in words.chunk_by(|a, b| a.0.first() == b.0.first()) {
        let Some(head) = group[0].0.first() else { continue };
        let node = out.grow(group, 1);
        match (*head as usize).checked_sub(FIRST).and_then(|i| out.first.get_mut(i)) {
            Some(slot) => *slot = node + 1,
            None => drop(out.others.insert(*head, node + 1)),
        }
    }
    for numeral in figures::beginnings() {
        if let Some(slot) = (numeral as usize).checked_sub(FIRST).and_then(|i| out.first.get_mut(i)) {
            *slot |= NUMERAL;
        }
    }
    out
});

fn folded(word: &str) -> Vec<char> {
    let mut out = String::new();
    fold(word, &mut out);
    out.chars().collect()
}

impl Lexicon {
    /// Adds the node of sorted words that have their first characters in common, so many; gives its place.
    fn grow(&mut self, words: &[(Vec<char>, Cue)], depth: usize) -> u16 {
        let cue = words[0].1;
        let longer = words.iter().position(|(word, _)| word.len() > depth).unwrap_or(words.len());
        let groups = words[longer..].chunk_by(|a, b| a.0[depth] == b.0[depth]);
        let edges: Vec<(char, u16)> = groups.map(|group| (group[0].0[depth], self.grow(group, depth + 1))).collect();
        let from = self.edges.len() as u16;
        self.edges.extend(edges);
        let edges = (from, self.edges.len() as u16);
        self.nodes.push(Node { cue: (longer > 0).then_some(cue), edges });
        self.nodes.len() as u16 - 1
    }

    /// What the lexicon has of the first character of a word.
    fn entry(&self, head: char) -> u16 {
        match (head as usize).checked_sub(FIRST).and_then(|i| self.first.get(i)) {
            Some(entry) => *entry,
            // Other characters are rare, and any of them may be a digit.
            None if head.is_ascii_lowercase() || head.is_ascii_digit() => {
                self.others.get(&head).copied().unwrap_or(0) | NUMERAL
            }
            None => NUMERAL,
        }
    }

    /// The longest word at a place, as its cue and length; `entry` is that of its first character.
    fn find(&self, entry: u16, chars: &[char]) -> Option<(Cue, usize)> {
        let mut node = self.nodes.get(usize::from((entry & !NUMERAL).checked_sub(1)?))?;
        let mut found = None;
        for length in 1.. {
            found = node.cue.map(|cue| (cue, length)).or(found);
            let edges = &self.edges[usize::from(node.edges.0)..usize::from(node.edges.1)];
            let Some(next) = chars.get(length).filter(|_| !edges.is_empty()) else { break };
            let Ok(at) = edges.binary_search_by_key(next, |(c, _)| *c) else { break };
            node = &self.nodes[usize::from(edges[at].1)];
        }
        found
    }
}

/// Cuts the prose into tokens; `out` is emptied first.
pub(super) fn tokens(chars: &[char], out: &mut Vec<Token>) {
    let lexicon = &*LEXICON;
    out.clear();
    let mut at = 0;
    while at < chars.len() {
        let (what, length) = match chars[at] {
            ',' => (Some(What::Stop(Stop::Comma)), 1),
            '、' => (Some(What::Stop(Stop::Pause)), 1),
            '。' => (Some(What::Stop(Stop::Sentence)), 1),
            '；' => (Some(What::Stop(Stop::Clause)), 1),
            '：' => (Some(What::Stop(Stop::Colon)), 1),
            '(' => (Some(What::Stop(Stop::Open)), 1),
            ')' => (Some(What::Stop(Stop::Close)), 1),
            PARAGRAPH => (Some(What::Stop(Stop::Paragraph)), 1),
            head => {
                let entry = lexicon.entry(head);
                match lexicon.find(entry, &chars[at..]) {
                    Some((cue, length)) => (Some(What::Cue(cue)), length),
                    None if entry & NUMERAL == 0 => (None, 1),
                    None => figures::at(chars, at).map_or((None, 1), |found| (found.what, found.length)),
                }
            }
        };
        if let Some(what) = what {
            out.push(Token { what, start: at as u32, end: (at + length) as u32 });
        }
        at += length.max(1);
    }
}

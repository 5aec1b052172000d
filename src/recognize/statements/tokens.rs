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

/// The words by their first character.
struct Lexicon {
    /// For each character of the main block where its words begin in `words`, plus one; 0 for none.
    first: Vec<u16>,
    /// Words that begin with any other character.
    others: FxHashMap<char, u16>,
    /// The rest of each word and its cue, the longer first; a word without a cue ends a group.
    words: Vec<Option<(Box<[char]>, Cue)>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut by_first: FxHashMap<char, Vec<(Box<[char]>, Cue)>> = FxHashMap::default();
    for (cue, words) in WORDS {
        for word in words.split_whitespace() {
            // Marks inside of a word are kept as the prose keeps them.
            let chars: Vec<char> = if word.contains('、') { word.chars().collect() } else { folded(word) };
            if let Some((head, rest)) = chars.split_first() {
                by_first.entry(*head).or_default().push((rest.into(), *cue));
            }
        }
    }
    let mut heads: Vec<char> = by_first.keys().copied().collect();
    heads.sort_unstable();
    let mut out = Lexicon { first: vec![0; LAST - FIRST + 1], others: FxHashMap::default(), words: Vec::new() };
    for head in heads {
        let at = out.words.len() as u16 + 1;
        match (head as usize).checked_sub(FIRST).and_then(|i| out.first.get_mut(i)) {
            Some(slot) => *slot = at,
            None => drop(out.others.insert(head, at)),
        }
        let mut group = by_first.remove(&head).unwrap_or_default();
        group.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        out.words.extend(group.into_iter().map(Some));
        out.words.push(None);
    }
    out
});

fn folded(word: &str) -> Vec<char> {
    let mut out = String::new();
    fold(word, &mut out);
    out.chars().collect()
}

impl Lexicon {
    /// The longest word at a place, as its cue and length.
    fn find(&self, chars: &[char]) -> Option<(Cue, usize)> {
        let head = *chars.first()?;
        let at = match (head as usize).checked_sub(FIRST).and_then(|i| self.first.get(i)) {
            Some(at) => *at,
            None if head.is_ascii_digit() || head.is_ascii_lowercase() => self.others.get(&head).copied().unwrap_or(0),
            None => 0,
        };
        let group = self.words.get(usize::from(at.checked_sub(1)?)..)?;
        let fits = |(rest, cue): &(Box<[char]>, Cue)| chars[1..].starts_with(rest).then_some((*cue, rest.len() + 1));
        group.iter().map_while(Option::as_ref).find_map(fits)
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
            _ => match lexicon.find(&chars[at..]) {
                Some((cue, length)) => (Some(What::Cue(cue)), length),
                None => match figures::at(chars, at) {
                    Some(found) => (found.what, found.length),
                    None => (None, 1),
                },
            },
        };
        if let Some(what) = what {
            out.push(Token { what, start: at as u32, end: (at + length) as u32 });
        }
        at += length.max(1);
    }
}

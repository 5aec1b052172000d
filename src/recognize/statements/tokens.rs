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

/// The words that begin with one character.
#[derive(Debug, Default)]
struct Group {
    /// The cue of the character alone.
    alone: Option<Cue>,
    /// One bit for each second character, by its last six bits: most words end here.
    seconds: u64,
    /// The other words without their first character, the longer first.
    words: Vec<(Box<[char]>, Cue)>,
}

/// The words by their first character.
struct Lexicon {
    /// For each character of the main block the place of its group, plus one; 0 for none. Numerals have [`NUMERAL`] too.
    first: Vec<u16>,
    /// The groups of other characters.
    others: FxHashMap<char, u16>,
    groups: Vec<Group>,
}

/// Whether a figure may begin with the character.
const NUMERAL: u16 = 1 << 15;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut out = Lexicon { first: vec![0; LAST - FIRST + 1], others: FxHashMap::default(), groups: Vec::new() };
    for (cue, words) in WORDS {
        for word in words.split_whitespace() {
            // Marks inside of a word are kept as the prose keeps them.
            let chars: Vec<char> = if word.contains('、') { word.chars().collect() } else { folded(word) };
            out.add(&chars, *cue);
        }
    }
    for group in &mut out.groups {
        group.words.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
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

fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

impl Lexicon {
    fn add(&mut self, word: &[char], cue: Cue) {
        let Some((head, rest)) = word.split_first() else { return };
        let slot = match (*head as usize).checked_sub(FIRST).and_then(|i| self.first.get_mut(i)) {
            Some(slot) => slot,
            None => self.others.entry(*head).or_default(),
        };
        if *slot == 0 {
            self.groups.push(Group::default());
            *slot = self.groups.len() as u16;
        }
        let group = &mut self.groups[usize::from(*slot) - 1];
        match rest.first() {
            None => group.alone = Some(cue),
            Some(second) => {
                group.seconds |= bit(*second);
                group.words.push((rest.into(), cue));
            }
        }
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
        let group = self.groups.get(usize::from((entry & !NUMERAL).checked_sub(1)?))?;
        if let [_, tail @ ..] = chars
            && let Some(second) = tail.first()
            && group.seconds & bit(*second) != 0
        {
            let fits = |(rest, _): &&(Box<[char]>, Cue)| rest[0] == *second && tail.starts_with(rest);
            if let Some((rest, cue)) = group.words.iter().find(fits) {
                return Some((*cue, rest.len() + 1));
            }
        }
        group.alone.map(|cue| (cue, 1))
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

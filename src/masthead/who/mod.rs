//! Which division an issuer belongs to. A name that one division bears is settled unless something speaks against it; a
//! name that several bear is settled by the context, or stays open. Never a guess.

mod ask;
mod clues;
mod gather;
mod slips;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::divisions::{Division, Divisions, Level, Parsed, TOWNS_OF, mentions, parse, twins};
use crate::report::{Identity, Open};
use crate::terms::masthead::ORGANS;
use crate::terms::organs::{CENTRAL, FUNCTIONS, SYSTEMS};
use crate::terms::places::{DIVISION_ENDS, ONE_LEVEL, TOWN_ENDS, is_cut};

pub use ask::{Resolved, resolve};
use clues::{Clue, Source, credit_in, division_of_index};
pub(super) use gather::settle_issuer;

/// How much more must speak for a division than for the next one.
const MARGIN: i32 = 4;
/// Bytes of the text that are searched for names.
const REACH: usize = 40_000;
/// Places at which a name is looked up with what stands before it.
const PLACES: usize = 40;
/// Bytes before a name in which its county is looked for.
const BEFORE: usize = 60;

/// What a document offers beside the issuer's name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The text before the first section.
    pub(super) head: &'a str,
    /// The last lines.
    pub(super) tail: &'a str,
    /// Fields that name the publisher, and the letterhead.
    pub(super) publishers: &'a [String],
    /// Lines on the site.
    pub(super) site: &'a [String],
    /// The value of the index number's field.
    pub(super) index: Option<&'a str>,
}

/// Finds the division of an issuer by its name as written, in a year, in the context of its document; `within` are
/// divisions of which one must hold it.
pub(super) fn identify(
    written: &str,
    year: Option<i16>,
    within: &[&'static Division],
    context: &Context<'_>,
) -> (Identity, Option<Level>) {
    let name = SYSTEMS.iter().find_map(|s| written.strip_prefix(s)).filter(|r| !r.is_empty()).unwrap_or(written);
    let mut parsed = parse(name, year, within);
    if parsed.divisions.is_empty() && CENTRAL.iter().any(|c| written.starts_with(c)) {
        return (Identity { function: function(written), ..Identity::default() }, Some(Level::Central));
    }
    let organ = if parsed.divisions.is_empty() { name } else { parsed.rest };
    let function = function(organ).or_else(|| function(name)).or_else(|| {
        // A name that is its division's and no more.
        (!parsed.divisions.is_empty() && parsed.rest.is_empty()).then_some(FUNCTIONS[0].0)
    });
    let mut clues = None;
    if parsed.divisions.is_empty() && within.is_empty() {
        let all = clues.get_or_insert_with(|| nearby("", year, context));
        parsed.divisions = of_namesakes(name, year, context, all);
    } else if parsed.divisions.is_empty() && !is_town(name) && !begins_with_division(name) {
        // An organ without a place, of a place that is given.
        parsed.divisions = within.to_vec();
    }
    // A division that is given vouches for what it holds, as one that is named does.
    let vouched = !parsed.parents.is_empty() || !within.is_empty();
    let mut identity = judge(name, &parsed, vouched, year, context, clues);
    if parsed.divisions.is_empty() && identity.candidates.is_empty() {
        // Never put right: one character is also what tells two places apart.
        identity.candidates = slips::places_meant(name, year, context);
    }
    let level = identity.division.map(|d| d.level()).or_else(|| common_level(&parsed.divisions, &parsed));
    let level = level.or_else(|| level_of_name(name));
    (Identity { function, ..identity }, level)
}

/// Words that tell a function, with its code, by their last character; the longest first.
static BY_END: LazyLock<FxHashMap<char, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut out: FxHashMap<char, Vec<_>> = FxHashMap::default();
    for (key, words) in FUNCTIONS {
        for word in *words {
            out.entry(word.chars().next_back().unwrap_or(' ')).or_default().push((*word, *key));
        }
    }
    out.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    out
});

/// The function that the name of an organ tells: of the words that stand last, the longest. 人民政府办公室 is an office.
pub(super) fn function(organ: &str) -> Option<&'static str> {
    organ.char_indices().rev().find_map(|(at, c)| {
        let front = &organ[..at + c.len_utf8()];
        BY_END.get(&c)?.iter().find(|(word, _)| front.ends_with(word)).map(|(_, key)| *key)
    })
}

/// The level that the name of an organ tells where the table does not have its place: 云岫县财政局 is a county's. The last
/// ending behind a name of two characters at least counts.
fn level_of_name(name: &str) -> Option<Level> {
    // The bytes of two Chinese characters.
    const NAME: usize = 6;
    if is_town(name) {
        return None;
    }
    let ending = |(end, key): &(&str, &'static str)| name.rfind(end).filter(|at| *at >= NAME).map(|at| (at, *key));
    let (_, key) = ONE_LEVEL.iter().filter_map(ending).max()?;
    Level::ALL.into_iter().find(|level| level.key() == key)
}

fn common_level(divisions: &[&'static Division], parsed: &Parsed<'_>) -> Option<Level> {
    let level = divisions.first()?.level();
    (!parsed.unknown_below && divisions.iter().all(|d| d.level() == level)).then_some(level)
}

fn judge(
    name: &str,
    parsed: &Parsed<'_>,
    vouched: bool,
    year: Option<i16>,
    context: &Context<'_>,
    clues: Option<Vec<Clue>>,
) -> Identity {
    let candidates = &parsed.divisions;
    if candidates.is_empty() {
        return Identity { open: Some(Open::Unknown), ..Identity::default() };
    }
    let table = Divisions::get();
    let known = |all: &[&'static Division]| {
        // What all of them have in common is known.
        let mut lines = all.iter().map(|d| table.line_of(d.code, year).map(|l| l.map(|l| l.name)));
        let first = lines.next().unwrap_or_default();
        lines.fold(first, |a, b| std::array::from_fn(|i| a[i].filter(|n| b[i] == Some(n))))
    };
    if parsed.unknown_below {
        // The county is known, and what it is said to hold is not in the table: renamed, dissolved, or new.
        let line = if candidates.len() == 1 { known(candidates) } else { Default::default() };
        return Identity { open: Some(Open::Unknown), line, candidates: Vec::new(), ..Identity::default() };
    }
    let certain = candidates.len() == 1 && vouched;
    let (winner, open) = if certain {
        (Some(candidates[0]), None)
    } else {
        let clues = clues.unwrap_or_else(|| nearby(parsed.own, year, context));
        choose(name, parsed, year, context, clues)
    };
    match winner {
        Some(division) => Identity {
            division: Some(division),
            line: table.line_of(division.code, year).map(|l| l.map(|l| l.name)),
            successor: division.successor_today(),
            ..Identity::default()
        },
        None => Identity {
            open,
            line: if open == Some(Open::Ambiguous) { known(candidates) } else { Default::default() },
            candidates: candidates.clone(),
            ..Identity::default()
        },
    }
}

/// The clues near at hand: codes, fields, the head and the end.
fn nearby(own: &str, year: Option<i16>, context: &Context<'_>) -> Vec<Clue> {
    let mut clues = Vec::new();
    let table = Divisions::get();
    let credit = [context.head, context.tail].into_iter().chain(context.site.iter().map(String::as_str));
    if let Some(division) = credit.filter_map(credit_in).find_map(|c| table.at(c, year)) {
        clues.push(Clue::of_division(Source::Credit, division));
    }
    if let Some(division) = context.index.and_then(division_of_index).and_then(|c| table.at(c, year)) {
        clues.push(Clue::of_division(Source::Index, division));
    }
    let mut add = |source, text: &str| {
        if !text.is_empty() {
            clues.push(Clue::of_text(source, text, own, year));
        }
    };
    context.publishers.iter().for_each(|p| add(Source::Publisher, p));
    add(Source::Head, context.head);
    add(Source::Tail, context.tail);
    context.site.iter().for_each(|s| add(Source::Site, s));
    clues
}

/// The division for which enough speaks, or why there is none.
fn choose(
    name: &str,
    parsed: &Parsed<'_>,
    year: Option<i16>,
    context: &Context<'_>,
    mut clues: Vec<Clue>,
) -> (Option<&'static Division>, Option<Open>) {
    let candidates = &parsed.divisions;
    let is_town = candidates.iter().any(|d| d.level() == Level::Township);
    let rivals = if is_town { twins(parsed.own, year, TOWNS_OF) } else { Vec::new() };
    let text = reach(context.text);
    // The dearer clues are asked for only when the cheaper ones leave it open.
    for round in 0..3 {
        match round {
            1 => clues.extend(in_full(parsed.own, name, text, year)),
            2 => clues.push(Clue::of_text(Source::Body, text, parsed.own, year)),
            _ => {}
        }
        let weigh = |d: &&'static Division| {
            clues.iter().map(|c| c.says(d)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let balance = |d: &&'static Division| {
            let (pro, contra) = weigh(d);
            pro - contra
        };
        let mut order: Vec<_> = candidates.iter().map(|d| (balance(d), *d)).collect();
        order.sort_by_key(|(balance, d)| (-balance, d.code));
        let (best, winner) = order[0];
        let second = order.get(1).map(|o| o.0).into_iter().chain(rivals.iter().map(balance)).max();
        let alone = second.is_none();
        let opposed = weigh(&winner).1 > 0;
        let settled = match second {
            None => best > 0 || (best == 0 && !opposed),
            Some(second) => best >= MARGIN && best - second >= MARGIN,
        };
        if settled {
            return (Some(winner), None);
        }
        if round == 2 {
            let open = if alone && opposed { Open::Contradicted } else { Open::Ambiguous };
            return (None, Some(open));
        }
    }
    (None, Some(Open::Ambiguous))
}

fn reach(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Divisions whose names stand directly before a name in the text.
fn in_full(own: &str, name: &str, text: &str, year: Option<i16>) -> Option<Clue> {
    let needle = if own.is_empty() { name } else { own };
    let found = before(needle, text, year);
    (!found.is_empty()).then(|| Clue::of_divisions(Source::FullName, found))
}

fn before(needle: &str, text: &str, year: Option<i16>) -> Vec<&'static Division> {
    let mut found: Vec<&'static Division> = Vec::new();
    if needle.is_empty() {
        return found;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), needle).take(PLACES) {
        let mut from = at.saturating_sub(BEFORE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let Some(front) = text.get(from..at).filter(|f| f.ends_with(DIVISION_ENDS)) else { continue };
        // A county may have a name of two characters; the name behind it vouches for it.
        let last = mentions(front, year).pop().filter(|m| m.end == front.len());
        for division in last.into_iter().flat_map(|m| m.divisions) {
            if !found.contains(&division) {
                found.push(division);
            }
        }
    }
    found
}

/// For an organ whose name has no place in it: the places with which the document names it.
fn of_namesakes(name: &str, year: Option<i16>, context: &Context<'_>, clues: &mut Vec<Clue>) -> Vec<&'static Division> {
    if is_town(name) || begins_with_division(name) {
        return Vec::new();
    }
    let word = name.chars().next().is_some_and(|first| is_cut(first, &name[first.len_utf8()..]));
    let bare = name.strip_prefix(DIVISION_ENDS).filter(|_| !word).unwrap_or(name);
    let organ = |text: &str| {
        let parsed = parse(text, year, &[]);
        (!parsed.unknown_below && !parsed.divisions.is_empty() && parsed.rest == bare).then_some(parsed.divisions)
    };
    let mut found: Vec<&'static Division> = context.publishers.iter().filter_map(|p| organ(p)).flatten().collect();
    if found.is_empty() {
        found = before(bare, reach(context.text), year);
        found.extend(context.site.iter().flat_map(|s| before(bare, s, year)));
    }
    found.sort_by_key(|d| d.code);
    found.dedup();
    if let [only] = found[..] {
        clues.push(Clue::of_division(Source::FullName, only));
    }
    found
}

/// Whether a name is a town's, in the table or not.
fn is_town(name: &str) -> bool {
    let stem = ORGANS.iter().filter(|o| o.level == Some(Level::Township.key())).any(|o| name.ends_with(o.ending));
    stem || TOWN_ENDS.iter().any(|(end, _)| name.find(end).is_some_and(|at| at > 0))
}

/// Whether a name begins with what looks like a division's, in the table or not.
fn begins_with_division(name: &str) -> bool {
    name.char_indices().any(|(at, c)| at > 3 && at < 40 && DIVISION_ENDS.contains(&c))
}

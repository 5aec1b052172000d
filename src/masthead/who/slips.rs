//! A place whose name has one wrong character: 沐阳县 for 沭阳县. The place that is meant is offered, never taken.

use super::Context;
use crate::divisions::{Division, Divisions, mentions};
use crate::terms::organs::LOOK_ALIKES;
use crate::terms::places::DIVISION_ENDS;

/// The places that the beginning of a name may mean, if it names none itself: with a character put in that looks the same,
/// or with one other character where the page names that place.
pub(super) fn places_meant(name: &str, year: Option<i16>, context: &Context<'_>) -> Vec<&'static Division> {
    let ends = name.char_indices().filter(|(at, c)| *at > 3 && *at < 24 && DIVISION_ENDS.contains(c));
    for (at, c) in ends {
        let place = &name[..at + c.len_utf8()];
        let mut meant = look_alikes(place, year);
        if meant.is_empty() {
            let page = [context.head, context.tail].into_iter().chain(context.site.iter().map(String::as_str));
            meant = page.flat_map(|text| one_apart(place, text, year)).collect();
        }
        if !meant.is_empty() {
            meant.sort_by_key(|d| d.code);
            meant.dedup_by_key(|d| d.code);
            return meant;
        }
    }
    Vec::new()
}

fn look_alikes(place: &str, year: Option<i16>) -> Vec<&'static Division> {
    let other = |(at, c): (usize, char)| {
        let alike = LOOK_ALIKES.iter().filter(move |(wrong, _)| *wrong == c);
        alike.map(move |(_, right)| format!("{}{right}{}", &place[..at], &place[at + c.len_utf8()..]))
    };
    let held = |d: &&Division| year.is_none_or(|y| d.held(y) || d.held(y + 1));
    place
        .char_indices()
        .flat_map(other)
        .flat_map(|name| Divisions::get().upper(&name).filter(held).collect::<Vec<_>>())
        .collect()
}

fn one_apart(place: &str, text: &str, year: Option<i16>) -> Vec<&'static Division> {
    let apart = |other: &str| {
        other.chars().count() == place.chars().count()
            && other.chars().zip(place.chars()).filter(|(a, b)| a != b).count() == 1
    };
    let near = mentions(text, year).into_iter().filter(|m| text.get(m.start..m.end).is_some_and(apart));
    near.flat_map(|m| m.divisions).collect()
}

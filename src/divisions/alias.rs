//! Short names: 凉山州 for 凉山彝族自治州, 长春高新区 for 长春高新技术产业开发区.

use rustc_hash::FxHashMap;

use super::{Code, Division, Level};
use crate::terms::places::{AUTONOMOUS, CITY, OTHER_NAMES, PEOPLES, PROVINCES, ZONES};

/// Short names and the rows that they stand for, in the order of the rows.
pub(super) fn aliases(rows: &[Division]) -> FxHashMap<String, Vec<u32>> {
    let mut out: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    let mut city = "";
    for (at, row) in rows.iter().enumerate() {
        match row.level() {
            Level::Township => continue,
            Level::Prefecture => city = row.name.strip_suffix(CITY).unwrap_or(""),
            Level::Province => city = "",
            _ => {}
        }
        let mut add = |name: String| {
            let list = out.entry(name).or_default();
            if !list.contains(&(at as u32)) {
                list.push(at as u32);
            }
        };
        if let Some(short) = without_peoples(row.name) {
            add(short);
        }
        if row.level() == Level::County && row.from.is_none() {
            zone(row.name, city).into_iter().for_each(&mut add);
        }
    }
    for (name, code) in OTHER_NAMES {
        let code = Code::read(code);
        let places = rows.iter().enumerate().filter(|(_, r)| Some(r.code) == code).map(|(i, _)| i as u32);
        out.entry((*name).to_owned()).or_default().extend(places);
    }
    out
}

/// The name of an autonomous division without the peoples in it.
fn without_peoples(name: &str) -> Option<String> {
    let (mut stem, end) = AUTONOMOUS.iter().find_map(|(long, short)| Some((name.strip_suffix(long)?, short)))?;
    while let Some(shorter) = PEOPLES.iter().find_map(|p| stem.strip_suffix(p)) {
        stem = shorter;
    }
    (stem.chars().count() >= 2).then(|| format!("{stem}{end}"))
}

/// The names under which a development zone goes: with and without its province and city, and with a shorter ending.
fn zone(name: &str, city: &str) -> Vec<String> {
    let Some((stem, ends)) = ZONES.iter().find_map(|(long, ends)| Some((name.strip_suffix(long)?, ends))) else {
        return Vec::new();
    };
    let mut stems = vec![stem];
    if let Some(bare) = PROVINCES.iter().find_map(|(p, _)| stem.strip_prefix(p)) {
        stems.push(bare);
    }
    for at in 0..stems.len() {
        if let Some(bare) = stems[at].strip_prefix(city).filter(|_| !city.is_empty()) {
            stems.push(bare);
            stems.extend(bare.strip_prefix(CITY));
        }
    }
    // What the list writes without its city, reports write with it.
    let with_city = |s: &&str| (!city.is_empty() && !s.starts_with(city)).then(|| format!("{city}{s}"));
    let longer: Vec<String> = stems.iter().filter_map(with_city).collect();
    let all = stems.iter().map(|s| (*s).to_owned()).chain(longer);
    all.flat_map(|s| ends.iter().map(move |e| format!("{s}{e}"))).filter(|s| s != name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        assert_eq!(without_peoples("凉山彝族自治州").as_deref(), Some("凉山州"));
        assert_eq!(without_peoples("恩施土家族苗族自治州").as_deref(), Some("恩施州"));
        assert_eq!(without_peoples("东乡族自治县"), None);
        assert_eq!(without_peoples("郎溪县"), None);
        let names = zone("长春净月高新技术产业开发区", "长春");
        assert!(names.contains(&"净月高新区".to_owned()) && names.contains(&"长春净月高新区".to_owned()));
    }
}

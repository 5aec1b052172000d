//! Names read as divisions: a name from its beginning, and names in running text.

use super::{Division, Divisions, Level};
use crate::terms::masthead::ORGANS;
use crate::terms::places::{
    COMMON_WORDS, CORPS, DIVISION_ENDS, GOVERNMENTS, LONG_ENDS, NAME_TAILS, NO_DIVISIONS, NO_ZONES, PROVINCES,
    TOWN_ENDS, ZONE_ORGANS, is_cut,
};

/// Longest name of a division in characters.
const LONGEST: usize = 24;
/// Longest name of a division that is looked for in running text without a sign that it is longer.
const USUAL: usize = 6;
/// Years after its end in which an old name is still taken for the division that it named.
const STALE: i16 = 12;

/// A name read as divisions and what follows them.
#[derive(Debug, Clone, Default)]
pub struct Parsed<'a> {
    /// The lowest divisions that the name may stand for, in the order of their codes.
    pub divisions: Vec<&'static Division>,
    /// What stands before the lowest of them: the names of those above it.
    pub parents: &'a str,
    /// The name of the lowest division as written.
    pub own: &'a str,
    /// What follows: the organ.
    pub rest: &'a str,
    /// Whether what follows begins with a division that the table does not have there.
    pub unknown_below: bool,
}

/// The part of a listed name that names the division.
pub(super) fn plain_name(name: &str) -> &str {
    for (tail, end) in NAME_TAILS {
        if let Some(front) = name.strip_suffix(tail).filter(|f| !f.is_empty()) {
            return &name[..front.len() + end.len()];
        }
    }
    name
}

/// The rows of a higher name that held in a year, or else lately; those of today without a year.
fn upper(name: &str, year: Option<i16>) -> Vec<&'static Division> {
    let table = Divisions::get();
    let all: Vec<_> = match table.upper(name).next() {
        Some(_) => table.upper(name).collect(),
        None => table.alias(name).collect(),
    };
    in_year(all, year)
}

fn in_year(mut all: Vec<&'static Division>, year: Option<i16>) -> Vec<&'static Division> {
    let keep = |wanted: &dyn Fn(&Division) -> bool| all.iter().any(|d| wanted(d));
    match year {
        _ if all.is_empty() => {}
        Some(y) if keep(&|d| d.held(y)) => all.retain(|d| d.held(y)),
        // A report is published under the names of the year after.
        Some(y) if keep(&|d| d.held(y + 1)) => all.retain(|d| d.held(y + 1)),
        Some(y) => all.retain(|d| d.to.is_some_and(|to| to < y && y - to <= STALE)),
        None if keep(&|d| d.to.is_none()) => all.retain(|d| d.to.is_none()),
        None => all.retain(|d| d.to.is_some_and(|to| to >= 2024 - STALE)),
    }
    all.dedup_by_key(|d| d.code);
    all
}

/// Reads the name of an organ from its beginning: divisions from the highest named to the lowest, and the organ. `within`
/// are divisions known from elsewhere, in one of which it must lie; empty where there are none.
///
/// ```
/// let parsed = gxbg::divisions::parse("彰武县章古台镇人民政府", Some(2021), &[]);
/// assert_eq!(parsed.divisions[0].code.to_string(), "210922102");
/// assert_eq!((parsed.parents, parsed.rest), ("彰武县", "人民政府"));
/// ```
pub fn parse<'a>(name: &'a str, year: Option<i16>, within: &[&'static Division]) -> Parsed<'a> {
    let mut best = Parsed { rest: name, ..Parsed::default() };
    // A byte of hostile text more or less: names are short.
    if name.len() > 240 {
        return best;
    }
    step(name, 0, within, year, &mut best);
    if best.divisions.is_empty()
        && let Some(rest) = CORPS.iter().find_map(|c| name.strip_prefix(c))
    {
        step(name, name.len() - rest.len(), within, year, &mut best);
    }
    if best.divisions.is_empty() {
        for (short, code) in PROVINCES {
            let Some(rest) = name.strip_prefix(short) else { continue };
            let province: Vec<_> =
                super::Code::read(code).and_then(|c| Divisions::get().at(c, year)).into_iter().collect();
            step(name, name.len() - rest.len(), &province, year, &mut best);
            // What a province's short name leaves unread is no organ of the province.
            if best.divisions.iter().all(|d| d.level() == Level::Province) {
                best = Parsed { rest: name, ..Parsed::default() };
            }
        }
    }
    best
}

/// One step: `within` are the divisions read so far, or known from elsewhere.
fn step<'a>(name: &'a str, at: usize, within: &[&'static Division], year: Option<i16>, best: &mut Parsed<'a>) {
    let lies_in = |d: &Division| within.is_empty() || within.iter().any(|w| w.code.holds(d.code) && w.code != d.code);
    let rest = &name[at..];
    for (i, c) in rest.char_indices().take(LONGEST) {
        let end = at + i + c.len_utf8();
        if i == 0 {
            continue;
        }
        let word = &name[at..end];
        let mut found = upper(word, year);
        // A division may be named once more: 第八师石河子市, or one that is known from elsewhere.
        found.retain(|d| lies_in(d) || within.iter().any(|w| w.code == d.code));
        if !found.is_empty() {
            step(name, end, &found, year, best);
        }
        // A zone may be called like a place among the towns: then the name may mean either.
        found.extend(Divisions::get().towns(word).filter(|d| lies_in(d)));
        if !found.is_empty() {
            record(name, at, end, &found, best);
        }
    }
}

/// Keeps a reading if what it leaves is an organ, and less than the best one so far leaves.
fn record<'a>(name: &'a str, start: usize, end: usize, divisions: &[&'static Division], best: &mut Parsed<'a>) {
    let rest = &name[end..];
    let organ = rest.is_empty() || ORGANS.iter().any(|o| rest.ends_with(o.ending));
    // 市 in 市场 ends no name of which the rest is an organ.
    let inside = name[..end].chars().next_back().is_some_and(|last| is_cut(last, rest));
    if !organ || inside || (!best.divisions.is_empty() && rest.len() > best.rest.len()) {
        return;
    }
    if rest.len() == best.rest.len() && !best.divisions.is_empty() {
        // Two ways to read as much: the name may mean either.
        best.divisions.extend(divisions);
        best.divisions.sort_by_key(|d| d.code);
        best.divisions.dedup_by_key(|d| d.code);
    } else {
        *best = Parsed {
            divisions: divisions.to_vec(),
            parents: &name[..start],
            own: &name[start..end],
            rest,
            unknown_below: names_a_division(rest),
        };
    }
}

/// Whether what follows a division begins with the name of another one.
fn names_a_division(rest: &str) -> bool {
    let mut rest = rest.to_owned();
    for word in NO_DIVISIONS {
        if rest.contains(word) {
            rest = rest.replace(word, "");
        }
    }
    let behind = |organ: &&&str| rest.rfind(**organ).is_some_and(|at| at > 0);
    let zone = ZONE_ORGANS.iter().any(|o| behind(&o)) && !NO_ZONES.iter().any(|w| rest.contains(w));
    let governed = GOVERNMENTS.iter().any(|g| behind(&g)) && !GOVERNMENTS.iter().any(|g| rest.starts_with(g));
    if zone || governed || TOWN_ENDS.iter().any(|(e, _)| rest.ends_with(e)) {
        return true;
    }
    let town = TOWN_ENDS.iter().any(|(end, _)| rest.find(end).is_some_and(|at| at > 0));
    town || rest.char_indices().any(|(at, c)| at > 0 && DIVISION_ENDS.contains(&c))
}

/// The divisions of another kind that a town of this name may have been, or may have become: 甲镇 of a report on 2019 may
/// be the 甲街道 of the table.
pub fn twins(town: &str, year: Option<i16>, table_year: i16) -> Vec<&'static Division> {
    let Some((end, later)) = TOWN_ENDS.iter().find(|(end, _)| town.ends_with(end)) else { return Vec::new() };
    let stem = &town[..town.len() - end.len()];
    let before = year.is_none_or(|y| y < table_year);
    let after = year.is_none_or(|y| y >= table_year);
    let formerly = TOWN_ENDS.iter().filter(|(_, l)| l.contains(end)).map(|(e, _)| *e);
    let ends = later.iter().copied().filter(|_| before).chain(formerly.filter(|_| after));
    ends.flat_map(|e| Divisions::get().towns(&format!("{stem}{e}"))).collect()
}

/// A division named in running text.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Where the name begins in the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The divisions that bear it.
    pub divisions: Vec<&'static Division>,
}

/// The provinces, prefectures and counties that a text names in full, in the order of the text.
///
/// ```
/// let found = gxbg::divisions::mentions("本报告通过秦安县人民政府门户网站公布", Some(2021));
/// assert_eq!(found[0].divisions[0].code.to_string(), "620522");
/// ```
pub fn mentions(text: &str, year: Option<i16>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    // Where the last characters began, the newest last.
    let mut starts: [usize; LONGEST] = [0; LONGEST];
    let mut many = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii() || matches!(c, '，' | '。' | '、' | '：' | '；' | '（' | '）' | '\u{3000}') {
            many = 0;
            continue;
        }
        if many == LONGEST {
            starts.copy_within(1.., 0);
            many -= 1;
        }
        starts[many] = at;
        many += 1;
        if many < 3 || !DIVISION_ENDS.contains(&c) {
            continue;
        }
        let end = at + c.len_utf8();
        let far = LONG_ENDS.iter().any(|e| text[..end].ends_with(e));
        let reach = if far { many } else { many.min(USUAL) };
        // The longest name first; two characters are no name in running text.
        for start in &starts[many - reach..many - 2] {
            let word = &text[*start..end];
            let divisions = upper(word, year);
            if divisions.is_empty() {
                continue;
            }
            if !COMMON_WORDS.contains(&word) {
                out.push(Mention { start: *start, end, divisions });
            }
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str, year: Option<i16>) -> Vec<String> {
        parse(name, year, &[]).divisions.iter().map(|d| d.code.to_string()).collect()
    }

    #[test]
    fn names_with_their_parents() {
        for (name, expected) in [
            ("辽宁省阜新市彰武县章古台镇人民政府", &["210922102"][..]),
            ("章古台镇", &["210922102"]),
            ("郎溪县财政局", &["341821"]),
            ("上海市浦东新区人民政府办公室", &["310115"]),
            ("上海市人民政府办公厅", &["310000"]),
            ("康庄镇人民政府", &["110119101", "371581103"]),
            ("临清市康庄镇人民政府", &["371581103"]),
            ("内蒙古阿荣旗人民政府", &["150721"]),
            ("凉山州财政局", &["513400"]),
            ("木里县民政局", &["513422"]),
            ("长春净月高新区管委会", &["220172"]),
            ("长春市净月高新区管委会", &["220172"]),
            ("长春市高新区管委会", &["220173"]),
            ("临桐县康庄镇人民政府", &[]),
            ("新疆生产建设兵团第八师", &["659001"]),
            ("攀枝花市东区财政局", &["510402"]),
            ("中山市东区街道办事处", &["442000002"]),
            ("东莞市虎门镇人民政府", &["441900121"]),
            ("嘉峪关市新城镇人民政府", &["620201100"]),
        ] {
            assert_eq!(codes(name, Some(2021)), expected, "{name}");
        }
    }

    #[test]
    fn names_of_their_year() {
        assert_eq!(codes("下城区财政局", Some(2020)), ["330103"]);
        assert_eq!(codes("寿县财政局", Some(2014)), ["341521"]);
        assert_eq!(codes("寿县财政局", Some(2020)), ["340422"]);
        assert_eq!(codes("潞州区财政局", Some(2017)), ["140403"]);
    }

    #[test]
    fn unknown_divisions_below_known_ones_are_told() {
        for (name, unknown) in [
            ("郑州市郑东新区财政局", true),
            ("郎溪县市场监督管理局", false),
            ("郎溪县住房和城乡建设局", false),
            ("彰武县青禾镇人民政府", true),
            ("郎溪县乡村振兴局", false),
        ] {
            assert_eq!(parse(name, Some(2021), &[]).unknown_below, unknown, "{name}");
        }
    }

    #[test]
    fn hostile_names_are_read_without_a_panic() {
        for name in ["", "市", "𠀀𠀀市", "市市市市市市市市市市市市市市市市市市市市市市市", "\u{feff}区", "a市b县"]
        {
            let _ = parse(name, None, &[]);
            let _ = mentions(name, None);
        }
    }
}

//! Matching of words to the labels of the form: exactly, by their end, by a cut end, by likeness.

use crate::terms::{Group, Header, Labels, LineKey, Mark, Meaning, Table, distance, fold, is_numeral, split_mark};

/// What a text cell turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// The label of a line.
    Line(LineKey),
    /// A label above lines.
    Group(Group),
    /// A word above columns.
    Header(Header),
    /// Words of no label.
    Unknown,
}

/// What is known where the words stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The table that is open.
    pub table: Option<Table>,
    /// Whether a header is being read, or may still come.
    pub header: bool,
}

/// Longest text that is looked at as a label, in bytes.
pub(crate) const LONGEST: usize = 240;

/// Matches words to labels. `folded` is scratch.
fn find(text: &str, place: Place, folded: &mut String) -> Match {
    if text.len() > LONGEST {
        return Match::Unknown;
    }
    let (mark, body) = split_mark(text);
    fold(body, folded);
    find_folded(text, mark, place, folded)
}

/// Matches words to labels, of which the mark was split off; `folded` holds the rest folded, and is scratch afterwards.
pub(crate) fn find_folded(text: &str, mark: Option<Mark>, place: Place, folded: &mut String) -> Match {
    let labels = Labels::get();
    if let Some(meaning) = labels.exact(folded) {
        return choose(meaning, mark, place);
    }
    if mark.is_none() {
        // "1属于国家秘密": a mark without a point.
        let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        if bare.len() < folded.len()
            && let Some(meaning) = labels.exact(bare)
        {
            return choose(meaning, mark, place);
        }
    }
    if let Some(found) = behind_group(text, place, folded) {
        return found;
    }
    // No label holds a digit: words with digits are a sentence, or a label and its figures.
    if place.table.is_none() || folded.contains(|c: char| c.is_ascii_digit()) {
        return Match::Unknown;
    }
    loosely(folded, mark, place)
}

/// "（三）不予公开 1.属于国家秘密": a group's label with a numbered one behind it. Of the group's label only a part may
/// stand there, "予公开情 4.第三方合法权益": then the number must be that of the label.
fn behind_group(text: &str, place: Place, folded: &mut String) -> Option<Match> {
    let at = text
        .char_indices()
        .skip(1)
        .find(|(i, c)| (c.is_ascii_digit() || ('０'..='９').contains(c)) && split_mark(&text[*i..]).0.is_some());
    let (front, back) = text.split_at(at?.0);
    fold(split_mark(front).1, folded);
    let labels = Labels::get();
    let whole = labels.exact(folded).is_some_and(|m| m.group.is_some());
    let few = folded.chars().count() <= 8 && front.ends_with(char::is_whitespace);
    let found = if whole || few { find(back, place, folded) } else { Match::Unknown };
    match (found, split_mark(back).0) {
        (Match::Unknown, _) => None,
        (found, _) if whole => Some(found),
        (Match::Line(key), Some(mark)) if labels.line(key).ordinal == mark.number() => Some(Match::Line(key)),
        _ => None,
    }
}

/// Which of the meanings of a label holds where it stands.
fn choose(meaning: &Meaning, mark: Option<Mark>, place: Place) -> Match {
    let header = [meaning.header, meaning.other_header].into_iter().flatten().max_by_key(|h| match (h, place.table) {
        (Header::Applicant(_), Some(Table::Requests)) | (Header::Result(_), Some(Table::Disputes)) => 2,
        (Header::Result(_), None) => 1,
        _ => 0,
    });
    // "（六）其他": the group's mark, and what the form calls 其他处理.
    let labels = Labels::get();
    if matches!(mark, Some(Mark::Bracketed(_) | Mark::Chinese(_)))
        && meaning.line.is_some_and(|k| labels.line(k).group == Some(Group::Other))
        && let Some(other) = labels.key_of("other")
    {
        return Match::Line(other);
    }
    match (meaning.line, meaning.group, header) {
        // 其他处理 is a line in one edition and a group in the other: what follows it tells.
        (Some(line), Some(_), _) => Match::Line(line),
        (Some(line), None, Some(header)) => {
            let in_header = place.header || place.table != Some(Table::Requests);
            if mark.is_some() || !in_header { Match::Line(line) } else { Match::Header(header) }
        }
        (Some(line), None, None) => Match::Line(line),
        (None, Some(group), _) => Match::Group(group),
        (None, None, Some(header)) => Match::Header(header),
        (None, None, None) => Match::Unknown,
    }
}

/// Inside a table: labels that are glued to others, cut, or misspelt.
fn loosely(folded: &str, mark: Option<Mark>, place: Place) -> Match {
    let labels = Labels::get();
    let chars = folded.chars().count();
    let here = |key: LineKey| Some(labels.line(key).table) == place.table;
    // A header word whose cell broke its line: "处理决定" of 处理决定数量.
    if place.header
        && place.table == Some(Table::Proactive)
        && chars >= 2
        && let Some(header) = labels.column_beginning(folded)
    {
        return Match::Header(header);
    }
    if place.header
        && place.table == Some(Table::Requests)
        && mark.is_none()
        && let Some(header) = misspelt_header(folded, chars)
    {
        return Match::Header(header);
    }
    // A short cut label wants its number as a witness.
    if let Some(Mark::Digit(n)) = mark.filter(|_| (2..5).contains(&chars)) {
        let mut cut = labels.line_labels().iter().filter(|(l, k)| {
            here(*k) && labels.line(*k).ordinal == n && labels.line(*k).group.is_some() && l.starts_with(folded)
        });
        if let Some((_, key)) = cut.next()
            && cut.all(|(_, k)| k == key)
        {
            return Match::Line(*key);
        }
    }
    if !(3..=60).contains(&chars) {
        return Match::Unknown;
    }
    // "三、本年度办理结果（一）予以公开" in one cell.
    if let Some((key, bytes)) = labels.at_end(folded) {
        let front = &folded[..folded.len() - bytes];
        let known = labels.exact(front.trim_end_matches(is_numeral)).is_some_and(|m| m.group.is_some());
        let line = labels.line(key);
        // Four characters of three bytes.
        let short = bytes <= 12;
        if here(key) && (known || !short) && !(short && line.rows[0] == "other_other") {
            return Match::Line(key);
        }
    }
    let of_table = || labels.line_labels().iter().filter(|(_, k)| here(*k));
    // Cut at the end ("申请人无正当理由逾期不补"), or explained further ("部分公开（只计…）").
    if chars >= 5 {
        let mut cut = of_table().filter(|(l, _)| l.starts_with(folded)).map(|(_, k)| *k);
        if let Some(key) = cut.next() {
            if cut.all(|k| k == key) {
                return Match::Line(key);
            }
            return Match::Unknown;
        }
    }
    if let Some((_, key)) = of_table().find(|(l, _)| l.len() >= 12 && folded.starts_with(l.as_str())) {
        return Match::Line(*key);
    }
    likest(folded, chars, mark, place)
}

/// The header word of the requests table that differs by a character, by two if it is long; the words themselves differ
/// by three and more.
fn misspelt_header(folded: &str, chars: usize) -> Option<Header> {
    if !(4..=10).contains(&chars) {
        return None;
    }
    let text: Vec<char> = folded.chars().collect();
    let near = |word: &[char]| distance(&text, word, 3) <= if word.len() >= 7 { 2 } else { 1 };
    let mut found = Labels::get().applicant_words().iter().filter(|(word, _)| near(word)).map(|(_, header)| *header);
    let first = found.next()?;
    found.all(|header| header == first).then_some(first)
}

/// The label with the fewest wrong characters, if there are few and the next best label has clearly more.
fn likest(folded: &str, chars: usize, mark: Option<Mark>, place: Place) -> Match {
    let labels = Labels::get();
    // The first part of one label may be like another: "行政规范" and 行政规章.
    let part =
        labels.line_labels().iter().any(|(l, k)| Some(labels.line(*k).table) == place.table && l.starts_with(folded));
    if chars < 4 || part {
        return Match::Unknown;
    }
    let text: Vec<char> = folded.chars().collect();
    let allowed = (chars / 5).max(1) + usize::from(mark.is_some() && chars >= 6);
    let mut best: Option<(usize, LineKey)> = None;
    let mut second = usize::MAX;
    let mut label_chars: Vec<char> = Vec::with_capacity(40);
    for (label, key) in labels.line_labels() {
        if Some(labels.line(*key).table) != place.table {
            continue;
        }
        label_chars.clear();
        label_chars.extend(label.chars());
        if label_chars.len().abs_diff(chars) > allowed + 1 {
            continue;
        }
        let d = distance(&text, &label_chars, allowed + 2);
        match best {
            Some((b, k)) if k == *key => best = Some((b.min(d), k)),
            Some((b, _)) if d >= b => second = second.min(d),
            _ => {
                if let Some((b, _)) = best {
                    second = second.min(b);
                }
                best = Some((d, *key));
            }
        }
    }
    match best {
        Some((d, key)) if d <= allowed && second > d => Match::Line(key),
        _ => Match::Unknown,
    }
}

/// Whether the words are a part of a line's label or of its group's, as a page break leaves them.
pub(crate) fn is_part_of(folded: &str, line: LineKey, folded_label: &mut String) -> bool {
    if folded.is_empty() {
        return true;
    }
    let labels = Labels::get();
    let term = labels.line(line);
    std::iter::once(&term.label).chain(term.aliases).any(|label| {
        fold(label, folded_label);
        folded_label.contains(folded)
    })
}

/// Whether the words are a part of any group label ("他处理" of 其他处理).
pub(crate) fn is_part_of_group(folded: &str, scratch: &mut String) -> bool {
    folded.chars().count() >= 2
        && crate::terms::GROUPS.iter().flat_map(|(_, labels)| labels.iter()).any(|label| {
            fold(label, scratch);
            scratch.contains(folded)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, table: Table) -> Option<&'static str> {
        let place = Place { table: Some(table), header: false };
        match find(text, place, &mut String::new()) {
            Match::Line(key) => Some(Labels::get().line(key).rows[0]),
            _ => None,
        }
    }

    #[test]
    fn labels_as_reports_write_them() {
        for (text, want) in [
            ("一、本年新收政府信息公开申请数量", Some("received")),
            ("2、 上年结转政府信息公开申请数量", Some("carried_in")),
            ("三、本年度办理结果（一）予以公开", Some("granted")),
            ("（三）不予公开 1.国家秘密", Some("denied_state_secret")),
            ("予公开情 4.第三方合法权益", Some("denied_third_party")),
            ("(二)部分公开(区分处理的, 只计这一情形,不计其他情 形)", Some("partly_granted")),
            ("（二）部分公开(区分处理的,只计这一情况,不计其他情形)", Some("partly_granted")),
            ("5.属于三类内容事务信息", Some("denied_internal")),
            ("1. 申请人无正当理由逾期不补", Some("other_no_correction")),
            ("1.申请人无正当理由逾期不补证，行政机关不再处理其政府信息公开申请", Some("other_no_correction")),
            ("3.其他", Some("other_other")),
            ("其他", Some("other_other")),
            ("(七) 总计", Some("concluded_total")),
            ("（三）不予公开", None),
            ("四、结转下年度继续办理", Some("carried_out")),
            ("3. 危及“三安全一稳定”", Some("denied_stability")),
            ("1. 屬於國家秘密", Some("denied_state_secret")),
            ("本市特有的事项", None),
        ] {
            assert_eq!(row(text, Table::Requests), want, "{text}");
        }
        assert_eq!(row("		规范性文件	", Table::Proactive), Some("normative_documents"));
        assert_eq!(row("行政规章", Table::Proactive), Some("regulations"));
    }

    #[test]
    fn header_words_with_typing_errors() {
        let find = |text| find(text, Place { table: Some(Table::Requests), header: true }, &mut String::new());
        assert_eq!(find("法人或的他组织"), Match::Header(Header::Organisations));
        assert_eq!(find("法人或其他组"), Match::Header(Header::Organisations));
        assert_eq!(find("科研机够"), Match::Header(Header::Applicant(2)));
        assert_eq!(find("科学研究"), Match::Unknown);
    }
}

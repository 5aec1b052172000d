//! Marks of notes: raised characters beside a figure, which are none of its digits.

/// Stands between a figure and the raised characters behind it.
pub(super) const RAISED: char = '^';
/// Characters of a mark at most.
const LONGEST: usize = 4;

/// Whether raised or small characters may be the mark of a note, by the first of them: a unit is none.
pub(super) fn may_begin(c: char) -> bool {
    let circled = ('\u{2460}'..='\u{24ff}').contains(&c);
    c.is_ascii_alphanumeric() || c == NOTE || circled || (!c.is_alphanumeric() && !matches!(c, '.' | ',' | '%' | '‰'))
}

/// The word that some marks begin with: "note".
const NOTE: char = '\u{6ce8}';

/// Whether a cell is a figure, up to a place, with [`RAISED`] and the mark of a note behind it.
pub(super) fn is_noted(cell: &str, at: usize) -> bool {
    let (Some(figure), Some(mark)) = (cell.get(..at), cell.get(at..).and_then(|rest| rest.strip_prefix(RAISED))) else {
        return false;
    };
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ' | '\u{a0}');
    figure.trim().chars().all(digits) && figure.trim_end().ends_with(|c: char| c.is_ascii_digit()) && is_mark(mark)
}

/// Whether characters are the mark of a note: a number of two digits at most, a letter or a sign, bare or in brackets.
pub(super) fn is_mark(mark: &str) -> bool {
    let mark = mark.trim();
    let bare = mark.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(NOTE);
    let short = bare.len() <= 2 && bare.chars().all(|c| c.is_ascii_alphanumeric());
    !mark.is_empty() && mark.chars().count() <= LONGEST && (short || bare.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_notes() {
        for mark in ["1", "12", "[1]", "(2)", "*", "①", "注1", "a"] {
            assert!(is_mark(mark) && mark.starts_with(may_begin), "{mark}");
        }
        for none in ["", "123", "万元", "1234", "件数"] {
            assert!(!is_mark(none), "{none}");
        }
        assert!(!may_begin('件') && !may_begin('.'));
        assert!(is_noted("12^1", 2) && is_noted(" 1,234^[1]", 6));
        assert!(!is_noted("12^1件", 2) && !is_noted("规章^1", 6) && !is_noted("12^345", 2) && !is_noted("12", 2));
    }
}

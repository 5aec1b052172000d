//! The number of a document.

use crate::masthead::squeezed::squeezed;
use crate::terms::masthead::{NUMBER_BRACKETS, NUMBER_END, ORDINAL};

/// A document number: letters of the organ, a year in brackets, a number.
pub(super) fn document_number(text: &str, labelled: bool) -> Option<String> {
    let text = squeezed(text.split('\t').next().unwrap_or(""));
    let (open, close) = NUMBER_BRACKETS.iter().find(|(o, _)| text.contains(*o))?;
    let (front, rest) = text.split_once(*open)?;
    let (year, rest) = rest.split_once(*close)?;
    let end = rest.find(NUMBER_END)?;
    let number = &rest[..end];
    let after = &rest[end + NUMBER_END.len_utf8()..];
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let number_digits = number.trim_start_matches(ORDINAL);
    let good = digits(year) && year.len() == 4 && digits(number_digits) && number_digits.len() <= 5;
    let short =
        (1..=14).contains(&front.chars().count()) && front.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    (good && short && (labelled || after.is_empty())).then(|| format!("{front}{open}{year}{close}{number}{NUMBER_END}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_none() {
        for (text, labelled, number) in [
            ("柱政发〔2024〕3号", false, Some("柱政发〔2024〕3号")),
            ("柱政发 〔2024〕 3 号\t公开", false, Some("柱政发〔2024〕3号")),
            ("国办公开办函〔2021〕30号的要求", false, None),
            ("3号", true, None),
        ] {
            assert_eq!(document_number(text, labelled).as_deref(), number, "{text}");
        }
    }
}

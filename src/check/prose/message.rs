//! What is said of a claim: which words of the text were compared with which figures of the table.

use crate::report::Statement;
use crate::terms::statements::SENTENCES;

use super::super::plain;
use super::{Compared, Held};

/// Characters of a clause that a message quotes.
const QUOTED: usize = 80;

/// The message on a claim in English and in Chinese; none where the rule's own says all.
pub(super) fn of(held: &Held, statement: &Statement, text: &str) -> Option<[String; 2]> {
    let clause = quoted(statement.phrase.of(text));
    let number = plain(statement.number);
    let written = |i: usize| {
        let fill = |sentence: &str| sentence.replace("{clause}", &clause).replace("{number}", &number);
        match held {
            Held::Agrees | Held::Elsewhere => String::new(),
            Held::Open(part) => fill(SENTENCES.open[i]).replace("{reason}", part.reason()[i]),
            Held::Contradicts(told) => fill(SENTENCES.violated[i]).replace("{told}", &list(told, i)),
            Held::Fits(told, found) => {
                fill(SENTENCES.fits[i]).replace("{told}", &list(told, i)).replace("{sum}", &found.0[i])
            }
        }
    };
    match held {
        Held::Agrees | Held::Elsewhere => None,
        _ => Some([written(0), written(1)]),
    }
}

/// Sums with what they come to, in words.
fn list(told: &[Compared], language: usize) -> String {
    let one = |(names, value): &Compared| format!("{} = {value}", names[language]);
    told.iter().map(one).collect::<Vec<_>>().join(SENTENCES.and[language])
}

/// Sums with what they come to, by their codes.
pub(super) fn listed(told: &[Compared]) -> String {
    told.iter().map(|(names, value)| format!("{} = {value}", names[0])).collect::<Vec<_>>().join("; ")
}

/// The beginning of a clause on one line.
fn quoted(clause: &str) -> String {
    let words = clause.split_whitespace().flat_map(str::chars);
    let mut out: String = words.clone().take(QUOTED).collect();
    if words.count() > QUOTED {
        out.push('…');
    }
    out
}

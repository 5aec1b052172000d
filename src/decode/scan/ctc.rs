//! From the likelihoods of characters, step by step, to a text (connectionist temporal classification).
//!
//! Each step names a character or none; equal neighbours are one character. Beside the likeliest text stands the next
//! one: that which comes out when a single step is read otherwise.

/// A reading of a piece.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    /// The likeliest text.
    pub text: String,
    /// How sure it is, from 0 to 1: what the likeliest other reading of a single step leaves of certainty.
    pub confidence: f32,
    /// The likeliest other text.
    pub rival: Option<String>,
}

/// Likelihoods below this are not weighed.
const LEAST: f32 = 0.002;

/// Decodes steps of likelihoods; the character of number 0 is none.
pub(super) fn decode(steps: impl Iterator<Item = Vec<f32>>, characters: &[String]) -> Guess {
    let mut best = Vec::new();
    // Other readings of a step, with their likelihood against the best one's.
    let mut others: Vec<(f32, usize, usize)> = Vec::new();
    for (t, step) in steps.enumerate() {
        let (top, likelihood) =
            step.iter().enumerate().fold((0, f32::MIN), |a, (i, p)| if *p > a.1 { (i, *p) } else { a });
        let rest = step.iter().enumerate().filter(|(i, p)| *i != top && **p >= LEAST);
        others.extend(rest.map(|(i, p)| (p / (p + likelihood), t, i)));
        best.push(top);
    }
    let plain = collapsed(&best);
    others.sort_by(|a, b| b.0.total_cmp(&a.0));
    let text = |numbers: &[usize]| -> String {
        numbers.iter().filter_map(|n| characters.get(*n)).map(String::as_str).collect()
    };
    let rival = others.iter().find_map(|(share, t, i)| {
        let mut steps = best.clone();
        steps[*t] = *i;
        let other = collapsed(&steps);
        (other != plain).then(|| (*share, text(&other)))
    });
    let (share, rival) = rival.map_or((0.0, None), |(share, text)| (share, Some(text)));
    Guess { text: text(&plain), confidence: 1.0 - share, rival }
}

impl Guess {
    /// This reading beside that of a second look: if they differ, one is the other's rival.
    pub(super) fn beside(self, second: Guess) -> Guess {
        if second.text.trim() == self.text.trim() {
            let (less, more) = if second.confidence < self.confidence { (second, self) } else { (self, second) };
            return Guess { text: more.text, ..less };
        }
        let confidence = self.confidence.min(second.confidence).min(0.5);
        Guess { text: self.text, confidence, rival: Some(second.text) }
    }
}

fn collapsed(steps: &[usize]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut last = 0;
    for step in steps {
        if *step != last && *step != 0 {
            out.push(*step);
        }
        last = *step;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(steps: &[[f32; 4]]) -> (String, f32, Option<String>) {
        let characters = ["", "1", "7", " "].map(str::to_owned);
        let g = decode(steps.iter().map(|s| s.to_vec()), &characters);
        (g.text, (g.confidence * 100.0).round() / 100.0, g.rival)
    }

    #[test]
    fn equal_neighbours_are_one_character_and_a_step_of_none_parts_them() {
        let one = [0.0, 1.0, 0.0, 0.0];
        let none = [1.0, 0.0, 0.0, 0.0];
        assert_eq!(guess(&[one, one, none, one]), ("11".to_owned(), 1.0, None));
        assert_eq!(guess(&[none, none]), (String::new(), 1.0, None));
    }

    #[test]
    fn the_next_likeliest_text_is_the_rival() {
        let seven = [0.0, 0.2, 0.8, 0.0];
        assert_eq!(guess(&[seven]), ("7".to_owned(), 0.8, Some("1".to_owned())));
    }

    #[test]
    fn a_character_that_may_not_be_there_lowers_the_confidence() {
        let one = [0.0, 1.0, 0.0, 0.0];
        let perhaps = [0.7, 0.0, 0.3, 0.0];
        assert_eq!(guess(&[one, perhaps]), ("1".to_owned(), 0.7, Some("17".to_owned())));
    }

    #[test]
    fn looks_that_differ_leave_doubt() {
        let seen = |text: &str, confidence| Guess { text: text.to_owned(), confidence, rival: None };
        assert_eq!(seen("17", 1.0).beside(seen("17", 0.9)), seen("17", 0.9));
        let differ = seen("17", 1.0).beside(seen("11", 0.9));
        assert_eq!((differ.confidence, differ.rival.as_deref()), (0.5, Some("11")));
    }

    #[test]
    fn doubt_between_a_character_and_its_neighbour_is_none() {
        let one = [0.0, 1.0, 0.0, 0.0];
        let edge = [0.5, 0.5, 0.0, 0.0];
        assert_eq!(guess(&[edge, one, edge]), ("1".to_owned(), 1.0, None));
    }
}

//! How unlike two words are.

/// Characters to insert, delete or replace to make one text of the other; `limit` stands for "too many".
pub fn distance(a: &[char], b: &[char], limit: usize) -> usize {
    if a.len().abs_diff(b.len()) >= limit {
        return limit;
    }
    // Each character of the one that the other does not have takes a change of its own; most pairs end here.
    let bit = |c: &char| 1u64 << (*c as u32 & 63);
    let holds = |word: &[char]| word.iter().fold(0, |all, c| all | bit(c));
    let lacking = |word: &[char], other: u64| word.iter().filter(|c| bit(c) & other == 0).count();
    if lacking(a, holds(b)) >= limit || lacking(b, holds(a)) >= limit {
        return limit;
    }
    let mut row = [0usize; 80];
    if b.len() >= row.len() {
        return limit;
    }
    for (j, slot) in row.iter_mut().enumerate().take(b.len() + 1) {
        *slot = j;
    }
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
            least = least.min(next);
        }
        if least >= limit {
            return limit;
        }
    }
    row[b.len()].min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 9);
        assert_eq!(d("不补正", "不补证"), 1);
        assert_eq!(d("予以公开", "不予公开"), 2);
        assert_eq!(d("总计", "总计"), 0);
        assert_eq!(d("abc", ""), 3);
    }
}

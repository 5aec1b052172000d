//! The oracle: what was read against what was published, as the project's scorer counts.

/// What a reader gave for each cell: a value and its status.
pub(crate) type Reading = Vec<(Option<f64>, &'static str)>;

/// The verdict on a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// As published; an empty cell may also come as an inferred zero.
    Exact,
    /// No value, or a value under doubt: the reader is warned.
    Flagged,
    /// A wrong value that looks sound. This must never happen.
    Silent,
}

/// The verdict on one cell.
pub(crate) fn judge(published: Option<f64>, (value, status): (Option<f64>, &str)) -> Verdict {
    match (published, value) {
        (None, None) => Verdict::Exact,
        (None, Some(0.0)) if status == "inferred" => Verdict::Exact,
        (Some(want), Some(value)) if (value - want).abs() < 1e-6 => Verdict::Exact,
        (Some(_), None) => Verdict::Flagged,
        _ if status == "suspect" => Verdict::Flagged,
        _ => Verdict::Silent,
    }
}

/// Verdicts counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) reports: usize,
    pub(crate) exact: usize,
    pub(crate) flagged: usize,
    pub(crate) silent: usize,
}

impl Score {
    pub(crate) fn of(published: &[Option<f64>], reading: &Reading) -> Score {
        let mut score = Score { reports: 1, ..Score::default() };
        for (i, &published) in published.iter().enumerate() {
            match judge(published, reading.get(i).copied().unwrap_or((None, "missing"))) {
                Verdict::Exact => score.exact += 1,
                Verdict::Flagged => score.flagged += 1,
                Verdict::Silent => score.silent += 1,
            }
        }
        score
    }

    pub(crate) fn cells(&self) -> usize {
        self.exact + self.flagged + self.silent
    }

    /// The share of cells read exactly; 1 of none.
    pub(crate) fn exactness(&self) -> f64 {
        self.exact as f64 / self.cells().max(1) as f64 + f64::from(u8::from(self.cells() == 0))
    }

    pub(crate) fn is_perfect(&self) -> bool {
        self.exact == self.cells()
    }
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        self.reports += other.reports;
        self.exact += other.exact;
        self.flagged += other.flagged;
        self.silent += other.silent;
    }
}

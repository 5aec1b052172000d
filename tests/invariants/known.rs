//! What the reader still does not keep, counted: a bound is what was measured, never above.

/// Reports of each writer that an invariant is tried on.
pub(crate) const REPORTS: u64 = 12;
/// Reports of each writer and axis whose statuses are counted.
pub(crate) const TALLIED: u64 = 4;

/// Faults by invariant, writer and kind.
pub(crate) const FAULTS: &[(u8, &str, &str, usize)] = &[];

/// Cells with a wrong value, by writer, axis and status.
pub(crate) const WRONG: &[(&str, &str, &str, usize)] = &[];

/// Published figures without a value, by writer, in the order of the axes.
pub(crate) const LOST: &[(&str, [usize; 13])] = &[];

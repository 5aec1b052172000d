//! Rows whose cells only spaces part: where their columns stand.

use super::bands::Value;
use super::columns::Columns;
use super::placing::Rowed;

/// Where the columns stand in rows that only positions part, by one way to count columns; none where nothing tells.
pub(super) fn positions(rows: &[&Rowed], columns: &Columns, slots: usize, narrow: bool) -> Option<Vec<(i32, i32)>> {
    let extent = |v: &Value| if narrow { v.narrow } else { v.extent };
    let mut all: Vec<(i32, i32)> = rows.iter().flat_map(|r| &r.values).map(extent).collect();
    all.sort_unstable();
    let mut clusters: Vec<(i32, i32)> = Vec::new();
    for e in all {
        match clusters.last_mut() {
            Some(last) if e.0 < last.1 => last.1 = last.1.max(e.1),
            _ => clusters.push(e),
        }
    }
    if clusters.len() == slots {
        return Some(clusters);
    }
    if columns.is_whole() || (columns.extents.iter().all(Option::is_some) && clusters.len() < slots) {
        let heads: Vec<(i32, i32)> =
            columns.extents.iter().flatten().map(|e| if narrow { e.narrow } else { e.wide }).collect();
        let rising = heads.windows(2).all(|w| w[0].1 <= w[1].0 + 1);
        if rising && heads.len() == slots {
            return Some(heads);
        }
    }
    None
}

/// Which way to count columns keeps the gaps between the columns of full rows the same: `Some(true)` where every character
/// is one column wide; none where fewer than two rows are full.
pub(super) fn steady(rows: &[&Rowed], slots: usize) -> Option<bool> {
    let full: Vec<&&Rowed> = rows.iter().filter(|r| r.values.len() == slots).collect();
    let off = |narrow: bool| -> i32 {
        let of = |v: &Value| if narrow { v.narrow } else { v.extent };
        let places = |r: &Rowed| r.values.iter().map(|v| of(v).0 + of(v).1).collect::<Vec<_>>();
        let pair = |w: &[&&Rowed]| -> i32 { places(w[0]).iter().zip(places(w[1])).map(|(a, b)| (a - b).abs()).sum() };
        full.windows(2).map(pair).sum()
    };
    (full.len() > 1).then(|| off(true) < off(false))
}

/// How many columns the figures of rows show by one way to count columns.
pub(super) fn spread(rows: &[&Rowed], narrow: bool) -> usize {
    let extent = |v: &Value| if narrow { v.narrow } else { v.extent };
    let mut all: Vec<(i32, i32)> = rows.iter().flat_map(|r| &r.values).map(extent).collect();
    all.sort_unstable();
    let mut right = i32::MIN;
    let mut count = 0;
    for e in all {
        if e.0 >= right {
            count += 1;
        }
        right = right.max(e.1);
    }
    count
}

/// Whether the values of rows stand one space apart wherever their columns are: then their places say nothing.
pub(super) fn is_dense(rows: &[&Rowed]) -> bool {
    let gaps = || rows.iter().flat_map(|r| r.values.windows(2)).map(|w| w[1].narrow.0 - w[0].narrow.1);
    let all = gaps().count();
    all > 0 && gaps().filter(|g| *g <= 1).count() * 10 >= all * 7
}

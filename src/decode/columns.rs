//! The columns of a table from the edges of its cells.

use super::compose::{Cell, Table};

/// Edges of columns nearer than this (in twips, half a millimetre) are one edge.
pub(super) const SLACK: i32 = 30;

/// Turns the edges of cells into columns.
///
/// `measured` if the edges are in twips; otherwise they count columns, whose `widths` in twips may be known.
pub(super) fn resolve(mut rows: Vec<Vec<Cell>>, widths: &[i32], mut measured: bool) -> Table {
    let mut edges = vec![0i32];
    for width in widths {
        edges.push(edges[edges.len() - 1].saturating_add(*width));
    }
    let known = |edge: i32| usize::try_from(edge).ok().and_then(|i| edges.get(i)).copied();
    let all_known = rows.iter().flatten().all(|c| known(c.left).is_some() && known(c.right).is_some());
    // Columns that all have no width say nothing.
    if !measured && all_known && edges.windows(2).all(|w| w[0] < w[1]) && edges.len() > 1 {
        measured = true;
        for cell in rows.iter_mut().flatten() {
            (cell.left, cell.right) = (known(cell.left).unwrap_or(0), known(cell.right).unwrap_or(0));
        }
    }
    let mut columns = Columns::of(&rows, if measured { SLACK } else { 1 });
    let vanishes = |c: &Cell, columns: &Columns| columns.at(c.left) == columns.at(c.right);
    if rows.iter().flatten().any(|c| !c.is_blank() && vanishes(c, &columns)) {
        columns = Columns::of(&rows, 1);
    }
    for row in &mut rows {
        row.retain(|c| !c.is_blank() || !vanishes(c, &columns));
        let mut free = 0;
        for cell in row.iter_mut() {
            cell.left = columns.at(cell.left).max(free);
            cell.right = columns.at(cell.right).max(cell.left + 1);
            free = cell.left + 1;
        }
    }
    rows.retain(|r| !r.is_empty());
    Table { rows }
}

/// The edges of a table's columns from left to right, each with all that lies within the slack of it.
struct Columns {
    starts: Vec<i32>,
}

impl Columns {
    fn of(rows: &[Vec<Cell>], slack: i32) -> Columns {
        let mut edges: Vec<i32> = rows.iter().flatten().flat_map(|c| [c.left, c.right]).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut starts: Vec<i32> = Vec::new();
        for edge in edges {
            if starts.last().is_none_or(|s| edge.saturating_sub(*s) >= slack) {
                starts.push(edge);
            }
        }
        Columns { starts }
    }

    fn at(&self, edge: i32) -> i32 {
        self.starts.partition_point(|s| *s <= edge) as i32 - 1
    }
}

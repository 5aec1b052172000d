//! The columns of the panel: the cells of both editions brought together, and which of them may be compared.

use std::sync::LazyLock;

use super::{CellTerm, Edition, Editions, Form, Table};

/// A column of the panel.
#[derive(Debug)]
pub struct PanelColumn {
    /// The public name: row and column of the cells, joined.
    pub key: String,
    /// Which table it is from.
    pub table: Table,
    /// Whether the figures of both editions count the same.
    pub is_comparable: bool,
    /// The unit of its figures.
    pub unit: &'static str,
    /// For all editions that a report may have, in the order of [`Editions::ALL`], the positions of the cells that add up
    /// to it; none where the edition of the table has no such figure.
    pub cells: [Vec<usize>; Editions::ALL.len()],
}

impl PanelColumn {
    /// The cells of an edition that add up to the column, in their codes; empty where it has none.
    pub fn made_of(&self, edition: Edition) -> String {
        let cells = &Form::of(edition).cells;
        let words = self.on(edition).iter().map(|c| format!("{}.{}", cells[*c].row, cells[*c].column));
        words.collect::<Vec<_>>().join(" + ")
    }

    /// The positions of the cells that add up to the column on a report's form.
    pub fn on(&self, editions: impl Into<Editions>) -> &[usize] {
        &self.cells[editions.into().index()]
    }
}

/// Cells that the two editions name differently and that count the same: name, row, its column of 2019 and of 2021.
const RENAMED: [(&str, &str, &str, &str); 2] = [
    ("regulations_issued", "regulations", "newly_made", "issued"),
    ("normative_documents_issued", "normative_documents", "newly_made", "issued"),
];

/// The one row of the edition of 2019 for what three rows of the edition of 2021 tell apart.
const OTHER: (&str, [&str; 3]) = ("other", ["other_no_correction", "other_fee_unpaid", "other_other"]);

/// The columns: first those that are comparable, in the order of the form, then those of one edition alone.
///
/// ```
/// use gxbg::terms::{Edition, panel_columns};
/// let other = panel_columns().iter().find(|c| c.key == "other_total").unwrap();
/// assert!(other.is_comparable);
/// assert_eq!(other.made_of(Edition::Of2019), "other.total");
/// assert_eq!(other.on(Edition::Of2021).len(), 3);
/// ```
pub fn panel_columns() -> &'static [PanelColumn] {
    static COLUMNS: LazyLock<Vec<PanelColumn>> = LazyLock::new(build);
    &COLUMNS
}

fn build() -> Vec<PanelColumn> {
    let [old, new] = Edition::ALL.map(Form::of);
    let position = |form: &Form, table, row: &str, column: &str| form.cell(table, row, column);
    let mut columns: Vec<PanelColumn> = Vec::new();
    for (key, row, of_old, of_new) in RENAMED {
        let cells = [position(old, Table::Proactive, row, of_old), position(new, Table::Proactive, row, of_new)];
        columns.push(column(key.to_owned(), cells.map(|c| c.into_iter().collect())));
    }
    for (here, term) in new.cells.iter().enumerate() {
        if let Some(there) = old.cell(term.table, term.row, term.column) {
            columns.push(column(format!("{}_{}", term.row, term.column), [vec![there], vec![here]]));
        }
        // The outcomes end with what the other edition has one row for.
        if term.row == OTHER.1[0] {
            let parts = OTHER.1.iter().filter_map(|row| new.cell(term.table, row, term.column)).collect();
            let whole = old.cell(term.table, OTHER.0, term.column).into_iter().collect();
            columns.push(column(format!("{}_{}", OTHER.0, term.column), [whole, parts]));
        }
    }
    let used = |columns: &[PanelColumn], edition: Edition, cell| columns.iter().any(|c| c.on(edition) == [cell]);
    let common = columns.len();
    for edition in [Edition::Of2021, Edition::Of2019] {
        let form = Form::of(edition);
        for (here, term) in form.cells.iter().enumerate() {
            if !used(&columns[..common], edition, here) {
                let mut cells = [Vec::new(), Vec::new()];
                cells[edition as usize].push(here);
                columns.push(column(format!("{}_{}", term.row, term.column), cells));
            }
        }
    }
    columns
}

/// A column made of cells of the forms of both editions, the newer one giving the unit.
fn column(key: String, cells: [Vec<usize>; 2]) -> PanelColumn {
    let terms: [Vec<CellTerm>; 2] = [0, 1].map(|i| {
        let form = Form::of(Edition::ALL[i]);
        cells[i].iter().map(|c| form.cells[*c]).collect()
    });
    let first = terms[1].first().or(terms[0].first()).copied();
    let table = first.map_or(Table::Requests, |t| t.table);
    // What the edition of the column's table has, wherever it stands on a form.
    let on = |editions: Editions| {
        let own = &terms[editions.of(table).unwrap_or(Edition::Of2021) as usize];
        own.iter().filter_map(|t| Form::of(editions).cell(t.table, t.row, t.column)).collect()
    };
    PanelColumn {
        key,
        table,
        is_comparable: terms.iter().all(|t| !t.is_empty()),
        unit: first.map_or("count", |t| t.measure.unit()),
        cells: Editions::ALL.map(on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_cell_has_its_place() {
        let columns = panel_columns();
        for (i, c) in columns.iter().enumerate() {
            assert!(!columns[..i].iter().any(|d| d.key == c.key), "{}", c.key);
            assert_eq!(c.is_comparable, c.cells.iter().all(|c| !c.is_empty()), "{}", c.key);
        }
        for editions in Editions::ALL {
            for cell in 0..Form::of(editions).cells.len() {
                assert!(columns.iter().any(|c| c.on(editions).contains(&cell)), "{cell}");
            }
        }
    }

    #[test]
    fn in_proactive_only_decisions_and_issued_are_comparable() {
        let comparable = panel_columns().iter().filter(|c| c.table == Table::Proactive && c.is_comparable);
        let keys: Vec<&str> = comparable.map(|c| c.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "regulations_issued",
                "normative_documents_issued",
                "licensing_decisions",
                "penalties_decisions",
                "coercion_decisions"
            ]
        );
    }
}

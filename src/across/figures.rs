//! The sound figures of a report in little room: most are zero.

use crate::ledger::{Cell, Status};

/// The sound figures of a report, by the position of their cells in the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// One bit for each cell whose figure is known.
    known: [u64; 4],
    /// The cells whose figure is not zero, in order.
    places: Box<[u8]>,
    /// Their figures.
    values: Box<[f64]>,
}

impl Figures {
    /// The figures of cells; those that were not read with certainty from the page are unknown: what a reading concluded
    /// shall not speak against another report.
    pub fn of(cells: &[Cell]) -> Figures {
        Figures::from_values(cells.iter().map(|c| c.value.filter(|_| c.status == Status::Reported)))
    }

    /// The figures of cells that may enter into conclusions: read from the page, or left by the ties alone.
    pub fn sound(cells: &[Cell]) -> Figures {
        Figures::from_values(cells.iter().map(|c| c.value.filter(|_| c.status.is_sound())))
    }

    /// The figures of at most 256 cells in the order of the form.
    ///
    /// ```
    /// use gxbg::across::Figures;
    /// let figures = Figures::from_values([Some(3.0), None, Some(0.0)].into_iter());
    /// assert_eq!([0, 1, 2, 3].map(|i| figures.get(i)), [Some(3.0), None, Some(0.0), None]);
    /// assert_eq!(figures.known(), 2);
    /// ```
    pub fn from_values(values: impl Iterator<Item = Option<f64>>) -> Figures {
        let mut known = [0u64; 4];
        let (mut places, mut kept) = (Vec::new(), Vec::new());
        for (place, value) in (0..=u8::MAX).zip(values) {
            let Some(value) = value else { continue };
            known[usize::from(place >> 6)] |= 1 << (place & 63);
            if value != 0.0 {
                places.push(place);
                kept.push(value);
            }
        }
        Figures { known, places: places.into(), values: kept.into() }
    }

    /// The figure of a cell, where it is known.
    pub fn get(&self, cell: usize) -> Option<f64> {
        let word = self.known.get(cell >> 6)?;
        if word >> (cell & 63) & 1 == 0 {
            return None;
        }
        let place = u8::try_from(cell).ok()?;
        Some(self.places.binary_search(&place).map_or(0.0, |at| self.values[at]))
    }

    /// How many figures are known.
    pub fn known(&self) -> u32 {
        self.known.iter().map(|w| w.count_ones()).sum()
    }
}

//! The cells table: by far the largest, so its codes are written as numbers into dictionaries made once.

use std::sync::{Arc, LazyLock};

use arrow::array::{
    ArrayRef, DictionaryArray, FixedSizeListBuilder, Float64Builder, Int32Array, Int64Builder, PrimitiveArray,
    StringArray, StringBuilder,
};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::{ArrowPrimitiveType, Float64Type, Int32Type, Int64Type};

use super::rows::{Column, plain};
use crate::document::{Document, Frame, Span};
use crate::ledger::{Cell, Settled, Status};
use crate::terms::{Edition, Editions, Form, UNITS, Unit};

/// Codes of all editions, each list once.
struct Codes {
    tables: ArrayRef,
    rows: ArrayRef,
    columns: ArrayRef,
    units: ArrayRef,
    statuses: ArrayRef,
    origins: ArrayRef,
    /// For each of [`UNITS`] its place in the list of units.
    money: Vec<i32>,
    /// For each form, for each cell: table, row, column and unit as places in the lists.
    keys: Vec<[Vec<i32>; 4]>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let mut lists: [Vec<&'static str>; 4] = Default::default();
    let keys = Editions::ALL
        .iter()
        .map(|e| {
            let mut keys: [Vec<i32>; 4] = Default::default();
            for c in &Form::of(*e).cells {
                for (i, code) in [c.table.key(), c.row, c.column, c.measure.unit()].into_iter().enumerate() {
                    keys[i].push(place(&mut lists[i], code));
                }
            }
            keys
        })
        .collect();
    let money = UNITS.iter().map(|u| place(&mut lists[3], u.key)).collect();
    let array = |codes: &[&str]| -> ArrayRef { Arc::new(StringArray::from(codes.to_vec())) };
    Codes {
        tables: array(&lists[0]),
        rows: array(&lists[1]),
        columns: array(&lists[2]),
        units: array(&lists[3]),
        statuses: array(&Status::ALL.map(Status::key)),
        origins: array(&["text", "ocr"]),
        money,
        keys,
    }
});

/// The place of a code in a list; a new one is put at its end.
fn place(list: &mut Vec<&'static str>, code: &'static str) -> i32 {
    let at = list.iter().position(|x| *x == code).unwrap_or_else(|| {
        list.push(code);
        list.len() - 1
    });
    at as i32
}

/// The place of a unit in the list of units.
fn unit_place(unit: &Unit) -> Option<i32> {
    CODES.money.get(UNITS.iter().position(|u| u == unit)?).copied()
}

#[derive(Debug)]
pub(super) struct CellsBuilder {
    ids: Vec<u32>,
    keys: [Vec<i32>; 4],
    statuses: Vec<i32>,
    value: Vec<Option<f64>>,
    reported: Vec<Option<f64>>,
    raw: StringBuilder,
    /// Where the characters stand in the source.
    source: Vec<Option<Span>>,
    /// Rows that have a place on a page, in their order.
    places: Vec<(usize, u32, Frame)>,
    /// Places in the list of origins.
    origins: Vec<i32>,
    confidence: Float64Builder,
}

impl CellsBuilder {
    /// A builder with room for the cells of so many reports.
    pub(super) fn new(reports: usize) -> CellsBuilder {
        let rows = reports * Form::of(Edition::Of2021).cells.len();
        CellsBuilder {
            ids: Vec::with_capacity(rows),
            keys: std::array::from_fn(|_| Vec::with_capacity(rows)),
            statuses: Vec::with_capacity(rows),
            value: Vec::with_capacity(rows),
            reported: Vec::with_capacity(rows),
            raw: StringBuilder::with_capacity(rows, 2 * rows),
            source: Vec::with_capacity(rows),
            places: Vec::new(),
            origins: Vec::with_capacity(rows),
            confidence: Float64Builder::new(),
        }
    }

    pub(super) fn report(&mut self, id: u32, form: &Form, settled: &Settled, document: &Document) {
        let cells = &settled.cells;
        let codes = &CODES.keys[form.editions.index()];
        for (all, keys) in self.keys.iter_mut().zip(codes) {
            all.extend_from_slice(keys);
        }
        let first = self.ids.len();
        self.ids.resize(first + cells.len(), id);
        if !document.places.is_empty() {
            let place = |cell: &Cell| cell.written.span.and_then(|s| document.place(s));
            let placed = cells.iter().zip(first..).filter_map(|(cell, row)| place(cell).map(|(p, f)| (row, p, f)));
            self.places.extend(placed);
        }
        self.statuses.extend(cells.iter().map(|c| c.status as i32));
        self.value.extend(cells.iter().map(|c| c.value));
        self.reported.extend(cells.iter().map(|c| c.written.number()));
        for c in &settled.report.converted {
            if let (Some(reported), Some(unit)) = (self.reported.get_mut(first + c.cell), unit_place(c.unit)) {
                // What the ledger took back is no figure as published either.
                *reported = reported.map(|_| c.shown);
                self.keys[3][first + c.cell] = unit;
            }
        }
        self.source.extend(cells.iter().map(|c| c.written.span.map(|s| document.source(s))));
        for cell in cells {
            self.raw.append_option(cell.written.span.map(|s| s.of(&document.text)));
        }
        if document.sightings.is_empty() {
            self.origins.resize(first + cells.len(), 0);
            self.confidence.append_nulls(cells.len());
            return;
        }
        for cell in cells {
            let seen = cell.written.span.and_then(|s| document.confidence(s));
            self.origins.push(i32::from(document.is_seen(cell.written.span)));
            self.confidence.append_option(seen.map(thousandths));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Column> {
        let rows = self.ids.len();
        let is_seen = self.origins.contains(&1);
        let [pages, boxes] = placed(&self.places, rows);
        let [tables, row_keys, columns, units] = self.keys;
        let codes = &*CODES;
        let coded = |mut keys: Vec<i32>, list: &ArrayRef| {
            keys.shrink_to_fit();
            // Proof: every key is a place in its list.
            Column::Plain(Arc::new(DictionaryArray::<Int32Type>::new(Int32Array::from(keys), list.clone())))
        };
        self.ids.shrink_to_fit();
        vec![
            Column::Reports(self.ids),
            coded(tables, &codes.tables),
            coded(row_keys, &codes.rows),
            coded(columns, &codes.columns),
            plain(array::<Float64Type, _>(&self.value, |v| *v)),
            plain(array::<Float64Type, _>(&self.reported, |v| *v)),
            coded(self.statuses, &codes.statuses),
            plain(self.raw.finish()),
            coded(units, &codes.units),
            plain(array::<Int64Type, _>(&self.source, |s| s.map(|s| s.start.into()))),
            plain(array::<Int64Type, _>(&self.source, |s| s.map(|s| s.end.into()))),
            pages,
            boxes,
            coded(self.origins, &codes.origins),
            if is_seen { plain(self.confidence.finish()) } else { Column::Blank(rows) },
        ]
    }
}

/// The values of a column, taken from what was kept of each row.
fn array<T: ArrowPrimitiveType, R>(rows: &[R], value: impl Fn(&R) -> Option<T::Native>) -> PrimitiveArray<T> {
    let values: Vec<T::Native> = rows.iter().map(|row| value(row).unwrap_or_default()).collect();
    let nulls = NullBuffer::new(BooleanBuffer::collect_bool(rows.len(), |i| value(&rows[i]).is_some()));
    PrimitiveArray::new(values.into(), Some(nulls).filter(|n| n.null_count() > 0))
}

/// The columns of pages and boxes; most formats have neither.
fn placed(places: &[(usize, u32, Frame)], rows: usize) -> [Column; 2] {
    if places.is_empty() {
        return [Column::Blank(rows), Column::Blank(rows)];
    }
    let mut pages = Int64Builder::with_capacity(rows);
    let mut boxes = FixedSizeListBuilder::with_capacity(Float64Builder::with_capacity(rows * 4), 4, rows);
    let mut places = places.iter().peekable();
    for row in 0..rows {
        let place = places.next_if(|(at, ..)| *at == row);
        pages.append_option(place.map(|(_, page, _)| i64::from(*page)));
        // Hundredths of a point are as fine as any printer.
        let round = |x: f32| (f64::from(x) * 100.0).round() / 100.0;
        let corners = place.map_or([None; 4], |(.., f)| [f.left, f.top, f.right, f.bottom].map(|x| Some(round(x))));
        corners.into_iter().for_each(|c| boxes.values().append_option(c));
        boxes.append(place.is_some());
    }
    [plain(pages.finish()), plain(boxes.finish())]
}

/// A confidence as far as it means anything.
fn thousandths(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).floor() / 1000.0
}

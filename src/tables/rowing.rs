//! From the bands of a line to one row with its values.

use super::align::{Instance, Seat};
use super::bands::{Band, Ink, Value};
use super::placing::Rowed;

/// The values of the bands of a line; digits right below others, where a column is too narrow, stand with them.
pub(super) fn gather(bands: &[Band]) -> Vec<Value> {
    if let Some(values) = super::align::wrapped(bands) {
        return values;
    }
    let filled = bands.iter().any(Band::has_values);
    let mut rows = bands.iter().filter(|b| if filled { b.has_values() } else { !b.values.is_empty() });
    let Some(first) = rows.next() else { return Vec::new() };
    let mut out = first.values.clone();
    for band in rows {
        if super::align::goes_on(first, band) {
            below(&mut out, band);
        } else {
            out.extend_from_slice(&band.values);
        }
    }
    out
}

/// Puts the figures of a row below those that they go on.
fn below(above: &mut [Value], band: &Band) {
    let low: Vec<&Value> = band.values.iter().filter(|v| v.ink == Ink::Figure).collect();
    let high: Vec<usize> = (0..above.len()).filter(|i| above[*i].ink != Ink::Empty).collect();
    let apart =
        |a: (i32, i32), b: (i32, i32)| (a.0 - b.0).abs().min((a.1 - b.1).abs()).min((a.0 + a.1 - b.0 - b.1).abs() / 2);
    let nearest = |v: &Value, narrow: bool| {
        let of = |v: &Value| if narrow { v.narrow } else { v.extent };
        high.iter().map(|i| (apart(of(&above[*i]), of(v)), *i)).min()
    };
    let off = |narrow: bool| low.iter().filter_map(|v| nearest(v, narrow)).map(|n| n.0).sum::<i32>();
    let narrow = off(true) < off(false);
    let places: Vec<Option<usize>> = match low.len() == high.len() {
        true => high.iter().map(|i| Some(*i)).collect(),
        false => low.iter().map(|v| nearest(v, narrow).map(|n| n.1)).collect(),
    };
    for (v, place) in low.iter().zip(places) {
        if let Some(free) = place.and_then(|i| above[i].below.iter_mut().find(|s| s.is_empty())) {
            *free = v.span;
        }
    }
}

/// A seat as a row to place.
pub(super) fn rowed(bands: &[Band], seat: &Seat) -> Rowed {
    let own = &bands[seat.bands.clone()];
    let filled =
        own.iter().find(|b| b.has_values()).or_else(|| own.iter().find(|b| !b.values.is_empty())).unwrap_or(&own[0]);
    Rowed {
        line: seat.key.0 as usize,
        label: own.iter().find_map(Band::label_span),
        origin: filled.origin,
        whole: filled.whole,
        values: gather(own),
        beside_stray: false,
    }
}

/// Whether a row of figures that is in no line stands right before or behind a line: it may be the line's.
pub(super) fn beside_stray(bands: &[Band], instance: &Instance, seat: &Seat) -> bool {
    let before = seat.bands.start.checked_sub(1).filter(|n| instance.bands.contains(n));
    let hollow = !bands[seat.bands.clone()].iter().any(Band::has_values);
    // Beside a line that looks empty even figures behind unknown words may be its own: the front of its label was cut off.
    let unknown = |n: usize| {
        bands.get(n).is_some_and(|b| {
            let known = b.meaning.line.is_some() || b.meaning.header.is_some();
            b.has_figures() && !known && !instance.seats.iter().any(|s| s.bands.contains(&n))
        })
    };
    [Some(seat.bands.end), before].into_iter().flatten().any(|n| is_stray(bands, instance, n) || (hollow && unknown(n)))
}

/// Whether a row has figures, is in no line, and has no label of its own.
pub(super) fn is_stray(bands: &[Band], instance: &Instance, at: usize) -> bool {
    bands.get(at).is_some_and(|b| {
        let known = b.meaning.line.is_some() || b.meaning.header.is_some();
        b.has_figures()
            && (b.words.is_empty() || (!known && b.label.chars().count() < 4))
            && !instance.seats.iter().any(|s| s.bands.contains(&at))
    })
}

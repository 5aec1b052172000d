//! What a filled path looks like: a rectangle, or the border of one.

use kurbo::{BezPath, PathEl, Point, Rect};

/// A filled path at most so high or so wide, in points, is a line.
pub(super) const THIN: f64 = 3.0;
/// How far a line may lean, in points.
pub(super) const LEANS: f64 = 0.7;

/// Whether a path is a rectangle along the edges of the page.
pub(super) fn is_upright(piece: &[PathEl]) -> bool {
    let points: Vec<Point> = piece.iter().filter_map(PathEl::end_point).collect();
    points.len() <= 6 && points.windows(2).all(|p| (p[0].x - p[1].x).abs() <= LEANS || (p[0].y - p[1].y).abs() <= LEANS)
}

/// The middle of a border that is drawn as one rectangle without another one in it.
pub(super) fn ring(path: &BezPath) -> Option<Rect> {
    if path.elements().len() > 12 {
        return None;
    }
    let mut pieces = path.elements().chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_)));
    let mut next = || {
        let piece = pieces.next()?;
        let points = piece.iter().filter_map(PathEl::end_point);
        let curved = piece.iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
        let bounds = points.map(|p| Rect::from_points(p, p)).reduce(|a, b| a.union(b));
        bounds.filter(|b| !curved && b.is_finite() && is_upright(piece))
    };
    let (a, b) = (next()?, next()?);
    let (outer, inner) = if a.area() > b.area() { (a, b) } else { (b, a) };
    let sides = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
    let thin = sides.iter().all(|s| (0.0..=THIN).contains(s));
    thin.then(|| {
        Rect::new(
            (outer.x0 + inner.x0) / 2.0,
            (outer.y0 + inner.y0) / 2.0,
            (outer.x1 + inner.x1) / 2.0,
            (outer.y1 + inner.y1) / 2.0,
        )
    })
}

#[cfg(test)]
mod tests {
    use kurbo::Shape;

    use super::*;

    #[test]
    fn a_rectangle_in_a_rectangle_is_a_border() {
        let path = |inner: Rect| {
            let mut path = Rect::new(0.0, 0.0, 40.0, 20.0).to_path(0.1);
            path.extend(inner.to_path(0.1).elements().iter().copied());
            path
        };
        assert_eq!(ring(&path(Rect::new(1.0, 1.0, 39.0, 19.0))), Some(Rect::new(0.5, 0.5, 39.5, 19.5)));
        assert_eq!(ring(&path(Rect::new(10.0, 1.0, 39.0, 19.0))), None);
        assert_eq!(ring(&Rect::new(0.0, 0.0, 40.0, 20.0).to_path(0.1)), None);
    }
}

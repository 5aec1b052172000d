//! What a page draws, as characters, straight lines and pictures. The one file that speaks to the interpreter.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use hayro_syntax::object::{Dict, String as PdfString};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};

use super::characters::{self, UNKNOWN};
use super::paths::{LEANS, THIN, is_upright, ring};
use super::pictures::Picture;
use crate::decode::Budget;
use crate::decode::geometry::{Axis, Glyph, Segment, Spelling};
use crate::document::Frame;
use crate::error::Failure;

/// A stroke broader than this, in points, is shading.
const BROAD: f64 = 4.0;
/// How far a character may lean: the tangent of its base line.
const TILTED: f64 = 0.15;
/// A gap in what is drawn in one go, in thousandths of the height.
const GAP: f64 = 300.0;
/// The codes of the space: in bytes, and in the glyph numbers of most fonts.
const SPACES: [u32; 2] = [32, 3];
/// Steps of drawing between two looks at the clock.
const LOOK: u32 = 2_048;
/// Clips of a page: each form that is drawn has one, and forms draw forms.
const MAX_CLIPS: u32 = 100_000;
/// Characters looked at again because something was drawn over them, over all fills of a page.
const MAX_COVERED: usize = 50_000_000;

/// A character as drawn, with the direction in which it is read.
#[derive(Debug)]
pub(super) struct Mark {
    /// The character.
    pub glyph: Glyph,
    /// Quarter turns, clockwise, from reading to the right.
    pub quarter: u8,
    /// Something was drawn over it.
    covered: bool,
}

/// Ends the interpreter, which has no way to stop, from within a call of it.
pub(super) struct Stop(pub Failure);

fn stop(failure: Failure) -> ! {
    std::panic::resume_unwind(Box::new(Stop(failure)))
}

/// The text that a file gives for characters that it draws.
struct Spoken {
    text: Spelling,
    /// The mark that has it.
    taken: Option<usize>,
}

/// All that a page draws.
pub(super) struct Ink<'b> {
    budget: &'b Budget,
    /// Characters that the file may still draw.
    glyphs_left: &'b mut usize,
    steps: u32,
    marks: Vec<Mark>,
    /// The straight lines.
    pub segments: Vec<Segment>,
    /// The pictures; their pixels only if they are asked for.
    pub pictures: Vec<Picture>,
    with_pixels: bool,
    /// Fills that are not white: white characters on them can be seen.
    shades: Vec<Frame>,
    looked_at: usize,
    /// The number of the characters drawn in one go.
    run: u32,
    /// Whether the last thing drawn of it was a space.
    spaced: bool,
    clips: Vec<Frame>,
    clipped: u32,
    /// For each open group, whether it can be seen.
    groups: Vec<bool>,
    /// For each open marked content, what it says.
    spoken: Vec<Option<Spoken>>,
}

impl<'b> Ink<'b> {
    /// An empty page of a size.
    pub(super) fn new(
        (width, height): (f32, f32),
        budget: &'b Budget,
        glyphs_left: &'b mut usize,
        with_pixels: bool,
    ) -> Ink<'b> {
        Ink {
            budget,
            glyphs_left,
            steps: 0,
            marks: Vec::new(),
            segments: Vec::new(),
            pictures: Vec::new(),
            with_pixels,
            shades: Vec::new(),
            looked_at: 0,
            run: 0,
            spaced: false,
            clips: vec![Frame { left: -1.0, top: -1.0, right: width + 1.0, bottom: height + 1.0 }],
            clipped: 0,
            groups: Vec::new(),
            spoken: Vec::new(),
        }
    }

    /// The characters that can be seen.
    pub(super) fn take_marks(&mut self) -> Vec<Mark> {
        let mut marks = std::mem::take(&mut self.marks);
        marks.retain(|m| !m.covered && !m.glyph.text.is_empty());
        marks
    }

    fn step(&mut self) {
        self.steps += 1;
        if self.steps.is_multiple_of(LOOK)
            && let Err(failure) = self.budget.time()
        {
            stop(failure);
        }
    }

    fn clip(&self) -> Frame {
        self.clips.last().copied().unwrap_or_default()
    }

    fn is_visible(&self) -> bool {
        self.groups.iter().all(|visible| *visible)
    }

    /// A character begins what is drawn in one go, if no other goes before without a gap.
    fn begin_run(&mut self, spaced: bool) {
        self.run = self.run.wrapping_add(1);
        self.spaced = spaced;
    }

    fn push(&mut self, text: Spelling, frame: Frame, quarter: u8) {
        let glyph = Glyph { text, frame, run: self.run, spaced: self.spaced };
        self.spaced = false;
        self.marks.push(Mark { glyph, quarter, covered: false });
    }

    fn glyph(&mut self, drawn: &Drawn<'_>, frame: Frame, quarter: u8) {
        *self.glyphs_left = match self.glyphs_left.checked_sub(1) {
            Some(left) => left,
            None => stop(Failure::Limit { name: "glyphs", limit: self.budget.glyphs as u64 }),
        };
        if !self.clip().holds(frame.centre()) {
            return;
        }
        let at = self.marks.len();
        if let Some(spoken) = self.spoken.iter_mut().rev().find_map(Option::as_mut) {
            match spoken.taken.and_then(|i| self.marks.get_mut(i)) {
                Some(mark) => {
                    mark.glyph.frame = mark.glyph.frame.with(frame);
                    return;
                }
                None => spoken.taken = Some(at),
            }
            let text = spoken.text.clone();
            return self.push(text, frame, quarter);
        }
        let text = match drawn.as_unicode() {
            Some(BfString::Char(c)) => characters::seen([c]),
            Some(BfString::String(s)) if !s.is_empty() => characters::seen(s.chars()),
            _ => Spelling::One(UNKNOWN),
        };
        // What has no name and no ink is a space, but only where spaces are: a font that is not there has no ink at all.
        let blank = text.contains(UNKNOWN)
            && SPACES.contains(&drawn.char_code())
            && matches!(drawn, Drawn::Outline(g) if g.outline().is_empty());
        if text.is_empty() || blank {
            self.begin_run(true);
        } else {
            self.push(text, frame, quarter);
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        let clip = self.clip();
        let (across, down) = ((from.y - to.y).abs() <= LEANS, (from.x - to.x).abs() <= LEANS);
        let mut push = |axis, at: f64, a: f64, b: f64, near: (f32, f32), along: (f32, f32)| {
            let (from, to) = ((a.min(b) as f32).max(along.0), (a.max(b) as f32).min(along.1));
            let at = at as f32;
            if from < to && near.0 - 2.0 <= at && at <= near.1 + 2.0 {
                self.segments.push(Segment { axis, at, from, to });
            }
        };
        let (wide, high) = ((clip.left, clip.right), (clip.top, clip.bottom));
        match (across, down) {
            (true, false) => push(Axis::Across, (from.y + to.y) / 2.0, from.x, to.x, high, wide),
            (false, true) => push(Axis::Down, (from.x + to.x) / 2.0, from.y, to.y, wide, high),
            _ => {}
        }
    }

    fn stroke(&mut self, path: &BezPath) {
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => (start, at) = (p, p),
                PathEl::LineTo(p) => {
                    self.line(at, p);
                    at = p;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => at = p,
                PathEl::ClosePath => {
                    self.line(at, start);
                    at = start;
                }
            }
        }
    }

    fn fill(&mut self, path: &BezPath, props: &DrawProps<'_>) {
        if let Some(ring) = ring(path) {
            let corners = [(ring.x0, ring.y0), (ring.x1, ring.y0), (ring.x1, ring.y1), (ring.x0, ring.y1)];
            let corners = corners.map(Point::from);
            (0..4).for_each(|i| self.line(corners[i], corners[(i + 1) % 4]));
            return;
        }
        for part in path.elements().split_inclusive(|e| matches!(e, PathEl::ClosePath)) {
            let curved = part.iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
            // Parts that nothing closes begin with a move.
            for piece in part.chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_))) {
                let points = piece.iter().filter_map(PathEl::end_point);
                let bounds = points.map(|p| Rect::from_points(p, p)).reduce(|a, b| a.union(b));
                let Some(b) = bounds.filter(Rect::is_finite) else { continue };
                let middle = b.center();
                if !curved && b.height().min(b.width()) <= THIN {
                    if b.width() > b.height() {
                        self.line(Point::new(b.x0, middle.y), Point::new(b.x1, middle.y));
                    } else {
                        self.line(Point::new(middle.x, b.y0), Point::new(middle.x, b.y1));
                    }
                } else if !curved {
                    self.cover(frame(b), props, is_upright(piece));
                }
            }
        }
    }

    /// An area was filled: what it covers cannot be seen any more.
    fn cover(&mut self, area: Frame, props: &DrawProps<'_>, whole: bool) {
        let colour = colour(&props.paint);
        if colour.is_none_or(|c| !is_white(c)) {
            self.shades.push(area);
        }
        let opaque = colour.is_some_and(|c| c[3] > 0.95);
        if !whole || !opaque || props.blend_mode != BlendMode::Normal || props.soft_mask.is_some() {
            return;
        }
        self.looked_at += self.marks.len();
        if self.looked_at > MAX_COVERED {
            stop(Failure::Limit { name: "fills", limit: MAX_COVERED as u64 });
        }
        let clip = self.clip();
        for mark in &mut self.marks {
            let at = mark.glyph.frame.centre();
            mark.covered |= area.holds(at) && clip.holds(at);
        }
    }
}

impl<'a> Device<'a> for Ink<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        if !self.is_visible() || colour(&props.paint).is_some_and(|c| c[3] < 0.05) {
            return;
        }
        let placed = props.transform * path;
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.fill(&placed, &props);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode
            && f64::from(stroke.line_width) * scale(&props.transform) <= BROAD
        {
            self.stroke(&placed);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step();
        self.clipped += 1;
        if self.clipped > MAX_CLIPS {
            stop(Failure::Limit { name: "clips", limit: u64::from(MAX_CLIPS) });
        }
        let (new, old) = (frame(clip.path.bounding_box()), self.clip());
        self.clips.push(Frame {
            left: new.left.max(old.left),
            top: new.top.max(old.top),
            right: new.right.min(old.right),
            bottom: new.bottom.min(old.bottom),
        });
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
        self.groups.push(opacity > 0.05);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        let colour = colour(&props.paint);
        if matches!(mode, DrawMode::Invisible) || !self.is_visible() || colour.is_some_and(|c| c[3] < 0.05) {
            return;
        }
        let white = colour.is_some_and(is_white);
        let place = |glyph: &PositionedGlyph<'_>| props.transform * glyph.transform();
        let mut before = None;
        let mut next = run.glyphs().first().map(place);
        self.begin_run(false);
        for (i, glyph) in run.glyphs().iter().enumerate() {
            self.step();
            let Some(at) = next else { break };
            next = run.glyphs().get(i + 1).map(place);
            let wide = advance(glyph);
            if before.is_some_and(|(before, wide)| gap(&before, &at, wide) > GAP) {
                self.begin_run(self.spaced);
            }
            before = Some((at, wide));
            let Some((frame, quarter)) = standing(&at, next.as_ref(), wide) else { continue };
            if white && !self.shades.iter().any(|s| s.holds(frame.centre())) {
                continue;
            }
            self.glyph(glyph, frame, quarter);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
        if !self.is_visible() {
            return;
        }
        let scaled = props.transform * Affine::scale_non_uniform(f64::from(image.width()), f64::from(image.height()));
        let mut picture =
            Picture::placed(frame(scaled.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0))), self.clip());
        if self.with_pixels {
            picture.decode(&image, props.transform);
        }
        self.shades.push(picture.frame);
        self.pictures.push(picture);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.step();
        let text = properties.and_then(|p| p.get::<PdfString<'_>>(b"ActualText"));
        self.spoken.push(
            text.map(|t| Spoken { text: characters::seen(characters::decoded(t.as_bytes()).chars()), taken: None }),
        );
    }

    fn end_marked_content(&mut self) {
        self.spoken.pop();
    }
}

/// The advance of a character in thousandths of its height.
fn advance(glyph: &Drawn<'_>) -> f64 {
    let width = match glyph {
        Drawn::Outline(g) => g.advance_width(),
        Drawn::Type3(g) => g.advance_width(),
    };
    width.map(f64::from).filter(|w| w.is_finite() && *w > 0.0 && *w < 4_000.0).unwrap_or(1_000.0)
}

/// What lies between the end of a character and the next one, in thousandths of its height.
fn gap(at: &Affine, next: &Affine, advance: f64) -> f64 {
    let [a, b, ..] = at.as_coeffs();
    let along = Vec2::new(a, b);
    (next.translation() - at.translation()).dot(along) / along.hypot2() - advance
}

/// Where a character stands and in which direction it is read; nothing for one that leans, or is too small to be seen.
fn standing(at: &Affine, next: Option<&Affine>, advance: f64) -> Option<(Frame, u8)> {
    let [a, b, ..] = at.as_coeffs();
    // The next character begins where this one ends, whatever the font says of its width.
    let next = next.map(|n| gap(at, n, 0.0));
    let wide = next.filter(|n| *n > 100.0 && *n < advance).unwrap_or(advance);
    let bounds = at.transform_rect_bbox(Rect::new(0.0, -150.0, wide, 850.0));
    let (slow, fast) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    if !bounds.is_finite() || fast <= 0.0 || slow > TILTED * fast || bounds.width().max(bounds.height()) < 1.0 {
        return None;
    }
    let quarter = match (a.abs() >= b.abs(), a > 0.0, b > 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    };
    Some((frame(bounds), quarter))
}

/// How much a transform enlarges.
fn scale(transform: &Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

/// A plain colour: red, green, blue, opacity.
fn colour(paint: &Paint<'_>) -> Option<[f32; 4]> {
    match paint {
        Paint::Color(colour) => Some(colour.to_rgba().components()),
        Paint::Pattern(_) => None,
    }
}

fn is_white(colour: [f32; 4]) -> bool {
    colour[..3].iter().all(|c| *c > 0.97)
}

fn frame(r: Rect) -> Frame {
    Frame { left: r.x0 as f32, top: r.y0 as f32, right: r.x1 as f32, bottom: r.y1 as f32 }
}

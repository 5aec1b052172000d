//! How a file, its limits and what was read of it are written on the pipes between two processes of one version.
//!
//! Frames: the length in four bytes, then that many bytes. Numbers are little-endian. Everything is taken apart field by
//! field, so that a new field of a document does not compile before it is written here.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::decode::{Contents, Limits};
use crate::document::{Block, Document, Frame, Grid, GridCell, Origin, Place, Sighting, Span, Stretch};
use crate::error::{Failure, Fault};

/// Bytes of the longest frame that is taken.
pub(super) const LONGEST: usize = 512 << 20;

/// Bytes in the making.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

/// Bytes that are taken apart; nothing where they are too few or mean nothing.
#[derive(Debug)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Writer {
    fn byte(&mut self, n: u8) -> &mut Writer {
        self.0.push(n);
        self
    }

    fn short(&mut self, n: u16) -> &mut Writer {
        self.0.extend_from_slice(&n.to_le_bytes());
        self
    }

    fn word(&mut self, n: u32) -> &mut Writer {
        self.0.extend_from_slice(&n.to_le_bytes());
        self
    }

    pub(super) fn long(&mut self, n: u64) -> &mut Writer {
        self.0.extend_from_slice(&n.to_le_bytes());
        self
    }

    fn real(&mut self, n: f32) -> &mut Writer {
        self.word(n.to_bits())
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Writer {
        self.long(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Writer {
        self.bytes(text.as_bytes())
    }

    fn span(&mut self, span: Span) -> &mut Writer {
        self.word(span.start).word(span.end)
    }

    fn all<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Writer, &T)) -> &mut Writer {
        self.long(items.len() as u64);
        items.iter().for_each(|item| each(self, item));
        self
    }
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[n]| n)
    }

    fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn word(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn real(&mut self) -> Option<f32> {
        self.word().map(f32::from_bits)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.long()?;
        self.take(usize::try_from(length).ok()?)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// One of the words of the program, which live as long as it.
    fn known(&mut self) -> Option<&'static str> {
        known(self.text()?)
    }

    /// A span that lies in a text of so many bytes.
    fn span(&mut self, most: usize) -> Option<Span> {
        let (start, end) = (self.word()?, self.word()?);
        (start <= end && end as usize <= most).then_some(Span { start, end })
    }

    fn all<T>(&mut self, mut each: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
        let count = self.long()?;
        // Each item takes a byte at least: a count cannot ask for more memory than there are bytes.
        let mut items = Vec::with_capacity(usize::try_from(count).ok()?.min(self.0.len()));
        for _ in 0..count {
            items.push(each(self)?);
        }
        Some(items)
    }
}

/// The few words that formats, encodings and limits are named by; each is kept once and for good.
fn known(word: &str) -> Option<&'static str> {
    const MOST_WORDS: usize = 1_000;
    const LONGEST_WORD: usize = 200;
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = words.get(word) {
        return Some(word);
    }
    if words.len() >= MOST_WORDS || word.len() > LONGEST_WORD {
        return None;
    }
    let kept: &'static str = Box::leak(word.into());
    words.insert(kept);
    Some(kept)
}

pub(super) fn write_limits(out: &mut Writer, limits: &Limits) {
    let &Limits {
        file_bytes,
        inflated_bytes,
        archive_bytes,
        ratio,
        depth,
        span,
        cells,
        pages,
        glyphs,
        time,
        memory,
        archive_depth,
        members,
    } = limits;
    out.long(file_bytes).long(inflated_bytes).long(archive_bytes).long(ratio).long(depth as u64).word(span);
    out.long(cells as u64).long(pages as u64).long(glyphs as u64);
    out.long(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)).long(memory);
    out.long(archive_depth as u64).long(members as u64);
}

pub(super) fn read_limits(from: &mut Reader<'_>) -> Option<Limits> {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Some(Limits {
        file_bytes: from.long()?,
        inflated_bytes: from.long()?,
        archive_bytes: from.long()?,
        ratio: from.long()?,
        depth: count(from.long()?),
        span: from.word()?,
        cells: count(from.long()?),
        pages: count(from.long()?),
        glyphs: count(from.long()?),
        time: Duration::from_millis(from.long()?),
        memory: from.long()?,
        archive_depth: count(from.long()?),
        members: count(from.long()?),
    })
}

/// Writes what came of a file, and of each report in it.
pub(super) fn write_contents(out: &mut Writer, contents: &Result<Contents, Failure>) {
    match contents {
        Ok(Contents::One(document)) => write_document(out.byte(0), document),
        Err(failure) => write_failure(out.byte(1), failure),
        Ok(Contents::Several(reports)) => {
            out.byte(2).all(reports, |out, (name, outcome)| write_outcome(out.text(name), outcome));
        }
    }
}

/// Reads what came of a file, and of each report in it.
pub(super) fn read_contents(from: &mut Reader<'_>) -> Option<Result<Contents, Failure>> {
    match from.byte()? {
        0 => read_document(from).map(|document| Ok(Contents::One(document))),
        1 => read_failure(from).map(Err),
        2 => {
            let report = |from: &mut Reader<'_>| Some((from.text()?.to_owned(), read_outcome(from)?));
            from.all(report).map(|reports| Ok(Contents::Several(reports)))
        }
        _ => None,
    }
}

/// Writes what came of a report.
fn write_outcome(out: &mut Writer, outcome: &Result<Document, Failure>) {
    match outcome {
        Ok(document) => write_document(out.byte(0), document),
        Err(failure) => write_failure(out.byte(1), failure),
    }
}

/// Reads what came of a report.
fn read_outcome(from: &mut Reader<'_>) -> Option<Result<Document, Failure>> {
    match from.byte()? {
        0 => read_document(from).map(Ok),
        1 => read_failure(from).map(Err),
        _ => None,
    }
}

const ORIGINS: [Origin; 6] =
    [Origin::Markup, Origin::Ruled, Origin::Separated, Origin::Spaced, Origin::Stream, Origin::Glued];

fn write_document(out: &mut Writer, document: &Document) {
    let Document { format, charset, text, blocks, stretches, places, site, sightings } = document;
    out.text(format).text(charset).text(text);
    out.all(blocks, |out, block| match block {
        Block::Text(span) => {
            out.byte(0).span(*span);
        }
        Block::Grid(Grid { origin, rows }) => {
            out.byte(1).byte(ORIGINS.iter().position(|o| o == origin).unwrap_or(0) as u8);
            out.all(rows, |out, row| {
                out.all(row, |out, GridCell { span, column, width }| {
                    out.span(*span).short(*column).short(*width);
                });
            });
        }
    });
    out.all(stretches, |out, Stretch { reading, source }| {
        out.span(*reading).span(*source);
    });
    out.all(places, |out, Place { reading, page, frame }| {
        let Frame { left, top, right, bottom } = *frame;
        out.span(*reading).word(*page).real(left).real(top).real(right).real(bottom);
    });
    out.all(site, |out, line| {
        out.text(line);
    });
    out.all(sightings, |out, Sighting { reading, confidence, rival }| {
        out.span(*reading).real(*confidence);
        out.all(rival.as_slice(), |out, rival| {
            out.text(rival);
        });
    });
}

fn read_document(from: &mut Reader<'_>) -> Option<Document> {
    let (format, charset, text) = (from.known()?, from.known()?, from.text()?.to_owned());
    let most = text.len();
    let cell =
        |from: &mut Reader<'_>| Some(GridCell { span: from.span(most)?, column: from.short()?, width: from.short()? });
    Some(Document {
        format,
        charset,
        blocks: from.all(|from| match from.byte()? {
            0 => from.span(most).map(Block::Text),
            1 => {
                let origin = *ORIGINS.get(usize::from(from.byte()?))?;
                Some(Block::Grid(Grid { origin, rows: from.all(|from| from.all(cell))? }))
            }
            _ => None,
        })?,
        stretches: from.all(|from| Some(Stretch { reading: from.span(most)?, source: from.span(usize::MAX)? }))?,
        places: from.all(|from| {
            let (reading, page) = (from.span(most)?, from.word()?);
            let (left, top, right, bottom) = (from.real()?, from.real()?, from.real()?, from.real()?);
            Some(Place { reading, page, frame: Frame { left, top, right, bottom } })
        })?,
        site: from.all(|from| from.text().map(str::to_owned))?,
        sightings: from.all(|from| {
            let (reading, confidence) = (from.span(most)?, from.real()?);
            let rival = from.all(|from| from.text().map(Box::from))?.pop();
            Some(Sighting { reading, confidence, rival })
        })?,
        text,
    })
}

fn write_failure(out: &mut Writer, failure: &Failure) {
    let _: &mut Writer = match failure {
        Failure::Empty { bytes } => out.byte(0).long(*bytes),
        Failure::TooLarge { limit, bytes } => out.byte(1).long(*limit).long(*bytes),
        Failure::Limit { name, limit } => out.byte(2).text(name).long(*limit),
        Failure::Damaged { format, detail } => out.byte(3).text(format).text(detail),
        Failure::UnknownFormat { format } => out.byte(4).text(format),
        Failure::Encoding { at } => out.byte(5).long(*at as u64),
        Failure::Locked { format } => out.byte(6).text(format),
        Failure::Scan { what } => out.byte(7).text(what),
        Failure::Panic(said) => out.byte(8).text(said),
        Failure::Converter(said) => out.byte(9).text(said),
        Failure::Io(said) => out.byte(10).text(said),
        Failure::Crash(said) => out.byte(11).text(said),
        // None of these comes of the decoding of one file.
        Failure::NotAReport { sections } => out.byte(12).long(*sections as u64),
        Failure::NotOne { reports } => out.byte(13).long(*reports as u64),
        Failure::Member(fault) => out.byte(14).byte(FAULTS.iter().position(|f| f == fault).unwrap_or(0) as u8),
        Failure::Cancelled => out.byte(15),
    };
}

const FAULTS: [Fault; 5] = [Fault::Encrypted, Fault::Overlap, Fault::Outside, Fault::Link, Fault::Method];

fn read_failure(from: &mut Reader<'_>) -> Option<Failure> {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Some(match from.byte()? {
        0 => Failure::Empty { bytes: from.long()? },
        1 => Failure::TooLarge { limit: from.long()?, bytes: from.long()? },
        2 => Failure::Limit { name: from.known()?, limit: from.long()? },
        3 => Failure::Damaged { format: from.known()?, detail: from.text()?.to_owned() },
        4 => Failure::UnknownFormat { format: from.known()? },
        5 => Failure::Encoding { at: count(from.long()?) },
        6 => Failure::Locked { format: from.known()? },
        7 => Failure::Scan { what: from.known()? },
        8 => Failure::Panic(from.text()?.to_owned()),
        9 => Failure::Converter(from.text()?.to_owned()),
        10 => Failure::Io(from.text()?.to_owned()),
        11 => Failure::Crash(from.text()?.to_owned()),
        12 => Failure::NotAReport { sections: count(from.long()?) },
        13 => Failure::NotOne { reports: count(from.long()?) },
        14 => Failure::Member(*FAULTS.get(usize::from(from.byte()?))?),
        15 => Failure::Cancelled,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(outcome: &Result<Document, Failure>) -> Option<Result<Document, Failure>> {
        let mut out = Writer::default();
        write_outcome(&mut out, outcome);
        for cut in 0..out.0.len() {
            assert!(read_outcome(&mut Reader(&out.0[..cut])).is_none(), "{cut}");
        }
        let mut from = Reader(&out.0);
        let read = read_outcome(&mut from);
        assert!(from.0.is_empty());
        read
    }

    #[test]
    fn a_document_comes_back_as_it_was() {
        let span = Span::new(0, 3);
        let frame = Frame { left: 1.5, top: -2.0, right: 3.25, bottom: f32::MAX };
        let row = vec![GridCell { span, column: 7, width: 65_535 }, GridCell { span, column: 8, width: 1 }];
        let document = Document {
            format: "pdf",
            charset: "utf-8",
            text: "规1".to_owned(),
            blocks: vec![
                Block::Text(Span::new(0, 4)),
                Block::Grid(Grid { origin: Origin::Ruled, rows: vec![row, Vec::new()] }),
            ],
            stretches: vec![Stretch { reading: span, source: Span::new(10, 900) }],
            places: vec![Place { reading: span, page: 3, frame }],
            site: vec!["首页".to_owned()],
            sightings: vec![
                Sighting { reading: span, confidence: 0.5, rival: Some("7".into()) },
                Sighting { reading: span, confidence: 1.0, rival: None },
            ],
        };
        let told = format!("{document:?}");
        assert_eq!(format!("{:?}", again(&Ok(document)).unwrap().unwrap()), told);
    }

    #[test]
    fn failures_come_back_as_they_were() {
        let text = || "x".to_owned();
        for failure in [
            Failure::Empty { bytes: 1 },
            Failure::TooLarge { limit: 1, bytes: 2 },
            Failure::Limit { name: "time", limit: 2 },
            Failure::Damaged { format: "PDF", detail: text() },
            Failure::UnknownFormat { format: "XLS" },
            Failure::Encoding { at: 7 },
            Failure::Locked { format: "PDF" },
            Failure::Scan { what: "x" },
            Failure::Panic(text()),
            Failure::Converter(text()),
            Failure::Io(text()),
            Failure::Crash(text()),
            Failure::NotAReport { sections: 2 },
            Failure::NotOne { reports: 0 },
            Failure::Member(Fault::Method),
            Failure::Cancelled,
        ] {
            assert_eq!(again(&Err(failure.clone())).unwrap().unwrap_err(), failure);
        }
    }

    #[test]
    fn limits_come_back_as_they_were() {
        let limits = Limits { span: 7, time: Duration::from_millis(1_234), ..Limits::default() };
        let mut out = Writer::default();
        write_limits(&mut out, &limits);
        assert_eq!(read_limits(&mut Reader(&out.0)), Some(limits));
    }

    #[test]
    fn what_does_not_fit_together_is_nothing() {
        let mut out = Writer::default();
        out.byte(0).text("pdf").text("utf-8").text("x").long(1).byte(0).word(0).word(2);
        assert!(read_outcome(&mut Reader(&out.0)).is_none(), "a span beyond the text");
        let mut out = Writer::default();
        out.byte(0).text("pdf").text("utf-8").text("x").long(u64::MAX);
        assert!(read_outcome(&mut Reader(&out.0)).is_none(), "more blocks than bytes");
    }
}

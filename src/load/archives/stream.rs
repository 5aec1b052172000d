//! Archives that are read from front to back: tar, packed or not, and single packed files.
//!
//! Members are taken in batches of bounded size, and the members of a batch are read side by side.

use std::io::{self, BufRead, Read};

use rayon::prelude::*;
use tar::{Archive, Entry, EntryType, PaxExtensions};

use super::inflate::{Behind, Meter, Metered, unfold};
use super::{HEAD, Kind, Place, bytes, names};
use crate::error::{Failure, Fault};
use crate::load::reading::guarded;
use crate::load::rows::{CHUNK, Cancelled, Rows, Run, Turn};

/// Inflated bytes of a batch, unless one member is larger.
const BATCH: usize = 16 << 20;
/// Members that one worker takes of a batch.
const SHARE: usize = 16;
/// Bytes of a name, and of what stands before a member to tell it.
const NAME: u64 = 64 << 10;

/// Whether a file begins with the header of a tar archive: its checksum holds.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(head) = head.get(..HEAD) else { return false };
    let digits = head[148..156].trim_ascii_start();
    let digits = &digits[..digits.iter().position(|b| !matches!(b, b'0'..=b'7')).unwrap_or(digits.len())];
    let promised = std::str::from_utf8(digits).ok().and_then(|d| u32::from_str_radix(d, 8).ok());
    let sum = |bytes: &[u8]| bytes.iter().map(|b| u32::from(*b)).sum::<u32>();
    promised == Some(sum(&head[..148]) + 8 * u32::from(b' ') + sum(&head[156..]))
}

/// A member that was taken.
pub(super) struct Taken {
    pub(super) shown: String,
    pub(super) content: Result<Vec<u8>, Failure>,
}

/// Reads all members; tells the bytes that they inflate to.
pub(super) fn read<'a>(
    run: &Run<'_>,
    place: Place<'_>,
    kind: Kind,
    packed: Box<dyn BufRead + 'a>,
    length: u64,
    rows: &mut Rows,
) -> Result<u64, Cancelled> {
    let allowance = if kind == Kind::Tar { place.allowance.max(length) } else { place.allowance };
    let meter = Meter::new(allowance);
    let behind = Behind::default();
    let mut unfolded = Metered::new(unfold(kind, packed, &behind), &meter);
    let mut head = Vec::new();
    let begun =
        guarded(|| unfolded.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|e| torn(run, &meter, kind, &e)));
    let mut batch = Batch::metered(run, place, &meter, rows);
    let ended = match begun {
        Err(failure) => Err(failure),
        Ok(_) if is_tar(&head) => members(&mut batch, kind, head.as_slice().chain(unfolded))?,
        Ok(_) if kind == Kind::Tar => Err(Failure::Damaged { format: "tar", detail: "no header".to_owned() }),
        Ok(_) => whole(&mut batch, kind, head, unfolded)?,
    };
    batch.flush()?;
    let members = batch.members;
    drop(batch);
    match ended {
        Err(failure) => rows.failure(place.shown, failure),
        Ok(()) if members == 0 => rows.failure(place.shown, Failure::Empty { bytes: length }),
        Ok(()) if behind.is_set() => {
            let detail = "bytes behind its end that are none of it".to_owned();
            rows.failure(place.shown, Failure::Damaged { format: name_of(kind), detail });
        }
        Ok(()) => {}
    }
    Ok(allowance - meter.left())
}

/// A single packed file.
fn whole(
    batch: &mut Batch<'_, '_>,
    kind: Kind,
    mut content: Vec<u8>,
    rest: impl Read,
) -> Result<Result<(), Failure>, Cancelled> {
    let limit = batch.run.options.limits.file_bytes;
    let (run, meter) = (batch.run, batch.meter.clone());
    let read = guarded(|| {
        rest.take(limit).read_to_end(&mut content).map_err(|e| torn(run, &meter, kind, &e))?;
        if content.len() as u64 > limit {
            return Err(Failure::Limit { name: "file_bytes", limit });
        }
        Ok(content)
    });
    match read {
        Ok(content) => {
            let shown = format!("{}!/{}", batch.place.shown, names::stem(batch.place.shown));
            batch.take(Taken { shown, content: Ok(content) }).map(Ok)
        }
        Err(failure) => Ok(Err(failure)),
    }
}

/// The members of a tar archive, in their order.
fn members(batch: &mut Batch<'_, '_>, kind: Kind, unfolded: impl Read) -> Result<Result<(), Failure>, Cancelled> {
    let (run, meter) = (batch.run, batch.meter.clone());
    let limits = &run.options.limits;
    let mut archive = Archive::new(unfolded);
    let mut entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(e) => return Ok(Err(torn(run, &meter, kind, &e))),
    };
    let mut name: Option<Vec<u8>> = None;
    loop {
        let next = guarded(|| {
            match entries.next() {
                Some(Ok(mut entry)) => member(run, &mut entry, &mut name, batch.place),
                Some(Err(e)) => Err(e),
                None => return Ok(None),
            }
            .map(Some)
            .map_err(|e| torn(run, &meter, kind, &e))
        });
        match next {
            Ok(Some(Some(_))) if batch.members >= limits.members => {
                return Ok(Err(Failure::Limit { name: "members", limit: limits.members as u64 }));
            }
            Ok(Some(Some(taken))) => batch.take(taken)?,
            Ok(Some(None)) => {}
            Ok(None) => break,
            Err(failure) => return Ok(Err(failure)),
        }
    }
    // The checksum of the stream stands behind the last member.
    let rest =
        guarded(|| io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|e| torn(run, &meter, kind, &e)));
    Ok(rest.map(drop))
}

/// Takes a member, or what stands before one: its long name.
fn member(
    run: &Run<'_>,
    entry: &mut Entry<'_, impl Read>,
    name: &mut Option<Vec<u8>>,
    place: Place<'_>,
) -> io::Result<Option<Taken>> {
    let most = run.options.limits.file_bytes;
    let kind = entry.header().entry_type();
    let told =
        matches!(kind, EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader | EntryType::XGlobalHeader);
    if told {
        let mut value = Vec::new();
        entry.take(NAME).read_to_end(&mut value)?;
        match kind {
            EntryType::GNULongName => {
                value.truncate(value.iter().position(|b| *b == 0).unwrap_or(value.len()));
                *name = Some(value);
            }
            EntryType::XHeader => {
                let path = PaxExtensions::new(&value).flatten().find(|e| e.key_bytes() == b"path");
                *name = path.map(|e| e.value_bytes().to_vec()).or(name.take());
            }
            _ => {}
        }
        return Ok(None);
    }
    let raw = name.take().unwrap_or_else(|| entry.header().path_bytes().into_owned());
    let shown = names::shown(place.shown, &raw);
    let content = match kind {
        EntryType::Directory => return Ok(None),
        // Old archives tell folders by their names alone.
        EntryType::Regular if raw.ends_with(b"/") || run.passes_over(&shown) => return Ok(None),
        EntryType::Regular | EntryType::Continuous => match names::fault(place.shown, &shown) {
            Some(fault) => Err(Failure::Member(fault)),
            None if entry.header().entry_size()? > most => Err(Failure::Limit { name: "file_bytes", limit: most }),
            None => {
                let mut content = Vec::new();
                let size = entry.header().entry_size()?;
                entry.read_to_end(&mut content)?;
                if (content.len() as u64) < size {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(content)
            }
        },
        _ => Err(Failure::Member(Fault::Link)),
    };
    Ok(Some(Taken { shown, content }))
}

/// Members that wait to be read.
pub(super) struct Batch<'a, 'r> {
    run: &'a Run<'r>,
    place: Place<'a>,
    meter: Meter,
    rows: &'a mut Rows,
    taken: Vec<Taken>,
    bytes: usize,
    /// All members so far.
    members: usize,
    /// The right to use all workers: one stream at a time has it, so that few batches are held.
    turn: Option<Turn<'a>>,
}

impl<'a, 'r> Batch<'a, 'r> {
    /// An empty batch, whose members may inflate to what the place allows.
    pub(super) fn new(run: &'a Run<'r>, place: Place<'a>, rows: &'a mut Rows) -> Batch<'a, 'r> {
        Batch::metered(run, place, &Meter::new(place.allowance), rows)
    }

    /// An empty batch, whose members may inflate to what a meter allows.
    pub(super) fn metered(run: &'a Run<'r>, place: Place<'a>, meter: &Meter, rows: &'a mut Rows) -> Batch<'a, 'r> {
        Batch { run, place, meter: meter.clone(), rows, taken: Vec::new(), bytes: 0, members: 0, turn: None }
    }

    pub(super) fn run(&self) -> &'a Run<'r> {
        self.run
    }

    pub(super) fn place(&self) -> Place<'a> {
        self.place
    }

    pub(super) fn meter(&self) -> &Meter {
        &self.meter
    }

    pub(super) fn take(&mut self, taken: Taken) -> Result<(), Cancelled> {
        self.run.go_on()?;
        self.run.found(1);
        self.members += 1;
        let content = taken.content.as_deref().unwrap_or_default();
        if Kind::of(content).is_some() {
            // What an archive takes of the allowance is told in the order of the members.
            self.flush()?;
            return self.one(&taken);
        }
        self.bytes += content.len();
        self.taken.push(taken);
        if self.turn.is_none() && self.place.depth == 0 {
            self.turn = self.run.turn();
        }
        if self.turn.is_none() || self.taken.len() >= CHUNK || self.bytes >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Reads all members that wait.
    pub(super) fn flush(&mut self) -> Result<(), Cancelled> {
        self.bytes = 0;
        let taken = std::mem::take(&mut self.taken);
        if taken.len() <= SHARE {
            return taken.iter().try_for_each(|t| self.one(t));
        }
        let (run, place) = (self.run, self.place);
        let parts: Result<Vec<_>, Cancelled> = taken
            .par_chunks(SHARE)
            .map(|share| {
                let mut rows = Rows::of(share.len());
                for taken in share {
                    // None of them is an archive: nothing is inflated.
                    one(run, place, 0, taken, &mut rows)?;
                }
                Ok(rows.finish())
            })
            .collect();
        self.rows.append(parts?.into_iter().flatten());
        Ok(())
    }

    fn one(&mut self, taken: &Taken) -> Result<(), Cancelled> {
        let inflated = one(self.run, self.place, self.meter.left(), taken, self.rows)?;
        self.meter.take(inflated);
        Ok(())
    }
}

fn one(run: &Run<'_>, place: Place<'_>, allowance: u64, taken: &Taken, rows: &mut Rows) -> Result<u64, Cancelled> {
    let inflated = match &taken.content {
        Ok(content) => bytes(run, Place { shown: &taken.shown, depth: place.depth + 1, allowance }, content, rows)?,
        Err(failure) => {
            rows.failure(&taken.shown, failure.clone());
            0
        }
    };
    run.done(1);
    Ok(inflated)
}

/// Why a stream broke off.
fn torn(run: &Run<'_>, meter: &Meter, kind: Kind, error: &io::Error) -> Failure {
    if meter.left() == 0 {
        return Failure::Limit { name: "ratio", limit: run.options.limits.ratio };
    }
    Failure::Damaged { format: name_of(kind), detail: error.to_string() }
}

/// What a kind of stream is called.
fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Gzip => "gzip",
        Kind::Zstandard => "Zstandard",
        Kind::Seven => "7z",
        Kind::Tar | Kind::Zip | Kind::Records => "tar",
    }
}

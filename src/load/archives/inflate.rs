//! What packed streams unfold to, measured.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Kind;

/// Bytes of frames that are unfolded at once.
const STEP: usize = 1 << 17;
/// Bytes in which a frame may point back.
const WINDOW: u64 = 64 << 20;

/// The bytes of a stream of a kind; `behind` is set if bytes follow it that are none of it.
pub(super) fn unfold<'a>(kind: Kind, packed: Box<dyn BufRead + 'a>, behind: &Behind) -> Box<dyn Read + 'a> {
    match kind {
        Kind::Gzip => Box::new(Members { decoder: Some(GzDecoder::new(packed)), behind: behind.clone() }),
        Kind::Zstandard => Box::new(Frames::new(packed, behind.clone())),
        Kind::Zip | Kind::Seven | Kind::Tar | Kind::Records => Box::new(packed),
    }
}

/// Whether bytes were found behind the end of a stream. Nobody packs them; a download may be stuck together of two.
#[derive(Debug, Clone, Default)]
pub(super) struct Behind(Rc<Cell<bool>>);

impl Behind {
    pub(super) fn is_set(&self) -> bool {
        self.0.get()
    }

    /// Looks at all that follows; zeros only fill a block of a tape.
    fn look(&self, rest: &mut impl BufRead) -> io::Result<()> {
        loop {
            let bytes = rest.fill_buf()?;
            if bytes.is_empty() {
                return Ok(());
            }
            if bytes.iter().any(|b| *b != 0) {
                self.0.set(true);
                return Ok(());
            }
            let length = bytes.len();
            rest.consume(length);
        }
    }
}

/// The members of a gzip file, one behind the other.
struct Members<R> {
    /// None when the last one has ended.
    decoder: Option<GzDecoder<R>>,
    behind: Behind,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = self.decoder.as_mut() {
            let read = decoder.read(out)?;
            if read > 0 || out.is_empty() {
                return Ok(read);
            }
            let Some(ended) = self.decoder.take() else { break };
            let mut rest = ended.into_inner();
            match rest.fill_buf()? {
                [0x1f] | [0x1f, 0x8b, ..] => self.decoder = Some(GzDecoder::new(rest)),
                _ => self.behind.look(&mut rest)?,
            }
        }
        Ok(0)
    }
}

/// What may still be read.
#[derive(Debug, Clone)]
pub(super) struct Meter(Rc<Cell<u64>>);

impl Meter {
    pub(super) fn new(allowance: u64) -> Meter {
        Meter(Rc::new(Cell::new(allowance)))
    }

    pub(super) fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes bytes that were inflated elsewhere.
    pub(super) fn take(&self, bytes: u64) {
        self.0.set(self.0.get().saturating_sub(bytes));
    }
}

/// A stream that ends in an error when it has given all that it may.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, meter: &Meter) -> Metered<R> {
        Metered { inner, meter: meter.clone() }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.meter.left()).unwrap_or(usize::MAX);
        if left == 0 && !out.is_empty() {
            return Err(io::Error::other("the archive inflates to more than it may"));
        }
        let wanted = out.len().min(left);
        let read = self.inner.read(&mut out[..wanted])?;
        self.meter.take(read as u64);
        Ok(read)
    }
}

/// The frames of Zstandard, one behind the other.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_open: bool,
    /// Whether there was a frame before.
    is_begun: bool,
    behind: Behind,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R, behind: Behind) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Frames { source, decoder, is_open: false, is_begun: false, behind }
    }

    /// Begins the next frame, if there is one.
    fn begin(&mut self) -> io::Result<bool> {
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => {
                    self.is_begun = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(magic)))
                    if self.is_begun =>
                {
                    self.behind.0.set(self.behind.is_set() || magic != 0);
                    self.behind.look(&mut self.source)?;
                    return Ok(false);
                }
                // Bytes for other readers.
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(e) => return Err(io::Error::other(e.to_string())),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_open {
                self.is_open = self.begin()?;
                if !self.is_open {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBytes(STEP))
                    .map_err(|e| io::Error::other(e.to_string()))?;
            }
            let read = self.decoder.read(out)?;
            if read > 0 {
                return Ok(read);
            }
            self.is_open = false;
            let promised = self.decoder.get_checksum_from_data();
            if promised.is_some() && promised != self.decoder.get_calculated_checksum() {
                return Err(io::Error::other("a checksum is not as promised"));
            }
        }
    }
}

//! What packed streams unfold to, measured.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Kind;

/// Bytes of frames that are unfolded at once.
const STEP: usize = 1 << 17;
/// Bytes in which a frame may point back.
const WINDOW: u64 = 64 << 20;

/// The bytes of a stream of a kind.
pub(super) fn unfold<'a>(kind: Kind, packed: Box<dyn BufRead + 'a>) -> Box<dyn Read + 'a> {
    match kind {
        Kind::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Kind::Zstandard => Box::new(Frames::new(packed)),
        Kind::Zip | Kind::Tar | Kind::Records => Box::new(packed),
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
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Frames { source, decoder, is_open: false }
    }

    /// Begins the next frame, if there is one.
    fn begin(&mut self) -> io::Result<bool> {
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
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

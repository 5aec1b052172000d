//! LZMA and LZMA2 as readers. The library is given its bytes and asked for others, call by call, so that a call which
//! takes nothing and gives nothing ends the archive: its own reader turns in circles on some broken blocks.

use std::io::{self, BufRead, Read};

use lzma_rust2::{Action, Lzma2Stream, LzmaStream, Status};

/// Either method.
pub(super) enum Unpacker {
    Lzma(Box<LzmaStream>),
    Lzma2(Box<Lzma2Stream>),
}

/// The bytes of a block, as they unpack.
pub(super) struct Unpacked<R> {
    packed: R,
    unpacker: Unpacker,
    is_ended: bool,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(packed: R, unpacker: Unpacker) -> Unpacked<R> {
        Unpacked { packed, unpacker, is_ended: false }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.is_ended && !out.is_empty() {
            let bytes = self.packed.fill_buf()?;
            let action = if bytes.is_empty() { Action::Finish } else { Action::Run };
            let told = match &mut self.unpacker {
                Unpacker::Lzma(stream) => stream.process(bytes, out, action)?,
                Unpacker::Lzma2(stream) => stream.process(bytes, out, action)?,
            };
            self.packed.consume(told.bytes_consumed);
            self.is_ended = told.status == Status::StreamEnd;
            if told.bytes_produced > 0 {
                return Ok(told.bytes_produced);
            }
            if told.bytes_consumed == 0 && !self.is_ended {
                return Err(io::Error::other("a block that goes nowhere"));
            }
        }
        Ok(0)
    }
}

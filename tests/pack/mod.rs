//! Archives for tests, well made or not.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::path::EntryPath;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A zip file of members; names are written as they are.
pub(crate) fn zip<N: AsRef<[u8]>, C: AsRef<[u8]>>(members: &[(N, C)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, content) in members {
        let path = EntryPath::verbatim(name.as_ref());
        let (mut entry, config) =
            archive.new_file(path).compression_method(CompressionMethod::DEFLATE).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(content.as_ref()).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

/// A tar archive of members.
pub(crate) fn tar<N: AsRef<[u8]>, C: AsRef<[u8]>>(members: &[(N, C)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        let name = name.as_ref();
        if name.len() > 100 {
            header.set_entry_type(tar::EntryType::GNULongName);
            header.set_size(name.len() as u64 + 1);
            header.set_cksum();
            archive.append(&header, [name, b"\0"].concat().as_slice()).unwrap();
            header = tar::Header::new_gnu();
        }
        let short = name.len().min(100);
        header.as_mut_bytes()[..short].copy_from_slice(&name[..short]);
        header.set_size(content.as_ref().len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, content.as_ref()).unwrap();
    }
    archive.into_inner().unwrap()
}

/// Bytes packed by gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Bytes packed by Zstandard.
pub(crate) fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

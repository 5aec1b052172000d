//! What targets share: bytes go as far as a report goes.
#![allow(dead_code, reason = "each target uses some of it")]

use gxbg::check::check;
use gxbg::decode::{Budget, Limits, decode_within};
use gxbg::document::Document;
use gxbg::ledger::settle;
use gxbg::recognize::recognize;

/// Small limits: what is over them is found in less time.
pub fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, inflated_bytes: 4 << 20, archive_bytes: 16 << 20, ..Limits::default() }
}

/// Decodes bytes between a head and a tail that make a format of them.
pub fn decoded(head: &[u8], data: &[u8], tail: &[u8]) {
    if let Ok(document) = decode_within(&[head, data, tail].concat(), &Budget::new(&limits())) {
        sound(&document);
    }
}

/// Every span of a document lies in its text and between characters.
pub fn sound(document: &Document) {
    use gxbg::document::Block;
    let text = document.text.as_str();
    let inside = |span: gxbg::document::Span| {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {} bytes", text.len());
    };
    for block in &document.blocks {
        match block {
            Block::Text(span) => inside(*span),
            Block::Grid(grid) => grid.rows.iter().flatten().for_each(|cell| inside(cell.span)),
        }
    }
    document.places.iter().for_each(|p| inside(p.reading));
    document.sightings.iter().for_each(|s| inside(s.reading));
}

/// What comes after the decoding.
pub fn read(document: &Document) {
    if let Ok(report) = recognize(document) {
        let settled = settle(report);
        check(&settled, &document.text);
    }
}

/// A PDF file whose page draws this.
pub fn page(data: &[u8]) -> Vec<u8> {
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 \
         >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F0 4 0 R >> \
         >> /Contents 5 0 R >>\nendobj\n4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n5 0 \
         obj\n<< /Length {} >>\nstream\n",
        data.len()
    );
    [head.as_bytes(), data, b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n"].concat()
}

/// A zip file of members that are stored as they are.
pub fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let at = out.len() as u32;
        let crc = checksum(content);
        let size = content.len() as u32;
        let fields = |record: &mut Vec<u8>, crc: u32| {
            record.extend_from_slice(&[20, 0, 0, 8, 0, 0, 0, 0, 0, 0]);
            record.extend_from_slice(&crc.to_le_bytes());
            record.extend_from_slice(&size.to_le_bytes());
            record.extend_from_slice(&size.to_le_bytes());
            record.extend_from_slice(&(name.len() as u16).to_le_bytes());
            record.extend_from_slice(&[0, 0]);
        };
        out.extend_from_slice(b"PK\x03\x04");
        fields(&mut out, crc);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        fields(&mut directory, crc);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let at = out.len() as u32;
    let count = (members.len() as u16).to_le_bytes();
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend_from_slice(&[count, count].concat());
    end.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    end.extend_from_slice(&at.to_le_bytes());
    end.extend_from_slice(&[0, 0]);
    [out, directory, end].concat()
}

/// The checksum of zip files.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
    })
}

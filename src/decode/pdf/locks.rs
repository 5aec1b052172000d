//! Opening a file: whole, broken, or locked by a password, in whole or for what is attached to it alone.

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

use crate::error::Failure;

/// The key of what says how a file is encrypted.
const KEY: &[u8] = b"/Encrypt";
/// A key of the same length that means nothing.
const NO_KEY: &[u8] = b"/Ignored";

/// Opens a file that needs no password.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, Failure> {
    let error = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => return Ok(pdf),
        Err(error) => error,
    };
    let keys: Vec<usize> = memmem::find_iter(bytes, KEY).filter(|at| is_key(&bytes[at + KEY.len()..])).collect();
    if keys.iter().any(|at| locks_attachments_alone(bytes, &bytes[at + KEY.len()..])) {
        let mut plain = bytes.to_vec();
        keys.iter().for_each(|at| plain[*at..at + KEY.len()].copy_from_slice(NO_KEY));
        if let Ok(pdf) = Pdf::new(plain) {
            return Ok(pdf);
        }
    }
    let detail = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => return Err(Failure::Locked { format: "PDF" }),
        LoadPdfError::Decryption(_) => "its encryption is broken or unknown",
        // With another key than the right one, a broken file has no pages.
        LoadPdfError::Invalid if !keys.is_empty() => return Err(Failure::Locked { format: "PDF" }),
        LoadPdfError::Invalid => "no pages were found in it",
    };
    Err(Failure::Damaged { format: "PDF", detail: detail.to_owned() })
}

/// Whether the name of a key ends here.
fn is_key(rest: &[u8]) -> bool {
    rest.first().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'0'..=b'9'))
}

/// Whether the text of a file is not encrypted, only what is attached to it; `value` begins with what the key holds.
fn locks_attachments_alone(bytes: &[u8], value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    let dictionary = if value.starts_with(b"<<") {
        Some(value)
    } else {
        let numbers = value.split(u8::is_ascii_whitespace).take(2).collect::<Vec<_>>().join(&b' ');
        let object = [b"\n", numbers.as_slice(), b" obj"].concat();
        let object_alone = [b"\r", &object[1..]].concat();
        [object, object_alone].iter().find_map(|o| memmem::find(bytes, o).map(|at| &bytes[at + o.len()..]))
    };
    let Some(dictionary) = dictionary else { return false };
    let end = [&b"endobj"[..], b"startxref", b"stream"].iter().filter_map(|e| memmem::find(dictionary, e)).min();
    let own = &dictionary[..end.unwrap_or(dictionary.len())];
    let is_plain = |key: &[u8]| match memmem::find(own, key) {
        Some(at) => own[at + key.len()..].trim_ascii_start().starts_with(b"/Identity"),
        // What is not named is not encrypted, where ways of encryption have names.
        None => true,
    };
    memmem::find(own, b"/CF").is_some() && is_plain(b"/StmF") && is_plain(b"/StrF")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one page with an encryption of some kind.
    fn file(encryption: &str) -> Vec<u8> {
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] \
             /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n4 0 obj\n<< \
             {encryption} >>\nendobj\ntrailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R >>\nstartxref\n1\n%%EOF"
        )
        .into_bytes()
    }

    const SECRET: &str = "/Filter /Standard /V 4 /R 4 /Length 128 /P -1 /O (01234567890123456789012345678901) \
                          /U (01234567890123456789012345678901) /CF << /StdCF << /CFM /AESV2 /AuthEvent /EFOpen >> >>";

    #[test]
    fn an_encrypted_attachment_alone_locks_nothing() {
        for names in ["/EFF /StdCF", "/StmF /Identity /StrF /Identity /EFF /StdCF"] {
            assert_eq!(open(&file(&format!("{SECRET} {names}"))).map(|p| p.pages().len()), Ok(1), "{names}");
        }
    }

    #[test]
    fn a_broken_file_with_a_password_is_locked() {
        let code = |encryption: &str| open(&file(encryption)).map(|_| ()).map_err(|f| f.code());
        assert_eq!(code(&format!("{SECRET} /StmF /StdCF /StrF /StdCF")), Err("locked"));
        assert_eq!(open(b"%PDF-1.7\n").map(|_| ()).map_err(|f| f.code()), Err("damaged"));
    }
}

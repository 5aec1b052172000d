//! Characters of RTF: bytes in the encoding of a font or of the file, and Unicode with a stand-in for old readers.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// The encodings of a file.
#[derive(Debug)]
pub(super) struct Charsets {
    /// The encoding of the file.
    page: &'static Encoding,
    /// Fonts of East Asian scripts.
    fonts: HashMap<i32, &'static Encoding>,
    /// Whether any font is a Chinese one.
    chinese: bool,
}

impl Charsets {
    /// The encodings before the file names any.
    pub(super) fn new() -> Charsets {
        Charsets { page: WINDOWS_1252, fonts: HashMap::new(), chinese: false }
    }

    /// The file names its code page.
    pub(super) fn set_page(&mut self, page: i32) {
        self.page = match page {
            936 | 54936 => GB18030,
            950 => BIG5,
            932 => SHIFT_JIS,
            949 => EUC_KR,
            65001 => UTF_8,
            _ => WINDOWS_1252,
        };
    }

    /// A font of the table names its character set.
    pub(super) fn set_font(&mut self, font: i32, charset: i32) {
        let encoding = match charset {
            134 => GB18030,
            136 => BIG5,
            128 => SHIFT_JIS,
            129 => EUC_KR,
            _ => return,
        };
        self.chinese |= charset == 134;
        if self.fonts.len() < 10_000 {
            self.fonts.insert(font, encoding);
        }
    }

    /// The name of the encoding that most bytes are in.
    pub(super) fn name(&self) -> &'static str {
        match self.page {
            page if page == GB18030 || (page == WINDOWS_1252 && self.chinese) => "gb18030",
            page if page == BIG5 => "big5",
            page if page == SHIFT_JIS => "shift_jis",
            page if page == EUC_KR => "euc-kr",
            page if page == UTF_8 => "utf-8",
            _ => "windows-1252",
        }
    }

    /// Decodes bytes written in a font. The file's own encoding comes first where it has Chinese characters: fonts are
    /// often named without care.
    pub(super) fn decode(&self, bytes: &[u8], font: i32, out: &mut String) {
        if let Some(ascii) = std::str::from_utf8(bytes).ok().filter(|b| b.is_ascii()) {
            out.push_str(ascii);
            return;
        }
        let mut wanted: Vec<&'static Encoding> = Vec::with_capacity(3);
        wanted.extend(self.fonts.get(&font));
        if self.page != WINDOWS_1252 {
            wanted.push(self.page);
        }
        if self.chinese {
            wanted.push(GB18030);
        }
        let whole = wanted.iter().find_map(|e| e.decode_without_bom_handling_and_without_replacement(bytes));
        let encoding = wanted.first().copied().unwrap_or(WINDOWS_1252);
        out.push_str(&whole.unwrap_or_else(|| encoding.decode_without_bom_handling(bytes).0));
    }
}

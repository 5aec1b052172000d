//! What RTF is made of.

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word and its number.
    Word(&'a [u8], Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A byte in hexadecimal digits.
    Hex(u8),
    /// Bytes as they stand.
    Plain(&'a [u8]),
}

/// Parts bytes into tokens; whatever they are, it comes to their end.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of a file.
    pub(super) fn new(bytes: &'a [u8]) -> Tokens<'a> {
        Tokens { bytes, at: 0 }
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| !wanted(*b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self) -> Token<'a> {
        let name = self.take_while(|b| b.is_ascii_alphabetic());
        let minus =
            self.bytes.get(self.at) == Some(&b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(minus);
        let digits = self.take_while(|b| b.is_ascii_digit());
        let one_more = |n: i32, digit: &u8| n.checked_mul(10)?.checked_add(i32::from(digit - b'0'));
        // No word has a number of more digits than fit.
        let number = (!digits.is_empty()).then(|| digits.iter().try_fold(0, one_more).unwrap_or(i32::MAX));
        let number = number.map(|n| if minus { -n } else { n });
        self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
        if name == b"bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Token::Word(name, number)
    }

    fn hex(&mut self) -> Token<'a> {
        let digit = |at: usize| self.bytes.get(at).and_then(|b| (*b as char).to_digit(16));
        match (digit(self.at), digit(self.at + 1)) {
            (Some(high), Some(low)) => {
                self.at += 2;
                Token::Hex((high * 16 + low) as u8)
            }
            _ => Token::Symbol(b'\''),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.take_while(|b| matches!(b, b'\r' | b'\n' | 0));
        let first = *self.bytes.get(self.at)?;
        if !matches!(first, b'{' | b'}' | b'\\') {
            return Some(Token::Plain(self.take_while(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0))));
        }
        self.at += 1;
        match first {
            b'{' => Some(Token::Open),
            b'}' => Some(Token::Close),
            _ => match *self.bytes.get(self.at)? {
                b if b.is_ascii_alphabetic() => Some(self.word()),
                b'\'' => {
                    self.at += 1;
                    Some(self.hex())
                }
                b => {
                    self.at += 1;
                    Some(Token::Symbol(b))
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_every_kind() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\rtf1\\u-123 ab\r\nc\\'d6\\~\\bin3 }}}\\x}").collect();
        use Token::*;
        let wanted =
            [Open, Word(b"rtf", Some(1)), Word(b"u", Some(-123)), Plain(b"ab"), Plain(b"c"), Hex(0xd6), Symbol(b'~')];
        assert_eq!(tokens[..7], wanted);
        assert_eq!(tokens[7..], [Word(b"bin", Some(3)), Word(b"x", None), Close]);
    }

    #[test]
    fn odd_ends_are_ends() {
        for bytes in [&b"\\"[..], b"\\'", b"\\'z", b"\\bin99999999999", b"\\u-", b"\\bin-5 x"] {
            assert!(Tokens::new(bytes).count() < 4);
        }
    }
}

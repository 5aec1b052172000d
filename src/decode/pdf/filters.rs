//! The filters of streams, as far as they tell how much a stream unfolds to.

use memchr::memchr_iter;

/// A filter that makes more or less of a stream; those of pictures are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Hexadecimal,
    Base85,
    Flate,
    Lzw,
    RunLength,
}

/// The names of filters, long and short.
const NAMES: [(&[u8], Filter); 10] = [
    (b"ASCIIHexDecode", Filter::Hexadecimal),
    (b"AHx", Filter::Hexadecimal),
    (b"ASCII85Decode", Filter::Base85),
    (b"A85", Filter::Base85),
    (b"FlateDecode", Filter::Flate),
    (b"Fl", Filter::Flate),
    (b"LZWDecode", Filter::Lzw),
    (b"LZW", Filter::Lzw),
    (b"RunLengthDecode", Filter::RunLength),
    (b"RL", Filter::RunLength),
];

/// What the dictionary of a stream tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The filters in their order.
    pub filters: Vec<Filter>,
    pub is_picture: bool,
    pub is_function: bool,
}

/// Reads the names in a dictionary, however they are spelled. A stream whose filters are told elsewhere is taken for one
/// that is packed in the usual way.
pub(super) fn told(dictionary: &[u8]) -> Told {
    let mut told = Told::default();
    let mut is_elsewhere = false;
    for at in memchr_iter(b'/', dictionary) {
        let raw = &dictionary[at + 1..];
        let end = raw.iter().position(|b| is_delimiter(*b)).unwrap_or(raw.len());
        let name = unescaped(&raw[..end]);
        match name.as_slice() {
            b"Image" => told.is_picture = true,
            b"FunctionType" => told.is_function = true,
            b"Filter" | b"F" => is_elsewhere |= raw[end..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit),
            name => told.filters.extend(NAMES.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter)),
        }
    }
    if is_elsewhere && told.filters.is_empty() {
        told.filters.push(Filter::Flate);
    }
    told
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, 0 | b'/' | b'<' | b'>' | b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'%')
}

/// A name in which any byte may be written by its number: `#44` for `D`.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, tail)) = rest.split_first() {
        let number = match (first, tail) {
            (b'#', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(h, l)| h << 4 | l),
            _ => None,
        };
        out.push(number.unwrap_or(*first));
        rest = if number.is_some() { &tail[2..] } else { tail };
    }
    out
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

/// The bytes that pairs of digits stand for.
pub(super) fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data.iter().take_while(|b| **b != b'>').filter_map(|b| digit(*b)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// The bytes that five characters stand for, four each.
pub(super) fn base85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut group = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u8>| {
        let missing = 5 - group.len();
        let value = group
            .iter()
            .chain(std::iter::repeat_n(&84, missing))
            .fold(0u32, |v, d| v.wrapping_mul(85).wrapping_add(u32::from(*d)));
        out.extend_from_slice(&value.to_be_bytes()[..4usize.saturating_sub(missing)]);
        group.clear();
    };
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => {
                group.resize(5, 0);
                flush(&mut group);
            }
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    flush(&mut group);
                }
            }
            _ => {}
        }
    }
    if !group.is_empty() {
        flush(&mut group);
    }
    out
}

/// Bytes that runs unfold to.
pub(super) fn run_length(data: &[u8]) -> u64 {
    let (mut rest, mut length) = (data, 0u64);
    while let Some((first, tail)) = rest.split_first() {
        let skipped = match first {
            0..=127 => usize::from(*first) + 1,
            128 => break,
            129..=255 => 1,
        };
        length += if *first < 128 { skipped as u64 } else { 257 - u64::from(*first) };
        rest = tail.get(skipped..).unwrap_or_default();
    }
    length
}

/// Bytes that the codes of LZW unfold to. Each code stands for a text one longer than another's.
pub(super) fn lzw_length(data: &[u8]) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::new();
    let (mut bits, mut held, mut width, mut before, mut sum) = (0u32, 0u32, 9u32, None::<u64>, 0u64);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        let length = match code {
            CLEAR => {
                lengths.clear();
                (width, before) = (9, None);
                continue;
            }
            END => break,
            0..=255 => 1,
            // A code that is just being made, or one that is never made, for which readers differ: the longest counts.
            _ => lengths.get(code - 258).copied().unwrap_or_else(|| before.unwrap_or(0) + 1),
        };
        sum += length;
        if let Some(before) = before
            && lengths.len() < 4_096 - 258
        {
            lengths.push(before + 1);
        }
        before = Some(length);
        // Most writers change the width one code early; a reader of the others is at most a code off.
        width = match lengths.len() + 258 + 1 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_however_they_are_spelled() {
        let flate = |dictionary: &[u8]| told(dictionary).filters;
        assert_eq!(flate(b"<</Filter/FlateDecode>>"), [Filter::Flate]);
        assert_eq!(flate(b"<</Filter [ /A#48x /#46lateDecode ]>>"), [Filter::Hexadecimal, Filter::Flate]);
        assert_eq!(flate(b"<</Filter 7 0 R>>"), [Filter::Flate]);
        assert_eq!(flate(b"<</Type /XObject>>"), []);
        assert!(told(b"<</Subtype/Im#61ge>>").is_picture);
    }

    #[test]
    fn lengths_are_those_that_decoders_make() {
        assert_eq!(hexadecimal(b"48 656c6C6f7>zz"), b"Hellop");
        assert_eq!(base85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(base85(b"z"), [0; 4]);
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128, 9]), 6);
        // The example of the format's description: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(lzw_length(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]), 10);
    }
}

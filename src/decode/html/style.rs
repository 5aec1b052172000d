//! What declarations of CSS say, as far as they decide whether characters are shown: values, and what comes of them
//! within each other.

/// Sizes up to this many pixels or points cannot be seen.
const TINY: f32 = 1.0;
/// Bytes of a value that are looked at.
const LONGEST: usize = 128;

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    White,
    /// Nothing of it is seen.
    Clear,
    /// Any other, told apart by a number.
    Other(u32),
}

/// What is behind characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ground {
    #[default]
    White,
    Colour(u32),
    /// A picture, or nothing that could be told.
    Unknown,
    /// What is behind that.
    Clear,
}

impl Ground {
    /// Whether white characters cannot be told from it.
    fn is_light(self) -> bool {
        match self {
            Ground::White => true,
            Ground::Colour(named @ 0..0x0100_0000) => named.to_be_bytes()[1..].iter().all(|part| *part >= 0xee),
            _ => false,
        }
    }
}

/// What declarations say; what they leave open stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Declared {
    /// `display: none`
    pub(super) gone: Option<bool>,
    /// `text-decoration: line-through`
    pub(super) struck: Option<bool>,
    /// `opacity: 0`
    pub(super) faint: Option<bool>,
    /// `visibility: hidden`
    pub(super) invisible: Option<bool>,
    /// `font-size: 0`
    pub(super) tiny: Option<bool>,
    /// `color`
    pub(super) colour: Option<Colour>,
    /// `background`
    pub(super) ground: Option<Ground>,
    /// `vertical-align: super`
    pub(super) raised: Option<bool>,
}

impl Declared {
    /// What this says, and what other declarations say where this says nothing.
    #[must_use]
    pub(super) fn over(self, below: Declared) -> Declared {
        Declared {
            gone: self.gone.or(below.gone),
            struck: self.struck.or(below.struck),
            faint: self.faint.or(below.faint),
            invisible: self.invisible.or(below.invisible),
            tiny: self.tiny.or(below.tiny),
            colour: self.colour.or(below.colour),
            ground: self.ground.or(below.ground),
            raised: self.raised.or(below.raised),
        }
    }

    /// Only what shows things, of declarations that may hold or may not.
    #[must_use]
    pub(super) fn revealing(self) -> Declared {
        let no = |told: Option<bool>| told.filter(|yes| !yes);
        Declared {
            gone: no(self.gone),
            struck: no(self.struck),
            faint: no(self.faint),
            invisible: no(self.invisible),
            tiny: no(self.tiny),
            colour: self.colour.filter(|c| matches!(c, Colour::Other(_))),
            ground: self.ground.filter(|g| *g != Ground::Clear && !g.is_light()).map(|_| Ground::Unknown),
            raised: None,
        }
    }

    /// Whether anything is said.
    pub(super) fn tells(&self) -> bool {
        *self != Declared::default()
    }

    fn take(&mut self, name: &[u8], value: &[u8]) {
        let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
        match name.first().map(u8::to_ascii_lowercase) {
            Some(b'd') if is("display") => self.gone = Some(value == b"none"),
            Some(b'v') if is("visibility") => self.invisible = told(value, value != b"visible"),
            Some(b'v') if is("vertical-align") => {
                self.raised = Some(matches!(value, b"super" | b"sub" | b"text-top"));
            }
            Some(b't') if is("text-decoration") || is("text-decoration-line") => {
                self.struck = told(value, memchr::memmem::find(value, b"line-through").is_some());
            }
            Some(b'o') if is("opacity") => self.faint = Some(number(value).is_some_and(|(n, _)| n < 0.05)),
            Some(b'f') if is("font-size") => self.tiny = size(value),
            Some(b'f') if is("font") => {
                let first = value.split(|b| *b == b' ' || *b == b'/').find(|word| number(word).is_some());
                self.tiny = first.and_then(size).or(self.tiny);
            }
            Some(b'c') if is("color") => self.colour = colour(value),
            Some(b'b') if is("background") || is("background-color") || is("background-image") => {
                let image =
                    [&b"url("[..], b"gradient", b"var("].iter().any(|w| memchr::memmem::find(value, w).is_some());
                let told = if image { Some(Ground::Unknown) } else { ground(value) };
                // A picture stays behind whatever colour is told as well.
                self.ground = if self.ground == Some(Ground::Unknown) { self.ground } else { told.or(self.ground) };
            }
            _ => {}
        }
    }
}

/// What a word says, but for those that leave it open.
fn told(value: &[u8], yes: bool) -> Option<bool> {
    (!matches!(value, b"inherit" | b"unset" | b"revert")).then_some(yes)
}

/// What declarations say, and what those of them say that are important.
pub(super) fn declarations(block: &[u8]) -> [Declared; 2] {
    let mut all = [Declared::default(); 2];
    for part in block.split(|b| *b == b';') {
        let Some(colon) = memchr::memchr(b':', part) else { continue };
        let name = part[..colon].trim_ascii();
        // Most properties are about other things.
        if !matches!(
            name.first(),
            Some(b'd' | b'v' | b't' | b'o' | b'f' | b'c' | b'b' | b'D' | b'V' | b'T' | b'O' | b'F' | b'C' | b'B')
        ) {
            continue;
        }
        let value = part[colon + 1..].trim_ascii();
        let mut lower = [0; LONGEST];
        let length = value.len().min(LONGEST);
        lower[..length].copy_from_slice(&value[..length]);
        lower[..length].make_ascii_lowercase();
        let value = &lower[..length];
        let mark = memchr::memchr(b'!', value);
        let bare = value[..mark.unwrap_or(length)].trim_ascii();
        all[usize::from(mark.is_some())].take(name, bare);
    }
    all
}

/// The number at the beginning of a value, and the unit behind it.
fn number(value: &[u8]) -> Option<(f32, &[u8])> {
    let end = value.iter().position(|b| !b.is_ascii_digit() && !matches!(b, b'.' | b'-' | b'+')).unwrap_or(value.len());
    let number = str::from_utf8(&value[..end]).ok()?.parse().ok()?;
    Some((number, &value[end..]))
}

/// Whether a size cannot be seen; nothing where it depends on the size around it.
fn size(value: &[u8]) -> Option<bool> {
    match number(value) {
        Some((n, b"px" | b"pt")) => Some(n <= TINY),
        Some((n, b"em" | b"%" | b"")) if n <= 0.0 => Some(true),
        Some((n, b"rem")) => Some(n <= 0.0),
        Some((_, b"em" | b"%" | b"ex")) => None,
        Some(_) => Some(false),
        None => (!matches!(value, b"inherit" | b"smaller" | b"larger" | b"unset")).then_some(false),
    }
}

/// The colour that a value names.
pub(super) fn colour(value: &[u8]) -> Option<Colour> {
    let of = |red: u32, green: u32, blue: u32| match [red, green, blue].iter().all(|part| *part > 0xf7) {
        true => Colour::White,
        false => Colour::Other(red << 16 | green << 8 | blue),
    };
    match value {
        b"" | b"inherit" | b"unset" | b"revert" | b"currentcolor" => None,
        b"transparent" => Some(Colour::Clear),
        b"white" => Some(Colour::White),
        b"black" => Some(Colour::Other(0)),
        [b'#', digits @ ..] => {
            let number = u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
            let nibble = |at: u32| (number >> (4 * at) & 0xf) * 0x11;
            let byte = |at: u32| number >> (8 * at) & 0xff;
            match digits.len() {
                3 => Some(of(nibble(2), nibble(1), nibble(0))),
                4 if nibble(0) == 0 => Some(Colour::Clear),
                4 => Some(of(nibble(3), nibble(2), nibble(1))),
                6 => Some(of(byte(2), byte(1), byte(0))),
                8 if byte(0) == 0 => Some(Colour::Clear),
                8 => Some(of(byte(3), byte(2), byte(1))),
                _ => None,
            }
        }
        [b'r', b'g', b'b', rest @ ..] => {
            let parts = rest.split(|b| !b.is_ascii_digit() && !matches!(b, b'.' | b'%'));
            let parts: Vec<f32> =
                parts.filter_map(|p| number(p).map(|(n, u)| if u == b"%" { n * 2.55 } else { n })).collect();
            match parts[..] {
                [_, _, _, opacity] if opacity < 0.05 => Some(Colour::Clear),
                [red, green, blue] | [red, green, blue, _] => {
                    Some(of(red as u32 & 0xff, green as u32 & 0xff, blue as u32 & 0xff))
                }
                _ => None,
            }
        }
        name => {
            let hash = name.iter().fold(0x811c_9dc5_u32, |hash, b| (hash ^ u32::from(*b)).wrapping_mul(0x0100_0193));
            Some(Colour::Other(hash | 0x8000_0000))
        }
    }
}

/// What a background is, by the first colour in it.
pub(super) fn ground(value: &[u8]) -> Option<Ground> {
    const NONE: [&[u8]; 5] = [b"none", b"transparent", b"initial", b"0", b"0px"];
    let end = if value.starts_with(b"rgb") {
        value.len()
    } else {
        value.iter().position(|b| *b == b' ').unwrap_or(value.len())
    };
    if NONE.contains(&&value[..end]) {
        return Some(Ground::Clear);
    }
    match colour(&value[..end])? {
        Colour::White => Some(Ground::White),
        Colour::Clear => Some(Ground::Clear),
        Colour::Other(colour) => Some(Ground::Colour(colour)),
    }
}

/// The colour of characters, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Ink {
    #[default]
    Dark,
    White,
    Clear,
    /// That of what is behind them.
    Same,
}

/// How characters are shown at a place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// A line goes through them, whatever stands within.
    struck: bool,
    /// Nothing within shows them.
    faint: bool,
    invisible: bool,
    tiny: bool,
    ink: Ink,
    pub(super) ground: Ground,
    /// They stand above or below the line, or are small: those behind a digit may be the mark of a note.
    pub(super) raised: bool,
}

impl Look {
    /// The look within an element.
    #[must_use]
    pub(super) fn with(self, said: &Declared) -> Look {
        let ground = said.ground.filter(|g| *g != Ground::Clear);
        let behind = ground.unwrap_or(self.ground);
        let ink = match said.colour {
            Some(Colour::White) => Ink::White,
            Some(Colour::Clear) => Ink::Clear,
            Some(Colour::Other(c)) if behind == Ground::Colour(c) => Ink::Same,
            Some(Colour::Other(_)) => Ink::Dark,
            None if self.ink == Ink::Same && ground.is_some() => Ink::Dark,
            None => self.ink,
        };
        Look {
            struck: self.struck || said.struck == Some(true),
            faint: self.faint || said.faint == Some(true),
            invisible: said.invisible.unwrap_or(self.invisible),
            tiny: said.tiny.unwrap_or(self.tiny),
            ink,
            ground: behind,
            raised: said.raised.unwrap_or(self.raised),
        }
    }

    /// Whether characters of it say nothing.
    pub(super) fn is_silent(&self) -> bool {
        let unseen = match self.ink {
            Ink::Dark => false,
            Ink::White => self.ground.is_light(),
            // Letters cut out of a picture have no colour of their own.
            Ink::Clear => self.ground != Ground::Unknown,
            Ink::Same => true,
        };
        self.struck || self.faint || self.invisible || self.tiny || unseen
    }

    /// Whether characters of it were taken back, for all to see.
    pub(super) fn is_struck(&self) -> bool {
        self.struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_silent(styles: &[&str]) -> bool {
        let said = |style: &&str| {
            let [plain, important] = declarations(style.as_bytes());
            important.over(plain)
        };
        styles.iter().map(said).fold(Look::default(), |look, said| look.with(&said)).is_silent()
    }

    #[test]
    fn styles_that_hide() {
        for style in [
            "visibility:hidden",
            "Visibility : COLLAPSE",
            "text-decoration:underline line-through red",
            "text-decoration-line: line-through",
            "font-size:0",
            "font-size:0.0pt",
            "font-size: 1px !important",
            "font:0/0 a",
            "color:#fff",
            "color: WHITE",
            "color:rgb(255, 255, 255)",
            "color:rgba(0,0,0,0)",
            "color:transparent",
            "opacity:0",
            "opacity:.0",
            "color:#112233;background-color:#123;background:#112233",
            "color:red;background:red",
            "color:white;background:#f0f0f0",
        ] {
            assert!(is_silent(&[style]), "{style}");
        }
        for style in [
            "",
            "visibility:visible",
            "text-decoration:underline",
            "font-size:12px",
            "font-size:80%",
            "font:bold 12px/1.5 a",
            "color:#000",
            "color:#fff;background:#c00",
            "background:url(a.png);color:#fff",
            "color:red;background:blue",
            "opacity:0.5",
            "visibility",
            ":hidden",
            "color",
        ] {
            assert!(!is_silent(&[style]), "{style}");
        }
    }

    #[test]
    fn what_stands_within() {
        assert!(!is_silent(&["visibility:hidden", "visibility:visible"]));
        assert!(!is_silent(&["font-size:0", "font-size:14px"]));
        assert!(is_silent(&["font-size:0", "font-size:2em"]));
        assert!(is_silent(&["text-decoration:line-through", "text-decoration:none"]));
        assert!(!is_silent(&["background:#036", "color:#fff"]));
        assert!(!is_silent(&["color:#fff", "background:#036"]));
        assert!(!is_silent(&["color:#fff", "color:#333"]));
    }
}

//! Text in which everything that could end a parameter is written in hexadecimal.

use super::text::printable;
use crate::scan::plain_len;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::{Escaped, ParseError};

/// The text of a parameter or attribute that may have any printable character in it.
///
/// Grammar: `xtext = *( xchar / "+" 2HEXDIG )`, upper-case digits ([RFC 3461 §4]). What it stands for has no control
/// characters, so that nothing that is written elsewhere can begin a line of its own.
///
/// ```
/// use mailwire_smtp::Xtext;
///
/// let xtext = Xtext::parse(b"a+2Bb+3Dc")?;
/// assert!(xtext.decoded().eq(*b"a+b=c"));
/// assert_eq!(xtext, Xtext::new(b"a+b=c")?);
/// assert!(Xtext::parse(b"a+0D+0Ab").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 3461 §4]: https://www.rfc-editor.org/rfc/rfc3461#section-4
#[derive(Clone, Copy)]
pub struct Xtext<'a> {
    text: &'a [u8],
    encoded: bool,
}

impl<'a> Xtext<'a> {
    /// Reads it as it stands on the wire.
    ///
    /// # Errors
    ///
    /// At a `=`, a blank, a control, or a `+` without two digits behind it; at a code that stands for a control; where it is no
    /// UTF-8.
    #[inline]
    pub fn parse(wire: &'a [u8]) -> Result<Self, ParseError> {
        match Self::plain(wire) {
            Some(xtext) => Ok(xtext),
            None => Self::parse_any(wire),
        }
    }

    /// The same where all of it stands for itself.
    #[inline]
    pub(super) fn plain(wire: &'a [u8]) -> Option<Self> {
        (plain_len(wire) == wire.len()).then_some(Self { text: wire, encoded: true })
    }

    fn parse_any(wire: &'a [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        while let Some(&byte) = wire.get(at) {
            at += match byte {
                b'+' => match code(wire.get(at + 1..).unwrap_or_default()) {
                    Some(b' '..=126 | 128..) => 3,
                    Some(_) => return Err(ParseError::new(wire, at, "a printable character")),
                    None => return Err(ParseError::new(wire, at, "two hexadecimal digits behind a `+`")),
                },
                b'=' | 0..=b' ' | 127 => return Err(ParseError::new(wire, at, "a character of xtext")),
                _ => 1,
            };
        }
        printable(wire)?;
        Ok(Self { text: wire, encoded: true })
    }

    /// Takes text that is to be written.
    ///
    /// # Errors
    ///
    /// At the first control character.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        match text.iter().position(|&byte| byte < b' ' || byte == 127) {
            Some(at) => Err(ParseError::new(text, at, "a printable character")),
            None => Ok(Self { text, encoded: false }),
        }
    }

    /// What it stands for.
    pub fn decoded(self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let mut rest = self.text;
        core::iter::from_fn(move || {
            let (&byte, tail) = rest.split_first()?;
            rest = tail;
            if self.encoded && byte == b'+' {
                rest = tail.get(2..)?;
                return code(tail);
            }
            Some(byte)
        })
    }

    /// What it stands for, owned; octets that are no UTF-8 become U+FFFD.
    pub fn to_text(self) -> alloc::string::String {
        let bytes: Vec<u8> = self.decoded().collect();
        alloc::string::String::from_utf8_lossy(&bytes).into_owned()
    }

    /// As it stands on the wire, if it was read from there.
    pub fn wire(self) -> Option<&'a [u8]> {
        self.encoded.then_some(self.text)
    }

    /// Whether it stands for nothing.
    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Writes it.
    pub fn encode(self, out: &mut Vec<u8>) {
        if self.encoded {
            return out.extend_from_slice(self.text);
        }
        for &byte in self.text {
            if matches!(byte, b'+' | b'=' | b' ' | 128..) {
                out.extend(hex(byte));
            } else {
                out.push(byte);
            }
        }
    }

    /// The same where the grammar has `words` besides: text that looks like one is written so that it does not.
    pub(super) fn encode_unlike(self, words: &[&[u8]], out: &mut Vec<u8>) {
        let start = out.len();
        self.encode(out);
        let written = out.get(start..).unwrap_or_default();
        if words.iter().any(|word| word.eq_ignore_ascii_case(written))
            && let [first, ..] = *written
        {
            out.splice(start..=start, hex(first));
        }
    }
}

fn hex(byte: u8) -> [u8; 3] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |digit: u8| HEX.get(usize::from(digit)).copied().unwrap_or(b'0');
    [b'+', digit(byte >> 4), digit(byte & 15)]
}

/// The octet that two upper-case digits at the front stand for.
fn code(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    let (high, low) = (digits.first()?, digits.get(1)?);
    Some(digit(*high)? << 4 | digit(*low)?)
}

impl PartialEq for Xtext<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.decoded().eq(other.decoded())
    }
}

impl Eq for Xtext<'_> {}

impl Hash for Xtext<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.decoded() {
            byte.hash(state);
        }
    }
}

impl fmt::Display for Xtext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = self.decoded().collect();
        fmt::Display::fmt(&Escaped(&bytes), f)
    }
}

impl fmt::Debug for Xtext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.text), f)
    }
}

//! Whom a message was for at first.

use crate::command::word::Word;
use crate::command::xtext::Xtext;
use crate::scan::{find_byte, key};
use alloc::string::String;
use alloc::vec::Vec;
use mailwire_core::ParseError;

/// The value of `ORCPT=`: an address of some system, and of which.
///
/// Grammar: `addr-type ";" xtext` ([RFC 3461 §4.2]); for the type `utf-8` also `utf-8-addr-xtext` and `utf-8-addr-unitext`
/// ([RFC 6533 §3]), in which `\x{…}` stands for a character.
///
/// ```
/// use mailwire_smtp::Orcpt;
///
/// let orcpt = Orcpt::parse(b"rfc822;ann+2Bbox@example.com")?;
/// assert_eq!((orcpt.kind().as_str(), orcpt.to_text().as_str()), ("rfc822", "ann+box@example.com"));
/// let orcpt = Orcpt::parse(r"utf-8;j\x{F6}rg@example.com".as_bytes())?;
/// assert_eq!(orcpt.to_text(), "jörg@example.com");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 3461 §4.2]: https://www.rfc-editor.org/rfc/rfc3461#section-4.2
/// [RFC 6533 §3]: https://www.rfc-editor.org/rfc/rfc6533#section-3
#[derive(Clone, Copy, Debug)]
pub struct Orcpt<'a> {
    kind: Word<'a>,
    address: Xtext<'a>,
}

impl<'a> Orcpt<'a> {
    /// An address as mail has it, of type `rfc822`, or `utf-8` if it is not ASCII.
    ///
    /// # Errors
    ///
    /// At a control character, and where it is written with more than 500 characters, its type among them.
    pub fn new(address: &'a str) -> Result<Self, ParseError> {
        let kind = if address.is_ascii() { "rfc822" } else { "utf-8" };
        if let Some(at) = address.find(char::is_control) {
            return Err(ParseError::new(address.as_bytes(), at, "a printable character"));
        }
        let orcpt = Self { kind: Word::literal(kind), address: Xtext::new(address.as_bytes())? };
        let mut wire = Vec::new();
        if address.len() <= LONGEST {
            orcpt.encode(&mut wire);
        }
        if (1..=LONGEST).contains(&wire.len()) {
            Ok(orcpt)
        } else {
            Err(ParseError::too_long(LONGEST, TOO_LONG))
        }
    }

    /// Reads it as it stands on the wire.
    ///
    /// # Errors
    ///
    /// Where the type or the address is none, and where both are longer than 500 characters.
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        // Nearly all of them.
        if let Some((kind, [b';', text @ ..])) = value.split_at_checked(RFC822.len())
            && key(kind) == key(RFC822)
            && value.len() <= LONGEST
            && let Some(address) = Xtext::plain(text)
        {
            return Ok(Self { kind: Word::plain(kind), address });
        }
        Self::parse_any(value)
    }

    fn parse_any(value: &'a [u8]) -> Result<Self, ParseError> {
        let end = find_byte(b';', value);
        let (kind, [_, address @ ..]) = value.split_at_checked(end).unwrap_or_default() else {
            return Err(ParseError::new(value, value.len(), "`;`"));
        };
        let (kind, address) =
            (Word::new(kind)?, Xtext::parse(address).map_err(|error| error.shifted(end + 1))?);
        if value.len() > LONGEST {
            return Err(ParseError::too_long(LONGEST, TOO_LONG));
        }
        let orcpt = Self { kind, address };
        if orcpt.is_utf8() && orcpt.characters().any(|c| c.is_none_or(char::is_control)) {
            return Err(ParseError::new(value, end + 1, "UTF-8, or `\\x{}` with a character in it"));
        }
        Ok(orcpt)
    }

    /// Of which system the address is: `rfc822` as a rule.
    pub fn kind(&self) -> Word<'a> {
        self.kind
    }

    /// The address, as its text has it: for the type `utf-8`, characters may still be written as `\x{…}`.
    pub fn address(&self) -> Xtext<'a> {
        self.address
    }

    /// The address in characters.
    pub fn to_text(&self) -> String {
        if self.is_utf8() {
            self.characters().map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        } else {
            self.address.to_text()
        }
    }

    fn is_utf8(&self) -> bool {
        self.kind == Word::literal("utf-8")
    }

    /// The characters of the address, `None` where there is none.
    fn characters(&self) -> impl Iterator<Item = Option<char>> + use<'a> {
        let mut octets = self.address.decoded().peekable();
        let escapes = self.address.wire().is_some();
        core::iter::from_fn(move || {
            let first = octets.next()?;
            if escapes && first == b'\\' {
                return Some(escape(&mut octets));
            }
            let len = match first {
                0..=0x7f => return Some(Some(char::from(first))),
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                _ => 4,
            };
            let mut bytes = [first, 0, 0, 0];
            for byte in bytes.iter_mut().take(len).skip(1) {
                *byte = octets.next_if(|next| next & 0xc0 == 0x80).unwrap_or_default();
            }
            let text = bytes.get(..len).and_then(|bytes| core::str::from_utf8(bytes).ok());
            Some(text.and_then(|text| text.chars().next()))
        })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.kind.as_bytes());
        out.push(b';');
        if self.is_utf8() && self.address.wire().is_none() {
            return self.encode_utf8(out);
        }
        self.address.encode(out);
    }

    /// `utf-8-addr-xtext`, which needs no SMTPUTF8: what is not plain stands as `\x{…}`.
    fn encode_utf8(&self, out: &mut Vec<u8>) {
        for c in self.characters().flatten() {
            match c {
                '!'..='~' if !matches!(c, '+' | '=' | '\\') => out.push(u8::try_from(c).unwrap_or(b'?')),
                c => super::display(out, &format_args!("\\x{{{:02X}}}", u32::from(c))),
            }
        }
    }
}

impl PartialEq for Orcpt<'_> {
    /// The same address, however it is written.
    fn eq(&self, other: &Self) -> bool {
        let utf8 = self.is_utf8() && self.characters().eq(other.characters());
        self.kind == other.kind && (utf8 || self.address == other.address)
    }
}

impl Eq for Orcpt<'_> {}

/// What is behind the backslash of `\x{HEX}`.
fn escape(octets: &mut impl Iterator<Item = u8>) -> Option<char> {
    if octets.next() != Some(b'x') || octets.next() != Some(b'{') {
        return None;
    }
    let mut code = 0_u32;
    for (count, octet) in octets.enumerate() {
        match (octet, count) {
            (b'}', 1..) => return char::from_u32(code),
            (octet, 0..6) => code = code << 4 | char::from(octet).to_digit(16)?,
            _ => return None,
        }
    }
    None
}

const RFC822: &[u8] = b"rfc822";
const LONGEST: usize = 500;
const TOO_LONG: &str = "an original recipient of at most 500 characters";

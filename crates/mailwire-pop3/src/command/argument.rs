//! Names, passwords, digests, attributes.

use crate::Pop3Defect;
use crate::line::WORD;
use core::fmt;
use mailwire_core::{Class, Escaped, LineText, ParseError, Secret, Sink};

/// The name of a mailbox: what `USER` and `APOP` have.
///
/// Grammar: `1*VCHAR` in RFC 2449 §3, UTF-8 with RFC 6856 §2.2. Blanks inside are kept, since some names have them; none can be at
/// either end, and controls nowhere.
///
/// ```
/// use mailwire_pop3::command::Name;
///
/// assert_eq!(Name::new(b"mrose")?.as_bytes(), b"mrose");
/// assert!(Name::new(b"mrose ").is_err() && Name::new(b"").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name<'a>(&'a [u8]);

impl<'a> Name<'a> {
    /// Takes a name.
    ///
    /// # Errors
    ///
    /// At the first control, at a blank at either end, or if there is nothing.
    pub fn new(name: &'a [u8]) -> Result<Self, ParseError> {
        const INNER: Class = WORD.or(Class::WSP);
        let error = |at| Err(ParseError::new(name, at, "a name"));
        let len = INNER.prefix_len(name);
        match name {
            [] | [b' ' | b'\t', ..] => error(0),
            _ if len < name.len() => error(len),
            [.., b' ' | b'\t'] => error(name.len() - 1),
            _ => Ok(Self(name)),
        }
    }

    pub(super) fn parse_with(name: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let name = Self::new(name)?;
        if let Some(at) = name.0.iter().position(|&byte| Class::WSP.contains(byte)) {
            sink.report(Pop3Defect::BlankInName, at..at + 1);
        }
        Ok(name)
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn first_word(self) -> &'a [u8] {
        self.0.get(..WORD.prefix_len(self.0)).unwrap_or_default()
    }

    /// The name, if it is UTF-8.
    pub fn to_str(self) -> Option<&'a str> {
        core::str::from_utf8(self.0).ok()
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Name<'_> {
    /// What stands behind a blank is only counted: it may be a password that has no line of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.first_word();
        fmt::Debug::fmt(&Escaped(word), f)?;
        let hidden = self.0.len() - word.len();
        if hidden > 0 { write!(f, "<{hidden} octets>") } else { Ok(()) }
    }
}

/// A password: any octets that a line can hold, blanks and nothing included. `Debug` shows none of them.
///
/// Grammar: [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7): "a POP3 server may treat spaces in the argument as
/// part of the password, instead of as argument separators".
///
/// ```
/// use mailwire_pop3::Command;
///
/// let Command::Pass(password) = Command::parse(b"PASS  two  spaces \r\n")? else { panic!() };
/// assert_eq!(password.secret().expose(), b" two  spaces ");
/// assert_eq!(format!("{password:?}"), "Password(Secret(13 octets))");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Password<'a>(Secret<'a>);

impl<'a> Password<'a> {
    /// Takes a password.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL.
    pub fn new(password: &'a [u8]) -> Result<Self, ParseError> {
        LineText::new(password).map(|text| Self(Secret(text.as_bytes())))
    }

    /// The octets.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }
}

/// The digest of an `APOP`: MD5 over the greeting's challenge, angle brackets included, and a shared secret, as 32
/// hexadecimal digits. `Debug` does not show it.
///
/// Grammar: [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7). Capitals are read
/// ([`UpperCaseDigest`](Pop3Defect::UpperCaseDigest)) and kept.
///
/// ```
/// use mailwire_pop3::command::Digest;
///
/// let digest = Digest::new(b"c4c9334bac560ecc979e58001b3e22fb")?;
/// assert_eq!(digest.octets()[..2], [0xc4, 0xc9]);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a>(Secret<'a>);

impl<'a> Digest<'a> {
    /// Takes 32 hexadecimal digits.
    ///
    /// # Errors
    ///
    /// At the first octet that is none, at the end if there are fewer, behind the last if there are more.
    pub fn new(digits: &'a [u8]) -> Result<Self, ParseError> {
        let len = Class::HEXDIG.prefix_len(digits).min(32);
        if len < 32 || digits.len() > 32 {
            return Err(ParseError::new(digits, len, "a digest of 32 hexadecimal digits"));
        }
        Ok(Self(Secret(digits)))
    }

    /// The digits.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }

    /// What the digits stand for.
    pub fn octets(self) -> [u8; 16] {
        let nibble = |digit: &u8| match digit {
            b'0'..=b'9' => digit - b'0',
            _ => (digit | 0x20) - b'a' + 10,
        };
        let mut octets = [0; 16];
        for (octet, pair) in octets.iter_mut().zip(self.0.expose().as_chunks().0) {
            let [high, low] = pair;
            *octet = nibble(high) << 4 | nibble(low);
        }
        octets
    }
}

impl PartialEq for Digest<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

impl Eq for Digest<'_> {}

impl core::hash::Hash for Digest<'_> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.octets().hash(state);
    }
}

/// What a proxy says of its client: `ADDR=192.0.2.1 PORT=110`. `Debug` counts it only, since Dovecot forwards anything there.
///
/// ```
/// use mailwire_pop3::command::Attributes;
///
/// let attributes = Attributes::new(b"ADDR=192.0.2.1 PORT=110")?;
/// assert_eq!(attributes.iter().nth(1), Some((b"PORT".as_slice(), b"110".as_slice())));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attributes<'a>(Secret<'a>);

impl<'a> Attributes<'a> {
    /// Takes `name=value` pairs with one space between them.
    ///
    /// # Errors
    ///
    /// At a pair without a name or an equals sign, at an octet that is no printable ASCII.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        for pair in text.split(|&byte| byte == b' ') {
            let len = WORD.prefix_len(pair);
            if len < pair.len() {
                return Err(ParseError::new(text, at + len, "an attribute"));
            }
            let name = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
            if name == 0 || name == pair.len() {
                return Err(ParseError::new(text, at + name, "an attribute, its name and `=`"));
            }
            at += pair.len() + 1;
        }
        Ok(Self(Secret(text)))
    }

    /// The pairs, in order.
    pub fn iter(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.0.expose().split(|&byte| byte == b' ').filter_map(|pair| {
            let equals = pair.iter().position(|&byte| byte == b'=')?;
            Some((pair.get(..equals)?, pair.get(equals + 1..)?))
        })
    }

    /// All of them, as they stand in the line.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }
}

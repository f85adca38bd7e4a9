//! Enhanced status codes.

use super::Code;
use core::fmt;
use core::num::NonZeroU32;

/// An enhanced status code: class, subject and detail, `5.7.1`.
///
/// ```text
/// status-code = class "." subject "." detail
/// class       = "2" / "4" / "5"
/// subject     = 1*3digit
/// detail      = 1*3digit
/// ```
///
/// (RFC 3463 §2; the registry is that of RFC 5248.) Numbers have no leading zeros. Details in three digits are in use:
/// Exchange Online says `5.7.509`.
///
/// ```
/// use mailwire_smtp::EnhancedCode;
///
/// let (code, len) = EnhancedCode::parse_prefix(b"5.7.509 Access denied").ok_or("none")?;
/// assert_eq!((code.class(), code.subject(), code.detail()), (5, 7, 509));
/// assert_eq!((code.to_string().as_str(), len), ("5.7.509", 7));
/// assert_eq!(EnhancedCode::parse_prefix(b"1.2.3.4 is ok"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedCode(
    /// The three numbers, ten bits each.
    NonZeroU32,
);

impl EnhancedCode {
    /// A code; `None` unless the class is 2, 4 or 5 and both numbers are below 1000.
    pub const fn new(class: u8, subject: u16, detail: u16) -> Option<Self> {
        if !matches!(class, 2 | 4 | 5) || subject >= 1000 || detail >= 1000 {
            return None;
        }
        match NonZeroU32::new((class as u32) << 20 | (subject as u32) << 10 | detail as u32) {
            Some(code) => Some(Self(code)),
            None => None,
        }
    }

    /// Reads the one at the front of a text, and how many octets it has. A space or the end of the text has to follow it:
    /// `2.0.0ok` begins with none.
    #[inline]
    pub fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        match Self::short(text) {
            Some(code) => Some((code, 5)),
            None => Self::parse_long(text),
        }
    }

    /// Nearly all of them.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is a comparison and some shifts")]
    pub(super) fn short(text: &[u8]) -> Option<Self> {
        let [class, b'.', subject @ b'0'..=b'9', b'.', detail @ b'0'..=b'9', b' ', ..] = text else {
            return None;
        };
        let number = |digit: u8| u16::from(digit - b'0');
        Self::new(class.wrapping_sub(b'0'), number(*subject), number(*detail))
    }

    fn parse_long(text: &[u8]) -> Option<(Self, usize)> {
        let [class, b'.', numbers @ ..] = text else { return None };
        let (subject, rest) = number(numbers)?;
        let [b'.', rest @ ..] = rest else { return None };
        let (detail, rest) = number(rest)?;
        if !matches!(rest, [] | [b' ', ..]) {
            return None;
        }
        Some((Self::new(class.wrapping_sub(b'0'), subject, detail)?, text.len() - rest.len()))
    }

    /// The class: 2, 4 or 5, as the first digit of a reply's code.
    #[expect(clippy::cast_possible_truncation, reason = "below 6")]
    pub const fn class(self) -> u8 {
        self.number(20) as u8
    }

    /// The subject: 1 addressing, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy; 0 anything else.
    pub const fn subject(self) -> u16 {
        self.number(10)
    }

    /// The detail.
    pub const fn detail(self) -> u16 {
        self.number(0)
    }

    const fn number(self, shift: u32) -> u16 {
        (self.0.get() >> shift & 1023) as u16
    }

    /// Whether its class is that of `code`: only then may they stand together (RFC 2034 §4).
    #[inline]
    pub fn suits(self, code: Code) -> bool {
        u16::from(self.class()) == code.as_u16() / 100
    }
}

/// One to three digits, without leading zeros, and what is behind them.
fn number(digits: &[u8]) -> Option<(u16, &[u8])> {
    let digit = |byte: &u8| u16::from(byte - b'0');
    match digits {
        [b'0', rest @ ..] => Some((0, rest)),
        [a @ b'1'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', rest @ ..] => {
            Some((digit(a) * 100 + digit(b) * 10 + digit(c), rest))
        }
        [a @ b'1'..=b'9', b @ b'0'..=b'9', rest @ ..] => Some((digit(a) * 10 + digit(b), rest)),
        [a @ b'1'..=b'9', rest @ ..] => Some((digit(a), rest)),
        _ => None,
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class(), self.subject(), self.detail())
    }
}

impl fmt::Debug for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnhancedCode({self})")
    }
}

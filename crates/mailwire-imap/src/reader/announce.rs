//! What the end of a line announces: a literal of so many octets, or nothing.

use crate::cursor::last_digits;
use memchr::memrchr;

/// What stands at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announced {
    /// No literal.
    Nothing,
    /// `{n}`, `{n+}`, `~{n}` or `~{n+}`.
    Literal { size: u64, sync: bool },
    /// Something that another reader may take for a literal. Two readers would cut the stream differently.
    Broken,
}

/// Whether a line may announce anything.
#[inline]
pub(super) const fn may_announce(line: &[u8]) -> bool {
    matches!(line, [.., b'}', b'\r', b'\n'] | [.., b'}', b'\n'])
}

/// Reads the end of a line from its content, without its line end (RFC 9051 §4.3, RFC 7888).
///
/// A size is at most 2^63 - 1. Leading zeros are digits.
pub(crate) fn announced(text: &[u8]) -> Announced {
    let Some(inner) = text.strip_suffix(b"}") else { return Announced::Nothing };
    // Most announcements are digits between braces.
    let number = inner.strip_suffix(b"+").unwrap_or(inner);
    if let Some((size, len)) = last_digits(number)
        && number.get(..number.len() - len).is_some_and(|before| before.ends_with(b"{"))
    {
        return Announced::Literal { size, sync: number.len() == inner.len() };
    }
    let Some(open) = memrchr(b'{', inner) else { return Announced::Nothing };
    let inside = inner.get(open + 1..).unwrap_or_default();
    // The brace was in a quoted string that has ended since.
    if memchr::memchr(b'"', inside).is_some() {
        return Announced::Nothing;
    }
    let digits = inside.strip_suffix(b"+").unwrap_or(inside);
    match self::number(digits) {
        Some(size) => Announced::Literal { size, sync: digits.len() == inside.len() },
        None if inside.is_empty() || inside.iter().any(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-')) => {
            Announced::Broken
        }
        None => Announced::Nothing,
    }
}

fn number(digits: &[u8]) -> Option<u64> {
    let mut number = None;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        let next = number.unwrap_or(0_u64).checked_mul(10)?.checked_add(u64::from(digit))?;
        number = Some(next).filter(|&next| i64::try_from(next).is_ok());
        number?;
    }
    number
}

/// The last octets of a line that is dropped.
#[derive(Clone, Copy)]
pub(crate) struct Tail {
    octets: [u8; 32],
    len: usize,
}

impl core::fmt::Debug for Tail {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Tail({} octets)", self.len)
    }
}

impl Tail {
    pub(crate) const EMPTY: Self = Self { octets: [0; 32], len: 0 };

    pub(crate) fn push(&mut self, piece: &[u8]) {
        for &byte in piece.iter().skip(piece.len().saturating_sub(self.octets.len())) {
            if self.len == self.octets.len() {
                self.octets.rotate_left(1);
                self.len -= 1;
            }
            if let Some(slot) = self.octets.get_mut(self.len) {
                *slot = byte;
            }
            self.len += 1;
        }
    }

    /// What the line announces whose end this is. An announcement that begins before what is kept is broken.
    pub(crate) fn announced(&self) -> Announced {
        let text = content(self.octets.get(..self.len).unwrap_or_default());
        let long = self.len == self.octets.len()
            && text.strip_suffix(b"}").is_some_and(|inner| memrchr(b'{', inner).is_none())
            && text.iter().any(u8::is_ascii_digit);
        if long { Announced::Broken } else { announced(text) }
    }
}

/// A line without its end.
#[inline]
pub(crate) fn content(line: &[u8]) -> &[u8] {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let literal = |size, sync| Announced::Literal { size, sync };
        for (text, expected) in [
            ("a {0}", literal(0, true)),
            ("a {012}", literal(12, true)),
            ("a ~{7+}", literal(7, false)),
            ("{9223372036854775807}", literal(i64::MAX as u64, true)),
            ("{9223372036854775808}", Announced::Broken),
            ("{99999999999999999999999999}", Announced::Broken),
            ("{}", Announced::Broken),
            ("{+}", Announced::Broken),
            ("{-1}", Announced::Broken),
            ("{+1}", Announced::Broken),
            ("{1++}", Announced::Broken),
            ("{ 1}", Announced::Broken),
            ("{1 }", Announced::Broken),
            ("{smile}", Announced::Nothing),
            ("{1}}", Announced::Broken),
            ("1}", Announced::Nothing),
            ("\"{1\" 2}", Announced::Nothing),
            ("{1} ", Announced::Nothing),
            ("", Announced::Nothing),
        ] {
            assert_eq!(announced(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_tail_sees_what_the_line_announces() {
        for line in ["x {5+}\r\n", "{0000000000000000000000000000000000005}\r\n", "abc\r\n", "{5}\n", ""] {
            for cut in 0..=line.len() {
                let mut tail = Tail::EMPTY;
                tail.push(&line.as_bytes()[..cut]);
                tail.push(&line.as_bytes()[cut..]);
                let whole = announced(content(line.as_bytes()));
                let long = line.len() > 32 && whole != Announced::Nothing;
                assert_eq!(tail.announced(), if long { Announced::Broken } else { whole }, "{line:?} {cut}");
            }
        }
    }
}

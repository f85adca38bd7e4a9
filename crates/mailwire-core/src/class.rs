//! Sets of bytes as masks over one table: one load and one test a byte, whatever the set.
//!
//! ```
//! use mailwire_core::Class;
//!
//! let word = b"text/plain";
//! assert_eq!(Class::TOKEN.prefix_len(word), 4);
//! assert!(Class::WSP.or(Class::CRLF).contains(b'\n'));
//! ```

/// A set of bytes, made of the named sets below and of their unions.
///
/// The named sets are the terminals of RFC 5234, RFC 5322, RFC 2045, RFC 2231 and RFC 5321.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class(u32);

impl Class {
    /// `ALPHA`: the ASCII letters (RFC 5234).
    pub const ALPHA: Self = Self(1);
    /// `DIGIT`: `0`–`9` (RFC 5234).
    pub const DIGIT: Self = Self(1 << 1);
    /// `HEXDIG`, of either case (RFC 5234, RFC 2045 §6.7).
    pub const HEXDIG: Self = Self(1 << 2);
    /// `WSP`: space and horizontal tab (RFC 5234).
    pub const WSP: Self = Self(1 << 3);
    /// CR and LF.
    pub const CRLF: Self = Self(1 << 4);
    /// `atext`: what an atom is made of (RFC 5322 §3.2.3), ASCII only.
    pub const ATEXT: Self = Self(1 << 5);
    /// `token`: what an unquoted MIME word is made of (RFC 2045 §5.1).
    pub const TOKEN: Self = Self(1 << 6);
    /// `attribute-char`: what stands for itself in an extended value (RFC 2231 §7).
    pub const ATTRIBUTE: Self = Self(1 << 7);
    /// `ftext`: what a field name is made of, printable ASCII without the colon (RFC 5322 §3.6.8).
    pub const FTEXT: Self = Self(1 << 8);
    /// `qtext`: what stands for itself in a quoted string (RFC 5322 §3.2.4), without white space.
    pub const QTEXT: Self = Self(1 << 9);
    /// `ctext`: what stands for itself in a comment (RFC 5322 §3.2.2), without white space.
    pub const CTEXT: Self = Self(1 << 10);
    /// `dtext`: what stands for itself in a domain literal (RFC 5322 §3.4.1).
    pub const DTEXT: Self = Self(1 << 11);
    /// `specials`: what ends an atom and means something (RFC 5322 §3.2.3).
    pub const SPECIALS: Self = Self(1 << 12);
    /// `VCHAR`: printable ASCII without the space (RFC 5234).
    pub const VCHAR: Self = Self(1 << 13);
    /// Controls: 0–31 and 127, white space and line ends included.
    pub const CTL: Self = Self(1 << 14);
    /// Bytes of 128 and above: UTF-8 sequences, or a charset nobody declared.
    pub const HIGH: Self = Self(1 << 15);
    /// The 64 digits of base64, without the padding (RFC 2045 §6.8).
    pub const BASE64: Self = Self(1 << 16);
    /// `.`
    pub const DOT: Self = Self(1 << 17);
    /// `-`
    pub const HYPHEN: Self = Self(1 << 18);
    /// `obs-NO-WS-CTL`: controls that are no white space, no line end and not NUL (RFC 5322 §4.1).
    pub const OBS_NO_WS_CTL: Self = Self(1 << 19);

    /// The union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `byte` is in the set.
    #[inline]
    pub const fn contains(self, byte: u8) -> bool {
        #[expect(clippy::indexing_slicing, reason = "a u8 is always below 256; const code has no get")]
        let bits = TABLE[byte as usize];
        bits & self.0 != 0
    }

    /// The length of the longest prefix of `bytes` made only of members of the set.
    #[inline]
    pub fn prefix_len(self, bytes: &[u8]) -> usize {
        bytes.iter().position(|&byte| !self.contains(byte)).unwrap_or(bytes.len())
    }

    /// Whether every byte is in the set. True of no bytes at all.
    #[inline]
    pub fn contains_all(self, bytes: &[u8]) -> bool {
        bytes.iter().all(|&byte| self.contains(byte))
    }
}

/// `bytes` without the white space and line ends around it.
///
/// ```
/// assert_eq!(mailwire_core::class::trim(b" \r\n\ta b "), b"a b");
/// ```
#[inline]
pub fn trim(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes))
}

/// `bytes` without the white space and line ends before it.
#[inline]
pub fn trim_start(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if !BLANK.contains(*first) {
            break;
        }
        rest = tail;
    }
    rest
}

/// `bytes` without the white space and line ends behind it.
#[inline]
pub fn trim_end(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let [head @ .., last] = rest {
        if !BLANK.contains(*last) {
            break;
        }
        rest = head;
    }
    rest
}

const BLANK: Class = Class::WSP.or(Class::CRLF);

static TABLE: [u32; 256] = table();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..256")]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0_usize;
    while i < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "i is below 256")]
        let byte = i as u8;
        table[i] = bits(byte);
        i += 1;
    }
    table
}

const fn bits(byte: u8) -> u32 {
    let alnum = byte.is_ascii_alphanumeric();
    let vchar = byte.is_ascii_graphic();
    let mut bits = 0;
    if byte.is_ascii_alphabetic() {
        bits |= Class::ALPHA.0;
    }
    if byte.is_ascii_digit() {
        bits |= Class::DIGIT.0;
    }
    if byte.is_ascii_hexdigit() {
        bits |= Class::HEXDIG.0;
    }
    if matches!(byte, b' ' | b'\t') {
        bits |= Class::WSP.0;
    }
    if matches!(byte, b'\r' | b'\n') {
        bits |= Class::CRLF.0;
    }
    if alnum || one_of(byte, b"!#$%&'*+-/=?^_`{|}~") {
        bits |= Class::ATEXT.0;
    }
    if vchar && !one_of(byte, b"()<>@,;:\\\"/[]?=") {
        bits |= Class::TOKEN.0;
        if !one_of(byte, b"*'%") {
            bits |= Class::ATTRIBUTE.0;
        }
    }
    if vchar && byte != b':' {
        bits |= Class::FTEXT.0;
    }
    if vchar && !one_of(byte, b"\"\\") {
        bits |= Class::QTEXT.0;
    }
    if vchar && !one_of(byte, b"()\\") {
        bits |= Class::CTEXT.0;
    }
    if vchar && !one_of(byte, b"[]\\") {
        bits |= Class::DTEXT.0;
    }
    if one_of(byte, b"()<>[]:;@\\,.\"") {
        bits |= Class::SPECIALS.0;
    }
    if vchar {
        bits |= Class::VCHAR.0;
    }
    if byte < 32 || byte == 127 {
        bits |= Class::CTL.0;
        if !matches!(byte, 0 | b'\t' | b'\r' | b'\n') {
            bits |= Class::OBS_NO_WS_CTL.0;
        }
    }
    if byte >= 128 {
        bits |= Class::HIGH.0;
    }
    if alnum || matches!(byte, b'+' | b'/') {
        bits |= Class::BASE64.0;
    }
    if byte == b'.' {
        bits |= Class::DOT.0;
    }
    if byte == b'-' {
        bits |= Class::HYPHEN.0;
    }
    bits
}

const fn one_of(byte: u8, mut set: &[u8]) -> bool {
    while let [first, rest @ ..] = set {
        if *first == byte {
            return true;
        }
        set = rest;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many bytes each set of the grammars has: a slip in a table entry changes one of these.
    #[test]
    fn sizes_are_those_of_the_grammars() {
        let size = |class: Class| (0..=255_u8).filter(|&byte| class.contains(byte)).count();
        assert_eq!(size(Class::ALPHA), 52);
        assert_eq!(size(Class::HEXDIG), 22);
        assert_eq!(size(Class::ATEXT), 62 + 19);
        assert_eq!(size(Class::TOKEN), 94 - 15);
        assert_eq!(size(Class::ATTRIBUTE), 94 - 15 - 3);
        assert_eq!(size(Class::FTEXT), 93);
        assert_eq!(size(Class::QTEXT), 92);
        assert_eq!(size(Class::CTEXT), 91);
        assert_eq!(size(Class::DTEXT), 91);
        assert_eq!(size(Class::SPECIALS), 13);
        assert_eq!(size(Class::CTL), 33);
        assert_eq!(size(Class::OBS_NO_WS_CTL), 29);
        assert_eq!(size(Class::HIGH), 128);
        assert_eq!(size(Class::BASE64), 64);
    }

    #[test]
    fn trims_nothing_and_everything() {
        assert_eq!(trim(b""), b"");
        assert_eq!(trim(b" \t\r\n"), b"");
        assert_eq!(trim_end(b" a "), b" a");
        assert_eq!(trim_start(b" a "), b"a ");
    }
}

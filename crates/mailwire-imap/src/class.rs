//! Which octets may stand where: one table.

/// `atom-specials` and controls out, everything else in; and what follows from it.
#[derive(Clone, Copy)]
pub(crate) struct Class(u8);

impl Class {
    /// `ATOM-CHAR` (RFC 9051 §9).
    pub(crate) const ATOM: Self = Self(1);
    /// `ASTRING-CHAR`: `ATOM-CHAR` and `]`.
    pub(crate) const ASTRING: Self = Self(1 << 1);
    /// `list-char`: `ASTRING-CHAR`, `%` and `*`.
    pub(crate) const LIST: Self = Self(1 << 2);
    /// A character of a tag: `ASTRING-CHAR` without `+`.
    pub(crate) const TAG: Self = Self(1 << 3);
    /// What a word that nobody quoted goes on with: no blank, no parenthesis, no quote, no control.
    pub(crate) const WORD: Self = Self(1 << 4);
    /// What stands for itself in a quoted string.
    pub(crate) const QUOTED: Self = Self(1 << 5);
    /// `0`–`9`, `:`, `,`, `*`, `$`: what a sequence set is made of.
    pub(crate) const SET: Self = Self(1 << 6);

    #[inline]
    pub(crate) const fn contains(self, byte: u8) -> bool {
        #[expect(clippy::indexing_slicing, reason = "a u8 is always below 256")]
        let bits = TABLE[byte as usize];
        bits & self.0 != 0
    }

    #[inline]
    pub(crate) fn prefix_len(self, bytes: &[u8]) -> usize {
        // By hand: `position` keeps a pointer besides the count.
        let mut len = 0;
        while bytes.get(len).is_some_and(|&byte| self.contains(byte)) {
            len += 1;
        }
        len
    }

    #[inline]
    pub(crate) fn contains_all(self, bytes: &[u8]) -> bool {
        bytes.iter().all(|&byte| self.contains(byte))
    }
}

static TABLE: [u8; 256] = table();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated at compile time")]
const fn table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut i = 0_usize;
    while i < 256 {
        let byte = i as u8;
        let special = matches!(byte, 0..=b' ' | 127 | b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']');
        let ascii = byte < 128;
        let mut bits = 0;
        if ascii && !special {
            bits |= Class::ATOM.0;
        }
        if ascii && (!special || byte == b']') {
            bits |= Class::ASTRING.0;
            if byte != b'+' {
                bits |= Class::TAG.0;
            }
        }
        if ascii && (!special || matches!(byte, b']' | b'%' | b'*')) {
            bits |= Class::LIST.0;
        }
        if byte > b' ' && byte != 127 && !matches!(byte, b'(' | b')' | b'"') {
            bits |= Class::WORD.0;
        }
        if !matches!(byte, 0 | b'\r' | b'\n' | b'"' | b'\\') {
            bits |= Class::QUOTED.0;
        }
        if byte.is_ascii_digit() || matches!(byte, b':' | b',' | b'*' | b'$') {
            bits |= Class::SET.0;
        }
        table[i] = bits;
        i += 1;
    }
    table
}

//! What bytes are to addresses, one table for the two loops that read most of them.
//!
//! [`Class`] answers for one set; here the kinds of a whole run are wanted, gathered while it is read.

use mailwire_core::Class;

/// The kinds of the bytes of a run, or of one byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// Letters and digits.
    pub(crate) const LETTER_OR_DIGIT: Self = Self(1);
    /// `atext` that is none of the others.
    const OTHER: Self = Self(1 << 1);
    /// What most words are made of.
    pub(crate) const WORD: Self = Self(Self::LETTER_OR_DIGIT.0 | Self::OTHER.0);
    /// Bytes above 127.
    pub(crate) const HIGH: Self = Self(1 << 2);
    /// `.`
    pub(crate) const DOT: Self = Self(1 << 3);
    /// `atext` that means something to some software: `!`, `%`, `=` and `?`.
    pub(crate) const SUSPECT: Self = Self(1 << 4);
    /// What no host name has: `OTHER` and `SUSPECT`.
    pub(crate) const NON_LDH: Self = Self(Self::OTHER.0 | Self::SUSPECT.0);
    /// What a dot-atom is made of.
    const ATOM: Self = Self(0x1f | Self::EDGE.0);
    /// What stands for itself in a quoted string.
    const TEXT: Self = Self(1 << 5);
    /// `@`
    pub(crate) const AT: Self = Self(1 << 6);
    /// `=`
    const EQUALS: Self = Self(1 << 7);
    /// `?`; twice `EQUALS`.
    const QUESTION: Self = Self(1 << 8);
    /// A control character, which no table knows: set by who finds one.
    pub(crate) const CONTROL: Self = Self(1 << 9);
    /// NUL, in whatever guise.
    pub(crate) const NUL: Self = Self(1 << 10);
    /// Two dots in a row, or a dot where none may be.
    pub(crate) const DOTS: Self = Self(1 << 11);
    /// `=?`
    pub(crate) const ENCODED_WORD: Self = Self(1 << 12);
    /// What no label begins or ends with, and no two of which are neighbours in most: `.` and `-`.
    pub(crate) const EDGE: Self = Self(1 << 13);
    /// Two of `EDGE` in a row.
    pub(crate) const EDGES: Self = Self(1 << 14);
    /// A tab.
    pub(crate) const TAB: Self = Self(1 << 15);
    /// What stands before a dot-atom.
    pub(crate) const START: Self = Self(Self::DOT.0 | Self::EDGE.0);

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    #[inline]
    pub(crate) fn add(&mut self, kinds: Self) {
        self.0 |= kinds.0;
    }

    #[inline]
    fn of(byte: u8) -> Self {
        Self(TABLE.get(usize::from(byte)).copied().unwrap_or_default())
    }

    /// The end of what stands at `start`, runs of these kinds with single dots and hyphens between them, and whether there is
    /// a dot; `None` where a run is missing.
    #[inline]
    pub(crate) fn joined(self, bytes: &[u8], start: usize) -> Option<(usize, bool)> {
        let mut end = start;
        let mut dotted = false;
        loop {
            let run = self.run(bytes.get(end..)?);
            if run == 0 {
                return None;
            }
            end += run;
            match bytes.get(end) {
                Some(b'.') => dotted = true,
                Some(b'-') => {}
                _ => return Some((end, dotted)),
            }
            end += 1;
        }
    }

    /// The length and kinds of the longest prefix made of atom characters and dots. `before` is what stands before it:
    /// `START` where a dot may not begin it. The last byte's kind comes third.
    #[inline]
    pub(crate) fn dot_atom(before: Self, bytes: &[u8]) -> (usize, Self, Self) {
        let (mut seen, mut pairs, mut last) = (0, 0, before.0);
        let len = bytes.iter().position(|&byte| {
            let kind = Self::of(byte).0;
            let ends = kind & Self::ATOM.0 == 0;
            if !ends {
                seen |= kind;
                pairs |= kind & last;
                last = kind;
            }
            ends
        });
        let len = len.unwrap_or(bytes.len());
        let mut kinds = Self(seen & Self::ATOM.0);
        if pairs & Self::EDGE.0 != 0 {
            kinds.add(Self::EDGES);
            if pairs & Self::DOT.0 != 0 {
                kinds.add(Self::DOTS);
            }
        }
        (len, kinds, Self(last))
    }

    /// The end and the kinds of the atom characters and dots, wherever the dots are, that stand at `start`.
    #[inline]
    pub(crate) fn atom(bytes: &[u8], start: usize) -> (usize, Self) {
        let mut end = start;
        let mut kinds = Self::default();
        while let Some(&byte) = bytes.get(end) {
            let kind = Self::of(byte);
            if !kind.has(Self::ATOM) {
                break;
            }
            kinds.add(kind);
            end += 1;
        }
        (end, kinds)
    }

    /// The length of the longest prefix of these kinds.
    #[inline]
    fn run(self, bytes: &[u8]) -> usize {
        let mut len = 0;
        let mut rest = bytes;
        while let Some(([a, b, c, d], tail)) = rest.split_first_chunk() {
            if !Self::of(*a).has(self) {
                return len;
            }
            if !Self::of(*b).has(self) {
                return len + 1;
            }
            if !Self::of(*c).has(self) {
                return len + 2;
            }
            if !Self::of(*d).has(self) {
                return len + 3;
            }
            len += 4;
            rest = tail;
        }
        len + rest.iter().take_while(|&&byte| Self::of(byte).has(self)).count()
    }

    /// The length and kinds of the longest prefix that stands for itself in a quoted string.
    #[inline]
    pub(crate) fn quoted_text(bytes: &[u8]) -> (usize, Self) {
        let (mut seen, mut pairs, mut last) = (0, 0, 0);
        let mut len = 0;
        for &byte in bytes {
            let kind = Self::of(byte).0;
            if kind & (Self::TEXT.0 | Self::HIGH.0) == 0 {
                break;
            }
            seen |= kind;
            pairs |= kind & (last << 1);
            last = kind & Self::EQUALS.0;
            len += 1;
        }
        let mut kinds = Self(seen & (Self::HIGH.0 | Self::AT.0 | Self::TAB.0));
        if pairs & Self::QUESTION.0 != 0 {
            kinds.add(Self::ENCODED_WORD);
        }
        (len, kinds)
    }
}

static TABLE: [u16; 256] = table();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..256")]
const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 0xff {
        table[byte as usize] = bits(byte);
        byte += 1;
    }
    table[0xff] = bits(0xff);
    table
}

const fn bits(byte: u8) -> u16 {
    let mut bits = if Class::ALPHA.or(Class::DIGIT).contains(byte) {
        Kinds::LETTER_OR_DIGIT.0
    } else if Class::DOT.contains(byte) {
        Kinds::DOT.0
    } else if Class::HIGH.contains(byte) {
        Kinds::HIGH.0
    } else if matches!(byte, b'!' | b'%' | b'=' | b'?') {
        Kinds::SUSPECT.0
    } else if Class::ATEXT.contains(byte) && byte != b'-' {
        Kinds::OTHER.0
    } else {
        0
    };
    if Class::QTEXT.or(Class::WSP).contains(byte) {
        bits |= Kinds::TEXT.0;
    }
    match byte {
        b'.' | b'-' => bits | Kinds::EDGE.0,
        b'\t' => bits | Kinds::TAB.0,
        b'@' => bits | Kinds::AT.0,
        b'=' => bits | Kinds::EQUALS.0,
        b'?' => bits | Kinds::QUESTION.0,
        _ => bits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_agrees_with_the_classes() {
        for byte in 0..=255_u8 {
            let kind = Kinds::of(byte);
            assert_eq!(kind.has(Kinds::ATOM), Class::ATEXT.or(Class::HIGH).or(Class::DOT).contains(byte));
            assert_eq!(kind.has(Kinds::TEXT), Class::QTEXT.or(Class::WSP).contains(byte));
            assert_eq!(
                kind.has(Kinds::NON_LDH),
                Class::ATEXT.contains(byte) && !byte.is_ascii_alphanumeric() && byte != b'-'
            );
        }
    }

    proptest! {
        /// What is read four bytes at a time, or run by run, has a twin that reads byte by byte.
        #[test]
        fn runs_are_read_as_byte_by_byte(text in "[a-c1_.=é-]{0,9}[ @]?[a-c.-]{0,6}") {
            let bytes = text.as_bytes();
            let len = bytes.iter().position(|&byte| !Kinds::of(byte).has(Kinds::ATOM)).unwrap_or(bytes.len());
            let (read, kinds) = Kinds::atom(bytes, 0);
            prop_assert_eq!(read, len);
            prop_assert_eq!(kinds.has(Kinds::DOT), bytes[..len].contains(&b'.'));
            prop_assert_eq!(kinds.has(Kinds::HIGH), !bytes[..len].is_ascii());

            let taken = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
            let word = &bytes[..bytes.iter().position(|byte| !taken(byte)).unwrap_or(bytes.len())];
            let runs = word.split(|byte| b".-".contains(byte)).all(|run| !run.is_empty());
            let twin = runs.then(|| (word.len(), word.contains(&b'.')));
            prop_assert_eq!(Kinds::WORD.joined(bytes, 0), twin);
        }
    }

    #[test]
    fn pairs_are_seen() {
        let dots = |bytes| Kinds::dot_atom(Kinds::START, bytes).1.has(Kinds::DOTS);
        assert!(dots(b".a") && dots(b"a..b"));
        assert!(!dots(b"a.b.c."));
        let encoded = |bytes| Kinds::quoted_text(bytes).1.has(Kinds::ENCODED_WORD);
        assert!(encoded(b"a=?b"));
        assert!(!encoded(b"a= ?=b"));
    }
}

//! Character references: `&nbsp;`, `&#233;`, `&#xe9;`.

use super::names::NAMES;
use core::cmp::Ordering;

/// Where a reference stands. In an attribute, a name without a semicolon counts only if it looks like nothing else:
/// `?a=1&copy=2` is an address and not ©.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Character(char),
    /// One or two characters.
    Name(&'static str),
}

/// The reference at the front of `text`, which begins behind the `&`: what it stands for, and how many bytes of
/// `text` it has. `None` where the `&` is only that.
pub(super) fn parse(text: &[u8], place: Place) -> Option<(Meaning, usize)> {
    match text {
        [b'n', b'b', b's', b'p', b';', ..] => Some((Meaning::Character('\u{a0}'), 5)),
        [b'a', b'm', b'p', b';', ..] => Some((Meaning::Character('&'), 4)),
        [b'#', b'x' | b'X', digits @ ..] => {
            let (number, len) = number(digits, 16)?;
            Some((Meaning::Character(number), 2 + len))
        }
        [b'#', digits @ ..] => {
            let (number, len) = number(digits, 10)?;
            Some((Meaning::Character(number), 1 + len))
        }
        _ => named(text, place),
    }
}

/// At least one digit, and the semicolon if there is one.
fn number(digits: &[u8], radix: u32) -> Option<(char, usize)> {
    let mut value = 0_u32;
    let mut len = 0;
    for &byte in digits {
        let Some(digit) = char::from(byte).to_digit(radix) else { break };
        value = value.saturating_mul(radix).saturating_add(digit);
        len += 1;
    }
    if len == 0 {
        return None;
    }
    let semicolon = usize::from(digits.get(len) == Some(&b';'));
    Some((character(value), len + semicolon))
}

/// The standard's table for what is written as a number: 128 to 159 are windows-1252.
fn character(value: u32) -> char {
    let remapped = value.checked_sub(0x80).and_then(|at| WINDOWS_1252.get(at as usize));
    match remapped {
        Some(&c) => c,
        None if value == 0 => char::REPLACEMENT_CHARACTER,
        None => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The longest name that `text` begins with.
fn named(text: &[u8], place: Place) -> Option<(Meaning, usize)> {
    let run = text.iter().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric());
    let run = run.unwrap_or_else(|| text.len().min(LONGEST));
    if let (Some(name), Some(b';')) = (text.get(..run), text.get(run))
        && let Some((meaning, _)) = find(name)
    {
        return Some((Meaning::Name(meaning), run + 1));
    }
    for len in (SHORTEST..=run.min(LONGEST_WITHOUT_SEMICOLON)).rev() {
        if let Some((meaning, Semicolon::Optional)) = text.get(..len).and_then(find) {
            let next = text.get(len);
            if place == Place::Attribute
                && next.is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric())
            {
                return None;
            }
            let semicolon = usize::from(next == Some(&b';'));
            return Some((Meaning::Name(meaning), len + semicolon));
        }
    }
    None
}

/// Whether a name needs its semicolon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Semicolon {
    Needed,
    Optional,
}

/// Looks a name up: a binary search over the text of the table, whose entries end with a blank.
fn find(name: &[u8]) -> Option<(&'static str, Semicolon)> {
    let table = NAMES.as_bytes();
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low.midpoint(high);
        // The entry that the middle is in.
        let start =
            table.get(low..middle)?.iter().rposition(|&byte| byte == b' ').map_or(low, |at| low + at + 1);
        let entry = table.get(start..)?;
        let written = entry.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        let end = start + written + entry.get(written..)?.iter().position(|&byte| byte == b' ')?;
        match name.cmp(entry.get(..written)?) {
            Ordering::Less => high = start,
            Ordering::Greater => low = end + 1,
            Ordering::Equal => {
                let kind =
                    if entry.get(written) == Some(&b':') { Semicolon::Optional } else { Semicolon::Needed };
                return Some((NAMES.get(start + written + 1..end)?, kind));
            }
        }
    }
    None
}

/// `CounterClockwiseContourIntegral`.
const LONGEST: usize = 31;
/// `gt`.
const SHORTEST: usize = 2;
/// `brvbar` and others.
const LONGEST_WITHOUT_SEMICOLON: usize = 6;

/// What the numbers from 128 on mean: five of them are nothing in windows-1252 and stay the controls that they are.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn text(reference: &str, place: Place) -> Option<(String, usize)> {
        let (meaning, len) = parse(reference.as_bytes(), place)?;
        Some((
            match meaning {
                Meaning::Character(c) => c.into(),
                Meaning::Name(name) => name.into(),
            },
            len,
        ))
    }

    fn entries() -> impl Iterator<Item = (&'static str, Semicolon, &'static str)> {
        NAMES.split_terminator(' ').map(|entry| {
            let (name, value) = entry.split_once([':', '=']).unwrap();
            let optional = entry.as_bytes()[name.len()] == b':';
            (name, if optional { Semicolon::Optional } else { Semicolon::Needed }, value)
        })
    }

    /// The sizes are those of the standard's list.
    #[test]
    fn the_table_is_whole_and_sorted() {
        let all: Vec<_> = entries().collect();
        assert_eq!(all.len(), 2125);
        assert!(all.is_sorted_by(|one, next| one.0 < next.0));
        let optional: Vec<_> = all.iter().filter(|entry| entry.1 == Semicolon::Optional).collect();
        assert_eq!(optional.len(), 106);
        assert_eq!(optional.iter().map(|entry| entry.0.len()).max(), Some(LONGEST_WITHOUT_SEMICOLON));
        assert_eq!(all.iter().map(|entry| entry.0.len()).max(), Some(LONGEST));
        assert_eq!(all.iter().map(|entry| entry.0.len()).min(), Some(SHORTEST));
        assert!(all.iter().all(|entry| (1..=2).contains(&entry.2.chars().count())));
        // No reference is much longer than what it is written as, so no text grows by references.
        assert!(all.iter().all(|entry| entry.2.len() <= entry.0.len() + 3));
    }

    /// A plain look through the whole table is the twin of the binary search.
    #[test]
    fn every_name_is_found_and_nothing_else() {
        for (name, kind, value) in entries() {
            assert_eq!(find(name.as_bytes()), Some((value, kind)), "{name}");
            let longer = [name, "x"].concat();
            let shorter = name.split_at(name.len() - 1).0;
            for other in [&longer, shorter] {
                let plain = entries().find(|entry| entry.0 == other).map(|entry| (entry.2, entry.1));
                assert_eq!(find(other.as_bytes()), plain, "{other}");
            }
        }
        for none in ["", "A", "zzzzzz", "AElig ", "=", "\u{e9}"] {
            assert_eq!(find(none.as_bytes()), None, "{none}");
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let in_text = |reference: &str| text(reference, Place::Text);
        assert_eq!(in_text("notin;"), Some(("∉".into(), 6)));
        assert_eq!(in_text("notit;"), Some(("¬".into(), 3)));
        assert_eq!(in_text("not"), Some(("¬".into(), 3)));
        assert_eq!(in_text("eacute!"), Some(("é".into(), 6)));
        assert_eq!(in_text("copyright"), Some(("©".into(), 4)));
        assert_eq!(in_text("NotEqualTilde;"), Some(("\u{2242}\u{338}".into(), 14)));
        assert_eq!(in_text("alpha"), None);
        assert_eq!(in_text("bogus;"), None);
        assert_eq!(in_text(""), None);
        assert_eq!(text("copy=2", Place::Attribute), None);
        assert_eq!(text("copyright", Place::Attribute), None);
        assert_eq!(text("copy;=2", Place::Attribute), Some(("©".into(), 5)));
        assert_eq!(text("copy", Place::Attribute), Some(("©".into(), 4)));
    }

    #[test]
    fn numbers() {
        let cases = [
            ("#65;", "A", 4),
            ("#65x", "A", 3),
            ("#x1F600;", "\u{1f600}", 8),
            ("#X41", "A", 4),
            ("#150;", "–", 5),
            ("#x80;", "€", 5),
            ("#129;", "\u{81}", 5),
            ("#160;", "\u{a0}", 5),
            ("#0;", "\u{fffd}", 3),
            ("#xD800;", "\u{fffd}", 7),
            ("#x110000;", "\u{fffd}", 9),
            ("#99999999999999999999;", "\u{fffd}", 22),
        ];
        for (reference, meaning, len) in cases {
            assert_eq!(text(reference, Place::Text), Some((meaning.into(), len)), "{reference}");
        }
        for none in ["#", "#;", "#x;", "#xg", "#a", "# 1"] {
            assert_eq!(text(none, Place::Text), None, "{none}");
        }
    }
}

//! Where a list closes, found by 64 octets at a time.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, u8x64};
use mailwire_core::simd;

/// What a look at the rest of a list has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// Behind the parenthesis that closes it.
    At(usize),
    /// Something that takes a closer look, or the end of the text.
    Odd(Place),
}

/// A place in a list, outside of its strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where; at most 64 octets and an open string before what is odd.
    pub(super) at: usize,
    /// How many lists are open there.
    pub(super) open: u32,
    /// From where on another quick look is worth it.
    pub(super) behind: usize,
}

/// Goes on in a list at `at`, outside of its strings, where `open` lists are open; more than `most` are odd. So are a
/// literal, and a backslash or a line end in a string.
#[inline]
pub(super) fn close(text: &[u8], at: usize, open: u32, most: u32) -> Closed {
    dispatch!(simd::level(), simd => wide(simd, text, Place { at, open, behind: at }, most, Ends::List))
}

/// Goes behind the lists that begin at `at`, with nothing between them; `None` if anything is odd.
#[inline]
pub(super) fn close_all(text: &[u8], at: usize, most: u32) -> Option<usize> {
    let start = Place { at, open: 0, behind: at };
    match dispatch!(simd::level(), simd => wide(simd, text, start, most, Ends::Lists)) {
        Closed::At(end) => Some(end),
        Closed::Odd(_) => None,
    }
}

/// What ends the look.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    /// The end of a list.
    List,
    /// The end of one that no other follows.
    Lists,
}

#[inline(always)]
fn wide<S: Simd>(simd: S, text: &[u8], start: Place, most: u32, ends: Ends) -> Closed {
    let Place { mut at, mut open, .. } = start;
    // All ones inside of a string, and where that begins.
    let (mut inside, mut string) = (0_u64, at);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let mut padded = [0; 64];
        let block = rest.first_chunk().unwrap_or_else(|| {
            if let Some(front) = padded.get_mut(..rest.len()) {
                front.copy_from_slice(rest);
            }
            &padded
        });
        let octets = u8x64::from_slice(simd, block);
        let quotes = octets.simd_eq(b'"').to_bitmask();
        let strings = parity(quotes) ^ inside;
        let escapes = octets.simd_eq(b'\\') | octets.simd_eq(b'\r') | octets.simd_eq(b'\n');
        let braces = octets.simd_eq(b'{');
        let odd = if (escapes | braces).any_true() {
            escapes.to_bitmask() & strings | braces.to_bitmask() & !strings
        } else {
            0
        };
        // Below the first that is odd.
        let known = odd.wrapping_sub(1) & !odd & !strings;
        let opens = octets.simd_eq(b'(').to_bitmask() & known;
        let closes = octets.simd_eq(b')').to_bitmask() & known;
        let before = Place { at: if inside == 0 { at } else { string }, open, behind: at + 64 };
        if open + opens.count_ones() > most {
            return Closed::Odd(before);
        }
        if closes.count_ones() >= open {
            let (mut marks, mut level) = (opens | closes, open);
            while marks != 0 {
                let mark = marks & marks.wrapping_neg();
                if opens & mark != 0 {
                    level += 1;
                } else if level > 1 {
                    level -= 1;
                } else {
                    let end = at + mark.trailing_zeros() as usize + 1;
                    if ends == Ends::List || text.get(end) != Some(&b'(') {
                        return Closed::At(end);
                    }
                    level = 0;
                }
                marks ^= mark;
            }
        }
        if odd != 0 || rest.len() < 64 {
            return Closed::Odd(before);
        }
        open = open + opens.count_ones() - closes.count_ones();
        if quotes != 0 {
            string = at + 63 - quotes.leading_zeros() as usize;
        }
        inside = if strings >> 63 == 0 { 0 } else { u64::MAX };
        at += 64;
    }
}

/// For each bit, whether the bits up to it are odd in number.
#[inline(always)]
fn parity(mut bits: u64) -> u64 {
    for by in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << by;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::{Closed, Place, close, close_all, parity};
    use mailwire_testkit::random::Random;

    #[test]
    fn parity_of_every_bit() {
        let mut random = Random::new(7);
        for _ in 0..1000 {
            let bits = random.bits();
            for at in 0..64 {
                let odd = (bits << (63 - at)).count_ones() % 2 == 1;
                assert_eq!(parity(bits) >> at & 1 == 1, odd, "{bits:b} {at}");
            }
        }
    }

    /// Octet by octet: where the list closes, if nothing odd stands before.
    fn naive(text: &[u8], at: usize, mut open: u32, most: u32) -> Option<usize> {
        let mut string = false;
        for (at, &octet) in text.iter().enumerate().skip(at) {
            match (string, octet) {
                (true, b'\\' | b'\r' | b'\n') | (false, b'{') => return None,
                (_, b'"') => string = !string,
                (false, b'(') => open += 1,
                (false, b')') if open <= 1 => return Some(at + 1),
                (false, b')') => open -= 1,
                _ => {}
            }
            if open > most {
                return None;
            }
        }
        None
    }

    #[test]
    fn every_list_closes_where_it_closes_octet_by_octet() {
        let mut random = Random::new(13);
        let common = *b"(((())))\"\"\"\"abcdefgh ijkl";
        for round in 0..60_000 {
            let len = random.below(300);
            let mut text: alloc::vec::Vec<u8> = (0..len).map(|_| *random.pick(&common)).collect();
            text.insert(0, b'(');
            for _ in 0..round % 3 {
                let at = random.below(text.len());
                text[at] = *random.pick(b"\\\r\n{\0\xff");
            }
            let most = if round % 5 == 0 { 3 } else { 60 };
            match (close(&text, 0, 0, most), naive(&text, 0, 0, most)) {
                (Closed::At(found), Some(expected)) => assert_eq!(found, expected, "{text:?}"),
                // Too many lists are seen by the block, so before it they may be closed again.
                (Closed::Odd(place), expected) => {
                    assert!(expected.is_none() || most == 3, "{text:?}");
                    let Place { at, open, behind } = place;
                    assert!(at <= text.len() && behind > at && open <= most);
                    assert_eq!(naive(&text, at, open, most), expected, "{text:?}");
                }
                (found, expected) => panic!("{found:?} {expected:?} {text:?}"),
            }
            let mut end = naive(&text, 0, 0, most);
            while let Some(at) = end.filter(|&at| text.get(at) == Some(&b'(')) {
                end = naive(&text, at, 0, most);
            }
            let found = close_all(&text, 0, most);
            // One more list than may be nested is seen by the block.
            assert!(found == end || most == 3 && found.is_none(), "{found:?} {end:?} {text:?}");
        }
    }
}

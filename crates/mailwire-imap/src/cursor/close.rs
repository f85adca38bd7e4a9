//! Where a list closes, found by 64 octets at a time.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::window::parity;
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
    /// Where; at most 64 octets before what is odd, and more if blocks begin in strings there.
    pub(super) at: usize,
    /// How many lists are open there.
    pub(super) open: u32,
    /// From where on another quick look is worth it.
    pub(super) behind: usize,
}

/// Goes on in a list at `at`, outside of its strings, where `open` lists are open; more than `most` are odd. So are a
/// literal, a control in a string, and backslashes that belong together.
#[inline]
pub(super) fn close(text: &[u8], at: usize, open: u32, most: u32) -> Closed {
    look(text, Place { at, open, behind: at }, most, Ends::List)
}

/// Goes behind the lists that begin at `at`, with nothing between them; `None` if anything is odd.
#[inline]
pub(super) fn close_all(text: &[u8], at: usize, most: u32) -> Option<usize> {
    match look(text, Place { at, open: 0, behind: at }, most, Ends::Lists) {
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

#[inline]
fn look(text: &[u8], start: Place, most: u32, ends: Ends) -> Closed {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = simd::level().as_avx2() {
        return on_avx2(avx2, text, start, most, ends);
    }
    anywhere(text, start, most, ends)
}

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    #[inline]
    fn on_avx2(avx2: Avx2, text: &[u8], start: Place, most: u32, ends: Ends) -> Closed {
        wide(avx2, text, start, most, ends)
    }
);

#[inline(never)]
fn anywhere(text: &[u8], start: Place, most: u32, ends: Ends) -> Closed {
    dispatch!(simd::level(), simd => wide(simd, text, start, most, ends))
}

#[inline(always)]
fn wide<S: Simd>(simd: S, text: &[u8], start: Place, most: u32, ends: Ends) -> Closed {
    let Place { mut at, mut open, .. } = start;
    // The last place outside of strings, and all ones behind it.
    let (mut before, mut inside) = (start, 0_u64);
    // Whether the octet before is a backslash.
    let mut carry = 0;
    let mut rest = text.get(at..).unwrap_or_default();
    loop {
        let padded;
        let (block, behind) = if let Some((block, behind)) = rest.split_first_chunk() {
            (block, Some(behind))
        } else {
            padded = with_blanks(rest);
            (&padded, None)
        };
        let octets = u8x64::from_slice(simd, block);
        let mut quotes = octets.simd_eq(b'"').to_bitmask();
        let mut opens = octets.simd_eq(b'(').to_bitmask();
        let mut closes = octets.simd_eq(b')').to_bitmask();
        let (backslashes, braces) = (octets.simd_eq(b'\\'), octets.simd_eq(b'{'));
        let controls = octets.simd_lt(b' ');
        if inside == 0 {
            (before.at, before.open) = (at, open);
        }
        let strings;
        let mut odd = 0;
        if (backslashes | braces | controls).to_bitmask() | carry != 0 {
            let backslashes = backslashes.to_bitmask();
            let escaped = backslashes << 1 | carry;
            let literal = quotes & escaped;
            quotes ^= literal;
            strings = parity(quotes) ^ inside;
            odd = backslashes & escaped
                // Outside of strings a backslash says nothing.
                | literal & !(strings << 1 | inside & 1)
                | controls.to_bitmask() & strings
                | braces.to_bitmask() & !strings;
            carry = backslashes >> 63;
            let known = odd.wrapping_sub(1) & !odd;
            (opens, closes) = (opens & known, closes & known);
        } else {
            strings = parity(quotes) ^ inside;
        }
        (opens, closes) = (opens & !strings, closes & !strings);
        if open + opens.count_ones() > most {
            return Closed::Odd(Place { behind: at + 64, ..before });
        }
        if closes.count_ones() >= open {
            let mut ends_here = if ends == Ends::List { closes } else { closes & !(opens >> 1) };
            while ends_here != 0 {
                let mark = ends_here & ends_here.wrapping_neg();
                let up_to = mark | (mark - 1);
                let end = at + mark.trailing_zeros() as usize + 1;
                if open + (opens & up_to).count_ones() <= (closes & up_to).count_ones()
                    && (ends == Ends::List || text.get(end) != Some(&b'('))
                {
                    return Closed::At(end);
                }
                ends_here ^= mark;
            }
        }
        let Some(behind) = behind.filter(|_| odd == 0) else {
            return Closed::Odd(Place { behind: at + 64, ..before });
        };
        open = open + opens.count_ones() - closes.count_ones();
        inside = if strings >> 63 == 0 { 0 } else { u64::MAX };
        (at, rest) = (at + 64, behind);
    }
}

fn with_blanks(rest: &[u8]) -> [u8; 64] {
    let mut padded = [b' '; 64];
    if let Some(front) = padded.get_mut(..rest.len()) {
        front.copy_from_slice(rest);
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::{Closed, Place, close, close_all};
    use mailwire_testkit::random::Random;

    /// Octet by octet: where the list closes, if there is no literal before, and no string that ends with its line.
    fn naive(text: &[u8], at: usize, mut open: u32, most: u32) -> Option<usize> {
        let (mut string, mut escaped) = (false, false);
        for (at, &octet) in text.iter().enumerate().skip(at) {
            match (string, octet) {
                (true, b'\r' | b'\n') | (false, b'{') => return None,
                (true, _) if escaped => escaped = false,
                (true, b'\\') => escaped = true,
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
            for _ in 0..(round % 3).min(len) {
                let at = random.below(len);
                text[at] = *random.pick(b"\\\\\\\r\n{\0\xff");
            }
            text.insert(0, b'(');
            let most = if round % 5 == 0 { 3 } else { 60 };
            match (close(&text, 0, 0, most), naive(&text, 0, 0, most)) {
                (Closed::At(found), Some(expected)) => assert_eq!(found, expected, "{text:?}"),
                // Too many lists are seen by the block, so before it they may be closed again.
                (Closed::Odd(place), expected) => {
                    let odd = |octet: &u8| matches!(octet, 0..b' ' | b'\\' | b'{');
                    assert!(expected.is_none() || most == 3 || text.iter().any(odd), "{text:?}");
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
            let odd = |octet: &u8| matches!(octet, 0..b' ' | b'\\' | b'{');
            // One more list than may be nested is seen by the block.
            let may_be_odd = most == 3 || text.iter().any(odd);
            assert!(found == end || may_be_odd && found.is_none(), "{found:?} {end:?} {text:?}");
        }
    }
}

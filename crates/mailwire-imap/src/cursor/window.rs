//! What is among the next 64 octets of a text, found in all of them together.
//!
//! Where a string ends does not hang on where the one before it ended, so a processor finds many of them at once.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use core::convert::identity;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, u8x16, u8x32, u8x64};
use mailwire_core::simd;

/// How many octets are looked at together.
pub(crate) const LEN: usize = 64;

/// A look at the front of a text by the widest vectors that there are: what is sought, and what is made of it.
macro_rules! looks {
    ($($(#[$doc:meta])* $vis:vis fn $name:ident($sought:ident) -> $answer:ty = $make:expr;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        $vis fn $name(text: &[u8]) -> $answer {
            #[inline(never)]
            fn anywhere(text: &[u8]) -> $answer {
                $make(dispatch!(simd::level(), simd => look::<_, $sought>(simd, text)))
            }
            #[cfg(target_arch = "x86_64")]
            fearless_simd::kernel!(
                #[inline]
                fn on_avx2(avx2: Avx2, text: &[u8]) -> $answer {
                    $make(look::<_, $sought>(avx2, text))
                }
            );
            // Asked here, so that on most processors it is one call.
            #[cfg(target_arch = "x86_64")]
            if let Some(avx2) = simd::level().as_avx2() {
                return on_avx2(avx2, text);
            }
            anywhere(text)
        }
    )*};
}

looks! {
    /// The quotes, a bit for each, up to the first octet that is neither a quote nor plain text.
    pub(super) fn quotes(Quotes) -> u64 = below;
    /// Where the first octet is that ends words: one of `(`, `)`, `"` and `{`. [`LEN`] if there is none.
    pub(super) fn words_len(Ends) -> usize = first;
    /// Where the first brace or line feed is. [`LEN`] if there is none.
    pub(super) fn brace(Brace) -> usize = first;
    /// The quotes, and the backslashes.
    fn escapes(Escapes) -> (u64, u64) = identity;
}

/// Which octets are in strings, a bit for each, those behind the last one too; `inside` of one at first. `None` if there are
/// backslashes in any.
#[inline(always)]
pub(crate) fn strings(text: &[u8], inside: bool) -> Option<u64> {
    let (quotes, backslashes) = escapes(text);
    let strings = parity(quotes) ^ if inside { u64::MAX } else { 0 };
    (backslashes & strings == 0).then_some(strings)
}

/// For each bit, whether the bits up to it are odd in number.
#[inline(always)]
pub(super) fn parity(mut bits: u64) -> u64 {
    for by in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << by;
    }
    bits
}

/// What is looked for.
trait Sought {
    /// What is found, and what nothing is looked for behind.
    fn marks<S: Simd, V: SimdInt<S, Element = u8>>(octets: V) -> (V::Mask, V::Mask);
    /// The same of one.
    fn is(octet: u8) -> (bool, bool);
}

struct Quotes;

impl Sought for Quotes {
    #[inline(always)]
    fn marks<S: Simd, V: SimdInt<S, Element = u8>>(octets: V) -> (V::Mask, V::Mask) {
        let odd = octets.simd_eq(b'\\') | octets.simd_lt(b' ') | octets.simd_ge(128);
        (octets.simd_eq(b'"'), odd)
    }

    #[inline]
    fn is(octet: u8) -> (bool, bool) {
        (octet == b'"', matches!(octet, b'\\' | 0..b' ' | 128..))
    }
}

struct Escapes;

impl Sought for Escapes {
    #[inline(always)]
    fn marks<S: Simd, V: SimdInt<S, Element = u8>>(octets: V) -> (V::Mask, V::Mask) {
        (octets.simd_eq(b'"'), octets.simd_eq(b'\\'))
    }

    #[inline]
    fn is(octet: u8) -> (bool, bool) {
        (octet == b'"', octet == b'\\')
    }
}

struct Ends;

impl Sought for Ends {
    #[inline(always)]
    fn marks<S: Simd, V: SimdInt<S, Element = u8>>(octets: V) -> (V::Mask, V::Mask) {
        let ends = octets.simd_eq(b'(') | octets.simd_eq(b')') | octets.simd_eq(b'"') | octets.simd_eq(b'{');
        (ends, V::Mask::splat(octets.witness(), false))
    }

    #[inline]
    fn is(octet: u8) -> (bool, bool) {
        (matches!(octet, b'(' | b')' | b'"' | b'{'), false)
    }
}

struct Brace;

impl Sought for Brace {
    #[inline(always)]
    fn marks<S: Simd, V: SimdInt<S, Element = u8>>(octets: V) -> (V::Mask, V::Mask) {
        let ends = octets.simd_eq(b'{') | octets.simd_eq(b'\n');
        (ends, V::Mask::splat(octets.witness(), false))
    }

    #[inline]
    fn is(octet: u8) -> (bool, bool) {
        (matches!(octet, b'{' | b'\n'), false)
    }
}

/// What is found, and what nothing is to be looked for behind.
#[inline(always)]
fn look<S: Simd, T: Sought>(simd: S, text: &[u8]) -> (u64, u64) {
    if let Some(block) = text.first_chunk::<64>() {
        let (marks, odd) = T::marks(u8x64::from_slice(simd, block));
        return (marks.to_bitmask(), odd.to_bitmask());
    }
    // What is shorter is looked at from both of its ends.
    if let (Some(first), Some(last)) = (text.first_chunk::<32>(), text.last_chunk::<32>()) {
        let first = T::marks(u8x32::from_slice(simd, first));
        return both(first, T::marks(u8x32::from_slice(simd, last)), text.len() - 32);
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<16>(), text.last_chunk::<16>()) {
        let first = T::marks(u8x16::from_slice(simd, first));
        return both(first, T::marks(u8x16::from_slice(simd, last)), text.len() - 16);
    }
    let (mut marks, mut odd) = (0, 0);
    for (at, &octet) in text.iter().enumerate() {
        let (is, is_odd) = T::is(octet);
        marks |= u64::from(is) << at;
        odd |= u64::from(is_odd) << at;
    }
    (marks, odd)
}

/// The marks of two vectors, the second `at` octets behind the first.
#[inline(always)]
fn both<S: Simd, M: SimdMask<S>>(first: (M, M), last: (M, M), at: usize) -> (u64, u64) {
    let marks = first.0.to_bitmask() | last.0.to_bitmask() << at;
    (marks, first.1.to_bitmask() | last.1.to_bitmask() << at)
}

/// The marks in front of the first that is odd.
#[inline(always)]
fn below((marks, odd): (u64, u64)) -> u64 {
    // A processor goes on with the marks before it knows that nothing is odd.
    if odd == 0 { marks } else { cut(marks, odd) }
}

/// Where the first mark is.
#[inline(always)]
fn first((marks, _): (u64, u64)) -> usize {
    marks.trailing_zeros() as usize
}

#[cold]
#[inline(never)]
const fn cut(marks: u64, odd: u64) -> u64 {
    marks & odd.wrapping_sub(1) & !odd
}

#[cfg(test)]
mod tests {
    use super::{brace, parity, quotes, strings, words_len};
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

    #[test]
    fn every_text_is_as_octet_by_octet() {
        let mut random = Random::new(31);
        for round in 0..60_000 {
            let mut text = random.bytes(round % 80);
            for octet in &mut text {
                // Mostly quotes and plain text.
                *octet = match *octet {
                    0..90 => b'"',
                    90..250 => b'a' + *octet % 26,
                    odd => [0, b'\\', b'\r', 127, 128, 255][usize::from(odd) % 6],
                };
            }
            let mut naive = 0;
            for (at, octet) in text.iter().enumerate().take(64) {
                match octet {
                    b'"' => naive |= 1 << at,
                    b'\\' | 0..b' ' | 128.. => break,
                    _ => {}
                }
            }
            assert_eq!(quotes(&text), naive, "{text:?}");
            for inside in [false, true] {
                let (mut string, mut bits, mut odd) = (inside, 0_u64, false);
                for at in 0..64 {
                    string ^= text.get(at) == Some(&b'"');
                    odd |= string && text.get(at) == Some(&b'\\');
                    bits |= u64::from(string) << at;
                }
                assert_eq!(strings(&text, inside), Some(bits).filter(|_| !odd), "{text:?}");
            }
            for octet in &mut text {
                if *octet == b'"' {
                    *octet = *random.pick(b"()\"{aaaaaaaaaaaa");
                }
            }
            let end = text.iter().position(|octet| b"()\"{".contains(octet)).unwrap_or(64);
            assert_eq!(words_len(&text), end.min(64), "{text:?}");
            let end = text.iter().position(|octet| b"{\n".contains(octet)).unwrap_or(64);
            assert_eq!(brace(&text), end.min(64), "{text:?}");
        }
    }
}

//! The plainest of the plain mailboxes, read with vectors, 64 bytes together.
//!
//! Each set of bytes is a mask, a bit a byte. Where a mailbox ends is known first, by the comma: so the next one can be read
//! while the parts of this one are still being looked for. What does not fit is left to [`clean`](crate::clean), which reads
//! the same byte by byte.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use crate::kind::Kinds;
use core::arch::x86_64::{
    _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_set1_epi8, _mm256_setr_epi8, _mm256_shuffle_epi8,
    _mm256_srli_epi16,
};
use fearless_simd::prelude::*;
use fearless_simd::{Avx2, u8x16, u8x32};
use mailwire_core::Class;

/// How many bytes are looked at together: the bits of a mask.
const LEN: usize = 64;

/// Where the parts of a mailbox are, counted from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The end of the name; 0 if there is none.
    pub(crate) name: usize,
    /// Where the address begins.
    pub(crate) start: usize,
    /// Where its `@` is.
    pub(crate) at: usize,
    /// Where it ends.
    pub(crate) close: usize,
    /// Where all of it ends: at a comma or the end.
    pub(crate) end: usize,
    /// What is in the name.
    pub(crate) kinds: Kinds,
    /// The domain has no dot.
    pub(crate) is_dotless: bool,
}

/// The vectors that this needs, if this processor has them: asked at run time.
#[inline]
pub(crate) fn vectors() -> Option<Avx2> {
    mailwire_core::simd::level().as_avx2()
}

/// The parts of the mailbox that begins `bytes`.
#[inline(always)]
pub(crate) fn parts(avx2: Avx2, bytes: &[u8]) -> Option<Parts> {
    if bytes.starts_with(b"(") {
        return None;
    }
    let (window, end) = load(avx2, bytes)?;
    let ends = window.are(b',') | end;
    let words = Words::new(&window);
    let near = front(bytes);
    let byte_at = |bit: u64| near.get(place(bit)).copied();
    let (end, name, open, kinds) = match near.first()? {
        b'<' => (lowest(ends), 0, 1, Kinds::default()),
        b'"' => {
            let high = window.high();
            let close = lowest(!(window.are_in(&QUOTED) | high | 1));
            if byte_at(close) != Some(b'"') {
                return None;
            }
            let kinds = kinds(Kinds::HIGH, high & close.wrapping_sub(1));
            let open = close << 1 << u32::from(byte_at(close << 1) == Some(b' '));
            (lowest(ends & !close.wrapping_sub(1)), place(close) + 1, open, kinds)
        }
        _ => {
            let end = lowest(ends);
            if byte_at(lowest(!words.all)) == Some(b'@') {
                return address(&words, near, 1, end);
            }
            let (name, open, kinds) = phrase(&window, &words)?;
            (end, name, open, kinds)
        }
    };
    if byte_at(open) != Some(b'<') {
        return None;
    }
    let address = if end == 0 { far(avx2, bytes, place(open))? } else { in_angle(&words, near, open, end)? };
    Some(Parts { name, kinds, ..address })
}

fearless_simd::kernel!(
    /// The address in angle brackets at `open`, read in a window that begins there.
    fn far(avx2: Avx2, bytes: &[u8], open: usize) -> Option<Parts> {
        let bytes = bytes.get(open..)?;
        let (window, end) = load(avx2, bytes)?;
        let end = lowest(window.are(b',') | end);
        let address = in_angle(&Words::new(&window), front(bytes), 1, end)?;
        let Parts { start, at, close, end, .. } = address;
        Some(Parts { start: start + open, at: at + open, close: close + open, end: end + open, ..address })
    }
);

/// What of `bytes` is in the window that begins them: no mask that is empty can point behind it.
#[inline(always)]
fn front(bytes: &[u8]) -> &[u8] {
    bytes.get(..LEN).unwrap_or(bytes)
}

/// The window that begins `bytes`, and the bit behind their end if that is in it.
#[inline(always)]
fn load(avx2: Avx2, bytes: &[u8]) -> Option<(Window, u64)> {
    if let Some(window) = bytes.first_chunk() {
        return Some((Window::new(avx2, window), 0));
    }
    let mut padded = [0; LEN];
    padded.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some((Window::new(avx2, &padded), 1 << bytes.len()))
}

/// The end of the words that begin a window, with single spaces between them, where the next token is, and what is in them.
#[inline(always)]
fn phrase(window: &Window, words: &Words) -> Option<(usize, u64, Kinds)> {
    let (blanks, high, phrase) = (window.are(b' '), window.high(), window.are_in(&PHRASE));
    let end = lowest(!(phrase | high));
    let inside = end.wrapping_sub(1);
    if (blanks & (blanks << 1 | 1) | words.dots & 1) & inside != 0 {
        return None;
    }
    let suspect = phrase & !(words.all | blanks);
    let kinds = if (words.dots | high | suspect) & inside == 0 {
        Kinds::default()
    } else {
        let dots = kinds(Kinds::DOT, words.dots & inside);
        dots.or(kinds(Kinds::HIGH, high & inside)).or(kinds(Kinds::SUSPECT, suspect & inside))
    };
    let name = place(end) - usize::from(blanks << 1 & end != 0);
    Some((name, end, kinds))
}

/// The address in angle brackets that begin at one bit and end before another.
#[inline(always)]
fn in_angle(words: &Words, bytes: &[u8], open: u64, end: u64) -> Option<Parts> {
    if bytes.get(place(end >> 1)) != Some(&b'>') {
        return None;
    }
    let address = address(words, bytes, open << 1, end >> 1)?;
    Some(Parts { end: address.close + 1, ..address })
}

/// The address between two bits.
#[inline(always)]
fn address(words: &Words, bytes: &[u8], start: u64, end: u64) -> Option<Parts> {
    let inside = end.wrapping_sub(start);
    let at = inside & !words.all;
    let domain = end.wrapping_sub(at);
    // Between two edges there is something, and beside the ends.
    let edges = words.edges | at;
    let stray = edges & (edges << 1 | start | end >> 1) & inside;
    let foreign = words.all & !words.labels & domain;
    let several = at & at.wrapping_sub(1);
    let last = bytes.get(place(end >> 1))?;
    let is_one = start < end && stray | foreign | several == 0 && !last.is_ascii_digit();
    let parts = Parts {
        name: 0,
        start: place(start),
        at: place(at),
        close: place(end),
        end: place(end),
        kinds: Kinds::default(),
        is_dotless: words.dots & domain == 0,
    };
    (is_one && bytes.get(parts.at) == Some(&b'@')).then_some(parts)
}

/// Where the bytes are that addresses are made of.
struct Words {
    dots: u64,
    /// Dots and hyphens.
    edges: u64,
    /// What domains are made of.
    labels: u64,
    /// What local parts are made of.
    all: u64,
}

impl Words {
    #[inline(always)]
    fn new(window: &Window) -> Self {
        let dots = window.are(b'.');
        let edges = window.are(b'-') | dots;
        Self { dots, edges, labels: window.are_in(&LABELS), all: window.are_in(&WORDS) }
    }
}

const LABELS: [u8; 16] = set(Class::ALPHA.or(Class::DIGIT).or(Class::DOT).or(Class::HYPHEN), b"");
const WORDS: [u8; 16] = set(Class::ATEXT.or(Class::DOT), b"!%=?");
const PHRASE: [u8; 16] = set(Class::ATEXT.or(Class::DOT).or(Class::WSP), b"\t");
const QUOTED: [u8; 16] = set(Class::QTEXT.or(Class::WSP), b"\t=@");

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..128")]
const fn set(class: Class, without: &[u8]) -> [u8; 16] {
    let mut set = [0; 16];
    let mut byte = 0_u8;
    while byte < 128 {
        if class.contains(byte) && !one_of(byte, without) {
            set[(byte & 0xf) as usize] |= 1 << (byte >> 4);
        }
        byte += 1;
    }
    set
}

const fn one_of(byte: u8, mut bytes: &[u8]) -> bool {
    while let [first, rest @ ..] = bytes {
        if *first == byte {
            return true;
        }
        bytes = rest;
    }
    false
}

/// What is looked at together, in two vectors.
struct Window {
    avx2: Avx2,
    bytes: [u8x32<Avx2>; 2],
    /// For each byte the bit of its high nibble.
    bits: [u8x32<Avx2>; 2],
}

impl Window {
    #[inline(always)]
    fn new(avx2: Avx2, bytes: &[u8; LEN]) -> Self {
        let (first, second) = bytes.split_at(LEN / 2);
        let bytes = [u8x32::from_slice(avx2, first), u8x32::from_slice(avx2, second)];
        Self { avx2, bytes, bits: [high_bits(avx2, bytes[0]), high_bits(avx2, bytes[1])] }
    }

    #[inline(always)]
    fn are(&self, byte: u8) -> u64 {
        let [first, second] = self.bytes;
        first.simd_eq(byte).to_bitmask() | second.simd_eq(byte).to_bitmask() << 32
    }

    #[inline(always)]
    fn high(&self) -> u64 {
        let [first, second] = self.bytes;
        first.simd_ge(0x80).to_bitmask() | second.simd_ge(0x80).to_bitmask() << 32
    }

    #[inline(always)]
    fn are_in(&self, set: &[u8; 16]) -> u64 {
        let set = u8x16::from_slice(self.avx2, set);
        let [first, second] = self.bytes;
        let [first_bits, second_bits] = self.bits;
        rows(self.avx2, set, first, first_bits).simd_eq(first_bits).to_bitmask()
            | rows(self.avx2, set, second, second_bits).simd_eq(second_bits).to_bitmask() << 32
    }
}

fearless_simd::kernel!(
    #[inline(always)]
    fn high_bits(avx2: Avx2, bytes: u8x32<Avx2>) -> u8x32<Avx2> {
        let bits = _mm256_setr_epi8(
            1, 2, 4, 8, 16, 32, 64, -128, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 4, 8, 16, 32, 64, -128, -1,
            -1, -1, -1, -1, -1, -1, -1,
        );
        let high = _mm256_and_si256(_mm256_srli_epi16(bytes.into(), 4), _mm256_set1_epi8(0xf));
        _mm256_shuffle_epi8(bits, high).simd_into(avx2)
    }
);

fearless_simd::kernel!(
    #[inline(always)]
    fn rows(avx2: Avx2, set: u8x16<Avx2>, bytes: u8x32<Avx2>, bits: u8x32<Avx2>) -> u8x32<Avx2> {
        let row = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(set.into()), bytes.into());
        _mm256_and_si256(row, bits.into()).simd_into(avx2)
    }
);

/// These kinds, if there is anything in the mask.
#[inline(always)]
fn kinds(kinds: Kinds, mask: u64) -> Kinds {
    if mask == 0 { Kinds::default() } else { kinds }
}

#[inline(always)]
fn lowest(mask: u64) -> u64 {
    mask & mask.wrapping_neg()
}

#[inline(always)]
fn place(bit: u64) -> usize {
    bit.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{self, Clean};
    use alloc::format;
    use proptest::prelude::*;

    /// What the reader of single bytes makes of the same.
    fn is_read_the_same_byte_by_byte(text: &str) -> bool {
        let Some(avx2) = vectors() else { return false };
        let Some(read) = clean::glance(avx2, text, 0) else { return false };
        let twin = clean::mailbox(text, 0).unwrap();
        let seen = |clean: &Clean<'_>| {
            let kinds = [Kinds::DOT, Kinds::HIGH, Kinds::SUSPECT].map(|kinds| clean.kinds.has(kinds));
            (clean.end, clean.is_dotless, kinds, clean.address.local_part().raw().len())
        };
        assert_eq!(seen(&read), seen(&twin), "{text}");
        assert_eq!((read.name, read.address.raw()), (twin.name, twin.address.raw()), "{text}");
        true
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn mailboxes_are_read_as_byte_by_byte(
            text in r#"("?[a-c. =?\u{e9}'_@-]{0,70}"?){0,2} ?<?[a-c.!'_\u{e9}-]{0,70}@[a-c0.\u{e9}_-]{1,70}>?(,|, x)?"#,
        ) {
            is_read_the_same_byte_by_byte(&text);
        }
    }

    /// Each at all places relative to the end of a window, with and without something behind it.
    #[test]
    fn usual_mailboxes_are_read_at_a_glance() {
        if vectors().is_none() {
            return;
        }
        for len in 1..60 {
            let word = "a".repeat(len);
            for mailbox in [
                format!("{word}@example.org"),
                format!("<{word}@example.org>"),
                format!("{word} <{word}@example.org>"),
                format!("{word} \u{e9} B. <a+b@example-{word}.org>"),
                format!("\"{word}, a\" <a_b@example>"),
                format!("=?utf-8?Q?{word}?= <a.b-c@example.org>"),
            ] {
                let fits = mailbox.find('<').unwrap_or(0) < LEN
                    && mailbox.rfind('<').map_or(mailbox.len(), |open| mailbox.len() - open) < LEN;
                for behind in ["", ",", ", b@example.org", ",@", &format!(",{}", "@".repeat(80))] {
                    let text = format!("{mailbox}{behind}");
                    assert_eq!(is_read_the_same_byte_by_byte(&text), fits, "{text}");
                }
            }
        }
    }

    #[test]
    fn sets_hold_what_the_classes_hold() {
        let Some(avx2) = vectors() else { return };
        let in_set = |set: &[u8; 16], byte: u8| Window::new(avx2, &[byte; LEN]).are_in(set);
        for byte in 0..=255_u8 {
            let all = |condition: bool| if condition { u64::MAX } else { 0 };
            let atext = Class::ATEXT.contains(byte);
            assert_eq!(in_set(&LABELS, byte), all(byte.is_ascii_alphanumeric() || b".-".contains(&byte)));
            assert_eq!(in_set(&WORDS, byte), all((atext || byte == b'.') && !b"!%=?".contains(&byte)));
            assert_eq!(in_set(&PHRASE, byte), all(atext || b". ".contains(&byte)));
            let text = matches!(byte, b' '..=b'~') && !b"\"\\@=".contains(&byte);
            assert_eq!(in_set(&QUOTED, byte), all(text));
            assert_eq!(Window::new(avx2, &[byte; LEN]).high(), all(byte > 0x7f));
        }
    }
}

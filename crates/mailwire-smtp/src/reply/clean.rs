//! Replies as nearly all of them are, read in one pass.

use super::parse::LINE;
use super::{Code, EnhancedCode, Reply};
use crate::Limits;
use crate::scan::printable_len;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, u8x64};
use mailwire_core::simd;

/// What of its limits a reply is held to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    /// Octets of a line, its end included.
    line: usize,
    lines: u32,
    octets: usize,
    /// Octets of a reply of one line.
    alone: usize,
}

impl Most {
    pub(crate) const fn of(limits: &Limits) -> Self {
        let line = if limits.reply_line < LINE { limits.reply_line } else { LINE };
        let alone = match limits.reply_lines {
            0 => 0,
            _ if limits.reply < line => limits.reply,
            _ => line,
        };
        Self { line, lines: limits.reply_lines, octets: limits.reply, alone }
    }
}

/// Reads a reply at the front of `input` that is all there and has no defect; `found` gets it and how many octets it has. `odd` says
/// nothing: it is for [`Reply::parse_with`] to say what is the matter. `context` is what both of them need.
///
/// What they make is returned as it is, so that it is written where it stays.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a reply is too large to go back in registers")]
pub(crate) fn clean<'a, C, T>(
    input: &'a [u8],
    most: Most,
    context: C,
    found: impl Fn(C, Reply<'a>, usize) -> T,
    odd: impl FnOnce(C) -> T,
) -> T {
    if let Some((code, enhanced, end)) = one_line(input, most) {
        let raw = input.get(..end).unwrap_or(input);
        return found(context, Reply { raw, code, enhanced }, end + 2);
    }
    match Rules::of(input, most).and_then(|(code, rules)| rules.lines(input, code)) {
        Some((reply, len)) => found(context, reply, len),
        None => odd(context),
    }
}

/// The same of a reply with nothing behind it.
pub(crate) fn clean_reply<'a>(raw: &'a [u8], limits: &Limits) -> Option<Reply<'a>> {
    clean(
        raw,
        Most::of(limits),
        (),
        |(), reply, len| if len == raw.len() { Some(reply) } else { None },
        |()| None,
    )
}

/// The codes, and where the text of the line ends.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as for `clean`")]
fn one_line(input: &[u8], most: Most) -> Option<(Code, Option<EnhancedCode>, usize)> {
    let (&[a, b, c, b' '], text) = input.split_first_chunk::<4>()? else { return None };
    let code = Code::of_digits([a, b, c]).filter(|_| b <= b'5')?;
    let end = 4 + printable_len(text);
    if end == 4 || end + 2 > most.alone || !input.get(end..)?.starts_with(b"\r\n") {
        return None;
    }
    let [class @ (b'2' | b'4' | b'5'), b'.', ..] = *text else { return Some((code, None, end)) };
    let enhanced = match EnhancedCode::short(text) {
        // It has a space behind it, which is no end of a line.
        Some(enhanced) => Some(enhanced),
        None => EnhancedCode::parse_prefix(text.get(..end - 4)?).map(|(enhanced, _)| enhanced),
    };
    // Of the code that it stands with, it has the first digit.
    if enhanced.is_some() && class != a { None } else { Some((code, enhanced, end)) }
}

/// What the lines of a reply have to be like.
#[derive(Clone, Copy)]
struct Rules {
    /// What the first line begins with.
    front: [u8; 4],
    most: Most,
}

impl Rules {
    /// Those of a first line that announces another one.
    fn of(input: &[u8], most: Most) -> Option<(Code, Self)> {
        let front @ [a, b, c, b'-'] = *input.first_chunk::<4>()? else { return None };
        let code = Code::of_digits([a, b, c]).filter(|_| b <= b'5')?;
        Some((code, Self { front, most }))
    }

    /// Whether a line that begins so has the code of the first; what stands behind the code is for others to look at.
    #[inline]
    fn same_code(self, front: [u8; 4]) -> bool {
        (u32::from_le_bytes(front) ^ u32::from_le_bytes(self.front)) << 8 == 0
    }

    /// Of several lines.
    #[inline(never)]
    fn lines(self, input: &[u8], code: Code) -> Option<(Reply<'_>, usize)> {
        match dispatch!(simd::level(), simd => self.wide_lines(simd, input)) {
            Some(end) => Some((Reply { raw: input.get(..end)?, code, enhanced: None }, end + 2)),
            None => self.line_by_line(input, code),
        }
    }

    fn line_by_line(self, input: &[u8], code: Code) -> Option<(Reply<'_>, usize)> {
        let (mut at, mut lines, mut enhanced) = (0, 0, None);
        loop {
            let (front, rest) = input.get(at..)?.split_first_chunk::<4>()?;
            if !self.same_code(*front) {
                return None;
            }
            let len = printable_len(rest);
            let (text, end) = (rest.get(..len)?, rest.get(len..)?);
            if !end.starts_with(b"\r\n") || len + 6 > self.most.line {
                return None;
            }
            if let [b'2' | b'4' | b'5', b'.', ..] = text
                && let Some((found, _)) = EnhancedCode::parse_prefix(text)
            {
                if !found.suits(code) || enhanced.is_some_and(|before| before != found) {
                    return None;
                }
                enhanced = Some(found);
            }
            let end = at + 4 + len;
            at = end + 2;
            lines += 1;
            match front[3] {
                b'-' if lines < self.most.lines => {}
                b' ' if len > 0 && lines <= self.most.lines && at <= self.most.octets => {
                    return Some((Reply { raw: input.get(..end)?, code, enhanced }, at));
                }
                _ => return None,
            }
        }
    }

    /// Where the last of several lines ends, if none of them can have an enhanced code. It looks at 64 octets at a time, in which only
    /// line ends are not printable.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn wide_lines<S: Simd>(self, simd: S, input: &[u8]) -> Option<usize> {
        let (mut base, mut at, mut lines) = (0_usize, 0_usize, 0);
        while base < input.len() {
            // The last octets are looked at together with some before them.
            base = base.min(input.len().checked_sub(64)?);
            let block = input.get(base..)?.first_chunk::<64>()?;
            let printable = (u8x64::from_slice(simd, block) - b' ').simd_le(b'~' - b' ');
            let read = u32::try_from(at.saturating_sub(base)).ok()?;
            let mut odd = !printable.to_bitmask() & u64::MAX.checked_shl(read).unwrap_or_default();
            while odd != 0 {
                let end = base + odd.trailing_zeros() as usize;
                let &[a, b, c, goes_on, _, second] = input.get(at..)?.first_chunk::<6>()?;
                let is_end = input.get(end..)?.starts_with(b"\r\n");
                // Behind a dot it may be an enhanced code.
                if !is_end
                    || !self.same_code([a, b, c, goes_on])
                    || second == b'.'
                    || end + 2 - at > self.most.line
                {
                    return None;
                }
                lines += 1;
                match goes_on {
                    b'-' if lines < self.most.lines => {}
                    b' ' if end > at + 4 && lines <= self.most.lines && end + 2 <= self.most.octets => {
                        return Some(end);
                    }
                    _ => return None,
                }
                at = end + 2;
                odd &= odd - 1;
                odd &= odd.wrapping_sub(1);
            }
            base += 64;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Leniency, SmtpDefect};
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = String> {
        let code = prop::sample::select(
            &["250-", "250-", "250-", "250-", "250 ", "251-", "550-", "550 ", "25", ""][..],
        );
        let front = prop::sample::select(
            &["", "", "", "2.1.0 ", "5.1.1 ", "2.0.0", "a.b", "\t", "\0", "é", "\x7f", "."][..],
        );
        let len = prop_oneof![0..40_usize, 0..40_usize, 50..70_usize, 500..512_usize];
        let end = prop::sample::select(
            &["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", ""][..],
        );
        (code, front, len, end)
            .prop_map(|(code, front, len, end)| [code, front, &"x".repeat(len), end].concat())
    }

    fn naive(reply: &[u8], limits: &Limits) -> bool {
        let lines: Vec<&[u8]> = reply.split_inclusive(|&octet| octet == b'\n').collect();
        reply.len() <= limits.reply
            && lines.len() <= limits.reply_lines as usize
            && lines.iter().all(|line| line.len() <= limits.reply_line)
    }

    proptest! {
        /// What is read in one pass is what the long way reads, with nothing to report and within the limits, whatever follows.
        #[test]
        fn the_short_way_says_what_the_long_way_says(
            lines in prop::collection::vec(line(), 0..12),
            most in prop_oneof![Just((1000, 10_000, 100)), (0..100_usize, 0..300_usize, 0..6_u32)],
        ) {
            let text: String = lines.concat();
            let input = text.as_bytes();
            let mut limits = Limits::DEFAULT;
            (limits.reply_line, limits.reply, limits.reply_lines) = most;
            let both = clean(input, Most::of(&limits), (), |(), reply, len| Some((reply, len)), |()| None);
            if let Some((reply, len)) = both {
                prop_assert!(naive(&input[..len], &limits), "{limits:?}");
                let mut found: Vec<SmtpDefect> = Vec::new();
                let read = Reply::parse_with(&input[..len], &Leniency::DEFAULT, &mut |kind, _| found.push(kind)).unwrap();
                prop_assert_eq!((read.raw, read.code, read.enhanced), (reply.raw, reply.code, reply.enhanced));
                prop_assert_eq!(found, []);
            }
            // Lines that are looked at together are those that are looked at one by one.
            if let Some((code, rules)) = Rules::of(input, Most::of(&limits)) {
                let one_by_one = rules.line_by_line(input, code).map(|(reply, len)| (reply.raw, reply.enhanced, len));
                let together = rules.lines(input, code).map(|(reply, len)| (reply.raw, reply.enhanced, len));
                prop_assert_eq!(together, one_by_one);
            }
        }
    }
}

//! Replies as nearly all of them are, read in one pass.

use super::parse::LINE;
use super::{Code, EnhancedCode, Reply};
use crate::Limits;
use crate::scan::printable_len;
use crate::simd;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, u8x64};

/// Reads a reply at the front of `input` that is all there and has no defect, and how many octets it has. `None` says nothing: it is for
/// [`Reply::parse_with`] to say what is the matter.
#[inline]
pub(crate) fn clean<'a>(input: &'a [u8], limits: &Limits) -> Option<(Reply<'a>, usize)> {
    let front @ [a, b, c, goes_on] = *input.first_chunk::<4>()?;
    let code = Code::of_digits([a, b, c]).filter(|_| b <= b'5')?;
    let rules = Rules { front, longest: (LINE - 6).min(limits.reply_line.saturating_sub(6)), limits };
    if goes_on == b'-'
        && let Some(end) = rules.lines(input)
    {
        return Some((Reply { raw: input.get(..end)?, code, enhanced: None }, end + 2));
    }
    rules.line_by_line(input, code)
}

/// What the lines of a reply have to be like.
#[derive(Clone, Copy)]
struct Rules<'l> {
    /// What the first line begins with.
    front: [u8; 4],
    /// The longest text.
    longest: usize,
    limits: &'l Limits,
}

impl Rules<'_> {
    /// Whether a line that begins so has the code of the first; what stands behind the code is for others to look at.
    #[inline]
    fn same_code(self, front: [u8; 4]) -> bool {
        (u32::from_le_bytes(front) ^ u32::from_le_bytes(self.front)) << 8 == 0
    }

    #[inline]
    fn line_by_line<'a>(self, input: &'a [u8], code: Code) -> Option<(Reply<'a>, usize)> {
        let (mut at, mut lines, mut enhanced) = (0, 0, None);
        loop {
            let (front, rest) = input.get(at..)?.split_first_chunk::<4>()?;
            if !self.same_code(*front) {
                return None;
            }
            let len = printable_len(rest);
            let (text, end) = (rest.get(..len)?, rest.get(len..)?);
            if !end.starts_with(b"\r\n") || len > self.longest {
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
                b'-' if lines < self.limits.reply_lines => {}
                b' ' if len > 0 && lines <= self.limits.reply_lines && at <= self.limits.reply => {
                    return Some((Reply { raw: input.get(..end)?, code, enhanced }, at));
                }
                _ => return None,
            }
        }
    }

    /// Where the last of several lines ends, if none of them can have an enhanced code.
    #[inline]
    fn lines(self, input: &[u8]) -> Option<usize> {
        dispatch!(simd::level(), simd => self.wide_lines(simd, input))
    }

    /// The same, 64 octets at a time: only line ends are not printable.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn wide_lines<S: Simd>(self, simd: S, input: &[u8]) -> Option<usize> {
        let (mut base, mut at, mut lines) = (0_usize, 0_usize, 0);
        while base < input.len() {
            let block = input.get(base..)?.first_chunk::<64>();
            let block = match block {
                Some(block) => block,
                None => {
                    base = input.len().checked_sub(64)?;
                    input.last_chunk::<64>()?
                }
            };
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
                    || end - at > self.longest + 4
                {
                    return None;
                }
                lines += 1;
                match goes_on {
                    b'-' if lines < self.limits.reply_lines => {}
                    b' ' if end > at + 4
                        && lines <= self.limits.reply_lines
                        && end + 2 <= self.limits.reply =>
                    {
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

//! Cuts a stream into lines and into runs of announced octets.

use super::FrameError;
#[cfg(target_arch = "x86_64")]
use crate::simd;
#[cfg(target_arch = "x86_64")]
use fearless_simd::{prelude::*, u8x64};
use memchr::memchr;

/// The position in a stream, and how far has been looked behind it. See the [module](super) for its use.
#[derive(Clone, Debug)]
pub struct Framer {
    at: u64,
    /// How much of a line over its limit may be dropped.
    patience: u64,
    /// How many octets at the front of the input hold no line end.
    seen: usize,
    /// How much of a line over its limit has been dropped; 0 outside of one.
    dropped: u64,
    /// Whether the last octet dropped was a carriage return.
    cr: bool,
}

/// A line, or a piece of one that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a reader has to handle all of it")]
pub enum Line<'b> {
    /// A whole line, its end included.
    Whole(&'b [u8]),
    /// The front of a line over the limit: as many octets as the limit says. The rest is dropped as it comes.
    Head(&'b [u8]),
    /// The end of a line over the limit; it had so many octets, head and end included.
    Dropped(u64),
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else that ends a line")]
pub enum LineEnd {
    /// CRLF and nothing else. A bare LF is an error.
    CrLf,
    /// CRLF or a bare LF.
    CrLfOrLf,
}

/// What a line feed without a carriage return before it means in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BareLf {
    /// Nothing can be read behind it: two readers would cut the stream differently.
    #[default]
    Refuse,
    /// It ends the line. For scripts and devices that never learnt otherwise, on connections that relay nothing.
    EndsLine,
}

impl From<BareLf> for LineEnd {
    fn from(bare_lf: BareLf) -> Self {
        match bare_lf {
            BareLf::Refuse => Self::CrLf,
            BareLf::EndsLine => Self::CrLfOrLf,
        }
    }
}

impl Default for Framer {
    fn default() -> Self {
        Self::new()
    }
}

impl Framer {
    /// At the start of a stream.
    pub const fn new() -> Self {
        Self { at: 0, patience: 1 << 20, seen: 0, dropped: 0, cr: false }
    }

    /// The same with another number of octets of one line over its limit that are dropped before the stream is given up.
    /// It is 1 MiB unless said otherwise.
    #[must_use]
    pub const fn with_dropped(self, dropped: u64) -> Self {
        Self { patience: dropped, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read.
    #[must_use]
    pub const fn starting_at(self, at: u64) -> Self {
        Self { at, ..self }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// Whether what comes next is the rest of a line over its limit.
    #[inline]
    pub fn is_dropping(&self) -> bool {
        self.dropped > 0
    }

    /// Whether a look at what is new shows that no line ends in it. It is not looked at again. `false` says nothing of a line
    /// that begins with more than eight octets at once: it is for [`line`](Self::line) to find out. Of any other it says that
    /// its end is there, or that it is over its limit, which happens once a line.
    #[inline]
    pub fn is_waiting(&mut self, input: &[u8], limit: usize) -> bool {
        if input.len() >= limit || self.dropped > 0 {
            return false;
        }
        let open = if input.len() <= self.seen.saturating_add(8) {
            match input.last_chunk() {
                // Those that were looked at before hold no line feed.
                Some(last) => !has_line_feed(u64::from_le_bytes(*last)),
                None => !input.contains(&b'\n'),
            }
        } else {
            self.seen > 0 && line_feed(input.get(self.seen..).unwrap_or_default()).is_none()
        };
        if open {
            self.seen = input.len();
        }
        open
    }

    /// Takes a line of at most `limit` octets, its end included. `None`: more octets are needed.
    ///
    /// # Errors
    ///
    /// [`FrameError::BareLf`] unless `end` allows it; [`FrameError::Endless`] when as many octets of a line over the
    /// limit have come as may be [dropped](Self::with_dropped). Both are final: what a further call says means nothing.
    #[inline]
    pub fn line<'b>(
        &mut self,
        input: &mut &'b [u8],
        limit: usize,
        end: LineEnd,
    ) -> Result<Option<Line<'b>>, FrameError> {
        #[cfg(target_arch = "x86_64")]
        if self.seen == 0
            && self.dropped == 0
            && let (Some(block), Some(avx2)) = (input.first_chunk(), simd::level().as_avx2())
        {
            let at = line_feed_in_block(avx2, block);
            // As nearly all lines are.
            if at < BLOCK.min(limit) && block.get(at.wrapping_sub(1)) == Some(&b'\r') {
                return Ok(Some(Line::Whole(self.take(input, at + 1))));
            }
            self.seen = at;
        }
        self.any_line(input, limit, end)
    }

    #[inline(never)]
    fn any_line<'b>(
        &mut self,
        input: &mut &'b [u8],
        limit: usize,
        end: LineEnd,
    ) -> Result<Option<Line<'b>>, FrameError> {
        if self.dropped > 0 {
            return self.drop_line(input, end);
        }
        let limit = limit.max(1);
        let window = input.get(..limit).unwrap_or(input);
        let unseen = window.get(self.seen..).unwrap_or_default();
        let Some(found) = line_feed(unseen) else {
            if window.len() < limit {
                self.seen = window.len();
                return Ok(None);
            }
            self.cr = window.ends_with(b"\r");
            self.dropped = window.len() as u64;
            return Ok(Some(Line::Head(self.take(input, limit))));
        };
        let len = self.seen + found + 1;
        let line = self.take(input, len);
        if end == LineEnd::CrLf && !line.ends_with(b"\r\n") {
            return Err(FrameError::BareLf { at: self.at - 1 });
        }
        Ok(Some(Line::Whole(line)))
    }

    #[cold]
    fn drop_line<'b>(&mut self, input: &mut &'b [u8], end: LineEnd) -> Result<Option<Line<'b>>, FrameError> {
        let room = usize::try_from(self.patience.saturating_sub(self.dropped)).unwrap_or(usize::MAX);
        let window = input.get(..room).unwrap_or(input);
        let found = memchr(b'\n', window);
        let taken = self.take(input, found.map_or(window.len(), |at| at + 1));
        self.dropped += taken.len() as u64;
        if found.is_none() {
            self.cr = taken.last().map_or(self.cr, |&last| last == b'\r');
            let endless = self.dropped >= self.patience;
            return if endless { Err(FrameError::Endless { at: self.at }) } else { Ok(None) };
        }
        let cr = if let [.., before, _] = taken { *before == b'\r' } else { self.cr };
        if end == LineEnd::CrLf && !cr {
            return Err(FrameError::BareLf { at: self.at - 1 });
        }
        Ok(Some(Line::Dropped(core::mem::take(&mut self.dropped))))
    }

    /// Takes what is there of `left` announced octets, and counts them off. `None`: none of them is there, or none is left.
    #[inline]
    pub fn octets<'b>(&mut self, input: &mut &'b [u8], left: &mut u64) -> Option<&'b [u8]> {
        let len = usize::try_from(*left).map_or(input.len(), |left| left.min(input.len()));
        *left -= len as u64;
        if len == 0 { None } else { Some(self.take(input, len)) }
    }

    /// Takes `len` octets, or all that there are.
    #[inline]
    pub fn take<'b>(&mut self, input: &mut &'b [u8], len: usize) -> &'b [u8] {
        let (taken, rest) = input.split_at_checked(len).unwrap_or((input, b""));
        *input = rest;
        // Never past the end of the numbers, wherever a stream is said to begin.
        self.at = self.at.saturating_add(taken.len() as u64);
        self.seen = 0;
        taken
    }
}

#[inline]
const fn has_line_feed(octets: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let zero = octets ^ (ONES * b'\n' as u64);
    zero.wrapping_sub(ONES) & !zero & (ONES * 0x80) != 0
}

/// A call of memchr costs more than it saves over a few octets, which are what a slow peer sends.
#[inline]
fn line_feed(octets: &[u8]) -> Option<usize> {
    if octets.len() < 16 { octets.iter().position(|&octet| octet == b'\n') } else { memchr(b'\n', octets) }
}

/// So many octets are looked at before any other question is asked.
#[cfg(target_arch = "x86_64")]
const BLOCK: usize = 128;

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    /// Where the first line feed of a block is, or its length.
    #[inline]
    fn line_feed_in_block(avx2: Avx2, block: &[u8; BLOCK]) -> usize {
        let (first, last) = block.split_at(BLOCK / 2);
        match u8x64::from_slice(avx2, first).simd_eq(b'\n').to_bitmask() {
            0 => {
                let found = u8x64::from_slice(avx2, last).simd_eq(b'\n').to_bitmask();
                BLOCK / 2 + found.trailing_zeros() as usize
            }
            found => found.trailing_zeros() as usize,
        }
    }
);

//! What stands in a frame, and what of it a log may show.

use crate::Escaped;
use crate::defect::ListedKind;
use core::fmt;

/// What a [`Frame`](super::Frame) holds: a command, a reply.
pub trait Value: Copy {
    /// What can be wrong with it that is read all the same.
    type Defect: ListedKind;

    /// How many octets at the front of `raw` are no secret; what is behind them is only counted in a log.
    ///
    /// `value` is `None` if the grammar was broken: a password behind a mistyped word is still a password.
    fn open(raw: &[u8], value: Option<&Self>) -> usize;
}

/// A frame as a log may have it. `Display` and `Debug` are the same.
#[derive(Clone, Copy)]
pub struct Redacted<'b> {
    open: &'b [u8],
    hidden: u64,
}

impl<'b> Redacted<'b> {
    pub(super) fn new(raw: &'b [u8], open: usize, len: u64) -> Self {
        let line = crate::class::trim_end(raw);
        let open = line.get(..open).unwrap_or(line);
        let hidden = if raw.is_empty() { len } else { line.len().saturating_sub(open.len()) as u64 };
        Self { open, hidden }
    }
}

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.open), f)?;
        if self.hidden > 0 { write!(f, "<{} octets>", self.hidden) } else { Ok(()) }
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

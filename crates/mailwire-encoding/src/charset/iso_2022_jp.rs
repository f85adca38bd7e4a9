//! ISO-2022-JP, of which the standard's decoder makes U+FFFD where an escape sequence follows another with nothing
//! between them. Joined encoded-words have such seams, and so has what some mail programs write.

use super::push::Standard;
use super::standard;
use crate::text::{Draft, Loss};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use memchr::{memchr, memchr_iter};

const ESCAPE: u8 = 0x1b;
/// The length of every escape sequence.
const LENGTH: usize = 3;

pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Loss) {
    let mut kept: Vec<u8> = Vec::new();
    let mut copied = 0;
    for at in memchr_iter(ESCAPE, bytes) {
        let rest = bytes.get(at..).unwrap_or_default();
        if fronts(rest) == (Front::Escape, Front::Escape) {
            kept.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
            copied = at + LENGTH;
        }
    }
    if copied == 0 {
        return standard(encoding_rs::ISO_2022_JP, bytes);
    }
    kept.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    let (text, loss) = standard(encoding_rs::ISO_2022_JP, &kept);
    (Cow::Owned(text.into_owned()), loss)
}

/// What stands at the front of bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Front {
    Escape,
    /// It may become an escape sequence.
    Open,
    Other,
}

/// Escape sequences: ASCII, JIS X 0201 (both halves), JIS X 0208 (both years).
fn front(bytes: &[u8]) -> Front {
    match bytes {
        [ESCAPE, b'(', b'B' | b'J' | b'I', ..] | [ESCAPE, b'$', b'@' | b'B', ..] => Front::Escape,
        [] | [ESCAPE] | [ESCAPE, b'(' | b'$'] => Front::Open,
        _ => Front::Other,
    }
}

/// What stands at the front, and what behind the escape sequence there: the same again where there is none.
fn fronts(bytes: &[u8]) -> (Front, Front) {
    match front(bytes) {
        Front::Escape => (Front::Escape, front(bytes.get(LENGTH..).unwrap_or_default())),
        other => (other, other),
    }
}

/// Reads what comes in pieces.
pub(super) struct Reader {
    standard: Standard,
    /// An escape sequence that may be followed by another, or the beginning of one: fewer than six bytes.
    held: Vec<u8>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self { standard: Standard::new(encoding_rs::ISO_2022_JP), held: Vec::new() }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], draft: &mut Draft<'_>) {
        while !self.held.is_empty() {
            let [byte, rest @ ..] = bytes else { return };
            self.held.push(*byte);
            bytes = rest;
            self.settle(draft);
        }
        let mut copied = 0;
        for at in memchr_iter(ESCAPE, bytes) {
            let rest = bytes.get(at..).unwrap_or_default();
            let (_, second) = fronts(rest);
            if second == Front::Other {
                continue;
            }
            self.standard.push(bytes.get(copied..at).unwrap_or_default(), draft);
            if second == Front::Open {
                self.held.extend_from_slice(rest);
                return;
            }
            copied = at + LENGTH;
        }
        self.standard.push(bytes.get(copied..).unwrap_or_default(), draft);
    }

    pub(super) fn finish(&mut self, draft: &mut Draft<'_>) {
        self.standard.push(&self.held, draft);
        self.standard.finish(draft);
    }

    /// Lets go of what is known not to be an escape sequence before another.
    fn settle(&mut self, draft: &mut Draft<'_>) {
        loop {
            let text = match fronts(&self.held) {
                (_, Front::Open) => return,
                (_, Front::Escape) => {
                    self.held.drain(..LENGTH);
                    continue;
                }
                (Front::Escape, Front::Other) => LENGTH,
                (_, Front::Other) => {
                    let behind = self.held.get(1..).unwrap_or_default();
                    memchr(ESCAPE, behind).map_or(self.held.len(), |at| at + 1)
                }
            };
            self.standard.push(self.held.get(..text).unwrap_or_default(), draft);
            self.held.drain(..text);
        }
    }
}

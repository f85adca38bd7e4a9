//! Quoted-printable that comes in pieces.

use super::decode::decode;
use crate::{EncodingDefect, defect};
use alloc::vec::Vec;
use mailwire_core::{Class, Sink};
use memchr::memchr_iter;

/// Decodes quoted-printable that comes in chunks of any size: the same bytes and the same defects as
/// [`decode_into`](super::decode_into) over all of it.
///
/// What an escape or blanks at the end of a chunk mean is known only from what follows, so they are held until then: a
/// few bytes, unless somebody sends very long runs of blanks. Of those at most 128 KiB are held. Where more stand
/// before a line end, the first ones of them stay in the text.
///
/// ```
/// use mailwire_encoding::quoted_printable::Decoder;
///
/// let (mut decoder, mut out) = (Decoder::new(), Vec::new());
/// for chunk in [&b"caf=C3="[..], b"A9 ", b"\r\nau la=", b"\r\nit"] {
///     decoder.push(chunk, &mut out, &mut ());
/// }
/// decoder.finish(&mut out, &mut ());
/// assert_eq!(out, "café\r\nau lait".as_bytes());
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    /// The end of what has been pushed, as long as it is not known what it means: blanks, or what begins an escape or a
    /// soft line break.
    held: Vec<u8>,
    /// How much was pushed before that.
    at: usize,
}

/// So many blanks are held in any case, and at most twice as many.
const BLANKS: usize = 64 * 1024;

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next piece and appends to `out`. Ranges count from the start of the first piece.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let rest = if self.held.is_empty() { chunk } else { self.complete(chunk, out, sink) };
        if !rest.is_empty() {
            let settled = decode_settled(rest, self.at, out, sink);
            self.at = self.at.saturating_add(settled);
            self.held.extend_from_slice(rest.get(settled..).unwrap_or_default());
        }
        if self.held.len() > 2 * BLANKS {
            self.relieve(out, sink);
        }
    }

    /// The text ends here.
    pub fn finish(self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        decode(&self.held, out, &mut defect::shifted(sink, self.at));
    }

    /// Takes from the front of `chunk` until what is held has a meaning; returns what is left.
    fn complete<'a>(
        &mut self,
        chunk: &'a [u8],
        out: &mut Vec<u8>,
        sink: &mut impl Sink<EncodingDefect>,
    ) -> &'a [u8] {
        let mut rest = chunk;
        while !self.held.is_empty() {
            // Blanks never decide anything that can't be decided a byte later.
            let (blanks, tail) = rest.split_at(Class::WSP.prefix_len(rest));
            self.held.extend_from_slice(blanks);
            let [byte, tail @ ..] = tail else { return tail };
            self.held.push(*byte);
            rest = tail;
            self.settle(out, sink);
        }
        rest
    }

    /// Decodes of what is held all that is known by now.
    fn settle(&mut self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let settled = decode_settled(&self.held, self.at, out, sink);
        self.held.drain(..settled);
        self.at = self.at.saturating_add(settled);
    }

    /// Lets go of the oldest of more blanks than can be held: they are text, and so is a `=` among them.
    #[cold]
    fn relieve(&mut self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        self.settle(out, sink);
        let old = self.held.len().saturating_sub(BLANKS);
        literal(self.held.get(..old).unwrap_or_default(), out, &mut defect::shifted(sink, self.at));
        self.held.drain(..old);
        self.at = self.at.saturating_add(old);
    }
}

/// Decodes `bytes`, which stand at `at`, but for what has no meaning yet at their end; returns how much that was.
fn decode_settled(bytes: &[u8], at: usize, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) -> usize {
    let settled = bytes.get(..bytes.len() - open(bytes)).unwrap_or_default();
    if settled.len() == bytes.len() || !bytes.get(settled.len()..).unwrap_or_default().starts_with(b"=") {
        decode(settled, out, &mut defect::shifted(sink, at));
        return settled.len();
    }
    // Before another `=` a `=` is no escape, and blanks are text; at the end of a text they would be something else.
    let before = trim_end(settled, |byte| byte == b'=' || Class::WSP.contains(byte));
    decode(before, out, &mut defect::shifted(sink, at));
    literal(
        settled.get(before.len()..).unwrap_or_default(),
        out,
        &mut defect::shifted(sink, at.saturating_add(before.len())),
    );
    settled.len()
}

/// Blanks that are text, and `=` among them that begin no escape.
fn literal(bytes: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    for equals in memchr_iter(b'=', bytes) {
        sink.report(EncodingDefect::QpBadEscape, equals..equals + 1);
    }
    out.extend_from_slice(bytes);
}

/// How much of the end of `bytes` has no meaning yet: `"=" [HEXDIG / *WSP [CR]]`, or `1*WSP`.
fn open(bytes: &[u8]) -> usize {
    let is_blank = |byte| Class::WSP.contains(byte);
    let before = match bytes {
        [before @ .., b'=', digit] if Class::HEXDIG.contains(*digit) => Some(before),
        _ => trim_end(bytes.strip_suffix(b"\r").unwrap_or(bytes), is_blank).strip_suffix(b"="),
    };
    bytes.len() - before.unwrap_or_else(|| trim_end(bytes, is_blank)).len()
}

fn trim_end(bytes: &[u8], trimmed: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !trimmed(byte)).map_or(0, |last| last + 1);
    bytes.get(..end).unwrap_or_default()
}

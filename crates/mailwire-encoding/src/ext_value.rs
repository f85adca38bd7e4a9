//! Extended parameter values (RFC 2231): charsets, languages and values in several pieces.
//!
//! ```
//! use mailwire_encoding::ext_value::{Segment, join};
//!
//! // filename*1*=%A9.txt; filename*0*=utf-8''caf%C3
//! let mut segments = [
//!     Segment { number: 1, encoded: true, quoted: false, value: b"%A9.txt" },
//!     Segment { number: 0, encoded: true, quoted: false, value: b"utf-8''caf%C3" },
//! ];
//! assert_eq!(join(&mut segments, &mut ()).text(), "café.txt");
//! ```
use crate::charset::{self, Fallback};
use crate::quoted_printable::hex_pair;
use crate::{Charset, EncodingDefect, Text, encoded_word};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use mailwire_core::Sink;
use memchr::memchr2;

/// One piece of a parameter's value: `name*0*=utf-8''…`, `name*1="…"`, or all of it: `name*=utf-8''…`.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "made by whoever splits parameters")]
pub struct Segment<'a> {
    /// The number behind the first `*`; 0 where there is none.
    pub number: u32,
    /// Whether the name ends with `*`: `%XX` are bytes, and the first piece begins with `charset'language'`.
    pub encoded: bool,
    /// Whether the value was in quotes: a backslash quotes the byte behind it.
    pub quoted: bool,
    /// The value, without the quotes around it and with the backslashes in it.
    pub value: &'a [u8],
}

/// The text of a parameter's value from its pieces, in any order: sorted here by number, joined as bytes, and then read
/// in the charset that the first piece names.
///
/// Forgiven and reported: gaps (the rest is joined), duplicates (the first counts), `%` that begins no escape (kept), no
/// charset ([`Fallback::Header`] holds). Line ends and other controls that come out of the escapes are replaced, as
/// in [encoded-words](encoded_word). Positions count from the start of the first value through all of them, as they are sorted.
pub fn join<'a>(segments: &mut [Segment<'a>], sink: &mut impl Sink<EncodingDefect>) -> Text<'a> {
    segments.sort_by_key(|segment| segment.number);
    let mut label = None;
    let mut joined: Cow<'a, [u8]> = Cow::Borrowed(b"");
    let (mut at, mut next) = (0, 0);
    for (index, segment) in segments.iter().enumerate() {
        let mut value = segment.value;
        let (start, end) = (at, at + value.len());
        at = end;
        if segment.number < next {
            sink.report(EncodingDefect::ExtDuplicateSegment, start..end);
            continue;
        }
        if segment.number > next {
            sink.report(EncodingDefect::ExtSegmentGap, start..start);
        }
        next = segment.number.saturating_add(1);
        if index == 0 && segment.encoded {
            if let Some((charset, text)) = split_charset(value) {
                label = Some(charset).filter(|charset| !charset.is_empty());
                value = text;
            } else {
                sink.report(EncodingDefect::ExtNoCharset, start..start);
            }
        }
        let value = decode_segment(*segment, value, end - value.len(), sink);
        if joined.is_empty() {
            joined = value;
        } else {
            joined.to_mut().extend_from_slice(&value);
        }
    }
    let charset = label.and_then(Charset::for_label);
    if let Some(label) = label.filter(|_| charset.is_none()) {
        sink.report(EncodingDefect::UnknownCharset, 0..label.len());
    }
    let text = match joined {
        Cow::Borrowed(bytes) => charset::decode_with(charset, bytes, Fallback::Header),
        Cow::Owned(bytes) => charset::decode_with(charset, &bytes, Fallback::Header).into_owned(),
    };
    if text.is_lossy() {
        sink.report(EncodingDefect::LossyText, 0..at);
    }
    text.map(|text| encoded_word::without_controls(text, 0..at, sink))
}

/// `charset'language'text`
fn split_charset(value: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut parts = value.splitn(3, |&byte| byte == b'\'');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(text)) => Some((charset, text)),
        _ => None,
    }
}

fn decode_segment<'a>(
    segment: Segment<'_>,
    value: &'a [u8],
    at: usize,
    sink: &mut impl Sink<EncodingDefect>,
) -> Cow<'a, [u8]> {
    let is_special = |byte: u8| byte == b'%' && segment.encoded || byte == b'\\' && segment.quoted;
    if memchr2(b'%', b'\\', value).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        if !is_special(*byte) {
            out.push(*byte);
            continue;
        }
        match (byte, tail) {
            (b'\\', [quoted, after @ ..]) => {
                out.push(*quoted);
                rest = after;
            }
            (b'%', [high, low, after @ ..]) if hex_pair(*high, *low).is_some() => {
                out.extend(hex_pair(*high, *low));
                rest = after;
            }
            _ => {
                if *byte == b'%' {
                    let here = at + value.len() - tail.len() - 1;
                    sink.report(EncodingDefect::ExtBadPercent, here..here + 1);
                }
                out.push(*byte);
            }
        }
    }
    Cow::Owned(out)
}

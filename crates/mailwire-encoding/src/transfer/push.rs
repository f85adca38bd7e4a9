//! Any transfer encoding that comes in pieces.

use super::TransferEncoding;
use crate::{EncodingDefect, base64, quoted_printable, uuencode};
use alloc::vec::Vec;
use mailwire_core::Sink;

/// Decodes a body that comes in chunks of any size: the same bytes and the same defects as
/// [`TransferEncoding::decode_into`] over all of it, in memory that does not grow with it.
///
/// ```
/// use mailwire_encoding::TransferEncoding;
///
/// let (mut decoder, mut out) = (TransferEncoding::Base64.decoder(), Vec::new());
/// for chunk in [&b"bWF"[..], b"pbA", b"=="] {
///     decoder.push(chunk, &mut out, &mut ());
/// }
/// decoder.finish(&mut out, &mut ());
/// assert_eq!(out, b"mail");
/// ```
#[derive(Debug)]
pub struct Decoder(Kind);

#[derive(Debug)]
enum Kind {
    Identity,
    QuotedPrintable(quoted_printable::Decoder),
    Base64(base64::Decoder),
    Uuencode(uuencode::Decoder),
}

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new(encoding: TransferEncoding) -> Self {
        Self(match encoding {
            TransferEncoding::QuotedPrintable => Kind::QuotedPrintable(quoted_printable::Decoder::new()),
            TransferEncoding::Base64 => Kind::Base64(base64::Decoder::new()),
            TransferEncoding::Uuencode => Kind::Uuencode(uuencode::Decoder::new()),
            _ => Kind::Identity,
        })
    }

    /// Decodes the next piece and appends to `out`. Ranges count from the start of the first piece.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        match &mut self.0 {
            Kind::Identity => out.extend_from_slice(chunk),
            Kind::QuotedPrintable(decoder) => decoder.push(chunk, out, sink),
            Kind::Base64(decoder) => decoder.push(chunk, out, sink),
            Kind::Uuencode(decoder) => decoder.push(chunk, out, sink),
        }
    }

    /// The body ends here.
    pub fn finish(self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        match self.0 {
            Kind::Identity => {}
            Kind::QuotedPrintable(decoder) => decoder.finish(out, sink),
            Kind::Base64(decoder) => decoder.finish(out, sink),
            Kind::Uuencode(decoder) => decoder.finish(out, sink),
        }
    }
}

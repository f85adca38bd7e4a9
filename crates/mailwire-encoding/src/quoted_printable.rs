//! Quoted-printable (RFC 2045 §6.7).
//!
//! ```
//! use mailwire_encoding::quoted_printable::{self, Mode};
//!
//! assert_eq!(&*quoted_printable::decode(b"caf=C3=A9 =\r\nau lait \r\n"), "café au lait\r\n".as_bytes());
//!
//! let mut out = Vec::new();
//! quoted_printable::encode_into("café \n".as_bytes(), &mut out, Mode::Text);
//! assert_eq!(out, b"caf=C3=A9=20\r\n");
//! ```

mod decode;
mod encode;
mod push;
mod scan;

use crate::EncodingDefect;
use alloc::borrow::Cow;
use alloc::vec::Vec;
use mailwire_core::Sink;

pub(crate) use decode::hex_pair;
pub use encode::{Mode, encode_into};
pub use push::Decoder;

/// The bytes that `input` stands for. Borrowed where nothing is encoded. Never fails: see [`decode_into`].
pub fn decode(input: &[u8]) -> Cow<'_, [u8]> {
    let clean = decode::clean_prefix(input);
    let (head, rest) = input.split_at_checked(clean).unwrap_or((input, b""));
    if rest.is_empty() {
        return Cow::Borrowed(input);
    }
    let mut out = Vec::with_capacity(input.len() + scan::BLOCK);
    out.extend_from_slice(head);
    decode_into(rest, &mut out, &mut ());
    Cow::Owned(out)
}

/// Appends the bytes that `input` stands for to `out`, and reports what was wrong.
///
/// `=XX` is a byte, of either case. A soft line break, `=` and a line end with or without blanks between them, is
/// dropped, and so are blanks before any line end and at the end (rule 3). A `=` that begins no escape is kept.
/// Line ends stay as they are.
pub fn decode_into(input: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    decode::decode(input, out, sink);
}

//! Uuencode: what there was before MIME, as a transfer encoding and inside text.
//!
//! No RFC defines it; POSIX does, with the older encoding and with base64 under a `begin-base64` line. RFC 2045 leaves
//! room for it as `x-uuencode`.
//!
//! ```
//! use mailwire_encoding::uuencode;
//!
//! let text = b"The file:\r\n\r\nbegin 644 hello.txt\r\n%:&5L;&\\\r\n`\r\nend\r\n\r\nBye\r\n";
//! assert_eq!(uuencode::decode(text), b"hello");
//!
//! let block = uuencode::blocks(text).next().ok_or("no block")?;
//! assert_eq!((block.name(), block.mode()), (&b"hello.txt"[..], 0o644));
//! assert_eq!(block.decode(), b"hello");
//! assert_eq!(text[block.range()].last(), Some(&b'\n'));
//! # Ok::<(), &str>(())
//! ```

mod blocks;
mod encode;
mod line;
mod push;

use crate::EncodingDefect;
use alloc::vec::Vec;
use mailwire_core::Sink;

pub use blocks::{Block, Blocks, blocks};
pub use encode::encode_into;
pub use push::Decoder;

/// The bytes that `input` stands for. Never fails: see [`decode_into`].
pub fn decode(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    decode_into(input, &mut out, &mut ());
    out
}

/// Appends the bytes that `input`, a whole body, stands for to `out`, and reports what was wrong.
///
/// ```text
/// block  = "begin" 1*SP mode 1*SP name CRLF *line zero CRLF "end" CRLF
/// line   = length *digit CRLF     ; length: 1 to 63 bytes; digits and lengths: SP to "`", less 32, modulo 64
/// zero   = "`" / SP
/// ```
///
/// Text before and behind is passed over. Spaces may be missing at the end of a line: they are zeros, so a line of one
/// byte can stand for 63. A check digit, or anything else, may follow what its length asks for. A line that can't be one of data is skipped, and so is an empty one. A
/// file that begins with a full line of data, as the second part of a long one does, needs no `begin`. The `end` may be
/// missing, and further blocks are appended. `begin-base64` is read as POSIX has it, up to a line of `====`.
pub fn decode_into(input: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    out.reserve(input.len() / 4 * 3);
    let mut decoder = Decoder::new();
    decoder.push(input, out, sink);
    decoder.finish(out, sink);
}

//! Base64 as mail uses it (RFC 2045 §6.8): lines of 76 digits, and readers that forgive.
//!
//! ```
//! use mailwire_encoding::base64;
//!
//! assert_eq!(base64::decode(b"aGVs\r\nbG8="), b"hello");
//! assert_eq!(base64::decode(b"aGVs bG8"), b"hello"); // the padding is missing
//!
//! let mut line = Vec::new();
//! base64::encode_into(b"hello", &mut line);
//! assert_eq!(line, b"aGVsbG8=");
//! ```

#[cfg(target_arch = "x86_64")]
mod avx2;
mod blocks;
mod careful;
mod engine;
mod push;

use crate::EncodingDefect;
use ::base64::Engine as _;
use alloc::vec::Vec;
use careful::Quantum;
use mailwire_core::Sink;

pub use push::Decoder;

/// The digits of a line (RFC 2045 §6.8: "no more than 76 characters each").
const COLUMNS: usize = 76;
/// The bytes those digits stand for.
const LINE_BYTES: usize = COLUMNS / 4 * 3;

/// The bytes that `input` stands for. Never fails: see [`decode_into`].
pub fn decode(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    decode_into(input, &mut out, &mut ());
    out
}

/// Appends the bytes that `input` stands for to `out`, and reports what was wrong.
///
/// White space and line ends are passed over wherever they are. Bytes outside the alphabet are skipped, the URL-safe
/// `-` and `_` included: RFC 2045 §6.8 says to ignore them, and other readers of mail do. Padding ends a quantum;
/// digits behind it begin a new one, as in concatenated streams. Missing padding is no loss; a single left-over digit
/// (six bits) is dropped.
pub fn decode_into(input: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    let mut quantum = Quantum::default();
    decode_chunk(&mut quantum, input, out, sink);
    quantum.finish(input.len(), out, sink);
}

/// Decodes what follows on `quantum`. A run of junk is reported as one only where all of it is in `input`.
fn decode_chunk(
    quantum: &mut Quantum,
    input: &[u8],
    out: &mut Vec<u8>,
    sink: &mut impl Sink<EncodingDefect>,
) {
    let slack = if input.len() < blocks::WORTHWHILE { 3 } else { blocks::SLACK };
    out.reserve(input.len() / 4 * 3 + slack);
    let mut at = 0;
    while let Some(rest) = input.get(at..).filter(|rest| !rest.is_empty()) {
        if quantum.is_fresh() {
            at += blocks::decode(rest, out);
        }
        at = quantum.decode(input, at, out, sink);
    }
}

/// Appends the encoding of `input` to `out`: lines of 76 digits, CRLF between them, none behind the last.
pub fn encode_into(input: &[u8], out: &mut Vec<u8>) {
    let lines = input.len().div_ceil(LINE_BYTES);
    out.reserve(input.len().div_ceil(3) * 4 + lines * 2);
    blocks::encode(input, out);
}

/// Appends the encoding of `input` to `out` without line breaks: for encoded-words and challenges.
///
/// ```
/// let mut digits = Vec::new();
/// mailwire_encoding::base64::encode_flat_into(&[0; 60], &mut digits);
/// assert_eq!(digits, [b'A'; 80]);
/// ```
pub fn encode_flat_into(input: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + input.len().div_ceil(3) * 4, 0);
    if let Some(room) = out.get_mut(start..) {
        let written = engine::engine().encode_slice(input, room);
        debug_assert_eq!(written.ok(), Some(room.len()));
    }
}

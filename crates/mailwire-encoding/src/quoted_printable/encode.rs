//! Encoding, in lines of at most 76 characters.

use alloc::vec::Vec;
use mailwire_core::Class;
use memchr::memchr;

/// Characters of an encoded line, the `=` of a soft line break included (RFC 2045 §6.7 rule 5).
const COLUMNS: usize = 76;
const PLAIN: Class = Class::VCHAR.or(Class::WSP);
const DIGITS: [u8; 16] = *b"0123456789ABCDEF";

/// What a line end means to the encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 2045 §6.7 knows these two")]
pub enum Mode {
    /// CRLF and a lone LF end a line and become CRLF; a lone CR is encoded.
    Text,
    /// CR and LF are bytes like any others and encoded (rule 4).
    Binary,
}

/// Appends the encoding of `input` to `out`: lines of at most 76 characters, ended by CRLF.
///
/// Encoded are, besides what has to be: blanks before a line end and at the end, and what some relay might change, a
/// `.` at the start of a line and the `F` of a `From ` there.
pub fn encode_into(input: &[u8], out: &mut Vec<u8>, mode: Mode) {
    out.reserve(input.len() + input.len() / 16);
    let mut rest = input;
    if mode == Mode::Text {
        while let Some((line, [_, tail @ ..])) = memchr(b'\n', rest).map(|end| rest.split_at(end)) {
            encode_line(line.strip_suffix(b"\r").unwrap_or(line), out);
            out.extend_from_slice(b"\r\n");
            rest = tail;
        }
    }
    encode_line(rest, out);
}

/// Encodes a line, without the end of it.
fn encode_line(line: &[u8], out: &mut Vec<u8>) {
    let mut column = 0;
    let mut rest = line;
    while let [byte, tail @ ..] = rest {
        // The last character of the line may take the column that a soft line break would need.
        let room = COLUMNS - 1 - column;
        let limit = if rest.len() == room + 1 { rest.len() } else { room };
        let run = literal_run(rest, limit, column);
        if run > 0 {
            let (run, tail) = rest.split_at(run);
            out.extend_from_slice(run);
            column += run.len();
            rest = tail;
        } else if (room > 2 || room == 2 && tail.is_empty()) && !is_literal(rest, column) {
            out.extend_from_slice(&escape(*byte));
            column += 3;
            rest = tail;
        } else {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
    }
}

/// How many bytes at the front of `rest`, at most `limit`, stand for themselves.
fn literal_run(rest: &[u8], limit: usize, column: usize) -> usize {
    if !is_literal(rest, column) {
        return 0;
    }
    let rest_of_line = rest.get(..limit).unwrap_or(rest);
    let run = PLAIN.prefix_len(rest_of_line);
    let run = memchr(b'=', rest_of_line).unwrap_or(run).min(run);
    match rest.get(..run) {
        Some([.., b' ' | b'\t']) if run == rest.len() => run - 1,
        _ => run,
    }
}

/// Whether the first byte of `rest` stands for itself at `column`.
fn is_literal(rest: &[u8], column: usize) -> bool {
    match rest {
        [] | [b' ' | b'\t'] | [b'=', ..] => false,
        [b'.', ..] => column > 0,
        [b'F', ..] => column > 0 || !rest.starts_with(b"From "),
        [byte, ..] => PLAIN.contains(*byte),
    }
}

/// `=XX`
fn escape(byte: u8) -> [u8; 3] {
    #[expect(clippy::indexing_slicing, reason = "four bits are always below 16")]
    let digit = |bits: u8| DIGITS[usize::from(bits & 15)];
    [b'=', digit(byte >> 4), digit(byte)]
}

//! Encoded bodies whose encoding is the attack.

use super::repeat;

/// Two digits, then what is no digit, and so on.
pub fn base64_junk(size: usize) -> Vec<u8> {
    repeat(b"QU!-", size)
}

/// Padding, and a digit between that keeps it from being the end.
pub fn base64_padding(size: usize) -> Vec<u8> {
    repeat(b"Q====", size)
}

/// One encoded byte after the other, each padded.
pub fn base64_streams(size: usize) -> Vec<u8> {
    repeat(b"QQ==", size)
}

/// A line end behind every digit.
pub fn base64_short_lines(size: usize) -> Vec<u8> {
    repeat(b"Q\r\n", size)
}

/// `====`: escapes that only ever begin.
pub fn quoted_equals(size: usize) -> Vec<u8> {
    repeat(b"=", size)
}

/// Soft line breaks and nothing else.
pub fn quoted_soft_breaks(size: usize) -> Vec<u8> {
    repeat(b"=\r\n", size)
}

/// One run of blanks that might be the end of a line, and is not.
pub fn quoted_blanks(size: usize) -> Vec<u8> {
    let mut body = vec![b' '; size];
    body.push(b'a');
    body
}

/// Short runs of blanks, some before an escape, some before a soft break, some before a line end.
pub fn quoted_blank_runs(size: usize) -> Vec<u8> {
    repeat(b"a   =20 \t = \t\r\n   \r\n", size)
}

/// Blocks that only ever begin.
pub fn uu_begins(size: usize) -> Vec<u8> {
    repeat(b"begin 644 x\n", size)
}

/// Lines that may be the last before an `end`, and are not.
pub fn uu_empty_lines(size: usize) -> Vec<u8> {
    let mut body = b"begin 644 x\n#0V%T\n".to_vec();
    body.resize(size, b'\n');
    body
}

/// Lines of base64 that are nearly the last one.
pub fn uu_base64_ends(size: usize) -> Vec<u8> {
    let mut body = b"begin-base64 644 x\n".to_vec();
    body.extend(repeat(b"===\n", size));
    body
}

/// A shift to Chinese and back for every character.
pub fn hz_shifts(size: usize) -> Vec<u8> {
    repeat(b"~{VP~}", size)
}

/// First halves of characters, and tildes that begin no escape.
pub fn hz_halves(size: usize) -> Vec<u8> {
    repeat(b"~{V\t~ ", size)
}

/// A shift to base64 and back for every character.
pub fn utf7_shifts(size: usize) -> Vec<u8> {
    repeat(b"+AOk-", size)
}

/// Shifts to base64 that never come back.
pub fn utf7_open(size: usize) -> Vec<u8> {
    repeat(b"+", size)
}

/// Changes of the character set and nothing to show for it.
pub fn iso2022_escapes(size: usize) -> Vec<u8> {
    repeat(b"\x1b$B\x1b(B", size)
}

/// The first bytes of characters, never the last.
pub fn utf8_broken(size: usize) -> Vec<u8> {
    repeat(b"\xf0\x9f\x98", size)
}

/// First halves of surrogate pairs.
pub fn utf16_lone_surrogates(size: usize) -> Vec<u8> {
    repeat(b"\x3d\xd8", size)
}

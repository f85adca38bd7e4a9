//! Encoding.

use alloc::vec::Vec;

/// The bytes of a line.
const LINE_BYTES: usize = 45;

/// Appends `input` to `out` as a block: `begin`, lines of 45 bytes, `` ` `` for zeros, `end`; each line with CRLF.
///
/// Of `mode`, nine bits are written. A control character in `name` becomes `_`, so it can't end its line.
///
/// ```
/// let mut out = Vec::new();
/// mailwire_encoding::uuencode::encode_into(b"Cat", "cat.txt", 0o644, &mut out);
/// assert_eq!(out, b"begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n");
/// ```
pub fn encode_into(input: &[u8], name: &str, mode: u32, out: &mut Vec<u8>) {
    let lines = input.len().div_ceil(LINE_BYTES);
    out.reserve(input.len().div_ceil(3) * 4 + lines * 3 + name.len() + 24);
    out.extend_from_slice(b"begin ");
    out.extend([6, 3, 0].map(|shift| b'0' + bits(mode >> shift, 7)));
    out.push(b' ');
    out.extend(name.bytes().map(|byte| if byte.is_ascii_control() { b'_' } else { byte }));
    out.extend_from_slice(b"\r\n");
    for line in input.chunks(LINE_BYTES) {
        out.push(digit(u8::try_from(line.len()).unwrap_or_default()));
        for bytes in line.chunks(3) {
            let mut three = [0; 4];
            for (place, &byte) in three.iter_mut().skip(1).zip(bytes) {
                *place = byte;
            }
            let three = u32::from_be_bytes(three);
            out.extend([18, 12, 6, 0].map(|shift| digit(bits(three >> shift, 63))));
        }
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"`\r\nend\r\n");
}

fn bits(value: u32, mask: u8) -> u8 {
    let [.., lowest] = value.to_be_bytes();
    lowest & mask
}

fn digit(value: u8) -> u8 {
    if value == 0 { b'`' } else { b' ' + value }
}

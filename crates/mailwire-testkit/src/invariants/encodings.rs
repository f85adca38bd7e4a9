//! The encodings of mail.

use super::inside;
use mailwire_core::{Defect, class};
use mailwire_encoding::charset::{self, Charset, Fallback};
use mailwire_encoding::quoted_printable::{self, Mode};
use mailwire_encoding::{EncodingDefect, Text, TransferEncoding, base64, encoded_word, uuencode};

/// Whatever the bytes are, they decode, to no more than they were; and they come back from their own encoding.
pub fn codecs(bytes: &[u8]) {
    let decoded = base64::decode(bytes);
    let mut again = b"kept".to_vec();
    base64::decode_into(bytes, &mut again, &mut inside(bytes));
    assert_eq!(again.strip_prefix(b"kept"), Some(decoded.as_slice()), "a sink changes what is read");
    assert!(decoded == plain_base64(bytes), "the plain decoder reads something else");

    let mut encoded = Vec::new();
    base64::encode_into(bytes, &mut encoded);
    assert_eq!(encoded, crate::mail::base64_lines(bytes).strip_suffix(b"\r\n").unwrap_or_default());
    let mut back = Vec::new();
    base64::decode_into(&encoded, &mut back, &mut nothing_wrong);
    assert_eq!(back, bytes);
    encoded.clear();
    base64::encode_flat_into(bytes, &mut encoded);
    assert_eq!(base64::decode(&encoded), bytes);

    let decoded = quoted_printable::decode(bytes);
    assert!(decoded.len() <= bytes.len());
    let mut again = b"kept".to_vec();
    quoted_printable::decode_into(bytes, &mut again, &mut inside(bytes));
    assert_eq!(again.strip_prefix(b"kept"), Some(&*decoded), "a sink changes what is read");

    encoded.clear();
    quoted_printable::encode_into(bytes, &mut encoded, Mode::Binary);
    assert!(encoded.split(|&byte| byte == b'\n').all(|line| line.len() <= 77 && line.is_ascii()));
    back.clear();
    quoted_printable::decode_into(&encoded, &mut back, &mut nothing_wrong);
    assert_eq!(back, bytes);
    encoded.clear();
    quoted_printable::encode_into(bytes, &mut encoded, Mode::Text);
    assert_eq!(&*quoted_printable::decode(&encoded), with_crlf(bytes));

    for encoding in [TransferEncoding::Binary, TransferEncoding::QuotedPrintable, TransferEncoding::Base64] {
        same_in_pieces(encoding, bytes);
    }
    let encoding = TransferEncoding::parse(bytes, &mut inside(bytes));
    assert_eq!(TransferEncoding::parse(encoding.to_string().as_bytes(), &mut ()), encoding);
}

/// Whatever the bytes are, they decode, to no more than their lines can hold; blocks in them are lines; and they come
/// back from their own encoding.
pub fn uuencode(bytes: &[u8]) {
    let mut decoded = Vec::new();
    uuencode::decode_into(bytes, &mut decoded, &mut inside(bytes));
    assert!(decoded.len() <= 63 * bytes.split(|&byte| byte == b'\n').count() + bytes.len());
    assert!(uuencode::decode(bytes) == decoded, "a sink changes what is read");
    same_in_pieces(TransferEncoding::Uuencode, bytes);

    let mut last = 0;
    for block in uuencode::blocks(bytes) {
        let range = block.range();
        assert!(last <= range.start && range.start < range.end, "blocks overlap");
        assert!(range.start == 0 || bytes[range.start - 1] == b'\n', "a block begins within a line");
        assert!(range.end == bytes.len() || bytes[range.end - 1] == b'\n', "a block ends within a line");
        assert_eq!(&bytes[range.clone()], block.raw());
        block.decode_into(&mut Vec::new(), &mut inside(block.raw()));
        let alone = uuencode::blocks(block.raw()).next().map(|alone| alone.range());
        assert_eq!(alone, Some(0..block.raw().len()), "a block is another one when it stands alone");
        last = range.end;
    }

    let mut encoded = Vec::new();
    uuencode::encode_into(bytes, &String::from_utf8_lossy(bytes), 0o644, &mut encoded);
    let mut back = Vec::new();
    uuencode::decode_into(&encoded, &mut back, &mut nothing_wrong);
    assert_eq!(back, bytes);
}

/// A label, a line end, and bytes: text comes of it, with what was lost said.
pub fn charsets(bytes: &[u8]) {
    let (label, bytes) = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(at) => (Some(&bytes[..at]), &bytes[at + 1..]),
        None => (None, bytes),
    };
    let mut decoder = charset::Decoder::for_label(label);
    let mut pushed = String::new();
    pieces(bytes).for_each(|piece| decoder.push(piece, &mut pushed));
    let reading = decoder.finish(&mut pushed);
    let text = charset::decode(label, bytes, Fallback::Body);
    assert_eq!(pushed, text.text(), "another text in pieces");
    assert_eq!((reading.charset(), reading.is_lossy()), (text.charset(), text.is_lossy()));

    for fallback in [Fallback::Body, Fallback::Header] {
        let text = charset::decode(label, bytes, fallback);
        bounded(&text, bytes);
        let named = Charset::for_label(text.charset().name().as_bytes());
        assert_eq!(named, Some(text.charset()), "a charset that its own name does not find");
    }
    if let Some(charset) = label.and_then(Charset::for_label) {
        bounded(&charset.decode(bytes), bytes);
    }
    // Where nothing is declared, UTF-8 is never taken for anything else.
    if let Ok(valid) = std::str::from_utf8(bytes) {
        let text = charset::decode(None, bytes, Fallback::Header);
        assert_eq!((text.text(), text.is_lossy()), (valid.strip_prefix('\u{feff}').unwrap_or(valid), false));
    }
}

/// A value becomes one line of text, however it is encoded.
pub fn encoded_word(bytes: &[u8]) {
    let text = encoded_word::decode(bytes);
    assert!(!text.contains(['\r', '\n']));
    assert!(text.len() <= 3 * bytes.len() + 3);
    let trimmed = class::trim(bytes);
    let mut again = "kept".to_owned();
    encoded_word::decode_into(trimmed, &mut again, &mut inside(trimmed));
    assert_eq!(again.strip_prefix("kept"), Some(&*text), "a sink changes what is read");
}

/// Wherever a body is cut, it decodes to the same bytes, with the same defects.
fn same_in_pieces(encoding: TransferEncoding, bytes: &[u8]) {
    let (mut whole, mut expected) = (Vec::new(), Vec::<Defect<EncodingDefect>>::new());
    encoding.decode_into(bytes, &mut whole, &mut expected);
    let (mut out, mut found) = (Vec::new(), Vec::<Defect<EncodingDefect>>::new());
    let mut decoder = encoding.decoder();
    pieces(bytes).for_each(|piece| decoder.push(piece, &mut out, &mut found));
    decoder.finish(&mut out, &mut found);
    assert!(out == whole, "{encoding}: other bytes in pieces");
    assert_eq!(found, expected, "{encoding}: other defects in pieces");
}

/// The bytes in pieces of one size, which they choose themselves: so a fuzzer can move the cuts.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let last = bytes.last().copied().unwrap_or_default();
    bytes.chunks(1 + usize::from(last) % bytes.len().clamp(1, 256))
}

/// No byte becomes more than one character of three bytes.
fn bounded(text: &Text<'_>, bytes: &[u8]) {
    assert!(text.text().len() <= 3 * bytes.len(), "{} of {}", text.text().len(), bytes.len());
    assert!(
        text.is_lossy() || !text.text().contains('\u{fffd}') || bytes.len() > 1,
        "U+FFFD, and nothing lost"
    );
}

fn nothing_wrong<K: std::fmt::Debug>(kind: K, range: std::ops::Range<usize>) {
    panic!("{kind:?} at {range:?} in what we encoded");
}

/// RFC 2045 §6.8, digit by digit.
fn plain_base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut digits) = (0_u32, 0);
    for &byte in bytes.iter().chain(b"=") {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                // What is left over of a quantum: two digits are one byte, three are two.
                let whole = (bits << (24 - 6 * digits)).to_be_bytes();
                out.extend(&whole[1..1 + digits * 6 / 8]);
                (bits, digits) = (0, 0);
                continue;
            }
            _ => continue,
        };
        (bits, digits) = (bits << 6 | u32::from(digit), digits + 1);
        if digits == 4 {
            out.extend(&bits.to_be_bytes()[1..]);
            (bits, digits) = (0, 0);
        }
    }
    out
}

/// What text is after a transport: every line end CRLF, but a lone CR is no line end.
fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split(|&byte| byte == b'\n').collect::<Vec<_>>();
    let last = lines.len() - 1;
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| if at < last { line.strip_suffix(b"\r").unwrap_or(line) } else { line });
    lines.collect::<Vec<_>>().join(b"\r\n".as_slice())
}

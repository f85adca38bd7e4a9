//! Quoted-printable against vectors, a naive twin and itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests may panic")]

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_core::Defect;
use mailwire_encoding::EncodingDefect::{
    self, QpBadEscape, QpSoftBreakAtEnd, QpSoftBreakBlank, QpTrailingBlank,
};
use mailwire_encoding::quoted_printable::{Mode, decode, decode_into, encode_into};
use proptest::prelude::*;

#[test]
fn decodes_vectors() {
    let cases: [(&str, &str, &[EncodingDefect]); 23] = [
        ("", "", &[]),
        ("plain text\r\n", "plain text\r\n", &[]),
        ("a=3Db=3db", "a=b=b", &[]),
        ("soft=\r\n break", "soft break", &[]),
        ("soft=\nbreak", "softbreak", &[]),
        ("soft= \t\r\nbreak", "softbreak", &[QpSoftBreakBlank]),
        ("a \r\nb\t \nc", "a\r\nb\nc", &[QpTrailingBlank, QpTrailingBlank]),
        ("a=20\r\nb", "a \r\nb", &[]),
        ("a=20 \r\nb", "a \r\nb", &[QpTrailingBlank]),
        ("a =\r\nb", "a b", &[]),
        ("a =\r\n \r\nb", "a \r\nb", &[QpTrailingBlank]),
        ("the end ", "the end", &[QpTrailingBlank]),
        ("the end=", "the end", &[QpSoftBreakAtEnd]),
        ("the end=  ", "the end", &[QpSoftBreakAtEnd]),
        ("=", "", &[QpSoftBreakAtEnd]),
        ("=4", "=4", &[QpBadEscape]),
        ("=ZZ", "=ZZ", &[QpBadEscape]),
        ("==41", "=A", &[QpBadEscape]),
        ("=4=41", "=4A", &[QpBadEscape]),
        ("100 % = all", "100 % = all", &[QpBadEscape]),
        ("a\rb\r", "a\rb\r", &[]),
        ("\r\n\r\n", "\r\n\r\n", &[]),
        (" \r\n", "\r\n", &[QpTrailingBlank]),
    ];
    for (input, expected, defects) in cases {
        let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
        let mut out = b"before ".to_vec();
        decode_into(input.as_bytes(), &mut out, &mut found);
        assert_eq!(&out[7..], expected.as_bytes(), "{input:?}");
        assert_eq!(found.iter().map(Defect::kind).collect::<Vec<_>>(), defects, "{input:?}");
        assert!(found.iter().all(|defect| defect.range().end <= input.len()), "{input:?}");
        assert_eq!(*decode(input.as_bytes()), *expected.as_bytes(), "{input:?}");
    }
}

#[test]
fn borrows_what_stands_for_itself() {
    let text = "a line of text\r\n".repeat(50);
    assert!(matches!(decode(text.as_bytes()), Cow::Borrowed(_)));
    for index in 0..text.len() {
        let mut text = text.clone().into_bytes();
        text[index] = b'=';
        assert_eq!(*decode(&text), *naive(&text), "= at {index}");
        text[index] = b' ';
        assert_eq!(*decode(&text), *naive(&text), "blank at {index}");
    }
}

#[test]
fn encodes_vectors() {
    for (input, expected) in [
        ("", ""),
        ("a=b", "a=3Db"),
        ("a\nb\r\nc\rd", "a\r\nb\r\nc=0Dd"),
        ("blank \r\ntab\t", "blank=20\r\ntab=09"),
        (" x", " x"),
        (".\r\n.x\r\nFrom me\r\nFro", "=2E\r\n=2Ex\r\n=46rom me\r\nFro"),
        ("é", "=C3=A9"),
    ] {
        let mut out = Vec::new();
        encode_into(input.as_bytes(), &mut out, Mode::Text);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
    let mut out = Vec::new();
    encode_into(b"a\r\nb\n", &mut out, Mode::Binary);
    assert_eq!(out, b"a=0D=0Ab=0A");
    for (length, expected) in [(75, "x".repeat(75)), (76, "x".repeat(76)), (77, "x".repeat(75) + "=\r\nxx")] {
        let mut out = Vec::new();
        encode_into("x".repeat(length).as_bytes(), &mut out, Mode::Text);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

/// The definition, byte by byte.
fn naive(input: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).map(|digit| u8::try_from(digit).unwrap());
    let (mut out, mut blanks, mut at) = (Vec::new(), Vec::new(), 0);
    while at < input.len() {
        let byte = input[at];
        at += 1;
        match byte {
            b' ' | b'\t' => {
                blanks.push(byte);
                continue;
            }
            b'\r' | b'\n' => blanks.clear(),
            _ => out.append(&mut blanks),
        }
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let rest = &input[at..];
        if let [high, low, ..] = rest
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            out.push(high * 16 + low);
            at += 2;
            continue;
        }
        let skipped = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match &rest[skipped..] {
            [b'\r', b'\n', ..] => at += skipped + 2,
            [b'\r' | b'\n', ..] => at += skipped + 1,
            [] => at += skipped,
            _ => out.push(b'='),
        }
    }
    out
}

fn qp_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => "[a-zA-Z0-9 .,]{0,90}".prop_map(String::into_bytes),
        2 => Just(b"\r\n".to_vec()),
        1 => Just(b"\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        2 => Just(b"=\r\n".to_vec()),
        3 => "=[0-9A-Fa-f]{2}".prop_map(String::into_bytes),
        1 => Just(b"= \r\n".to_vec()),
        1 => Just(b" \t".to_vec()),
        1 => Just(b"=".to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn equals_its_naive_twin(input in qp_like()) {
        let (twin, text) = (naive(&input), input.escape_ascii());
        prop_assert!(*decode(&input) == *twin, "{} {}", text, decode(&input).escape_ascii());
        let mut out = Vec::new();
        decode_into(&input, &mut out, &mut ());
        prop_assert!(out == twin, "{}", text);
    }

    #[test]
    fn binary_comes_back(input in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut encoded = Vec::new();
        encode_into(&input, &mut encoded, Mode::Binary);
        prop_assert!(is_well_formed(&encoded));
        prop_assert_eq!(&*decode(&encoded), &*input);
    }

    #[test]
    fn text_comes_back_with_crlf(input in "([ -~é\t\r]{0,100}\r?\n){0,5}[ -~é\t\r]{0,100}") {
        let mut encoded = Vec::new();
        encode_into(input.as_bytes(), &mut encoded, Mode::Text);
        prop_assert!(is_well_formed(&encoded));
        let expected = input.replace("\r\n", "\n").replace('\n', "\r\n");
        prop_assert_eq!(&*decode(&encoded), expected.as_bytes());
        let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
        decode_into(&encoded, &mut Vec::new(), &mut found);
        prop_assert!(found.is_empty());
    }
}

fn is_well_formed(encoded: &[u8]) -> bool {
    let text = core::str::from_utf8(encoded).unwrap();
    text.split("\r\n").all(|line| {
        line.len() <= 76
            && line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
            && !line.ends_with([' ', '\t'])
            && !line.starts_with('.')
            && !line.starts_with("From ")
    })
}

//! Base64 against vectors, a naive twin and itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests may panic")]

use mailwire_core::Defect;
use mailwire_encoding::EncodingDefect::{
    self, Base64InnerPadding, Base64Junk, Base64LeftoverBits, Base64MissingPadding, Base64Padding,
    Base64Truncated,
};
use mailwire_encoding::base64::{decode, decode_into, encode_flat_into, encode_into};
use proptest::prelude::*;

#[test]
fn decodes_vectors() {
    let cases: [(&str, &str, &[EncodingDefect]); 23] = [
        ("", "", &[]),
        ("Zg==", "f", &[]),
        ("Zm8=", "fo", &[]),
        ("Zm9v", "foo", &[]),
        ("Zm9vYg==", "foob", &[]),
        ("Z m\t9\r\nv", "foo", &[]),
        ("Zg=\r\n=", "f", &[]),
        ("Zg", "f", &[Base64MissingPadding]),
        ("Zg=", "f", &[Base64MissingPadding]),
        ("Zm8", "fo", &[Base64MissingPadding]),
        ("Zm9vY", "foo", &[Base64Truncated]),
        ("Z", "", &[Base64Truncated]),
        ("Zh==", "f", &[Base64LeftoverBits]),
        ("Zm9=", "fo", &[Base64LeftoverBits]),
        ("Zg==Zg==", "ff", &[Base64InnerPadding]),
        ("Zg=Zg==", "ff", &[Base64Padding, Base64InnerPadding]),
        ("Zm9v=", "foo", &[Base64Padding]),
        ("Zm9v==", "foo", &[Base64Padding, Base64Padding]),
        ("Zm8==", "fo", &[Base64Padding]),
        ("====", "", &[Base64Padding; 4]),
        ("Zm*9v", "foo", &[Base64Junk]),
        ("Zm9v-_-_Zm9v", "foofoo", &[Base64Junk]),
        ("Zm9v\u{0}\u{e9}", "foo", &[Base64Junk]),
    ];
    for (input, expected, defects) in cases {
        let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
        let mut out = b"before ".to_vec();
        decode_into(input.as_bytes(), &mut out, &mut found);
        assert_eq!(&out[7..], expected.as_bytes(), "{input:?}");
        assert_eq!(found.iter().map(Defect::kind).collect::<Vec<_>>(), defects, "{input:?}");
        assert!(found.iter().all(|defect| defect.range().end <= input.len()), "{input:?}");
        assert_eq!(decode(input.as_bytes()), expected.as_bytes(), "{input:?}");
    }
}

#[test]
fn a_byte_changed_anywhere_gives_what_the_twin_gives() {
    let data: Vec<u8> = (0..4000_u32).map(|i| (i * i / 7).to_le_bytes()[0]).collect();
    let mut encoded = Vec::new();
    encode_into(&data, &mut encoded);
    assert_eq!(decode(&encoded), data);
    for index in (0..encoded.len()).step_by(5) {
        for byte in [b'=', b'*', b'\n', b'A'] {
            let mut changed = encoded.clone();
            changed[index] = byte;
            assert!(decode(&changed) == naive(&changed), "{byte} at {index}");
        }
        let mut shorter = encoded.clone();
        shorter.remove(index);
        assert!(decode(&shorter) == naive(&shorter), "without {index}");
    }
}

#[test]
fn lines_of_any_width_and_end() {
    let data: Vec<u8> = (0..3000_u32).map(|i| (i * 31 / 3).to_le_bytes()[0]).collect();
    let mut flat = Vec::new();
    encode_flat_into(&data, &mut flat);
    for width in (1..200).chain([997, 998, 1022, 1023, 1024, 4000]) {
        for end in ["\n", "\r\n", " \r\n", "\r"] {
            let lines: Vec<u8> =
                flat.chunks(width).flat_map(|line| [line, end.as_bytes()].concat()).collect();
            let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
            let mut out = Vec::new();
            decode_into(&lines, &mut out, &mut found);
            assert!(out == data, "{width} {end:?}");
            assert!(found.is_empty(), "{width} {end:?} {found:?}");
        }
    }
}

#[test]
fn encodes_lines_of_76_without_an_end() {
    for length in 0..300 {
        let data = vec![0_u8; length];
        let mut encoded = b"before".to_vec();
        encode_into(&data, &mut encoded);
        let text = core::str::from_utf8(&encoded[6..]).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.concat().len(), length.div_ceil(3) * 4);
        let (last, whole) = lines.split_last().unwrap();
        assert!(whole.iter().all(|line| line.len() == 76));
        assert!(last.len() <= 76 && (length == 0 || !last.is_empty()));
    }
}

/// The definition, digit by digit.
fn naive(input: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits) = (Vec::new(), Vec::new());
    for &byte in input {
        if let Some(value) = DIGITS.iter().position(|&digit| digit == byte) {
            bits.extend((0..6).rev().map(|bit| value >> bit & 1));
        }
        if bits.len() == 24 || byte == b'=' {
            flush(&mut bits, &mut out);
        }
    }
    flush(&mut bits, &mut out);
    out
}

fn flush(bits: &mut Vec<usize>, out: &mut Vec<u8>) {
    let bytes = bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit));
    out.extend(bytes.map(|byte| u8::try_from(byte).unwrap()));
    bits.clear();
}

proptest! {
    #[test]
    fn anything_comes_back(data in proptest::collection::vec(any::<u8>(), 0..6000)) {
        let (mut lines, mut flat) = (Vec::new(), Vec::new());
        encode_into(&data, &mut lines);
        encode_flat_into(&data, &mut flat);
        let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
        let mut out = Vec::new();
        decode_into(&lines, &mut out, &mut found);
        prop_assert_eq!(&out, &data);
        prop_assert!(found.is_empty());
        prop_assert_eq!(decode(&flat), data);
    }

    #[test]
    fn equals_its_naive_twin(
        data in proptest::collection::vec(any::<u8>(), 0..6000),
        width in 1..100_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut flat = Vec::new();
        encode_flat_into(&data, &mut flat);
        let mut input: Vec<u8> = flat.chunks(width).flat_map(|line| [line, b"\r\n"].concat()).collect();
        for (index, byte) in changes {
            if !input.is_empty() {
                let index = index.index(input.len());
                input[index] = byte;
            }
        }
        prop_assert!(decode(&input) == naive(&input));
    }

    #[test]
    fn equals_its_naive_twin_on_noise(input in "[A-Za-z=\r\n *+/-]{0,300}") {
        prop_assert_eq!(decode(input.as_bytes()), naive(input.as_bytes()));
    }
}

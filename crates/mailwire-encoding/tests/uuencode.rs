//! Uuencode against vectors, a naive twin and itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests may panic")]

use mailwire_core::{Defect, DefectKind};
use mailwire_encoding::EncodingDefect::{
    self, Base64MissingPadding, UuBadDigit, UuFurtherBlock, UuJunk, UuMissingBegin, UuMissingEnd,
    UuShortLine, UuTextOutside, UuTrailing,
};
use mailwire_encoding::uuencode::{blocks, decode, decode_into, encode_into};
use proptest::prelude::*;

type Found = Vec<(EncodingDefect, core::ops::Range<usize>)>;

fn decoded(input: &[u8]) -> (Vec<u8>, Found) {
    let (mut out, mut found) = (b"kept".to_vec(), Vec::<Defect<EncodingDefect>>::new());
    decode_into(input, &mut out, &mut found);
    assert_eq!(&out[..4], b"kept");
    assert_eq!(out[4..], decode(input));
    (out[4..].to_vec(), found.iter().map(|defect| (defect.kind(), defect.range())).collect())
}

#[test]
fn decodes_vectors() {
    type Case<'a> = (&'a str, &'a str, &'a [(EncodingDefect, core::ops::Range<usize>)]);
    let full = "M".to_owned() + &"_".repeat(60);
    let bytes = "\u{ff}".repeat(45);
    let cases: [Case<'_>; 31] = [
        ("", "", &[]),
        ("begin 644 cat\n#0V%T\n`\nend\n", "Cat", &[]),
        ("begin 644 cat\r\n#0V%T\r\n`\r\nend\r\n", "Cat", &[]),
        ("begin 0644 cat\n#0V%T\n \nend", "Cat", &[]),
        ("begin 600 \n`\nend\n", "", &[]),
        ("begin 600\nend\n", "", &[]),
        // Lengths that are no multiple of three, with and without the digits that are not needed.
        ("begin 644 c\n\"0V$ \n!0P  \n\"0V$\n!0P\n`\nend\n", "CaCCaC", &[]),
        // Zeros as spaces, which got lost at the end; and as backticks.
        ("begin 644 z\n$    0@  \n$````0@``\n`\nend\n", "\0\0\0B\0\0\0B", &[]),
        ("begin 644 z\n#\n`\nend\n", "\0\0\0", &[(UuShortLine, 12..13)]),
        ("begin 644 z\n$0V%T\n`\nend\n", "Cat\0", &[(UuShortLine, 12..13)]),
        // A check digit, blanks, and more than that.
        ("begin 644 c\n#0V%TX\n``\nend\n", "Cat", &[]),
        ("begin 644 c\n#0V%T  \n`\nend  \n", "Cat", &[]),
        ("begin 644 c\n#0V%T XY\n`\nend\n", "Cat", &[(UuTrailing, 17..20)]),
        // Digits that are none: in a line of the right length, one of them; in any other it is no data.
        ("begin 644 c\n#0v%T\n`\nend\n", "Aat", &[(UuBadDigit, 14..15)]),
        ("begin 644 c\n#0V%T\nHello there\n#0V%T\n`\nend\n", "CatCat", &[(UuJunk, 18..29)]),
        ("begin 644 c\n#0V%T\nhello\n#0V%T\n`\nend\n", "CatCat", &[(UuJunk, 18..23)]),
        ("begin 644 c\n#0V%T\n\n#0V%T\n\nend\n", "CatCat", &[]),
        ("begin 644 c\n#0V%T", "Cat", &[(UuMissingEnd, 17..17)]),
        ("begin 644 c\n#0V%T\n`\n", "Cat", &[(UuMissingEnd, 20..20)]),
        ("begin 644 c\n#0V%T\n`\n\nREGARDS\n", "Cat", &[(UuMissingEnd, 21..21), (UuTextOutside, 21..28)]),
        ("Hi!\n\nHere.\n\nbegin 644 c\n#0V%T\n`\nend\n\n", "Cat", &[(UuTextOutside, 0..10)]),
        ("begin 644 c\n#0V%T\n`\nend\n\n-- \nBye\n", "Cat", &[(UuTextOutside, 25..32)]),
        ("begin here\nbegin 99 x\nbegin644 x\n", "", &[(UuTextOutside, 0..32), (UuMissingBegin, 33..33)]),
        ("begin 644 c\n#0V%T\n`\nend\nbegin 644 d\n#0V%T\n`\nend\n", "CatCat", &[(UuFurtherBlock, 24..35)]),
        (
            "begin 644 c\n#0V%T\nbegin 644 d\n#0V%T\n`\nend\n",
            "CatCat",
            &[(UuMissingEnd, 18..18), (UuFurtherBlock, 18..29)],
        ),
        ("begin-base64 644 c\nQ2F0\n====\n", "Cat", &[]),
        ("begin-base64 644 c\nQ2F0\nQ2E=\n", "CatCa", &[(UuMissingEnd, 29..29)]),
        ("begin-base64 644 c\r\nQ2E\r\n====\r\n", "Ca", &[(Base64MissingPadding, 25..25)]),
        ("begin-base64 644 c", "", &[(UuMissingEnd, 18..18)]),
        (&(full.clone() + "\n#0V%T\n`\nend\n"), &(bytes.clone() + "Cat"), &[(UuMissingBegin, 0..0)]),
        (&(full.clone() + "ab\n"), "", &[(UuTextOutside, 0..63), (UuMissingBegin, 64..64)]),
    ];
    for (input, expected, defects) in cases {
        let (out, found) = decoded(input.as_bytes());
        // The expected bytes are written as the characters of the same numbers.
        let out: String = out.iter().map(|&byte| char::from(byte)).collect();
        assert_eq!(out, expected, "{input:?}");
        assert_eq!(found, defects, "{input:?}");
    }
}

#[test]
fn finds_blocks_in_text() {
    let text = "begin with this.\nbegin 644 my file.txt \r\n#0V%T\r\n`\r\nend\r\nbegin 644 no data\n\n\
                begin 666 cut\n#0V%T\nand so on\n begin 644 no line start\n#0V%T\nend\n\
                begin-base64 600 b\nQ2F0\n====\nbegin 100644 zero\n`\n\nend\nbegin 644 last\n#0V%T";
    let found: Vec<_> = blocks(text.as_bytes())
        .map(|block| {
            let raw = &text[block.range()];
            assert_eq!(raw.as_bytes(), block.raw());
            (core::str::from_utf8(block.name()).unwrap(), block.mode(), raw, block.decode())
        })
        .collect();
    let cat = b"Cat".to_vec();
    assert_eq!(
        found,
        [
            ("my file.txt", 0o644, "begin 644 my file.txt \r\n#0V%T\r\n`\r\nend\r\n", cat.clone()),
            ("cut", 0o666, "begin 666 cut\n#0V%T\n", cat.clone()),
            ("b", 0o600, "begin-base64 600 b\nQ2F0\n====\n", cat.clone()),
            ("zero", 0o100_644, "begin 100644 zero\n`\n\nend\n", vec![]),
            ("last", 0o644, "begin 644 last\n#0V%T", cat),
        ]
    );
}

#[test]
fn text_that_only_sounds_like_it_is_none() {
    for text in [
        "begin",
        "begin 644",
        "begin 644 x",
        "begin 644 x\n",
        "begin 644 x\nDear Sir,\n",
        "begin 644 x\n\n\nend of it\n",
        "begin 644 x\nbegin 644 x\nbegin 644 x\n",
        "begin-base64 644 x\nHello\n====\n",
        "begin-base64 644 x\n\n",
        "I begin 644 x\n#0V%T\n`\nend\n",
    ] {
        assert_eq!(blocks(text.as_bytes()).count(), 0, "{text:?}");
    }
}

/// Data that ended is not gone on with: capitals would look like more of it.
#[test]
fn a_block_without_end_does_not_take_the_text_behind_it() {
    for (between, length) in [("`\n", 20), ("`\n\n\n", 20), ("\n", 18), ("", 18)] {
        let text = format!("begin 644 x\n#0V%T\n{between}Yours,\nJOHN\n");
        let block = blocks(text.as_bytes()).next().unwrap();
        assert_eq!((block.range(), block.decode()), (0..length, b"Cat".to_vec()), "{between:?}");
    }
}

/// The definition, bit by bit.
fn naive(lines: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines.lines().skip(1).take_while(|line| *line != "`") {
        let values: Vec<u8> = line.bytes().map(|byte| if byte == b'`' { 0 } else { byte - 32 }).collect();
        let bits: Vec<u8> =
            values[1..].iter().flat_map(|value| (0..6).rev().map(move |bit| value >> bit & 1)).collect();
        let bytes = bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit));
        out.extend(bytes.take(values[0].into()));
    }
    out
}

#[test]
fn encodes_vectors() {
    for (input, name, mode, expected) in [
        ("", "x", 0o644, "begin 644 x\r\n`\r\nend\r\n"),
        ("C", "x", 0o7755, "begin 755 x\r\n!0P``\r\n`\r\nend\r\n"),
        ("\0\0\0", "a b\r\nend", 0, "begin 000 a b__end\r\n#````\r\n`\r\nend\r\n"),
    ] {
        let mut out = Vec::new();
        encode_into(input.as_bytes(), name, mode, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

proptest! {
    #[test]
    fn anything_comes_back(
        data in proptest::collection::vec(any::<u8>(), 0..600),
        name in "[!-~é]{1,9}",
        mode in 0..0o777_u32,
    ) {
        let mut encoded = Vec::new();
        encode_into(&data, &name, mode, &mut encoded);
        prop_assert_eq!(decoded(&encoded), (data.clone(), vec![]));
        let text = core::str::from_utf8(&encoded).unwrap();
        prop_assert_eq!(naive(text), data.clone());
        prop_assert!(text.lines().skip(1).all(|line| line.len() <= 61 && line.is_ascii() && !line.contains(' ')));
        let around = [b"Hi\n", &*encoded, b"Bye\n"].concat();
        let block = blocks(&around).next().unwrap();
        prop_assert_eq!((block.name(), block.mode(), block.decode()), (name.as_bytes(), mode, data));
        prop_assert_eq!(block.range(), 3..around.len() - 4);
        prop_assert_eq!(blocks(&around).count(), 1);
    }

    /// Blocks are whole lines, in order, and read alone as they stand.
    #[test]
    fn blocks_are_lines(
        pieces in proptest::collection::vec(
            prop::sample::select(&[
                "begin 644 x\n", "#0V%T\n", "`\n", "\n", "end\n", "text\n", "begin-base64 600 y\n", "Q2F0\n", "====\n",
                "TEXT\n", "begin ", "\r\n", " ", "#0V%T",
            ][..]),
            0..40,
        ),
    ) {
        let text = pieces.concat();
        let mut last = 0;
        for block in blocks(text.as_bytes()) {
            let range = block.range();
            prop_assert!(last <= range.start && range.start < range.end);
            prop_assert!(range.start == 0 || text.as_bytes()[range.start - 1] == b'\n');
            prop_assert!(range.end == text.len() || text.as_bytes()[range.end - 1] == b'\n');
            prop_assert!(block.raw().starts_with(b"begin"));
            last = range.end;
            let alone: Vec<_> = blocks(block.raw()).map(|block| block.range()).collect();
            prop_assert_eq!(alone, vec![0..block.raw().len()]);
            // Nothing in it is doubtful but its end.
            let mut found = Vec::<Defect<EncodingDefect>>::new();
            block.decode_into(&mut Vec::new(), &mut found);
            prop_assert!(found.iter().all(|defect| {
                matches!(defect.kind(), UuMissingEnd | UuShortLine | UuTextOutside)
                    || defect.kind().name().starts_with("Base64")
            }), "{:?} in {:?}", found, text);
        }
    }
}

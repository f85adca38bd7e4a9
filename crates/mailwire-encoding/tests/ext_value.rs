//! Extended parameter values (RFC 2231).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_core::Defect;
use mailwire_encoding::EncodingDefect::{
    self, EncodedControl, ExtBadPercent, ExtDuplicateSegment, ExtNoCharset, ExtSegmentGap, LossyText,
    UnknownCharset,
};
use mailwire_encoding::ext_value::{Segment, join};
use mailwire_encoding::{Charset, Text};
use proptest::prelude::*;

fn read<'a>(segments: &[Segment<'a>]) -> (Text<'a>, Vec<EncodingDefect>) {
    let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
    let text = join(&mut segments.to_vec(), &mut found);
    (text, found.iter().map(Defect::kind).collect())
}

const fn plain(number: u32, value: &[u8]) -> Segment<'_> {
    Segment { number, encoded: false, quoted: true, value }
}

const fn encoded(number: u32, value: &[u8]) -> Segment<'_> {
    Segment { number, encoded: true, quoted: false, value }
}

/// RFC 2231 §3, §4 and §4.1.
#[test]
fn examples_of_the_standard() {
    let cases: [(&[Segment<'_>], &str); 3] = [
        (&[plain(0, b"ftp://"), plain(1, b"cs.utk.edu/pub/moore")], "ftp://cs.utk.edu/pub/moore"),
        (&[encoded(0, b"us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A")], "This is ***fun***"),
        (
            &[
                encoded(0, b"us-ascii'en'This%20is%20even%20more%20"),
                encoded(1, b"%2A%2A%2Afun%2A%2A%2A%20"),
                plain(2, b"isn't it!"),
            ],
            "This is even more ***fun*** isn't it!",
        ),
    ];
    for (segments, expected) in cases {
        let (text, found) = read(segments);
        assert_eq!(text.text(), expected);
        assert_eq!(found, []);
    }
}

#[test]
fn forgives() {
    let cases: [(&[Segment<'_>], &str, &[EncodingDefect]); 15] = [
        (&[], "", &[]),
        (&[encoded(1, b"%A9"), encoded(0, b"utf-8''caf%C3")], "café", &[]),
        (&[encoded(0, b"iso-8859-1''caf%E9")], "café", &[]),
        (&[encoded(0, b"''caf%C3%A9")], "café", &[]),
        (&[encoded(0, b"caf%E9")], "café", &[ExtNoCharset]),
        (&[encoded(0, b"isn't")], "isn't", &[ExtNoCharset]),
        (&[encoded(0, b"x-nobodys''caf%E9")], "café", &[UnknownCharset]),
        (&[encoded(0, b"utf-8''100%")], "100%", &[ExtBadPercent]),
        (&[encoded(0, b"utf-8''%zz%4")], "%zz%4", &[ExtBadPercent, ExtBadPercent]),
        (&[encoded(0, b"utf-8''%E9")], "\u{fffd}", &[LossyText]),
        (&[plain(0, b"a"), plain(2, b"c")], "ac", &[ExtSegmentGap]),
        (&[plain(1, b"b")], "b", &[ExtSegmentGap]),
        (&[plain(0, b"a"), plain(0, b"x"), plain(1, b"b")], "ab", &[ExtDuplicateSegment]),
        (&[plain(0, b"a\\\"b\\\\%41")], "a\"b\\%41", &[]),
        (&[encoded(0, b"utf-8''a%0D%0Ab%00")], "a b\u{fffd}", &[EncodedControl]),
    ];
    for (segments, expected, defects) in cases {
        let (text, found) = read(segments);
        assert_eq!(text.text(), expected, "{segments:?}");
        assert_eq!(found, defects, "{segments:?}");
    }
}

#[test]
fn borrows_a_single_plain_piece() {
    let (text, _) = read(&[encoded(0, b"utf-8''plain.txt")]);
    assert_eq!(text.charset(), Charset::UTF_8);
    assert!(matches!(text.into_text(), Cow::Borrowed("plain.txt")));
}

proptest! {
    #[test]
    fn any_text_comes_back_in_any_pieces_and_order(text in "[^\\x00-\\x1f\\u{feff}]{0,30}", size in 1..9_usize, seed: u64) {
        let mut values: Vec<(u32, Vec<u8>)> = text
            .as_bytes()
            .chunks(size)
            .zip(0..)
            .map(|(bytes, number)| {
                let prefix: &[u8] = if number == 0 { b"UTF-8'en'" } else { b"" };
                let escaped = bytes.iter().flat_map(|byte| format!("%{byte:02X}").into_bytes());
                (number, prefix.iter().copied().chain(escaped).collect())
            })
            .collect();
        let middle = usize::try_from(seed % 1000).unwrap() % values.len().max(1);
        values.rotate_left(middle);
        let segments: Vec<Segment<'_>> = values.iter().map(|(number, value)| encoded(*number, value)).collect();
        let (joined, found) = read(&segments);
        prop_assert_eq!(joined.text(), text);
        prop_assert!(found.is_empty());
    }
}

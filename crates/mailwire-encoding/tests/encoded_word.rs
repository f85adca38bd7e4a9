//! Encoded-words: vectors, defects, and what may never happen.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests may panic")]

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_core::Defect;
use mailwire_encoding::EncodingDefect::{
    self, Base64MissingPadding, CharsetFallback, EncodedControl, LossyText, QpBadEscape, WordBadEncoding,
    WordBlankInside, WordGlued, WordSplitCharacter, WordTooLong, WordTruncated, WordUnknownCharset,
};
use mailwire_encoding::encoded_word::{decode, decode_into};
use mailwire_encoding::{base64, quoted_printable};
use proptest::prelude::*;

/// The text of `value` and the kinds of its defects; their ranges must lie in it.
fn read(value: &[u8]) -> (String, Vec<EncodingDefect>) {
    let (mut text, mut found) = (String::new(), Vec::<Defect<EncodingDefect>>::new());
    decode_into(value, &mut text, &mut found);
    assert!(found.iter().all(|defect| defect.range().end <= value.len()), "{found:?}");
    (text, found.iter().map(Defect::kind).collect())
}

fn check(cases: &[(&[u8], &str, &[EncodingDefect])]) {
    for (value, expected, defects) in cases {
        let (text, found) = read(value);
        assert_eq!(text, *expected, "{}", value.escape_ascii());
        assert_eq!(found, *defects, "{}", value.escape_ascii());
        assert_eq!(decode(value), expected.trim_matches([' ', '\t']), "{}", value.escape_ascii());
    }
}

/// The examples of RFC 2047 §8, without the parentheses around them.
#[test]
fn examples_of_the_standard() {
    check(&[
        (b"=?ISO-8859-1?Q?a?=", "a", &[]),
        (b"=?ISO-8859-1?Q?a?= b", "a b", &[]),
        (b"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab", &[]),
        (b"=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab", &[]),
        (b"=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=", "ab", &[]),
        (b"=?ISO-8859-1?Q?a_b?=", "a b", &[]),
        (b"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b", &[]),
        (b"=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore", &[]),
        (b"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>", &[]),
        (b"=?iso-8859-8?b?7eXs+SDv4SDo7Oj08A==?=", "םולש ןב טלטפנ", &[]),
    ]);
}

#[test]
fn words_are_joined_as_bytes() {
    check(&[
        (b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café", &[WordSplitCharacter]),
        (b"=?utf-8?B?w6nD?=\r\n =?UTF8*fr?Q?=A9?=", "éé", &[WordSplitCharacter]),
        (b"=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "éé", &[]),
        (b"=?utf-8?Q?=C3?= x =?utf-8?Q?=A9?=", "\u{fffd} x \u{fffd}", &[LossyText, LossyText]),
        (b"=?gb2312?Q?=D6?= =?gb2312?Q?=D0?=", "中", &[]),
        (b"=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?= =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テストテスト", &[]),
        (b"=?utf-7?Q?+AOk-?= =?utf-7?Q?+AOk?= =?utf-7?Q?a?=", "ééa", &[]),
        (b"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé", &[]),
    ]);
}

#[test]
fn forgives() {
    check(&[
        (b"a=?utf-8?Q?b?=c", "abc", &[WordGlued]),
        (b"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", &[WordGlued, WordGlued]),
        (b"(=?utf-8?Q?a?=)", "(a)", &[]),
        (b"=?utf-8?Q?a b\tc?=", "a b\tc", &[WordBlankInside]),
        (b"=?utf-8?Q?a\r\n b?=", "a b", &[WordBlankInside]),
        (b"=?utf-8?B?YW Jj?=", "abc", &[WordBlankInside]),
        (b"=?utf-8?B?YQ?=", "a", &[Base64MissingPadding]),
        (b"=?utf-8?Q?100=?=", "100=", &[QpBadEscape]),
        (b"=?utf-8?Q?what??=", "what?", &[]),
        (b"=?utf-8?Q??=", "", &[]),
        (b"=?utf-8?q?\xc3\xa9?=", "é", &[]),
        (b"=?x-nobodys?Q?=C3=A9?=", "é", &[WordUnknownCharset]),
        (b"=?x-nobodys?Q?=E9?= =?X-NOBODYS?Q?=E9?=", "éé", &[WordUnknownCharset]),
        (b"=?us-ascii?Q?caf=E9?=", "café", &[]),
        (b"\xe9 =?utf-8?Q?=C3=A9?=", "é é", &[CharsetFallback]),
        ("é =?utf-8?Q?=C3=A9?=".as_bytes(), "é é", &[]),
    ]);
    let long = format!("=?utf-8?Q?{}?=", "a".repeat(64));
    check(&[(long.as_bytes(), &"a".repeat(64), &[WordTooLong])]);
}

#[test]
fn leaves_alone_what_is_no_word() {
    check(&[
        (b"=?utf-8?Q?abc", "=?utf-8?Q?abc", &[WordTruncated]),
        (b"=?utf-8?Q?abc =?utf-8?Q?def?=", "=?utf-8?Q?abc def", &[WordTruncated]),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?=", &[WordBadEncoding]),
        (b"=??Q?abc?=", "=??Q?abc?=", &[]),
        (b"=?utf 8?Q?abc?=", "=?utf 8?Q?abc?=", &[]),
        (b"=?", "=?", &[]),
        (b"=?a?q", "=?a?q", &[]),
        (b"a =?b?= c", "a =?b?= c", &[]),
        (b"=?utf-8?Q?a?= =? =?utf-8?Q?b?=", "a =? b", &[]),
    ]);
}

#[test]
fn no_control_comes_out_of_a_word() {
    check(&[
        (b"=?utf-8?Q?a=0D=0ABcc:_b?=", "a Bcc: b", &[EncodedControl]),
        (b"=?utf-8?Q?a=0Ab=0D=0Dc?=", "a b  c", &[EncodedControl]),
        (b"=?utf-8?B?AAlh?=", "\u{fffd}\ta", &[EncodedControl]),
        (b"a\0b\r\n c", "a\u{fffd}b c", &[]),
    ]);
}

#[test]
fn unfolds_and_borrows() {
    assert_eq!(decode(b" a\r\n b\r\n\tc \r\n"), "a b\tc");
    assert_eq!(decode(b""), "");
    assert!(matches!(decode(b" plain? = text "), Cow::Borrowed("plain? = text")));
    assert!(matches!(decode("  schön ".as_bytes()), Cow::Borrowed("schön")));
    let mut phrase = "x".to_owned();
    decode_into(b" a ", &mut phrase, &mut ());
    assert_eq!(phrase, "x a ");
}

/// Each of these made an earlier reader, or might make one, look at the same bytes over and over.
#[test]
fn hostile_values_take_linear_time() {
    for piece in ["=?", "=?a?q?", "=?a?q?x=", "=?a?q?=?", "?=", "=?a?q?x?=", "=?a?b?=?= ", "=?\u{e9}"] {
        let value = piece.repeat(400_000);
        let text = decode(value.as_bytes());
        assert!(text.len() <= value.len());
    }
    let words = "=?utf-8?q?=C3?= ".repeat(200_000) + &"=?a?q?".repeat(200_000) + "?=";
    assert!(!decode(words.as_bytes()).is_empty());
}

fn word_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        2 => "[a-zA-Z ]{0,10}".prop_map(String::into_bytes),
        3 => "=\\?(utf-8|iso-8859-1|iso-2022-jp|utf-7|x)(\\*en)?\\?[bqQBx]\\?[A-Za-z0-9=_+/ ]{0,12}(\\?=)?"
            .prop_map(String::into_bytes),
        1 => Just(b"\r\n ".to_vec()),
        1 => "[=?]{1,3}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn text_holds_no_line_end_and_no_nul(value in word_like()) {
        let (text, _) = read(&value);
        prop_assert!(!text.contains(['\r', '\n', '\0']));
        prop_assert!(!decode(&value).contains(['\r', '\n', '\0']));
    }

    #[test]
    fn decode_is_decode_into_on_the_trimmed_value(value in word_like()) {
        let (text, _) = read(mailwire_core::class::trim(&value));
        prop_assert_eq!(decode(&value), text);
    }

    #[test]
    fn any_text_comes_back_in_any_pieces(text in "[^\\x00-\\x1f\\u{feff}]{0,40}", cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..5)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.sort_unstable();
        cuts.push(text.len());
        let mut value = Vec::new();
        let mut start = 0;
        for (index, end) in cuts.into_iter().enumerate() {
            let bytes = &text.as_bytes()[start..end];
            start = end;
            value.extend_from_slice(if index == 0 { b"=?utf-8?" } else { b"\r\n =?utf-8?" });
            if index % 2 == 0 {
                value.extend_from_slice(b"B?");
                base64::encode_flat_into(bytes, &mut value);
            } else {
                value.extend_from_slice(b"Q?");
                let mut encoded = Vec::new();
                quoted_printable::encode_into(bytes, &mut encoded, quoted_printable::Mode::Binary);
                let encoded = String::from_utf8(encoded).unwrap().replace("=\r\n", "");
                value.extend_from_slice(encoded.replace('_', "=5F").replace('?', "=3F").replace(' ', "_").as_bytes());
            }
            value.extend_from_slice(b"?=");
        }
        let (decoded, _) = read(&value);
        prop_assert_eq!(decoded, text);
    }
}

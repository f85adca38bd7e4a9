//! Chunks against the whole: the same output and the same defects, wherever the input is cut.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests may panic")]

use mailwire_core::Defect;
use mailwire_encoding::charset::{self, Fallback};
use mailwire_encoding::{Charset, EncodingDefect, TransferEncoding, base64, quoted_printable, uuencode};
use mailwire_testkit::generate;
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Outcome = (Vec<u8>, Vec<Defect<EncodingDefect>>);

const ENCODINGS: [TransferEncoding; 4] = [
    TransferEncoding::Binary,
    TransferEncoding::QuotedPrintable,
    TransferEncoding::Base64,
    TransferEncoding::Uuencode,
];

fn whole(encoding: TransferEncoding, input: &[u8]) -> Outcome {
    let (mut out, mut found) = (b"kept".to_vec(), Vec::new());
    encoding.decode_into(input, &mut out, &mut found);
    (out, found)
}

fn pushed<'a>(encoding: TransferEncoding, chunks: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let (mut out, mut found) = (b"kept".to_vec(), Vec::new());
    let mut decoder = encoding.decoder();
    for chunk in chunks {
        decoder.push(chunk, &mut out, &mut found);
    }
    decoder.finish(&mut out, &mut found);
    (out, found)
}

fn text_whole(charset: Charset, input: &[u8]) -> (String, Charset, bool) {
    let text = charset.decode(input);
    (text.text().to_owned(), text.charset(), text.is_lossy())
}

fn text_pushed<'a>(charset: Charset, chunks: impl IntoIterator<Item = &'a [u8]>) -> (String, Charset, bool) {
    let (mut decoder, mut text) = (charset.decoder(), String::new());
    for chunk in chunks {
        decoder.push(chunk, &mut text);
    }
    let reading = decoder.finish(&mut text);
    (text, reading.charset(), reading.is_lossy())
}

/// Cut in two at every place, and into chunks of every small size.
fn every_split(input: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    let pairs = (0..=input.len()).map(|at| vec![&input[..at], &input[at..]]);
    pairs.chain((1..8).map(|size| input.chunks(size).collect()))
}

/// Decoders can wait for their next chunk anywhere.
const _: () = {
    const fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<mailwire_encoding::transfer::Decoder>();
    anywhere::<charset::Decoder>();
};

const BODIES: &[&str] = &[
    "",
    "Zm9v\r\nYg==\r\n",
    "Zg=Zg==",
    "Zm9vY",
    "Zm9v====Zh=",
    "Zm*-*9v\u{0}\u{e9}--",
    "****",
    "caf=C3=A9 =\r\nau lait \t \r\nx",
    "a=20 \r\nb =  \t\r\nc = \rd =\n\ne",
    "== =4= =41=4g=  =3D=ZZ",
    "blanks at the end \t ",
    "the end=",
    "the end=  ",
    "the end=4",
    "the end =\r",
    " \t =\r\r\n\t\n",
    "text\r\n\r\nbegin 644 a b.txt\r\n%:&5L;&\\\r\n`\r\nend\r\nmore\n",
    "begin 600 x\n#0V%T\n#0V%\n#0V%TXYZ\n#0v%T\n\nthe end is not here\n \nend \n",
    "begin 600 x\n#0V%T\n`\nDEAR SIR\nbegin 600 y\n#0V%T\nbegin 644 z\n#0V%T",
    "begin-base64 644 x\nQ2F0\nQ2F0Zg=\n==\n=\n====\r\ntail\nbegin-base64 600 y\nQ2F0\n===",
    "M____________________________________________________________\n#0V%T\n",
    "begin-base64 644 x",
    "end\n",
];

#[test]
fn bodies_cut_anywhere() {
    for encoding in ENCODINGS {
        for body in BODIES {
            let expected = whole(encoding, body.as_bytes());
            for chunks in every_split(body.as_bytes()) {
                let lengths: Vec<_> = chunks.iter().map(|chunk| chunk.len()).collect();
                assert_eq!(pushed(encoding, chunks), expected, "{encoding} {body:?} {lengths:?}");
            }
        }
    }
}

#[test]
fn long_bodies_cut_anywhere() {
    let data: Vec<u8> = (0..9000_u32).map(|i| (i * i / 7).to_le_bytes()[0]).collect();
    let (mut lines, mut flat, mut quoted, mut uu) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    base64::encode_into(&data, &mut lines);
    base64::encode_flat_into(&data, &mut flat);
    quoted_printable::encode_into(&data, &mut quoted, quoted_printable::Mode::Binary);
    uuencode::encode_into(&data, "name", 0o600, &mut uu);
    for (encoding, body) in [
        (TransferEncoding::Base64, lines),
        (TransferEncoding::Base64, flat),
        (TransferEncoding::QuotedPrintable, quoted),
        (TransferEncoding::Uuencode, uu),
    ] {
        let expected = (["kept".as_bytes(), &data].concat(), Vec::new());
        assert!(whole(encoding, &body) == expected, "{encoding}");
        for at in (0..body.len()).step_by(37) {
            assert!(pushed(encoding, [&body[..at], &body[at..]]) == expected, "{encoding} at {at}");
        }
        for size in [1, 2, 3, 63, 64, 65, 76, 78, 100, 127, 128, 129, 1000, 1024, 4096] {
            assert!(pushed(encoding, body.chunks(size)) == expected, "{encoding} by {size}");
        }
    }
}

#[test]
fn hostile_bodies_in_small_chunks() {
    for (name, _, make) in generate::BODIES {
        let body = make(20_000);
        for encoding in ENCODINGS {
            let expected = whole(encoding, &body);
            for size in [1, 7, 1000] {
                assert!(pushed(encoding, body.chunks(size)) == expected, "{name} {encoding} by {size}");
            }
        }
    }
}

/// What is held of a run of blanks has an end, so that no sender can fill the memory.
#[test]
fn endless_blanks_are_not_held() {
    let blanks = vec![b' '; 1000];
    for start in [&b""[..], b"a", b"=", b" ="] {
        let (mut out, mut found) = (Vec::new(), Vec::<Defect<EncodingDefect>>::new());
        let mut decoder = quoted_printable::Decoder::new();
        decoder.push(start, &mut out, &mut found);
        for count in 1..=1000 {
            decoder.push(&blanks, &mut out, &mut found);
            assert!(out.len() + 129 * 1024 >= 1000 * count, "{} held", 1000 * count - out.len());
        }
        decoder.push(b"b", &mut out, &mut found);
        decoder.finish(&mut out, &mut found);
        let input = [start, &blanks.repeat(1000), b"b"].concat();
        assert!(
            (out, found) == {
                let (mut out, mut found) = (Vec::new(), Vec::new());
                quoted_printable::decode_into(&input, &mut out, &mut found);
                (out, found)
            }
        );
    }
}

const CHARSETS: &[(&str, &[u8])] = &[
    ("utf-8", b"\xef\xbb\xbfna\xc3\xafve \xf0\x9f\x98\x80 \xff\xc3 \xe2\x82"),
    ("utf-8", b"\xef\xbb"),
    ("us-ascii", b"abc"),
    ("us-ascii", b"\xef\xbb\xbfabc"),
    ("us-ascii", b"caf\xc3\xa9 caf\xe9"),
    ("iso-8859-1", b"caf\xe9 \x80"),
    ("koi8-r", b"\xd0\xd2\xc9\xd7\xc5\xd4"),
    ("shift_jis", b"\x83\x81\x81[\x83\x8b\x83"),
    ("gb18030", b"\x81\x30\x81\x30\xd6\xd0\x81\x30"),
    ("big5", b"\xa4\xa4\xa4"),
    ("euc-kr", b"\xc7\xd1\xb1\xdb\xff"),
    ("iso-2022-jp", b"a\x1b$B%F\x1b(B\x1b$B%9\x1b(Bb\x1b\x1b(\x1b(B\x1b(J\x1b$"),
    ("iso-2022-jp", b"\x1b(B\x1b(B\x1b$B%F\x1b(B"),
    ("hz-gb-2312", b"a~~b~{VPND~}c~\r\nd~\ne~x~{VP N~}~{V\xffP\nabc~{~!VP~~}~{xx~"),
    ("hz-gb-2312", b"~\r"),
    ("utf-7", b"Hi +Jjo--!+2D3eAA+2D0AYQ- 1 +- 1 + +"),
    ("utf-7", b"\xe9+AO-+AOk"),
    ("utf-16", b"\xff\xfea\0\x3d\xd8\0\xde"),
    ("utf-16", b"a\0b\0c"),
    ("utf-16", b"\xfe"),
    ("utf-16le", b"\xff\xfea\0\x3d\xd8a\0b"),
    ("utf-16be", b"\xfe\xff\0a\0"),
    ("utf-32", b"\xff\xfe\0\0a\0\0\0\0\0\0"),
    ("utf-32", b"\0\0\xfe\xff\0\0\0a\0\0\xd8\0"),
    ("utf-32le", b"a\0\0\0"),
];

#[test]
fn texts_cut_anywhere() {
    for (label, bytes) in CHARSETS {
        let charset = Charset::for_label(label.as_bytes()).unwrap();
        for (other, _) in CHARSETS {
            let charset = Charset::for_label(other.as_bytes()).unwrap();
            let expected = text_whole(charset, bytes);
            for chunks in every_split(bytes) {
                assert_eq!(text_pushed(charset, chunks), expected, "{charset} {}", bytes.escape_ascii());
            }
        }
        // The mark at the front of a long text, and cut off in the middle of it.
        let long = bytes.repeat(300);
        for size in [1, 2, 1023, 1024, 1025, 4095, 4096, 4097, 5000] {
            assert!(text_pushed(charset, long.chunks(size)) == text_whole(charset, &long), "{label} {size}");
        }
    }
}

#[test]
fn labels_mean_the_same_in_chunks() {
    for label in [None, Some(&b"x-unknown"[..]), Some(b"us-ascii"), Some(b"latin1"), Some(b"utf-8")] {
        for bytes in [&b"abc"[..], "é".as_bytes(), b"\xe9", b"\xef\xbb\xbf"] {
            let text = charset::decode(label, bytes, Fallback::Body);
            let (mut decoder, mut out) = (charset::Decoder::for_label(label), String::new());
            bytes.chunks(1).for_each(|chunk| decoder.push(chunk, &mut out));
            let reading = decoder.finish(&mut out);
            assert_eq!(
                (&*out, reading.charset(), reading.is_lossy()),
                (text.text(), text.charset(), text.is_lossy()),
                "{label:?}"
            );
        }
    }
}

/// Pieces that mean something to some decoder.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => select(&[
            "=", "=\r\n", "=41", "=4", " ", "\t", "\r", "\n", "\r\n", "a", "é", "QUJD", "Q", "==", "*", "====",
            "begin 644 x\n", "begin-base64 600 y\n", "end\n", "`\n", "#0V%T\n", "#0V%T", "\n====\n", "M", "\0",
        ][..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
        1 => select(BODIES).prop_map(|body| body.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The input cut at these places.
fn cut(input: &[u8], places: &[Index]) -> Vec<Vec<u8>> {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(input.len() + 1)).collect();
    places.extend([0, input.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| input[pair[0]..pair[1]].to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_body_cut_anywhere(
        body in body(),
        places in proptest::collection::vec(any::<Index>(), 0..6),
    ) {
        let chunks = cut(&body, &places);
        for encoding in ENCODINGS {
            let expected = whole(encoding, &body);
            prop_assert_eq!(pushed(encoding, chunks.iter().map(Vec::as_slice)), expected.clone());
            prop_assert_eq!(pushed(encoding, body.chunks(1)), expected);
        }
    }

    #[test]
    fn changed_files_cut_anywhere(
        data in proptest::collection::vec(any::<u8>(), 0..5000),
        changes in proptest::collection::vec((any::<Index>(), select(&b"=*\n \r aA\0"[..])), 0..6),
        places in proptest::collection::vec(any::<Index>(), 0..6),
        size in 1..3000_usize,
    ) {
        for encoding in ENCODINGS {
            let mut body = Vec::new();
            match encoding {
                TransferEncoding::Base64 => base64::encode_into(&data, &mut body),
                TransferEncoding::Uuencode => uuencode::encode_into(&data, "x", 0o644, &mut body),
                _ => quoted_printable::encode_into(&data, &mut body, quoted_printable::Mode::Text),
            }
            for (index, byte) in &changes {
                if !body.is_empty() {
                    let index = index.index(body.len());
                    body[index] = *byte;
                }
            }
            let expected = whole(encoding, &body);
            let chunks = cut(&body, &places);
            prop_assert!(pushed(encoding, chunks.iter().map(Vec::as_slice)) == expected, "{}", encoding);
            prop_assert!(pushed(encoding, body.chunks(size)) == expected, "{} by {}", encoding, size);
        }
    }

    #[test]
    fn any_text_cut_anywhere(
        pieces in proptest::collection::vec(
            prop_oneof![
                select(CHARSETS).prop_map(|(_, bytes)| bytes.to_vec()),
                select(&["~", "~{", "~}", "VP", "\n", "\r", "+", "-", "AOk", "\x1b", "\x1b$B", "\x1b(B", "\x1b("][..])
                    .prop_map(|piece| piece.as_bytes().to_vec()),
                proptest::collection::vec(any::<u8>(), 0..4),
            ],
            0..30,
        ),
        places in proptest::collection::vec(any::<Index>(), 0..6),
    ) {
        let bytes = pieces.concat();
        let chunks = cut(&bytes, &places);
        for (label, _) in CHARSETS {
            let charset = Charset::for_label(label.as_bytes()).unwrap();
            let expected = text_whole(charset, &bytes);
            prop_assert_eq!(text_pushed(charset, chunks.iter().map(Vec::as_slice)), expected.clone());
            prop_assert_eq!(text_pushed(charset, bytes.chunks(1)), expected);
        }
    }
}

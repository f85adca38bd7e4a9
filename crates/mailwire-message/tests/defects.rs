//! For each kind of defect the smallest mail that has it: what it is called, how much it matters, and where it is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at a surprise"
)]

extern crate alloc;

use alloc::collections::BTreeSet;
use core::ops::Range;
use mailwire_address::AddressDefect;
use mailwire_core::{Defect, DefectKind};
use mailwire_encoding::EncodingDefect;
use mailwire_message::value::ValueDefect;
use mailwire_message::{FormatDefect, Leniency, Limits, MessageDefect, NoColon, Parser, StructureDefect};
use mailwire_testkit::vectors::{Got, Vector, check, parse};

const PATHS: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/defects.vec"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/address_defects.vec"),
];

/// Kinds that no small mail has, or none at all, and why.
const ELSEWHERE: [(MessageDefect, &str); 3] = [
    (MessageDefect::Structure(StructureDefect::SizeLimit), "it takes a mail of 4 GiB"),
    // Below, from the address crate alone.
    (MessageDefect::Address(AddressDefect::BareLf), "in a message it is FormatDefect::BareLf, or no defect"),
    (MessageDefect::Address(AddressDefect::GroupInMailboxList), "every field may have groups (RFC 6854)"),
];

#[test]
fn vectors() {
    for path in PATHS {
        check(path, |vector| {
            let (raw, range) = read(vector.bytes("in"));
            let defects = parser(vector).parse(&raw).examine();
            let name = |defect: &Defect<MessageDefect>| format!("{:?}", defect.kind());
            let named = |defect: &&Defect<MessageDefect>| name(defect) == vector.name();
            let Some(of_name) = defects.iter().find(named) else {
                return Got::new().one("name", defects.iter().map(name).collect::<Vec<_>>().join(" + "));
            };
            let others = defects.iter().filter(|defect| *defect != of_name).map(name);
            let marked = if of_name.range() == range {
                vector.bytes("in").to_vec()
            } else {
                mark(&raw, of_name.range())
            };
            Got::new()
                .one("severity", of_name.severity().to_string())
                .one("in", marked)
                .many("beside", others)
        });
    }
}

/// A kind without a vector has never been seen.
#[test]
fn every_kind_has_a_vector() {
    let mut known = BTreeSet::new();
    for path in PATHS {
        let text = std::fs::read_to_string(path).unwrap();
        known.extend(parse(&text).unwrap().iter().map(|vector| vector.name().to_owned()));
    }
    known.extend(ELSEWHERE.iter().map(|(kind, _)| format!("{kind:?}")));
    let missing: Vec<String> =
        all().map(|kind| format!("{kind:?}")).filter(|kind| !known.contains(kind)).collect();
    assert!(missing.is_empty(), "no vector in {PATHS:#?} has the name of these kinds: {missing:#?}");
}

fn all() -> impl Iterator<Item = MessageDefect> {
    let structure = StructureDefect::ALL.iter().copied().map(MessageDefect::from);
    let format = FormatDefect::ALL.iter().copied().map(MessageDefect::from);
    let value = ValueDefect::ALL.iter().copied().map(MessageDefect::from);
    let address = AddressDefect::ALL.iter().copied().map(MessageDefect::from);
    let encoding = EncodingDefect::ALL.iter().copied().map(MessageDefect::from);
    structure.chain(format).chain(value).chain(address).chain(encoding)
}

/// The mails of every day, as they should be.
#[test]
fn a_clean_mail_has_none() {
    let header = "From: Ann <ann@a.example>\nTo: =?utf-8?Q?B=C3=A9a?= <b@b.example>\nSubject: caf\u{e9} \u{263a}\n\
        Date: Fri, 21 Nov 1997 09:55:06 -0600\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n";
    let bodies = [
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\ncaf\u{e9}\n",
        "Content-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9=\n!\n",
        "Content-Type: multipart/mixed; boundary=\"b\"\n\nfor others\n--b\nContent-Type: text/plain; charset=us-ascii\n\n\
            one\n--b\nContent-Type: application/pdf; name=\"a b.pdf\"\nContent-Transfer-Encoding: base64\n\nQUJD\n--b--\n",
        "\nplain\n",
    ];
    for body in bodies {
        let mail = format!("{header}{body}");
        for raw in [mail.replace('\n', "\r\n"), mail] {
            let found = Parser::new().parse(raw.as_bytes()).examine();
            assert!(found.is_empty(), "{raw}\n{found:?}");
        }
    }
}

/// What the form of a mail is, each time with all that is told of it.
#[test]
fn bytes_and_lines() {
    let cases: [(&str, &str); 14] = [
        // Line ends: LF throughout is how systems store mail, and a mail that has no LF is told of once for each place.
        ("X: y\n\na\nb\n", ""),
        ("X: y\r\rone\rtwo\r", "BareCr 4..6, BareCr 9..14"),
        ("X: y\r\n\r\none\ntwo\r\nthree\n", "BareLf 11..12, BareLf 22..23"),
        ("From a Sat\nX: y\r\n\r\none\r\n", "MboxFromLine 0..11"),
        // The CR of a CRLF is none by itself, and the one before it is.
        ("X: y\r\r\n\r\n", "BareCr 4..5"),
        ("\r\na\rb\r\nc\rd\r\n\r\ne\r", "BareCr 3..9, BareCr 15..16"),
        // Lines of 998 octets are good, of whatever line end.
        ("\n{998*x}\n{998*x}", ""),
        ("\r\n{998*x}\r\n{999*x}\r\n{999*x}", "LineTooLong 1002..3002"),
        // UTF-8 in a header is text; a character that a fold cuts in two is none.
        ("Subject: caf\u{e9}\n\n", ""),
        // Binary is not looked at, 8bit for all but bytes of eight bits, and base64 for lines only.
        ("Content-Transfer-Encoding: binary\n\na\rb\0\n{999*x}", ""),
        ("Content-Type: image/png\nContent-Transfer-Encoding: 8bit\n\n\u{e9}\0\n", "Nul 59..60"),
        ("Content-Transfer-Encoding: base64\n\nYW\rJj\n{334*YWJj}\n", "LineTooLong 41..1377"),
        // What stands around parts is looked at, too.
        (
            "Content-Type: multipart/mixed; boundary=b\n\na\rb\n--b\n\n\n--b--\n\0",
            "BareCr 44..45, Nul 59..60",
        ),
        // No field of MIME may be there twice either, and Received may.
        ("Received: by a; 21 Nov 1997 09:55:06 -0600\nReceived: by b; 21 Nov 1997 09:55:06 -0600\n\n", ""),
    ];
    for (written, expected) in cases {
        let (raw, _) = read(written.as_bytes());
        let found = Parser::new().parse(&raw).examine();
        let told = found.iter().map(|defect| format!("{} {:?}", defect.kind().name(), defect.range()));
        let told = told.collect::<Vec<_>>().join(", ");
        assert_eq!(told, expected, "{written:?}");
    }
}

#[test]
fn what_a_mail_does_not_tell_its_parts_do() {
    let mut found: Vec<Defect<AddressDefect>> = Vec::new();
    let mut addresses = mailwire_address::addresses(b"Ann\n <ann@a.example>");
    while addresses.next_with(&mut found).is_some() {}
    assert_eq!(found[0].kind(), AddressDefect::BareLf);
}

/// `fields 1`, `no colon ends the header`.
fn parser(vector: &Vector) -> Parser {
    let parser = Parser::new();
    let Some(how) = vector.first("parser").map(|how| core::str::from_utf8(how).unwrap()) else {
        return parser;
    };
    if how == "no colon ends the header" {
        return parser.with_leniency(Leniency::default().with_no_colon(NoColon::EndsHeader));
    }
    let (what, number) = how.split_once(' ').unwrap();
    let (limits, number) = (Limits::default(), number.parse::<u32>().unwrap());
    parser.with_limits(match what {
        "depth" => limits.with_depth(number.try_into().unwrap()),
        "fields" => limits.with_fields(number),
        "parts" => limits.with_parts(number),
        "defects" => limits.with_defects(number),
        _ => panic!("{what}"),
    })
}

/// A mail in which `{12*x}` is `x` twelve times, and `«»` are around what is wrong.
fn read(written: &[u8]) -> (Vec<u8>, Range<usize>) {
    let (mut mail, mut range) = (Vec::new(), 0..0);
    let mut rest = written;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        let repeated = (*byte == b'{').then(|| tail.split(|&byte| byte == b'}').next().unwrap());
        if let Some(tail) = written_mark(rest, *byte, OPEN) {
            (range.start, rest) = (mail.len(), tail);
        } else if let Some(tail) = written_mark(rest, *byte, CLOSE) {
            (range.end, rest) = (mail.len(), tail);
        } else if let Some(repeated) = repeated {
            let star = repeated.iter().position(|&byte| byte == b'*').unwrap();
            let times = core::str::from_utf8(&repeated[..star]).unwrap().parse().unwrap();
            mail.extend(repeated[star + 1..].repeat(times));
            rest = &tail[repeated.len() + 1..];
        } else {
            mail.push(*byte);
        }
    }
    (mail, range)
}

fn written_mark<'a>(rest: &'a [u8], byte: u8, mark: &str) -> Option<&'a [u8]> {
    let [first, tail @ ..] = mark.as_bytes() else { return None };
    rest.strip_prefix(tail).filter(|_| byte == *first)
}

fn mark(raw: &[u8], Range { start, end }: Range<usize>) -> Vec<u8> {
    [&raw[..start], OPEN.as_bytes(), &raw[start..end], CLOSE.as_bytes(), &raw[end..]].concat()
}

const OPEN: &str = "\u{ab}";
const CLOSE: &str = "\u{bb}";

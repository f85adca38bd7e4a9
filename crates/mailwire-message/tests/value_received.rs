//! Trace fields: the clauses of the standard, what servers write, and a corpus of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

extern crate alloc;

use mailwire_core::{Defect, DefectKind};
use mailwire_message::value::{Clause, Protocol, Received, ValueDefect};
use mailwire_message::{FieldName, Parser};
use mailwire_testkit::vectors::{self, Got};
use mailwire_testkit::{corpus, invariants};
use proptest::prelude::*;

#[test]
fn vectors() {
    vectors::check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/received.vec"), |vector| {
        let value = vector.bytes("in");
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let received = Received::parse_with(value, &mut found);
        let date = received.date_with(&mut found).ok();
        assert_eq!(received.date(), date);
        let text = |text: Option<_>| text.map(|text: alloc::borrow::Cow<'_, str>| text.into_owned());
        let tls = received.tls();
        Got::new()
            .many("from", text(received.from()))
            .many("helo", text(received.helo()))
            .many("host", text(received.from_host()))
            .many("ip", received.from_ip().map(|ip| ip.to_string()))
            .many("by", text(received.by()))
            .many("via", text(received.via()))
            .many("with", received.with().map(|protocol| protocol.to_text().into_owned()))
            .many("id", text(received.id()))
            .many("for", received.recipient().map(|address| address.to_string()))
            .many("tls", tls.and_then(|tls| text(tls.version())))
            .many("cipher", tls.and_then(|tls| text(tls.cipher())))
            .many("date", date.map(|date| date.to_string()))
            .many(
                "defect",
                found.iter().map(|defect| {
                    let part = String::from_utf8_lossy(&value[defect.range()]);
                    // Where a date goes wrong is told by its own tests.
                    let part = if defect.kind() == ValueDefect::BadDate { "" } else { &part };
                    format!("{} {part:?}", defect.kind().name())
                }),
            )
    });
}

/// Every trace field of the corpus is read, and nearly all of them are understood.
#[test]
fn real_traces() {
    let Some(mails) = corpus::mails() else { return };
    let mut traces = Vec::new();
    for (_, mail) in mails {
        let message = Parser::new().parse(&mail);
        for part in message.walk() {
            traces.extend(part.headers().all(FieldName::RECEIVED).map(|field| field.value().to_vec()));
        }
    }
    let has =
        |what: fn(&Received<'_>) -> bool| traces.iter().filter(|value| what(&Received::parse(value))).count();
    let count = traces.len();
    let (by, date) = (has(|received| received.by().is_some()), has(|received| received.date().is_some()));
    let (from, ip) =
        (has(|received| received.from().is_some()), has(|received| received.from_ip().is_some()));
    let (with, id) = (has(|received| received.with().is_some()), has(|received| received.id().is_some()));
    let (recipient, tls) =
        (has(|received| received.recipient().is_some()), has(|received| received.tls().is_some()));
    println!(
        "{count} traces: from {from}, its address {ip}, by {by}, with {with}, id {id}, for {recipient}, TLS {tls}, date {date}"
    );
    assert!(date * 1000 >= count * 996, "{date} dates in {count}");
    assert!(by * 1000 >= count * 960, "{by} servers in {count}");
    assert!(ip * 100 >= from * 93, "{ip} addresses of {from} clients");
    for value in &traces {
        invariants::received(value);
    }
}

#[test]
fn protocols() {
    let words = |words: &'static str| words.split(' ').map(|word| Protocol::new(word.as_bytes()));
    assert!(
        words("ESMTPS ESMTPSA LMTPS LMTPSA UTF8SMTPS UTF8SMTPSA UTF8LMTPS UTF8LMTPSA smtps https")
            .all(|word| word.is_tls())
    );
    assert!(
        words("SMTP ESMTP ESMTPA LMTP LMTPA UTF8SMTP UTF8SMTPA UTF8LMTP UTF8LMTPA NNFMP ESMTPX SMTPAS")
            .all(|word| !word.is_tls())
    );
    assert!(
        words("ESMTPA ESMTPSA LMTPA LMTPSA UTF8SMTPA UTF8SMTPSA UTF8LMTPA UTF8LMTPSA")
            .all(|word| word.is_authenticated())
    );
    assert!(
        words("SMTP ESMTP ESMTPS LMTP LMTPS UTF8SMTP UTF8SMTPS UTF8LMTP UTF8LMTPS MAPI")
            .all(|word| !word.is_authenticated())
    );
    assert_eq!(Protocol::new(b"utf8smtpsa"), Protocol::UTF8SMTPSA);
    assert_ne!(Protocol::SMTP, Protocol::ESMTP);
}

/// All that stands before the date, and nothing else.
#[test]
fn clauses_come_in_order() {
    let value =
        b"from a (b) by c x with Some\r\n Word (d) y z; e id <1> via; Fri, 02 Aug 2002 09:50:49 -0000 (f)";
    let clauses: Vec<_> = Received::parse(value).clauses().collect();
    let named = |name: &'static str, value: &'static str| Clause::Named {
        name: name.as_bytes(),
        value: value.as_bytes(),
    };
    assert_eq!(
        clauses,
        [
            named("from", "a"),
            Clause::Comment(b"(b)"),
            named("by", "c x"),
            named("with", "Some\r\n Word"),
            Clause::Comment(b"(d)"),
            Clause::Words(b"y z"),
            Clause::Words(b"e"),
            named("id", "<1>"),
            named("via", ""),
        ]
    );
}

#[test]
fn hops_come_from_the_top() {
    let raw = b"Received: by b.example; Fri, 02 Aug 2002 09:50:49 -0000\nReceived: by a.example\n\n";
    let message = Parser::new().parse(raw);
    let servers: Vec<_> =
        message.headers().received().map(|received| received.by().unwrap().into_owned()).collect();
    assert_eq!(servers, ["b.example", "a.example"]);
}

/// Where a reader could be made to look again and again at the same bytes.
#[test]
fn long_traces_are_read_at_once() {
    const MANY: usize = 1_000_000;
    for unit in [
        "(",
        "((",
        "()",
        ";",
        ";(",
        "<",
        "<\"",
        "\"",
        "from ",
        "from by ",
        "by id by x ",
        "[",
        "a ",
        "a",
        "(a[b ",
        "(a@b ",
        "(x;);",
        "x;(;",
        "\\",
        "(\\",
        "<(",
        "from (",
        "from (a) ",
        "5 ",
        "Mon, 5 ",
        "(helo=",
    ] {
        let value = unit.repeat(MANY / unit.len());
        for head in ["", "from a ", "by a; ", "(", "id <"] {
            let value = [head.as_bytes(), value.as_bytes()].concat();
            let received = Received::parse(&value);
            core::hint::black_box((
                received.helo(),
                received.from_host(),
                received.from_ip(),
                received.tls(),
            ));
            core::hint::black_box((received.recipient(), received.date(), received.clauses().count()));
        }
    }
}

const PIECES: &[&str] = &[
    "from",
    "by",
    "via",
    "with",
    "id",
    "for",
    "tls",
    " ",
    "\r\n ",
    "(",
    ")",
    "(a)",
    "(a [192.0.2.1])",
    "[192.0.2.1]",
    "<a@b>",
    "<",
    ">",
    "\"",
    "\\",
    ";",
    "a",
    "x.example",
    "\0",
    "\u{e9}",
    "2 Jan 2024 10:20:30 +0100",
    "(HELO a)",
    "helo=b",
    "(TLS1.2:X:1)",
];

proptest! {
    #[test]
    fn any_pieces_keep_the_invariants(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
        invariants::received(pieces.concat().as_bytes());
        invariants::received(pieces.join(" ").as_bytes());
    }
}

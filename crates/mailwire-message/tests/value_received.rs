//! Trace fields: the clauses of the standard, what servers write, and a corpus of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use mailwire_core::{Defect, DefectKind};
use mailwire_message::value::{Clause, Protocol, Received, ValueDefect};
use mailwire_message::{FieldName, Parser};
use mailwire_testkit::vectors::{self, Got};
use mailwire_testkit::{corpus, stack};
use std::borrow::Cow;

#[test]
fn vectors() {
    vectors::check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/received.vec"), |vector| {
        let value = vector.bytes("in");
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let received = Received::parse_with(value, &mut found);
        let date = received.date_with(&mut found).ok();
        assert_eq!(received.date(), date);
        let text = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
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
    assert!(date * 1000 >= count * 995, "{date} dates in {count}");
    // What has neither is written by a mailer about itself.
    let words = |value: &[u8]| {
        let clauses = Received::parse(value).clauses();
        clauses.clone().filter(|clause| matches!(clause, Clause::Words(_))).count()
    };
    for value in traces {
        let received = Received::parse(&value);
        if std::env::var_os("SHOW").is_some() {
            let mut found: Vec<Defect<ValueDefect>> = Vec::new();
            Received::parse_with(&value, &mut found).date_with(&mut found).ok();
            let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
            println!(
                "T {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}",
                received.from(),
                received.helo(),
                received.from_host(),
                received.from_ip(),
                received.by(),
                received.via(),
                received.with(),
                received.id(),
                received.recipient(),
                received.tls(),
                received.date().map(|d| d.to_string()),
                names,
                words(&value),
                value.escape_ascii()
            );
        }
    }
}

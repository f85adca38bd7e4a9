//! What went wrong once, here or elsewhere: one test each.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::LineText;
use mailwire_pop3::response::{Entry, Listing, ListingLine};
use mailwire_pop3::{Command, Limits, Response, ResponseItem, ResponseReader, Status};

fn listed(listing: Listing, text: &[u8]) -> Result<Entry<'_>, mailwire_core::ParseError> {
    ListingLine::new(listing, LineText::new(text).unwrap()).entry()
}

/// Cut at its blank, `6 a b` would have the id of `6 a c`, and one of two messages would never be fetched.
#[test]
fn a_unique_id_with_a_blank_is_not_cut() {
    assert!(listed(Listing::UniqueIds, b"6 a b").is_err());
}

/// A reader is told what is asked before it has read anything, where a stream begins behind the greeting.
#[test]
fn the_greeting_can_be_asked_over() {
    let mut reader = ResponseReader::default().behind_greeting();
    reader.expect(&Command::List(None));
    let mut input: &[u8] = b"+OK\r\n1 2\r\n.\r\n";
    let mut frames = 0;
    while let Some(ResponseItem::Frame(frame)) = reader.next(&mut input).unwrap() {
        assert!(frame.value().is_ok());
        frames += 1;
    }
    assert_eq!((frames, reader.is_complete()), (3, true));
}

/// In the midst of a listing the next command is not heard: the rest of the listing would be read as its answer.
#[test]
fn what_is_asked_in_the_midst_of_a_listing_changes_nothing() {
    let mut reader = ResponseReader::default().behind_greeting();
    reader.expect(&Command::List(None));
    let mut input: &[u8] = b"+OK\r\n1 2\r\n.\r\n";
    reader.next(&mut input).unwrap();
    reader.expect(&Command::Stat);
    let Some(ResponseItem::Frame(frame)) = reader.next(&mut input).unwrap() else { panic!() };
    assert!(matches!(frame.value(), Ok(Response::Line(_))));
}

/// MailKit#395: APOP is announced by the greeting only, whatever a list of capabilities says.
#[test]
fn apop_as_a_capability_is_an_unknown_one() {
    let Ok(Entry::Capability(capability)) = listed(Listing::Capabilities, b"APOP") else { panic!() };
    assert!(matches!(capability, mailwire_pop3::Capability::Unknown(_)));
}

/// Dovecot lists CAPA itself, which no RFC asks for.
#[test]
fn capa_as_a_capability_is_kept() {
    let Ok(Entry::Capability(capability)) = listed(Listing::Capabilities, b"CAPA") else { panic!() };
    let mut line = Vec::new();
    capability.encode(&mut line);
    assert_eq!(line, b"CAPA\r\n");
}

/// A response code in foreign words is seen by the writer as by the reader.
#[test]
fn a_code_in_the_words_is_a_code_and_shows_in_the_value() {
    let status = Status::err(LineText::new(b"[SYS/TEMP] is no user here").unwrap());
    assert!(status.code().is_some(), "what is written and what the caller sees are the same");
    let mut line = Vec::new();
    status.encode(&mut line);
    assert_eq!(Status::parse(&line), Ok(status));
}

/// greenmail#475, #984: the lines of TOP are those of the body, and the empty line is none of them.
#[test]
fn top_counts_lines_of_the_body() {
    for (lines, expected) in [(0, "A: b\r\nC: d\r\n\r\n.\r\n"), (1, "A: b\r\nC: d\r\n\r\n1\r\n.\r\n")] {
        let mut body = mailwire_pop3::DataWriter::top(lines);
        let mut wire: Vec<u8> = body.stuff(b"A: b\r\nC: d\r\n\r\n1\r\n2\r\n").flatten().copied().collect();
        wire.extend(body.finish());
        assert_eq!(String::from_utf8(wire).unwrap(), expected);
    }
}

/// An error quotes the octet it found.
#[test]
fn an_octet_of_a_secret_stood_in_its_error() {
    for line in [&b"AUTH PLAIN h@nter2\r\n"[..], b"AUTH h\xc3\xa9nter2\r\n", b"APOP ann @hunter2\r\n"] {
        let error = Command::parse(line).unwrap_err();
        assert!(error.found().is_none(), "{error}");
    }
}

/// Whoever asked before the greeting was there read the greeting as the first line of the answer.
#[test]
fn the_greeting_was_taken_for_an_answer_that_was_asked_for_early() {
    let stream = b"+OK ready\r\n+OK 1 message\r\n1 120\r\n.\r\n+OK bye\r\n";
    let mut reader = ResponseReader::new(Limits::default());
    reader.expect(&Command::Stat);
    reader.expect(&Command::List(None));
    let mut input = &stream[..];
    let mut next = |reader: &mut ResponseReader| {
        let Some(ResponseItem::Frame(frame)) = reader.next(&mut input).unwrap() else { panic!() };
        frame.value().unwrap()
    };
    assert!(matches!(next(&mut reader), Response::Status(_)));
    assert!(!reader.is_complete());
    assert!(matches!(next(&mut reader), Response::Status(_)));
    assert!(matches!(next(&mut reader), Response::Line(_)));
    assert_eq!(next(&mut reader), Response::EndOfListing);
    assert!(reader.is_complete());
    assert!(matches!(next(&mut reader), Response::Status(_)));
    assert!(reader.is_complete());
}

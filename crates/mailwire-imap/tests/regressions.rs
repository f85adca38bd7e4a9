//! The habits of real servers: each is read, and reported under its name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::Defects;
use mailwire_imap::command::{Body, EntryType, SearchKey, Tag};
use mailwire_imap::fetch::{BodyStructure, Envelope, FetchItem};
use mailwire_imap::out::{Enabled, Literals, Out};
use mailwire_imap::response::Unit;
use mailwire_imap::response::{Code, Finding};
use mailwire_imap::{Command, ImapDefect, Leniency, Limits, List, Response, ResponseItem, ResponseReader};
use mailwire_testkit::vectors::{Got, check};

/// What is found in a response, and that nothing in it is lost.
fn found(line: &[u8]) -> Vec<ImapDefect> {
    let shown = line.escape_ascii();
    let line = [line, b"\r\n"].concat();
    let response = Response::parse(&line).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let mut defects = Vec::new();
    response.explain(&line, &Leniency::default(), &mut |finding, _| match finding {
        Finding::Defect(defect) => {
            if !defects.contains(&defect) {
                defects.push(defect);
            }
        }
        other => panic!("{shown}: {other:?}"),
    });
    mailwire_testkit::invariants::imap::check_response(&line, response);
    defects
}

#[test]
fn habits_are_read_and_reported() {
    use ImapDefect::{BrokenCode, LfEndsLine, MissingPadding, OpenQuote};
    let mut seen = Vec::new();
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/habits.vec"), |vector| {
        let found = found(vector.bytes("in"));
        seen.extend(found.clone());
        Got::new().many("defect", found.iter().map(|defect| format!("{defect:?}")))
    });
    for defect in ImapDefect::ALL {
        // Those of a client, of a line, and those that lose a value have tests of their own.
        let own = matches!(defect, MissingPadding | LfEndsLine | OpenQuote | BrokenCode);
        assert!(own || seen.contains(defect), "{defect:?} has no habit");
    }
}

#[test]
fn a_quoted_bracket_does_not_end_a_code() {
    let Response::Status(status) = Response::parse(b"* NO [X \"a]b\" c] text\r\n").unwrap() else { panic!() };
    assert!(matches!(status.code(), Some(Code::Unknown(raw)) if raw.as_bytes() == b"X \"a]b\" c"));
    assert_eq!(status.text(), b"text");
}

#[test]
fn a_code_that_can_not_be_read_does_not_lose_its_status() {
    let Response::Status(status) = Response::parse(b"* OK [COPYUID 701  ] done\r\n").unwrap() else {
        panic!()
    };
    assert!(matches!(status.code(), Some(Code::Invalid(invalid)) if invalid.name() == b"COPYUID"));
    assert_eq!(status.text(), b"done");
}

#[test]
fn a_group_is_a_pair_of_addresses() {
    let line = b"* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL))\r\n";
    let Response::Fetch(fetch) = Response::parse(line).unwrap() else { panic!() };
    let Some(Ok(FetchItem::Envelope(Some(Envelope { to: Some(to), .. })))) = fetch.items().iter().next()
    else {
        panic!()
    };
    let addresses: Vec<_> = to.iter().flatten().collect();
    assert!(
        matches!(&addresses[..], [begin, end] if begin.mailbox.is_some() && begin.host.is_none() && end.mailbox.is_none())
    );
}

#[test]
fn a_broken_part_does_not_lose_its_siblings() {
    let line = b"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" oops)(\"TEXT\" \"HTML\" NIL NIL NIL \"8BIT\" 1 1) \"MIXED\"))\r\n";
    let Response::Fetch(fetch) = Response::parse(line).unwrap() else { panic!() };
    let Some(Ok(FetchItem::BodyStructure(Some(BodyStructure::Multipart(mixed))))) =
        fetch.items().iter().next()
    else {
        panic!()
    };
    let parts: Vec<_> = mixed.parts.iter().collect();
    assert!(matches!(parts[..], [Err(_), Ok(BodyStructure::Part(_))]));
}

#[test]
fn a_word_like_fetch_inside_of_a_small_fetch_is_not_its_front() {
    use mailwire_imap::{Limits, ResponseItem, ResponseReader};
    let mut reader = ResponseReader::new(Limits::default().with_inline(1));
    let mut input: &[u8] = b"* 1 fetch (X FETCH BODY[] {2}\r\nab)\r\n";
    let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    let Ok(Response::Fetch(fetch)) = frame.value() else { panic!() };
    assert!(matches!(fetch.streams(), Some(FetchItem::Section { .. })) && fetch.items().iter().count() == 2);
}

#[test]
fn a_quote_that_nobody_closes_does_not_lose_its_response() {
    let line = b"* 1 FETCH (UID 7 X-A (\"open) FLAGS (\\Seen))\r\n";
    let Response::Fetch(fetch) = Response::parse(line).unwrap() else { panic!() };
    let items: Vec<_> = fetch.items().iter().flatten().collect();
    assert!(matches!(items[..], [FetchItem::Uid(7), FetchItem::Unknown(_), FetchItem::Flags(_)]));
    let mut found = Vec::new();
    Response::Fetch(fetch).explain(line, &Leniency::default(), &mut |finding, at| found.push((finding, at)));
    assert!(found.contains(&(Finding::Defect(ImapDefect::OpenQuote), 22..23)), "{found:?}");
}

#[test]
fn base64_without_padding_is_taken() {
    let mut defects = Defects::NONE;
    let line = b"a AUTHENTICATE PLAIN aHVudGVyMg\r\n";
    assert!(Command::parse_with(line, &Leniency::default(), &mut defects).is_ok());
    assert!(defects.contains(ImapDefect::MissingPadding));
    assert!(Command::parse(b"a AUTHENTICATE PLAIN aHVud\r\n").is_err());
}

#[test]
fn no_code_carries_a_literal() {
    let raw = b"* OK [MAILBOXID ({7}\r\na\r\nb OK)] x\r\n";
    let mut out = Out::server(Enabled::NONE);
    Response::parse(raw).unwrap().encode(&mut out);
    assert_eq!(out.bytes(), b"* OK [MAILBOXID (\"a??b OK\")] x\r\n");
    for code in [
        "X {7}",
        "REFERRAL {7}",
        "CAPABILITY {7}",
        "PERMANENTFLAGS ({7}",
        "COPYUID {7}",
        "BADCHARSET (a) {7}",
    ] {
        let end = if code.contains("FLAGS") { ")" } else { "" };
        let raw = format!("* OK [{code}\r\n* BYE x{end}] x\r\n");
        let mut out = Out::server(Enabled::NONE);
        Response::parse(raw.as_bytes()).unwrap().encode(&mut out);
        let line = out.bytes().strip_suffix(b"\r\n").unwrap();
        assert!(!line.contains(&b'\n'), "{code}");
    }
}

/// A word of a server that looks like the announcement of a literal, put where it ends a line.
#[test]
fn no_line_ends_like_an_announcement() {
    let Response::Flags(flags) = Response::parse(b"* FLAGS (a{3})\r\n").unwrap() else { panic!() };
    let flag = flags.iter().next().unwrap().unwrap();
    let keys = [SearchKey::Keyword(flag)];
    let search = Body::Search { unit: Unit::Uid, returns: None, charset: None, keys: List::from(&keys[..]) };
    let mut out = Out::client(Enabled::NONE);
    Command::new(Tag::new(b"a").unwrap(), search).encode(&mut out);
    assert_eq!(out.bytes(), b"a UID SEARCH KEYWORD a{3?\r\n");
}

/// Behind the parenthesis of what is no charset, a string that had to be a literal was one to nobody.
#[test]
fn beside_what_is_no_charset_there_is_no_literal() {
    let raw = b"* NO [BADCHARSET ({5}\r\nUTF-8 (x) \"\xfc\")] no\r\n";
    let response = Response::parse(raw).unwrap();
    let mut out = Out::server(Enabled::NONE);
    response.encode(&mut out);
    assert_eq!(out.bytes(), b"* NO [BADCHARSET (UTF-8 (x) \"\xfc\")] no\r\n");
    mailwire_testkit::invariants::imap::check_response(raw, response);
}

/// Whoever reads it did not offer LITERAL+, and would have taken the octets for a command.
#[test]
fn what_did_not_wait_for_us_waits_for_others() {
    let raw = b"a XYZZY {10+}\r\nb DELETE x and\r\n";
    let mut out = Out::client(Enabled::NONE);
    Command::parse(raw).unwrap().encode(&mut out);
    assert_eq!(out.bytes(), b"a XYZZY {10}\r\nb DELETE x and\r\n");
    assert_eq!(out.stops(), [14]);
    let mut out = Out::client(Enabled::NONE.with_literals(Literals::Plus));
    Command::parse(raw).unwrap().encode(&mut out);
    assert_eq!((out.bytes(), out.stops()), (&raw[..], &[][..]));
    let mut out = Out::server(Enabled::NONE);
    Response::parse(b"* XYZZY ~{8+}\r\n* BYE oh and\r\n").unwrap().encode(&mut out);
    assert_eq!(out.bytes(), b"* XYZZY ~{8}\r\n* BYE oh and\r\n");
}

#[test]
fn no_line_ends_in_the_name_of_an_item() {
    for raw in [&b"* 1 FETCH (X[\r\n*\tBYE] 5 UID 7)\r\n"[..], b"* 1 FETCH (X\n*\tBYE 5 UID 7)\r\n"] {
        let mut out = Out::server(Enabled::NONE);
        Response::parse(raw).unwrap().encode(&mut out);
        let line = out.bytes().strip_suffix(b"\r\n").unwrap();
        assert!(!line.iter().any(|byte| matches!(byte, b'\r' | b'\n')), "{}", line.escape_ascii());
    }
}

/// A keyword of a server that ends with a backslash, in quotes, took the quote with it, and what came behind was no literal.
#[test]
fn a_backslash_of_a_keyword_does_not_open_its_quote() {
    let Response::Flags(flags) = Response::parse(b"* FLAGS (x\\)\r\n").unwrap() else { panic!() };
    let entry = Some((flags.iter().next().unwrap().unwrap(), EntryType::All));
    let keys = [SearchKey::ModSeq { entry, value: 5 }, SearchKey::Subject(b"x\r\nb DELETE INBOX"[..].into())];
    let search = Body::Search { unit: Unit::Uid, returns: None, charset: None, keys: List::from(&keys[..]) };
    let mut out = Out::client(Enabled::NONE);
    Command::new(Tag::new(b"a").unwrap(), search).encode(&mut out);
    let expected = b"a UID SEARCH MODSEQ \"/flags/x\\\\\" all 5 SUBJECT {17}\r\nx\r\nb DELETE INBOX\r\n";
    assert_eq!(out.bytes().escape_ascii().to_string(), expected.escape_ascii().to_string());
}

/// NIL in its place was read as an MD5, and the structure behind it as a disposition.
#[test]
fn an_envelope_that_is_missing_does_not_lose_the_structure() {
    let raw = b"* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 100 () (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 5))\r\n";
    let response = Response::parse(raw).unwrap();
    let mut out = Out::server(Enabled::NONE);
    response.encode(&mut out);
    assert_eq!(Response::parse(out.bytes()), Ok(response));
}

#[test]
fn the_parenthesis_behind_a_message_is_no_tag() {
    use mailwire_imap::{CommandItem, CommandReader, Limits};
    let mut reader = CommandReader::new(Limits::default().with_inline(4));
    let mut input: &[u8] = b"a APPEND x UTF8 (~{5+}\r\nhello) {6+}\r\nagain!\r\n";
    let mut tags = Vec::new();
    while let Some(item) = reader.next(&mut input).unwrap() {
        if let CommandItem::Offer(offer) = item {
            tags.push(offer.tag());
            reader.accept();
        }
    }
    assert_eq!(tags, [&b"a"[..], b""]);
}

#[test]
fn what_is_wrong_in_a_catenate_is_said() {
    let line = b"a APPEND x CATENATE ({1}\r\nabc TEXT)\r\n";
    let mut found = Vec::new();
    let command = Command::parse(line).unwrap();
    command.explain(line, &Leniency::default(), &mut |finding, at| found.push((finding, at)));
    assert!(matches!(&found[..], [(Finding::Invalid(_), at)] if at.start == 21), "{found:?}");
}

/// Behind two blanks a value was a word of its own, and was a value again when it had been written.
#[test]
fn two_blanks_do_not_part_a_word_from_its_value() {
    for line in ["a UID SEARCH RETURN (PARTIAL  1:5) ALL\r\n", "a LIST \"\" * RETURN (STATUS(MESSAGES))\r\n"]
    {
        let command = Command::parse(line.as_bytes()).unwrap();
        let (Body::Search { returns, .. } | Body::List { returns, .. }) = command.body() else { panic!() };
        let modifiers: Vec<_> = returns.unwrap().iter().collect();
        assert!(matches!(&modifiers[..], [Ok(one)] if one.value().is_some()), "{modifiers:?}");
    }
    let Body::Select { parameters, .. } = Command::parse(b"a SELECT x (5 A)\r\n").unwrap().body() else {
        panic!()
    };
    assert!(matches!(parameters.iter().collect::<Vec<_>>()[..], [Err(_), Ok(_)]));
}

/// A zone of two digits is minutes to us and hours to others, and nobody was told; nor of a year of two.
#[test]
fn digits_that_are_missing_in_a_date_are_said() {
    for line in [
        "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 +02\")",
        "* 1 FETCH (INTERNALDATE \"17-Jul-1996 2:44:25 +0200\")",
        "* 1 FETCH (INTERNALDATE \"17-Jul-96 02:44:25 +0200\")",
    ] {
        assert_eq!(found(line.as_bytes()), [ImapDefect::OddDate], "{line}");
    }
    let line = b"a SEARCH SINCE 1-Feb-94\r\n";
    let mut found = Vec::new();
    Command::parse(line).unwrap().explain(line, &Leniency::default(), &mut |finding, _| found.push(finding));
    assert_eq!(found, [Finding::Defect(ImapDefect::OddDate)]);
}

#[test]
fn no_part_has_the_number_zero() {
    use mailwire_imap::fetch::{Section, SectionText};
    assert!(
        Section::new(b"1.0", SectionText::All).is_err() && Section::new(b"1.10", SectionText::Text).is_ok()
    );
    assert_eq!(found(b"* 1 FETCH (BODY[0] NIL)"), [ImapDefect::ZeroNumber]);
}

/// Where no further list may be opened, a number was too deep for the plain way, though the quick way had read it; and what
/// stood behind it was explained no more.
#[test]
fn a_number_is_no_list_that_is_too_deep() {
    let line = b"* 1 FETCH (MODSEQ (7) uid 3 X-FOO a BODY[]<0.5> NIL FLAGS (x))\r\n";
    let mut reader = ResponseReader::new(Limits::default().with_depth(1));
    let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut &line[..]) else { panic!() };
    let response = frame.value().unwrap();
    let Response::Fetch(fetch) = response else { panic!() };
    let items: Vec<_> = fetch.items().iter().collect();
    assert!(matches!(items[..], [Ok(_), Ok(_), Ok(_), Ok(_), Err(_)]), "{items:?}");
    let mut found = Vec::new();
    response.explain(line, &Leniency::default(), &mut |finding, _| found.push(finding));
    assert!(found.contains(&Finding::Defect(ImapDefect::Extra)), "{found:?}");
}

/// Where such a literal ended was one more than there are places, and 64 were added to it.
#[test]
fn a_literal_of_all_octets_there_are_is_no_overflow() {
    for line in [
        &b"* FLAGS ((){18446744073709551615}\r\n\r\n"[..],
        b"* 1 FETCH (X ({18446744073709551615}\r\n))\r\n",
        b"* 1 FETCH (X ({18446744073709551550}\r\n))\r\n",
    ] {
        if let Ok(Response::Fetch(fetch)) = Response::parse(line) {
            assert!(fetch.items().iter().all(|item| item.is_err()));
        }
    }
    assert!(Command::parse(b"a STORE 1 FLAGS ({18446744073709551615}\r\n)\r\n").is_err());
}

/// A bracket in a literal closed a code whose parentheses nobody closes, and the blank that was written behind it made another
/// literal of that: the text became part of the code.
#[test]
fn a_bracket_in_a_literal_closes_no_code() {
    let line = b"* NO [BADCHARSET ({6}\r\n]TF8 )x-] no\r\n";
    let response = Response::parse(line).unwrap();
    let Response::Status(status) = response else { panic!() };
    assert_eq!(status.text(), &b"no"[..]);
    mailwire_testkit::invariants::imap::check_response(line, response);
}

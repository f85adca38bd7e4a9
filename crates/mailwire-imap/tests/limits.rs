//! What a hostile peer may cost: octets held, octets dropped, lists in lists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::FrameError;
use mailwire_imap::command::{Body, MessageData};
use mailwire_imap::reader::Handling;
use mailwire_imap::{
    Command, CommandItem, CommandReader, Leniency, Limits, Response, ResponseItem, ResponseReader,
};
use mailwire_testkit::stack::small;

#[test]
fn a_gigabyte_streams_both_ways_without_being_held() {
    let octets = vec![b'x'; 1 << 20];
    let mut reader = ResponseReader::new(Limits::default());
    let mut input: &[u8] = b"* 1 FETCH (BODY[] {1073741824}\r\n";
    assert!(matches!(reader.next(&mut input), Ok(Some(ResponseItem::Frame(_)))));
    for _ in 0..1024 {
        let mut input: &[u8] = &octets;
        assert!(
            matches!(reader.next(&mut input), Ok(Some(ResponseItem::Chunk(chunk))) if chunk.len() == 1 << 20)
        );
    }
    let mut input: &[u8] = b")\r\n";
    assert!(matches!(reader.next(&mut input), Ok(Some(ResponseItem::Frame(_)))));
    assert_eq!(reader.offset(), (1 << 30) + 35);

    let mut reader = CommandReader::new(Limits::default());
    let mut input: &[u8] = b"a APPEND x {1073741824+}\r\n";
    let Ok(Some(CommandItem::Offer(offer))) = reader.next(&mut input) else { panic!() };
    assert_eq!((offer.handling(), offer.size()), (Handling::Streams, 1 << 30));
    reader.accept();
    assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Frame(_)))));
    for _ in 0..1024 {
        let mut input: &[u8] = &octets;
        assert!(
            matches!(reader.next(&mut input), Ok(Some(CommandItem::Chunk(chunk))) if chunk.len() == 1 << 20)
        );
    }
    let mut input: &[u8] = b"\r\n";
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert!(matches!(frame.value().unwrap().body(), Body::Rest(messages) if messages.is_empty()));
}

#[test]
fn behind_a_refused_literal_a_command_begins() {
    let mut reader = CommandReader::new(Limits::default());
    let mut input: &[u8] = b"a LOGIN {3}\r\nb NOOP\r\nc LOGIN {3+}\r\nd N {2+}\r\nOOP\r\ne NOOP\r\n";
    assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Offer(_)))));
    reader.refuse();
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert!(frame.value().unwrap_err().is_too_long() && frame.raw().is_empty() && frame.len() == 13);
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert_eq!(frame.raw(), b"b NOOP\r\n");
    assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Offer(_)))));
    reader.refuse();
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert_eq!((frame.at(), frame.len()), (21, 29), "{input:?}");
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert_eq!(frame.raw(), b"e NOOP\r\n");
}

#[test]
fn what_can_not_be_cut_is_final() {
    for stream in ["a {99999999999999999999}\r\n", "a {-1}\r\n", "a \"x {1+}\r\n", "a NOOP\n", "a {}\r\n"] {
        let mut reader = CommandReader::new(Limits::default());
        let mut input = stream.as_bytes();
        let error = reader.next(&mut input).unwrap_err();
        assert_eq!(reader.next(&mut input).unwrap_err(), error, "{stream}");
    }
    let mut reader = CommandReader::new(Limits::default());
    reader.expect_sasl();
    assert!(matches!(reader.next(&mut &b"YQ=={1+}\r\n"[..]), Err(FrameError::Length { .. })));
}

#[test]
fn dropping_has_an_end() {
    let limits = Limits::default().with_line(32).with_response(64).with_dropped(1000);
    let octets = vec![b'x'; 4096];
    let mut reader = ResponseReader::new(limits);
    assert!(matches!(reader.next(&mut &b"* X {2000}\r\n"[..]), Ok(None)));
    assert!(matches!(reader.next(&mut &octets[..]), Err(FrameError::Endless { .. })));
    let mut reader = CommandReader::new(limits);
    assert!(matches!(reader.next(&mut &octets[..]), Err(FrameError::Endless { .. })));
}

#[test]
fn before_login_a_command_has_sixteen_kilobytes_with_its_literals() {
    let mut reader = CommandReader::new(Limits::BEFORE_LOGIN);
    let Ok(Some(CommandItem::Offer(offer))) = reader.next(&mut &b"a LOGIN {9000}\r\n"[..]) else { panic!() };
    assert_eq!(offer.handling(), Handling::TooBig);
    // A message of any size was taken from anybody.
    let mut reader = CommandReader::new(Limits::BEFORE_LOGIN);
    let Ok(Some(CommandItem::Offer(offer))) = reader.next(&mut &b"a APPEND x {99999999}\r\n"[..]) else {
        panic!()
    };
    assert_eq!(offer.handling(), Handling::TooBig);
}

#[test]
fn lists_in_lists_need_little_stack_and_come_to_an_end() {
    small(|| {
        for (front, open, back) in [
            ("* 1 FETCH (BODYSTRUCTURE ", "(", "\r\n"),
            (
                "* 1 FETCH (BODY ",
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ",
                "\r\n",
            ),
            ("* THREAD ", "(1 (2)", "\r\n"),
            ("* X ", "((", "\r\n"),
            ("* STATUS x (A ", "(", "\r\n"),
        ] {
            for depth in [10, 60, 64, 70, 20_000] {
                for close in [")", " 1)"] {
                    let text = [front, &open.repeat(depth), &close.repeat(depth), ")", back].concat();
                    if let Ok(response) = Response::parse(text.as_bytes()) {
                        response.explain(text.as_bytes(), &Leniency::default(), &mut |_, _| {});
                        let mut out = mailwire_imap::out::Out::server(mailwire_imap::out::Enabled::NONE);
                        response.encode(&mut out);
                        let _ = format!("{response:?}");
                    }
                }
            }
        }
        for (open, close) in [("(", ")"), ("NOT ", ""), ("OR SEEN ", ""), ("OR (", " SEEN) SEEN")] {
            for depth in [10, 60, 64, 70, 20_000] {
                let text = ["a SEARCH ", &open.repeat(depth), "SEEN", &close.repeat(depth), "\r\n"].concat();
                if let Ok(command) = Command::parse(text.as_bytes()) {
                    command.explain(text.as_bytes(), &Leniency::default(), &mut |_, _| {});
                    let _ = format!("{command:?}");
                }
            }
        }
    });
}

/// Each of these was, or could be, quadratic: they take no time, or minutes.
#[test]
fn quotes_that_nobody_closes_are_looked_at_once() {
    let quotes = "\"\\".repeat(500_000);
    for line in [
        format!("* LIST ({quotes}\r\n"),
        format!("* FLAGS ({quotes})\r\n"),
        format!("* X {quotes}\r\n"),
        format!("* OK [X {quotes}] x\r\n"),
        format!("* NO [BADCHARSET ({quotes})] x\r\n"),
        format!("* 1 FETCH (ENVELOPE ({quotes}))\r\n"),
        format!("* 1 FETCH (X-GM-LABELS ({quotes}) BODY ({quotes}))\r\n"),
        format!("* X {}\r\n", "{1{".repeat(300_000)),
        format!("* 1 FETCH ({})\r\n", "ENVELOPE (\"a\"b ".repeat(100_000)),
        format!("* 1 FETCH (ENVELOPE (NIL NIL ({})))\r\n", "(\"a\"b ".repeat(100_000)),
        format!("* 1 FETCH (ENVELOPE (NIL NIL ({})))\r\n", "(\"a\"b)".repeat(100_000)),
        format!("* 1 FETCH ({})\r\n", "(UID 1 ".repeat(100_000)),
        format!("* 1 FETCH ({})\r\n", "BODYSTRUCTURE \"\" ".repeat(100_000)),
        format!("* 1 FETCH (BODY (\"IMAGE\" \"PNG\" NIL NIL NIL NIL 1 {}))\r\n", "() 1 ".repeat(100_000)),
    ] {
        let mut reader = ResponseReader::new(Limits::default());
        let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut line.as_bytes()) else { panic!() };
        if let Ok(response) = frame.value() {
            response.explain(frame.raw(), &Leniency::default(), &mut |_, _| {});
        }
    }
    let line = format!("a SEARCH ({quotes})\r\n");
    let mut reader = CommandReader::new(Limits::default().with_line(1 << 22));
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut line.as_bytes()) else { panic!() };
    if let Ok(command) = frame.value() {
        command.explain(frame.raw(), &Leniency::default(), &mut |_, _| {});
    }
}

/// Only the first message streamed, and a large one behind a small one was too big.
#[test]
fn a_message_behind_a_small_one_streams() {
    for front in ["a APPEND x {5+}\r\nhello", "a APPEND {1+}\r\nx {5+}\r\nhello UTF8 (~{5+}\r\nhello)"] {
        let stream = format!("{front} {{2000000+}}\r\n");
        let (mut reader, mut input) = (CommandReader::new(Limits::default()), stream.as_bytes());
        let mut last = None;
        while let Some(item) = reader.next(&mut input).unwrap() {
            match item {
                CommandItem::Offer(offer) => {
                    last = Some(offer.handling());
                    reader.accept();
                }
                CommandItem::Frame(frame) => {
                    let Body::Append(append) = frame.value().unwrap().body() else { panic!() };
                    let message = append.messages.iter().last().unwrap().unwrap();
                    assert_eq!(message.data, MessageData::Streams(2_000_000));
                }
                CommandItem::Chunk(_) => panic!(),
            }
        }
        assert_eq!(last, Some(Handling::Streams), "{front}");
    }
}

/// The text behind its charsets announced nothing, and took the front of what came next with it.
#[test]
fn a_status_that_is_dropped_has_no_literal_behind_its_charsets() {
    let mut reader = ResponseReader::new(Limits::default().with_response(32));
    for charsets in ["(utf-8)", "(\"a)b\" {1}\r\n()"] {
        let stream =
            format!("* NO [BADCHARSET {charsets}] and a text that is too long {{5}}\r\n* 1 EXISTS\r\n");
        let mut input = stream.as_bytes();
        let mut frames = Vec::new();
        while let Some(ResponseItem::Frame(frame)) = reader.next(&mut input).unwrap() {
            frames.push(frame.value().map_err(|error| error.is_too_long()));
        }
        assert_eq!(frames, [Err(true), Ok(Response::Exists(1))], "{charsets}");
    }
}

/// What was not taken comes again with a few octets more, as a caller with a small buffer does it. Whoever looks at it again from the
/// start needs minutes.
fn responses_in_reads(stream: &[u8], read: usize) -> usize {
    let mut reader = ResponseReader::new(Limits::default());
    let (mut taken, mut items) = (0, 0);
    for have in (0..stream.len()).step_by(read).map(|at| (at + read).min(stream.len())) {
        let mut input = &stream[taken..have];
        while let Some(item) = reader.next(&mut input).unwrap() {
            let ResponseItem::Frame(frame) = item else { continue };
            match frame.value().unwrap() {
                Response::Search(search) => items += search.numbers.iter().flatten().count(),
                Response::Fetch(fetch) => items += fetch.items().iter().flatten().count(),
                _ => {}
            }
        }
        taken = have - input.len();
    }
    assert_eq!(taken, stream.len());
    items
}

#[test]
fn small_reads_of_long_responses_are_linear() {
    let numbers = (1..=320_000).fold(String::new(), |all, n| all + " " + &(1_000_000 + n).to_string());
    assert_eq!(responses_in_reads(format!("* SEARCH{numbers}\r\n").as_bytes(), 16), 320_000);
    let literals = (1..=1600).fold(String::new(), |all, n| all + " BODY[" + &n.to_string() + "] {4}\r\ntiny");
    assert_eq!(responses_in_reads(format!("* 1 FETCH (UID 7{literals})\r\n").as_bytes(), 40), 1601);
}

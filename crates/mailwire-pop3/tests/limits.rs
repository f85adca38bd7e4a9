//! What is over a limit costs its error, and not memory.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::FrameError;
use mailwire_pop3::response::Entry;
use mailwire_pop3::{Command, CommandReader, Item, Limits, Response, ResponseReader};

/// Hands out a stream of any length through a small buffer, as a socket does.
struct Feed<I> {
    pieces: I,
    buffer: Vec<u8>,
}

impl<I: Iterator<Item = Vec<u8>>> Feed<I> {
    fn new(pieces: I) -> Self {
        Self { pieces, buffer: Vec::new() }
    }

    /// Lets `take` have what is there; `false` when there is nothing more.
    fn turn(&mut self, mut take: impl FnMut(&mut &[u8])) -> bool {
        let more = self.pieces.next();
        let there = more.is_some();
        self.buffer.extend(more.unwrap_or_default());
        let mut input = self.buffer.as_slice();
        take(&mut input);
        let taken = self.buffer.len() - input.len();
        self.buffer.drain(..taken);
        assert!(self.buffer.len() < 20_000, "the reader lets octets pile up");
        there
    }
}

#[test]
fn a_list_of_a_million_messages_streams() {
    let lines = (1..=1_000_000).map(|n| format!("{n} {}\r\n", n * 3).into_bytes());
    let stream = [b"+OK\r\n+OK\r\n".to_vec()].into_iter().chain(lines).chain([b".\r\n+OK\r\n".to_vec()]);
    let mut feed = Feed::new(stream);
    let mut reader = ResponseReader::new(Limits::default());
    let (mut entries, mut octets, mut ends) = (0_u32, 0, 0);
    loop {
        let more = feed.turn(|input| {
            while let Some(Item::Frame(frame)) = reader.next(input).unwrap() {
                match frame.value().unwrap() {
                    Response::Line(line) => {
                        let Ok(Entry::Size(scan)) = line.entry() else { panic!() };
                        entries += 1;
                        assert_eq!(scan.message().get(), entries);
                        octets += scan.octets();
                    }
                    Response::EndOfListing => ends += 1,
                    _ if ends == 0 => reader.expect(&Command::List(None)),
                    _ => {}
                }
            }
        });
        if !more {
            break;
        }
    }
    assert_eq!((entries, octets, ends), (1_000_000, 1_500_001_500_000, 1));
    assert!(reader.is_complete());
}

#[test]
fn a_message_of_any_size_streams() {
    const LINE: &[u8] = b"................................................................\r\n";
    let piece = LINE.repeat(120);
    let pieces = 8_000;
    let body = core::iter::repeat_n(piece.clone(), pieces);
    let stream = [b"+OK\r\n+OK\r\n".to_vec()].into_iter().chain(body).chain([b".\r\n".to_vec()]);
    let mut feed = Feed::new(stream);
    let mut reader = ResponseReader::new(Limits::default());
    let (mut octets, mut asked) = (0, false);
    while feed.turn(|input| {
        while let Some(item) = reader.next(input).unwrap() {
            match item {
                Item::Chunk(chunk) => octets += chunk.len() as u64,
                Item::Frame(frame) => {
                    if let Ok(Response::EndOfMessage(tally)) = frame.value() {
                        assert_eq!(tally.octets(), octets);
                    }
                }
            }
            if reader.is_complete() && !asked {
                reader.expect(&Command::Retr(1.try_into().unwrap()));
                asked = true;
            }
        }
    }) {}
    assert!(reader.is_complete());
    assert_eq!(octets, ((LINE.len() - 1) * 120 * pieces) as u64);
}

#[test]
fn an_over_long_command_costs_one_error() {
    let limits = Limits::default();
    let mut reader = CommandReader::new(limits);
    let stream = [b"PASS ".to_vec(), vec![b'a'; 100_000], b"\r\nSTAT\r\n".to_vec()].concat();
    let mut frames = Vec::new();
    let mut feed = Feed::new(stream.chunks(1000).map(<[u8]>::to_vec));
    while feed.turn(|input| {
        while let Some(frame) = reader.next(input).unwrap() {
            assert!(frame.value().is_ok() || frame.raw().is_empty());
            frames.push((
                frame.at(),
                frame.len(),
                frame.value().map_err(|error| error.is_too_long()).is_err(),
            ));
            let shown = format!("{frame:?}");
            assert!(!shown.contains("aaa"), "{shown}");
        }
    }) {}
    assert_eq!(frames, [(0, 100_007, true), (100_007, 6, false)]);
}

#[test]
fn limits_count_the_line_end() {
    let limits = Limits::default().with_line(20).with_sasl_line(24);
    let mut reader = CommandReader::new(limits);
    let mut input: &[u8] = b"PASS 1234567890123\r\nPASS 12345678901234\r\nAUTH PLAIN\r\nMTIzNDU2Nzg5MDEyMzQ1Njc4OTA=\r\nQUIT\r\n";
    assert!(reader.next(&mut input).unwrap().unwrap().value().is_ok());
    let error = reader.next(&mut input).unwrap().unwrap().value().unwrap_err();
    assert!(error.is_too_long() && error.offset() == 20);
    assert!(reader.next(&mut input).unwrap().unwrap().value().is_ok());
    reader.expect_response();
    let error = reader.next(&mut input).unwrap().unwrap().value().unwrap_err();
    assert!(error.is_too_long() && error.offset() == 24);
    assert_eq!(reader.next(&mut input).unwrap().unwrap().value(), Ok(Command::Quit));
}

#[test]
fn a_line_without_end_is_given_up() {
    for size in [1, 7, 4096] {
        let mut reader = CommandReader::new(Limits::default().with_dropped(50_000));
        let mut feed = Feed::new(core::iter::repeat_n(vec![b'A'; size], 60_000 / size));
        let mut end = None;
        while feed.turn(|input| {
            if let Err(error) = reader.next(input) {
                end = Some(error);
            }
        }) {}
        assert_eq!(end, Some(FrameError::Endless { at: 50_000 }), "{size}");
    }
}

#[test]
fn an_over_long_status_line_still_says_what_follows() {
    let limits = Limits::default().with_response_line(20);
    let mut reader = ResponseReader::new(limits);
    let mut input: &[u8] =
        b"+OK\r\n+OK 01234567890123456789\r\ntext\r\n.\r\n-ERR 01234567890123456789\r\n+OK\r\n1 01234567890123456789\r\n.\r\n";
    let mut seen = Vec::new();
    let mut asked =
        [Command::parse(b"RETR 1").unwrap(), Command::List(None), Command::List(None)].into_iter();
    while let Some(item) = reader.next(&mut input).unwrap() {
        seen.push(match item {
            Item::Chunk(_) => "chunk",
            Item::Frame(frame) => match frame.value() {
                Ok(Response::Status(_)) => "status",
                Ok(Response::EndOfMessage(_) | Response::EndOfListing) => "end",
                Ok(_) => "line",
                Err(error) if error.is_too_long() => "long",
                Err(_) => "broken",
            },
        });
        if reader.is_complete()
            && let Some(command) = asked.next()
        {
            reader.expect(&command);
        }
    }
    assert_eq!(seen, ["status", "long", "chunk", "end", "long", "status", "long", "end"]);
    assert!(reader.is_complete() && input.is_empty());
}

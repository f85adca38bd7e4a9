//! Any cut gives the same items, and they are those of a reader that looks at each octet by itself.

use mailwire_core::FrameError;
use mailwire_smtp::data::{DataItem, DataReader};
use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{Command, CommandReader, Limits};
use mailwire_testkit::feed::{bytewise, cuts_for, feed, mutations};
use mailwire_testkit::{twins, vectors};
use proptest::prelude::*;

/// What comes of a stream of commands: each line (`None` if it was too long), or the octets of a chunk.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Line(u64, Option<Vec<u8>>),
    Chunk(Vec<u8>),
    Final,
}

const LIMITS: Limits = Limits::DEFAULT.with_line(80).with_dropped(400);

fn fast(stream: &[u8], cuts: &[usize]) -> Vec<Seen> {
    let mut reader = CommandReader::new(LIMITS);
    let mut seen = Vec::new();
    let taken = feed(stream, cuts, |input| {
        match reader.next(input) {
            Ok(None) => return false,
            Ok(Some(CommandItem::Frame(frame))) => {
                let too_long =
                    frame.value().is_err_and(|error| error.is_too_long()) && frame.raw().is_empty();
                assert_eq!(frame.at() + frame.len(), reader.offset());
                seen.push(Seen::Line(frame.len(), (!too_long).then(|| frame.raw().to_vec())));
            }
            Ok(Some(CommandItem::Chunk(octets))) => match seen.last_mut() {
                Some(Seen::Chunk(chunk)) => chunk.extend_from_slice(octets),
                _ => seen.push(Seen::Chunk(octets.to_vec())),
            },
            Err(_) => {
                if seen.last() == Some(&Seen::Final) {
                    return false;
                }
                seen.push(Seen::Final);
            }
        }
        true
    });
    assert!(seen.last() == Some(&Seen::Final) || reader.offset() == taken as u64);
    seen
}

/// The same by hand: a line ends at CRLF, a bare LF ends everything, a BDAT is followed by its octets.
fn slow(stream: &[u8]) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut rest = stream;
    loop {
        let Some(end) = rest.iter().position(|&byte| byte == b'\n') else {
            let announces = rest.len() >= 80 && is_bdat(rest);
            if announces || rest.len() >= 400 {
                seen.push(Seen::Final);
            }
            return seen;
        };
        let line = &rest[..=end];
        let long = line.len() > 80;
        if !line.ends_with(b"\r\n") || (long && is_bdat(line)) || end >= 400 {
            seen.push(Seen::Final);
            return seen;
        }
        rest = &rest[end + 1..];
        if !long && is_bdat(line) {
            let Ok(Command::Bdat(bdat)) = Command::parse(line) else {
                seen.push(Seen::Final);
                return seen;
            };
            seen.push(Seen::Line(line.len() as u64, Some(line.to_vec())));
            let size = usize::try_from(bdat.size).unwrap_or(usize::MAX).min(rest.len());
            if size > 0 {
                seen.push(Seen::Chunk(rest[..size].to_vec()));
            }
            rest = &rest[size..];
            continue;
        }
        seen.push(Seen::Line(line.len() as u64, (!long).then(|| line.to_vec())));
    }
}

fn is_bdat(line: &[u8]) -> bool {
    let blanks = line.iter().take_while(|&&byte| byte <= b' ').count();
    let line = &line[blanks..];
    line.len() >= 4
        && line[..4].eq_ignore_ascii_case(b"BDAT")
        && !line.get(4).is_some_and(u8::is_ascii_alphabetic)
}

fn check(stream: &[u8]) {
    let expected = slow(stream);
    assert_eq!(fast(stream, &[]), expected, "{}", stream.escape_ascii());
    assert_eq!(fast(stream, &bytewise(stream.len())), expected, "{}", stream.escape_ascii());
    assert_eq!(fast(stream, &cuts_for(stream)), expected, "{}", stream.escape_ascii());
}

/// The streams of the vectors, each with one octet changed at a time.
#[test]
fn mutated_commands_equal_the_slow_reader() {
    let text = include_str!("../data/bdat.vec").to_owned() + "---\n" + include_str!("../data/command.vec");
    for vector in vectors::parse(&text).unwrap() {
        let stream = [vector.bytes("in"), b"QUIT\r\n"].concat();
        check(&stream);
        mutations(&stream).for_each(|mutated| check(&mutated));
    }
}

fn body(wire: &[u8], cuts: &[usize]) -> twins::Unstuffed {
    let mut reader = DataReader::new();
    let mut got = twins::Unstuffed::default();
    let mut done = false;
    let taken = feed(wire, cuts, |input| match reader.next(input) {
        Some(DataItem::Chunk(chunk)) => {
            got.content.extend_from_slice(chunk);
            true
        }
        Some(DataItem::Frame(_)) => {
            done = true;
            true
        }
        None => false,
    });
    got.end = done.then_some(taken);
    for (stray, at) in reader.tally().strays() {
        got.strays[stray as usize] = Some(at);
    }
    got
}

#[test]
fn mutated_bodies_equal_the_slow_reader_at_any_cut() {
    for vector in vectors::parse(include_str!("../data/data.vec")).unwrap() {
        for wire in mutations(vector.bytes("in")) {
            let expected = twins::unstuff(&wire);
            for cut in 0..=wire.len() {
                assert_eq!(body(&wire, &[cut]), expected, "{} at {cut}", wire.escape_ascii());
            }
            assert_eq!(body(&wire, &bytewise(wire.len())), expected);
        }
    }
}

proptest! {
    #[test]
    fn any_stream_of_commands(pieces in proptest::collection::vec(prop_oneof![
        Just("BDAT 5\r\n"), Just("BDAT 3 LAST\r\n"), Just("BDAT "), Just("7"), Just("\r\n"), Just("\r"), Just("\n"),
        Just("MAIL FROM:<a@b.example>\r\n"), Just("NOOP "), Just("bdat"), Just("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), Just("\0"),
    ], 0..30)) {
        check(pieces.concat().as_bytes());
    }
}

#[test]
fn readers_can_be_sent_and_shared() {
    fn check<T: Send + Sync + 'static>() {}
    check::<CommandReader>();
    check::<DataReader>();
    check::<FrameError>();
}

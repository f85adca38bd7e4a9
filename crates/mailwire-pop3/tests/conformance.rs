//! The vectors of `data/`: whole, an octet a call, cut everywhere; damaged, they equal a naive twin.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use core::fmt::Write as _;
use mailwire_core::{Defects, Frame, frame};
use mailwire_pop3::leniency::{BareLf, EqualsSign};
use mailwire_pop3::response::Entry;
use mailwire_pop3::{
    Command, CommandReader, DataWriter, Leniency, Limits, Pop3Defect, Response, ResponseItem, ResponseReader,
};
use mailwire_testkit::invariants::pop3;
use mailwire_testkit::vectors::{Got, Vector, check};

fn leniency(vector: &Vector) -> Leniency {
    let mut leniency = Leniency::default();
    if vector.has("bare_lf") {
        leniency = leniency.with_bare_lf(BareLf::EndsLine);
    }
    if vector.has("equals") {
        leniency = leniency.with_equals_sign(EqualsSign::Empty);
    }
    leniency
}

/// Everywhere at once, everywhere alone, nowhere.
fn cuts(len: usize) -> impl Iterator<Item = Vec<usize>> {
    let alone = (1..len).map(|cut| vec![cut]);
    [vec![], (1..len).collect()].into_iter().chain(alone)
}

fn shown<T: frame::Value<Defect = Pop3Defect> + core::fmt::Debug>(frame: &Frame<'_, T>) -> String {
    let value = match frame.value() {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("error: {error}"),
    };
    let mut line = format!("{}+{} {value}", frame.at(), frame.len());
    if !frame.defects().is_empty() {
        let _ = write!(line, " {:?}", frame.defects());
    }
    line
}

fn commands(stream: &[u8], vector: &Vector, cuts: &[usize]) -> (Vec<String>, Vec<u8>) {
    let mut reader = CommandReader::new(Limits::default()).with_leniency(leniency(vector));
    let (mut out, mut wire, mut taken) = (Vec::new(), Vec::new(), 0);
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => {
                    out.push(shown(&frame));
                    if let Ok(command) = frame.value() {
                        command.encode(&mut wire);
                        if vector.has("sasl") && matches!(command, Command::Auth { .. }) {
                            reader.expect_sasl();
                        }
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    out.push(format!("failed: {error}"));
                    return (out, wire);
                }
            }
        }
        taken = cut.max(taken) - input.len();
    }
    if taken < stream.len() {
        out.push(format!("{taken} rest of {}", stream.len() - taken));
    }
    (out, wire)
}

fn responses(stream: &[u8], vector: &Vector, cuts: &[usize]) -> Vec<String> {
    let mut reader = ResponseReader::new(Limits::default()).with_leniency(leniency(vector));
    let asked: Vec<Command<'_>> = vector.all("ask").map(|line| Command::parse(line).unwrap()).collect();
    let mut asked = asked.iter();
    let mut due = None;
    let (mut out, mut taken) = (Vec::<String>::new(), 0);
    let mut content: Option<(u64, Vec<u8>)> = None;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            let at = reader.offset();
            match reader.next(&mut input) {
                Ok(Some(ResponseItem::Chunk(chunk))) => {
                    content.get_or_insert_with(|| (at, Vec::new())).1.extend(chunk);
                }
                Ok(Some(ResponseItem::Frame(frame))) => {
                    if let Some((start, content)) = content.take() {
                        out.push(format!("{start}+{} chunk {}", at - start, content.escape_ascii()));
                    }
                    let mut line = match frame.value() {
                        Ok(Response::EndOfMessage(tally)) => {
                            format!(
                                "{}+3 EndOfMessage {} {} {:?}",
                                frame.at(),
                                tally.octets(),
                                tally.lines(),
                                frame.defects()
                            )
                        }
                        _ => shown(&frame),
                    };
                    told(&mut line, &frame, due);
                    out.push(line);
                }
                Ok(None) => break,
                Err(error) => {
                    out.push(format!("failed: {error}"));
                    return out;
                }
            }
            if reader.is_complete() {
                due = asked.next();
                if let Some(command) = due {
                    reader.expect(command);
                }
            }
        }
        taken = cut.max(taken) - input.len();
    }
    if let Some((start, content)) = content {
        out.push(format!("{start}+{} chunk {}", reader.offset() - start, content.escape_ascii()));
    }
    if taken < stream.len() {
        out.push(format!("{taken} rest of {}", stream.len() - taken));
    }
    out
}

/// What is read of a frame when it is asked for.
fn told(line: &mut String, frame: &Frame<'_, Response<'_>>, due: Option<&Command<'_>>) {
    let value = match frame.value() {
        Ok(Response::Line(listed)) => {
            let mut defects = Defects::<Pop3Defect>::NONE;
            let entry = match listed.entry_with(&mut defects) {
                Ok(Entry::Capability(capability)) => format!("{capability:?}"),
                Ok(entry) => format!("{entry:?}"),
                Err(error) => format!("error: {error}"),
            };
            if defects.is_empty() { entry } else { format!("{entry} {defects:?}") }
        }
        Ok(Response::Challenge(challenge)) => match challenge.base64() {
            Ok(_) => "base64".to_owned(),
            Err(error) => format!("error: {error}"),
        },
        Ok(Response::Status(status)) if status.is_ok() => match due {
            Some(Command::Stat) => or_error(status.drop_listing()),
            Some(Command::List(Some(_))) => or_error(status.scan_listing()),
            Some(Command::Uidl(Some(_))) => or_error(status.unique_id_listing()),
            Some(Command::Lang(Some(_))) => or_error(status.language_listing()),
            None => match status.apop_challenge() {
                Some(challenge) => format!("challenge {challenge:?}"),
                None => return,
            },
            _ => return,
        },
        _ => return,
    };
    let _ = write!(line, " => {value}");
}

fn or_error(value: Result<impl core::fmt::Debug, mailwire_core::ParseError>) -> String {
    value.map_or_else(|error| format!("error: {error}"), |value| format!("{value:?}"))
}

#[test]
fn commands_are_read_as_the_vectors_say() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/commands.vec"), |vector| {
        let stream = vector.bytes("in");
        let (out, wire) = commands(stream, vector, &[]);
        for cuts in cuts(stream.len()) {
            assert_eq!(
                commands(stream, vector, &cuts),
                (out.clone(), wire.clone()),
                "{} {cuts:?}",
                vector.name()
            );
        }
        Got::new().many("out", out).one("wire", wire)
    });
}

#[test]
fn responses_are_read_as_the_vectors_say() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/responses.vec"), |vector| {
        let stream = vector.bytes("in");
        let out = responses(stream, vector, &[]);
        for cuts in cuts(stream.len()) {
            assert_eq!(responses(stream, vector, &cuts), out, "{} {cuts:?}", vector.name());
        }
        Got::new().many("out", out)
    });
}

/// Every stream with one CR or LF dropped, or a NUL put in.
fn damaged(stream: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let dropped = (0..stream.len()).filter(|&at| b"\r\n".contains(&stream[at])).map(|at| {
        let mut damaged = stream.to_vec();
        damaged.remove(at);
        damaged
    });
    let nul = (0..=stream.len()).map(|at| {
        let mut damaged = stream.to_vec();
        damaged.insert(at, 0);
        damaged
    });
    dropped.chain(nul)
}

fn vectors(name: &str) -> Vec<Vector> {
    let path = format!("{}/tests/data/{name}.vec", env!("CARGO_MANIFEST_DIR"));
    mailwire_testkit::vectors::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Cuts of a damaged stream: nowhere, everywhere, and at each place of every one in a few.
fn some_cuts(len: usize, which: usize) -> Vec<Vec<usize>> {
    let alone = (1..len).filter(|cut| (cut + which).is_multiple_of(7)).map(|cut| vec![cut]);
    [vec![], (1..len).collect()].into_iter().chain(alone).collect()
}

#[test]
fn damaged_commands_equal_the_naive_twin() {
    for vector in vectors("commands") {
        for (which, stream) in damaged(vector.bytes("in")).enumerate() {
            for leniency in [Leniency::default(), leniency(&vector)] {
                let twin = pop3::naive_commands(&stream, Limits::default(), leniency);
                for cuts in some_cuts(stream.len(), which) {
                    let got = pop3::commands(&stream, Limits::default(), leniency, &cuts);
                    assert_eq!(got, twin, "{} {}", vector.name(), stream.escape_ascii());
                }
            }
        }
    }
}

#[test]
fn damaged_responses_equal_the_naive_twin() {
    for vector in vectors("responses") {
        let asked: Vec<Command<'_>> = vector.all("ask").map(|line| Command::parse(line).unwrap()).collect();
        for (which, stream) in damaged(vector.bytes("in")).enumerate() {
            for leniency in [Leniency::default(), leniency(&vector)] {
                let twin = pop3::naive_responses(&stream, &asked, Limits::default(), leniency);
                for cuts in some_cuts(stream.len(), which) {
                    let got = pop3::responses(&stream, &asked, Limits::default(), leniency, &cuts);
                    assert_eq!(got, twin, "{} {}", vector.name(), stream.escape_ascii());
                }
            }
        }
    }
}

#[test]
fn messages_are_written_as_the_vectors_say() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bodies.vec"), |vector| {
        let message = vector.bytes("in");
        let written = |cuts: &[usize]| {
            let mut body = DataWriter::new();
            let (mut wire, mut at) = (Vec::new(), 0);
            for &cut in cuts.iter().chain([&message.len()]) {
                wire.extend(body.stuff(&message[at..cut]).flatten().copied());
                at = cut;
            }
            wire.extend(body.finish());
            wire
        };
        let wire = written(&[]);
        for cuts in cuts(message.len()) {
            assert_eq!(written(&cuts), wire, "{} {cuts:?}", vector.name());
        }
        // A client that takes any line feed for a line end finds no other end.
        let lines: Vec<&[u8]> = wire.split(|&byte| byte == b'\n').collect();
        assert_eq!(lines.iter().position(|line| matches!(*line, b"." | b".\r")), Some(lines.len() - 2));
        Got::new().one("wire", wire)
    });
}

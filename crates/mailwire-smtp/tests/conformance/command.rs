//! The vectors, each whole, octet by octet, and cut at every place.

use core::fmt::Debug;
use core::ops::Range;
use mailwire_core::DefectKind;
use mailwire_core::dots::Stray;
use mailwire_smtp::data::{DataItem, DataReader};
use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{Command, CommandReader, Leniency, Limits, Parameters, SmtpDefect};
use mailwire_testkit::feed::{bytewise, feed};
use mailwire_testkit::vectors::{Got, check};
use std::path::PathBuf;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// Whole, octet by octet, and cut at each place: the outcome has to be the same.
fn at_any_cut<T: PartialEq + Debug>(stream: &[u8], read: impl Fn(&[usize]) -> T) -> T {
    let whole = read(&[]);
    assert_eq!(read(&bytewise(stream.len())), whole, "octet by octet");
    for cut in 1..stream.len() {
        assert_eq!(read(&[cut]), whole, "cut at {cut}");
    }
    whole
}

fn encoded(command: &Command<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    command.encode(&mut out);
    out
}

#[test]
fn bodies_end_at_a_dot_alone() {
    check(file("data.vec"), |vector| {
        let wire = vector.bytes("in");
        let (content, rest, done, strays, refused) = at_any_cut(wire, |cuts| {
            let mut reader = DataReader::new();
            let (mut content, mut refused) = (Vec::new(), None);
            let taken = feed(wire, cuts, |input| match reader.next(input) {
                Some(DataItem::Chunk(chunk)) => {
                    content.extend_from_slice(chunk);
                    true
                }
                Some(DataItem::Frame(frame)) => {
                    assert_eq!(frame.len(), reader.offset());
                    refused = Some(frame.value().is_err());
                    true
                }
                None => false,
            });
            let strays: Vec<(Stray, u64)> = reader.tally().strays().collect();
            (content, wire[taken..].to_vec(), refused.is_some(), strays, refused)
        });
        if let Some(refused) = refused {
            assert_eq!(refused, !strays.is_empty());
        }
        let strays = strays.iter().map(|(stray, at)| {
            let defect = match stray {
                Stray::BareCr => SmtpDefect::BodyBareCr,
                Stray::BareLf => SmtpDefect::BodyBareLf,
                Stray::Nul => SmtpDefect::BodyNul,
            };
            format!("{} {at}", defect.name())
        });
        Got::new()
            .one("content", content)
            .many("rest", (!rest.is_empty()).then_some(rest))
            .many("end", (!done).then_some("no"))
            .many("stray", strays)
    });
}

#[test]
fn commands_are_read_and_written() {
    check(file("command.vec"), |vector| {
        let line = vector.bytes("in");
        let mut defects = Vec::new();
        let mut sink = |kind: SmtpDefect, range: Range<usize>| {
            assert!(range.end <= line.len());
            defects.push(kind.name());
        };
        let command = Command::parse_with(line, &Leniency::default(), &mut sink);
        let bare = line.strip_suffix(b"\r\n").unwrap();
        assert_eq!(Command::parse(bare), command, "with or without the line's end");
        let (wire, parameters) = match &command {
            Ok(command) => (Some(encoded(command)), parameters(command)),
            Err(_) => (None, Parameters::NONE),
        };
        if let Some(wire) = &wire {
            assert_eq!(Command::parse(wire).as_ref(), command.as_ref(), "what was written says the same");
        }
        let mut written = Vec::new();
        let mut invalid = Vec::new();
        for parameter in parameters.iter() {
            match parameter {
                Ok(parameter) => {
                    let mut out = Vec::new();
                    parameter.encode(&mut out);
                    written.push(out);
                }
                Err(bad) => invalid.push([bad.text(), b": ", bad.error().to_string().as_bytes()].concat()),
            }
        }
        Got::new()
            .many("wire", wire.filter(|wire| wire != line))
            .many("error", command.err().map(|error| error.to_string()))
            .many("defect", defects)
            .many("parameter", written)
            .many("invalid", invalid)
    });
}

fn parameters<'a>(command: &Command<'a>) -> Parameters<'a> {
    match command {
        Command::Mail(mail) => mail.parameters,
        Command::Rcpt(rcpt) => rcpt.parameters,
        _ => Parameters::NONE,
    }
}

#[test]
fn announced_octets_are_no_commands() {
    check(file("bdat.vec"), |vector| {
        let stream = vector.bytes("in");
        let (items, last) = at_any_cut(stream, |cuts| {
            let mut reader = CommandReader::new(Limits::default());
            let mut items: Vec<Vec<u8>> = Vec::new();
            let mut last = None;
            feed(stream, cuts, |input| match reader.next(input) {
                Ok(Some(CommandItem::Frame(frame))) => {
                    items.push(match frame.value() {
                        Ok(command) => encoded(&command),
                        Err(error) => format!("error {error}").into_bytes(),
                    });
                    true
                }
                Ok(Some(CommandItem::Chunk(octets))) => {
                    match items.last_mut() {
                        Some(item) if item.starts_with(b"chunk ") => item.extend_from_slice(octets),
                        _ => items.push([b"chunk ", octets].concat()),
                    }
                    true
                }
                Ok(None) => false,
                Err(error) => {
                    assert_eq!(reader.next(input).unwrap_err(), error, "an error is said for ever");
                    last = Some(error.to_string());
                    false
                }
            });
            (items, last)
        });
        Got::new().many("item", items).many("final", last)
    });
}

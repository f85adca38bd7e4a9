//! IMAP: commands and responses, each reader against a twin that nobody can get wrong.

mod naive;
mod values;

pub use naive::{naive_commands, naive_responses};
pub use values::imap_values;

use crate::feed::{bytewise, feed};
use mailwire_core::{Frame, FrameError, LineText};
use mailwire_imap::ImapDefect;
use mailwire_imap::fetch::Place;
use mailwire_imap::out::{Binary, Enabled, Literals, Out, Utf8};
use mailwire_imap::reader::Handling;
use mailwire_imap::response::Finding;
use mailwire_imap::{
    Command, CommandItem, CommandReader, Leniency, Limits, Response, ResponseItem, ResponseReader,
};

/// Something that came out of a reader, with what makes it comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is, in a word.
    pub what: &'static str,
    /// Where it begins.
    pub at: u64,
    /// How many octets it has.
    pub len: u64,
    /// Its octets; empty if they were dropped.
    pub octets: Vec<u8>,
}

/// Small enough to be met by short inputs.
pub const SMALL: Limits = Limits::DEFAULT
    .with_line(32)
    .with_literals(16)
    .with_inline(4)
    .with_response(48)
    .with_sasl_line(24)
    .with_dropped(1 << 20);

/// Whether the literal that is announced at this octet of the stream is refused: as good as random, and the same for every split.
fn refused(at: u64, size: u64) -> bool {
    (at + size).is_multiple_of(3)
}

fn push(events: &mut Vec<Event>, what: &'static str, at: u64, len: u64, octets: &[u8]) {
    if let Some(last) = events.last_mut()
        && what == "chunk"
        && last.what == "chunk"
    {
        last.len += len;
        last.octets.extend(octets);
        return;
    }
    events.push(Event { what, at, len, octets: octets.to_vec() });
}

/// What a [`ResponseReader`] makes of a stream that comes in pieces that end at `cuts`.
pub fn responses(stream: &[u8], limits: Limits, cuts: &[usize]) -> Vec<Event> {
    let mut reader = ResponseReader::new(limits);
    let mut events = Vec::new();
    feed(stream, cuts, |input| {
        let at = reader.offset();
        match reader.next(input) {
            Ok(Some(ResponseItem::Frame(frame))) => {
                let what = match frame.value() {
                    Err(error) if error.is_too_long() => "dropped",
                    _ => "frame",
                };
                push(&mut events, what, frame.at(), frame.len(), frame.raw());
                if cuts.is_empty() {
                    read_response(&frame);
                }
                true
            }
            Ok(Some(ResponseItem::Chunk(chunk))) => {
                assert!(!chunk.is_empty());
                push(&mut events, "chunk", at, chunk.len() as u64, chunk);
                true
            }
            Ok(None) => false,
            Err(error) => {
                failed(&mut events, error);
                assert_eq!(reader.next(input).unwrap_err(), error, "an error that is taken back");
                false
            }
        }
    });
    events
}

fn failed(events: &mut Vec<Event>, error: FrameError) {
    if events.last().is_none_or(|last| last.what != "failed") {
        events.push(Event { what: "failed", at: error.at(), len: 0, octets: Vec::new() });
    }
}

/// What a [`CommandReader`] makes of a stream; literals are accepted or refused by where they are. Behind `AUTHENTICATE` a SASL line
/// is due, behind `IDLE` its end.
pub fn commands(stream: &[u8], limits: Limits, cuts: &[usize]) -> Vec<Event> {
    let mut reader = CommandReader::new(limits);
    let mut events = Vec::new();
    let mut offered = None;
    feed(stream, cuts, |input| {
        let at = reader.offset();
        match reader.next(input) {
            Ok(Some(CommandItem::Frame(frame))) => {
                let what = match frame.value() {
                    Err(error) if error.is_too_long() => "dropped",
                    _ => "frame",
                };
                push(&mut events, what, frame.at(), frame.len(), frame.raw());
                match expected_behind(frame.raw()) {
                    "sasl" => reader.expect_sasl(),
                    "done" => reader.expect_done(),
                    _ => {}
                }
                if cuts.is_empty() {
                    read_command(&frame);
                }
                true
            }
            Ok(Some(CommandItem::Chunk(chunk))) => {
                assert!(!chunk.is_empty());
                push(&mut events, "chunk", at, chunk.len() as u64, chunk);
                true
            }
            Ok(Some(CommandItem::Offer(offer))) => {
                let end = at + offer.head().len() as u64;
                if offered == Some(end) {
                    // Repeated until it is answered.
                    if refused(end, offer.size()) {
                        reader.refuse()
                    } else {
                        reader.accept()
                    }
                    offered = None;
                } else {
                    offered = Some(end);
                }
                let _ = format!("{offer:?} {}", offer.handling() == Handling::Inline);
                true
            }
            Ok(None) => false,
            Err(error) => {
                failed(&mut events, error);
                assert_eq!(reader.next(input).unwrap_err(), error, "an error that is taken back");
                false
            }
        }
    });
    events
}

/// What the caller expects behind a command: decided by its first line alone, so that the twin can do the same.
fn expected_behind(raw: &[u8]) -> &'static str {
    let line = raw.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let words: Vec<&[u8]> = line.trim_ascii_end().split(|&byte| byte == b' ').collect();
    match words.get(1).map(|word| word.to_ascii_uppercase()).as_deref() {
        Some(b"AUTHENTICATE") => "sasl",
        Some(b"IDLE") => "done",
        _ => "",
    }
}

/// Responses are read the same way however they are cut, and written ones are read again.
pub fn imap_response(bytes: &[u8]) {
    for limits in [Limits::default(), SMALL] {
        let events = responses(bytes, limits, &[]);
        if bytes.len() < 4096 {
            assert_eq!(events, responses(bytes, limits, &bytewise(bytes.len())), "cut at every octet");
            assert_eq!(events, naive_responses(bytes, limits), "not what the twin reads");
        }
    }
}

/// Commands are read the same way however they are cut, and written ones are read again.
pub fn imap_command(bytes: &[u8]) {
    for limits in [Limits::default(), SMALL] {
        let events = commands(bytes, limits, &[]);
        if bytes.len() < 4096 {
            assert_eq!(events, commands(bytes, limits, &bytewise(bytes.len())), "cut at every octet");
            // The twin knows a message only in the forms that the tests of the reader have.
            let limits = limits.with_inline(u64::MAX);
            assert_eq!(
                commands(bytes, limits, &[]),
                naive_commands(bytes, limits),
                "not what the twin reads"
            );
        }
    }
}

fn read_response(frame: &Frame<'_, Response<'_>>) {
    let _ = format!("{frame:?}");
    if let Ok(Response::Fetch(fetch)) = frame.value()
        && fetch.place() != Place::Whole
    {
        let _ = format!("{fetch:?}");
        kept_response(Response::Fetch(fetch));
    } else if let Ok(response) = frame.value() {
        check_response(frame.raw(), response);
    }
}

/// What is written is one frame, is read again, and is written the same; if nothing was forgiven, it says the same.
///
/// # Panics
///
/// If not.
pub fn check_response(raw: &[u8], response: Response<'_>) {
    // What no line has is written as `?`, and may have stood where a quote was not closed.
    let (mut clean, mut readable) = (true, !raw.contains(&0) && !bare_cr(raw));
    response.explain(raw, &Leniency::default(), &mut |finding, range| {
        assert!(range.end <= raw.len() && range.start <= range.end, "{finding:?} at {range:?}");
        clean &= matches!(finding, Finding::Unknown(_));
        // Beside what can't be read, blanks may come and go.
        readable &= !matches!(finding, Finding::Invalid(_) | Finding::Defect(ImapDefect::OpenQuote));
    });
    let _ = format!("{response:?}");
    kept_response(response);
    for enabled in [Enabled::NONE, Enabled::NONE.with_utf8(Utf8::On).with_binary(Binary::On)] {
        let mut out = Out::server(enabled);
        response.encode(&mut out);
        let written = out.bytes();
        let frames = naive_responses(written, Limits::default().with_inline(u64::MAX));
        let shown = written.escape_ascii();
        assert!(
            frames.len() == 1 && frames[0].what == "frame" && frames[0].len == written.len() as u64,
            "{frames:?} {shown}"
        );
        if !readable {
            continue;
        }
        let again = Response::parse(written);
        let Ok(again) = again else { panic!("{again:?} of {shown}, of {}", raw.escape_ascii()) };
        assert!(out.stops().is_empty());
        let mut twice = Out::server(enabled);
        again.encode(&mut twice);
        assert_eq!(twice.bytes().escape_ascii().to_string(), shown.to_string());
        if clean {
            assert_eq!(again, response, "{shown}");
        }
        again.explain(written, &Leniency::default(), &mut |finding, _| {
            assert!(
                !matches!(finding, Finding::Invalid(_)),
                "{finding:?} of {shown}, of {}",
                raw.escape_ascii()
            );
        });
    }
}

/// What is kept says the same, whatever was wrong with it.
fn kept_response(response: Response<'_>) {
    let kept = response.into_owned();
    assert_eq!(kept.as_response(), response);
    assert_eq!(kept.clone().as_response().into_owned(), kept);
}

fn kept_command(command: Command<'_>) {
    let kept = command.into_owned();
    assert_eq!(kept.as_command(), command);
    assert_eq!(kept.clone().as_command().into_owned(), kept);
}

fn bare_cr(raw: &[u8]) -> bool {
    raw.iter().zip(raw.iter().skip(1).chain([&0])).any(|(byte, next)| *byte == b'\r' && *next != b'\n')
}

fn read_command(frame: &Frame<'_, Command<'_>>) {
    let _ = format!("{frame:?}");
    if let Ok(command) = frame.value() {
        let _ = format!("{command:?}");
        kept_command(command);
        if command.tag().is_some() && !frame.raw().ends_with(b"}\r\n") {
            check_command(frame.raw(), command);
        }
    }
}

/// As [`check_response`]; the stops are where literals wait.
///
/// # Panics
///
/// If not.
pub fn check_command(raw: &[u8], command: Command<'_>) {
    // What no line has is written as `?`, and may have stood where a quote was not closed.
    let (mut clean, mut readable) = (true, !raw.contains(&0) && !bare_cr(raw));
    command.explain(raw, &Leniency::default(), &mut |finding, range| {
        assert!(range.end <= raw.len() && range.start <= range.end, "{finding:?} at {range:?}");
        clean &= matches!(finding, Finding::Unknown(_));
        // Beside what can't be read, blanks may come and go.
        readable &= !matches!(finding, Finding::Invalid(_) | Finding::Defect(ImapDefect::OpenQuote));
    });
    for literals in [Literals::Wait, Literals::Minus, Literals::Plus] {
        let enabled = Enabled::NONE.with_literals(literals);
        let mut out = Out::client(enabled);
        command.encode(&mut out);
        let written = out.bytes();
        let shown = written.escape_ascii();
        assert!(written.ends_with(b"\r\n"), "{shown}");
        for &stop in out.stops() {
            assert!(written[..stop].ends_with(b"}\r\n") && !written[..stop].ends_with(b"+}\r\n"), "{shown}");
        }
        let mut reader = CommandReader::new(Limits::default().with_inline(u64::MAX).with_literals(u64::MAX));
        let (mut input, mut waits) = (written, 0);
        let frame = loop {
            match reader.next(&mut input) {
                Ok(Some(CommandItem::Offer(offer))) => {
                    waits += usize::from(offer.waits());
                    reader.accept();
                }
                Ok(Some(CommandItem::Frame(frame))) => break frame,
                other => panic!("{other:?} of {shown}"),
            }
        };
        assert!(input.is_empty(), "more than one command: {shown}");
        assert_eq!(waits, out.stops().len(), "{shown}");
        if !readable {
            continue;
        }
        let Ok(again) = frame.value() else { panic!("{frame:?} of {shown}, of {}", raw.escape_ascii()) };
        let mut twice = Out::client(enabled);
        again.encode(&mut twice);
        assert_eq!(twice.bytes().escape_ascii().to_string(), shown.to_string());
        // What is kept raw has its announcements in it, and they are written as was enabled.
        let waiting = |text: &[u8]| text.windows(3).filter(|octets| octets == b"+}\r").count();
        if clean && waiting(raw) == waiting(written) {
            assert_eq!(again, command, "{shown}");
        }
        again.explain(written, &Leniency::default(), &mut |finding, _| {
            assert!(
                !matches!(finding, Finding::Invalid(_)),
                "{finding:?} of {shown}, of {}",
                raw.escape_ascii()
            );
        });
    }
}

//! POP3: commands and responses, each reader against a twin that nobody can get wrong.

use super::inside;
use mailwire_core::{Defects, Frame, FrameError, Severity};
use mailwire_pop3::leniency::BareLf;
use mailwire_pop3::response::{Answer, Entry, Listing};
use mailwire_pop3::{
    Command, CommandReader, Leniency, Limits, Pop3Defect, Response, ResponseItem, ResponseReader,
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
    /// Its octets, or those of a message without their dots; empty if they were dropped.
    pub octets: Vec<u8>,
}

/// Small enough to be met by short inputs.
pub const SMALL: Limits =
    Limits::DEFAULT.with_line(24).with_sasl_line(32).with_response_line(24).with_dropped(48);

/// Commands are read the same way however they are cut, and written ones are read again.
pub fn pop3_command(bytes: &[u8]) {
    let bytewise: Vec<usize> = (0..bytes.len()).collect();
    for limits in [Limits::default(), SMALL] {
        for leniency in leniencies() {
            let events = commands(bytes, limits, leniency, &[]);
            assert_eq!(events, naive_commands(bytes, limits, leniency), "not what the twin reads");
            // Quadratic for a framer that looks twice; the twin has seen long inputs.
            if bytes.len() < 4096 {
                assert_eq!(events, commands(bytes, limits, leniency, &bytewise), "cut at every octet");
            }
        }
    }
}

/// Responses are read the same way however they are cut. What is in front of the first empty line are the commands.
pub fn pop3_response(bytes: &[u8]) {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let (asked, stream) = at.map_or((&b""[..], bytes), |at| (&bytes[..at + 2], &bytes[at + 4..]));
    let asked: Vec<Command<'_>> =
        asked.split_inclusive(|&byte| byte == b'\n').filter_map(|line| Command::parse(line).ok()).collect();
    let bytewise: Vec<usize> = (0..stream.len()).collect();
    for limits in [Limits::default(), SMALL] {
        for leniency in leniencies() {
            let events = responses(stream, &asked, limits, leniency, &[]);
            assert_eq!(events, naive_responses(stream, &asked, limits, leniency), "not what the twin reads");
            if stream.len() < 4096 {
                let cut = responses(stream, &asked, limits, leniency, &bytewise);
                assert_eq!(events, cut, "cut at every octet");
            }
        }
    }
}

fn leniencies() -> [Leniency; 2] {
    [Leniency::default(), Leniency::default().with_bare_lf(BareLf::EndsLine)]
}

/// What a [`CommandReader`] makes of a stream that comes in pieces that end at `cuts`. Behind each `AUTH` with a mechanism it is
/// told to expect a response.
pub fn commands(stream: &[u8], limits: Limits, leniency: Leniency, cuts: &[usize]) -> Vec<Event> {
    let mut reader = CommandReader::new(limits).with_leniency(leniency);
    let mut events = Vec::new();
    let mut taken = 0;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => {
                    let what = match frame.value() {
                        Ok(Command::Sasl(_)) => "sasl",
                        Ok(_) => "command",
                        Err(error) if error.is_too_long() && frame.raw().is_empty() => "dropped",
                        Err(_) => "broken",
                    };
                    if let Ok(command) = frame.value() {
                        written_command(command);
                        if let Command::Auth { .. } = command {
                            reader.expect_sasl();
                        }
                    }
                    explained(&frame, &leniency, what);
                    if cuts.is_empty() {
                        let _ = format!("{frame:?}");
                    }
                    events.push(Event {
                        what,
                        at: frame.at(),
                        len: frame.len(),
                        octets: frame.raw().to_vec(),
                    });
                }
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(reader.next(&mut input).unwrap_err(), error, "an error that is taken back");
                    events.push(failed(error));
                    return events;
                }
            }
        }
        taken = cut.max(taken) - input.len();
        assert_eq!(reader.offset(), taken as u64);
        assert!(reader.wants(input.len()) > 0);
    }
    events
}

/// Reading the octets of a frame again says the same, and where.
fn explained(frame: &Frame<'_, Command<'_>>, leniency: &Leniency, what: &str) {
    let raw = frame.raw();
    let mut found = Defects::NONE;
    let mut check = inside(raw);
    let mut sink = |kind, range| {
        check(kind, range);
        found.insert(kind);
    };
    let again = match what {
        "sasl" => Command::parse_sasl(raw, leniency, &mut sink),
        _ => Command::parse_with(raw, leniency, &mut sink),
    };
    if what == "sasl" || what == "command" {
        assert_eq!(again, frame.value());
        assert_eq!(found, without_length(frame.defects()), "explained otherwise");
    } else if let (Err(error), "broken") = (frame.value(), what) {
        assert!(error.offset() <= raw.len());
    }
}

fn without_length(defects: Defects<Pop3Defect>) -> Defects<Pop3Defect> {
    let mut others = Defects::NONE;
    defects.iter().filter(|&kind| kind != Pop3Defect::LongLine).for_each(|kind| others.insert(kind));
    others
}

fn written_command(command: Command<'_>) {
    let mut line = Vec::new();
    command.encode(&mut line);
    assert_one_line(&line);
    if let Command::Sasl(sasl) = command {
        assert_eq!(Command::parse_sasl(&line, &Leniency::default(), &mut ()), Ok(Command::Sasl(sasl)));
        return;
    }
    let mut worst = Defects::NONE;
    let again = Command::parse_with(&line, &Leniency::default(), &mut worst);
    assert_eq!(again, Ok(command), "not what was written");
    assert!(worst.severity() <= Some(Severity::Repaired));
}

fn assert_one_line(line: &[u8]) {
    let text = line.strip_suffix(b"\r\n").expect("a line end");
    assert!(!text.iter().any(|byte| b"\r\n\0".contains(byte)), "something gets out of its line");
}

/// The same by the book: find the line feed, look before it.
pub fn naive_commands(stream: &[u8], limits: Limits, leniency: Leniency) -> Vec<Event> {
    let mut events = Vec::new();
    let (mut at, mut sasl) = (0, false);
    loop {
        let limit = if sasl { limits.sasl_line } else { limits.line };
        let mut what = "command";
        match naive_line(stream, at, limit, limits.dropped, leniency) {
            Naive::Line(line) => {
                let text = line.strip_suffix(b"\r\n").unwrap_or(&line[..line.len() - 1]);
                if sasl {
                    let good = Command::parse_sasl(text, &leniency, &mut ()).is_ok();
                    what = if good { "sasl" } else { "broken" };
                    sasl = false;
                } else {
                    match Command::parse(text) {
                        Ok(command) => sasl = matches!(command, Command::Auth { .. }),
                        Err(_) => what = "broken",
                    }
                }
                events.push(Event { what, at: at as u64, len: line.len() as u64, octets: line.to_vec() });
                at += line.len();
            }
            Naive::Dropped(len) => {
                sasl = false;
                events.push(Event { what: "dropped", at: at as u64, len: len as u64, octets: Vec::new() });
                at += len;
            }
            Naive::Failed(error) => {
                events.push(error);
                return events;
            }
            Naive::Rest => return events,
        }
    }
}

enum Naive<'a> {
    Line(&'a [u8]),
    Dropped(usize),
    Failed(Event),
    Rest,
}

fn naive_line(stream: &[u8], start: usize, limit: usize, dropped: u64, leniency: Leniency) -> Naive<'_> {
    for at in start..stream.len() {
        let len = at + 1 - start;
        if stream[at] == b'\n' {
            let crlf = at > start && stream[at - 1] == b'\r';
            if !crlf && leniency.bare_lf == BareLf::Refuse {
                return Naive::Failed(Event { what: "bare lf", at: at as u64, len: 0, octets: Vec::new() });
            }
            return if len > limit { Naive::Dropped(len) } else { Naive::Line(&stream[start..=at]) };
        }
        if len > limit && len as u64 >= dropped {
            return Naive::Failed(Event { what: "endless", at: at as u64 + 1, len: 0, octets: Vec::new() });
        }
    }
    Naive::Rest
}

fn failed(error: FrameError) -> Event {
    let what = match error {
        FrameError::BareLf { .. } => "bare lf",
        FrameError::Endless { .. } => "endless",
        _ => panic!("{error}"),
    };
    Event { what, at: error.at(), len: 0, octets: Vec::new() }
}

/// What a [`ResponseReader`] makes of a stream that comes in pieces that end at `cuts`: the greeting, then the answers to what was
/// asked; adjacent chunks are joined. Behind the last of them it is not told anything more.
pub fn responses(
    stream: &[u8],
    asked: &[Command<'_>],
    limits: Limits,
    leniency: Leniency,
    cuts: &[usize],
) -> Vec<Event> {
    let mut reader = ResponseReader::new(limits).with_leniency(leniency);
    let mut asked = asked.iter();
    let mut events: Vec<Event> = Vec::new();
    let (mut taken, mut fed) = (0, 0);
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            let before = reader.offset();
            match reader.next(&mut input) {
                Ok(Some(ResponseItem::Chunk(chunk))) => {
                    assert!(!chunk.is_empty());
                    let len = reader.offset() - before;
                    match events.last_mut() {
                        Some(last) if last.what == "chunk" => {
                            last.len += len;
                            last.octets.extend(chunk);
                        }
                        _ => events.push(Event { what: "chunk", at: before, len, octets: chunk.to_vec() }),
                    }
                }
                Ok(Some(ResponseItem::Frame(frame))) => {
                    let what = match frame.value() {
                        Ok(Response::Status(status)) if status.is_ok() => "ok",
                        Ok(Response::Status(_)) => "err",
                        Ok(Response::Challenge(_)) => "challenge",
                        Ok(Response::Line(_)) => "line",
                        Ok(Response::EndOfListing) => "end",
                        Ok(Response::EndOfMessage(tally)) => {
                            let last = events.last().filter(|last| last.what == "chunk");
                            assert_eq!(tally.octets(), last.map_or(0, |last| last.octets.len() as u64));
                            assert_eq!(tally.is_clean(), frame.defects().is_empty());
                            "message"
                        }
                        Ok(_) => panic!("a response that the twin does not know"),
                        Err(error) if error.is_too_long() && frame.raw().is_empty() => "dropped",
                        Err(error) => {
                            assert!(error.offset() <= frame.raw().len());
                            "broken"
                        }
                    };
                    if let Ok(response) = frame.value() {
                        written_response(response);
                    }
                    if cuts.is_empty() {
                        let _ = format!("{frame:?} {:?}", frame.value());
                    }
                    events.push(Event {
                        what,
                        at: frame.at(),
                        len: frame.len(),
                        octets: frame.raw().to_vec(),
                    });
                }
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(reader.next(&mut input).unwrap_err(), error, "an error that is taken back");
                    events.push(failed(error));
                    return events;
                }
            }
            if reader.is_complete()
                && let Some(command) = asked.next()
            {
                reader.expect(command);
            }
        }
        taken = cut.max(taken) - input.len();
        assert_eq!(reader.offset(), taken as u64);
        assert!(reader.wants(input.len()) > 0);
        fed += 1;
    }
    assert!(fed > 0);
    events
}

fn written_response(response: Response<'_>) {
    let mut line = Vec::new();
    response.encode(&mut line);
    assert_one_line(&line);
    let mut found = Defects::NONE;
    let leniency = Leniency::default();
    let again = match response {
        Response::EndOfMessage(_) => return,
        Response::Line(listed) => Response::parse_listed(&line, listed.listing(), &leniency, &mut found),
        Response::EndOfListing => Response::parse_listed(&line, Listing::Sizes, &leniency, &mut found),
        _ => Response::parse_first(&line, Answer::Exchange, &leniency, &mut found),
    };
    assert_eq!(again, Ok(response), "not what was written");
    assert!(found.is_empty(), "what we write is odd: {found:?}");
    match response {
        Response::Line(listed) => {
            let text = listed.text().as_bytes();
            match listed.entry_with(&mut inside(text)) {
                Ok(entry) => written_entry(entry, listed.listing()),
                Err(error) => assert!(error.offset() <= text.len()),
            }
        }
        Response::Status(status) => {
            if let Some(challenge) = status.apop_challenge() {
                let id = challenge.as_bytes();
                assert!(id.starts_with(b"<") && id.ends_with(b">") && id.is_ascii() && id.contains(&b'@'));
            }
            for error in [
                status.drop_listing().err(),
                status.scan_listing().err(),
                status.unique_id_listing().err(),
                status.language_listing().err(),
            ] {
                assert!(error.is_none_or(|error| error.offset() <= status.text().as_bytes().len()));
            }
        }
        Response::Challenge(challenge) => {
            assert!(challenge.base64().is_err() || challenge.secret().expose().is_ascii());
        }
        _ => {}
    }
}

fn written_entry(entry: Entry<'_>, listing: Listing) {
    let mut line = Vec::new();
    entry.encode(&mut line);
    assert_one_line(&line);
    let Ok(Response::Line(listed)) = Response::parse_listed(&line, listing, &Leniency::default(), &mut ())
    else {
        panic!("an entry that ends its listing");
    };
    assert_eq!(listed.entry(), Ok(entry), "not what was written");
}

/// The same by the book.
pub fn naive_responses(
    stream: &[u8],
    asked: &[Command<'_>],
    limits: Limits,
    leniency: Leniency,
) -> Vec<Event> {
    let mut events = Vec::new();
    let mut asked = asked.iter();
    let mut answer = Answer::Status;
    let (mut at, mut listing) = (0, false);
    loop {
        let line_limit = limits.response_line;
        let longest = if answer == Answer::Exchange && !listing {
            limits.sasl_line.max(line_limit)
        } else {
            line_limit
        };
        let (line, whole) = match naive_line(stream, at, longest, limits.dropped, leniency) {
            Naive::Line(line) => (line, true),
            Naive::Dropped(len) => (&stream[at..at + len], false),
            Naive::Failed(error) => {
                events.push(error);
                return events;
            }
            Naive::Rest => return events,
        };
        let text = line.strip_suffix(b"\r\n").unwrap_or(&line[..line.len() - 1]);
        let good = !text.iter().any(|byte| b"\r\n\0".contains(byte));
        let shouted = text.to_ascii_uppercase();
        let ok = shouted.starts_with(b"+OK");
        let challenge = answer == Answer::Exchange
            && !listing
            && whole
            && (text == b"+"
                || text.starts_with(b"+ ")
                || text.starts_with(b"+\t")
                || text.starts_with(b"+\r"));
        let what = match () {
            () if !whole => "dropped",
            () if !good => "broken",
            () if listing && text == b"." => "end",
            () if listing => "line",
            () if challenge => "challenge",
            () if ok => "ok",
            () if shouted.starts_with(b"-ERR") => "err",
            () => "broken",
        };
        let octets = if whole { line.to_vec() } else { Vec::new() };
        events.push(Event { what, at: at as u64, len: line.len() as u64, octets });
        at += line.len();
        if listing && what != "end" || challenge && good {
            continue;
        }
        match answer {
            Answer::Listing(_) if ok && !listing => {
                listing = true;
                continue;
            }
            Answer::Message if ok => match naive_message(stream, &mut at, &mut events) {
                true => {}
                false => return events,
            },
            _ => {}
        }
        listing = false;
        answer = asked.next().map_or(Answer::Status, Command::answer);
    }
}

/// Takes a message; `false` if its end is not there.
fn naive_message(stream: &[u8], at: &mut usize, events: &mut Vec<Event>) -> bool {
    let start = *at;
    let mut content = Vec::new();
    let ended = loop {
        let line_start = *at == start || stream[start..*at].ends_with(b"\r\n");
        match &stream[*at..] {
            [b'.', b'\r', b'\n', ..] if line_start => break true,
            [] => break false,
            [b'.'] | [b'.', b'\r'] if line_start => break false,
            [b'.', ..] if line_start => {}
            [byte, ..] => content.push(*byte),
        }
        *at += 1;
    };
    if *at > start {
        events.push(Event { what: "chunk", at: start as u64, len: (*at - start) as u64, octets: content });
    }
    if ended {
        events.push(Event { what: "message", at: *at as u64, len: 3, octets: b".\r\n".to_vec() });
        *at += 3;
    }
    ended
}

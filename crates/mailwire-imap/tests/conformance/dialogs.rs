//! The dialogs of the RFCs: each whole, octet by octet, and cut at every place; and mutated, against the naive twin.

use mailwire_imap::command::Body;
use mailwire_imap::out::{Enabled, Literals, Out};
use mailwire_imap::response::Finding;
use mailwire_imap::{
    CommandItem, CommandReader, Leniency, Limits, ParseError, Response, ResponseItem, ResponseReader,
};
use mailwire_testkit::feed::{bytewise, feed, mutations};
use mailwire_testkit::invariants::imap;
use mailwire_testkit::vectors::{Got, Vector, check, parse};
use std::path::PathBuf;

const FILES: [&str; 3] = ["rev1.vec", "rev2.vec", "extensions.vec"];

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// What the next line of a client is, behind a command.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Sasl,
    Done,
}

/// The octets of one side, and what its reader has to be told.
#[derive(Default)]
struct Client {
    stream: Vec<u8>,
    /// For each literal that waits, whether the server takes it.
    accepts: Vec<bool>,
    /// Behind which octet a line of a SASL exchange, or the end of IDLE, begins.
    turns: Vec<(u64, Next)>,
}

fn lines(vector: &Vector, side: &str) -> Vec<u8> {
    vector.all(side).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

/// Who speaks when is the order of the lines in the file.
fn client(vector: &Vector) -> Client {
    let mut client = Client::default();
    let spoken: Vec<(&str, &[u8])> = vector.each(&["C", "S"]).collect();
    let mut authenticates = false;
    for (at, (side, line)) in spoken.iter().enumerate() {
        let next = spoken.get(at + 1).copied().unwrap_or_default();
        if *side == "S" {
            if authenticates && line.starts_with(b"+") && next.0 == "C" {
                client.turns.push((client.stream.len() as u64, Next::Sasl));
            }
            continue;
        }
        client.stream.extend([line, &b"\r\n"[..]].concat());
        let verb = line.split(|&byte| byte == b' ').nth(1).unwrap_or_default().to_ascii_uppercase();
        if line.contains(&b' ') {
            authenticates = verb == b"AUTHENTICATE";
        }
        if verb == b"IDLE" {
            client.turns.push((client.stream.len() as u64, Next::Done));
        }
        if line.ends_with(b"}") && !line.ends_with(b"+}") {
            client.accepts.push(next.0 == "C" || next.1.starts_with(b"+"));
        }
    }
    client
}

#[derive(Debug, Default, PartialEq)]
struct Seen {
    kinds: Vec<String>,
    written: Vec<Vec<u8>>,
    found: Vec<(&'static str, String)>,
}

impl Seen {
    /// The name of a variant, and what was found in a frame.
    fn kind(&mut self, debug: &str) {
        self.kinds.push(debug.split([' ', '(', '{']).next().unwrap_or_default().to_owned());
    }

    fn error(&mut self, error: ParseError) -> bool {
        self.kinds.push(if error.is_too_long() { "refused" } else { "unreadable" }.to_owned());
        true
    }

    fn finding(&mut self, finding: Finding<'_>) {
        self.found.push(match finding {
            Finding::Defect(defect) => ("defect", format!("{defect:?}")),
            Finding::Invalid(invalid) => ("invalid", invalid.raw().escape_ascii().to_string()),
            Finding::Unknown(name) => ("raw", name.escape_ascii().to_string()),
        });
    }

    fn written(&mut self, raw: &[u8], out: Out) {
        if out.bytes() != raw {
            self.written.push(out.into_bytes());
        }
    }

    fn all(&self, key: &str) -> Vec<String> {
        self.found.iter().filter(|(one, _)| *one == key).map(|(_, what)| what.clone()).collect()
    }
}

fn commands(client: &Client, cuts: &[usize]) -> Seen {
    let mut reader = CommandReader::new(Limits::default());
    let (mut seen, mut waits) = (Seen::default(), 0);
    let taken = feed(&client.stream, cuts, |input| {
        if let Some((_, next)) = client.turns.iter().find(|(at, _)| *at == reader.offset()) {
            match next {
                Next::Sasl => reader.expect_sasl(),
                Next::Done => reader.expect_done(),
            }
        }
        match reader.next(input).unwrap() {
            Some(CommandItem::Offer(offer)) => {
                let accepts = !offer.waits() || client.accepts[waits];
                waits += usize::from(offer.waits());
                if accepts {
                    reader.accept();
                } else {
                    reader.refuse();
                }
                true
            }
            Some(CommandItem::Frame(frame)) => {
                let command = match frame.value() {
                    Ok(command) => command,
                    Err(error) => return seen.error(error),
                };
                seen.kind(&format!("{:?}", command.body()));
                command.explain(frame.raw(), &Leniency::default(), &mut |finding, _| seen.finding(finding));
                // As it came: waiting or not.
                let plus = frame.raw().windows(4).any(|window| window == b"+}\r\n");
                let literals = if plus { Literals::Plus } else { Literals::Wait };
                let mut out = Out::client(Enabled::NONE.with_literals(literals));
                command.encode(&mut out);
                seen.written(frame.raw(), out);
                if cuts.is_empty() && !matches!(command.body(), Body::Sasl(_) | Body::Done) {
                    imap::check_command(frame.raw(), command);
                }
                true
            }
            Some(CommandItem::Chunk(_)) => panic!("no literal here is long"),
            None => false,
        }
    });
    assert_eq!(taken, client.stream.len(), "{}", client.stream[taken..].escape_ascii());
    seen
}

fn responses(stream: &[u8], cuts: &[usize]) -> Seen {
    let mut reader = ResponseReader::new(Limits::default());
    let mut seen = Seen::default();
    let taken = feed(stream, cuts, |input| match reader.next(input).unwrap() {
        Some(ResponseItem::Frame(frame)) => {
            let response = match frame.value() {
                Ok(response) => response,
                Err(error) => return seen.error(error),
            };
            seen.kind(&match response {
                Response::Tagged { status, .. } | Response::Status(status) => match status.code() {
                    Some(code) => format!("{:?}[{}]", status.condition(), code.name().escape_ascii()),
                    None => format!("{:?}", status.condition()),
                },
                response => format!("{response:?}"),
            });
            response.explain(frame.raw(), &Leniency::default(), &mut |finding, _| seen.finding(finding));
            let mut out = Out::server(Enabled::NONE);
            response.encode(&mut out);
            seen.written(frame.raw(), out);
            if cuts.is_empty() {
                imap::check_response(frame.raw(), response);
            }
            true
        }
        Some(ResponseItem::Chunk(_)) => panic!("no literal here is long"),
        None => false,
    });
    assert_eq!(taken, stream.len(), "{}", stream[taken..].escape_ascii());
    seen
}

fn at_any_cut(len: usize, read: impl Fn(&[usize]) -> Seen) -> Seen {
    let whole = read(&[]);
    assert_eq!(read(&bytewise(len)), whole, "octet by octet");
    for cut in 1..len {
        assert_eq!(read(&[cut]), whole, "cut at {cut}");
    }
    whole
}

#[test]
fn dialogs_are_read_and_written() {
    for name in FILES {
        check(file(name), |vector| {
            let client = client(vector);
            let said = at_any_cut(client.stream.len(), |cuts| commands(&client, cuts));
            let server = lines(vector, "S");
            let answered = at_any_cut(server.len(), |cuts| responses(&server, cuts));
            let both = |key: &str| [said.all(key), answered.all(key)].concat();
            Got::new()
                .many("commands", (!said.kinds.is_empty()).then(|| said.kinds.join(" ")))
                .many("responses", (!answered.kinds.is_empty()).then(|| answered.kinds.join(" ")))
                .many("written", [&said.written[..], &answered.written].concat())
                .many("defect", both("defect"))
                .many("invalid", both("invalid"))
                .many("raw", both("raw"))
        });
    }
}

#[test]
fn mutated_dialogs_equal_the_naive_twin() {
    let limits = Limits::default().with_inline(u64::MAX);
    for name in FILES {
        for vector in parse(&std::fs::read_to_string(file(name)).unwrap()).unwrap() {
            let (client, server) = (client(&vector).stream, lines(&vector, "S"));
            for stream in mutations(&client).step_by(7) {
                let twin = imap::naive_commands(&stream, limits);
                assert_eq!(imap::commands(&stream, limits, &bytewise(stream.len())), twin);
            }
            for stream in mutations(&server).step_by(7) {
                let twin = imap::naive_responses(&stream, limits);
                assert_eq!(imap::responses(&stream, limits, &bytewise(stream.len())), twin);
            }
        }
    }
}

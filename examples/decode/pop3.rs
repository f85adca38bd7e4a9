//! POP3: the words `pop3-command` and `pop3-response`.

use crate::line::{Line, Read, What, string};
use mailwire::core::{Defect, DefectKind, Frame, FrameError, ParseError, frame};
use mailwire::pop3::response::{Answer, Entry, ListingLine};
use mailwire::pop3::sasl::SaslLine;
use mailwire::pop3::{
    Capability, Command, CommandReader, Leniency, Limits, Pop3Defect, Response, ResponseCode, ResponseItem,
    ResponseReader, Status,
};
use std::num::NonZeroU32;

/// What a stream of responses answers.
pub enum Asked {
    /// Every response the same; `None` for a greeting.
    Each(Option<Vec<u8>>),
    /// A greeting, and then these lines of a client, in order.
    Session(Vec<u8>),
}

/// Reads commands, `split` octets a read, and hands out a line for each. What stands behind an `AUTH`, is base64
/// and is no command is a line of its exchange.
pub fn commands(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let mut reader = CommandReader::new(Limits::default());
    let mut exchange = false;
    let (mut taken, mut have) = (0, 0);
    while have < input.len() {
        have = have.saturating_add(split).min(input.len());
        let mut rest = input.get(taken..have).unwrap_or_default();
        loop {
            match reader.next(&mut rest) {
                Ok(Some(frame)) => {
                    out(line(&frame, command));
                    exchange &= frame.raw() != b"*\r\n";
                    exchange |= matches!(frame.value(), Ok(Command::Auth { .. }));
                    let at = usize::try_from(reader.offset()).unwrap_or(usize::MAX);
                    exchange = exchange && goes_on(input.get(at..).unwrap_or_default());
                    if exchange {
                        reader.expect_sasl();
                    }
                }
                Ok(None) => break,
                Err(error) => return out(failed(error, reader.offset(), input)),
            }
        }
        taken = have - rest.len();
    }
    rest(taken, input, out);
}

/// Whether the first line is one of an exchange.
fn goes_on(input: &[u8]) -> bool {
    let line = input.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    SaslLine::parse(line).is_ok() && matches!(Command::parse(line), Err(_) | Ok(Command::Unknown(_)))
}

/// Reads responses, `split` octets a read, and hands out a line for each; chunks of a message are joined.
pub fn responses(input: &[u8], split: usize, asked: &Asked, out: &mut dyn FnMut(Line)) {
    let mut reader = ResponseReader::new(Limits::default());
    let mut asked = Due::new(asked);
    let mut due = asked.next(input);
    if let Some(command) = &due {
        reader = reader.behind_greeting();
        reader.expect(command);
    }
    let mut chunk = None;
    let (mut taken, mut have) = (0, 0);
    while have < input.len() {
        have = have.saturating_add(split).min(input.len());
        let mut rest = input.get(taken..have).unwrap_or_default();
        loop {
            let at = reader.offset();
            match reader.next(&mut rest) {
                Ok(Some(ResponseItem::Chunk(_))) => chunk = chunk.or(Some(at)),
                Ok(Some(ResponseItem::Frame(frame))) => {
                    flush(&mut chunk, frame.at(), out);
                    out(line(&frame, |frame, read| response(frame, due.as_ref(), read)));
                }
                Ok(None) => break,
                Err(error) => {
                    flush(&mut chunk, reader.offset(), out);
                    return out(failed(error, reader.offset(), input));
                }
            }
            if reader.is_complete() {
                let at = usize::try_from(reader.offset()).unwrap_or(usize::MAX);
                due = asked.next(input.get(at..).unwrap_or_default());
                if let Some(command) = &due {
                    reader.expect(command);
                }
            }
        }
        taken = have - rest.len();
    }
    flush(&mut chunk, reader.offset(), out);
    rest(taken, input, out);
}

/// What is answered, one after the other. `None`: a greeting, or what nobody asked for.
struct Due<'a> {
    each: Option<Command<'a>>,
    session: std::iter::Peekable<std::vec::IntoIter<Command<'a>>>,
    greeted: bool,
}

impl<'a> Due<'a> {
    fn new(asked: &'a Asked) -> Self {
        let (each, session) = match asked {
            Asked::Each(line) => (line.as_deref().map(asked_by), Vec::new()),
            Asked::Session(lines) => {
                let lines = lines.split_inclusive(|&byte| byte == b'\n');
                (None, lines.filter_map(|line| Command::parse(line).ok()).collect())
            }
        };
        let greeted = matches!(asked, Asked::Each(_));
        Self { each, session: session.into_iter().peekable(), greeted }
    }

    /// The command that `answers` begins with the answer of.
    fn next(&mut self, answers: &[u8]) -> Option<Command<'a>> {
        if self.each.is_some() || !std::mem::replace(&mut self.greeted, true) {
            return self.each;
        }
        let single = self.session.peek().is_some_and(|command| command.answer() == Answer::Status);
        // Who recorded a session and took the lines of its exchanges out may have taken a `UIDL` behind them for one: it is
        // base64 too. A number behind a status line is no answer to a command with a single line.
        let second = answers.split(|&byte| byte == b'\n').nth(1).and_then(<[u8]>::first);
        if single && second.is_some_and(u8::is_ascii_digit) {
            return Some(Command::Uidl(None));
        }
        self.session.next()
    }
}

/// The command that was named, perhaps without its arguments: what is answered is the same.
fn asked_by(line: &[u8]) -> Command<'_> {
    match line.to_ascii_uppercase().trim_ascii() {
        b"RETR" => Command::Retr(NonZeroU32::MIN),
        b"TOP" => Command::Top { message: NonZeroU32::MIN, lines: 0 },
        _ => Command::parse(line).unwrap_or(Command::Noop),
    }
}

fn flush(chunk: &mut Option<u64>, end: u64, out: &mut dyn FnMut(Line)) {
    if let Some(offset) = chunk.take() {
        out(Line { offset, length: end - offset, what: What::Chunk });
    }
}

fn rest(taken: usize, input: &[u8], out: &mut dyn FnMut(Line)) {
    if taken < input.len() {
        out(Line { offset: taken as u64, length: (input.len() - taken) as u64, what: What::Rest });
    }
}

/// A frame whose end can't be known is all that is left. The line may have been taken: it is not part of a frame before.
fn failed(error: FrameError, offset: u64, input: &[u8]) -> Line {
    let before = usize::try_from(offset).ok().and_then(|offset| input.get(..offset)).unwrap_or(input);
    // The reader has taken the line that it could not end: back to its first octet.
    let whole = before.strip_suffix(b"\n").unwrap_or(before);
    let start = whole.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let at = usize::try_from(error.at()).unwrap_or(usize::MAX).saturating_sub(start);
    let what = What::Error { error: error.to_string(), at };
    Line { offset: start as u64, length: (input.len() - start) as u64, what }
}

fn line<'b, T>(frame: &Frame<'b, T>, read: impl FnOnce(&Frame<'b, T>, &mut Read)) -> Line
where
    T: frame::Value<Defect = Pop3Defect>,
{
    let what = if let Err(error) = frame.value() {
        What::Error { error: error.to_string(), at: error.offset() }
    } else {
        let mut found = Read::default();
        read(frame, &mut found);
        if frame.defects().contains(Pop3Defect::LongLine) {
            defects(&[Defect::new(Pop3Defect::LongLine, 0..frame.raw().len())], 0, &mut found);
        }
        What::Frame(found)
    };
    Line { offset: frame.at(), length: frame.len(), what }
}

fn command(frame: &Frame<'_, Command<'_>>, read: &mut Read) {
    let mut found: Vec<Defect<Pop3Defect>> = Vec::new();
    let leniency = Leniency::default();
    if let Ok(Command::Sasl(_)) = frame.value() {
        let _ = Command::parse_sasl(frame.raw(), &leniency, &mut found);
    } else if let Ok(Command::Unknown(unknown)) = Command::parse_with(frame.raw(), &leniency, &mut found) {
        read.raw.push(word(unknown.verb()));
    }
    read.members.push(("command".into(), string(&frame.redacted().to_string())));
    defects(&found, 0, read);
}

/// A word that may be shown: a password that stands alone is longer, or has more than letters in it.
fn word(word: &[u8]) -> String {
    match core::str::from_utf8(word) {
        Ok(text) if word.len() <= 4 && word.iter().all(u8::is_ascii_alphabetic) => text.to_ascii_uppercase(),
        _ => "(a word)".to_owned(),
    }
}

fn response(frame: &Frame<'_, Response<'_>>, due: Option<&Command<'_>>, read: &mut Read) {
    let Ok(value) = frame.value() else { return };
    let mut found: Vec<Defect<Pop3Defect>> = Vec::new();
    let leniency = Leniency::default();
    match value {
        Response::Status(status) => {
            let _ = Status::parse_with(frame.raw(), &leniency, &mut found);
            defects(&found, 0, read);
            status_line(&status, frame.raw(), due, read);
        }
        Response::Challenge(challenge) => {
            let answer = due.map_or(Answer::Status, Command::answer);
            let _ = Response::parse_first(frame.raw(), answer, &leniency, &mut found);
            defects(&found, 0, read);
            read.members.push(("challenge".into(), challenge.secret().expose().len().to_string()));
            if let Err(error) = challenge.base64() {
                invalid("challenge", error, tail(frame.raw(), challenge.secret().expose()), read);
            }
        }
        Response::Line(listed) => {
            let _ = Response::parse_listed(frame.raw(), listed.listing(), &leniency, &mut found);
            defects(&found, 0, read);
            entry(&listed, frame.raw(), read);
        }
        Response::EndOfListing => read.members.push(("end".into(), string("listing"))),
        Response::EndOfMessage(tally) => {
            read.members.push(("end".into(), string("message")));
            read.members.push(("octets".into(), tally.octets().to_string()));
            read.members.push(("lines".into(), tally.lines().to_string()));
            for kind in frame.defects().iter() {
                read.defects.push((kind.name(), kind.severity().to_string(), 0, frame.raw().len()));
            }
        }
        _ => {}
    }
}

fn status_line(status: &Status<'_>, raw: &[u8], due: Option<&Command<'_>>, read: &mut Read) {
    read.members.push(("status".into(), string(if status.is_ok() { "+OK" } else { "-ERR" })));
    if let Some(code) = status.code() {
        read.members.push(("code".into(), string(&code.to_string())));
        if !KNOWN.iter().any(|&known| code.is_within(known)) {
            read.raw.push(format!("[{code}]"));
        }
    }
    let text = status.text();
    read.members.push(("text".into(), string(&text.to_string())));
    let at = tail(raw, text.as_bytes());
    match due {
        _ if !status.is_ok() => {}
        Some(Command::Stat) => match status.drop_listing() {
            Ok(listing) => {
                read.members.push(("messages".into(), listing.messages().to_string()));
                read.members.push(("octets".into(), listing.octets().to_string()));
            }
            Err(error) => invalid("STAT", error, at, read),
        },
        Some(Command::List(Some(_))) => match status.scan_listing() {
            Ok(listing) => {
                read.members.push(("message".into(), listing.message().to_string()));
                read.members.push(("octets".into(), listing.octets().to_string()));
            }
            Err(error) => invalid("LIST", error, at, read),
        },
        Some(Command::Uidl(Some(_))) => match status.unique_id_listing() {
            Ok(listing) => {
                read.members.push(("message".into(), listing.message().to_string()));
                read.members.push(("unique-id".into(), string(&listing.id().to_string())));
            }
            Err(error) => invalid("UIDL", error, at, read),
        },
        Some(Command::Lang(Some(_))) => match status.language_listing() {
            Ok(listing) => read.members.push(("language".into(), string(&listing.tag().to_string()))),
            Err(error) => invalid("LANG", error, at, read),
        },
        Some(_) => {}
        None => {
            if let Some(challenge) = status.apop_challenge() {
                let challenge = String::from_utf8_lossy(challenge.as_bytes());
                read.members.push(("apop-challenge".into(), string(&challenge)));
            }
        }
    }
}

const KNOWN: &[ResponseCode<'_>] = &[
    ResponseCode::AUTH,
    ResponseCode::IN_USE,
    ResponseCode::LOGIN_DELAY,
    ResponseCode::SYS,
    ResponseCode::UTF8,
];

fn entry(listed: &ListingLine<'_>, raw: &[u8], read: &mut Read) {
    let text = listed.text();
    let at = tail(raw, text.as_bytes());
    let mut found: Vec<Defect<Pop3Defect>> = Vec::new();
    match listed.entry_with(&mut found) {
        Ok(Entry::Size(listing)) => {
            read.members.push(("message".into(), listing.message().to_string()));
            read.members.push(("octets".into(), listing.octets().to_string()));
        }
        Ok(Entry::UniqueId(listing)) => {
            read.members.push(("message".into(), listing.message().to_string()));
            read.members.push(("unique-id".into(), string(&listing.id().to_string())));
        }
        Ok(Entry::Language(listing)) => {
            read.members.push(("language".into(), string(&listing.tag().to_string())));
            read.members.push(("text".into(), string(&listing.text().to_string())));
        }
        Ok(Entry::Mechanism(mechanism)) => {
            read.members.push(("mechanism".into(), string(&mechanism.to_string())));
        }
        Ok(Entry::Capability(capability)) => {
            read.members.push(("capability".into(), string(&text.to_string())));
            if let Capability::Unknown(unknown) = capability {
                read.raw.push(String::from_utf8_lossy(unknown.tag()).into_owned());
            }
        }
        Ok(_) => {}
        Err(error) => {
            read.members.push(("text".into(), string(&text.to_string())));
            invalid(&format!("{:?}", listed.listing()), error, at, read);
        }
    }
    defects(&found, at, read);
}

/// Where a text begins that ends its line.
fn tail(raw: &[u8], text: &[u8]) -> usize {
    let line = raw.strip_suffix(b"\r\n").unwrap_or(raw);
    line.len().saturating_sub(text.len())
}

fn invalid(name: &str, error: ParseError, at: usize, read: &mut Read) {
    read.invalid.push((name.to_owned(), error.to_string(), at + error.offset()));
}

fn defects(found: &[Defect<Pop3Defect>], at: usize, read: &mut Read) {
    read.defects.extend(found.iter().map(|defect| {
        let range = defect.range();
        (defect.kind().name(), defect.severity().to_string(), range.start + at, range.end + at)
    }));
}

//! What a client of SMTP may send.

use crate::feed::{bytewise, cuts_for, feed};
use mailwire_core::FrameError;
use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{Command, CommandReader, Leniency, Limits, SaslLine, SmtpDefect};

/// Any cut gives the same items; every command is written so that it says the same; nothing written ends its line early.
pub fn smtp_command(bytes: &[u8]) {
    let whole = items(bytes, &[]);
    assert_eq!(items(bytes, &bytewise(bytes.len())), whole);
    assert_eq!(items(bytes, &cuts_for(bytes)), whole);
    line(bytes);
}

#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Frame(u64, u64, String),
    Chunk(Vec<u8>),
    Final(FrameError),
}

fn items(stream: &[u8], cuts: &[usize]) -> Vec<Seen> {
    let limits = Limits::default().with_line(100).with_sasl_line(60).with_dropped(300);
    let mut reader = CommandReader::new(limits);
    let mut seen = Vec::new();
    feed(stream, cuts, |input| {
        let before = input.len();
        match reader.next(input) {
            Ok(None) => return false,
            Ok(Some(CommandItem::Frame(frame))) => {
                if matches!(frame.value(), Ok(Command::Auth(_))) {
                    reader.expect_sasl();
                }
                if let Ok(command) = frame.value() {
                    say_again(&command);
                }
                seen.push(Seen::Frame(frame.at(), frame.len(), format!("{frame:?} {:?}", frame.value())));
            }
            Ok(Some(CommandItem::Chunk(octets))) => {
                assert!(!octets.is_empty());
                match seen.last_mut() {
                    Some(Seen::Chunk(chunk)) => chunk.extend_from_slice(octets),
                    _ => seen.push(Seen::Chunk(octets.to_vec())),
                }
            }
            Err(error) => {
                assert_eq!(reader.next(input).unwrap_err(), error);
                if seen.last() == Some(&Seen::Final(error)) {
                    return false;
                }
                seen.push(Seen::Final(error));
                return true;
            }
        }
        assert!(input.len() < before, "an item takes something");
        true
    });
    seen
}

fn say_again(command: &Command<'_>) {
    let mut out = Vec::new();
    command.encode(&mut out);
    let text = out.strip_suffix(b"\r\n").expect("a whole line");
    assert!(!text.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{}", out.escape_ascii());
    let again = match command {
        Command::Sasl(_) => SaslLine::parse(&out).map(Command::Sasl),
        _ => Command::parse(&out),
    };
    assert_eq!(again.as_ref(), Ok(command), "{}", out.escape_ascii());
}

fn line(bytes: &[u8]) {
    let sink = &mut |_: SmtpDefect, range: std::ops::Range<usize>| assert!(range.end <= bytes.len());
    match Command::parse_with(bytes, &Leniency::default(), sink) {
        Ok(command) => {
            say_again(&command);
            if let Command::Mail(mailwire_smtp::Mail { parameters, .. })
            | Command::Rcpt(mailwire_smtp::Rcpt { parameters, .. }) = command
            {
                for invalid in parameters.iter().filter_map(Result::err) {
                    assert!(invalid.error().offset() <= invalid.text().len() + 64);
                }
            }
        }
        Err(error) => assert!(error.offset() <= bytes.len()),
    }
}

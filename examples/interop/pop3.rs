//! Dovecot: no POP3 command that it implements and we write is a mistake to it, and all that it answers is read.

use crate::Wire;
use mailwire::pop3::response::Entry;
use mailwire::pop3::{Command, Limits, Response, ResponseItem, ResponseReader};
use std::num::NonZeroU32;

struct Session {
    wire: Wire,
    responses: ResponseReader,
}

/// What a response held: its lines as they were, and the octets of a message.
#[derive(Default)]
struct Answer {
    ok: bool,
    lines: Vec<String>,
    body: Vec<u8>,
}

impl Session {
    fn open() -> Option<Self> {
        let wire = Wire::to("MAILWIRE_POP3")?;
        let mut session = Self { wire, responses: ResponseReader::new(Limits::default()) };
        assert!(session.answer().ok);
        Some(session)
    }

    fn answer(&mut self) -> Answer {
        let responses = &mut self.responses;
        let mut answer = Answer::default();
        self.wire.read(|input| {
            while let Some(item) = responses.next(input).unwrap() {
                match item {
                    ResponseItem::Chunk(chunk) => answer.body.extend_from_slice(chunk),
                    ResponseItem::Frame(frame) => match frame.value().unwrap() {
                        Response::Status(status) => {
                            answer.ok = status.is_ok();
                            answer.lines.push(status.text().to_string());
                        }
                        Response::Line(line) => {
                            if let Entry::Size(listing) = line.entry().unwrap() {
                                assert!(listing.octets() > 0);
                            }
                            answer.lines.push(line.text().to_string());
                        }
                        _ => {}
                    },
                }
            }
            responses.is_complete().then_some(())
        });
        answer
    }

    fn say(&mut self, command: &Command<'_>) -> Answer {
        let mut line = Vec::new();
        command.encode(&mut line);
        self.responses.expect(command);
        self.wire.write(&line);
        let answer = self.answer();
        let text = answer.lines.first().map_or("", String::as_str).to_lowercase();
        let mistake =
            ["unknown", "invalid", "not implemented", "bad "].iter().any(|word| text.contains(word));
        assert!(answer.ok || !mistake, "{} is answered with {text}", line.escape_ascii());
        answer
    }
}

#[test]
fn dovecot_takes_every_command() {
    crate::smtp::deliver();
    let Some(mut session) = Session::open() else { return };
    let one = NonZeroU32::MIN;
    assert!(session.say(&Command::Capa).lines.len() > 3);
    assert!(session.say(&Command::Mechanisms).ok);
    let name = Command::parse(b"USER alice\r\n").unwrap();
    let password = Command::parse(b"PASS wonderland\r\n").unwrap();
    assert!(session.say(&name).ok && session.say(&password).ok);
    assert!(session.say(&Command::Stat).ok);
    let listed = session.say(&Command::List(None));
    assert!(listed.ok && listed.lines.len() > 1, "what was delivered is there");
    assert!(session.say(&Command::List(Some(one))).ok);
    assert_eq!(session.say(&Command::Uidl(None)).lines.len(), listed.lines.len());
    assert!(session.say(&Command::Uidl(Some(one))).ok);
    let body = session.say(&Command::Retr(one)).body;
    let text = body.windows(8).any(|window| window == b"\r\n.a dot");
    assert!(text && body.ends_with(b"\r\n.\r\nthe end\r\n"), "{}", body.escape_ascii());
    let top = session.say(&Command::Top { message: one, lines: 1 }).body;
    assert!(top.ends_with(b"\r\n\r\n.a dot\r\n"), "{}", top.escape_ascii());
    assert!(session.say(&Command::Noop).ok);
    assert!(session.say(&Command::Dele(one)).ok);
    assert!(!session.say(&Command::Retr(one)).ok, "it was deleted");
    assert!(session.say(&Command::Rset).ok);
    assert!(session.say(&Command::Quit).ok);
}

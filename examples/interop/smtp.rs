//! Postfix, and the LMTP of Dovecot: no command and no parameter that we write is a mistake to them.

use crate::Wire;
use mailwire::address::{Address, ForwardPath, ReversePath};
use mailwire::core::DateTime;
use mailwire::smtp::{
    Body, By, ByMode, Chunk, ChunkWriter, Command, CommandText, DataWriter, Envid, HoldFor, Host, Limits,
    Mail, MtPriority, Notify, Orcpt, Parameter, Parameters, Rcpt, ReplyBuf, ReplyReader, Ret, Rrvs,
    RrvsAction, Xtext,
};

struct Session {
    wire: Wire,
    replies: ReplyReader,
}

impl Session {
    fn open(variable: &str) -> Option<Self> {
        let wire = Wire::to(variable)?;
        let mut session = Self { wire, replies: ReplyReader::new(Limits::default()) };
        assert!(session.reply().as_reply().code().is_completed());
        Some(session)
    }

    fn reply(&mut self) -> ReplyBuf {
        let replies = &mut self.replies;
        self.wire.read(|input| {
            let frame = replies.next(input).unwrap()?;
            assert!(frame.defects().is_empty(), "{frame:?}");
            Some(frame.value().unwrap().into_owned())
        })
    }

    /// Says it, and takes care that the server found no mistake in it.
    fn say(&mut self, command: &Command<'_>) -> u16 {
        let mut line = Vec::new();
        command.encode(&mut line);
        self.wire.write(&line);
        let reply = self.reply();
        let code = reply.as_reply().code().as_u16();
        let text = reply.as_reply().text().to_string();
        assert!(!matches!(code, 500 | 501), "{} is answered with {code} {text}", line.escape_ascii());
        code
    }

    fn host(&mut self, make: fn(Host<'static>) -> Command<'static>) {
        assert_eq!(self.say(&make(Host::new(b"client.example.test").unwrap())), 250);
    }

    fn mail(&mut self, path: ReversePath<'_>, parameters: &[Parameter<'_>]) -> u16 {
        self.say(&Command::Mail(Mail { path, parameters: Parameters::new(parameters) }))
    }

    fn rcpt(&mut self, path: ForwardPath<'_>, parameters: &[Parameter<'_>]) -> u16 {
        self.say(&Command::Rcpt(Rcpt { path, parameters: Parameters::new(parameters) }))
    }
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn postfix_takes_every_command_and_parameter() {
    let Some(mut session) = Session::open("MAILWIRE_SMTP") else { return };
    session.host(Command::Helo);
    session.host(Command::Ehlo);
    let text = |text: &'static [u8]| CommandText::new(text).unwrap();
    for command in [
        Command::Noop(None),
        Command::Noop(Some(text(b"are you there?"))),
        Command::Rset,
        Command::Vrfy(text(b"alice@example.test")),
        Command::Etrn(text(b"example.test")),
    ] {
        session.say(&command);
    }
    let now = DateTime::from_unix(1_900_000_000, 60).unwrap();
    let envid = |text: &'static str| Envid::new(text.as_bytes()).unwrap();
    let xtext = |text: &'static str| Xtext::new(text.as_bytes()).unwrap();
    let by = By::new(120, ByMode::Return).unwrap();
    let sender = address("sender@example.test");
    for parameter in [
        Parameter::Size(1000),
        Parameter::Size(0),
        Parameter::Body(Body::SevenBit),
        Parameter::Body(Body::EightBitMime),
        Parameter::SmtpUtf8,
        Parameter::Ret(Ret::Full),
        Parameter::Ret(Ret::Headers),
        Parameter::Envid(envid("a+b=c d")),
        Parameter::Auth(None),
        Parameter::Auth(Some(xtext("e=mc2@example.com"))),
        Parameter::By(by),
        Parameter::By(by.traced()),
        Parameter::HoldFor(HoldFor::new(60).unwrap()),
        Parameter::HoldUntil(now),
        Parameter::MtPriority(MtPriority::new(-3).unwrap()),
        Parameter::RequireTls,
    ] {
        session.mail((&sender).into(), &[parameter]);
        session.say(&Command::Rset);
    }
    assert_eq!(
        session.mail(ReversePath::Null, &[Parameter::Ret(Ret::Full), Parameter::Envid(envid("x"))]),
        250
    );
    for parameter in [
        Parameter::Notify(Notify::NEVER),
        Parameter::Notify(Notify::SUCCESS.and(Notify::FAILURE).and(Notify::DELAY)),
        Parameter::Orcpt(Orcpt::new("alice+box@example.test").unwrap()),
        Parameter::Orcpt(Orcpt::new("jörg@example.test").unwrap()),
        Parameter::Rrvs(Rrvs { since: now, action: Some(RrvsAction::Continue) }),
    ] {
        session.rcpt((&address("alice@example.test")).into(), &[parameter]);
    }
    for recipient in ["\"a b\"@example.test", "\"a>b\"@example.test", "a'b+c@[127.0.0.1]", "a@[IPv6:::1]"] {
        session.rcpt((&address(recipient)).into(), &[]);
    }
    session.rcpt(ForwardPath::Postmaster, &[]);
    session.say(&Command::Rset);
    // Characters outside ASCII.
    session.mail((&address("jörg@example.test")).into(), &[Parameter::SmtpUtf8]);
    session.say(&Command::Rset);
    assert_eq!(session.say(&Command::StartTls) / 100, 2);
}

/// A body with everything that dots can do comes through DATA and through BDAT, and is accepted.
#[test]
fn postfix_takes_bodies_both_ways() {
    let Some(mut session) = Session::open("MAILWIRE_SMTP") else { return };
    session.host(Command::Ehlo);
    let body = b"From: a@example.test\r\nSubject: dots\r\n\r\n.one\r\n..two\r\n.\r\nQUIT\r\nthe end\r\n";
    let (sender, recipient) = (address("sender@example.test"), address("alice@example.test"));
    let envelope = |session: &mut Session| {
        assert_eq!(session.mail((&sender).into(), &[Parameter::Size(body.len() as u64)]), 250);
        assert_eq!(session.rcpt((&recipient).into(), &[]), 250);
    };
    envelope(&mut session);
    assert_eq!(session.say(&Command::Data), 354);
    let mut writer = DataWriter::new();
    for piece in body.chunks(7) {
        for slice in writer.stuff(piece).unwrap() {
            session.wire.write(slice);
        }
    }
    session.wire.write(writer.finish().unwrap());
    assert_eq!(session.reply().as_reply().code().as_u16(), 250);
    envelope(&mut session);
    let mut writer = ChunkWriter::new();
    let mut pieces = body.chunks(25).peekable();
    while let Some(piece) = pieces.next() {
        let chunk = if pieces.peek().is_some() { Chunk::More } else { Chunk::Last };
        let wire = writer.write(piece, chunk).unwrap();
        session.wire.write(&wire.slices().concat());
        assert_eq!(session.reply().as_reply().code().as_u16(), 250);
    }
    assert_eq!(session.say(&Command::Quit), 221);
}

#[test]
fn dovecot_takes_mail_by_lmtp() {
    deliver();
}

/// Mail for who reads it by POP3.
pub fn deliver() {
    let Some(mut session) = Session::open("MAILWIRE_LMTP") else { return };
    session.host(Command::Lhlo);
    assert_eq!(session.mail((&address("sender@example.test")).into(), &[]), 250);
    assert_eq!(session.rcpt((&address("alice@example.test")).into(), &[]), 250);
    assert_eq!(session.say(&Command::Data), 354);
    let mut writer = DataWriter::new().with_line_ends(mailwire::smtp::data::LineEnds::Normalise);
    let body = b"From: a@example.test\nSubject: by LMTP\n\n.a dot\n.\nthe end\n";
    let wire = writer.stuff(body).unwrap().flatten().copied().collect::<Vec<u8>>();
    session.wire.write(&wire);
    session.wire.write(writer.finish().unwrap());
    assert_eq!(session.reply().as_reply().code().as_u16(), 250);
    assert_eq!(session.say(&Command::Quit), 221);
}

//! SMTP's server, with a client that says anything.

use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::Mechanism;
use mailwire_sasl::server::{Answer as SaslAnswer, Config};
use mailwire_smtp::config::{Authentication, Extensions, PipelineSync, PlaintextAuth, StartTls};
use mailwire_smtp::{
    Answer, Code, Limits, PeerError, Protocol, ReplyText, Server, ServerConfig, ServerEvent, ServerName,
    Strays,
};

/// The first octet is the configuration, the second says how the application answers, the rest is what the client sends.
///
/// What is asked makes sense in the mail that is open, what is said are replies, nothing is said twice of one end, an error is
/// final, and how the stream was cut changes nothing.
pub fn smtp_server(bytes: &[u8]) {
    let [configuration, answers, stream @ ..] = bytes else { return };
    let whole = run(*configuration, *answers, stream, stream.len().max(1));
    for size in [1, 5] {
        let pieces = run(*configuration, *answers, stream, size);
        // Whether something waits behind DATA, or STARTTLS, is a question of how the stream was cut.
        if matches!(whole.end, End::Error(PeerError::OutOfTurn | PeerError::Injected)) {
            continue;
        }
        if matches!(pieces.end, End::Error(PeerError::Injected) | End::Upgrade) {
            continue;
        }
        assert_eq!(pieces, whole, "in pieces of {size}");
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    said: Vec<u8>,
    bodies: Vec<Vec<u8>>,
    end: End,
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    Open,
    Closed,
    Upgrade,
    Error(PeerError),
}

fn config(bits: u8) -> ServerConfig {
    let is = |bit: u8| bits & (1 << bit) != 0;
    let mut config = ServerConfig::new(ServerName::new("mx.test").unwrap())
        .with_sync(PipelineSync::Off)
        .with_max_size(is(0).then_some(40))
        .with_plaintext_auth(PlaintextAuth::Allow)
        .with_limits(
            Limits::default().with_line(80).with_errors(6).with_junk(6).with_recipients(3).with_chunks(8),
        );
    if is(1) {
        config = config.with_protocol(Protocol::Lmtp);
    }
    if is(2) {
        config = config.with_mechanism(Mechanism::PLAIN).with_mechanism(Mechanism::LOGIN);
    }
    if is(3) {
        config = config.with_authentication(Authentication::Required);
    }
    if is(4) {
        config = config.with_strays(Strays::Keep);
    }
    if is(5) {
        config = config.with_start_tls(StartTls::Offered);
    }
    if is(6) {
        let extensions = Extensions::default().with(Extensions::BINARYMIME).with(Extensions::DSN);
        config = config.with_extensions(extensions.with(Extensions::XCLIENT).with(Extensions::VRFY));
    }
    config
}

/// What the mail that is open is like, as an application believes it to be.
#[derive(Default)]
struct Mail {
    is_open: bool,
    recipients: u32,
    is_body: bool,
    body: Vec<u8>,
}

struct Application {
    mail: Mail,
    has_hello: bool,
    bodies: Vec<Vec<u8>>,
    /// The bits of its answers: yes or no, over and over.
    answers: u8,
}

impl Application {
    fn says_yes(&mut self) -> bool {
        self.answers = self.answers.rotate_left(1);
        self.answers & 1 == 0
    }

    /// A yes, or a no.
    fn decide(&mut self, server: &mut Server) -> bool {
        let yes = self.says_yes();
        if yes {
            server.accept().unwrap();
        } else {
            server.reply(Answer::new(Code::LOCAL_ERROR, ReplyText::clipped("no"))).unwrap();
        }
        yes
    }

    fn on_event(&mut self, event: ServerEvent<'_>, server: &mut Server) {
        match event {
            ServerEvent::Connected => server.accept().unwrap(),
            ServerEvent::Hello(_) if self.decide(server) => {
                self.has_hello = true;
                self.mail = Mail::default();
            }
            ServerEvent::Mail(_) => {
                assert!(self.has_hello && !self.mail.is_open);
                self.mail.is_open = self.decide(server);
            }
            ServerEvent::Recipient(_) => {
                assert!(self.mail.is_open && self.mail.recipients < 3);
                self.mail.recipients += u32::from(self.decide(server));
                assert_eq!(server.recipients(), self.mail.recipients);
            }
            ServerEvent::Data => {
                assert!(self.mail.recipients > 0 && !self.mail.is_body);
                self.mail.is_body = self.decide(server);
            }
            ServerEvent::Chunk(chunk) => {
                assert!(self.mail.is_body && !chunk.is_empty());
                self.mail.body.extend_from_slice(chunk);
                assert!(server.config().max_size.is_none_or(|max| self.mail.body.len() as u64 <= max));
            }
            ServerEvent::EndOfData(tally) => {
                let mail = core::mem::take(&mut self.mail);
                assert!(mail.is_body);
                assert_eq!(tally.octets(), mail.body.len() as u64);
                self.bodies.push(mail.body);
                let answers = if server.config().protocol == Protocol::Lmtp { mail.recipients } else { 1 };
                for _ in 0..answers {
                    self.decide(server);
                }
                assert!(server.accept().is_err());
            }
            ServerEvent::Discarded { code } => {
                assert!(code.is_permanent() && self.mail.is_body);
                self.mail = Mail::default();
            }
            ServerEvent::Reset => self.mail = Mail::default(),
            ServerEvent::Auth(_) => {
                assert!(self.has_hello && !self.mail.is_open);
                server.authenticate(Config::default()).unwrap();
            }
            ServerEvent::Credentials => {
                let yes = self.says_yes();
                assert!(server.need().is_some());
                server.provide(if yes { SaslAnswer::Accept } else { SaslAnswer::Reject }).unwrap();
            }
            ServerEvent::Xclient(_) if self.decide(server) => self.has_hello = false,
            ServerEvent::Vrfy(_) | ServerEvent::Expn(_) | ServerEvent::Etrn(_) | ServerEvent::Xforward(_) => {
                self.decide(server);
            }
            ServerEvent::Authenticated => assert!(server.identity().is_some()),
            _ => {}
        }
    }
}

fn run(configuration: u8, answers: u8, stream: &[u8], size: usize) -> Outcome {
    let mut session = Buffered::new(Server::new(config(configuration)));
    let mut application =
        Application { mail: Mail::default(), has_hello: false, bodies: Vec::new(), answers };
    let mut outcome = Outcome { said: Vec::new(), bodies: Vec::new(), end: End::Open };
    for piece in core::iter::once(&b""[..]).chain(stream.chunks(size)) {
        session.push(piece);
        outcome.end = loop {
            match session.poll() {
                Ok((Step::Event(event), server)) => application.on_event(event, server),
                Ok((Step::NeedInput, _)) => break End::Open,
                Ok((Step::Closed, _)) => break End::Closed,
                Ok((Step::Upgrade(_), _)) => break End::Upgrade,
                Ok((step, _)) => panic!("{step:?}"),
                Err(error) => break End::Error(error),
            }
        };
        while let Some(octets) = session.machine_mut().transmit() {
            outcome.said.extend_from_slice(&octets);
        }
        if outcome.end != End::Open {
            break;
        }
        assert!(session.rest().len() < 12_288);
    }
    if let End::Error(error) = outcome.end {
        assert_eq!(session.poll().map(|_| ()), Err(error));
    }
    for line in outcome.said.split_inclusive(|&octet| octet == b'\n') {
        let [code @ .., _, _] = line.get(..5).unwrap() else { panic!() };
        assert!(
            code.iter().all(u8::is_ascii_digit) && matches!(line[3], b' ' | b'-'),
            "{}",
            line.escape_ascii()
        );
        assert!(line.ends_with(b"\r\n") && line.iter().filter(|&&octet| octet < b' ').count() == 2);
    }
    outcome.bodies = application.bodies;
    outcome
}

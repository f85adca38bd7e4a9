//! Runs a transcript against a server.

use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::server::{Answer as SaslAnswer, Config as SaslConfig, Need};
use mailwire_sasl::{Mechanism, scram};
use mailwire_smtp::config::{Authentication, Extensions, PipelineSync, PlaintextAuth, ProxyHeader, StartTls};
use mailwire_smtp::{
    Answer, Code, Limits, PeerError, Protocol, ReplyText, Security, Server, ServerConfig, ServerEvent,
    ServerName, Strays,
};

/// A transcript: lines of what the client sends, and of what it has to be told.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) name: String,
    config: Vec<String>,
    pub(crate) steps: Vec<Turn>,
    pub(crate) end: String,
    /// What the client says arrives in one piece: cut in another way it is another vector.
    pub(crate) together: bool,
    /// There is no greeting.
    is_early: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Turn {
    pub(crate) client: Vec<u8>,
    /// How each line begins that it is told.
    pub(crate) server: Vec<String>,
    /// A hello: told as many lines as there are.
    is_hello: bool,
    pub(crate) is_upgrade: bool,
}

/// What came of a session.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) said: String,
    pub(crate) bodies: Vec<Vec<u8>>,
    pub(crate) events: Vec<String>,
    pub(crate) end: String,
}

impl Script {
    /// All of a file. `C:` a line of the client's; `C>` octets without an end, with escapes; `S:` how a line of the server's begins;
    /// `EHLO` a hello and its answer; `TLS` the handshake.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        text.split("\n---\n").map(Self::read).collect()
    }

    fn read(text: &str) -> Self {
        let mut script = Self {
            name: String::new(),
            config: Vec::new(),
            steps: vec![Turn::default()],
            end: "open".into(),
            together: false,
            is_early: false,
        };
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (key, value) = line.split_once(' ').unwrap_or((line, ""));
            let last = script.steps.last_mut().unwrap();
            match key {
                "name:" => script.name = value.into(),
                "config:" => script.config = value.split(' ').map(Into::into).collect(),
                "together" => script.together = true,
                "ungreeted" => script.is_early = true,
                "end:" => script.end = value.into(),
                "C:" | "C>" => {
                    let mut octets = unescape(value);
                    if key == "C:" {
                        octets.extend_from_slice(b"\r\n");
                    }
                    if last.server.is_empty() && !last.is_upgrade {
                        last.client.extend(octets);
                    } else {
                        script.steps.push(Turn { client: octets, ..Turn::default() });
                    }
                }
                "S:" => {
                    last.server.push(value.into());
                }
                "EHLO" | "LHLO" => {
                    let client = format!("{key} c.test\r\n").into_bytes();
                    script.steps.push(Turn {
                        client,
                        server: vec!["250-mx.test".into()],
                        is_hello: true,
                        ..Turn::default()
                    });
                }
                "TLS" => script.steps.push(Turn { is_upgrade: true, ..Turn::default() }),
                other => panic!("{}: {other}", script.name),
            }
        }
        script
    }

    pub(crate) fn server(&self) -> Server {
        let mut config = ServerConfig::new(ServerName::new("mx.test").unwrap());
        for word in &self.config {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            let number = || value.parse::<u32>().unwrap();
            let limits = config.limits;
            config = match key {
                "lmtp" => config.with_protocol(Protocol::Lmtp),
                "starttls" => config.with_start_tls(StartTls::Offered),
                "starttls-required" => config.with_start_tls(StartTls::Required),
                "tls" => config.with_security(Security::Tls),
                "auth" => config.with_mechanism(Mechanism::new(value.as_bytes()).unwrap()),
                "auth-required" => config.with_authentication(Authentication::Required),
                "plaintext" => config.with_plaintext_auth(PlaintextAuth::Allow),
                "size" => config.with_max_size(Some(u64::from(number()))),
                "keep" => config.with_strays(Strays::Keep),
                "refuse-bare-lf" => config.with_strays(Strays::RefuseBareLf),
                "report" => config.with_sync(PipelineSync::Report),
                "off" => config.with_sync(PipelineSync::Off),
                "proxy" => config.with_proxy(ProxyHeader::Required),
                "errors" => config.with_limits(limits.with_errors(number())),
                "junk" => config.with_limits(limits.with_junk(number())),
                "chunks" => config.with_limits(limits.with_chunks(number())),
                "recipients" => config.with_limits(limits.with_recipients(number())),
                "none" => config.with_extensions(Extensions::NONE),
                "with" => {
                    let extension = match value {
                        "BINARYMIME" => Extensions::BINARYMIME,
                        "DSN" => Extensions::DSN,
                        "XCLIENT" => Extensions::XCLIENT,
                        "XFORWARD" => Extensions::XFORWARD,
                        "REQUIRETLS" => Extensions::REQUIRETLS,
                        "VRFY" => Extensions::VRFY.with(Extensions::EXPN).with(Extensions::ETRN),
                        other => panic!("{other}"),
                    };
                    let extensions = config.extensions.with(extension);
                    config.with_extensions(extensions)
                }
                other => panic!("{}: {other}", self.name),
            };
        }
        Server::new(config)
    }

    /// As written: each turn's octets cut by `cuts`, and what was said compared turn by turn.
    pub(crate) fn run(&self, cuts: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> Outcome {
        let mut session = Session::new(self.server());
        if self.is_early {
            // It has spoken before anybody listened.
            session.machine.push(&self.steps[0].client);
        }
        session.go();
        for (at, turn) in self.steps.iter().enumerate() {
            // What is said before the client has spoken is the greeting; only the first turn may ask for another.
            let before = if at == 0 { 0 } else { session.outcome.said.len() };
            if turn.is_upgrade {
                assert!(session.upgrades, "{}: no upgrade was offered", self.name);
                session.upgrades = false;
                session.machine.machine_mut().upgraded();
                session.go();
                continue;
            }
            let early = at == 0 && self.is_early;
            for piece in cuts(&turn.client).into_iter().filter(|_| !early) {
                session.machine.push(&piece);
                session.go();
            }
            let said: Vec<&str> = session.outcome.said[before..].split_terminator("\r\n").collect();
            let mut expected = turn.server.clone();
            if at == 0
                && (expected.is_empty() || !expected[0].starts_with("220"))
                && !self.end.starts_with("proxy")
                && !self.is_early
            {
                expected.insert(0, "220 mx.test ".into());
            }
            let fits = said.len() == expected.len() || turn.is_hello && said.len() > 1;
            let fits = fits
                && expected.iter().zip(&said).all(|(expected, said)| said.starts_with(expected.as_str()));
            assert!(
                fits,
                "{}: behind {}\nexpected {expected:?}\n    said {said:?}",
                self.name,
                turn.client.escape_ascii()
            );
        }
        session.outcome
    }
}

/// A server with an application that does what the client's words tell it to.
pub(crate) struct Session {
    pub(crate) machine: Buffered<Server>,
    pub(crate) outcome: Outcome,
    upgrades: bool,
    body: Vec<u8>,
}

impl Session {
    pub(crate) fn new(server: Server) -> Self {
        let outcome = Outcome { end: "open".into(), ..Outcome::default() };
        Self { machine: Buffered::new(server), outcome, upgrades: false, body: Vec::new() }
    }

    /// Until the machine wants more.
    pub(crate) fn go(&mut self) {
        let Self { machine: session, outcome, body, .. } = self;
        loop {
            match session.poll() {
                Ok((Step::Event(event), server)) => answer(event, server, outcome, body),
                Ok((Step::NeedInput, _)) => break,
                Ok((Step::Upgrade(_), _)) => {
                    self.upgrades = true;
                    break;
                }
                Ok((Step::Closed, _)) => {
                    outcome.end = "closed".into();
                    break;
                }
                Ok((step, _)) => panic!("{step:?}"),
                Err(error) => {
                    let again = session.poll().map(|_| ()).unwrap_err();
                    assert_eq!(error, again, "an error is final");
                    outcome.end = word(error).into();
                    break;
                }
            }
        }
        while let Some(octets) = session.machine_mut().transmit() {
            outcome.said.push_str(core::str::from_utf8(&octets).unwrap());
        }
    }
}

fn word(error: PeerError) -> &'static str {
    match error {
        PeerError::Frame(_) => "frame",
        PeerError::Eof => "eof",
        PeerError::Injected => "injected",
        PeerError::OutOfTurn => "out-of-turn",
        PeerError::Foreign(protocol) => protocol,
        PeerError::Tiresome => "tiresome",
        PeerError::Proxy => "proxy",
        _ => "error",
    }
}

/// A local part of three digits is the reply to the address; a body says what is said to it behind `X-Reply:`.
fn answer(event: ServerEvent<'_>, server: &mut Server, outcome: &mut Outcome, body: &mut Vec<u8>) {
    let asked = |server: &mut Server, address: &str| {
        let code = address.trim_start_matches('<').split('@').next().and_then(|local| local.parse().ok());
        match code.and_then(Code::new) {
            Some(code) => server.reply(Answer::new(code, ReplyText::new("as you wish").unwrap())).unwrap(),
            None => server.accept().unwrap(),
        }
    };
    match event {
        ServerEvent::Mail(mail) => asked(server, &mail.path.to_string()),
        ServerEvent::Recipient(rcpt) => asked(server, &rcpt.path.to_string()),
        ServerEvent::Chunk(chunk) => {
            assert!(!chunk.is_empty());
            body.extend_from_slice(chunk);
        }
        ServerEvent::EndOfData(_) => {
            let text = String::from_utf8_lossy(body).into_owned();
            let due = server.recipients();
            let lmtp = server.config().protocol == Protocol::Lmtp;
            outcome.bodies.push(core::mem::take(body));
            for _ in 0..if lmtp { due } else { 1 } {
                match text
                    .split_once("X-Reply: ")
                    .and_then(|(_, code)| Code::new(code.get(..3)?.parse().ok()?))
                {
                    Some(code) => {
                        server.reply(Answer::new(code, ReplyText::new("as you wish").unwrap())).unwrap();
                    }
                    None => server.accept().unwrap(),
                }
            }
        }
        ServerEvent::Auth(_) => {
            server.authenticate(SaslConfig::default().with_nonce("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")).unwrap();
        }
        ServerEvent::Credentials => {
            let answer = match server.need().unwrap() {
                Need::Password { authcid, password, .. }
                    if authcid == "tim" && password.matches(b"tanstaaftanstaaf") =>
                {
                    SaslAnswer::Accept
                }
                Need::Keys { hash, authcid, .. } => {
                    assert_eq!(authcid, "user");
                    let salt = [
                        0x5b, 0x6d, 0x99, 0x68, 0x9d, 0x12, 0x35, 0x8e, 0xec, 0xa0, 0x4b, 0x14, 0x12, 0x36,
                        0xfa, 0x81,
                    ];
                    SaslAnswer::Keys(scram::StoredKeys::derive(*hash, b"pencil", &salt, 4096).unwrap())
                }
                _ => SaslAnswer::Reject,
            };
            server.provide(answer).unwrap();
        }
        ServerEvent::Proxied(_)
        | ServerEvent::Discarded { .. }
        | ServerEvent::Reset
        | ServerEvent::Authenticated
        | ServerEvent::Refused(_)
        | ServerEvent::Quit => {}
        _ => server.accept().unwrap(),
    }
    match event {
        ServerEvent::Chunk(_) => {}
        ServerEvent::Discarded { .. } | ServerEvent::Reset => {
            body.clear();
            outcome.events.push(format!("{event:?}"));
        }
        event => outcome.events.push(format!("{event:?}").split(['(', ' ']).next().unwrap().into()),
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&octet, behind)) = rest.split_first() {
        rest = behind;
        match (octet, rest) {
            (b'\\', [b'r', behind @ ..]) => (octets.push(b'\r'), rest = behind).1,
            (b'\\', [b'n', behind @ ..]) => (octets.push(b'\n'), rest = behind).1,
            (b'\\', [b'0', behind @ ..]) => (octets.push(0), rest = behind).1,
            (b'\\', [b'x', a, b, behind @ ..]) => {
                octets.push(u8::from_str_radix(core::str::from_utf8(&[*a, *b]).unwrap(), 16).unwrap());
                rest = behind;
            }
            _ => octets.push(octet),
        }
    }
    octets
}

/// A server with small limits for what hostile octets do to it.
pub(crate) fn small() -> Server {
    let config = ServerConfig::new(ServerName::new("mx.test").unwrap())
        .with_sync(PipelineSync::Off)
        .with_max_size(Some(64))
        .with_start_tls(StartTls::Offered)
        .with_plaintext_auth(PlaintextAuth::Allow)
        .with_mechanism(Mechanism::PLAIN)
        .with_extensions(Extensions::default().with(Extensions::BINARYMIME))
        .with_limits(Limits::default().with_line(64).with_errors(8).with_junk(8));
    Server::new(config)
}

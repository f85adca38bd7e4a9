//! The client side of a session: SMTP, submission (RFC 6409) and LMTP (RFC 2033).
//!
//! ```text
//!  new ─▶ greeting ──220──▶ EHLO ──250──▶ STARTTLS? ──220──▶ Step::Upgrade ─▶ upgraded ─▶ EHLO again
//!                            │ 500 501 502 504 550               │ refused, none offered:
//!                            └──▶ HELO ──250──┐                  │ Required ends it, Opportunistic goes on
//!                                             ▼                  ▼
//!                                          AUTH? ◀───────────────┘
//!                                             │ 235, or a refusal
//!      ┌──────────────────────────────▶ Step::Idle ──quit──▶ QUIT ──221──▶ Step::Closed
//!      │                                      │ send
//!      │   outcome                            ▼
//!      ├────────────── refused ◀── MAIL, RCPT…, DATA: in one go where PIPELINING is offered
//!      │                                      │ 354, and somebody to get it
//!      │                                      ▼
//!      └──── end of data ◀── end_of_data ── Step::Blocked: data, data, …
//! ```
//!
//! Every reply is an event, and belongs to one command: what is unasked for, unreadable or out of its place ends the session.
//! Nobody can answer what [`transmit`](Machine::transmit) has not given out yet: such a reply is unasked for.
//! A mail has an [`Outcome`] for each recipient, however it ends.
//!
//! ```
//! use mailwire_core::{Buffered, Machine, Step, Upgrade};
//! use mailwire_sasl::Credentials;
//! use mailwire_smtp::client::{Authentication, Client, ReplyTo};
//! use mailwire_smtp::{ClientConfig, Envelope, Host};
//!
//! /// What the server says; runs until something has to be done.
//! fn hear(session: &mut Buffered<Client>, said: &str) -> Result<Step<ReplyTo>, Box<dyn core::error::Error>> {
//!     session.push(said.as_bytes());
//!     loop {
//!         match session.poll()?.0 {
//!             Step::Event(event) => println!("{:?}: {}", event.to, event.reply),
//!             Step::Upgrade(upgrade) => return Ok(Step::Upgrade(upgrade)),
//!             Step::Blocked => return Ok(Step::Blocked),
//!             Step::Idle => return Ok(Step::Idle),
//!             Step::Closed => return Ok(Step::Closed),
//!             Step::NeedInput => return Ok(Step::NeedInput),
//!         }
//!     }
//! }
//! /// What the client says.
//! fn said(session: &mut Buffered<Client>) -> String {
//!     let mut all = Vec::new();
//!     while let Some(octets) = session.machine_mut().transmit() {
//!         all.extend_from_slice(&octets);
//!     }
//!     String::from_utf8_lossy(&all).into_owned()
//! }
//!
//! let config = ClientConfig::new(Host::new(b"laptop.example.org")?)
//!     .with_credentials(Credentials::password("tim", "tanstaaftanstaaf"));
//! let mut session = Buffered::new(Client::new(config));
//!
//! hear(&mut session, "220 mx.example.com ESMTP\r\n")?;
//! assert_eq!(said(&mut session), "EHLO laptop.example.org\r\n");
//! hear(&mut session, "250-mx.example.com\r\n250 STARTTLS\r\n")?;
//! assert_eq!(said(&mut session), "STARTTLS\r\n");
//! let step = hear(&mut session, "220 go ahead\r\n")?;
//! assert_eq!(step, Step::Upgrade(Upgrade::Tls));
//! // Here the TLS handshake takes place. All that was learnt before it is forgotten.
//! session.machine_mut().upgraded();
//! assert_eq!(said(&mut session), "EHLO laptop.example.org\r\n");
//! hear(&mut session, "250-mx.example.com\r\n250-PIPELINING\r\n250-SIZE 35882577\r\n250 AUTH PLAIN LOGIN\r\n")?;
//! assert_eq!(said(&mut session), "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n");
//! assert_eq!(hear(&mut session, "235 2.7.0 welcome\r\n")?, Step::Idle);
//! assert_eq!(session.machine().authentication(), Authentication::Done);
//!
//! let envelope = Envelope::new("tim@example.org".parse()?)
//!     .with_recipient("bob@example.com".parse()?)
//!     .with_recipient("nobody@example.com".parse()?)
//!     .with_size(27);
//! session.machine_mut().send(&envelope)?;
//! assert_eq!(hear(&mut session, "")?, Step::NeedInput);
//! assert_eq!(said(&mut session), "MAIL FROM:<tim@example.org> SIZE=27\r\n\
//!     RCPT TO:<bob@example.com>\r\nRCPT TO:<nobody@example.com>\r\nDATA\r\n");
//! let step = hear(&mut session, "250 ok\r\n250 ok\r\n550 5.1.1 no such user\r\n354 go ahead\r\n")?;
//! assert_eq!(step, Step::Blocked);
//! let body = b"Subject: dots\r\n\r\n.hidden\r\n";
//! assert_eq!(session.machine_mut().data(body)?, body.len());
//! session.machine_mut().end_of_data()?;
//! assert_eq!(said(&mut session), "Subject: dots\r\n\r\n..hidden\r\n.\r\n");
//! assert_eq!(hear(&mut session, "250 2.0.0 queued as 17\r\n")?, Step::Idle);
//!
//! let outcome = session.machine_mut().take_outcome().ok_or("no outcome")?;
//! let said_of_each: Vec<String> = outcome.recipients().map(|fate| format!("{fate}")).collect();
//! assert_eq!(said_of_each, ["delivered: 250 2.0.0 queued as 17", "refused: 550 5.1.1 no such user"]);
//!
//! session.machine_mut().quit()?;
//! assert_eq!(said(&mut session), "QUIT\r\n");
//! assert_eq!(hear(&mut session, "221 bye\r\n")?, Step::Closed);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! Calls that begin something are for when the session is [`Step::Idle`]; they say so otherwise. What they return is about the
//! call alone: what the server thinks of it comes as events.

mod authenticate;
mod body;
mod calls;
mod event;
mod exchange;
mod outcome;
mod plan;
mod replies;
mod transaction;
mod wire;

pub use calls::{Aborted, SendError};
pub use event::{ClientEvent, ReplyTo};
pub use exchange::Authentication;
pub use outcome::{Fate, Outcome, Scope};
pub use plan::Unsendable;

use crate::command::Host;
use crate::{
    Capabilities, ClientConfig, Command, PeerError, Protocol, Reply, ReplyBuf, ReplyReader, Security,
};
use bytes::Bytes;
use core::fmt;
use exchange::Exchange;
use mailwire_core::{Machine, Patience, Step, Upgrade};
#[cfg(feature = "scram")]
use mailwire_sasl::scram::KeyRequest;
use mailwire_sasl::{Credentials, Message};
use transaction::{End, Left, Transaction};
use wire::Wire;

/// One session with a server. See the [module](self).
pub struct Client {
    config: ClientConfig,
    /// What the configuration brought, until it is used.
    credentials: Option<Credentials>,
    reader: ReplyReader,
    wire: Wire,
    phase: Phase,
    security: Security,
    /// The answer to EHLO, if that was the hello.
    hello: Option<ReplyBuf>,
    authentication: Authentication,
    exchange: Option<Exchange>,
    transactions: u32,
    transaction: Option<Transaction>,
    left: Left,
    outcome: Option<Outcome>,
    /// What stood behind the last reply. With nothing outstanding the server has no right to it.
    behind: Behind,
    closing: Option<ReplyBuf>,
    ending: Option<Ending>,
    failed: Option<PeerError>,
}

/// Where the session is: what is said next, once nothing is outstanding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Greeting,
    Hello(Hello),
    StartTls,
    Upgrade,
    Auth,
    /// The caller's turn.
    Ready,
    Quit,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hello {
    Extended,
    Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    Nothing,
    Octets,
}

/// What the driver has told, and what follows once all input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Eof,
    Expired(&'static str),
}

/// What the session waits for the caller to hand over, at [`Step::Blocked`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Awaited<'a> {
    /// The next piece of the body ([`data`](Client::data)), or its end ([`end_of_data`](Client::end_of_data)).
    Body,
    /// A key, derived here or elsewhere ([`provide`](Client::provide)).
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    Key(&'a KeyRequest),
    /// The response to this challenge of a relayed mechanism ([`provide`](Client::provide)); `None`: the initial one.
    Response(Option<&'a Message>),
}

impl Client {
    /// A session that begins: the server speaks first.
    pub fn new(mut config: ClientConfig) -> Self {
        Self {
            credentials: config.credentials.take(),
            reader: ReplyReader::new(config.limits).with_leniency(config.leniency),
            wire: Wire::new(),
            phase: Phase::Greeting,
            security: config.security,
            hello: None,
            authentication: Authentication::NotAsked,
            exchange: None,
            transactions: 0,
            transaction: None,
            left: Left::Nothing,
            outcome: None,
            behind: Behind::Nothing,
            closing: None,
            ending: None,
            failed: None,
            config,
        }
    }

    /// What the server announced, last. `None` before it did, and if it only knows HELO.
    pub fn capabilities(&self) -> Option<Capabilities<'_>> {
        self.hello.as_ref().map(|hello| hello.as_reply().capabilities())
    }

    /// What the stream is wrapped in.
    pub fn security(&self) -> Security {
        self.security
    }

    /// Where the authentication stands.
    pub fn authentication(&self) -> Authentication {
        self.authentication
    }

    /// What the server said of a failure inside the last authentication: the JSON of OAuth (RFC 7628 §3.2.2), the error's name
    /// in SCRAM.
    pub fn auth_refusal(&self) -> Option<&[u8]> {
        self.exchange.as_ref().and_then(Exchange::refusal)
    }

    /// What the session waits for, if it waits for the caller.
    pub fn awaited(&self) -> Option<Awaited<'_>> {
        match (&self.transaction, &self.exchange) {
            _ if self.phase == Phase::Closed || self.failed.is_some() || self.is_interrupted() => None,
            (Some(transaction), _) => transaction.wants_body(&self.wire).then_some(Awaited::Body),
            (None, Some(exchange)) if self.phase == Phase::Auth => exchange.awaited(),
            _ => None,
        }
    }

    /// What became of the last mail, once. It is there as soon as its transaction is over, also when the session is.
    ///
    /// If the transport fails, say [`eof`](Machine::eof), with whatever could still be read before it, and process until it
    /// is over: then it is there too.
    pub fn take_outcome(&mut self) -> Option<Outcome> {
        self.outcome.take()
    }

    /// The reply by which the server ended the session, if it did: a refusal to greet or to be greeted, or 421. What is to be
    /// sent to this host then meets the same.
    pub fn closing_reply(&self) -> Option<Reply<'_>> {
        self.closing.as_ref().map(ReplyBuf::as_reply)
    }

    /// Says what can be said now.
    fn advance(&mut self) {
        if self.is_interrupted() {
            return;
        }
        if let Some(transaction) = &mut self.transaction {
            if transaction.advance(&mut self.wire) {
                self.conclude();
            }
            return;
        }
        if !self.wire.is_quiet() {
            return;
        }
        match self.phase {
            Phase::Hello(hello) => self.say_hello(hello),
            Phase::StartTls => self.wire.say(ReplyTo::StartTls, |out| Command::StartTls.encode(out)),
            Phase::Auth => {
                let line = self.exchange.as_mut().and_then(Exchange::line);
                if let Some(line) = line {
                    self.wire.say(ReplyTo::Auth, |out| out.extend_from_slice(&line));
                }
            }
            _ => {}
        }
    }

    fn say_hello(&mut self, hello: Hello) {
        // It was a host's name when it was handed in.
        let Ok(host) = Host::new(&self.config.host) else { return };
        let command = match (self.config.protocol, hello) {
            (Protocol::Lmtp, _) => Command::Lhlo(host),
            (Protocol::Smtp, Hello::Extended) => Command::Ehlo(host),
            (Protocol::Smtp, Hello::Plain) => Command::Helo(host),
        };
        self.wire.say(ReplyTo::Hello, |out| command.encode(out));
    }

    /// The transaction is over, in order.
    fn conclude(&mut self) {
        if let Some(transaction) = self.transaction.take() {
            let (outcome, left) = transaction.finish();
            self.outcome = Some(outcome);
            self.left = left;
        }
    }

    /// The session is over, and with it what was on its way.
    fn close(&mut self, end: End<'_>) {
        self.wire.cut();
        self.phase = Phase::Closed;
        if let Some(transaction) = self.transaction.take() {
            self.outcome = Some(transaction.end(end));
        }
    }

    fn fail(&mut self, error: PeerError) -> PeerError {
        self.close(End::Lost);
        // After any other fault nobody knows what the server would take it for.
        if error == PeerError::NoTls {
            self.wire.say_last(Command::Quit);
        }
        *self.failed.insert(error)
    }

    /// Nothing more will come.
    fn end(&mut self, ending: Ending) -> Result<Step<ClientEvent<'static>>, PeerError> {
        match ending {
            // Nobody is silent who was not asked.
            Ending::Expired(_) if self.is_idle() => {
                self.ending = None;
                Ok(Step::Idle)
            }
            _ if self.is_idle() || self.phase == Phase::Quit => {
                self.close(End::Lost);
                Ok(Step::Closed)
            }
            Ending::Eof => Err(self.fail(PeerError::Eof)),
            Ending::Expired(kind) => Err(self.fail(PeerError::Expired(kind))),
        }
    }

    fn step(&self) -> Step<ClientEvent<'static>> {
        match self.phase {
            Phase::Closed => Step::Closed,
            Phase::Upgrade => Step::Upgrade(Upgrade::Tls),
            _ if self.awaited().is_some() => Step::Blocked,
            _ if self.is_idle() => Step::Idle,
            _ => Step::NeedInput,
        }
    }

    fn is_idle(&self) -> bool {
        self.phase == Phase::Ready
            && self.failed.is_none()
            && self.transaction.is_none()
            && self.wire.is_quiet()
            && !self.is_interrupted()
    }

    /// Whether the server says what it was not asked for. Nothing is said before it is known what that is.
    fn is_interrupted(&self) -> bool {
        self.wire.is_quiet() && self.behind == Behind::Octets
    }
}

impl fmt::Debug for Client {
    /// Nothing that was said is shown: it may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("phase", &self.phase)
            .field("security", &self.security)
            .field("authentication", &self.authentication)
            .field("awaited", &self.wire.awaited())
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

impl Machine for Client {
    type Event<'b> = ClientEvent<'b>;
    type Error = PeerError;

    fn process<'b>(&mut self, input: &mut &'b [u8]) -> Result<Step<ClientEvent<'b>>, PeerError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.phase == Phase::Closed {
            return Ok(Step::Closed);
        }
        if self.phase == Phase::Upgrade && !input.is_empty() {
            return Err(self.fail(PeerError::Injected));
        }
        let frame = self.reader.next(input).map_err(|error| self.fail(error.into()))?;
        self.behind = if input.is_empty() { Behind::Nothing } else { Behind::Octets };
        if let Some(frame) = frame {
            let reply = frame.value().map_err(|error| self.fail(PeerError::Unreadable(error)))?;
            let to = self.take(reply).map_err(|error| self.fail(error))?;
            return Ok(Step::Event(ClientEvent { to, reply, defects: frame.defects() }));
        }
        self.advance();
        match self.ending {
            Some(ending) => self.end(ending),
            None => Ok(self.step()),
        }
    }

    fn transmit(&mut self) -> Option<Bytes> {
        self.wire.transmit()
    }

    fn eof(&mut self) {
        self.ending = Some(Ending::Eof);
    }

    fn expired(&mut self) {
        let kind = self.patience().map_or("idle", |patience| patience.kind);
        self.ending = Some(Ending::Expired(kind));
    }

    fn upgraded(&mut self) {
        if self.phase == Phase::Upgrade {
            self.security = Security::Tls;
            self.hello = None;
            self.reader = ReplyReader::new(self.config.limits).with_leniency(self.config.leniency);
            self.phase = Phase::Hello(Hello::Extended);
            self.advance();
        }
    }

    fn patience(&self) -> Option<Patience> {
        let timeouts = &self.config.timeouts;
        let (kind, limit) = match self.wire.awaited() {
            Some(ReplyTo::Connection) => ("greeting", timeouts.greeting),
            Some(ReplyTo::Mail) => ("MAIL", timeouts.mail),
            Some(ReplyTo::Recipient(_)) => ("RCPT", timeouts.recipient),
            Some(ReplyTo::Data) => ("DATA", timeouts.data),
            Some(ReplyTo::Chunk) => ("data block", timeouts.block),
            Some(ReplyTo::Body | ReplyTo::RecipientBody(_) | ReplyTo::LoneDot) => {
                ("end of data", timeouts.end)
            }
            Some(ReplyTo::Quit) => ("QUIT", timeouts.quit),
            Some(_) => ("command", timeouts.command),
            None if self.transaction.is_some() => ("data block", timeouts.block),
            None if self.is_interrupted() && self.phase != Phase::Closed => ("command", timeouts.command),
            None => return None,
        };
        Some(Patience::new(kind, limit, self.wire.epoch()))
    }
}

const _: () = {
    const fn is<T: Send + Sync + 'static>() {}
    is::<Client>();
};

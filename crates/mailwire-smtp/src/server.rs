//! The server side of a session: SMTP, submission and LMTP.
//!
//! ```text
//!  new ─▶ Connected ──▶ Hello ◀──────────────── STARTTLS done
//!           220 │         │ 250                      ▲
//!               ▼         ▼                          │ 220, Step::Upgrade
//!              (QUIT)   ready ──STARTTLS─────────────┘
//!                        │  ▲ ──AUTH──▶ Auth ─▶ Credentials ─▶ Authenticated
//!                   Mail │  │ 4yz, 5yz, RSET, a new hello
//!                    250 ▼  │
//!                    in a mail ◀──────┐
//!               Recipient │  └─ 250 ──┘
//!                         ▼
//!        DATA or BDAT ─▶ Data ─354─▶ Chunk … Chunk ─▶ EndOfData ─250─▶ ready
//! ```
//!
//! What the client says is an event, and the application answers it: [`accept`](Server::accept), or
//! [`reply`](Server::reply) with whatever it has to say. **The class of the answer moves the state**, so what is on the wire and
//! what the machine believes can't part. One answer is owed at a time, and nothing is read before it is given. What can
//! only have one answer (a command out of order, a syntax error, NOOP) is answered by the machine.
//!
//! ```
//! use mailwire_core::{Buffered, Machine, Step};
//! use mailwire_smtp::{Answer, Code, ReplyText, Server, ServerConfig, ServerEvent, ServerName};
//!
//! let config = ServerConfig::new(ServerName::new("mx.example.org")?);
//! let mut session = Buffered::new(Server::new(config));
//! let mut mail = Vec::new();
//! let mut said = Vec::new();
//! for line in [
//!     "", "EHLO client.example\r\n", "MAIL FROM:<ann@client.example>\r\n", "RCPT TO:<bob@example.org>\r\n",
//!     "RCPT TO:<eve@example.org>\r\n", "DATA\r\n", "Subject: hi\r\n\r\n..\r\n.\r\n", "QUIT\r\n",
//! ] {
//!     session.push(line.as_bytes());
//!     while let (Step::Event(event), server) = session.poll()? {
//!         match event {
//!             ServerEvent::Recipient(rcpt) if rcpt.path.to_string().contains("eve") => {
//!                 server.reply(Answer::new(Code::MAILBOX_UNAVAILABLE, ReplyText::new("no such mailbox")?))?;
//!             }
//!             ServerEvent::Chunk(chunk) => mail.extend_from_slice(chunk),
//!             ServerEvent::Quit => {}
//!             _ => server.accept()?,
//!         }
//!     }
//!     while let Some(octets) = session.machine_mut().transmit() {
//!         said.extend_from_slice(&octets);
//!     }
//! }
//! assert_eq!(mail, b"Subject: hi\r\n\r\n.\r\n");
//! assert_eq!(
//!     String::from_utf8(said)?,
//!     "220 mx.example.org ESMTP\r\n\
//!      250-mx.example.org\r\n\
//!      250-SIZE 10240000\r\n\
//!      250-PIPELINING\r\n\
//!      250-8BITMIME\r\n\
//!      250-SMTPUTF8\r\n\
//!      250-CHUNKING\r\n\
//!      250-ENHANCEDSTATUSCODES\r\n\
//!      250 LIMITS RCPTMAX=1000\r\n\
//!      250 2.1.0 sender ok\r\n\
//!      250 2.1.5 recipient ok\r\n\
//!      550 no such mailbox\r\n\
//!      354 end data with <CRLF>.<CRLF>\r\n\
//!      250 2.0.0 accepted\r\n\
//!      221 2.0.0 bye\r\n",
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod answer;
mod auth;
mod body;
mod capabilities;
mod event;
mod foreign;
mod parameters;
mod says;
mod sequence;
mod session;

pub use event::{Hello, HelloVerb, Refusal, ServerEvent};

use crate::config::{PipelineSync, ProxyHeader};
use crate::proxy::ProxyInfo;
use crate::reader::CommandItem;
use crate::{CommandReader, DataReader, PeerError, Security, ServerConfig, Transmission};
use alloc::sync::Arc;
use alloc::vec::Vec;
use body::Incoming;
use bytes::Bytes;
use core::fmt;
use mailwire_core::{FrameError, Machine, Patience, Step, Upgrade};
use mailwire_sasl::server::{Identity, Need};
use says::Says;
use session::{MailTraits, Session, Transaction};

/// One session, from the greeting to the end. See the [module](self).
pub struct Server {
    config: Arc<ServerConfig>,
    phase: Phase,
    commands: CommandReader,
    /// What the application has to answer.
    owed: Option<Owed>,
    /// What it is told next.
    news: Option<News>,
    out: Vec<u8>,
    session: Session,
    mail: Transaction,
    /// The octets of a BDAT that are coming.
    incoming: Option<Incoming>,
    /// DATA has come with something behind it.
    body_waits: bool,
    errors: u32,
    junk: u32,
    out_of_turn: u32,
    epoch: u32,
    /// Octets of a body since the patience was renewed.
    block: usize,
    end: Option<End>,
}

#[derive(Debug)]
enum Phase {
    /// A proxy has to speak first.
    Proxy,
    /// Nobody has spoken.
    Start,
    /// The greeting is not yet written.
    Greeted,
    Commands,
    Data(DataReader),
    /// TLS has to begin.
    Upgrading,
    Over(Result<(), PeerError>),
}

/// What an answer is owed to.
#[derive(Clone, Copy, Debug)]
enum Owed {
    Greeting,
    Hello(HelloVerb),
    Mail(MailTraits),
    Recipient,
    Data,
    /// The first BDAT.
    Chunk,
    EndOfData,
    Auth,
    Credentials,
    Vrfy,
    Expn,
    Etrn,
    Xclient,
    Xforward,
}

/// An event that has nothing of the input in it.
#[derive(Clone, Copy, Debug)]
enum News {
    Credentials,
    Authenticated,
    Refused(crate::Code),
}

/// Why no more octets will come.
#[derive(Clone, Copy, Debug)]
enum End {
    Eof,
    Expired,
}

impl Server {
    /// A session with a client that has just connected. Many sessions may share one configuration.
    pub fn new(config: impl Into<Arc<ServerConfig>>) -> Self {
        let config = config.into();
        let phase = match config.proxy {
            ProxyHeader::None => Phase::Start,
            ProxyHeader::Required => Phase::Proxy,
        };
        let commands = Self::reader(&config, 0);
        let session = Session { security: config.security, ..Session::default() };
        Self {
            config,
            phase,
            commands,
            owed: None,
            news: None,
            out: Vec::new(),
            session,
            mail: Transaction::default(),
            incoming: None,
            body_waits: false,
            errors: 0,
            junk: 0,
            out_of_turn: 0,
            epoch: 0,
            block: 0,
            end: None,
        }
    }

    fn reader(config: &ServerConfig, at: u64) -> CommandReader {
        CommandReader::new(config.limits).with_leniency(config.leniency).starting_at(at)
    }

    /// What it was made with.
    pub fn config(&self) -> &ServerConfig {
        &self.config
    }

    /// What the stream is wrapped in.
    pub fn security(&self) -> Security {
        self.session.security
    }

    /// Who the client is, once it has been authenticated.
    pub fn identity(&self) -> Option<&Identity> {
        self.session.identity.as_ref()
    }

    /// What has to be looked up while [`ServerEvent::Credentials`] waits for its answer.
    pub fn need(&self) -> Option<&Need> {
        self.session.exchange.as_ref()?.need()
    }

    /// How the mail comes, for its [trace line](crate::Stamp).
    pub fn transmission(&self) -> Transmission {
        self.session.transmission(&self.mail)
    }

    /// How many recipients of the mail that is open have been accepted.
    pub fn recipients(&self) -> u32 {
        self.mail.recipients
    }

    /// How many commands have been refused since the last mail that was taken. Who wants to slow such a client down sleeps before
    /// the answer.
    pub fn errors(&self) -> u32 {
        self.errors
    }

    /// How often the client did not wait for its answer where it has to, under [`PipelineSync::Report`].
    pub fn out_of_turn(&self) -> u32 {
        self.out_of_turn
    }

    fn advance<'b>(&mut self, input: &mut &'b [u8]) -> Option<Step<ServerEvent<'b>>> {
        match &mut self.phase {
            Phase::Proxy => return self.proxy(input),
            Phase::Start => {
                if !input.is_empty() && self.is_out_of_turn() {
                    return None;
                }
                self.owed = Some(Owed::Greeting);
                return Some(Step::Event(ServerEvent::Connected));
            }
            Phase::Greeted if input.is_empty() => {}
            Phase::Greeted => {
                self.phase = Phase::Commands;
                if self.config.sync == PipelineSync::Enforce {
                    self.out.clear();
                }
                if self.is_out_of_turn() {
                    return None;
                }
            }
            Phase::Commands => {}
            Phase::Data(_) => return self.data(input),
            Phase::Upgrading if input.is_empty() => {
                // Nobody could read last words here: the client waits for TLS.
                let error = match self.end {
                    None => return Some(Step::Upgrade(Upgrade::Tls)),
                    Some(End::Eof) => PeerError::Eof,
                    Some(End::Expired) => PeerError::Expired(self.waits_for()),
                };
                self.phase = Phase::Over(Err(error));
                return None;
            }
            Phase::Upgrading => {
                self.cut(Says::INJECTED, PeerError::Injected);
                return None;
            }
            Phase::Over(_) => return None,
        }
        if self.has_chunk_ended() {
            return self.chunk_ended().map(Step::Event);
        }
        if self.incoming.is_none()
            && let Some(protocol) = foreign::first_octet(input)
        {
            self.cut(Says::FOREIGN, PeerError::Foreign(protocol));
            return None;
        }
        match self.commands.next(input) {
            Ok(None) => self.starve(),
            Ok(Some(CommandItem::Frame(frame))) if self.is_in_exchange() => {
                self.sasl(frame.value(), !input.is_empty());
                None
            }
            Ok(Some(CommandItem::Frame(frame))) => self.command(frame, !input.is_empty()).map(Step::Event),
            Ok(Some(CommandItem::Chunk(chunk))) => self.chunk(chunk).map(Step::Event),
            Err(error) => {
                let says = match error {
                    FrameError::BareLf { .. } => Says::BARE_LF_COMMAND,
                    FrameError::Length { .. } => Says::BAD_CHUNK,
                    _ => Says::TOO_LONG,
                };
                self.cut(says, PeerError::Frame(error));
                None
            }
        }
    }

    fn proxy<'b>(&mut self, input: &mut &'b [u8]) -> Option<Step<ServerEvent<'b>>> {
        match ProxyInfo::take(input) {
            Ok(None) => self.starve(),
            Ok(Some(info)) => {
                self.phase = Phase::Start;
                Some(Step::Event(ServerEvent::Proxied(info)))
            }
            // Whoever writes that is no proxy, and no client has been greeted: there is nobody to say anything to.
            Err(_) => {
                self.phase = Phase::Over(Err(PeerError::Proxy));
                None
            }
        }
    }

    /// There is not enough to go on.
    fn starve<E>(&mut self) -> Option<Step<E>> {
        match self.end {
            None => return Some(Step::NeedInput),
            Some(End::Eof) => self.phase = Phase::Over(Err(PeerError::Eof)),
            Some(End::Expired) => {
                let error = PeerError::Expired(self.waits_for());
                self.cut(Says::TIMEOUT, error);
            }
        }
        None
    }

    fn waits_for(&self) -> &'static str {
        match self.phase {
            Phase::Data(_) => "data block",
            Phase::Upgrading => "TLS",
            _ if self.incoming.is_some() => "data block",
            _ => "command",
        }
    }

    /// The client did not wait. True if the session is over by that.
    fn is_out_of_turn(&mut self) -> bool {
        match self.config.sync {
            PipelineSync::Enforce => {
                self.cut(Says::OUT_OF_TURN, PeerError::OutOfTurn);
                return true;
            }
            PipelineSync::Report => self.out_of_turn = self.out_of_turn.saturating_add(1),
            PipelineSync::Off => {}
        }
        false
    }

    /// The last words, and the end.
    fn cut(&mut self, says: Says, error: PeerError) {
        says.answer().encode(&mut self.out);
        self.phase = Phase::Over(Err(error));
    }

    fn begin_anew(&mut self, security: Security) {
        self.session = Session { security, ..Session::default() };
        self.mail = Transaction::default();
    }
}

impl fmt::Debug for Server {
    /// Nothing that was said is shown: it may be a part of an authentication.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("phase", &self.phase)
            .field("owed", &self.owed)
            .field("session", &self.session)
            .field("recipients", &self.mail.recipients)
            .field("errors", &self.errors)
            .finish_non_exhaustive()
    }
}

impl Machine for Server {
    type Event<'b> = ServerEvent<'b>;
    type Error = PeerError;

    fn process<'b>(&mut self, input: &mut &'b [u8]) -> Result<Step<ServerEvent<'b>>, PeerError> {
        loop {
            if let Some(news) = self.news.take() {
                return Ok(Step::Event(match news {
                    News::Credentials => ServerEvent::Credentials,
                    News::Authenticated => ServerEvent::Authenticated,
                    News::Refused(code) => ServerEvent::Refused(Refusal { code, line: None }),
                }));
            }
            if let Phase::Over(result) = self.phase {
                return result.map(|()| Step::Closed);
            }
            if self.owed.is_some() {
                return Ok(Step::Blocked);
            }
            if let Some(step) = self.advance(input) {
                return Ok(step);
            }
        }
    }

    fn transmit(&mut self) -> Option<Bytes> {
        if let Phase::Greeted = self.phase {
            self.phase = Phase::Commands;
        }
        if self.out.is_empty() { None } else { Some(Bytes::from(core::mem::take(&mut self.out))) }
    }

    fn eof(&mut self) {
        self.end = Some(End::Eof);
    }

    fn expired(&mut self) {
        // Nobody is silent who waits for an answer.
        if self.owed.is_none() {
            self.end.get_or_insert(End::Expired);
        }
    }

    fn upgraded(&mut self) {
        if let Phase::Upgrading = self.phase {
            self.begin_anew(Security::Tls);
            self.commands = Self::reader(&self.config, 0);
            self.phase = Phase::Commands;
            self.epoch = self.epoch.wrapping_add(1);
        }
    }

    fn patience(&self) -> Option<Patience> {
        match self.phase {
            Phase::Over(_) => None,
            _ if self.owed.is_some() => None,
            _ => Some(Patience::new(self.waits_for(), self.config.patience, self.epoch)),
        }
    }
}

//! An authentication on its way (RFC 4954).

use super::Awaited;
use crate::{PeerError, Reply, base64};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::Secret;
use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::{Client, ClientStep, Credentials, Mechanism, Message, SaslError};

/// Where the authentication of a session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Authentication {
    /// Nobody asked for it.
    #[default]
    NotAsked,
    /// It is going on.
    Pending,
    /// The server knows who we are.
    Done,
    /// The server offers no mechanism that the credentials suffice for, and that may be used on this stream.
    NoMechanism,
    /// The server says no; its reply was an event. It may be a matter of time (4yz).
    Refused,
    /// The exchange went wrong, and was given up.
    Failed(SaslError),
}

/// A mechanism's exchange, as SMTP carries it.
pub(super) struct Exchange {
    client: Client,
    mechanism: String,
    next: Next,
    /// A first message that was too long for its line: the answer to the empty challenge.
    held: Option<Message>,
    /// Why it was given up.
    failed: Option<SaslError>,
}

/// What comes next of it.
enum Next {
    /// This is to be said.
    Line(Vec<u8>),
    #[cfg(feature = "scram")]
    Key(mailwire_sasl::scram::KeyRequest),
    Response(Option<Message>),
    /// The server's turn.
    Reply,
}

/// RFC 4954 §4: the whole line of AUTH.
const LINE: usize = 512;

impl Exchange {
    pub(super) fn new(
        mechanism: Mechanism<'_>,
        credentials: Credentials,
        limits: mailwire_sasl::Limits,
    ) -> Result<Self, SaslError> {
        let mut client = Client::new(mechanism, credentials)?.with_limits(limits);
        let step = client.step(None)?;
        let mechanism = String::from(mechanism.as_str());
        let mut exchange = Self { client, mechanism, next: Next::Reply, held: None, failed: None };
        match step {
            ClientStep::Send(message) => exchange.begin(Some(message)),
            // The mechanism's name goes out with what is provided.
            ClientStep::NeedResponse(challenge) => exchange.next = Next::Response(challenge),
            _ => exchange.begin(None),
        }
        Ok(exchange)
    }

    /// Names the mechanism, and says the first message with it if there is room.
    fn begin(&mut self, initial: Option<Message>) {
        let mut line = Vec::from(*b"AUTH ");
        line.extend_from_slice(self.mechanism.as_bytes());
        let alone = line.len();
        if let Some(message) = initial {
            line.push(b' ');
            match message.expose() {
                b"" => line.push(b'='),
                octets => line.extend_from_slice(base64::encode(octets).as_bytes()),
            }
            if line.len() + 2 > LINE {
                line.truncate(alone);
                self.held = Some(message);
            }
        }
        line.extend_from_slice(b"\r\n");
        self.next = Next::Line(line);
    }

    /// What is to be said now.
    pub(super) fn line(&mut self) -> Option<Vec<u8>> {
        match core::mem::replace(&mut self.next, Next::Reply) {
            Next::Line(line) => Some(line),
            other => {
                self.next = other;
                None
            }
        }
    }

    /// What the caller has to provide.
    pub(super) fn awaited(&self) -> Option<Awaited<'_>> {
        match &self.next {
            #[cfg(feature = "scram")]
            Next::Key(request) => Some(Awaited::Key(request)),
            Next::Response(challenge) => Some(Awaited::Response(challenge.as_ref())),
            Next::Line(_) | Next::Reply => None,
        }
    }

    pub(super) fn provide(&mut self, answer: ClientAnswer) -> Result<(), SaslError> {
        match self.client.provide(answer) {
            Ok(step) if !self.has_begun() => {
                self.begin(match step {
                    ClientStep::Send(message) => Some(message),
                    _ => None,
                });
                Ok(())
            }
            Ok(step) => {
                self.follow(step);
                Ok(())
            }
            Err(error @ SaslError::Usage(_)) => Err(error),
            Err(error) => {
                self.give_up(error);
                Ok(())
            }
        }
    }

    /// Takes a 334.
    pub(super) fn challenged(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        // It was told that this is over.
        if self.failed.is_some() {
            return Err(PeerError::Unexpected(reply.code()));
        }
        let text = reply.challenge().map(Secret::expose).unwrap_or_default();
        let Some(challenge) = base64::decode_challenge(text) else {
            self.give_up(SaslError::Malformed("base64"));
            return Ok(());
        };
        if let Some(message) = self.held.take() {
            match challenge.as_slice() {
                b"" => self.respond(&message),
                _ => self.give_up(SaslError::Malformed("an empty challenge")),
            }
            return Ok(());
        }
        match self.client.step(Some(&challenge)) {
            Ok(step) => self.follow(step),
            Err(error) => self.give_up(error),
        }
        Ok(())
    }

    fn follow(&mut self, step: ClientStep) {
        match step {
            ClientStep::Send(message) => self.respond(&message),
            #[cfg(feature = "scram")]
            ClientStep::NeedKey(request) => self.next = Next::Key(request),
            ClientStep::NeedResponse(challenge) => self.next = Next::Response(challenge),
            _ => self.give_up(SaslError::Unexpected),
        }
    }

    fn respond(&mut self, message: &Message) {
        let mut line = base64::encode(message.expose()).into_bytes();
        line.extend_from_slice(b"\r\n");
        self.next = Next::Line(line);
    }

    /// Says `*`; the server's answer to that is the end.
    pub(super) fn give_up(&mut self, error: SaslError) {
        self.client.cancel();
        self.failed = Some(error);
        self.held = None;
        self.next = Next::Line(Vec::from(*b"*\r\n"));
    }

    /// Whether the server knows of it.
    pub(super) fn has_begun(&self) -> bool {
        !matches!(self.next, Next::Response(None))
    }

    /// The server says that it succeeded. Whether that can be believed is another matter.
    pub(super) fn succeeded(&mut self) -> Result<(), PeerError> {
        // It has seen nothing of it yet.
        if self.held.is_some() {
            return Err(PeerError::Unproven(SaslError::Unexpected));
        }
        self.client.succeeded(None).map_err(|error| PeerError::Unproven(self.failed.unwrap_or(error)))
    }

    /// The server says that it failed.
    pub(super) fn refused(&mut self) -> Authentication {
        self.client.cancel();
        self.failed.map_or(Authentication::Refused, Authentication::Failed)
    }

    /// What the server said of a failure inside the exchange.
    pub(super) fn refusal(&self) -> Option<&[u8]> {
        self.client.refusal()
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Exchange").field(&self.client).finish()
    }
}

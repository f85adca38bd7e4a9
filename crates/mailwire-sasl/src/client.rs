//! The client's side of an exchange.
//!
//! ```text
//!                     ┌──────────── NeedKey, NeedResponse ◀────────────┐
//!                     ▼                                                │
//!  new ──step(None)──▶ provide ──▶ Send or Wait ──step(challenge)──▶ Send …
//!                                       │
//!               the protocol's success: └──▶ succeeded ──▶ Ok: the server can be trusted as far as the mechanism goes
//! ```
//!
//! ```
//! use mailwire_sasl::{Client, ClientStep, Credentials, Mechanism, SaslError};
//!
//! let mut client = Client::new(Mechanism::PLAIN, Credentials::password("tim", "tanstaaftanstaaf"))?;
//! let ClientStep::Send(initial) = client.step(None)? else { panic!() };
//! assert_eq!(initial.expose(), b"\0tim\0tanstaaftanstaaf"); // C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
//! client.succeeded(None)?;                                  // S: 235 2.7.0 Welcome
//! # Ok::<(), SaslError>(())
//! ```

mod first;
mod state;

use crate::credentials::Secret;
use crate::kind::Kind;
#[cfg(feature = "scram")]
use crate::scram::{KeyRequest, SaltedPassword};
use crate::{Credentials, Limits, Mechanism, Message, SaslError};
use alloc::vec::Vec;
use core::fmt;
use state::State;

/// What to do next.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientStep {
    /// Send this: as the initial response if there was no challenge yet, else as the response.
    ///
    /// An empty message is not none. As an initial response it has a form of its own (`=`), as a response it is an empty
    /// line.
    Send(Message),
    /// Send nothing but the mechanism's name: the server speaks first.
    Wait,
    /// Derive this, here or elsewhere, and [`provide`](Client::provide) it.
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    NeedKey(KeyRequest),
    /// Ask who has the exchange for the response to this challenge, and [`provide`](Client::provide) it. `None`: there was
    /// none yet, and an initial response may be given.
    NeedResponse(Option<Message>),
}

/// What was asked for, to be [provided](Client::provide).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientAnswer {
    /// For [`ClientStep::NeedKey`].
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    Key(SaltedPassword),
    /// For [`ClientStep::NeedResponse`]: send this.
    Response(Vec<u8>),
    /// For the first [`ClientStep::NeedResponse`]: there is no initial response.
    Wait,
}

/// A client in the middle of an exchange.
///
/// It never says by itself that it succeeded, since only the protocol knows: tell it ([`succeeded`](Self::succeeded)), and
/// believe what it answers.
pub struct Client {
    state: State,
    limits: Limits,
    messages: u32,
    refusal: Option<Message>,
}

impl Client {
    /// Begins.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](SaslError::Unsupported) for a mechanism that isn't here and not relayed,
    /// [`Missing`](SaslError::Missing) or [`Invalid`](SaslError::Invalid) for credentials that do not suffice or can't be
    /// sent.
    pub fn new(mechanism: Mechanism<'_>, credentials: Credentials) -> Result<Self, SaslError> {
        let state = match (&credentials.secret, Kind::of(mechanism)) {
            (Secret::Relayed, _) => State::Relay,
            (_, Some(kind)) => first::state(kind, credentials)?,
            (_, None) => return Err(SaslError::Unsupported),
        };
        Ok(Self { state, limits: Limits::DEFAULT, messages: 0, refusal: None })
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Takes a challenge, and says what to do. `None`, once, asks for the initial response.
    ///
    /// Where the protocol has no initial responses, or this one would be too long for its line, the same message answers the
    /// empty first challenge: keep it until then, or begin with `step(Some(b""))`.
    ///
    /// # Errors
    ///
    /// When the challenge is not what the mechanism wants, and when it comes out of turn. The exchange should be cancelled
    /// then (`*`).
    pub fn step(&mut self, challenge: Option<&[u8]>) -> Result<ClientStep, SaslError> {
        self.state.check_turn(challenge.is_none())?;
        self.messages += u32::from(challenge.is_some());
        if self.messages > self.limits.messages {
            return Err(self.fail(SaslError::TooLong));
        }
        let state = core::mem::replace(&mut self.state, State::Failed(SaslError::Unexpected));
        match state.step(challenge, &self.limits, &mut self.refusal) {
            Ok((state, step)) => {
                self.state = state;
                Ok(step)
            }
            Err(error) => {
                self.state = State::Failed(error);
                Err(error)
            }
        }
    }

    /// Gives what was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`](SaslError::Usage) if it was not asked for.
    pub fn provide(&mut self, answer: ClientAnswer) -> Result<ClientStep, SaslError> {
        let state = core::mem::replace(&mut self.state, State::Failed(SaslError::Unexpected));
        let (state, step) = state.provide(answer);
        self.state = state;
        step
    }

    /// The protocol says that the authentication succeeded; `data` is what came with that, where the protocol has a place for
    /// it (SMTP, POP3 and IMAP have none).
    ///
    /// # Errors
    ///
    /// When it can't be: nothing was sent yet, or the server did not prove that it knows the user
    /// ([`ServerNotVerified`](SaslError::ServerNotVerified)). The connection has to be given up then: who is at its other end
    /// wants the mail, or the next password.
    pub fn succeeded(&mut self, data: Option<&[u8]>) -> Result<(), SaslError> {
        if data.is_some_and(|data| data.len() > self.limits.message) {
            return Err(self.fail(SaslError::TooLong));
        }
        match self.state.succeeded(data) {
            Ok(()) => {
                self.state = State::Over;
                Ok(())
            }
            Err((error @ SaslError::Usage(_), _)) => Err(error),
            Err((error, said)) => {
                self.refusal = said.or_else(|| self.refusal.take());
                Err(self.fail(error))
            }
        }
    }

    /// Gives up: the protocol sends `*`, or has seen the server refuse.
    pub fn cancel(&mut self) {
        self.fail(SaslError::Cancelled);
    }

    /// What the server said of a failure inside the exchange: the JSON of OAuth (RFC 7628 §3.2.2), the error's name in SCRAM.
    pub fn refusal(&self) -> Option<&[u8]> {
        self.refusal.as_ref().map(Message::expose)
    }

    fn fail(&mut self, error: SaslError) -> SaslError {
        if let State::Failed(first) = self.state {
            return first;
        }
        self.state = State::Failed(error);
        error
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("state", &self.state.name()).finish_non_exhaustive()
    }
}

//! The server's side of an exchange.
//!
//! ```text
//!                    ┌───────────── NeedCredentials ◀──────────────┐
//!                    ▼                                             │
//!  new ──step(ir)──▶ provide ──▶ Send(challenge) ──step(response)──┤
//!                    │                │                            │
//!                    │                └──cancel──▶ Err(Cancelled)  ├──▶ Done(identity)
//!                    └──▶ Done(identity) or Err(Refused)           └──▶ Err(…)
//! ```
//!
//! The look-up may take as long as it takes, on another thread or machine: the exchange is a value that waits.
//!
//! ```
//! use mailwire_sasl::server::{Answer, Need};
//! use mailwire_sasl::{Config, Mechanism, SaslError, Server, ServerStep};
//!
//! let mut server = Server::new(Mechanism::PLAIN, Config::default())?; // C: AUTH PLAIN
//! let ServerStep::Send(challenge) = server.step(None)? else { panic!() };
//! assert!(challenge.is_empty());                                      // S: 334
//! let step = server.step(Some(b"\0tim\0tanstaaftanstaaf"))?;          // C: AHRpbQB0YW5zdGFhZnRhbnN0YWFm
//! let ServerStep::NeedCredentials(Need::Password { authcid, password, .. }) = step else { panic!() };
//! let right = authcid == "tim" && password.matches(b"tanstaaftanstaaf");
//! let ServerStep::Done(identity) = server.provide(if right { Answer::Accept } else { Answer::Reject })? else { panic!() };
//! assert_eq!(identity.authcid(), Some("tim"));                        // S: 235
//! # Ok::<(), SaslError>(())
//! ```

mod config;
mod need;
mod oauth;
mod state;

use crate::kind::Kind;
use crate::{Mechanism, Message, SaslError};
pub use config::Config;
use core::fmt;
pub use need::{Answer, Identity, Need};
pub use oauth::TokenError;
use state::State;

/// What to do next.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ServerStep {
    /// Send this as a challenge; it may be empty.
    Send(Message),
    /// Look this up, and [`provide`](Server::provide) what was found.
    NeedCredentials(Need),
    /// The client is who it says. Whether it may act as [`authzid`](Identity::authzid) is for the caller to say, now at the
    /// latest.
    Done(Identity),
}

/// A server in the middle of an exchange.
///
/// Every failure is an error. To the client it should be one and the same reply, whatever the error says (535 5.7.8 in SMTP),
/// but for [`Cancelled`](SaslError::Cancelled), [`Malformed`](SaslError::Malformed) and [`TooLong`](SaslError::TooLong),
/// which are no verdict (501).
pub struct Server {
    state: State,
    config: Config,
    messages: u32,
}

impl Server {
    /// Begins, before the initial response is looked at.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](SaslError::Unsupported) for a mechanism that isn't here and not relayed,
    /// [`Missing`](SaslError::Missing) or [`Invalid`](SaslError::Invalid) for a configuration without what the mechanism
    /// needs.
    pub fn new(mechanism: Mechanism<'_>, config: Config) -> Result<Self, SaslError> {
        let state = if config.relayed {
            State::Relay
        } else {
            let kind = Kind::of(mechanism).ok_or(SaslError::Unsupported)?;
            config.check(kind)?;
            State::Start(kind)
        };
        Ok(Self { state, config, messages: 0 })
    }

    /// Takes a response. At first `None` says that there was no initial response, which is not the same as an empty one.
    ///
    /// # Errors
    ///
    /// When the response is not what the mechanism wants, or proves nothing. The exchange is over then.
    pub fn step(&mut self, response: Option<&[u8]>) -> Result<ServerStep, SaslError> {
        self.state.check_turn(response.is_none())?;
        self.messages += 1;
        if self.messages > self.config.limits.messages {
            return Err(self.fail(SaslError::TooLong));
        }
        self.go_on(|state, config| state.step(response, config))
    }

    /// Gives what was asked for.
    ///
    /// # Errors
    ///
    /// [`Refused`](SaslError::Refused) if that settles it. [`Usage`](SaslError::Usage) if it was not asked for, and nothing
    /// has changed.
    pub fn provide(&mut self, answer: Answer) -> Result<ServerStep, SaslError> {
        self.state.check_answer(&answer)?;
        self.go_on(|state, _| state.provide(answer))
    }

    /// The client gives up: the protocol has read its `*`.
    pub fn cancel(&mut self) -> SaslError {
        self.fail(SaslError::Cancelled)
    }

    fn go_on(
        &mut self,
        advance: impl FnOnce(State, &Config) -> Result<(State, ServerStep), SaslError>,
    ) -> Result<ServerStep, SaslError> {
        let state = core::mem::replace(&mut self.state, State::Failed(SaslError::Unexpected));
        match advance(state, &self.config) {
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

    fn fail(&mut self, error: SaslError) -> SaslError {
        if let State::Failed(first) = self.state {
            return first;
        }
        self.state = State::Failed(error);
        error
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("state", &self.state.name()).finish_non_exhaustive()
    }
}

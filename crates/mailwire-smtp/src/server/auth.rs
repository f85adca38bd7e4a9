//! Who the client is.

use super::event::ServerEvent;
use super::says::Says;
use super::{News, Owed, Server};
use crate::command::{Auth, Command};
use crate::{Answer, SaslLine, base64};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Frame, ParseError, UsageError};
use mailwire_sasl::server::{self, Need};
use mailwire_sasl::{Mechanism, SaslError, ServerStep};

/// An authentication that goes on.
pub(super) struct Exchange {
    mechanism: String,
    initial: Option<Vec<u8>>,
    sasl: Option<mailwire_sasl::Server>,
    need: Option<Need>,
}

impl Exchange {
    pub(super) fn need(&self) -> Option<&Need> {
        self.need.as_ref()
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("mechanism", &self.mechanism).finish_non_exhaustive()
    }
}

impl Server {
    pub(super) fn auth<'b>(&mut self, auth: &Auth<'b>, line: Frame<'b, Command<'b>>) -> ServerEvent<'b> {
        let name = auth.mechanism.as_str();
        let Ok(mechanism) = Mechanism::new(name.as_bytes()) else {
            return self.refused(Says::NO_MECHANISM, line);
        };
        if !self.config.mechanisms().any(|known| known.eq_ignore_ascii_case(name)) {
            return self.refused(Says::NO_MECHANISM, line);
        }
        if !self.may_use(name) {
            return self.refused(Says::ENCRYPT_FIRST, line);
        }
        let initial = match auth.initial.map(|initial| base64::decode(initial.expose())) {
            None => None,
            Some(Some(octets)) => Some(octets),
            Some(None) => return self.refused(Says::BAD_RESPONSE, line),
        };
        self.session.exchange = Some(Exchange { mechanism: name.into(), initial, sasl: None, need: None });
        self.ask(Owed::Auth, ServerEvent::Auth(mechanism))
    }

    /// Begins the exchange that [`ServerEvent::Auth`] has announced. What it needs by chance (the server's nonce of SCRAM) is
    /// handed in, as is what binds it to the channel.
    ///
    /// ```
    /// use mailwire_core::{Buffered, Machine, Step};
    /// use mailwire_sasl::Mechanism;
    /// use mailwire_sasl::server::{Answer, Config, Need};
    /// use mailwire_smtp::{Security, Server, ServerConfig, ServerEvent, ServerName};
    ///
    /// let config = ServerConfig::new(ServerName::new("mail.example.org")?)
    ///     .with_security(Security::Tls)
    ///     .with_mechanism(Mechanism::PLAIN);
    /// let mut session = Buffered::new(Server::new(config));
    /// for line in ["", "EHLO laptop\r\n", "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n"] {
    ///     session.push(line.as_bytes());
    ///     while let (Step::Event(event), server) = session.poll()? {
    ///         match event {
    ///             ServerEvent::Auth(_) => server.authenticate(Config::default())?,
    ///             // It may be looked up at leisure: nothing is read before it is provided.
    ///             ServerEvent::Credentials => server.provide(match server.need() {
    ///                 Some(Need::Password { authcid, password, .. })
    ///                     if authcid == "tim" && password.matches(b"tanstaaftanstaaf") =>
    ///                 {
    ///                     Answer::Accept
    ///                 }
    ///                 _ => Answer::Reject,
    ///             })?,
    ///             ServerEvent::Authenticated => {}
    ///             _ => server.accept()?,
    ///         }
    ///     }
    ///     session.machine_mut().transmit();
    /// }
    /// let identity = session.machine().identity().ok_or("nobody")?;
    /// assert_eq!(identity.authcid(), Some("tim"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If no exchange was announced, or if the mechanism needs something that is not there.
    pub fn authenticate(&mut self, config: server::Config) -> Result<(), UsageError> {
        let (Some(Owed::Auth), Some(exchange)) = (self.owed, &mut self.session.exchange) else {
            return Err(UsageError::new("authenticating", "before the client asked for it"));
        };
        let sasl = Mechanism::new(exchange.mechanism.as_bytes())
            .map_err(|_| SaslError::Unsupported)
            .and_then(|mechanism| mailwire_sasl::Server::new(mechanism, config))
            .map_err(|_| UsageError::new("authenticating", "with this configuration of the mechanism"))?;
        self.owed = None;
        let initial = exchange.initial.take();
        let step = exchange.sasl.insert(sasl).step(initial.as_deref());
        self.went(step);
        Ok(())
    }

    /// Hands over what was [needed](Self::need); see [`authenticate`](Self::authenticate).
    ///
    /// # Errors
    ///
    /// If nothing is, or something else. Nothing has changed then.
    pub fn provide(&mut self, answer: server::Answer) -> Result<(), UsageError> {
        let exchange = match self.owed {
            Some(Owed::Credentials) => self.session.exchange.as_mut(),
            _ => None,
        };
        let Some(exchange) = exchange else {
            return Err(UsageError::new("providing", "while nothing is needed"));
        };
        let Some(sasl) = &mut exchange.sasl else {
            return Err(UsageError::new("providing", "while nothing is needed"));
        };
        let step = sasl.provide(answer);
        if let Err(SaslError::Usage(_)) = step {
            return Err(UsageError::new("this answer", "to what is needed"));
        }
        exchange.need = None;
        self.owed = None;
        // It may be provided before it was asked for.
        self.news = None;
        self.went(step);
        Ok(())
    }

    /// Whether the next line is the client's part of an exchange.
    pub(super) fn is_in_exchange(&self) -> bool {
        self.session.exchange.as_ref().is_some_and(|exchange| exchange.sasl.is_some())
    }

    /// The client's line.
    pub(super) fn sasl(&mut self, line: Result<Command<'_>, ParseError>, waits: bool) {
        self.epoch = self.epoch.wrapping_add(1);
        if waits && self.is_out_of_turn() {
            return;
        }
        let Some(sasl) = self.session.exchange.as_mut().and_then(|exchange| exchange.sasl.as_mut()) else {
            return;
        };
        let step = match line {
            Ok(Command::Sasl(SaslLine::Response(response))) => match base64::decode(response.expose()) {
                Some(response) => sasl.step(Some(&response)),
                None => Err(SaslError::Malformed("base64")),
            },
            Ok(Command::Sasl(SaslLine::Cancel)) => Err(sasl.cancel()),
            _ => Err(SaslError::Malformed("base64")),
        };
        self.went(step);
    }

    fn went(&mut self, step: Result<ServerStep, SaslError>) {
        match step {
            Ok(ServerStep::Send(challenge)) => {
                let challenge = base64::encode(challenge.expose());
                // What was just encoded is base64.
                if let Ok(answer) = Answer::challenge(challenge.as_bytes()) {
                    answer.encode(&mut self.out);
                }
                self.commands.expect_sasl();
            }
            Ok(ServerStep::NeedCredentials(need)) => {
                if let Some(exchange) = &mut self.session.exchange {
                    exchange.need = Some(need);
                }
                self.owed = Some(Owed::Credentials);
                self.news = Some(News::Credentials);
            }
            Ok(ServerStep::Done(identity)) => {
                self.session.exchange = None;
                self.session.identity = Some(identity);
                self.say(Says::AUTHENTICATED);
                self.news = Some(News::Authenticated);
            }
            Ok(_) => self.failed(Says::AUTH_UNAVAILABLE),
            Err(error) => self.failed(match error {
                SaslError::Cancelled => Says::CANCELLED,
                SaslError::Malformed(_) | SaslError::TooLong | SaslError::Unexpected => Says::BAD_RESPONSE,
                SaslError::Unsupported | SaslError::Missing(_) | SaslError::Invalid(_) => {
                    Says::AUTH_UNAVAILABLE
                }
                _ => Says::BAD_CREDENTIALS,
            }),
        }
    }

    fn failed(&mut self, says: Says) {
        self.session.exchange = None;
        self.news = Some(News::Refused(says.code));
        self.say(says);
    }
}

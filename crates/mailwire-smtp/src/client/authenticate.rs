//! Who the client is (RFC 4954).

use super::exchange::Exchange;
use super::{Authentication, Client, Phase};
use crate::config::PlaintextAuth;
use crate::{Code, PeerError, Reply, Security};
use mailwire_core::UsageError;
use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::{Channel, Credentials, Mechanism, SaslError, choose};

impl Client {
    /// Authenticates with the best mechanism that is offered, that the credentials suffice for, and that may be used on this
    /// stream. How it goes is seen by [`authentication`](Self::authentication), once the session is idle again.
    ///
    /// Afterwards EHLO is not said again: what is announced then is seldom more, and some servers hang up on it.
    ///
    /// # Errors
    ///
    /// Unless the session is idle, and not authenticated yet (RFC 4954 §4).
    pub fn authenticate(&mut self, credentials: Credentials) -> Result<(), UsageError> {
        self.check_auth()?;
        self.begin(None, credentials);
        Ok(())
    }

    /// The same with this mechanism and no other, offered or not.
    ///
    /// # Errors
    ///
    /// Unless the session is idle, and not authenticated yet; for a mechanism that reveals a secret, on a stream in the clear
    /// where the [configuration](crate::ClientConfig::plaintext_auth) does not allow it.
    pub fn authenticate_with(
        &mut self,
        mechanism: Mechanism<'_>,
        credentials: Credentials,
    ) -> Result<(), UsageError> {
        self.check_auth()?;
        if self.channel() == Channel::Plaintext && mechanism.reveals_secret() {
            return Err(UsageError::new("a mechanism that reveals a secret", "on a stream in the clear"));
        }
        self.begin(Some(mechanism), credentials);
        Ok(())
    }

    /// Hands over what an authentication waits for: see [`awaited`](Self::awaited).
    ///
    /// # Errors
    ///
    /// When nothing of the kind is awaited.
    pub fn provide(&mut self, answer: ClientAnswer) -> Result<(), UsageError> {
        let exchange = self.exchange.as_mut().filter(|_| self.phase == Phase::Auth);
        let refused = UsageError::new("an answer", "unless it was asked for");
        exchange.ok_or(refused)?.provide(answer).map_err(|_| refused)
    }

    /// Gives the authentication up that waits for something.
    ///
    /// # Errors
    ///
    /// When none waits.
    pub fn cancel_authentication(&mut self) -> Result<(), UsageError> {
        let refused = UsageError::new("to cancel", "unless an authentication waits for something");
        let exchange = self.exchange.as_mut().filter(|_| self.phase == Phase::Auth);
        let exchange = exchange.filter(|exchange| exchange.awaited().is_some()).ok_or(refused)?;
        if exchange.has_begun() {
            exchange.give_up(SaslError::Cancelled);
            return Ok(());
        }
        self.authentication = Authentication::Failed(SaslError::Cancelled);
        self.phase = Phase::Ready;
        Ok(())
    }

    fn check_auth(&self) -> Result<(), UsageError> {
        self.check_idle("an authentication")?;
        match self.authentication {
            Authentication::Done => Err(UsageError::new("an authentication", "a second time")),
            _ => Ok(()),
        }
    }

    fn channel(&self) -> Channel {
        match (self.security, self.config.plaintext_auth) {
            (Security::Tls, _) => Channel::Tls,
            (Security::Plain, PlaintextAuth::Allow) => Channel::Trusted,
            (Security::Plain, PlaintextAuth::Refuse) => Channel::Plaintext,
        }
    }

    /// With what the configuration brought.
    pub(super) fn authenticate_first(&mut self) {
        self.phase = Phase::Ready;
        if let Some(credentials) = self.credentials.take() {
            self.begin(None, credentials);
        }
    }

    fn begin(&mut self, mechanism: Option<Mechanism<'_>>, credentials: Credentials) {
        let channel = self.channel();
        // Not a method: the names are borrowed from the reply alone.
        let offers = self.hello.as_ref().map(|hello| hello.as_reply().capabilities());
        let offered = offers.into_iter().flat_map(|offers| offers.auth_mechanisms());
        let Some(mechanism) = mechanism.or_else(|| choose(offered, channel, &credentials)) else {
            self.authentication = Authentication::NoMechanism;
            return;
        };
        match Exchange::new(mechanism, credentials, self.config.sasl_limits) {
            Ok(exchange) => {
                self.exchange = Some(exchange);
                self.authentication = Authentication::Pending;
                self.phase = Phase::Auth;
            }
            Err(error) => self.authentication = Authentication::Failed(error),
        }
    }

    pub(super) fn auth_answered(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        let Some(exchange) = &mut self.exchange else { return Ok(()) };
        if reply.code() == Code::CHALLENGE {
            return exchange.challenged(reply);
        }
        self.authentication = if reply.code().is_completed() {
            exchange.succeeded()?;
            Authentication::Done
        } else {
            exchange.refused()
        };
        self.phase = Phase::Ready;
        Ok(())
    }
}

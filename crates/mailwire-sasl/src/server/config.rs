//! What a server brings to an exchange.

use crate::kind::Kind;
use crate::{ChannelBinding, Limits, Message, SaslError};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a server's side of an exchange needs. Most mechanisms need nothing.
///
/// ```
/// use mailwire_sasl::{ChannelBinding, Config, Limits};
///
/// let exporter = [7; 32]; // from the TLS library
/// let config = Config::default()
///     .with_nonce("3rfcNHYJY1ZVvWVs7jAAAAAA") // from a random source
///     .with_channel_binding(ChannelBinding::tls_exporter(&exporter)?)
///     .with_limits(Limits::default().with_min_iterations(10_000));
/// # let _ = config;
/// # Ok::<(), mailwire_sasl::SaslError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub(super) limits: Limits,
    #[cfg_attr(not(feature = "scram"), expect(dead_code, reason = "only SCRAM reads it"))]
    pub(super) nonce: Option<String>,
    #[cfg_attr(not(feature = "cram-md5"), expect(dead_code, reason = "only CRAM-MD5 reads it"))]
    pub(super) challenge: Option<Message>,
    pub(super) bindings: Vec<ChannelBinding>,
    pub(super) relayed: bool,
}

impl Config {
    /// Other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The server's part of the nonce, for SCRAM: 15 or more random printable characters without a comma, new for each
    /// exchange. 18 random octets in base64 do.
    #[must_use]
    pub fn with_nonce(self, nonce: &str) -> Self {
        Self { nonce: Some(nonce.to_string()), ..self }
    }

    /// The challenge, for CRAM-MD5: new for each exchange, in the form of a message identifier,
    /// `<random.time@host>` (RFC 2195 §2).
    #[must_use]
    pub fn with_challenge(self, challenge: &str) -> Self {
        Self { challenge: Some(challenge.into()), ..self }
    }

    /// A channel binding of this connection, for SCRAM; one for each type that clients may ask for.
    ///
    /// With one of them, the mechanism with `-PLUS` has to be in the list that the client was shown: a client that says
    /// there was none is refused as the victim of a [downgrade](SaslError::Downgrade). So hand them in for SCRAM without
    /// `-PLUS` too.
    #[must_use]
    pub fn with_channel_binding(mut self, binding: ChannelBinding) -> Self {
        self.bindings.push(binding);
        self
    }

    /// Somebody else has the exchange, of any mechanism: each response is handed out
    /// ([`Need::Challenge`](super::Need::Challenge)), and what comes back is sent. For NTLM, GSSAPI and others that are not
    /// here, and for proxies.
    #[must_use]
    pub fn relayed(self) -> Self {
        Self { relayed: true, ..self }
    }

    /// Whether the mechanism has what it needs.
    #[cfg_attr(
        not(any(feature = "scram", feature = "cram-md5")),
        expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "what is left needs nothing")
    )]
    pub(super) fn check(&self, kind: Kind) -> Result<(), SaslError> {
        match kind {
            #[cfg(feature = "scram")]
            Kind::Scram(_, plus) => {
                crate::scram::check_nonce(self.nonce.as_deref().ok_or(SaslError::Missing("a nonce"))?)?;
                if plus == crate::kind::Plus::Bound && self.bindings.is_empty() {
                    return Err(SaslError::Missing("a channel binding"));
                }
                Ok(())
            }
            #[cfg(feature = "cram-md5")]
            Kind::CramMd5 => match self.challenge.as_ref().map(Message::expose) {
                None => Err(SaslError::Missing("a challenge")),
                Some([b'<', inner @ .., b'>']) if inner.iter().all(u8::is_ascii_graphic) => Ok(()),
                Some(_) => Err(SaslError::Invalid("a challenge in angle brackets")),
            },
            _ => Ok(()),
        }
    }
}

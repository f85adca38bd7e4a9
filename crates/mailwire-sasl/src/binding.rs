//! What an exchange is bound to.

use crate::{Message, SaslError};
use alloc::borrow::Cow;
use alloc::string::ToString;

/// A type of channel binding and its octets, which the TLS library knows ([RFC 5056]): proof that both ends of the exchange
/// are the ends of the same channel.
///
/// The octets may be no secret, but they are not shown.
///
/// ```
/// use mailwire_sasl::ChannelBinding;
///
/// let binding = ChannelBinding::tls_exporter(&[7; 32])?;
/// assert_eq!(binding.name(), "tls-exporter");
/// # Ok::<(), mailwire_sasl::SaslError>(())
/// ```
///
/// [RFC 5056]: https://www.rfc-editor.org/rfc/rfc5056
#[derive(Clone, Debug)]
pub struct ChannelBinding {
    name: Cow<'static, str>,
    octets: Message,
}

impl ChannelBinding {
    /// `tls-exporter` ([RFC 9266]), the one for TLS 1.3: 32 octets of keying material for the label
    /// `EXPORTER-Channel-Binding` and an empty context.
    ///
    /// # Errors
    ///
    /// No octets.
    ///
    /// [RFC 9266]: https://www.rfc-editor.org/rfc/rfc9266#section-2
    pub fn tls_exporter(octets: &[u8]) -> Result<Self, SaslError> {
        Self::checked("tls-exporter".into(), octets)
    }

    /// `tls-server-end-point` ([RFC 5929 §4]): the digest of the server's certificate.
    ///
    /// # Errors
    ///
    /// No octets.
    ///
    /// [RFC 5929 §4]: https://www.rfc-editor.org/rfc/rfc5929#section-4
    pub fn tls_server_end_point(octets: &[u8]) -> Result<Self, SaslError> {
        Self::checked("tls-server-end-point".into(), octets)
    }

    /// `tls-unique` ([RFC 5929 §3]): the first Finished message; for TLS 1.2 at most, and only with an extended master
    /// secret.
    ///
    /// # Errors
    ///
    /// No octets.
    ///
    /// [RFC 5929 §3]: https://www.rfc-editor.org/rfc/rfc5929#section-3
    pub fn tls_unique(octets: &[u8]) -> Result<Self, SaslError> {
        Self::checked("tls-unique".into(), octets)
    }

    /// Another type. Grammar: `cb-name = 1*(ALPHA / DIGIT / "." / "-")` (RFC 5802 §7).
    ///
    /// # Errors
    ///
    /// A name that has something else in it, or no octets.
    pub fn new(name: &str, octets: &[u8]) -> Result<Self, SaslError> {
        Self::checked(name.to_string().into(), octets)
    }

    fn checked(name: Cow<'static, str>, octets: &[u8]) -> Result<Self, SaslError> {
        if !is_name(&name) {
            return Err(SaslError::Invalid("the name of a type of channel binding"));
        }
        if octets.is_empty() {
            return Err(SaslError::Invalid("octets to bind to"));
        }
        Ok(Self { name, octets: octets.into() })
    }

    /// The type, as it is registered.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The octets.
    pub fn expose(&self) -> &[u8] {
        self.octets.expose()
    }
}

/// Whether it is a `cb-name`.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

//! What a client has.

#[cfg(feature = "scram")]
use crate::kind::Plus;
use crate::kind::{Kind, Oauth};
use crate::{ChannelBinding, Mechanism, Message};
use alloc::string::{String, ToString};

/// What a client has to show, and what the exchange needs besides. What cannot be sent is found when a
/// [`Client`](crate::Client) is made of it.
///
/// Names and passwords go out as they are. For those that aren't ASCII, `prepared` (feature `saslprep`) makes the form that
/// RFC 4616 and RFC 5802 ask for, in which two ways of writing the same are the same.
///
/// ```
/// use mailwire_sasl::{ChannelBinding, Credentials};
///
/// let exporter = [7; 32]; // from the TLS library
/// let credentials = Credentials::password("user", "pencil")
///     .with_nonce("rOprNGfwEbeRWgbNEkqO") // from a random source
///     .with_channel_binding(ChannelBinding::tls_exporter(&exporter)?);
/// assert!(!format!("{credentials:?}").contains("pencil"));
/// # Ok::<(), mailwire_sasl::SaslError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Credentials {
    pub(crate) secret: Secret,
    /// Empty where there is none.
    pub(crate) authcid: String,
    pub(crate) authzid: Option<String>,
    pub(crate) server: Option<(String, u16)>,
    #[cfg_attr(not(feature = "scram"), expect(dead_code, reason = "only SCRAM reads it"))]
    pub(crate) nonce: Option<String>,
    #[cfg_attr(not(feature = "scram"), expect(dead_code, reason = "only SCRAM reads it"))]
    pub(crate) binding: Option<ChannelBinding>,
}

#[derive(Clone, Debug)]
pub(crate) enum Secret {
    Password(Message),
    #[cfg(feature = "scram")]
    Derived,
    Token(Message),
    External,
    Anonymous(String),
    Relayed,
}

impl Credentials {
    fn new(authcid: &str, secret: Secret) -> Self {
        let authcid = authcid.to_string();
        Self { secret, authcid, authzid: None, server: None, nonce: None, binding: None }
    }

    /// A name and its password: for SCRAM, CRAM-MD5, PLAIN and LOGIN.
    pub fn password(name: &str, password: &str) -> Self {
        Self::new(name, Secret::Password(password.into()))
    }

    /// A name whose password is elsewhere, for SCRAM: [`ClientStep::NeedKey`](crate::ClientStep) asks for what was derived
    /// from it.
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    pub fn derived(name: &str) -> Self {
        Self::new(name, Secret::Derived)
    }

    /// A name and a bearer token of OAuth 2.0, for OAUTHBEARER and XOAUTH2. The name may be empty for OAUTHBEARER.
    pub fn token(name: &str, token: &str) -> Self {
        Self::new(name, Secret::Token(token.into()))
    }

    /// What the server knows already, as from the client's certificate: for EXTERNAL.
    pub fn external() -> Self {
        Self::new("", Secret::External)
    }

    /// Nobody in particular, for ANONYMOUS. The trace is an address or a word that may help an administrator, or empty.
    pub fn anonymous(trace: &str) -> Self {
        Self::new("", Secret::Anonymous(trace.to_string()))
    }

    /// None: somebody else has the exchange, of any mechanism, and each message is asked for
    /// ([`ClientStep::NeedResponse`](crate::ClientStep)). For NTLM, GSSAPI and others that are not here, and for proxies.
    pub fn relayed() -> Self {
        Self::new("", Secret::Relayed)
    }

    /// Acts as somebody else, if the server lets the user (RFC 4422 §3.4.1). An empty name is none.
    #[must_use]
    pub fn with_authzid(self, authzid: &str) -> Self {
        Self { authzid: (!authzid.is_empty()).then(|| authzid.to_string()), ..self }
    }

    /// The client's nonce, for SCRAM: 15 or more random printable characters without a comma, new for each exchange. 18
    /// random octets in base64 do.
    #[must_use]
    pub fn with_nonce(self, nonce: &str) -> Self {
        Self { nonce: Some(nonce.to_string()), ..self }
    }

    /// What to bind to, for SCRAM with `-PLUS`. It also lets a server find out that `-PLUS` was cut out of its list.
    #[must_use]
    pub fn with_channel_binding(self, binding: ChannelBinding) -> Self {
        Self { binding: Some(binding), ..self }
    }

    /// The name and the port that were connected to, for OAUTHBEARER.
    #[must_use]
    pub fn with_server(self, host: &str, port: u16) -> Self {
        Self { server: Some((host.to_string(), port)), ..self }
    }

    /// The same with all names and the password prepared by `SASLprep`.
    ///
    /// # Errors
    ///
    /// [`SaslError::Invalid`](crate::SaslError::Invalid) for what [`saslprep`](crate::saslprep) refuses.
    #[cfg(feature = "saslprep")]
    #[cfg_attr(docsrs, doc(cfg(feature = "saslprep")))]
    pub fn prepared(self) -> Result<Self, crate::SaslError> {
        use crate::saslprep;
        let secret = match self.secret {
            Secret::Password(password) => {
                let text = core::str::from_utf8(password.expose()).unwrap_or_default();
                Secret::Password(saslprep(text)?.as_ref().into())
            }
            other => other,
        };
        let authzid = self.authzid.as_deref().map(saslprep).transpose()?.map(alloc::borrow::Cow::into_owned);
        Ok(Self { secret, authcid: saslprep(&self.authcid)?.into_owned(), authzid, ..self })
    }

    /// Whether a [`Client`](crate::Client) of this mechanism has all that it needs in here.
    pub fn suffice_for(&self, mechanism: Mechanism<'_>) -> bool {
        let Some(kind) = Kind::of(mechanism) else { return matches!(self.secret, Secret::Relayed) };
        match (&self.secret, kind) {
            (Secret::Relayed, _)
            | (Secret::External, Kind::External)
            | (Secret::Anonymous(_), Kind::Anonymous)
            | (Secret::Password(_), Kind::Plain)
            | (Secret::Token(_), Kind::Oauth(Oauth::Oauthbearer)) => true,
            // These have no place for another identity.
            (Secret::Password(_), Kind::Login) => self.authzid.is_none(),
            #[cfg(feature = "cram-md5")]
            (Secret::Password(_), Kind::CramMd5) => self.authzid.is_none(),
            (Secret::Token(_), Kind::Oauth(Oauth::Xoauth2)) => !self.authcid.is_empty(),
            #[cfg(feature = "scram")]
            (Secret::Password(_) | Secret::Derived, Kind::Scram(_, plus)) => {
                self.nonce.is_some() && (plus == Plus::Unbound || self.binding.is_some())
            }
            _ => false,
        }
    }
}

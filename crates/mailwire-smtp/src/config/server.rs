//! How a server behaves.

use super::{Extensions, PlaintextAuth};
use crate::{Leniency, Limits, Protocol, Security, ServerName, Strays};
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;
use mailwire_sasl::Mechanism;

/// How a [`Server`](crate::Server) behaves. What it announces is made from this, and what it did not announce it does not do.
///
/// ```
/// use mailwire_sasl::Mechanism;
/// use mailwire_smtp::config::{Authentication, StartTls};
/// use mailwire_smtp::{ServerConfig, ServerName};
///
/// // Submission: only inside TLS, and only for who has said who they are.
/// let config = ServerConfig::new(ServerName::new("mail.example.org")?)
///     .with_start_tls(StartTls::Required)
///     .with_mechanism(Mechanism::PLAIN)
///     .with_authentication(Authentication::Required)
///     .with_max_size(Some(50 << 20));
/// assert_eq!(config.name().as_str(), "mail.example.org");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Checked when it came in.
    name: String,
    /// The names of mechanisms, checked as well.
    mechanisms: Vec<String>,
    /// SMTP or LMTP.
    pub protocol: Protocol,
    /// Whether TLS is up when the session begins.
    pub security: Security,
    /// Whether TLS can be begun inside the session.
    pub start_tls: StartTls,
    /// Whether a mail is taken from who has not said who they are.
    pub authentication: Authentication,
    /// Whether passwords may be sent in plaintext before TLS.
    pub plaintext_auth: PlaintextAuth,
    /// What is offered besides.
    pub extensions: Extensions,
    /// The largest mail, in octets: 10,240,000, as Postfix has it; `None` for any.
    pub max_size: Option<u64>,
    /// What becomes of a client that does not wait for its answer where it has to.
    pub sync: PipelineSync,
    /// What becomes of a mail with bare CRs, bare LFs or NULs.
    pub strays: Strays,
    /// Whether a proxy tells first for whom it speaks.
    pub proxy: ProxyHeader,
    /// How long a client may be silent: 5 minutes (RFC 5321 §4.5.3.2.7). Inside of a body it is the time for each thousand octets.
    pub patience: Duration,
    /// Hard caps.
    pub limits: Limits,
    /// What is forgiven in commands.
    pub leniency: Leniency,
}

/// Whether STARTTLS is offered (RFC 3207).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartTls {
    /// No: there is no certificate, or TLS is up from the start.
    #[default]
    Never,
    /// Yes.
    Offered,
    /// Yes, and without it there is nothing but NOOP, EHLO and QUIT (RFC 3207 §4). Not for the public port 25.
    Required,
}

/// Whether a client has to say who it is before it sends a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Authentication {
    /// It may.
    #[default]
    Optional,
    /// It has to: submission (RFC 6409 §4.3).
    Required,
}

/// What becomes of a client that goes on before it was answered, where that is not allowed: before the greeting, behind a
/// command that has to be the last of its group (RFC 2920 §3.1), and everywhere if PIPELINING was not offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PipelineSync {
    /// It is told (554 5.5.0), and the session ends. Who does this is a spammer, or the victim of an injection.
    #[default]
    Enforce,
    /// It is counted: [`Server::out_of_turn`](crate::Server::out_of_turn).
    Report,
    /// It is ignored.
    Off,
}

/// Whether the stream begins with a header of the [PROXY protocol](crate::proxy).
///
/// ```
/// use mailwire_core::{Buffered, Step};
/// use mailwire_smtp::config::ProxyHeader;
/// use mailwire_smtp::{Server, ServerConfig, ServerEvent, ServerName};
///
/// let config = ServerConfig::new(ServerName::new("mx.example.org")?).with_proxy(ProxyHeader::Required);
/// let mut session = Buffered::new(Server::new(config));
/// session.push(b"PROXY TCP4 192.0.2.1 198.51.100.2 56324 25\r\n");
/// let (Step::Event(ServerEvent::Proxied(info)), _) = session.poll()? else { panic!() };
/// assert_eq!(info.source, Some("192.0.2.1:56324".parse()?));
/// // Only now is there a client to be greeted.
/// assert!(matches!(session.poll()?.0, Step::Event(ServerEvent::Connected)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyHeader {
    /// No: what comes is the client.
    #[default]
    None,
    /// Yes, always: only for a port that nobody but the proxy can reach, since who writes the header can be anybody.
    Required,
}

impl ServerConfig {
    /// A server of this name: SMTP, without TLS or AUTH, as a relay of the public network is before it has a certificate.
    pub fn new(name: ServerName<'_>) -> Self {
        Self {
            name: name.as_str().into(),
            mechanisms: Vec::new(),
            protocol: Protocol::Smtp,
            security: Security::Plain,
            start_tls: StartTls::Never,
            authentication: Authentication::Optional,
            plaintext_auth: PlaintextAuth::Refuse,
            extensions: Extensions::default(),
            max_size: Some(10_240_000),
            sync: PipelineSync::Enforce,
            strays: Strays::Refuse,
            proxy: ProxyHeader::None,
            patience: Duration::from_secs(300),
            limits: Limits::DEFAULT,
            leniency: Leniency::DEFAULT,
        }
    }

    /// What the server calls itself.
    pub fn name(&self) -> ServerName<'_> {
        ServerName::checked(&self.name)
    }

    /// The mechanisms that are offered, once the policy allows them.
    pub fn mechanisms(&self) -> impl Iterator<Item = &str> {
        self.mechanisms.iter().map(String::as_str)
    }

    /// The same with one more mechanism. Their order is that in which they are announced.
    #[must_use]
    pub fn with_mechanism(mut self, mechanism: Mechanism<'_>) -> Self {
        self.mechanisms.push(mechanism.as_str().into());
        self
    }

    /// The same for SMTP or LMTP.
    #[must_use]
    pub fn with_protocol(self, protocol: Protocol) -> Self {
        Self { protocol, ..self }
    }

    /// The same with TLS up from the start, or not.
    #[must_use]
    pub fn with_security(self, security: Security) -> Self {
        Self { security, ..self }
    }

    /// The same with another policy of STARTTLS.
    #[must_use]
    pub fn with_start_tls(self, start_tls: StartTls) -> Self {
        Self { start_tls, ..self }
    }

    /// The same with another policy of AUTH.
    #[must_use]
    pub fn with_authentication(self, authentication: Authentication) -> Self {
        Self { authentication, ..self }
    }

    /// The same with another policy of passwords in plaintext.
    #[must_use]
    pub fn with_plaintext_auth(self, plaintext_auth: PlaintextAuth) -> Self {
        Self { plaintext_auth, ..self }
    }

    /// The same with other extensions.
    #[must_use]
    pub fn with_extensions(self, extensions: Extensions) -> Self {
        Self { extensions, ..self }
    }

    /// The same with another largest mail, in octets.
    #[must_use]
    pub fn with_max_size(self, max_size: Option<u64>) -> Self {
        Self { max_size, ..self }
    }

    /// The same with another policy of clients that don't wait.
    #[must_use]
    pub fn with_sync(self, sync: PipelineSync) -> Self {
        Self { sync, ..self }
    }

    /// The same with another policy of bare CRs, bare LFs and NULs.
    #[must_use]
    pub fn with_strays(self, strays: Strays) -> Self {
        Self { strays, ..self }
    }

    /// The same behind a proxy, or not.
    #[must_use]
    pub fn with_proxy(self, proxy: ProxyHeader) -> Self {
        Self { proxy, ..self }
    }

    /// The same with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same with another leniency.
    #[must_use]
    pub fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }
}

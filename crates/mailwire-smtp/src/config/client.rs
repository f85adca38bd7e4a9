//! How a client behaves.

use crate::command::Host;
use crate::data::LineEnds;
use crate::{Leniency, Limits, Protocol, Security};
use alloc::vec::Vec;
use core::time::Duration;
use mailwire_sasl::Credentials;

/// How a [client](crate::client) behaves.
///
/// ```
/// use mailwire_sasl::Credentials;
/// use mailwire_smtp::config::StartTlsPolicy;
/// use mailwire_smtp::{ClientConfig, Host};
///
/// // Submission: TLS is insisted upon unless something else is said.
/// let submission = ClientConfig::new(Host::new(b"laptop.example.org")?)
///     .with_credentials(Credentials::password("tim", "tanstaaftanstaaf"));
/// // From one mail server to another, whoever it is.
/// let relay = ClientConfig::new(Host::new(b"mx.example.org")?).with_start_tls(StartTlsPolicy::Opportunistic);
/// // To a delivery agent behind a socket of this machine.
/// let local = ClientConfig::lmtp(Host::new(b"mx.example.org")?);
/// # let _ = (submission, relay, local);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClientConfig {
    /// SMTP or LMTP.
    pub protocol: Protocol,
    /// What the stream is wrapped in from the start.
    pub security: Security,
    /// Whether TLS is asked for.
    pub start_tls: StartTlsPolicy,
    /// Whether a password may go out in the clear.
    pub plaintext_auth: PlaintextAuth,
    /// When bodies go out with BDAT.
    pub chunking: Chunking,
    /// What becomes of line ends in a body that are not CRLF.
    pub line_ends: LineEnds,
    /// How many recipients are asked for before their answers are awaited, where the server offers PIPELINING.
    pub window: u32,
    /// How long the server's silence is borne.
    pub timeouts: Timeouts,
    /// Hard caps.
    pub limits: Limits,
    /// Hard caps of an authentication; by default it has 32 rounds at most.
    pub sasl_limits: mailwire_sasl::Limits,
    /// What is forgiven in replies.
    pub leniency: Leniency,
    pub(crate) host: Vec<u8>,
    pub(crate) credentials: Option<Credentials>,
}

/// Whether a client asks for TLS (RFC 3207), on a stream that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartTlsPolicy {
    /// Yes, and without it nothing more is said: neither a password nor a mail.
    #[default]
    Required,
    /// If it is offered; else all goes out in the clear. Who stands in between can see to it that it isn't offered.
    Opportunistic,
    /// No.
    Never,
}

/// Whether mechanisms that reveal a password or a token are taken on a stream in the clear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaintextAuth {
    /// No.
    #[default]
    Refuse,
    /// Yes: a socket of this machine, or a user who insists.
    Allow,
}

/// When a body goes out with BDAT (RFC 3030) and not behind DATA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Chunking {
    /// When there is no other way: BODY=BINARYMIME. Some servers that offer BDAT stall on it.
    #[default]
    WhenNeeded,
    /// Whenever it is offered, and line ends are not [normalised](LineEnds::Normalise).
    WhenOffered,
}

mailwire_core::limits! {
    /// How long a client bears the server's silence: RFC 5321 §4.5.3.2, unless said otherwise.
    ///
    /// ```
    /// use core::time::Duration;
    /// use mailwire_smtp::config::Timeouts;
    ///
    /// // A host that does not even greet is given up soon; there are others.
    /// let timeouts = Timeouts::DEFAULT.with_greeting(Duration::from_secs(30));
    /// assert_eq!(timeouts.end, Duration::from_secs(600));
    /// ```
    pub struct Timeouts {
        /// Until the greeting: 5 minutes.
        greeting / with_greeting: Duration = Duration::from_secs(300),
        /// For the answer to EHLO, STARTTLS, AUTH and all that is not said below: 5 minutes.
        command / with_command: Duration = Duration::from_secs(300),
        /// For the answer to MAIL: 5 minutes.
        mail / with_mail: Duration = Duration::from_secs(300),
        /// For the answer to RCPT: 5 minutes.
        recipient / with_recipient: Duration = Duration::from_secs(300),
        /// For the answer to DATA: 2 minutes.
        data / with_data: Duration = Duration::from_secs(120),
        /// Until a piece of the body is taken: 3 minutes.
        block / with_block: Duration = Duration::from_secs(180),
        /// For the answer to the end of the body: 10 minutes. Whoever gives up sooner makes mails arrive twice (RFC 1047).
        end / with_end: Duration = Duration::from_secs(600),
        /// For the answer to QUIT; nothing depends on it.
        quit / with_quit: Duration = Duration::from_secs(20),
    }
}

impl ClientConfig {
    /// SMTP or submission, by a client of this name; TLS is [required](StartTlsPolicy::Required).
    pub fn new(host: Host<'_>) -> Self {
        Self {
            protocol: Protocol::Smtp,
            security: Security::Plain,
            start_tls: StartTlsPolicy::Required,
            plaintext_auth: PlaintextAuth::Refuse,
            chunking: Chunking::WhenNeeded,
            line_ends: LineEnds::Refuse,
            window: 100,
            timeouts: Timeouts::DEFAULT,
            limits: Limits::DEFAULT,
            sasl_limits: mailwire_sasl::Limits::DEFAULT.with_messages(32),
            leniency: Leniency::DEFAULT,
            host: host.as_bytes().to_vec(),
            credentials: None,
        }
    }

    /// LMTP, which is spoken to neighbours (RFC 2033 §5): TLS is not asked for.
    pub fn lmtp(host: Host<'_>) -> Self {
        Self { protocol: Protocol::Lmtp, start_tls: StartTlsPolicy::Never, ..Self::new(host) }
    }

    /// The same on a stream that is wrapped already: TLS from the start (RFC 8314).
    #[must_use]
    pub fn with_security(self, security: Security) -> Self {
        Self { security, ..self }
    }

    /// The same with another policy for [`start_tls`](Self::start_tls).
    #[must_use]
    pub fn with_start_tls(self, start_tls: StartTlsPolicy) -> Self {
        Self { start_tls, ..self }
    }

    /// The same, and authenticates before the first mail. Without success no mail is sent; see
    /// [`Client::authentication`](crate::client::Client::authentication).
    ///
    /// A binding to the channel is only known when TLS is there: hand such credentials to
    /// [`Client::authenticate`](crate::client::Client::authenticate).
    #[must_use]
    pub fn with_credentials(self, credentials: Credentials) -> Self {
        Self { credentials: Some(credentials), ..self }
    }

    /// The same with another policy for [`plaintext_auth`](Self::plaintext_auth).
    #[must_use]
    pub fn with_plaintext_auth(self, plaintext_auth: PlaintextAuth) -> Self {
        Self { plaintext_auth, ..self }
    }

    /// The same with another policy for [`chunking`](Self::chunking).
    #[must_use]
    pub fn with_chunking(self, chunking: Chunking) -> Self {
        Self { chunking, ..self }
    }

    /// The same with another policy for [`line_ends`](Self::line_ends).
    #[must_use]
    pub fn with_line_ends(self, line_ends: LineEnds) -> Self {
        Self { line_ends, ..self }
    }

    /// The same with another [`window`](Self::window). With 1, or 0, nothing is pipelined.
    #[must_use]
    pub fn with_window(self, window: u32) -> Self {
        Self { window, ..self }
    }

    /// The same with other [`timeouts`](Self::timeouts).
    #[must_use]
    pub fn with_timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// The same with other [`limits`](Self::limits).
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same with other [`sasl_limits`](Self::sasl_limits).
    #[must_use]
    pub fn with_sasl_limits(self, sasl_limits: mailwire_sasl::Limits) -> Self {
        Self { sasl_limits, ..self }
    }

    /// The same with another [`leniency`](Self::leniency).
    #[must_use]
    pub fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }
}

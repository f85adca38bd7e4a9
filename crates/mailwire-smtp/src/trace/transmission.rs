//! How a mail came: the word behind `with`.

use core::fmt;

/// A transmission type: what stands behind `with` in a `Received:` line (RFC 3848; the words that begin with `UTF8` are those of RFC 6531 §4.3).
///
/// ```
/// use mailwire_smtp::Transmission;
///
/// assert_eq!(Transmission::ESMTP.secured().authenticated().as_str(), "ESMTPSA");
/// assert_eq!(Transmission::LMTP.internationalized().as_str(), "UTF8LMTP");
/// assert_eq!(Transmission::SMTP.secured().as_str(), "SMTP");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Transmission {
    protocol: Protocol,
    secured: bool,
    authenticated: bool,
    internationalized: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Protocol {
    Smtp,
    Esmtp,
    Lmtp,
}

impl Transmission {
    /// The client said HELO. There is one word for it, whatever else is true of the connection.
    pub const SMTP: Self = Self::of(Protocol::Smtp);
    /// The client said EHLO.
    pub const ESMTP: Self = Self::of(Protocol::Esmtp);
    /// The client said LHLO.
    pub const LMTP: Self = Self::of(Protocol::Lmtp);

    const fn of(protocol: Protocol) -> Self {
        Self { protocol, secured: false, authenticated: false, internationalized: false }
    }

    /// The same inside TLS.
    #[must_use]
    pub const fn secured(self) -> Self {
        Self { secured: true, ..self }
    }

    /// The same behind a successful AUTH.
    #[must_use]
    pub const fn authenticated(self) -> Self {
        Self { authenticated: true, ..self }
    }

    /// The same for a mail that came with SMTPUTF8.
    #[must_use]
    pub const fn internationalized(self) -> Self {
        Self { internationalized: true, ..self }
    }

    /// The word.
    pub const fn as_str(self) -> &'static str {
        let Self { protocol, secured, authenticated, internationalized } = self;
        match (protocol, internationalized, secured, authenticated) {
            (Protocol::Smtp, ..) => "SMTP",
            (Protocol::Esmtp, false, false, false) => "ESMTP",
            (Protocol::Esmtp, false, true, false) => "ESMTPS",
            (Protocol::Esmtp, false, false, true) => "ESMTPA",
            (Protocol::Esmtp, false, true, true) => "ESMTPSA",
            (Protocol::Esmtp, true, false, false) => "UTF8SMTP",
            (Protocol::Esmtp, true, true, false) => "UTF8SMTPS",
            (Protocol::Esmtp, true, false, true) => "UTF8SMTPA",
            (Protocol::Esmtp, true, true, true) => "UTF8SMTPSA",
            (Protocol::Lmtp, false, false, false) => "LMTP",
            (Protocol::Lmtp, false, true, false) => "LMTPS",
            (Protocol::Lmtp, false, false, true) => "LMTPA",
            (Protocol::Lmtp, false, true, true) => "LMTPSA",
            (Protocol::Lmtp, true, false, false) => "UTF8LMTP",
            (Protocol::Lmtp, true, true, false) => "UTF8LMTPS",
            (Protocol::Lmtp, true, false, true) => "UTF8LMTPA",
            (Protocol::Lmtp, true, true, true) => "UTF8LMTPSA",
        }
    }
}

impl fmt::Display for Transmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

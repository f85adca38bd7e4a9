//! What both sides of a session know of it.

/// Which protocol a session speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// SMTP, submission included: EHLO, and one answer to a body.
    #[default]
    Smtp,
    /// LMTP (RFC 2033): LHLO, and an answer to a body for each recipient.
    Lmtp,
}

/// What the stream is wrapped in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Security {
    /// Nothing: everybody on the way can read and write.
    #[default]
    Plain,
    /// TLS.
    Tls,
}

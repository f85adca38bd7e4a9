//! What a peer does that ends a session.

use crate::Code;
use core::fmt;
use mailwire_core::{FrameError, ParseError};
use mailwire_sasl::SaslError;

/// A fault of the peer. It ends the session; what there was to say about it comes out of `transmit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PeerError {
    /// The stream can't be read on.
    Frame(FrameError),
    /// It closed its side in the middle of the session.
    Eof,
    /// It was silent for longer than the [patience](mailwire_core::Patience) of this kind.
    Expired(&'static str),
    /// It sent octets in plaintext behind STARTTLS, to have them taken for a part of what TLS protects (RFC 3207 §4.2).
    Injected,
    /// It spoke before its turn.
    OutOfTurn,
    /// No header of the PROXY protocol came where one has to come first.
    Proxy,
    /// It speaks another protocol.
    Foreign(&'static str),
    /// It made too many mistakes, or too many commands that lead to nothing.
    Tiresome,
    /// A server's line is no reply: nobody can know whether both sides still agree on who answers what.
    Unreadable(ParseError),
    /// A server's reply makes no sense for what it answers, as a 354 to EHLO.
    Unexpected(Code),
    /// A server does not offer the TLS that is required, or refuses it.
    NoTls,
    /// A server says that the authentication succeeded, and it can't have: it did not prove that it knows the user.
    Unproven(SaslError),
}

impl From<FrameError> for PeerError {
    fn from(error: FrameError) -> Self {
        Self::Frame(error)
    }
}

impl fmt::Display for PeerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => fmt::Display::fmt(error, f),
            Self::Eof => f.write_str("the peer closed the connection"),
            Self::Expired(kind) => write!(f, "the peer was silent for too long: {kind}"),
            Self::Injected => f.write_str("the peer sent plaintext behind STARTTLS"),
            Self::OutOfTurn => f.write_str("the peer spoke before its turn"),
            Self::Proxy => f.write_str("no header of the PROXY protocol came"),
            Self::Foreign(protocol) => write!(f, "the peer speaks {protocol}"),
            Self::Tiresome => f.write_str("the peer made too many mistakes"),
            Self::Unreadable(error) => write!(f, "the peer's line is no reply: {error}"),
            Self::Unexpected(code) => write!(f, "the peer's reply {code} makes no sense here"),
            Self::NoTls => f.write_str("the peer offers no TLS"),
            Self::Unproven(error) => write!(f, "the peer's success is not to be believed: {error}"),
        }
    }
}

impl core::error::Error for PeerError {}

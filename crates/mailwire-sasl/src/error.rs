//! How an exchange fails.

use core::fmt;

/// Why an exchange failed. It stays failed: every later call returns the same error, but for [`Usage`](Self::Usage).
///
/// Nothing of what the peer or the user said is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SaslError {
    /// The mechanism is not known here, or its feature is off.
    Unsupported,
    /// The mechanism needs something that was not handed in, as "a nonce".
    Missing(&'static str),
    /// What was handed in can't be sent or used; says what it has to be.
    Invalid(&'static str),
    /// A message of the peer is not as the mechanism wants it; says what was expected.
    Malformed(&'static str),
    /// A message of the peer has more octets than [`Limits::message`](crate::Limits::message), or there were too many.
    TooLong,
    /// The peer spoke, or told of success, when it wasn't its turn.
    Unexpected,
    /// The number of iterations is not between [`Limits::min_iterations`](crate::Limits::min_iterations) and
    /// [`Limits::max_iterations`](crate::Limits::max_iterations).
    Iterations,
    /// To a server: the channel is bound in another way than the client says, or in one that isn't known. Somebody may
    /// stand in the middle.
    ChannelBinding,
    /// To a server: the client believes that no mechanism with channel binding was offered, but there was one. Somebody
    /// has changed the list on its way.
    Downgrade,
    /// To a client: the server did not prove that it knows the user. It must not be trusted, whatever it says.
    ServerNotVerified,
    /// The credentials are wrong, or not good enough; to the client nothing more should be said.
    Refused,
    /// One side gave up.
    Cancelled,
    /// The caller's mistake: the call makes no sense now. Nothing has changed.
    Usage(&'static str),
}

impl fmt::Display for SaslError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported => f.write_str("the mechanism is not supported"),
            Self::Missing(what) => write!(f, "the mechanism needs {what}"),
            Self::Invalid(what) | Self::Malformed(what) => write!(f, "expected {what}"),
            Self::TooLong => f.write_str("the exchange is too long"),
            Self::Unexpected => f.write_str("the peer spoke out of turn"),
            Self::Iterations => f.write_str("the number of iterations is out of bounds"),
            Self::ChannelBinding => f.write_str("the channel bindings don't match"),
            Self::Downgrade => f.write_str("the list of mechanisms was changed on its way"),
            Self::ServerNotVerified => f.write_str("the server did not prove that it knows the user"),
            Self::Refused => f.write_str("the credentials were refused"),
            Self::Cancelled => f.write_str("the exchange was cancelled"),
            Self::Usage(what) => f.write_str(what),
        }
    }
}

impl core::error::Error for SaslError {}

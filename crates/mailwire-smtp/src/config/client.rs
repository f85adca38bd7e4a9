//! How a client behaves.

use crate::Protocol;

/// How a [client](crate::client) behaves.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ClientConfig {
    /// SMTP or LMTP.
    pub protocol: Protocol,
}

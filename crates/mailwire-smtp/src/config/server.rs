//! How a server behaves.

use crate::Protocol;

/// How a [server](crate::server) behaves.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ServerConfig {
    /// SMTP or LMTP.
    pub protocol: Protocol,
}

//! SCRAM ([RFC 5802], [RFC 7677]): keys, and what they are derived from.
//!
//! The exchanges are those of [`Client`](crate::Client) and [`Server`](crate::Server); here is what may be done elsewhere.
//! The derivation of a [`SaltedPassword`] takes as long as the number of iterations says, so a program that must not stand
//! still meanwhile does it on another thread; a client that keeps the result need not do it again.
//!
//! ```text
//! SaltedPassword = PBKDF2(password, salt, iterations)
//! ClientKey      = HMAC(SaltedPassword, "Client Key")
//! StoredKey      = H(ClientKey)                          what a server keeps,
//! ServerKey      = HMAC(SaltedPassword, "Server Key")    with salt and iterations
//! ```
//!
//! [RFC 5802]: https://www.rfc-editor.org/rfc/rfc5802#section-3
//! [RFC 7677]: https://www.rfc-editor.org/rfc/rfc7677#section-3

mod attributes;
mod client;
mod hash;
mod keys;
mod server;

pub(crate) use client::{Answered, First, Greeted};
pub use hash::Hash;
pub use keys::{KeyRequest, SaltedPassword, StoredKeys};
pub(crate) use server::{Opened, Proving, open};

use crate::SaslError;

/// Random printable characters without a comma, as many as make 90 bits when each has six.
pub(crate) fn check_nonce(nonce: &str) -> Result<(), SaslError> {
    if nonce.len() < 15 || !attributes::is_nonce(nonce) {
        return Err(SaslError::Invalid("a nonce of at least 15 printable characters without a comma"));
    }
    Ok(())
}

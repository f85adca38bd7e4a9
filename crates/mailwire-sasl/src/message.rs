//! Octets that go through an exchange.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use subtle::ConstantTimeEq;

/// Octets of an exchange, or a secret out of one: `Debug` counts them and never shows them, in any build.
///
/// [`expose`](Self::expose) and [`into_octets`](Self::into_octets) are the only ways to them.
///
/// ```
/// use mailwire_sasl::Message;
///
/// let password = Message::from("hunter2");
/// assert_eq!(format!("{password:?}"), "Message(7 octets)");
/// assert!(password.matches(b"hunter2"));
/// ```
#[derive(Clone, Default)]
pub struct Message(Vec<u8>);

impl Message {
    /// The octets themselves.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The same, given away.
    pub fn into_octets(self) -> Vec<u8> {
        self.0
    }

    /// Whether there is none. An empty message is a message: see [`ClientStep::Send`](crate::ClientStep::Send).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether these are the same octets as `expected`, in a time that says nothing about where they differ; only a
    /// difference in length shows.
    pub fn matches(&self, expected: &[u8]) -> bool {
        self.0.as_slice().ct_eq(expected).into()
    }
}

impl From<Vec<u8>> for Message {
    fn from(octets: Vec<u8>) -> Self {
        Self(octets)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl From<&[u8]> for Message {
    fn from(octets: &[u8]) -> Self {
        Self(octets.to_vec())
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({} octets)", self.0.len())
    }
}

//! Envelopes: from whom a mail comes and to whom it goes, apart from what its header says (RFC 5321 §2.3.1).
//!
//! ```
//! use mailwire_smtp::{Envelope, Notify, Recipient};
//!
//! let envelope = Envelope::new("ann@example.org".parse()?)
//!     .with_recipient("bob@example.com".parse()?)
//!     .with_recipient("eve@example.com".parse::<Recipient>()?.with_notify(Notify::NEVER))
//!     .with_size(1000);
//! assert_eq!(envelope.recipients().len(), 2);
//! # Ok::<(), mailwire_core::ParseError>(())
//! ```

#[cfg(feature = "message")]
mod message;
mod recipient;

#[cfg(feature = "message")]
#[cfg_attr(docsrs, doc(cfg(feature = "message")))]
pub use message::{HeaderError, WithoutBcc};
pub use recipient::Recipient;

use crate::client::Outcome;
use crate::command::{Body, Envid, Ret};
use alloc::vec::Vec;
use mailwire_address::Address;
use mailwire_core::ParseError;

/// From whom a mail comes, to whom it goes, and what the servers on its way have to know of it.
///
/// It owns its addresses, and says only what can be said: whether a server can take it is found when it is
/// [sent](crate::client::Client::send).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub(crate) sender: Option<Address>,
    pub(crate) recipients: Vec<Recipient>,
    pub(crate) size: Option<u64>,
    pub(crate) body: Body,
    pub(crate) headers: HeaderText,
    pub(crate) tls: TlsDemand,
    pub(crate) ret: Option<Ret>,
    pub(crate) envid: Option<Vec<u8>>,
}

/// What octets the header has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeaderText {
    Ascii,
    Utf8,
}

/// Whether the mail may go through a stream in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TlsDemand {
    None,
    AllTheWay,
}

impl Envelope {
    /// From somebody, who is told of failures.
    pub fn new(sender: Address) -> Self {
        Self { sender: Some(sender), ..Self::null() }
    }

    /// From `<>`: of failures nobody is told. For notices of failure and other mail that must cause none (RFC 5321 §4.5.5).
    pub fn null() -> Self {
        Self {
            sender: None,
            recipients: Vec::new(),
            size: None,
            body: Body::SevenBit,
            headers: HeaderText::Ascii,
            tls: TlsDemand::None,
            ret: None,
            envid: None,
        }
    }

    /// The same to one more recipient.
    #[must_use]
    pub fn with_recipient(mut self, recipient: Recipient) -> Self {
        self.recipients.push(recipient);
        self
    }

    /// The same with the number of octets of the mail, before dots are added (RFC 1870 §3); about is good enough.
    #[must_use]
    pub fn with_size(self, octets: u64) -> Self {
        Self { size: Some(octets), ..self }
    }

    /// The same for a mail of such octets; ASCII, unless said otherwise.
    #[must_use]
    pub fn with_body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    /// The same for a mail whose header has UTF-8 in it (RFC 6531). Of addresses it is seen.
    #[must_use]
    pub fn with_utf8_headers(self) -> Self {
        Self { headers: HeaderText::Utf8, ..self }
    }

    /// The same, and it may only go over TLS, all the way (RFC 8689).
    #[must_use]
    pub fn with_required_tls(self) -> Self {
        Self { tls: TlsDemand::AllTheWay, ..self }
    }

    /// The same with what a notice of failure returns (RFC 3461 §4.3), where the server can be told.
    #[must_use]
    pub fn with_ret(self, ret: Ret) -> Self {
        Self { ret: Some(ret), ..self }
    }

    /// The same with a name for its notices (RFC 3461 §4.4), where the server can be told.
    ///
    /// # Errors
    ///
    /// Those of [`Envid::new`].
    pub fn with_envid(self, name: &str) -> Result<Self, ParseError> {
        Envid::new(name.as_bytes())?;
        Ok(Self { envid: Some(name.as_bytes().to_vec()), ..self })
    }

    /// Who is told of failures; `None` for `<>`.
    pub fn sender(&self) -> Option<&Address> {
        self.sender.as_ref()
    }

    /// To whom it goes, in order.
    pub fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    /// The same for those recipients that a transaction had no room for: to be sent at once, in another one. `None` if there
    /// are none.
    pub fn rest(&self, outcome: &Outcome) -> Option<Self> {
        let rest = |index: &usize| outcome.recipient(*index).is_some_and(|fate| fate.is_left_over());
        let recipients: Vec<Recipient> = (0..self.recipients.len())
            .filter(rest)
            .filter_map(|at| self.recipients.get(at).cloned())
            .collect();
        (!recipients.is_empty()).then(|| Self { recipients, ..self.clone() })
    }

    /// Whether the server has to know SMTPUTF8.
    pub(crate) fn is_utf8(&self) -> bool {
        let addresses = self.sender.iter().chain(self.recipients.iter().filter_map(Recipient::address));
        self.headers == HeaderText::Utf8 || addresses.into_iter().any(|address| !address.as_str().is_ascii())
    }
}

//! One to whom a mail goes.

use crate::command::{Notify, Orcpt};
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;
use mailwire_address::{Address, ForwardPath};
use mailwire_core::ParseError;

/// One to whom a mail goes, and what the sender wants to be told of it.
///
/// ```
/// use mailwire_smtp::Recipient;
///
/// let recipient: Recipient = "bob@example.com".parse()?;
/// assert_eq!(recipient.to_string(), "<bob@example.com>");
/// assert!("postmaster".parse::<Recipient>()?.address().is_none());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// `None` for the postmaster of the server at hand.
    address: Option<Address>,
    pub(crate) notify: Option<Notify>,
    pub(crate) orcpt: Option<String>,
}

impl Recipient {
    /// Whoever answers for the server at hand: `<Postmaster>` (RFC 5321 §4.5.1).
    pub const POSTMASTER: Self = Self { address: None, notify: None, orcpt: None };

    /// The same, of whom the sender wants to be told this (RFC 3461 §4.1), where the server can be told.
    #[must_use]
    pub fn with_notify(self, notify: Notify) -> Self {
        Self { notify: Some(notify), ..self }
    }

    /// The same, to whom the mail went at first (RFC 3461 §4.2), where the server can be told.
    ///
    /// # Errors
    ///
    /// Those of [`Orcpt::new`].
    pub fn with_orcpt(self, address: &str) -> Result<Self, ParseError> {
        Orcpt::new(address)?;
        Ok(Self { orcpt: Some(address.to_owned()), ..self })
    }

    /// The address; `None` for the postmaster of the server at hand.
    pub fn address(&self) -> Option<&Address> {
        self.address.as_ref()
    }

    pub(crate) fn path(&self) -> ForwardPath<'_> {
        self.address.as_ref().map_or(ForwardPath::Postmaster, ForwardPath::from)
    }
}

impl From<Address> for Recipient {
    fn from(address: Address) -> Self {
        Self { address: Some(address), notify: None, orcpt: None }
    }
}

impl FromStr for Recipient {
    type Err = ParseError;

    /// An address, or `postmaster` alone.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text.eq_ignore_ascii_case("postmaster") {
            return Ok(Self::POSTMASTER);
        }
        Address::parse(text).map(Self::from)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path(), f)
    }
}

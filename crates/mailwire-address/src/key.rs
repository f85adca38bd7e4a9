//! Addresses that are to count as the same.

use crate::{Address, Domain, text};
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use core::fmt;

/// What to make equal besides what [`Address`]es of one mailbox have in common anyway: for finding duplicates, never for
/// writing to. Only the domain knows whether its mailboxes differ by case or have sub-addresses; the rules of a provider are
/// the caller's.
///
/// ```
/// use mailwire_address::{Address, KeyPolicy};
///
/// let policy = KeyPolicy::new().ignore_case().without_detail('+');
/// let key = |text: &str| text.parse::<Address>().unwrap().key(policy);
/// assert_eq!(key("Ann+list@example.com"), key("ann@Example.com"));
/// assert_ne!(key("ann.b@example.com"), key("annb@example.com"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyPolicy {
    case: bool,
    separator: Option<char>,
    #[cfg(feature = "nfc")]
    nfc: bool,
    #[cfg(feature = "idna")]
    idna: bool,
}

impl KeyPolicy {
    /// Nothing but what makes addresses equal.
    pub const fn new() -> Self {
        Self {
            case: false,
            separator: None,
            #[cfg(feature = "nfc")]
            nfc: false,
            #[cfg(feature = "idna")]
            idna: false,
        }
    }

    /// ASCII letters of the local part are the same in either case.
    #[must_use]
    pub const fn ignore_case(self) -> Self {
        Self { case: true, ..self }
    }

    /// What stands behind the first `separator` of the local part does not count, unless nothing stands before it.
    #[must_use]
    pub const fn without_detail(self, separator: char) -> Self {
        Self { separator: Some(separator), ..self }
    }

    /// Texts that Unicode calls canonically equivalent are the same: both are brought into form C.
    #[cfg(feature = "nfc")]
    #[must_use]
    pub const fn nfc(self) -> Self {
        Self { nfc: true, ..self }
    }

    /// A domain and its form in ASCII are the same (UTS 46). One that IDNA does not allow stays as it is.
    #[cfg(feature = "idna")]
    #[must_use]
    pub const fn idna(self) -> Self {
        Self { idna: true, ..self }
    }

    fn local(self, address: &Address) -> String {
        let local = address.local_part();
        let mut text: Cow<'_, str> = match self.separator.map(|separator| local.split_detail(separator).0) {
            Some(user) if !user.is_empty() => user,
            _ => local.unquoted(),
        };
        #[cfg(feature = "nfc")]
        if self.nfc {
            text = Cow::Owned(crate::nfc::normalize(&text).into_owned());
        }
        if self.case {
            text.to_mut().make_ascii_lowercase();
        }
        text.into_owned()
    }

    #[cfg_attr(
        not(any(feature = "idna", feature = "nfc")),
        expect(clippy::unused_self, reason = "these features have something to ask of it")
    )]
    fn domain(self, domain: &Domain<'_>) -> String {
        let Domain::Name(name) = domain else { return domain.to_string() };
        #[cfg(feature = "idna")]
        if self.idna
            && let Ok(ascii) = name.to_ascii()
        {
            return ascii.to_ascii_lowercase();
        }
        let text = name.to_text();
        #[cfg(feature = "nfc")]
        if self.nfc {
            return crate::nfc::normalize(&text).to_ascii_lowercase();
        }
        text.to_ascii_lowercase()
    }
}

/// What addresses that count as the same have in common. It is text, and can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(String);

impl AddressKey {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Address {
    /// What this address has in common with all that count as the same by `policy`.
    pub fn key(&self, policy: KeyPolicy) -> AddressKey {
        let local = policy.local(self);
        let mut key = String::with_capacity(self.as_str().len());
        if text::is_dot_atom(&local) {
            key.push_str(&local);
        } else {
            // Writing to a string can't fail.
            let _ = text::write_quoted(&local, &mut key);
        }
        if let Some(domain) = self.domain() {
            key.push('@');
            key.push_str(&policy.domain(&domain));
        }
        AddressKey(key)
    }
}

//! An address that owns its text.

use crate::addr_spec::{AddrSpec, Form};
use crate::text;
use crate::{AddressDefect, Allow, Dialect, Domain, LocalPart};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use mailwire_core::ParseError;

/// An address in canonical form, owned: what a program keeps, compares, and writes.
///
/// The text never holds CR, LF, NUL or any other control of ASCII, so writing needs no escaping and cannot fail. Two are
/// equal if their local parts say the same, however quoted, and their domains are equal but for the case of ASCII letters;
/// `Hash` and `Ord` agree with that. For more than that (case, Unicode, sub-addresses) there is [`key`](Self::key).
///
/// ```
/// use mailwire_address::Address;
///
/// let address: Address = "\"ann\"@Example.COM".parse()?;
/// assert_eq!(address.as_str(), "ann@Example.COM");
/// assert_eq!(address, Address::new("ann", "example.com")?);
/// assert_eq!(Address::new("a b@c", "example.com")?.as_str(), "\"a b@c\"@example.com");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Address {
    text: Box<str>,
    at: usize,
    form: Form,
}

impl Address {
    /// Reads an address as [`Dialect::SMTPUTF8`] has it.
    ///
    /// # Errors
    ///
    /// At the first byte that no address has there.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let spec = AddrSpec::parse(text.as_bytes(), Dialect::SMTPUTF8)?;
        Self::from_spec(&spec).ok_or(ParseError::new(text.as_bytes(), 0, "an address"))
    }

    /// The address of a mailbox whose local part says `local`, which is put in quotes where it has to be.
    ///
    /// # Errors
    ///
    /// Where what has been put together is no address; the offset counts in that text.
    pub fn new(local: &str, domain: &str) -> Result<Self, ParseError> {
        let mut text = String::with_capacity(local.len() + domain.len() + 3);
        // Writing to a string can't fail.
        let _ = if text::is_dot_atom(local) && !local.contains("=?") {
            fmt::Write::write_str(&mut text, local)
        } else {
            text::write_quoted(local, &mut text)
        };
        text.push('@');
        text.push_str(domain);
        Self::parse(&text)
    }

    /// An address as some server let it into the world: of any length, with dots in odd places, with no `@` at all. It is
    /// written as it came, but for a header, where what would end an item of a list is put in quotes. What some dialect takes
    /// says what it says there; all else is divided at its last `@`.
    ///
    /// # Errors
    ///
    /// At a control character, a space or an angle bracket, which would change what is written around it.
    ///
    /// ```
    /// use mailwire_address::Address;
    ///
    /// let address = Address::verbatim("the..tester.@example.com")?;
    /// assert_eq!(address.as_str(), "the..tester.@example.com");
    /// assert!(Address::verbatim("a b@example.com").is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn verbatim(text: &str) -> Result<Self, ParseError> {
        let foreign = |c: char| c.is_control() || matches!(c, ' ' | '<' | '>');
        if let Some(place) = text.find(foreign) {
            return Err(ParseError::new(text.as_bytes(), place, "no control, space or angle bracket"));
        }
        if text.is_empty() {
            return Err(ParseError::new(b"", 0, "an address"));
        }
        Ok(Self::kept(text).unwrap_or_else(|| {
            let at = text.rfind('@').unwrap_or(text.len());
            Self { text: text.into(), at, form: Form::Verbatim }
        }))
    }

    /// An address of any dialect, which says what it says there and is written as it came.
    pub(crate) fn kept(text: &str) -> Option<Self> {
        let spec = AddrSpec::parse(text.as_bytes(), Dialect::LENIENT.without(Allow::GAPS)).ok()?;
        let plain = !text.bytes().any(|byte| byte.is_ascii_control());
        plain.then(|| Self { text: text.into(), at: spec.local_part().raw().len(), form: spec.form() })
    }

    pub(crate) fn from_spec(spec: &AddrSpec<'_>) -> Option<Self> {
        let controls = spec.defects().contains(AddressDefect::ObsControl);
        if spec.domain().is_none() || controls {
            return None;
        }
        let (text, at) = match spec.as_str() {
            Some(text) => (text.into(), spec.local_part().raw().len()),
            None => (spec.to_string(), spec.local_part().to_string().len()),
        };
        if text.contains('\t') {
            return None;
        }
        let form = if spec.form() == Form::AsRead { Form::Canonical } else { spec.form() };
        Some(Self { text: text.into(), at, form })
    }

    /// The address as a borrowed value.
    pub fn as_spec(&self) -> AddrSpec<'_> {
        AddrSpec::new(self.text.as_bytes(), self.at, self.form, crate::Defects::NONE)
    }

    /// What is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is written, without a copy.
    pub fn into_string(self) -> String {
        self.text.into_string()
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> LocalPart<'_> {
        self.as_spec().local_part()
    }

    /// What stands behind the `@`; `None` for a [`verbatim`](Self::verbatim) address without one.
    pub fn domain(&self) -> Option<Domain<'_>> {
        self.as_spec().domain()
    }

    /// Whether a server has to know `SMTPUTF8` to take it (RFC 6531).
    pub fn needs_smtputf8(&self) -> bool {
        !self.text.is_ascii()
    }
}

impl FromStr for Address {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Address {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.as_spec() == other.as_spec()
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_spec().hash(state);
    }
}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By local part, then by domain.
impl Ord for Address {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_spec().cmp(&other.as_spec())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({:?})", mailwire_core::Escaped(self.text.as_bytes()))
    }
}

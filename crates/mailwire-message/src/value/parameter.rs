//! A parameter of a structured MIME value (RFC 2045 §5.1, RFC 2231), as it stands there.

use core::fmt;
use mailwire_core::{Class, Escaped};

/// One parameter, or one segment of one.
///
/// ```text
/// parameter   = attribute [ "*" section ] [ "*" ] "=" value
/// value       = token / quoted-string
/// ```
///
/// (RFC 2045 §5.1, RFC 2231 §7.)
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Parameters;
///
/// let name = Parameters::new(b"; name=\"caf\xc3\xa9 \\\"1\\\".txt\"").next().unwrap();
/// assert!(name.is("name") && name.is_quoted());
/// assert_eq!(name.text(), "café \"1\".txt");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameter<'a> {
    name: &'a [u8],
    section: Option<u32>,
    extended: bool,
    quoted: bool,
    raw: &'a [u8],
}

impl<'a> Parameter<'a> {
    /// A parameter whose name, asterisks and all, is `written`.
    pub(super) fn new(written: &'a [u8], quoted: bool, raw: &'a [u8]) -> Self {
        let (name, section, extended) = split_name(written);
        Self { name, section, extended, quoted, raw }
    }

    /// The name as it is written, without the asterisks of RFC 2231.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Whether this is (a segment of) the parameter `name`, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The number of the segment, for a value in several of them (`name*0`).
    pub fn section(&self) -> Option<u32> {
        self.section
    }

    /// Whether the value is percent-encoded, and begins with a charset in the first segment (`name*`, `name*0*`).
    pub fn is_extended(&self) -> bool {
        self.extended
    }

    /// Whether the value stood in quotes.
    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// The value as it is written: the inside of the quotes, backslashes and folds included, or the bare words.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }
}

/// Splits the asterisks of RFC 2231 off a name. What is no section belongs to the name.
fn split_name(written: &[u8]) -> (&[u8], Option<u32>, bool) {
    let plain = (written, None, false);
    let Some(star) = written.iter().position(|&byte| byte == b'*') else { return plain };
    let (name, section) = written.split_at_checked(star).unwrap_or_default();
    match section {
        [b'*'] => (name, None, true),
        [b'*', number @ .., b'*'] => number_of(number).map_or(plain, |number| (name, Some(number), true)),
        [_, number @ ..] => number_of(number).map_or(plain, |number| (name, Some(number), false)),
        [] => plain,
    }
}

fn number_of(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || !Class::DIGIT.contains_all(digits) {
        return None;
    }
    digits
        .iter()
        .try_fold(0_u32, |number, digit| number.checked_mul(10)?.checked_add(u32::from(digit - b'0')))
}

impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameter")
            .field("name", &Escaped(self.name))
            .field("section", &self.section)
            .field("extended", &self.extended)
            .field("quoted", &self.quoted)
            .field("raw", &Escaped(self.raw))
            .finish()
    }
}

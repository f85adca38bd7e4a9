//! A verb that nobody knows.

use super::parse::is_known;
use super::text::CommandText;
use super::word::Word;
use core::fmt;
use mailwire_core::ParseError;

/// A command with an unknown verb, and what stands behind it.
///
/// The verb may be a mistyped one and its arguments a password, or the whole line the answer to a challenge that was never
/// sent. `Debug` counts the arguments, and shows a verb only if it can't be base64 that stands alone.
///
/// ```
/// use mailwire_smtp::Unknown;
///
/// let unknown = Unknown::new(b"XYZZY", b"hunter2")?;
/// assert_eq!(format!("{unknown:?}"), "XYZZY and 7 octets");
/// assert_eq!(unknown.arguments(), b"hunter2");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unknown<'a> {
    verb: Word<'a>,
    arguments: Option<CommandText<'a>>,
}

const LONGEST_VERB: usize = 32;

impl<'a> Unknown<'a> {
    /// Takes a verb and what follows it, which may be nothing.
    ///
    /// # Errors
    ///
    /// At the first octet of the verb that is no letter, or behind its 32nd; where the verb is known; at the first control
    /// of the arguments, or where they are no UTF-8.
    pub fn new(verb: &'a [u8], arguments: &'a [u8]) -> Result<Self, ParseError> {
        if is_known(verb) {
            return Err(ParseError::new(verb, 0, "a verb without a command of its own"));
        }
        let arguments = if arguments.is_empty() { None } else { Some(CommandText::new(arguments)?) };
        Self::kept(verb, arguments)
    }

    pub(super) fn kept(verb: &'a [u8], arguments: Option<CommandText<'a>>) -> Result<Self, ParseError> {
        if let Some(at) = verb.iter().position(|octet| !octet.is_ascii_alphabetic()) {
            return Err(ParseError::new(verb, at, "a letter"));
        }
        if verb.len() > LONGEST_VERB {
            return Err(ParseError::too_long(LONGEST_VERB, "a verb of at most 32 letters"));
        }
        Ok(Self { verb: Word::new(verb)?, arguments })
    }

    /// The verb.
    pub fn verb(&self) -> Word<'a> {
        self.verb
    }

    /// What stands behind its blank.
    pub fn arguments(&self) -> &'a [u8] {
        self.arguments.map_or(b"", CommandText::as_bytes)
    }

    /// How many octets at the front of the line a log may show.
    pub(super) fn open(&self) -> usize {
        let len = self.verb.as_bytes().len();
        if len.is_multiple_of(4) && self.arguments().is_empty() { 0 } else { len }
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.open() {
            0 => write!(f, "{} octets", self.verb.as_bytes().len()),
            _ => write!(f, "{} and {} octets", self.verb, self.arguments().len()),
        }
    }
}

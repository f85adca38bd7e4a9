//! Until when a message has to be delivered.

use super::number;
use core::fmt;
use mailwire_core::ParseError;

/// The value of `BY=`.
///
/// Grammar: `by-time ";" by-mode [by-trace]`, `by-time = ["-" / "+"] 1*9DIGIT` ([RFC 2852 §4]).
///
/// ```
/// use mailwire_smtp::{By, ByMode};
///
/// let by = By::new(120, ByMode::Return).unwrap();
/// assert_eq!(by.to_string(), "120;R");
/// assert!(By::new(0, ByMode::Return).is_none());
/// ```
///
/// [RFC 2852 §4]: https://www.rfc-editor.org/rfc/rfc2852#section-4
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct By {
    seconds: i32,
    mode: ByMode,
    traced: bool,
}

/// What happens when the time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two")]
pub enum ByMode {
    /// `N`: the sender is told, and delivery goes on.
    Notify,
    /// `R`: the message is returned.
    Return,
}

impl By {
    /// In `seconds` from now; they may be over already if the sender is only told. `None` if they have more than nine digits,
    /// or if a message would be returned at once.
    pub fn new(seconds: i32, mode: ByMode) -> Option<Self> {
        let fits = seconds.unsigned_abs() <= 999_999_999 && (mode == ByMode::Notify || seconds > 0);
        fits.then_some(Self { seconds, mode, traced: false })
    }

    /// The same, and each relay tells the sender that it was there.
    #[must_use]
    pub fn traced(self) -> Self {
        Self { traced: true, ..self }
    }

    /// How long, from now.
    pub fn seconds(&self) -> i32 {
        self.seconds
    }

    /// What happens then.
    pub fn mode(&self) -> ByMode {
        self.mode
    }

    /// Whether each relay tells the sender that it was there.
    pub fn is_traced(&self) -> bool {
        self.traced
    }

    pub(super) fn parse(value: &[u8]) -> Result<Self, ParseError> {
        let end = value.iter().position(|&byte| byte == b';');
        let end = end.ok_or_else(|| ParseError::new(value, value.len(), "`;`"))?;
        let time = value.get(..end).unwrap_or_default();
        let (sign, digits) = match time {
            [b'-', digits @ ..] => (-1, digits),
            digits => (1, digits.strip_prefix(b"+").unwrap_or(digits)),
        };
        let seconds = number(digits, 9, "seconds of at most 9 digits")
            .map_err(|error| error.shifted(time.len() - digits.len()))?;
        let seconds = i32::try_from(seconds).unwrap_or(i32::MAX) * sign;
        let (mode, trace) = match value.get(end + 1..) {
            Some([b'n' | b'N', trace @ ..]) => (ByMode::Notify, trace),
            Some([b'r' | b'R', trace @ ..]) => (ByMode::Return, trace),
            _ => return Err(ParseError::new(value, end + 1, "`N` or `R`")),
        };
        let by = Self::new(seconds, mode).ok_or_else(|| ParseError::new(value, 0, "a time to come"))?;
        match trace {
            [] => Ok(by),
            [b't' | b'T'] => Ok(by.traced()),
            _ => Err(ParseError::new(value, end + 2, "`T` or nothing")),
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = if self.mode == ByMode::Notify { 'N' } else { 'R' };
        write!(f, "{};{mode}{}", self.seconds, if self.traced { "T" } else { "" })
    }
}

//! What the sender wants to be told.

use crate::scan::{find_byte, key};
use alloc::vec::Vec;
use mailwire_core::ParseError;

/// The value of `NOTIFY=`: nothing ever, or a set of occasions.
///
/// Grammar: `"NEVER" / 1#notify-list-element` ([RFC 3461 §4.1]). Never is never said together with anything else.
///
/// ```
/// use mailwire_smtp::Notify;
///
/// let notify = Notify::SUCCESS.and(Notify::DELAY);
/// assert!(notify.contains(Notify::DELAY) && !notify.contains(Notify::FAILURE));
/// ```
///
/// [RFC 3461 §4.1]: https://www.rfc-editor.org/rfc/rfc3461#section-4.1
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Notify(u8);

impl Notify {
    /// Nothing, whatever happens.
    pub const NEVER: Self = Self(0);
    /// When it was delivered.
    pub const SUCCESS: Self = Self(1);
    /// When it can't be delivered.
    pub const FAILURE: Self = Self(2);
    /// When it takes long.
    pub const DELAY: Self = Self(4);

    /// These occasions and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all occasions of `other` are among these. Never is among all.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is to be told.
    pub const fn is_never(self) -> bool {
        self.0 == 0
    }

    pub(super) fn parse(value: &[u8]) -> Result<Self, ParseError> {
        let mut all = Self::NEVER;
        let mut at = 0;
        while let Some(rest) = value.get(at..) {
            let word = rest.get(..find_byte(b',', rest)).unwrap_or(rest);
            let occasion = match (key(word), word.len()) {
                (SUCCESS, 7) => Self::SUCCESS,
                (FAILURE, 7) => Self::FAILURE,
                (DELAY, 5) => Self::DELAY,
                (NEVER, 5) if word.len() == value.len() => return Ok(Self::NEVER),
                _ => return Err(ParseError::new(value, at, "`SUCCESS`, `FAILURE` or `DELAY`")),
            };
            all = all.and(occasion);
            at += word.len() + 1;
        }
        Ok(all)
    }

    pub(super) fn encode(self, out: &mut Vec<u8>) {
        if self.is_never() {
            return out.extend_from_slice(b"NEVER");
        }
        let mut separator: &[u8] = b"";
        for (_, name) in WORDS.iter().filter(|(occasion, _)| self.contains(*occasion)) {
            out.extend_from_slice(separator);
            out.extend_from_slice(name.as_bytes());
            separator = b",";
        }
    }
}

const SUCCESS: u64 = key(b"SUCCESS");
const FAILURE: u64 = key(b"FAILURE");
const DELAY: u64 = key(b"DELAY");
const NEVER: u64 = key(b"NEVER");

const WORDS: [(Notify, &str); 3] =
    [(Notify::SUCCESS, "SUCCESS"), (Notify::FAILURE, "FAILURE"), (Notify::DELAY, "DELAY")];

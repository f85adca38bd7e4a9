//! Whether a mailbox still belongs to whom the sender means.

use super::date;
use core::fmt;
use mailwire_core::{DateTime, ParseError};

/// The value of `RRVS=`: the mailbox must not have changed hands since then.
///
/// Grammar: `date-time [ ";" ( "C" / "R" ) ]` ([RFC 7293 §3.1](https://www.rfc-editor.org/rfc/rfc7293#section-3.1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Rrvs {
    /// Since when.
    pub since: DateTime,
    /// What a relay does whose next hop does not know the extension.
    pub action: Option<RrvsAction>,
}

/// What a relay does whose next hop does not know the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two")]
pub enum RrvsAction {
    /// `C`: it delivers all the same.
    Continue,
    /// `R`: it refuses.
    Reject,
}

impl Rrvs {
    pub(super) fn parse(value: &[u8]) -> Result<Self, ParseError> {
        let end = value.iter().position(|&byte| byte == b';').unwrap_or(value.len());
        let (since, action) = value.split_at_checked(end).unwrap_or((value, b""));
        let action = match action {
            b"" => None,
            b";C" | b";c" => Some(RrvsAction::Continue),
            b";R" | b";r" => Some(RrvsAction::Reject),
            _ => return Err(ParseError::new(value, end + 1, "`C` or `R`")),
        };
        Ok(Self { since: date(since)?, action })
    }
}

impl fmt::Display for Rrvs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let action = match self.action {
            None => "",
            Some(RrvsAction::Continue) => ";C",
            Some(RrvsAction::Reject) => ";R",
        };
        write!(f, "{}{action}", self.since)
    }
}

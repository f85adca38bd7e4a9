//! From whom, and for whom.

use super::parameter::Parameters;
use mailwire_address::{ForwardPath, ReversePath};

/// `MAIL FROM:<path> [parameters]` ([RFC 5321 §4.1.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Mail<'a> {
    /// Where failures are told.
    pub path: ReversePath<'a>,
    /// What else the sender says.
    pub parameters: Parameters<'a>,
}

/// `RCPT TO:<path> [parameters]` ([RFC 5321 §4.1.1.3](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Rcpt<'a> {
    /// Where the mail goes.
    pub path: ForwardPath<'a>,
    /// What else the sender says.
    pub parameters: Parameters<'a>,
}

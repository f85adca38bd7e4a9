//! The start of an authentication.

use mailwire_sasl::{Base64, Mechanism};

/// `AUTH mechanism [initial-response]` ([RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Auth<'a> {
    /// Which mechanism, as it was written.
    pub mechanism: Mechanism<'a>,
    /// What the client sends with it. None is not the same as an empty one, which is written `=`.
    pub initial: Option<Base64<'a>>,
}

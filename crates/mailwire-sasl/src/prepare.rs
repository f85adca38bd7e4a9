//! Names and passwords in one form.

use crate::SaslError;
use alloc::borrow::Cow;

/// Prepares a name or a password by `SASLprep` ([RFC 4013]), as a stored string: characters that Unicode 3.2 did not have are
/// refused. ASCII without controls comes back as it is.
///
/// ```
/// assert_eq!(mailwire_sasl::saslprep("I\u{ad}X")?, "IX");
/// assert!(mailwire_sasl::saslprep("\u{7}").is_err());
/// # Ok::<(), mailwire_sasl::SaslError>(())
/// ```
///
/// # Errors
///
/// [`SaslError::Invalid`] for forbidden characters, for mixed directions, and where something becomes nothing.
///
/// [RFC 4013]: https://www.rfc-editor.org/rfc/rfc4013
pub fn saslprep(text: &str) -> Result<Cow<'_, str>, SaslError> {
    const WANTED: SaslError = SaslError::Invalid("characters that SASLprep allows");
    let prepared = stringprep::saslprep(text).map_err(|_| WANTED)?;
    if prepared.is_empty() && !text.is_empty() { Err(WANTED) } else { Ok(prepared) }
}

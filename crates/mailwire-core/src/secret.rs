//! Octets that must not get into a log.

use core::fmt;

/// A password, a token, a challenge: octets that `Debug` counts and never shows, in any build.
///
/// [`expose`](Self::expose) is the only way to them, so that a search for the word finds every use.
///
/// ```
/// use mailwire_core::Secret;
///
/// let password = Secret(b"hunter2");
/// assert_eq!(format!("{password:?}"), "Secret(7 octets)");
/// assert_eq!(password.expose(), b"hunter2");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a plain wrapper, made where the octets are")]
pub struct Secret<'a>(pub &'a [u8]);

impl<'a> Secret<'a> {
    /// The octets themselves.
    pub fn expose(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} octets)", self.0.len())
    }
}

//! Words of open registries.

/// A newtype of an atom: an open registry, with constants for what is registered. What is unknown is kept; two are equal whatever the
/// case.
macro_rules! registry {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $constant:ident = $text:literal;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy)]
        pub struct $name<'a>(&'a [u8]);

        impl $name<'static> {
            $($(#[$doc])* pub const $constant: Self = Self($text);)*
        }

        impl<'a> $name<'a> {
            /// Takes an atom.
            ///
            /// # Errors
            ///
            /// At the first octet that it can't have.
            pub fn new(word: &'a [u8]) -> Result<Self, mailwire_core::ParseError> {
                $crate::word::atom(word).map(Self)
            }

            pub(crate) const fn kept(word: &'a [u8]) -> Self {
                Self(word)
            }

            /// Its octets.
            pub fn as_bytes(self) -> &'a [u8] {
                self.0
            }

            /// Whether it is `name`, whatever the case.
            pub fn is(self, name: &str) -> bool {
                self.0.eq_ignore_ascii_case(name.as_bytes())
            }

            /// Whether it is one of the constants.
            pub fn is_known(self) -> bool {
                let known: &[&[u8]] = &[$($text),*];
                known.iter().any(|known| known.eq_ignore_ascii_case(self.0))
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.0.eq_ignore_ascii_case(other.0)
            }
        }

        impl Eq for $name<'_> {}

        impl core::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&mailwire_core::Escaped(self.0), f)
            }
        }
    };
}

pub(crate) use registry;

use crate::class::Class;
use mailwire_core::ParseError;

/// An atom that does not open the brackets of a section.
pub(crate) fn atom(word: &[u8]) -> Result<&[u8], ParseError> {
    match word.iter().position(|&byte| !Class::ATOM.contains(byte) || byte == b'[') {
        None if !word.is_empty() => Ok(word),
        at => Err(ParseError::new(word, at.unwrap_or(0), "a character of an atom")),
    }
}

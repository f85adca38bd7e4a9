//! Words of an open registry: constants for those that are known, and room for all others.

/// Declares a type for the words of a registry. They are compared in any case, as their ABNF says; what is not known
/// survives.
macro_rules! words {
    ($(#[$outer:meta])* pub struct $name:ident { $($(#[$inner:meta])* $constant:ident = $word:literal;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy)]
        pub struct $name<'a>(&'a [u8]);

        impl $name<'static> {
            $($(#[$inner])* pub const $constant: Self = Self($word.as_bytes());)*
        }

        impl<'a> $name<'a> {
            pub(super) const fn new(word: &'a [u8]) -> Self {
                Self(word)
            }

            /// The word as it is written.
            pub fn as_bytes(&self) -> &'a [u8] {
                self.0
            }

            /// Whether it is one of the constants.
            pub fn is_known(&self) -> bool {
                [$($word),*].iter().any(|word| self.0.eq_ignore_ascii_case(word.as_bytes()))
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            fn from(word: &'a str) -> Self {
                Self(word.as_bytes())
            }
        }

        impl PartialEq<$name<'_>> for $name<'_> {
            fn eq(&self, other: &$name<'_>) -> bool {
                self.0.eq_ignore_ascii_case(other.0)
            }
        }

        impl Eq for $name<'_> {}

        impl core::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{:?}", mailwire_core::Escaped(self.0))
            }
        }

        impl core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}", mailwire_core::Escaped(self.0))
            }
        }
    };
}

pub(super) use words;

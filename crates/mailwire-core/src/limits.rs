//! The shape of every `Limits` type of the family.

/// Declares a `Limits` type: hard caps with reasoned defaults, read as fields, changed with `with_…`.
///
/// The type is `Copy` and `#[non_exhaustive]`: a later version may have one more cap.
///
/// ```
/// mailwire_core::limits! {
///     /// How much of a hostile list is read.
///     pub struct Limits {
///         /// Items in a list. More is a list bomb.
///         items / with_items: u32 = 10_000,
///     }
/// }
///
/// let limits = Limits::default().with_items(100);
/// assert_eq!(limits.items, 100);
/// ```
#[macro_export]
macro_rules! limits {
    ($(#[$outer:meta])* $vis:vis struct $name:ident {
        $($(#[$inner:meta])* $field:ident / $with:ident: $ty:ty = $default:expr,)*
    }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis struct $name { $($(#[$inner])* pub $field: $ty,)* }

        impl Default for $name {
            fn default() -> Self {
                Self::DEFAULT
            }
        }

        impl $name {
            /// The defaults, as said at each field.
            pub const DEFAULT: Self = Self { $($field: $default,)* };

            $(
                #[doc = concat!("The same limits with another `", stringify!($field), "`.")]
                #[must_use]
                pub const fn $with(self, $field: $ty) -> Self {
                    Self { $field, ..self }
                }
            )*
        }
    };
}

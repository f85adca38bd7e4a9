//! What is forgiven, and who needs it.

pub use mailwire_core::frame::BareLf;

/// How the readers take what the grammar does not allow and real software sends.
///
/// What is harmless is always forgiven, and is a defect of its frame; strictness is a policy over those. Nothing is ever
/// forgiven on the end of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leniency {
    /// What a bare LF means in a command, a status line or a listing.
    pub bare_lf: BareLf,
    /// What a SASL response `=` means.
    pub equals_sign: EqualsSign,
}

impl Leniency {
    /// What is forgiven unless said otherwise, as said at each field.
    pub const DEFAULT: Self = Self { bare_lf: BareLf::Refuse, equals_sign: EqualsSign::Refuse };

    /// The same with another [`bare_lf`](Self::bare_lf).
    #[must_use]
    pub const fn with_bare_lf(self, bare_lf: BareLf) -> Self {
        Self { bare_lf, ..self }
    }

    /// The same with another [`equals_sign`](Self::equals_sign).
    #[must_use]
    pub const fn with_equals_sign(self, equals_sign: EqualsSign) -> Self {
        Self { equals_sign, ..self }
    }
}

/// What an equals sign alone means where a SASL response is due. In `AUTH mechanism =` it is an empty initial response (RFC
/// 5034 §4); on a line of its own it is no base64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EqualsSign {
    /// It is an error, as the RFC has it.
    #[default]
    Refuse,
    /// It is an empty response. For clients that write one the same way in both places.
    Empty,
}

//! What is forgiven, and who needs it.

pub use mailwire_core::frame::BareLf;

/// How the readers take what the grammar does not allow and real software sends.
///
/// What is harmless is always forgiven, and is a defect of its frame; strictness is a policy over those. Nothing is ever
/// forgiven on the announcement of a literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leniency {
    /// What a bare LF means in a line. In a literal it is an octet like any other.
    pub bare_lf: BareLf,
}

impl Leniency {
    pub(crate) const DEFAULT: Self = Self { bare_lf: BareLf::Refuse };

    /// The same with another [`bare_lf`](Self::bare_lf).
    #[must_use]
    pub const fn with_bare_lf(self, bare_lf: BareLf) -> Self {
        Self { bare_lf }
    }
}

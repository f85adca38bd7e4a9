//! What is forgiven, and who needs it.

pub use mailwire_core::frame::BareLf;

use mailwire_address::{AddressDefect, Allow, Dialect};

/// How the readers take what the grammar does not allow and real software sends.
///
/// What is forgiven is a defect of its frame; strictness is a policy over those. Nothing is forgiven on the end of data, and
/// nothing around STARTTLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leniency {
    /// What a bare LF means in a command or a reply.
    pub bare_lf: BareLf,
    /// What an address without brackets means in MAIL and RCPT.
    pub bare_path: BarePath,
    /// What paths may look like. Unless said otherwise: those of RFC 6531, and what real servers have let into the world:
    /// dots in odd places of a local part (some mobile carriers), underscores and hyphens at the edges of host names, a dot at
    /// the end of a domain. Whatever is odd is among the `defects()` of the address.
    pub paths: Dialect,
}

impl Default for Leniency {
    fn default() -> Self {
        Self::DEFAULT
    }
}

const PATHS: Dialect = Dialect::SMTPUTF8
    .with(Allow::GENERAL_LITERAL)
    .with(Allow::of(AddressDefect::DotAtomDots))
    .with(Allow::of(AddressDefect::TrailingDot))
    .with(Allow::of(AddressDefect::NonLdhDomain))
    .with(Allow::of(AddressDefect::HyphenEdge));

impl Leniency {
    /// What is forgiven unless said otherwise, as said at each field.
    pub const DEFAULT: Self = Self { bare_lf: BareLf::Refuse, bare_path: BarePath::Refuse, paths: PATHS };

    /// The same with another [`bare_lf`](Self::bare_lf).
    #[must_use]
    pub const fn with_bare_lf(self, bare_lf: BareLf) -> Self {
        Self { bare_lf, ..self }
    }

    /// The same with another [`bare_path`](Self::bare_path).
    #[must_use]
    pub const fn with_bare_path(self, bare_path: BarePath) -> Self {
        Self { bare_path, ..self }
    }

    /// The same with other [`paths`](Self::paths).
    #[must_use]
    pub const fn with_paths(self, paths: Dialect) -> Self {
        Self { paths, ..self }
    }
}

/// What `MAIL FROM:ann@example.com` means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BarePath {
    /// Nothing.
    #[default]
    Refuse,
    /// The address, up to the next blank. For old clients and devices; Postfix takes it as well.
    Accept,
}

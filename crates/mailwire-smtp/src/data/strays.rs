//! What becomes of a body that two readers could read in two ways.

use mailwire_core::ParseError;
use mailwire_core::dots::{Stray, Tally};

/// Whether a body may have bare CRs, bare LFs or NULs in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strays {
    /// No: the mail is refused, behind its end (550 5.6.11 or 5.5.2).
    #[default]
    Refuse,
    /// No bare LFs, which are how one mail is made into two; bare CRs and NULs are defects of the frame that ends the body. So
    /// Postfix has it (`smtpd_forbid_bare_newline = reject`): mail programs do send bare CRs.
    RefuseBareLf,
    /// Yes: they are defects of the frame that ends the body. For BODY=BINARYMIME, where they mean nothing, and for who
    /// repairs them before the mail goes on.
    Keep,
}

impl Strays {
    /// What a receiver says of a body at its end.
    ///
    /// # Errors
    ///
    /// Where the first octet is that is refused, in octets from the start of the body on the wire.
    pub fn judge(self, tally: &Tally) -> Result<(), ParseError> {
        let first = match self {
            Self::Refuse => tally.strays().min_by_key(|&(_, at)| at),
            Self::RefuseBareLf => tally.strays().find(|&(stray, _)| stray == Stray::BareLf),
            Self::Keep => None,
        };
        first.map_or(Ok(()), |(stray, at)| {
            let (octet, expected) = match stray {
                Stray::BareCr => (b'\r', "a line feed behind each carriage return"),
                Stray::BareLf => (b'\n', "a carriage return before each line feed"),
                Stray::Nul => (0, "no NUL"),
            };
            Err(ParseError::new(&[octet], 0, expected).shifted(usize::try_from(at).unwrap_or(usize::MAX)))
        })
    }
}

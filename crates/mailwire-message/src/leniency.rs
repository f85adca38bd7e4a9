//! What is forgiven, and how.

/// How the parser reads what the grammar does not allow and real software sends.
///
/// The defaults are what most readers do; each choice is reported as a defect whichever way it goes.
///
/// ```
/// use mailwire_message::{Leniency, NoColon, Parser};
///
/// let raw = b"Subject: a\nno colon here\nTo: b@example.org\n\ntext";
/// assert_eq!(Parser::new().parse(raw).headers().iter().count(), 2);
///
/// let strict = Parser::new().with_leniency(Leniency::default().with_no_colon(NoColon::EndsHeader));
/// assert_eq!(strict.parse(raw).headers().iter().count(), 1);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leniency {
    /// What a line without a colon means in a header block.
    pub no_colon: NoColon,
    /// Which of several Content-Type or Content-Transfer-Encoding fields of a part counts.
    pub repeated: Repeated,
}

impl Leniency {
    /// The same with another [`no_colon`](Self::no_colon).
    #[must_use]
    pub const fn with_no_colon(self, no_colon: NoColon) -> Self {
        Self { no_colon, ..self }
    }

    /// The same with another [`repeated`](Self::repeated).
    #[must_use]
    pub const fn with_repeated(self, repeated: Repeated) -> Self {
        Self { repeated, ..self }
    }
}

/// What a line without a colon means in a header block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoColon {
    /// It is skipped with its continuation lines, and the block goes on (`GMime`, Dovecot, mail-parser).
    #[default]
    Skipped,
    /// The block ends before it and it is the body's first line (Python's email).
    EndsHeader,
}

/// Which of several fields counts where there may be only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeated {
    /// The first, as most readers do.
    #[default]
    First,
    /// The last, as mail-parser 0.11 and some gateways do.
    Last,
}

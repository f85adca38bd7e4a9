//! What can be wrong with a command or a reply that was read all the same.

use mailwire_core::dots::Stray;

mailwire_core::defects! {
    /// What was forgiven. Ranges are in octets from the start of the frame.
    pub enum SmtpDefect {
        /// A line ends in a bare LF.
        BareLf: Repaired, "the line ends without a carriage return";
        /// A carriage return in a body without a line feed behind it.
        BodyBareCr: Ambiguous, "the body has a carriage return without a line feed";
        /// A line feed in a body without a carriage return before it.
        BodyBareLf: Ambiguous, "the body has a line feed without a carriage return";
        /// A NUL in a body.
        BodyNul: Ambiguous, "the body has a NUL in it";
        /// Blanks before the end of the line.
        TrailingBlank: Note, "blanks stand before the end of the line";
        /// A blank between the colon of MAIL or RCPT and the path.
        BlankBeforePath: Repaired, "a blank stands before the path";
        /// More than one blank between two parameters.
        DoubleBlank: Repaired, "more than one blank stands between two parameters";
        /// An address without brackets.
        BarePath: Repaired, "the path has no brackets";
    }
}

impl SmtpDefect {
    /// The defect of a body with such an octet in it.
    pub(crate) fn of(stray: Stray) -> Self {
        match stray {
            Stray::BareCr => Self::BodyBareCr,
            Stray::BareLf => Self::BodyBareLf,
            Stray::Nul => Self::BodyNul,
        }
    }
}

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
        /// A line of a reply has another code than the line before it; the last counts. Servers greet with `220-` and then
        /// think better of it.
        MixedCodes: Ambiguous, "the lines of the reply have different codes";
        /// The second digit of a reply's code is above 5, as in the 571 of old Sendmail.
        OddCode: Note, "the second digit of the reply's code is not 0 to 5";
        /// A reply has a code and no text.
        MissingText: Note, "the reply has no text";
        /// A line of a reply has another enhanced code than a line before it; the last counts.
        MixedEnhancedCodes: Note, "the lines of the reply have different enhanced codes";
        /// An enhanced code of another class than the reply's code; it is left in the text.
        ForeignEnhancedCode: Repaired, "the enhanced code is of another class than the reply's code";
        /// A control character in the text of a reply.
        TextControl: Note, "a control character in the text of the reply";
        /// An octet above 127 in the text of a reply: UTF-8, if SMTPUTF8 was asked for.
        TextEightBit: Note, "an octet above 127 in the text of the reply";
        /// A line of a reply has more than 512 octets.
        LongReplyLine: Note, "the line of the reply has more than 512 octets";
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

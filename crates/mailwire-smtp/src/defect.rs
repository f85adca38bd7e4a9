//! What can be wrong with a command or a reply that was read all the same.

mailwire_core::defects! {
    /// What was forgiven. Ranges are in octets from the start of the frame.
    pub enum SmtpDefect {
        /// A line ends in a bare LF.
        BareLf: Repaired, "the line ends without a carriage return";

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

//! What can be wrong with a command or a response that was read all the same.

mailwire_core::defects! {
    /// What was forgiven. Ranges are in octets from the start of the frame, or of the text that was read.
    pub enum Pop3Defect {
        /// A line ends in a bare LF, and [`BareLf::EndsLine`](crate::leniency::BareLf::EndsLine) allows it.
        LfEndsLine: Repaired, "the line ends without a carriage return";
        /// Blanks at the end of a line.
        TrailingBlank: Note, "there are blanks at the end of the line";
        /// Words are parted by more than one space, or by a tab.
        OddBlank: Note, "one space should stand here";
        /// No space behind a status indicator, or behind the `+` of a challenge.
        NoBlank: Repaired, "a space is missing behind the status indicator";
        /// A status indicator in small letters (RFC 1939 §3: servers MUST send it in upper case).
        LowerCaseStatus: Repaired, "the status indicator is not in upper case";
        /// A line over the length of RFC 2449 §4: 255 octets for a command, 512 for a response.
        LongLine: Note, "the line is longer than RFC 2449 allows";
        /// A name with a blank in it.
        BlankInName: Note, "there is a blank in the name";
        /// A digest that is not in small letters (RFC 1939 §7).
        UpperCaseDigest: Note, "the digest is not in lower case";
        /// Base64 without its padding.
        MissingPadding: Repaired, "the padding of the base64 is missing";
        /// An empty response written as `=`, which is for initial responses only.
        EqualsSign: Repaired, "an empty response is an empty line, not an equals sign";
        /// More than the grammar has behind a value.
        ExtraArgument: Note, "there is more behind the value";
        /// A unique-id over 70 octets (RFC 1939 §7).
        LongUniqueId: Note, "the unique-id is longer than 70 octets";
        /// A carriage return without a line feed in a message.
        BodyBareCr: Ambiguous, "the message has a carriage return without a line feed";
        /// A line feed without a carriage return in a message.
        BodyBareLf: Ambiguous, "the message has a line feed without a carriage return";
        /// A NUL in a message.
        BodyNul: Ambiguous, "the message has a NUL";
    }
}

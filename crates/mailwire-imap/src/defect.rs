//! What can be wrong with a command or a response that was read all the same.

mailwire_core::defects! {
    /// What was forgiven, most of it named after the habit of a server. Ranges are in octets from the start of the frame, or of
    /// the text that was read.
    pub enum ImapDefect {
        /// A line ends in a bare LF, and [`BareLf::EndsLine`](crate::leniency::BareLf::EndsLine) allows it.
        LfEndsLine: Repaired, "the line ends without a carriage return";
        /// Blanks at the end of a line or of a list (Exchange and Dovecot's proxy in STATUS, Yahoo in SEARCH, exmail.qq in
        /// CAPABILITY, SurgeMail in PERMANENTFLAGS).
        TrailingBlank: Note, "there are blanks at the end";
        /// More blanks than one (DavMail before EXISTS, to keep a connection alive).
        ExtraBlank: Note, "one space should stand here";
        /// No blank where one should be, as before a parenthesis.
        MissingBlank: Note, "a space should stand here";
        /// A status or a continuation without text (Gmail, iCloud's BYE, Yandex); IMAP4rev2 allows it.
        MissingText: Note, "there is no text";
        /// Octets over 127 where the grammar has ASCII (Proton Bridge, Courier, Dovecot and Cyrus in quoted strings).
        EightBit: Note, "there are octets over 127";
        /// A NUL in a string.
        Nul: Ambiguous, "there is a NUL in the string";
        /// A carriage return in a text, without a line feed behind it.
        BareCr: Ambiguous, "there is a carriage return in the text";
        /// A backslash in a quoted string before something that needs none.
        StrayBackslash: Note, "a backslash stands before something that needs none";
        /// A quote that nobody closes; where the string ends is a guess.
        OpenQuote: Ambiguous, "a quote is not closed";
        /// A quote in a string without a backslash before it (163's `\"\"\"\"` for a subject in quotes); where the string ends is a guess.
        StrayQuote: Ambiguous, "a quote in the string has no backslash before it";
        /// A string that nobody quoted (old versions of Proton Bridge).
        UnquotedString: Repaired, "the string should be quoted";
        /// A word in quotes that should have none.
        QuotedWord: Note, "the word should not be quoted";
        /// A flag or a label with characters that no flag has (Gmail's `OIB-Seen-[Gmail]`, `(+IMNews)`).
        OddFlag: Note, "the flag has characters that no flag can have";
        /// A negative number where none can be (Dovecot and Exchange `-1` octets, Zoho's MODSEQ): it is read as 0.
        NegativeNumber: Repaired, "the number is negative, and 0 is read";
        /// A number in quotes, or `NIL` for one: NIL is read as 0 (lines and octets of a body).
        NilNumber: Repaired, "there is NIL where a number should be, and 0 is read";
        /// A number that is written as a float (mail.ru's `9.3736e+06`): it is cut to a whole one.
        FloatNumber: Repaired, "the number is written with an exponent";
        /// Message number or UID 0 (Exchange).
        ZeroNumber: Note, "the number is zero";
        /// `()` where NIL stands for nothing, or the other way round.
        EmptyList: Note, "an empty list stands for NIL";
        /// NIL where a string must be (encoding of a body: maddy; a parameter's value: mail.ru).
        NilString: Repaired, "there is NIL where a string must be";
        /// An address with blanks between it and the next.
        BlankBetweenAddresses: Note, "there is a space between two addresses";
        /// An envelope, an address or a part with fewer or more members than it must have (QQ without message-id; DavMail; dbmail's
        /// envelope in what is no message).
        MemberCount: Repaired, "the list has another number of members than it must have";
        /// An item of a FETCH in parentheses of its own (Domino: `(ENVELOPE (…))`).
        ExtraParentheses: Repaired, "the item stands in parentheses of its own";
        /// An empty string before a value (DavMail: `BODYSTRUCTURE "" (…)`).
        StrayString: Repaired, "an empty string stands before the value";
        /// A list without its parentheses (`[BADCHARSET UTF-8]`, as in the examples of RFC 5182 and 9051).
        BareList: Note, "the list should be in parentheses";
        /// Language before disposition.
        SwappedMembers: Repaired, "the disposition and the language have changed places";
        /// A body disposition without its parentheses (Exchange: `NIL "inline"`).
        BareDisposition: Repaired, "the disposition should be in parentheses";
        /// A multipart without any part, or written like a part (Gmail, GMX); a subtype that is missing.
        BrokenMultipart: Repaired, "the multipart has no parts or no subtype";
        /// A `{n+}` from a server, which has no use for it.
        ServerNonSync: Note, "a server does not announce literals with a plus sign";
        /// A date whose day has one digit, or a zone that is missing.
        OddDate: Note, "the date is not written as it must be";
        /// A response code that can't be read (Outlook's `[COPYUID 701  ]`, Exchange's `[Error="…"]`).
        BrokenCode: Repaired, "the response code can't be read";
        /// Something behind a value that the grammar does not have there.
        Extra: Note, "there is more than the grammar has";
        /// Base64 without the equals signs at its end.
        MissingPadding: Repaired, "the padding of base64 is missing";
        /// A tag with characters that no tag has.
        OddTag: Repaired, "the tag has characters that no tag can have";
    }
}

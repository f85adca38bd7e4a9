//! What can be wrong with an mbox.

mailwire_core::defects! {
    /// What can be wrong with an mbox. Ranges count in bytes from its start.
    ///
    /// ```
    /// use mailwire_core::Defect;
    /// use mailwire_message::mbox::{Dialect, MboxDefect, messages};
    ///
    /// let raw = b"To: whom?\n\nFrom a@example.org Fri Nov 21 09:55:06 1997\nTo: b\n";
    /// let mut found: Vec<Defect<MboxDefect>> = Vec::new();
    /// let mut all = messages(raw, Dialect::Mboxrd);
    /// while all.next_with(&mut found).is_some() {}
    /// assert_eq!(found[0].to_string(), "repaired at bytes 0-0: text stands before the first separator");
    /// ```
    pub enum MboxDefect {
        /// Something stands before the first separator; it is given out as a message without one.
        TextBefore: Repaired, "text stands before the first separator";
        /// A `From ` line at the start that has no date.
        FirstLine: Repaired, "the first separator has no date";
        /// A line that could be a separator, but for the missing empty line before it:
        /// [`NoEmptyLine`](super::NoEmptyLine) says what it is.
        NoEmptyLine: Ambiguous, "a `From ` line with a date has no empty line before it";
        /// A Content-Length that leads to no separator; ignored.
        LengthWrong: Repaired, "a Content-Length does not lead to a separator";
        /// A separator inside of a Content-Length that holds: a reader that does not mind lengths sees a message more.
        LengthHides: Ambiguous, "a separator lies inside a Content-Length";
        /// A Content-Length that goes too far beyond a separator to be tried; ignored.
        LengthTooFar: Limit, "a Content-Length goes too far beyond a separator";
    }
}

//! What can be wrong with the value of a field.

mailwire_core::defects! {
    /// What can be wrong with the value of a field.
    ///
    /// ```
    /// use mailwire_core::{Defect, Severity};
    /// use mailwire_message::value::{ContentType, ValueDefect};
    ///
    /// let mut found: Vec<Defect<ValueDefect>> = Vec::new();
    /// let content_type = ContentType::parse(b"text/plain; name=a; name=b");
    /// content_type.parameters().find_with("name", &mut found);
    /// assert_eq!(found[0].kind(), ValueDefect::ParameterDuplicate);
    /// assert_eq!((found[0].severity(), found[0].range()), (Severity::Ambiguous, 25..26));
    /// ```
    pub enum ValueDefect {
        /// No date can be read.
        BadDate: Repaired, "the date can't be read";
        /// The parts of a date stand in another order than day, month, year, time, or are joined by hyphens or slashes.
        DateOrder: Repaired, "the date is not written as day, month, year, time";
        /// The day of the week is not that of the date.
        DateWeekday: Note, "the day of the week is not that of the date";
        /// A year of two or three digits, read as RFC 5322 §4.3 says.
        DateShortYear: Note, "the year has less than four digits";
        /// A date without a time of day: midnight.
        DateNoTime: Repaired, "the date has no time of day, midnight is taken";
        /// A time on a clock of twelve hours.
        DateTwelveHours: Repaired, "the time is on a clock of twelve hours";
        /// A date without a zone: UTC, offset unknown.
        DateNoZone: Repaired, "the date has no zone, UTC is taken";
        /// A zone given by name, as before RFC 2822.
        DateObsoleteZone: Note, "the zone is a name instead of an offset";
        /// A zone that means nothing: UTC, offset unknown.
        DateBadZone: Repaired, "the zone can't be read, UTC is taken";
        /// Something stands behind the date.
        DateTrailing: Repaired, "something stands behind the date";

        /// No message identifier where one has to be.
        NoMessageId: Repaired, "there is no message identifier";
        /// A message identifier without angle brackets.
        MessageIdBare: Repaired, "the message identifier has no angle brackets";
        /// A message identifier whose closing bracket is missing.
        MessageIdUnclosed: Repaired, "the message identifier has no closing bracket";
        /// A message identifier with blanks or controls in it, or without an `@`.
        MessageIdSyntax: Note, "the message identifier is not of the form left@right";
        /// Something else between the message identifiers; it is skipped.
        MessageIdJunk: Note, "something that is no message identifier is skipped";

        /// A parameter given twice, with two values; the first is taken.
        ParameterDuplicate: Ambiguous, "a parameter is given twice with different values";
        /// A parameter given both plainly and in the form of RFC 2231, with two values; the latter is taken.
        ParameterTwoForms: Ambiguous, "a parameter is given plainly and extended, with different values";
        /// A value that should be quoted.
        ParameterUnquoted: Repaired, "a parameter's value should be in quotes";
        /// A comment that is never closed: all behind it is part of it.
        UnclosedComment: Ambiguous, "a comment is not closed";
        /// A quote that is never closed.
        ParameterUnclosedQuote: Ambiguous, "a quote is not closed";
        /// A word where a parameter should be.
        ParameterMissingEquals: Repaired, "a parameter has no equals sign";
        /// Two parameters with no semicolon between them.
        ParameterMissingSemicolon: Repaired, "there is no semicolon before a parameter";

        /// A content type that is none: `text/plain` is taken (RFC 2045 §5.2).
        BadContentType: Repaired, "the content type can't be read, text/plain is taken";
        /// A content type with comments, blanks, quotes or other things in it, which not every reader skips.
        ContentTypeDecorated: Note, "the content type has more in it than type and subtype";
        /// A disposition without its first word.
        BadDisposition: Repaired, "the disposition has no type";
        /// A Received field without a date, or with one that can't be told from the rest.
        ReceivedNoDate: Repaired, "the trace has no date";
        /// A Received field with a date, and no semicolon before it.
        ReceivedNoSemicolon: Repaired, "there is no semicolon before the date of the trace";
        /// A clause of a Received field that ends behind its name.
        ReceivedEmptyClause: Note, "a clause of the trace has no value";
        /// A clause of a Received field given twice; the first is taken.
        ReceivedRepeatedClause: Ambiguous, "a clause of the trace is given twice";
        /// Words of a Received field that belong to no clause.
        ReceivedWords: Note, "something in the trace belongs to no clause";
        /// A Return-Path that is neither an address nor `<>`.
        BadReturnPath: Repaired, "the return path can't be read";
        /// A Return-Path without angle brackets, or with a name before them.
        ReturnPathDecorated: Note, "the return path is not an address in angle brackets";
        /// A Return-Path with a source route; it is left out (RFC 5321 §4.1.2).
        ReturnPathRoute: Note, "a source route was left out of the return path";
        /// Something behind the Return-Path.
        ReturnPathJunk: Repaired, "something stands behind the return path";
        /// Two names for one file.
        FileNames: Ambiguous, "the part has more than one file name";
    }
}

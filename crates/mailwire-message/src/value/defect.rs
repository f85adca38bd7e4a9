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
        /// A day that its month does not have, as in 30 Feb: no date can be read.
        DateRange: Repaired, "the month has no such day";
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
        /// An encoded-word in a parameter, which RFC 2047 §5 forbids and most readers decode all the same.
        ParameterEncodedWord: Repaired, "an encoded-word stands in the value of a parameter";
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

        /// A quoted string that is never closed: all behind it is part of it.
        UnclosedQuote: Ambiguous, "a quoted string is not closed";

        /// Something that is no URI in angle brackets; it is skipped.
        UriJunk: Repaired, "something that is no URI is skipped";
        /// A URI behind another one, and no comma between them: some readers stop there.
        UriMissingComma: Repaired, "there is no comma before a URI";
        /// A URI without angle brackets.
        UriBare: Repaired, "the URI has no angle brackets";
        /// A URI whose closing bracket is missing.
        UriUnclosed: Repaired, "the URI has no closing bracket";
        /// A URI without a scheme, or with a control in it.
        UriSyntax: Note, "the URI has no scheme, or a byte that no URI may have";
        /// Another value than the only one that List-Unsubscribe-Post may have.
        BadUnsubscribePost: Repaired, "the value is not List-Unsubscribe=One-Click";

        /// No list identifier where one has to be.
        NoListId: Repaired, "there is no list identifier";
        /// A list identifier without angle brackets.
        ListIdBare: Repaired, "the list identifier has no angle brackets";
        /// A list identifier whose closing bracket is missing.
        ListIdUnclosed: Repaired, "the list identifier has no closing bracket";
        /// Something behind the list identifier, or another bracket before it.
        ListIdJunk: Repaired, "something stands beside the list identifier";
        /// A list identifier that is not made of labels and dots.
        ListIdSyntax: Note, "the list identifier is not of the form label.namespace";

        /// Authentication results that do not say whose they are.
        NoAuthservId: Repaired, "the authentication results do not say whose they are";
        /// A method with no semicolon before it: a property of the one before for some readers.
        AuthenticationMissingSemicolon: Ambiguous, "there is no semicolon before a method";
        /// Something that is no result and no property; it is skipped.
        AuthenticationJunk: Repaired, "something that is no authentication result is skipped";
        /// A result that is no word, a property without a value, or a version that is too big.
        AuthenticationSyntax: Repaired, "a result, a version or the value of a property can't be read";
        /// A property without its type, as in `action=none`.
        AuthenticationNoPtype: Note, "a property has no type";
        /// The value of a property that should be quoted.
        AuthenticationUnquoted: Note, "the value of a property should be in quotes";
        /// No instance, or none between 1 and 50, or no semicolon behind it.
        ArcInstance: Repaired, "the instance of the ARC set can't be read";
        /// A Received-SPF field that begins with something else than a result of SPF.
        BadReceivedSpf: Repaired, "the field does not begin with a result of SPF";

        /// A tag given twice: the whole list is invalid for readers that follow RFC 6376 §3.2.
        TagDuplicate: Ambiguous, "a tag is given twice";
        /// Something without an equals sign where a tag should be; it is skipped.
        TagMissingEquals: Repaired, "a tag has no equals sign";
        /// A tag with a byte in its name or value that may not be there.
        TagSyntax: Note, "a tag has a byte in it that no tag may have";
        /// A signature without a tag that has to be there.
        SignatureMissingTag: Repaired, "a tag that a signature must have is missing";
        /// A tag of a signature whose value means nothing.
        SignatureBadTag: Repaired, "a tag of a signature has a value that it can't have";

        /// An Auto-Submitted field without its first word.
        BadAutoSubmitted: Repaired, "the field does not say who submitted the message";
        /// A priority that is none, or has something behind it.
        BadPriority: Repaired, "the priority can't be read";
        /// Something that is no language tag; it is skipped.
        LanguageJunk: Repaired, "something that is no language tag is skipped";
        /// A language tag that is not well-formed.
        LanguageSyntax: Note, "the language tag is not well-formed";
        /// No version of MIME can be read.
        BadMimeVersion: Repaired, "the version of MIME can't be read";
        /// Something behind the version of MIME.
        MimeVersionJunk: Repaired, "something stands behind the version of MIME";
    }
}

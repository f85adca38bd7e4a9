//! What can be wrong with a list of addresses that was read all the same.

use core::ops::Range;
use mailwire_core::Sink;

mailwire_core::defects! {
    /// What was repaired, or is odd, in a list of addresses.
    ///
    /// Ranges are those of the item, or of the address in it, in bytes from the start of the value.
    pub enum AddressDefect {
        /// A local part of several words with white space or comments between them (RFC 5322 §4.4).
        ObsLocal: Note, "the local part has white space, comments or quotes between its dots";
        /// A domain with white space or comments around its dots (RFC 5322 §4.4).
        ObsDomain: Note, "the domain has white space or comments between its labels";
        /// White space or a comment beside the `@` (RFC 5322 §4.4 allows it, §3.4.1 asks not to write it).
        CommentNearAt: Note, "white space or a comment stands beside the at sign";
        /// A control character in a phrase, a quoted string or a domain literal (RFC 5322 §4.1).
        ObsControl: Repaired, "a control character stands in the text";
        /// A line of the value ends otherwise than in CRLF.
        BareLf: Note, "a line end is not CRLF";
        /// Nothing between two commas (RFC 5322 §4.4).
        EmptyItem: Note, "an item of the list is empty";
        /// A route before the address; it is read over (RFC 5322 §4.4).
        SourceRoute: Note, "a source route was left out";
        /// `<>`: nobody. Only a bounce may have that, and in its envelope (RFC 5321 §4.5.5).
        NullAddress: Note, "the address is empty";
        /// An unquoted local part begins or ends with a dot, or has two in a row.
        DotAtomDots: Repaired, "dots begin, end or follow each other in a part that is not quoted";
        /// The domain ends with a dot.
        TrailingDot: Repaired, "the domain ends with a dot";
        /// A domain with other characters than letters, digits and hyphens (RFC 5321 §4.1.2).
        NonLdhDomain: Note, "the domain has characters that no host name has";
        /// A domain literal that is no IP address (RFC 5321 §4.1.3).
        NonIpLiteral: Note, "the domain literal is no address of a host";
        /// A domain literal that is an IPv6 address without its tag (RFC 5321 §4.1.3).
        MissingIpv6Tag: Note, "the address of a host lacks its tag";
        /// A character of the address changes the direction of the text around it.
        BidiControl: Ambiguous, "a character of the address changes the direction of text";
        /// A character of the address can't be seen.
        InvisibleChar: Ambiguous, "a character of the address is invisible";
        /// A control character U+0080–U+009F in the address.
        C1Control: Ambiguous, "a control character stands in the address";
        /// The address looks like an encoded-word, which has no meaning there (RFC 2047 §5).
        EncodedWordInAddrSpec: Ambiguous, "an encoded-word in an address is not decoded";
        /// An encoded-word in a quoted string, which readers decode although RFC 2047 §5 says not to.
        EncodedWordInQuoted: Repaired, "an encoded-word stands inside a quoted string";
        /// `!` in a local part: a path of UUCP hosts to some software.
        BangPath: Note, "the local part looks like a path of hosts";
        /// `%` in a local part: a second `@` to some software.
        PercentHack: Note, "the local part has a percent sign that some software takes for an at sign";
        /// A local part and no `@`: a name of this host, or of nothing.
        MissingDomain: Repaired, "there is no at sign and no domain";
        /// A display name and no address.
        MissingAddress: Repaired, "there is a name but no address";
        /// What stands in angle brackets is no address.
        InvalidAddress: Ambiguous, "what stands in angle brackets is no address";
        /// More than one `@` outside quotes: which of them divides the address depends on the reader.
        MultipleAt: Ambiguous, "there is more than one at sign";
        /// A display name that looks like an address.
        AddressInDisplayName: Ambiguous, "the name looks like an address";
        /// `@` in a name that is not quoted.
        UnquotedAtInPhrase: Ambiguous, "an unquoted at sign stands in the name";
        /// A comma in a name that is not quoted: `Doe, John <j@example.com>`.
        UnquotedCommaInPhrase: Ambiguous, "an unquoted comma stands in the name";
        /// Another character in a name that has to be quoted.
        UnquotedSpecialInPhrase: Repaired, "a character that has to be quoted stands in the name";
        /// A backslash outside quotes.
        StrayBackslash: Repaired, "a backslash stands outside quotes";
        /// A quotation mark without its partner; it is read over.
        UnclosedQuote: Ambiguous, "a quotation mark is never closed";
        /// A parenthesis without its partner; the item is left as junk.
        UnclosedComment: Ambiguous, "a comment is never closed";
        /// `<` without `>`.
        UnclosedAngle: Repaired, "an angle bracket is never closed";
        /// `>` without `<`, or one too many.
        StrayGt: Repaired, "a closing angle bracket has no opening one";
        /// `<<a@b>>`.
        NestedAngle: Repaired, "angle brackets stand in angle brackets";
        /// `<mailto:a@b>`.
        MailtoInAngle: Repaired, "the address is written as a link";
        /// A second address in angle brackets without a comma before it.
        MultipleAngleAddr: Ambiguous, "a second address follows without a comma";
        /// An address after an address with only white space between them.
        MissingComma: Ambiguous, "a comma is missing between two items";
        /// Text after an address; it is left as junk.
        TrailingGarbage: Ambiguous, "text follows an address";
        /// Text after a comment after a domain, no part of the domain.
        TextAfterComment: Ambiguous, "text follows a comment after the domain";
        /// `;` between two mailboxes outside a group.
        SemicolonSeparator: Repaired, "a semicolon stands for a comma, or the comma after a group is missing";
        /// A group without `;`.
        UnclosedGroup: Repaired, "a group is never closed";
        /// A group inside a group.
        NestedGroup: Repaired, "a group stands inside a group";
        /// An address with bytes that are no UTF-8 (RFC 6532 §3.2); it is left as junk.
        NonUtf8Address: Ambiguous, "the address is not UTF-8";
        /// A line break that no white space follows: the header field ends there. What follows is junk.
        LineBreak: Ambiguous, "a line break inside the value is no fold";
        /// No address and no name; the bytes are kept as junk.
        NoAddress: Ambiguous, "neither an address nor a name can be read";
    }
}

/// A set of defects, for the places that must not wait for a sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found(u64);

impl Found {
    pub(crate) const NONE: Self = Self(0);

    #[inline]
    pub(crate) fn add(&mut self, kind: AddressDefect) {
        self.0 |= 1 << kind as u32;
    }

    #[inline]
    pub(crate) fn add_if(&mut self, condition: bool, kind: AddressDefect) {
        self.0 |= u64::from(condition) << kind as u32;
    }

    #[inline]
    pub(crate) fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }

    #[inline]
    pub(crate) fn report(self, range: Range<usize>, sink: &mut impl Sink<AddressDefect>) {
        if self != Self::NONE {
            self.report_each(&range, sink);
        }
    }

    #[cold]
    fn report_each(self, range: &Range<usize>, sink: &mut impl Sink<AddressDefect>) {
        for &kind in AddressDefect::ALL {
            if self.0 >> kind as u32 & 1 == 1 {
                sink.report(kind, range.clone());
            }
        }
    }
}

//! What can be wrong with a list of addresses that was read all the same.

use core::fmt;
use mailwire_core::DefectKind;

mailwire_core::defects! {
    /// What was repaired, or is odd, in an address or a list of them.
    ///
    /// Ranges are exact, in bytes from the start of the value; empty where something is missing. A kind is reported once
    /// for an item of a list, where it is found first.
    pub enum AddressDefect {
        /// A local part of several words with white space or comments between them (RFC 5322 §4.4).
        ObsLocal: Note, "the local part has white space, comments or quotes between its dots";
        /// A domain with white space or comments around its dots (RFC 5322 §4.4).
        ObsDomain: Note, "the domain has white space or comments between its labels";
        /// White space or a comment beside the `@` (RFC 5322 §4.4 allows it, §3.4.1 asks not to write it).
        CommentNearAt: Note, "white space or a comment stands beside the at sign";
        /// More than one line break in one gap (RFC 5322 §4.2).
        ObsFws: Note, "a gap between two words holds more than one fold";
        /// A control character in a comment, a quoted string or a domain literal (RFC 5322 §4.1), shown as U+FFFD.
        ObsControl: Repaired, "a control character stands in the text";
        /// A backslash in a domain literal (RFC 5322 §4.4).
        ObsLiteral: Note, "the domain literal has a backslash in it";
        /// A NUL without a backslash, which no grammar ever allowed.
        NulByte: Ambiguous, "a NUL stands in the text";
        /// A line of the value ends otherwise than in CRLF.
        BareLf: Note, "a line end is not CRLF";
        /// Nothing between two commas (RFC 5322 §4.4).
        EmptyItem: Note, "an item of the list is empty";
        /// A route before the address; it is read over (RFC 5322 §4.4).
        SourceRoute: Note, "a source route was left out";
        /// `<>`: nobody. Only a bounce may have that, and in its envelope (RFC 5321 §4.5.5).
        NullAddress: Note, "the address is empty";
        /// The local part is `""`.
        EmptyLocal: Note, "the local part is empty";
        /// An unquoted local part begins or ends with a dot, or has two in a row.
        DotAtomDots: Repaired, "dots begin, end or follow each other in a part that is not quoted";
        /// The domain ends with a dot.
        TrailingDot: Repaired, "the domain ends with a dot";
        /// A domain with other characters than letters, digits and hyphens (RFC 5321 §4.1.2).
        NonLdhDomain: Note, "the domain has characters that no host name has";
        /// A label that begins or ends with a hyphen (RFC 5321 §4.1.2).
        HyphenEdge: Note, "a label of the domain begins or ends with a hyphen";
        /// The last label is a number: an IP address without its brackets, as a rule (RFC 3696 §2).
        NumericTld: Note, "the top level of the domain is a number";
        /// The domain has one label: a name of this network, or of nothing.
        DotlessDomain: Note, "the domain has no dot";
        /// A label with hyphens in the third and fourth place that is no A-label (RFC 5890 §2.3.1).
        ReservedLdh: Note, "a label of the domain is reserved";
        /// A local part that looks like an A-label, which means nothing there.
        AceLocalPart: Note, "the local part looks like an encoded label";
        /// A domain literal that is no IP address (RFC 5321 §4.1.3).
        NonIpLiteral: Note, "the domain literal is no address of a host";
        /// A domain literal that is an IPv6 address without its tag (RFC 5321 §4.1.3).
        MissingIpv6Tag: Note, "the address of a host lacks its tag";
        /// A domain literal with a tag other than `IPv6:`: none is registered (RFC 5321 §4.1.3).
        UnregisteredLiteralTag: Note, "the tag of the domain literal is not registered";
        /// `::` for a single group of zeros, which RFC 5321 §4.1.3 does not allow and RFC 4291 §2.2 does.
        Ipv6OneGroup: Note, "two colons stand for a single group";
        /// A local part of more than 64 octets (RFC 5321 §4.5.3.1.1).
        LocalTooLong: Note, "the local part is longer than 64 octets";
        /// A label of more than 63 octets (RFC 1035 §2.3.4).
        LabelTooLong: Note, "a label of the domain is longer than 63 octets";
        /// A domain of more than 255 octets (RFC 5321 §4.5.3.1.2).
        DomainTooLong: Note, "the domain is longer than 255 octets";
        /// An address of more than 254 octets: with its brackets a path of more than 256 (RFC 5321 §4.5.3.1.3).
        PathTooLong: Note, "the address is longer than 254 octets";
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
        /// An encoded-word in a name with characters in it that RFC 2047 §5 (3) has encoded, read as one word.
        EncodedWordIllegalChar: Repaired, "an encoded-word has characters in it that should be encoded";
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
        /// A dot in a name that is not quoted: `John Q. Public` (RFC 5322 §4.1).
        UnquotedDotInPhrase: Note, "an unquoted dot stands in the name";
        /// Another character in a name that has to be quoted.
        UnquotedSpecialInPhrase: Repaired, "a character that has to be quoted stands in the name";
        /// A backslash outside quotes.
        StrayBackslash: Repaired, "a backslash stands outside quotes";
        /// A quotation mark without its partner; it is read over.
        UnclosedQuote: Ambiguous, "a quotation mark is never closed";
        /// A parenthesis without its partner; it is read over before an address in angle brackets, else the item is junk.
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
        /// A group inside a group: the outer one ends where the inner begins.
        NestedGroup: Repaired, "a group begins inside a group";
        /// A group where the field takes mailboxes alone (RFC 5322 §3.6.2; RFC 6854 allows it).
        GroupInMailboxList: Note, "a group stands where only mailboxes may";
        /// An address with bytes that are no UTF-8 (RFC 6532 §3.2); it is left as junk.
        NonUtf8Address: Ambiguous, "the address is not UTF-8";
        /// A name or a comment with bytes that are no UTF-8 (RFC 6532 §3.2); they are kept.
        NonUtf8Phrase: Repaired, "the text beside the address is not UTF-8";
        /// U+FF20 or U+FE6B, which looks like `@` and is none.
        FullwidthAt: Note, "a character looks like an at sign and is none";
        /// A line break that no white space follows: the header field ends there. What follows is junk.
        LineBreak: Ambiguous, "a line break inside the value is no fold";
        /// No address and no name; the bytes are kept as junk.
        NoAddress: Ambiguous, "neither an address nor a name can be read";
    }
}

/// A set of kinds of defects: what is known of a value without a [`Sink`](mailwire_core::Sink).
///
/// ```
/// use mailwire_address::{AddrSpec, AddressDefect, Dialect};
///
/// let address = AddrSpec::parse(b"ann%a.example@localhost", Dialect::SMTP)?;
/// assert!(address.defects().contains(AddressDefect::PercentHack));
/// assert_eq!(address.defects().to_string(), "DotlessDomain PercentHack");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Defects(pub(crate) u128);

impl Defects {
    /// None.
    pub const NONE: Self = Self(0);

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `kind` is among them.
    pub const fn contains(self, kind: AddressDefect) -> bool {
        self.0 >> kind as u32 & 1 == 1
    }

    /// All of them, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = AddressDefect> {
        AddressDefect::ALL.iter().copied().filter(move |&kind| self.contains(kind))
    }
}

/// The same in two halves: a `u128` would ask for more room around it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Halves(u64, u32);

const _: () = assert!(AddressDefect::ALL.len() <= 96, "the defects of an address have 96 bits");

impl Halves {
    #[inline]
    pub(crate) const fn whole(self) -> Defects {
        Defects(self.0 as u128 | (self.1 as u128) << 64)
    }
}

impl From<Defects> for Halves {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "no kind has a bit behind these")]
    fn from(defects: Defects) -> Self {
        Self(defects.0 as u64, (defects.0 >> 64) as u32)
    }
}

impl fmt::Debug for Halves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.whole(), f)
    }
}

impl fmt::Display for Defects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, kind) in self.iter().enumerate() {
            f.write_str(if index > 0 { " " } else { "" })?;
            f.write_str(kind.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Defects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

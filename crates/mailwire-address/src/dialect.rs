//! What an address may look like, by the grammar that is asked.
//!
//! Everything is read by one reader, which notes what it sees. A dialect is the set of what may be seen, so no two
//! dialects can disagree about what an address says: only about whether they take it.

use crate::defect::AddressDefect;

/// A grammar of addresses: a set of the constructs and of the oddities that it takes.
///
/// | | takes |
/// |---|---|
/// | [`SMTP`](Self::SMTP) | `Mailbox` of RFC 5321 §4.1.2, within its limits of length, in ASCII |
/// | [`SMTPUTF8`](Self::SMTPUTF8) | the same with UTF-8 (RFC 6531 §3.3) |
/// | [`IMF`](Self::IMF) | RFC 5322 §3.4 with UTF-8 (RFC 6532), of any length |
/// | [`IMF_OBS`](Self::IMF_OBS) | the same with the obsolete syntax of RFC 5322 §4 |
/// | [`LENIENT`](Self::LENIENT) | whatever can be read in one way (RFC 7103) |
/// | [`WEB`](Self::WEB) | what a form should take from somebody who wants to be written to |
/// | [`HTML5`](Self::HTML5) | `<input type=email>`, to the letter |
///
/// Each contains the one before it: `IMF` ⊂ `IMF_OBS` ⊂ `LENIENT`, `SMTP` and `WEB` ⊂ `SMTPUTF8`. What is odd and still
/// taken is among the [`defects`](crate::AddrSpec::defects).
///
/// ```
/// use mailwire_address::{AddrSpec, AddressDefect, Allow, Dialect};
///
/// let address = b"reply-to-a-token-that-is-much-longer-than-any-person-would-ever-choose@example.com";
/// assert!(AddrSpec::parse(address, Dialect::SMTP).is_err());
/// const LONG: Dialect = Dialect::SMTP.with(Allow::ANY_LENGTH);
/// assert!(AddrSpec::parse(address, LONG).is_ok());
///
/// const HOSTS: Dialect = Dialect::WEB.with(Allow::of(AddressDefect::DotlessDomain));
/// assert!(AddrSpec::parse(b"root@localhost", HOSTS).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dialect(u128);

impl Dialect {
    /// `Mailbox` of RFC 5321 §4.1.2, within the limits of §4.5.3.1. Literals are IP addresses; a general one needs
    /// [`Allow::GENERAL_LITERAL`].
    pub const SMTP: Self = Self(
        Allow::QUOTED.0
            | Allow::LITERAL.0
            | UNMINDED
            | kinds(&[AddressDefect::EmptyLocal, AddressDefect::Ipv6OneGroup]),
    );

    /// The same with UTF-8 in the local part and in the labels of the domain (RFC 6531 §3.3). Whether IDNA allows a label
    /// is asked with `DomainName::to_ascii`, behind feature `idna`: that needs tables.
    pub const SMTPUTF8: Self = Self(
        Self::SMTP.0
            | Allow::NON_ASCII.0
            | kinds(&[
                AddressDefect::BidiControl,
                AddressDefect::InvisibleChar,
                AddressDefect::C1Control,
                AddressDefect::FullwidthAt,
            ]),
    );

    /// What RFC 5322 §3.4 lets a program write, with the UTF-8 of RFC 6532: comments, folds, literals of any content.
    pub const IMF: Self = Self(
        Self::SMTPUTF8.0
            | Allow::GROUP.0
            | Allow::GAPS.0
            | Allow::BLANKS_IN_QUOTES.0
            | Allow::ANY_PAIR.0
            | Allow::ANY_LENGTH.0
            | Allow::GENERAL_LITERAL.0
            | kinds(&[
                AddressDefect::CommentNearAt,
                AddressDefect::NonLdhDomain,
                AddressDefect::HyphenEdge,
                AddressDefect::NonIpLiteral,
                AddressDefect::MissingIpv6Tag,
                AddressDefect::EncodedWordInQuoted,
                AddressDefect::AddressInDisplayName,
            ]),
    );

    /// What RFC 5322 §4 has a program read besides.
    pub const IMF_OBS: Self = Self(
        Self::IMF.0
            | kinds(&[
                AddressDefect::ObsLocal,
                AddressDefect::ObsDomain,
                AddressDefect::ObsFws,
                AddressDefect::ObsControl,
                AddressDefect::ObsLiteral,
                AddressDefect::EmptyItem,
                AddressDefect::SourceRoute,
                AddressDefect::UnquotedDotInPhrase,
            ]),
    );

    /// Everything that can be read in one way: no header is refused, and what is wrong with it is reported.
    pub const LENIENT: Self = Self(u128::MAX);

    /// What a form should take: a dot-atom and a domain of two labels or more, nothing that is invisible, turns the text
    /// around, or means another host to some software (`%`, `!`, encoded-words).
    pub const WEB: Self = Self(Allow::NON_ASCII.0);

    /// "A valid email address" of HTML, which a browser checks: dots anywhere in the local part, ASCII only, and no limit
    /// but that of a label.
    pub const HTML5: Self = Self(
        Allow::ANY_LENGTH.0 & !kinds(&[AddressDefect::LabelTooLong])
            | UNMINDED
            | kinds(&[AddressDefect::DotAtomDots]),
    );

    /// The same, and `allow` too.
    #[must_use]
    pub const fn with(self, allow: Allow) -> Self {
        Self(self.0 | allow.0)
    }

    /// The same, but for `allow`.
    #[must_use]
    pub const fn without(self, allow: Allow) -> Self {
        Self(self.0 & !allow.0)
    }

    /// Whether all of `allow` is taken.
    pub const fn allows(self, allow: Allow) -> bool {
        allow.0 & !self.0 == 0
    }

    /// What of `seen` is not taken.
    #[inline]
    pub(crate) const fn refuses(self, seen: u128) -> u128 {
        seen & !self.0
    }
}

/// Something that a [`Dialect`] may take or not: a construct, or a kind of defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allow(pub(crate) u128);

impl Allow {
    /// A quoted local part, `"a b"@example.com`.
    pub const QUOTED: Self = Self(1 << 127);
    /// A domain literal, `a@[192.0.2.1]`.
    pub const LITERAL: Self = Self(1 << 126);
    /// UTF-8 beyond ASCII.
    pub const NON_ASCII: Self = Self(1 << 125);
    /// White space, folds and comments around the parts of an address.
    pub const GAPS: Self = Self(1 << 124);
    /// Tabs and folds in quoted strings, blanks in domain literals.
    pub const BLANKS_IN_QUOTES: Self = Self(1 << 123);
    /// A backslash before a character that is not ASCII.
    pub const ANY_PAIR: Self = Self(1 << 122);
    /// Groups in lists.
    pub const GROUP: Self = Self(1 << 121);
    /// A literal with a tag of its own, `a@[x400:cn=bob]`: in the grammar of RFC 5321 §4.1.3, but no tag is registered. An
    /// IPv6 address without its tag passes for one.
    pub const GENERAL_LITERAL: Self =
        Self(kinds(&[AddressDefect::UnregisteredLiteralTag, AddressDefect::MissingIpv6Tag]));
    /// Addresses and parts of them over the limits of RFC 5321 §4.5.3.1.
    pub const ANY_LENGTH: Self = Self(kinds(&[
        AddressDefect::LocalTooLong,
        AddressDefect::LabelTooLong,
        AddressDefect::DomainTooLong,
        AddressDefect::PathTooLong,
    ]));

    /// What would be reported as `kind`.
    pub const fn of(kind: AddressDefect) -> Self {
        Self(1 << kind as u32)
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All constructs; the other bits are kinds of defects.
    pub(crate) const CONSTRUCTS: u128 = 0x7f << 121;
}

/// What is odd, and no grammar minds.
const UNMINDED: u128 = kinds(&[
    AddressDefect::NumericTld,
    AddressDefect::DotlessDomain,
    AddressDefect::ReservedLdh,
    AddressDefect::AceLocalPart,
    AddressDefect::BangPath,
    AddressDefect::PercentHack,
    AddressDefect::EncodedWordInAddrSpec,
]);

const fn kinds(mut list: &[AddressDefect]) -> u128 {
    let mut bits = 0;
    while let [first, rest @ ..] = list {
        bits |= Allow::of(*first).0;
        list = rest;
    }
    bits
}

const _: () = assert!(AddressDefect::ALL.len() <= 121, "kinds of defects and constructs share one word");

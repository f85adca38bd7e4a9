//! What should have stood where a dialect found something that it does not take.

use crate::defect::AddressDefect as Kind;
use crate::dialect::{Allow, Dialect};
use crate::found::Found;
use mailwire_core::ParseError;

/// The error for the first thing in `found` that `dialect` does not take.
#[cold]
pub(crate) fn error(input: &[u8], found: &Found, dialect: Dialect) -> ParseError {
    let Some((bit, range)) = found.first_of(dialect.refuses(u128::MAX)) else {
        return ParseError::new(input, input.len(), "an address");
    };
    let kind = Kind::ALL.get(bit.trailing_zeros() as usize).copied();
    match kind {
        Some(kind) if Allow::ANY_LENGTH.0 & bit != 0 => ParseError::too_long(range.start, of(kind)),
        Some(kind) => ParseError::new(input, range.start, of(kind)),
        None => ParseError::new(input, range.start, of_construct(Allow(bit))),
    }
}

fn of_construct(construct: Allow) -> &'static str {
    match construct {
        Allow::QUOTED => "a local part without quotes",
        Allow::LITERAL => "the name of a domain",
        Allow::NON_ASCII => "ASCII",
        Allow::BLANKS_IN_QUOTES => "no tab or fold",
        Allow::ANY_PAIR => "ASCII behind the backslash",
        Allow::GROUP => "a mailbox",
        _ => "no white space or comment",
    }
}

fn of(kind: Kind) -> &'static str {
    match kind {
        Kind::ObsLocal | Kind::CommentNearAt | Kind::ObsDomain => "nothing between the parts of an address",
        Kind::ObsFws => "one fold at a time",
        Kind::ObsControl | Kind::NulByte => "no control character",
        Kind::ObsLiteral => "no backslash",
        Kind::BareLf => "CRLF",
        Kind::NullAddress | Kind::MissingAddress => "an address in angle brackets",
        Kind::EmptyLocal => "a local part that is not empty",
        Kind::DotAtomDots => "a single dot between two atoms",
        Kind::TrailingDot => "a label",
        Kind::NonLdhDomain => "a letter, a digit or a hyphen",
        Kind::HyphenEdge => "a letter or a digit",
        Kind::NumericTld => "a top level that is no number",
        Kind::DotlessDomain => "a domain with a dot",
        Kind::ReservedLdh => "a label without hyphens in third and fourth place",
        Kind::AceLocalPart => "a local part that is no encoded label",
        Kind::NonIpLiteral | Kind::MissingIpv6Tag | Kind::UnregisteredLiteralTag => {
            "an IPv4 address, or an IPv6 address behind its tag"
        }
        Kind::Ipv6OneGroup => "two colons for two groups or more",
        Kind::LocalTooLong => "a local part of at most 64 octets",
        Kind::LabelTooLong => "a label of at most 63 octets",
        Kind::DomainTooLong => "a domain of at most 255 octets",
        Kind::PathTooLong => "an address of at most 254 octets",
        Kind::BidiControl | Kind::InvisibleChar | Kind::C1Control => "a visible character",
        Kind::EncodedWordInAddrSpec => "no encoded-word",
        Kind::BangPath => "no `!`",
        Kind::PercentHack => "no `%`",
        Kind::MissingDomain | Kind::FullwidthAt => "`@`",
        Kind::InvalidAddress | Kind::NoAddress | Kind::EmptyItem => "an address",
        Kind::MultipleAt => "a single `@`",
        Kind::UnquotedDotInPhrase
        | Kind::UnquotedAtInPhrase
        | Kind::UnquotedSpecialInPhrase
        | Kind::UnquotedCommaInPhrase
        | Kind::EncodedWordIllegalChar
        | Kind::AddressInDisplayName
        | Kind::EncodedWordInQuoted => "a word",
        Kind::StrayBackslash => "no backslash outside quotes",
        Kind::UnclosedQuote => "a quotation mark that is closed",
        Kind::UnclosedComment => "a comment that is closed",
        Kind::UnclosedAngle => "`>`",
        Kind::StrayGt
        | Kind::MissingComma
        | Kind::MultipleAngleAddr
        | Kind::TextAfterComment
        | Kind::TrailingGarbage
        | Kind::SemicolonSeparator => "`,`",
        Kind::NestedAngle | Kind::MailtoInAngle | Kind::SourceRoute => "a local part",
        Kind::UnclosedGroup => "`;`",
        Kind::NestedGroup | Kind::GroupInMailboxList => "a mailbox",
        Kind::NonUtf8Address | Kind::NonUtf8Phrase => "UTF-8",
        Kind::LineBreak => "a fold",
    }
}

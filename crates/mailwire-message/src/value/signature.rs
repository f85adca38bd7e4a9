//! The signatures of DKIM (RFC 6376 §3.5) and ARC (RFC 8617 §4.1).

use super::scan::BLANK;
use super::word::words;
use super::{Tag, TagList, ValueDefect};
use alloc::borrow::Cow;
use core::fmt;
use mailwire_core::{Class, Sink};

/// The value of a DKIM-Signature field, or of an ARC-Message-Signature field.
///
/// It says what was signed and how; nothing here computes a hash or asks a name server. Tags are read when they are
/// asked for. [`Field::raw`](crate::Field::raw) has the bytes of the fields that are signed.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{Canonicalization, DkimSignature};
///
/// let signature = DkimSignature::new(
///     b" v=1; a=rsa-sha256; c=relaxed; d=host.example; s=key1; t=1700000000;\r\n h=From : To:Subject; bh=aGFz\r\n aA==; b=c2ln",
/// );
/// assert_eq!((signature.domain(), signature.selector()), (Some("host.example"), Some("key1")));
/// assert_eq!(signature.header_canonicalization(), Canonicalization::RELAXED);
/// assert_eq!(signature.body_canonicalization(), Canonicalization::SIMPLE);
/// assert_eq!(signature.signed_headers().collect::<Vec<_>>(), ["From", "To", "Subject"]);
/// assert_eq!(signature.body_hash().as_deref(), Some(&b"aGFzaA=="[..]));
/// ```
#[derive(Clone, Copy)]
pub struct DkimSignature<'a> {
    value: &'a [u8],
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dkim,
    Arc,
}

impl<'a> DkimSignature<'a> {
    /// The signature in the value of a DKIM-Signature field.
    pub fn new(value: &'a [u8]) -> Self {
        Self { value, kind: Kind::Dkim }
    }

    /// The signature in the value of an ARC-Message-Signature field, where `i` is something else and `v` nothing (RFC
    /// 8617 §4.1.2).
    pub fn of_arc(value: &'a [u8]) -> Self {
        Self { value, kind: Kind::Arc }
    }

    /// All tags, in the order they stand in.
    pub fn tags(&self) -> TagList<'a> {
        TagList::new(self.value)
    }

    /// Reads everything and tells what is wrong: syntax, tags twice, tags that must be there and are not, values that
    /// can't be read.
    pub fn check(&self, sink: &mut impl Sink<ValueDefect>) {
        let required: &[&str] = match self.kind {
            Kind::Dkim => &["v", "a", "b", "bh", "d", "h", "s"],
            Kind::Arc => &["i", "a", "b", "bh", "d", "h", "s"],
        };
        let start = self.timestamp();
        check(&self.tags(), required, sink, |tag| match tag.name() {
            b"v" => self.kind == Kind::Arc || tag.value() == b"1",
            b"i" => self.kind == Kind::Dkim || tag.instance().is_some(),
            b"bh" => is_base64(tag),
            b"l" => tag.number().is_some(),
            // "The From header field MUST be signed" (RFC 6376 §5.4).
            b"h" => tag.words().any(|name| name.eq_ignore_ascii_case("from")),
            // "The value of the "x=" tag MUST be greater than the value of the "t=" tag if both are present."
            b"x" => tag.number().is_some_and(|end| start.is_none_or(|start| start < end)),
            _ => is_good(tag),
        });
    }

    /// The version, `v`; the only one there is, is 1. It has no meaning in ARC.
    pub fn version(&self) -> Option<u64> {
        self.tags().find("v")?.number()
    }

    /// The algorithm, `a`: `rsa-sha256`, `ed25519-sha256`.
    pub fn algorithm(&self) -> Option<&'a str> {
        self.tags().find("a")?.text()
    }

    /// The signature, `b`: base64 without its folds.
    pub fn signature(&self) -> Option<Cow<'a, [u8]>> {
        self.tags().find("b").map(|tag| tag.without_blanks())
    }

    /// The hash of the body, `bh`: base64 without its folds.
    pub fn body_hash(&self) -> Option<Cow<'a, [u8]>> {
        self.tags().find("bh").map(|tag| tag.without_blanks())
    }

    /// How fields are made ready to be hashed: the first word of `c`.
    pub fn header_canonicalization(&self) -> Canonicalization<'a> {
        self.canonicalization(0)
    }

    /// How the body is made ready to be hashed: the second word of `c`.
    pub fn body_canonicalization(&self) -> Canonicalization<'a> {
        self.canonicalization(1)
    }

    fn canonicalization(&self, at: usize) -> Canonicalization<'a> {
        let words = self.tags().find("c").map_or(&b""[..], |tag| tag.value());
        let word = words.split(|&byte| byte == b'/').map(mailwire_core::class::trim).nth(at);
        // "If only one algorithm is named, that algorithm is used for the header and "simple" is used for the body."
        word.filter(|word| !word.is_empty()).map_or(Canonicalization::SIMPLE, Canonicalization::new)
    }

    /// Who signs, `d`: the domain that takes the responsibility.
    pub fn domain(&self) -> Option<&'a str> {
        self.tags().find("d")?.text()
    }

    /// On whose behalf, `i`. Where it is not said, it is `@` and the [`domain`](Self::domain). Not in ARC.
    pub fn identity(&self) -> Option<&'a str> {
        self.tags().find("i").filter(|_| self.kind == Kind::Dkim)?.text()
    }

    /// Which ARC set it belongs to, `i`: 1–50. Not in DKIM.
    pub fn instance(&self) -> Option<u32> {
        self.tags().find("i").filter(|_| self.kind == Kind::Arc)?.instance()
    }

    /// How many octets of the body are signed, `l`; `None`: all. What stands behind them may be anybody's.
    pub fn body_length(&self) -> Option<u64> {
        self.tags().find("l")?.number()
    }

    /// How to ask for the key, `q`, best first. Nothing means `dns/txt`.
    pub fn query_methods(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.tags().find("q").into_iter().flat_map(|tag| tag.words())
    }

    /// Which of the domain's keys, `s`.
    pub fn selector(&self) -> Option<&'a str> {
        self.tags().find("s")?.text()
    }

    /// When it was made, `t`: seconds since 1970, UTC.
    pub fn timestamp(&self) -> Option<u64> {
        self.tags().find("t")?.number()
    }

    /// Until when it holds, `x`: seconds since 1970, UTC.
    pub fn expiration(&self) -> Option<u64> {
        self.tags().find("x")?.number()
    }

    /// The names of the signed fields, `h`, in the order in which they are hashed. A name that comes twice means the
    /// field above the first one, and one that no field has means that none may be added.
    pub fn signed_headers(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.tags().find("h").into_iter().flat_map(|tag| tag.words())
    }

    /// What the signed fields were, `z`, in a quoted-printable of its own (RFC 6376 §2.11), as it is written.
    pub fn copied_headers(&self) -> Option<&'a [u8]> {
        self.tags().find("z").map(|tag| tag.value())
    }
}

impl fmt::Debug for DkimSignature<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.tags(), f)
    }
}

words! {
    /// How something is made ready to be hashed (RFC 6376 §3.4). An open registry, compared in any case.
    pub struct Canonicalization {
        /// White space may change, and the case of field names.
        RELAXED = "relaxed";
        /// Nothing may change.
        SIMPLE = "simple";
    }
}

/// The value of an ARC-Seal field (RFC 8617 §4.1.3).
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{ArcSeal, ResultName};
///
/// let seal = ArcSeal::new(b"i=1; a=rsa-sha256; t=1700000000; cv=none; d=host.example; s=key1; b=c2ln");
/// assert_eq!((seal.instance(), seal.chain_validation()), (Some(1), Some(ResultName::NONE)));
/// ```
#[derive(Clone, Copy)]
pub struct ArcSeal<'a> {
    value: &'a [u8],
}

impl<'a> ArcSeal<'a> {
    /// The seal in a value.
    pub fn new(value: &'a [u8]) -> Self {
        Self { value }
    }

    /// All tags, in the order they stand in.
    pub fn tags(&self) -> TagList<'a> {
        TagList::new(self.value)
    }

    /// Reads everything and tells what is wrong: syntax, tags twice, tags that must be there and are not or may not be
    /// there and are, values that can't be read.
    pub fn check(&self, sink: &mut impl Sink<ValueDefect>) {
        check(&self.tags(), &["i", "a", "b", "cv", "d", "s"], sink, |tag| match tag.name() {
            b"i" => tag.instance().is_some(),
            b"cv" => matches!(tag.value(), b"none" | b"fail" | b"pass"),
            // "The DKIM "h" tag is NOT allowed and, if found, MUST result in a cv status of "fail"."
            b"h" => false,
            _ => is_good(tag),
        });
    }

    /// Which ARC set it belongs to, `i`: 1–50.
    pub fn instance(&self) -> Option<u32> {
        self.tags().find("i")?.instance()
    }

    /// What the sealer found out about the sets before: `none` (there were no others), `fail` or `pass`.
    pub fn chain_validation(&self) -> Option<super::ResultName<'a>> {
        self.tags().find("cv").map(|tag| super::ResultName::new(tag.value()))
    }

    /// The algorithm, `a`.
    pub fn algorithm(&self) -> Option<&'a str> {
        self.tags().find("a")?.text()
    }

    /// The signature, `b`: base64 without its folds.
    pub fn signature(&self) -> Option<Cow<'a, [u8]>> {
        self.tags().find("b").map(|tag| tag.without_blanks())
    }

    /// Who seals, `d`.
    pub fn domain(&self) -> Option<&'a str> {
        self.tags().find("d")?.text()
    }

    /// Which of the domain's keys, `s`.
    pub fn selector(&self) -> Option<&'a str> {
        self.tags().find("s")?.text()
    }

    /// When it was made, `t`: seconds since 1970, UTC.
    pub fn timestamp(&self) -> Option<u64> {
        self.tags().find("t")?.number()
    }
}

impl fmt::Debug for ArcSeal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.tags(), f)
    }
}

/// The rules that all three have in common; `is_good` knows those of each tag.
fn check<'a>(
    tags: &TagList<'a>,
    required: &[&str],
    sink: &mut impl Sink<ValueDefect>,
    is_good: impl Fn(Tag<'a>) -> bool,
) {
    tags.check(sink);
    for tag in tags.clone().filter(|tag| !is_good(*tag)) {
        tags.report(ValueDefect::SignatureBadTag, tag.value(), sink);
    }
    if required.iter().any(|name| tags.find(name).is_none()) {
        tags.report(ValueDefect::SignatureMissingTag, tags.raw(), sink);
    }
}

/// The rules for tags that mean the same in all three.
fn is_good(tag: Tag<'_>) -> bool {
    match tag.name() {
        b"a" => ALGORITHM.contains_all(tag.value()) && tag.value().contains(&b'-'),
        b"b" => is_base64(tag),
        b"d" | b"s" => !tag.value().is_empty() && DOMAIN.contains_all(tag.value()),
        b"t" => tag.number().is_some(),
        _ => true,
    }
}

fn is_base64(tag: Tag<'_>) -> bool {
    let digits = tag.value().split(|byte| *byte == b'=').next().unwrap_or_default();
    let padding = tag.value().get(digits.len()..).unwrap_or_default();
    !digits.is_empty()
        && BASE64.contains_all(digits)
        && padding.iter().all(|&byte| byte == b'=' || BLANK.contains(byte))
}

const ALGORITHM: Class = Class::ALPHA.or(Class::DIGIT).or(Class::HYPHEN);

/// Labels; an underscore is in many a selector.
const DOMAIN: Class = Class::ATEXT.or(Class::DOT).or(Class::HIGH);

const BASE64: Class = Class::BASE64.or(BLANK);

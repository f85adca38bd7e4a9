//! A closer look at an address that has something odd about it.

use crate::defect::AddressDefect;
use crate::dialect::{Allow, Dialect};
use crate::found::Found;
use crate::kind::Kinds;
use crate::literal::{self, Literal};
use crate::read::Words;
use crate::text;
use alloc::borrow::Cow;
use mailwire_core::escape::is_deceptive;

/// An address, as it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Odd<'a> {
    pub(crate) raw: &'a [u8],
    /// Where it stands in the value.
    pub(crate) start: usize,
    /// How much of it is local part, and where its `@` is.
    pub(crate) local_len: usize,
    pub(crate) at: usize,
    pub(crate) local: Words,
    pub(crate) domain: Words,
    pub(crate) gap: bool,
}

impl Odd<'_> {
    /// Notes all that is odd.
    #[cold]
    pub(crate) fn report(&self, found: &mut Found) {
        let Self { raw, start, local_len, at, local, domain, gap } = *self;
        let host = text::trim_cfws(raw.get(at + 1..).unwrap_or_default());
        let at = start + at;
        let end = start + raw.len();
        let host_start = end - host.len();
        found.add_if(gap, AddressDefect::CommentNearAt, at..at + 1);
        if local.kinds.has(Kinds::HIGH) || domain.kinds.has(Kinds::HIGH) {
            characters(raw, start, found);
        }
        // Places in parts of several words are those of what the parts say; they lie in the value all the same.
        let part = said(raw.get(..local_len).unwrap_or(raw), local);
        self.local_part(&part, found);
        if domain.enclosed {
            found.see(Allow::LITERAL, at + 1..end);
            literal(host, at + 1, found);
        }
        let host = said(host, domain);
        if !domain.enclosed {
            found.add_if(domain.pieces > 1, AddressDefect::ObsDomain, at + 1..end);
            encoded_word(&host, host_start, found);
            labels(&host, host_start, found);
        }
        let (host, path) = (host.len(), part.len() + 1 + host.len());
        found.add_if(domain.trailing_dot, AddressDefect::TrailingDot, end - 1..end);
        found.add_if(host > 255, AddressDefect::DomainTooLong, host_start + 255..end);
        found.add_if(path > 254, AddressDefect::PathTooLong, start + 254..end);
    }

    fn local_part(&self, part: &[u8], found: &mut Found) {
        let Self { start, local, .. } = *self;
        let range = start..start + self.local_len;
        encoded_word(part, start, found);
        found.add_if(local.pieces > 1, AddressDefect::ObsLocal, range.clone());
        if local.kinds.has(Kinds::DOTS) {
            let dots = part.windows(2).position(|pair| pair == b"..").map_or_else(
                || if part.first() == Some(&b'.') { 0 } else { part.len().saturating_sub(1) },
                |pair| pair + 1,
            );
            found.add(AddressDefect::DotAtomDots, start + dots..start + dots + 1);
        }
        if local.enclosed {
            found.see(Allow::QUOTED, range.clone());
            found.add_if(part == b"\"\"", AddressDefect::EmptyLocal, range.clone());
        } else {
            for (byte, kind) in [(b'!', AddressDefect::BangPath), (b'%', AddressDefect::PercentHack)] {
                if let Some(place) = part.iter().position(|&other| other == byte) {
                    found.add(kind, start + place..start + place + 1);
                }
            }
            let ace = part.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"));
            found.add_if(ace, AddressDefect::AceLocalPart, start..start + 4);
        }
        found.add_if(part.len() > 64, AddressDefect::LocalTooLong, start + 64..range.end);
    }
}

/// What words say that have comments or white space between them; a single one as it is.
fn said(part: &[u8], words: Words) -> Cow<'_, [u8]> {
    if words.pieces < 2 {
        return Cow::Borrowed(part);
    }
    let text = text::local(part).0.into_owned().into_bytes();
    // Controls have been replaced by longer characters.
    if text.len() > part.len() { Cow::Borrowed(part) } else { Cow::Owned(text) }
}

fn encoded_word(part: &[u8], start: usize, found: &mut Found) {
    if let Some(word) = part.windows(2).position(|pair| pair == b"=?") {
        found.add(AddressDefect::EncodedWordInAddrSpec, start + word..start + word + 2);
    }
}

/// Whether an address of atoms, dots and hyphens where they belong is within all limits, and its domain has two labels or
/// more, of which the last is no number.
#[inline]
pub(crate) fn is_plain(raw: &[u8], at: Option<usize>, start: usize) -> bool {
    let at = at.unwrap_or_default().wrapping_sub(start);
    let Some(domain) = raw.get(at + 1..) else { return false };
    at <= 64 && is_plain_domain(domain) && !matches!(raw, [b'x' | b'X', b'n' | b'N', b'-', b'-', ..])
}

/// The same of the domain alone.
#[inline]
pub(crate) fn is_plain_domain(domain: &[u8]) -> bool {
    domain.len() <= 63
        && domain.last().is_some_and(|last| !last.is_ascii_digit() && *last != b'-')
        && domain.contains(&b'.')
}

/// Whether `dialect` takes `domain` as the name of a host, whatever its length; where not, and why.
pub(crate) fn host(domain: &[u8], dialect: Dialect) -> Result<(), (usize, &'static str)> {
    if let Some(refusal) = refusal(domain) {
        return Err(refusal);
    }
    let mut found = Found::tracing();
    labels(domain, 0, &mut found);
    characters(domain, 0, &mut found);
    match dialect.with(Allow::ANY_LENGTH).refuses(found.bits()) {
        0 => Ok(()),
        refused => Err((found.first_of(refused).map_or(0, |(_, range)| range.start), "the name of a host")),
    }
}

/// Looks at the labels of `domain`, which stands at `start`.
fn labels(domain: &[u8], start: usize, found: &mut Found) {
    let domain = domain.strip_suffix(b".").unwrap_or(domain);
    let (mut place, mut count, mut number) = (start, 0_usize, false);
    for label in domain.split(|&byte| byte == b'.') {
        let range = place..place + label.len();
        let odd = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'-';
        if let Some(odd) = label.iter().position(odd) {
            found.add(AddressDefect::NonLdhDomain, place + odd..place + odd + 1);
        }
        found.add_if(label.first() == Some(&b'-'), AddressDefect::HyphenEdge, place..place + 1);
        found.add_if(label.last() == Some(&b'-'), AddressDefect::HyphenEdge, range.end - 1..range.end);
        let ace = label.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"xn"));
        let reserved = label.get(2..4) == Some(b"--") && !ace;
        found.add_if(reserved, AddressDefect::ReservedLdh, range.clone());
        found.add_if(label.len() > 63, AddressDefect::LabelTooLong, place + 63..range.end);
        number = label.iter().all(u8::is_ascii_digit);
        count += 1;
        place = range.end + 1;
    }
    let end = start + domain.len();
    found.add_if(count == 1, AddressDefect::DotlessDomain, start..end);
    found.add_if(number, AddressDefect::NumericTld, start..end);
}

fn literal(host: &[u8], start: usize, found: &mut Found) {
    let end = start + host.len();
    let inner = match text::trim_cfws(host) {
        [b'[', inner @ .., b']'] => inner,
        other => other,
    };
    let kind = match literal::classify(inner) {
        Literal::Ipv4(_) | Literal::Ipv6 { one_group: false, .. } => return,
        Literal::Ipv6 { one_group: true, .. } => AddressDefect::Ipv6OneGroup,
        Literal::General => AddressDefect::UnregisteredLiteralTag,
        Literal::Untagged { general } => {
            found.add_if(!general, AddressDefect::NonIpLiteral, start..end);
            AddressDefect::MissingIpv6Tag
        }
        Literal::Other => AddressDefect::NonIpLiteral,
    };
    found.add(kind, start..end);
}

pub(crate) const UTF_8: &str = "UTF-8";

/// Why a text that is not ASCII can't stand in an address: where, and what should.
#[cold]
pub(crate) fn refusal(raw: &[u8]) -> Option<(usize, &'static str)> {
    let text = match core::str::from_utf8(raw) {
        Ok(text) => text,
        Err(error) => return Some((error.valid_up_to(), UTF_8)),
    };
    let mut before = '.';
    for (place, c) in text.char_indices() {
        // A mark joins what stands before it: `<` or `@` become another character when the text is normalised.
        if is_combining(c) && matches!(before, '\t'..=' ' | '.' | '@' | '"' | ')' | '[' | '\\') {
            return Some((place, "a character that stands alone"));
        }
        before = c;
    }
    None
}

/// Notes the characters of `raw` that deceive.
#[cold]
pub(crate) fn characters(raw: &[u8], start: usize, found: &mut Found) {
    let Ok(text) = core::str::from_utf8(raw) else { return };
    for (place, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        let range = start + place..start + place + c.len_utf8();
        found.see(Allow::NON_ASCII, range.clone());
        match c {
            '\u{80}'..='\u{9f}' => found.add(AddressDefect::C1Control, range),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                found.add(AddressDefect::BidiControl, range);
            }
            '\u{ff20}' | '\u{fe6b}' => found.add(AddressDefect::FullwidthAt, range),
            _ => found.add_if(is_deceptive(c), AddressDefect::InvisibleChar, range),
        }
    }
}

/// The blocks of combining diacritical marks.
fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

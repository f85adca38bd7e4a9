//! Who handed a mail over: what a `from` clause and its comments say.

use super::tokens::word_len;
use super::words::{Words, value_of};
use crate::value::scan::BLANK;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use mailwire_core::Class;
use mailwire_core::class::trim_end;
use memchr::{memchr, memchr_iter, memrchr};

/// The extended domain of a `from` clause (RFC 5321 §4.4), and what servers write in its place.
#[derive(Clone, Copy, Default)]
pub(super) struct Client<'a> {
    /// What stands behind `from`.
    name: &'a [u8],
    /// What a comment says of the name in HELO.
    helo: &'a [u8],
    /// What a comment says of the name that the address resolves to.
    host: &'a [u8],
    /// The address in a comment.
    address: &'a [u8],
    /// What it is, where that had to be known.
    ip: Option<IpAddr>,
    /// The address outside of comments.
    literal: &'a [u8],
}

impl<'a> Client<'a> {
    /// The words of the clause: a name, or `host [192.0.2.1]` (fetchmail).
    #[inline]
    pub(super) fn name(&mut self, words: &'a [u8]) {
        self.name = words;
        if word_len(words) < words.len() {
            self.name_and_literal(words);
        }
    }

    /// Several words: the last may be a literal.
    fn name_and_literal(&mut self, words: &'a [u8]) {
        let behind_blank =
            |&at: &usize| words.get(at.wrapping_sub(1)).is_some_and(|&byte| BLANK.contains(byte));
        if let Some((name, literal)) =
            memchr_iter(b'[', words).find(behind_blank).and_then(|at| words.split_at_checked(at))
        {
            self.name = trim_end(name);
            self.literal = literal;
        }
    }

    /// A literal behind a comment.
    pub(super) fn literal(&mut self, word: &'a [u8]) {
        if self.literal.is_empty() {
            self.literal = word;
        }
    }

    /// A comment, without its parentheses.
    #[inline]
    pub(super) fn comment(&mut self, comment: &'a [u8]) {
        if !self.tcp_info(comment) {
            self.words(comment);
        }
    }

    /// `TCP-info = address-literal / ( Domain FWS address-literal )` (RFC 5321 §4.4); false for another comment.
    #[inline]
    fn tcp_info(&mut self, comment: &'a [u8]) -> bool {
        let [.., b']'] = comment else { return false };
        let host_len = DOMAIN.prefix_len(comment);
        let Some((host, rest)) = comment.split_at_checked(host_len) else { return false };
        let literal = match rest {
            [b' ', literal @ ..] if host_len > 0 => literal,
            _ if host_len == 0 => rest,
            _ => return false,
        };
        let [b'[', inner @ .., b']'] = literal else { return false };
        if !Class::DTEXT.contains_all(inner) || !self.address.is_empty() {
            return false;
        }
        self.host = or(self.host, resolved(host));
        self.address = literal;
        true
    }

    /// Anything else: `HELO name` (qmail), `[192.0.2.1]:4711 helo=name ident=user` (Exim), `user@host [192.0.2.1] (may
    /// be forged)` (Sendmail), `192.0.2.1` (Exchange).
    fn words(&mut self, comment: &'a [u8]) {
        let mut words = Words::new(comment);
        if self.host.is_empty() {
            self.host = name_in(words);
        }
        while let Some(word) = words.next() {
            if is_greeting(word) && words.peek().is_some() {
                self.helo = or(self.helo, words.next().unwrap_or_default());
            } else if let Some(helo) = value_of(word, b"helo") {
                self.helo = or(self.helo, helo);
            } else if self.address.is_empty() && !word.starts_with(b"<") {
                let word = without_user(word);
                let word = memchr(b'[', word).and_then(|at| word.get(at..)).unwrap_or(word);
                self.ip = ip(word);
                if self.ip.is_some() {
                    self.address = word;
                }
            }
        }
    }

    /// What stands behind `from`.
    pub(super) fn written(&self) -> Option<&'a [u8]> {
        Some(self.name).filter(|name| !name.is_empty())
    }

    /// The name that the client gave itself. Where a comment has it, the word behind `from` is what its address
    /// resolves to (qmail, Exim); else it is that word.
    pub(super) fn helo(&self) -> Option<&'a [u8]> {
        Some(or(self.helo, self.name)).filter(|name| !name.is_empty())
    }

    /// The name that the address resolves to.
    pub(super) fn host(&self) -> Option<&'a [u8]> {
        let host = match self.host {
            [] if !self.helo.is_empty() && ip(self.name).is_none() => resolved(self.name),
            host => host,
        };
        Some(host).filter(|host| !host.is_empty())
    }

    pub(super) fn ip(&self) -> Option<IpAddr> {
        self.ip.or_else(|| ip(self.address)).or_else(|| ip(self.literal)).or_else(|| ip(self.name))
    }
}

/// What a domain is made of, obsolete or not.
const DOMAIN: Class = Class::ATEXT.or(Class::DOT);

fn or<'a>(first: &'a [u8], second: &'a [u8]) -> &'a [u8] {
    if first.is_empty() { second } else { first }
}

/// A name, unless it says that there is none.
fn resolved(name: &[u8]) -> &[u8] {
    const NO_NAMES: [&[u8]; 4] = [b"unknown", b"unverified", b"really", b"verified"];
    if NO_NAMES.iter().any(|word| name.eq_ignore_ascii_case(word)) { &[] } else { name }
}

/// The name in front of a literal, or alone in a comment; what is said as `helo=name` is another one.
fn name_in(mut words: Words<'_>) -> &[u8] {
    let first = words.next().unwrap_or_default();
    if is_greeting(first) || memchr(b'=', first).is_some() {
        return &[];
    }
    let word = without_user(first);
    let literal = memchr(b'[', word);
    let host = word.get(..literal.unwrap_or(word.len())).unwrap_or_default();
    let is_name = literal.is_some()
        || match words.next() {
            Some(next) => next.starts_with(b"["),
            None => memchr(b'.', host).is_some() && ip(host).is_none(),
        };
    if is_name { resolved(host) } else { &[] }
}

/// A user's name, as the client's own system tells it, may stand before its name or address (RFC 1413).
#[inline]
fn without_user(word: &[u8]) -> &[u8] {
    memrchr(b'@', word).and_then(|at| word.get(at + 1..)).unwrap_or(word)
}

fn is_greeting(word: &[u8]) -> bool {
    [&b"HELO"[..], b"EHLO", b"LHLO"].iter().any(|greeting| greeting.eq_ignore_ascii_case(word))
}

/// An IP address with or without brackets, the tag `IPv6:`, a zone or a port: `[IPv6:2001:db8::1]`, `192.0.2.1:25`.
fn ip(word: &[u8]) -> Option<IpAddr> {
    let word = word.strip_prefix(b"[").unwrap_or(word);
    // Most words that come by here are names, and seen off by their first letter.
    match word.first()? {
        b'0'..=b'9' => ipv4(word).map(IpAddr::V4).or_else(|| ipv6(word).map(IpAddr::V6)),
        b'a'..=b'f' | b'A'..=b'F' | b':' | b'I' | b'i' => ipv6(word).map(IpAddr::V6),
        _ => None,
    }
}

/// Four numbers, each without needless zeros, since those make octal numbers for some.
#[inline]
fn ipv4(word: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut rest = word;
    for (count, octet) in octets.iter_mut().enumerate() {
        if count > 0 {
            rest = rest.strip_prefix(b".")?;
        }
        (*octet, rest) = match rest {
            [a @ b'1'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', behind @ ..] => {
                let number = u16::from(a - b'0') * 100 + u16::from((b - b'0') * 10 + (c - b'0'));
                (u8::try_from(number).ok()?, behind)
            }
            [a @ b'1'..=b'9', b @ b'0'..=b'9', behind @ ..] => ((a - b'0') * 10 + (b - b'0'), behind),
            [a @ b'0'..=b'9', behind @ ..] => (a - b'0', behind),
            _ => return None,
        };
    }
    matches!(rest, [] | [b':' | b']', ..]).then_some(octets.into())
}

fn ipv6(word: &[u8]) -> Option<Ipv6Addr> {
    memchr(b':', word)?;
    let word = word.get(..memchr(b']', word).unwrap_or(word.len()))?;
    let host = match word.split_at_checked(5) {
        Some((tag, host)) if tag.eq_ignore_ascii_case(b"IPv6:") => host,
        _ => word,
    };
    let host = host.split(|&byte| byte == b'%').next()?;
    core::str::from_utf8(host).ok()?.parse().ok()
}

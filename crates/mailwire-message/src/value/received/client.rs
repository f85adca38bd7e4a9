//! Who handed a mail over: what a `from` clause and its comments say.

use super::tokens::{Token, Tokens};
use super::words::{Words, value_of};
use crate::value::scan::BLANK;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use mailwire_core::class::trim_end;
use memchr::{memchr, memchr_iter, memrchr};

/// The extended domain of a `from` clause (RFC 5321 §4.4), and what servers write in its place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client<'a> {
    /// What a comment says of the name in HELO.
    helo: Option<&'a [u8]>,
    /// What a comment says of the name that the address resolves to.
    host: Option<&'a [u8]>,
    ip: Option<IpAddr>,
    name: &'a [u8],
}

impl<'a> Client<'a> {
    /// `words` are those of the clause, `comments` what stands behind them up to the next clause.
    pub(super) fn new(words: &'a [u8], comments: &'a [u8]) -> Self {
        let (name, mut literal) = split_literal(words);
        let mut client = Self { name, ..Self::default() };
        let mut tokens = Tokens::new(comments);
        while let Some(token) = tokens.next() {
            match token {
                Token::Comment([b'(', inner @ .., b')']) => client.comment(inner),
                Token::Word(word) if literal.is_empty() && word.starts_with(b"[") => literal = word,
                _ => {}
            }
        }
        client.ip = client.ip.or_else(|| ip(literal)).or_else(|| ip(name));
        client
    }

    /// The name that the client gave itself. Where a comment has it, the word behind `from` is what its address
    /// resolves to (qmail, Exim); else it is that word.
    pub(super) fn helo(&self) -> Option<&'a [u8]> {
        self.helo.or_else(|| Some(self.name).filter(|name| !name.is_empty()))
    }

    /// The name that the address resolves to.
    pub(super) fn host(&self) -> Option<&'a [u8]> {
        let name =
            |name: &&[u8]| !name.is_empty() && !name.eq_ignore_ascii_case(b"unknown") && ip(name).is_none();
        self.host.or(self.helo.and(Some(self.name))).filter(name)
    }

    pub(super) fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    /// `TCP-info = address-literal / ( Domain FWS address-literal )` (RFC 5321 §4.4); `HELO name` (qmail);
    /// `[192.0.2.1]:4711 helo=name ident=user` (Exim); `user@host [192.0.2.1] (may be forged)` (Sendmail).
    fn comment(&mut self, comment: &'a [u8]) {
        let mut words = Words::new(comment);
        if self.host.is_none() {
            self.host = resolved(words);
        }
        while let Some(word) = words.next() {
            if is_greeting(word) && words.peek().is_some() {
                self.helo = self.helo.or(words.next());
            } else if let Some(helo) = value_of(word, b"helo") {
                self.helo = self.helo.or(Some(helo));
            } else if self.ip.is_none() && !word.starts_with(b"<") {
                let word = without_user(word);
                let literal = memchr(b'[', word).and_then(|at| word.get(at..));
                self.ip = ip(literal.unwrap_or(word));
            }
        }
    }
}

/// The name in front of a literal, or alone in a comment.
fn resolved(mut words: Words<'_>) -> Option<&[u8]> {
    const NO_NAMES: [&[u8]; 4] = [b"unknown", b"unverified", b"really", b"verified"];
    let word = without_user(words.next()?);
    let literal = memchr(b'[', word);
    let host = word.get(..literal.unwrap_or(word.len()))?;
    let is_name = literal.is_some()
        || match words.next() {
            Some(next) => next.starts_with(b"["),
            None => memchr(b'.', host).is_some() && ip(host).is_none(),
        };
    let is_host =
        |host: &&[u8]| !host.is_empty() && !NO_NAMES.iter().any(|word| host.eq_ignore_ascii_case(word));
    Some(host).filter(|host| is_name && is_host(host))
}

/// A user's name, as the client's own system tells it, may stand before its name or address (RFC 1413).
#[inline]
fn without_user(word: &[u8]) -> &[u8] {
    memrchr(b'@', word).and_then(|at| word.get(at + 1..)).unwrap_or(word)
}

/// The words of a clause without an address literal behind them: `host [192.0.2.1]` (fetchmail).
pub(super) fn split_literal(words: &[u8]) -> (&[u8], &[u8]) {
    let behind_blank = |&at: &usize| words.get(at.wrapping_sub(1)).is_some_and(|&byte| BLANK.contains(byte));
    match memchr_iter(b'[', words).find(behind_blank).and_then(|at| words.split_at_checked(at)) {
        Some((name, literal)) => (trim_end(name), literal),
        None => (words, &[]),
    }
}

fn is_greeting(word: &[u8]) -> bool {
    [&b"HELO"[..], b"EHLO", b"LHLO"].iter().any(|greeting| greeting.eq_ignore_ascii_case(word))
}

/// An IP address with or without brackets, the tag `IPv6:`, a zone or a port: `[IPv6:2001:db8::1]`, `192.0.2.1:25`.
#[inline]
fn ip(word: &[u8]) -> Option<IpAddr> {
    let word = match word {
        [b'[', inner @ ..] => inner.split(|&byte| byte == b']').next()?,
        _ => word,
    };
    // Names begin like IPv6 addresses; these need a colon among their first digits.
    match word {
        [b'0'..=b'9', ..] if memchr(b'.', word.get(..4.min(word.len()))?).is_some() => ipv4(word),
        [b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b':' | b'I' | b'i', ..]
            if memchr(b':', word).is_some() =>
        {
            ipv6(word)
        }
        _ => None,
    }
}

fn ipv4(word: &[u8]) -> Option<IpAddr> {
    let host = word.split(|&byte| byte == b':').next()?;
    core::str::from_utf8(host).ok()?.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
}

fn ipv6(word: &[u8]) -> Option<IpAddr> {
    let host = match word.split_at_checked(5) {
        Some((tag, host)) if tag.eq_ignore_ascii_case(b"IPv6:") => host,
        _ => word,
    };
    let host = host.split(|&byte| byte == b'%').next()?;
    core::str::from_utf8(host).ok()?.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

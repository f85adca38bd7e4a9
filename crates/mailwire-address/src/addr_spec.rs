//! `local-part@domain`.

use crate::defect::{AddressDefect, Found};
use crate::kind::Kinds;
use crate::scan::{Gap, Scan, Trouble};
use crate::{Domain, LocalPart};
use core::fmt;
use core::net::Ipv6Addr;
use mailwire_core::escape::is_deceptive;

/// An address: where mail goes, without the name beside it.
///
/// Grammar: `addr-spec = local-part "@" domain` ([RFC 5322 §3.4.1], with the obsolete forms of §4.4 and the UTF-8
/// of RFC 6532). In lists a bare word without `@` is taken too; it has no [`domain`](Self::domain).
///
/// `Display` writes the canonical form: no comments, no white space around dots, the local part quoted only where
/// it has to be (a local part of misplaced dots that came without quotes stays without). It never holds CR, LF or
/// NUL.
///
/// Two addresses are equal if their local parts say the same, however quoted, and their domains are equal but for the
/// case of ASCII letters: no more than that is promised by RFC 5321 §2.4.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(b"(Ned) ned . \"van den\"@(at) example.com").mailboxes().next().unwrap();
/// let address = mailbox.address().unwrap();
/// assert_eq!(address.to_string(), "\"ned.van den\"@example.com");
/// assert_eq!(address.as_str(), None);
/// ```
///
/// [RFC 5322 §3.4.1]: https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1
#[derive(Clone, Copy)]
pub struct AddrSpec<'a> {
    raw: &'a [u8],
    at: usize,
    canonical: bool,
}

impl<'a> AddrSpec<'a> {
    /// An address in canonical form with its `@` at `at`.
    pub(crate) fn canonical(raw: &'a [u8], at: usize) -> Self {
        Self { raw, at, canonical: true }
    }

    /// The address as it stands in the value, comments and folds inside it included.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> LocalPart<'a> {
        LocalPart::new(self.raw.get(..self.at).unwrap_or(self.raw))
    }

    /// What stands behind the `@`; `None` for a bare word.
    pub fn domain(&self) -> Option<Domain<'a>> {
        self.raw.get(self.at + 1..).map(Domain::new)
    }

    /// The canonical form, when that is how it stands in the value.
    pub fn as_str(&self) -> Option<&'a str> {
        if self.canonical { core::str::from_utf8(self.raw).ok() } else { None }
    }
}

impl PartialEq for AddrSpec<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw || self.local_part() == other.local_part() && self.domain() == other.domain()
    }
}

impl Eq for AddrSpec<'_> {}

impl fmt::Display for AddrSpec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.as_str() {
            return f.write_str(text);
        }
        let local = self.local_part();
        match self.domain() {
            Some(domain) => write!(f, "{local}@{domain}"),
            // Without its quotes it could be read as a name.
            None => crate::text::write_quoted(&local.unquoted(), f),
        }
    }
}

impl fmt::Debug for AddrSpec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddrSpec({:?})", mailwire_core::Escaped(self.raw))
    }
}

/// How far an address could be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) address: Option<AddrSpec<'a>>,
    /// What is wrong with the address.
    pub(crate) found: Found,
    /// The end of the last token read.
    pub(crate) end: usize,
    /// Whether an `@` was read.
    pub(crate) at: bool,
    /// Whether the one token read was a word of ASCII: a local part, when nothing follows.
    word: bool,
    /// Whether the one token read was a quoted string: a local part, when it stands in angle brackets.
    quoted: bool,
    /// What the quoted strings read hold.
    pub(crate) quoted_kinds: Kinds,
}

impl<'a> Attempt<'a> {
    /// The word read, as an address without a domain.
    pub(crate) fn local_only(&self, scan: &Scan<'a>, start: usize) -> Option<AddrSpec<'a>> {
        let raw = scan.slice(start, self.end);
        let encoded_word = raw.starts_with(b"=?") && raw.ends_with(b"?=");
        (self.word && !encoded_word).then_some(AddrSpec { raw, at: raw.len(), canonical: true })
    }

    /// The word or quoted string read, as an address without a domain.
    pub(crate) fn local_in_angle(&mut self, scan: &Scan<'a>, start: usize) -> Option<AddrSpec<'a>> {
        let raw = scan.slice(start, self.end);
        let quoted = self.quoted && (raw.is_ascii() || international(raw, &mut self.found));
        let quoted = quoted.then_some(AddrSpec { raw, at: raw.len(), canonical: false });
        quoted.or_else(|| self.local_only(scan, start))
    }
}

/// Reads `addr-spec` at the first byte of a token, as far as it goes.
///
/// What is taken is always a sequence of words, dots, `@` and `CFWS`, so a phrase can be read on from there.
#[inline]
pub(crate) fn attempt<'a>(scan: &mut Scan<'a>) -> Result<Attempt<'a>, Trouble> {
    let start = scan.pos;
    let comment = scan.comment;
    let mut attempt = Attempt {
        address: None,
        found: Found::NONE,
        end: start,
        at: false,
        word: false,
        quoted: false,
        quoted_kinds: Kinds::default(),
    };
    let local = words(scan, &mut attempt)?;
    if local.pieces == 0 || scan.peek() != Some(b'@') {
        let one = local.pieces == 1;
        attempt.word = one && !local.quoted && !local.kinds.has(Kinds::HIGH);
        attempt.quoted = one && local.quoted && !local.kinds.has(Kinds::NUL);
        return Ok(attempt);
    }
    let at = scan.pos;
    let gap = attempt.end != at;
    scan.pos += 1;
    attempt.at = true;
    attempt.end = scan.pos;
    let gap = scan.cfws()? != Gap::None || gap;
    let domain = domain(scan, &mut attempt)?;
    if domain.pieces == 0 {
        return Ok(attempt);
    }
    let raw = scan.slice(start, attempt.end);
    let odd = Kinds::HIGH.or(Kinds::NUL).or(Kinds::DOTS).or(Kinds::CONTROL);
    let plain = local.pieces == 1 && domain.pieces == 1 && !gap && !local.quoted && !domain.literal;
    let plain = plain && !domain.trailing_dot;
    let suspect = local.kinds.has(odd.or(Kinds::SUSPECT).or(Kinds::ENCODED_WORD));
    let clean = plain && !suspect && !domain.kinds.has(odd.or(Kinds::NON_LDH));
    if !clean {
        attempt.found.add_if(local.pieces > 1, AddressDefect::ObsLocal);
        attempt.found.add_if(domain.pieces > 1, AddressDefect::ObsDomain);
        attempt.found.add_if(gap, AddressDefect::CommentNearAt);
        attempt.found.add_if(domain.trailing_dot, AddressDefect::TrailingDot);
        if !look_closer(raw, at - start, &local, &domain, &mut attempt.found) {
            return Ok(attempt);
        }
    }
    attempt.address = Some(AddrSpec { raw, at: at - start, canonical: plain });
    scan.comment = comment;
    Ok(attempt)
}

/// Words with dots between them: a local part, a domain, or as much of a phrase as looks like one.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    /// How many runs without anything between them.
    pieces: usize,
    kinds: Kinds,
    quoted: bool,
    literal: bool,
    trailing_dot: bool,
}

/// `local-part`, obsolete or not.
#[inline]
fn words(scan: &mut Scan<'_>, attempt: &mut Attempt<'_>) -> Result<Words, Trouble> {
    let mut local = Words::default();
    let mut last = Kinds::DOT;
    loop {
        let after_dot = last.has(Kinds::DOT);
        match scan.peek() {
            Some(b'"') if after_dot => {
                let Some(kinds) = scan.quoted()? else { break };
                local.kinds.add(kinds);
                local.quoted = true;
                attempt.quoted_kinds.add(kinds);
                last = Kinds::default();
            }
            Some(byte) if after_dot || byte == b'.' => {
                let (len, kinds, end) = Kinds::dot_atom(last, scan.rest());
                if len == 0 {
                    break;
                }
                scan.pos += len;
                local.kinds.add(kinds);
                last = end;
            }
            _ => break,
        }
        local.pieces += 1;
        attempt.end = scan.pos;
        if scan.peek() == Some(b'@') {
            break;
        }
        scan.cfws()?;
    }
    if last.has(Kinds::DOT) {
        local.kinds.add(Kinds::DOTS);
    }
    Ok(local)
}

/// `domain`, obsolete or not; no pieces where there is no label.
#[inline]
fn domain(scan: &mut Scan<'_>, attempt: &mut Attempt<'_>) -> Result<Words, Trouble> {
    let mut domain = Words::default();
    if scan.peek() == Some(b'[') {
        if let Some(kinds) = scan.literal()? {
            attempt.end = scan.pos;
            domain = Words { pieces: 1, kinds, literal: true, ..domain };
        }
        return Ok(domain);
    }
    let mut last = Kinds::DOT;
    let mut all = Kinds::default();
    while let Some(byte) = scan.peek() {
        if !last.has(Kinds::DOT) && byte != b'.' {
            break;
        }
        let (len, kinds, end) = Kinds::dot_atom(last, scan.rest());
        if len == 0 {
            break;
        }
        all.add(kinds);
        last = end;
        scan.pos += len;
        domain.pieces += 1;
        attempt.end = scan.pos;
        scan.cfws()?;
    }
    // A comment behind the address is not inside it: the caller reads it.
    scan.pos = attempt.end;
    if !all.has(Kinds::HIGH.or(Kinds::LABEL)) {
        return Ok(Words::default());
    }
    domain.kinds = all;
    domain.trailing_dot = last.has(Kinds::DOT);
    Ok(domain)
}

/// Looks at an address with something odd about it; false where it can be none.
#[cold]
fn look_closer(raw: &[u8], at: usize, local: &Words, domain: &Words, found: &mut Found) -> bool {
    if local.kinds.has(Kinds::NUL) {
        return false;
    }
    let mut kinds = local.kinds;
    kinds.add(domain.kinds);
    if kinds.has(Kinds::HIGH) && !international(raw, found) {
        return false;
    }
    found.add_if(kinds.has(Kinds::DOTS), AddressDefect::DotAtomDots);
    found.add_if(kinds.has(Kinds::CONTROL), AddressDefect::ObsControl);
    let (local_part, host) = raw.split_at_checked(at).unwrap_or((raw, b""));
    let encoded_word = |part: &[u8]| part.windows(2).any(|pair| pair == b"=?");
    let encoded_word = encoded_word(local_part) || !domain.literal && encoded_word(host);
    found.add_if(encoded_word, AddressDefect::EncodedWordInAddrSpec);
    found.add_if(!local.quoted && local_part.contains(&b'!'), AddressDefect::BangPath);
    found.add_if(!local.quoted && local_part.contains(&b'%'), AddressDefect::PercentHack);
    if domain.literal {
        literal(host.get(1..).unwrap_or_default(), found);
    } else {
        found.add_if(domain.kinds.has(Kinds::NON_LDH), AddressDefect::NonLdhDomain);
    }
    true
}

/// Looks at an address that is not ASCII; false where it can be none.
#[cold]
fn international(raw: &[u8], found: &mut Found) -> bool {
    let Ok(text) = core::str::from_utf8(raw) else {
        found.add(AddressDefect::NonUtf8Address);
        return false;
    };
    let mut before = '.';
    for c in text.chars() {
        // A mark joins what stands before it: `<` or `@` become another character when the text is normalised.
        if is_combining(c) && matches!(before, '\t'..=' ' | '.' | '@' | '"' | ')' | '[' | '\\') {
            return false;
        }
        before = c;
        match c {
            '\u{80}'..='\u{9f}' => found.add(AddressDefect::C1Control),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                found.add(AddressDefect::BidiControl);
            }
            _ => found.add_if(is_deceptive(c), AddressDefect::InvisibleChar),
        }
    }
    true
}

/// The blocks of combining diacritical marks.
fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cold]
fn literal(domain: &[u8], found: &mut Found) {
    if let Domain::Literal(literal) = Domain::new(domain) {
        let ip =
            core::str::from_utf8(literal.raw()).is_ok_and(|text| text.trim().parse::<Ipv6Addr>().is_ok());
        found.add(if ip { AddressDefect::MissingIpv6Tag } else { AddressDefect::NonIpLiteral });
    }
}

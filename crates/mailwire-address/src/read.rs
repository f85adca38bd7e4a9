//! `addr-spec` read as far as it goes.

use crate::addr_spec::{AddrSpec, Form};
use crate::closer::{self, Odd};
use crate::defect::{AddressDefect, Defects};
use crate::dialect::Allow;
use crate::kind::Kinds;
use crate::scan::{Gap, Scan, Trouble};
use mailwire_core::ParseError;

/// How far an address could be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) start: usize,
    /// The end of the last token read.
    pub(crate) end: usize,
    /// Where the `@` is.
    at: Option<usize>,
    /// The end of the last token before it.
    local_end: usize,
    local: Words,
    domain: Words,
    /// White space or comments beside the `@`.
    gap: bool,
    /// All of it, when it is an address.
    raw: Option<&'a [u8]>,
    /// Nothing about it is odd.
    clean: bool,
    /// What its tokens have shown already.
    seen: u128,
    /// Why it is none.
    refused: Option<ParseError>,
}

/// Words with dots between them: a local part, a domain, or as much of a phrase as looks like one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    /// How many runs without anything between them.
    pub(crate) pieces: usize,
    pub(crate) kinds: Kinds,
    /// In quotes, or a literal in brackets.
    pub(crate) enclosed: bool,
    pub(crate) trailing_dot: bool,
}

impl<'a> Attempt<'a> {
    /// Whether an `@` was read.
    pub(crate) fn has_at(&self) -> bool {
        self.at.is_some()
    }

    pub(crate) fn is_address(&self) -> bool {
        self.raw.is_some()
    }

    /// The address, with what is odd about it noted.
    #[inline]
    pub(crate) fn accept(&self, scan: &mut Scan<'a>) -> Option<AddrSpec<'a>> {
        let raw = self.raw?;
        let at = self.at?.wrapping_sub(self.start);
        if self.clean {
            return Some(AddrSpec::canonical(raw, at));
        }
        let Self { local, domain, gap, .. } = *self;
        let defects = self.note(raw, at, scan);
        let canonical = local.pieces == 1 && domain.pieces == 1 && !gap;
        let canonical = canonical && !local.enclosed && !domain.enclosed && !domain.trailing_dot;
        let form = if canonical { Form::Canonical } else { Form::AsRead };
        Some(AddrSpec::new(raw, at, form, defects))
    }

    /// Notes what is odd about the address that `raw` is, its `@` at `at`.
    fn note(&self, raw: &[u8], at: usize, scan: &mut Scan<'_>) -> Defects {
        let Self { start, local, domain, gap, .. } = *self;
        let odd = Odd { raw, start, local_len: self.local_end - start, at, local, domain, gap };
        let before = scan.found.take();
        odd.report(&mut scan.found);
        let defects = Defects((scan.found.bits() | self.seen) & !Allow::CONSTRUCTS);
        scan.found.put_back(before);
        defects
    }

    /// The word read, as an address without a domain.
    pub(crate) fn local_only(&self, scan: &Scan<'a>) -> Option<AddrSpec<'a>> {
        let raw = scan.slice(self.start, self.end);
        let word = self.at.is_none() && self.local.pieces == 1 && !self.local.enclosed;
        let encoded_word = raw.starts_with(b"=?") && raw.ends_with(b"?=");
        (word && !self.local.kinds.has(Kinds::HIGH) && !encoded_word)
            .then(|| AddrSpec::canonical(raw, raw.len()))
    }

    /// The word or quoted string read, as an address without a domain.
    pub(crate) fn local_in_angle(&self, scan: &mut Scan<'a>) -> Option<AddrSpec<'a>> {
        let raw = scan.slice(self.start, self.end);
        let quoted = self.at.is_none() && self.local.pieces == 1 && self.local.enclosed;
        if quoted && !self.local.kinds.has(Kinds::NUL) && closer::refusal(raw).is_none() {
            closer::characters(raw, self.start, &mut scan.found);
            return Some(AddrSpec::new(raw, raw.len(), Form::AsRead, scan.found.defects()));
        }
        self.local_only(scan)
    }

    /// What makes it no address, when all its parts are there.
    pub(crate) fn refusal(&self) -> Option<(AddressDefect, usize)> {
        let error = self.refused.as_ref()?;
        let kind = match error.expected() {
            closer::UTF_8 => AddressDefect::NonUtf8Address,
            "no NUL" => AddressDefect::NulByte,
            _ => return None,
        };
        Some((kind, error.offset()))
    }

    /// Whether the grammar has it, and it names no host all the same.
    pub(crate) fn is_nowhere(&self) -> bool {
        self.domain.enclosed && self.domain.kinds.has(Kinds::NUL) && !self.local.kinds.has(Kinds::NUL)
    }

    /// Notes what is odd about an address that is nowhere.
    #[cold]
    pub(crate) fn give_up(&self, scan: &mut Scan<'_>) {
        let raw = scan.slice(self.start, self.end);
        if let Some(at) = self.at {
            self.note(raw, at.wrapping_sub(self.start), scan);
        }
    }

    /// Where and why there is no address; for a reader that stopped at `scan`.
    #[cold]
    pub(crate) fn error(&self, scan: &Scan<'_>) -> ParseError {
        let error = self.stop(scan);
        match core::str::from_utf8(scan.slice(0, error.offset())) {
            Ok(_) => error,
            Err(broken) => ParseError::new(scan.value, broken.valid_up_to(), closer::UTF_8),
        }
    }

    fn stop(&self, scan: &Scan<'_>) -> ParseError {
        let value = scan.value;
        if let Some(error) = self.refused {
            return error;
        }
        if self.at.is_some() {
            let start = if self.domain.pieces > 0 { self.end } else { scan.pos };
            return match value.get(start) {
                Some(b'[') => ParseError::new(value, value.len(), "`]`"),
                _ => ParseError::new(value, start, "a domain"),
            };
        }
        match scan.peek() {
            Some(b'"') => ParseError::new(value, value.len(), "`\"`"),
            _ if self.local.pieces == 0 => ParseError::new(value, scan.pos, "a local part"),
            _ => ParseError::new(value, scan.pos, "`@`"),
        }
    }
}

/// Reads `addr-spec` at the first byte of a token, as far as it goes.
///
/// What is taken is always a sequence of words, dots, `@` and `CFWS`, so a phrase can be read on from there.
#[inline]
pub(crate) fn attempt<'a>(scan: &mut Scan<'a>) -> Result<Attempt<'a>, Trouble> {
    let start = scan.pos;
    let comment = scan.comment;
    let seen_before = scan.found.bits();
    let mut attempt = Attempt {
        start,
        end: start,
        at: None,
        local_end: start,
        local: Words::default(),
        domain: Words::default(),
        gap: false,
        raw: None,
        clean: false,
        seen: 0,
        refused: None,
    };
    attempt.local = words(scan, &mut attempt.end)?;
    if attempt.local.pieces == 0 || scan.peek() != Some(b'@') {
        return Ok(attempt);
    }
    attempt.at = Some(scan.pos);
    attempt.local_end = attempt.end;
    let gap = attempt.end != scan.pos;
    scan.pos += 1;
    attempt.end = scan.pos;
    match scan.cfws() {
        Ok(after) => attempt.gap = gap || after != Gap::None,
        Err(Trouble::Comment) => return Ok(attempt),
        Err(trouble) => return Err(trouble),
    }
    attempt.domain = domain(scan, &mut attempt.end)?;
    if attempt.domain.pieces == 0 {
        return Ok(attempt);
    }
    let Attempt { local, domain, end, .. } = attempt;
    let raw = scan.slice(start, end);
    let plain =
        local.pieces == 1 && domain.pieces == 1 && !attempt.gap && !local.enclosed && !domain.enclosed;
    let odd = Kinds::HIGH.or(Kinds::NUL).or(Kinds::DOTS).or(Kinds::CONTROL).or(Kinds::SUSPECT);
    let suspect = local.kinds.has(odd) || domain.kinds.has(odd.or(Kinds::NON_LDH).or(Kinds::EDGES));
    attempt.clean = plain && !suspect && !domain.trailing_dot && closer::is_plain(raw, attempt.at, start);
    if !attempt.clean {
        attempt.seen = scan.found.bits() & !seen_before;
        attempt.refused = refusal(scan, &attempt, raw);
    }
    if attempt.refused.is_none() {
        attempt.raw = Some(raw);
        scan.comment = comment;
    }
    Ok(attempt)
}

/// Why a local part, an `@` and a domain are no address.
#[cold]
fn refusal(scan: &Scan<'_>, attempt: &Attempt<'_>, raw: &[u8]) -> Option<ParseError> {
    let Attempt { start, local, domain, at, .. } = *attempt;
    let at = at.unwrap_or(start);
    let error = |offset, expected| Some(ParseError::new(scan.value, offset, expected));
    if local.kinds.has(Kinds::NUL) {
        let nul = raw.iter().position(|&byte| byte == 0).unwrap_or_default();
        return error(start + nul, "no NUL");
    }
    if domain.kinds.has(Kinds::NUL) {
        return error(at + 1, "a domain literal without brackets and quotes behind its backslashes");
    }
    if domain.kinds.has(Kinds::DOTS) {
        let host = scan.slice(at, attempt.end);
        let dots = host.windows(2).position(|pair| matches!(pair, b"@." | b".."));
        return error(at + dots.unwrap_or_default() + 1, "a label");
    }
    if local.kinds.has(Kinds::HIGH) || domain.kinds.has(Kinds::HIGH) {
        let (offset, expected) = closer::refusal(raw)?;
        return error(start + offset, expected);
    }
    None
}

/// `local-part`, obsolete or not.
#[inline]
fn words(scan: &mut Scan<'_>, token_end: &mut usize) -> Result<Words, Trouble> {
    let mut local = Words::default();
    let mut last = Kinds::START;
    loop {
        let after_dot = last.has(Kinds::DOT);
        match scan.peek() {
            Some(b'"') if after_dot => {
                let Some(kinds) = scan.quoted()? else { break };
                local.kinds.add(kinds);
                local.enclosed = true;
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
        *token_end = scan.pos;
        if scan.peek() == Some(b'@') {
            break;
        }
        match scan.cfws() {
            Ok(_) => {}
            // Perhaps it is a name that has an open parenthesis in it.
            Err(Trouble::Comment) => break,
            Err(trouble) => return Err(trouble),
        }
    }
    if last.has(Kinds::DOT) {
        local.kinds.add(Kinds::DOTS);
    }
    Ok(local)
}

/// `domain`, obsolete or not; no pieces where there is no label.
#[inline]
fn domain(scan: &mut Scan<'_>, token_end: &mut usize) -> Result<Words, Trouble> {
    let mut domain = Words::default();
    if scan.peek() == Some(b'[') {
        if let Some(kinds) = scan.literal()? {
            *token_end = scan.pos;
            domain = Words { pieces: 1, kinds, enclosed: true, ..domain };
        }
        return Ok(domain);
    }
    let mut last = Kinds::START;
    let before = scan.found.mark();
    while let Some(byte) = scan.peek() {
        if !last.has(Kinds::DOT) && byte != b'.' {
            break;
        }
        let (len, kinds, end) = Kinds::dot_atom(last, scan.rest());
        if len == 0 {
            break;
        }
        domain.kinds.add(kinds);
        last = end;
        scan.pos += len;
        domain.pieces += 1;
        *token_end = scan.pos;
        match scan.cfws() {
            Ok(_) => {}
            Err(Trouble::Comment) => break,
            Err(trouble) => return Err(trouble),
        }
    }
    if domain.pieces > 0 {
        // What stands behind the address is not inside it: the caller reads it again.
        scan.pos = *token_end;
        if domain.pieces == 1 {
            scan.found.reset(before);
        }
    }
    domain.trailing_dot = last.has(Kinds::DOT) && domain.pieces > 0;
    Ok(domain)
}

/// Reads a domain that is part of no address; whether there is one.
pub(crate) fn domain_alone(scan: &mut Scan<'_>) -> Result<bool, Trouble> {
    let mut end = scan.pos;
    let domain = domain(scan, &mut end)?;
    Ok(domain.pieces > 0 && !domain.trailing_dot && !domain.kinds.has(Kinds::DOTS))
}

/// Notes what quoted strings in a phrase hold.
#[inline]
pub(crate) fn quoted_in_phrase(kinds: Kinds, scan: &mut Scan<'_>, start: usize) {
    let range = start..scan.pos;
    scan.found.add_if(kinds.has(Kinds::AT), AddressDefect::AddressInDisplayName, range.clone());
    scan.found.add_if(kinds.has(Kinds::ENCODED_WORD), AddressDefect::EncodedWordInQuoted, range);
}

//! Message identifiers (RFC 5322 §3.6.4 and §4.5.4).

use super::ValueDefect;
use super::scan::{BLANK, Nesting, quoted_len, range_in, skip_cfws};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::class::{trim, trim_start};
use mailwire_core::{Class, Escaped, ParseError, Sink};
use memchr::{memchr, memchr2, memchr3};

/// The identifier of a message, without its angle brackets.
///
/// ```text
/// msg-id      = [CFWS] "<" id-left "@" id-right ">" [CFWS]
/// ```
///
/// (RFC 5322 §3.6.4.) Folds inside it are removed, and so are the comments and blanks that §4.5.4 allows around its
/// dots. An identifier without an `@`, with blanks, or without brackets is taken as it is.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::MessageId;
///
/// assert_eq!(MessageId::parse(b" <1234@local.example>\r\n")?.as_bytes(), b"1234@local.example");
/// assert_eq!(MessageId::parse(b"<1234 @ local(home) .example>")?.as_bytes(), b"1234@local.example");
/// assert_eq!(MessageId::parse(b"000200")?.as_bytes(), b"000200");
/// assert!(MessageId::parse(b" <> ").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId<'a> {
    id: Cow<'a, [u8]>,
}

impl<'a> MessageId<'a> {
    /// Reads the first identifier in angle brackets of `value`; without one, all of `value` is the identifier.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when there is nothing that could be an identifier.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong.
    ///
    /// # Errors
    ///
    /// That of [`parse`](Self::parse), reported to `sink` as well.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Result<Self, ParseError> {
        let mut ids = MessageIds::new(value);
        if ids.bracketed
            && let Some(id) = ids.next_bracketed(sink)
        {
            if !skip_cfws(ids.rest).is_empty() {
                sink.report(ValueDefect::MessageIdJunk, range_in(value, trim(ids.rest)));
            }
            return Ok(id);
        }
        let bare = trim(value);
        if bare.iter().all(|byte| matches!(byte, b'<' | b'>') || BLANK.contains(*byte)) {
            sink.report(ValueDefect::NoMessageId, 0..value.len());
            return Err(ParseError::new(value, range_in(value, bare).start, "a message identifier"));
        }
        sink.report(ValueDefect::MessageIdBare, range_in(value, bare));
        Ok(Self::from_content(bare, value, sink))
    }

    /// The identifier's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.id
    }

    /// The identifier as text; what is no UTF-8 becomes U+FFFD.
    pub fn to_text(&self) -> Cow<'_, str> {
        // Many times quicker than to look for what is none.
        core::str::from_utf8(&self.id).map_or_else(|_| String::from_utf8_lossy(&self.id), Cow::Borrowed)
    }

    /// The same identifier, without the bytes it was read from.
    pub fn into_owned(self) -> MessageId<'static> {
        MessageId { id: Cow::Owned(self.id.into_owned()) }
    }

    /// `content` is what stands between the brackets, trimmed.
    fn from_content(content: &'a [u8], value: &[u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let at = memchr(b'@', content);
        let plain = content.iter().all(|&byte| !ODD.contains(byte) && byte != b'(');
        if !plain || at.is_none_or(|at| at == 0 || at + 1 == content.len()) {
            sink.report(ValueDefect::MessageIdSyntax, range_in(value, content));
        }
        let id = if plain {
            Cow::Borrowed(content)
        } else {
            // A fold inside a quoted string is all that can be left of one.
            let unfolded = |mut id: Vec<u8>| {
                id.retain(|&byte| !Class::CRLF.contains(byte));
                Cow::Owned(id)
            };
            without_cfws(content).map_or_else(|| without_folds(content), unfolded)
        };
        Self { id }
    }
}

impl fmt::Debug for MessageId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageId({:?})", Escaped(&self.id))
    }
}

/// What an identifier should not have inside.
const ODD: Class = Class::WSP.or(Class::CTL);

/// The identifiers of a References or In-Reply-To field.
///
/// "For purposes of interpretation, the phrases in the "In-Reply-To:" and "References:" fields are ignored" (RFC 5322
/// §4.5.4): what stands outside of angle brackets is skipped, quoted strings and comments whole. Only in a value
/// without any bracket the words with an `@` inside are taken, or its only word.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::MessageIds;
///
/// let value = b" Your message of \"Fri, 21 Nov\" <1@a.example>,\r\n <2@\r\n a.example> <3@a.example\r\n";
/// let ids: Vec<_> = MessageIds::new(value).collect();
/// assert_eq!(ids[0].as_bytes(), b"1@a.example");
/// assert_eq!(ids[1].as_bytes(), b"2@a.example");
/// assert_eq!(ids[2].as_bytes(), b"3@a.example");
/// assert_eq!(ids.len(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct MessageIds<'a> {
    value: &'a [u8],
    rest: &'a [u8],
    bracketed: bool,
    nesting: Nesting,
}

impl<'a> MessageIds<'a> {
    /// The identifiers of `value`, read as they are asked for.
    pub fn new(value: &'a [u8]) -> Self {
        let bracketed = memchr(b'<', value).is_some();
        Self { value, rest: value, bracketed, nesting: Nesting::default() }
    }

    /// The next identifier, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<MessageId<'a>> {
        if self.bracketed { self.next_bracketed(sink) } else { self.next_bare(sink) }
    }

    fn next_bracketed(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<MessageId<'a>> {
        if let Some((id, behind)) = canonical(self.rest) {
            self.rest = behind;
            return Some(MessageId { id: Cow::Borrowed(id) });
        }
        loop {
            let next = memchr3(b'<', b'"', b'(', self.rest);
            let (skipped, rest) = self.rest.split_at_checked(next.unwrap_or(self.rest.len()))?;
            if skipped.iter().any(|&byte| byte != b',' && !BLANK.contains(byte)) {
                sink.report(ValueDefect::MessageIdJunk, range_in(self.value, trim(skipped)));
            }
            let len = match rest.first() {
                None => {
                    self.rest = rest;
                    return None;
                }
                Some(b'"') => self.nesting.quoted_len(rest).unwrap_or(1),
                Some(b'(') => self.nesting.comment_len(rest).unwrap_or(1),
                Some(_) => {
                    let content = self.take_bracketed(rest, sink);
                    if !content.is_empty() {
                        return Some(MessageId::from_content(content, self.value, sink));
                    }
                    0
                }
            };
            if len > 0 {
                self.rest = rest.get(len..)?;
            }
        }
    }

    /// What stands in the brackets that open at the front of `rest`; goes behind them.
    fn take_bracketed(&mut self, rest: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
        let mut inner = rest;
        while let [b'<', tail @ ..] = inner {
            inner = trim_start(tail);
        }
        let quoted = match inner.first() {
            Some(b'"') => self.nesting.quoted_len(inner).unwrap_or(0),
            _ => 0,
        };
        let unquoted = inner.get(quoted..).unwrap_or_default();
        let len = quoted + memchr2(b'>', b'<', unquoted).unwrap_or(unquoted.len());
        let (content, behind) = inner.split_at_checked(len).unwrap_or_default();
        if let [b'>', behind @ ..] = behind {
            self.rest = behind;
            return trim(content);
        }
        sink.report(
            ValueDefect::MessageIdUnclosed,
            range_in(self.value, rest).start..range_in(self.value, behind).start,
        );
        let word = content.iter().position(|&byte| byte == b',' || BLANK.contains(byte)).unwrap_or(len);
        self.rest = inner.get(word..).unwrap_or_default();
        content.get(..word).unwrap_or_default()
    }

    fn next_bare(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<MessageId<'a>> {
        loop {
            let start = self.rest.iter().position(|&byte| !is_between(byte))?;
            let rest = self.rest.get(start..)?;
            let (word, rest) =
                rest.split_at_checked(rest.iter().position(|&byte| is_between(byte)).unwrap_or(rest.len()))?;
            self.rest = rest;
            let id = word.strip_suffix(b">").unwrap_or(word);
            if id.iter().skip(1).rev().skip(1).any(|&byte| byte == b'@') || id.len() == trim(self.value).len()
            {
                sink.report(ValueDefect::MessageIdBare, range_in(self.value, word));
                return Some(MessageId::from_content(id, self.value, sink));
            }
            sink.report(ValueDefect::MessageIdJunk, range_in(self.value, word));
        }
    }
}

impl<'a> Iterator for MessageIds<'a> {
    type Item = MessageId<'a>;

    fn next(&mut self) -> Option<MessageId<'a>> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for MessageIds<'_> {}

/// The one form that nearly all identifiers have, `<dot-atom@dot-atom>`, and what stands behind it.
#[inline]
fn canonical(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    const PLAIN: Class = Class::ATEXT.or(Class::DOT).or(Class::HIGH);
    let inner = trim_start(rest).strip_prefix(b"<")?;
    let left = PLAIN.prefix_len(inner);
    let domain = inner.get(left..)?.strip_prefix(b"@")?;
    let right = PLAIN.prefix_len(domain);
    let behind = domain.get(right..)?.strip_prefix(b">")?;
    (left > 0 && right > 0).then_some((inner.get(..=left + right)?, behind))
}

fn is_between(byte: u8) -> bool {
    byte == b',' || BLANK.contains(byte)
}

/// `word *( "." word ) "@" word *( "." word )` with blanks and comments anywhere between, without them; `None` when
/// the identifier is no such thing.
fn without_cfws(content: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    loop {
        rest = skip_cfws(rest);
        let len = match rest.first()? {
            b'"' => quoted_len(rest)?,
            b'[' => memchr(b']', rest)? + 1,
            _ => Class::ATEXT.or(Class::HIGH).prefix_len(rest),
        };
        let (word, behind) = rest.split_at_checked(len)?;
        out.extend_from_slice(word);
        match skip_cfws(behind) {
            _ if word.is_empty() => return None,
            [] => return Some(out),
            [joint @ (b'.' | b'@'), behind @ ..] => {
                out.push(*joint);
                rest = behind;
            }
            _ => return None,
        }
    }
}

/// `content` in one line. Where folds are the only blanks in it, it is an identifier too long for its writer, and they
/// are removed; else it is none at all, and unfolded as any text: line ends go, blanks stay (RFC 5322 §2.2.3).
fn without_folds(content: &[u8]) -> Cow<'_, [u8]> {
    if memchr2(b'\r', b'\n', content).is_none() {
        return Cow::Borrowed(content);
    }
    let mut unfolded = content.to_vec();
    unfolded.retain(|byte| !Class::CRLF.contains(*byte));
    let folds_only = content
        .split(|byte| !BLANK.contains(*byte))
        .all(|blanks| blanks.is_empty() || memchr2(b'\r', b'\n', blanks).is_some());
    if folds_only {
        unfolded.retain(|byte| !BLANK.contains(*byte));
    }
    Cow::Owned(unfolded)
}

//! What a receiver found out about a message's origin (RFC 8601, and RFC 8617 §4.1.1).

use super::cursor::{Cursor, Word, ends_word};
use super::property::{Properties, Statement, is_keyword};
use super::word::words;
use super::{Tag, ValueDefect};
use alloc::borrow::Cow;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Escaped, Sink};

/// The value of an Authentication-Results field, or of an ARC-Authentication-Results field.
///
/// ```text
/// authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS]
/// resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
/// arc-info        = instance [CFWS] ";" authres-payload
/// ```
///
/// (RFC 8601 §2.2, RFC 8617 §4.1.1.) Reading never fails. The authserv-id may be missing (Exchange Online writes none),
/// and a semicolon before a registered method.
///
/// Anybody can write this field into a mail. Believe only those whose [`authserv_id`](Self::authserv_id) is that of a
/// server which you trust to have removed all others that claim to be from it (RFC 8601 §1.6 and §5).
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{AuthenticationResults, MethodName, ResultName};
///
/// let value = b" mx.example.org 1; spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=a@example.net;\r\n \
///     dkim=fail reason=\"bad signature\" header.d=example.net header.b=\"aB/c\"";
/// let read = AuthenticationResults::parse(value);
/// assert_eq!(read.authserv_id().as_deref(), Some(&b"mx.example.org"[..]));
/// let results: Vec<_> = read.results().collect();
/// assert_eq!(results[0].method(), MethodName::SPF);
/// assert_eq!(results[0].result(), ResultName::PASS);
/// assert_eq!(results[1].result(), ResultName::FAIL);
/// assert_eq!(results[1].reason().as_deref(), Some(&b"bad signature"[..]));
/// assert_eq!(results[1].property("header", "b").as_deref(), Some(&b"aB/c"[..]));
/// ```
#[derive(Clone, Copy)]
pub struct AuthenticationResults<'a> {
    value: &'a [u8],
    instance: Option<u32>,
    authserv_id: Option<Word<'a>>,
    version: Option<u32>,
    /// At the first result.
    cursor: Cursor<'a>,
}

impl<'a> AuthenticationResults<'a> {
    /// Reads who says it; the results are read when they are asked for.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The results tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        Self::read(value, None, Cursor::new(value), sink)
    }

    /// Reads the value of an ARC-Authentication-Results field, which begins with its instance.
    pub fn parse_arc(value: &'a [u8]) -> Self {
        Self::parse_arc_with(value, &mut ())
    }

    /// [`parse_arc`](Self::parse_arc), and what was wrong.
    pub fn parse_arc_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let mut cursor = Cursor::new(value);
        let instance = read_instance(&mut cursor, sink);
        let written = trim(cursor.since(value));
        if !cursor.eat(b';') || instance.is_none() {
            cursor.report(ValueDefect::ArcInstance, written, sink);
        }
        Self::read(value, instance, cursor, sink)
    }

    fn read(
        value: &'a [u8],
        instance: Option<u32>,
        mut cursor: Cursor<'a>,
        sink: &mut impl Sink<ValueDefect>,
    ) -> Self {
        cursor.skip(sink);
        let start = cursor;
        let word = cursor.word(b"=", sink);
        cursor.skip(sink);
        if word.raw.is_empty() || cursor.rest.first() == Some(&b'=') {
            start.report(ValueDefect::NoAuthservId, start.rest.get(..0).unwrap_or_default(), sink);
            return Self { value, instance, authserv_id: None, version: None, cursor: start };
        }
        let behind = cursor;
        let version = cursor.number();
        let ends = cursor.rest.first().is_none_or(|&byte| ends_word(byte));
        if !ends {
            return Self { value, instance, authserv_id: Some(word), version: None, cursor: behind };
        }
        if version.is_none() && cursor.rest.len() < behind.rest.len() {
            cursor.report(ValueDefect::AuthenticationSyntax, cursor.since(behind.rest), sink);
        }
        if says_nothing(cursor) {
            cursor.report(ValueDefect::AuthenticationSyntax, cursor.rest, sink);
        }
        Self { value, instance, authserv_id: Some(word), version, cursor }
    }

    /// Which set of ARC fields it belongs to, 1–50 (RFC 8617 §4.2.1); `None` in a plain Authentication-Results field,
    /// and where it can't be read.
    pub fn instance(&self) -> Option<u32> {
        self.instance
    }

    /// Who says it (RFC 8601 §2.5).
    pub fn authserv_id(&self) -> Option<Cow<'a, [u8]>> {
        self.authserv_id.map(Word::bytes)
    }

    /// The version of the format; 1 where none is written.
    pub fn version(&self) -> u32 {
        self.version.unwrap_or(1)
    }

    /// The results, in the order they stand in.
    pub fn results(&self) -> Results<'a> {
        Results { cursor: self.cursor, separated: self.authserv_id.is_none() }
    }

    /// Whether it says `none`: nothing was checked. Where junk stands instead there are no results either.
    pub fn is_no_result(&self) -> bool {
        let mut cursor = self.cursor;
        cursor.skip(&mut ());
        cursor.eat(b';') && {
            cursor.skip(&mut ());
            is_none(&mut cursor)
        }
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl fmt::Debug for AuthenticationResults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthenticationResults({:?})", Escaped(trim(self.value)))
    }
}

/// Reads `i=1`; goes nowhere if there is no such thing.
fn read_instance(cursor: &mut Cursor<'_>, sink: &mut impl Sink<ValueDefect>) -> Option<u32> {
    let mut next = *cursor;
    next.skip(&mut ());
    let name = next.take(|byte| byte == b'=' || ends_word(byte));
    next.skip(&mut ());
    if name != b"i" || !next.eat(b'=') {
        return None;
    }
    next.skip(&mut ());
    let written = next.take(ends_word);
    next.skip(sink);
    *cursor = next;
    Tag::new(b"i", written).instance()
}

/// Whether nothing follows but semicolons: there has to be a result, or `none`.
fn says_nothing(mut cursor: Cursor<'_>) -> bool {
    cursor.skip(&mut ());
    while cursor.eat(b';') {
        cursor.skip(&mut ());
    }
    cursor.rest.is_empty()
}

/// Whether `none` is all that follows.
fn is_none(cursor: &mut Cursor<'_>) -> bool {
    let word = cursor.take(ends_word);
    cursor.skip(&mut ());
    word.eq_ignore_ascii_case(b"none") && cursor.rest.is_empty()
}

/// The results in an Authentication-Results field, read as they are asked for.
///
/// What is none is skipped and reported: text without an equals sign, a property that belongs to no method.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    cursor: Cursor<'a>,
    /// A semicolon was read since the last result.
    separated: bool,
}

impl<'a> Results<'a> {
    /// The next result, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<AuthenticationResult<'a>> {
        loop {
            self.cursor.skip(sink);
            if self.cursor.rest.is_empty() {
                return None;
            }
            if self.cursor.eat(b';') {
                self.separated = true;
                continue;
            }
            let start = self.cursor.rest;
            let method = MethodName(self.cursor.take(|byte| ends_word(byte) || matches!(byte, b'=' | b'/')));
            self.cursor.skip(sink);
            let version = if self.cursor.eat(b'/') {
                self.cursor.skip(sink);
                let digits = self.cursor.rest;
                let version = self.cursor.number();
                if version.is_none() && self.cursor.rest.len() < digits.len() {
                    self.cursor.report(ValueDefect::AuthenticationSyntax, self.cursor.since(digits), sink);
                }
                self.cursor.skip(sink);
                version
            } else {
                None
            };
            let begins = is_keyword(method.0) && (self.separated || method.is_known());
            if begins && self.cursor.eat(b'=') {
                if !core::mem::replace(&mut self.separated, false) {
                    let at = start.get(..0).unwrap_or_default();
                    self.cursor.report(ValueDefect::AuthenticationMissingSemicolon, at, sink);
                }
                return Some(self.result(start, method, version, sink));
            }
            let none = method.0.eq_ignore_ascii_case(b"none") && self.cursor.rest.is_empty();
            if !none {
                self.junk(start, sink);
            }
        }
    }

    /// Reads on behind the equals sign of a method.
    fn result(
        &mut self,
        start: &'a [u8],
        method: MethodName<'a>,
        version: Option<u32>,
        sink: &mut impl Sink<ValueDefect>,
    ) -> AuthenticationResult<'a> {
        self.cursor.skip(sink);
        let result = ResultName(self.cursor.word(b"", sink).raw);
        if !is_keyword(result.0) {
            self.cursor.report(ValueDefect::AuthenticationSyntax, self.cursor.since(start), sink);
        }
        let properties = Properties { cursor: self.cursor };
        let mut all = properties.clone();
        let mut reason = None;
        while let Some(statement) = all.statement(sink) {
            if let Statement::Reason(word) = statement {
                reason.get_or_insert(word);
            }
        }
        self.cursor = all.cursor;
        AuthenticationResult { raw: self.cursor.since(start), method, version, result, reason, properties }
    }

    /// Skips what can't be read, at least a byte of it.
    fn junk(&mut self, start: &'a [u8], sink: &mut impl Sink<ValueDefect>) {
        if self.cursor.rest.first() == Some(&b'"') {
            self.cursor.quoted(sink);
        } else {
            self.cursor.take(ends_word);
        }
        self.cursor.report(ValueDefect::AuthenticationJunk, self.cursor.since(start), sink);
    }
}

impl<'a> Iterator for Results<'a> {
    type Item = AuthenticationResult<'a>;

    fn next(&mut self) -> Option<AuthenticationResult<'a>> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for Results<'_> {}

/// What one method found.
///
/// ```text
/// methodspec = [CFWS] method [CFWS] "=" [CFWS] result
/// reasonspec = "reason" [CFWS] "=" [CFWS] value
/// method     = Keyword [ [CFWS] "/" [CFWS] method-version ]
/// ```
///
/// (RFC 8601 §2.2.)
#[derive(Clone)]
pub struct AuthenticationResult<'a> {
    raw: &'a [u8],
    method: MethodName<'a>,
    version: Option<u32>,
    result: ResultName<'a>,
    reason: Option<Word<'a>>,
    properties: Properties<'a>,
}

impl<'a> AuthenticationResult<'a> {
    /// What was done.
    pub fn method(&self) -> MethodName<'a> {
        self.method
    }

    /// The version of the method; 1 where none is written.
    pub fn version(&self) -> u32 {
        self.version.unwrap_or(1)
    }

    /// What came out. It may have no bytes in a broken field.
    pub fn result(&self) -> ResultName<'a> {
        self.result
    }

    /// Why, in words for people or in a code of the server's own.
    pub fn reason(&self) -> Option<Cow<'a, [u8]>> {
        self.reason.map(Word::bytes)
    }

    /// What was looked at, in the order it stands in.
    pub fn properties(&self) -> Properties<'a> {
        self.properties.clone()
    }

    /// The value of the first property of this type and name, in any case: `("smtp", "mailfrom")`.
    pub fn property(&self, ptype: &str, name: &str) -> Option<Cow<'a, [u8]>> {
        self.properties().find(|property| property.is(ptype, name)).map(|property| property.value())
    }

    /// All of it, comments included, as it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }
}

impl fmt::Debug for AuthenticationResult<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthenticationResult({:?})", Escaped(self.raw))
    }
}

words! {
    /// The name of a method (RFC 8601 §2.7; IANA: Email Authentication Methods). An open registry, compared in any
    /// case.
    pub struct MethodName {
        /// The chain of ARC sets (RFC 8617).
        ARC = "arc";
        /// SMTP AUTH.
        AUTH = "auth";
        /// Brand indicators.
        BIMI = "bimi";
        /// Microsoft's composite of all others.
        COMPAUTH = "compauth";
        /// DKIM signatures (RFC 6376).
        DKIM = "dkim";
        /// The domain's signing practice.
        DKIM_ADSP = "dkim-adsp";
        /// Third-party signatures.
        DKIM_ATPS = "dkim-atps";
        /// The domain's policy.
        DMARC = "dmarc";
        /// A list of good senders.
        DNSWL = "dnswl";
        /// What DKIM was made of.
        DOMAINKEYS = "domainkeys";
        /// The name of the client's address, and back (RFC 8601 §3).
        IPREV = "iprev";
        /// Whether the recipient is still the same person.
        RRVS = "rrvs";
        /// SPF over the author.
        SENDER_ID = "sender-id";
        /// S/MIME signatures.
        SMIME = "smime";
        /// The client's address (RFC 7208).
        SPF = "spf";
        /// Vouching.
        VBR = "vbr";
    }
}

words! {
    /// The name of a result (RFC 8601 §2.7; IANA: Email Authentication Result Names). An open registry, compared in
    /// any case.
    pub struct ResultName {
        /// It was not as it should be.
        FAIL = "fail";
        /// Neither good nor bad is said.
        NEUTRAL = "neutral";
        /// There was nothing to check.
        NONE = "none";
        /// It is good.
        PASS = "pass";
        /// It can't be checked, now or later.
        PERMERROR = "permerror";
        /// It is good, and not accepted by a local policy.
        POLICY = "policy";
        /// Weakly bad.
        SOFTFAIL = "softfail";
        /// It could not be checked now.
        TEMPERROR = "temperror";
    }
}

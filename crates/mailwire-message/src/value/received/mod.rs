//! Trace fields: one hop of a mail (RFC 5321 §4.4, RFC 5322 §3.6.7).

mod clause;
mod client;
mod protocol;
mod tls;
mod tokens;
mod words;

pub use clause::{Clause, Clauses};
pub use protocol::Protocol;
pub use tls::TlsInfo;

use super::ValueDefect;
use super::date;
use super::scan::range_in;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use clause::Name;
use client::Client;
use core::fmt;
use core::net::IpAddr;
use mailwire_address::AddrSpec;
use mailwire_core::class::{trim, trim_end};
use mailwire_core::{Class, DateTime, Escaped, ParseError, Sink};
use memchr::memchr2;
use tokens::{Token, Tokens, len_before};

/// The value of a Received field: who gave the mail to whom, how, and when.
///
/// ```text
/// Time-stamp-line = "Received:" FWS Stamp
/// Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
/// From-domain     = "FROM" FWS Extended-Domain
/// By-domain       = CFWS "BY" FWS Extended-Domain
/// Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) / ( address-literal FWS "(" TCP-info ")" )
/// Opt-info        = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
/// ```
///
/// (RFC 5321 §4.4.) Reading never fails: clauses may stand in any order and be missing, their values may have several
/// words, and comments may stand anywhere. Of a clause given twice the first counts. Every answer is what some server wrote; nobody
/// vouches for those below the first server you trust.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{Protocol, Received};
///
/// let received = Received::parse(
///     b" from laptop (host.example.org [192.0.2.1])\r\n\tby mx.example.net (Postfix) with ESMTPS id 4711\r\n\
///       \tfor <ann@example.net>; Fri, 21 Nov 1997 09:55:06 -0600",
/// );
/// assert_eq!(received.helo().unwrap(), "laptop");
/// assert_eq!(received.from_host().unwrap(), "host.example.org");
/// assert_eq!(received.from_ip(), Some([192, 0, 2, 1].into()));
/// assert_eq!(received.by().unwrap(), "mx.example.net");
/// assert_eq!(received.with(), Some(Protocol::ESMTPS));
/// assert_eq!(received.id().unwrap(), "4711");
/// assert_eq!(received.recipient().unwrap().to_string(), "ann@example.net");
/// assert_eq!(received.date().unwrap().to_string(), "1997-11-21T09:55:06-06:00");
/// ```
#[derive(Clone, Copy)]
pub struct Received<'a> {
    value: &'a [u8],
    /// What stands before the date, if all of it is UTF-8: looked at once, for all the pieces of it.
    text: &'a str,
    said: [Option<&'a [u8]>; 7],
    client: Client<'a>,
    /// The comment about TLS, without its parentheses.
    tls: &'a [u8],
    date: Option<&'a [u8]>,
}

impl<'a> Received<'a> {
    /// Reads a trace field.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The date tells its own defects when it is read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let mut read =
            Self { value, text: "", said: [None; 7], client: Client::default(), tls: &[], date: None };
        let mut tokens = Tokens::new(value);
        let date = if tokens.has_semicolon() { None } else { trailing_date(value) };
        if let Some(date) = date {
            tokens = Tokens::new(value.get(..date).unwrap_or_default());
        }
        let end = tokens.rest.len();
        let mut piece = Piece::default();
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(word) => match Name::of(word) {
                    Some(name) if !piece.is_bare_name() || tokens.is_name() => {
                        read.keep(&piece, sink);
                        piece = Piece { name: Some(name), written: word, ..Piece::default() };
                    }
                    _ if piece.takes() => {
                        let end = end - tokens.rest.len();
                        if piece.end == 0 {
                            piece.start = end - word.len();
                        }
                        piece.end = end;
                        piece.commented = false;
                    }
                    _ if piece.name == Some(Name::From) && word.starts_with(b"[") => {
                        read.client.literal(word);
                    }
                    _ => {
                        read.keep(&piece, sink);
                        let end = end - tokens.rest.len();
                        piece = Piece { start: end - word.len(), end, ..Piece::default() };
                    }
                },
                Token::Comment(comment) => {
                    piece.commented = true;
                    if let [b'(', inner @ .., b')'] = comment {
                        if piece.name == Some(Name::From) && read.said(Name::From).is_none() {
                            read.client.comment(inner);
                        }
                        if read.tls.is_empty() && tls::is_tls(inner) {
                            read.tls = inner;
                        }
                    }
                }
                Token::Semicolon => {
                    read.date = tokens.behind_last();
                    if read.date.is_some() {
                        break;
                    }
                    read.keep(&piece, sink);
                    piece = Piece::default();
                }
            }
        }
        read.keep(&piece, sink);
        let before_date = value.get(..end - tokens.rest.len()).unwrap_or_default();
        read.text = core::str::from_utf8(before_date).unwrap_or_default();
        read.client.name(read.said(Name::From).unwrap_or_default());
        if let Some(open) = tokens.unclosed {
            sink.report(ValueDefect::UnclosedComment, range_in(value, open));
        }
        if let Some(date) = read.date {
            let end = range_in(value, date).end;
            if end < value.len() {
                sink.report(ValueDefect::DateTrailing, end..value.len());
            }
        } else if let Some(start) = date {
            sink.report(ValueDefect::ReceivedNoSemicolon, start..start);
            read.date = value.get(start..);
        } else {
            sink.report(ValueDefect::ReceivedNoDate, value.len()..value.len());
        }
        read
    }

    /// Keeps what was read of a clause.
    #[inline]
    fn keep(&mut self, piece: &Piece<'a>, sink: &mut impl Sink<ValueDefect>) {
        let words = self.value.get(piece.start..piece.end).filter(|words| !words.is_empty());
        match (piece.name, words) {
            (None, None) => {}
            (None, Some(words)) => sink.report(ValueDefect::ReceivedWords, range_in(self.value, words)),
            (Some(_), None) => {
                sink.report(ValueDefect::ReceivedEmptyClause, range_in(self.value, piece.written));
            }
            (Some(name), words) => match self.said.get_mut(name as usize) {
                Some(slot @ None) => *slot = words,
                _ => sink.report(ValueDefect::ReceivedRepeatedClause, range_in(self.value, piece.written)),
            },
        }
    }

    fn said(&self, name: Name) -> Option<&'a [u8]> {
        self.said.get(name as usize).copied().flatten()
    }

    /// [`text`], for what is cut from the value.
    #[inline]
    fn text(&self, words: &'a [u8]) -> Cow<'a, str> {
        let start = words.as_ptr().addr().wrapping_sub(self.value.as_ptr().addr());
        // A line end is a control.
        let is_line = len_before::<b' ', 0>([], words) == words.len();
        match self.text.get(start..start.wrapping_add(words.len())) {
            Some(text) if is_line => Cow::Borrowed(text),
            _ => text(words),
        }
    }

    /// What stands behind `from`. By the standard it is the name that the client gave itself, but servers may write
    /// there what its address resolves to: [`helo`](Self::helo) and [`from_host`](Self::from_host) know.
    pub fn from(&self) -> Option<Cow<'a, str>> {
        self.client.written().map(|words| self.text(words))
    }

    /// The name that the client gave itself in HELO, EHLO or LHLO: a claim.
    pub fn helo(&self) -> Option<Cow<'a, str>> {
        self.client.helo().map(|words| self.text(words))
    }

    /// The name that the client's address resolves to, as the server found it.
    pub fn from_host(&self) -> Option<Cow<'a, str>> {
        self.client.host().map(|words| self.text(words))
    }

    /// The address that the client connected from, as the server saw it.
    pub fn from_ip(&self) -> Option<IpAddr> {
        self.client.ip()
    }

    /// The server that wrote the field.
    pub fn by(&self) -> Option<Cow<'a, str>> {
        self.said(Name::By).map(|words| self.text(words))
    }

    /// The link that the mail came over, where it is not the Internet: `TCP`, `Frontend Transport`.
    pub fn via(&self) -> Option<Cow<'a, str>> {
        self.said(Name::Via).map(|words| self.text(words))
    }

    /// The protocol that the mail came by.
    pub fn with(&self) -> Option<Protocol<'a>> {
        self.said(Name::With).map(Protocol::new)
    }

    /// The server's name for this transaction, without the angle brackets that it may stand in.
    pub fn id(&self) -> Option<Cow<'a, str>> {
        self.said(Name::Id).map(|id| match id {
            [b'<', inner @ .., b'>'] => self.text(inner),
            _ => self.text(id),
        })
    }

    /// For whom the mail was received: the first address of the `for` clause. A mail for several is often without.
    pub fn recipient(&self) -> Option<AddrSpec<'a>> {
        mailwire_address::addresses(self.said(Name::For)?).mailboxes().find_map(|mailbox| mailbox.address())
    }

    /// What is said of TLS, in a comment or in a `tls` clause (RFC 8314 §4.3).
    pub fn tls(&self) -> Option<TlsInfo<'a>> {
        TlsInfo::new(self.tls, self.said(Name::Tls))
    }

    /// When the mail was received: what stands behind the last semicolon.
    pub fn date(&self) -> Option<DateTime> {
        date::parse(self.date?).ok()
    }

    /// [`date`](Self::date), and what was wrong with it. That there is none was told by [`parse_with`](Self::parse_with).
    ///
    /// # Errors
    ///
    /// Those of [`date::parse`]; the offset counts from the start of the whole value.
    pub fn date_with(&self, sink: &mut impl Sink<ValueDefect>) -> Result<DateTime, ParseError> {
        let Some(date) = self.date else {
            return Err(ParseError::new(self.value, self.value.len(), "`;`"));
        };
        let start = range_in(self.value, date).start;
        let mut shifted =
            |kind, range: core::ops::Range<usize>| sink.report(kind, range.start + start..range.end + start);
        date::parse_with(date, &mut shifted).map_err(|error| error.shifted(start))
    }

    /// All that stands before the date, in order.
    pub fn clauses(&self) -> Clauses<'a> {
        let end = self.date.map_or(self.value.len(), |date| range_in(self.value, date).start);
        let before = trim_end(self.value.get(..end).unwrap_or_default());
        Clauses::new(before.strip_suffix(b";").unwrap_or(before))
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

/// What is being read: a clause, or words behind no name.
#[derive(Clone, Copy, Default)]
struct Piece<'a> {
    name: Option<Name>,
    /// The name, as it is written.
    written: &'a [u8],
    /// Where its words stand in the value; nowhere while it has none.
    start: usize,
    end: usize,
    /// Whether the last thing was a comment.
    commented: bool,
}

impl Piece<'_> {
    /// Whether nothing came behind the name yet.
    #[inline]
    fn is_bare_name(&self) -> bool {
        self.name.is_some() && self.end == 0 && !self.commented
    }

    /// Whether a word belongs to it. Behind a comment, that is only the first one of a clause.
    #[inline]
    fn takes(&self) -> bool {
        !self.commented || self.end == 0 && self.name.is_some()
    }
}

impl fmt::Debug for Received<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Received({:?})", Escaped(trim(self.value)))
    }
}

/// Words as text: in one line, and what is no UTF-8 replaced.
fn text(words: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(words) {
        Ok(text) if memchr2(b'\r', b'\n', words).is_none() => Cow::Borrowed(text),
        _ => {
            let unfolded: Vec<u8> =
                words.iter().copied().filter(|&byte| !Class::CRLF.contains(byte)).collect();
            Cow::Owned(String::from_utf8_lossy(&unfolded).into_owned())
        }
    }
}

/// Where the date begins at the end of a value without semicolons. A date has at most so many words that it begins with
/// one of the last few.
#[cold]
fn trailing_date(value: &[u8]) -> Option<usize> {
    const MOST: usize = 8;
    let mut last: [&[u8]; MOST] = [&[]; MOST];
    let mut tokens = Tokens::new(value);
    while let Some(token) = tokens.look_ahead() {
        if let Token::Word(word) = token {
            last.rotate_left(1);
            let [.., slot] = &mut last;
            *slot = word;
        }
    }
    let starts = last.iter().filter(|word| begins_date(word));
    let mut starts = starts.map(|word| range_in(value, word).start);
    starts.find(|&start| value.get(start..).is_some_and(|rest| date::parse(rest).is_ok()))
}

/// Whether a word is a number, or begins like the name of a day or of a month.
fn begins_date(word: &[u8]) -> bool {
    const NAMES: &[u8] = b"sunmontuewedthufrisatjanfebmaraprmayjunjulaugsepoctnovdec";
    match word {
        [b'0'..=b'9', ..] => true,
        [a, b, c, ..] => NAMES.chunks_exact(3).any(|name| name.eq_ignore_ascii_case(&[*a, *b, *c])),
        _ => false,
    }
}

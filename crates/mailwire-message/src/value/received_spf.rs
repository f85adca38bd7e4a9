//! What a receiver found out with SPF, in the field that SPF has of its own (RFC 7208 §9.1).

use super::cursor::{Cursor, ends_word};
use super::scan::range_in;
use super::{Parameters, ResultName, ValueDefect};
use core::fmt;
use mailwire_core::class::{trim, trim_start};
use mailwire_core::{Escaped, Sink};

/// The value of a Received-SPF field.
///
/// ```text
/// [CFWS] result FWS [comment FWS] [ key-value-list ]
/// ```
///
/// (RFC 7208 §9.1.) Reading never fails. As with Authentication-Results, anybody can write it into a mail.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{ReceivedSpf, ResultName};
///
/// let value = b" Pass (mx.example: good sender) receiver=mx.example;\r\n client-ip=192.0.2.1; helo=\"a.example\"";
/// let spf = ReceivedSpf::parse(value);
/// assert_eq!(spf.result(), ResultName::PASS);
/// assert_eq!(spf.comment(), Some(&b"mx.example: good sender"[..]));
/// assert_eq!(spf.pairs().get("client-ip").unwrap(), "192.0.2.1");
/// ```
#[derive(Clone, Copy)]
pub struct ReceivedSpf<'a> {
    value: &'a [u8],
    result: ResultName<'a>,
    comment: Option<&'a [u8]>,
    /// What stands behind the comment.
    rest: &'a [u8],
}

impl<'a> ReceivedSpf<'a> {
    /// Reads the result; the pairs are read when they are asked for.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The pairs tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let mut cursor = Cursor::new(value);
        cursor.skip(sink);
        let start = cursor.rest;
        let mut result = ResultName::new(cursor.take(|byte| byte == b'=' || ends_word(byte)));
        if !result.is_known() || cursor.rest.first() == Some(&b'=') {
            sink.report(ValueDefect::BadReceivedSpf, range_in(value, result.as_bytes()));
        }
        if cursor.rest.first() == Some(&b'=') {
            (result, cursor.rest) = (ResultName::new(&[]), start);
        }
        cursor.rest = trim_start(cursor.rest);
        let before = cursor.rest;
        cursor.skip(sink);
        let comment = before.strip_prefix(b"(").map(|_| {
            // Of several comments, all.
            let inner = trim(cursor.since(before));
            let inner = inner.strip_prefix(b"(").unwrap_or(inner);
            inner.strip_suffix(b")").unwrap_or(inner)
        });
        Self { value, result, comment, rest: cursor.rest }
    }

    /// What came out. It has no bytes where nothing can be read.
    pub fn result(&self) -> ResultName<'a> {
        self.result
    }

    /// Why, in words for people, as they are written between the parentheses.
    pub fn comment(&self) -> Option<&'a [u8]> {
        self.comment
    }

    /// `client-ip`, `envelope-from`, `helo`, `receiver`, `identity`, `mechanism`, `problem` and others, in the order
    /// they stand in.
    pub fn pairs(&self) -> Parameters<'a> {
        Parameters::in_value(self.value, self.rest)
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl fmt::Debug for ReceivedSpf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceivedSpf({:?})", Escaped(trim(self.value)))
    }
}

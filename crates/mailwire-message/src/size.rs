//! How big a body is, as IMAP counts.

use crate::part::Part;
use crate::rules;
use memchr::memchr_iter;

impl Part<'_, '_> {
    /// How many octets its body has, as it came and with its transfer encoding: `body-fld-octets` (RFC 9051 §9).
    pub fn octets(self) -> u64 {
        self.raw_body().len() as u64
    }

    /// How many octets its body has once every bare LF in it is a CRLF: what an IMAP server says that keeps mail with
    /// LF. One pass over the body.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let message = Parser::new().parse(b"Subject: a\n\none\ntwo\r\n");
    /// assert_eq!(message.root().octets(), 9);
    /// assert_eq!(message.root().octets_crlf(), 10);
    /// assert_eq!(message.root().lines(), 2);
    /// ```
    pub fn octets_crlf(self) -> u64 {
        let body = self.raw_body();
        let is_bare = |at: &usize| at.checked_sub(1).and_then(|before| body.get(before)) != Some(&b'\r');
        (body.len() + memchr_iter(b'\n', body).filter(is_bare).count()) as u64
    }

    /// How many lines its body has: `body-fld-lines` (RFC 9051 §9). Line ends are counted, so that a last line without one is
    /// none, as in other servers; the one before a delimiter belongs to that (RFC 2046 §5.1.1). One pass over the body.
    pub fn lines(self) -> u64 {
        memchr_iter(rules::newline(self.raw), self.raw_body()).count() as u64
    }
}

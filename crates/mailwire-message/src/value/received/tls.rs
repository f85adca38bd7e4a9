//! What a Received value says of TLS.

use super::text;
use super::words::{Words, value_of};
use alloc::borrow::Cow;
use core::fmt;
use mailwire_core::Escaped;

/// The version and the cipher suite of the TLS connection over which a mail came, as they are written.
///
/// No standard says how a version is written, and few agree: `TLSv1.3`, `TLS1_3` and `TLS1.3` are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TlsInfo<'a> {
    version: Option<&'a [u8]>,
    cipher: Option<&'a [u8]>,
}

impl<'a> TlsInfo<'a> {
    /// The version, as it is written.
    pub fn version(&self) -> Option<Cow<'a, str>> {
        self.version.map(text)
    }

    /// The cipher suite, as it is written.
    pub fn cipher(&self) -> Option<Cow<'a, str>> {
        self.cipher.map(text)
    }

    /// Of a comment, without its parentheses, and of a `tls` clause (RFC 8314 §4.3), which names the cipher suite.
    pub(super) fn new(comment: &'a [u8], clause: Option<&'a [u8]>) -> Option<Self> {
        let mut info = Self { version: None, cipher: None };
        info.read(comment);
        info.cipher = clause.or(info.cipher);
        (info.version.is_some() || info.cipher.is_some()).then_some(info)
    }

    /// `using TLSv1.3 with cipher X (256/256 bits)` (Postfix), `version=TLS1_3 cipher=X bits=256` (Sendmail, Gmail),
    /// `version=TLS1_2, cipher=X` (Exchange), `TLS1.3:X:256` (Exim, `OpenSMTPD`), `Cipher TLSv1:X:168` (Exim 3),
    /// `X encrypted` (qmail), `TLS` (Exchange).
    fn read(&mut self, comment: &'a [u8]) {
        let mut words = Words::new(comment);
        let mut last: &[u8] = &[];
        while let Some(word) = words.next() {
            if let Some(version) = value_of(word, b"version") {
                self.version = Some(version);
            } else if let Some(cipher) = value_of(word, b"cipher") {
                self.cipher = Some(cipher);
            } else if last.eq_ignore_ascii_case(b"cipher") && !is_version(word) {
                self.cipher = Some(word);
            } else if word == b"encrypted" && !last.is_empty() {
                self.cipher = Some(last);
            } else if self.version.is_none() && is_version(word) {
                let mut fields = word.split(|&byte| byte == b':');
                self.version = fields.next();
                self.cipher = fields.next().filter(|cipher| !cipher.is_empty());
            }
            last = word;
        }
    }
}

impl fmt::Debug for TlsInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, cipher } = *self;
        f.debug_struct("TlsInfo")
            .field("version", &version.map(Escaped))
            .field("cipher", &cipher.map(Escaped))
            .finish()
    }
}

/// Whether a comment, without its parentheses, says something of TLS. Most say something else, and are seen off by
/// their first letters.
#[inline]
pub(super) fn is_tls(comment: &[u8]) -> bool {
    match comment {
        [b'T' | b't' | b'S' | b's' | b'U' | b'u' | b'V' | b'v' | b'C' | b'c', ..] => {
            let mut words = Words::new(comment);
            let first = words.next().unwrap_or_default();
            is_version(first)
                || value_of(first, b"version").is_some()
                || value_of(first, b"cipher").is_some()
                || [&b"using"[..], b"cipher"].iter().any(|word| word.eq_ignore_ascii_case(first))
                    && words.next().is_some_and(is_version)
                || comment.ends_with(ENCRYPTED)
        }
        _ => comment.ends_with(ENCRYPTED),
    }
}

const ENCRYPTED: &[u8] = b" encrypted";

/// `TLSv1.3`, `TLS1_3`, `TLS-1.0`, `SSLv3`, `TLS`.
fn is_version(word: &[u8]) -> bool {
    match word.split_at_checked(3) {
        Some((name, rest)) if name.eq_ignore_ascii_case(b"TLS") || name.eq_ignore_ascii_case(b"SSL") => {
            matches!(rest, [] | [b'0'..=b'9' | b'v' | b'V' | b':' | b'-', ..])
        }
        _ => false,
    }
}

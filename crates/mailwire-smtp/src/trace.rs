//! The trace line that a server puts before a mail it has taken: `Received:` (RFC 5321 §4.4).

mod transmission;

pub use transmission::Transmission;

use crate::ServerName;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;
use core::net::IpAddr;
use mailwire_address::ForwardPath;
use mailwire_core::{Class, DateTime, ParseError};

/// What a `Received:` line says, made of parts that have been checked.
///
/// ```text
/// Time-stamp-line = "Received:" FWS Stamp CRLF
/// Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
/// Opt-info        = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
/// ```
///
/// ([RFC 5321 §4.4]; the clause `tls` is that of RFC 8314 §4.3.) The date is the caller's: nothing here reads a clock.
///
/// ```
/// use mailwire_core::DateTime;
/// use mailwire_smtp::{ServerName, Stamp, Transmission};
///
/// let date = DateTime::new(2024, 1, 2, 10, 20, 30, 60).ok_or("no date")?;
/// let by = ServerName::new("mx.example.org")?;
/// let stamp = Stamp::new(ServerName::new("client.example")?, "192.0.2.1".parse()?, by, Transmission::ESMTP.secured(), date)
///     .with_host(ServerName::new("host.example")?)
///     .with_id("4AF1")?;
/// let mut out = Vec::new();
/// stamp.encode(&mut out);
/// assert_eq!(
///     String::from_utf8(out)?,
///     "Received: from client.example (host.example [192.0.2.1])\r\n\
///      \tby mx.example.org with ESMTPS id 4AF1;\r\n\
///      \tTue, 2 Jan 2024 10:20:30 +0100\r\n",
/// );
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// [RFC 5321 §4.4]: https://www.rfc-editor.org/rfc/rfc5321#section-4.4
#[derive(Clone, Debug)]
pub struct Stamp<'a> {
    from: ServerName<'a>,
    peer: IpAddr,
    host: Option<ServerName<'a>>,
    by: ServerName<'a>,
    with: Transmission,
    id: Option<&'a str>,
    recipient: Option<String>,
    tls: Option<&'a str>,
    date: DateTime,
}

impl<'a> Stamp<'a> {
    /// What every line has: the name the client gave itself, its address, the server's name, how the mail came, and when.
    pub fn new(
        from: ServerName<'a>,
        peer: IpAddr,
        by: ServerName<'a>,
        with: Transmission,
        date: DateTime,
    ) -> Self {
        Self { from, peer, host: None, by, with, id: None, recipient: None, tls: None, date }
    }

    /// The same with the name that the client's address has in the DNS.
    #[must_use]
    pub fn with_host(self, host: ServerName<'a>) -> Self {
        Self { host: Some(host), ..self }
    }

    /// The same with the server's own name for the mail: an atom, or a message id with its brackets.
    ///
    /// # Errors
    ///
    /// At the first octet that neither can have; at 0 if there is none.
    pub fn with_id(self, id: &'a str) -> Result<Self, ParseError> {
        let inner = id.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
        let dotted = Class::ATEXT.or(Class::DOT);
        let start = usize::from(inner.is_some());
        let (left, right) =
            inner.and_then(|inner| inner.split_once('@')).unwrap_or((inner.unwrap_or(id), "a"));
        let class = if inner.is_some() { dotted } else { Class::ATEXT };
        if left.is_empty() || !class.contains_all(left.as_bytes()) {
            let at = start + class.prefix_len(left.as_bytes());
            return Err(ParseError::new(id.as_bytes(), at, "an atom or a message id"));
        }
        if inner.is_some() && !inner.is_some_and(|inner| inner.contains('@')) {
            return Err(ParseError::new(id.as_bytes(), start + left.len(), "`@`"));
        }
        if right.is_empty() || !dotted.contains_all(right.as_bytes()) {
            let at = start + left.len() + 1 + dotted.prefix_len(right.as_bytes());
            return Err(ParseError::new(id.as_bytes(), at, "a domain"));
        }
        Ok(Self { id: Some(id), ..self })
    }

    /// The same with the recipient. Not where there are several: each of them would learn of the others (RFC 5321 §7.2).
    ///
    /// # Errors
    ///
    /// If a control character is in its quoted local part, at its place.
    pub fn with_recipient(self, recipient: ForwardPath<'_>) -> Result<Self, ParseError> {
        let text = recipient.to_string();
        match text.bytes().position(|byte| byte.is_ascii_control()) {
            Some(at) => Err(ParseError::new(text.as_bytes(), at, "a printable address")),
            None => Ok(Self { recipient: Some(text), ..self }),
        }
    }

    /// The same with the cipher suite of TLS, by its registered name.
    ///
    /// # Errors
    ///
    /// At the first octet that is none of an atom; at 0 if there is none.
    pub fn with_cipher_suite(self, name: &'a str) -> Result<Self, ParseError> {
        let len = Class::ATEXT.prefix_len(name.as_bytes());
        if name.is_empty() || len < name.len() {
            return Err(ParseError::new(name.as_bytes(), len, "the name of a cipher suite"));
        }
        Ok(Self { tls: Some(name), ..self })
    }

    /// Writes the whole field, folded, with its CRLF.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut line = format!("Received: from {} (", self.from);
        if let Some(host) = self.host {
            line.push_str(host.as_str());
            line.push(' ');
        }
        // Writing into a string can't fail.
        let _ = match self.peer {
            IpAddr::V4(ip) => write!(line, "[{ip}])\r\n\t"),
            IpAddr::V6(ip) => write!(line, "[IPv6:{ip}])\r\n\t"),
        };
        let _ = write!(line, "by {} with {}", self.by, self.with);
        if let Some(id) = self.id {
            let _ = write!(line, " id {id}");
        }
        if let Some(recipient) = &self.recipient {
            let _ = write!(line, "\r\n\tfor {recipient}");
        }
        if let Some(tls) = self.tls {
            let _ = write!(line, "\r\n\ttls {tls}");
        }
        line.push_str(";\r\n\t");
        date(self.date, &mut line);
        line.push_str("\r\n");
        out.extend_from_slice(line.as_bytes());
    }
}

/// `date-time` of RFC 5322 §3.3.
fn date(date: DateTime, out: &mut String) {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day_name = DAYS.get(usize::from(date.weekday())).unwrap_or(&"");
    let month = MONTHS.get(usize::from(date.month()).wrapping_sub(1)).unwrap_or(&"");
    let sign = if date.offset() < 0 || !date.is_offset_known() { '-' } else { '+' };
    let offset = date.offset().unsigned_abs();
    let _ = write!(
        out,
        "{day_name}, {} {month} {:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
        date.day(),
        date.year(),
        date.hour(),
        date.minute(),
        date.second(),
        offset / 60,
        offset % 60,
    );
}

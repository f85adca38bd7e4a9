//! All that an answer to EHLO announces.

use super::words::blank;
use super::{AnnouncedLimits, Capability, Keyword, parse};
use crate::Reply;

/// What a server announces: the answer to EHLO or LHLO, read when asked.
///
/// Nothing in it can fail: a line that is unknown or broken is a [`Capability::Other`]. To keep it, keep the reply
/// ([`Reply::into_owned`]). The answer to HELO is one with a name and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities<'a>(Reply<'a>);

impl<'a> Capabilities<'a> {
    #[inline]
    pub(crate) fn of(reply: Reply<'a>) -> Self {
        Self(reply)
    }

    /// The name the server gives itself; empty if it says none.
    pub fn name(&self) -> &'a [u8] {
        self.front().0
    }

    /// What it says behind its name.
    pub fn text(&self) -> &'a [u8] {
        self.front().1
    }

    /// Each capability, in order, duplicates too.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Capability<'a>> + use<'a> {
        let mut lines = self.0.lines();
        lines.next();
        core::iter::from_fn(move || {
            loop {
                if let Some(plain) = lines.next_plain(Capability::plain) {
                    return Some(plain);
                }
                let (line, word, key) = lines.next_word()?;
                if word > 0 {
                    return Some(Capability::read(line, word, key));
                }
                if let Some(capability) = Capability::read_odd(line) {
                    return Some(capability);
                }
            }
        })
    }

    /// The text of each line that announces something, for [`Capability::parse`] to say what is wrong with it.
    #[inline]
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.0.lines().skip(1)
    }

    /// Whether a keyword is announced, whatever its arguments are.
    ///
    /// ```
    /// use mailwire_smtp::{Keyword, Reply};
    ///
    /// let reply = Reply::parse(b"250-mx.example.org\r\n250 STARTTLS required\r\n")?;
    /// assert!(reply.capabilities().supports(Keyword::STARTTLS));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn supports(&self, keyword: Keyword<'_>) -> bool {
        self.lines().any(|line| parse::keyword(line) == keyword)
    }

    /// The largest mail in octets that is taken; `None` if nothing is said of it (`SIZE`, `SIZE 0`).
    pub fn size(&self) -> Option<u64> {
        let sizes = self.iter().filter_map(|capability| match capability {
            Capability::Size(size) => Some(size),
            _ => None,
        });
        sizes.last().flatten().filter(|&size| size > 0)
    }

    /// The mechanisms of SASL, of all lines and of both forms, in order; one that is named twice comes twice.
    ///
    /// ```
    /// use mailwire_smtp::Reply;
    ///
    /// let reply = Reply::parse(b"250-mx.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 AUTH=CRAM-MD5\r\n")?;
    /// assert_eq!(reply.capabilities().auth_mechanisms().count(), 3);
    /// assert!(reply.capabilities().offers_mechanism(b"cram-md5"));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn auth_mechanisms(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let lists = self.iter().filter_map(|capability| match capability {
            Capability::Auth(mechanisms) => Some(mechanisms),
            _ => None,
        });
        lists.flat_map(|mechanisms| mechanisms.iter())
    }

    /// Whether a mechanism of SASL is among them, without regard to case.
    pub fn offers_mechanism(&self, mechanism: &[u8]) -> bool {
        self.auth_mechanisms().any(|other| other.eq_ignore_ascii_case(mechanism))
    }

    /// What `LIMITS` says; nothing if it is not there.
    pub fn limits(&self) -> AnnouncedLimits<'a> {
        let limits = self.iter().find_map(|capability| match capability {
            Capability::Limits(limits) => Some(limits),
            _ => None,
        });
        limits.unwrap_or_default()
    }

    fn front(&self) -> (&'a [u8], &'a [u8]) {
        let line = self.0.lines().next().unwrap_or_default();
        let (name, text) = line.split_at_checked(blank(line)).unwrap_or((line, b""));
        (name, text.get(1..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Leniency, leniency::BareLf};
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = String> {
        let word = prop::sample::select(
            &[
                "SIZE",
                "size",
                "AUTH",
                "auth",
                "PIPELINING",
                "pipelininG",
                "ENHANCEDSTATUSCODES",
                "ENHANCEDSTATUSCODEZ",
                "8BITMIME",
                "CHUNKING",
                "CHUNKINGS",
                "DSN",
                "DS",
                "DSNS",
                "STARTTLS",
                "REQUIRETLS",
                "HELP",
                "SMTPUTF8",
                "X",
                "XCLIENT",
                "LIMITS",
                "MT-PRIORITY",
                "2.0.0 SIZE",
                "",
                " SIZE",
                "DELIVERBY",
            ][..],
        );
        let args = prop::sample::select(
            &[
                "",
                "",
                "",
                " ",
                " 1",
                " 52428800",
                " 1234567890123456789",
                " 12345678901234567890",
                " 99999999999999999999",
                " 1 ",
                " 1 2",
                "  1",
                "=1",
                "=",
                "=LOGIN",
                " PLAIN LOGIN",
                " PLAIN  LOGIN ",
                "\tLOGIN",
                " LOGIN\t",
                " x",
                " -",
            ][..],
        );
        (word, args).prop_map(|(word, args)| [word, args].concat())
    }

    /// A line cut from the others first, and then read.
    fn naive(line: &[u8]) -> Option<Capability<'_>> {
        let (len, key) = crate::scan::word(line);
        if len > 0 { Some(Capability::read(line, len, key)) } else { Capability::read_odd(line) }
    }

    proptest! {
        #[test]
        fn what_is_read_where_a_line_begins_is_what_the_line_says(
            lines in prop::collection::vec(line(), 1..8),
            end in prop::sample::select(&["\r\n", "\n"][..]),
            ends in any::<bool>(),
        ) {
            let mut text = String::from("250-mx.example.org");
            for (at, line) in lines.iter().enumerate() {
                text.push_str(end);
                text.push_str(if at + 1 < lines.len() { "250-" } else { "250 " });
                text.push_str(line);
            }
            text.push_str(if ends { end } else { "" });
            let mut leniency = Leniency::DEFAULT;
            leniency.bare_lf = BareLf::EndsLine;
            let reply = Reply::parse_with(text.as_bytes(), &leniency, &mut ()).unwrap();
            let capabilities = reply.capabilities();
            let read: Vec<_> = capabilities.iter().collect();
            let naive: Vec<_> = capabilities.lines().filter_map(naive).collect();
            prop_assert_eq!(read, naive, "{}", text);
        }
    }
}

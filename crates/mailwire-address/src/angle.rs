//! `<local-part@domain>`, and what else stands in angle brackets.

use crate::Mailbox;
use crate::addr_spec::{AddrSpec, attempt};
use crate::defect::AddressDefect;
use crate::item::Reading;
use crate::list::{Addresses, Before, Item};
use crate::scan::{ATOM, Gap, Trouble};
use mailwire_core::class::trim;

impl<'a> Addresses<'a> {
    /// Reads `angle-addr` at its bracket, with the name before it.
    pub(crate) fn angle(&mut self, reading: &Reading) -> Result<Item<'a>, Trouble> {
        let name = (reading.end > reading.start).then(|| self.name(reading));
        if reading.at {
            self.scan.found.add(AddressDefect::UnquotedAtInPhrase);
            self.scan.found.add(AddressDefect::AddressInDisplayName);
        }
        let comment = self.scan.comment;
        self.scan.pos += 1;
        self.scan.cfws()?;
        while self.scan.peek() == Some(b'<') {
            self.scan.found.add(AddressDefect::NestedAngle);
            self.scan.pos += 1;
            self.scan.cfws()?;
        }
        if self.scan.peek() == Some(b'>') {
            self.scan.found.add(AddressDefect::NullAddress);
            self.scan.comment = comment;
            self.close()?;
            return Ok(self.mailbox(name, None));
        }
        self.link();
        self.route()?;
        let start = self.scan.pos;
        if let Some(address) = self.in_angle()? {
            self.scan.comment = comment;
            self.close()?;
            return Ok(self.mailbox(name, Some(address)));
        }
        self.scan.found.add(AddressDefect::InvalidAddress);
        let invalid = trim(self.scan.slice(start, self.scan.pos));
        self.scan.comment = comment;
        self.close()?;
        Ok(match self.mailbox(name, None) {
            Item::Mailbox(mailbox) => {
                let invalid = Some(invalid).filter(|text| !text.is_empty());
                Item::Mailbox(Mailbox { invalid, ..mailbox })
            }
            item => item,
        })
    }

    /// Reads over `mailto:`.
    #[inline]
    fn link(&mut self) {
        const SCHEME: &[u8] = b"mailto:";
        let rest = self.scan.rest();
        if rest.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME)) {
            self.scan.found.add(AddressDefect::MailtoInAngle);
            self.scan.pos += SCHEME.len();
        }
    }

    /// Reads over `obs-route` (RFC 5322 §4.4).
    #[inline]
    fn route(&mut self) -> Result<(), Trouble> {
        if self.scan.peek() != Some(b'@') {
            return Ok(());
        }
        let start = self.scan.pos;
        loop {
            self.scan.cfws()?;
            match self.scan.peek() {
                Some(b':') => {
                    self.scan.pos += 1;
                    self.scan.found.add(AddressDefect::SourceRoute);
                    self.scan.cfws()?;
                    return Ok(());
                }
                Some(b'[') if self.scan.literal()?.is_some() => {}
                Some(byte) if ATOM.contains(byte) || matches!(byte, b'@' | b',') => self.scan.pos += 1,
                _ => break,
            }
        }
        self.scan.pos = start;
        Ok(())
    }

    /// Reads the address in angle brackets, up to what ends it.
    #[inline]
    fn in_angle(&mut self) -> Result<Option<AddrSpec<'a>>, Trouble> {
        let start = self.scan.pos;
        let mut attempt = attempt(&mut self.scan)?;
        let gap = self.scan.cfws()?;
        let next = self.scan.peek();
        let closed = match next {
            None | Some(b'>') => true,
            Some(b',' | b';') => !self.cuts(),
            Some(_) => false,
        };
        if closed {
            if let Some(address) = attempt.address {
                self.scan.found.merge(attempt.found);
                return Ok(Some(address));
            }
            if let Some(local) = attempt.local_in_angle(&self.scan, start) {
                self.scan.found.merge(attempt.found);
                self.scan.found.add(AddressDefect::MissingDomain);
                return Ok(Some(local));
            }
        }
        self.scan.found.add_if(next == Some(b'@'), AddressDefect::MultipleAt);
        self.scan.found.merge(attempt.found);
        self.skip_to_close()?;
        if gap == Gap::Comment && next != Some(b'@') && attempt.address.is_some() {
            self.scan.found.add(AddressDefect::TextAfterComment);
            return Ok(attempt.address);
        }
        Ok(None)
    }

    /// Whether the separator here stands inside what should be one address, `<a@example,com>`: then cutting there
    /// would leave half of it. In `<a@example.com, b@example.com>` it does not.
    #[cold]
    fn cuts(&self) -> bool {
        let rest = self.scan.rest();
        memchr::memchr3(b'<', b'>', b'@', rest).and_then(|at| rest.get(at)) == Some(&b'>')
    }

    /// Skips to the `>`, or else the separator, that ends an angle-addr nobody can read.
    #[cold]
    fn skip_to_close(&mut self) -> Result<(), Trouble> {
        let rest = self.scan.rest();
        let closes = memchr::memchr2(b'<', b'>', rest).and_then(|at| rest.get(at)) == Some(&b'>');
        loop {
            match self.scan.peek() {
                None | Some(b'>') => return Ok(()),
                Some(b',' | b';') if !closes => return Ok(()),
                Some(b'\r' | b'\n') => self.scan.fold()?,
                Some(_) => self.scan.pos += 1,
            }
        }
    }

    /// Reads the end of an angle-addr: `>` or what stands for it, and the comments behind it.
    #[inline]
    pub(crate) fn close(&mut self) -> Result<(), Trouble> {
        if self.scan.peek() == Some(b'>') {
            self.scan.pos += 1;
        } else {
            self.scan.found.add(AddressDefect::UnclosedAngle);
        }
        loop {
            match self.scan.cfws() {
                Ok(_) => {}
                // The address is complete: what comes after it can't take it away.
                Err(Trouble::Comment) => {
                    self.before = Before::Angle;
                    return Ok(());
                }
                Err(trouble) => return Err(trouble),
            }
            match self.scan.peek() {
                None | Some(b',' | b';') => return Ok(()),
                Some(b'>') => {
                    self.scan.found.add(AddressDefect::StrayGt);
                    self.scan.pos += 1;
                }
                Some(_) => {
                    self.before = Before::Angle;
                    return Ok(());
                }
            }
        }
    }
}

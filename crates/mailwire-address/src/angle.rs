//! `<local-part@domain>`, and what else stands in angle brackets.

use crate::addr_spec::AddrSpec;
use crate::defect::AddressDefect;
use crate::item::Reading;
use crate::list::{Addresses, Before, Item};
use crate::read::{self, attempt};
use crate::scan::{Gap, Trouble};
use mailwire_core::class::trim;

impl<'a> Addresses<'a> {
    /// Reads `angle-addr` at its bracket, with the name before it.
    pub(crate) fn angle(&mut self, reading: &Reading) -> Result<Item<'a>, Trouble> {
        let name = (reading.end > reading.start).then(|| self.name(reading));
        if let Some(at) = reading.at {
            self.scan.found.add(AddressDefect::UnquotedAtInPhrase, at..at + 1);
            self.scan.found.add(AddressDefect::AddressInDisplayName, reading.start..reading.end);
        }
        if let Some(open) = reading.open {
            self.scan.found.add(AddressDefect::UnclosedComment, open..open + 1);
        }
        let comment = self.scan.comment;
        self.scan.pos += 1;
        self.scan.cfws()?;
        while self.scan.peek() == Some(b'<') {
            self.scan.skip(AddressDefect::NestedAngle);
            self.scan.cfws()?;
        }
        if self.scan.peek() == Some(b'>') {
            self.scan.found.add(AddressDefect::NullAddress, self.scan.pos..self.scan.pos);
            self.scan.comment = comment;
            self.close()?;
            return Ok(self.mailbox(name, None));
        }
        self.link();
        self.route()?;
        let start = self.scan.pos;
        let address = self.in_angle()?;
        let invalid = start..start + trim(self.scan.slice(start, self.scan.pos)).len();
        self.scan.comment = comment;
        self.close()?;
        Ok(if address.is_some() { self.mailbox(name, address) } else { self.invalid(name, invalid) })
    }

    /// Reads over `mailto:`.
    #[inline]
    fn link(&mut self) {
        const SCHEME: &[u8] = b"mailto:";
        let rest = self.scan.rest();
        if rest.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME)) {
            let end = self.scan.pos + SCHEME.len();
            self.scan.found.add(AddressDefect::MailtoInAngle, self.scan.pos..end);
            self.scan.pos = end;
        }
    }

    /// Reads over `obs-route` (RFC 5322 §4.4).
    #[inline]
    fn route(&mut self) -> Result<(), Trouble> {
        if !matches!(self.scan.peek(), Some(b'@' | b',')) {
            return Ok(());
        }
        let start = self.scan.pos;
        let mark = self.scan.found.mark();
        if self.obs_route()? {
            let end = self.scan.pos;
            self.scan.found.add(AddressDefect::SourceRoute, start..end);
            self.scan.cfws()?;
        } else {
            self.scan.pos = start;
            self.scan.found.reset(mark);
        }
        Ok(())
    }

    /// `obs-route = obs-domain-list ":"`; whether it is one. Domains in it are looked at no closer than their dots.
    fn obs_route(&mut self) -> Result<bool, Trouble> {
        let mut domains = 0;
        loop {
            self.scan.cfws()?;
            match self.scan.peek() {
                Some(b',') => self.scan.pos += 1,
                Some(b':') if domains > 0 => {
                    self.scan.pos += 1;
                    return Ok(true);
                }
                Some(b'@') => {
                    self.scan.pos += 1;
                    self.scan.cfws()?;
                    if !read::domain_alone(&mut self.scan)? {
                        return Ok(false);
                    }
                    domains += 1;
                    self.scan.cfws()?;
                    if !matches!(self.scan.peek(), Some(b',' | b':')) {
                        return Ok(false);
                    }
                }
                _ => return Ok(false),
            }
        }
    }

    /// Reads the address in angle brackets, up to what ends it.
    #[inline]
    fn in_angle(&mut self) -> Result<Option<AddrSpec<'a>>, Trouble> {
        let attempt = attempt(&mut self.scan)?;
        let gap = self.scan.cfws()?;
        let next = self.scan.peek();
        let closed = match next {
            None | Some(b'>') => true,
            Some(b',' | b';') => !self.cuts(),
            Some(_) => false,
        };
        if closed {
            if attempt.is_nowhere() {
                attempt.give_up(&mut self.scan);
                return Ok(None);
            }
            if attempt.is_address() {
                return Ok(attempt.accept(&mut self.scan));
            }
            if let Some(local) = attempt.local_in_angle(&mut self.scan) {
                self.scan.found.add(AddressDefect::MissingDomain, attempt.end..attempt.end);
                return Ok(Some(local));
            }
        }
        let start = attempt.start;
        let here = self.scan.pos..self.scan.pos + 1;
        let second = next == Some(b'@') && attempt.has_at();
        self.scan.found.add_if(second, AddressDefect::MultipleAt, here.clone());
        if let Some((kind, place)) = attempt.refusal() {
            self.scan.found.add(kind, place..place + 1);
        }
        self.skip_to_close()?;
        if gap == Gap::Comment && next != Some(b'@') && attempt.is_address() {
            self.scan.found.add(AddressDefect::TextAfterComment, here);
            return Ok(attempt.accept(&mut self.scan));
        }
        let len = trim(self.scan.slice(start, self.scan.pos)).len();
        self.scan.found.add(AddressDefect::InvalidAddress, start..start + len);
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
            self.scan.found.add(AddressDefect::UnclosedAngle, self.scan.pos..self.scan.pos);
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
                Some(b'>') => self.scan.skip(AddressDefect::StrayGt),
                Some(_) => {
                    self.before = Before::Angle;
                    return Ok(());
                }
            }
        }
    }
}

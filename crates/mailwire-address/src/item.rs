//! One item of a list: what stands between two separators.

use crate::addr_spec::{AddrSpec, attempt};
use crate::defect::{AddressDefect, Found};
use crate::kind::Kinds;
use crate::list::{Addresses, Before, Item};
use crate::scan::{ATOM, Gap, Trouble};
use crate::{Comment, Mailbox, Phrase};
use mailwire_core::Class;
use mailwire_core::class::trim_end;

/// Where a phrase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Angle,
    Colon,
    Comma,
    Semicolon,
    End,
}

/// A phrase as far as it has been read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) start: usize,
    /// The end of its last word.
    pub(crate) end: usize,
    /// There is an `@` in it, outside quotes.
    pub(crate) at: bool,
    /// It has a word, not just special characters.
    pub(crate) word: bool,
}

impl<'a> Addresses<'a> {
    /// Reads an item at its first byte.
    pub(crate) fn item(&mut self, gap: Gap) -> Result<Item<'a>, Trouble> {
        let start = self.scan.pos;
        let before = core::mem::replace(&mut self.before, Before::Item);
        if before == Before::Bare {
            return self.after_bare(gap);
        }
        let attempt = attempt(&mut self.scan)?;
        let mut reading = Reading { start, end: attempt.end, at: attempt.at, word: attempt.end > start };
        if before == Before::Angle {
            quoted_in_phrase(attempt.quoted_kinds, &mut self.scan.found);
            return self.after_angle(&mut reading);
        }
        let mut two_at = false;
        if let Some(address) = attempt.address {
            self.scan.cfws()?;
            match self.scan.peek() {
                None | Some(b',' | b';') => {
                    self.scan.found.merge(attempt.found);
                    return Ok(self.mailbox(None, Some(address)));
                }
                Some(b'>') => {
                    self.scan.found.merge(attempt.found);
                    return self.stray_gt(address);
                }
                Some(byte) => two_at = byte == b'@',
            }
        }
        let so_far = self.scan.found;
        quoted_in_phrase(attempt.quoted_kinds, &mut self.scan.found);
        let mut stop = self.phrase(&mut reading)?;
        while stop == Stop::Comma && reading.word && !reading.at && self.joins(reading.end) {
            self.scan.found.add(AddressDefect::UnquotedCommaInPhrase);
            self.scan.pos += 1;
            stop = self.phrase(&mut reading)?;
        }
        match stop {
            Stop::Angle => self.angle(&reading),
            Stop::Colon => Ok(self.group(&reading)),
            Stop::Comma | Stop::Semicolon | Stop::End => {
                if two_at {
                    // Some readers divide "a@b@c" at the first `@`, some at the last: neither is safe.
                    return Ok(self.junk(AddressDefect::MultipleAt));
                }
                if let Some(address) = attempt.address {
                    // What follows will be read again, and report then.
                    self.scan.found = so_far;
                    self.scan.found.merge(attempt.found);
                    return Ok(self.bare(address, attempt.end));
                }
                let gt = self.scan.slice(attempt.end, reading.end);
                match attempt.local_only(&self.scan, start).filter(|_| gt.iter().all(|&byte| byte == b'>')) {
                    Some(address) => {
                        self.scan.found.add(AddressDefect::MissingDomain);
                        Ok(self.mailbox(None, Some(address)))
                    }
                    None => Ok(self.name_only(&reading, attempt.found)),
                }
            }
        }
    }

    /// The item from `self.item` to here.
    pub(crate) fn mailbox(&self, name: Option<Phrase<'a>>, address: Option<AddrSpec<'a>>) -> Item<'a> {
        let raw = trim_end(self.scan.slice(self.item, self.scan.pos));
        let comment = self.scan.comment.map(Comment::new);
        Item::Mailbox(Mailbox { name, address, comment, invalid: None, raw, start: self.item })
    }

    pub(crate) fn junk(&mut self, defect: AddressDefect) -> Item<'a> {
        self.scan.found.add(defect);
        Item::Junk(trim_end(self.scan.slice(self.item, self.scan.pos)))
    }

    /// Text follows a bare address, and no `<` comes before the end of the item, which is here.
    fn bare(&mut self, address: AddrSpec<'a>, end: usize) -> Item<'a> {
        self.no_angle_before = self.no_angle_before.max(self.scan.pos);
        self.scan.pos = end;
        self.scan.comment = None;
        self.before = Before::Bare;
        self.mailbox(None, Some(address))
    }

    /// Reads what follows a bare address: another one after white space, or junk.
    #[cold]
    fn after_bare(&mut self, gap: Gap) -> Result<Item<'a>, Trouble> {
        if gap == Gap::Blank {
            let attempt = attempt(&mut self.scan)?;
            if let Some(address) = attempt.address {
                let end = self.scan.pos;
                self.scan.cfws()?;
                let last = matches!(self.scan.peek(), None | Some(b',' | b';'));
                if last || self.scan.pos > end && self.scan.peek() != Some(b'@') {
                    self.scan.found.add(AddressDefect::MissingComma);
                    self.scan.found.merge(attempt.found);
                    return Ok(if last {
                        self.mailbox(None, Some(address))
                    } else {
                        self.bare(address, end)
                    });
                }
            }
        }
        self.scan.pos = self.no_angle_before.max(self.scan.pos);
        Ok(self.junk(if gap == Gap::Comment {
            AddressDefect::TextAfterComment
        } else {
            AddressDefect::TrailingGarbage
        }))
    }

    /// Reads what follows an address in angle brackets: another one, or junk.
    #[cold]
    fn after_angle(&mut self, reading: &mut Reading) -> Result<Item<'a>, Trouble> {
        match self.phrase(reading)? {
            Stop::Angle => {
                self.scan.found.add(AddressDefect::MultipleAngleAddr);
                self.angle(reading)
            }
            Stop::Colon => {
                self.scan.pos += 1;
                self.before = Before::Angle;
                Ok(self.junk(AddressDefect::TrailingGarbage))
            }
            Stop::Comma | Stop::Semicolon | Stop::End => Ok(self.junk(AddressDefect::TrailingGarbage)),
        }
    }

    /// A bare address with a `>` behind it.
    #[cold]
    fn stray_gt(&mut self, address: AddrSpec<'a>) -> Result<Item<'a>, Trouble> {
        self.scan.found.add(AddressDefect::StrayGt);
        self.close()?;
        Ok(self.mailbox(None, Some(address)))
    }

    fn name_only(&mut self, reading: &Reading, found: Found) -> Item<'a> {
        if reading.at || !reading.word {
            self.scan.found.merge(found);
            return self.junk(AddressDefect::NoAddress);
        }
        self.scan.found.add(AddressDefect::MissingAddress);
        let name = self.name(reading);
        self.mailbox(Some(name), None)
    }

    pub(crate) fn name(&mut self, reading: &Reading) -> Phrase<'a> {
        let raw = self.scan.slice(reading.start, reading.end);
        self.scan.found.add_if(raw.starts_with(b"."), AddressDefect::UnquotedSpecialInPhrase);
        Phrase::new(raw)
    }

    fn group(&mut self, reading: &Reading) -> Item<'a> {
        self.scan.pos += 1;
        self.scan.found.add_if(self.depth > 0, AddressDefect::NestedGroup);
        self.scan.found.add_if(reading.at, AddressDefect::UnquotedAtInPhrase);
        self.scan.found.add_if(!reading.word, AddressDefect::UnquotedSpecialInPhrase);
        self.depth = self.depth.saturating_add(1);
        self.before = Before::Separator;
        Item::GroupStart(self.name(reading))
    }

    /// Reads `phrase` on to what ends it, over everything that has no business in one.
    fn phrase(&mut self, reading: &mut Reading) -> Result<Stop, Trouble> {
        let scan = &mut self.scan;
        loop {
            scan.cfws()?;
            let Some(byte) = scan.peek() else { return Ok(Stop::End) };
            if ATOM.contains(byte) {
                scan.pos += ATOM.prefix_len(scan.rest());
                reading.word = true;
                reading.end = scan.pos;
                continue;
            }
            match byte {
                b'"' => match scan.quoted()? {
                    Some(kinds) => {
                        quoted_in_phrase(kinds, &mut scan.found);
                        reading.word = true;
                    }
                    None => scan.pos += 1,
                },
                b'<' => return Ok(Stop::Angle),
                b':' => return Ok(Stop::Colon),
                b',' => return Ok(Stop::Comma),
                b';' => return Ok(Stop::Semicolon),
                b'@' => {
                    reading.at = true;
                    scan.pos += 1;
                }
                b'>' => {
                    scan.found.add(AddressDefect::StrayGt);
                    scan.pos += 1;
                }
                b'\\' => {
                    scan.found.add(AddressDefect::StrayBackslash);
                    let pair = matches!(scan.value.get(scan.pos + 1), Some(b'"' | b'\\' | b'(' | b')'));
                    scan.pos += 1 + usize::from(pair);
                }
                _ => {
                    let control = Class::CTL.contains(byte);
                    scan.found.add_if(control, AddressDefect::ObsControl);
                    scan.found.add_if(!control, AddressDefect::UnquotedSpecialInPhrase);
                    scan.pos += 1;
                }
            }
            reading.end = scan.pos;
        }
    }

    /// Whether the comma here stands in a name: a word follows, and `<` before any other separator or `@`.
    #[cold]
    fn joins(&mut self, end: usize) -> bool {
        let saved = (self.scan.pos, self.scan.found, self.scan.comment);
        self.scan.pos += 1;
        let mut next = Reading { start: end, end, at: false, word: false };
        let stop = self.phrase(&mut next);
        (self.scan.pos, self.scan.found, self.scan.comment) = saved;
        stop == Ok(Stop::Angle) && next.word && !next.at
    }
}

#[inline]
fn quoted_in_phrase(kinds: Kinds, found: &mut Found) {
    found.add_if(kinds.has(Kinds::AT), AddressDefect::AddressInDisplayName);
    found.add_if(kinds.has(Kinds::ENCODED_WORD), AddressDefect::EncodedWordInQuoted);
    found.add_if(kinds.has(Kinds::CONTROL.or(Kinds::NUL)), AddressDefect::ObsControl);
}

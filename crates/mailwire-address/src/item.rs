//! One item of a list: what stands between two separators.

use crate::addr_spec::AddrSpec;
use crate::defect::AddressDefect;
use crate::encoded_word;
use crate::list::{Addresses, Before, Item};
use crate::mailbox::Place;
use crate::read::{attempt, quoted_in_phrase};
use crate::scan::{ATOM, Gap, Trouble};
use crate::{Comment, Mailbox, Phrase};
use core::ops::Range;
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
    /// The first `@` in it, outside quotes.
    pub(crate) at: Option<usize>,
    /// It has a word, not just special characters.
    pub(crate) word: bool,
    /// The first dot in it, outside quotes.
    pub(crate) dot: Option<usize>,
    /// The first parenthesis in it that opens no comment.
    pub(crate) open: Option<usize>,
}

impl Reading {
    pub(crate) fn new(start: usize) -> Self {
        Self { start, end: start, at: None, word: false, dot: None, open: None }
    }
}

impl<'a> Addresses<'a> {
    /// Reads an item at its first byte.
    pub(crate) fn item(&mut self, gap: Gap) -> Result<Item<'a>, Trouble> {
        let start = self.scan.pos;
        let before = core::mem::replace(&mut self.before, Before::Item);
        if before == Before::Bare {
            return self.after_bare(gap);
        }
        let mut reading = Reading::new(start);
        if before == Before::Angle {
            return self.after_angle(&mut reading);
        }
        let mark = self.scan.found.mark();
        let attempt = attempt(&mut self.scan)?;
        let behind = self.scan.pos;
        let mut two_at = None;
        if attempt.is_address() || attempt.is_nowhere() {
            match self.scan.cfws() {
                Ok(_) => match self.scan.peek() {
                    None | Some(b',' | b';') if attempt.is_nowhere() => {
                        attempt.give_up(&mut self.scan);
                        return Ok(self.invalid(None, start..attempt.end));
                    }
                    None | Some(b',' | b';') => {
                        let address = attempt.accept(&mut self.scan);
                        return Ok(self.mailbox(None, address));
                    }
                    Some(b'>') if attempt.is_address() => {
                        let address = attempt.accept(&mut self.scan);
                        return self.stray_gt(address);
                    }
                    Some(byte) => two_at = (byte == b'@').then_some(self.scan.pos),
                },
                Err(Trouble::Comment) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        // It is no address on its own: a name, perhaps, or an address and something else.
        let comment = self.scan.comment;
        self.scan.found.reset(mark);
        self.scan.pos = start;
        self.scan.comment = None;
        let mut stop = self.phrase(&mut reading)?;
        while stop == Stop::Comma && reading.word && reading.at.is_none() && self.joins(reading.end) {
            self.scan.skip(AddressDefect::UnquotedCommaInPhrase);
            stop = self.phrase(&mut reading)?;
        }
        match stop {
            Stop::Angle => return self.angle(&reading),
            Stop::Colon => return Ok(self.group(&reading)),
            Stop::Comma | Stop::Semicolon | Stop::End => {}
        }
        if let Some(second) = two_at {
            // Some readers divide "a@b@c" at the first `@`, some at the last: neither is safe.
            return Ok(self.junk(AddressDefect::MultipleAt, second..second + 1));
        }
        if let Some(open) = reading.open {
            return Ok(self.junk(AddressDefect::UnclosedComment, open..open + 1));
        }
        if attempt.is_address() {
            // What follows will be read again, and report then.
            self.no_angle_before = self.no_angle_before.max(self.scan.pos);
            self.scan.found.reset(mark);
            self.scan.comment = comment;
            let address = attempt.accept(&mut self.scan);
            self.scan.pos = behind;
            return Ok(self.bare(address));
        }
        let gt = self.scan.slice(attempt.end, reading.end);
        match attempt.local_only(&self.scan).filter(|_| gt.iter().all(|&byte| byte == b'>')) {
            Some(address) => {
                self.scan.found.add(AddressDefect::MissingDomain, attempt.end..attempt.end);
                Ok(self.mailbox(None, Some(address)))
            }
            None => Ok(self.name_only(&reading, attempt.refusal())),
        }
    }

    /// The item from `self.item` to here.
    #[inline]
    pub(crate) fn mailbox(&self, name: Option<Phrase<'a>>, address: Option<AddrSpec<'a>>) -> Item<'a> {
        let raw = trim_end(self.scan.slice(self.item, self.scan.pos));
        let comment = self.scan.comment.map(Comment::new);
        let defects = self.scan.found.defects();
        let place = address.map_or(Place::Nothing, Place::Address);
        Item::Mailbox(Mailbox { name, place, comment, raw, start: self.item, defects: defects.into() })
    }

    /// The item from `self.item` to here, with `place` standing where an address should.
    pub(crate) fn invalid(&self, name: Option<Phrase<'a>>, place: Range<usize>) -> Item<'a> {
        let invalid = self.scan.slice(place.start, place.end);
        match self.mailbox(name, None) {
            Item::Mailbox(mailbox) if !invalid.is_empty() => {
                Item::Mailbox(Mailbox { place: Place::Invalid(invalid), ..mailbox })
            }
            item => item,
        }
    }

    pub(crate) fn junk(&mut self, defect: AddressDefect, place: Range<usize>) -> Item<'a> {
        self.scan.found.add(defect, place);
        Item::Junk(trim_end(self.scan.slice(self.item, self.scan.pos)))
    }

    /// All of the item at hand, which is not.
    fn whole(&self) -> Range<usize> {
        self.item..self.item + trim_end(self.scan.slice(self.item, self.scan.pos)).len()
    }

    /// Text follows a bare address, which ends here.
    fn bare(&mut self, address: Option<AddrSpec<'a>>) -> Item<'a> {
        self.scan.comment = None;
        self.before = Before::Bare;
        self.mailbox(None, address)
    }

    /// Reads what follows a bare address: another one after white space, or junk.
    #[cold]
    fn after_bare(&mut self, gap: Gap) -> Result<Item<'a>, Trouble> {
        let start = self.scan.pos;
        if gap == Gap::Blank {
            let mark = self.scan.found.mark();
            let attempt = attempt(&mut self.scan)?;
            if attempt.is_address() {
                let end = self.scan.pos;
                let blank = match self.scan.cfws() {
                    Ok(_) => self.scan.pos > end,
                    Err(Trouble::Comment) => false,
                    Err(trouble) => return Err(trouble),
                };
                let last = matches!(self.scan.peek(), None | Some(b',' | b';'));
                if last || blank && self.scan.peek() != Some(b'@') {
                    self.scan.found.add(AddressDefect::MissingComma, start..start);
                    let address = attempt.accept(&mut self.scan);
                    if last {
                        return Ok(self.mailbox(None, address));
                    }
                    self.scan.pos = end;
                    return Ok(self.bare(address));
                }
            }
            self.scan.found.reset(mark);
        }
        self.scan.pos = self.no_angle_before.max(self.scan.pos);
        let kind = if gap == Gap::Comment {
            AddressDefect::TextAfterComment
        } else {
            AddressDefect::TrailingGarbage
        };
        Ok(self.junk(kind, start..start + 1))
    }

    /// Reads what follows an address in angle brackets: another one, or junk.
    #[cold]
    fn after_angle(&mut self, reading: &mut Reading) -> Result<Item<'a>, Trouble> {
        let start = reading.start;
        match self.phrase(reading)? {
            Stop::Angle => {
                self.scan.found.add(AddressDefect::MultipleAngleAddr, start..start);
                return self.angle(reading);
            }
            Stop::Colon => {
                self.scan.pos += 1;
                self.before = Before::Angle;
            }
            Stop::Comma | Stop::Semicolon | Stop::End => {}
        }
        Ok(match reading.open {
            Some(open) => self.junk(AddressDefect::UnclosedComment, open..open + 1),
            None => self.junk(AddressDefect::TrailingGarbage, start..start + 1),
        })
    }

    /// A bare address with a `>` behind it.
    #[cold]
    fn stray_gt(&mut self, address: Option<AddrSpec<'a>>) -> Result<Item<'a>, Trouble> {
        self.scan.found.add(AddressDefect::StrayGt, self.scan.pos..self.scan.pos + 1);
        self.close()?;
        Ok(self.mailbox(None, address))
    }

    fn name_only(&mut self, reading: &Reading, refusal: Option<(AddressDefect, usize)>) -> Item<'a> {
        if reading.at.is_some() || !reading.word {
            if let Some((kind, place)) = refusal {
                self.scan.found.add(kind, place..place + 1);
            }
            let whole = self.whole();
            return self.junk(AddressDefect::NoAddress, whole);
        }
        self.scan.found.add(AddressDefect::MissingAddress, reading.end..reading.end);
        let name = self.name(reading);
        self.mailbox(Some(name), None)
    }

    pub(crate) fn name(&mut self, reading: &Reading) -> Phrase<'a> {
        let raw = self.scan.slice(reading.start, reading.end);
        if let Some(dot) = reading.dot {
            self.scan.found.add(AddressDefect::UnquotedDotInPhrase, dot..dot + 1);
        }
        if raw.starts_with(b".") {
            self.scan.found.add(AddressDefect::UnquotedSpecialInPhrase, reading.start..reading.start + 1);
        }
        if !raw.is_ascii() {
            self.scan.text_beside(reading.start..reading.end);
        }
        Phrase::new(raw)
    }

    fn group(&mut self, reading: &Reading) -> Item<'a> {
        let colon = self.scan.pos..self.scan.pos + 1;
        // Behind the last word is no other, and no room for its fold.
        if let Some(start) = self.scan.spared {
            self.scan.found.add(AddressDefect::ObsFws, start..colon.start);
        }
        self.scan.pos += 1;
        if let Some(at) = reading.at {
            self.scan.found.add(AddressDefect::UnquotedAtInPhrase, at..at + 1);
        }
        self.scan.found.add_if(!reading.word, AddressDefect::UnquotedSpecialInPhrase, colon.clone());
        self.scan.found.see(crate::Allow::GROUP, colon.clone());
        self.scan.found.add_if(!self.groups, AddressDefect::GroupInMailboxList, colon.clone());
        if let Some(open) = reading.open {
            self.scan.found.add(AddressDefect::UnclosedComment, open..open + 1);
        }
        self.before = Before::Separator;
        let name = self.name(reading);
        if self.in_group {
            self.scan.found.add(AddressDefect::NestedGroup, colon);
            self.in_group = false;
            self.pending = Some(name);
            return Item::GroupEnd;
        }
        self.in_group = true;
        Item::GroupStart(name)
    }

    /// Reads `phrase` on to what ends it, over everything that has no business in one.
    fn phrase(&mut self, reading: &mut Reading) -> Result<Stop, Trouble> {
        let scan = &mut self.scan;
        loop {
            match scan.cfws_between_words() {
                Ok(_) => {}
                Err(Trouble::Comment) => {
                    reading.open = reading.open.or(Some(scan.pos));
                    scan.pos += 1;
                    reading.end = scan.pos;
                    continue;
                }
                Err(trouble) => return Err(trouble),
            }
            let Some(byte) = scan.peek() else { return Ok(Stop::End) };
            if ATOM.contains(byte) {
                let start = scan.pos;
                if byte == b'='
                    && let Some(len) = encoded_word::with_specials(scan)
                {
                    scan.pos += len;
                    scan.found.add(AddressDefect::EncodedWordIllegalChar, start..scan.pos);
                } else {
                    let len = ATOM.prefix_len(scan.rest());
                    let dot = scan.rest().iter().take(len).position(|&byte| byte == b'.');
                    reading.dot = reading.dot.or(dot.map(|dot| start + dot));
                    scan.pos += len;
                }
                reading.word = true;
                reading.end = scan.pos;
                continue;
            }
            match byte {
                b'"' => {
                    let start = scan.pos;
                    match scan.quoted()? {
                        Some(kinds) => {
                            quoted_in_phrase(kinds, scan, start);
                            reading.word = true;
                        }
                        None => scan.pos += 1,
                    }
                }
                b'<' => return Ok(Stop::Angle),
                b':' => return Ok(Stop::Colon),
                b',' => return Ok(Stop::Comma),
                b';' => return Ok(Stop::Semicolon),
                b'@' => {
                    reading.at = reading.at.or(Some(scan.pos));
                    scan.pos += 1;
                }
                b'>' => scan.skip(AddressDefect::StrayGt),
                b'\\' => {
                    let pair = matches!(scan.value.get(scan.pos + 1), Some(b'"' | b'\\' | b'(' | b')'));
                    scan.skip(AddressDefect::StrayBackslash);
                    scan.pos += usize::from(pair);
                }
                0 => scan.skip(AddressDefect::NulByte),
                _ => scan.skip(AddressDefect::UnquotedSpecialInPhrase),
            }
            reading.end = scan.pos;
        }
    }

    /// Whether the comma here stands in a name: a word follows, and `<` before any other separator or `@`.
    #[cold]
    fn joins(&mut self, end: usize) -> bool {
        let saved = (self.scan.pos, self.scan.found.mark(), self.scan.comment);
        self.scan.pos += 1;
        let mut next = Reading::new(end);
        let stop = self.phrase(&mut next);
        self.scan.found.reset(saved.1);
        (self.scan.pos, self.scan.comment) = (saved.0, saved.2);
        stop == Ok(Stop::Angle) && next.word && next.at.is_none()
    }
}

//! Lists of addresses: the values of `From`, `To`, `Cc` and their like.

use crate::defect::{AddressDefect, Found};
use crate::scan::{Gap, Scan, Trouble};
use crate::{Mailbox, Phrase, clean};
use core::iter::FusedIterator;
use mailwire_core::Sink;

/// The items of an address list, one by one: `value` is a whole field value, without the field's name.
///
/// Grammar: `address-list` with the obsolete forms and UTF-8 (RFC 5322 §3.4 and §4.4, RFC 6532), and what software
/// really writes (RFC 7103). Folds may be inside; a line end at the end may be there or not. Reading never fails:
/// what no reader could understand is [`Item::Junk`].
///
/// ```
/// use mailwire_address::addresses;
///
/// let mut mailboxes = addresses(b"A: Ned <ned@example.com>, ann@example.com;, root").mailboxes();
/// assert_eq!(mailboxes.next().unwrap().to_string(), "Ned <ned@example.com>");
/// assert_eq!(mailboxes.next().unwrap().to_string(), "ann@example.com");
/// assert_eq!(mailboxes.next().unwrap().to_string(), "root");
/// assert!(mailboxes.next().is_none());
/// ```
pub fn addresses(value: &[u8]) -> Addresses<'_> {
    Addresses {
        scan: Scan::new(mailwire_core::class::trim_end(value)),
        depth: 0,
        item: 0,
        before: Before::Separator,
        no_angle_before: 0,
    }
}

/// One item of an address list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item<'a> {
    /// An address, a name, or both.
    Mailbox(Mailbox<'a>),
    /// The name of a group; its members follow, and then a `GroupEnd`, always.
    GroupStart(Phrase<'a>),
    /// The end of the group opened last.
    GroupEnd,
    /// Bytes from which nothing can be read that all readers would agree on.
    Junk(&'a [u8]),
}

/// The items of an address list; made by [`addresses`].
///
/// It borrows, allocates nothing, and is `Clone`: a clone reads on from the same item. Whatever the value, all of it
/// is read in time linear in its length.
#[derive(Clone, Debug)]
pub struct Addresses<'a> {
    pub(crate) scan: Scan<'a>,
    /// How many groups are open.
    pub(crate) depth: u32,
    /// Where the item at hand begins.
    pub(crate) item: usize,
    pub(crate) before: Before,
    /// The item at hand has no `<` before this position.
    pub(crate) no_angle_before: usize,
}

/// What was read last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// A comma, a semicolon, a colon or nothing: an item is due.
    Separator,
    /// An item and nothing else: a separator is due.
    Item,
    /// An address in angle brackets, and text follows.
    Angle,
    /// An address without angle brackets, and text follows.
    Bare,
}

impl<'a> Addresses<'a> {
    /// The next item, with what was wrong with it reported to `sink`.
    ///
    /// ```
    /// use mailwire_address::{AddressDefect, Item, addresses};
    /// use mailwire_core::Defect;
    ///
    /// let mut defects: Vec<Defect<AddressDefect>> = Vec::new();
    /// let item = addresses(b"Doe, John <j@example.com").next_with(&mut defects);
    /// assert!(matches!(item, Some(Item::Mailbox(_))));
    /// let kinds: Vec<_> = defects.iter().map(Defect::kind).collect();
    /// assert_eq!(kinds, [AddressDefect::UnquotedCommaInPhrase, AddressDefect::UnclosedAngle]);
    /// ```
    #[inline]
    pub fn next_with(&mut self, sink: &mut impl Sink<AddressDefect>) -> Option<Item<'a>> {
        let item = match self.step(sink) {
            Ok(item) => item,
            Err(trouble) => Some(self.recover(trouble)),
        };
        self.scan.found.report(self.item..self.scan.pos, sink);
        item
    }

    /// The mailboxes alone: groups opened, junk left out.
    pub fn mailboxes(self) -> impl Iterator<Item = Mailbox<'a>> {
        self.filter_map(|item| match item {
            Item::Mailbox(mailbox) => Some(mailbox),
            _ => None,
        })
    }

    #[inline]
    fn step(&mut self, sink: &mut impl Sink<AddressDefect>) -> Result<Option<Item<'a>>, Trouble> {
        loop {
            self.item = self.scan.pos;
            self.scan.found = Found::NONE;
            self.scan.comment = None;
            let blank = self.scan.blank()?;
            self.item = self.scan.pos;
            let gap = match self.scan.cfws()? {
                Gap::None if blank => Gap::Blank,
                gap => gap,
            };
            match self.scan.peek() {
                None => return Ok(self.end()),
                Some(b',') => {
                    if self.before == Before::Separator {
                        sink.report(AddressDefect::EmptyItem, self.item..self.scan.pos);
                    }
                    self.separate();
                }
                Some(b';') if self.depth > 0 => {
                    self.depth -= 1;
                    self.separate();
                    self.before = Before::Item;
                    return Ok(Some(Item::GroupEnd));
                }
                Some(b';') => {
                    sink.report(AddressDefect::SemicolonSeparator, self.scan.pos..self.scan.pos + 1);
                    self.separate();
                }
                Some(_) => {
                    match self.before {
                        Before::Separator => {}
                        Before::Item => {
                            sink.report(AddressDefect::SemicolonSeparator, self.scan.pos..self.scan.pos);
                        }
                        Before::Angle | Before::Bare => return self.item(gap).map(Some),
                    }
                    if let Some(clean) = clean::mailbox(self.scan.rest()) {
                        self.scan.pos += clean.len;
                        self.before = Before::Item;
                        return Ok(Some(self.mailbox(clean.name.map(Phrase::new), Some(clean.address))));
                    }
                    return self.item(gap).map(Some);
                }
            }
        }
    }

    fn separate(&mut self) {
        self.scan.pos += 1;
        self.before = Before::Separator;
    }

    fn end(&mut self) -> Option<Item<'a>> {
        self.depth = self.depth.checked_sub(1)?;
        self.scan.found.add(AddressDefect::UnclosedGroup);
        Some(Item::GroupEnd)
    }

    /// Makes junk of the item that could not be read to its end.
    #[cold]
    fn recover(&mut self, trouble: Trouble) -> Item<'a> {
        self.before = Before::Item;
        match trouble {
            Trouble::LineBreak => {
                self.scan.pos = self.scan.value.len();
                self.junk(AddressDefect::LineBreak)
            }
            Trouble::Comment => {
                while let Some(byte) = self.scan.peek() {
                    match byte {
                        b',' | b';' => break,
                        b'"' if matches!(self.scan.quoted(), Ok(Some(_))) => {}
                        _ => self.scan.pos += 1,
                    }
                }
                self.junk(AddressDefect::UnclosedComment)
            }
        }
    }
}

impl<'a> Iterator for Addresses<'a> {
    type Item = Item<'a>;

    #[inline]
    fn next(&mut self) -> Option<Item<'a>> {
        self.next_with(&mut ())
    }
}

impl FusedIterator for Addresses<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;

    proptest! {
        /// The path for plain mailboxes has a twin: the one for all others.
        #[test]
        fn plain_mailboxes_are_read_the_same_way_on_both_paths(
            value in r#"("?[a-c. =?é]{0,6}"? ?)?<?[a-c.!]{1,4}@[a-c.-]{1,5}>?( |,|, x)?"#,
        ) {
            let value: String = value;
            let mut fast = addresses(value.as_bytes());
            let mut slow = fast.clone();
            let item = fast.next();
            if clean::mailbox(fast_rest(&slow)).is_some() {
                prop_assert_eq!(fast.scan.found, Found::NONE);
                let _ = slow.scan.blank();
                slow.item = slow.scan.pos;
                prop_assert_eq!(slow.item(Gap::None).ok(), item);
                prop_assert_eq!(slow.scan.found, Found::NONE);
                prop_assert_eq!(slow.scan.pos, fast.scan.pos);
            }
        }
    }

    fn fast_rest<'a>(list: &Addresses<'a>) -> &'a [u8] {
        mailwire_core::class::trim_start(list.scan.rest())
    }
}

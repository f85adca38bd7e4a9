//! Lists of addresses: the values of `From`, `To`, `Cc` and their like.

use crate::clean::{self, Clean};
use crate::defect::AddressDefect;
use crate::found::Found;
use crate::kind::Kinds;
use crate::mailbox::Place;
use crate::scan::{Gap, Scan, Trouble};
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use crate::window;
use crate::{Allow, Dialect, Mailbox, Phrase, expected};
use core::iter::FusedIterator;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use fearless_simd::{Avx2, Simd};
use mailwire_core::{ParseError, Sink};

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
    Addresses::new(mailwire_core::class::trim_end(value), true)
}

/// The same for a field that takes mailboxes alone: groups are read, and reported as
/// [`GroupInMailboxList`](AddressDefect::GroupInMailboxList).
///
/// ```
/// use mailwire_address::{AddressDefect, mailboxes};
/// use mailwire_core::Defect;
///
/// let mut defects: Vec<Defect<AddressDefect>> = Vec::new();
/// let mut list = mailboxes(b"Team: ann@example.com;");
/// while list.next_with(&mut defects).is_some() {}
/// assert_eq!(defects[0].kind(), AddressDefect::GroupInMailboxList);
/// assert_eq!(defects[0].range(), 4..5);
/// ```
pub fn mailboxes(value: &[u8]) -> Addresses<'_> {
    Addresses::new(mailwire_core::class::trim_end(value), false)
}

/// One item of an address list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item<'a> {
    /// An address, a name, or both.
    Mailbox(Mailbox<'a>),
    /// The name of a group; its members follow, and then a `GroupEnd`, always: groups are never inside each other.
    GroupStart(Phrase<'a>),
    /// The end of the group.
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
    /// What of the value is known to be UTF-8: all, or items with the comma behind them.
    text: &'a str,
    /// Whether groups have a place here.
    pub(crate) groups: bool,
    /// Whether a group is open.
    pub(crate) in_group: bool,
    /// The name of a group that begins when the one before it has ended.
    pub(crate) pending: Option<Phrase<'a>>,
    /// Where the item at hand begins.
    pub(crate) item: usize,
    pub(crate) before: Before,
    /// The item at hand has no `<` before this position.
    pub(crate) no_angle_before: usize,
}

/// What was read last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// A semicolon, a colon or nothing: an item is due.
    Separator,
    /// A comma: an item is due.
    Comma,
    /// An item and nothing else: a separator is due.
    Item,
    /// An address in angle brackets, and text follows.
    Angle,
    /// An address without angle brackets, and text follows.
    Bare,
}

impl<'a> Addresses<'a> {
    fn new(value: &'a [u8], groups: bool) -> Self {
        Self {
            scan: Scan::new(value),
            text: text(value),
            groups,
            in_group: false,
            pending: None,
            item: 0,
            before: Before::Separator,
            no_angle_before: 0,
        }
    }

    /// The items of a list that has to keep to a grammar: `address-list`, or `mailbox-list` in a dialect without
    /// [`Allow::GROUP`](crate::Allow::GROUP). A line end at the end of the value is not part of either.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for; at the end of a list in which there is nothing.
    ///
    /// ```
    /// use mailwire_address::{Addresses, Dialect};
    ///
    /// assert_eq!(Addresses::parse(b"A B <a@b.example>, c@d.example", Dialect::IMF)?.count(), 2);
    /// let error = Addresses::parse(b"A B <a@b.example>; c@d.example", Dialect::IMF).unwrap_err();
    /// assert_eq!(error.to_string(), "expected `,` at byte 17, found `;`");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse(value: &'a [u8], dialect: Dialect) -> Result<Self, ParseError> {
        let list = Self::new(value, true);
        let mut reader = list.clone();
        let mut is_empty = true;
        loop {
            let before = reader.clone();
            let item = reader.advance();
            if dialect.refuses(reader.scan.found.bits()) != 0 {
                return Err(expected::error(value, &before.traced(), dialect));
            }
            if item.is_none() {
                break;
            }
            is_empty = false;
        }
        if is_empty { Err(ParseError::new(value, value.len(), "an address")) } else { Ok(list) }
    }

    /// The next item, with what was wrong with it reported to `sink`.
    ///
    /// ```
    /// use mailwire_address::{AddressDefect, Item, addresses};
    /// use mailwire_core::Defect;
    ///
    /// let mut defects: Vec<Defect<AddressDefect>> = Vec::new();
    /// let item = addresses(b"Doe, John <j@example.com").next_with(&mut defects);
    /// assert!(matches!(item, Some(Item::Mailbox(_))));
    /// let found: Vec<_> = defects.iter().map(|defect| (defect.kind(), defect.range())).collect();
    /// assert_eq!(found, [(AddressDefect::UnquotedCommaInPhrase, 3..4), (AddressDefect::UnclosedAngle, 24..24)]);
    /// ```
    #[inline]
    pub fn next_with(&mut self, sink: &mut impl Sink<AddressDefect>) -> Option<Item<'a>> {
        let before = self.clone();
        let item = self.advance();
        if !self.scan.found.defects().is_empty() {
            before.traced().report(sink);
        }
        item
    }

    /// The next item; what was found is in `scan`.
    #[inline]
    fn advance(&mut self) -> Option<Item<'a>> {
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        if let Some(avx2) = window::vectors() {
            return avx2.vectorize(
                #[inline(always)]
                || match self.next_plain(avx2) {
                    Some(mailbox) => Some(Item::Mailbox(mailbox)),
                    None => self.advance_closely(),
                },
            );
        }
        self.advance_closely()
    }

    /// The next item, if that is one of the plainest mailboxes, and nobody wants to know where in it something is.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn next_plain(&mut self, avx2: Avx2) -> Option<Mailbox<'a>> {
        if self.scan.found.is_tracing() {
            return None;
        }
        let start = self.next_start()?;
        let clean = clean::glance(avx2, self.text, start)?;
        Some(self.take_clean(start, &clean))
    }

    #[inline(never)]
    fn advance_closely(&mut self) -> Option<Item<'a>> {
        self.scan.found.clear();
        if let Some(mailbox) = self.next_clean() {
            return Some(Item::Mailbox(mailbox));
        }
        if self.is_over() {
            return None;
        }
        self.advance_slowly()
    }

    /// Whether nothing is left, and nothing is owed: how most lists end.
    #[inline]
    fn is_over(&self) -> bool {
        self.scan.rest().is_empty()
            && !self.in_group
            && self.pending.is_none()
            && self.before != Before::Comma
    }

    #[inline(never)]
    fn advance_slowly(&mut self) -> Option<Item<'a>> {
        match self.step() {
            Ok(item) => item,
            Err(trouble) => Some(self.recover(trouble)),
        }
    }

    /// The next item read again, for the places of what is found in it.
    #[cold]
    fn traced(mut self) -> Found {
        self.scan.found = Found::tracing();
        self.advance();
        self.scan.found
    }

    /// The mailboxes alone: groups opened, junk left out.
    pub fn mailboxes(self) -> impl Iterator<Item = Mailbox<'a>> {
        Mailboxes(self)
    }

    #[inline]
    fn step(&mut self) -> Result<Option<Item<'a>>, Trouble> {
        if let Some(name) = self.pending.take() {
            self.in_group = true;
            return Ok(Some(Item::GroupStart(name)));
        }
        loop {
            self.item = self.scan.pos;
            self.scan.comment = None;
            let blank = self.scan.blank()?;
            self.item = self.scan.pos;
            let gap = match self.scan.cfws() {
                Ok(Gap::None) if blank => Gap::Blank,
                Ok(gap) => gap,
                // What follows may be an address all the same.
                Err(Trouble::Comment) => Gap::Blank,
                Err(trouble) => return Err(trouble),
            };
            let here = self.scan.pos..self.scan.pos + 1;
            match self.scan.peek() {
                None => {
                    self.empty_after_comma();
                    return Ok(self.end());
                }
                Some(b',') => {
                    let empty = matches!(self.before, Before::Separator | Before::Comma);
                    self.scan.found.add_if(empty, AddressDefect::EmptyItem, here.start..here.start);
                    self.scan.pos += 1;
                    self.before = Before::Comma;
                }
                Some(b';') if self.in_group => {
                    self.in_group = false;
                    self.empty_after_comma();
                    self.scan.pos += 1;
                    self.before = Before::Item;
                    return Ok(Some(Item::GroupEnd));
                }
                Some(b';') => {
                    self.scan.found.add(AddressDefect::SemicolonSeparator, here);
                    self.scan.pos += 1;
                    self.before = Before::Separator;
                }
                Some(_) => {
                    match self.before {
                        Before::Separator | Before::Comma => {}
                        Before::Item => {
                            self.scan.found.add(AddressDefect::SemicolonSeparator, here.start..here.start);
                        }
                        Before::Angle | Before::Bare => return self.item(gap).map(Some),
                    }
                    return self.item(gap).map(Some);
                }
            }
        }
    }

    /// Where the next item begins, if that is at the start, or behind a comma: that is how most lists begin and go on.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two comparisons, mostly")]
    fn next_start(&self) -> Option<usize> {
        let rest = self.scan.rest();
        let gap = match self.before {
            Before::Item => clean::separator_len(rest)?,
            Before::Separator if self.pending.is_none() => clean::gap_len(rest),
            _ => return None,
        };
        Some(self.scan.pos + gap)
    }

    /// The next item, if that is a plain mailbox.
    #[inline]
    fn next_clean(&mut self) -> Option<Mailbox<'a>> {
        let start = self.next_start()?;
        let clean = clean::mailbox(self.text, start)?;
        // Somebody may want to know where in the mailbox something is.
        let is_noted = (clean.kinds.has(NOTED) || clean.is_dotless) && self.scan.found.is_tracing();
        if is_noted { None } else { Some(self.take_clean(start, &clean)) }
    }

    /// The plain mailbox that begins at `start`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a mailbox is written once, where it is to be")]
    fn take_clean(&mut self, start: usize, clean: &Clean<'a>) -> Mailbox<'a> {
        let bit = |condition: bool, what: Allow| if condition { what.0 } else { 0 };
        let dot = bit(clean.kinds.has(Kinds::DOT), Allow::of(AddressDefect::UnquotedDotInPhrase));
        let dotless = bit(clean.is_dotless, Allow::of(AddressDefect::DotlessDomain));
        let found = &mut self.scan.found;
        found.set(dot | dotless | bit(clean.kinds.has(Kinds::HIGH), Allow::NON_ASCII));
        let mut address = clean.address;
        if clean.is_dotless {
            address = address.with(AddressDefect::DotlessDomain);
        }
        self.item = start;
        self.scan.pos = clean.end;
        self.before = Before::Item;
        Mailbox {
            name: clean.name,
            place: Place::Address(address),
            comment: None,
            raw: self.scan.slice(start, clean.end),
            start,
            defects: self.scan.found.defects().into(),
        }
    }

    fn empty_after_comma(&mut self) {
        if self.before == Before::Comma {
            self.before = Before::Item;
            self.scan.found.add(AddressDefect::EmptyItem, self.scan.pos..self.scan.pos);
        }
    }

    fn end(&mut self) -> Option<Item<'a>> {
        if !self.in_group {
            return None;
        }
        self.in_group = false;
        self.before = Before::Item;
        self.scan.found.add(AddressDefect::UnclosedGroup, self.scan.pos..self.scan.pos);
        Some(Item::GroupEnd)
    }

    /// Makes junk of the item that could not be read to its end.
    #[cold]
    fn recover(&mut self, trouble: Trouble) -> Item<'a> {
        self.before = Before::Item;
        match trouble {
            Trouble::LineBreak => {
                let place = self.scan.pos..self.scan.pos + 1;
                self.scan.pos = self.scan.value.len();
                self.junk(AddressDefect::LineBreak, place)
            }
            Trouble::Comment => {
                let place = self.scan.pos..self.scan.pos + 1;
                while let Some(byte) = self.scan.peek() {
                    match byte {
                        b',' | b';' => break,
                        b'"' if matches!(self.scan.quoted(), Ok(Some(_))) => {}
                        _ => self.scan.pos += 1,
                    }
                }
                self.junk(AddressDefect::UnclosedComment, place)
            }
        }
    }
}

/// What of a name in a plain mailbox is worth a note.
const NOTED: Kinds = Kinds::DOT.or(Kinds::HIGH);

/// The text of a value; where that is no UTF-8, of the items before the first byte that is none.
#[inline]
fn text(value: &[u8]) -> &str {
    core::str::from_utf8(value).unwrap_or_else(|error| {
        let good = value.get(..error.valid_up_to()).unwrap_or_default();
        let items = memchr::memrchr(b',', good).and_then(|comma| good.get(..=comma));
        core::str::from_utf8(items.unwrap_or_default()).unwrap_or_default()
    })
}

impl<'a> Iterator for Addresses<'a> {
    type Item = Item<'a>;

    #[inline]
    fn next(&mut self) -> Option<Item<'a>> {
        self.advance()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Item<'a>) -> B>(mut self, init: B, mut f: F) -> B {
        let mut all = init;
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        if let Some(avx2) = window::vectors() {
            return avx2.vectorize(
                #[inline(always)]
                || loop {
                    while let Some(mailbox) = self.next_plain(avx2) {
                        all = f(all, Item::Mailbox(mailbox));
                    }
                    match self.advance_closely() {
                        Some(item) => all = f(all, item),
                        None => return all,
                    }
                },
            );
        }
        while let Some(item) = self.advance_closely() {
            all = f(all, item);
        }
        all
    }
}

impl FusedIterator for Addresses<'_> {}

/// The mailboxes of a list. A closure of `filter_map` is not always inlined, and then each mailbox is copied for it.
struct Mailboxes<'a>(Addresses<'a>);

impl<'a> Iterator for Mailboxes<'a> {
    type Item = Mailbox<'a>;

    #[inline]
    fn next(&mut self) -> Option<Mailbox<'a>> {
        loop {
            if let Item::Mailbox(mailbox) = self.0.next()? {
                return Some(mailbox);
            }
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Mailbox<'a>) -> B>(self, init: B, mut f: F) -> B {
        self.0.fold(
            init,
            #[inline(always)]
            |all, item| match item {
                Item::Mailbox(mailbox) => f(all, mailbox),
                _ => all,
            },
        )
    }
}

impl FusedIterator for Mailboxes<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Defects;
    use alloc::vec::Vec;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    /// All items, with the defects of their addresses, which `Eq` does not look at, and all that was seen.
    fn items(mut list: Addresses<'_>) -> Vec<(Item<'_>, Option<Defects>, u128)> {
        let defects = |item| match item {
            Item::Mailbox(mailbox) => mailbox.address().map(|address| address.defects()),
            _ => None,
        };
        let mut items = Vec::new();
        while let Some(item) = list.next() {
            items.push((item, defects(item), list.scan.found.bits()));
        }
        items
    }

    /// The paths for plain mailboxes have a twin: the one for all others. And whoever gives the items away one by one has a
    /// twin in who is asked for them.
    fn is_the_same_on_all_paths(value: &[u8]) {
        let fast = addresses(value);
        let slow = items(Addresses { text: "", ..fast.clone() });
        let mut given = Vec::new();
        fast.clone().for_each(|item| given.push(item));
        let mut mailboxes = Vec::new();
        fast.clone().mailboxes().for_each(|mailbox| mailboxes.push(mailbox));
        assert!(fast.clone().mailboxes().eq(mailboxes), "{}", value.escape_ascii());
        assert!(slow.iter().map(|(item, ..)| item).eq(&given), "{}", value.escape_ascii());
        assert_eq!(items(fast), slow, "{}", value.escape_ascii());
    }

    /// Lists as most mail has them, with a few bytes put in the place of others.
    #[test]
    fn a_hundred_thousand_mutated_lists_are_read_the_same_way_on_all_paths() {
        const MAILBOXES: [&str; 8] = [
            "ann@example.org",
            "<a.b-c@mail.example.org>",
            "Ann Bell <ann.bell+x@example.com>",
            "\"Bell, Ann\" <ann_bell@mail-1.example>",
            "=?utf-8?Q?J=C3=BCrgen_7?= <juergen@example.net>",
            "J\u{fc}rgen B. von der Gr\u{fc}nen Aue zu Unterwalden <juergen.von.der.gruenen.aue@example.net>",
            "\"\" <root@localhost>",
            "Crew: bo@example.com, c@example.com;",
        ];
        const SEPARATORS: [&str; 4] = [", ", ",\r\n ", ",", ",\t "];
        const BYTES: &[u8] = b"<>,@\"\"()[]:;\\.-_ \t\r\n=?0a\0\x7f\xc3\xa9\xff";
        // Xorshift: the same numbers each time.
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut below = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % limit
        };
        for _ in 0..100_000 {
            let mut value = Vec::new();
            for _ in 0..=below(4) {
                value.extend_from_slice(MAILBOXES[below(MAILBOXES.len())].as_bytes());
                value.extend_from_slice(SEPARATORS[below(SEPARATORS.len())].as_bytes());
            }
            value.truncate(value.len() - below(3));
            for _ in 0..below(4) {
                let place = below(value.len());
                match below(3) {
                    0 => value[place] = BYTES[below(BYTES.len())],
                    1 => value.insert(place, BYTES[below(BYTES.len())]),
                    _ => drop(value.remove(place)),
                }
            }
            is_the_same_on_all_paths(&value);
        }
    }

    proptest! {
        #[test]
        fn plain_mailboxes_are_read_the_same_way_on_all_paths(
            mailboxes in vec(
                r#"("?[a-c. =?é'_-]{0,9}"? ?)?<?[a-c.!'_é-]{1,8}@[a-c0.é_-]{1,9}>?( |, x|[(]x[)])?"#,
                1..4,
            ),
            separator in r",|, |,\r\n |; |: ",
            broken in any::<Index>(),
        ) {
            let value = mailboxes.join(&separator);
            is_the_same_on_all_paths(value.as_bytes());
            let mut value = value.into_bytes();
            let broken = broken.index(value.len());
            value[broken] = 0xff;
            is_the_same_on_all_paths(&value);
        }
    }
}

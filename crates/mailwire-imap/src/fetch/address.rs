//! Addresses of an ENVELOPE.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::envelope::{next, text};
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::list::Element;
use crate::out::Out;
use crate::{IString, ImapDefect};

/// An address. One without a host begins a group whose name is the mailbox; one with neither ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Address<'a> {
    /// The name before it.
    pub name: Option<IString<'a>>,
    /// A source route, which nobody uses.
    pub route: Option<IString<'a>>,
    /// What is before the `@`.
    pub mailbox: Option<IString<'a>>,
    /// What is behind it.
    pub host: Option<IString<'a>>,
}

impl<'a> Address<'a> {
    /// Addresses in parentheses, one at least: what is between those.
    #[inline(always)]
    pub(super) fn quick_list(quick: &mut Quick<'a>) -> Option<&'a [u8]> {
        quick.expect(b'(')?;
        let start = quick.place();
        loop {
            Self::quick_one(quick)?;
            if !quick.is_at(b'(') {
                break;
            }
        }
        let list = quick.since(start);
        quick.expect(b')').and(list)
    }

    #[inline(always)]
    fn quick_one(quick: &mut Quick<'a>) -> Option<Self> {
        if let Some((address, len)) = Self::short(quick.rest()?, quick.quotes()?) {
            quick.go(quick.place() + len);
            return Some(address);
        }
        quick.expect(b'(')?;
        let (name, route, mailbox, host) =
            (quick.member()?, quick.member()?, quick.member()?, quick.nstring()?);
        quick.expect(b')')?;
        Some(Self { name, route, mailbox, host })
    }

    /// As nearly all are: a name or none, no route, a mailbox and a host, all of it among the octets whose `quotes` are known.
    #[inline(always)]
    fn short(text: &'a [u8], mut quotes: u64) -> Option<(Self, usize)> {
        // Those of the next string are taken.
        let mut close = || {
            let close = quotes & quotes.wrapping_sub(1);
            quotes = close & close.wrapping_sub(1);
            (close != 0).then_some(close.trailing_zeros() as usize)
        };
        let (name, behind) = match text {
            [b'(', b'"', ..] => {
                let end = close()?;
                (Some(IString::new(text.get(2..end)?)), end + 1)
            }
            [b'(', b'N', b'I', b'L', ..] => (None, 4),
            _ => return None,
        };
        text.get(behind..)?.starts_with(b" NIL \"").then_some(())?;
        let end = close()?;
        let mailbox = text.get(behind + 6..end)?;
        text.get(end..)?.starts_with(b"\" \"").then_some(())?;
        let start = end + 3;
        let end = close()?;
        let host = text.get(start..end)?;
        text.get(end..)?.starts_with(b"\")").then_some(())?;
        let (mailbox, host) = (Some(IString::new(mailbox)), Some(IString::new(host)));
        Some((Self { name, route: None, mailbox, host }, end + 2))
    }
}

impl<'a> Element<'a> for Address<'a> {
    #[inline(always)]
    fn quickly(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        within(depth, 1)?;
        let address = Self::quick_one(quick)?;
        quick.closes()?;
        Some(address)
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let before = cursor.at;
        if before > 0 && cursor.text.get(before - 1) == Some(&b' ') {
            cursor.sink.report(ImapDefect::BlankBetweenAddresses, before - 1..before);
        }
        cursor.deeper()?;
        cursor.expect(b'(', "`(`")?;
        let mut address = Self::default();
        let mut first = true;
        if next(cursor, &mut first)? {
            address.name = text(cursor)?;
            for member in [&mut address.route, &mut address.mailbox, &mut address.host] {
                if !next(cursor, &mut first)? {
                    break;
                }
                *member = cursor.nstring()?;
            }
        }
        let start = cursor.at;
        while !matches!(cursor.peek(), None | Some(b')')) {
            cursor.blanks();
            cursor.skip_value();
        }
        if cursor.at > start {
            cursor.report(ImapDefect::MemberCount, start);
        }
        cursor.expect(b')', "`)`")?;
        Ok(address)
    }

    fn write(&self, out: &mut Out) {
        out.byte(b'(');
        out.nstring(self.name);
        for member in [self.route, self.mailbox, self.host] {
            out.byte(b' ');
            out.nstring(member);
        }
        out.byte(b')');
    }
}

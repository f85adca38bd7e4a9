//! ENVELOPE.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::Address;
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::list::List;
use crate::out::Out;
use crate::{IString, ImapDefect};

/// The fields of a message's header that a list of messages shows (RFC 9051 §7.5.2). Nothing in it is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Envelope<'a> {
    /// `Date`, as it stands in the message.
    pub date: Option<IString<'a>>,
    /// `Subject`.
    pub subject: Option<IString<'a>>,
    /// `From`; the lists are `None` for NIL.
    pub from: Option<List<'a, Address<'a>>>,
    /// `Sender`.
    pub sender: Option<List<'a, Address<'a>>>,
    /// `Reply-To`.
    pub reply_to: Option<List<'a, Address<'a>>>,
    /// `To`.
    pub to: Option<List<'a, Address<'a>>>,
    /// `Cc`.
    pub cc: Option<List<'a, Address<'a>>>,
    /// `Bcc`.
    pub bcc: Option<List<'a, Address<'a>>>,
    /// `In-Reply-To`.
    pub in_reply_to: Option<IString<'a>>,
    /// `Message-ID`.
    pub message_id: Option<IString<'a>>,
}

impl<'a> Envelope<'a> {
    /// All of it, if there is nothing odd in it.
    #[inline(always)]
    pub(super) fn quick_one(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        let depth = within(depth, 2)?;
        quick.expect(b'(')?;
        let (date, subject) = (quick.member()?, quick.member()?);
        let mut lists = [None; 6];
        for list in &mut lists {
            if !quick.word(b"NIL ") {
                *list = Some(List::wire(Address::quick_list(quick)?, depth));
                quick.expect(b' ')?;
            }
        }
        let [from, sender, reply_to, to, cc, bcc] = lists;
        let (in_reply_to, message_id) = (quick.member()?, quick.nstring()?);
        quick.expect(b')')?;
        quick.ends()?;
        Some(Self { date, subject, from, sender, reply_to, to, cc, bcc, in_reply_to, message_id })
    }

    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.expect(b'(', "`(`")?;
        let depth = cursor.deeper()?;
        let mut envelope = Self::default();
        if !envelope.members(cursor, depth)? {
            let at = cursor.at;
            cursor.report(ImapDefect::MemberCount, at);
        }
        let start = cursor.at;
        cursor.blanks();
        while !matches!(cursor.peek(), None | Some(b')')) {
            cursor.skip_value();
            cursor.blanks();
        }
        if cursor.at > start {
            cursor.report(ImapDefect::MemberCount, start);
        }
        cursor.expect(b')', "`)`")?;
        Ok(envelope)
    }

    /// False if the list ends before its last member.
    fn members(&mut self, cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<bool, Failed> {
        let mut first = true;
        for string in [&mut self.date, &mut self.subject] {
            if !next(cursor, &mut first)? {
                return Ok(false);
            }
            *string = text(cursor)?;
        }
        let Self { from, sender, reply_to, to, cc, bcc, .. } = self;
        for list in [from, sender, reply_to, to, cc, bcc] {
            if !next(cursor, &mut first)? {
                return Ok(false);
            }
            *list = addresses(cursor, depth)?;
        }
        for string in [&mut self.in_reply_to, &mut self.message_id] {
            if !next(cursor, &mut first)? {
                return Ok(false);
            }
            *string = cursor.nstring()?;
        }
        Ok(true)
    }

    pub(crate) fn write(&self, out: &mut Out) {
        out.byte(b'(');
        out.nstring(self.date);
        out.byte(b' ');
        out.nstring(self.subject);
        for list in [self.from, self.sender, self.reply_to, self.to, self.cc, self.bcc] {
            out.byte(b' ');
            match list {
                Some(list) if !list.is_empty() => {
                    out.byte(b'(');
                    list.write_separated(b"", out);
                    out.byte(b')');
                }
                _ => out.raw(b"NIL"),
            }
        }
        out.byte(b' ');
        out.nstring(self.in_reply_to);
        out.byte(b' ');
        out.nstring(self.message_id);
        out.byte(b')');
    }
}

/// `nstring` that people have written. Some servers don't escape the quotes in it: then it ends at a quote that something
/// follows which may be there. So few octets are looked at for one that hostile responses stay cheap.
pub(super) fn text<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Option<IString<'a>>, Failed> {
    const LOOK: usize = 256;
    let start = cursor.at;
    let string = cursor.nstring()?;
    let ended = cursor.text.get(cursor.at - 1) != Some(&b'"');
    if ended || matches!(cursor.peek(), None | Some(b' ' | b')')) {
        return Ok(string);
    }
    let ahead = cursor.rest().get(..LOOK).unwrap_or(cursor.rest());
    let ends = ahead.iter().enumerate().position(|(at, _)| {
        let rest = ahead.get(at..).unwrap_or_default();
        matches!(rest, [b'"', b')', ..] | [b'"', b' ', b'"' | b'(' | b'{' | b'N' | b'n', ..])
    });
    let Some(len) = ends else { return Ok(string) };
    cursor.at += len;
    let text = cursor.since(start + 1);
    cursor.at += 1;
    cursor.report(ImapDefect::StrayQuote, start);
    Ok(Some(IString::new(text)))
}

/// Goes to the next member; false if there is none.
pub(super) fn next(cursor: &mut Cursor<'_, '_>, first: &mut bool) -> Result<bool, Failed> {
    if cursor.peek() == Some(b')') {
        return Ok(false);
    }
    if !core::mem::take(first) {
        cursor.space()?;
    }
    Ok(cursor.peek() != Some(b')'))
}

fn addresses<'a>(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Option<List<'a, Address<'a>>>, Failed> {
    if cursor.nil() {
        return Ok(None);
    }
    let start = cursor.at;
    if cursor.eat_word(b"\"\"") {
        cursor.report(ImapDefect::NilString, start);
        return Ok(None);
    }
    let raw = cursor.list()?;
    if raw.is_empty() {
        cursor.report(ImapDefect::EmptyList, start);
        return Ok(None);
    }
    Ok(Some(List::wire(raw, depth)))
}

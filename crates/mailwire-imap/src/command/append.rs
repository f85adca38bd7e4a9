//! APPEND and REPLACE: messages that a client sends.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::Expected;
use crate::IString;
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::date::{date_time, quick_date_time, write_date_time};
use crate::flag::Flag;
use crate::list::{Element, List};
use crate::mailbox::MailboxName;
use crate::out::Out;
use crate::raw::Raw;
use mailwire_core::DateTime;

/// `APPEND mailbox …`: what goes where.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Append<'a> {
    /// Where to.
    pub mailbox: MailboxName<'a>,
    /// One message, or several (RFC 3502). The last one of a piece streams.
    pub messages: List<'a, Message<'a>>,
}

/// A message that is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Message<'a> {
    /// Its flags.
    pub flags: Option<List<'a, Flag<'a>>>,
    /// When it came.
    pub date: Option<DateTime>,
    /// The message.
    pub data: MessageData<'a>,
}

/// The octets of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum MessageData<'a> {
    /// They are here.
    Here(IString<'a>),
    /// So many octets follow in chunks.
    Streams(u64),
    /// `UTF8 (~{n}…)` (RFC 9755): they are here.
    Utf8Here(IString<'a>),
    /// `UTF8 (~{n}`: so many octets follow in chunks, and then `)`.
    Utf8Streams(u64),
    /// `CATENATE (…)` (RFC 4469): the words and strings as they came.
    Catenate(List<'a, Raw<'a>>),
}

impl<'a> Element<'a> for Message<'a> {
    #[inline(always)]
    fn quickly(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        let (mut flags, mut date) = (None, None);
        quick.blank()?;
        if quick.is_at(b'(') {
            flags = Some(List::wire(quick.words()?, within(depth, 2)?));
            quick.expect(b' ')?;
        }
        if quick.is_at(b'"') {
            date = Some(quick_date_time(quick)?);
            quick.expect(b' ')?;
        }
        let octets = quick.literal()?;
        quick.ends()?;
        Some(Self { flags, date, data: MessageData::Here(octets) })
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let mut flags = None;
        if cursor.peek() == Some(b'(') {
            let depth = cursor.deeper()?;
            flags = Some(List::wire(cursor.list()?, depth));
            cursor.space()?;
        }
        let mut arrived = None;
        if cursor.peek() == Some(b'"') {
            arrived = Some(date_time(cursor)?);
            cursor.space()?;
        }
        let data = if cursor.eat_word(b"UTF8 (") {
            match data(cursor)? {
                MessageData::Here(octets) => {
                    cursor.expect(b')', "`)`")?;
                    MessageData::Utf8Here(octets)
                }
                MessageData::Streams(size) => MessageData::Utf8Streams(size),
                other => other,
            }
        } else if cursor.eat_word(b"CATENATE ") {
            let depth = cursor.deeper()?;
            MessageData::Catenate(List::wire(cursor.list()?, depth))
        } else {
            data(cursor)?
        };
        Ok(Self { flags, date: arrived, data })
    }

    fn skip(cursor: &mut Cursor<'a, '_>) {
        // Where the next message begins can't be known.
        cursor.at = cursor.text.len();
    }

    fn write(&self, out: &mut Out) {
        if let Some(flags) = self.flags {
            flags.write_list(out);
            out.byte(b' ');
        }
        if let Some(date) = self.date {
            write_date_time(date, out);
            out.byte(b' ');
        }
        match self.data {
            MessageData::Here(octets) => out.literal(&octets.to_bytes()),
            MessageData::Streams(size) => out.announce(size, false),
            MessageData::Utf8Here(octets) => {
                let octets = octets.to_bytes();
                out.raw(b"UTF8 (");
                out.announce(octets.len() as u64, true);
                out.octets(&octets);
                out.byte(b')');
            }
            MessageData::Utf8Streams(size) => {
                out.raw(b"UTF8 (");
                out.announce(size, true);
            }
            MessageData::Catenate(list) => {
                out.raw(b"CATENATE ");
                list.write_list(out);
            }
        }
    }
}

fn data<'a>(cursor: &mut Cursor<'a, '_>) -> Result<MessageData<'a>, Failed> {
    let start = cursor.at;
    let size = cursor.announcement()?;
    if size > 0 && cursor.is_end() {
        return Ok(MessageData::Streams(size));
    }
    cursor.at = start;
    cursor.literal().map(MessageData::Here)
}

/// Whether the literal at the end of `head` is a message.
pub(crate) fn announces_message(head: &[u8], expected: Expected) -> bool {
    let mut sink = ();
    let mut cursor = Cursor::new(head, 4, &mut sink);
    if expected == Expected::Command {
        let front = super::parse::append_front(&mut cursor);
        if front.is_none() || cursor.is_end() {
            return false;
        }
    } else if expected == Expected::Rest {
        cursor.eat(b')');
        if !cursor.eat(b' ') {
            return false;
        }
    } else {
        return false;
    }
    Message::take(&mut cursor).is_ok_and(|message| {
        cursor.is_end() && matches!(message.data, MessageData::Streams(_) | MessageData::Utf8Streams(_))
    })
}

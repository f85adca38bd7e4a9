//! The items of a FETCH.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::section::origin;
use super::{BodyStructure, Envelope, Section};
use crate::IString;
use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::date::{date_time, quick_date_time, write_date_time};
use crate::flag::Flag;
use crate::list::{Element, List};
use crate::objectid::ObjectId;
use crate::out::Out;
use crate::raw::Other;
use mailwire_core::DateTime;

/// The octets of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum Data<'a> {
    /// NIL: there is none.
    Nil,
    /// They are here.
    Here(IString<'a>),
    /// So many octets follow in chunks.
    Streams(u64),
}

/// Something that is said about a message.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum FetchItem<'a> {
    /// `UID`.
    Uid(u32),
    /// `FLAGS`.
    Flags(List<'a, Flag<'a>>),
    /// `INTERNALDATE`.
    InternalDate(DateTime),
    /// `RFC822.SIZE`, in octets.
    Size(u64),
    /// `MODSEQ` (RFC 7162).
    ModSeq(u64),
    /// `ENVELOPE`; `None` is NIL, which no server should say.
    Envelope(Option<Envelope<'a>>),
    /// `BODY`; `None` is NIL, which no server should say.
    Body(Option<BodyStructure<'a>>),
    /// `BODYSTRUCTURE`: the same with extension data.
    BodyStructure(Option<BodyStructure<'a>>),
    /// `BODY[…]`.
    Section {
        /// Which part.
        section: Section<'a>,
        /// Where its octets begin in the part, if not all of it was asked for.
        origin: Option<u64>,
        /// The octets.
        data: Data<'a>,
    },
    /// `BINARY[…]` (RFC 3516): the part, decoded.
    Binary {
        /// Which part.
        section: Section<'a>,
        /// Where its octets begin in the part, if not all of it was asked for.
        origin: Option<u64>,
        /// The octets.
        data: Data<'a>,
    },
    /// `BINARY.SIZE[…]`: octets of the part, decoded.
    BinarySize {
        /// Which part.
        section: Section<'a>,
        /// So many.
        size: u64,
    },
    /// `RFC822` (RFC 3501): the message.
    Rfc822(Data<'a>),
    /// `RFC822.HEADER`.
    Rfc822Header(Data<'a>),
    /// `RFC822.TEXT`.
    Rfc822Text(Data<'a>),
    /// `X-GM-MSGID` (Gmail).
    GmailMessageId(u64),
    /// `X-GM-THRID`.
    GmailThreadId(u64),
    /// `X-GM-LABELS`.
    GmailLabels(List<'a, Label<'a>>),
    /// `EMAILID` (RFC 8474).
    EmailId(ObjectId<'a>),
    /// `THREADID`.
    ThreadId(Option<ObjectId<'a>>),
    /// `PREVIEW` (RFC 8970).
    Preview(Option<IString<'a>>),
    /// `SAVEDATE` (RFC 8514).
    SaveDate(Option<DateTime>),
    /// Anything else.
    Unknown(Other<'a>),
}

/// A label of Gmail: a mailbox name, or a word with a backslash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a plain wrapper")]
pub struct Label<'a>(pub IString<'a>);

impl<'a> Element<'a> for Label<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        if cursor.peek() == Some(b'\\') {
            return cursor.run(Class::WORD, "a label").map(|word| Self(IString::new(word)));
        }
        cursor.astring().map(Self)
    }

    fn write(&self, out: &mut Out) {
        out.astring(&self.0.to_bytes());
    }
}

fn data<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Data<'a>, Failed> {
    if matches!(cursor.peek(), Some(b'{' | b'~')) {
        let start = cursor.at;
        let size = cursor.announcement()?;
        if size > 0 && cursor.is_end() {
            return Ok(Data::Streams(size));
        }
        return cursor.announced(size, start).map(Data::Here);
    }
    Ok(cursor.nstring()?.map_or(Data::Nil, Data::Here))
}

fn write_data(data: Data<'_>, binary: bool, out: &mut Out) {
    match data {
        Data::Nil => out.raw(b"NIL"),
        Data::Here(octets) => {
            let octets = octets.to_bytes();
            if octets.len() < 64 && !binary { out.string(&octets) } else { out.literal(&octets) }
        }
        Data::Streams(size) => out.announce(size, binary),
    }
}

impl<'a> FetchItem<'a> {
    /// `BODY`, `BODY[…]`, `BODYSTRUCTURE`.
    fn body(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let section = Section::take(cursor)?;
        let origin = origin(cursor)?;
        cursor.space()?;
        Ok(Self::Section { section, origin, data: data(cursor)? })
    }

    fn binary(size: bool, cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let section = Section::take(cursor)?;
        if size {
            cursor.space()?;
            return Ok(Self::BinarySize { section, size: cursor.count("a size")? });
        }
        let origin = origin(cursor)?;
        cursor.space()?;
        Ok(Self::Binary { section, origin, data: data(cursor)? })
    }
}

fn structure<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Option<BodyStructure<'a>>, Failed> {
    let start = cursor.at;
    if cursor.eat_word(b"\"\"") {
        cursor.report(crate::ImapDefect::StrayString, start);
        if cursor.peek() != Some(b' ') || cursor.rest().get(1) != Some(&b'(') {
            return Ok(None);
        }
        cursor.at += 1;
    }
    let start = cursor.at;
    if cursor.nil() || cursor.eat_word(b"()") {
        cursor.report(crate::ImapDefect::EmptyList, start);
        return Ok(None);
    }
    BodyStructure::take(cursor).map(Some)
}

fn list<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, T>, Failed> {
    let depth = cursor.deeper()?;
    Ok(List::wire(cursor.list()?, depth))
}

fn parenthesised<T>(
    cursor: &mut Cursor<'_, '_>,
    take: impl FnOnce(&mut Cursor<'_, '_>) -> Result<T, Failed>,
) -> Result<T, Failed> {
    cursor.expect(b'(', "`(`")?;
    let value = take(cursor)?;
    cursor.expect(b')', "`)`")?;
    Ok(value)
}

/// An item that is a list. By itself, so that what it needs of the stack isn't taken for the others; a [`Quick`] would come through
/// memory, and stay there.
#[inline(never)]
fn quick_list<'a, T: Element<'a>, C, R>(
    text: &'a [u8],
    at: usize,
    depth: u8,
    context: C,
    item: impl Fn(T) -> FetchItem<'a>,
    found: impl Fn(C, usize, FetchItem<'a>) -> R,
    odd: impl FnOnce(C) -> R,
) -> R {
    T::quick(
        Quick::at(text, at),
        depth,
        context,
        |context, behind, list| found(context, behind, item(list)),
        odd,
    )
}

impl<'a> Element<'a> for FetchItem<'a> {
    const WIDTH: usize = 2;

    /// What is in every list of messages.
    #[inline(always)]
    fn quick<C, R>(
        mut quick: Quick<'a>,
        depth: u8,
        context: C,
        found: impl Fn(C, usize, Self) -> R,
        odd: impl FnOnce(C) -> R,
    ) -> R {
        let (Some(()), Some(rest)) = (quick.blank(), quick.rest()) else {
            return odd(context);
        };
        match rest {
            [b'U', ..] if quick.word(b"UID ") => {
                if let Some(uid) = quick.number().and_then(|uid| u32::try_from(uid).ok())
                    && uid > 0
                    && let Some(()) = quick.ends()
                {
                    return found(context, quick.place(), Self::Uid(uid));
                }
            }
            [b'F', ..] if quick.word(b"FLAGS ") => {
                if let (Some(depth), Some(flags)) = (within(depth, 2), quick.words())
                    && let Some(()) = quick.ends()
                {
                    return found(context, quick.place(), Self::Flags(List::wire(flags, depth)));
                }
            }
            [b'R', ..] if quick.word(b"RFC822.SIZE ") => {
                if let (Some(size), Some(())) = (quick.number(), quick.ends()) {
                    return found(context, quick.place(), Self::Size(size));
                }
            }
            [b'M', ..] if quick.word(b"MODSEQ (") => {
                if let (Some(value), Some(()), Some(())) = (quick.number(), quick.expect(b')'), quick.ends())
                {
                    return found(context, quick.place(), Self::ModSeq(value));
                }
            }
            [b'B', ..] if quick.word(b"BODY[") => {
                if let Some((part, len)) = quick.rest().and_then(Section::quick) {
                    quick.skip(len);
                    let section = Section::all_of(part);
                    let item = |data| Self::Section { section, origin: None, data };
                    if quick.is_at(b'{') {
                        if let (Some(octets), Some(())) = (quick.literal(), quick.ends()) {
                            return found(context, quick.place(), item(Data::Here(octets)));
                        }
                    } else if let (Some(octets), Some(())) = (quick.nstring(), quick.ends()) {
                        return match octets {
                            Some(octets) => found(context, quick.place(), item(Data::Here(octets))),
                            None => found(context, quick.place(), item(Data::Nil)),
                        };
                    }
                }
            }
            [b'B', ..] if quick.word(b"BODYSTRUCTURE ") => {
                let item = |body| Self::BodyStructure(Some(body));
                return quick_list(quick.text(), quick.place(), depth, context, item, found, odd);
            }
            [b'I', ..] if quick.word(b"INTERNALDATE ") => {
                if let (Some(date), Some(())) = (quick_date_time(&mut quick), quick.ends()) {
                    return found(context, quick.place(), Self::InternalDate(date));
                }
            }
            [b'E', ..] if quick.word(b"ENVELOPE ") => {
                let item = |envelope| Self::Envelope(Some(envelope));
                return quick_list(quick.text(), quick.place(), depth, context, item, found, odd);
            }
            _ => {}
        }
        odd(context)
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        if cursor.eat(b'(') {
            // One level is enough, and nothing nests that way.
            if cursor.peek() == Some(b'(') {
                return Err(cursor.error("an item of FETCH"));
            }
            let item = Self::take(cursor)?;
            cursor.no_blanks();
            cursor.expect(b')', "`)`")?;
            cursor.report(crate::ImapDefect::ExtraParentheses, start);
            return Ok(item);
        }
        let len = cursor.rest().iter().position(|byte| matches!(byte, 0..=b' ' | b'[' | b'(' | b')' | b'"'));
        let name = cursor.rest().get(..len.unwrap_or(cursor.rest().len())).unwrap_or_default();
        if name.is_empty() {
            return Err(cursor.error("an item of FETCH"));
        }
        cursor.at += name.len();
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        if is(b"RFC822") && cursor.eat_word(b"[]") {
            cursor.report(crate::ImapDefect::Extra, start + name.len());
        }
        if cursor.peek() == Some(b'[') {
            return match name.len() {
                4 if is(b"BODY") => Self::body(cursor),
                6 if is(b"BINARY") => Self::binary(false, cursor),
                11 if is(b"BINARY.SIZE") => Self::binary(true, cursor),
                _ => {
                    while !matches!(cursor.peek(), None | Some(0..=b' ' | b'(')) {
                        cursor.at += 1;
                    }
                    let name = cursor.since(start);
                    cursor.space()?;
                    Ok(Self::Unknown(Other::take(name, cursor)?))
                }
            };
        }
        cursor.space()?;
        Ok(match name.len() {
            3 if is(b"UID") => Self::Uid(cursor.message_number()?),
            4 if is(b"BODY") => Self::Body(structure(cursor)?),
            5 if is(b"FLAGS") => Self::Flags(list(cursor)?),
            6 if is(b"MODSEQ") => {
                Self::ModSeq(parenthesised(cursor, |cursor| cursor.count("a modification sequence"))?)
            }
            6 if is(b"RFC822") => Self::Rfc822(data(cursor)?),
            7 if is(b"EMAILID") => Self::EmailId(ObjectId::take(cursor)?),
            7 if is(b"PREVIEW") => Self::Preview(cursor.nstring()?),
            8 if is(b"ENVELOPE") => {
                let at = cursor.at;
                if cursor.nil() {
                    cursor.report(crate::ImapDefect::EmptyList, at);
                    Self::Envelope(None)
                } else {
                    Self::Envelope(Some(Envelope::take(cursor)?))
                }
            }
            8 if is(b"THREADID") => {
                Self::ThreadId(if cursor.nil() { None } else { Some(ObjectId::take(cursor)?) })
            }
            8 if is(b"SAVEDATE") => {
                Self::SaveDate(if cursor.nil() { None } else { Some(date_time(cursor)?) })
            }
            10 if is(b"X-GM-MSGID") => Self::GmailMessageId(cursor.number("a number")?),
            10 if is(b"X-GM-THRID") => Self::GmailThreadId(cursor.number("a number")?),
            11 if is(b"RFC822.SIZE") => Self::Size(cursor.count("a size")?),
            11 if is(b"RFC822.TEXT") => Self::Rfc822Text(data(cursor)?),
            11 if is(b"X-GM-LABELS") => Self::GmailLabels(list(cursor)?),
            12 if is(b"INTERNALDATE") => Self::InternalDate(date_time(cursor)?),
            13 if is(b"BODYSTRUCTURE") => Self::BodyStructure(structure(cursor)?),
            13 if is(b"RFC822.HEADER") => Self::Rfc822Header(data(cursor)?),
            _ => Self::Unknown(Other::take(name, cursor)?),
        })
    }

    fn skip(cursor: &mut Cursor<'a, '_>) {
        // The name may have brackets with a list in them.
        let mut open = false;
        while let Some(byte) = cursor.peek() {
            match byte {
                b'[' => open = true,
                b']' => open = false,
                b' ' | b'(' | b')' if !open => break,
                _ => {}
            }
            cursor.at += 1;
        }
        cursor.blanks();
        cursor.skip_value();
    }

    fn write(&self, out: &mut Out) {
        let mut number = |name: &[u8], number: u64| {
            out.raw(name);
            out.number(number);
        };
        match self {
            Self::Uid(n) => number(b"UID ", u64::from(*n)),
            Self::Size(n) => number(b"RFC822.SIZE ", *n),
            Self::GmailMessageId(n) => number(b"X-GM-MSGID ", *n),
            Self::GmailThreadId(n) => number(b"X-GM-THRID ", *n),
            Self::ModSeq(n) => {
                number(b"MODSEQ (", *n);
                out.byte(b')');
            }
            Self::Flags(flags) => {
                out.raw(b"FLAGS ");
                flags.write_list(out);
            }
            Self::GmailLabels(labels) => {
                out.raw(b"X-GM-LABELS ");
                labels.write_list(out);
            }
            Self::InternalDate(date) => {
                out.raw(b"INTERNALDATE ");
                write_date_time(*date, out);
            }
            Self::SaveDate(date) => {
                out.raw(b"SAVEDATE ");
                match date {
                    Some(date) => write_date_time(*date, out),
                    None => out.raw(b"NIL"),
                }
            }
            Self::Envelope(envelope) => {
                out.raw(b"ENVELOPE ");
                match envelope {
                    Some(envelope) => envelope.write(out),
                    None => out.raw(b"NIL"),
                }
            }
            Self::Body(body) | Self::BodyStructure(body) => {
                out.raw(if matches!(self, Self::Body(_)) { b"BODY " } else { b"BODYSTRUCTURE " });
                match body {
                    Some(body) => Element::write(body, out),
                    None => out.raw(b"NIL"),
                }
            }
            Self::Section { section, origin, data } | Self::Binary { section, origin, data } => {
                let binary = matches!(self, Self::Binary { .. });
                out.raw(if binary { b"BINARY" } else { b"BODY" });
                section.write(out);
                if let Some(origin) = origin {
                    out.byte(b'<');
                    out.number(*origin);
                    out.byte(b'>');
                }
                out.byte(b' ');
                write_data(*data, binary, out);
            }
            Self::BinarySize { section, size } => {
                out.raw(b"BINARY.SIZE");
                section.write(out);
                out.byte(b' ');
                out.number(*size);
            }
            Self::Rfc822(data) => {
                out.raw(b"RFC822 ");
                write_data(*data, false, out);
            }
            Self::Rfc822Header(data) => {
                out.raw(b"RFC822.HEADER ");
                write_data(*data, false, out);
            }
            Self::Rfc822Text(data) => {
                out.raw(b"RFC822.TEXT ");
                write_data(*data, false, out);
            }
            Self::EmailId(id) => {
                out.raw(b"EMAILID ");
                id.write(out);
            }
            Self::ThreadId(None) => out.raw(b"THREADID NIL"),
            Self::ThreadId(Some(id)) => {
                out.raw(b"THREADID ");
                id.write(out);
            }
            Self::Preview(text) => {
                out.raw(b"PREVIEW ");
                out.nstring(*text);
            }
            Self::Unknown(other) => other.write(out),
        }
    }
}

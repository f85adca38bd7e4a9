//! What FETCH asks for.

use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick};
use crate::fetch::Section;
use crate::list::Element;
use crate::out::Out;
use crate::word::registry;
use core::fmt;

registry! {
    /// An item that FETCH asks for by its word alone.
    Word {
        /// `ALL`: flags, date, size and envelope; stands alone.
        ALL = b"ALL";
        /// `FAST`: flags, date and size; stands alone.
        FAST = b"FAST";
        /// `FULL`: what ALL has, and the body; stands alone.
        FULL = b"FULL";
        /// `UID`.
        UID = b"UID";
        /// `FLAGS`.
        FLAGS = b"FLAGS";
        /// `INTERNALDATE`.
        INTERNAL_DATE = b"INTERNALDATE";
        /// `ENVELOPE`.
        ENVELOPE = b"ENVELOPE";
        /// `BODY`: the structure without extension data.
        BODY = b"BODY";
        /// `BODYSTRUCTURE`.
        BODY_STRUCTURE = b"BODYSTRUCTURE";
        /// `RFC822` (RFC 3501).
        RFC822 = b"RFC822";
        /// `RFC822.HEADER` (RFC 3501).
        RFC822_HEADER = b"RFC822.HEADER";
        /// `RFC822.SIZE`.
        RFC822_SIZE = b"RFC822.SIZE";
        /// `RFC822.TEXT` (RFC 3501).
        RFC822_TEXT = b"RFC822.TEXT";
        /// `MODSEQ` (RFC 7162).
        MODSEQ = b"MODSEQ";
        /// `EMAILID` (RFC 8474).
        EMAIL_ID = b"EMAILID";
        /// `THREADID` (RFC 8474).
        THREAD_ID = b"THREADID";
        /// `PREVIEW` (RFC 8970).
        PREVIEW = b"PREVIEW";
        /// `SAVEDATE` (RFC 8514).
        SAVE_DATE = b"SAVEDATE";
        /// `X-GM-MSGID` (Gmail).
        GMAIL_MESSAGE_ID = b"X-GM-MSGID";
        /// `X-GM-THRID` (Gmail).
        GMAIL_THREAD_ID = b"X-GM-THRID";
        /// `X-GM-LABELS` (Gmail).
        GMAIL_LABELS = b"X-GM-LABELS";
    }
}

/// Whether reading a body marks the message as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Peek {
    /// It does.
    Seen,
    /// `.PEEK`: it does not.
    Peek,
}

/// An item that FETCH asks for (RFC 9051 §6.4.5).
#[derive(Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Attribute<'a> {
    /// A word: `UID`, `FLAGS`, `ENVELOPE`, `ALL` …
    Word(Word<'a>),
    /// `PREVIEW (LAZY)` (RFC 8970).
    PreviewLazy,
    /// `BODY[…]<0.100>`.
    Body {
        /// Whether it marks the message.
        peek: Peek,
        /// Which part.
        section: Section<'a>,
        /// From where, and how many octets.
        partial: Option<(u64, u64)>,
    },
    /// `BINARY[…]<0.100>` (RFC 3516).
    Binary {
        /// Whether it marks the message.
        peek: Peek,
        /// Which part.
        section: Section<'a>,
        /// From where, and how many octets.
        partial: Option<(u64, u64)>,
    },
    /// `BINARY.SIZE[…]`.
    BinarySize(Section<'a>),
}

impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Out::server(crate::out::Enabled::NONE);
        Element::write(self, &mut out);
        write!(f, "{}", mailwire_core::Escaped(out.bytes()))
    }
}

fn partial(cursor: &mut Cursor<'_, '_>) -> Result<Option<(u64, u64)>, Failed> {
    if !cursor.eat(b'<') {
        return Ok(None);
    }
    let from = cursor.number("an offset")?;
    cursor.expect(b'.', "`.`")?;
    let len = cursor.number("a number of octets")?;
    cursor.expect(b'>', "`>`")?;
    Ok(Some((from, len)))
}

impl<'a> Element<'a> for Attribute<'a> {
    /// Words. What follows has to be another one: PREVIEW may have a list.
    #[inline]
    fn quickly(quick: &mut Quick<'a>, _depth: u8) -> Option<Self> {
        quick.blank()?;
        let word = quick.run(Class::ATOM)?;
        let ends = matches!(quick.rest()?, [] | [b' ', b'A'..=b'Z', ..]) && !word.contains(&b'[');
        ends.then_some(Self::Word(Word::kept(word)))
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let len = cursor.rest().iter().position(|&byte| byte == b'[' || !Class::ATOM.contains(byte));
        cursor.at += len.unwrap_or(cursor.rest().len());
        let name = cursor.since(start);
        if name.is_empty() {
            return Err(cursor.error("an item of FETCH"));
        }
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        if cursor.peek() == Some(b'[') {
            let peek = if is(b"BODY.PEEK") || is(b"BINARY.PEEK") { Peek::Peek } else { Peek::Seen };
            let section = Section::take(cursor)?;
            if is(b"BINARY.SIZE") {
                return Ok(Self::BinarySize(section));
            }
            let partial = partial(cursor)?;
            if is(b"BODY") || is(b"BODY.PEEK") {
                return Ok(Self::Body { peek, section, partial });
            }
            if is(b"BINARY") || is(b"BINARY.PEEK") {
                return Ok(Self::Binary { peek, section, partial });
            }
            return Err(cursor.error_at(start, "BODY or BINARY"));
        }
        if is(b"PREVIEW") && cursor.eat_word(b" (LAZY)") {
            return Ok(Self::PreviewLazy);
        }
        Ok(Self::Word(Word::kept(name)))
    }

    fn skip(cursor: &mut Cursor<'a, '_>) {
        let mut open = false;
        while let Some(byte) = cursor.peek() {
            match byte {
                b'[' => open = true,
                b']' => open = false,
                b' ' if !open => break,
                _ => {}
            }
            cursor.at += 1;
        }
    }

    fn write(&self, out: &mut Out) {
        let (name, section, partial): (&[u8], &Section<'_>, Option<(u64, u64)>) = match self {
            Self::Word(word) => return out.raw(word.as_bytes()),
            Self::PreviewLazy => return out.raw(b"PREVIEW (LAZY)"),
            Self::Body { peek: Peek::Seen, section, partial } => (b"BODY", section, *partial),
            Self::Body { peek: Peek::Peek, section, partial } => (b"BODY.PEEK", section, *partial),
            Self::Binary { peek: Peek::Seen, section, partial } => (b"BINARY", section, *partial),
            Self::Binary { peek: Peek::Peek, section, partial } => (b"BINARY.PEEK", section, *partial),
            Self::BinarySize(section) => (b"BINARY.SIZE", section, None),
        };
        out.raw(name);
        section.write(out);
        if let Some((from, len)) = partial {
            out.byte(b'<');
            out.number(from);
            out.byte(b'.');
            out.number(len);
            out.byte(b'>');
        }
    }
}

//! Which part of a message.

use crate::cursor::{Cursor, Failed};
use crate::list::{Element, List};
use crate::out::Out;
use crate::{IString, ImapDefect};
use core::fmt;
use core::ops::Range;
use mailwire_core::ParseError;

/// What stands in the brackets of `BODY[…]` and `BINARY[…]` (RFC 9051 §6.4.5).
///
/// ```
/// use mailwire_imap::fetch::{Section, SectionText};
///
/// let section = Section::parse(b"1.2.HEADER.FIELDS (From To)")?;
/// assert_eq!(section.part().collect::<Vec<_>>(), [1, 2]);
/// assert!(matches!(section.text(), SectionText::HeaderFields(names) if names.iter().count() == 2));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Section<'a> {
    part: &'a [u8],
    text: SectionText<'a>,
}

/// What of the part.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum SectionText<'a> {
    /// All of the message, or the content of the part.
    All,
    /// `HEADER`.
    Header,
    /// `HEADER.FIELDS (…)`.
    HeaderFields(List<'a, IString<'a>>),
    /// `HEADER.FIELDS.NOT (…)`.
    HeaderFieldsNot(List<'a, IString<'a>>),
    /// `TEXT`.
    Text,
    /// `MIME`.
    Mime,
}

impl<'a> Section<'a> {
    /// The whole message.
    pub const ALL: Section<'static> = Section { part: b"", text: SectionText::All };

    /// What of which part; the part as numbers with dots between them, or nothing.
    ///
    /// # Errors
    ///
    /// Where the part is none.
    pub fn new(part: &'a [u8], text: SectionText<'a>) -> Result<Self, ParseError> {
        let mut zero = None;
        let mut sink = |_: ImapDefect, at: Range<usize>| zero = Some(at.start);
        let mut cursor = Cursor::new(part, 1, &mut sink);
        let section = Self::inside(&mut cursor);
        let section = cursor.explained(section)?;
        if !cursor.is_end() || !part.is_empty() && section.text != SectionText::All {
            return Err(ParseError::new(part, cursor.at, "numbers with dots between them"));
        }
        if part.is_empty() && text == SectionText::Mime {
            return Err(ParseError::new(part, cursor.at, "a part, whose header is asked for"));
        }
        if let Some(at) = zero {
            return Err(ParseError::new(part, at, "a number above zero"));
        }
        Ok(Self { part, text })
    }

    /// Reads a section without its brackets.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn parse(section: &'a [u8]) -> Result<Self, ParseError> {
        let mut sink = ();
        let mut cursor = Cursor::new(section, 2, &mut sink);
        let section = Self::inside(&mut cursor).and_then(|section| cursor.end().map(|()| section));
        cursor.explained(section)
    }

    /// The numbers of the part.
    pub fn part(&self) -> impl Iterator<Item = u32> + use<'a> {
        let numbers = self.part.split(|&byte| byte == b'.').filter(|number| !number.is_empty());
        numbers.map(|number| {
            number.iter().fold(0_u32, |n, byte| n.saturating_mul(10).saturating_add(u32::from(byte - b'0')))
        })
    }

    /// What of it.
    pub fn text(&self) -> SectionText<'a> {
        self.text
    }

    /// All of a part.
    #[inline]
    pub(super) const fn all_of(part: &'a [u8]) -> Self {
        Self { part, text: SectionText::All }
    }

    /// The numbers of a part, if there are no words behind them; and how long they are with a bracket and a blank.
    #[inline]
    pub(super) fn quick(text: &'a [u8]) -> Option<(&'a [u8], usize)> {
        /// So many digits are a number below 2^32.
        const SAFE: u32 = 9;
        let mut digits = 0;
        let end = text.iter().position(|octet| {
            match octet {
                b'1'..=b'9' => digits += 1,
                b'0' if digits > 0 => digits += 1,
                b'.' if digits > 0 => digits = 0,
                _ => return true,
            }
            digits > SAFE
        })?;
        let (part, [b']', b' ', ..]) = text.split_at_checked(end)? else { return None };
        // Nothing is behind a dot.
        (!part.ends_with(b".")).then_some((part, end + 2))
    }

    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.expect(b'[', "`[`")?;
        let section = Self::inside(cursor)?;
        cursor.expect(b']', "`]`")?;
        Ok(section)
    }

    fn inside(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let mut end = start;
        while matches!(cursor.peek(), Some(b'0'..=b'9')) {
            cursor.message_number()?;
            end = cursor.at;
            if !cursor.eat(b'.') {
                break;
            }
        }
        let part = cursor.text.get(start..end).unwrap_or_default();
        let open = cursor.at > end || part.is_empty();
        let text = if !open {
            SectionText::All
        } else if cursor.eat_word(b"HEADER.FIELDS.NOT") {
            SectionText::HeaderFieldsNot(names(cursor)?)
        } else if cursor.eat_word(b"HEADER.FIELDS") {
            SectionText::HeaderFields(names(cursor)?)
        } else if cursor.eat_word(b"HEADER") {
            SectionText::Header
        } else if cursor.eat_word(b"TEXT") {
            SectionText::Text
        } else if cursor.eat_word(b"MIME") {
            SectionText::Mime
        } else if part.is_empty() {
            SectionText::All
        } else {
            return Err(cursor.error("a number, HEADER, TEXT or MIME"));
        };
        Ok(Self { part, text })
    }

    pub(crate) fn write(&self, out: &mut Out) {
        out.byte(b'[');
        out.raw(self.part);
        if !self.part.is_empty() && self.text != SectionText::All {
            out.byte(b'.');
        }
        match self.text {
            SectionText::All => {}
            SectionText::Header => out.raw(b"HEADER"),
            SectionText::HeaderFields(names) => {
                out.raw(b"HEADER.FIELDS ");
                names.write_list(out);
            }
            SectionText::HeaderFieldsNot(names) => {
                out.raw(b"HEADER.FIELDS.NOT ");
                names.write_list(out);
            }
            SectionText::Text => out.raw(b"TEXT"),
            SectionText::Mime => out.raw(b"MIME"),
        }
        out.byte(b']');
    }
}

fn names<'a>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, IString<'a>>, Failed> {
    let depth = cursor.deeper()?;
    cursor.space()?;
    Ok(List::wire(cursor.list()?, depth))
}

impl fmt::Debug for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:?}", mailwire_core::Escaped(self.part), self.text)
    }
}

/// `<n>` behind a section.
pub(crate) fn origin(cursor: &mut Cursor<'_, '_>) -> Result<Option<u64>, Failed> {
    if !cursor.eat(b'<') {
        return Ok(None);
    }
    let origin = cursor.number("an offset")?;
    // Some servers repeat what was asked for: `<0.100>`.
    if cursor.eat(b'.') {
        cursor.number("a length")?;
        let at = cursor.at;
        cursor.report(ImapDefect::Extra, at);
    }
    cursor.expect(b'>', "`>`")?;
    Ok(Some(origin))
}

impl<'a> Element<'a> for Section<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        Section::take(cursor)
    }

    fn write(&self, out: &mut Out) {
        Section::write(self, out);
    }
}

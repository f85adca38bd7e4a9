//! Sections: the names IMAP has for the pieces of a message (RFC 9051 §6.4.5.1, RFC 3501 §6.4.5).
//!
//! ```text
//!  HEADER                  header block of the message
//!  TEXT                    its body                      multipart/mixed
//!  1                       first part                    text/plain
//!  1.MIME                  header block of the part
//!  2                       second part                   message/rfc822
//!  2.HEADER                header block of the message inside
//!  2.TEXT                  its body                      multipart/alternative
//!  2.1                     its first part                text/plain
//! ```

mod cut;
mod names;
mod place;

pub use names::SectionNames;
pub use place::Place;

use core::fmt;
use mailwire_core::{Class, Escaped, ParseError};

/// What stands in the brackets of `BODY[…]`: the name of a piece of a message.
///
/// ```text
/// section-spec    = section-msgtext / (section-part ["." section-text])
/// section-part    = nz-number *("." nz-number)
/// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
/// section-text    = section-msgtext / "MIME"
/// ```
///
/// (RFC 9051 §9.) Nothing at all is the whole message. Keywords may be of any case. Nothing is forgiven: a server that guesses
/// what was meant sends the wrong bytes.
///
/// What it names in a message, [`Message::section`](crate::Message::section) and
/// [`Message::part_by_section`](crate::Message::part_by_section) say; what a part is called, [`Part::place`](crate::Part::place).
///
/// # Examples
///
/// ```
/// use mailwire_message::{Parser, Section, SectionText};
///
/// let section = Section::parse(b"1.2.header.fields (From \"To\")")?;
/// assert_eq!(section.numbers().collect::<Vec<_>>(), [1, 2]);
/// let SectionText::HeaderFields(names) = section.text() else { panic!() };
/// assert!(names.iter().any(|name| *name == *b"To"));
///
/// let message = Parser::new().parse(b"Subject: a\r\nX-Mood: b\r\n\r\ntext");
/// let section = message.section(Section::parse(b"HEADER.FIELDS (SUBJECT)")?);
/// assert_eq!(section.as_deref(), Some(&b"Subject: a\r\n\r\n"[..]));
/// assert_eq!(Section::parse(b"1.0").unwrap_err().offset(), 2);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Section<'s> {
    /// Numbers with dots between them.
    numbers: &'s [u8],
    text: SectionText<'s>,
}

/// What of a part, or of the message in it, a [`Section`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionText<'s> {
    /// The body of the part; without a part, the whole message.
    Whole,
    /// `HEADER`: the header block of the message.
    Header,
    /// `HEADER.FIELDS`: the fields of these names.
    HeaderFields(SectionNames<'s>),
    /// `HEADER.FIELDS.NOT`: the fields of other names.
    HeaderFieldsNot(SectionNames<'s>),
    /// `TEXT`: the body of the message.
    Text,
    /// `MIME`: the header block of the part.
    Mime,
}

impl<'s> Section<'s> {
    /// The whole message: `BODY[]`.
    pub const WHOLE: Self = Self { numbers: b"", text: SectionText::Whole };

    /// Reads the name of a section.
    ///
    /// # Errors
    ///
    /// [`ParseError`] at the first byte that the grammar does not allow, or at the number that is greater than
    /// 4,294,967,295.
    pub fn parse(spec: &'s [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        let mut numbers: &[u8] = b"";
        while spec.get(at).is_some_and(u8::is_ascii_digit) {
            let rest = spec.get(at..).unwrap_or_default();
            let len = Class::DIGIT.prefix_len(rest);
            if rest.first() == Some(&b'0') || number(rest.get(..len).unwrap_or_default()).is_none() {
                return Err(ParseError::new(spec, at, "a part number"));
            }
            numbers = spec.get(..at + len).unwrap_or_default();
            at += len;
            match spec.get(at) {
                None => return Ok(Self { numbers, text: SectionText::Whole }),
                Some(b'.') => at += 1,
                Some(_) => return Err(ParseError::new(spec, at, "`.`")),
            }
        }
        if spec.is_empty() {
            return Ok(Self::WHOLE);
        }
        let rest = spec.get(at..).unwrap_or_default();
        let word = rest.iter().position(|&byte| byte == b' ').unwrap_or(rest.len());
        let (keyword, list) = rest.split_at_checked(word).unwrap_or_default();
        let is = |known: &[u8]| keyword.eq_ignore_ascii_case(known);
        let names = || SectionNames::parse(list).map_err(|error| error.shifted(at + word));
        let text = if is(b"HEADER.FIELDS") {
            return Ok(Self { numbers, text: SectionText::HeaderFields(names()?) });
        } else if is(b"HEADER.FIELDS.NOT") {
            return Ok(Self { numbers, text: SectionText::HeaderFieldsNot(names()?) });
        } else if is(b"HEADER") {
            SectionText::Header
        } else if is(b"TEXT") {
            SectionText::Text
        } else if is(b"MIME") && !numbers.is_empty() {
            SectionText::Mime
        } else {
            let expected = if numbers.is_empty() {
                "a part number, `HEADER`, `HEADER.FIELDS`, `HEADER.FIELDS.NOT` or `TEXT`"
            } else {
                "a part number, `HEADER`, `HEADER.FIELDS`, `HEADER.FIELDS.NOT`, `TEXT` or `MIME`"
            };
            return Err(ParseError::new(spec, at, expected));
        };
        if list.is_empty() {
            Ok(Self { numbers, text })
        } else {
            Err(ParseError::new(spec, at + word, "the end of the section"))
        }
    }

    /// The numbers of the part, from the outside in; none for the message itself.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + use<'s> {
        self.numbers.split(|&byte| byte == b'.').filter_map(number)
    }

    /// What of the part it names.
    pub fn text(&self) -> SectionText<'s> {
        self.text
    }
}

impl fmt::Display for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Escaped(self.numbers))?;
        let (keyword, names) = match self.text {
            SectionText::Whole => return Ok(()),
            SectionText::Header => ("HEADER", None),
            SectionText::HeaderFields(names) => ("HEADER.FIELDS ", Some(names)),
            SectionText::HeaderFieldsNot(names) => ("HEADER.FIELDS.NOT ", Some(names)),
            SectionText::Text => ("TEXT", None),
            SectionText::Mime => ("MIME", None),
        };
        if !self.numbers.is_empty() {
            f.write_str(".")?;
        }
        f.write_str(keyword)?;
        names.map_or(Ok(()), |names| names.fmt(f))
    }
}

impl fmt::Debug for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({self})")
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    core::str::from_utf8(digits).ok()?.parse().ok()
}

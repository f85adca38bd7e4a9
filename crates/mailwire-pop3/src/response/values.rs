//! What is told of messages, of the maildrop, of languages.

use crate::Pop3Defect;
use crate::language::Language;
use crate::line::{Cursor, decimal};
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;
use mailwire_core::{Class, Escaped, LineText, ParseError, Sink};

/// The answer to `STAT`: how many messages there are, and of how many octets together.
///
/// Grammar: `nn SP mm`, perhaps more behind it ([RFC 1939 §5](https://www.rfc-editor.org/rfc/rfc1939#section-5)).
///
/// ```
/// use mailwire_pop3::response::DropListing;
///
/// let mut out = Vec::new();
/// DropListing::new(2, 320).encode(&mut out);
/// assert_eq!(out, b"+OK 2 320\r\n");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DropListing {
    messages: u64,
    octets: u64,
}

impl DropListing {
    /// So many messages of so many octets, CRLF line ends counted, stuffed dots not.
    pub fn new(messages: u64, octets: u64) -> Self {
        Self { messages, octets }
    }

    pub(super) fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let messages = cursor.number("a number of messages", &mut ())?;
        Ok(Self { messages, octets: cursor.number("a number of octets", &mut ())? })
    }

    /// How many messages.
    pub fn messages(self) -> u64 {
        self.messages
    }

    /// How many octets.
    pub fn octets(self) -> u64 {
        self.octets
    }

    /// Writes the positive answer, its CRLF included.
    pub fn encode(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+OK ");
        decimal(self.messages, out);
        out.push(b' ');
        decimal(self.octets, out);
        out.extend_from_slice(b"\r\n");
    }
}

/// A message and its size in octets.
///
/// Grammar: `message-number SP size`, perhaps more behind it ([RFC 1939
/// §5](https://www.rfc-editor.org/rfc/rfc1939#section-5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScanListing {
    message: NonZeroU32,
    octets: u64,
}

impl ScanListing {
    /// A message of so many octets, CRLF line ends counted, stuffed dots not.
    pub fn new(message: NonZeroU32, octets: u64) -> Self {
        Self { message, octets }
    }

    pub(super) fn parse(text: &[u8]) -> Result<Self, ParseError> {
        Self::parse_with(text, &mut ())
    }

    #[inline]
    pub(super) fn parse_with(text: &[u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let message = cursor.message_number(sink)?;
        let octets = cursor.number("a number of octets", sink)?;
        cursor.tolerant_end(sink);
        Ok(Self { message, octets })
    }

    /// The message.
    pub fn message(self) -> NonZeroU32 {
        self.message
    }

    /// How many octets it has.
    pub fn octets(self) -> u64 {
        self.octets
    }

    /// Writes a line of a listing, its CRLF included.
    pub fn encode(self, out: &mut Vec<u8>) {
        decimal(u64::from(self.message.get()), out);
        out.push(b' ');
        decimal(self.octets, out);
        out.extend_from_slice(b"\r\n");
    }

    /// Writes the positive answer to a `LIST` with a number.
    pub fn encode_status(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+OK ");
        self.encode(out);
    }
}

/// What tells a message from all others of its maildrop, for ever.
///
/// Grammar: 1 to 70 octets of printable ASCII without blanks ([RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7)).
/// Longer ones are read ([`LongUniqueId`](Pop3Defect::LongUniqueId)) and not made.
///
/// ```
/// use mailwire_pop3::response::UniqueId;
///
/// assert!(UniqueId::new(b"whqtswO00WBw418f9t5JxYwZ").is_ok());
/// assert!(UniqueId::new(b"").is_err() && UniqueId::new(b"a b").is_err() && UniqueId::new(&[b'a'; 71]).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UniqueId<'a>(&'a [u8]);

impl<'a> UniqueId<'a> {
    const MAX: usize = 70;

    /// Takes one.
    ///
    /// # Errors
    ///
    /// At the first octet that it can't have, if there is none, or behind the 70th.
    pub fn new(id: &'a [u8]) -> Result<Self, ParseError> {
        let len = Class::VCHAR.prefix_len(id);
        if len == 0 || len < id.len() {
            return Err(ParseError::new(id, len, "a unique-id"));
        }
        if len > Self::MAX {
            return Err(ParseError::too_long(Self::MAX, "a unique-id of at most 70 octets"));
        }
        Ok(Self(id))
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for UniqueId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for UniqueId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

/// A message and its unique-id.
///
/// Grammar: `message-number SP unique-id` ([RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UniqueIdListing<'a> {
    message: NonZeroU32,
    id: UniqueId<'a>,
}

impl<'a> UniqueIdListing<'a> {
    /// A message and its unique-id.
    pub fn new(message: NonZeroU32, id: UniqueId<'a>) -> Self {
        Self { message, id }
    }

    pub(super) fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(text, &mut ())
    }

    pub(super) fn parse_with(text: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let message = cursor.message_number(sink)?;
        let before = cursor;
        let word = cursor.word(sink);
        if word.is_empty() {
            return Err(before.behind_blanks("a unique-id"));
        }
        let id = match UniqueId::new(word) {
            Err(error) if error.is_too_long() => {
                sink.report(Pop3Defect::LongUniqueId, cursor.at - word.len()..cursor.at);
                UniqueId(word)
            }
            id => id.map_err(|error| cursor.in_word(word, error))?,
        };
        // An id cut at a blank could be the id of another message.
        cursor.end(sink)?;
        Ok(Self { message, id })
    }

    /// The message.
    pub fn message(self) -> NonZeroU32 {
        self.message
    }

    /// Its unique-id.
    pub fn id(self) -> UniqueId<'a> {
        self.id
    }

    /// Writes a line of a listing, its CRLF included.
    pub fn encode(self, out: &mut Vec<u8>) {
        decimal(u64::from(self.message.get()), out);
        out.push(b' ');
        out.extend_from_slice(self.id.0);
        out.extend_from_slice(b"\r\n");
    }

    /// Writes the positive answer to a `UIDL` with a number.
    pub fn encode_status(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+OK ");
        self.encode(out);
    }
}

/// A language and what it is called in itself; or the one that was chosen, and a sentence in it.
///
/// Grammar: `tag [SP text]` ([RFC 6856 §3.2](https://www.rfc-editor.org/rfc/rfc6856#section-3.2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LanguageListing<'a> {
    tag: Language<'a>,
    text: LineText<'a>,
}

impl<'a> LanguageListing<'a> {
    /// A language and words.
    pub fn new(tag: Language<'a>, text: LineText<'a>) -> Self {
        Self { tag, text }
    }

    pub(super) fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(text, &mut ())
    }

    pub(super) fn parse_with(text: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let word = cursor.word(sink);
        let tag = Language::new(word).map_err(|error| cursor.in_word(word, error))?;
        let rest = cursor.rest();
        let words = LineText::new(rest.strip_prefix(b" ").unwrap_or(rest));
        Ok(Self { tag, text: words.map_err(|error| error.shifted(cursor.at + 1))? })
    }

    /// The language.
    pub fn tag(self) -> Language<'a> {
        self.tag
    }

    /// The words.
    pub fn text(self) -> LineText<'a> {
        self.text
    }

    /// Writes a line of a listing, its CRLF included.
    pub fn encode(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.tag.as_bytes());
        if !self.text.as_bytes().is_empty() {
            out.push(b' ');
            out.extend_from_slice(self.text.as_bytes());
        }
        out.extend_from_slice(b"\r\n");
    }

    /// Writes the positive answer to a `LANG` with a language.
    pub fn encode_status(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+OK ");
        self.encode(out);
    }
}

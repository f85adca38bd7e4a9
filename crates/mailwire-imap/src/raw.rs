//! What is kept as it came.

use crate::ImapDefect;
use crate::class::Class;
use crate::cursor::{Cursor, Failed};
use crate::list::Element;
use crate::out::Out;
use core::fmt;
use core::ops::Range;
use mailwire_core::{Escaped, LineText, ParseError};

/// One value that this crate gives no meaning: a word, a string, or a list with all that is in it (`tagged-ext-val` of RFC 4466). It
/// is written as it came.
///
/// ```
/// use mailwire_imap::raw::Raw;
///
/// assert_eq!(Raw::new(b"(\"a b\" 7)")?.as_bytes(), b"(\"a b\" 7)");
/// assert!(Raw::new(b"two words").is_err() && Raw::new(b"(open").is_err() && Raw::new(b"{7}").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Raw<'a>(&'a [u8]);

/// How deep a list may nest that is made by hand: a reader has more levels than that left wherever one can stand.
const DEPTH: u8 = 32;

impl<'a> Raw<'a> {
    /// Takes one value in strict grammar. Nothing that is made by hand has a literal in it.
    ///
    /// # Errors
    ///
    /// Where it is no value, or more than one.
    pub fn new(value: &'a [u8]) -> Result<Self, ParseError> {
        LineText::new(value)?;
        let mut odd = None;
        let mut sink = |defect: ImapDefect, range: Range<usize>| {
            odd.get_or_insert((defect, range.start));
        };
        let mut cursor = Cursor::new(value, DEPTH, &mut sink);
        let read = if matches!(cursor.peek(), Some(b'(' | b'"')) {
            Self::take(&mut cursor).map(|_| ())
        } else {
            cursor.run(Class::LIST, "a value").map(|_| ())
        };
        let read = read.and_then(|()| cursor.end());
        cursor.explained(read)?;
        match odd {
            None => Ok(Self(value)),
            Some((_, at)) => Err(ParseError::new(value, at, "a value in strict grammar")),
        }
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Element<'a> for Raw<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        match cursor.rest() {
            [b'(', ..] => cursor.list().map(|_| ())?,
            [b'"' | b'{', ..] | [b'~', b'{', ..] => cursor.string().map(|_| ())?,
            _ => cursor.run(Class::WORD, "a value").map(|_| ())?,
        }
        Ok(Self(cursor.since(start)))
    }

    fn write(&self, out: &mut Out) {
        out.verbatim(self.0);
    }
}

/// A name and a value that this crate gives no meaning.
///
/// ```
/// use mailwire_imap::raw::{Other, Raw};
///
/// let other = Other::new(b"X-GUID", Raw::new(b"(\"1f\")")?)?;
/// assert!(other.is("x-guid"));
/// assert!(Other::new(b"UIDNEXT", Raw::new(b"7")?).is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Other<'a> {
    name: &'a [u8],
    value: Raw<'a>,
}

impl<'a> Other<'a> {
    /// Takes an atom that names nothing known in FETCH, STATUS or ESEARCH, and its value.
    ///
    /// # Errors
    ///
    /// Where the name is no atom, and where it has a meaning.
    pub fn new(name: &'a [u8], value: Raw<'a>) -> Result<Self, ParseError> {
        crate::word::atom(name)?;
        if KNOWN.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name)) {
            return Err(ParseError::new(name, 0, "a name without a meaning"));
        }
        Ok(Self { name, value })
    }

    pub(crate) fn take(name: &'a [u8], cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        Ok(Self { name, value: Raw::take(cursor)? })
    }

    /// The name.
    pub fn name(self) -> &'a [u8] {
        self.name
    }

    /// The value.
    pub fn value(self) -> Raw<'a> {
        self.value
    }

    /// Whether it is called `name`, whatever the case.
    pub fn is(self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    pub(crate) fn write(self, out: &mut Out) {
        out.raw(self.name);
        out.byte(b' ');
        out.verbatim(self.value.0);
    }
}

impl fmt::Debug for Other<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Escaped(self.name), Escaped(self.value.0))
    }
}

/// What has a meaning in FETCH, STATUS or ESEARCH.
const KNOWN: &[&str] = &[
    "ALL",
    "APPENDLIMIT",
    "BINARY",
    "BINARY.SIZE",
    "BODY",
    "BODYSTRUCTURE",
    "COUNT",
    "DELETED",
    "DELETED-STORAGE",
    "EMAILID",
    "ENVELOPE",
    "FLAGS",
    "HIGHESTMODSEQ",
    "INTERNALDATE",
    "MAILBOXID",
    "MAX",
    "MESSAGES",
    "MIN",
    "MODSEQ",
    "PARTIAL",
    "PREVIEW",
    "RECENT",
    "RFC822",
    "RFC822.HEADER",
    "RFC822.SIZE",
    "RFC822.TEXT",
    "SAVEDATE",
    "SIZE",
    "THREADID",
    "UID",
    "UIDNEXT",
    "UIDVALIDITY",
    "UNSEEN",
    "X-GM-LABELS",
    "X-GM-MSGID",
    "X-GM-THRID",
];

/// The word that a text begins with.
pub(crate) fn first_word(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b' ' | b'(' | b'\r')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// What is left of a text, whatever its grammar.
pub(crate) fn rest<'a>(cursor: &mut Cursor<'a, '_>, start: usize) -> &'a [u8] {
    cursor.at = start;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'"' => cursor.skip_value(),
            b'{' => {
                let at = cursor.at;
                if cursor.literal().is_err() {
                    cursor.at = at + 1;
                }
            }
            _ => cursor.at += 1,
        }
    }
    cursor.since(start)
}

/// Takes text of a line that ends in no announcement of a literal, and that a reader takes to be what `is` says.
pub(crate) fn checked<'a>(
    text: &'a [u8],
    is: impl FnOnce(&mut Cursor<'a, '_>) -> Result<bool, Failed>,
) -> Result<&'a [u8], ParseError> {
    LineText::new(text)?;
    let mut odd = None;
    let mut sink = |_: ImapDefect, range: Range<usize>| {
        odd.get_or_insert(range.start);
    };
    let mut cursor = Cursor::new(text, DEPTH, &mut sink);
    let is = is(&mut cursor);
    let is = cursor.explained(is)?;
    if let Some(at) = odd {
        return Err(ParseError::new(text, at, "text in strict grammar"));
    }
    if text.ends_with(b"}") {
        return Err(ParseError::new(text, text.len() - 1, "no announcement of a literal"));
    }
    if is { Ok(text) } else { Err(ParseError::new(text, 0, "something without a meaning")) }
}

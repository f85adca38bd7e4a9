//! Which MIME a message follows (RFC 2045 §4).

use super::ValueDefect;
use super::cursor::Cursor;
use super::scan::range_in;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{ParseError, Sink};

/// The value of a MIME-Version field.
///
/// ```text
/// version := 1*DIGIT "." 1*DIGIT
/// ```
///
/// (RFC 2045 §4.) "Comments may be included": before, behind and around the dot.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::MimeVersion;
///
/// let version = MimeVersion::parse(b" 1.(produced by MetaSend Vx.x)0")?;
/// assert_eq!(version, MimeVersion::ONE);
/// assert_eq!(version.to_string(), "1.0");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MimeVersion {
    major: u32,
    minor: u32,
}

impl MimeVersion {
    /// 1.0, the only one there is.
    pub const ONE: Self = Self { major: 1, minor: 0 };

    /// Reads a version.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when there are no two numbers with a dot between them.
    pub fn parse(value: &[u8]) -> Result<Self, ParseError> {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong.
    ///
    /// # Errors
    ///
    /// That of [`parse`](Self::parse), reported to `sink` as well.
    pub fn parse_with(value: &[u8], sink: &mut impl Sink<ValueDefect>) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(value);
        let version = read(&mut cursor).map_err(|expected| {
            sink.report(ValueDefect::BadMimeVersion, range_in(value, trim(value)));
            ParseError::new(value, range_in(value, cursor.rest).start, expected)
        })?;
        cursor.skip(sink);
        if !cursor.rest.is_empty() {
            cursor.report(ValueDefect::MimeVersionJunk, trim(cursor.rest), sink);
        }
        Ok(version)
    }

    /// The number before the dot.
    pub fn major(self) -> u32 {
        self.major
    }

    /// The number behind the dot.
    pub fn minor(self) -> u32 {
        self.minor
    }
}

/// Reads the two numbers, or says what is not there.
fn read(cursor: &mut Cursor<'_>) -> Result<MimeVersion, &'static str> {
    cursor.skip(&mut ());
    let major = number(cursor)?;
    cursor.skip(&mut ());
    if !cursor.eat(b'.') {
        return Err("`.`");
    }
    cursor.skip(&mut ());
    let minor = number(cursor)?;
    Ok(MimeVersion { major, minor })
}

/// A number; what is none stays in front.
fn number(cursor: &mut Cursor<'_>) -> Result<u32, &'static str> {
    let mut behind = *cursor;
    let number = behind.number().ok_or("a number")?;
    *cursor = behind;
    Ok(number)
}

impl fmt::Display for MimeVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

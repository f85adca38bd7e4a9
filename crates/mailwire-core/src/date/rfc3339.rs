//! Dates as RFC 3339 writes them: how they are stored and exchanged, whatever the mail had.

use super::DateTime;
use crate::{Class, ParseError};
use core::str::FromStr;

/// Reads what `Display` writes, and every other date-time of RFC 3339.
///
/// ```text
/// date-time = full-date "T" partial-time time-offset
/// ```
///
/// (§5.6.) `T` and `Z` may be in lower case, and a space may stand for `T`. Fractions of a second are left out. An offset of
/// `-00:00` is an unknown one (§4.3).
///
/// ```
/// use mailwire_core::DateTime;
///
/// let date: DateTime = "1997-11-21T09:55:06-06:00".parse()?;
/// assert_eq!(date.to_string(), "1997-11-21T09:55:06-06:00");
/// let error = "1997-11-21".parse::<DateTime>().unwrap_err();
/// assert_eq!(error.to_string(), "expected `T` at byte 10, found end of line");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut cursor = Cursor { text: text.as_bytes(), at: 0 };
        let year = cursor.number(4)?;
        cursor.skip(b"-", "`-`")?;
        let month = cursor.two_digits()?;
        cursor.skip(b"-", "`-`")?;
        let day = cursor.two_digits()?;
        cursor.skip(b"Tt ", "`T`")?;
        let hour = cursor.two_digits()?;
        cursor.skip(b":", "`:`")?;
        let minute = cursor.two_digits()?;
        cursor.skip(b":", "`:`")?;
        let second = cursor.two_digits()?;
        if cursor.skip(b".", "").is_ok() {
            cursor.number(1)?;
            cursor.at += Class::DIGIT.prefix_len(cursor.rest());
        }
        let (offset, is_known) = cursor.offset()?;
        if !cursor.rest().is_empty() {
            return Err(cursor.expected("the end of the date"));
        }
        let date = Self::new(year, month, day, hour, minute, second, offset);
        let date = date.ok_or_else(|| ParseError::new(text.as_bytes(), 0, "a date that exists"))?;
        Ok(if is_known { date } else { date.with_unknown_offset() })
    }
}

struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn expected(&self, what: &'static str) -> ParseError {
        ParseError::new(self.text, self.at, what)
    }

    /// Takes one of these bytes.
    fn skip(&mut self, bytes: &[u8], expected: &'static str) -> Result<u8, ParseError> {
        let found = self.rest().first().filter(|byte| bytes.contains(byte));
        let found = *found.ok_or_else(|| self.expected(expected))?;
        self.at += 1;
        Ok(found)
    }

    /// Takes a number of so many digits, four at most.
    fn number(&mut self, digits: usize) -> Result<u16, ParseError> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 10 + u16::from(self.skip(b"0123456789", "a digit")? - b'0');
        }
        Ok(value)
    }

    fn two_digits(&mut self) -> Result<u8, ParseError> {
        // Two digits are below 100.
        Ok(u8::try_from(self.number(2)?).unwrap_or(u8::MAX))
    }

    /// Takes the offset: minutes east of UTC, and whether they are known.
    fn offset(&mut self) -> Result<(i16, bool), ParseError> {
        let sign = self.skip(b"Zz+-", "an offset from UTC")?;
        if matches!(sign, b'Z' | b'z') {
            return Ok((0, true));
        }
        let hours = i16::from(self.two_digits()?);
        self.skip(b":", "`:`")?;
        let start = self.at;
        let minutes = i16::from(self.two_digits()?);
        if minutes >= 60 {
            return Err(ParseError::new(self.text, start, "minutes below 60"));
        }
        let offset = hours * 60 + minutes;
        Ok(if sign == b'-' { (-offset, offset != 0) } else { (offset, true) })
    }
}

/// A string, as [`Display`](core::fmt::Display) writes it: in every format the same.
#[cfg(feature = "serde")]
impl serde::Serialize for DateTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for DateTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = DateTime;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a date and time of RFC 3339")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<DateTime, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    #[test]
    fn what_is_written_is_read_again() {
        for offset in [-5999, -721, -60, -1, 0, 1, 330, 5999] {
            for (month, day, hour, second) in [(1, 1, 0, 0), (12, 31, 23, 60), (2, 29, 12, 59)] {
                let date = DateTime::new(2024, month, day, hour, 59, second, offset).unwrap();
                assert_eq!(date.to_string().parse(), Ok(date));
                let unknown = date.with_unknown_offset();
                assert_eq!(unknown.to_string().parse(), Ok(unknown));
            }
        }
    }

    #[test]
    fn other_spellings() {
        let date = DateTime::new(1985, 4, 12, 23, 20, 50, 0).unwrap();
        for text in
            ["1985-04-12T23:20:50.52Z", "1985-04-12t23:20:50z", "1985-04-12 23:20:50.0000000001+00:00"]
        {
            assert_eq!(text.parse(), Ok(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_says_where() {
        let whole = "1985-04-12T23:20:50.5+01:30";
        for (len, _) in whole.char_indices() {
            let error = whole.get(..len).unwrap().parse::<DateTime>().unwrap_err();
            assert!(error.offset() <= len && error.found().is_none(), "{len}: {error}");
        }
        for (text, error) in [
            ("1985-13-12T23:20:50Z", "expected a date that exists at byte 0, found `1`"),
            ("1985-04-12T23:20:50Z ", "expected the end of the date at byte 20, found ` `"),
            ("1985-04-12T23:20:50.Z", "expected a digit at byte 20, found `Z`"),
            ("1985-04-12T23:20:50+01:60", "expected minutes below 60 at byte 23, found `6`"),
            ("85-04-12T23:20:50Z", "expected a digit at byte 2, found `-`"),
            ("１985-04-12T23:20:50Z", "expected a digit at byte 0, found `\\xef`"),
        ] {
            let found: Result<DateTime, ParseError> = text.parse();
            assert_eq!(found.map_err(|error| error.to_string()), Err(String::from(error)));
        }
    }
}

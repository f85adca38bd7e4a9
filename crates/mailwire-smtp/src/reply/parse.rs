//! Reads a reply.

use super::{Code, EnhancedCode, Reply, clean_reply};
use crate::leniency::BareLf;
use crate::{Leniency, Limits, SmtpDefect};
use core::ops::Range;
use mailwire_core::{Class, ParseError, Sink};
use memchr::memchr;

/// What a line of a reply may have without being a defect, its end included (RFC 5321 §4.5.3.1.5).
pub(super) const LINE: usize = 512;

impl<'a> Reply<'a> {
    /// Reads a whole reply, all of its lines, the last with or without its CRLF.
    ///
    /// Taken although the grammar has no place for it, since servers send it: other codes on other lines, no text, no space
    /// behind the code, a second digit above 5, octets above 127, controls other than CR, LF and NUL, long lines.
    ///
    /// # Errors
    ///
    /// At the first octet that no reply can have there: no code, a code below 200 or above 599, no space behind it (`250OK`), CR
    /// or NUL in the text, a bare LF; at the end if the last line announces another; at the line behind the last one.
    ///
    /// ```
    /// use mailwire_smtp::Reply;
    ///
    /// let error = Reply::parse(b"250OK\r\n").unwrap_err();
    /// assert_eq!(error.to_string(), "expected a space or `-` at byte 3, found `O`");
    /// ```
    pub fn parse(raw: &'a [u8]) -> Result<Self, ParseError> {
        match clean_reply(raw, &Limits::DEFAULT) {
            Some(reply) => Ok(reply),
            None => Self::parse_with(raw, &Leniency::default(), &mut ()),
        }
    }

    /// The same, telling `sink` what was forgiven, with ranges in octets from the start of `raw`.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse), but that `leniency` may take a bare LF for a line's end.
    ///
    /// ```
    /// use mailwire_smtp::{Code, Leniency, Reply, SmtpDefect};
    ///
    /// let mut found = Vec::new();
    /// let raw = b"220-mx.example.org\r\n521 no mail here\r\n";
    /// let reply = Reply::parse_with(raw, &Leniency::default(), &mut |kind, range| found.push((kind, range)))?;
    /// assert_eq!(reply.code(), Code::HOST_TAKES_NO_MAIL);
    /// assert_eq!(found, [(SmtpDefect::MixedCodes, 20..23)]);
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse_with(
        raw: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<SmtpDefect>,
    ) -> Result<Self, ParseError> {
        let mut at = 0;
        let mut digits = None;
        let mut enhanced = None;
        loop {
            let rest = raw.get(at..).unwrap_or_default();
            let found = memchr(b'\n', rest);
            let text = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            let text = match text {
                [text @ .., b'\r'] if found.is_some() => text,
                _ if found.is_some() => {
                    let lf = at + text.len();
                    if leniency.bare_lf != BareLf::EndsLine {
                        return Err(ParseError::new(raw, lf, "a carriage return"));
                    }
                    sink.report(SmtpDefect::BareLf, lf..lf + 1);
                    text
                }
                _ => text,
            };
            let line = Line::read(text).map_err(|error| error.shifted(at))?;
            if !is_printable(text) {
                look(text, at, sink)?;
            }
            line.report(text, at, digits, enhanced, sink);
            digits = Some(line.digits);
            enhanced = line.enhanced.or(enhanced);
            let next = found.map_or(raw.len(), |found| at + found + 1);
            match (line.goes_on, next < raw.len()) {
                (true, true) => at = next,
                (true, false) => return Err(ParseError::new(raw, raw.len(), "another line of the reply")),
                (false, true) => return Err(ParseError::new(raw, next, "the end of the reply")),
                (false, false) => {
                    let enhanced = enhanced.filter(|enhanced| enhanced.suits(line.code));
                    let raw = raw.get(..at + text.len()).unwrap_or(raw);
                    return Ok(Self { raw, code: line.code, enhanced });
                }
            }
        }
    }
}

/// Whether another line belongs to the reply that this line is of.
#[inline]
pub(crate) fn goes_on(line: &[u8]) -> bool {
    matches!(line, [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..])
}

/// What one line says.
struct Line {
    digits: [u8; 3],
    code: Code,
    goes_on: bool,
    enhanced: Option<EnhancedCode>,
    /// An enhanced code of another class stands in the text.
    foreign: Option<usize>,
}

impl Line {
    #[inline]
    fn read(line: &[u8]) -> Result<Self, ParseError> {
        let Some((&digits, rest)) = line.split_first_chunk::<3>() else { return Err(no_code(line)) };
        let Some(code) = Code::of_digits(digits) else { return Err(no_code(line)) };
        let (goes_on, text) = match rest {
            [b' ', text @ ..] => (false, text),
            [b'-', text @ ..] => (true, text),
            [] => (false, rest),
            _ => return Err(ParseError::new(line, 3, "a space or `-`")),
        };
        let (enhanced, foreign) = match EnhancedCode::parse_prefix(text) {
            Some((enhanced, _)) if enhanced.suits(code) => (Some(enhanced), None),
            Some((_, len)) => (None, Some(len)),
            None => (None, None),
        };
        Ok(Self { digits, code, goes_on, enhanced, foreign })
    }

    #[inline]
    fn report(
        &self,
        line: &[u8],
        at: usize,
        digits: Option<[u8; 3]>,
        enhanced: Option<EnhancedCode>,
        sink: &mut impl Sink<SmtpDefect>,
    ) {
        let code = at..at + 3;
        if digits.is_some_and(|digits| digits != self.digits) {
            sink.report(SmtpDefect::MixedCodes, code.clone());
        }
        if self.digits[1] > b'5' {
            sink.report(SmtpDefect::OddCode, code);
        }
        // A challenge may be empty (RFC 4954 §4), but not without the space.
        let least = if self.code == Code::CHALLENGE { 4 } else { 5 };
        if !self.goes_on && line.len() < least {
            sink.report(SmtpDefect::MissingText, at + 3..at + line.len());
        }
        if let Some(len) = self.foreign {
            sink.report(SmtpDefect::ForeignEnhancedCode, at + 4..at + 4 + len);
        }
        if let (Some(before), Some(now)) = (enhanced, self.enhanced)
            && before != now
        {
            sink.report(SmtpDefect::MixedEnhancedCodes, at + 4..at + line.len());
        }
        if line.len() + 2 > LINE && self.code != Code::CHALLENGE {
            sink.report(SmtpDefect::LongReplyLine, at..at + line.len());
        }
    }
}

#[cold]
fn no_code(line: &[u8]) -> ParseError {
    let digits = line.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let at = if digits == 3 { 0 } else { digits };
    ParseError::new(line, at, "a reply code from 200 to 599")
}

/// Whether there is nothing in a line but printable ASCII. One pass without a branch an octet.
#[inline]
fn is_printable(line: &[u8]) -> bool {
    !line.iter().fold(false, |odd, byte| odd | (byte.wrapping_sub(b' ') > b'~' - b' '))
}

/// Reports what is not printable in a line that begins at `at`; CR and NUL are errors.
#[cold]
fn look(line: &[u8], at: usize, sink: &mut impl Sink<SmtpDefect>) -> Result<(), ParseError> {
    if let Some(found) = line.iter().position(|byte| matches!(byte, b'\r' | 0)) {
        return Err(ParseError::new(line, found, "a character of a line").shifted(at));
    }
    let span = |is: fn(u8) -> bool| -> Option<Range<usize>> {
        let first = line.iter().position(|&byte| is(byte))?;
        let last = line.iter().rposition(|&byte| is(byte))?;
        Some(at + first..at + last + 1)
    };
    if let Some(range) = span(|byte| Class::CTL.contains(byte) && byte != b'\t') {
        sink.report(SmtpDefect::TextControl, range);
    }
    if let Some(range) = span(|byte| Class::HIGH.contains(byte)) {
        sink.report(SmtpDefect::TextEightBit, range);
    }
    Ok(())
}

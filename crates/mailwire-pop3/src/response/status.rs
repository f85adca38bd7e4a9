//! Status lines.

use super::{ApopChallenge, DropListing, LanguageListing, ResponseCode, ScanListing, UniqueIdListing};
use crate::line::content;
use crate::{Leniency, Pop3Defect};
use alloc::vec::Vec;
use mailwire_core::{LineText, ParseError, Sink};

/// How a command went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no third")]
pub enum Indicator {
    /// `+OK`
    Ok,
    /// `-ERR`
    Err,
}

impl Indicator {
    /// The one that a line begins with, in any case.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        match line {
            [b'+', b'O' | b'o', b'K' | b'k', ..] => Some(Self::Ok),
            [b'-', b'E' | b'e', b'R' | b'r', b'R' | b'r', ..] => Some(Self::Err),
            _ => None,
        }
    }

    fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Ok => b"+OK",
            Self::Err => b"-ERR",
        }
    }
}

/// A status line: how it went, perhaps why, and words for people.
///
/// Grammar: `single-line` and `greeting` of [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3). What some commands
/// are answered in the words is read when asked for; the place of an error counts from the start of [`text`](Self::text).
///
/// ```
/// use mailwire_pop3::response::{ResponseCode, Status};
///
/// let status = Status::parse(b"-ERR [IN-USE] Do you have another POP session running?\r\n")?;
/// assert!(!status.is_ok());
/// assert_eq!(status.code(), Some(ResponseCode::IN_USE));
///
/// let status = Status::parse(b"+OK 2 320\r\n")?;
/// assert_eq!(status.drop_listing()?.octets(), 320);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status<'a> {
    indicator: Indicator,
    code: Option<ResponseCode<'a>>,
    text: LineText<'a>,
}

impl<'a> Status<'a> {
    /// `+OK` and words. A response code at their front is one: foreign words should not be the first ones.
    pub fn ok(text: LineText<'a>) -> Self {
        Self::new(Indicator::Ok, text)
    }

    /// `-ERR` and words; the same holds for them.
    pub fn err(text: LineText<'a>) -> Self {
        Self::new(Indicator::Err, text)
    }

    /// The same with a response code before the words.
    #[must_use]
    pub fn with_code(self, code: ResponseCode<'a>) -> Self {
        Self { code: Some(code), ..self }
    }

    fn new(indicator: Indicator, text: LineText<'a>) -> Self {
        let (code, text) = match ResponseCode::at_front_of(text) {
            Some((code, text)) => (Some(code), text),
            None => (None, text),
        };
        Self { indicator, code, text }
    }

    /// Reads a line, with or without its CRLF.
    ///
    /// # Errors
    ///
    /// If it begins with neither indicator, or at the first CR, LF or NUL.
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(line, &Leniency::default(), &mut ())
    }

    /// The same, with what is forgiven and where.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with(
        line: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Self, ParseError> {
        let line = content(line, *leniency, sink);
        let Some(indicator) = Indicator::of(line) else {
            return Err(ParseError::new(line, 0, "`+OK` or `-ERR`"));
        };
        let (written, rest) = line.split_at_checked(indicator.as_bytes().len()).unwrap_or_default();
        if written != indicator.as_bytes() {
            sink.report(Pop3Defect::LowerCaseStatus, 0..written.len());
        }
        let text = match rest {
            [] => rest,
            [b' ', text @ ..] => text,
            [b'\t', text @ ..] => {
                sink.report(Pop3Defect::OddBlank, written.len()..written.len() + 1);
                text
            }
            _ => {
                sink.report(Pop3Defect::NoBlank, written.len()..written.len());
                rest
            }
        };
        let text = LineText::new(text).map_err(|error| error.shifted(line.len() - text.len()))?;
        Ok(Self::new(indicator, text))
    }

    /// How it went.
    pub fn indicator(&self) -> Indicator {
        self.indicator
    }

    /// Whether it went well.
    pub fn is_ok(&self) -> bool {
        self.indicator == Indicator::Ok
    }

    /// Why, in a word for programs (RFC 2449 §8).
    pub fn code(&self) -> Option<ResponseCode<'a>> {
        self.code
    }

    /// The words, without the response code.
    pub fn text(&self) -> LineText<'a> {
        self.text
    }

    /// The challenge for APOP in the words of a greeting, if there is a good one.
    pub fn apop_challenge(&self) -> Option<ApopChallenge<'a>> {
        ApopChallenge::in_text(self.text.as_bytes())
    }

    /// The words as the answer to `STAT`.
    ///
    /// # Errors
    ///
    /// At the first octet that no drop listing can have there.
    pub fn drop_listing(&self) -> Result<DropListing, ParseError> {
        DropListing::parse(self.text.as_bytes())
    }

    /// The words as the answer to `LIST` with a number.
    ///
    /// # Errors
    ///
    /// At the first octet that no scan listing can have there.
    pub fn scan_listing(&self) -> Result<ScanListing, ParseError> {
        ScanListing::parse(self.text.as_bytes())
    }

    /// The words as the answer to `UIDL` with a number.
    ///
    /// # Errors
    ///
    /// At the first octet that no unique-id listing can have there.
    pub fn unique_id_listing(&self) -> Result<UniqueIdListing<'a>, ParseError> {
        UniqueIdListing::parse(self.text.as_bytes())
    }

    /// The words as the answer to `LANG` with a language: the tag of the one that was chosen, and a sentence in it.
    ///
    /// # Errors
    ///
    /// If there is no tag.
    pub fn language_listing(&self) -> Result<LanguageListing<'a>, ParseError> {
        LanguageListing::parse(self.text.as_bytes())
    }

    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.indicator.as_bytes());
        if let Some(code) = self.code {
            out.extend_from_slice(b" [");
            out.extend_from_slice(code.as_bytes());
            out.push(b']');
        }
        if !self.text.as_bytes().is_empty() {
            out.push(b' ');
            out.extend_from_slice(self.text.as_bytes());
        }
        out.extend_from_slice(b"\r\n");
    }
}

//! Reads commands.

use super::{Attributes, Command, Digest, Name, Password, Unknown};
use crate::language::Language;
use crate::leniency::EqualsSign;
use crate::line::{Cursor, WORD, content};
use crate::sasl::{Base64, Mechanism, SaslLine, base64};
use crate::{Leniency, Pop3Defect};
use core::ops::Range;
use mailwire_core::{Class, LineText, ParseError, Sink};

impl<'a> Command<'a> {
    /// Reads a line, with or without its CRLF.
    ///
    /// # Errors
    ///
    /// At the first octet that the command can't have there.
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
        let mut cursor = Cursor::new(content(line, *leniency, sink));
        let length = WORD.prefix_len(cursor.text);
        let word = cursor.text.get(..length).unwrap_or_default();
        if word.is_empty() {
            return Err(cursor.error("a command"));
        }
        cursor.at = length;
        if !matches!(cursor.rest(), [] | [b' ' | b'\t', ..]) {
            return Err(cursor.error("a blank or the end of the line"));
        }
        let command = match key(word) {
            key::USER => return user(cursor, sink),
            key::PASS => return pass(cursor),
            key::APOP => return apop(cursor, sink),
            key::AUTH => auth(&mut cursor, sink)?,
            key::STAT => Self::Stat,
            key::LIST => Self::List(cursor.optional_message_number(sink)?),
            key::UIDL => Self::Uidl(cursor.optional_message_number(sink)?),
            key::RETR => Self::Retr(cursor.message_number(sink)?),
            key::TOP => {
                let message = cursor.message_number(sink)?;
                Self::Top { message, lines: cursor.number("a number of lines", sink)? }
            }
            key::DELE => Self::Dele(cursor.message_number(sink)?),
            key::NOOP => Self::Noop,
            key::RSET => Self::Rset,
            key::QUIT => Self::Quit,
            key::CAPA => Self::Capa,
            key::STLS => Self::Stls,
            key::UTF8 => Self::Utf8,
            key::LANG => Self::Lang(language(&mut cursor, sink)?),
            key::LAST => Self::Last,
            _ if word.eq_ignore_ascii_case(b"XCLIENT") => return xclient(cursor, sink),
            _ => return unknown(cursor, word),
        };
        cursor.end(sink)?;
        Ok(command)
    }

    /// Reads a line inside of a SASL exchange, with or without its CRLF: [`Command::Sasl`].
    ///
    /// # Errors
    ///
    /// Where it is neither base64 nor a star alone.
    ///
    /// ```
    /// use mailwire_pop3::{Command, Leniency, sasl::SaslLine};
    ///
    /// let line = Command::parse_sasl(b"*\r\n", &Leniency::default(), &mut ())?;
    /// assert_eq!(line, Command::Sasl(SaslLine::Cancel));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse_sasl(
        line: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Self, ParseError> {
        let whole = content(line, *leniency, sink);
        let blanks = whole.iter().rev().take_while(|&&byte| Class::WSP.contains(byte)).count();
        let text = whole.get(..whole.len() - blanks).unwrap_or_default();
        if blanks > 0 {
            sink.report(Pop3Defect::TrailingBlank, text.len()..whole.len());
        }
        let response = match (text, leniency.equals_sign) {
            (b"*", _) => return Ok(Self::Sasl(SaslLine::Cancel)),
            (b"=", EqualsSign::Empty) => {
                sink.report(Pop3Defect::EqualsSign, 0..1);
                Base64::EMPTY
            }
            _ => base64(text, sink)?,
        };
        Ok(Self::Sasl(SaslLine::Response(response)))
    }
}

/// Whether the word is one that [`Command`] has a variant for.
pub(super) fn is_known(word: &[u8]) -> bool {
    key::ALL.contains(&key(word)) || word.eq_ignore_ascii_case(b"XCLIENT")
}

/// A word of three or four octets as one number, without case. Words have no controls in them, so that nothing but a small
/// letter or a digit becomes one.
#[inline]
fn key(word: &[u8]) -> u32 {
    match *word {
        [a, b, c, d] => u32::from_be_bytes([a, b, c, d]) | 0x2020_2020,
        [a, b, c] => u32::from_be_bytes([a, b, c, b' ']) | 0x2020_2020,
        _ => 0,
    }
}

mod key {
    macro_rules! keys {
        ($($name:ident = $word:literal,)*) => {
            $(pub(super) const $name: u32 = u32::from_be_bytes(*$word);)*
            pub(super) const ALL: &[u32] = &[$($name),*];
        };
    }

    keys! {
        USER = b"user",
        PASS = b"pass",
        APOP = b"apop",
        AUTH = b"auth",
        STAT = b"stat",
        LIST = b"list",
        UIDL = b"uidl",
        RETR = b"retr",
        TOP = b"top ",
        DELE = b"dele",
        NOOP = b"noop",
        RSET = b"rset",
        QUIT = b"quit",
        CAPA = b"capa",
        STLS = b"stls",
        UTF8 = b"utf8",
        LANG = b"lang",
        LAST = b"last",
    }
}

/// Everything behind the blanks behind the word, and its place, without the blanks at the end.
fn argument<'a>(cursor: Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> (&'a [u8], Range<usize>) {
    let rest = cursor.rest();
    let start = cursor.at + Class::WSP.prefix_len(rest);
    let blanks = rest.iter().rev().take_while(|&&byte| Class::WSP.contains(byte)).count();
    let end = (cursor.text.len() - blanks).max(start);
    if start < end && !(start == cursor.at + 1 && rest.first() == Some(&b' ')) {
        sink.report(Pop3Defect::OddBlank, cursor.at..start);
    }
    if end < cursor.text.len() {
        sink.report(Pop3Defect::TrailingBlank, end..cursor.text.len());
    }
    (cursor.text.get(start..end).unwrap_or_default(), start..end)
}

/// A sink for what begins `by` octets into the line.
fn shifted(sink: &mut impl Sink<Pop3Defect>, by: usize) -> impl FnMut(Pop3Defect, Range<usize>) {
    move |kind, range| sink.report(kind, range.start + by..range.end + by)
}

fn user<'a>(cursor: Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> Result<Command<'a>, ParseError> {
    let (name, place) = argument(cursor, sink);
    if name.is_empty() {
        return Err(cursor.behind_blanks("a name"));
    }
    let name = Name::parse_with(name, &mut shifted(sink, place.start));
    name.map(Command::User).map_err(|error| error.shifted(place.start))
}

fn pass(cursor: Cursor<'_>) -> Result<Command<'_>, ParseError> {
    let Some(password) = cursor.rest().strip_prefix(b" ") else {
        return Err(cursor.error("a space and a password"));
    };
    Password::new(password).map(Command::Pass).map_err(|error| error.shifted(cursor.at + 1))
}

fn apop<'a>(cursor: Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> Result<Command<'a>, ParseError> {
    let (both, place) = argument(cursor, sink);
    // A name may have blanks in it, the digest has none.
    let split = both.iter().rposition(|&byte| Class::WSP.contains(byte));
    let Some((front, digest)) = split.and_then(|at| both.split_at_checked(at)) else {
        return Err(ParseError::new(cursor.text, place.end, "a name, a space and a digest"));
    };
    let digest = digest.get(1..).unwrap_or_default();
    let digest_at = place.end - digest.len();
    let blanks = front.iter().rev().take_while(|&&byte| Class::WSP.contains(byte)).count();
    let name = front.get(..front.len() - blanks).unwrap_or_default();
    let between = place.start + name.len()..digest_at;
    if cursor.text.get(between.clone()) != Some(b" ") {
        sink.report(Pop3Defect::OddBlank, between);
    }
    let name = Name::parse_with(name, &mut shifted(sink, place.start))
        .map_err(|error| error.shifted(place.start))?;
    if digest.iter().any(u8::is_ascii_uppercase) {
        sink.report(Pop3Defect::UpperCaseDigest, digest_at..place.end);
    }
    let digest = Digest::new(digest).map_err(|error| error.shifted(digest_at))?;
    Ok(Command::Apop { name, digest })
}

fn auth<'a>(cursor: &mut Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> Result<Command<'a>, ParseError> {
    let word = cursor.word(sink);
    if word.is_empty() {
        return Ok(Command::Mechanisms);
    }
    let mechanism = Mechanism::new(word).map_err(|error| cursor.in_word(word, error))?;
    let initial = match cursor.word(sink) {
        b"" => None,
        b"=" => Some(Base64::EMPTY),
        text => {
            let at = cursor.at - text.len();
            let initial = base64(text, &mut shifted(sink, at));
            Some(initial.map_err(|error| error.shifted(at))?)
        }
    };
    Ok(Command::Auth { mechanism, initial })
}

fn language<'a>(
    cursor: &mut Cursor<'a>,
    sink: &mut impl Sink<Pop3Defect>,
) -> Result<Option<Language<'a>>, ParseError> {
    let word = cursor.word(sink);
    if word.is_empty() {
        return Ok(None);
    }
    Language::new(word).map(Some).map_err(|error| cursor.in_word(word, error))
}

fn xclient<'a>(cursor: Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> Result<Command<'a>, ParseError> {
    let (attributes, place) = argument(cursor, sink);
    let attributes = Attributes::new(attributes);
    attributes.map(Command::Xclient).map_err(|error| error.shifted(place.start))
}

fn unknown<'a>(cursor: Cursor<'a>, word: &'a [u8]) -> Result<Command<'a>, ParseError> {
    let (separator, arguments) = cursor.rest().split_at_checked(1).unwrap_or_default();
    let text = LineText::new(arguments).map_err(|error| error.shifted(cursor.at + separator.len()))?;
    Ok(Command::Unknown(Unknown::kept(word, text)))
}

//! Status responses and continuations.

use super::Code;
use crate::ImapDefect;
use crate::cursor::{Cursor, Failed};
use core::fmt;
use mailwire_core::{Class, Escaped, LineText};

/// How a command ended, or what a server says unasked (RFC 9051 §7.1).
#[derive(Clone, Copy, PartialEq)]
pub struct Status<'a> {
    condition: Condition,
    code: Option<Code<'a>>,
    text: &'a [u8],
}

/// The first word of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Condition {
    /// `OK`.
    Ok,
    /// `NO`: it could not be done.
    No,
    /// `BAD`: it was not understood.
    Bad,
    /// `BYE`: the server hangs up.
    Bye,
    /// `PREAUTH`: a greeting to somebody who is logged in already.
    PreAuth,
}

impl Condition {
    pub(crate) fn word(self) -> &'static [u8] {
        match self {
            Self::Ok => b"OK",
            Self::No => b"NO",
            Self::Bad => b"BAD",
            Self::Bye => b"BYE",
            Self::PreAuth => b"PREAUTH",
        }
    }
}

impl<'a> Status<'a> {
    /// A status. An empty text is written as the word of the condition, since `IMAP4rev1` wants one; what begins with `[` and has no
    /// code before it would be read as a code, and gets one space more.
    pub fn new(condition: Condition, code: Option<Code<'a>>, text: LineText<'a>) -> Self {
        Self { condition, code, text: text.as_bytes() }
    }

    /// How it ended.
    pub fn condition(&self) -> Condition {
        self.condition
    }

    /// The response code.
    pub fn code(&self) -> Option<Code<'a>> {
        self.code
    }

    /// The text for people; often empty, in spite of RFC 3501.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Whether the condition is OK.
    pub fn is_ok(&self) -> bool {
        self.condition == Condition::Ok
    }

    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let word = cursor.run(crate::class::Class::ATOM, "a status")?;
        let conditions = [Condition::Ok, Condition::No, Condition::Bad, Condition::Bye, Condition::PreAuth];
        let found = conditions.into_iter().find(|one| one.word().eq_ignore_ascii_case(word));
        let Some(condition) = found else { return Err(cursor.error_at(start, "a status")) };
        if !cursor.eat(b' ') && !cursor.is_end() {
            return Err(cursor.error("a space"));
        }
        let mut code = None;
        if cursor.peek() == Some(b'[') {
            code = Code::take(cursor);
            if code.is_some() && !cursor.eat(b' ') && !cursor.is_end() {
                let at = cursor.at;
                cursor.report(ImapDefect::MissingBlank, at);
            }
        }
        if cursor.is_end() {
            let at = cursor.at;
            cursor.report(ImapDefect::MissingText, at);
        }
        let text = cursor.rest();
        odd_text(cursor);
        cursor.at = cursor.text.len();
        Ok(Self { condition, code, text })
    }

    pub(super) fn write(&self, out: &mut crate::out::Out) {
        out.raw(self.condition.word());
        out.byte(b' ');
        if let Some(code) = self.code {
            code.write(out);
            out.byte(b' ');
        } else if self.text.starts_with(b"[") && !out.is_kept() {
            out.byte(b' ');
        }
        let missing = self.text.is_empty() && !out.is_kept();
        out.text(if missing { self.condition.word() } else { self.text });
        // Behind a list of charsets that is not closed a line may announce a literal.
        if matches!(self.code, Some(Code::Invalid(_))) { out.end() } else { out.crlf() }
    }
}

impl fmt::Debug for Status<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status")
            .field("condition", &self.condition)
            .field("code", &self.code)
            .field("text", &Escaped(self.text))
            .finish()
    }
}

/// Reports what no text of a line has.
fn odd_text(cursor: &mut Cursor<'_, '_>) {
    if let Some(odd) = memchr::memchr2(0, b'\r', cursor.rest()) {
        let at = cursor.at + odd;
        let defect = if cursor.text.get(at) == Some(&0) { ImapDefect::Nul } else { ImapDefect::BareCr };
        cursor.sink.report(defect, at..at + 1);
    }
}

/// `+ …`: the server is ready for more, or has a challenge (RFC 9051 §7.6).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Continuation<'a>(&'a [u8]);

impl<'a> Continuation<'a> {
    /// A continuation with a text or with base64.
    pub fn new(text: LineText<'a>) -> Self {
        Self(text.as_bytes())
    }

    /// What is behind the plus sign and the space: text for people, or base64.
    pub fn text(&self) -> &'a [u8] {
        self.0
    }

    /// Whether it is nothing but base64: a challenge, if one is due.
    pub fn may_be_challenge(&self) -> bool {
        self.0.iter().all(|&byte| Class::BASE64.contains(byte) || byte == b'=')
    }

    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Self {
        let start = cursor.at;
        if !cursor.eat(b' ') {
            let defect = if cursor.is_end() { ImapDefect::MissingText } else { ImapDefect::MissingBlank };
            cursor.report(defect, start);
        }
        let text = cursor.rest();
        odd_text(cursor);
        cursor.at = cursor.text.len();
        Self(text)
    }

    pub(super) fn write(&self, out: &mut crate::out::Out) {
        out.raw(b"+ ");
        out.text(self.0);
        out.crlf();
    }
}

impl fmt::Debug for Continuation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Continuation({} octets)", self.0.len())
    }
}

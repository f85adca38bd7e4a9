//! Replies: what a server says (RFC 5321 §4.2), with enhanced status codes (RFC 2034, RFC 3463).
//!
//! [`Reply`] is a reply as it came, borrowed, all of its lines. [`Answer`] is a reply to be written, made of checked
//! parts. [`ReplyBuf`] is a reply that outlives the buffer it came in.
//!
//! ```
//! use mailwire_smtp::{Code, EnhancedCode, Reply};
//!
//! let reply = Reply::parse(b"550-5.1.1 No such user,\r\n550 5.1.1 try another\r\n")?;
//! assert_eq!(reply.code(), Code::MAILBOX_UNAVAILABLE);
//! assert_eq!(reply.enhanced(), EnhancedCode::new(5, 1, 1));
//! assert_eq!(reply.text().to_string(), "No such user, try another");
//! # Ok::<(), mailwire_core::ParseError>(())
//! ```

mod answer;
mod clean;
mod code;
mod enhanced;
mod lines;
mod owned;
mod parse;
mod text;

pub use answer::Answer;
pub use code::{Code, ReplySeverity};
pub use enhanced::EnhancedCode;
pub use lines::{Lines, Text};
pub use owned::ReplyBuf;
pub use text::{ReplyText, ServerName};

pub(crate) use clean::{Most, clean, clean_reply};
pub(crate) use lines::cut_line;
pub(crate) use parse::goes_on;

use crate::SmtpDefect;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Escaped, Secret, frame::Value};

/// A whole reply, all of its lines, as it came.
///
/// ```text
/// Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
/// ```
///
/// ([RFC 5321 §4.2].) Two replies are equal if they say the same in the same lines; how their lines end makes no difference.
/// `Debug` and `Display` show no challenge of SASL (334).
///
/// [RFC 5321 §4.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
#[derive(Clone, Copy)]
pub struct Reply<'a> {
    /// Every line, each but the last with its end; what is in them has been checked.
    raw: &'a [u8],
    code: Code,
    enhanced: Option<EnhancedCode>,
}

impl<'a> Reply<'a> {
    /// The code. Where lines differ in it, which is a defect, that of the last line.
    #[inline]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The enhanced status code; where lines differ in it, the last. One whose class is not that of the reply's code is
    /// none: it stays in the text, and is a defect.
    #[inline]
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced
    }

    /// The text of each line, without code and enhanced code. There is at least one line; it may be empty.
    pub fn lines(&self) -> Lines<'a> {
        Lines::new(self.raw)
    }

    /// The text of all lines, joined with a space where it is shown: for a person.
    pub fn text(&self) -> Text<'a> {
        Text::new(*self)
    }

    /// The base64 that a 334 brings: the server's side of a SASL exchange. `None` for any other reply.
    ///
    /// RFC 4954 §4 wants one line; of several, this is the last.
    pub fn challenge(&self) -> Option<Secret<'a>> {
        (self.code == Code::CHALLENGE).then(|| Secret(self.lines().last().unwrap_or_default()))
    }

    /// What it announces, if it answers EHLO or LHLO. Of the answer to another command it makes no sense.
    #[inline]
    pub fn capabilities(&self) -> crate::Capabilities<'a> {
        crate::Capabilities::of(*self)
    }

    /// Writes it as it came, each line with its CRLF.
    pub fn encode(&self, out: &mut Vec<u8>) {
        for line in lines::whole(self.raw) {
            out.extend_from_slice(line);
            out.extend_from_slice(b"\r\n");
        }
    }

    /// The same, on its own.
    pub fn into_owned(self) -> ReplyBuf {
        ReplyBuf::new(self)
    }
}

impl PartialEq for Reply<'_> {
    fn eq(&self, other: &Self) -> bool {
        lines::whole(self.raw).eq(lines::whole(other.raw))
    }
}

impl Eq for Reply<'_> {}

impl fmt::Display for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(enhanced) = self.enhanced {
            write!(f, " {enhanced}")?;
        }
        let text = self.text();
        if text.is_empty() { Ok(()) } else { write!(f, " {text}") }
    }
}

impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.raw.get(..open(self.raw)).unwrap_or(self.raw);
        f.debug_tuple("Reply").field(&Escaped(open)).finish()
    }
}

impl Value for Reply<'_> {
    type Defect = SmtpDefect;

    fn open(raw: &[u8], _: Option<&Self>) -> usize {
        open(raw)
    }
}

/// How much of a reply a log may show: up to the first line that is a challenge, or that may be a mistyped one.
fn open(raw: &[u8]) -> usize {
    let mut at = 0;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        match line {
            [b'3', b'3', b'4', ..] => return (at + 4).min(raw.len()),
            [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', ..] => at += line.len(),
            _ => return at,
        }
    }
    at
}

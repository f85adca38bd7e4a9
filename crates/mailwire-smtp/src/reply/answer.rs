//! Writes a reply.

use super::{Code, EnhancedCode, ReplyText, ServerName};
use crate::Capability;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, ParseError, Secret};

/// A reply to be written, made of parts that have been checked: what is made of them can't hold another line.
///
/// Text that makes a line longer than 512 octets goes on in another line of the same reply (RFC 5321 §4.5.3.1.5). What
/// answers EHLO and what SASL challenges is never broken. An [enhanced code](Self::with_enhanced) stands on each line, and never
/// where RFC 2034 §4 has none: in a greeting, in the answer to HELO, EHLO or LHLO, with a 3yz code.
///
/// ```
/// use mailwire_smtp::{Answer, Code, EnhancedCode, ReplyText};
///
/// let mut out = Vec::new();
/// let text = ReplyText::new("no such mailbox")?;
/// let answer = Answer::new(Code::MAILBOX_UNAVAILABLE, text);
/// answer.with_enhanced(EnhancedCode::new(5, 1, 1).ok_or("no code")?).encode(&mut out);
/// assert_eq!(out, b"550 5.1.1 no such mailbox\r\n");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    code: Code,
    enhanced: Option<EnhancedCode>,
    body: Body<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body<'a> {
    Text { first: ReplyText<'a>, more: &'a [ReplyText<'a>] },
    Greeting { name: ServerName<'a>, text: Option<ReplyText<'a>>, capabilities: &'a [Capability<'a>] },
    Challenge(Secret<'a>),
}

/// What a line has at most, without its end (RFC 5321 §4.5.3.1.5).
const LINE: usize = 510;

impl<'a> Answer<'a> {
    /// A code and its text.
    ///
    /// A text that begins as an enhanced code does is read as one by the peer; say it with
    /// [`with_enhanced`](Self::with_enhanced).
    pub fn new(code: Code, text: ReplyText<'a>) -> Self {
        Self::lines(code, text, &[])
    }

    /// A code and several lines of text.
    pub fn lines(code: Code, first: ReplyText<'a>, more: &'a [ReplyText<'a>]) -> Self {
        Self { code, enhanced: None, body: Body::Text { first, more } }
    }

    /// 220, the first that a server says: its name, and what it likes to add. By custom that begins with `ESMTP`.
    pub fn greeting(name: ServerName<'a>, text: Option<ReplyText<'a>>) -> Self {
        Self { code: Code::READY, enhanced: None, body: Body::Greeting { name, text, capabilities: &[] } }
    }

    /// 250, the answer to HELO.
    pub fn helo(name: ServerName<'a>, text: Option<ReplyText<'a>>) -> Self {
        Self::ehlo(name, text, &[])
    }

    /// 250, the answer to EHLO or LHLO: the name, what it likes to add, and a line for each capability.
    pub fn ehlo(
        name: ServerName<'a>,
        text: Option<ReplyText<'a>>,
        capabilities: &'a [Capability<'a>],
    ) -> Self {
        Self { code: Code::OK, enhanced: None, body: Body::Greeting { name, text, capabilities } }
    }

    /// 334, a challenge of SASL, already in base64; it may be empty (RFC 4954 §4).
    ///
    /// # Errors
    ///
    /// At the first octet that is no digit of base64.
    pub fn challenge(base64: &'a [u8]) -> Result<Self, ParseError> {
        let digits = Class::BASE64.prefix_len(base64);
        let padding = base64.get(digits..).unwrap_or_default();
        if !matches!(padding, b"" | b"=" | b"==") {
            return Err(ParseError::in_secret(digits, "base64"));
        }
        Ok(Self { code: Code::CHALLENGE, enhanced: None, body: Body::Challenge(Secret(base64)) })
    }

    /// The same with an enhanced code. It is left out where there may be none, and if its class is not that of the code.
    #[must_use]
    pub fn with_enhanced(self, enhanced: EnhancedCode) -> Self {
        let may = matches!(self.body, Body::Text { .. }) && enhanced.suits(self.code);
        Self { enhanced: may.then_some(enhanced), ..self }
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The enhanced code, if there is one.
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced
    }

    /// Writes all of its lines.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self.body {
            Body::Text { first, more } => self.text(first, more, out),
            Body::Greeting { name, text, capabilities } => {
                self.front(if capabilities.is_empty() { b' ' } else { b'-' }, out);
                out.extend_from_slice(name.as_str().as_bytes());
                if let Some(text) = text {
                    out.push(b' ');
                    out.extend_from_slice(text.as_str().as_bytes());
                }
                out.extend_from_slice(b"\r\n");
                for (at, capability) in capabilities.iter().enumerate() {
                    self.front(if at + 1 == capabilities.len() { b' ' } else { b'-' }, out);
                    capability.encode(out);
                    out.extend_from_slice(b"\r\n");
                }
            }
            Body::Challenge(base64) => {
                self.front(b' ', out);
                out.extend_from_slice(base64.expose());
                out.extend_from_slice(b"\r\n");
            }
        }
    }

    fn text(&self, first: ReplyText<'a>, more: &[ReplyText<'a>], out: &mut Vec<u8>) {
        let mut more = more.iter().copied();
        let mut text = first.as_str();
        loop {
            let front = out.len();
            self.front(b'-', out);
            // A challenge in pieces is another challenge.
            let room = if self.code == Code::CHALLENGE { usize::MAX } else { LINE - (out.len() - front) };
            let (line, rest) = split(text, room);
            out.extend_from_slice(line.as_bytes());
            let next = if rest.is_empty() { more.next().map(ReplyText::as_str) } else { Some(rest) };
            if next.is_none()
                && let Some(separator) = out.get_mut(front + 3)
            {
                *separator = b' ';
            }
            out.extend_from_slice(b"\r\n");
            match next {
                Some(next) => text = next,
                None => return,
            }
        }
    }

    /// What stands before the text of each line.
    fn front(&self, separator: u8, out: &mut Vec<u8>) {
        digits(self.code.as_u16(), out);
        out.push(separator);
        if let Some(enhanced) = self.enhanced {
            out.extend_from_slice(&[b'0' + enhanced.class(), b'.']);
            digits(enhanced.subject(), out);
            out.push(b'.');
            digits(enhanced.detail(), out);
            out.push(b' ');
        }
    }
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut answer = f.debug_struct("Answer");
        answer.field("code", &self.code).field("enhanced", &self.enhanced);
        match self.body {
            Body::Text { .. } if self.code == Code::CHALLENGE => answer.finish_non_exhaustive(),
            body => answer.field("body", &body).finish(),
        }
    }
}

/// Cuts a text behind at most `room` octets: at the last space, which falls away, or else between two characters.
fn split(text: &str, room: usize) -> (&str, &str) {
    if text.len() <= room {
        return (text, "");
    }
    let spaces = text.bytes().take(room + 1).rposition(|byte| byte == b' ');
    if let Some((line, rest)) = spaces.filter(|&at| at > 0).and_then(|at| text.split_at_checked(at))
        && rest.len() > 1
    {
        return (line, rest.strip_prefix(' ').unwrap_or(rest));
    }
    let end = (1..=room).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn digits(number: u16, out: &mut Vec<u8>) {
    // Below 10 after the remainder, so the conversion can't fail.
    let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or(0);
    if number >= 100 {
        out.push(digit(number / 100));
    }
    if number >= 10 {
        out.push(digit(number / 10));
    }
    out.push(digit(number));
}

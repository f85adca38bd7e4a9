//! What a client says: one line each, from the verb to CRLF ([RFC 5321 §4.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1)).
//!
//! ```text
//!   MAIL FROM:<ann@example.com> SIZE=1000 BODY=8BITMIME CRLF
//!   ├──┤      ├───────────────┤ ├────────────────────┤
//!   verb      path              parameters, read when asked for
//! ```
//!
//! ```
//! use mailwire_smtp::{Command, Parameter};
//!
//! let Command::Mail(mail) = Command::parse(b"mail from:<ann@example.com> SIZE=1000\r\n")? else { panic!() };
//! assert_eq!(mail.path.to_string(), "<ann@example.com>");
//! assert_eq!(mail.parameters.iter().next(), Some(Ok(Parameter::Size(1000))));
//!
//! let mut line = Vec::new();
//! Command::Mail(mail).encode(&mut line);
//! assert_eq!(line, b"MAIL FROM:<ann@example.com> SIZE=1000\r\n");
//!
//! let error = Command::parse(b"MAIL FROM:<ann@example.com\r\n").unwrap_err();
//! assert_eq!(error.to_string(), "expected `>` at byte 26, found end of line");
//! # Ok::<(), mailwire_core::ParseError>(())
//! ```

mod attribute;
mod auth;
mod bdat;
mod clean;
mod encode;
mod envelope;
mod host;
mod parameter;
mod parse;
mod text;
mod unknown;
pub(crate) mod word;
mod xtext;

pub use attribute::{Attribute, AttributeValue, Attributes};
pub use auth::Auth;
pub use bdat::{Bdat, Chunk};
pub use envelope::{Mail, Rcpt};
pub use host::Host;
pub use mailwire_sasl::{Base64, Mechanism, SaslLine};
pub use parameter::{
    Body, By, ByMode, Envid, EsmtpValue, HoldFor, InvalidParameter, MtPriority, Notify, Orcpt, Parameter,
    Parameters, Ret, Rrvs, RrvsAction,
};
pub use text::CommandText;
pub use unknown::Unknown;
pub use word::Word;
pub use xtext::Xtext;

pub(crate) use clean::{clean, clean_line};
pub(crate) use parse::{announces_octets, is_known, may_announce_octets};

/// A command.
///
/// What is borrowed is a part of the line, or of whatever it was made from. Whatever can be made can be written, and what is
/// written is read again as the same by the strictest reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command<'a> {
    /// `HELO host` (RFC 5321 §4.1.1.1).
    Helo(Host<'a>),
    /// `EHLO host` (RFC 5321 §4.1.1.1).
    Ehlo(Host<'a>),
    /// `LHLO host`: the hello of LMTP (RFC 2033 §4.1).
    Lhlo(Host<'a>),
    /// `MAIL FROM:<path>` (RFC 5321 §4.1.1.2).
    Mail(Mail<'a>),
    /// `RCPT TO:<path>` (RFC 5321 §4.1.1.3).
    Rcpt(Rcpt<'a>),
    /// `DATA`: the body follows, if the server says so (RFC 5321 §4.1.1.4).
    Data,
    /// `BDAT size`: a piece of the body follows (RFC 3030 §2).
    Bdat(Bdat),
    /// `RSET` (RFC 5321 §4.1.1.5).
    Rset,
    /// `NOOP [text]` (RFC 5321 §4.1.1.9).
    Noop(Option<CommandText<'a>>),
    /// `QUIT` (RFC 5321 §4.1.1.10).
    Quit,
    /// `HELP [text]` (RFC 5321 §4.1.1.8).
    Help(Option<CommandText<'a>>),
    /// `VRFY text`: whether a mailbox exists (RFC 5321 §4.1.1.6); the text may end in ` SMTPUTF8` (RFC 6531 §3.7.4.2).
    Vrfy(CommandText<'a>),
    /// `EXPN text`: who is on a list (RFC 5321 §4.1.1.7).
    Expn(CommandText<'a>),
    /// `ETRN text`: send what waits for a host (RFC 1985).
    Etrn(CommandText<'a>),
    /// `STARTTLS` (RFC 3207).
    StartTls,
    /// `AUTH mechanism [initial-response]` (RFC 4954).
    Auth(Auth<'a>),
    /// A line inside of an authentication. Never read where a command is due.
    Sasl(SaslLine<'a>),
    /// `XCLIENT attributes`: a proxy says for whom it speaks (Postfix).
    Xclient(Attributes<'a>),
    /// `XFORWARD attributes`: a filter hands on where the mail is from (Postfix).
    Xforward(Attributes<'a>),
    /// `BURL text`: the body is fetched from a message store (RFC 4468).
    Burl(CommandText<'a>),
    /// `ATRN [text]`: turn around and send (RFC 2645).
    Atrn(Option<CommandText<'a>>),
    /// Anything else.
    Unknown(Unknown<'a>),
}

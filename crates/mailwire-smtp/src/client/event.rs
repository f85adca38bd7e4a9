//! What a server said, and to what.

use crate::{Reply, SmtpDefect};
use mailwire_core::Defects;

/// A reply of the server, and what it answers.
///
/// The machine has acted upon it already, and what follows from it is asked of the machine. It is there to be looked at, and
/// for the log: challenges of SASL are not shown.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ClientEvent<'b> {
    /// What it answers.
    pub to: ReplyTo,
    /// The reply.
    pub reply: Reply<'b>,
    /// What was forgiven in it.
    pub defects: Defects<SmtpDefect>,
}

/// What a reply answers. Each command has one, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplyTo {
    /// The connection: it is the greeting.
    Connection,
    /// EHLO, LHLO or HELO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// AUTH, or a response in an authentication.
    Auth,
    /// MAIL.
    Mail,
    /// RCPT for the recipient at this place in the envelope.
    Recipient(usize),
    /// DATA.
    Data,
    /// BDAT, but for the last one.
    Chunk,
    /// The end of the body.
    Body,
    /// The end of the body, for the recipient at this place in the envelope: in LMTP (RFC 2033 §4.2).
    RecipientBody(usize),
    /// A dot alone, said because nobody was left to get the mail. Whatever it is, it changes nothing.
    LoneDot,
    /// RSET.
    Reset,
    /// What [`command`](super::Client::command) said.
    Command,
    /// QUIT.
    Quit,
    /// Nothing: the server spoke by itself, to say that it closes the connection (RFC 5321 §3.8).
    Nothing,
}

//! What a server is told.

use crate::command::{Attributes, Command, CommandText, Mail, Rcpt};
use crate::proxy::ProxyInfo;
use crate::{Code, Host};
use mailwire_core::Frame;
use mailwire_core::dots::Tally;
use mailwire_sasl::Mechanism;

/// What happens in a session, borrowed from what was read.
///
/// Those marked *asks* wait for an answer: [`accept`](crate::Server::accept), [`reply`](crate::Server::reply), or what is said
/// there. The others are told, and answered already if there was something to answer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ServerEvent<'b> {
    /// The proxy says for whom it speaks.
    Proxied(ProxyInfo<'b>),
    /// *Asks.* A client is there; accepting greets it. A 554 leaves it nothing but QUIT, a 421 or 521 ends the session.
    Connected,
    /// *Asks.* A client says hello, once more perhaps: a transaction that was open is forgotten.
    Hello(Hello<'b>),
    /// *Asks.* A mail is announced. Its parameters have been checked: what was not offered has been refused.
    Mail(Mail<'b>),
    /// *Asks.* The mail is for this recipient too.
    Recipient(Rcpt<'b>),
    /// *Asks.* A body begins.
    Data,
    /// A piece of the body, without the dots of the wire; never empty.
    Chunk(&'b [u8]),
    /// *Asks.* The body is whole. To accept is to be responsible for it from now on. In LMTP there is an answer for each
    /// recipient that was accepted, in their order.
    EndOfData(Tally),
    /// The body was refused behind its end: what came of it is to be thrown away.
    Discarded {
        /// What was answered.
        code: Code,
    },
    /// The transaction is forgotten: RSET.
    Reset,
    /// *Asks.* The client wants to say who it is; answered with [`authenticate`](crate::Server::authenticate) or with a refusal.
    Auth(Mechanism<'b>),
    /// *Asks.* Something has to be looked up, [`need`](crate::Server::need); answered with [`provide`](crate::Server::provide).
    Credentials,
    /// The client is who it says, [`identity`](crate::Server::identity).
    Authenticated,
    /// *Asks.* Whether there is such a mailbox (VRFY, if it is offered).
    Vrfy(CommandText<'b>),
    /// *Asks.* Who is on a list (EXPN, if it is offered).
    Expn(CommandText<'b>),
    /// *Asks.* To send what waits for a host (ETRN, if it is offered).
    Etrn(CommandText<'b>),
    /// *Asks.* For whom a trusted client speaks. Accepting begins the session anew.
    Xclient(Attributes<'b>),
    /// *Asks.* Where the next mail is from, says a trusted client.
    Xforward(Attributes<'b>),
    /// A command that can't be done; it has been answered.
    Refused(Refusal<'b>),
    /// The client takes its leave.
    Quit,
}

/// Who says hello, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hello<'b> {
    /// With which command.
    pub verb: HelloVerb,
    /// What it calls itself.
    pub host: Host<'b>,
}

impl<'b> Hello<'b> {
    pub(super) fn new(verb: HelloVerb, host: Host<'b>) -> Self {
        Self { verb, host }
    }
}

/// How a client says hello.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 5321 and RFC 2033 have these three")]
pub enum HelloVerb {
    /// HELO: without extensions.
    Helo,
    /// EHLO.
    Ehlo,
    /// LHLO: that of LMTP.
    Lhlo,
}

/// A command that was refused without asking.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Refusal<'b> {
    /// What was answered.
    pub code: Code,
    /// The line; `None` if it was one of SASL.
    pub line: Option<Frame<'b, Command<'b>>>,
}

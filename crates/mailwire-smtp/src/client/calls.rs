//! What the caller asks for.

use super::body::name;
use super::plan::{Server, Unsendable};
use super::transaction::{End, Left, Transaction};
use super::{Authentication, Client, Phase, ReplyTo};
use crate::data::Refused;
use crate::{Command, Envelope};
use core::fmt;
use mailwire_core::UsageError;

/// Why a mail is not even begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendError {
    /// Not now.
    Usage(UsageError),
    /// Not to this server.
    Unsendable(Unsendable),
}

impl From<UsageError> for SendError {
    fn from(error: UsageError) -> Self {
        Self::Usage(error)
    }
}

impl From<Unsendable> for SendError {
    fn from(error: Unsendable) -> Self {
        Self::Unsendable(error)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => fmt::Display::fmt(error, f),
            Self::Unsendable(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl core::error::Error for SendError {}

/// How a mail was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aborted {
    /// The session goes on: some replies are still due, and then it is idle.
    InOrder,
    /// There was no way to say so without making a mail of what was sent: the session is over.
    Closed,
}

impl Client {
    /// Begins a mail: MAIL, RCPT for each recipient, DATA. Then comes [`Step::Blocked`](mailwire_core::Step), and the body is
    /// handed over; or [`Step::Idle`](mailwire_core::Step), if nobody is left who may get it. In both cases, and in all
    /// others, there is an [outcome](Self::take_outcome) in the end.
    ///
    /// Recipients beyond what the server announced (LIMITS, RFC 9422) are [left over](crate::client::Fate::NotAttempted).
    ///
    /// # Errors
    ///
    /// Unless the session is idle, and authenticated if credentials were handed in; where there is no recipient; where the server
    /// can't take this mail: see [`Unsendable`]. Nothing was said then.
    pub fn send(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        self.check_idle("a mail")?;
        if !matches!(self.authentication, Authentication::NotAsked | Authentication::Done) {
            return Err(UsageError::new("a mail", "before the authentication has succeeded").into());
        }
        if envelope.recipients.is_empty() {
            return Err(UsageError::new("a mail", "without a recipient").into());
        }
        let server = Server {
            capabilities: self.capabilities(),
            security: self.security,
            transactions: self.transactions,
        };
        let plan = server.plan(envelope, &self.config)?;
        self.transactions = self.transactions.saturating_add(1);
        self.outcome = None;
        self.say_reset_if_left();
        let mut transaction = Transaction::new(plan, envelope.recipients.len(), &self.config);
        transaction.advance(&mut self.wire);
        self.transaction = Some(transaction);
        Ok(())
    }

    /// Hands over the next piece of the body, of any length and cut anywhere, without dots of its own. Takes from its front
    /// what there is room for, and says how much that is: 0 if what was said has to be written first, or heard.
    ///
    /// # Errors
    ///
    /// Unless the body is asked for. Where the piece has a bare CR, a bare LF or a NUL in it that the
    /// [configuration](crate::ClientConfig::line_ends) does not let out: nothing of the piece has left then, and the mail can
    /// be [given up](Self::abort).
    pub fn data(&mut self, body: &[u8]) -> Result<usize, UsageError> {
        let Self { transaction: Some(transaction), wire, .. } = self else { return Err(NO_BODY) };
        if !transaction.is_in_body() {
            return Err(NO_BODY);
        }
        transaction.data(body, wire).map_err(stray)
    }

    /// Ends the body.
    ///
    /// # Errors
    ///
    /// Unless the body is asked for; where its last octet is a carriage return that may not be.
    pub fn end_of_data(&mut self) -> Result<(), UsageError> {
        let Self { transaction: Some(transaction), wire, .. } = self else { return Err(NO_BODY) };
        if !transaction.is_in_body() {
            return Err(NO_BODY);
        }
        transaction.end_of_data(wire).map_err(stray)
    }

    /// Gives the mail up. Behind DATA there is no way but to close the connection; else the session goes on.
    ///
    /// # Errors
    ///
    /// Unless a mail is on its way.
    pub fn abort(&mut self) -> Result<Aborted, UsageError> {
        let Some(transaction) = &mut self.transaction else {
            return Err(UsageError::new("to give up", "without a mail on its way"));
        };
        let aborted = transaction.abort();
        let over = transaction.is_over(&self.wire);
        match aborted {
            // What was ended may have been taken.
            Aborted::Closed if transaction.is_ended() => self.close(End::Lost),
            Aborted::Closed => self.close(End::GivenUp),
            Aborted::InOrder if over => self.conclude(),
            Aborted::InOrder => {}
        }
        Ok(aborted)
    }

    /// Says RSET. It is said by itself where it has to be.
    ///
    /// # Errors
    ///
    /// Unless the session is idle.
    pub fn reset(&mut self) -> Result<(), UsageError> {
        self.check_idle("RSET")?;
        self.left = Left::Transaction;
        self.say_reset_if_left();
        Ok(())
    }

    /// Says QUIT; with its answer the session is over.
    ///
    /// # Errors
    ///
    /// Unless the session is idle.
    pub fn quit(&mut self) -> Result<(), UsageError> {
        self.check_idle("QUIT")?;
        self.phase = Phase::Quit;
        self.wire.say(ReplyTo::Quit, |out| Command::Quit.encode(out));
        Ok(())
    }

    /// Says one command that changes nothing about the session and has one reply, as VRFY, EXPN, HELP, NOOP, ETRN, XFORWARD, or
    /// one that is unknown here. The reply is an event.
    ///
    /// ```
    /// use mailwire_smtp::CommandText;
    /// use mailwire_smtp::client::Client;
    /// use mailwire_smtp::{ClientConfig, Command, Host};
    ///
    /// let mut client = Client::new(ClientConfig::new(Host::new(b"mx.example.org")?));
    /// let error = client.command(Command::Vrfy(CommandText::new(b"smith")?)).unwrap_err();
    /// assert_eq!(error.to_string(), "a command is not possible unless the session is idle");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Unless the session is idle; for a command that the session has to say by itself.
    pub fn command(&mut self, command: Command<'_>) -> Result<(), UsageError> {
        self.check_idle("a command")?;
        match command {
            Command::Noop(_)
            | Command::Help(_)
            | Command::Vrfy(_)
            | Command::Expn(_)
            | Command::Etrn(_)
            | Command::Xforward(_)
            | Command::Unknown(_) => {
                self.wire.say(ReplyTo::Command, |out| command.encode(out));
                Ok(())
            }
            _ => Err(UsageError::new("a command of the session itself", "this way")),
        }
    }

    pub(super) fn check_idle(&self, call: &'static str) -> Result<(), UsageError> {
        if self.is_idle() { Ok(()) } else { Err(UsageError::new(call, "unless the session is idle")) }
    }

    fn say_reset_if_left(&mut self) {
        if self.left == Left::Transaction {
            self.left = Left::Nothing;
            self.wire.say(ReplyTo::Reset, |out| Command::Rset.encode(out));
        }
    }
}

const NO_BODY: UsageError = UsageError::new("a body", "unless it is asked for");

fn stray(refused: Refused) -> UsageError {
    UsageError::new(name(refused.stray()), "in a body of lines")
}

//! What follows from each reply.

use super::transaction::End;
use super::{Behind, Client, Hello, Phase, ReplyTo};
use crate::config::StartTlsPolicy;
use crate::{Code, Command, Keyword, PeerError, Protocol, Reply, Security};

impl Client {
    /// Takes a reply, and says what it answers.
    pub(super) fn take(&mut self, reply: Reply<'_>) -> Result<ReplyTo, PeerError> {
        let code = reply.code();
        let Some(to) = self.wire.answered() else { return self.unasked(reply) };
        // RFC 5321 §3.8: it may come at any time, and is the last.
        if code == Code::NOT_AVAILABLE {
            self.closed_by(reply);
            return Ok(to);
        }
        // Whoever says "go on" to what does not go on waits for something else than what will come.
        let goes_on = match to {
            ReplyTo::Auth => code == Code::CHALLENGE,
            ReplyTo::Data => code == Code::START_MAIL_INPUT,
            _ => false,
        };
        if code.is_intermediate() && !goes_on {
            return Err(PeerError::Unexpected(code));
        }
        match to {
            ReplyTo::Connection => self.greeted(reply)?,
            ReplyTo::Hello => self.introduced(reply)?,
            ReplyTo::StartTls => self.tls_answered(reply)?,
            ReplyTo::Auth => self.auth_answered(reply)?,
            // Recipients of the last mail would get the next one.
            ReplyTo::Reset if !code.is_completed() => return Err(PeerError::Unexpected(code)),
            ReplyTo::Quit => self.close(End::Lost),
            ReplyTo::Reset | ReplyTo::Command | ReplyTo::Nothing => {}
            to => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.take(to, reply)?;
                    if transaction.is_over(&self.wire) {
                        self.conclude();
                    }
                }
            }
        }
        Ok(to)
    }

    /// Nothing was asked, or not yet: the server closes, refuses a body before its end, or has lost its place.
    fn unasked(&mut self, reply: Reply<'_>) -> Result<ReplyTo, PeerError> {
        if reply.code() == Code::NOT_AVAILABLE {
            self.closed_by(reply);
            return Ok(ReplyTo::Nothing);
        }
        let refused = match &mut self.transaction {
            Some(transaction) if transaction.is_in_body() || transaction.is_ended() => {
                transaction.interrupted(reply)
            }
            _ => false,
        };
        if !refused {
            return Err(PeerError::OutOfTurn);
        }
        // What would be said now would be a part of the body.
        self.close(End::Lost);
        Ok(ReplyTo::Body)
    }

    fn closed_by(&mut self, reply: Reply<'_>) {
        self.closing = Some(reply.into_owned());
        self.close(End::Closing(reply));
    }

    fn greeted(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        match reply.code() {
            Code::READY => self.phase = Phase::Hello(Hello::Extended),
            code if code.is_completed() => return Err(PeerError::Unexpected(code)),
            _ => self.leave(reply),
        }
        Ok(())
    }

    fn introduced(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        let Phase::Hello(hello) = self.phase else { return Ok(()) };
        match reply.code() {
            Code::OK => {
                self.hello = (hello == Hello::Extended).then(|| reply.into_owned());
                self.settle_in()
            }
            code if code.is_completed() => Err(PeerError::Unexpected(code)),
            // RFC 5321 §3.2 names 500 and 502; 501, 504 and 550 are what old servers and their firewalls say.
            Code::SYNTAX_ERROR
            | Code::ARGUMENT_ERROR
            | Code::NOT_IMPLEMENTED
            | Code::PARAMETER_NOT_IMPLEMENTED
            | Code::MAILBOX_UNAVAILABLE
                if hello == Hello::Extended
                    && self.config.protocol == Protocol::Smtp
                    && self.security == self.config.security =>
            {
                self.phase = Phase::Hello(Hello::Plain);
                Ok(())
            }
            _ => {
                self.leave(reply);
                Ok(())
            }
        }
    }

    /// The server is known: what else has to be before the first mail?
    fn settle_in(&mut self) -> Result<(), PeerError> {
        if self.security == Security::Plain {
            let offered = self.capabilities().is_some_and(|offers| offers.supports(Keyword::STARTTLS));
            match self.config.start_tls {
                StartTlsPolicy::Required | StartTlsPolicy::Opportunistic if offered => {
                    self.phase = Phase::StartTls;
                    return Ok(());
                }
                StartTlsPolicy::Required => return Err(PeerError::NoTls),
                StartTlsPolicy::Opportunistic | StartTlsPolicy::Never => {}
            }
        }
        self.authenticate_first();
        Ok(())
    }

    fn tls_answered(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        match reply.code() {
            Code::READY if self.behind == Behind::Octets => Err(PeerError::Injected),
            Code::READY => {
                self.phase = Phase::Upgrade;
                Ok(())
            }
            code if code.is_completed() => Err(PeerError::Unexpected(code)),
            _ if self.config.start_tls == StartTlsPolicy::Required => Err(PeerError::NoTls),
            _ => {
                self.authenticate_first();
                Ok(())
            }
        }
    }

    /// RFC 5321 §3.1: a server that wants nothing to do with us waits for QUIT all the same.
    fn leave(&mut self, reply: Reply<'_>) {
        self.closing = Some(reply.into_owned());
        self.close(End::Lost);
        self.wire.say_last(Command::Quit);
    }
}

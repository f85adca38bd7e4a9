//! What may come when.

use super::event::{Hello, HelloVerb, Refusal, ServerEvent};
use super::says::Says;
use super::{Owed, Phase, Server, foreign};
use crate::command::{Command, Host, is_known};
use crate::config::{Authentication, Extensions, StartTls};
use crate::{PeerError, Protocol, Security};
use mailwire_core::{Frame, ParseError};

type Line<'b> = Frame<'b, Command<'b>>;

impl Server {
    /// A command has come; `waits` if there is more behind it already.
    pub(super) fn command<'b>(&mut self, line: Line<'b>, waits: bool) -> Option<ServerEvent<'b>> {
        self.epoch = self.epoch.wrapping_add(1);
        let command = match line.value() {
            Ok(command) => command,
            Err(error) => return self.unreadable(line, error, waits),
        };
        if let Command::Unknown(_) = command
            && let Some(protocol) = foreign::line(line.raw())
        {
            self.cut(Says::FOREIGN, PeerError::Foreign(protocol));
            return None;
        }
        if waits && self.has_to_be_last(&command) && self.is_out_of_turn() {
            return None;
        }
        if let Err(says) = self.is_allowed(&command) {
            return match command {
                // Its octets come, whatever is said of them.
                Command::Bdat(bdat) => self.ignore(bdat, says),
                Command::Data => self.refuse_data(says, line, waits),
                _ => Some(self.refused(says, line)),
            };
        }
        match command {
            Command::Helo(host) => Some(self.hello(HelloVerb::Helo, host, line)),
            Command::Ehlo(host) => Some(self.hello(HelloVerb::Ehlo, host, line)),
            Command::Lhlo(host) => Some(self.hello(HelloVerb::Lhlo, host, line)),
            Command::Mail(mail) => match self.check_mail(&mail) {
                Ok(traits) => Some(self.ask(Owed::Mail(traits), ServerEvent::Mail(mail))),
                Err(says) => Some(self.refused(says, line)),
            },
            Command::Rcpt(rcpt) => match self.check_rcpt(&rcpt) {
                Ok(()) => Some(self.ask(Owed::Recipient, ServerEvent::Recipient(rcpt))),
                Err(says) => Some(self.refused(says, line)),
            },
            Command::Data => match self.check_data() {
                Ok(()) => {
                    self.body_waits = waits;
                    Some(self.ask(Owed::Data, ServerEvent::Data))
                }
                Err(says) => self.refuse_data(says, line, waits),
            },
            Command::Bdat(bdat) => self.bdat(bdat),
            Command::Rset => {
                self.mail = super::Transaction::default();
                self.idle(Says::DONE);
                Some(ServerEvent::Reset)
            }
            Command::Noop(_) => self.idle(Says::DONE),
            Command::Help(_) => self.idle(Says::HELP),
            Command::Quit => {
                self.say(Says::BYE);
                self.phase = Phase::Over(Ok(()));
                Some(ServerEvent::Quit)
            }
            Command::Vrfy(_) if !self.offers(Extensions::VRFY) => self.idle(Says::MAYBE),
            Command::Vrfy(text) => Some(self.ask(Owed::Vrfy, ServerEvent::Vrfy(text))),
            Command::Expn(text) => Some(self.ask(Owed::Expn, ServerEvent::Expn(text))),
            Command::Etrn(text) => Some(self.ask(Owed::Etrn, ServerEvent::Etrn(text))),
            Command::StartTls if waits => {
                self.cut(Says::INJECTED, PeerError::Injected);
                None
            }
            Command::StartTls => {
                self.say(Says::SECURE);
                self.phase = Phase::Upgrading;
                None
            }
            Command::Auth(auth) => Some(self.auth(&auth, line)),
            Command::Xclient(attributes) => Some(self.ask(Owed::Xclient, ServerEvent::Xclient(attributes))),
            Command::Xforward(attributes) => {
                Some(self.ask(Owed::Xforward, ServerEvent::Xforward(attributes)))
            }
            Command::Burl(_) | Command::Atrn(_) => Some(self.refused(Says::NOT_OFFERED, line)),
            _ => Some(self.refused(Says::UNKNOWN, line)),
        }
    }

    pub(super) fn ask<'b>(&mut self, owed: Owed, event: ServerEvent<'b>) -> ServerEvent<'b> {
        self.owed = Some(owed);
        event
    }

    /// Whether a command is the last of a group (RFC 2920 §3.1).
    fn has_to_be_last(&self, command: &Command<'_>) -> bool {
        match command {
            Command::Quit | Command::StartTls | Command::Bdat(_) => false,
            Command::Mail(_) | Command::Rcpt(_) | Command::Rset | Command::Xforward(_) => {
                !self.is_pipelined()
            }
            _ => true,
        }
    }

    fn is_pipelined(&self) -> bool {
        self.session.is_extended() && self.offers(Extensions::PIPELINING)
    }

    /// Whether the session is there where a command makes sense.
    fn is_allowed(&self, command: &Command<'_>) -> Result<(), Says> {
        let session = &self.session;
        if session.is_refused && !matches!(command, Command::Quit) {
            return Err(Says::NO_SERVICE);
        }
        let free = matches!(
            command,
            Command::Helo(_)
                | Command::Ehlo(_)
                | Command::Lhlo(_)
                | Command::Noop(_)
                | Command::Quit
                | Command::StartTls
        );
        if self.config.start_tls == StartTls::Required && session.security == Security::Plain && !free {
            return Err(Says::START_TLS_FIRST);
        }
        let says = match command {
            Command::Mail(_) | Command::Auth(_) | Command::Etrn(_) if session.hello.is_none() => {
                Says::HELLO_FIRST
            }
            Command::Mail(_)
                if self.config.authentication == Authentication::Required && session.identity.is_none() =>
            {
                Says::AUTH_FIRST
            }
            Command::Mail(_) if self.mail.is_open => Says::NESTED_MAIL,
            Command::Rcpt(_) if !self.mail.is_open => Says::MAIL_FIRST,
            Command::Rcpt(_) if self.mail.chunks.is_some() => Says::BODY_BEGUN,
            Command::Rcpt(_) if self.mail.recipients >= self.config.limits.recipients => {
                Says::TOO_MANY_RECIPIENTS
            }
            Command::Expn(_) if !self.offers(Extensions::EXPN) => Says::NOT_OFFERED,
            Command::Etrn(_) if !self.offers(Extensions::ETRN) => Says::NOT_OFFERED,
            Command::StartTls if session.security == Security::Tls => Says::SECURE_ALREADY,
            Command::StartTls if self.config.start_tls == StartTls::Never => Says::NOT_OFFERED,
            Command::StartTls if session.hello.is_none() => Says::HELLO_FIRST,
            Command::Auth(_) if session.identity.is_some() => Says::AUTHENTICATED_ALREADY,
            Command::Auth(_) if !session.is_extended() || self.offered_mechanisms().next().is_none() => {
                Says::NOT_OFFERED
            }
            Command::StartTls | Command::Auth(_) | Command::Etrn(_) | Command::Xclient(_)
                if self.mail.is_open =>
            {
                Says::NOT_IN_MAIL
            }
            Command::Xclient(_) if !self.offers(Extensions::XCLIENT) => Says::UNTRUSTED,
            Command::Xforward(_) if !self.offers(Extensions::XFORWARD) => Says::UNTRUSTED,
            _ => return Ok(()),
        };
        Err(says)
    }

    fn check_data(&self) -> Result<(), Says> {
        let mail = &self.mail;
        if !mail.is_open {
            Err(Says::MAIL_FIRST)
        } else if mail.chunks.is_some() {
            Err(Says::BODY_BEGUN)
        } else if mail.recipients == 0 {
            // RFC 2033 §4.2 wants a 503 of LMTP.
            Err(if self.config.protocol == Protocol::Lmtp {
                Says::RECIPIENT_FIRST
            } else {
                Says::NO_RECIPIENTS
            })
        } else if mail.traits.is_binary {
            Err(Says::BINARY_DATA)
        } else {
            Ok(())
        }
    }

    fn hello<'b>(&mut self, verb: HelloVerb, host: Host<'b>, line: Line<'b>) -> ServerEvent<'b> {
        match (verb, self.config.protocol) {
            (HelloVerb::Lhlo, Protocol::Smtp) => return self.refused(Says::UNKNOWN, line),
            (HelloVerb::Helo | HelloVerb::Ehlo, Protocol::Lmtp) => {
                return self.refused(Says::WRONG_HELLO, line);
            }
            _ => {}
        }
        self.ask(Owed::Hello(verb), ServerEvent::Hello(Hello::new(verb, host)))
    }

    /// What waits behind DATA is a body. If there is no place for it, it must not be read as commands.
    fn refuse_data<'b>(&mut self, says: Says, line: Line<'b>, waits: bool) -> Option<ServerEvent<'b>> {
        if waits {
            self.cut(says, PeerError::OutOfTurn);
            return None;
        }
        Some(self.refused(says, line))
    }

    fn unreadable<'b>(&mut self, line: Line<'b>, error: ParseError, waits: bool) -> Option<ServerEvent<'b>> {
        if error.is_too_long() && line.raw().is_empty() {
            return Some(self.refused(Says::TOO_LONG, line));
        }
        if let Some(protocol) = foreign::line(line.raw()) {
            self.cut(Says::FOREIGN, PeerError::Foreign(protocol));
            return None;
        }
        let letters =
            line.raw().iter().position(|octet| !octet.is_ascii_alphabetic()).unwrap_or(line.raw().len());
        let verb = line.raw().get(..letters).unwrap_or_default();
        let is_verb = |name: &[u8]| verb.eq_ignore_ascii_case(name);
        let may_go_on = is_verb(b"MAIL") || is_verb(b"RCPT") || is_verb(b"RSET") || is_verb(b"XFORWARD");
        if waits && !(may_go_on && self.is_pipelined()) && self.is_out_of_turn() {
            return None;
        }
        if is_verb(b"DATA") {
            return self.refuse_data(Says::BAD_ARGUMENTS, line, waits);
        }
        let says = if is_verb(b"MAIL") {
            Says::BAD_SENDER
        } else if is_verb(b"RCPT") {
            Says::BAD_RECIPIENT
        } else if is_known(verb) {
            Says::BAD_ARGUMENTS
        } else {
            Says::NO_COMMAND
        };
        Some(self.refused(says, line))
    }

    pub(super) fn refused<'b>(&mut self, says: Says, line: Line<'b>) -> ServerEvent<'b> {
        self.say(says);
        ServerEvent::Refused(Refusal { code: says.code, line: Some(line) })
    }

    /// A command that leads to nothing.
    fn idle<'b>(&mut self, says: Says) -> Option<ServerEvent<'b>> {
        self.say(says);
        self.count_junk();
        None
    }

    pub(super) fn count_junk(&mut self) {
        self.junk = self.junk.saturating_add(1);
        if self.junk > self.config.limits.junk {
            self.count_error();
        }
    }

    /// One more mistake; the session ends over too many, but not between the answers to one question.
    pub(super) fn count_error(&mut self) {
        self.errors = self.errors.saturating_add(1);
        let is_over = self.owed.is_some() || matches!(self.phase, Phase::Over(_));
        if self.errors > self.config.limits.errors && !is_over {
            self.cut(Says::TOO_MANY_ERRORS, PeerError::Tiresome);
        }
    }

    pub(super) fn say(&mut self, says: Says) {
        says.answer().encode(&mut self.out);
        if !says.code.is_completed() && !says.code.is_intermediate() {
            self.count_error();
        }
    }
}

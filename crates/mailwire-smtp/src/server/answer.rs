//! What the application answers, and what follows from it.

use super::event::HelloVerb;
use super::says::Says;
use super::session::{By, Chunks, Transaction, Verdict};
use super::{Owed, Phase, Server};
use crate::{Answer, Code, DataReader, PeerError, Protocol, ReplyText};
use alloc::vec::Vec;
use mailwire_core::UsageError;

const NOT_ASKED: UsageError = UsageError::new("an answer", "while nothing is asked");

impl Server {
    /// Says yes to what was asked, in the usual words.
    ///
    /// # Errors
    ///
    /// If nothing was asked, or [`Auth`](super::ServerEvent::Auth) or [`Credentials`](super::ServerEvent::Credentials): those
    /// have answers of their own.
    pub fn accept(&mut self) -> Result<(), UsageError> {
        let says = match self.owed.ok_or(NOT_ASKED)? {
            Owed::Auth | Owed::Credentials => {
                return Err(UsageError::new("accepting", "inside of an authentication"));
            }
            Owed::Greeting | Owed::Xclient => {
                let word = match self.config.protocol {
                    Protocol::Lmtp => "LMTP",
                    Protocol::Smtp => "ESMTP",
                };
                Answer::greeting(self.config.name(), Some(ReplyText::literal(word))).encode(&mut self.out);
                None
            }
            Owed::Hello(HelloVerb::Helo) => {
                Answer::helo(self.config.name(), None).encode(&mut self.out);
                None
            }
            Owed::Hello(_) => {
                self.announce();
                None
            }
            Owed::Chunk => None,
            Owed::Mail(_) => Some(Says::SENDER_OK),
            Owed::Recipient => Some(Says::RECIPIENT_OK),
            Owed::Data => Some(Says::GO_AHEAD),
            Owed::EndOfData => Some(Says::ACCEPTED),
            Owed::Vrfy | Owed::Expn => Some(Says::MAYBE),
            Owed::Etrn | Owed::Xforward => Some(Says::DONE),
        };
        if let Some(says) = says {
            says.answer().encode(&mut self.out);
        }
        self.settled();
        Ok(())
    }

    /// Answers what was asked, in words of the caller's.
    ///
    /// ```
    /// use mailwire_core::{Buffered, Machine, Step};
    /// use mailwire_smtp::{Answer, Code, EnhancedCode, ReplyText, Server, ServerConfig, ServerEvent, ServerName};
    ///
    /// let config = ServerConfig::new(ServerName::new("mx.example.org")?);
    /// let mut session = Buffered::new(Server::new(config));
    /// let (Step::Event(ServerEvent::Connected), server) = session.poll()? else { panic!() };
    /// assert!(server.reply(Answer::new(Code::OK, ReplyText::new("hello")?)).is_err());
    /// let no = Answer::new(Code::TRANSACTION_FAILED, ReplyText::new("not from there")?);
    /// server.reply(EnhancedCode::new(5, 7, 1).map_or(no, |code| no.with_enhanced(code)))?;
    /// assert_eq!(server.transmit().as_deref(), Some(&b"554 5.7.1 not from there\r\n"[..]));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// A yes (2yz; 220 to `Connected`, 354 to `Data`) goes on, a no (4yz, 5yz) leaves everything as it was before the command. 421 and 521 end the
    /// session.
    ///
    /// # Errors
    ///
    /// If nothing was asked; if the code is no answer to what was; and for a yes to a hello, to XCLIENT, or to a body that comes by
    /// BDAT: what is said then follows from the configuration, so it is [`accept`](Self::accept).
    pub fn reply(&mut self, answer: Answer<'_>) -> Result<(), UsageError> {
        let owed = self.owed.ok_or(NOT_ASKED)?;
        let code = answer.code();
        let is_yes = match owed {
            Owed::Data => code == Code::START_MAIL_INPUT,
            Owed::Greeting => code == Code::READY,
            _ => code.is_completed(),
        };
        if is_yes {
            if let Owed::Hello(_) | Owed::Xclient | Owed::Chunk | Owed::Auth | Owed::Credentials = owed {
                return Err(UsageError::new("a yes in other words", "to this question"));
            }
            answer.encode(&mut self.out);
            self.settled();
            return Ok(());
        }
        if !code.is_transient() && !code.is_permanent() {
            return Err(UsageError::new("this code", "as an answer to this question"));
        }
        let ends = code == Code::NOT_AVAILABLE || code == Code::HOST_TAKES_NO_MAIL;
        self.owed = None;
        if let (Owed::Chunk, false) = (owed, ends) {
            let mut reply = Vec::new();
            answer.encode(&mut reply);
            self.refuse_body(Verdict { reply, code, by: By::Application });
            return Ok(());
        }
        if ends {
            self.close(answer);
            return Ok(());
        }
        answer.encode(&mut self.out);
        if let (Owed::Data, true) = (owed, self.body_waits) {
            // What waits is a body, for which there is no place: it must not be read as commands.
            self.phase = Phase::Over(Err(PeerError::OutOfTurn));
            return Ok(());
        }
        match owed {
            Owed::Greeting => {
                self.session.is_refused = true;
                self.phase = Phase::Greeted;
            }
            Owed::EndOfData => self.end_answered(),
            Owed::Auth | Owed::Credentials => {
                self.session.exchange = None;
                // It is answered before it was told.
                self.news = None;
            }
            _ => {}
        }
        self.count_error();
        Ok(())
    }

    /// Ends the session for a reason of the server's own: 421, as a rule. Possible at any time; a mail whose end was not answered
    /// has not been taken.
    ///
    /// ```
    /// use mailwire_core::{Buffered, Machine, Step};
    /// use mailwire_smtp::{Answer, Code, ReplyText, Server, ServerConfig, ServerName};
    ///
    /// let config = ServerConfig::new(ServerName::new("mx.example.org")?);
    /// let mut session = Buffered::new(Server::new(config));
    /// session.machine_mut().close(Answer::new(Code::NOT_AVAILABLE, ReplyText::new("going down")?));
    /// assert_eq!(session.machine_mut().transmit().as_deref(), Some(&b"421 going down\r\n"[..]));
    /// assert!(matches!(session.poll()?.0, Step::Closed));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn close(&mut self, answer: Answer<'_>) {
        if !matches!(self.phase, Phase::Over(_)) {
            answer.encode(&mut self.out);
            self.phase = Phase::Over(Ok(()));
            self.news = None;
        }
        self.owed = None;
    }

    /// The answer was a yes.
    fn settled(&mut self) {
        let Some(owed) = self.owed.take() else { return };
        match owed {
            Owed::Greeting => self.phase = Phase::Greeted,
            Owed::Xclient => {
                self.begin_anew(self.session.security);
                self.phase = Phase::Greeted;
                self.count_junk();
            }
            Owed::Hello(verb) => {
                self.mail = Transaction::default();
                if self.session.hello.replace(verb).is_some() {
                    self.count_junk();
                }
            }
            Owed::Mail(traits) => self.mail = Transaction { is_open: true, traits, ..Transaction::default() },
            Owed::Recipient => self.mail.recipients = self.mail.recipients.saturating_add(1),
            Owed::Data => {
                let reader = DataReader::new().with_strays(self.config.strays);
                self.phase = Phase::Data(reader.starting_at(self.commands.offset()));
            }
            Owed::Chunk => self.mail.chunks = Some(Chunks { count: 1, ..Chunks::default() }),
            Owed::EndOfData => {
                (self.errors, self.junk) = (0, 0);
                self.end_answered();
            }
            Owed::Vrfy | Owed::Expn | Owed::Etrn | Owed::Xforward => self.count_junk(),
            Owed::Auth | Owed::Credentials => {}
        }
    }

    /// One answer to the end of a body was given; LMTP has one for each recipient.
    fn end_answered(&mut self) {
        self.mail.answers_due = self.mail.answers_due.saturating_sub(1);
        if self.mail.answers_due > 0 {
            self.owed = Some(Owed::EndOfData);
        } else {
            self.mail = Transaction::default();
        }
    }
}

//! What the server does with what happens in a session.

use crate::maildir::{Delivery, Maildir};
use mailwire::core::DateTime;
use mailwire::sasl::scram::{Hash, StoredKeys};
use mailwire::sasl::server::{Answer as SaslAnswer, Config as SaslConfig, Need};
use mailwire::smtp::{
    Answer, Code, EnhancedCode, ReplyText, Server, ServerEvent, ServerName, Stamp, Transmission,
};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What all sessions share.
pub struct Shared {
    pub name: String,
    pub maildir: Option<Maildir>,
    pub users: Vec<(String, String)>,
    pub is_quiet: bool,
}

/// What one session remembers between its events.
pub struct Session {
    shared: Arc<Shared>,
    peer: SocketAddr,
    hello: String,
    sender: String,
    recipient: Option<String>,
    delivery: Option<Delivery>,
    octets: u64,
}

impl Session {
    pub fn new(shared: Arc<Shared>, peer: SocketAddr) -> Self {
        Self {
            shared,
            peer,
            hello: String::new(),
            sender: String::new(),
            recipient: None,
            delivery: None,
            octets: 0,
        }
    }

    /// Answers an event.
    pub async fn on_event(&mut self, event: ServerEvent<'_>, server: &mut Server) {
        self.log(&event);
        let answered = match event {
            ServerEvent::Hello(hello) => {
                self.hello = hello.host.to_string();
                server.accept()
            }
            ServerEvent::Mail(mail) => {
                self.sender = mail.path.to_string();
                self.recipient = None;
                server.accept()
            }
            ServerEvent::Recipient(rcpt) => {
                self.recipient.get_or_insert_with(|| rcpt.path.to_string());
                server.accept()
            }
            ServerEvent::Data => match self.begin(server.transmission()) {
                Ok(()) => server.accept(),
                Err(error) => server.reply(self.unwritten(&error)),
            },
            ServerEvent::Chunk(chunk) => {
                self.octets += chunk.len() as u64;
                if let Some(delivery) = &mut self.delivery
                    && let Err(error) = delivery.write(chunk)
                {
                    // What is missing now is noticed at the end.
                    self.unwritten(&error);
                    self.delivery = None;
                }
                Ok(())
            }
            ServerEvent::EndOfData(_) => self.end(server).await,
            ServerEvent::Discarded { .. } | ServerEvent::Reset => {
                self.delivery = None;
                Ok(())
            }
            ServerEvent::Auth(_) => {
                let mut nonce = [0; 16];
                match getrandom::fill(&mut nonce) {
                    Ok(()) => {
                        let nonce = format!("{:032x}", u128::from_be_bytes(nonce));
                        let challenge = format!("<{nonce}@{}>", self.shared.name);
                        server
                            .authenticate(SaslConfig::default().with_nonce(&nonce).with_challenge(&challenge))
                    }
                    Err(_) => server.reply(say(Code::TEMPORARILY_UNAVAILABLE, (4, 7, 0), "not now")),
                }
            }
            ServerEvent::Credentials => {
                let answer = server.need().map(|need| self.look_up(need));
                server.provide(answer.unwrap_or(SaslAnswer::Reject))
            }
            ServerEvent::Authenticated
            | ServerEvent::Refused(_)
            | ServerEvent::Quit
            | ServerEvent::Proxied(_) => Ok(()),
            _ => server.accept(),
        };
        if let Err(error) = answered {
            eprintln!("{}: {error}", self.peer);
        }
    }

    /// Opens a file for the mail, and writes its trace lines (RFC 5321 §4.4).
    fn begin(&mut self, with: Transmission) -> io::Result<()> {
        self.octets = 0;
        let Some(maildir) = &self.shared.maildir else { return Ok(()) };
        let mut delivery = maildir.begin()?;
        let mut trace = format!("Return-Path: {}\r\n", self.sender).into_bytes();
        let unknown = ServerName::new("unknown");
        if let (Ok(from), Ok(by), Some(date)) =
            (ServerName::new(&self.hello).or(unknown), ServerName::new(&self.shared.name), now())
        {
            Stamp::new(from, self.peer.ip(), by, with, date).encode(&mut trace);
        }
        delivery.write(&trace)?;
        self.delivery = Some(delivery);
        Ok(())
    }

    async fn end(&mut self, server: &mut Server) -> Result<(), mailwire::core::UsageError> {
        let answers = match server.config().protocol {
            mailwire::smtp::Protocol::Lmtp => server.recipients(),
            _ => 1,
        };
        let delivery = self.delivery.take();
        let name = delivery.as_ref().map_or("discarded", Delivery::name).to_owned();
        let done = match delivery {
            // On the disk before it is said to be: waiting for that is not for the thread of all the others.
            Some(delivery) => tokio::task::spawn_blocking(|| delivery.commit())
                .await
                .unwrap_or_else(|error| Err(io::Error::other(error))),
            None if self.shared.maildir.is_none() => Ok(()),
            None => Err(io::ErrorKind::WriteZero.into()),
        };
        for _ in 0..answers {
            match &done {
                Ok(()) => {
                    let text = format!("taken as {name}");
                    let text = ReplyText::clipped(&text);
                    let ok = Answer::new(Code::OK, text);
                    server.reply(EnhancedCode::new(2, 0, 0).map_or(ok, |code| ok.with_enhanced(code)))?;
                }
                Err(error) => server.reply(self.unwritten(error))?,
            }
        }
        Ok(())
    }

    fn unwritten(&self, error: &io::Error) -> Answer<'static> {
        eprintln!("{}: can't write: {error}", self.peer);
        say(Code::LOCAL_ERROR, (4, 3, 0), "can't write it down")
    }

    fn look_up(&self, need: &Need) -> SaslAnswer {
        let password = |name: &str| {
            self.shared.users.iter().find(|(user, _)| user == name).map(|(_, password)| password)
        };
        match need {
            // Nobody here may act as somebody else.
            Need::Password { authcid, authzid: Some(authzid), .. }
            | Need::Keys { authcid, authzid: Some(authzid), .. }
                if authzid != authcid =>
            {
                match need {
                    Need::Keys { hash, .. } => keys(*hash, None),
                    _ => SaslAnswer::Reject,
                }
            }
            Need::Password { authcid, password: given, .. } => match password(authcid) {
                Some(right) if given.matches(right.as_bytes()) => SaslAnswer::Accept,
                _ => SaslAnswer::Reject,
            },
            Need::Token { authzid: Some(name), token, .. } => match password(name) {
                Some(right) if token.matches(right.as_bytes()) => SaslAnswer::Accept,
                _ => SaslAnswer::Reject,
            },
            Need::Keys { hash, authcid, .. } => keys(*hash, password(authcid).map(String::as_str)),
            Need::Secret { authcid, .. } => match password(authcid) {
                Some(right) => SaslAnswer::Secret(right.as_bytes().to_vec().into()),
                None => SaslAnswer::Reject,
            },
            _ => SaslAnswer::Reject,
        }
    }

    fn log(&self, event: &ServerEvent<'_>) {
        if self.shared.is_quiet {
            return;
        }
        match event {
            ServerEvent::Chunk(_) | ServerEvent::Data => {}
            ServerEvent::EndOfData(tally) => eprintln!("{}: {} octets", self.peer, tally.octets()),
            ServerEvent::Refused(refusal) => {
                let line = refusal.line.map(|line| line.redacted().to_string());
                eprintln!("{}: {} to {}", self.peer, refusal.code, line.unwrap_or_default().trim_end());
            }
            event => eprintln!("{}: {event:?}", self.peer),
        }
    }
}

/// A real server keeps the keys, and neither derives them at each login nor has one salt for all.
fn keys(hash: Hash, password: Option<&str>) -> SaslAnswer {
    let salt = b"salt of mailwire";
    let keys = match password {
        Some(password) => StoredKeys::derive(hash, password.as_bytes(), salt, 4096),
        None => StoredKeys::unknown(hash, salt, 4096),
    };
    keys.map_or(SaslAnswer::Reject, SaslAnswer::Keys)
}

fn say(code: Code, (class, subject, detail): (u8, u16, u16), text: &'static str) -> Answer<'static> {
    let answer = Answer::new(code, ReplyText::clipped(text));
    EnhancedCode::new(class, subject, detail).map_or(answer, |enhanced| answer.with_enhanced(enhanced))
}

fn now() -> Option<DateTime> {
    #[allow(clippy::disallowed_methods, reason = "an example has a clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    DateTime::from_unix(i64::try_from(now.as_secs()).ok()?, 0)
}

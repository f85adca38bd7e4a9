//! The mail, and the steps in which it is handed over.

use crate::args::Args;
use mailwire::core::machine::Pause;
use mailwire::message::Message;
use mailwire::sasl::{Credentials, Mechanism};
use mailwire::smtp::client::{Authentication, Awaited, Client, Outcome};
use mailwire::smtp::envelope::WithoutBcc;
use mailwire::smtp::{Body, Envelope, Recipient};
use std::error::Error;

/// A mail that is on its way.
pub struct Mail {
    envelope: Envelope,
    /// The body, in pieces, and how far it has been handed over.
    pieces: Vec<Vec<u8>>,
    stage: Stage,
    login: Login,
    /// What became of it.
    pub outcomes: Vec<(Envelope, Outcome)>,
}

/// Whether nothing is sent without a login, and what is still to be done for it.
enum Login {
    None,
    /// By a mechanism of the user's choice.
    With(String, Box<Credentials>),
    /// It was begun.
    Begun,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Waiting,
    Sending { piece: usize, at: usize },
    Leaving,
}

impl Mail {
    /// # Errors
    ///
    /// If the header names nobody, or somebody who can't be sent to.
    pub fn new(raw: &[u8], args: &Args, credentials: Option<Credentials>) -> Result<Self, Box<dyn Error>> {
        let message = Message::parse(raw);
        let visible = WithoutBcc::new(&message);
        let mut envelope = match (&args.from, args.to.is_empty()) {
            (None, true) => Envelope::from_headers(&message)?,
            (from, is_addressed) => {
                let header = Envelope::from_headers(&message);
                let mut envelope = match from.as_deref() {
                    Some("<>" | "") => Envelope::null(),
                    Some(address) => Envelope::new(address.parse()?),
                    None => match header.as_ref().ok().and_then(Envelope::sender) {
                        Some(sender) => Envelope::new(sender.clone()),
                        None => return Err("the header names no sender: --from".into()),
                    },
                };
                let named = if is_addressed { header?.recipients().to_vec() } else { Vec::new() };
                for recipient in named {
                    envelope = envelope.with_recipient(recipient);
                }
                for recipient in &args.to {
                    envelope = envelope.with_recipient(recipient.parse::<Recipient>()?);
                }
                envelope
            }
        };
        let ends = visible.slices().iter().map(|slice| bare_ends(slice)).sum::<u64>();
        envelope = envelope.with_size(visible.octets() + ends);
        if !raw.is_ascii() {
            envelope = envelope.with_body(Body::EightBitMime);
        }
        let header = raw.get(..message.root().body_range().start).unwrap_or(raw);
        if !header.is_ascii() {
            envelope = envelope.with_utf8_headers();
        }
        let login = match (credentials, &args.mechanism) {
            (None, _) => Login::None,
            (Some(_), None) => Login::Begun,
            (Some(credentials), Some(mechanism)) => Login::With(mechanism.clone(), Box::new(credentials)),
        };
        let pieces = visible.slices().iter().map(|slice| slice.to_vec()).collect();
        Ok(Self { envelope, pieces, stage: Stage::Waiting, login, outcomes: Vec::new() })
    }

    /// Does what the session waits for. `true` when it is over.
    ///
    /// # Errors
    ///
    /// If the server can't take this mail.
    pub fn act(&mut self, client: &mut Client, pause: Pause<()>) -> Result<bool, Box<dyn Error>> {
        self.keep(client);
        match pause {
            Pause::Closed | Pause::Break(()) => return Ok(true),
            Pause::Idle if self.stage == Stage::Waiting => {
                if let Login::With(mechanism, credentials) = &self.login {
                    let mechanism = Mechanism::new(mechanism.as_bytes())?;
                    client.authenticate_with(mechanism, credentials.as_ref().clone())?;
                    self.login = Login::Begun;
                    return Ok(false);
                }
                self.check_login(client)?;
                client.send(&self.envelope)?;
                self.stage = Stage::Sending { piece: 0, at: 0 };
            }
            Pause::Idle => client.quit()?,
            Pause::Blocked => match client.awaited() {
                Some(Awaited::Body) => self.hand_over(client)?,
                _ => return Err("the session waits for something that this program has not got".into()),
            },
        }
        Ok(false)
    }

    fn check_login(&self, client: &Client) -> Result<(), Box<dyn Error>> {
        match (&self.login, client.authentication()) {
            (Login::None, _) | (_, Authentication::Done) => Ok(()),
            (_, Authentication::NoMechanism) => Err("no mechanism that may be used is offered".into()),
            (_, Authentication::Failed(error)) => Err(error.into()),
            _ => Err("the server refused the login".into()),
        }
    }

    /// Takes what became of the mail, if that is known.
    pub fn keep(&mut self, client: &mut Client) {
        let Some(outcome) = client.take_outcome() else { return };
        let rest = self.envelope.rest(&outcome);
        self.outcomes.push((self.envelope.clone(), outcome));
        match rest {
            // Recipients that were too many for one transaction get one of their own.
            Some(rest) if rest.recipients().len() < self.envelope.recipients().len() => {
                self.envelope = rest;
                self.stage = Stage::Waiting;
            }
            _ => self.stage = Stage::Leaving,
        }
    }

    fn hand_over(&mut self, client: &mut Client) -> Result<(), Box<dyn Error>> {
        let Stage::Sending { piece, at } = &mut self.stage else { return Ok(()) };
        let Some(rest) = self.pieces.get(*piece).and_then(|octets| octets.get(*at..)) else {
            return Ok(client.end_of_data()?);
        };
        match client.data(rest)? {
            // What was taken before is written first.
            0 if !rest.is_empty() => {}
            taken if taken == rest.len() => (*piece, *at) = (*piece + 1, 0),
            taken => *at += taken,
        }
        Ok(())
    }
}

/// How many line ends will grow by an octet.
fn bare_ends(octets: &[u8]) -> u64 {
    let mut before = 0;
    let mut count = 0;
    for &octet in octets {
        count += u64::from(octet == b'\n' && before != b'\r');
        before = octet;
    }
    count
}

//! What a server knows of its session, and of the mail that is open in it.

use super::event::HelloVerb;
use crate::server::auth::Exchange;
use crate::{Security, Transmission};
use alloc::vec::Vec;
use mailwire_core::dots::Tally;
use mailwire_sasl::server::Identity;

/// What is forgotten when TLS begins.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) security: Security,
    pub(super) hello: Option<HelloVerb>,
    pub(super) identity: Option<Identity>,
    pub(super) exchange: Option<Exchange>,
    /// The greeting was a refusal: nothing but QUIT is taken.
    pub(super) is_refused: bool,
}

impl Session {
    pub(super) fn is_extended(&self) -> bool {
        matches!(self.hello, Some(HelloVerb::Ehlo | HelloVerb::Lhlo))
    }

    pub(super) fn transmission(&self, mail: &Transaction) -> Transmission {
        let mut transmission = match self.hello {
            Some(HelloVerb::Ehlo) => Transmission::ESMTP,
            Some(HelloVerb::Lhlo) => Transmission::LMTP,
            Some(HelloVerb::Helo) | None => Transmission::SMTP,
        };
        if self.security == Security::Tls {
            transmission = transmission.secured();
        }
        if self.identity.is_some() {
            transmission = transmission.authenticated();
        }
        if mail.traits.is_utf8 { transmission.internationalized() } else { transmission }
    }
}

/// The mail that is open.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    pub(super) is_open: bool,
    pub(super) traits: MailTraits,
    /// Recipients that were accepted.
    pub(super) recipients: u32,
    /// Octets of the body.
    pub(super) octets: u64,
    /// What will be said at its end, since it is refused already.
    pub(super) verdict: Option<Verdict>,
    pub(super) chunks: Option<Chunks>,
    /// How many recipients still have no answer.
    pub(super) answers_due: u32,
}

/// What MAIL has said of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MailTraits {
    pub(super) is_utf8: bool,
    pub(super) is_binary: bool,
}

/// A refusal that waits for the end of what it refuses.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) reply: Vec<u8>,
    pub(super) code: crate::Code,
    /// Whether the application has said it, or has to be told.
    pub(super) by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Machine,
    Application,
}

/// A body that comes by BDAT.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks {
    pub(super) tally: Tally,
    pub(super) count: u32,
}

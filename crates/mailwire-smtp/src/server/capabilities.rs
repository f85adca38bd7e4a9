//! What a server announces: what it does, and nothing else.

use super::Server;
use crate::capability::{AnnouncedLimits, Words};
use crate::config::{Extensions, PlaintextAuth, StartTls};
use crate::{Answer, Capability, Security};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use mailwire_sasl::Mechanism;

type Offer = (Extensions, Capability<'static>);

const OFFERS: &[Offer] = &[
    (Extensions::PIPELINING, Capability::Pipelining),
    (Extensions::EIGHT_BIT_MIME, Capability::EightBitMime),
    (Extensions::SMTPUTF8, Capability::SmtpUtf8),
    (Extensions::CHUNKING, Capability::Chunking),
    (Extensions::CHUNKING.with(Extensions::BINARYMIME), Capability::BinaryMime),
    (Extensions::NONE, Capability::EnhancedStatusCodes),
    (Extensions::DSN, Capability::Dsn),
    (Extensions::DELIVERBY, Capability::DeliverBy(None)),
    (Extensions::RRVS, Capability::Rrvs),
    (Extensions::VRFY, Capability::Vrfy),
    (Extensions::EXPN, Capability::Expn),
    (Extensions::ETRN, Capability::Etrn),
];

/// The attributes of XCLIENT and XFORWARD that are announced.
const XCLIENT: &[u8] = b"NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT";
const XFORWARD: &[u8] = b"NAME ADDR PORT PROTO HELO IDENT SOURCE";

impl Server {
    /// Writes the answer to EHLO or LHLO.
    pub(super) fn announce(&mut self) {
        let mut mechanisms = String::new();
        for mechanism in self.offered_mechanisms() {
            mechanisms.push_str(mechanism);
            mechanisms.push(' ');
        }
        let limits = format!("RCPTMAX={}", self.config.limits.recipients);
        let words = |text| Words::new(text).unwrap_or_default();
        let mut list = Vec::with_capacity(OFFERS.len() + 8);
        list.push(Capability::Size(Some(self.config.max_size.unwrap_or(0))));
        list.extend(
            OFFERS.iter().filter(|(needs, _)| self.config.extensions.contains(*needs)).map(|offer| offer.1),
        );
        if self.offers(Extensions::MT_PRIORITY) {
            list.push(Capability::MtPriority(words(b"")));
        }
        if self.offers(Extensions::REQUIRETLS) {
            list.push(Capability::RequireTls);
        }
        if self.offers_start_tls() {
            list.push(Capability::StartTls);
        }
        if !mechanisms.is_empty() {
            list.push(Capability::Auth(words(mechanisms.as_bytes())));
        }
        if self.offers(Extensions::XCLIENT) {
            list.push(Capability::Xclient(words(XCLIENT)));
        }
        if self.offers(Extensions::XFORWARD) {
            list.push(Capability::Xforward(words(XFORWARD)));
        }
        list.push(Capability::Limits(AnnouncedLimits::new(words(limits.as_bytes()))));
        Answer::ehlo(self.config.name(), None, &list).encode(&mut self.out);
    }

    /// Whether an extension may be used: as it was announced.
    pub(super) fn offers(&self, extension: Extensions) -> bool {
        self.config.extensions.contains(extension)
            && (extension != Extensions::REQUIRETLS || self.session.security == Security::Tls)
    }

    pub(super) fn offers_start_tls(&self) -> bool {
        self.config.start_tls != StartTls::Never && self.session.security == Security::Plain
    }

    pub(super) fn offered_mechanisms(&self) -> impl Iterator<Item = &str> {
        self.config.mechanisms().filter(|name| self.may_use(name))
    }

    /// Whether the policy allows a mechanism on this stream.
    pub(super) fn may_use(&self, mechanism: &str) -> bool {
        let reveals = Mechanism::new(mechanism.as_bytes()).is_ok_and(Mechanism::reveals_secret);
        !reveals
            || self.session.security == Security::Tls
            || self.config.plaintext_auth == PlaintextAuth::Allow
    }
}

//! Whether a server can take a mail, and what it is told of it.

use crate::command::{Body, Envid, Mail, Orcpt, Parameter, Parameters, Rcpt};
use crate::config::{Chunking, ClientConfig};
use crate::data::{Content, LineEnds};
use crate::envelope::TlsDemand;
use crate::{Capabilities, Command, EnhancedCode, Envelope, Keyword, Recipient, Security};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use mailwire_address::{Address, ReversePath};

/// Why a mail can't be sent to this server, found before anything was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unsendable {
    /// It has more octets than the server takes: no more than this (SIZE, RFC 1870 §6.1).
    TooLarge(u64),
    /// It is not ASCII, and the server does not offer 8BITMIME (RFC 6152 §3).
    EightBit,
    /// It is not made of lines, and the server does not offer BINARYMIME and CHUNKING (RFC 3030).
    Binary,
    /// An address or its header is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531 §3.2).
    Utf8,
    /// It may only go over TLS all the way, and the server does not offer REQUIRETLS, or there is no TLS (RFC 8689 §4.2.1).
    RequireTls,
    /// The server takes no more mails in this session (LIMITS, RFC 9422): open another one.
    SessionFull,
}

impl Unsendable {
    /// What a server would have said.
    pub fn enhanced(self) -> Option<EnhancedCode> {
        match self {
            Self::TooLarge(_) => EnhancedCode::new(5, 3, 4),
            Self::EightBit | Self::Binary => EnhancedCode::new(5, 6, 3),
            Self::Utf8 => EnhancedCode::new(5, 6, 7),
            Self::RequireTls => EnhancedCode::new(5, 7, 30),
            Self::SessionFull => EnhancedCode::new(4, 5, 3),
        }
    }
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => write!(f, "the server takes mails of at most {limit} octets"),
            Self::EightBit => f.write_str("the server takes mails in ASCII only"),
            Self::Binary => f.write_str("the server takes mails in lines only"),
            Self::Utf8 => f.write_str("the server takes addresses and headers in ASCII only"),
            Self::RequireTls => f.write_str("the server does not promise TLS all the way"),
            Self::SessionFull => f.write_str("the server takes no more mails in this session"),
        }
    }
}

impl core::error::Error for Unsendable {}

/// How a body goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transfer {
    Data,
    Chunks(Content),
}

/// What is said for a mail.
#[derive(Debug)]
pub(super) struct Plan {
    /// The line of MAIL.
    pub(super) mail: Vec<u8>,
    /// The lines of RCPT, one after the other.
    pub(super) recipients: Vec<u8>,
    /// How many they are. Those of the envelope that are not among them are left over.
    pub(super) count: usize,
    /// How many replies may be outstanding: with one, nothing is pipelined.
    pub(super) window: usize,
    pub(super) transfer: Transfer,
}

/// What a client knows of its server.
#[derive(Clone, Copy)]
pub(super) struct Server<'a> {
    /// `None` if it answered to HELO.
    pub(super) capabilities: Option<Capabilities<'a>>,
    pub(super) security: Security,
    /// How many mails it has been offered.
    pub(super) transactions: u32,
}

impl Server<'_> {
    fn offers(&self, keyword: Keyword<'_>) -> bool {
        self.capabilities.is_some_and(|capabilities| capabilities.supports(keyword))
    }

    pub(super) fn plan(&self, envelope: &Envelope, config: &ClientConfig) -> Result<Plan, Unsendable> {
        let limits = self.capabilities.map(|capabilities| capabilities.limits()).unwrap_or_default();
        if limits.transactions().is_some_and(|most| self.transactions >= most) {
            return Err(Unsendable::SessionFull);
        }
        let transfer = self.transfer(envelope, config)?;
        let mail = self.mail(envelope)?;
        let domains = limits.recipient_domains();
        let count = within(&envelope.recipients, limits.recipients(), domains);
        let dsn = self.offers(Keyword::DSN);
        let mut recipients = Vec::new();
        for recipient in envelope.recipients.iter().take(count) {
            rcpt(recipient, dsn, &mut recipients);
        }
        let window = if self.offers(Keyword::PIPELINING) { config.window } else { 1 };
        Ok(Plan { mail, recipients, count, window: usize::try_from(window).unwrap_or(usize::MAX), transfer })
    }

    fn transfer(&self, envelope: &Envelope, config: &ClientConfig) -> Result<Transfer, Unsendable> {
        let chunking = self.offers(Keyword::CHUNKING);
        match envelope.body {
            Body::BinaryMime if chunking && self.offers(Keyword::BINARYMIME) => {
                Ok(Transfer::Chunks(Content::Binary))
            }
            Body::BinaryMime => Err(Unsendable::Binary),
            Body::EightBitMime if !self.offers(Keyword::EIGHT_BIT_MIME) => Err(Unsendable::EightBit),
            Body::SevenBit | Body::EightBitMime => {
                let chunks = config.chunking == Chunking::WhenOffered && config.line_ends == LineEnds::Refuse;
                Ok(if chunking && chunks { Transfer::Chunks(Content::Lines) } else { Transfer::Data })
            }
        }
    }

    fn mail(&self, envelope: &Envelope) -> Result<Vec<u8>, Unsendable> {
        let mut parameters = Vec::new();
        if let Some(size) = envelope.size {
            let limit = self.capabilities.and_then(|capabilities| capabilities.size());
            if let Some(limit) = limit.filter(|&limit| size > limit) {
                return Err(Unsendable::TooLarge(limit));
            }
            if self.offers(Keyword::SIZE) {
                parameters.push(Parameter::Size(size));
            }
        }
        if envelope.body != Body::SevenBit {
            parameters.push(Parameter::Body(envelope.body));
        }
        if envelope.is_utf8() {
            if !self.offers(Keyword::SMTPUTF8) {
                return Err(Unsendable::Utf8);
            }
            parameters.push(Parameter::SmtpUtf8);
        }
        if envelope.tls == TlsDemand::AllTheWay {
            if self.security == Security::Plain || !self.offers(Keyword::REQUIRETLS) {
                return Err(Unsendable::RequireTls);
            }
            parameters.push(Parameter::RequireTls);
        }
        if self.offers(Keyword::DSN) {
            parameters.extend(envelope.ret.map(Parameter::Ret));
            let envid = envelope.envid.as_deref().and_then(|name| Envid::new(name).ok());
            parameters.extend(envid.map(Parameter::Envid));
        }
        let path = envelope.sender.as_ref().map_or(ReversePath::Null, ReversePath::from);
        let mut line = Vec::new();
        Command::Mail(Mail { path, parameters: Parameters::new(&parameters) }).encode(&mut line);
        Ok(line)
    }
}

fn rcpt(recipient: &Recipient, dsn: bool, out: &mut Vec<u8>) {
    let mut parameters = Vec::new();
    if dsn {
        parameters.extend(recipient.notify.map(Parameter::Notify));
        let orcpt = recipient.orcpt.as_deref().and_then(|address| Orcpt::new(address).ok());
        parameters.extend(orcpt.map(Parameter::Orcpt));
    }
    Command::Rcpt(Rcpt { path: recipient.path(), parameters: Parameters::new(&parameters) }).encode(out);
}

/// How many of the recipients may go into one transaction. One goes always: 0 is no limit that makes sense.
fn within(recipients: &[Recipient], most: Option<u32>, most_domains: Option<u32>) -> usize {
    let count = |limit: u32| usize::try_from(limit.max(1)).unwrap_or(usize::MAX);
    let most = most.map_or(recipients.len(), |most| recipients.len().min(count(most)));
    let Some(most_domains) = most_domains.map(count) else { return most };
    let mut domains = BTreeSet::new();
    recipients
        .iter()
        .take(most)
        .take_while(|recipient| {
            let text = recipient.address().map(Address::as_str).unwrap_or_default();
            let domain = text.rsplit_once('@').map(|(_, domain)| domain).unwrap_or_default();
            domains.insert(domain.to_ascii_lowercase());
            domains.len() <= most_domains
        })
        .count()
}

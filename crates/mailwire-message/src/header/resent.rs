//! How a message was sent again by those who got it (RFC 5322 §3.6.6).

use super::{Field, FieldName, Headers};
use crate::value::{MessageId, date};
use mailwire_address::Addresses;
use mailwire_core::DateTime;

impl<'m, 'a> Headers<'m, 'a> {
    /// Each time that somebody sent the message again, the last time first.
    ///
    /// "Each new set of resent fields is prepended to the message": a block ends before a field of a name which it has
    /// already, and before a trace field (Received, Return-Path), which a new way through the net puts above it. Other
    /// fields in between do not end it.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Resent-From: c@host.example\nResent-To: d@host.example\nReceived: by host.example\n\
    ///     Resent-From: b@host.example\nResent-To: c@host.example\nFrom: a@host.example\n\n";
    /// let message = Parser::new().parse(raw);
    /// let senders: Vec<_> = message.headers().resent()
    ///     .flat_map(|resent| resent.from().mailboxes()).map(|mailbox| mailbox.to_string()).collect();
    /// assert_eq!(senders, ["c@host.example", "b@host.example"]);
    /// ```
    pub fn resent(&self) -> impl Iterator<Item = Resent<'m, 'a>> + use<'m, 'a> {
        let mut rest = *self;
        core::iter::from_fn(move || rest.take_block())
    }

    /// Takes the fields up to the end of the next block from the front.
    fn take_block(&mut self) -> Option<Resent<'m, 'a>> {
        let mut seen = 0_u32;
        let mut len = self.entries.len();
        for (at, field) in self.iter().enumerate() {
            if let Some(kind) = NAMES.iter().position(|name| field.is(*name)) {
                if seen & 1 << kind != 0 {
                    len = at;
                    break;
                }
                seen |= 1 << kind;
            } else if seen != 0 && (field.is(FieldName::RECEIVED) || field.is(FieldName::RETURN_PATH)) {
                len = at;
                break;
            }
        }
        let (block, rest) = self.entries.split_at_checked(len)?;
        let block = Self { entries: block, ..*self };
        self.entries = rest;
        (seen != 0).then_some(Resent { headers: block })
    }
}

const NAMES: [FieldName<'static>; 7] = [
    FieldName::RESENT_DATE,
    FieldName::RESENT_FROM,
    FieldName::RESENT_SENDER,
    FieldName::RESENT_TO,
    FieldName::RESENT_CC,
    FieldName::RESENT_BCC,
    FieldName::RESENT_MESSAGE_ID,
];

/// One time that a message was sent again: who did, when, to whom.
#[derive(Clone, Copy, Debug)]
pub struct Resent<'m, 'a> {
    /// From the end of the block above to the end of this one.
    headers: Headers<'m, 'a>,
}

impl<'m, 'a> Resent<'m, 'a> {
    /// The fields of the block, as they came.
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> + use<'m, 'a> {
        self.headers.iter().filter(|field| NAMES.iter().any(|name| field.is(*name)))
    }

    /// When it was sent again. `None` where the field is missing or can't be read.
    pub fn date(&self) -> Option<DateTime> {
        date::parse(self.headers.first(FieldName::RESENT_DATE)?.value()).ok()
    }

    /// On whose behalf.
    pub fn from(&self) -> Addresses<'a> {
        self.headers.addresses(FieldName::RESENT_FROM)
    }

    /// Who did it, where that is somebody else.
    pub fn sender(&self) -> Addresses<'a> {
        self.headers.addresses(FieldName::RESENT_SENDER)
    }

    /// To whom.
    pub fn to(&self) -> Addresses<'a> {
        self.headers.addresses(FieldName::RESENT_TO)
    }

    /// To whom else.
    pub fn cc(&self) -> Addresses<'a> {
        self.headers.addresses(FieldName::RESENT_CC)
    }

    /// To whom in secret, where it still says them.
    pub fn bcc(&self) -> Addresses<'a> {
        self.headers.addresses(FieldName::RESENT_BCC)
    }

    /// The identifier of the message as it was sent again.
    pub fn message_id(&self) -> Option<MessageId<'a>> {
        MessageId::parse(self.headers.first(FieldName::RESENT_MESSAGE_ID)?.value()).ok()
    }
}

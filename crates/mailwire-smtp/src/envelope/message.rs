//! An envelope out of a header, and the mail without what must not be read.

use super::{Envelope, Recipient};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use mailwire_address::{Address, Path};
use mailwire_message::{Field, FieldName, Message};

/// Why a header gives no envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeaderError {
    /// Nobody is named as the sender.
    NoSender,
    /// Nobody is named as a recipient.
    NoRecipient,
    /// An address can't be sent to. Where it stands in the mail.
    Address(usize),
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSender => f.write_str("the header names no sender"),
            Self::NoRecipient => f.write_str("the header names no recipient"),
            Self::Address(at) => write!(f, "expected an address that can be sent to at byte {at}"),
        }
    }
}

impl core::error::Error for HeaderError {}

impl Envelope {
    /// Who a message says it is from, and to whom (RFC 5322 §3.6.2, §3.6.3). If it was sent again, those of the last time
    /// (§3.6.6); else Sender, or else the first of From, to all of To, Cc and Bcc. Nobody gets it twice.
    ///
    /// The size is that of the message [without Bcc](WithoutBcc). What octets it has is for the caller to say.
    ///
    /// ```
    /// use mailwire_message::Message;
    /// use mailwire_smtp::Envelope;
    /// use mailwire_smtp::envelope::WithoutBcc;
    ///
    /// let raw = b"From: Ann <ann@example.org>\r\nTo: bob@example.com\r\nBcc: eve@example.com,\r\n bob@example.com\r\n\r\nHi\r\n";
    /// let message = Message::parse(raw);
    /// let envelope = Envelope::from_headers(&message)?;
    /// assert_eq!(envelope.sender().map(|sender| sender.as_str()), Some("ann@example.org"));
    /// let recipients: Vec<String> = envelope.recipients().iter().map(ToString::to_string).collect();
    /// assert_eq!(recipients, ["<bob@example.com>", "<eve@example.com>"]);
    /// let sent = WithoutBcc::new(&message).slices().concat();
    /// assert_eq!(sent, b"From: Ann <ann@example.org>\r\nTo: bob@example.com\r\n\r\nHi\r\n");
    /// # Ok::<(), mailwire_smtp::envelope::HeaderError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where nobody is named as the sender or as a recipient; the first address that can't be sent to.
    pub fn from_headers(message: &Message<'_>) -> Result<Self, HeaderError> {
        let headers = message.headers();
        let (sender, recipients): (Vec<_>, Vec<_>) = match headers.resent().next() {
            Some(resent) => (
                resent.fields().filter(|field| SENT_AGAIN_BY.iter().any(|name| field.is(*name))).collect(),
                resent.fields().filter(|field| SENT_AGAIN_TO.iter().any(|name| field.is(*name))).collect(),
            ),
            None => (
                SENT_BY.iter().filter_map(|name| headers.first(*name)).collect(),
                SENT_TO.iter().flat_map(|name| headers.all(*name)).collect(),
            ),
        };
        // Sender stands for the one who did it, where From names several.
        let by = |names: [FieldName<'static>; 2]| {
            let mut fields = names.into_iter().filter_map(|name| sender.iter().find(|field| field.is(name)));
            fields.find_map(|field| addresses(field).next())
        };
        let sent_by = by(SENT_AGAIN_BY).or_else(|| by(SENT_BY)).ok_or(HeaderError::NoSender)??;
        let mut seen = BTreeSet::new();
        let mut envelope = Self::new(sent_by).with_size(WithoutBcc::new(message).octets());
        for address in recipients.iter().flat_map(addresses) {
            let address = address?;
            if seen.insert(address.clone()) {
                envelope.recipients.push(Recipient::from(address));
            }
        }
        if envelope.recipients.is_empty() { Err(HeaderError::NoRecipient) } else { Ok(envelope) }
    }
}

const SENT_BY: [FieldName<'static>; 2] = [FieldName::SENDER, FieldName::FROM];
const SENT_TO: [FieldName<'static>; 3] = [FieldName::TO, FieldName::CC, FieldName::BCC];
const SENT_AGAIN_BY: [FieldName<'static>; 2] = [FieldName::RESENT_SENDER, FieldName::RESENT_FROM];
const SENT_AGAIN_TO: [FieldName<'static>; 3] =
    [FieldName::RESENT_TO, FieldName::RESENT_CC, FieldName::RESENT_BCC];

/// The addresses of a field, as a path can hold them.
fn addresses<'a>(field: &Field<'a>) -> impl Iterator<Item = Result<Address, HeaderError>> + use<'a> {
    let start = field.value_range().start;
    field.addresses().mailboxes().map(move |mailbox| {
        let spec = mailbox.address().filter(|&spec| Path::try_from(spec).is_ok());
        let error = HeaderError::Address(start + mailbox.range().start);
        spec.and_then(|spec| spec.to_address()).ok_or(error)
    })
}

/// A message without the fields that name secret recipients, Bcc and Resent-Bcc, in slices of it (RFC 5322 §3.6.3).
#[derive(Clone, Debug)]
pub struct WithoutBcc<'a> {
    slices: Vec<&'a [u8]>,
}

impl<'a> WithoutBcc<'a> {
    /// Cuts them out of the header of the message; those of messages inside of it stay.
    pub fn new(message: &Message<'a>) -> Self {
        let raw = message.raw();
        let secret = [FieldName::BCC, FieldName::RESENT_BCC];
        let mut slices = Vec::new();
        let mut at = 0;
        for field in message.headers().iter().filter(|field| secret.iter().any(|name| field.is(*name))) {
            let range = field.range();
            slices.push(raw.get(at..range.start).unwrap_or_default());
            at = range.end;
        }
        slices.push(raw.get(at..).unwrap_or_default());
        slices.retain(|slice| !slice.is_empty());
        Self { slices }
    }

    /// What is left, in order; none of them is empty.
    pub fn slices(&self) -> &[&'a [u8]] {
        &self.slices
    }

    /// How many octets are left.
    pub fn octets(&self) -> u64 {
        self.slices.iter().map(|slice| slice.len() as u64).sum()
    }
}

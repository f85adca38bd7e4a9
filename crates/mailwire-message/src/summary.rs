//! What a list of mails shows of each, owned: to be kept in a database, a cache, another thread.

use crate::header::{Field, FieldName, FieldNames};
use crate::part::Part;
use crate::preview::preview;
use crate::value::{DispositionKind, MessageId, MessageIds};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use mailwire_address::{Addresses, Mailbox as Borrowed};
use mailwire_core::DateTime;

/// What a list of mails shows of each: who, when, about what, in which thread, and what is attached.
///
/// It is owned, and free of the mail's bytes. A field that the mail does not have, or that can't be read, is `None` or empty;
/// of repeated fields the first is read, as everywhere.
///
/// With feature `serde` it goes both ways through any format. Its keys are the fields' names in camel case, but for `email`, the
/// address of a mailbox. A key that is missing, in what an older version has stored, has its default. In binary formats
/// the fields stand in the order below; new ones will come last.
///
/// # Examples
///
/// ```
/// use mailwire_message::{Parser, Summary};
///
/// fn summary() -> Summary {
///     let raw = b"From: Jane <jane@example.org>\r\nSubject: =?utf-8?Q?caf=C3=A9?=\r\n\r\n  At\r\nfive?\r\n".to_vec();
///     Parser::new().parse(&raw).summary()
/// }
///
/// let summary = summary();
/// assert_eq!(summary.subject.as_deref(), Some("café"));
/// assert_eq!(summary.from[0].name.as_deref(), Some("Jane"));
/// assert_eq!(summary.preview, "At five?");
/// assert!(!summary.has_attachment);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", default))]
#[non_exhaustive]
pub struct Summary {
    /// The octets of the whole mail.
    pub size: u64,
    /// The Message-ID, without its brackets.
    pub message_id: Option<String>,
    /// The identifiers of what it answers.
    pub in_reply_to: Vec<String>,
    /// The identifiers of the thread it belongs to, oldest first.
    pub references: Vec<String>,
    /// When it was written. A string of RFC 3339 in every format.
    pub date: Option<DateTime>,
    /// The subject, decoded.
    pub subject: Option<String>,
    /// The authors. Groups are opened, here and below.
    pub from: Vec<Mailbox>,
    /// Who sent it, where that is not the author.
    pub sender: Vec<Mailbox>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// The primary recipients.
    pub to: Vec<Mailbox>,
    /// The other recipients.
    pub cc: Vec<Mailbox>,
    /// The hidden recipients.
    pub bcc: Vec<Mailbox>,
    /// How the text begins: [`Message::preview`](crate::Message::preview) of [`Summary::PREVIEW`] characters.
    pub preview: String,
    /// Whether one of the attachments is not declared inline: whether to show a paper clip.
    pub has_attachment: bool,
    /// The attachments of the outermost message; see [`Bodies`](crate::Bodies).
    pub attachments: Vec<Attachment>,
}

/// One address, with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Mailbox {
    /// The name to show, decoded.
    pub name: Option<String>,
    /// The address in its canonical form. Where none can be read, what stands in its place, or nothing.
    #[cfg_attr(feature = "serde", serde(rename = "email"))]
    pub address: String,
}

/// One attachment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Attachment {
    /// The name that the sender gave it: nothing to open a file with as it is.
    pub file_name: Option<String>,
    /// The type in lower case: `image/png`.
    pub media_type: String,
    /// The octets of its body in the mail: in base64 that is about 4/3 of the file. Nothing is decoded for it.
    pub size: u64,
    /// The Content-ID by which HTML refers to it, without its brackets.
    pub content_id: Option<String>,
    /// Whether it is declared to be shown with the text.
    pub inline: bool,
}

impl Summary {
    /// The most characters of a preview: as many as JMAP allows (RFC 8621 §4.1.4).
    pub const PREVIEW: usize = 256;

    pub(crate) fn of(root: Part<'_, '_>) -> Self {
        let bodies = root.bodies();
        let attachments: Vec<_> = bodies.attachments().map(Attachment::of).collect();
        let [message_id, in_reply_to, references, date, subject, from, sender, reply_to, to, cc, bcc] =
            root.headers().firsts(&FIELDS);
        let ids = |field: Option<Field<'_>>| field.map_or_else(Vec::new, |field| texts(field.message_ids()));
        let list =
            |field: Option<Field<'_>>| field.map_or_else(Vec::new, |field| mailboxes(field.addresses()));
        Self {
            size: root.raw.len() as u64,
            message_id: message_id.and_then(|field| MessageId::parse(field.value()).ok()).map(|id| text(&id)),
            in_reply_to: ids(in_reply_to),
            references: ids(references),
            date: date.and_then(|field| field.date().ok()),
            subject: subject.map(|field| field.text().into_owned()),
            from: list(from),
            sender: list(sender),
            reply_to: list(reply_to),
            to: list(to),
            cc: list(cc),
            bcc: list(bcc),
            preview: preview(&bodies, Self::PREVIEW),
            has_attachment: attachments.iter().any(|attachment| !attachment.inline),
            attachments,
        }
    }
}

/// What is read of the header.
static FIELDS: FieldNames<11> = FieldNames::new([
    FieldName::MESSAGE_ID,
    FieldName::IN_REPLY_TO,
    FieldName::REFERENCES,
    FieldName::DATE,
    FieldName::SUBJECT,
    FieldName::FROM,
    FieldName::SENDER,
    FieldName::REPLY_TO,
    FieldName::TO,
    FieldName::CC,
    FieldName::BCC,
]);

impl Attachment {
    fn of(part: Part<'_, '_>) -> Self {
        let inline = part.disposition().is_some_and(|found| found.kind() == DispositionKind::Inline);
        Self {
            file_name: part.file_name().map(alloc::borrow::Cow::into_owned),
            media_type: part.content_type().to_lowercase(),
            size: part.body_range().len() as u64,
            content_id: part.headers().content_id().map(|id| text(&id)),
            inline,
        }
    }
}

impl From<Borrowed<'_>> for Mailbox {
    fn from(mailbox: Borrowed<'_>) -> Self {
        let address = match mailbox.address() {
            Some(address) => address.as_str().map_or_else(|| address.to_string(), String::from),
            None => String::from_utf8_lossy(mailbox.invalid_address().unwrap_or_default()).into_owned(),
        };
        Self { name: mailbox.display_name().map(alloc::borrow::Cow::into_owned), address }
    }
}

pub(crate) fn mailboxes(addresses: Addresses<'_>) -> Vec<Mailbox> {
    addresses.mailboxes().map(Mailbox::from).collect()
}

pub(crate) fn texts(ids: MessageIds<'_>) -> Vec<String> {
    ids.map(|id| text(&id)).collect()
}

pub(crate) fn text(id: &MessageId<'_>) -> String {
    id.to_text().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parser;

    /// In one walk the same fields are found as one by one.
    #[test]
    fn all_fields_are_the_first_of_their_names() {
        let names = [
            "Message-ID",
            "in-reply-to",
            "REFERENCES",
            "Date",
            "Subject",
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "bcc",
        ];
        let mut raw = String::new();
        for turn in 0..2 {
            for (at, name) in names.iter().enumerate() {
                // Names of the same length, first and last letter are others.
                let other =
                    [name.get(..1).unwrap_or_default(), "-", name.get(2..).unwrap_or_default()].concat();
                let [turn, at] = [turn, at].map(|number: usize| number.to_string());
                raw += &[&other, ": no\nX-", name, ": no\n", name, ": ", &turn, &at, "\n"].concat();
            }
        }
        for start in 0..names.len() {
            let skipped: usize = raw.split_inclusive('\n').take(3 * start).map(str::len).sum();
            let message = Parser::new().parse(raw.as_bytes().get(skipped..).unwrap_or_default());
            let headers = message.headers();
            for (found, name) in headers.firsts(&FIELDS).into_iter().zip(names) {
                let first = headers.first(name).map(|field| field.range());
                assert_eq!(found.map(|field| field.range()), first, "{name}");
                assert!(first.is_some());
            }
        }
        let message = Parser::new().parse(b"X: y\n\n");
        assert!(message.headers().firsts(&FIELDS).iter().all(Option::is_none));
    }
}

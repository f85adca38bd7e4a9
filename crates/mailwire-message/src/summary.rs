//! What a list of mails shows of each, owned: to be kept in a database, a cache, another thread.

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
        let headers = root.headers();
        let bodies = root.bodies();
        let attachments: Vec<_> = bodies.attachments().map(Attachment::of).collect();
        Self {
            size: root.raw.len() as u64,
            message_id: headers.message_id().map(|id| text(&id)),
            in_reply_to: texts(headers.in_reply_to()),
            references: texts(headers.references()),
            date: headers.date(),
            subject: headers.subject().map(alloc::borrow::Cow::into_owned),
            from: mailboxes(headers.from()),
            sender: mailboxes(headers.sender()),
            reply_to: mailboxes(headers.reply_to()),
            to: mailboxes(headers.to()),
            cc: mailboxes(headers.cc()),
            bcc: mailboxes(headers.bcc()),
            preview: preview(&bodies, Self::PREVIEW),
            has_attachment: attachments.iter().any(|attachment| !attachment.inline),
            attachments,
        }
    }
}

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

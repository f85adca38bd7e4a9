//! Header blocks: fields in order, as they came, parsed when asked.
//!
//! ```text
//!  Subject: =?utf-8?Q?caf=C3=A9?=\r\n      Field::name   b"Subject"
//!  └──┬──┘ └──────────┬─────────┘          Field::value  b" =?utf-8?Q?caf=C3=A9?="
//!    name           value                  Field::text   "café"
//! ```

mod authentication;
mod field;
mod handling;
mod list;
mod name;
mod resent;
mod thread;

pub use authentication::ArcSet;
pub use field::Field;
pub use name::FieldName;
pub(crate) use name::FieldNames;
pub use resent::Resent;

use crate::index::{FieldEntry, Index};
use crate::value::{
    BaseSubject, ContentType, Disposition, Languages, MessageId, MessageIds, Received, ReturnPath, Uri, date,
};
pub use thread::ThreadIds;

use alloc::borrow::Cow;
use core::fmt;
use mailwire_address::{Addresses, Mailbox};
use mailwire_core::DateTime;

/// The header block of a message or of a part.
///
/// Fields keep their order, and duplicates stay: say whether you want the [`first`](Self::first), the
/// [`last`](Self::last) or [`all`](Self::all). The typed shortcuts take the first, as nearly every reader does.
///
/// # Examples
///
/// ```
/// use mailwire_message::{FieldName, Parser};
///
/// let raw = b"Received: two\nReceived: one\nX-Mood: =?utf-8?Q?=E2=98=BA?=\n\n";
/// let message = Parser::new().parse(raw);
/// let headers = message.headers();
/// assert_eq!(headers.all(FieldName::RECEIVED).count(), 2);
/// assert_eq!(headers.last(FieldName::RECEIVED).unwrap().text(), "one");
/// assert_eq!(headers.first("x-mood").unwrap().text(), "☺");
/// ```
#[derive(Clone, Copy)]
pub struct Headers<'m, 'a> {
    raw: &'a [u8],
    entries: &'m [FieldEntry],
}

impl<'m, 'a> Headers<'m, 'a> {
    pub(crate) fn new(raw: &'a [u8], index: &'m Index, first: u32, last: u32) -> Self {
        let entries = index.fields.get(first as usize..last as usize).unwrap_or_default();
        Self { raw, entries }
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All fields, from the top.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Field<'a>> + ExactSizeIterator + use<'m, 'a> {
        let raw = self.raw;
        self.entries.iter().map(move |entry| Field::new(raw, *entry))
    }

    /// The topmost field of this name, in any case.
    pub fn first<'n>(&self, name: impl Into<FieldName<'n>>) -> Option<Field<'a>> {
        let name = name.into();
        let raw = self.raw;
        self.entries.iter().find(|entry| name.is_of(raw, entry)).map(|entry| Field::new(raw, *entry))
    }

    /// The topmost field of each of these names, found in one walk.
    pub(crate) fn firsts<const N: usize>(&self, names: &FieldNames<N>) -> [Option<Field<'a>>; N] {
        let mut found = [None; N];
        for entry in self.entries {
            if let Some(slot @ None) = names.find(self.raw, entry).and_then(|at| found.get_mut(at)) {
                *slot = Some(Field::new(self.raw, *entry));
            }
        }
        found
    }

    /// The undermost field of this name.
    pub fn last<'n>(&self, name: impl Into<FieldName<'n>>) -> Option<Field<'a>> {
        let name = name.into();
        let raw = self.raw;
        self.entries.iter().rev().find(|entry| name.is_of(raw, entry)).map(|entry| Field::new(raw, *entry))
    }

    /// Every field of this name, from the top.
    pub fn all<'n, N: Into<FieldName<'n>>>(
        &self,
        name: N,
    ) -> impl DoubleEndedIterator<Item = Field<'a>> + use<'m, 'a, 'n, N> {
        let name = name.into();
        let raw = self.raw;
        let entries = self.entries.iter().filter(move |entry| name.is_of(raw, entry));
        entries.map(move |entry| Field::new(raw, *entry))
    }

    /// The Subject, decoded (RFC 5322 §3.6.5, RFC 2047).
    pub fn subject(&self) -> Option<Cow<'a, str>> {
        self.first(FieldName::SUBJECT).map(|field| field.text())
    }

    /// What the Subject is about, without `Re:` and its like (RFC 5256 §2.1).
    pub fn base_subject(&self) -> Option<BaseSubject<'a>> {
        self.subject().map(BaseSubject::of)
    }

    /// The authors (RFC 5322 §3.6.2); none where the field is missing.
    pub fn from(&self) -> Addresses<'a> {
        self.addresses(FieldName::FROM)
    }

    /// Who sent it, where that is not the author (RFC 5322 §3.6.2).
    pub fn sender(&self) -> Addresses<'a> {
        self.addresses(FieldName::SENDER)
    }

    /// Where answers go (RFC 5322 §3.6.2).
    pub fn reply_to(&self) -> Addresses<'a> {
        self.addresses(FieldName::REPLY_TO)
    }

    /// The primary recipients (RFC 5322 §3.6.3).
    pub fn to(&self) -> Addresses<'a> {
        self.addresses(FieldName::TO)
    }

    /// The other recipients (RFC 5322 §3.6.3).
    pub fn cc(&self) -> Addresses<'a> {
        self.addresses(FieldName::CC)
    }

    /// The hidden recipients, where the mail still says them (RFC 5322 §3.6.3).
    pub fn bcc(&self) -> Addresses<'a> {
        self.addresses(FieldName::BCC)
    }

    /// The address list in the first field of this name; an empty one where the field is missing.
    pub fn addresses<'n>(&self, name: impl Into<FieldName<'n>>) -> Addresses<'a> {
        mailwire_address::addresses(self.first(name).map_or(b"", |field| field.value()))
    }

    /// The addresses in all fields of this name, from the top, with groups opened and junk left out: whom a program that
    /// wants no more than the addresses asks. `.next()` is the first.
    ///
    /// ```
    /// use mailwire_message::{FieldName, Parser};
    ///
    /// let raw = b"From: Ann <a@host.example>\nTo: b@host.example, Team: c@host.example;\nTo: d@host.example\n\n";
    /// let message = Parser::new().parse(raw);
    /// let author = message.headers().mailboxes(FieldName::FROM).next().unwrap();
    /// assert_eq!(author.to_string(), "Ann <a@host.example>");
    /// assert_eq!(message.headers().mailboxes(FieldName::TO).count(), 3);
    /// ```
    pub fn mailboxes<'n, N: Into<FieldName<'n>>>(
        &self,
        name: N,
    ) -> impl Iterator<Item = Mailbox<'a>> + use<'m, 'a, 'n, N> {
        self.all(name).flat_map(|field| field.addresses().mailboxes())
    }

    /// When it was written (RFC 5322 §3.6.1). `None` where the field is missing or can't be read;
    /// [`Field::date`] says why.
    pub fn date(&self) -> Option<DateTime> {
        date::parse(self.first(FieldName::DATE)?.value()).ok()
    }

    /// The Message-ID (RFC 5322 §3.6.4).
    pub fn message_id(&self) -> Option<MessageId<'a>> {
        MessageId::parse(self.first(FieldName::MESSAGE_ID)?.value()).ok()
    }

    /// What it answers (RFC 5322 §3.6.4).
    pub fn in_reply_to(&self) -> MessageIds<'a> {
        self.message_ids(FieldName::IN_REPLY_TO)
    }

    /// The thread it belongs to, oldest first (RFC 5322 §3.6.4).
    pub fn references(&self) -> MessageIds<'a> {
        self.message_ids(FieldName::REFERENCES)
    }

    /// What places it in a thread, oldest first: its References, else the first identifier that it answers, and then its
    /// own (RFC 5256 §3). None comes twice.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"References: <1@a.example> <2@a.example>\nIn-Reply-To: <2@a.example>\nMessage-ID: <3@a.example>\n\n";
    /// let message = Parser::new().parse(raw);
    /// let ids: Vec<_> = message.headers().thread_ids().map(|id| id.to_text().into_owned()).collect();
    /// assert_eq!(ids, ["1@a.example", "2@a.example", "3@a.example"]);
    /// ```
    pub fn thread_ids(&self) -> ThreadIds<'a> {
        ThreadIds::new(self.references(), self.in_reply_to(), self.message_id())
    }

    fn message_ids(&self, name: FieldName<'_>) -> MessageIds<'a> {
        MessageIds::new(self.first(name).map_or(b"", |field| field.value()))
    }

    /// The way the mail came, hop by hop, from the top: the last hop first (RFC 5322 §3.6.7).
    pub fn received(&self) -> impl DoubleEndedIterator<Item = Received<'a>> + use<'m, 'a> {
        self.all(FieldName::RECEIVED).map(|field| field.received())
    }

    /// Where failure notices go, or that none are wanted (RFC 5321 §4.4). `None` where the field is missing or can't be
    /// read.
    pub fn return_path(&self) -> Option<ReturnPath<'a>> {
        ReturnPath::parse(self.first(FieldName::RETURN_PATH)?.value()).ok()
    }

    /// The Content-Type as the field says it (RFC 2045 §5); [`Part::content_type`](crate::Part::content_type) has
    /// the defaults in it.
    pub fn content_type(&self) -> Option<ContentType<'a>> {
        self.first(FieldName::CONTENT_TYPE).map(|field| field.content_type())
    }

    /// The Content-Disposition (RFC 2183).
    pub fn disposition(&self) -> Option<Disposition<'a>> {
        self.first(FieldName::CONTENT_DISPOSITION).map(|field| field.disposition())
    }

    /// The Content-ID (RFC 2045 §7).
    pub fn content_id(&self) -> Option<MessageId<'a>> {
        MessageId::parse(self.first(FieldName::CONTENT_ID)?.value()).ok()
    }

    /// Which languages it is in (RFC 3282).
    pub fn content_language(&self) -> Languages<'a> {
        Languages::new(self.first_value(FieldName::CONTENT_LANGUAGE))
    }

    /// Where it can be found, for links to it and for relative links in it (RFC 2557 §4.2).
    pub fn content_location(&self) -> Option<Uri<'a>> {
        self.first(FieldName::CONTENT_LOCATION).map(|field| Uri::parse(field.value()))
    }

    /// What it is, for people, decoded (RFC 2045 §8).
    pub fn content_description(&self) -> Option<Cow<'a, str>> {
        self.first(FieldName::CONTENT_DESCRIPTION).map(|field| field.text())
    }

    /// The value of the first field of this name; nothing where the field is missing.
    fn first_value(&self, name: FieldName<'_>) -> &'a [u8] {
        self.first(name).map_or(b"", |field| field.value())
    }
}

impl fmt::Debug for Headers<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

//! A mail and its index, as one value.

use crate::defect::{MessageDefect, StructureDefect};
use crate::examine::{self, Policy};
use crate::header::{FieldName, Headers, ThreadIds};
use crate::index::{AttachError, Index};
use crate::parser::Parser;
use crate::part::{Part, Walk};
use crate::summary::Summary;
use crate::value::{BaseSubject, ListId, MessageId, MessageIds, Received, ReturnPath};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
use mailwire_address::{Addresses, Mailbox};
use mailwire_core::{DateTime, Defect};

/// A mail that was read: its bytes, borrowed, and where everything in them is.
///
/// What is a slice of the mail lives as long as the mail's bytes, not as long as this value. To keep both together,
/// use an [`OwnedMessage`].
///
/// # Examples
///
/// ```
/// use mailwire_message::Parser;
///
/// let raw = b"From: Jane <jane@example.org>\r\n\
///     Content-Type: multipart/mixed; boundary=x\r\n\r\n\
///     --x\r\n\r\nHello\r\n\
///     --x\r\nContent-Disposition: attachment; filename=a.bin\r\n\
///     Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x--\r\n";
/// let message = Parser::new().parse(raw);
/// let sender = message.from().mailboxes().next().unwrap();
/// assert_eq!(sender.to_string(), "Jane <jane@example.org>");
/// let attachment = message.attachments().next().unwrap();
/// assert_eq!(attachment.file_name().as_deref(), Some("a.bin"));
/// assert_eq!(&*attachment.decoded(), [0, 1, 2]);
/// assert!(message.defects().is_empty());
/// ```
#[derive(Clone)]
pub struct Message<'a> {
    raw: &'a [u8],
    index: Index,
    nesting: u8,
}

/// A mail that was read and owns its bytes; everything else is as with [`Message`].
///
/// The bytes are [`Bytes`]: a clone shares them.
///
/// ```
/// use mailwire_message::OwnedMessage;
///
/// fn read() -> OwnedMessage {
///     let bytes: Vec<u8> = b"Subject: mine\n\ntext".to_vec();
///     OwnedMessage::parse(bytes)
/// }
/// assert_eq!(read().subject().as_deref(), Some("mine"));
/// ```
#[derive(Clone)]
pub struct OwnedMessage {
    raw: Bytes,
    index: Index,
    nesting: u8,
}

impl<'a> Message<'a> {
    pub(crate) fn new(raw: &'a [u8], index: Index) -> Self {
        Self { raw, index, nesting: 0 }
    }

    /// Reads a mail with the default [`Parser`]; for many mails, keep a parser and call [`Parser::parse`].
    ///
    /// ```
    /// use mailwire_message::Message;
    ///
    /// assert_eq!(Message::parse(b"Subject: hello\n\n").subject().as_deref(), Some("hello"));
    /// ```
    pub fn parse(raw: &'a [u8]) -> Self {
        Parser::new().parse(raw)
    }

    /// The bytes of the mail.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The same message with its own copy of the bytes.
    pub fn into_owned(self) -> OwnedMessage {
        OwnedMessage { raw: Bytes::copy_from_slice(self.raw), index: self.index, nesting: self.nesting }
    }
}

impl OwnedMessage {
    /// Reads a mail with the default [`Parser`].
    pub fn parse(raw: impl Into<Bytes>) -> Self {
        Self::parse_with(&Parser::new(), raw)
    }

    /// Reads a mail.
    pub fn parse_with(parser: &Parser, raw: impl Into<Bytes>) -> Self {
        let raw = raw.into();
        let index = parser.index(&raw);
        Self { raw, index, nesting: 0 }
    }

    /// Joins a stored index with the mail it was made from.
    ///
    /// # Errors
    ///
    /// As [`Index::attach`].
    pub fn attach(raw: impl Into<Bytes>, index: Index) -> Result<Self, AttachError> {
        let raw = raw.into();
        index.check(raw.len())?;
        Ok(Self { raw, index, nesting: 0 })
    }

    pub(crate) fn nested_in(self, nesting: u8) -> Self {
        Self { nesting, ..self }
    }

    /// The bytes of the mail.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The bytes of the mail, shared.
    pub fn bytes(&self) -> Bytes {
        self.raw.clone()
    }
}

/// The methods of both message types: `$a` is how long what they return may live.
macro_rules! methods {
    ($a:lifetime) => {
        /// The root of the MIME tree: the message itself as a part.
        pub fn root(&self) -> Part<'_, $a> {
            Part::new(self.raw(), &self.index, 0, self.nesting)
        }

        /// All parts, each before its children.
        pub fn walk(&self) -> Walk<'_, $a> {
            self.root().walk()
        }

        /// The part with this [`id`](Part::id).
        pub fn part(&self, id: u32) -> Option<Part<'_, $a>> {
            let known = (id as usize) < self.index.part_count();
            known.then(|| Part::new(self.raw(), &self.index, id, self.nesting))
        }

        /// The header block of the message.
        pub fn headers(&self) -> Headers<'_, $a> {
            self.root().headers()
        }

        /// The Subject, decoded; see [`Headers::subject`].
        pub fn subject(&self) -> Option<Cow<$a, str>> {
            self.headers().subject()
        }

        /// What the Subject is about, without `Re:` and its like; see [`Headers::base_subject`].
        pub fn base_subject(&self) -> Option<BaseSubject<$a>> {
            self.headers().base_subject()
        }

        /// The authors; see [`Headers::from`].
        pub fn from(&self) -> Addresses<$a> {
            self.headers().from()
        }

        /// Who sent it; see [`Headers::sender`].
        pub fn sender(&self) -> Addresses<$a> {
            self.headers().sender()
        }

        /// Where answers go; see [`Headers::reply_to`].
        pub fn reply_to(&self) -> Addresses<$a> {
            self.headers().reply_to()
        }

        /// The primary recipients; see [`Headers::to`].
        pub fn to(&self) -> Addresses<$a> {
            self.headers().to()
        }

        /// The other recipients; see [`Headers::cc`].
        pub fn cc(&self) -> Addresses<$a> {
            self.headers().cc()
        }

        /// The hidden recipients; see [`Headers::bcc`].
        pub fn bcc(&self) -> Addresses<$a> {
            self.headers().bcc()
        }

        /// The addresses in all fields of this name; see [`Headers::mailboxes`].
        ///
        /// ```
        /// use mailwire_message::{FieldName, Parser};
        ///
        /// let message = Parser::new().parse(b"To: Team: a@host.example;\nTo: b@host.example\n\n");
        /// let recipients: Vec<_> = message.mailboxes(FieldName::TO).map(|mailbox| mailbox.to_string()).collect();
        /// assert_eq!(recipients, ["a@host.example", "b@host.example"]);
        /// ```
        pub fn mailboxes<'n, N: Into<FieldName<'n>>>(&self, name: N) -> impl Iterator<Item = Mailbox<$a>> {
            self.headers().mailboxes(name)
        }

        /// When it was written; see [`Headers::date`].
        pub fn date(&self) -> Option<DateTime> {
            self.headers().date()
        }

        /// The Message-ID; see [`Headers::message_id`].
        pub fn message_id(&self) -> Option<MessageId<$a>> {
            self.headers().message_id()
        }

        /// What it answers; see [`Headers::in_reply_to`].
        pub fn in_reply_to(&self) -> MessageIds<$a> {
            self.headers().in_reply_to()
        }

        /// The thread it belongs to; see [`Headers::references`].
        pub fn references(&self) -> MessageIds<$a> {
            self.headers().references()
        }

        /// What places it in a thread, its own identifier last; see [`Headers::thread_ids`].
        pub fn thread_ids(&self) -> ThreadIds<$a> {
            self.headers().thread_ids()
        }

        /// The way it came, the last hop first; see [`Headers::received`].
        ///
        /// ```
        /// use mailwire_message::Parser;
        ///
        /// let message = Parser::new().parse(b"Received: by b.example; 1 Jan 2024 10:00 +0000\nReceived: by a.example\n\n");
        /// assert_eq!(message.received().next().unwrap().by().unwrap(), "b.example");
        /// ```
        pub fn received(&self) -> impl DoubleEndedIterator<Item = Received<$a>> {
            self.headers().received()
        }

        /// Where failure notices go; see [`Headers::return_path`].
        pub fn return_path(&self) -> Option<ReturnPath<$a>> {
            self.headers().return_path()
        }

        /// The mailing list it came through; see [`Headers::list_id`].
        pub fn list_id(&self) -> Option<ListId<$a>> {
            self.headers().list_id()
        }

        /// What a list of mails shows of this one, owned.
        pub fn summary(&self) -> Summary {
            Summary::of(self.root())
        }

        /// The index.
        pub fn index(&self) -> &Index {
            &self.index
        }

        /// The index, given back for the next mail or to be stored.
        pub fn into_index(self) -> Index {
            self.index
        }

        /// What was wrong with the structure: found while indexing, for nothing.
        pub fn defects(&self) -> &[Defect<StructureDefect>] {
            self.index.defects()
        }

        /// All that is wrong with the message, in the order of position: looks at every byte, and reads every header value
        /// and every body to find out. What it looks for:
        ///
        /// * [`StructureDefect`]: the [defects](Self::defects) that the parser found, as many as it kept.
        /// * [`FormatDefect`](crate::FormatDefect): bytes, lines, and fields that are there too often. Bodies of `binary` are not looked at; in
        ///   base64 and uuencode, whose decoders tell of odd bytes, only the lines are. A mail with LF throughout is a mail as
        ///   systems store it, and UTF-8 in a header is text (RFC 6532): neither is a defect.
        /// * [`ValueDefect`](crate::value::ValueDefect) and [`AddressDefect`](mailwire_address::AddressDefect): the fields that the
        ///   crate has a type for, read as that. Of parameters the charset, the boundary and the file names are decoded.
        /// * [`EncodingDefect`](mailwire_encoding::EncodingDefect): encoded-words of all other fields, transfer encodings and charsets.
        ///
        /// What it does not look for: what is inside of encoded messages, which [`Part::nested`] gives, and of HTML or other
        /// documents; fields that are missing (RFC 5322 §3.6 wants a Date and a From); preamble and epilogue of a multipart, but for
        /// their lines; whether a signature holds; and whether the mail means what it says.
        ///
        /// Beside the defects of the structure it lists 10,000 at most, and then one more that says so. It takes time in proportion to
        /// the length of the mail.
        ///
        /// ```
        /// use mailwire_message::Parser;
        ///
        /// let raw = b"Content-Transfer-Encoding: base64\n\nAA!A\n";
        /// let message = Parser::new().parse(raw);
        /// assert!(message.defects().is_empty());
        /// let defects = message.examine();
        /// assert_eq!(defects[0].range(), 37..38);
        /// ```
        pub fn examine(&self) -> Vec<Defect<MessageDefect>> {
            examine::examine(self.root(), &self.index)
        }

        /// Whether a strict policy lets the message pass.
        ///
        /// # Errors
        ///
        /// The first defect, in the order of position, that the policy refuses.
        pub fn check(&self, policy: Policy) -> Result<(), Defect<MessageDefect>> {
            policy.check(self.root(), &self.index)
        }
    };
}

impl<'a> Message<'a> {
    methods!('a);
}

impl OwnedMessage {
    methods!('_);
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("Message", self.root(), f)
    }
}

impl fmt::Debug for OwnedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("OwnedMessage", self.root(), f)
    }
}

fn debug(name: &str, root: Part<'_, '_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).field("root", &root).field("parts", &root.walk().count()).finish()
}

//! Names of mailboxes, and their modified UTF-7.

mod mutf7;

pub use mutf7::{decode, encode};

use crate::IString;
use crate::cursor::{Cursor, Failed};
use crate::list::Element;
use crate::out::Out;
use alloc::borrow::Cow;
use core::fmt;

/// The name of a mailbox as it is on the wire (RFC 9051 §5.1). `INBOX` is the same in any case.
///
/// In `IMAP4rev1` it is modified UTF-7, in `IMAP4rev2` and with `UTF8=ACCEPT` it is UTF-8; the octets alone don't say which.
///
/// ```
/// use mailwire_imap::mailbox::{MailboxName, Names};
///
/// let name = MailboxName::new("Entw&APw-rfe".into());
/// assert_eq!(name.decoded(Names::ModifiedUtf7), "Entw\u{fc}rfe");
/// assert_eq!(name.decoded(Names::Utf8), "Entw&APw-rfe");
/// ```
#[derive(Clone, Copy)]
pub struct MailboxName<'a>(IString<'a>);

/// How names are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Names {
    /// Modified UTF-7 (RFC 3501 §5.1.3).
    #[default]
    ModifiedUtf7,
    /// UTF-8: `UTF8=ACCEPT` or `IMAP4rev2` was enabled.
    Utf8,
}

impl<'a> MailboxName<'a> {
    /// `INBOX`.
    pub const INBOX: MailboxName<'static> = MailboxName(IString::new(b"INBOX"));

    /// A name of these octets, encoded already.
    pub const fn new(wire: IString<'a>) -> Self {
        Self(wire)
    }

    /// Its octets on the wire.
    pub fn wire(self) -> IString<'a> {
        self.0
    }

    /// Whether it is the inbox.
    pub fn is_inbox(self) -> bool {
        self.0.is("INBOX")
    }

    /// The name for people. What is no modified UTF-7, or no UTF-8, is kept as it is, with `U+FFFD` for what is no text.
    pub fn decoded(self, names: Names) -> Cow<'a, str> {
        match names {
            Names::Utf8 => self.0.to_str_lossy(),
            Names::ModifiedUtf7 => match self.0.to_bytes() {
                Cow::Borrowed(bytes) if !bytes.contains(&b'&') => IString::new(bytes).to_str_lossy(),
                bytes => match decode(&bytes) {
                    Some(name) => Cow::Owned(name),
                    None => self.0.to_str_lossy(),
                },
            },
        }
    }
}

impl PartialEq for MailboxName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.is_inbox() && other.is_inbox()
    }
}

impl Eq for MailboxName<'_> {}

impl fmt::Debug for MailboxName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'a> Element<'a> for MailboxName<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.astring().map(Self)
    }

    fn write(&self, out: &mut Out) {
        out.astring(&self.0.to_bytes());
    }
}

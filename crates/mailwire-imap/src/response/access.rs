//! ID, QUOTA, ACL, METADATA: what an account may do and what is known about it.

use crate::IString;
use crate::cursor::{Cursor, Failed};
use crate::list::{Element, List};
use crate::mailbox::MailboxName;
use crate::out::Out;
use crate::word::registry;
use core::fmt;

/// A field of `ID` (RFC 2971).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct Field<'a> {
    /// `name`, `version` …
    pub name: IString<'a>,
    /// Its value, or NIL.
    pub value: Option<IString<'a>>,
}

impl<'a> Element<'a> for Field<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.some_string()?;
        cursor.space()?;
        Ok(Self { name, value: cursor.nstring()? })
    }

    fn write(&self, out: &mut Out) {
        self.name.write(out);
        out.byte(b' ');
        out.nstring(self.value);
    }
}

impl<'a> Element<'a> for IString<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.astring()
    }

    fn write(&self, out: &mut Out) {
        out.astring(&self.to_bytes());
    }
}

/// `QUOTA` (RFC 9208 §4.2.1).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Quota<'a> {
    /// The quota root.
    pub root: IString<'a>,
    /// What is counted.
    pub resources: List<'a, Resource<'a>>,
}

registry! {
    /// What a quota counts (RFC 9208 §5).
    ResourceName {
        /// `STORAGE`, in units of 1,024 octets.
        STORAGE = b"STORAGE";
        /// `MESSAGE`: messages.
        MESSAGE = b"MESSAGE";
        /// `MAILBOX`: mailboxes.
        MAILBOX = b"MAILBOX";
        /// `ANNOTATION-STORAGE`, in units of 1,024 octets.
        ANNOTATION_STORAGE = b"ANNOTATION-STORAGE";
    }
}

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a triple")]
pub struct Resource<'a> {
    /// What.
    pub name: ResourceName<'a>,
    /// How much there is.
    pub usage: u64,
    /// How much there may be.
    pub limit: u64,
}

impl<'a> Element<'a> for Resource<'a> {
    const WIDTH: usize = 3;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = ResourceName::kept(cursor.word("a resource")?);
        cursor.space()?;
        let usage = cursor.count("a number")?;
        cursor.space()?;
        Ok(Self { name, usage, limit: cursor.count("a number")? })
    }

    fn write(&self, out: &mut Out) {
        out.raw(self.name.as_bytes());
        out.byte(b' ');
        out.number(self.usage);
        out.byte(b' ');
        out.number(self.limit);
    }
}

/// `QUOTAROOT` (RFC 9208 §4.2.2).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct QuotaRoots<'a> {
    /// Of which mailbox.
    pub mailbox: MailboxName<'a>,
    /// Its quota roots.
    pub roots: List<'a, IString<'a>>,
}

/// `ACL` (RFC 4314 §3.6).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Acl<'a> {
    /// Of which mailbox.
    pub mailbox: MailboxName<'a>,
    /// Who may do what.
    pub rights: List<'a, RightsOf<'a>>,
}

/// Who may do what.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct RightsOf<'a> {
    /// A user, a group, `anyone`; with a minus before it, what is taken away.
    pub identifier: IString<'a>,
    /// A letter a right.
    pub rights: IString<'a>,
}

impl<'a> Element<'a> for RightsOf<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let identifier = cursor.astring()?;
        cursor.space()?;
        Ok(Self { identifier, rights: cursor.astring()? })
    }

    fn write(&self, out: &mut Out) {
        Element::write(&self.identifier, out);
        out.byte(b' ');
        Element::write(&self.rights, out);
    }
}

/// `LISTRIGHTS` (RFC 4314 §3.7).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct ListRights<'a> {
    /// Of which mailbox.
    pub mailbox: MailboxName<'a>,
    /// To whom.
    pub identifier: IString<'a>,
    /// What is always given.
    pub required: IString<'a>,
    /// What may be given; the rights of one string only together.
    pub optional: List<'a, IString<'a>>,
}

/// `MYRIGHTS` (RFC 4314 §3.8).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct MyRights<'a> {
    /// Of which mailbox.
    pub mailbox: MailboxName<'a>,
    /// A letter a right.
    pub rights: IString<'a>,
}

/// `METADATA` (RFC 5464 §4.4).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Metadata<'a> {
    /// Values that were asked for.
    Values {
        /// Of which mailbox; empty for the server.
        mailbox: MailboxName<'a>,
        /// Names and values.
        entries: List<'a, Entry<'a>>,
    },
    /// Names of what has changed.
    Changed {
        /// Of which mailbox; empty for the server.
        mailbox: MailboxName<'a>,
        /// Names.
        names: List<'a, IString<'a>>,
    },
}

/// An entry of `METADATA`. `Debug` counts the octets of its value, which may be a token.
#[derive(Clone, Copy, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct Entry<'a> {
    /// `/private/comment`.
    pub name: IString<'a>,
    /// Its value; `None` for none.
    pub value: Option<IString<'a>>,
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => write!(f, "{:?} ({} octets)", self.name, value.len()),
            None => write!(f, "{:?} NIL", self.name),
        }
    }
}

impl<'a> Element<'a> for Entry<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.astring()?;
        cursor.space()?;
        Ok(Self { name, value: cursor.nstring()? })
    }

    fn write(&self, out: &mut Out) {
        out.astring(&self.name.to_bytes());
        out.byte(b' ');
        out.nstring(self.value);
    }
}

/// What is left, as a list without parentheses.
pub(super) fn rest<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, T>, Failed> {
    let depth = cursor.deeper()?;
    let raw = cursor.rest();
    cursor.at = cursor.text.len();
    Ok(List::wire(raw, depth))
}

pub(super) fn mailbox<'a>(cursor: &mut Cursor<'a, '_>) -> Result<MailboxName<'a>, Failed> {
    cursor.space()?;
    MailboxName::take(cursor)
}

pub(super) fn string<'a>(cursor: &mut Cursor<'a, '_>) -> Result<IString<'a>, Failed> {
    cursor.space()?;
    cursor.astring()
}

impl<'a> Metadata<'a> {
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        let mailbox = mailbox(cursor)?;
        if cursor.is_end() {
            return Ok(Self::Changed { mailbox, names: List::EMPTY });
        }
        cursor.space()?;
        if cursor.peek() == Some(b'(') {
            return Ok(Self::Values { mailbox, entries: List::wire(cursor.list()?, depth) });
        }
        Ok(Self::Changed { mailbox, names: rest(cursor)? })
    }
}

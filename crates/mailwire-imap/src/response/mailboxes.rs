//! LIST and its kin, NAMESPACE, STATUS.

#![expect(clippy::inline_always, reason = "so that the item of a reader is made in its place")]

use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::flag::Flag;
use crate::list::{Element, List};
use crate::mailbox::MailboxName;
use crate::objectid::ObjectId;
use crate::out::Out;
use crate::raw::{Other, Raw};
use crate::{IString, ImapDefect};
use core::fmt;
use mailwire_core::Escaped;

/// A line of `LIST`, `LSUB` or `XLIST` (RFC 9051 §7.3.1).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed; what is new comes as an extension")]
pub struct MailboxList<'a> {
    /// Which of them.
    pub kind: ListKind,
    /// `\HasChildren`, `\Sent` …
    pub attributes: List<'a, Flag<'a>>,
    /// What parts the levels of the name; `None` if there are none.
    pub delimiter: Option<Delimiter>,
    /// The name.
    pub name: MailboxName<'a>,
    /// `CHILDINFO`, `OLDNAME` (RFC 5258, RFC 9051 §6.3.9.7).
    pub extensions: Option<List<'a, Extension<'a>>>,
}

/// The word of a [`MailboxList`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum ListKind {
    /// `LIST`.
    List,
    /// `LSUB` (RFC 3501).
    Lsub,
    /// `XLIST` (Gmail, before RFC 6154).
    Xlist,
}

/// A named value behind a name or a namespace: its word, and the octets of its value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct Extension<'a> {
    /// `CHILDINFO`.
    pub name: IString<'a>,
    /// `("SUBSCRIBED")`.
    pub value: Raw<'a>,
}

impl<'a> Element<'a> for Extension<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.astring()?;
        cursor.space()?;
        Ok(Self { name, value: Raw::take(cursor)? })
    }

    fn write(&self, out: &mut Out) {
        self.name.write(out);
        out.byte(b' ');
        Element::write(&self.value, out);
    }
}

/// What parts the levels of a name: one character.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delimiter(u8);

impl Delimiter {
    /// `/`.
    pub const SLASH: Self = Self(b'/');
    /// `.`.
    pub const DOT: Self = Self(b'.');

    /// `QUOTED-CHAR` of RFC 9051 §9: ASCII, but for CR, LF and NUL.
    pub const fn new(character: u8) -> Option<Self> {
        if character.is_ascii() && !matches!(character, 0 | b'\r' | b'\n') {
            Some(Self(character))
        } else {
            None
        }
    }

    /// The octet.
    pub const fn byte(self) -> u8 {
        self.0
    }
}

impl fmt::Debug for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(&[self.0]), f)
    }
}

/// A delimiter: one character in quotes, or NIL.
fn delimiter(cursor: &mut Cursor<'_, '_>) -> Result<Option<Delimiter>, Failed> {
    let start = cursor.at;
    if let [b'"', byte @ (b'/' | b'.'), b'"', ..] = cursor.rest() {
        cursor.at += 3;
        return Ok(Some(Delimiter(*byte)));
    }
    let Some(string) = cursor.nstring()? else { return Ok(None) };
    let mut octets = string.octets();
    match (octets.next(), octets.next()) {
        (Some(byte), None) => Ok(Some(Delimiter(byte))),
        (None, _) => {
            cursor.report(ImapDefect::NilString, start);
            Ok(None)
        }
        _ => Err(cursor.error_at(start, "a delimiter of one character")),
    }
}

fn write_delimiter(delimiter: Option<Delimiter>, out: &mut Out) {
    match delimiter {
        Some(Delimiter(byte)) => out.string(&[byte]),
        None => out.raw(b"NIL"),
    }
}

impl<'a> MailboxList<'a> {
    /// All of a line of LIST behind that word, without extensions.
    #[inline(always)]
    pub(super) fn quick(mut line: Quick<'a>, depth: u8) -> Option<Self> {
        let depth = within(depth, 2)?;
        let attributes = List::wire(line.words()?, depth);
        line.expect(b' ')?;
        let delimiter = match line.rest()? {
            [b'"', byte @ (b'/' | b'.'), b'"', b' ', ..] => Some(Delimiter(*byte)),
            [b'N', b'I', b'L', b' ', ..] => None,
            _ => return None,
        };
        line.go(line.place() + 4);
        let name = if line.is_at(b'"') { line.string()? } else { IString::new(line.run(Class::ASTRING)?) };
        line.end()?;
        Some(Self {
            kind: ListKind::List,
            attributes,
            delimiter,
            name: MailboxName::new(name),
            extensions: None,
        })
    }

    pub(super) fn take(kind: ListKind, cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        cursor.space()?;
        let attributes = List::wire(cursor.list()?, depth);
        cursor.space()?;
        let delimiter = delimiter(cursor)?;
        cursor.space()?;
        let name = MailboxName::take(cursor)?;
        let mut extensions = None;
        if cursor.peek() == Some(b' ') && cursor.rest().get(1) == Some(&b'(') {
            cursor.at += 1;
            extensions = Some(List::wire(cursor.list()?, depth));
        }
        Ok(Self { kind, attributes, delimiter, name, extensions })
    }

    pub(super) fn write(&self, out: &mut Out) {
        out.raw(match self.kind {
            ListKind::List => b"* LIST ",
            ListKind::Lsub => b"* LSUB ",
            ListKind::Xlist => b"* XLIST ",
        });
        self.attributes.write_list(out);
        out.byte(b' ');
        write_delimiter(self.delimiter, out);
        out.byte(b' ');
        Element::write(&self.name, out);
        if let Some(extensions) = self.extensions {
            out.byte(b' ');
            extensions.write_list(out);
        }
        out.end();
    }
}

/// `NAMESPACE` (RFC 9051 §7.3.2): three lists, each of them `None` for NIL.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Namespace<'a> {
    /// The user's own.
    pub personal: Option<List<'a, NamespaceEntry<'a>>>,
    /// Of other users.
    pub other_users: Option<List<'a, NamespaceEntry<'a>>>,
    /// For everybody.
    pub shared: Option<List<'a, NamespaceEntry<'a>>>,
}

/// A namespace.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "what is new comes as an extension")]
pub struct NamespaceEntry<'a> {
    /// What the names in it begin with.
    pub prefix: MailboxName<'a>,
    /// What parts their levels.
    pub delimiter: Option<Delimiter>,
    /// Whatever else is said about it, as `TRANSLATION` (RFC 5255).
    pub extensions: List<'a, Extension<'a>>,
}

impl<'a> Element<'a> for NamespaceEntry<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        cursor.expect(b'(', "`(`")?;
        let prefix = MailboxName::new(cursor.string()?);
        cursor.space()?;
        let delimiter = delimiter(cursor)?;
        cursor.blanks();
        let start = cursor.at;
        while !matches!(cursor.peek(), None | Some(b')')) {
            cursor.skip_value();
            cursor.blanks();
        }
        let extensions = List::wire(cursor.since(start), depth);
        cursor.expect(b')', "`)`")?;
        Ok(Self { prefix, delimiter, extensions })
    }

    fn write(&self, out: &mut Out) {
        out.byte(b'(');
        self.prefix.wire().write(out);
        out.byte(b' ');
        write_delimiter(self.delimiter, out);
        if !self.extensions.is_empty() {
            out.byte(b' ');
            self.extensions.write_bare(out);
        }
        out.byte(b')');
    }
}

impl<'a> Namespace<'a> {
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        let mut lists = [None; 3];
        for list in &mut lists {
            cursor.space()?;
            if !cursor.nil() {
                *list = Some(List::wire(cursor.list()?, depth));
            }
        }
        let [personal, other_users, shared] = lists;
        Ok(Self { personal, other_users, shared })
    }

    pub(super) fn write(&self, out: &mut Out) {
        out.raw(b"* NAMESPACE");
        for list in [self.personal, self.other_users, self.shared] {
            out.byte(b' ');
            match list {
                None => out.raw(b"NIL"),
                Some(list) => {
                    out.byte(b'(');
                    list.write_separated(b"", out);
                    out.byte(b')');
                }
            }
        }
        out.end();
    }
}

/// `STATUS` (RFC 9051 §7.3.3).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct MailboxStatus<'a> {
    /// Of which mailbox.
    pub mailbox: MailboxName<'a>,
    /// What is said about it.
    pub items: List<'a, StatusItem<'a>>,
}

impl<'a> MailboxStatus<'a> {
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        cursor.space()?;
        let mailbox = MailboxName::take(cursor)?;
        cursor.space()?;
        Ok(Self { mailbox, items: List::wire(cursor.list()?, depth) })
    }

    pub(super) fn write(&self, out: &mut Out) {
        out.raw(b"* STATUS ");
        Element::write(&self.mailbox, out);
        out.byte(b' ');
        self.items.write_list(out);
        out.end();
    }
}

/// A value of `STATUS`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum StatusItem<'a> {
    /// `MESSAGES`: how many there are.
    Messages(u64),
    /// `RECENT` (RFC 3501).
    Recent(u64),
    /// `UIDNEXT`: the UID of the next one.
    UidNext(u64),
    /// `UIDVALIDITY`.
    UidValidity(u64),
    /// `UNSEEN`: how many were not read.
    Unseen(u64),
    /// `DELETED`: how many EXPUNGE would remove.
    Deleted(u64),
    /// `DELETED-STORAGE`: octets that EXPUNGE would free (RFC 9208).
    DeletedStorage(u64),
    /// `SIZE`: octets (RFC 8438).
    Size(u64),
    /// `HIGHESTMODSEQ` (RFC 7162).
    HighestModSeq(u64),
    /// `APPENDLIMIT`: octets of the largest message that can be added; `None` for no limit (RFC 7889).
    AppendLimit(Option<u64>),
    /// `MAILBOXID` (RFC 8474).
    MailboxId(ObjectId<'a>),
    /// Anything else.
    Unknown(Other<'a>),
}

impl<'a> Element<'a> for StatusItem<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.word("a word of STATUS")?;
        cursor.space()?;
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        let number = "a number";
        Ok(match name.len() {
            4 if is(b"SIZE") => Self::Size(cursor.count(number)?),
            6 if is(b"RECENT") => Self::Recent(cursor.count(number)?),
            6 if is(b"UNSEEN") => Self::Unseen(cursor.count(number)?),
            7 if is(b"UIDNEXT") => Self::UidNext(cursor.count(number)?),
            7 if is(b"DELETED") => Self::Deleted(cursor.count(number)?),
            8 if is(b"MESSAGES") => Self::Messages(cursor.count(number)?),
            9 if is(b"MAILBOXID") => Self::MailboxId(ObjectId::take(cursor)?),
            11 if is(b"UIDVALIDITY") => Self::UidValidity(cursor.count(number)?),
            11 if is(b"APPENDLIMIT") => {
                Self::AppendLimit(if cursor.nil() { None } else { Some(cursor.count(number)?) })
            }
            13 if is(b"HIGHESTMODSEQ") => Self::HighestModSeq(cursor.count(number)?),
            15 if is(b"DELETED-STORAGE") => Self::DeletedStorage(cursor.count(number)?),
            _ => Self::Unknown(Other::take(name, cursor)?),
        })
    }

    fn write(&self, out: &mut Out) {
        let (name, value): (&[u8], u64) = match *self {
            Self::Messages(n) => (b"MESSAGES", n),
            Self::Recent(n) => (b"RECENT", n),
            Self::UidNext(n) => (b"UIDNEXT", n),
            Self::UidValidity(n) => (b"UIDVALIDITY", n),
            Self::Unseen(n) => (b"UNSEEN", n),
            Self::Deleted(n) => (b"DELETED", n),
            Self::DeletedStorage(n) => (b"DELETED-STORAGE", n),
            Self::Size(n) => (b"SIZE", n),
            Self::HighestModSeq(n) => (b"HIGHESTMODSEQ", n),
            Self::AppendLimit(Some(n)) => (b"APPENDLIMIT", n),
            Self::AppendLimit(None) => return out.raw(b"APPENDLIMIT NIL"),
            Self::MailboxId(id) => {
                out.raw(b"MAILBOXID ");
                return id.write(out);
            }
            Self::Unknown(other) => return other.write(out),
        };
        out.raw(name);
        out.byte(b' ');
        out.number(value);
    }
}

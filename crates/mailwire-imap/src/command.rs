//! What a client says.
//!
//! Grammar: RFC 9051 §6 and §9 over RFC 3501, and the extensions named at each command.

mod append;
mod attribute;
mod encode;
mod explain;
mod modifier;
mod parse;
mod quick;
mod search;

pub use crate::response::Finding;
pub use crate::tag::Tag;
pub(crate) use append::announces_message;
pub use append::{Append, Message, MessageData};
pub use attribute::{Attribute, Peek, Word};
pub use modifier::Modifier;
pub use search::{EntryType, SearchKey};

use crate::capability::Capability;
use crate::fetch::Label;
use crate::flag::Flag;
use crate::list::List;
use crate::mailbox::MailboxName;
use crate::response::{Entry, Field, Unit};
use crate::sasl::{Base64, SaslLine};
use crate::set::SequenceSet;
use crate::{IString, ImapDefect};
use core::fmt;
use mailwire_core::{Class, ParseError, frame};

/// What the next line of a client is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Expected {
    #[default]
    Command,
    Sasl,
    Done,
    /// What is behind a body that has streamed.
    Rest,
}

/// A command with its tag.
///
/// ```
/// use mailwire_imap::Command;
/// use mailwire_imap::command::{Body, Tag};
/// use mailwire_imap::out::{Enabled, Out};
///
/// let command = Command::parse(b"a1 uid expunge 3:5,7\r\n")?;
/// assert_eq!(command.tag(), Some(Tag::new(b"a1")?));
/// assert!(matches!(command.body(), Body::UidExpunge(set) if set.numbers().count() == 4));
///
/// let mut out = Out::client(Enabled::NONE);
/// command.encode(&mut out);
/// assert_eq!(out.bytes(), b"a1 UID EXPUNGE 3:5,7\r\n");
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Command<'a> {
    tag: Option<Tag<'a>>,
    body: Body<'a>,
}

impl<'a> Command<'a> {
    /// A command with this tag. A line of a SASL exchange, `DONE`, and what is behind a streamed body drop theirs.
    pub fn new(tag: Tag<'a>, body: Body<'a>) -> Self {
        let bare = matches!(body, Body::Sasl(_) | Body::Done | Body::Rest(_) | Body::Utf8Rest(_));
        Self { tag: Some(tag).filter(|_| !bare), body }
    }

    pub(crate) const fn unknown(command: &'a [u8]) -> Self {
        Self { tag: None, body: Body::Unknown(Unknown(command)) }
    }

    /// Its tag. A line of a SASL exchange, `DONE`, and what is behind a streamed body have none.
    pub fn tag(&self) -> Option<Tag<'a>> {
        self.tag
    }

    /// What it asks for.
    pub fn body(&self) -> Body<'a> {
        self.body
    }
}

/// A password; `Debug` counts its octets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Password<'a>(IString<'a>);

impl<'a> Password<'a> {
    /// The octets.
    pub fn expose(self) -> IString<'a> {
        self.0
    }
}

impl<'a> From<IString<'a>> for Password<'a> {
    fn from(password: IString<'a>) -> Self {
        Self(password)
    }
}

impl fmt::Debug for Password<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Password({} octets)", self.0.len())
    }
}

/// How STORE changes what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Change {
    /// `FLAGS`: instead of it.
    Replace,
    /// `+FLAGS`.
    Add,
    /// `-FLAGS`.
    Remove,
}

/// Whether STORE is answered with what is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Answer {
    /// It is.
    Fetch,
    /// `.SILENT`: it is not.
    Silent,
}

/// What STORE changes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Stored<'a> {
    /// `FLAGS`.
    Flags(List<'a, Flag<'a>>),
    /// `X-GM-LABELS` (Gmail).
    GmailLabels(List<'a, Label<'a>>),
}

/// What a command asks for.
///
/// Words are read in any case and written in capitals. Lists are read as they are walked. `Debug` shows no password, and nothing of
/// a SASL exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Body<'a> {
    /// `CAPABILITY` (§6.1.1).
    Capability,
    /// `NOOP` (§6.1.2).
    Noop,
    /// `LOGOUT` (§6.1.3).
    Logout,
    /// `STARTTLS` (§6.2.1).
    StartTls,
    /// `AUTHENTICATE mechanism [initial-response]` (§6.2.2).
    Authenticate {
        /// The mechanism.
        mechanism: Capability<'a>,
        /// The initial response.
        initial: Option<Base64<'a>>,
    },
    /// `LOGIN user password` (§6.2.3).
    Login {
        /// Who.
        user: IString<'a>,
        /// The password.
        password: Password<'a>,
    },
    /// `ID` (RFC 2971); `None` is NIL.
    Id(Option<List<'a, Field<'a>>>),
    /// `ENABLE` (§6.3.1).
    Enable(List<'a, Capability<'a>>),
    /// `COMPRESS` (RFC 4978).
    Compress(Capability<'a>),
    /// `SELECT` (§6.3.2).
    Select {
        /// Which mailbox.
        mailbox: MailboxName<'a>,
        /// `CONDSTORE`, `QRESYNC (…)` (RFC 7162).
        parameters: List<'a, Modifier<'a>>,
    },
    /// `EXAMINE` (§6.3.3).
    Examine {
        /// Which mailbox.
        mailbox: MailboxName<'a>,
        /// As of SELECT.
        parameters: List<'a, Modifier<'a>>,
    },
    /// `CREATE` (§6.3.4).
    Create {
        /// Which mailbox.
        mailbox: MailboxName<'a>,
        /// `USE (\Sent)` (RFC 6154).
        parameters: List<'a, Modifier<'a>>,
    },
    /// `DELETE` (§6.3.5).
    Delete(MailboxName<'a>),
    /// `RENAME` (§6.3.6).
    Rename {
        /// What it is called.
        from: MailboxName<'a>,
        /// What it will be called.
        to: MailboxName<'a>,
    },
    /// `SUBSCRIBE` (§6.3.7).
    Subscribe(MailboxName<'a>),
    /// `UNSUBSCRIBE` (§6.3.8).
    Unsubscribe(MailboxName<'a>),
    /// `LIST` (§6.3.9).
    List {
        /// `SUBSCRIBED`, `RECURSIVEMATCH` …; `None` if there is no list of them.
        selection: Option<List<'a, Modifier<'a>>>,
        /// What the patterns are relative to.
        reference: MailboxName<'a>,
        /// `%` stands for one level, `*` for any.
        patterns: List<'a, Pattern<'a>>,
        /// `CHILDREN`, `STATUS (…)` …; `None` without RETURN.
        returns: Option<List<'a, Modifier<'a>>>,
    },
    /// `LSUB` (RFC 3501 §6.3.9).
    Lsub {
        /// What the pattern is relative to.
        reference: MailboxName<'a>,
        /// As of LIST.
        pattern: Pattern<'a>,
    },
    /// `XLIST` (Gmail).
    Xlist {
        /// What the pattern is relative to.
        reference: MailboxName<'a>,
        /// As of LIST.
        pattern: Pattern<'a>,
    },
    /// `NAMESPACE` (§6.3.10).
    Namespace,
    /// `STATUS` (§6.3.11).
    Status {
        /// Of which mailbox.
        mailbox: MailboxName<'a>,
        /// `MESSAGES`, `UIDNEXT` …
        items: List<'a, Modifier<'a>>,
    },
    /// `APPEND` (§6.3.12), of one message or of several (RFC 3502).
    Append(Append<'a>),
    /// `REPLACE`, `UID REPLACE` (RFC 8508).
    Replace {
        /// What the number is.
        unit: Unit,
        /// What is replaced: one message.
        set: SequenceSet<'a>,
        /// With what, and where.
        append: Append<'a>,
    },
    /// What is behind a message that has streamed: the end of the command, or another message.
    Rest(List<'a, Message<'a>>),
    /// What is behind a message of `UTF8 (~{n}` that has streamed: `)`, and then as [`Rest`](Self::Rest).
    Utf8Rest(List<'a, Message<'a>>),
    /// `IDLE` (§6.3.13).
    Idle,
    /// `DONE`: the end of IDLE.
    Done,
    /// A line of a SASL exchange: base64, nothing, or `*`.
    Sasl(SaslLine<'a>),
    /// `CHECK` (RFC 3501 §6.4.1).
    Check,
    /// `CLOSE` (§6.4.1).
    Close,
    /// `UNSELECT` (§6.4.2).
    Unselect,
    /// `EXPUNGE` (§6.4.3).
    Expunge,
    /// `UID EXPUNGE` (§6.4.9).
    UidExpunge(SequenceSet<'a>),
    /// `SEARCH` (§6.4.4).
    Search {
        /// What the answer's numbers are.
        unit: Unit,
        /// `MIN`, `COUNT` …; `None` without RETURN.
        returns: Option<List<'a, Modifier<'a>>>,
        /// Of the keys.
        charset: Option<IString<'a>>,
        /// All of them must match.
        keys: List<'a, SearchKey<'a>>,
    },
    /// `SORT` (RFC 5256).
    Sort {
        /// What the answer's numbers are.
        unit: Unit,
        /// As of SEARCH (RFC 5267).
        returns: Option<List<'a, Modifier<'a>>>,
        /// `REVERSE`, `DATE` …, in this order.
        criteria: List<'a, Modifier<'a>>,
        /// Of the keys.
        charset: IString<'a>,
        /// All of them must match.
        keys: List<'a, SearchKey<'a>>,
    },
    /// `THREAD` (RFC 5256).
    Thread {
        /// What the answer's numbers are.
        unit: Unit,
        /// `REFERENCES`, `ORDEREDSUBJECT`.
        algorithm: Capability<'a>,
        /// Of the keys.
        charset: IString<'a>,
        /// All of them must match.
        keys: List<'a, SearchKey<'a>>,
    },
    /// `FETCH` (§6.4.5).
    Fetch {
        /// What the numbers are.
        unit: Unit,
        /// Of which messages.
        set: SequenceSet<'a>,
        /// What is asked for; `ALL`, `FAST` and `FULL` are items too.
        items: List<'a, Attribute<'a>>,
        /// `CHANGEDSINCE`, `VANISHED` (RFC 7162), `PARTIAL` (RFC 9394).
        modifiers: List<'a, Modifier<'a>>,
    },
    /// `STORE` (§6.4.6).
    Store {
        /// What the numbers are.
        unit: Unit,
        /// Of which messages.
        set: SequenceSet<'a>,
        /// `UNCHANGEDSINCE` (RFC 7162).
        modifiers: List<'a, Modifier<'a>>,
        /// How.
        change: Change,
        /// Whether the new flags are told.
        answer: Answer,
        /// What.
        stored: Stored<'a>,
    },
    /// `COPY` (§6.4.7).
    Copy {
        /// What the numbers are.
        unit: Unit,
        /// Which messages.
        set: SequenceSet<'a>,
        /// Where to.
        mailbox: MailboxName<'a>,
    },
    /// `MOVE` (§6.4.8).
    Move {
        /// What the numbers are.
        unit: Unit,
        /// Which messages.
        set: SequenceSet<'a>,
        /// Where to.
        mailbox: MailboxName<'a>,
    },
    /// `GETQUOTA` (RFC 9208).
    GetQuota(IString<'a>),
    /// `GETQUOTAROOT`.
    GetQuotaRoot(MailboxName<'a>),
    /// `SETQUOTA`.
    SetQuota {
        /// Of which quota root.
        root: IString<'a>,
        /// `STORAGE 512` …
        limits: List<'a, Modifier<'a>>,
    },
    /// `GETACL` (RFC 4314).
    GetAcl(MailboxName<'a>),
    /// `SETACL`.
    SetAcl {
        /// Of which mailbox.
        mailbox: MailboxName<'a>,
        /// Whose.
        identifier: IString<'a>,
        /// A letter a right, `+` or `-` before them to change only these.
        rights: IString<'a>,
    },
    /// `DELETEACL`.
    DeleteAcl {
        /// Of which mailbox.
        mailbox: MailboxName<'a>,
        /// Whose.
        identifier: IString<'a>,
    },
    /// `LISTRIGHTS`.
    ListRights {
        /// Of which mailbox.
        mailbox: MailboxName<'a>,
        /// Whose.
        identifier: IString<'a>,
    },
    /// `MYRIGHTS`.
    MyRights(MailboxName<'a>),
    /// `GETMETADATA` (RFC 5464).
    GetMetadata {
        /// `MAXSIZE 1024`, `DEPTH 1`.
        options: List<'a, Modifier<'a>>,
        /// Of which mailbox; empty for the server.
        mailbox: MailboxName<'a>,
        /// Names.
        entries: List<'a, IString<'a>>,
    },
    /// `SETMETADATA`.
    SetMetadata {
        /// Of which mailbox; empty for the server.
        mailbox: MailboxName<'a>,
        /// Names and values; NIL removes.
        entries: List<'a, Entry<'a>>,
    },
    /// A command that is none of these: its word and the rest.
    Unknown(Unknown<'a>),
}

/// A command that this crate does not know. `Debug` shows nothing of it: it may be a mistyped LOGIN.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unknown<'a>(&'a [u8]);

impl<'a> Unknown<'a> {
    /// A command of these octets, its word first, its tag not among them. Nothing that is made by hand has a literal in it.
    ///
    /// # Errors
    ///
    /// Where it is no text of a line; and if its word has a meaning.
    ///
    /// ```
    /// use mailwire_imap::command::Unknown;
    ///
    /// assert_eq!(Unknown::new(b"XYZZY please")?.as_bytes(), b"XYZZY please");
    /// assert!(Unknown::new(b"NOOP").is_err() && Unknown::new(b"XYZZY {1}").is_err());
    /// # Ok::<(), mailwire_imap::ParseError>(())
    /// ```
    pub fn new(command: &'a [u8]) -> Result<Self, ParseError> {
        crate::raw::checked(command, parse::is_unknown).map(Self)
    }

    /// Its octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its word.
    pub fn word(self) -> &'a [u8] {
        crate::raw::first_word(self.0)
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown({} octets)", self.0.len())
    }
}

/// A pattern of LIST: a mailbox name with `%` and `*` in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a plain wrapper")]
pub struct Pattern<'a>(pub IString<'a>);

impl frame::Value for Command<'_> {
    type Defect = ImapDefect;

    fn open(raw: &[u8], value: Option<&Self>) -> usize {
        let tag = Class::VCHAR.prefix_len(raw);
        let word = tag + 1 + Class::VCHAR.prefix_len(raw.get(tag + 1..).unwrap_or_default());
        let first = raw.get(..tag).unwrap_or_default();
        if first.eq_ignore_ascii_case(b"LOGIN") || first.eq_ignore_ascii_case(b"AUTHENTICATE") {
            // Somebody forgot the tag, and the user may be called `store`.
            return 0;
        }
        match value.map(|command| command.body) {
            // Values of metadata may be tokens.
            Some(Body::Login { .. } | Body::SetMetadata { .. }) => word,
            Some(Body::Authenticate { mechanism, .. }) => word + 1 + mechanism.as_bytes().len(),
            Some(Body::Sasl(_) | Body::Unknown(_)) => 0,
            Some(_) => raw.len(),
            None => {
                let verb = raw.get(tag + 1..word).unwrap_or_default();
                let is = |known: &&[u8]| known.eq_ignore_ascii_case(verb);
                if HARMLESS.iter().any(is) { raw.len() } else { 0 }
            }
        }
    }
}

/// Words behind which nothing is secret, and that no slip of the finger makes of LOGIN or AUTHENTICATE.
const HARMLESS: &[&[u8]] = &[
    b"SELECT",
    b"EXAMINE",
    b"CREATE",
    b"DELETE",
    b"RENAME",
    b"LIST",
    b"LSUB",
    b"STATUS",
    b"APPEND",
    b"FETCH",
    b"STORE",
    b"COPY",
    b"MOVE",
    b"SEARCH",
    b"UID",
    b"NOOP",
    b"LOGOUT",
    b"CAPABILITY",
    b"IDLE",
    b"SORT",
    b"THREAD",
    b"ENABLE",
    b"EXPUNGE",
];

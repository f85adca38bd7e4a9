//! What a server says.
//!
//! Grammar: RFC 9051 §7 and §9 over RFC 3501, and the extensions named at each value.

mod access;
mod code;
mod encode;
mod explain;
mod mailboxes;
mod parse;
mod piece;
mod search;
mod status;

pub use access::{
    Acl, Entry, Field, ListRights, Metadata, MyRights, Quota, QuotaRoots, Resource, ResourceName, RightsOf,
};
pub use code::{Argument, Code, Progress, UnknownCode};
pub use explain::Finding;
pub(crate) use explain::Walk;
pub use mailboxes::{
    Delimiter, Extension, ListKind, MailboxList, MailboxStatus, Namespace, NamespaceEntry, StatusItem,
};
pub(crate) use parse::content;
pub(crate) use piece::{Kind, Rest, opens_section, streams};
pub use search::{Esearch, EsearchItem, Search, Thread, ThreadMember, Unit, Window};
pub use status::{Condition, Continuation, Status};

use crate::ImapDefect;
use crate::capability::Capability;
use crate::fetch::Fetch;
use crate::flag::Flag;
use crate::list::List;
use crate::set::SequenceSet;
use crate::tag::Tag;
use core::fmt;
use mailwire_core::{Escaped, ParseError, frame};

/// A response, borrowed from its frame.
///
/// Its lists are read as they are walked, and what can't be read in one is an [`Invalid`](crate::list::Invalid) between the others: one bad
/// value does not lose its response.
///
/// ```
/// use mailwire_imap::Response;
///
/// let Response::Exists(23) = Response::parse(b"* 23 EXISTS\r\n")? else { panic!() };
/// let Response::Tagged { tag, status } = Response::parse(b"a1 NO [TRYCREATE] no such mailbox\r\n")? else { panic!() };
/// assert_eq!((tag.as_bytes(), status.text()), (&b"a1"[..], &b"no such mailbox"[..]));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Response<'a> {
    /// `+ …`: go on (§7.6).
    Continuation(Continuation<'a>),
    /// The end of a command.
    Tagged {
        /// Of the command.
        tag: Tag<'a>,
        /// How it ended.
        status: Status<'a>,
    },
    /// `* OK …` and its kin, the greeting too (§7.1).
    Status(Status<'a>),
    /// `CAPABILITY` (§7.2.2).
    Capability(List<'a, Capability<'a>>),
    /// `ENABLED` (§7.2.1).
    Enabled(List<'a, Capability<'a>>),
    /// `FLAGS` (§7.3.5).
    Flags(List<'a, Flag<'a>>),
    /// `LIST`, `LSUB`, `XLIST` (§7.3.1).
    List(MailboxList<'a>),
    /// `NAMESPACE` (§7.3.2).
    Namespace(Namespace<'a>),
    /// `STATUS` (§7.3.3).
    MailboxStatus(MailboxStatus<'a>),
    /// `SEARCH` (RFC 3501 §7.2.5).
    Search(Search<'a>),
    /// `SORT` (RFC 5256 §4).
    Sort(Search<'a>),
    /// `ESEARCH` (§7.3.4).
    Esearch(Esearch<'a>),
    /// `THREAD` (RFC 5256 §4).
    Thread(List<'a, Thread<'a>>),
    /// `n EXISTS` (§7.4.1).
    Exists(u32),
    /// `n RECENT` (RFC 3501 §7.3.2).
    Recent(u32),
    /// `n EXPUNGE` (§7.5.1).
    Expunge(u32),
    /// `VANISHED uids` (RFC 7162 §3.2.10).
    Vanished(SequenceSet<'a>),
    /// `VANISHED (EARLIER) uids`.
    VanishedEarlier(SequenceSet<'a>),
    /// `n FETCH` (§7.5.2), `n UIDFETCH` (RFC 9586).
    Fetch(Fetch<'a>),
    /// `ID` (RFC 2971); `None` is NIL.
    Id(Option<List<'a, Field<'a>>>),
    /// `QUOTA` (RFC 9208 §4.2.1).
    Quota(Quota<'a>),
    /// `QUOTAROOT` (RFC 9208 §4.2.2).
    QuotaRoots(QuotaRoots<'a>),
    /// `ACL` (RFC 4314 §3.6).
    Acl(Acl<'a>),
    /// `LISTRIGHTS` (RFC 4314 §3.7).
    ListRights(ListRights<'a>),
    /// `MYRIGHTS` (RFC 4314 §3.8).
    MyRights(MyRights<'a>),
    /// `METADATA` (RFC 5464 §4.4).
    Metadata(Metadata<'a>),
    /// Anything else behind `* `.
    Unknown(Unknown<'a>),
}

/// A response that this crate does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unknown<'a>(&'a [u8]);

impl<'a> Unknown<'a> {
    /// A response of these octets, which come behind `* `. Nothing that is made by hand has a literal in it.
    ///
    /// # Errors
    ///
    /// Where it is no text of a line; and if it has a meaning.
    ///
    /// ```
    /// use mailwire_imap::response::Unknown;
    ///
    /// assert_eq!(Unknown::new(b"XYZZY please")?.word(), b"XYZZY");
    /// assert!(Unknown::new(b"3 EXISTS").is_err() && Unknown::new(b"XYZZY {1}").is_err());
    /// # Ok::<(), mailwire_imap::ParseError>(())
    /// ```
    pub fn new(response: &'a [u8]) -> Result<Self, ParseError> {
        crate::raw::checked(response, parse::is_unknown).map(Self)
    }

    pub(crate) const fn kept(response: &'a [u8]) -> Self {
        Self(response)
    }

    /// Its octets, without `* `.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its word, behind the number if there is one.
    pub fn word(self) -> &'a [u8] {
        let digits = self.0.iter().position(|byte| !byte.is_ascii_digit() && *byte != b' ').unwrap_or(0);
        crate::raw::first_word(self.0.get(digits..).unwrap_or_default())
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

impl frame::Value for Response<'_> {
    type Defect = ImapDefect;

    fn open(raw: &[u8], value: Option<&Self>) -> usize {
        match value {
            // A challenge; text has a blank in it.
            Some(Self::Continuation(continuation)) if continuation.may_be_challenge() => 1,
            None if raw.starts_with(b"+") => 1,
            // Its values may be tokens.
            Some(Self::Metadata(Metadata::Values { .. })) => b"* METADATA".len().min(raw.len()),
            _ => raw.len(),
        }
    }
}

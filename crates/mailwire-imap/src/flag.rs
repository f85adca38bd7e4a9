//! Flags, keywords, mailbox attributes, Gmail's labels.

use crate::ImapDefect;
use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick};
use crate::list::Element;
use crate::out::Out;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// A flag of a message, or an attribute of a mailbox: `\Seen`, `$Forwarded`, `\HasNoChildren` (RFC 9051 §2.3.2, §7.3.1).
///
/// An open registry: what is unknown is kept. Two are equal whatever the case.
#[derive(Clone, Copy)]
pub struct Flag<'a>(&'a [u8]);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        impl Flag<'static> {
            $($(#[$doc])* pub const $name: Self = Self($text);)*
        }
    };
}

flags! {
    /// `\Seen`: it has been read.
    SEEN = b"\\Seen";
    /// `\Answered`: it has been answered.
    ANSWERED = b"\\Answered";
    /// `\Flagged`: it is urgent, or special.
    FLAGGED = b"\\Flagged";
    /// `\Deleted`: EXPUNGE will remove it.
    DELETED = b"\\Deleted";
    /// `\Draft`: it is not finished.
    DRAFT = b"\\Draft";
    /// `\Recent`: it has come since the last session (RFC 3501).
    RECENT = b"\\Recent";
    /// `\*` in PERMANENTFLAGS: new keywords can be made.
    ANY = b"\\*";
    /// `$MDNSent`: a disposition notification has been sent.
    MDN_SENT = b"$MDNSent";
    /// `$Forwarded`: it has been forwarded.
    FORWARDED = b"$Forwarded";
    /// `$Junk`: it is junk.
    JUNK = b"$Junk";
    /// `$NotJunk`: it is no junk.
    NOT_JUNK = b"$NotJunk";
    /// `$Phishing`: it is likely an attack.
    PHISHING = b"$Phishing";
    /// `\Noselect`: the mailbox can't be selected.
    NOSELECT = b"\\Noselect";
    /// `\NonExistent`: there is no such mailbox.
    NON_EXISTENT = b"\\NonExistent";
    /// `\HasChildren`: there are mailboxes below it.
    HAS_CHILDREN = b"\\HasChildren";
    /// `\HasNoChildren`: there are none.
    HAS_NO_CHILDREN = b"\\HasNoChildren";
    /// `\Noinferiors`: there can be none.
    NOINFERIORS = b"\\Noinferiors";
    /// `\Marked`: there is something new in it.
    MARKED = b"\\Marked";
    /// `\Unmarked`: there is not.
    UNMARKED = b"\\Unmarked";
    /// `\Subscribed`: it is subscribed.
    SUBSCRIBED = b"\\Subscribed";
    /// `\Remote`: it is on another server.
    REMOTE = b"\\Remote";
    /// `\All`: every message is in it (RFC 6154).
    ALL = b"\\All";
    /// `\Archive`: the archive (RFC 6154).
    ARCHIVE = b"\\Archive";
    /// `\Drafts`: drafts (RFC 6154).
    DRAFTS = b"\\Drafts";
    /// `\Junk`: junk (RFC 6154).
    JUNK_MAILBOX = b"\\Junk";
    /// `\Sent`: what was sent (RFC 6154).
    SENT = b"\\Sent";
    /// `\Trash`: what was deleted (RFC 6154).
    TRASH = b"\\Trash";
}

impl<'a> Flag<'a> {
    /// Takes a flag: an atom, with a backslash before it or not.
    ///
    /// # Errors
    ///
    /// At the first octet that no flag can have.
    pub fn new(flag: &'a [u8]) -> Result<Self, ParseError> {
        let word = flag.strip_prefix(b"\\").unwrap_or(flag);
        let shift = flag.len() - word.len();
        if flag == b"\\*" {
            return Ok(Self(flag));
        }
        match word.iter().position(|&byte| !Class::ATOM.contains(byte)) {
            None if !word.is_empty() => Ok(Self(flag)),
            at => Err(ParseError::new(flag, at.unwrap_or(0) + shift, "a character of a flag")),
        }
    }

    /// Its octets, the backslash included.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Whether it has a backslash: it is the server's and no keyword.
    pub fn is_system(self) -> bool {
        self.0.starts_with(b"\\")
    }
}

impl PartialEq for Flag<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Flag<'_> {}

impl fmt::Debug for Flag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Element<'a> for Flag<'a> {
    #[inline]
    fn quickly(quick: &mut Quick<'a>, _depth: u8) -> Option<Self> {
        quick.blank()?;
        let rest = quick.rest()?;
        let (first, behind) = rest.split_first()?;
        let len = Class::ATOM.prefix_len(behind);
        // A backslash alone is none.
        (Class::ATOM.contains(*first) || *first == b'\\' && len > 0).then_some(())?;
        quick.skip(len + 1);
        quick.ends()?;
        rest.get(..=len).map(Self)
    }

    #[inline]
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let word = cursor.run(Class::WORD, "a flag")?;
        let plain = word.strip_prefix(b"\\").unwrap_or(word);
        if !Class::ATOM.contains_all(plain) && word != b"\\*" || plain.is_empty() {
            cursor.report(ImapDefect::OddFlag, start);
        }
        Ok(Self(word))
    }

    fn write(&self, out: &mut Out) {
        out.raw(self.0);
    }
}

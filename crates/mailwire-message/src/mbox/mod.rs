//! Mailboxes in one file: `From ` lines, and a message behind each (RFC 4155, qmail's `mbox(5)`).
//!
//! ```text
//!  From a@example.org Fri Nov 21 09:55:06 1997\n     Separator
//!  Subject: one\n                                   ┐
//!  \n                                               │ the message
//!  >From here on it is text.\n                      ┘
//!  \n                                               an empty line, which belongs to the separator behind it
//!  From c@example.org Fri Nov 21 10:12:39 1997\n
//! ```
//!
//! A separator is a line that begins with `From `, ends with a date, and has an empty line before it or the start of
//! the file. That empty line belongs to it, and one at the end of the file to the end: each is written behind a message by
//! whoever appends one. Lines end with LF or CRLF, also mixed. All else belongs to the message before it;
//! what stands before the first separator is a message without one.
//!
//! [`messages`] goes through a file in memory; [`Splitter`] takes it in pieces; [`unescape`] and [`Unescaper`] undo the
//! quoting of each [`Dialect`] for the one and the other.

mod defect;
mod entry;
mod escape;
mod length;
mod separator;
mod splitter;

pub use defect::MboxDefect;
pub use entry::{Entry, Messages, messages};
pub use escape::{Unescaper, escape_into, unescape};
pub use separator::Separator;
pub use splitter::{Item, Splitter};

/// How an mbox keeps lines of a message apart from its separators. Nothing in the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// Lines that begin with `From ` got a `>` before it: what had one already can't be told from them.
    Mboxo,
    /// Lines that begin with any number of `>` and `From ` got one more: nothing is lost.
    Mboxrd,
    /// Nothing is quoted: a Content-Length field says where the message ends.
    ///
    /// It is minded, but not trusted: it counts where a separator, or the end of the file, stands where it leads to, behind
    /// empty lines at most (1 KiB of them). Then all before it is the message, and whatever looks like a separator in there is
    /// reported. In the other dialects a length does not count, since there it could only hide a message.
    Mboxcl2,
}

impl Dialect {
    /// What `raw` seems to be: [`Mboxcl2`](Self::Mboxcl2) where its first message has a Content-Length that holds, else
    /// [`Mboxrd`](Self::Mboxrd), which most software writes.
    ///
    /// ```
    /// use mailwire_message::mbox::Dialect;
    ///
    /// let raw = b"From a Fri Nov 21 09:55:06 1997\nContent-Length: 5\n\ntext\n";
    /// assert_eq!(Dialect::guess(raw), Dialect::Mboxcl2);
    /// ```
    pub fn guess(raw: &[u8]) -> Self {
        let mut splitter = Splitter::new(Self::Mboxcl2);
        splitter.eof();
        let mut rest = raw;
        let mut separators = 0;
        while let Some(item) = splitter.next(&mut rest) {
            separators += usize::from(matches!(item, Item::Separator(_)));
            if separators > 1 {
                break;
            }
            if splitter.holds() {
                return Self::Mboxcl2;
            }
        }
        Self::Mboxrd
    }
}

/// What is forgiven in an mbox, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leniency {
    /// What a line is that could be a separator but for the missing empty line before it.
    pub no_empty_line: NoEmptyLine,
}

impl Leniency {
    /// The same with another [`no_empty_line`](Self::no_empty_line).
    #[must_use]
    pub const fn with_no_empty_line(self, no_empty_line: NoEmptyLine) -> Self {
        Self { no_empty_line, ..self }
    }
}

/// What a line is that could be a separator but for the missing empty line before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoEmptyLine {
    /// Text (qmail, RFC 4155). Some writers only quote `From ` behind an empty line, so a mail could forge another
    /// one otherwise.
    #[default]
    Text,
    /// A separator (Mutt, Dovecot, Python's mailbox): for files that were made by joining mails.
    Separates,
}

mailwire_core::limits! {
    /// What an mbox may cost.
    pub struct Limits {
        /// Bytes from a separator to the end of a Content-Length around it. A length that goes farther is ignored, since all
        /// of it has to be in memory before it is known whether it holds. [`Dialect::Mboxcl2`] only.
        lookahead / with_lookahead: u32 = 16 << 20,
    }
}

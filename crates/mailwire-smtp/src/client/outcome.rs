//! What became of a mail.

use crate::{Code, EnhancedCode, Reply, ReplyBuf};
use alloc::vec::Vec;
use core::fmt;

/// What became of a mail, for each of its recipients.
///
/// Whatever ended the transaction, a fault of the server or the loss of the connection included, there is one.
#[derive(Clone, Debug)]
pub struct Outcome {
    fates: Vec<Entry>,
    replies: Vec<ReplyBuf>,
}

/// What became of a mail for one recipient, with the server's last word on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate<'a> {
    /// The server answers for it from here on.
    Delivered(Reply<'a>),
    /// It may succeed later. No reply: the connection was lost before one came.
    Transient(Scope, Option<Reply<'a>>),
    /// It will not succeed: the sender has to be told.
    Permanent(Scope, Reply<'a>),
    /// The server takes no more recipients in one transaction: another one can be tried at once (RFC 5321 §4.5.3.1.10).
    TooMany(Reply<'a>),
    /// The connection was lost behind the end of the body. The server has the mail, or it hasn't: sent again, it may arrive
    /// twice; not sent again, not at all (RFC 1047).
    Ambiguous,
    /// Nothing was said about this recipient, or nothing came of it because the caller gave up.
    NotAttempted,
}

/// What a failure is about, and so what else it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// This recipient.
    Recipient,
    /// This mail, or its sender.
    Message,
    /// Everything that goes through this server.
    Host,
}

impl Fate<'_> {
    /// Whether the mail was taken.
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered(_))
    }

    /// Whether another transaction can be tried at once.
    pub fn is_left_over(&self) -> bool {
        matches!(self, Self::TooMany(_) | Self::NotAttempted)
    }
}

impl fmt::Display for Fate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivered(reply) => write!(f, "delivered: {reply}"),
            Self::Transient(_, Some(reply)) => write!(f, "deferred: {reply}"),
            Self::Transient(_, None) => f.write_str("deferred: the connection was lost"),
            Self::Permanent(_, reply) => write!(f, "refused: {reply}"),
            Self::TooMany(reply) => write!(f, "left over: {reply}"),
            Self::Ambiguous => f.write_str("unknown: the connection was lost behind the end of the mail"),
            Self::NotAttempted => f.write_str("not attempted"),
        }
    }
}

impl Outcome {
    /// What became of it for the recipient at this place in the envelope.
    pub fn recipient(&self, index: usize) -> Option<Fate<'_>> {
        self.fates.get(index).map(|&entry| self.fate(entry))
    }

    /// The same of each, in the order of the envelope.
    pub fn recipients(&self) -> impl ExactSizeIterator<Item = Fate<'_>> {
        self.fates.iter().map(|&entry| self.fate(entry))
    }

    /// Whether all recipients have it.
    pub fn is_delivered(&self) -> bool {
        self.recipients().all(|fate| fate.is_delivered())
    }

    fn fate(&self, entry: Entry) -> Fate<'_> {
        let Entry::Settled(verdict, reply) = entry else { return Fate::NotAttempted };
        let reply = reply.and_then(|at| self.replies.get(at)).map(ReplyBuf::as_reply);
        match (verdict, reply) {
            (Verdict::Delivered, Some(reply)) => Fate::Delivered(reply),
            (Verdict::Permanent(scope), Some(reply)) => Fate::Permanent(scope, reply),
            (Verdict::TooMany, Some(reply)) => Fate::TooMany(reply),
            (Verdict::Transient(scope), reply) => Fate::Transient(scope, reply),
            // Nothing is delivered, or refused for good, without a reply.
            (Verdict::Ambiguous | Verdict::Delivered | Verdict::Permanent(_) | Verdict::TooMany, _) => {
                Fate::Ambiguous
            }
        }
    }
}

/// Where a recipient stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Unsaid,
    Asked,
    Accepted,
    Settled(Verdict, Option<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Delivered,
    Transient(Scope),
    Permanent(Scope),
    TooMany,
    Ambiguous,
}

/// What a reply answered, as far as that changes what it means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Mail,
    Recipient,
    Body,
}

impl Verdict {
    /// What a refusal is about.
    pub(super) fn of(reply: Reply<'_>, at: At) -> Self {
        let code = reply.code();
        let host = match code {
            Code::NOT_AVAILABLE | Code::HOST_TAKES_NO_MAIL => true,
            // RFC 7504 §4: it is about the domain of the recipient, where there is one.
            Code::DOMAIN_TAKES_NO_MAIL => at != At::Recipient,
            Code::INSUFFICIENT_STORAGE => at == At::Mail,
            _ => false,
        };
        let scope = match at {
            _ if host => Scope::Host,
            At::Recipient => Scope::Recipient,
            At::Mail | At::Body => Scope::Message,
        };
        if code.is_transient() { Self::Transient(scope) } else { Self::Permanent(scope) }
    }

    /// The same of RCPT, where an earlier recipient was taken: RFC 5321 §4.5.3.1.10 has 452 for too many, and wants 552 to be
    /// read in the same way.
    pub(super) fn of_further_recipient(reply: Reply<'_>) -> Self {
        match reply.code() {
            Code::INSUFFICIENT_STORAGE | Code::STORAGE_EXCEEDED => Self::TooMany,
            _ => Self::of(reply, At::Recipient),
        }
    }
}

/// The fates of all recipients, while they are decided.
#[derive(Debug)]
pub(super) struct Fates {
    list: Vec<Entry>,
    replies: Vec<ReplyBuf>,
    /// Octets of replies that may still be kept whole.
    room: usize,
}

impl Fates {
    pub(super) fn new(recipients: usize, room: usize) -> Self {
        Self { list: alloc::vec![Entry::Unsaid; recipients], replies: Vec::new(), room }
    }

    pub(super) fn asked(&mut self, index: usize) {
        self.set(index, Entry::Asked);
    }

    pub(super) fn accepted(&mut self, index: usize) {
        self.set(index, Entry::Accepted);
    }

    /// Whether RCPT was answered well, and nothing followed yet.
    pub(super) fn is_accepted(&self, index: usize) -> bool {
        self.list.get(index) == Some(&Entry::Accepted)
    }

    pub(super) fn settle(&mut self, index: usize, verdict: Verdict, reply: Reply<'_>) {
        let kept = self.keep(reply);
        self.set(index, Entry::Settled(verdict, Some(kept)));
    }

    /// The same for all that were accepted.
    pub(super) fn settle_accepted(&mut self, verdict: Verdict, reply: Reply<'_>) {
        self.settle_where(usize::MAX, verdict, Some(reply), |entry| entry == Entry::Accepted);
    }

    /// The same for the first so many, as far as they are not settled.
    pub(super) fn settle_open(&mut self, count: usize, verdict: Verdict, reply: Option<Reply<'_>>) {
        self.settle_where(count, verdict, reply, |entry| !matches!(entry, Entry::Settled(..)));
    }

    /// All that is not decided was never attempted.
    pub(super) fn forget(&mut self) {
        for entry in &mut self.list {
            if matches!(entry, Entry::Asked | Entry::Accepted) {
                *entry = Entry::Unsaid;
            }
        }
    }

    pub(super) fn finish(self) -> Outcome {
        Outcome { fates: self.list, replies: self.replies }
    }

    fn settle_where(
        &mut self,
        count: usize,
        verdict: Verdict,
        reply: Option<Reply<'_>>,
        which: impl Fn(Entry) -> bool,
    ) {
        let kept = reply.map(|reply| self.keep(reply));
        for entry in self.list.iter_mut().take(count).filter(|entry| which(**entry)) {
            *entry = Entry::Settled(verdict, kept);
        }
    }

    fn set(&mut self, index: usize, to: Entry) {
        if let Some(entry) = self.list.get_mut(index) {
            *entry = to;
        }
    }

    /// Keeps a reply, or what is most important of it, and says where.
    fn keep(&mut self, reply: Reply<'_>) -> usize {
        // Most servers say the same of all recipients.
        if self.replies.last().is_some_and(|last| last.as_reply() == reply) {
            return self.replies.len() - 1;
        }
        let mut text = Vec::new();
        reply.encode(&mut text);
        let kept = match self.room.checked_sub(text.len()) {
            Some(room) => {
                self.room = room;
                reply.into_owned()
            }
            None => short(reply.code(), reply.enhanced()).unwrap_or_else(|| reply.into_owned()),
        };
        self.replies.push(kept);
        self.replies.len() - 1
    }
}

/// A reply of one line without text.
fn short(code: Code, enhanced: Option<EnhancedCode>) -> Option<ReplyBuf> {
    let text = match enhanced {
        Some(enhanced) => alloc::format!("{code} {enhanced}"),
        None => alloc::format!("{code} "),
    };
    Reply::parse(text.as_bytes()).ok().map(Reply::into_owned)
}

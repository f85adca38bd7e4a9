//! Says where a command is wrong, its lists included.

use super::{Attribute, Body, Command, Finding, MessageData, Modifier, SearchKey, Stored};
use crate::list::List;
use crate::response::Walk;
use crate::{ImapDefect, Leniency};
use core::ops::Range;

impl<'a> Command<'a> {
    /// Reads everything in a frame, and says what was forgiven, what could not be read and what is unknown, and where.
    pub fn explain(
        &self,
        frame: &'a [u8],
        leniency: &Leniency,
        found: &mut dyn FnMut(Finding<'a>, Range<usize>),
    ) {
        let mut found = |finding, range| {
            if finding != Finding::Defect(ImapDefect::ServerNonSync) {
                found(finding, range);
            }
        };
        if self.tag.is_some() {
            let mut sink = |defect, range| found(Finding::Defect(defect), range);
            let _ = Self::parse_with(frame, leniency, &mut sink);
        }
        let mut walk = Walk { frame, found: &mut found };
        match &self.body {
            Body::Unknown(unknown) => walk.unknown(unknown.word()),
            Body::Id(Some(fields)) => walk.flat(fields),
            Body::Enable(list) => walk.flat(list),
            Body::Select { parameters, .. }
            | Body::Examine { parameters, .. }
            | Body::Create { parameters, .. } => {
                walk.modifiers(parameters);
            }
            Body::List { selection, patterns, returns, .. } => {
                walk.flat(patterns);
                for list in [selection, returns].into_iter().flatten() {
                    walk.modifiers(list);
                }
            }
            Body::Status { items, .. } => walk.modifiers(items),
            Body::Append(append) | Body::Replace { append, .. } => walk.messages(&append.messages),
            Body::Rest(messages) | Body::Utf8Rest(messages) => walk.messages(messages),
            Body::Search { returns, keys, .. } => {
                if let Some(returns) = returns {
                    walk.modifiers(returns);
                }
                walk.keys(keys);
            }
            Body::Sort { returns, criteria, keys, .. } => {
                if let Some(returns) = returns {
                    walk.modifiers(returns);
                }
                walk.modifiers(criteria);
                walk.keys(keys);
            }
            Body::Thread { keys, .. } => walk.keys(keys),
            Body::Fetch { items, modifiers, .. } => {
                walk.list(items, |walk, item| {
                    if let Attribute::Body { section, .. }
                    | Attribute::Binary { section, .. }
                    | Attribute::BinarySize(section) = &item
                    {
                        walk.section(section);
                    }
                    if let Attribute::Word(word) = item
                        && !word.is_known()
                    {
                        walk.unknown(word.as_bytes());
                    }
                });
                walk.modifiers(modifiers);
            }
            Body::Store { modifiers, stored, .. } => {
                walk.modifiers(modifiers);
                match stored {
                    Stored::Flags(flags) => walk.flat(flags),
                    Stored::GmailLabels(labels) => walk.flat(labels),
                }
            }
            Body::SetQuota { limits, .. } => walk.flat(limits),
            Body::GetMetadata { options, entries, .. } => {
                walk.modifiers(options);
                walk.flat(entries);
            }
            Body::SetMetadata { entries, .. } => walk.flat(entries),
            _ => {}
        }
    }
}

impl<'a> Walk<'a, '_> {
    fn modifiers(&mut self, list: &List<'a, Modifier<'a>>) {
        self.list(list, |walk, modifier| {
            if !MODIFIERS.iter().any(|known| modifier.is(known)) {
                walk.unknown(modifier.name());
            }
        });
    }

    fn messages(&mut self, messages: &List<'a, super::Message<'a>>) {
        self.list(messages, |walk, message| {
            if let Some(flags) = &message.flags {
                walk.flat(flags);
            }
            if let MessageData::Catenate(list) = &message.data {
                walk.flat(list);
            }
        });
    }

    fn keys(&mut self, keys: &List<'a, SearchKey<'a>>) {
        self.list(keys, |walk, key| match key {
            SearchKey::Not(keys) => walk.keys(&keys.list()),
            SearchKey::Or(keys) => walk.keys(&keys.list()),
            SearchKey::All(keys) => walk.keys(&keys),
            _ => {}
        });
    }
}

const MODIFIERS: &[&str] = &[
    "CONDSTORE",
    "QRESYNC",
    "USE",
    "SUBSCRIBED",
    "REMOTE",
    "RECURSIVEMATCH",
    "SPECIAL-USE",
    "CHILDREN",
    "STATUS",
    "MESSAGES",
    "RECENT",
    "UIDNEXT",
    "UIDVALIDITY",
    "UNSEEN",
    "DELETED",
    "DELETED-STORAGE",
    "SIZE",
    "HIGHESTMODSEQ",
    "APPENDLIMIT",
    "MAILBOXID",
    "MIN",
    "MAX",
    "ALL",
    "COUNT",
    "SAVE",
    "PARTIAL",
    "REVERSE",
    "ARRIVAL",
    "CC",
    "DATE",
    "FROM",
    "SUBJECT",
    "TO",
    "DISPLAYFROM",
    "DISPLAYTO",
    "CHANGEDSINCE",
    "UNCHANGEDSINCE",
    "VANISHED",
    "MAXSIZE",
    "DEPTH",
    "MYRIGHTS",
    "METADATA",
    "UPDATE",
    "RELEVANCY",
];

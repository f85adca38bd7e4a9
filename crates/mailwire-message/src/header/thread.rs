//! What places a message in a thread.

use crate::value::{MessageId, MessageIds};
use alloc::collections::BTreeSet;
use core::iter::FusedIterator;

/// The identifiers that place a message in a thread, oldest first, each once; made by
/// [`Headers::thread_ids`](super::Headers::thread_ids).
#[derive(Clone, Debug)]
pub struct ThreadIds<'a> {
    /// The first of them, read to know that there is one.
    first: Option<MessageId<'a>>,
    references: MessageIds<'a>,
    own: Option<MessageId<'a>>,
    seen: BTreeSet<MessageId<'a>>,
}

impl<'a> ThreadIds<'a> {
    /// "If a message does not contain a References header line, or the References header line does not contain any valid
    /// Message IDs, then use the first (if any) valid Message ID found in the In-Reply-To header line as the only
    /// reference" (RFC 5256 §3).
    pub(super) fn new(
        mut references: MessageIds<'a>,
        mut in_reply_to: MessageIds<'a>,
        own: Option<MessageId<'a>>,
    ) -> Self {
        let first = references.next().or_else(|| in_reply_to.next());
        Self { first, references, own, seen: BTreeSet::new() }
    }
}

impl<'a> Iterator for ThreadIds<'a> {
    type Item = MessageId<'a>;

    fn next(&mut self) -> Option<MessageId<'a>> {
        loop {
            let Some(id) = self.first.take().or_else(|| self.references.next()) else {
                return self.own.take();
            };
            // Its own comes last, also where it says that it answers itself.
            if self.own.as_ref() != Some(&id) && self.seen.insert(id.clone()) {
                return Some(id);
            }
        }
    }
}

impl FusedIterator for ThreadIds<'_> {}

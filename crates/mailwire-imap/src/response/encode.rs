//! Writes responses.

use super::{Metadata, Response};
use crate::list::Element;
use crate::out::Out;

impl Response<'_> {
    /// Writes the response, its line end included.
    ///
    /// ```
    /// use mailwire_imap::{Response, out::{Enabled, Out}};
    ///
    /// let mut out = Out::server(Enabled::NONE);
    /// Response::Exists(23).encode(&mut out);
    /// assert_eq!(out.bytes(), b"* 23 EXISTS\r\n");
    /// ```
    pub fn encode(&self, out: &mut Out) {
        match self {
            Self::Continuation(continuation) => return continuation.write(out),
            Self::Tagged { tag, status } => {
                out.raw(tag.as_bytes());
                out.byte(b' ');
                return status.write(out);
            }
            Self::Status(status) => {
                out.raw(b"* ");
                return status.write(out);
            }
            Self::Capability(list) => words(b"CAPABILITY", list, out),
            Self::Enabled(list) => words(b"ENABLED", list, out),
            Self::Flags(list) => {
                out.raw(b"* FLAGS ");
                list.write_list(out);
            }
            Self::List(list) => return list.write(out),
            Self::Namespace(namespace) => return namespace.write(out),
            Self::MailboxStatus(status) => return status.write(out),
            Self::Search(search) => return search.write(b"SEARCH", out),
            Self::Sort(search) => return search.write(b"SORT", out),
            Self::Esearch(esearch) => return esearch.write(out),
            Self::Thread(threads) => {
                out.raw(b"* THREAD");
                if !threads.is_empty() {
                    out.byte(b' ');
                    threads.write_separated(b"", out);
                }
            }
            Self::Exists(n) => numbered(*n, b" EXISTS", out),
            Self::Recent(n) => numbered(*n, b" RECENT", out),
            Self::Expunge(n) => numbered(*n, b" EXPUNGE", out),
            Self::Vanished(set) => {
                out.raw(b"* VANISHED ");
                out.raw(set.as_bytes());
            }
            Self::VanishedEarlier(set) => {
                out.raw(b"* VANISHED (EARLIER) ");
                out.raw(set.as_bytes());
            }
            Self::Fetch(fetch) => return fetch.write(out),
            Self::Id(None) => out.raw(b"* ID NIL"),
            Self::Id(Some(fields)) => {
                out.raw(b"* ID ");
                fields.write_list(out);
            }
            Self::Quota(quota) => {
                out.raw(b"* QUOTA ");
                Element::write(&quota.root, out);
                out.byte(b' ');
                quota.resources.write_list(out);
            }
            Self::QuotaRoots(roots) => {
                out.raw(b"* QUOTAROOT ");
                Element::write(&roots.mailbox, out);
                more(&roots.roots, out);
            }
            Self::Acl(acl) => {
                out.raw(b"* ACL ");
                Element::write(&acl.mailbox, out);
                more(&acl.rights, out);
            }
            Self::ListRights(rights) => {
                out.raw(b"* LISTRIGHTS ");
                Element::write(&rights.mailbox, out);
                out.byte(b' ');
                Element::write(&rights.identifier, out);
                out.byte(b' ');
                Element::write(&rights.required, out);
                more(&rights.optional, out);
            }
            Self::MyRights(rights) => {
                out.raw(b"* MYRIGHTS ");
                Element::write(&rights.mailbox, out);
                out.byte(b' ');
                Element::write(&rights.rights, out);
            }
            Self::Metadata(Metadata::Values { mailbox, entries }) => {
                out.raw(b"* METADATA ");
                Element::write(mailbox, out);
                out.byte(b' ');
                entries.write_list(out);
            }
            Self::Metadata(Metadata::Changed { mailbox, names }) => {
                out.raw(b"* METADATA ");
                Element::write(mailbox, out);
                more(names, out);
            }
            Self::Unknown(unknown) => {
                out.raw(b"* ");
                out.verbatim(unknown.as_bytes());
            }
        }
        out.end();
    }
}

fn words<'a, T: Element<'a>>(word: &[u8], list: &crate::List<'a, T>, out: &mut Out) {
    out.raw(b"* ");
    out.raw(word);
    more(list, out);
}

fn more<'a, T: Element<'a>>(list: &crate::List<'a, T>, out: &mut Out) {
    if !list.is_empty() {
        out.byte(b' ');
        list.write_bare(out);
    }
}

fn numbered(number: u32, word: &[u8], out: &mut Out) {
    out.raw(b"* ");
    out.number(u64::from(number));
    out.raw(word);
}

//! Says where a response is wrong, its lists and what is nested in them included.

use super::{Code, Metadata, Response, Status};
use crate::fetch::{BodyStructure, Envelope, Extended, FetchItem, PartKind, Section, SectionText};
use crate::list::{Element, Invalid, List};
use crate::{ImapDefect, Leniency};
use core::ops::Range;
use mailwire_core::Sink;

/// Something found in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Finding<'a> {
    /// What was forgiven.
    Defect(ImapDefect),
    /// What can't be read.
    Invalid(Invalid<'a>),
    /// What is kept without a meaning, by its name.
    Unknown(&'a [u8]),
}

impl<'a> Response<'a> {
    /// Reads everything in a frame, and says what was forgiven, what could not be read and what is unknown, and where.
    ///
    /// This is for reports: a response that is only used reads what it uses.
    ///
    /// ```
    /// use mailwire_imap::response::{Finding, Response};
    /// use mailwire_imap::{ImapDefect, Leniency};
    ///
    /// let mut found = Vec::new();
    /// let frame = b"* STATUS x (MESSAGES 3 )\r\n";
    /// Response::parse(frame)?.explain(frame, &Leniency::default(), &mut |finding, at| found.push((finding, at)));
    /// assert_eq!(found, [(Finding::Defect(ImapDefect::TrailingBlank), 22..23)]);
    /// # Ok::<(), mailwire_imap::ParseError>(())
    /// ```
    pub fn explain(
        &self,
        frame: &'a [u8],
        leniency: &Leniency,
        found: &mut dyn FnMut(Finding<'a>, Range<usize>),
    ) {
        if !matches!(self, Self::Fetch(fetch) if fetch.place() != crate::fetch::Place::Whole) {
            let mut sink = |defect, range| found(Finding::Defect(defect), range);
            let _ = Self::parse_with(frame, leniency, &mut sink);
        }
        let mut walk = Walk { frame, found };
        match self {
            Self::Tagged { status, .. } | Self::Status(status) => walk.status(status),
            Self::Capability(list) | Self::Enabled(list) => {
                walk.list(list, |walk, one| {
                    if !one.is_known() {
                        walk.unknown(one.as_bytes());
                    }
                });
            }
            Self::Flags(list) => walk.flat(list),
            Self::List(list) => {
                walk.flat(&list.attributes);
                if let Some(extensions) = &list.extensions {
                    walk.flat(extensions);
                }
            }
            Self::Namespace(namespace) => {
                for list in [namespace.personal, namespace.other_users, namespace.shared].iter().flatten() {
                    walk.list(list, |walk, entry| walk.flat(&entry.extensions));
                }
            }
            Self::MailboxStatus(status) => walk.list(&status.items, |walk, item| {
                if let super::StatusItem::Unknown(other) = item {
                    walk.unknown(other.name());
                }
            }),
            Self::Search(search) | Self::Sort(search) => walk.flat(&search.numbers),
            Self::Esearch(esearch) => walk.list(&esearch.items, |walk, item| {
                if let super::EsearchItem::Unknown(other) = item {
                    walk.unknown(other.name());
                }
            }),
            Self::Thread(threads) => walk.list(threads, Walk::thread),
            Self::Fetch(fetch) => walk.list(&fetch.items(), Walk::item),
            Self::Id(Some(fields)) => walk.flat(fields),
            Self::Quota(quota) => walk.flat(&quota.resources),
            Self::QuotaRoots(roots) => walk.flat(&roots.roots),
            Self::Acl(acl) => walk.flat(&acl.rights),
            Self::ListRights(rights) => walk.flat(&rights.optional),
            Self::Metadata(Metadata::Values { entries, .. }) => walk.flat(entries),
            Self::Metadata(Metadata::Changed { names, .. }) => walk.flat(names),
            Self::Unknown(unknown) => walk.unknown(unknown.word()),
            _ => {}
        }
    }
}

pub(crate) struct Walk<'a, 'f> {
    pub(crate) frame: &'a [u8],
    pub(crate) found: &'f mut dyn FnMut(Finding<'a>, Range<usize>),
}

/// Where a part of a text begins in it.
fn place(whole: &[u8], part: &[u8]) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

impl<'a> Walk<'a, '_> {
    pub(crate) fn unknown(&mut self, name: &'a [u8]) {
        let at = place(self.frame, name);
        (self.found)(Finding::Unknown(name), at..at + name.len());
    }

    fn invalid(&mut self, invalid: Invalid<'a>) {
        let at = place(self.frame, invalid.raw());
        (self.found)(Finding::Invalid(invalid), at..at + invalid.raw().len());
    }

    pub(crate) fn flat<T: Element<'a>>(&mut self, list: &List<'a, T>) {
        self.list(list, |_, _| {});
    }

    pub(crate) fn list<T: Element<'a>>(&mut self, list: &List<'a, T>, mut each: impl FnMut(&mut Self, T)) {
        let at = place(self.frame, list.as_wire());
        let found = &mut *self.found;
        list.explain(
            &mut (|defect, range: Range<usize>| {
                found(Finding::Defect(defect), range.start + at..range.end + at);
            }) as &mut dyn Sink<ImapDefect>,
        );
        for element in list {
            match element {
                Ok(element) => each(self, element),
                Err(invalid) => self.invalid(invalid),
            }
        }
    }

    fn status(&mut self, status: &Status<'a>) {
        match status.code() {
            Some(Code::BadCharset(list)) => self.flat(&list),
            Some(Code::Capability(list)) => self.list(&list, |walk, one| {
                if !one.is_known() {
                    walk.unknown(one.as_bytes());
                }
            }),
            Some(Code::PermanentFlags(list)) => self.flat(&list),
            Some(Code::Unknown(code)) => self.unknown(code.word()),
            Some(Code::Invalid(invalid)) => self.invalid(invalid),
            _ => {}
        }
    }

    /// Lists in lists: as deep as [`Limits::depth`](crate::Limits::depth) lets them be.
    fn thread(&mut self, thread: super::Thread<'a>) {
        self.list(&thread.members(), |walk, member| {
            if let super::ThreadMember::Branch(branch) = member {
                walk.thread(branch);
            }
        });
    }

    #[expect(clippy::large_types_passed_by_value, reason = "taken as lists hand it out")]
    fn item(&mut self, item: FetchItem<'a>) {
        match item {
            FetchItem::Flags(flags) => self.flat(&flags),
            FetchItem::GmailLabels(labels) => self.flat(&labels),
            FetchItem::Envelope(Some(envelope)) => self.envelope(envelope),
            FetchItem::Body(Some(body)) | FetchItem::BodyStructure(Some(body)) => self.body(body),
            FetchItem::Section { section, .. }
            | FetchItem::Binary { section, .. }
            | FetchItem::BinarySize { section, .. } => self.section(&section),
            FetchItem::Unknown(other) => self.unknown(other.name()),
            _ => {}
        }
    }

    pub(crate) fn section(&mut self, section: &Section<'a>) {
        if let SectionText::HeaderFields(names) | SectionText::HeaderFieldsNot(names) = section.text() {
            self.flat(&names);
        }
    }

    fn envelope(&mut self, envelope: Envelope<'a>) {
        let Envelope { from, sender, reply_to, to, cc, bcc, .. } = envelope;
        for list in [from, sender, reply_to, to, cc, bcc].iter().flatten() {
            self.flat(list);
        }
    }

    fn extended(&mut self, extended: Extended<'a>) {
        if let Some(disposition) = extended.disposition
            && let Some(parameters) = disposition.parameters
        {
            self.flat(&parameters);
        }
        if let Some(language) = extended.language {
            self.flat(&language);
        }
    }

    #[expect(clippy::large_types_passed_by_value, reason = "taken as lists hand it out")]
    fn body(&mut self, body: BodyStructure<'a>) {
        match body {
            BodyStructure::Multipart(multipart) => {
                if let Some(parameters) = &multipart.parameters {
                    self.flat(parameters);
                }
                self.list(&multipart.parts, Self::body);
                self.extended(multipart.extended);
            }
            BodyStructure::Part(part) => {
                if let Some(parameters) = &part.parameters {
                    self.flat(parameters);
                }
                if let PartKind::Message { envelope, body, .. } = part.kind {
                    if let Some(envelope) = envelope {
                        self.list(&envelope.list(), Self::envelope);
                    }
                    if let Some(body) = body {
                        self.list(&body.list(), Self::body);
                    }
                }
                self.extended(part.extended);
            }
        }
    }
}

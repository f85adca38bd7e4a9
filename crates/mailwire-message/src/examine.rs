//! All defects of a message, and policies over them.

use crate::defect::{MessageDefect, StructureDefect};
use crate::header::Field;
use crate::index::Index;
use crate::part::Part;
use crate::value::{
    ArcSeal, AuthenticationResults, AutoSubmitted, ContentType, Disposition, DkimSignature, Languages,
    ListId, ListPost, MessageId, MessageIds, MimeVersion, Parameters, Priority, Received, ReceivedSpf,
    ReturnPath, TagList, Uris, ValueDefect, date, is_one_click_with,
};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use mailwire_core::{Defect, DefectKind, Severity, Sink};
use mailwire_encoding::charset::{self, Charset, Fallback};
use mailwire_encoding::{EncodingDefect, TransferEncoding, encoded_word};

/// Which defects a message may not have: strictness as a choice over one list, not another parser.
///
/// # Examples
///
/// ```
/// use mailwire_core::Severity;
/// use mailwire_message::{Parser, Policy};
///
/// let raw = b"Content-Type: text/plain\nContent-Type: text/html\n\n<p>";
/// let message = Parser::new().parse(raw);
/// let refused = message.check(Policy::refusing(Severity::Ambiguous)).unwrap_err();
/// assert_eq!(refused.range(), 25..49);
/// assert!(message.check(Policy::refusing(Severity::Limit)).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    severity: Severity,
    depth: Depth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Structure,
    Everything,
}

impl Policy {
    /// Refuses defects of this severity and of those above it: `Note` < `Repaired` < `Ambiguous` < `Limit`.
    pub fn refusing(severity: Severity) -> Self {
        Self { severity, depth: Depth::Everything }
    }

    /// The same, but only by what is wrong with the structure: nothing is read again.
    #[must_use]
    pub fn of_structure(self) -> Self {
        Self { depth: Depth::Structure, ..self }
    }

    pub(crate) fn check(self, root: Part<'_, '_>, index: &Index) -> Result<(), Defect<MessageDefect>> {
        let all = match self.depth {
            Depth::Structure => structure(index),
            Depth::Everything => examine(root, index),
        };
        all.into_iter().find(|defect| defect.severity() >= self.severity).map_or(Ok(()), Err)
    }
}

/// Reads everything in a message and says what was wrong, in the order of position.
pub(crate) fn examine(root: Part<'_, '_>, index: &Index) -> Vec<Defect<MessageDefect>> {
    let mut all = structure(index);
    // Beside those of the structure, which has a limit of its own.
    let most = all.len() + MOST;
    let mut scratch = Scratch::default();
    for part in root.walk() {
        for field in part.headers().iter() {
            let base = field.value_range().start;
            examine_field(&field, &mut At { base, most, all: &mut all }, &mut scratch);
        }
        examine_names(part, &mut At { base: part.range().start, most, all: &mut all });
        if part.is_leaf() {
            let base = part.body_range().start;
            examine_body(part, &mut scratch.bytes, &mut At { base, most, all: &mut all });
        }
    }
    all.sort_by_key(|defect| (defect.range().start, defect.range().end));
    all
}

fn structure(index: &Index) -> Vec<Defect<MessageDefect>> {
    let convert = |defect: &Defect<_>| Defect::new(MessageDefect::Structure(defect.kind()), defect.range());
    let mut all: Vec<_> = index.defects().iter().map(convert).collect();
    if index.defect_count() > index.defects().len() {
        all.push(Defect::new(StructureDefect::DefectLimit.into(), index.len..index.len));
    }
    all.sort_by_key(|defect| (defect.range().start, defect.range().end));
    all
}

/// Memory for what is decoded only to see whether it can be.
#[derive(Default)]
struct Scratch {
    text: String,
    bytes: Vec<u8>,
}

/// So many defects of values and bodies are listed: a body of junk may have one for each of its bytes. One more says that there are more, and
/// no policy lets it pass.
const MOST: usize = 10_000;

/// A sink for the values and bodies that begin at `base` of the mail.
struct At<'d> {
    base: usize,
    /// How many defects the list may hold.
    most: usize,
    all: &'d mut Vec<Defect<MessageDefect>>,
}

impl<K: Into<MessageDefect> + DefectKind> Sink<K> for At<'_> {
    fn report(&mut self, kind: K, range: Range<usize>) {
        let range = self.base + range.start..self.base + range.end;
        if self.all.len() < self.most {
            self.all.push(Defect::new(kind.into(), range));
        } else if self.all.len() == self.most {
            self.all.push(Defect::new(StructureDefect::DefectLimit.into(), range));
        }
    }
}

/// How the value of a field of this name is read.
#[derive(Clone, Copy)]
enum Reading {
    Addresses,
    Date,
    MessageId,
    MessageIds,
    Received,
    ReturnPath,
    ContentType,
    Disposition,
    TransferEncoding,
    Uris,
    ListId,
    ListPost,
    ListUnsubscribePost,
    AuthenticationResults,
    ArcAuthenticationResults,
    ReceivedSpf,
    DkimSignature,
    ArcMessageSignature,
    ArcSeal,
    Tags,
    AutoSubmitted,
    Priority,
    Languages,
    MimeVersion,
    Text,
}

const READINGS: &[(Reading, &[&str])] = &[
    (Reading::Addresses, &["From", "Sender", "Reply-To", "To", "Cc", "Bcc"]),
    (Reading::Addresses, &["Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc"]),
    (Reading::Addresses, &["Disposition-Notification-To"]),
    (Reading::Date, &["Date", "Resent-Date"]),
    (Reading::MessageId, &["Message-ID", "Content-ID", "Resent-Message-ID"]),
    (Reading::MessageIds, &["References", "In-Reply-To"]),
    (Reading::Received, &["Received"]),
    (Reading::ReturnPath, &["Return-Path"]),
    (Reading::ContentType, &["Content-Type"]),
    (Reading::Disposition, &["Content-Disposition"]),
    (Reading::TransferEncoding, &["Content-Transfer-Encoding"]),
    (
        Reading::Uris,
        &["List-Help", "List-Unsubscribe", "List-Subscribe", "List-Owner", "List-Archive", "Archived-At"],
    ),
    (Reading::ListId, &["List-Id"]),
    (Reading::ListPost, &["List-Post"]),
    (Reading::ListUnsubscribePost, &["List-Unsubscribe-Post"]),
    (Reading::AuthenticationResults, &["Authentication-Results"]),
    (Reading::ArcAuthenticationResults, &["ARC-Authentication-Results"]),
    (Reading::ReceivedSpf, &["Received-SPF"]),
    (Reading::DkimSignature, &["DKIM-Signature"]),
    (Reading::ArcMessageSignature, &["ARC-Message-Signature"]),
    (Reading::ArcSeal, &["ARC-Seal"]),
    (Reading::Tags, &["DomainKey-Signature"]),
    (Reading::AutoSubmitted, &["Auto-Submitted"]),
    (Reading::Priority, &["Importance", "Priority", "X-Priority", "X-MSMail-Priority"]),
    (Reading::Languages, &["Content-Language"]),
    (Reading::MimeVersion, &["MIME-Version"]),
];

fn reading(name: &[u8]) -> Reading {
    let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
    READINGS.iter().find(|(_, names)| names.iter().any(is)).map_or(Reading::Text, |(reading, _)| *reading)
}

fn examine_field(field: &Field<'_>, sink: &mut At<'_>, scratch: &mut Scratch) {
    let value = field.value();
    match reading(field.name()) {
        Reading::Addresses => {
            let mut addresses = field.addresses();
            while addresses.next_with(sink).is_some() {}
        }
        // The defect says what the error would.
        Reading::Date => _ = date::parse_with(value, sink),
        Reading::MessageId => _ = MessageId::parse_with(value, sink),
        Reading::MessageIds => {
            let mut ids = MessageIds::new(value);
            while ids.next_with(sink).is_some() {}
        }
        Reading::Received => _ = Received::parse_with(value, sink).date_with(sink),
        Reading::ReturnPath => _ = ReturnPath::parse_with(value, sink),
        Reading::ContentType => {
            let content_type = ContentType::parse_with(value, sink);
            examine_parameters(&content_type.parameters(), &["charset", "boundary", "name"], value, sink);
        }
        Reading::Disposition => {
            let disposition = Disposition::parse_with(value, sink);
            examine_parameters(&disposition.parameters(), &["filename"], value, sink);
        }
        Reading::TransferEncoding => _ = TransferEncoding::parse(value, sink),
        Reading::Uris => examine_uris(Uris::new(value), sink),
        // The defect says what the error would.
        Reading::ListId => _ = ListId::parse_with(value, sink),
        Reading::ListPost => {
            if let ListPost::To(uris) = ListPost::parse_with(value, sink) {
                examine_uris(uris, sink);
            }
        }
        Reading::ListUnsubscribePost => _ = is_one_click_with(value, sink),
        Reading::AuthenticationResults => {
            examine_results(&AuthenticationResults::parse_with(value, sink), sink);
        }
        Reading::ArcAuthenticationResults => {
            examine_results(&AuthenticationResults::parse_arc_with(value, sink), sink);
        }
        Reading::ReceivedSpf => {
            let mut pairs = ReceivedSpf::parse_with(value, sink).pairs();
            while pairs.next_with(sink).is_some() {}
        }
        Reading::DkimSignature => DkimSignature::new(value).check(sink),
        Reading::ArcMessageSignature => DkimSignature::of_arc(value).check(sink),
        Reading::ArcSeal => ArcSeal::new(value).check(sink),
        Reading::Tags => TagList::new(value).check(sink),
        Reading::AutoSubmitted => {
            let mut parameters = AutoSubmitted::parse_with(value, sink).parameters();
            while parameters.next_with(sink).is_some() {}
        }
        Reading::Priority => _ = Priority::parse_with(value, sink),
        Reading::Languages => {
            let mut languages = Languages::new(value);
            while languages.next_with(sink).is_some() {}
        }
        Reading::MimeVersion => _ = MimeVersion::parse_with(value, sink),
        Reading::Text => {
            scratch.text.clear();
            encoded_word::decode_into(value, &mut scratch.text, sink);
        }
    }
}

fn examine_uris(mut uris: Uris<'_>, sink: &mut At<'_>) {
    while uris.next_with(sink).is_some() {}
}

fn examine_results(field: &AuthenticationResults<'_>, sink: &mut At<'_>) {
    let mut results = field.results();
    while results.next_with(sink).is_some() {}
}

/// Reads the values of the parameters that somebody asks for, and tells what is wrong with any.
fn examine_parameters(parameters: &Parameters<'_>, names: &[&str], value: &[u8], sink: &mut At<'_>) {
    let mut all = parameters.clone();
    while all.next_with(sink).is_some() {}
    for name in names {
        // What is wrong with how they are written was told above.
        let mut of_the_value = |kind, range| {
            if matches!(kind, ValueDefect::ParameterDuplicate | ValueDefect::ParameterTwoForms) {
                sink.report(kind, range);
            }
        };
        if let Some(found) = parameters.find_with(name, &mut of_the_value) {
            // A text of several sections, or without its escapes, has no positions in the field.
            found.text_with(&mut |kind: EncodingDefect, _| sink.report(kind, 0..value.len()));
        }
    }
}

/// File names that differ, and so may reach two readers as two files.
fn examine_names(part: Part<'_, '_>, sink: &mut At<'_>) {
    let header = 0..part.raw_headers().len();
    part.file_names().first_with(&mut |kind: ValueDefect, _| sink.report(kind, header.clone()));
}

/// What is wrong with a body: its transfer encoding and, where it is text, its charset.
fn examine_body(part: Part<'_, '_>, scratch: &mut Vec<u8>, sink: &mut At<'_>) {
    scratch.clear();
    part.decode_into(scratch, sink);
    let content_type = part.content_type();
    if !content_type.is_text() {
        return;
    }
    let whole = 0..part.raw_body().len();
    let charset = content_type.charset();
    let label = charset.as_deref().map(str::as_bytes);
    if label.is_some_and(|label| Charset::for_label(label).is_none()) {
        sink.report(EncodingDefect::UnknownCharset, whole.clone());
    }
    if charset::decode(label, scratch, Fallback::Body).is_lossy() {
        sink.report(EncodingDefect::LossyText, whole);
    }
}
